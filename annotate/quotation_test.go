package annotate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func texts(text string, fragments []Fragment) []string {
	found := []string{}
	for _, f := range fragments {
		found = append(found, text[f.Start:f.End])
	}
	return found
}

func TestQuotationsLieBetweenMatchingMarks(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"English", "“The mud,” said Mara, “is new.”", []string{"The mud,", "is new."}},
		{"nested", "He said: “She called it ‘a farce’ twice.”", []string{"a farce", "She called it ‘a farce’ twice."}},
		{"apostrophes are no marks", "the growers’ beds aren’t ‘small’", []string{"small"}},
		{"straight", `one "two three" four "five"`, []string{"two three", "five"}},
		{"German", "Er sagte: „Nein, danke“ und ging.", []string{"Nein, danke"}},
		{"French", "Il dit : « non merci » hier.", []string{"non merci"}},
		{"Japanese", "彼は「いいえ」と言った", []string{"いいえ"}},
		{"never closed", "“The mud has gone", []string{}},
		{"never opened", "The mud” has gone", []string{}},
		{"empty", "“” and “ ”", []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, texts(test.text, NewBody(test.text).Quotations(0)))
		})
	}
}

func TestPhrasesLieBetweenPunctuationMarks(t *testing.T) {
	text := "“The mud,” said Mara Tollen (a grower’s daughter), “is new.” Is it?"
	require.Equal(t, []string{"The mud", "said Mara Tollen", "a grower’s daughter", "is new", "Is it"}, texts(text, NewBody(text).Phrases(0)))
}

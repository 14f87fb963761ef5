package annotate

import (
	"strings"
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
		{"straight, beside a measure in inches", `a 5" pipe "and" a 6", one`, []string{"and"}},
		{"empty", "“” and “ ”", []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, texts(test.text, NewBody(test.text).Quotations(Fragment{0, len(test.text)})))
		})
	}
}

func TestQuotationsAreLookedForNearAPlace(t *testing.T) {
	far := strings.Repeat("many words ", 2*partReach/11)
	text := `"One." ` + far + `"Two," he said. "` + far + `three," and "four."` + far
	b := NewBody(text)
	for _, test := range []struct {
		at   string
		want []string
	}{
		{"One", []string{"One."}},
		{"he said", []string{"Two,"}}, // what it says next ends too far away
		{"and", []string{"four."}},    // what ends here began too far away
	} {
		at := strings.Index(text, test.at)
		require.Equal(t, test.want, texts(text, b.Quotations(Fragment{at, at + len(test.at)})))
	}
	require.Empty(t, b.Quotations(Fragment{0, len(text)}))
}

func TestDeepQuotationsCostNoMoreThanShallowOnes(t *testing.T) {
	text := strings.Repeat("“", 1000) + "x" + strings.Repeat("”", 1000)
	at := strings.Index(text, "x")
	require.Len(t, NewBody(text).Quotations(Fragment{at, at + 1}), quotationDepth)
}

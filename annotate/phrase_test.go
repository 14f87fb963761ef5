package annotate

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPhraseLiesBetweenPunctuationMarks(t *testing.T) {
	text := "“The mud,” said Mara Tollen (a grower’s daughter), “is new.” Is it?\nNo, it"
	b := NewBody(text)
	for words, want := range map[string]string{
		"mud": "The mud", "said": "said Mara Tollen", "Mara Tollen": "said Mara Tollen", "a": "a grower’s daughter",
		"is new": "is new", "Is it": "Is it", "it": "it", "No": "No",
	} {
		at := strings.LastIndex(text, words)
		if words == "a" {
			at = strings.Index(text, "a grower")
		}
		f, ok := b.Phrase(Fragment{at, at + len(words)})
		require.True(t, ok, words)
		require.Equal(t, want, text[f.Start:f.End], words)
	}
	for _, words := range []string{",", "(", "Tollen (a", "it?"} {
		at := strings.Index(text, words)
		_, ok := b.Phrase(Fragment{at, at + len(words)})
		require.False(t, ok, words)
	}
}

func TestAPhraseWithoutMarksNearByIsNone(t *testing.T) {
	far := strings.Repeat("many words ", 2*partReach/11)
	text := "One, " + far + "two" + far + ", three"
	b := NewBody(text)
	for words, want := range map[string]bool{"One": true, "two": false, "three": true} {
		at := strings.Index(text, words)
		_, ok := b.Phrase(Fragment{at, at + len(words)})
		require.Equal(t, want, ok, words)
	}
	_, ok := b.Phrase(Fragment{5, len(text) - 8})
	require.False(t, ok)
}

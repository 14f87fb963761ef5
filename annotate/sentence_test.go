package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "spanwright/annotate"
)

// Expected sentences follow rules SB1 to SB998 of Unicode Standard Annex #29, counted by hand.
func TestSentences(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"nothing", "", []string{}},
		{"blanks", "  \t ", []string{}},
		{"one without an end", "no stop", []string{"no stop"}},
		{"two (SB11)", "He left. She stayed.", []string{"He left.", "She stayed."}},
		{"blanks between are left out", "  One!   Two?  ", []string{"One!", "Two?"}},
		{"lower case goes on (SB8)", "It cost 3 mln. euros. Much.", []string{"It cost 3 mln. euros.", "Much."}},
		{"stop in a number (SB6)", "It rose 3.5 points. Then fell.", []string{"It rose 3.5 points.", "Then fell."}},
		{"stop between capitals (SB7)", "The U.S.A. Team won.", []string{"The U.S.A.", "Team won."}},
		{"closing quotation stays (SB9)", "“No.” He left.", []string{"“No.”", "He left."}},
		{"comma goes on (SB8a)", "“Why?”, he asked.", []string{"“Why?”, he asked."}},
		{"CJK stop without blank", "終わり。次の文。", []string{"終わり。", "次の文。"}},
		{"Arabic question mark", "من قال؟ لا أحد.", []string{"من قال؟", "لا أحد."}},
		{"Devanagari danda", "वह गया। वह आया।", []string{"वह गया।", "वह आया।"}},
		{"emoji", "Great 😀! Yes.", []string{"Great 😀!", "Yes."}},
		{"no sentence crosses a paragraph", "A heading\nThe text. More.", []string{"A heading", "The text.", "More."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, covered(test.text, sentencesOf(NewBody(test.text))))
		})
	}
}

func TestSentenceAt(t *testing.T) {
	const text = "One is. Two is.\n\nThree."
	b := NewBody(text)
	for at, want := range map[int]string{0: "One is.", 6: "One is.", 8: "Two is.", 14: "Two is.", 17: "Three."} {
		f, ok := b.SentenceAt(at)
		require.True(t, ok, "at %d", at)
		assert.Equal(t, want, text[f.Start:f.End])
	}
	for _, between := range []int{7, 15, 16, len(text)} {
		_, ok := b.SentenceAt(between)
		assert.False(t, ok, "at %d", between)
	}
}

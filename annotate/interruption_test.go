package annotate

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnInterruptionReachesFromOneHalfToTheOther(t *testing.T) {
	for _, c := range []struct{ text, within, hole, want string }{
		{"“The mud,” she said, “has buried our beds.” Nobody replied.", "“The mud,” she said, “has buried our beds.”", "she said", " she said, "},
		{"“The mud,” she told us on Friday, “is grey.”", "“The mud,” she told us on Friday, “is grey.”", "she told", " she told us on Friday, "},
		{`"The mud," she said, "is grey."`, `"The mud," she said, "is grey."`, "she said", ` she said, `},
		{"„Der Schlamm“, sagte sie, „ist grau.“", "„Der Schlamm“, sagte sie, „ist grau.“", "sagte sie", ", sagte sie, "},
		{"« La boue », dit-elle, « est grise. »", "« La boue », dit-elle, « est grise. »", "dit-elle", ", dit-elle, "},
		{"The mud, she said, has buried the beds.", "The mud, she said, has buried the beds", "she said", ", she said,"},
		{"The mud — she said — has buried the beds.", "The mud — she said — has buried the beds", "she said", "— she said —"},
		{"گاد، اس نے کہا، سرمئی تھی۔", "گاد، اس نے کہا، سرمئی تھی", "اس نے کہا", "، اس نے کہا،"},
		{"“Ask what she said about mud,” he wrote.", "“Ask what she said about mud,”", "she said", "she said"},
		{"The mud she said was grey.", "The mud she said was grey", "she said", "she said"},
	} {
		body := NewBody(c.text)
		place := func(words string) Fragment {
			at := strings.Index(c.text, words)
			require.GreaterOrEqual(t, at, 0, words)
			return Fragment{at, at + len(words)}
		}
		got := body.Interruption(place(c.within), place(c.hole))
		require.Equal(t, c.want, c.text[got.Start:got.End], c.text)
	}
}

func TestAFarQuotationIsNoPartOfTheInterruption(t *testing.T) {
	text := "“One.” Then a b c d e f g h i j k l m n o p, she said, and “two” followed."
	body := NewBody(text)
	at := strings.Index(text, "she said")
	got := body.Interruption(Fragment{0, len(text)}, Fragment{at, at + len("she said")})
	require.Equal(t, ", she said, and ", text[got.Start:got.End])
}

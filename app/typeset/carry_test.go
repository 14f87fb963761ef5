package typeset

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/bidi"

	"spanwright/annotate"
)

func plainFonts(t testing.TB) *Fonts {
	t.Helper()
	fonts, err := NewFonts(theme.DefaultTextFont().Content())
	require.NoError(t, err)
	return fonts
}

// embedded makes a paragraph of words, some of them behind a character that opens
// or ends an embedding.
func embedded(random *rand.Rand, controls string) string {
	signs := []rune(controls)
	words := []string{"said", "Fish", "of", "אמר", "שלום", "על"}
	var b strings.Builder
	for b.Len() < 3*longParagraph {
		if random.IntN(40) == 0 {
			b.WriteRune(signs[random.IntN(len(signs))])
		}
		b.WriteString(words[random.IntN(len(words))])
		b.WriteByte(' ')
	}
	return b.String()
}

func TestPartsOfAParagraphStandInItsEmbeddings(t *testing.T) {
	fonts := plainFonts(t)
	for seed, controls := range []string{
		"\u202e\u202c", "\u2067\u2069", "\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069", "\u2068\u2069", "\u2067", "\u202e", "\u2028", "\u202b\u202c\u2029",
	} {
		text := embedded(rand.New(rand.NewPCG(1, uint64(seed))), controls)
		l := NewLayout(annotate.NewBody(text), fonts, Style{Size: 16, Width: 600, Pitch: 30})
		require.Greater(t, len(l.blocks), 3)
		want := levelsOf(text)
		for _, i := range rand.New(rand.NewPCG(2, 3)).Perm(len(l.blocks)) { // whatever is looked at first
			for _, line := range l.lines(i) {
				for _, c := range line.Clusters {
					if r, _ := utf8.DecodeRuneInString(text[c.Start:]); unicode.IsLetter(r) {
						require.Equal(t, want[c.Start]%2 == 1, c.RTL, "%+q: byte %d", controls, c.Start)
					}
				}
			}
		}
	}
}

// levelsOf resolves a paragraph as a whole; it returns the level of each byte that
// begins a character.
func levelsOf(text string) map[int]uint8 {
	var classes []bidi.Class
	runes := []rune(text)
	for _, r := range runes {
		p, _ := bidi.LookupRune(r)
		classes = append(classes, p.Class())
	}
	found, at := map[int]uint8{}, 0
	for i, level := range resolveLevels(classes, runes, newEmbedding(textLevel(text))) {
		found[at] = level
		at += utf8.RuneLen(runes[i])
	}
	return found
}

func TestEndlessEmbeddingsAreLaidOut(t *testing.T) {
	fonts := plainFonts(t)
	const many = 100_000
	for name, text := range map[string]string{
		"isolates never ended":      strings.Repeat("\u2067", many) + "a",
		"isolates":                  strings.Repeat("\u2068", many) + "א" + strings.Repeat("\u2069", many) + "a",
		"overrides never ended":     strings.Repeat("\u202eab ", many),
		"embeddings":                strings.Repeat("\u202b", many) + "a" + strings.Repeat("\u202c", many) + "a",
		"ends of what never began":  strings.Repeat("\u2069\u202c", many) + "a",
		"isolates with a paragraph": strings.Repeat("\u2067", many) + "\u2029a",
	} {
		body := annotate.NewBody(text)
		l := NewLayout(body, fonts, Style{Size: 16, Width: 600, Pitch: 30})
		for i := range l.blocks {
			l.lines(i)
		}
		last := l.LineOf(len(text) - 1)
		assert.Equal(t, len(text), last.End, name)
		wanted := levelsOf(text)[strings.LastIndex(text, "a")]
		if name != "overrides never ended" {
			assert.Equal(t, wanted%2 == 1, last.cluster(len(text)-1).RTL, name)
		}
	}
}

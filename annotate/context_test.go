package annotate_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

func TestContextIsOneLineAroundTheWords(t *testing.T) {
	const text = "The minister denied the leak.\n\nFarmers said\tthe lake fell."
	at := strings.Index(text, "leak")
	for _, test := range []struct {
		name string
		f    annotate.Fragment
		n    int
		want annotate.Context
	}{
		{"cut at blanks", annotate.Fragment{at, at + 4}, 14, annotate.Context{"…denied the ", "leak", ". Farmers…"}},
		{"all there is", annotate.Fragment{at, at + 4}, 100, annotate.Context{"The minister denied the ", "leak", ". Farmers said the lake fell."}},
		{"from the beginning", annotate.Fragment{0, 3}, 10, annotate.Context{"", "The", " minister…"}},
		{"within words too long to end at a blank", annotate.Fragment{Start: 8, End: 10}, 2, annotate.Context{Before: "…ni", Words: "st", After: "er…"}},
		{"no room", annotate.Fragment{at, at + 4}, 0, annotate.Context{"…", "leak", "…"}},
		{"of several lines", annotate.Fragment{at, at + 14}, 0, annotate.Context{"…", "leak. Farmers", "…"}},
	} {
		t.Run(test.name, func(t *testing.T) { require.Equal(t, test.want, annotate.ContextOf(text, test.f, test.n)) })
	}
}

func TestContextCutsNoGraphemeCluster(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		n := rapid.IntRange(0, 30).Draw(t, "n")
		c := annotate.ContextOf(text, annotate.Fragment{start, end}, n)
		require.NotContains(t, c.Before+c.Words+c.After, "\n")
		require.True(t, utf8.ValidString(c.Before+c.Words+c.After))
		require.LessOrEqual(t, utf8.RuneCountInString(c.Before), n+1)
		require.LessOrEqual(t, utf8.RuneCountInString(c.After), n+1)
		if strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) >= 0 {
			return // blanks were made one
		}
		starts := map[int]bool{0: true, len(text): true}
		for g := uniseg.NewGraphemes(text); g.Next(); {
			from, _ := g.Positions()
			starts[from] = true
		}
		if cut := strings.TrimPrefix(c.Before, "…"); cut != c.Before && cut != "" {
			require.True(t, starts[start-len(cut)], "%q", c.Before)
		}
		if cut := strings.TrimSuffix(c.After, "…"); cut != c.After && cut != "" {
			require.True(t, starts[end+len(cut)], "%q", c.After)
		}
	})
}

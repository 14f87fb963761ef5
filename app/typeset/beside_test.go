package typeset_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// wide has room for a whole paragraph on a line.
var wide = typeset.Style{Size: 16, Width: 1e5, Pitch: 30}

// find returns the token of a text that reads as word.
func find(t testing.TB, body *annotate.Body, word string) annotate.Fragment {
	t.Helper()
	for f, ok := body.NextToken(0); ok; f, ok = body.NextToken(f.End) {
		if body.Text()[f.Start:f.End] == word {
			return f
		}
	}
	require.Fail(t, "no such token", word)
	return annotate.Fragment{}
}

func TestTokenBesideStandsThereOnTheScreen(t *testing.T) {
	for _, c := range []struct {
		text  string
		right []string // as the line reads on the screen, from the left
	}{
		{"say שלום עולם and go", []string{"say", "עולם", "שלום", "and", "go"}},
		{"pay אב 12 גד now", []string{"pay", "גד", "12", "אב", "now"}},
		{"הוא אמר one two three וגם", []string{"וגם", "one", "two", "three", "אמר", "הוא"}},
		{"one two", []string{"one", "two"}},
		{"אב גד", []string{"גד", "אב"}},
	} {
		body := annotate.NewBody(c.text)
		l := typeset.NewLayout(body, rightToLeft(t), wide)
		walked := []string{c.right[0]}
		for token, ok := l.Beside(find(t, body, c.right[0]), true, true); ok; token, ok = l.Beside(token, true, true) {
			walked = append(walked, c.text[token.Start:token.End])
		}
		assert.Equal(t, c.right, walked)
		back := []string{c.right[len(c.right)-1]}
		for token, ok := l.Beside(find(t, body, back[0]), false, false); ok; token, ok = l.Beside(token, false, false) {
			back = append(back, c.text[token.Start:token.End])
		}
		slices.Reverse(back)
		assert.Equal(t, c.right, back)
	}
}

func TestATokenGoesOnToTheSideOfItsNeighbourInTheText(t *testing.T) {
	body := annotate.NewBody("say שלום עולם and 12.\nאב 34 גד one")
	l := typeset.NewLayout(body, rightToLeft(t), wide)
	for _, c := range []struct {
		token       string
		left, right bool // whether the arrow goes on in the text
	}{
		{"say", false, true},
		{"שלום", true, true}, // at its right stands “and”, which is none of its neighbours
		{"and", false, true},
		{"אב", true, false},
		{"34", true, false}, // digits are read from the left, but the text goes on there
		{"one", true, false},
	} {
		token := find(t, body, c.token)
		assert.Equal(t, c.left, l.Onward(token, false), "left of %s", c.token)
		assert.Equal(t, c.right, l.Onward(token, true), "right of %s", c.token)
	}
	for word, want := range map[string]bool{"say": false, "שלום": true, "34": false, "אב": true} {
		assert.Equal(t, want, l.RightToLeft(find(t, body, word).Start), word)
	}
}

func TestAWalkMeetsEveryTokenOnceLineByLine(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		body := annotate.NewBody(textGenerator(bidirectional...).Draw(t, "text"))
		s := style
		s.Width = rapid.Float64Range(20, 400).Draw(t, "width")
		l := typeset.NewLayout(body, fonts, s)
		for _, right := range []bool{true, false} {
			met := onScreen(l, body, right)
			if len(met) == 0 {
				continue
			}
			for i := 1; i < len(met); i++ {
				next, ok := l.Beside(met[i-1], right, true)
				require.True(t, ok)
				require.Equal(t, met[i], next, "%+q, right %v: %d", body.Text(), right, i)
				before, ok := l.Beside(met[i], !right, false)
				require.True(t, ok)
				require.Equal(t, met[i-1], before, "%+q, right %v: back to %d", body.Text(), right, i-1)
			}
			_, ok := l.Beside(met[len(met)-1], right, true)
			require.False(t, ok, "behind the last")
			_, ok = l.Beside(met[0], !right, false)
			require.False(t, ok, "before the first")
		}
	})
}

// onScreen returns the tokens as the eye meets them that takes lines from the top
// and each of them from the left, or else from the right.
func onScreen(l *typeset.Layout, body *annotate.Body, fromLeft bool) (met []annotate.Fragment) {
	starts := map[int]annotate.Fragment{}
	for t, ok := body.NextToken(0); ok; t, ok = body.NextToken(t.End) {
		starts[t.Start] = t
	}
	for _, line := range all(l) {
		var here []annotate.Fragment
		for _, c := range line.Clusters {
			for at := c.Start; at < c.End; at++ {
				if t, ok := starts[at]; ok {
					here = append(here, t)
				}
			}
		}
		if !fromLeft {
			slices.Reverse(here)
		}
		met = append(met, here...)
	}
	return met
}

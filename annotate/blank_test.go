package annotate_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// A fragment's blanks are what strings.TrimFunc takes off, but for those in the
// cluster of a character that stays.
func TestTrimTakesBlanksOffBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		b := NewBody(text)
		got := b.Trim(Fragment{start, end})
		left := len(text[start:end]) - len(strings.TrimLeftFunc(text[start:end], unicode.IsSpace))
		want := Fragment{end, end}
		if left < end-start {
			want = b.SnapClusters(Fragment{start + left, start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))})
			want = Fragment{max(start, want.Start), min(end, want.End)}
		}
		if got != want {
			t.Fatalf("%d to %d trims to %v, want %v", start, end, got, want)
		}
	})
}

func TestTrimPassesOverLongBlanks(t *testing.T) {
	for _, blank := range []string{" ", "\n", "\u3000", " \u2003\n\t"} {
		blanks := strings.Repeat(blank, 20_000/len(blank))
		text := blanks + "one" + blanks + "two" + blanks
		b := NewBody(text)
		got := b.Trim(Fragment{0, len(text)})
		assert.Equal(t, "one"+blanks+"two", text[got.Start:got.End])
		middle := 2*len(blanks) + 3 - len(blank)
		assert.Equal(t, Fragment{middle, middle}, b.Trim(Fragment{len(blanks) + 3 + len(blank), middle}))
		next, _ := b.NextToken(len(blanks) + 3)
		assert.Equal(t, "two", text[next.Start:next.End])
		previous, _ := b.PreviousToken(next.Start)
		assert.Equal(t, "one", text[previous.Start:previous.End])
	}
}

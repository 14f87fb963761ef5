package annotate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestParagraphsEndAtLineFeeds(t *testing.T) {
	tests := []struct {
		text string
		want []Fragment
	}{
		{"", []Fragment{{0, 0}}},
		{"one", []Fragment{{0, 3}}},
		{"one\n", []Fragment{{0, 3}, {4, 4}}},
		{"\n\n", []Fragment{{0, 0}, {1, 1}, {2, 2}}},
		{"é\n日本", []Fragment{{0, 2}, {3, 9}}},
		{"a\u2028b", []Fragment{{0, 5}}}, // only LF ends a paragraph
	}
	for _, test := range tests {
		b := NewBody(test.text)
		var got []Fragment
		for i := range b.Paragraphs() {
			got = append(got, b.Paragraph(i))
		}
		assert.Equal(t, test.want, got, "%q", test.text)
	}
}

func TestEveryOffsetLiesInTheParagraphItsLineFeedsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		for at := 0; at <= len(text); at++ {
			if got, want := b.ParagraphAt(at), strings.Count(text[:at], "\n"); got != want {
				t.Fatalf("ParagraphAt(%d) = %d, want %d", at, got, want)
			}
		}
	})
}

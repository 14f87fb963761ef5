package annotate

import (
	"sort"
	"strings"
)

// Body is a document's text cut into paragraphs, sentences, tokens and grapheme
// clusters. Paragraphs end at LF; clusters, tokens and sentences are those of
// Unicode Standard Annex #29, where tokens and sentences leave blanks out, never
// cross a paragraph and never split a cluster.
//
// What is asked about is cut in windows of a few kilobytes, the latest of which are
// remembered, so that no answer takes longer in a longer text; what a window is
// depends on the text alone. Where several kilobytes have no place to begin anew, as
// a word of that length, they are parted where a window ends. A Body is for one
// goroutine.
type Body struct {
	text       string
	paragraphs []int32 // starts
	ink        ink
	clusters   grid
	tokens     segments
	sentences  segments
}

// NewBody finds the paragraphs and the long blanks of text, which must be valid UTF-8.
func NewBody(text string) *Body {
	b := &Body{text: text, paragraphs: make([]int32, 1, 1+strings.Count(text, "\n")), ink: findInk(text)}
	b.clusters = grid{text: text, safe: b.clusterSafe, forced: b.clusterForced}
	b.tokens = segments{body: b, grid: grid{text: text, safe: b.tokenSafe, forced: b.tokenForced}, ends: wordEnds}
	b.sentences = segments{body: b, grid: grid{text: text, safe: b.sentenceSafe, forced: b.tokens.grid.start}, ends: sentenceEnds}
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return b
		}
		i += n + 1
		b.paragraphs = append(b.paragraphs, int32(i))
	}
}

// Text returns the whole text.
func (b *Body) Text() string { return b.text }

// Paragraphs returns how many there are, at least one; a text that ends in LF has an empty last one.
func (b *Body) Paragraphs() int { return len(b.paragraphs) }

// Paragraph returns the i-th paragraph without its LF.
func (b *Body) Paragraph(i int) Fragment {
	end := len(b.text)
	if i+1 < len(b.paragraphs) {
		end = int(b.paragraphs[i+1]) - 1
	}
	return Fragment{int(b.paragraphs[i]), end}
}

// ParagraphAt returns the index of the paragraph an offset lies in; an LF belongs to the paragraph it ends.
func (b *Body) ParagraphAt(offset int) int {
	return sort.Search(len(b.paragraphs), func(i int) bool { return int(b.paragraphs[i]) > offset }) - 1
}

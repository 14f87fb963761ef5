package annotate

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Body is a document's text cut into paragraphs, sentences, tokens and grapheme
// clusters. Paragraphs end at LF; tokens and sentences are those of Unicode
// Standard Annex #29, blanks left out, and never cross a paragraph. Each
// paragraph is cut when it is first asked about and remembered. A Body is for
// one goroutine.
type Body struct {
	text       string
	paragraphs []int // starts
	tokens     map[int][]Fragment
	sentences  map[int][]Fragment
}

// NewBody finds the paragraphs of text.
func NewBody(text string) *Body {
	b := &Body{text: text, paragraphs: []int{0}, tokens: map[int][]Fragment{}, sentences: map[int][]Fragment{}}
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return b
		}
		i += n + 1
		b.paragraphs = append(b.paragraphs, i)
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
		end = b.paragraphs[i+1] - 1
	}
	return Fragment{b.paragraphs[i], end}
}

// ParagraphAt returns the index of the paragraph an offset lies in; an LF belongs to the paragraph it ends.
func (b *Body) ParagraphAt(offset int) int {
	return sort.Search(len(b.paragraphs), func(i int) bool { return b.paragraphs[i] > offset }) - 1
}

// Tokens returns the tokens of the i-th paragraph in order.
func (b *Body) Tokens(i int) []Fragment {
	tokens, known := b.tokens[i]
	if !known {
		p := b.Paragraph(i)
		tokens = cut(b.text[p.Start:p.End], p.Start, uniseg.FirstWordInString)
		b.tokens[i] = tokens
	}
	return tokens
}

// Sentences returns the sentences of the i-th paragraph in order, blanks around them left out.
func (b *Body) Sentences(i int) []Fragment {
	sentences, known := b.sentences[i]
	if !known {
		p := b.Paragraph(i)
		sentences = cut(b.text[p.Start:p.End], p.Start, uniseg.FirstSentenceInString)
		b.sentences[i] = sentences
	}
	return sentences
}

// cut applies a segmenter to text and returns the non-blank segments, trimmed, shifted by base.
func cut(text string, base int, first func(string, int) (string, string, int)) []Fragment {
	var found []Fragment
	state := -1
	for len(text) > 0 {
		var segment string
		segment, text, state = first(text, state)
		if f := trim(segment, base); !f.Empty() {
			found = append(found, f)
		}
		base += len(segment)
	}
	return found
}

// trim returns where the non-blank part of segment lies when segment begins at base.
func trim(segment string, base int) Fragment {
	left := strings.TrimLeftFunc(segment, unicode.IsSpace)
	start := base + len(segment) - len(left)
	return Fragment{start, start + len(strings.TrimRightFunc(left, unicode.IsSpace))}
}

// Trim returns f without the blanks at its ends.
func (b *Body) Trim(f Fragment) Fragment { return trim(b.text[f.Start:f.End], f.Start) }

// TokenAt returns the token that holds offset, or else the first one after it in
// the text, or else the last one. ok is false when the text has no tokens.
func (b *Body) TokenAt(offset int) (f Fragment, ok bool) {
	p := b.ParagraphAt(offset)
	tokens := b.Tokens(p)
	if i := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > offset }); i < len(tokens) {
		return tokens[i], true
	}
	if f, ok = b.first(p+1, b.Tokens); ok {
		return f, true
	}
	return b.last(b.Paragraphs()-1, b.Tokens)
}

// NextToken returns the first token that begins at or after offset.
func (b *Body) NextToken(offset int) (f Fragment, ok bool) { return b.next(offset, b.Tokens) }

// PreviousToken returns the last token that ends at or before offset.
func (b *Body) PreviousToken(offset int) (f Fragment, ok bool) { return b.previous(offset, b.Tokens) }

// NextSentence returns the first sentence that begins at or after offset.
func (b *Body) NextSentence(offset int) (f Fragment, ok bool) { return b.next(offset, b.Sentences) }

// PreviousSentence returns the last sentence that ends at or before offset.
func (b *Body) PreviousSentence(offset int) (f Fragment, ok bool) {
	return b.previous(offset, b.Sentences)
}

// SentenceAt returns the sentence that holds offset; ok is false between sentences.
func (b *Body) SentenceAt(offset int) (f Fragment, ok bool) {
	for _, s := range b.Sentences(b.ParagraphAt(offset)) {
		if s.Start <= offset && offset < s.End {
			return s, true
		}
	}
	return Fragment{}, false
}

func (b *Body) next(offset int, segments func(int) []Fragment) (Fragment, bool) {
	p := b.ParagraphAt(offset)
	here := segments(p)
	if i := sort.Search(len(here), func(i int) bool { return here[i].Start >= offset }); i < len(here) {
		return here[i], true
	}
	return b.first(p+1, segments)
}

func (b *Body) previous(offset int, segments func(int) []Fragment) (Fragment, bool) {
	p := b.ParagraphAt(offset)
	here := segments(p)
	if i := sort.Search(len(here), func(i int) bool { return here[i].End > offset }) - 1; i >= 0 {
		return here[i], true
	}
	return b.last(p-1, segments)
}

// first returns the first segment of the paragraphs from p on.
func (b *Body) first(p int, segments func(int) []Fragment) (Fragment, bool) {
	for ; p < b.Paragraphs(); p++ {
		if s := segments(p); len(s) > 0 {
			return s[0], true
		}
	}
	return Fragment{}, false
}

// last returns the last segment of the paragraphs up to p.
func (b *Body) last(p int, segments func(int) []Fragment) (Fragment, bool) {
	for ; p >= 0; p-- {
		if s := segments(p); len(s) > 0 {
			return s[len(s)-1], true
		}
	}
	return Fragment{}, false
}

// Snap returns f widened to whole tokens, blanks at its ends left out. A
// fragment of blanks alone gives an empty one.
func (b *Body) Snap(f Fragment) Fragment {
	f = b.Trim(f)
	if f.Empty() {
		return f
	}
	if t, ok := b.TokenAt(f.Start); ok && t.Start < f.Start {
		f.Start = t.Start
	}
	if t, ok := b.TokenAt(f.End - 1); ok && t.Start < f.End && t.End > f.End {
		f.End = t.End
	}
	return f
}

// SnapClusters returns f widened so that it splits no grapheme cluster.
func (b *Body) SnapClusters(f Fragment) Fragment {
	return Fragment{b.clusterFloor(f.Start), b.clusterCeil(f.End)}
}

// clusterFloor returns the start of the cluster that offset lies in.
func (b *Body) clusterFloor(offset int) int {
	if offset <= 0 || offset >= len(b.text) {
		return max(0, min(offset, len(b.text)))
	}
	start := b.clusterAnchor(offset)
	state, rest := -1, b.text[start:]
	for {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if start+len(cluster) > offset {
			return start
		}
		start += len(cluster)
	}
}

// clusterAnchor returns the nearest place at or before offset where a cluster
// begins whatever stands before it. Two neighbouring characters tell, except
// where flags are paired or a mark or joiner hands on what precedes it; there it
// looks further back, so that a row of a hundred flags is still cut rightly.
func (b *Body) clusterAnchor(offset int) int {
	for !utf8.RuneStart(b.text[offset]) {
		offset--
	}
	for offset > 0 {
		r, size := utf8.DecodeLastRuneInString(b.text[:offset])
		_, next := utf8.DecodeRuneInString(b.text[offset:])
		pair := b.text[offset-size : offset+next]
		cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(pair, -1)
		if len(cluster) == size && !unicode.In(r, unicode.M, unicode.Cf) {
			return offset
		}
		offset -= size
	}
	return 0
}

// clusterCeil returns the end of the cluster that offset lies in, or offset itself when it begins one.
func (b *Body) clusterCeil(offset int) int {
	floor := b.clusterFloor(offset)
	if floor == offset {
		return offset
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(b.text[floor:], -1)
	return floor + len(cluster)
}

// NextCluster returns the offset after the cluster at offset.
func (b *Body) NextCluster(offset int) int {
	if offset >= len(b.text) {
		return len(b.text)
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(b.text[b.clusterFloor(offset):], -1)
	return b.clusterFloor(offset) + len(cluster)
}

// PreviousCluster returns the offset of the cluster before offset.
func (b *Body) PreviousCluster(offset int) int {
	if offset <= 0 {
		return 0
	}
	return b.clusterFloor(offset - 1)
}

package typeset

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"spanwright/annotate"
)

const (
	// longParagraph is the size in bytes above which a paragraph is laid out in parts.
	longParagraph = 20_000
	// partSize is the size of such a part, at most, in bytes.
	partSize = 16_000
)

// block is what is laid out at once: a paragraph, or a part of a very long one.
type block struct {
	start     int32
	paragraph int32
	blanks    int32 // empty paragraphs before this block
	lines     int32 // an estimate until known
	known     bool
	awaits    bool // was laid out without some font
}

// cutBlocks cuts a document into blocks that together hold every byte.
func cutBlocks(body *annotate.Body) []block {
	blocks := make([]block, 0, body.Paragraphs())
	blanks := int32(0)
	for p := range body.Paragraphs() {
		f := body.Paragraph(p)
		blocks = append(blocks, block{start: int32(f.Start), paragraph: int32(p), blanks: blanks})
		for f.Len() > longParagraph {
			f.Start = partEnd(body, f.Start)
			blocks = append(blocks, block{start: int32(f.Start), paragraph: int32(p), blanks: blanks})
		}
		if f.Empty() {
			blanks++
		}
	}
	return blocks
}

// partEnd returns where a part that begins at start ends: behind a blank, or else
// between two grapheme clusters.
func partEnd(body *annotate.Body, start int) int {
	text := body.Text()[start : start+partSize]
	for tail := text; len(tail) > partSize/2; {
		i := strings.LastIndexByte(tail, ' ')
		if i < 0 {
			break
		}
		end := annotate.Fragment{Start: start + i + 1, End: start + i + 1}
		if body.SnapClusters(end) == end {
			return end.Start
		}
		tail = tail[:i]
	}
	if end := body.SnapClusters(annotate.Fragment{Start: start + partSize, End: start + partSize}); end.Start > start {
		return end.Start
	}
	return body.NextCluster(start + partSize)
}

// FromRight reports whether text reads from the right, by its first strong character.
func FromRight(text string) bool { return textLevel(text) == 1 }

// textLevel returns the paragraph level of a text by its first strong character.
func textLevel(text string) uint8 {
	var lead leader
	for i := 0; i < len(text); {
		properties, size := bidi.LookupString(text[i:])
		i += max(1, size)
		if level, found := lead.read(properties.Class()); found {
			return level
		}
	}
	return 0
}

// sampleSize is how much of a document is measured to estimate the rest, in bytes.
const sampleSize = 600

// estimate fills in how many lines each block not known will have, from its number
// of characters and their average width in a sample of the text.
func (l *Layout) estimate() []int {
	lines := make([]int, len(l.blocks))
	perLine := max(1, l.style.Width/l.averageAdvance())
	for i := range l.blocks {
		b := &l.blocks[i]
		if !b.known {
			f := l.fragment(i)
			characters := utf8.RuneCountInString(l.body.Text()[f.Start:f.End])
			b.lines = int32(1 + float64(max(0, characters-1))/perLine)
		}
		lines[i] = int(b.lines)
	}
	return lines
}

// averageAdvance returns the width of a character of this document, about.
func (l *Layout) averageAdvance() float64 {
	text := l.body.Text()
	if len(text) > sampleSize {
		text = text[:l.body.SnapClusters(annotate.Fragment{Start: sampleSize, End: sampleSize}).Start]
	}
	sample := measure(l.fonts, l.taste, strings.ReplaceAll(text, "\t", " "), l.style.Size)
	if sample.Width == 0 {
		return max(1, l.style.Size/2)
	}
	return sample.Width / float64(utf8.RuneCountInString(text))
}

// fragment returns the bytes of block i, its LF included.
func (l *Layout) fragment(i int) annotate.Fragment {
	end := len(l.body.Text())
	if i+1 < len(l.blocks) {
		end = int(l.blocks[i+1].start)
	}
	return annotate.Fragment{Start: int(l.blocks[i].start), End: end}
}

// blockOf returns the block that holds an offset.
func (l *Layout) blockOf(offset int) int {
	return sort.Search(len(l.blocks), func(i int) bool { return int(l.blocks[i].start) > offset }) - 1
}

// top returns where block i begins, in device pixels.
func (l *Layout) top(i int) float64 {
	return l.above(i, l.heights.before(i))
}

// above returns how far below the document's top a line is that has so many
// before it, the first ones of block i among them.
func (l *Layout) above(i, lines int) float64 {
	b := &l.blocks[i]
	return float64(lines)*l.style.Pitch + float64(b.paragraph)*l.style.Gap -
		float64(b.blanks)*(l.style.Pitch-l.blankHeight())
}

// blankHeight returns the height of an empty paragraph's line.
func (l *Layout) blankHeight() float64 {
	if l.style.Blank == 0 {
		return l.style.Pitch
	}
	return l.style.Blank
}

// lineHeight returns the height of the lines of block i.
func (l *Layout) lineHeight(i int) float64 {
	if l.body.Paragraph(int(l.blocks[i].paragraph)).Empty() {
		return l.blankHeight()
	}
	return l.style.Pitch
}

// blockAt returns the block at height y, going by what is known.
func (l *Layout) blockAt(y float64) int {
	return l.heights.find(func(block, lines int) bool {
		return l.above(block, lines) <= y
	})
}

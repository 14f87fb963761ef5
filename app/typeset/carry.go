package typeset

import (
	"sort"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"spanwright/annotate"
)

// opening returns the embeddings that block i stands in: those that are open in its
// paragraph before it. Of the strong characters before it nothing is known, so that
// numbers and neutrals at the start of a part are taken as at the start of a run of
// their level.
func (l *Layout) opening(i int) *embedding {
	p := int(l.blocks[i].paragraph)
	if l.levelOf != p {
		l.levelOf, l.level = p, l.paragraphLevel(p)
	}
	first := sort.Search(i, func(j int) bool { return int(l.blocks[j].paragraph) >= p })
	if i == first {
		return newEmbedding(l.level)
	}
	open, known := l.carried[p]
	if !known {
		open = l.carry(p, first)
		l.carried[p] = open
	}
	if open == nil {
		return newEmbedding(l.level)
	}
	return open[i-first]
}

// paragraphLevel returns the embedding level of paragraph p.
func (l *Layout) paragraphLevel(p int) uint8 {
	switch l.style.Direction {
	case annotate.LeftToRight:
		return 0
	case annotate.RightToLeft:
		return 1
	}
	whole := l.body.Paragraph(p)
	return textLevel(l.body.Text()[whole.Start:whole.End])
}

// carry returns the embeddings open at the start of each part of a paragraph, nil
// where the paragraph has none.
func (l *Layout) carry(p, first int) []*embedding {
	whole := l.body.Paragraph(p)
	text := l.body.Text()[whole.Start:whole.End]
	if !embeds(text) {
		return nil
	}
	controls, rtl := controlsOf(text)
	var states []*embedding
	e := newEmbedding(l.level)
	for i := first; i < len(l.blocks) && int(l.blocks[i].paragraph) == p; i++ {
		start := int(l.blocks[i].start) - whole.Start
		for len(controls) > 0 && controls[0].at < start {
			e.before(controls[0].class)
			e.behind(controls[0].class, rtl[0])
			controls, rtl = controls[1:], rtl[1:]
		}
		states = append(states, e.clone())
	}
	return states
}

// control is a character that opens or ends embeddings.
type control struct {
	at    int
	class bidi.Class
}

// controlsOf finds the characters that open or end embeddings, and which of them
// are first-strong isolates that read from right to left.
func controlsOf(text string) (controls []control, rtl []bool) {
	var open isolates
	for i := 0; i < len(text); {
		properties, size := bidi.LookupString(text[i:])
		switch c := properties.Class(); c {
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI, bidi.B:
			controls, rtl = append(controls, control{i, c}), append(rtl, false)
			open.read(len(controls)-1, c, rtl)
		case bidi.L, bidi.R, bidi.AL:
			open.read(-1, c, rtl)
		}
		i += max(1, size)
	}
	return controls, rtl
}

// embeds reports whether text has a character that opens an embedding, which is
// much sooner known than its class is looked up: U+202A to U+202E, U+2066 to U+2069.
func embeds(text string) bool {
	for {
		i := strings.IndexByte(text, 0xE2)
		if i < 0 || len(text) < i+3 {
			return false
		}
		switch second, third := text[i+1], text[i+2]; {
		case second == 0x80 && 0xAA <= third && third <= 0xAE, second == 0x81 && 0xA6 <= third && third <= 0xA9:
			return true
		}
		text = text[i+3:]
	}
}

package bioc

import (
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// maxGap is how much text a file may leave out between two passages, in characters. What
// lies between those of an article are line breaks, or at most a table.
const maxGap = 1 << 20

// layout is the text of a document, put together as its offsets say if they count unit.
type layout struct {
	unit annotate.Unit
	text string
	base int // offset of the first piece
	gaps int // characters that the file leaves out, beyond line breaks
	fill int // characters that were filled in
}

// understand finds out what the offsets of a document count: that in which all annotations
// cover the words they say they do, and in which the least text is left out.
func (d *document) understand(in dataset.Input) (*layout, error) {
	units := []annotate.Unit{annotate.CodePoint, annotate.Byte, annotate.UTF16}
	if in.Unit != "" {
		units = []annotate.Unit{in.Unit}
	}
	var best *layout
	var first error
	fewest := 0
	for _, unit := range units {
		l, err := d.lay(unit)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		wrong := d.wrong(l)
		if best == nil || wrong < fewest || wrong == fewest && l.fill < best.fill {
			best, fewest = l, wrong
		}
		if wrong == 0 && (l.fill == 0 || len(l.text) == annotate.NewOffsets(l.text).Len(annotate.CodePoint)) {
			break // no other could fit better
		}
	}
	if best == nil {
		return nil, dataset.Place(first, in.Path, d.line)
	}
	return best, nil
}

// wrong counts the parts of annotations that do not cover their words.
func (d *document) wrong(l *layout) (n int) {
	offsets := annotate.NewOffsets(l.text)
	for _, a := range d.annotations {
		for _, p := range a.parts(l) {
			f, err := offsets.Fragment(l.unit, p.Start, p.End)
			if err != nil || p.Quoted && !sameWords(l.text[f.Start:f.End], p.Words) {
				n++
			}
		}
	}
	return n
}

// lay puts the text together. The first piece begins it: where a collection counts on
// from one document to the next, the offsets do not begin at 0.
func (d *document) lay(unit annotate.Unit) (*layout, error) {
	l := &layout{unit: unit}
	var text strings.Builder
	end := 0
	for i := range d.pieces {
		p := &d.pieces[i]
		if i == 0 {
			l.base, end = p.offset, p.offset
		}
		gap := p.offset - end
		switch {
		case gap < 0:
			return nil, annotate.Errorf(annotate.Invalid, "the passage at offset %d begins before the one in front of it ends, at %d; the document was left out", p.offset, end)
		case gap > maxGap:
			return nil, annotate.Errorf(annotate.Unsupported, "between offsets %d and %d the text is missing, and no more than %d characters are filled in; the document was left out", end, p.offset, maxGap)
		case text.Len()+gap+len(p.text) > annotate.MaxText:
			return nil, annotate.CheckText(make([]byte, annotate.MaxText+1))
		}
		text.WriteString(filler(gap, p.sentence))
		text.WriteString(p.text)
		l.fill += gap
		if gap > 2 {
			l.gaps += gap
		}
		end = p.offset + p.length(unit)
	}
	l.text = text.String()
	return l, nil
}

// length returns how long a piece is in a unit; it is asked for more than once.
func (p *piece) length(unit annotate.Unit) int {
	if p.offsets == nil {
		p.offsets = annotate.NewOffsets(p.text)
	}
	return p.offsets.Len(unit)
}

// filler returns n characters for text that a file leaves out: blanks between sentences,
// line breaks between passages, with blanks between them if there are many.
func filler(n int, sentence bool) string {
	switch {
	case sentence:
		return strings.Repeat(" ", n)
	case n < 3:
		return strings.Repeat("\n", n)
	}
	return "\n" + strings.Repeat(" ", n-2) + "\n"
}

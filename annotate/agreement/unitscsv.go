package agreement

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"

	"spanwright/annotate"
)

// maxPosition is the last position that a unit may reach.
const maxPosition = 1<<31 - 1

// ReadUnits reads a CSV file with the columns document, rater, begin, end and label, one
// unit a line: positions begin up to but not including end. A line without a label says that
// the rater read the document from begin to end, whether there are units or not; without
// such lines a document reaches from 0 to the end of its last unit, and only those who
// have units in it have read it. The documents are in the order of the file. Errors are of
// kind Invalid and tell the line.
func ReadUnits(r io.Reader) ([]*Text, error) {
	table, err := newCSVTable(r, "document", "rater", "begin", "end", "label")
	if err != nil {
		return nil, err
	}
	var found []*unitsOf
	known := map[string]*unitsOf{}
	for {
		row, err := table.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		unit, err := readUnit(row, table.line)
		if err != nil {
			return nil, err
		}
		of := known[row[0]]
		if of == nil {
			of = &unitsOf{text: &Text{Name: row[0]}}
			known[row[0]] = of
			found = append(found, of)
		}
		of.add(row[1], unit, row[4])
	}
	texts := make([]*Text, len(found))
	for i, u := range found {
		texts[i] = u.text
		if err := u.close(); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func readUnit(row []string, line int) (annotate.Fragment, error) {
	var f annotate.Fragment
	switch {
	case row[0] == "":
		return f, csvError(line, "the document has no name")
	case row[1] == "":
		return f, csvError(line, "the rater has no name")
	}
	for i, at := range []*int{&f.Start, &f.End} {
		n, err := strconv.Atoi(row[2+i])
		name := []string{"begin", "end"}[i]
		if err != nil || n < 0 || n > maxPosition {
			return f, csvError(line, "%s must be a whole number from 0 to %d, not %q", name, maxPosition, annotate.Excerpt(row[2+i], 40))
		}
		*at = n
	}
	if f.End < f.Start {
		return f, csvError(line, "the unit ends at %d before it begins at %d", f.End, f.Start)
	}
	return f, nil
}

// unitsOf gathers the lines of one document.
type unitsOf struct {
	text *Text
	read bool // somebody is said to have read it
	last int  // end of the last unit
	from int  // beginning of the first
}

func (u *unitsOf) add(rater string, f annotate.Fragment, label string) {
	layers := u.text.Layers
	i := slices.IndexFunc(layers, func(l *Layer) bool { return l.Annotator == rater })
	if i < 0 {
		i = len(layers)
		u.text.Layers = append(layers, &Layer{Annotator: rater})
	}
	if label == "" {
		if !u.read {
			u.read, u.text.Whole = true, f
		}
		u.text.Whole.Start, u.text.Whole.End = min(u.text.Whole.Start, f.Start), max(u.text.Whole.End, f.End)
		return
	}
	if u.last == 0 || f.Start < u.from {
		u.from = f.Start
	}
	u.last = max(u.last, f.End)
	layer := u.text.Layers[i]
	layer.Spans = append(layer.Spans, &annotate.Span{Annotator: rater, Label: label, Fragments: []annotate.Fragment{f}})
}

// close settles how far the document reaches, and the order of its units.
func (u *unitsOf) close() error {
	switch whole := &u.text.Whole; {
	case !u.read:
		*whole = annotate.Fragment{End: u.last}
	case u.last > 0 && (u.from < whole.Start || u.last > whole.End):
		return annotate.Errorf(annotate.Invalid, "units of document %s reach from %d to %d, but it is said to have been read from %d to %d",
			u.text.Name, u.from, u.last, whole.Start, whole.End)
	}
	for _, l := range u.text.Layers {
		slices.SortStableFunc(l.Spans, func(a, b *annotate.Span) int {
			x, y := a.Extent(), b.Extent()
			return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
		})
	}
	return nil
}

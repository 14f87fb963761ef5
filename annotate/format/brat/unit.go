package brat

import (
	"slices"
	"sort"
	"strings"

	"spanwright/annotate"
)

// textBound is a T line whose offsets are not yet understood.
type textBound struct {
	*line
	label     string
	stretches []stretch
	fragments []annotate.Fragment // once they are, in the order of the file
}

// reading is one way to understand a file's offsets: what they count, and in
// which form of the text.
type reading struct {
	unit    annotate.Unit
	text    string // the document's text, or a form of it that has more in it
	removed []int  // bytes of text that the document's text lacks, in order
	says    string // remark when it is the right one
}

// readings lists how the offsets of a document may have been counted, brat's own
// way first: code points of the text with each line end one character.
func readings(d *annotate.Document) []reading {
	forms := []reading{{text: d.Text}}
	if d.BOM {
		forms = append(forms, reading{text: "\ufeff" + d.Text, removed: []int{0, 0, 0}, says: " and the byte order mark as a character"})
	}
	if d.Newlines == annotate.CRLF {
		for _, f := range slices.Clone(forms) {
			forms = append(forms, f.withCR())
		}
	}
	units := []struct {
		unit annotate.Unit
		says string
	}{{annotate.CodePoint, "code points"}, {annotate.UTF16, "UTF-16 units"}, {annotate.Byte, "bytes"}}
	var all []reading
	for _, f := range forms {
		for _, u := range units {
			f := f
			f.unit, f.says = u.unit, u.says+f.says
			all = append(all, f)
		}
	}
	return all
}

// withCR returns the form of a text in which each LF has a CR before it.
func (r reading) withCR() reading {
	removed := slices.Clone(r.removed)
	for i := range len(r.text) {
		if r.text[i] == '\n' {
			removed = append(removed, i+len(removed)-len(r.removed))
		}
	}
	return reading{text: strings.ReplaceAll(r.text, "\n", "\r\n"), removed: removed, says: r.says + " and each CR LF as two"}
}

// understand finds the reading in which every span covers what its text column
// says, sets the spans' fragments, and returns a remark if it is not brat's own.
// When there is none the error tells what is wrong in brat's own.
func understand(d *annotate.Document, spans []*textBound) (remark string, err error) {
	for i, r := range readings(d) {
		problem := r.apply(d, spans)
		switch {
		case problem == nil && i == 0:
			return "", nil
		case problem == nil:
			return "the offsets count " + r.says + "; they were converted", nil
		case err == nil:
			err = problem
		}
	}
	return "", err
}

// apply sets the fragments of all spans, or returns the first that does not fit.
func (r reading) apply(d *annotate.Document, spans []*textBound) error {
	offsets := annotate.NewOffsets(r.text)
	for _, s := range spans {
		s.fragments = s.fragments[:0]
		parts := make([]string, len(s.stretches))
		for i, stretch := range s.stretches {
			f, err := offsets.Fragment(r.unit, stretch.start, stretch.end)
			if err != nil {
				return s.fail("%w", err)
			}
			f = annotate.Fragment{Start: r.place(f.Start), End: r.place(f.End)}
			if f.Empty() {
				return s.fail("it covers nothing at offset %d, and a span must cover something", stretch.start)
			}
			s.fragments = append(s.fragments, f)
			parts[i] = d.Text[f.Start:f.End]
		}
		if s.tailed && !covers(parts, s.tail) {
			return s.fail("its offsets cover %q, but its text is %q", annotate.Excerpt(strings.Join(parts, " "), 60), annotate.Excerpt(s.tail, 60))
		}
	}
	return nil
}

// place returns where an offset of r's form of the text lies in the document's text.
func (r reading) place(offset int) int { return offset - sort.SearchInts(r.removed, offset) }

// joints are what writers put between the parts of a span in its text column:
// brat a blank, brat before 1.3 nothing, others an ellipsis.
var joints = []string{" ", "", " [...] ", " ... "}

// covers reports whether a text column says what the parts are. White space that
// a column cannot hold, or an editor took from a line's end, does not count.
func covers(parts []string, column string) bool {
	column = oneLine(column)
	for _, joint := range joints {
		if oneLine(strings.Join(parts, joint)) == column {
			return true
		}
	}
	return false
}

var blanks = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

func oneLine(s string) string { return strings.TrimRight(blanks.Replace(s), " ") }

package brat

import (
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// textBound is a T line whose offsets are not yet understood.
type textBound struct {
	*line
	label     string
	stretches []stretch
	fragments []annotate.Fragment // once they are, in the order of the file
}

// understand finds the way of counting in which every span covers what its text column
// says, sets the spans' fragments, and returns a remark if it is not brat's own, which is
// code points. When there is none the error tells what is wrong in brat's own.
func understand(d *annotate.Document, spans []*textBound) (remark string, err error) {
	for i, count := range dataset.Counts(d, annotate.CodePoint) {
		problem := apply(&count, d.Text, spans)
		switch {
		case problem == nil && i == 0:
			return "", nil
		case problem == nil:
			return "the offsets count " + count.Sayings + "; they were converted", nil
		case err == nil:
			err = problem
		}
	}
	return "", err
}

// apply sets the fragments of all spans, or returns the first that does not fit.
func apply(count *dataset.Count, text string, spans []*textBound) error {
	for _, s := range spans {
		if err := s.apply(count, text); err != nil {
			return err
		}
	}
	return nil
}

// apply sets the fragments of a span. That its text is another one than it covers is a
// [dataset.Misfit].
func (s *textBound) apply(count *dataset.Count, text string) error {
	s.fragments = s.fragments[:0]
	parts := make([]string, len(s.stretches))
	for i, stretch := range s.stretches {
		f, err := count.Fragment(stretch.start, stretch.end)
		if err != nil {
			return s.fail("%w", err)
		}
		if f.Empty() {
			return s.fail("it covers nothing at offset %d, and a span must cover something", stretch.start)
		}
		s.fragments = append(s.fragments, f)
		parts[i] = text[f.Start:f.End]
	}
	if !s.tailed || covers(parts, s.tail) {
		return nil
	}
	return &dataset.Misfit{Err: s.fail("its offsets cover %q, but its text is %q", annotate.Excerpt(strings.Join(parts, " "), 60), annotate.Excerpt(s.tail, 60))}
}

// reanchor moves the spans without gaps that cover another text than they say to the
// nearest place where it stands, and tells each in the record; the first that cannot be
// moved is the error.
func reanchor(r *dataset.Record, spans []*textBound) error {
	d := r.Document
	count := dataset.Counts(d, annotate.CodePoint)[0]
	for _, s := range spans {
		err := s.apply(&count, d.Text)
		if err == nil {
			continue
		}
		if !s.tailed || len(s.stretches) != 1 || oneLine(s.tail) == "" {
			return err
		}
		from := len(d.Text)
		if f, err := count.Fragment(s.stretches[0].start, s.stretches[0].start); err == nil {
			from = f.Start
		}
		f, found := dataset.Nearest(d.Text, oneLine(s.tail), from)
		if !found {
			return err
		}
		s.fragments = append(s.fragments[:0], f)
		r.Move(s.file, s.number, fmt.Sprintf("%s: its text %q, which its offsets do not cover,", s.id, annotate.Excerpt(s.tail, 60)), from, f.Start)
	}
	return nil
}

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

package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
)

// Settle sets the fragments of what a file counts, or tells why the record must be left
// out: an error names the first stretch that does not fit and how many there are. What
// was found out and moved stands in the record's remarks.
func (r *Record) Settle(in Input, prefer annotate.Unit, stretches []Stretch, same Same) ([]annotate.Fragment, error) {
	count, fragments, wrong := r.count(in, prefer, stretches, same)
	if len(wrong) > 0 && in.Reanchor {
		var left []Mismatch
		for _, m := range wrong {
			if !r.reanchor(m, &count, fragments) {
				left = append(left, m)
			}
		}
		wrong = left
	}
	if len(wrong) > 0 {
		return nil, r.misfit(wrong, in.Path)
	}
	return fragments, nil
}

// Misfit is why a record must be left out: stretches of it cover other words than they should.
// Input.Reanchor may mend it.
type Misfit struct {
	Err  *annotate.Error // the first of them, and how many there are
	Each []Remark        // of the stretches, if there are several
}

func (m *Misfit) Error() string { return m.Err.Error() }
func (m *Misfit) Unwrap() error { return m.Err }

func (r *Record) misfit(wrong []Mismatch, path string) *Misfit {
	each := make([]Remark, len(wrong))
	for i, m := range wrong {
		each[i] = Remark{File: path, Line: cmp.Or(m.Line, r.Line), Sentence: m.Sentence()}
	}
	first := annotate.Errorf(annotate.Invalid, "%s", each[0].Sentence)
	if more := len(wrong) - 1; more > 0 {
		first.Sentence += fmt.Sprintf(" (and %d more like this)", more)
	} else {
		each = nil
	}
	first.Sentence += "; the document was left out"
	return &Misfit{first.At(path, cmp.Or(wrong[0].Line, r.Line)), each}
}

// count finds the way of counting and remarks on it where it is not the expected one.
func (r *Record) count(in Input, prefer annotate.Unit, stretches []Stretch, same Same) (Count, []annotate.Fragment, []Mismatch) {
	if in.Unit != "" {
		count := Counts(r.Document, in.Unit)[0]
		fragments, wrong := count.Apply(stretches, same)
		return count, fragments, wrong
	}
	count, fragments, wrong := Understand(r.Document, prefer, stretches, same)
	if usual := Counts(r.Document, prefer)[0].Sayings; count.Sayings != usual && len(wrong) == 0 {
		r.Remark(in.Path, 0, "the offsets count %s; they were converted", count.Sayings)
	} else if Ambiguous(r.Document.Text, stretches) {
		r.Remark(in.Path, 0, "the file does not say what its spans cover, and programs count the characters of this text differently; the offsets were taken for %s", count.Sayings)
	}
	return count, fragments, wrong
}

// Ambiguous reports whether it matters what offsets count, and no words tell.
func Ambiguous(text string, stretches []Stretch) bool {
	astral := strings.IndexFunc(text, func(r rune) bool { return r > 0xFFFF })
	if astral < 0 {
		return false
	}
	before := utf8.RuneCountInString(text[:astral])
	return slices.ContainsFunc(stretches, func(s Stretch) bool { return s.End > before }) &&
		!slices.ContainsFunc(stretches, func(s Stretch) bool { return s.Quoted })
}

// reanchor moves the stretch of a mismatch to where its words stand.
func (r *Record) reanchor(m Mismatch, count *Count, fragments []annotate.Fragment) bool {
	if !m.Quoted {
		return false
	}
	from := fragments[m.Index].Start
	if m.Err != nil {
		from = len(r.Document.Text)
		if start, err := count.Fragment(m.Start, m.Start); err == nil {
			from = start.Start
		}
	}
	f, found := Nearest(r.Document.Text, m.Words, from)
	if !found {
		return false
	}
	fragments[m.Index] = f
	said := m.Sentence() + "; that"
	if m.Err != nil {
		said = fmt.Sprintf("%s; its text %q", m.Sentence(), annotate.Excerpt(m.Words, 60))
	}
	r.Move(r.File, m.Line, said, from, f.Start)
	return true
}

// Move counts and remarks that something of a line was moved to where its words stand: said
// is what was wrong and what the words are, from and to are offsets.
func (r *Record) Move(file string, line int, said string, from, to int) {
	r.Moved++
	way := "further on"
	if to < from {
		way, from, to = "before", to, from
	}
	switch n := utf8.RuneCountInString(r.Document.Text[from:to]); n {
	case 0:
		r.Remark(file, line, "%s begins there, and its end was moved", said)
	case 1:
		r.Remark(file, line, "%s stands 1 character %s, and it was moved there", said, way)
	default:
		r.Remark(file, line, "%s stands %d characters %s, and it was moved there", said, n, way)
	}
}

// Remark adds a sentence about a place in a file; line 0 is the record's own.
func (r *Record) Remark(file string, line int, format string, args ...any) {
	if line == 0 {
		line = r.Line
	}
	r.Remarks = append(r.Remarks, Remark{File: file, Line: line, Sentence: fmt.Sprintf(format, args...)})
}

// sentence returns what err says without the place it happened in.
func sentence(err error) string {
	var e *annotate.Error
	if errors.As(err, &e) {
		return e.Sentence
	}
	return err.Error()
}

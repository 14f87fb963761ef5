package dataset

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"spanwright/annotate"
)

// Stretch is a part of a text as a file counts it.
type Stretch struct {
	Start, End int
	Words      string // what the file says stands there
	Quoted     bool   // it says so
	Line       int    // of the file, 0 for the place the record was read in
	Name       string // of what it belongs to, for messages
}

// Count is one way to count offsets: a unit, in the document's text or a form of it.
type Count struct {
	Unit    annotate.Unit
	Sayings string // what it counts, as in "UTF-16 units and each CR LF as two"

	document string
	text     string // the form
	inForm   []int  // bytes of the form that the document's text lacks, in order
	inText   []int  // bytes of the document's text that the form lacks, in order
	offsets  *annotate.Offsets
}

// Counts lists how the offsets into a document may have been counted, in the order in
// which they are tried: units of its text as it is, beginning with prefer, then of its
// text with a byte order mark, with each line end two characters, and with each CR LF one.
func Counts(d *annotate.Document, prefer annotate.Unit) []Count {
	forms := []Count{{document: d.Text, text: d.Text}}
	if d.BOM {
		forms = append(forms, Count{document: d.Text, text: "\ufeff" + d.Text, inForm: []int{0, 0, 0}, Sayings: " and the byte order mark as a character"})
	}
	switch {
	case strings.Contains(d.Text, "\r\n"):
		forms = append(forms, forms[0].withoutCR())
	case !strings.Contains(d.Text, "\r") && strings.Contains(d.Text, "\n") && (d.Newlines == annotate.LF || d.Newlines == annotate.CRLF):
		for _, f := range slices.Clone(forms) {
			forms = append(forms, f.withCR())
		}
	}
	units := []annotate.Unit{annotate.CodePoint, annotate.UTF16, annotate.Byte}
	slices.SortStableFunc(units, func(a, b annotate.Unit) int {
		switch prefer {
		case a:
			return -1
		case b:
			return 1
		}
		return 0
	})
	var all []Count
	for _, f := range forms {
		for _, u := range units {
			c := f
			c.Unit, c.Sayings = u, unitNames[u]+f.Sayings
			all = append(all, c)
		}
	}
	return all
}

var unitNames = map[annotate.Unit]string{annotate.CodePoint: "code points", annotate.UTF16: "UTF-16 units", annotate.Byte: "bytes"}

// withCR returns the form in which each LF has a CR before it.
func (c Count) withCR() Count {
	inForm := slices.Clone(c.inForm)
	for i := range len(c.text) {
		if c.text[i] == '\n' {
			inForm = append(inForm, i+len(inForm)-len(c.inForm))
		}
	}
	return Count{document: c.document, text: strings.ReplaceAll(c.text, "\n", "\r\n"), inForm: inForm, Sayings: c.Sayings + " and each CR LF as two"}
}

// withoutCR returns the form in which each CR LF is one character.
func (c Count) withoutCR() Count {
	var inText []int
	for i := range len(c.text) {
		if strings.HasPrefix(c.text[i:], "\r\n") {
			inText = append(inText, i)
		}
	}
	return Count{document: c.document, text: strings.ReplaceAll(c.text, "\r\n", "\n"), inText: inText, Sayings: c.Sayings + " and each CR LF as one"}
}

// Fragment converts a range to one of the document's text.
func (c *Count) Fragment(start, end int) (annotate.Fragment, error) {
	if c.offsets == nil {
		c.offsets = annotate.NewOffsets(c.text)
	}
	f, err := c.offsets.Fragment(c.Unit, start, end)
	if err != nil {
		return annotate.Fragment{}, err
	}
	return annotate.Fragment{Start: c.place(f.Start), End: c.place(f.End)}, nil
}

// place returns where an offset of the form lies in the document's text.
func (c *Count) place(offset int) int {
	offset -= sort.SearchInts(c.inForm, offset)
	// The n-th byte that the form lacks stands n bytes further in the text.
	return offset + sort.Search(len(c.inText), func(n int) bool { return c.inText[n]-n >= offset })
}

// Mismatch is a stretch that does not cover the words that its file says it does.
type Mismatch struct {
	Stretch
	Index int    // among the stretches
	Found string // what it covers; empty where the offsets are impossible
	Err   error  // why they are
}

// Sentence tells the mismatch.
func (m Mismatch) Sentence() string {
	if m.Err != nil {
		return fmt.Sprintf("%s: %s", m.Name, sentence(m.Err))
	}
	return fmt.Sprintf("%s: offsets %d to %d cover %q, but its text is %q", m.Name, m.Start, m.End, annotate.Excerpt(m.Found, 60), annotate.Excerpt(m.Words, 60))
}

// Same compares what a stretch covers with what a file says it covers.
type Same func(covered, said string) bool

// Exactly is the plainest [Same].
func Exactly(covered, said string) bool { return covered == said }

// Understand finds the way of counting in which every stretch covers the words its file
// says it does, and returns it with the fragments. Where there is none, it returns the
// way in which most of them do, with those that do not.
func Understand(d *annotate.Document, prefer annotate.Unit, stretches []Stretch, same Same) (Count, []annotate.Fragment, []Mismatch) {
	var best Count
	var fragments []annotate.Fragment
	var fewest []Mismatch
	for i, c := range Counts(d, prefer) {
		placed, wrong := c.Apply(stretches, same)
		if i == 0 || len(wrong) < len(fewest) {
			best, fragments, fewest = c, placed, wrong
		}
		if len(wrong) == 0 {
			break
		}
	}
	return best, fragments, fewest
}

// Apply returns the fragments of stretches counted in this way, and those that do not fit.
func (c *Count) Apply(stretches []Stretch, same Same) ([]annotate.Fragment, []Mismatch) {
	fragments := make([]annotate.Fragment, len(stretches))
	var wrong []Mismatch
	for i, s := range stretches {
		f, err := c.Fragment(s.Start, s.End)
		if err != nil {
			wrong = append(wrong, Mismatch{Stretch: s, Index: i, Err: err})
			continue
		}
		fragments[i] = f
		if found := c.document[f.Start:f.End]; s.Quoted && !same(found, s.Words) {
			wrong = append(wrong, Mismatch{Stretch: s, Index: i, Found: found})
		}
	}
	return fragments, wrong
}

// Nearest returns where words stand in text, nearest to an offset; ok is false where they do not.
func Nearest(text, words string, offset int) (f annotate.Fragment, ok bool) {
	if words == "" {
		return f, false
	}
	offset = min(max(offset, 0), len(text))
	before := strings.LastIndex(text[:min(len(text), offset+len(words))], words)
	after := strings.Index(text[offset:], words)
	at := before
	if after >= 0 && (before < 0 || after < offset-before) {
		at = offset + after
	}
	return annotate.Fragment{Start: at, End: at + len(words)}, at >= 0
}

package dataset

import (
	"maps"
	"strings"

	"spanwright/annotate"
)

// printable returns text with blanks for the control characters that XML 1.0 cannot hold
// (its section 2.2), and the replacement character for what is none. Each is replaced by one
// of as many bytes.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' && r != '\t' && r != '\n' && r != '\r':
			return ' '
		case r == 0xFFFE || r == 0xFFFF:
			return 0xFFFD
		}
		return r
	}, text)
}

// characters fits the characters of what is said of the document and its parts, as text fits
// those of its text.
func (f *fitter) characters() {
	if !f.lacks(ControlCharacters) {
		return
	}
	r := f.record
	d := *r.Document
	d.Name = f.printable(d.Name)
	if len(d.Meta) > 0 {
		d.Meta = map[string]string{}
		for _, field := range annotate.SortedKeys(r.Document.Meta) {
			d.Meta[f.printable(field)] = f.printable(r.Document.Meta[field])
		}
	}
	if d.Name != r.Document.Name || !maps.Equal(d.Meta, r.Document.Meta) {
		r.Document = &d
	}
	if a := r.Assessment; a != nil { // a copy
		a.Note, a.Flag, a.Labels = f.printable(a.Note), f.printable(a.Flag), f.printableValues(a.Labels)
	}
	for _, s := range r.Spans { // copies
		s.Note, s.Flag, s.Attributes = f.printable(s.Note), f.printable(s.Flag), f.printableValues(s.Attributes)
	}
	for _, x := range r.Relations { // copies
		x.Note, x.Flag, x.Attributes = f.printable(x.Note), f.printable(x.Flag), f.printableValues(x.Attributes)
	}
}

// printable is the function of that name; what it changes is a loss.
func (f *fitter) printable(text string) string {
	clean := printable(text)
	if clean != text {
		f.losses.Add("name, note or value with control characters, written as blanks")
	}
	return clean
}

func (f *fitter) printableValues(values map[string]annotate.Value) map[string]annotate.Value {
	for name, v := range values { // a copy
		if text, ok := v.Text(); ok {
			values[name] = annotate.Text(f.printable(text))
		}
		if list, ok := v.Choices(); ok {
			clean := make([]string, len(list))
			for i, text := range list {
				clean[i] = f.printable(text)
			}
			values[name] = annotate.Choices(clean...)
		}
	}
	return values
}

package dataset

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"spanwright/annotate"
)

// Fit returns r as a format that holds h can hold it, and adds what that costs to
// losses; nil when nothing is left of it. It shares with r what it does not change. This
// is the one place where it is decided what becomes of what a format lacks.
func Fit(r *Record, h Holds, options Options, losses *Losses) *Record {
	if h == nil {
		return r
	}
	fitted := *r
	f := &fitter{record: &fitted, holds: h, options: options, losses: losses, own: map[annotate.ID]bool{}}
	f.document()
	f.text()
	f.spans()
	f.sentences()
	f.relations()
	f.records()
	f.characters()
	if f.lacks(Unannotated) && len(fitted.Spans)+len(fitted.Relations)+len(fitted.Records) == 0 &&
		(fitted.Assessment == nil || len(fitted.Assessment.Labels) == 0) {
		losses.Add("document without annotations, left out")
		return nil
	}
	return f.record
}

// What [Refused] looks at.
const (
	filledGaps      = "span with gaps, written without them"
	nestedSpan      = "span inside another, left out"
	overlappingSpan = "span that overlaps another, left out"
)

// Refused says which of the losses of fitting the options refuse, "" if none.
func Refused(o Options, losses Losses) string {
	switch {
	case o.Gaps == Refuse && losses.Of(filledGaps) > 0:
		return "a span with gaps"
	case o.Overlaps == Refuse && losses.Of(nestedSpan, overlappingSpan) > 0:
		return "spans that overlap"
	}
	return ""
}

// fitter makes one record fit.
type fitter struct {
	record  *Record
	holds   Holds
	options Options
	losses  *Losses
	own     map[annotate.ID]bool // spans and relations of the record
	kept    map[annotate.ID]bool // spans that were kept
}

func (f *fitter) lacks(feature Feature) bool { return f.holds.Of(feature) == No }

// drop counts something of a feature that the format lacks, and reports whether it does.
func (f *fitter) drop(feature Feature, what string, n int) bool {
	if n == 0 || !f.lacks(feature) {
		return false
	}
	f.losses.AddN(what, n)
	return true
}

// document fits what is said of the document as a whole.
func (f *fitter) document() {
	r := f.record
	if f.drop(Metadata, "metadata field of a document", len(r.Document.Meta)) {
		r.Document = r.Document.Clone()
		r.Document.Meta = nil
	}
	if f.drop(Concepts, "concept", len(r.Concepts)) {
		r.Concepts = nil
	}
	if r.Annotator != "" {
		f.drop(Annotators, "name of an annotator", 1)
	}
	if r.Review != nil && f.drop(Reviews, "review", 1) {
		r.Review = nil
	}
	if r.Assessment == nil {
		return
	}
	a := r.Assessment.Clone()
	r.Assessment = a
	if f.drop(DocumentLabels, "label of a document", len(a.Labels)) {
		a.Labels = nil
	}
	if f.holds.Of(DocumentLabels) == Bent {
		a.Labels = f.plain(a.Labels)
	}
	if a.Status == annotate.Done {
		f.drop(Status, "status of a document", 1)
	}
	if f.lacks(Status) {
		a.Status = annotate.InProgress
	}
	if a.Flag != "" && f.drop(Flags, "flag", 1) {
		a.Flag = ""
	}
	if a.Note != "" && f.drop(DocumentNotes, "note on a document", 1) {
		a.Note = ""
	}
}

// values fits the values of attributes.
func (f *fitter) values(values map[string]annotate.Value) map[string]annotate.Value {
	fitted := map[string]annotate.Value{}
	for _, name := range annotate.SortedKeys(values) {
		v := values[name]
		feature, what := kindOf(v)
		level := f.holds.Of(feature)
		if one := f.holds[OneAttribute(name)]; one != No {
			if level = one; feature == Texts {
				level = Yes
			}
		}
		switch level {
		case Yes:
			fitted[name] = v
		case Bent:
			f.losses.Add(what + ", written as text")
			fitted[name] = annotate.Text(v.String())
		case No:
			f.losses.Add(what + " as the value of an attribute")
		}
	}
	if len(fitted) == 0 {
		return nil
	}
	return fitted
}

// plain turns values into texts.
func (f *fitter) plain(values map[string]annotate.Value) map[string]annotate.Value {
	fitted := map[string]annotate.Value{}
	for _, name := range annotate.SortedKeys(values) {
		if feature, what := kindOf(values[name]); feature != Texts {
			f.losses.Add(what + ", written as text")
		}
		fitted[name] = annotate.Text(values[name].String())
	}
	return fitted
}

// kindOf returns the feature that a value is of, and its name.
func kindOf(v annotate.Value) (Feature, string) {
	if _, ok := v.Bool(); ok {
		return Booleans, "true or false"
	}
	if _, ok := v.Number(); ok {
		return Numbers, "number"
	}
	if _, ok := v.Choices(); ok {
		return Lists, "list"
	}
	return Texts, "text"
}

// text fits the characters of the text. Each is replaced by one of as many bytes, so
// that offsets hold; CR LF keeps its place in spans the same way.
func (f *fitter) text() {
	text := f.record.Document.Text
	if f.lacks(CarriageReturns) && strings.Contains(text, "\r") {
		f.losses.Add("carriage return in a text, written as a blank or line feed")
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", " \n"), "\r", "\n")
	}
	if f.lacks(ControlCharacters) {
		if clean := printable(text); clean != text {
			f.losses.Add("text with control characters, written as blanks")
			text = clean
		}
	}
	if n := strings.Count(text, "\n"); f.holds[TwoLines] != No && n > 1 {
		f.losses.AddN("line break in a text after the first, written as a blank", n-1)
		title, rest, _ := strings.Cut(text, "\n")
		text = title + "\n" + strings.ReplaceAll(rest, "\n", " ")
	}
	if text != f.record.Document.Text {
		d := f.record.Document.Clone()
		d.Text, d.Hash = text, annotate.HashText(text)
		f.record.Document = d
	}
}

// spans fits the spans: each for itself, then against each other.
func (f *fitter) spans() {
	var fitted []*annotate.Span
	for _, s := range f.record.Spans {
		f.own[s.ID] = true
		if s = f.span(s); s != nil {
			fitted = append(fitted, s)
		}
	}
	fitted = f.apart(fitted)
	f.kept = make(map[annotate.ID]bool, len(fitted))
	for _, s := range fitted {
		f.kept[s.ID] = true
	}
	f.record.Spans = fitted
}

// span returns s as the format can hold it, nil if not at all.
func (f *fitter) span(s *annotate.Span) *annotate.Span {
	c := *s
	if len(s.Fragments) > 1 && f.lacks(Gaps) {
		switch f.options.Gaps {
		case First:
			f.losses.Add("span with gaps, of which the first part is written")
			c.Fragments = s.Fragments[:1]
		case Skip:
			f.losses.Add("span with gaps, left out")
			return nil
		default:
			f.losses.Add(filledGaps)
			c.Fragments = []annotate.Fragment{s.Extent()}
		}
	}
	if f.lacks(EdgeBlanks) && !f.trim(&c) {
		return nil
	}
	c.Attributes = f.values(s.Attributes)
	c.Flag, c.Note = f.said(s.Flag, s.Note)
	return &c
}

// trim takes blanks from the ends of a span; false means that nothing is left of it.
func (f *fitter) trim(s *annotate.Span) bool {
	text := f.record.Document.Text
	fragments := slices.Clone(s.Fragments)
	for len(fragments) > 0 {
		first, last := &fragments[0], &fragments[len(fragments)-1]
		first.Start = first.End - len(strings.TrimLeftFunc(text[first.Start:first.End], unicode.IsSpace))
		last.End = last.Start + len(strings.TrimRightFunc(text[last.Start:last.End], unicode.IsSpace))
		switch {
		case first.Empty():
			fragments = fragments[1:]
		case last.Empty():
			fragments = fragments[:len(fragments)-1]
		case slices.Equal(fragments, s.Fragments):
			return true
		default:
			f.losses.Add("span with blanks at its ends, written without them")
			s.Fragments = fragments
			return true
		}
	}
	f.losses.Add("span of nothing but blanks, left out")
	return false
}

// said fits the flag and note of a span, relation or record.
func (f *fitter) said(flag, note string) (string, string) {
	if flag != "" && f.drop(Flags, "flag", 1) {
		flag = ""
	}
	if note != "" && f.drop(Notes, "note", 1) {
		note = ""
	}
	return flag, note
}

// apart returns spans without those that overlap others in a way that the format lacks.
func (f *fitter) apart(spans []*annotate.Span) []*annotate.Span {
	if !f.lacks(Overlaps) && !f.lacks(Nesting) {
		return spans
	}
	ranked := slices.Clone(spans)
	slices.SortStableFunc(ranked, func(a, b *annotate.Span) int {
		x, y := a.Extent(), b.Extent()
		switch f.options.Overlaps {
		case First:
			return cmp.Compare(x.Start, y.Start)
		case Shortest:
			return cmp.Compare(x.Len(), y.Len())
		}
		return cmp.Compare(y.Len(), x.Len())
	})
	var index annotate.RangeIndex
	places := map[annotate.ID]annotate.Fragment{}
	for _, s := range ranked {
		extent := s.Extent()
		clash := ""
		for id := range index.Touching(extent) {
			other := places[id]
			switch {
			case !other.Overlaps(extent):
			case other.Contains(extent) || extent.Contains(other):
				if f.lacks(Nesting) {
					clash = nestedSpan
				}
			case f.lacks(Overlaps):
				clash = overlappingSpan
			}
		}
		if clash != "" {
			f.losses.Add(clash)
			continue
		}
		index.Set(s.ID, extent)
		places[s.ID] = extent
	}
	return slices.DeleteFunc(slices.Clone(spans), func(s *annotate.Span) bool {
		_, kept := places[s.ID]
		return !kept
	})
}

// records fits the records, which a format holds as they are or not at all.
func (f *fitter) records() {
	if f.drop(Records, "record", len(f.record.Records)) {
		f.record.Records = nil
	}
}

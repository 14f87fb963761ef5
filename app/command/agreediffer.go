package command

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// differenceRecord is a disagreement as --json gives it; offsets are code points.
type differenceRecord struct {
	Document annotate.ID              `json:"document,omitempty"`
	Name     string                   `json:"name"`
	Kind     agreement.DifferenceKind `json:"kind"`
	Start    int                      `json:"start"`
	End      int                      `json:"end"`
	Text     string                   `json:"text"`
	About    string                   `json:"about,omitempty"` // attribute or role
	A        sideRecord               `json:"a"`
	B        sideRecord               `json:"b"`
}

// sideRecord is what one annotator has there.
type sideRecord struct {
	Annotator string      `json:"annotator"`
	Value     string      `json:"value"` // label, value, or who fills the role; empty for nothing
	Text      string      `json:"text,omitempty"`
	Span      annotate.ID `json:"span,omitempty"`
	Relation  annotate.ID `json:"relation,omitempty"`
}

// showDifferences lists where each two layers of a document differ.
func (c *comparison) showDifferences(d compared) error {
	for i, a := range d.Layers {
		for _, b := range d.Layers[i+1:] {
			for _, difference := range agreement.Differences(a, b, c.symmetric) {
				if !c.shows(difference) {
					continue
				}
				c.differences++
				if err := c.showDifference(d, a, b, difference); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// shows reports whether --label and --measure let a difference through.
func (c *comparison) shows(d agreement.Difference) bool {
	if len(c.Measure) > 0 && !slices.ContainsFunc(c.Measure, func(m string) bool { return slices.Contains(agreement.Behind(m), d.Kind) }) {
		return false
	}
	labels := map[string]bool{}
	for _, s := range []*annotate.Span{d.SpanA, d.SpanB} {
		if s != nil {
			labels[s.Label] = true
		}
	}
	for _, r := range []*annotate.Relation{d.RelationA, d.RelationB} {
		if r != nil {
			labels[r.Label] = true
		}
	}
	return len(c.Label) == 0 || slices.ContainsFunc(c.Label, func(l string) bool { return labels[l] })
}

func (c *comparison) showDifference(d compared, a, b *agreement.Layer, difference agreement.Difference) error {
	record := differenceRecord{
		Name: d.Name, Kind: difference.Kind, Start: difference.Place.Start, End: difference.Place.End, Text: d.words(difference.Place), About: difference.Name,
		A: d.side(a, difference.A, difference.SpanA, difference.RelationA),
		B: d.side(b, difference.B, difference.SpanB, difference.RelationB),
	}
	if d.document != nil {
		record.Document = d.document.ID
	}
	if c.json {
		return c.object(record)
	}
	about := string(record.Kind)
	if record.About != "" {
		about += " " + record.About
	}
	_, err := fmt.Fprintf(c.stdout, "%s\t%d\t%d\t%s\t%s\t%s\n", d.Name, record.Start, record.End, about, record.A, record.B)
	return err
}

// String returns the side as a person reads it.
func (s sideRecord) String() string {
	switch {
	case s.Value == "":
		return s.Annotator + ": nothing"
	case s.Text == "":
		return s.Annotator + ": " + s.Value
	}
	return fmt.Sprintf("%s: %s “%s”", s.Annotator, s.Value, s.Text)
}

func (d compared) side(l *agreement.Layer, value string, span *annotate.Span, relation *annotate.Relation) sideRecord {
	s := sideRecord{Annotator: l.Annotator, Value: value}
	if span != nil {
		s.Span = span.ID
		s.Text = d.covered(span)
	}
	if relation != nil {
		s.Relation = relation.ID
		s.Text = d.roles(l, relation)
	}
	return s
}

// longest is how many characters of a text are shown.
const longest = 60

// roles tells who plays which role of a relation.
func (d compared) roles(l *agreement.Layer, r *annotate.Relation) string {
	var roles []string
	for _, a := range r.Arguments {
		i := slices.IndexFunc(l.Spans, func(s *annotate.Span) bool { return s.ID == a.Span })
		switch {
		case a.Implicit:
			roles = append(roles, a.Role+": implicit")
		case i >= 0:
			roles = append(roles, a.Role+": "+d.covered(l.Spans[i]))
		case a.Relation != "":
			roles = append(roles, a.Role+": a relation")
		default:
			roles = append(roles, a.Role+": elsewhere")
		}
	}
	return strings.Join(roles, "; ")
}

func (d compared) covered(s *annotate.Span) string {
	words := make([]string, len(s.Fragments))
	for i, f := range s.Fragments {
		words[i] = d.words(f)
	}
	return annotate.Excerpt(strings.Join(words, " … "), longest)
}

// words returns the text at a place, shortened; "" where there is no text.
func (d compared) words(f annotate.Fragment) string {
	if d.document == nil {
		return ""
	}
	bytes, err := d.offsets.Fragment(annotate.CodePoint, f.Start, f.End)
	if err != nil {
		return ""
	}
	return annotate.Excerpt(d.document.Text[bytes.Start:bytes.End], longest)
}

package report

import (
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// Difference is where two annotators differ.
type Difference struct {
	Document   annotate.ID
	Name       string // of the document
	Kind       agreement.DifferenceKind
	Place      annotate.Fragment // bytes; empty for the document as a whole
	Words      string            // that it is about
	Annotators [2]string
	Values     [2]string // what each has; "" for nothing
	labels     []string
}

// differencesHeld is how many differences are remembered; reading on in a list of more is
// nobody's way to settle them.
const differencesHeld = 5000

// differ remembers where the layers of a document differ.
func (g *gathering) differ(document *annotate.Document, text *agreement.Text) error {
	offsets := annotate.NewOffsets(document.Text)
	for i, a := range text.Layers {
		for _, b := range text.Layers[i+1:] {
			for _, d := range agreement.Differences(a, b, g.symmetric) {
				if len(g.facts.Differences) == differencesHeld {
					return nil
				}
				place, err := offsets.Fragment(annotate.CodePoint, d.Place.Start, d.Place.End)
				if err != nil {
					return err
				}
				made := Difference{
					Document: document.ID, Name: document.Name, Kind: d.Kind, Place: place, Words: annotate.Excerpt(document.Text[place.Start:place.End], 60),
					Annotators: [2]string{a.Annotator, b.Annotator}, Values: [2]string{d.A, d.B},
				}
				for _, s := range []*annotate.Span{d.SpanA, d.SpanB} {
					if s != nil {
						made.labels = append(made.labels, s.Label)
					}
				}
				for _, r := range []*annotate.Relation{d.RelationA, d.RelationB} {
					if r != nil {
						made.labels = append(made.labels, r.Label)
					}
				}
				g.facts.Differences = append(g.facts.Differences, made)
			}
		}
	}
	return nil
}

// Behind returns the differences that keep a figure below 1.
func (f *Facts) Behind(r agreement.Result) []Difference {
	kinds := agreement.Behind(r.Measure)
	label, _, _ := strings.Cut(r.Subject, ".")
	var found []Difference
	for _, d := range f.Differences {
		pair := r.Annotators == nil || slices.Contains(r.Annotators, d.Annotators[0]) && slices.Contains(r.Annotators, d.Annotators[1])
		if pair && slices.Contains(kinds, d.Kind) && (label == "" || slices.Contains(d.labels, label)) {
			found = append(found, d)
		}
	}
	return found
}

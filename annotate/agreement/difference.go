package agreement

import (
	"cmp"
	"slices"
	"strings"

	"spanwright/annotate"
)

// DifferenceKind says in what two annotators differ.
type DifferenceKind string

// The kinds of difference.
const (
	MissingSpan    DifferenceKind = "missing"   // one has a span where the other has none
	Boundary       DifferenceKind = "boundary"  // the spans reach differently far
	LabelKind      DifferenceKind = "label"     // the spans have different labels
	AttributeKind  DifferenceKind = "attribute" // equal spans or relations have different values
	RoleKind       DifferenceKind = "role"      // relations with something in common have other fillers
	RelationKind   DifferenceKind = "relation"  // one has a relation, the other has nothing like it
	DocumentValues DifferenceKind = "document"  // the document as a whole has different values
)

// Difference is one disagreement between two annotators about one document. Two spans
// that differ in boundary and label are two differences.
type Difference struct {
	Kind DifferenceKind
	// Place is where it is, in the units of the layers; empty for the document as a whole.
	Place annotate.Fragment
	Name  string // of the attribute or role it is about; "" where it is about none
	// A and B are what each annotator has: a label, a value, fillers; "" for nothing.
	A, B string
	// SpanA … are the annotations compared; nil where there is none.
	SpanA, SpanB         *annotate.Span
	RelationA, RelationB *annotate.Relation
}

// Differences returns where two layers of one document differ, in the order of the text.
func Differences(a, b *Layer, symmetric Symmetric) []Difference {
	var found []Difference
	for _, p := range Match(a.Spans, b.Spans) {
		found = append(found, differencesOfSpans(at(a.Spans, p.A), at(b.Spans, p.B))...)
	}
	x, y := framesOf(a, symmetric), framesOf(b, symmetric)
	for _, p := range pairFrames(x, y) {
		found = append(found, differencesOfFrames(x, y, p)...)
	}
	for _, v := range differentValues(a.Labels, b.Labels) {
		found = append(found, Difference{Kind: DocumentValues, Name: v.name, A: v.a, B: v.b})
	}
	slices.SortStableFunc(found, func(d, e Difference) int {
		return cmp.Or(cmp.Compare(d.Place.Start, e.Place.Start), cmp.Compare(d.Place.End, e.Place.End))
	})
	return found
}

func at(spans []*annotate.Span, i int) *annotate.Span {
	if i < 0 {
		return nil
	}
	return spans[i]
}

func differencesOfSpans(a, b *annotate.Span) []Difference {
	d := Difference{SpanA: a, SpanB: b}
	if a == nil || b == nil {
		one := cmp.Or(a, b)
		d.Kind, d.Place = MissingSpan, one.Extent()
		if a != nil {
			d.A = a.Label
		} else {
			d.B = b.Label
		}
		return []Difference{d}
	}
	x, y := a.Extent(), b.Extent()
	d.Place = annotate.Fragment{Start: min(x.Start, y.Start), End: max(x.End, y.End)}
	var found []Difference
	if !slices.Equal(a.Fragments, b.Fragments) {
		d.Kind, d.A, d.B = Boundary, a.Label, b.Label
		found = append(found, d)
	}
	if a.Label != b.Label {
		d.Kind, d.A, d.B = LabelKind, a.Label, b.Label
		return append(found, d)
	}
	for _, v := range differentValues(a.Attributes, b.Attributes) {
		d.Kind, d.Name, d.A, d.B = AttributeKind, v.name, v.a, v.b
		found = append(found, d)
	}
	return found
}

func differencesOfFrames(x, y []frame, p framePair) []Difference {
	if p.a < 0 || p.b < 0 {
		d := Difference{Kind: RelationKind}
		if p.a >= 0 {
			d.A, d.RelationA, d.Place = x[p.a].relation.Label, x[p.a].relation, x[p.a].extent
		} else {
			d.B, d.RelationB, d.Place = y[p.b].relation.Label, y[p.b].relation, y[p.b].extent
		}
		return []Difference{d}
	}
	f, g := x[p.a], y[p.b]
	f.reach(g.extent)
	d := Difference{Place: f.extent, RelationA: f.relation, RelationB: g.relation}
	var found []Difference
	for _, role := range rolesOf(f, g) {
		if !f.only(role).alike(g.only(role)) { // else it is the spans that differ, and they are listed
			d.Kind, d.Name, d.A, d.B = RoleKind, role, f.words(role), g.words(role)
			found = append(found, d)
		}
	}
	for _, v := range differentValues(f.relation.Attributes, g.relation.Attributes) {
		d.Kind, d.Name, d.A, d.B = AttributeKind, v.name, v.a, v.b
		found = append(found, d)
	}
	return found
}

func rolesOf(frames ...frame) []string {
	var roles []string
	for _, f := range frames {
		for _, x := range f.fillers {
			if !slices.Contains(roles, x.role) {
				roles = append(roles, x.role)
			}
		}
	}
	return roles
}

// only returns the frame with the fillers of one role.
func (f frame) only(role string) frame {
	f.fillers = slices.DeleteFunc(slices.Clone(f.fillers), func(x filler) bool { return x.role != role })
	return f
}

// words names the labels of the fillers of a role; "" if nothing fills it.
func (f frame) words(role string) string {
	var names []string
	for _, x := range f.fillers {
		switch {
		case x.role != role:
		case x.span != nil:
			names = append(names, x.span.Label)
		case x.of != "":
			names = append(names, x.of)
		case x.key == "implicit":
			names = append(names, x.key)
		default:
			names = append(names, "elsewhere")
		}
	}
	return strings.Join(names, ", ")
}

// valueDifference is an attribute with two values, "" for none.
type valueDifference struct{ name, a, b string }

// differentValues returns the attributes that are not the same, in order of name.
func differentValues(a, b map[string]annotate.Value) []valueDifference {
	var found []valueDifference
	for _, name := range unionOfKeys(a, b) {
		v, inA := a[name]
		w, inB := b[name]
		if inA != inB || !v.Equal(w) {
			found = append(found, valueDifference{name, v.String(), w.String()})
		}
	}
	return found
}

func unionOfKeys(a, b map[string]annotate.Value) []string {
	names := append(annotate.SortedKeys(a), annotate.SortedKeys(b)...)
	slices.Sort(names)
	return slices.Compact(names)
}

package adjudication

import (
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// State says whether a case is settled.
type State string

// The states.
const (
	Open     State = "open"     // nobody has decided yet
	Settled  State = "settled"  // decided, and nothing has changed since
	Reopened State = "reopened" // decided, but not about what is there now
)

// The kinds that only adjudication knows.
const (
	RecordKind agreement.DifferenceKind = "record" // one has a record, the other has nothing like it
	LinkKind   agreement.DifferenceKind = "link"   // equal annotations are linked to other concepts, or equal records lie in other ones
	LooseKind  agreement.DifferenceKind = "loose"  // it lies in the adjudicated layer without a decision
)

// Kinds are the kinds of difference a case can have, the gravest first, and what it costs
// to settle one, in units of picking one of two labels. The costs only serve to put quick
// cases before long ones.
var Kinds = []struct {
	Kind agreement.DifferenceKind
	Cost int
}{
	{agreement.RelationKind, 5},
	{RecordKind, 4},
	{agreement.MissingSpan, 3},
	{agreement.LabelKind, 1},
	{agreement.Boundary, 2},
	{agreement.RoleKind, 4},
	{LinkKind, 2},
	{agreement.AttributeKind, 1},
	{agreement.DocumentValues, 2},
	{LooseKind, 2},
}

// Case is one thing to decide: spans, relations or records of several annotators that belong
// together, or the values they gave an attribute of the document.
type Case struct {
	ID    annotate.ID // of its decision
	Kinds []agreement.DifferenceKind
	// Names are the attributes and roles that differ, in order.
	Names     []string
	Cost      int
	Place     annotate.Fragment // empty for the document as a whole, and where it lies elsewhere
	Attribute string            // of the document; "" if it is about annotations
	Sides     []annotate.Side   // in order of annotator
	Absent    []string          // who worked on the document and has nothing here, in order

	State    State
	Why      string             // the reason of Reopened
	Decision *annotate.Decision // nil if there is none
	Loose    annotate.ID        // what lies in the adjudicated layer without a decision, "" if that is not what it is about

	words  []string // of each side: equal where they say the same
	others []*annotate.Decision
	depth  int     // of relations in relations, of records in records
	form   int     // of a record, its place in the form from 1 on; 0 for all else
	inside []*Case // of a record, those of the records that lie in it
}

// Agreed reports whether everybody says the same.
func (c *Case) Agreed() bool { return len(c.Kinds) == 0 }

// Differs reports whether it is for a person to decide: people differ in it, or it is open again.
func (c *Case) Differs() bool { return c.State == Reopened || c.State == Open && !c.Agreed() }

// Kind returns the gravest kind of difference, "" if there is none.
func (c *Case) Kind() agreement.DifferenceKind {
	if c.Agreed() {
		return ""
	}
	return c.Kinds[0]
}

// Has reports whether it differs in that kind.
func (c *Case) Has(kind agreement.DifferenceKind) bool { return slices.Contains(c.Kinds, kind) }

// Relation reports whether it is about relations.
func (c *Case) Relation() bool { return len(c.Sides) > 0 && c.Sides[0].Relation != nil }

// Record reports whether it is about records.
func (c *Case) Record() bool { return len(c.Sides) > 0 && c.Sides[0].Record != nil }

// Side returns what an annotator has, nil for nothing.
func (c *Case) Side(annotator string) *annotate.Side {
	i := slices.IndexFunc(c.Sides, func(s annotate.Side) bool { return s.Annotator == annotator })
	if i < 0 {
		return nil
	}
	return &c.Sides[i]
}

// Like returns who says the same as an annotator, that one included, in order.
func (c *Case) Like(annotator string) []string {
	i := slices.IndexFunc(c.Sides, func(s annotate.Side) bool { return s.Annotator == annotator })
	var like []string
	for j := range c.Sides {
		if i >= 0 && c.words[j] == c.words[i] {
			like = append(like, c.Sides[j].Annotator)
		}
	}
	return like
}

// Most returns those who say the same, more of them than say anything else; nobody where
// two sides have equally many.
func (c *Case) Most() []string {
	var most []string
	tied := false
	for i := range c.Sides {
		like := c.Like(c.Sides[i].Annotator)
		switch {
		case len(like) > len(most):
			most, tied = like, false
		case len(like) == len(most) && !slices.Equal(like, most):
			tied = true
		}
	}
	if tied {
		return nil
	}
	return most
}

// find puts in what kinds the sides differ. Differ says in which ways two sides do.
func (c *Case) find(missing agreement.DifferenceKind, differ func(a, b *annotate.Side) []difference) {
	found := map[agreement.DifferenceKind]bool{}
	names := map[string]bool{}
	if len(c.Absent) > 0 {
		found[missing] = true
	}
	for i := range c.Sides {
		for j := range i {
			if c.words[i] == c.words[j] {
				continue
			}
			for _, d := range differ(&c.Sides[j], &c.Sides[i]) {
				found[d.kind] = true
				names[d.name] = d.name != ""
			}
		}
	}
	for _, k := range Kinds {
		if found[k.Kind] {
			c.Kinds = append(c.Kinds, k.Kind)
			c.Cost += k.Cost
		}
	}
	for _, name := range annotate.SortedKeys(names) {
		if names[name] {
			c.Names = append(c.Names, name)
		}
	}
}

// difference is one way in which two sides differ.
type difference struct {
	kind agreement.DifferenceKind
	name string // of an attribute or role
}

// differentValues returns the attributes that two sides gave different values: one link is as
// good as another where both concepts were found to be the same.
func (d *Desk) differentValues(a, b map[string]annotate.Value) []difference {
	var found []difference
	differ := func(name string, linked bool) {
		kind := agreement.AttributeKind
		if linked {
			kind = LinkKind
		}
		found = append(found, difference{kind, name})
	}
	for _, name := range annotate.SortedKeys(a) {
		v, linked := d.stands(a[name])
		w, there := b[name]
		w, also := d.stands(w)
		if !there || !w.Equal(v) {
			differ(name, linked || also)
		}
	}
	for _, name := range annotate.SortedKeys(b) {
		if _, there := a[name]; !there {
			_, linked := d.stands(b[name])
			differ(name, linked)
		}
	}
	return found
}

// differentSpans says in what two spans differ.
func (d *Desk) differentSpans(a, b *annotate.Span) []difference {
	var found []difference
	if !slices.Equal(a.Fragments, b.Fragments) {
		found = append(found, difference{kind: agreement.Boundary})
	}
	if a.Label != b.Label {
		return append(found, difference{kind: agreement.LabelKind})
	}
	return append(found, d.differentValues(a.Attributes, b.Attributes)...)
}

// stands returns the value that another means: of a link, that to the concept that the linked one
// was merged into. It reports whether it is a link.
func (d *Desk) stands(v annotate.Value) (meant annotate.Value, linked bool) {
	if id, is := v.Text(); is && id != "" && d.text.Concept != nil {
		if to := d.text.Concept(annotate.ID(id)); to != "" {
			return annotate.Text(string(to)), true
		}
	}
	return v, false
}

// meant returns what attributes say, equal for what means the same; nil for none.
func (d *Desk) meant(values map[string]annotate.Value) map[string]annotate.Value {
	if len(values) == 0 {
		return nil
	}
	said := make(map[string]annotate.Value, len(values))
	for name, v := range values {
		said[name], _ = d.stands(v)
	}
	return said
}

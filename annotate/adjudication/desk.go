package adjudication

import (
	"cmp"
	"encoding/json"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// Text is what a [Desk] is made of: one document and what was made of it.
type Text struct {
	Document annotate.ID
	// Layers are those of everybody who worked on the document, in order of annotator; the
	// adjudicated one is not among them.
	Layers      []*annotate.Layer
	Adjudicated *annotate.Layer
	Decisions   []*annotate.Decision
	Symmetric   agreement.Symmetric
	// Concept returns the concept that the one of an id stands for, itself unless it was merged into
	// another; "" if there is none of that id. It may be nil.
	Concept func(annotate.ID) annotate.ID
	// Elsewhere holds the spans and relations of other documents that relations here point at.
	Elsewhere map[annotate.ID]Elsewhere
	// Became holds, of spans and relations of other documents, what was decided on them; "" where that
	// was against them.
	Became map[annotate.ID]annotate.ID
}

// Elsewhere is a span or relation of another document.
type Elsewhere struct {
	Document annotate.ID
	Name     string      // of the document
	Words    string      // that it covers, or that its ends cover
	Case     annotate.ID // that it belongs to there: the same for what was matched
}

// Desk is one document being adjudicated. It keeps up with changes of the adjudicated
// layer and of decisions; once an annotator's layer has changed it takes a new one.
type Desk struct {
	text      *Text
	layer     *annotate.Layer // adjudicated
	among     []string
	places    map[annotate.ID]annotate.Fragment
	cases     []*Case
	byID      map[annotate.ID]*Case
	bySide    map[annotate.ID]*Case
	extra     map[annotate.ID]*Case // those that no annotator has anything of, by decision or annotation
	decisions map[annotate.ID]*annotate.Decision
	about     map[annotate.ID][]annotate.ID // side → decisions
	results   map[annotate.ID][]annotate.ID // result → decisions
}

// NewDesk cuts a document into cases. That may take a while; it may be called on any goroutine.
func NewDesk(t *Text) *Desk {
	d := &Desk{
		text: t, layer: t.Adjudicated, places: map[annotate.ID]annotate.Fragment{}, byID: map[annotate.ID]*Case{}, bySide: map[annotate.ID]*Case{}, extra: map[annotate.ID]*Case{},
		decisions: map[annotate.ID]*annotate.Decision{}, about: map[annotate.ID][]annotate.ID{}, results: map[annotate.ID][]annotate.ID{},
	}
	for _, l := range t.Layers {
		d.among = append(d.among, l.Annotator)
	}
	known := d.spanCases()
	d.relationCases(known)
	d.attributeCases()
	d.recordCases()
	for _, c := range d.cases {
		d.byID[c.ID] = c
		for i := range c.Sides {
			d.bySide[sideKey(&c.Sides[i], c.Attribute)] = c
		}
	}
	slices.SortStableFunc(d.cases, compareCases)
	for _, decision := range t.Decisions {
		d.put(decision)
	}
	for _, c := range d.cases {
		d.judge(c)
	}
	for id := range d.decisions {
		d.lookBeside(id)
	}
	for s := range d.layer.Spans() {
		d.lookLoose(s.ID)
	}
	for _, r := range d.layer.Relations() {
		d.lookLoose(r.ID)
	}
	for _, r := range d.layer.AllRecords() {
		d.lookLoose(r.ID)
	}
	return d
}

// compareCases orders cases as they lie in the text; the document as a whole and the records of
// its form come first. A relation comes where the last of what it rests on begins at the latest, so that
// one who goes through them has decided about that before.
func compareCases(a, b *Case) int {
	return cmp.Or(cmp.Compare(a.part(), b.part()), cmp.Compare(a.form, b.form),
		cmp.Compare(a.from(), b.from()), cmp.Compare(a.depth, b.depth), cmp.Compare(a.Place.End, b.Place.End), cmp.Compare(a.ID, b.ID))
}

// The parts of a document in the order they are gone through.
const (
	wholePart = iota
	formPart
	textPart
)

func (c *Case) part() int {
	switch {
	case c.Attribute != "":
		return wholePart
	case c.form > 0:
		return formPart
	}
	return textPart
}

func (c *Case) from() int {
	if c.depth > 0 {
		return c.Place.End
	}
	return c.Place.Start
}

// Document returns the id of the document.
func (d *Desk) Document() annotate.ID { return d.text.Document }

// Annotators returns whose layers are compared, in order.
func (d *Desk) Annotators() []string { return d.among }

// Layer returns what an annotator made of the document, nil if nothing.
func (d *Desk) Layer(annotator string) *annotate.Layer {
	for _, l := range d.text.Layers {
		if l.Annotator == annotator {
			return l
		}
	}
	return nil
}

// Span returns a span of any of the layers, the adjudicated one among them, nil if none has it.
func (d *Desk) Span(id annotate.ID) *annotate.Span {
	for _, l := range append(d.text.Layers[:len(d.text.Layers):len(d.text.Layers)], d.layer) {
		if s := l.Span(id); s != nil {
			return s
		}
	}
	return nil
}

// Elsewhere returns what is known of a span or relation of another document; ok is false of all others.
func (d *Desk) Elsewhere(id annotate.ID) (e Elsewhere, ok bool) {
	e, ok = d.text.Elsewhere[id]
	return e, ok
}

// Awaited returns the first thing in another document that has to be decided there before the side of an
// annotator can be taken; ok is false if nothing has.
func (d *Desk) Awaited(c *Case, annotator string) (e Elsewhere, role string, ok bool) {
	s := c.Side(annotator)
	if s == nil || s.Relation == nil {
		return e, "", false
	}
	for _, a := range s.Relation.Arguments {
		if a.Implicit || d.bySide[a.Target()] != nil {
			continue
		}
		if _, decided := d.text.Became[a.Target()]; !decided {
			if e, ok = d.text.Elsewhere[a.Target()]; ok {
				return e, a.Role, true
			}
		}
	}
	return e, "", false
}

// Cases returns everything there is to decide and that was decided, in the order of the text.
func (d *Desk) Cases() []*Case {
	if len(d.extra) == 0 {
		return slices.Clone(d.cases)
	}
	extra := make([]*Case, 0, len(d.extra))
	for _, c := range d.extra {
		extra = append(extra, c)
	}
	slices.SortFunc(extra, compareCases)
	all := make([]*Case, 0, len(d.cases)+len(extra))
	for _, c := range d.cases {
		for len(extra) > 0 && compareCases(extra[0], c) < 0 {
			all, extra = append(all, extra[0]), extra[1:]
		}
		all = append(all, c)
	}
	return append(all, extra...)
}

// Case returns the case of that id, nil if there is none.
func (d *Desk) Case(id annotate.ID) *Case {
	if c := d.byID[id]; c != nil {
		return c
	}
	return d.extra[id]
}

// CaseOf returns the case that a span, relation or record of any layer belongs to, nil if there is none.
func (d *Desk) CaseOf(id annotate.ID) *Case {
	if c := d.bySide[id]; c != nil {
		return c
	}
	for _, decision := range d.results[id] {
		if c := d.caseOf(d.decisions[decision]); c != nil {
			return c
		}
	}
	return d.extra[id]
}

// caseOf returns the case a decision is about.
func (d *Desk) caseOf(decision *annotate.Decision) *Case {
	if c := d.byID[decision.ID]; c != nil {
		return c
	}
	for i := range decision.Sides {
		if c := d.bySide[sideKey(&decision.Sides[i], decision.Attribute)]; c != nil {
			return c
		}
	}
	return d.extra[decision.ID]
}

// sideKey returns what a side is found by: its id, or of a value what it is the value of.
func sideKey(s *annotate.Side, attribute string) annotate.ID {
	if attribute != "" {
		return annotate.ID("attribute " + attribute)
	}
	return s.EntityID()
}

// add takes in a case whose sides are known.
func (d *Desk) add(c *Case) {
	anchor := ""
	if c.Attribute != "" {
		anchor = string(sideKey(nil, c.Attribute))
	}
	for i := range c.Sides {
		if id := string(c.Sides[i].EntityID()); id != "" && (anchor == "" || id < anchor) {
			anchor = id
		}
	}
	c.ID = annotate.DecisionID(d.text.Document, anchor)
	for _, name := range d.among {
		if c.Side(name) == nil {
			c.Absent = append(c.Absent, name)
		}
	}
	d.cases = append(d.cases, c)
}

// spanCases groups the spans, and returns which case each of them is in.
func (d *Desk) spanCases() map[annotate.ID]string {
	known := map[annotate.ID]string{}
	layers := make([][]*annotate.Span, len(d.text.Layers))
	for i, l := range d.text.Layers {
		layers[i] = slices.Collect(l.Spans())
	}
	for g, group := range agreement.MatchAll(layers) {
		c := &Case{}
		for i, j := range group {
			if j < 0 {
				continue
			}
			s := layers[i][j]
			known[s.ID] = caseKey(g)
			d.places[s.ID] = s.Extent()
			c.Sides = append(c.Sides, annotate.SideOf(s))
			c.words = append(c.words, d.spanWords(s))
			c.reach(s.Extent())
		}
		d.add(c)
		c.find(agreement.MissingSpan, func(a, b *annotate.Side) []difference { return d.differentSpans(a.Span, b.Span) })
	}
	return known
}

// reach widens the place of a case to hold f.
func (c *Case) reach(f annotate.Fragment) {
	switch {
	case f.Empty():
	case c.Place.Empty():
		c.Place = f
	default:
		c.Place = annotate.Fragment{Start: min(c.Place.Start, f.Start), End: max(c.Place.End, f.End)}
	}
}

// spanWords is equal for spans that say the same.
func (d *Desk) spanWords(s *annotate.Span) string {
	return inJSON([]any{s.Label, s.Fragments, d.meant(s.Attributes)})
}

func inJSON(x any) string {
	raw, err := json.Marshal(x)
	if err != nil {
		panic(err) // labels, numbers and values always can be written
	}
	return string(raw)
}

// relationCases groups the relations made in the document, those inside others first.
func (d *Desk) relationCases(known map[annotate.ID]string) {
	f := framer{known: known, relations: map[annotate.ID]*annotate.Relation{}, symmetric: d.text.Symmetric, elsewhere: d.text.Elsewhere}
	var all [][]*frame // by depth
	for i, l := range d.text.Layers {
		var own []*annotate.Relation
		for _, r := range l.Relations() {
			if r.Document == d.text.Document {
				f.relations[r.ID] = r
				own = append(own, r)
			}
		}
		for _, r := range own {
			depth := f.depth(r, 0)
			for len(all) <= depth {
				all = append(all, nil)
			}
			all[depth] = append(all[depth], &frame{relation: r, of: i})
		}
	}
	for depth, frames := range all {
		for i := range frames {
			frames[i] = f.frame(frames[i].relation, frames[i].of)
		}
		for _, group := range matchFrames(frames) {
			members := make([]*frame, len(group))
			for i, j := range group {
				members[i] = frames[j]
			}
			d.relationCase(members, known, depth)
		}
	}
}

func (d *Desk) relationCase(members []*frame, known map[annotate.ID]string, depth int) {
	slices.SortFunc(members, func(f, g *frame) int { return cmp.Compare(f.of, g.of) })
	c := &Case{depth: depth + 1}
	byRelation := map[annotate.ID]*frame{}
	for _, m := range members {
		c.Sides = append(c.Sides, annotate.SideOf(m.relation))
		c.words = append(c.words, inJSON([]any{m.relation.Label, m.key(), d.meant(m.relation.Attributes)}))
		byRelation[m.relation.ID] = m
		for _, a := range m.relation.Arguments {
			c.reach(d.places[a.Target()])
		}
	}
	for _, m := range members {
		known[m.relation.ID] = caseKey(len(d.cases))
		d.places[m.relation.ID] = c.Place
	}
	d.add(c)
	c.find(agreement.RelationKind, func(a, b *annotate.Side) []difference {
		return d.differentFrames(byRelation[a.Relation.ID], byRelation[b.Relation.ID])
	})
}

// attributeCases finds what was said of the document as a whole.
func (d *Desk) attributeCases() {
	names := map[string]bool{}
	for _, l := range d.text.Layers {
		for name := range l.Assessment.Labels {
			names[name] = true
		}
	}
	for _, name := range annotate.SortedKeys(names) {
		c := &Case{Attribute: name}
		for _, l := range d.text.Layers {
			if v, set := l.Assessment.Labels[name]; set {
				c.Sides = append(c.Sides, annotate.Side{Annotator: l.Annotator, Value: &v})
				c.words = append(c.words, inJSON(v))
			}
		}
		d.add(c)
		c.find(agreement.DocumentValues, func(_, _ *annotate.Side) []difference {
			return []difference{{kind: agreement.DocumentValues, name: name}}
		})
	}
}

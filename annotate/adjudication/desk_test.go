package adjudication_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
)

func at(start, end int) []annotate.Fragment { return []annotate.Fragment{{Start: start, End: end}} }

// Where the words are of the text that the planted differences lie in:
//
//	The ministry said that the dam is safe. Engineers doubt it.
var (
	ministry = at(4, 12)
	said     = at(13, 17)
	safe     = at(23, 38)
	thatSafe = at(18, 38)
	engin    = at(40, 49)
	doubt    = at(50, 55)
	it       = at(56, 58)
)

// desk is what a test writes down: the layers of asha, ben and chen.
type desk struct {
	layers    map[string]*annotate.Layer
	decided   *annotate.Layer
	decisions map[annotate.ID]*annotate.Decision
	symmetric agreement.Symmetric
	elsewhere map[annotate.ID]adjudication.Elsewhere
	became    map[annotate.ID]annotate.ID
	concept   func(annotate.ID) annotate.ID
}

func newDesk(annotators ...string) *desk {
	d := &desk{layers: map[string]*annotate.Layer{}, decided: annotate.NewLayer("d", annotate.AdjudicatedLayer), decisions: map[annotate.ID]*annotate.Decision{}}
	for _, name := range annotators {
		d.layers[name] = annotate.NewLayer("d", name)
	}
	return d
}

func (d *desk) put(s annotate.State) {
	for _, l := range d.layers {
		l.Apply(&annotate.Change{After: s})
	}
}

func (d *desk) span(annotator, id, label string, fragments []annotate.Fragment, values ...string) {
	s := &annotate.Span{ID: annotate.ID(id), Document: "d", Annotator: annotator, Label: label, Fragments: fragments}
	for i := 0; i < len(values); i += 2 {
		if s.Attributes == nil {
			s.Attributes = map[string]annotate.Value{}
		}
		s.Attributes[values[i]] = annotate.Text(values[i+1])
	}
	d.put(s)
}

// relation adds a relation; arguments are role, id, role, id.
func (d *desk) relation(annotator, id, label string, arguments ...string) {
	r := &annotate.Relation{ID: annotate.ID(id), Document: "d", Annotator: annotator, Label: label}
	for i := 0; i < len(arguments); i += 2 {
		a := annotate.Argument{Role: arguments[i], Span: annotate.ID(arguments[i+1])}
		switch {
		case a.Span == "":
			a.Implicit = true
		case a.Span[0] == 'r':
			a.Span, a.Relation = "", a.Span
		case a.Span[0] == 'x':
			a.Document = "e"
		}
		r.Arguments = append(r.Arguments, a)
	}
	d.put(r)
}

func (d *desk) open() *adjudication.Desk {
	t := &adjudication.Text{Document: "d", Adjudicated: d.decided, Symmetric: d.symmetric, Elsewhere: d.elsewhere, Became: d.became, Concept: d.concept}
	for _, name := range annotate.SortedKeys(d.layers) {
		t.Layers = append(t.Layers, d.layers[name])
	}
	for _, id := range annotate.SortedKeys(d.decisions) {
		t.Decisions = append(t.Decisions, d.decisions[id])
	}
	return adjudication.NewDesk(t)
}

// keep applies changes to what the test holds and to an open desk.
func (d *desk) keep(open *adjudication.Desk, changes []annotate.Change) {
	for i := range changes {
		c := &changes[i]
		d.decided.Apply(c)
		if c.EntityKind() == annotate.DecisionEntity {
			delete(d.decisions, c.EntityID())
			if after, stands := c.After.(*annotate.Decision); stands {
				d.decisions[after.ID] = after
			}
		}
		open.Apply(c)
	}
}

func (d *desk) decide(t *testing.T, open *adjudication.Desk, c *adjudication.Case, outcome annotate.Outcome, taken ...string) {
	t.Helper()
	changes, err := open.Decide(c, adjudication.Verdict{Outcome: outcome, Taken: taken, By: "lead"})
	require.NoError(t, err)
	d.keep(open, changes)
}

// of returns the case that a span or relation belongs to.
func of(t *testing.T, open *adjudication.Desk, id annotate.ID) *adjudication.Case {
	t.Helper()
	c := open.CaseOf(id)
	require.NotNil(t, c, "case of %s", id)
	return c
}

// sides returns the ids of a case's sides.
func sides(c *adjudication.Case) []annotate.ID {
	ids := []annotate.ID{}
	for i := range c.Sides {
		ids = append(ids, c.Sides[i].EntityID())
	}
	return ids
}

// plant writes down the work of three annotators with a difference of each kind, and
// one thing all of them agree on.
func plant() *desk {
	d := newDesk("asha", "ben", "chen")
	for _, name := range []string{"asha", "ben", "chen"} {
		n := name[:1]
		d.span(name, n+"1", "Source", ministry)
	}
	d.span("asha", "a2", "Claim", safe)
	d.span("ben", "b2", "Claim", thatSafe)
	d.span("chen", "c2", "Claim", safe)
	d.span("asha", "a3", "Cue", said)
	d.span("ben", "b3", "Verb", said)
	d.span("asha", "a4", "Source", engin, "kind", "group")
	d.span("ben", "b4", "Source", engin, "kind", "group")
	d.span("chen", "c4", "Source", engin, "kind", "person")
	d.span("chen", "c5", "Cue", doubt)
	d.relation("asha", "ra", "attribution", "source", "a1", "cue", "a3", "content", "a2")
	d.relation("ben", "rb", "attribution", "source", "b1", "cue", "b3", "content", "b2")
	d.relation("chen", "rc", "attribution", "source", "c1", "content", "c2")
	d.relation("chen", "rd", "attribution", "source", "c4", "cue", "c5")
	for name, genre := range map[string]string{"asha": "news", "ben": "news", "chen": "comment"} {
		d.put(&annotate.Assessment{Document: "d", Annotator: name, Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text(genre)}})
	}
	return d
}

func TestEachKindOfDifferenceIsACase(t *testing.T) {
	type want struct {
		sides  []annotate.ID
		kinds  []agreement.DifferenceKind
		names  []string
		absent []string
		cost   int
	}
	// In the order of the text: the document, then by where it begins, relations after what they rest on.
	wanted := []want{
		{[]annotate.ID{"", "", ""}, []agreement.DifferenceKind{agreement.DocumentValues}, []string{"genre"}, nil, 2},
		{[]annotate.ID{"a1", "b1", "c1"}, nil, nil, nil, 0},
		{[]annotate.ID{"a3", "b3"}, []agreement.DifferenceKind{agreement.MissingSpan, agreement.LabelKind}, nil, []string{"chen"}, 4},
		{[]annotate.ID{"a2", "b2", "c2"}, []agreement.DifferenceKind{agreement.Boundary}, nil, nil, 2},
		{[]annotate.ID{"ra", "rb", "rc"}, []agreement.DifferenceKind{agreement.RoleKind}, []string{"cue"}, nil, 4},
		{[]annotate.ID{"a4", "b4", "c4"}, []agreement.DifferenceKind{agreement.AttributeKind}, []string{"kind"}, nil, 1},
		{[]annotate.ID{"c5"}, []agreement.DifferenceKind{agreement.MissingSpan}, nil, []string{"asha", "ben"}, 3},
		{[]annotate.ID{"rd"}, []agreement.DifferenceKind{agreement.RelationKind}, nil, []string{"asha", "ben"}, 5},
	}
	var got []want
	for _, c := range plant().open().Cases() {
		assert.Equal(t, adjudication.Open, c.State)
		got = append(got, want{sides(c), c.Kinds, c.Names, c.Absent, c.Cost})
	}
	assert.Equal(t, wanted, got)
}

func TestCasesDoNotDependOnWhoComesFirst(t *testing.T) {
	straight := plant().open()
	turned := plant()
	turned.layers["asha"], turned.layers["chen"] = renamed(turned.layers["chen"], "asha"), renamed(turned.layers["asha"], "chen")
	var a, b [][]annotate.ID
	for _, c := range straight.Cases() {
		a = append(a, slices.Sorted(slices.Values(sides(c))))
	}
	for _, c := range turned.open().Cases() {
		b = append(b, slices.Sorted(slices.Values(sides(c))))
	}
	assert.Equal(t, a, b)
}

// renamed returns a layer with another annotator's name on it.
func renamed(l *annotate.Layer, name string) *annotate.Layer {
	to := annotate.NewLayer(l.Document, name)
	for s := range l.Spans() {
		c := s.Clone()
		c.Annotator = name
		to.Apply(&annotate.Change{After: c})
	}
	for _, r := range l.Relations() {
		c := r.Clone()
		c.Annotator = name
		to.Apply(&annotate.Change{After: c})
	}
	assessment := l.Assessment.Clone()
	assessment.Annotator = name
	to.Apply(&annotate.Change{After: assessment})
	return to
}

func TestRelationsAreMatchedByWhatTheirEndsWereMatchedWith(t *testing.T) {
	tests := map[string]struct {
		build  func(*desk)
		sides  []annotate.ID
		kinds  []agreement.DifferenceKind
		names  []string
		absent []string
	}{
		"other label": {
			func(d *desk) {
				d.relation("asha", "ra", "supports", "head", "a1", "tail", "a2")
				d.relation("ben", "rb", "attacks", "head", "b1", "tail", "b2")
			}, []annotate.ID{"ra", "rb"}, []agreement.DifferenceKind{agreement.LabelKind}, nil, nil,
		},
		"other direction": {
			func(d *desk) {
				d.relation("asha", "ra", "supports", "head", "a1", "tail", "a2")
				d.relation("ben", "rb", "supports", "head", "b2", "tail", "b1")
			}, []annotate.ID{"ra", "rb"}, []agreement.DifferenceKind{agreement.RoleKind}, []string{"head", "tail"}, nil,
		},
		"no direction": {
			func(d *desk) {
				d.symmetric = agreement.Symmetric{"same": {"head", "tail"}}
				d.relation("asha", "ra", "same", "head", "a1", "tail", "a2")
				d.relation("ben", "rb", "same", "head", "b2", "tail", "b1")
			}, []annotate.ID{"ra", "rb"}, nil, nil, nil,
		},
		"one implicit": {
			func(d *desk) {
				d.relation("asha", "ra", "attribution", "source", "", "content", "a2")
				d.relation("ben", "rb", "attribution", "source", "b1", "content", "b2")
			}, []annotate.ID{"ra", "rb"}, []agreement.DifferenceKind{agreement.RoleKind}, []string{"source"}, nil,
		},
		"nothing in common but an implicit source": {
			func(d *desk) {
				d.relation("asha", "ra", "attribution", "source", "", "content", "a2")
				d.relation("ben", "rb", "attribution", "source", "", "content", "b1")
			}, []annotate.ID{"ra"}, []agreement.DifferenceKind{agreement.RelationKind}, nil, []string{"ben"},
		},
		"relations in relations": {
			func(d *desk) {
				d.relation("asha", "r1", "attribution", "source", "a1", "content", "a2")
				d.relation("ben", "r2", "attribution", "source", "b1", "content", "b2")
				d.relation("asha", "ra", "attribution", "source", "a4", "content", "r1")
				d.relation("ben", "rb", "attribution", "source", "b4", "content", "r2")
			}, []annotate.ID{"ra", "rb"}, nil, nil, nil,
		},
		"ends in another document that were matched there": {
			func(d *desk) {
				d.elsewhere = map[annotate.ID]adjudication.Elsewhere{"xa": {Case: "e1"}, "xb": {Case: "e1"}}
				d.relation("asha", "ra", "same", "head", "a1", "tail", "xa")
				d.relation("ben", "rb", "same", "head", "b1", "tail", "xb")
			}, []annotate.ID{"ra", "rb"}, nil, nil, nil,
		},
		"ends in another document that were not": {
			func(d *desk) {
				d.elsewhere = map[annotate.ID]adjudication.Elsewhere{"xa": {Case: "e1"}, "xb": {Case: "e2"}}
				d.relation("asha", "ra", "same", "head", "a1", "tail", "xa")
				d.relation("ben", "rb", "same", "head", "b1", "tail", "xb")
			}, []annotate.ID{"ra", "rb"}, []agreement.DifferenceKind{agreement.RoleKind}, []string{"tail"}, nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk("asha", "ben")
			d.span("asha", "a1", "Claim", ministry)
			d.span("ben", "b1", "Claim", ministry)
			d.span("asha", "a2", "Claim", safe)
			d.span("ben", "b2", "Claim", thatSafe) // another boundary does not make the relations differ
			d.span("asha", "a4", "Claim", engin)
			d.span("ben", "b4", "Claim", engin)
			test.build(d)
			c := of(t, d.open(), "ra")
			assert.Equal(t, test.sides, sides(c))
			assert.Equal(t, test.kinds, c.Kinds)
			assert.Equal(t, test.names, c.Names)
			assert.Equal(t, test.absent, c.Absent)
		})
	}
}

func TestGroupsHaveOneSpanOfEachAnnotatorAndShareText(t *testing.T) {
	// asha's long span meets both of ben's; the one that shares most is hers. chen's
	// meets ben's second only, so it cannot be in a group with asha's.
	s := func(id string, start, end int) *annotate.Span {
		return &annotate.Span{ID: annotate.ID(id), Label: "Claim", Fragments: at(start, end)}
	}
	groups := agreement.MatchAll([][]*annotate.Span{{s("a", 0, 12)}, {s("b1", 2, 10), s("b2", 11, 20)}, {s("c", 14, 22)}})
	assert.ElementsMatch(t, [][]int{{0, 0, -1}, {-1, 1, 0}}, groups)
}

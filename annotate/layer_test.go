package annotate_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func span(id ID, label string, start, end int) *Span {
	return &Span{ID: id, Document: "doc", Annotator: "asha", Label: label, Fragments: []Fragment{{start, end}}}
}

func relation(id ID, label string, targets ...Argument) *Relation {
	return &Relation{ID: id, Document: "doc", Annotator: "asha", Label: label, Arguments: targets}
}

func create(s State) *Change { return &Change{Annotator: "asha", After: s} }

func remove(s State) *Change { return &Change{Annotator: "asha", Before: s} }

// plainLayer is a layer without indexes.
type plainLayer struct {
	spans     map[ID]*Span
	relations map[ID]*Relation
}

func (p *plainLayer) inOrder() []*Span {
	return slices.SortedFunc(maps.Values(p.spans), func(a, b *Span) int {
		x, y := a.Extent(), b.Extent()
		return cmp.Or(x.Start-y.Start, y.End-x.End, cmp.Compare(a.ID, b.ID))
	})
}

func (p *plainLayer) involving(id ID) []*Relation {
	found := []*Relation{}
	for _, r := range slices.Sorted(maps.Keys(p.relations)) {
		if p.relations[r].Involves(id) {
			found = append(found, p.relations[r])
		}
	}
	return found
}

// doomed returns everything that points at id, however indirectly, and id itself.
func (p *plainLayer) doomed(id ID) map[ID]bool {
	found := map[ID]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, r := range p.relations {
			if !found[r.ID] && slices.ContainsFunc(r.Arguments, func(a Argument) bool { return found[a.Target()] }) {
				found[r.ID], grown = true, true
			}
		}
	}
	maps.DeleteFunc(found, func(id ID, _ bool) bool { return p.spans[id] == nil && p.relations[id] == nil })
	return found
}

func drawSpan(t *rapid.T) *Span {
	s := span(ids().Draw(t, "id"), rapid.SampledFrom([]string{"Claim", "Source", "Cue"}).Draw(t, "label"), 0, 0)
	s.Fragments = NormalizeFragments(rapid.SliceOfN(stretches(), 1, 3).Draw(t, "fragments"))
	return s
}

func drawRelation(t *rapid.T) *Relation {
	r := relation(ID("r"+string(ids().Draw(t, "id"))), "attribution")
	for range rapid.IntRange(1, 4).Draw(t, "arguments") {
		switch rapid.IntRange(0, 3).Draw(t, "sort") {
		case 0:
			r.Arguments = append(r.Arguments, Argument{Role: "source", Implicit: true})
		case 1:
			r.Arguments = append(r.Arguments, Argument{Role: "content", Relation: ID("r" + string(ids().Draw(t, "relation")))})
		default:
			r.Arguments = append(r.Arguments, Argument{Role: "content", Span: ids().Draw(t, "span")})
		}
	}
	return r
}

func TestLayerAgreesWithPlainMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := NewLayer("doc", "asha")
		p := &plainLayer{map[ID]*Span{}, map[ID]*Relation{}}
		t.Repeat(map[string]func(*rapid.T){
			"put span": func(t *rapid.T) {
				s := drawSpan(t)
				c := &Change{Annotator: "asha", After: s}
				if old := p.spans[s.ID]; old != nil {
					c.Before = old
				}
				l.Apply(c)
				p.spans[s.ID] = s
			},
			"put relation": func(t *rapid.T) {
				r := drawRelation(t)
				l.Apply(create(r))
				p.relations[r.ID] = r
			},
			"remove": func(t *rapid.T) {
				id := ids().Draw(t, "id")
				if rapid.Bool().Draw(t, "relation") {
					id = "r" + id
				}
				want := p.doomed(id)
				removal := l.Removal(id)
				gone := map[ID]bool{}
				for _, c := range removal {
					for _, r := range p.involving(c.EntityID()) {
						if !gone[r.ID] && !want[r.ID] {
							t.Fatalf("%s is left pointing at %s", r.ID, c.EntityID())
						}
					}
					gone[c.EntityID()] = true
					assert.Equal(t, "delete", c.Kind())
					l.Apply(&c)
				}
				assert.Equal(t, want, gone)
				assert.Len(t, removal, len(want))
				for id := range want {
					delete(p.spans, id)
					delete(p.relations, id)
				}
			},
			"": func(t *rapid.T) { sameLayer(t, l, p) },
		})
	})
}

// sameLayer asks l everything and compares with looking through p.
func sameLayer(t *rapid.T, l *Layer, p *plainLayer) {
	order := p.inOrder()
	assert.Equal(t, order, slices.Collect(l.Spans()))
	assert.Equal(t, len(order), l.SpanCount())
	assert.Equal(t, len(p.relations), l.RelationCount())
	counts := map[string]int{}
	for i, s := range order {
		counts[s.Label]++
		assert.Same(t, s, l.Span(s.ID))
		var next, previous *Span
		if i > 0 {
			previous = order[i-1]
		}
		if i+1 < len(order) {
			next = order[i+1]
		}
		assert.Equal(t, next, l.Next(s.ID))
		assert.Equal(t, previous, l.Previous(s.ID))
		assert.Equal(t, p.involving(s.ID), l.Involving(s.ID))
	}
	for _, label := range []string{"Claim", "Source", "Cue", "Place"} {
		assert.Equal(t, counts[label], l.Count(label))
	}
	relations := []*Relation{}
	for _, id := range slices.Sorted(maps.Keys(p.relations)) {
		relations = append(relations, p.relations[id])
		assert.Same(t, p.relations[id], l.Relation(id))
		assert.Equal(t, p.involving(id), l.Involving(id))
	}
	assert.Equal(t, relations, l.Relations())
	at := rapid.IntRange(0, 70).Draw(t, "at")
	var from, back *Span
	var touching []*Span
	for _, s := range order {
		if s.Extent().Start >= at && from == nil {
			from = s
		}
		if s.Extent().Start < at {
			back = s
		}
		if s.Extent().Overlaps(Fragment{at, at + 5}) {
			touching = append(touching, s)
		}
	}
	assert.Equal(t, from, l.NextFrom(at))
	assert.Equal(t, back, l.PreviousFrom(at))
	assert.Equal(t, touching, slices.Collect(l.Touching(Fragment{at, at + 5})))
}

func TestChangesOfOtherLayersHaveNoEffect(t *testing.T) {
	l := NewLayer("doc", "asha")
	mine := span("s1", "Claim", 0, 5)
	l.Apply(create(mine))
	l.Apply(create(relation("r1", "about", Argument{Role: Head, Span: "s1"})))
	l.Apply(create(&Assessment{Document: "doc", Annotator: "asha", Status: InProgress}))

	elsewhere, theirs := span("s2", "Claim", 0, 5), span("s3", "Claim", 0, 5)
	elsewhere.Document, theirs.Annotator = "other", "bela"
	theirRelation := relation("r2", "about", Argument{Role: Head, Span: "s1"})
	theirRelation.Annotator = "bela"
	unconnected := relation("r3", "about", Argument{Role: Head, Span: "s9"})
	unconnected.Document = "other"
	for _, s := range []State{
		elsewhere, theirs, theirRelation, unconnected,
		&Assessment{Document: "doc", Annotator: "bela", Status: Done},
		&Assessment{Document: "other", Annotator: "asha", Status: Done},
		&Document{ID: "doc", Name: "renamed"},
		&Scheme{Name: "claims"},
	} {
		for _, c := range []*Change{create(s), {Annotator: "asha", Before: s, After: s}, remove(s)} {
			l.Apply(c)
			assert.Equal(t, 1, l.SpanCount(), "%s %s", c.Kind(), s.EntityID())
			assert.Equal(t, 1, l.RelationCount(), "%s %s", c.Kind(), s.EntityID())
			assert.Same(t, mine, l.Span("s1"))
			assert.Len(t, l.Involving("s1"), 1)
			assert.Equal(t, InProgress, l.Assessment.Status)
			assert.Equal(t, 1, l.Count("Claim"))
		}
	}
}

func TestRelationsMadeElsewhereThatPointIntoTheDocumentAreHeld(t *testing.T) {
	l := NewLayer("doc", "asha")
	l.Apply(create(span("s1", "Claim", 0, 5)))
	restates := relation("r1", "restates", Argument{Role: Head, Span: "s9"}, Argument{Role: Tail, Span: "s1", Document: "doc"})
	restates.Document = "other"
	l.Apply(create(restates))
	assert.Equal(t, []*Relation{restates}, l.Involving("s1"))

	turned := restates.Clone()
	turned.Arguments[1] = Argument{Role: Tail, Span: "s8"}
	l.Apply(&Change{Annotator: "asha", Before: restates, After: turned})
	assert.Empty(t, l.Involving("s1"), "it no longer points here")
	assert.Zero(t, l.RelationCount())
}

func TestAssessmentIsNewUntilSaidAndAfterItsRemoval(t *testing.T) {
	l := NewLayer("doc", "asha")
	assert.Equal(t, New, l.Assessment.Status)
	done := &Assessment{Document: "doc", Annotator: "asha", Status: Done, Note: "short"}
	l.Apply(create(done))
	assert.Same(t, done, l.Assessment)
	l.Apply(remove(done))
	assert.Equal(t, &Assessment{Document: "doc", Annotator: "asha", Status: New}, l.Assessment)
}

func TestRemovalTakesRelationsOnRelationsFirstAndEndsInACircle(t *testing.T) {
	l := NewLayer("doc", "asha")
	l.Apply(create(span("s1", "Claim", 0, 5)))
	l.Apply(create(span("s2", "Source", 6, 9)))
	l.Apply(create(relation("inner", "attribution", Argument{Role: "content", Span: "s1"}, Argument{Role: "source", Span: "s2"})))
	l.Apply(create(relation("outer", "attribution", Argument{Role: "content", Relation: "inner"}, Argument{Role: "source", Implicit: true})))
	var gone []ID
	for _, c := range l.Removal("s1") {
		gone = append(gone, c.EntityID())
	}
	assert.Equal(t, []ID{"outer", "inner", "s1"}, gone)

	l.Apply(create(relation("a", "supports", Argument{Role: Head, Relation: "b"})))
	l.Apply(create(relation("b", "supports", Argument{Role: Head, Relation: "a"})))
	assert.Len(t, l.Removal("a"), 2)
	assert.Empty(t, l.Removal("absent"))
}

func TestNextAndPreviousAtTheEnds(t *testing.T) {
	l := NewLayer("doc", "asha")
	assert.Nil(t, l.NextFrom(0))
	assert.Nil(t, l.PreviousFrom(100))
	for i := range 3 {
		l.Apply(create(span(ID(fmt.Sprint("s", i)), "Claim", 10*i, 10*i+5)))
	}
	assert.Nil(t, l.Next("s2"))
	assert.Nil(t, l.Previous("s0"))
	assert.Equal(t, ID("s1"), l.NextFrom(10).ID)
	assert.Equal(t, ID("s0"), l.PreviousFrom(10).ID)
}

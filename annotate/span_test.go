package annotate_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// bytesOf returns the set of bytes that fragments cover.
func bytesOf(fragments []Fragment) map[int]bool {
	covered := map[int]bool{}
	for _, f := range fragments {
		for i := f.Start; i < f.End; i++ {
			covered[i] = true
		}
	}
	return covered
}

func looseFragments() *rapid.Generator[[]Fragment] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Fragment {
		start := rapid.IntRange(0, 60).Draw(t, "start")
		return Fragment{start, start + rapid.IntRange(-2, 12).Draw(t, "length")}
	}), 0, 8)
}

func inOrderAndApart(fragments []Fragment) bool {
	for i, f := range fragments {
		if f.Empty() || i > 0 && f.Start <= fragments[i-1].End {
			return false
		}
	}
	return true
}

func TestNormalizedFragmentsCoverTheSameBytesInOrderAndApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := looseFragments().Draw(t, "given")
		before := slices.Clone(given)
		got := NormalizeFragments(given)
		assert.Equal(t, bytesOf(given), bytesOf(got))
		assert.True(t, inOrderAndApart(got), "%v", got)
		assert.Equal(t, got, NormalizeFragments(got))
		assert.Equal(t, before, given, "the argument is changed")
	})
}

func TestCutLeavesExactlyTheBytesOutsideTheHole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		given := NormalizeFragments(looseFragments().Draw(t, "given"))
		start := rapid.IntRange(0, 60).Draw(t, "start")
		hole := Fragment{start, start + rapid.IntRange(0, 30).Draw(t, "length")}
		want := bytesOf(given)
		for i := hole.Start; i < hole.End; i++ {
			delete(want, i)
		}
		got := Cut(given, hole)
		assert.Equal(t, want, bytesOf(got))
		assert.True(t, inOrderAndApart(got), "%v", got)
	})
}

func TestCut(t *testing.T) {
	tests := []struct {
		name string
		hole Fragment
		want []Fragment
	}{
		{"in the middle", Fragment{13, 15}, []Fragment{{10, 13}, {15, 20}, {30, 40}}},
		{"over both", Fragment{5, 50}, nil},
		{"the end of one and the start of the next", Fragment{18, 33}, []Fragment{{10, 18}, {33, 40}}},
		{"only between", Fragment{20, 30}, []Fragment{{10, 20}, {30, 40}}},
		{"nothing", Fragment{15, 15}, []Fragment{{10, 20}, {30, 40}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, Cut([]Fragment{{10, 20}, {30, 40}}, test.hole))
		})
	}
}

func TestFragmentRelationsAreThoseOfTheirBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, g := stretches().Draw(t, "f"), stretches().Draw(t, "g")
		inF, shared := bytesOf([]Fragment{f}), 0
		for i := range bytesOf([]Fragment{g}) {
			if inF[i] {
				shared++
			}
		}
		assert.Equal(t, shared > 0, f.Overlaps(g))
		assert.Equal(t, shared == g.Len(), f.Contains(g))
	})
}

func TestCoveredJoinsFragmentsByOneSpace(t *testing.T) {
	const text = "“We,” he said, “deny it.”"
	s := &Span{Fragments: []Fragment{{3, 5}, {22, 29}}}
	assert.Equal(t, "We deny it", s.Covered(text))
	assert.Equal(t, Fragment{3, 29}, s.Extent())
	assert.Equal(t, Fragment{}, (&Span{}).Extent())
	assert.Empty(t, (&Span{}).Covered(text))
}

func TestSpanCheckSaysWhatIsImpossible(t *testing.T) {
	const text = "né à Paris" // n é2 blank à2 blank Paris: 12 bytes
	good := Span{ID: "s", Document: "d", Annotator: "asha", Label: "Place", Fragments: []Fragment{{0, 3}, {7, 12}}}
	require.NoError(t, good.Check(text))
	tests := []struct {
		sentence string
		spoil    func(*Span)
	}{
		{"a span has no id", func(s *Span) { s.ID = "" }},
		{"span s belongs to no document", func(s *Span) { s.Document = "" }},
		{"span s belongs to no annotator", func(s *Span) { s.Annotator = "" }},
		{"span s has no label", func(s *Span) { s.Label = "" }},
		{"span s covers nothing", func(s *Span) { s.Fragments = nil }},
		{"span s (Place) has an empty fragment at byte 4", func(s *Span) { s.Fragments = []Fragment{{4, 4}} }},
		{"span s (Place) reaches from byte 7 to 13, but the text has 12 bytes", func(s *Span) { s.Fragments[1].End = 13 }},
		{"span s (Place) reaches from byte -1 to 3, but the text has 12 bytes", func(s *Span) { s.Fragments[0].Start = -1 }},
		{"the fragments of span s (Place) touch or are out of order at byte 3", func(s *Span) { s.Fragments[1].Start = 3 }},
		{"the fragments of span s (Place) touch or are out of order at byte 0", func(s *Span) { slices.Reverse(s.Fragments) }},
		{"span s (Place) begins or ends inside a character at bytes 0 to 2", func(s *Span) { s.Fragments[0].End = 2 }},
		{"span s (Place) begins or ends inside a character at bytes 5 to 12", func(s *Span) { s.Fragments = []Fragment{{5, 12}} }},
	}
	for _, test := range tests {
		t.Run(test.sentence, func(t *testing.T) {
			s := good.Clone()
			test.spoil(s)
			err := s.Check(text)
			require.EqualError(t, err, test.sentence)
			assert.Equal(t, Invalid, KindOf(err))
		})
	}
}

func TestClonesShareNothing(t *testing.T) {
	s := span("s", "Claim", 0, 3)
	s.Attributes = map[string]Value{"type": Text("denial")}
	c := s.Clone()
	c.Fragments[0].End, c.Attributes["type"] = 9, Text("demand")
	assert.Equal(t, Fragment{0, 3}, s.Fragments[0])
	assert.Equal(t, Text("denial"), s.Attributes["type"])

	r := relation("r", "about", Argument{Role: Head, Span: "s"})
	r.Attributes = map[string]Value{"sure": Bool(true)}
	d := r.Clone()
	d.Arguments[0].Role, d.Attributes["sure"] = Tail, Bool(false)
	assert.Equal(t, Head, r.Arguments[0].Role)
	assert.Equal(t, Bool(true), r.Attributes["sure"])

	doc := NewDocument("a", "text")
	doc.SetMeta("date", "2025-02-07")
	doc.Clone().SetMeta("date", "2024-01-01")
	assert.Equal(t, "2025-02-07", doc.Meta["date"])

	a := &Assessment{Labels: map[string]Value{"genre": Text("news")}}
	a.Clone().Labels["genre"] = Text("column")
	assert.Equal(t, Text("news"), a.Labels["genre"])
}

package agreement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// layer makes spans from words like label:begin-end.
func layer(annotator, words string) *agreement.Layer {
	l := &agreement.Layer{Annotator: annotator, Labels: map[string]annotate.Value{}}
	for _, u := range continuum(0, words).Units[0] {
		l.Spans = append(l.Spans, span(u.Label, u.Begin, u.End))
	}
	return l
}

func find(t *testing.T, results []agreement.Result, measure, subject, people string) agreement.Result {
	t.Helper()
	for _, r := range results {
		if r.Measure == measure && r.Subject == subject && strings.Join(r.Annotators, " ") == people && r.Document == "" {
			return r
		}
	}
	t.Fatalf("there is no %s of %q by %q", measure, subject, people)
	return agreement.Result{}
}

// TestAStudyAddsDocumentsUp has three annotators, of whom two each work on a document:
// asha and ben have 1 of 2 and 1 spans in common, asha and cem 0 of 1 and 1, ben and cem 1 of 1 and 1.
func TestAStudyAddsDocumentsUp(t *testing.T) {
	whole := annotate.Fragment{End: 20}
	study := agreement.NewStudy(agreement.Options{Seed: 1})
	study.Add(&agreement.Text{Name: "1", Whole: whole, Layers: []*agreement.Layer{layer("ben", "X:0-4"), layer("asha", "X:0-4 Y:10-15")}})
	study.Add(&agreement.Text{Name: "2", Whole: whole, Layers: []*agreement.Layer{layer("asha", "X:0-4"), layer("cem", "X:6-9")}})
	study.Add(&agreement.Text{Name: "3", Whole: whole, Layers: []*agreement.Layer{layer("cem", "Y:1-3"), layer("ben", "Y:1-3")}})
	study.Add(&agreement.Text{Name: "4", Whole: whole, Layers: []*agreement.Layer{layer("cem", "Y:1-3")}})
	compared, left := study.Documents()
	assert.Equal(t, []int{3, 1}, []int{compared, left})
	assert.Equal(t, []string{"asha", "ben", "cem"}, study.Annotators())
	results := study.Results()
	assert.InDelta(t, 2./3, find(t, results, agreement.F1Strict, "", "asha ben").Figure.Value, 1e-12)
	assert.InDelta(t, 0, find(t, results, agreement.F1Strict, "", "asha cem").Figure.Value, 1e-12)
	assert.InDelta(t, 1, find(t, results, agreement.F1Strict, "", "ben cem").Figure.Value, 1e-12)
	assert.InDelta(t, 5./9, find(t, results, agreement.F1Strict, "", "").Figure.Value, 1e-12)
	assert.Equal(t, 7, find(t, results, agreement.F1Strict, "", "").Of)
	assert.InDelta(t, 0, find(t, results, agreement.F1Strict, "Y", "asha ben").Figure.Value, 1e-12)
	// All positions of the three documents, both annotators: 2·20·3.
	assert.Equal(t, 120, find(t, results, agreement.UAlpha, "Y", "").Of)
}

// TestTokensOfDocumentsWithoutALabelAreOutsideIt: of 40 positions 4 are in for both, 2 for one.
func TestTokensOfDocumentsWithoutALabelAreOutsideIt(t *testing.T) {
	study := agreement.NewStudy(agreement.Options{Measures: []string{agreement.TokenKappa}})
	for _, words := range [][2]string{{"X:0-4", "X:0-6"}, {"Y:0-9", "Y:0-9"}} {
		study.Add(&agreement.Text{Whole: annotate.Fragment{End: 20}, Layers: []*agreement.Layer{layer("asha", words[0]), layer("ben", words[1])}})
	}
	got := find(t, study.Results(), agreement.TokenKappa, "X", "asha ben")
	assert.Equal(t, 40, got.Of)
	expected := (4.*6 + 36.*34) / 1600
	assert.InDelta(t, (38./40-expected)/(1-expected), got.Figure.Value, 1e-12)
}

// TestOneTextInTwoPartsIsTheTextItself cuts a text where no unit is; sums are the same.
func TestOneTextInTwoPartsIsTheTextItself(t *testing.T) {
	whole, halves := agreement.NewUnitizing(), agreement.NewUnitizing()
	whole.Add("", continuum(40, "a:2-9 b:25-30", "a:3-9 a:24-30"))
	halves.Add("", continuum(20, "a:2-9", "a:3-9"))
	halves.Add("", continuum(20, "b:5-10", "a:4-10"))
	assert.InDelta(t, whole.Alpha().Value, halves.Alpha().Value, 1e-12)
	assert.InDelta(t, whole.CodingAlpha().Value, halves.CodingAlpha().Value, 1e-12)
}

// TestCrowdedUnitsAreAlignedWithinBounds has more ways to align than are looked at.
func TestCrowdedUnitsAreAlignedWithinBounds(t *testing.T) {
	var words strings.Builder
	for i := range 100 { // each within reach of many others
		fmt.Fprintf(&words, "%c:%d-%d ", 'a'+i%3, i*4, i*4+90+i%7)
	}
	for annotators := 2; annotators <= 5; annotators++ {
		c := continuum(500, slices.Repeat([]string{words.String()}, annotators)...)
		a := agreement.BestAlignment(c, agreement.Usual)
		assert.False(t, a.Exact)
		assert.LessOrEqual(t, a.Least, a.Disorder)
		assert.Less(t, a.Disorder, float64(annotators)/4, "a quarter of what it is if all stand alone")
		units := 0
		for _, unitary := range a.Unitary {
			for _, u := range unitary {
				if u != agreement.None {
					units++
				}
			}
		}
		assert.Equal(t, 100*annotators, units, "each unit once")
	}
}

// TestDifferencesAreTyped plants one difference of each kind.
func TestDifferencesAreTyped(t *testing.T) {
	a, b := layer("asha", "S:0-3 C:4-8 K:10-20 S:30-34 K:40-50 K:60-70"), layer("ben", "S:0-3 C:4-8 K:10-22 C:30-34 K:40-50")
	a.Spans[4].Attributes = map[string]annotate.Value{"type": annotate.Text("demand")}
	relate := func(l *agreement.Layer, label string, ends ...int) {
		r := &annotate.Relation{ID: annotate.NewID(), Label: label}
		for i, role := range []string{"source", "cue", "content"}[:len(ends)] {
			r.Arguments = append(r.Arguments, annotate.Argument{Role: role, Span: l.Spans[ends[i]].ID})
		}
		l.Relations = append(l.Relations, r)
	}
	relate(a, "attribution", 0, 1, 2)
	relate(b, "attribution", 0, 1, 2) // differs by the boundary of its content alone
	relate(a, "about", 0, 4)
	relate(b, "about", 1, 4) // another source
	relate(a, "restates", 0, 2)
	a.Labels["genre"] = annotate.Text("news")
	var kinds []agreement.DifferenceKind
	for _, d := range agreement.Differences(a, b, nil) {
		kinds = append(kinds, d.Kind)
	}
	assert.ElementsMatch(t, []agreement.DifferenceKind{
		agreement.Boundary, agreement.LabelKind, agreement.AttributeKind, agreement.MissingSpan, agreement.RoleKind, agreement.RelationKind, agreement.DocumentValues,
	}, kinds)
	assert.Empty(t, agreement.Differences(a, a, nil))
}

func TestSymmetricRelationsHaveNoDirection(t *testing.T) {
	a, b := layer("asha", "K:0-3 K:4-8"), layer("ben", "K:0-3 K:4-8")
	for i, l := range []*agreement.Layer{a, b} {
		l.Relations = []*annotate.Relation{{ID: annotate.NewID(), Label: "same", Arguments: []annotate.Argument{
			{Role: annotate.Head, Span: l.Spans[i].ID}, {Role: annotate.Tail, Span: l.Spans[1-i].ID},
		}}}
	}
	directed := agreement.CompareRelations(a, b, "", nil)
	require.Equal(t, agreement.Overlap{A: 1, B: 1}, directed.Exact)
	symmetric := agreement.CompareRelations(a, b, "same", agreement.Symmetric{"same": {annotate.Head, annotate.Tail}})
	require.Equal(t, agreement.Overlap{Both: 1, A: 1, B: 1}, symmetric.Exact)
}

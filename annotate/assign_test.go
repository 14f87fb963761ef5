package annotate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// named returns n documents called from 000.txt on.
func named(n int) []*annotate.Document {
	documents := make([]*annotate.Document, n)
	for i := range documents {
		documents[i] = annotate.NewDocument(fmt.Sprintf("%03d.txt", i), "No.")
	}
	return documents
}

// loads counts the documents of each annotator, and the annotators of each document.
func loads(list []*annotate.Assignment) (byAnnotator map[string]int, byDocument map[annotate.ID]int) {
	byAnnotator, byDocument = map[string]int{}, map[annotate.ID]int{}
	for _, a := range list {
		byAnnotator[a.Annotator]++
		byDocument[a.Document]++
	}
	return byAnnotator, byDocument
}

func TestDocumentsAreSharedOutEvenlyAndTheSameForOneSeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := []string{"asha", "ben", "carol", "dilip", "eva"}[:rapid.IntRange(1, 5).Draw(t, "people")]
		d := annotate.Distribution{
			Annotators: people, Overlap: rapid.IntRange(1, len(people)).Draw(t, "overlap"), Seed: rapid.Uint64().Draw(t, "seed"),
			Documents: rapid.IntRange(0, 30).Draw(t, "documents"),
		}
		documents := named(rapid.IntRange(0, 40).Draw(t, "all"))
		made := d.Assign(documents, nil)
		want := len(documents)
		if d.Documents > 0 {
			want = min(want, d.Documents)
		}
		byAnnotator, byDocument := loads(made)
		require.Len(t, byDocument, want)
		for id, n := range byDocument {
			require.Equal(t, d.Overlap, n, "annotators of %s", id)
		}
		least, most := len(documents), 0
		for _, name := range people {
			least, most = min(least, byAnnotator[name]), max(most, byAnnotator[name])
		}
		require.LessOrEqual(t, most, least+1, "%v", byAnnotator)
		distinct := map[annotate.ID]bool{}
		for _, a := range made {
			distinct[a.EntityID()] = true
		}
		require.Len(t, distinct, len(made), "nobody has a document twice")

		slices.Reverse(documents)
		again := d.Assign(documents, nil)
		slices.SortFunc(made, (*annotate.Assignment).Compare)
		slices.SortFunc(again, (*annotate.Assignment).Compare)
		require.Equal(t, made, again)
		require.Empty(t, d.Assign(documents, made), "nothing is missing any more")
	})
}

func TestWhatIsAssignedStaysWhenDocumentsAreAdded(t *testing.T) {
	documents := named(20)
	d := annotate.Distribution{Annotators: []string{"asha", "ben", "carol"}, Overlap: 2}
	held := d.Assign(documents[:9], nil)
	made := d.Assign(documents, held)
	require.Len(t, made, 2*11)
	byAnnotator, byDocument := loads(append(held, made...))
	require.Len(t, byDocument, 20)
	for _, name := range d.Annotators {
		require.InDelta(t, 40./3, byAnnotator[name], 1)
	}
}

func TestMoreAnnotatorsForEachDocumentAreFoundWithoutUnevenness(t *testing.T) {
	documents := named(4)
	held := []*annotate.Assignment{
		{Document: documents[0].ID, Annotator: "asha"},
		{Document: documents[1].ID, Annotator: "asha"},
		{Document: documents[2].ID, Annotator: "ben"},
		{Document: documents[3].ID, Annotator: "ben"},
	}
	for seed := range uint64(50) { // some of which have to be handed on
		d := annotate.Distribution{Annotators: []string{"asha", "ben", "carol"}, Overlap: 2, Seed: seed}
		byAnnotator, _ := loads(append(d.Assign(documents, held), held...))
		for _, name := range d.Annotators {
			require.InDelta(t, 8./3, byAnnotator[name], 1, "seed %d: %v", seed, byAnnotator)
		}
	}
}

func TestAnotherSeedGivesAnotherChoice(t *testing.T) {
	documents := named(100)
	d := annotate.Distribution{Annotators: []string{"asha"}, Overlap: 1, Documents: 10, Seed: 1}
	_, one := loads(d.Assign(documents, nil))
	d.Seed = 2
	_, two := loads(d.Assign(documents, nil))
	require.NotEqual(t, one, two)
}

func TestImpossibleDistributionsAreRefused(t *testing.T) {
	for says, d := range map[string]annotate.Distribution{
		"nobody to assign":    {Overlap: 1},
		"nobody’s name":       {Annotators: []string{annotate.AdjudicatedLayer}, Overlap: 1},
		"named twice":         {Annotators: []string{"asha", "asha"}, Overlap: 1},
		"is empty":            {Annotators: []string{""}, Overlap: 1},
		"at least one":        {Annotators: []string{"asha"}},
		"label each document": {Annotators: []string{"asha"}, Overlap: 2},
		"0 or more":           {Annotators: []string{"asha"}, Overlap: 1, Documents: -1},
	} {
		require.ErrorContains(t, d.Check(), says)
	}
}

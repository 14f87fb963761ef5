package exchange_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset/split"
	"spanwright/app/exchange"
	"spanwright/store"
)

// TestASplitIsForeseen has 20 documents with a claim each, of which the first four have two more.
func TestASplitIsForeseen(t *testing.T) {
	p := twenty(t)
	rows, err := p.Documents(store.DocumentQuery{Limit: 4})
	require.NoError(t, err)
	for _, row := range rows {
		for _, start := range []int{0, 4} {
			_, err := p.Apply(annotate.Change{Annotator: "asha", After: &annotate.Span{
				ID: annotate.NewID(), Document: row.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: start, End: start + 3}},
			}})
			require.NoError(t, err)
		}
	}
	how := split.Options{Parts: []split.Part{{Name: "train", Share: 75_000}, {Name: "test", Share: 25_000}}, Seed: 7, Stratify: []string{"Claim"}}
	clock, err := p.Clock()
	require.NoError(t, err)
	foreseen, err := exchange.ForecastSplit(t.Context(), p, exchange.ExportOptions{}, how)
	require.NoError(t, err)
	after, err := p.Clock()
	require.NoError(t, err)
	assert.Equal(t, clock, after, "nothing is written")
	assert.Equal(t, []split.Stratum{{Name: "Claim", Total: 28, Parts: []int{21, 7}}}, foreseen.Labels, "three with three and twelve with one; one with three and four with one")

	for i, row := range rows[:3] {
		d, err := p.Document(row.ID)
		require.NoError(t, err)
		after := d.Clone()
		after.Meta = map[string]string{"source": "Gazette"}
		if i == 0 {
			after.Meta["author"] = "Mona"
		}
		_, err = p.Apply(annotate.Change{Annotator: "asha", Before: d, After: after})
		require.NoError(t, err)
	}
	foreseen, err = exchange.ForecastSplit(t.Context(), p, exchange.ExportOptions{}, how)
	require.NoError(t, err)
	assert.Equal(t, []string{"source"}, foreseen.Fields, "what one document alone has keeps nothing together")
	report, err := exchange.ExportSplit(t.Context(), p, filepath.Join(t.TempDir(), "out"), exchange.ExportOptions{}, how)
	require.NoError(t, err)
	assert.Equal(t, report.Split, foreseen.Report)

	_, err = exchange.ForecastSplit(t.Context(), p, exchange.ExportOptions{States: []annotate.Status{annotate.New}}, how)
	assert.ErrorContains(t, err, "0 documents")
}

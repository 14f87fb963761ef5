package exchange_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
	"spanwright/app/exchange"
)

// TestAllFormatsAreForeseenAtOnce compares with what each export then tells it lost.
func TestAllFormatsAreForeseenAtOnce(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records), write(t, "forms.jsonl", forms))
	folder := files(t, map[string]string{"z.txt": "Mona said that it rained.", "z.ann": "T1\tClaim 0 4;10 14\tMona that\nT2\tClaim 5 14\tsaid that\nT3\tActor 10 14\tthat\n"})
	importing(t, p, "ben", folder)
	var formats []*dataset.Format
	for _, f := range format.All {
		if f.Writes() {
			formats = append(formats, f)
		}
	}
	for _, options := range []exchange.ExportOptions{{}, {Gaps: dataset.Skip, Overlaps: dataset.Shortest}, {Layers: []string{"ben"}}} {
		all, err := exchange.ForecastAll(t.Context(), p, options, formats...)
		require.NoError(t, err)
		for _, f := range formats {
			options.Format = f.Name
			report, err := exchange.Export(t.Context(), p, filepath.Join(t.TempDir(), "out"), options)
			require.NoError(t, err, f.Name)
			assert.ElementsMatch(t, report.Losses, all.Losses[f.Name], "%s %+v", f.Name, options)
		}
	}
}

func TestWhatIsRefusedKeepsTheWholeExportBack(t *testing.T) {
	p := project(t)
	folder := files(t, map[string]string{"z.txt": "Mona said that it rained.", "z.ann": "T1\tClaim 0 4;10 14\tMona that\n", "y.txt": "Ben.", "y.ann": "T1\tClaim 0 3\tBen\nT2\tActor 0 3\tBen\n"})
	importing(t, p, "ben", folder)
	out := write(t, "out.csv", "old")
	_, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "csv", Gaps: dataset.Refuse})
	assert.EqualError(t, err, out+`: document "z.txt" has a span with gaps, which csv cannot hold, and that was to be refused; nothing was written`)
	assert.Equal(t, "old", content(t, out))
	_, err = exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "conll", Overlaps: dataset.Refuse})
	assert.EqualError(t, err, out+`: document "y.txt" has spans that overlap, which conll cannot hold, and that was to be refused; nothing was written`)
	_, err = exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "jsonl", Gaps: dataset.Refuse, Overlaps: dataset.Refuse})
	require.NoError(t, err, "nothing is refused that can be held")
	_, err = os.Stat(out + exchange.CertificateSuffix)
	assert.NoError(t, err)
}

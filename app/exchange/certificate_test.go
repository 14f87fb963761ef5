package exchange_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

func TestAnExportHasACertificateBesideIt(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records))
	out := filepath.Join(t.TempDir(), "out.jsonl")
	_, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Unit: annotate.UTF16})
	require.NoError(t, err)
	var c exchange.Certificate
	require.NoError(t, json.Unmarshal([]byte(content(t, out+exchange.CertificateSuffix)), &c))
	sum := sha256.Sum256([]byte(content(t, out)))
	scheme, err := p.Scheme()
	require.NoError(t, err)
	assert.Equal(t, exchange.Certificate{
		Passed: true, Format: "jsonl", Unit: annotate.UTF16, Scheme: "claims", Revision: scheme.Revision, Documents: 3, Spans: 3, Relations: 2,
		Files: []exchange.Digest{{Name: "out.jsonl", Bytes: int64(len(content(t, out))), SHA256: hex.EncodeToString(sum[:])}},
	}, c)

	importing(t, p, "asha", filepath.Dir(out)) // where nobody takes the certificate for data
	_, err = exchange.Export(t.Context(), p, out, exchange.ExportOptions{NoCertificate: true})
	require.NoError(t, err)
	assert.Equal(t, 3, importing(t, project(t), "asha", out).Documents)
}

func TestTheForecastIsWhatTheExportTells(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records))
	for _, format := range []string{"jsonl", "brat"} {
		options := exchange.ExportOptions{Format: format}
		forecast, err := exchange.Forecast(t.Context(), p, options)
		require.NoError(t, err)
		report, err := exchange.Export(t.Context(), p, filepath.Join(t.TempDir(), "out"), options)
		require.NoError(t, err)
		assert.ElementsMatch(t, report.Losses, forecast, format)
		assert.True(t, report.Certificate.Passed, report.Certificate)
	}
	forecast, err := exchange.Forecast(t.Context(), p, exchange.ExportOptions{Format: "brat"})
	require.NoError(t, err)
	// Counted by hand in the records.
	assert.ElementsMatch(t, dataset.Losses{
		{What: "metadata field of a document", Count: 2}, // the document comes once for each annotator
		{What: "label of a document", Count: 1},
		{What: "status of a document", Count: 1},
		{What: "note on a document", Count: 1},
		{What: "flag", Count: 1},
		{What: "number, written as text", Count: 1},
		{What: "argument that lies in another document or layer", Count: 2},
		{What: "relation that has too little left to be written", Count: 2},
	}, forecast)
}

func TestWorkThatNobodySaidToHaveBegunPasses(t *testing.T) {
	p := project(t)
	d := annotate.NewDocument("a.txt", "He stayed.")
	s := &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 3, End: 9}}}
	_, err := p.Apply(annotate.Change{Annotator: "asha", After: d}, annotate.Change{Annotator: "asha", After: s})
	require.NoError(t, err)
	for _, format := range []string{"jsonl", "csv", "prodigy", "labelstudio"} {
		report, err := exchange.Export(t.Context(), p, filepath.Join(t.TempDir(), "out"), exchange.ExportOptions{Format: format})
		require.NoError(t, err)
		assert.True(t, report.Certificate.Passed, "%s: %v", format, report.Certificate.Differences)
	}
}

func TestALabellingConfigurationGoesBesideTasks(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records))
	for _, format := range []string{"labelstudio", "labelstudio-min"} {
		folder := t.TempDir()
		out := filepath.Join(folder, "out.json")
		report, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: format})
		require.NoError(t, err)
		assert.True(t, report.Certificate.Passed, report.Certificate.Differences)
		files := below(t, folder)
		assert.Len(t, files, 3)
		require.Len(t, report.Certificate.Files, 2)
		for i, name := range []string{"out.json", "out.json.config.xml"} {
			sum := sha256.Sum256([]byte(files[name]))
			assert.Equal(t, exchange.Digest{Name: name, Bytes: int64(len(files[name])), SHA256: hex.EncodeToString(sum[:])}, report.Certificate.Files[i])
		}
		scheme, _, err := configuration.Read(out + ".config.xml")
		require.NoError(t, err)
		ours, err := p.Scheme()
		require.NoError(t, err)
		for _, l := range ours.Spans {
			if !l.Abstract {
				assert.Equal(t, l.Color, scheme.Span(l.Label).Color, l.Label)
				assert.Equal(t, l.Key, scheme.Span(l.Label).Key, l.Label)
			}
		}
		assert.Equal(t, importing(t, project(t), "asha", out), importing(t, project(t), "asha", folder), "nobody takes the configuration for data")

		var piped bytes.Buffer
		_, err = exchange.Write(t.Context(), p, &piped, exchange.ExportOptions{Format: format})
		require.NoError(t, err)
		assert.Equal(t, files["out.json"], piped.String())
	}
}

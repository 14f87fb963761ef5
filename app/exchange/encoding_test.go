package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

func TestAnEncodingThatIsNamedIsHeededByEveryFormatOfCharacters(t *testing.T) {
	arabic, err := dataset.EncodingOf("windows-1256")
	require.NoError(t, err)
	folder := files(t, map[string]string{
		"a.txt":  "\xe3\xe6\xe4\xc7",
		"b.html": `<html><head><meta charset="utf-8"></head><body><p>` + "\xe3\xe6\xe4\xc7" + `</p></body></html>`,
		"c.csv":  "document,text\nc.txt," + "\xe3\xe6\xe4\xc7" + "\n",
	})
	p := project(t)
	preview := rehearsing(t, p, exchange.ImportOptions{}, folder)
	assert.True(t, preview.Encoded)
	report, err := exchange.Import(t.Context(), p, []string{folder}, exchange.ImportOptions{Encoding: arabic})
	require.NoError(t, err)
	assert.Empty(t, report.Skipped)
	assert.Empty(t, report.Remarks, "there is nothing to tell about what was said")
	for _, name := range []string{"a.txt", "b.html", "c.txt"} {
		d, err := p.DocumentByName(name)
		require.NoError(t, err, name)
		assert.Equal(t, "مونا", d.Text, name)
	}

	japanese, err := dataset.EncodingOf("shift_jis")
	require.NoError(t, err)
	report, err = exchange.Import(t.Context(), project(t), []string{write(t, "a.csv", "document,text\na.txt,\xff\xfe\n"), write(t, "a.txt", "\xff\xfe")}, exchange.ImportOptions{Encoding: japanese})
	require.NoError(t, err)
	require.Len(t, report.Skipped, 2)
	for _, s := range report.Skipped {
		assert.Contains(t, s.Sentence, "not in shift_jis: some of its bytes mean nothing there")
	}
}

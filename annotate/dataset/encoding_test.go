package dataset_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
)

// TestTextsAreReadInTheEncodingThatIsNamed has bytes from the tables of the encodings.
func TestTextsAreReadInTheEncodingThatIsNamed(t *testing.T) {
	for _, test := range []struct{ name, raw, text string }{
		{"windows-1256", "\xe3\xe6\xe4\xc7", "مونا"},
		{"windows-1255", "\xf9\xec\xe5\xed", "שלום"},
		{"tis-620", "\xb4\xd5", "ดี"},
		{"Shift_JIS", "\x93\xfa\x96\x7b", "日本"},
		{"latin1", "caf\xe9", "café"},
		{"utf-16be", "\xfe\xff\x00M\x00o", "Mo"},
		{"utf-8", "\xef\xbb\xbfé", "é"},
	} {
		e, err := dataset.EncodingOf(test.name)
		require.NoError(t, err, test.name)
		text, err := dataset.Decode([]byte(test.raw), e)
		require.NoError(t, err, test.name)
		assert.Equal(t, test.text, string(text), test.name)
	}
	for _, name := range dataset.Encodings {
		_, err := dataset.EncodingOf(name)
		assert.NoError(t, err)
	}
	_, err := dataset.EncodingOf("klingon")
	assert.ErrorContains(t, err, `there is no encoding "klingon"`)
	e, err := dataset.EncodingOf("shift_jis")
	require.NoError(t, err)
	_, err = dataset.Decode([]byte("\xff\xfe"), e)
	assert.EqualError(t, err, "the file is not in shift_jis: some of its bytes mean nothing there")
}

package cas_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/s2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/cas"
)

// serialized returns a record as Java serializes it.
func serialized(t require.TestingT, r *dataset.Record) string {
	var b bytes.Buffer
	_, write := cas.NewWriter(nil).Encode(r)
	require.NoError(t, write(&b))
	return b.String()
}

// TestWhatIsSerializedComesBack compares what was written with what is read, less numbers that are 0 and what is
// false: UIMA has them also where nobody said so.
func TestWhatIsSerializedComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ser")
	zero, _ := annotate.Number("0")
	less := func(values map[string]annotate.Value) map[string]annotate.Value {
		kept := map[string]annotate.Value{}
		for name, v := range values {
			if digits, is := v.Number(); is {
				x, err := strconv.ParseFloat(digits, 64)
				require.NoError(t, err)
				v, _ = annotate.Number(strconv.FormatFloat(x, 'g', -1, 64)) // -1.50 is -1.5
			}
			if !v.Equal(annotate.Bool(false)) && !v.Equal(zero) {
				kept[name] = v
			}
		}
		return kept
	}
	plain := func(r *dataset.Record) [][]string {
		for _, s := range r.Spans {
			s.Attributes = less(s.Attributes)
		}
		for _, x := range r.Relations {
			x.Attributes = less(x.Attributes)
		}
		if r.Assessment != nil {
			r.Assessment.Labels = less(r.Assessment.Labels)
		}
		return datasettest.Statements(cas.Serialized, []*dataset.Record{r})
	}
	rapid.Check(t, func(rt *rapid.T) {
		var losses dataset.Losses
		for _, r := range datasettest.Documents(rt) {
			if r = dataset.Fit(r, cas.Serialized.Holds, dataset.Options{}, &losses); r == nil {
				continue
			}
			require.NoError(rt, os.WriteFile(path, []byte(serialized(rt, r)), 0o600))
			again, failed := datasettest.Read(cas.Serialized, path)
			require.Empty(rt, failed)
			require.Len(rt, again, 1)
			datasettest.Valid(rt, again[0])
			require.Equal(rt, plain(r), plain(again[0]))
		}
	})
}

func simple() *dataset.Record {
	return &dataset.Record{Document: annotate.NewDocument("a.txt", "😀 Mona said so.\x01"), Annotator: "asha", Spans: []*annotate.Span{
		{ID: "1", Label: "Claim", Fragments: []annotate.Fragment{{Start: 5, End: 9}}, Attributes: map[string]annotate.Value{"sure": annotate.Bool(true)}},
	}}
}

func TestReadingACompressedOne(t *testing.T) {
	var b bytes.Buffer
	w := s2.NewWriter(&b, s2.WriterSnappyCompat())
	_, err := w.Write([]byte(serialized(t, simple())))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	records, failed := datasettest.ReadString(t, cas.Serialized, b.String())
	require.Empty(t, failed)
	assert.Equal(t, "Mona", records[0].Spans[0].Covered(records[0].Document.Text))
}

func TestALongTextIsSerialized(t *testing.T) {
	r := simple()
	r.Document = annotate.NewDocument("a.txt", strings.Repeat("Mona said so. ", 10_000))
	records, failed := datasettest.ReadString(t, cas.Serialized, serialized(t, r))
	require.Empty(t, failed)
	assert.Equal(t, r.Document.Text, records[0].Document.Text)
}

func TestRefusingWhatIsNotSerialized(t *testing.T) {
	whole := serialized(t, simple())
	replaced := func(old, with string) string {
		require.Equal(t, 1, strings.Count(whole, old), "%q", old)
		return strings.Replace(whole, old, with, 1)
	}
	for _, test := range []struct{ name, content, sentence string }{
		{"something else", "Mona", ": it is no stream of Java objects; the document was left out"},
		{"empty", "", ": it is no stream of Java objects; the document was left out"},
		{"no object", "\xac\xed\x00\x05\x70", ": at byte 5 of the stream of Java objects: it begins with something else than an object; the document was left out"},
		{"a class of its own ways", "\xac\xed\x00\x05\x73\x72\x00\x01A\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00", ": at byte 18 of the stream of Java objects: A is written in a way of its own; the document was left out"},
		{"another object", "\xac\xed\x00\x05\x73\x72\x00\x01A\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x78\x70", ": it is no serialized CAS; the document was left out"},
		{"truncated", whole[:19], ": at byte 8 of the stream of Java objects: it breaks off; the document was left out"},
		{"a reference to nothing", "\xac\xed\x00\x05\x71\x00\x7e\x00\x09", ": at byte 9 of the stream of Java objects: it points at nothing; the document was left out"},
		{"damaged compression", "\xff\x06\x00\x00sNaPpY\x00\xff\xff\xff", ": its compression is damaged; the document was left out"},
		{"half of a surrogate pair", replaced("\xed\xa0\xbd\xed\xb8\x80 Mona", "\xed\xa0\xbd\xed\xa0\xbd Mona"), ": at byte 4249 of the stream of Java objects: a text has half of a surrogate pair; the document was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, cas.Serialized, test.content)
			require.Len(t, failed, 1)
			_, sentence, _ := strings.Cut(failed[0].Error(), "/file.ser")
			assert.Equal(t, test.sentence, sentence)
			assert.Empty(t, records)
		})
	}
}

func FuzzSerialized(f *testing.F) {
	datasettest.Fuzz(f, cas.Serialized, serialized(f, simple()))
}

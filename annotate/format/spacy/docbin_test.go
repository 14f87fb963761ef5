package spacy

import (
	"bytes"
	"compress/zlib"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vmihailenco/msgpack/v5"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
)

func TestDocBinComesBack(t *testing.T) { datasettest.RoundTrip(t, DocBin) }

func FuzzReadDocBin(f *testing.F) {
	raw, err := os.ReadFile("testdata/spacy.spacy")
	require.NoError(f, err)
	datasettest.Fuzz(f, DocBin, string(raw), "\x78\x9c", "")
}

// TestStringsHaveTheKeysOfSpaCy has values that spaCy 3.8 gave for them.
func TestStringsHaveTheKeysOfSpaCy(t *testing.T) {
	for text, want := range map[string]uint64{
		"": 0, "Mona": 7589930628382846836, "😀": 13900606239988879105, "a": 11901859001352538922, "\n\n": 908432558851201422,
		"xxxxxxxxxxxxxxxxxxxx": 17645739947886571807, "12345678": 9871996032675327904, "éé": 7682002417980005232,
		"IS_ALPHA": 1, "ORTH": 65, "NOUN": 92, "PERSON": 380, "ENT_ID": 454, "_": 456,
	} {
		assert.Equal(t, want, key(text), text)
		again, ok := newStore([]string{text}).of(want)
		assert.True(t, ok, text)
		assert.Equal(t, text, again)
	}
}

// said lists the spans of a record as label and words.
func said(r *dataset.Record) []string {
	var all []string
	for _, s := range r.Spans {
		all = append(all, s.Label+" "+s.Covered(r.Document.Text))
	}
	return all
}

// TestAFileOfSpaCy reads what spaCy 3.8 has written.
func TestAFileOfSpaCy(t *testing.T) {
	const path = "testdata/spacy.spacy"
	require.True(t, DocBin.Sniff(dataset.ReadHead(path)))
	records, failed := datasettest.Read(DocBin, path)
	require.Empty(t, failed)
	require.Len(t, records, 3)
	r := records[0]
	assert.Equal(t, "😀 Mona Lee said  hi\n\nok.", r.Document.Text)
	assert.Equal(t, []string{"PERSON Mona Lee", "First Mona", "Said said  hi"}, said(r))
	assert.Equal(t, map[string]annotate.Value{"kb_id": annotate.Text("Q7")}, r.Spans[0].Attributes)
	assert.Equal(t, map[string]annotate.Value{"group": annotate.Text("other")}, r.Spans[2].Attributes)
	half, _ := annotate.Number("0.5")
	assert.Equal(t, map[string]annotate.Value{"NEWS": annotate.Bool(true), "SPORT": annotate.Bool(false), "X": half}, r.Assessment.Labels)
	assert.Equal(t, map[string]string{"source": "x"}, r.Document.Meta)
	assert.Equal(t, "what is said of tokens and spans in its user data was left out, 1 in all", r.Remarks[0].Sentence)
	assert.Equal(t, "No spaces known ", records[1].Document.Text)
	assert.Equal(t, "the document does not say where blanks stand; one was put behind each token", records[1].Remarks[0].Sentence)
	assert.Empty(t, records[2].Document.Text)
}

func TestTokensAreTheText(t *testing.T) {
	for text, want := range map[string][]string{
		"":                       nil,
		"Mona said.":             {"Mona_", "said", "."},
		"  two  blanks \n\nhere": {"  ", "two_", " ", "blanks_", "\n\n", "here"},
		"\t a":                   {"\t ", "a"},
		"😀 e\u0301 शि":           {"😀_", "e\u0301_", "शि"},
	} {
		var got []string
		all := ""
		for _, token := range tokensOf(text, nil) {
			piece := text[token.Start:token.End]
			all += piece
			if token.space {
				piece, all = piece+"_", all+" "
			}
			got = append(got, piece)
		}
		assert.Equal(t, want, got, "%q", text)
		assert.Equal(t, text, all)
	}
	inside := &annotate.Span{Fragments: []annotate.Fragment{{Start: 3, End: 5}}}
	assert.Len(t, tokensOf("unlike it", []*annotate.Span{inside}), 4, "a span inside of a token cuts it")
}

// packedFile returns a compressed message.
func packedFile(t *testing.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	require.NoError(t, pack(msgpack.NewEncoder(z), v))
	require.NoError(t, z.Close())
	return out.String()
}

func TestRefusingWhatIsNoDocBin(t *testing.T) {
	whole, err := os.ReadFile("testdata/spacy.spacy")
	require.NoError(t, err)
	mona := bytes.Repeat([]byte{1}, 8)
	deflated := func(raw string) string {
		var out bytes.Buffer
		z := zlib.NewWriter(&out)
		_, _ = z.Write([]byte(raw))
		require.NoError(t, z.Close())
		return out.String()
	}
	attrs := []int{orthAttribute}
	for _, test := range []struct{ name, content, sentence string }{
		{"nothing", "", "it is no DocBin: it is not compressed as spaCy does it"},
		{"another file", "Mona said", "it is no DocBin: it is not compressed as spaCy does it"},
		{"cut off", string(whole[:len(whole)/2]), "it breaks off"},
		{"damaged", string(whole[:200]) + "\x00\xff\x00\xff" + string(whole[204:]), "it is damaged: "},
		{"a message that breaks off", deflated("\x82\xa7version"), "it is damaged: EOF"},
		{"a text of gigabytes", deflated("\x81\xa7strings\xdb\xff\xff\xff\xff"), "it is damaged: "},
		{"a list of milliards", deflated("\x81\xa7strings\xdd\x7f\xff\xff\xff\xa1a"), "it is damaged: a list of 2147483647 items cannot stand in it"},
		{"deep nesting", deflated("\x81\xa7strings" + strings.Repeat("\x91", 1<<20)), "its contents lie in each other more than 32 deep"},
		{"no map", deflated("\x01"), "it is no DocBin: it holds no map"},
		{"no texts", packedFile(t, fields{{attrsKey, []int{iobAttribute}}}), "it is no DocBin: its tokens have no text"},
		{"fewer tokens than there should be", packedFile(t, fields{{attrsKey, attrs}, {tokensKey, mona}, {spacesKey, []byte{0}}, {lengthsKey, []byte{2, 0, 0, 0}}}), "its documents have 2 tokens together, and the file holds 1, and the blanks behind 1"},
		{"a negative number of tokens", packedFile(t, fields{{attrsKey, attrs}, {lengthsKey, []byte{255, 255, 255, 255}}}), "document 1 has -1 tokens"},
		{"a text that is not there", packedFile(t, fields{{attrsKey, attrs}, {tokensKey, mona}, {spacesKey, []byte{0}}, {lengthsKey, []byte{1, 0, 0, 0}}}), "the text of token 1 is not among the strings of the file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, DocBin, test.content)
			require.Len(t, failed, 1)
			assert.Contains(t, failed[0].Error(), test.sentence)
			assert.Empty(t, records)
		})
	}
}

func TestTheSameRecordsAreTheSameDocBin(t *testing.T) {
	r := &dataset.Record{Document: annotate.NewDocument("a.txt", "Mona said")}
	r.Document.Meta = map[string]string{"b": "1", "a": "2", "c": "3"}
	r.Annotator, r.Assessment = "asha", &annotate.Assessment{Labels: map[string]annotate.Value{"x": annotate.Bool(true), "y": annotate.Bool(false), "z": annotate.Text("1")}}
	write := func() []byte {
		var out bytes.Buffer
		_, err := DocBin.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
		require.NoError(t, err)
		return out.Bytes()
	}
	first := write()
	for range 5 {
		assert.Equal(t, first, write())
	}
}

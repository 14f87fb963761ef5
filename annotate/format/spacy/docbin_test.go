package spacy

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vmihailenco/msgpack/v5"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
	"spanwright/annotate/dataset/datasettest"
)

func TestDocBinComesBack(t *testing.T) { datasettest.RoundTrip(t, DocBin) }

func FuzzReadDocBin(f *testing.F) {
	raw, err := os.ReadFile("testdata/spacy.spacy")
	require.NoError(f, err)
	related, err := os.ReadFile("testdata/rel.spacy")
	require.NoError(f, err)
	datasettest.Fuzz(f, DocBin, string(raw), string(related), string(writtenBin(f, told())), "\x78\x9c", "")
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

// related lists the relations of a record as label, head and tail.
func related(r *dataset.Record) []string {
	words := map[annotate.ID]string{}
	for _, s := range r.Spans {
		words[s.ID] = s.Covered(r.Document.Text)
	}
	var all []string
	for _, x := range r.Relations {
		said := x.Label
		for _, a := range x.Arguments {
			said += " " + a.Role + "=" + words[a.Span]
		}
		all = append(all, said)
	}
	slices.Sort(all)
	return all
}

// TestRelationsOfSpaCysTutorial reads what spaCy 3.8 has written in the layout of its tutorial on relations: labels
// with how sure they are, by the tokens in which two entities begin, and zeros for all that are none.
func TestRelationsOfSpaCysTutorial(t *testing.T) {
	records, failed := datasettest.Read(DocBin, "testdata/rel.spacy")
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, []string{"PERSON Ada Lee", "First Ada", "PERSON Ben", "PLACE Rome"}, said(records[0]))
	assert.Equal(t, []string{"IN head=Ben tail=Rome", "MET head=Ada Lee tail=Ben", "MET head=Ben tail=Ada Lee"}, related(records[0]))
	require.Len(t, records[0].Remarks, 1)
	assert.Equal(t, "relations were left out since no span begins where they say: 1", records[0].Remarks[0].Sentence)
	assert.Empty(t, records[0].Document.Meta)
	assert.Equal(t, []string{"SELF head=Ghent tail=Ghent"}, related(records[1]))
}

// told is a record with a span with a gap, one inside another, an attribute, and relations of two and of three.
func told() *dataset.Record {
	d := annotate.NewDocument("a.txt", "😀 Mona said no to it")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done, Note: "why?"}}
	add := func(label string, fragments ...annotate.Fragment) annotate.ID {
		s := &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: fragments}
		r.Spans = append(r.Spans, s)
		return s.ID
	}
	mona := add("Source", annotate.Fragment{Start: 5, End: 9})
	said := add("Cue", annotate.Fragment{Start: 10, End: 14})
	claim := add("Claim", annotate.Fragment{Start: 15, End: 17}, annotate.Fragment{Start: 21, End: 23})
	add("Word", annotate.Fragment{Start: 15, End: 17})
	half, _ := annotate.Number("0.50")
	r.Spans[2].Attributes = map[string]annotate.Value{"sure": half}
	relation := func(label string, arguments ...annotate.Argument) {
		r.Relations = append(r.Relations, &annotate.Relation{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Arguments: arguments})
	}
	relation("by", annotate.Argument{Role: annotate.Tail, Span: mona}, annotate.Argument{Role: annotate.Head, Span: said})
	relation("with", annotate.Argument{Role: annotate.Member, Span: mona}, annotate.Argument{Role: annotate.Member, Span: said})
	relation("says", annotate.Argument{Role: "source", Span: mona}, annotate.Argument{Role: "cue", Span: said}, annotate.Argument{Role: "content", Span: claim})
	return r
}

func writtenBin(t testing.TB, records ...*dataset.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	losses, err := DocBin.WriteFile(t.Context(), &out, datasettest.Sequence(records...), dataset.Options{})
	require.NoError(t, err)
	require.Empty(t, losses)
	return out.Bytes()
}

// unpacked returns the user data of the first document of a file.
func unpacked(t *testing.T, file []byte) packedMap {
	t.Helper()
	b, err := openDocBin(bytes.NewReader(file))
	require.NoError(t, err)
	user, err := unpack(b.user[0].([]byte))
	require.NoError(t, err)
	return user.(packedMap)
}

func TestRelationsStandWhereSpaCyLooksForThem(t *testing.T) {
	user := unpacked(t, writtenBin(t, told()))
	// 😀 Mona said no to it: the tokens are 0 to 5.
	last := user[len(user)-1]
	assert.Equal(t, []any{"._.", "rel", nil, nil}, last.key)
	assert.Equal(t, packedMap{
		{[]any{int64(1), int64(2)}, packedMap{{"with", 1.0}}},
		{[]any{int64(2), int64(1)}, packedMap{{"by", 1.0}, {"with", 1.0}}},
	}, last.value)
	assert.JSONEq(t, `{"status":"done","note":"why?","spans":[
{"id":"T1","label":"Source","start":2,"end":6},
{"id":"T2","label":"Cue","start":7,"end":11},
{"id":"T3","label":"Claim","start":12,"end":20,"fragments":[[12,14],[18,20]],"attributes":{"sure":0.50}},
{"id":"T4","label":"Word","start":12,"end":14}],"relations":[
{"id":"R1","label":"by","args":[{"role":"tail","span":"T1"},{"role":"head","span":"T2"}]},
{"id":"R2","label":"with","args":[{"role":"member","span":"T1"},{"role":"member","span":"T2"}]},
{"id":"R3","label":"says","args":[{"role":"source","span":"T1"},{"role":"cue","span":"T2"},{"role":"content","span":"T3"}]}]}`, user.of("spanwright").(string))
}

// TestEntitiesThatWereChangedSince has entities taken out and relabelled with spaCy, which leaves user data alone.
func TestEntitiesThatWereChangedSince(t *testing.T) {
	r := told()
	o := aside.New(r, annotate.NewOffsets(r.Document.Text))
	raw, err := json.Marshal(o)
	require.NoError(t, err)
	line := `{"text":"😀 Mona said no to it","cats":{},"entities":[[2,6,"Person"],[7,11,"Cue"]],"spans":{"sc":[[12,20,"Claim"]]},"spanwright":` + string(raw) + `}`
	records, failed := datasettest.ReadString(t, Format, line)
	require.Empty(t, failed)
	assert.Equal(t, []string{"Person Mona", "Cue said", "Claim no it"}, said(records[0]))
	assert.Len(t, records[0].Spans[2].Fragments, 2)
	assert.NotEmpty(t, records[0].Spans[2].Attributes)
	assert.Empty(t, records[0].Relations, "all had the source")
	require.NotEmpty(t, records[0].Remarks)
	assert.Equal(t, "relations were left out whose arguments are no entities any more: 3", records[0].Remarks[0].Sentence)
}

func TestRefusingWhatIsNotOfOurShape(t *testing.T) {
	for _, test := range []struct{ own, sentence string }{
		{`7`, `"spanwright" is not of the shape that is written here`},
		{`{"spans":[{"start":-1.5}]}`, `"spanwright" is not of the shape that is written here`},
		{`{"status":"perhaps"}`, `the status is "perhaps", which is none of new, in_progress and done`},
		{`{"spans":[{"id":"T1","label":"P","start":0,"end":4},{"id":"T1","label":"Q","start":5,"end":9}]}`, `entity 2: the id "T1" stands twice; the document was left out`},
		{`{"spans":[{"id":"T1","label":"P","start":0,"end":4,"fragments":[[0,99],[1,4]]}]}`, `entity 1: offset 99 lies outside the text, which has 9 code points; the document was left out`},
		{`{"relations":[{"id":"R1","label":"x","args":[{"role":"a","relation":"R2"}]},{"id":"R2","label":"x","args":[{"role":"a","relation":"R1"}]}]}`, `relation R1: it leads in a circle of relations about relations; the document was left out`},
	} {
		_, failed := datasettest.ReadString(t, Format, `{"text":"Mona said","cats":{},"entities":[[0,4,"P"],[5,9,"Q"]],"spanwright":`+test.own+`}`)
		require.Len(t, failed, 1, test.own)
		assert.True(t, strings.HasSuffix(failed[0].Error(), ":1: "+test.sentence), failed[0].Error())
	}
}

func TestNothingIsLeftOfColumnsUnderWay(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	writtenBin(t, told(), told())
	_, err := DocBin.WriteFile(t.Context(), io.Discard, func(yield func(*dataset.Record, error) bool) {
		if yield(told(), nil) {
			yield(nil, errors.New("the disk is gone"))
		}
	}, dataset.Options{})
	require.EqualError(t, err, "the disk is gone")
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Empty(t, left)
	require.NoError(t, os.Remove(folder))
	_, err = DocBin.WriteFile(t.Context(), io.Discard, datasettest.Sequence(told()), dataset.Options{})
	assert.ErrorContains(t, err, "spanwright-", "there is no place for columns")
}

package webanno_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/webanno"
)

// TestRealFiles has counts made by hand in the suite, whose files have a few rows; those of
// coref.tsv and of the curation files are counted by awk: for each column of a layer, the
// cells that are not _, parted at each | without a backslash, each number in brackets once.
func TestRealFiles(t *testing.T) {
	suite := func(name string) string { return "inception-webanno-tsv3-suite/" + name + "/reference.tsv" }
	datasettest.RealFiles(t, webanno.Format, []datasettest.RealFile{
		{Name: suite("testComplexSlotFeatureWithoutValues"), Records: 1, Spans: 3, Relations: 1},
		{Name: suite("testElevatedType"), Records: 1, Spans: 1},
		{Name: suite("testMultiTokenChain"), Records: 1, Spans: 2, Relations: 1},
		{Name: suite("testMultiTokenSpanWithFeatureValue"), Records: 1, Spans: 1},
		{Name: suite("testSentenceWithEmoji"), Records: 1, Spans: 1},
		{Name: suite("testSimpleCrossSenenceSlotFeature"), Records: 1, Spans: 3, Relations: 1, Remarks: 1},
		{Name: suite("testSingleTokenRelationWithMultipleFeatureValues"), Records: 1, Spans: 2, Relations: 1},
		{Name: suite("testStackedChain"), Records: 1, Spans: 6, Relations: 4},
		{Name: suite("testStackedNonMultiTokenRelationWithMultipleFeatureValues"), Records: 1, Spans: 2, Relations: 2},
		{Name: suite("testSubMultiTokenSpanWithFeatureValue"), Records: 1, Spans: 9, Remarks: 1},
		{Name: suite("testSubTokenRelation"), Records: 1, Spans: 2, Relations: 1},
		{Name: suite("testTokenBoundedBioLookAlike"), Records: 1, Spans: 5},
		{Name: suite("testTokenBoundedSpanWithNastyFeatureValue"), Records: 1, Spans: 5},
		{Name: suite("testTokenBoundedStackedSpanWithFeatureValue"), Records: 1, Spans: 10},
		{Name: suite("testTwoSentencesWithNoSpaceInBetween"), Records: 1},
		{Name: suite("testZeroLengthSlotFeature1"), Records: 1, Spans: 2, Remarks: 2},
		{Name: suite("testZeroLengthSpanBetweenAdjacentTokens"), Records: 1, Remarks: 1},
		{Name: suite("testZeroWidthAnnotationBetweenTokenIsMovedToEndOfPreviousToken"), Records: 1, Remarks: 1},
		{Name: "inception-webanno-tsv3/tsv3/coref.tsv", Records: 1, Spans: 5718, Relations: 562, Remarks: 1},
		{Name: "inception-webanno-tsv3/tsv2/example2.tsv", Failures: 1},
		{Name: "inception-curation/mergecas/multivalspanrel/tale.tsv", Failures: 1},
		{Name: "inception-curation/testsuite/relStackedTest/user1.tsv", Records: 1, Spans: 4, Relations: 2},
		{Name: "inception-curation/testsuite/relationLabelTest/user2.tsv", Records: 1, Spans: 52, Relations: 26},
	})
}

// TestTheSuiteSaysTheSameInXMI compares the places of annotations with those of the CAS
// that lies beside each file.
func TestTheSuiteSaysTheSameInXMI(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(datasettest.Conformance(t), "inception-webanno-tsv3-suite/*/reference.tsv"))
	require.NoError(t, err)
	require.Len(t, files, 18)
	for _, file := range files {
		records, failed := datasettest.Read(webanno.Format, file)
		require.Empty(t, failed)
		text, want := places(t, strings.TrimSuffix(file, "tsv")+"xmi")
		var got []string
		offsets := annotate.NewOffsets(records[0].Document.Text)
		for _, s := range records[0].Spans {
			if s.Label != "Token" {
				at := s.Extent()
				got = append(got, fmt.Sprintf("%d-%d", offsets.To(annotate.UTF16, at.Start), offsets.To(annotate.UTF16, at.End)))
			}
		}
		slices.Sort(got)
		assert.Equal(t, want, got, file)
		assert.Equal(t, strings.Fields(text), strings.Fields(records[0].Document.Text), file)
	}
}

// places returns the text of a CAS and the place of each annotation that covers something
// and is no relation. Types have other names there.
func places(t *testing.T, path string) (text string, all []string) {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	dec := xml.NewDecoder(f)
	for {
		token, err := dec.Token()
		if err == io.EOF {
			slices.Sort(all)
			return text, all
		}
		require.NoError(t, err)
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		fields := map[string]string{}
		for _, a := range element.Attr {
			fields[a.Name.Local] = a.Value
		}
		if fields["sofaString"] != "" {
			text = fields["sofaString"]
		}
		name := element.Name.Local
		begin, err := strconv.Atoi(fields["begin"])
		if err != nil || fields["begin"] == fields["end"] || fields["Governor"] != "" ||
			slices.Contains([]string{"Token", "Sentence", "DocumentMetaData", "DocumentAnnotation", "TagsetDescription"}, name) {
			continue
		}
		all = append(all, fmt.Sprintf("%d-%s", begin, fields["end"]))
	}
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, webanno.Format) }

func FuzzRead(f *testing.F) { datasettest.Fuzz(f, webanno.Format, spans, slots, chain) }

const (
	spans = `#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Claim|kind|sure
#T_RL=webanno.custom.By|way|BT_webanno.custom.Claim


#Sentence.id=s1
#Text=😀 Mona said .
#Text=\tSo a\\b
1-1	0-2	😀	_	_	_	_	
1-2	3-7	Mona	a\|b[1]|*[2]	yes[1]|no[2]	_	_	
1-3	8-12	said	a\|b[1]	yes[1]	_	_	
1-4	13-14	.	_	_	_	_	
1-5	16-18	So	\*	\\n	near	1-2[2_0]	
1-6	19-22	a\\b	_	_	_	_	
`
	slots = `#FORMAT=WebAnno TSV 3.2
#T_SP=webanno.custom.Event|ROLE_webanno.custom.Event:args_webanno.custom.Link|uima.tcas.Annotation
#T_SP=webanno.custom.Who|


#Text=Mona said
1-1	0-4	Mona	_	_	*	
1-2	5-9	said	by;*	1-1;1-1	_	
`
	chain = `#FORMAT=WebAnno TSV 3.1
#T_CH=de.Coref|referenceType|referenceRelation


#Text=M\u00f6na
1-1	0-4	M\u00f6na	CM[1]	same->1-1	

#Text=she
2-1	7-10	she	_	*->1-2	
`
)

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, webanno.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

// said returns each span with its attributes, and each relation with what it relates.
func said(r *dataset.Record) []string {
	var all []string
	covered := map[annotate.ID]string{}
	for _, s := range r.Spans {
		covered[s.ID] = s.Covered(r.Document.Text)
		all = append(all, fmt.Sprint(s.Label, " ", covered[s.ID], " ", s.Attributes))
	}
	for _, x := range r.Relations {
		said := fmt.Sprint(x.Label, " ", x.Attributes)
		for _, a := range x.Arguments {
			said += " " + a.Role + "=" + covered[a.Span]
		}
		all = append(all, said)
	}
	return all
}

func TestReadingLayers(t *testing.T) {
	r := one(t, spans)
	assert.Equal(t, "😀 Mona said .\n\tSo a\\b", r.Document.Text)
	assert.Equal(t, "file.txt", r.Document.Name)
	assert.ElementsMatch(t, []string{
		"Claim Mona said map[kind:a|b sure:yes]",
		"Claim Mona map[sure:no]",
		`Claim So map[kind:* sure:\n]`,
		"By map[way:near] head=Mona tail=So",
	}, said(r))
	assert.Empty(t, r.Remarks)
	assert.ElementsMatch(t, []string{"Event said map[]", "Who Mona map[]", "Event map[] trigger=said by=Mona args=Mona"}, said(one(t, slots)))
	r = one(t, chain)
	assert.Equal(t, "Möna\n\n\nshe", r.Document.Text)
	assert.ElementsMatch(t, []string{"Coref Möna map[referenceType:CM]", "Coref she map[]", "Coref map[referenceRelation:same] head=Möna tail=she"}, said(r))
	require.Len(t, r.Remarks, 1)
	assert.Equal(t, "the file does not say what stands between its sentences; line breaks were put there", r.Remarks[0].Sentence)
}

func TestWhoseAnnotationsAFileHas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asha.tsv")
	require.NoError(t, os.WriteFile(path, []byte(slots), 0o600))
	for r, err := range webanno.Format.Read(t.Context(), dataset.Input{Path: path, Name: "news/001.txt/asha.tsv", Annotator: "ben"}) {
		require.NoError(t, err)
		assert.Equal(t, "news/001.txt", r.Document.Name)
		assert.Equal(t, "asha", r.Annotator)
	}
}

func TestOffsetsOfOtherPrograms(t *testing.T) {
	r := one(t, "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.P|\n\n\n#Text=😀 Mona\n1-1\t0-1\t😀\t_\t\n1-2\t2-6\tMona\t*\t\n")
	assert.Equal(t, []string{"P Mona map[]"}, said(r))
	assert.Equal(t, "the offsets count code points; they were converted", r.Remarks[0].Sentence)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	const head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.P|v\n#T_RL=x.R|BT_x.P\n\n\n#Text=😀 Mona said\n1-1\t0-2\t😀\tA\t_\t\n"
	for _, test := range []struct{ name, content, sentence string }{
		{"another version", "#FORMAT=WebAnno TSV 2\n", "1: it must begin with #FORMAT=WebAnno TSV 3; the document was left out"},
		{"truncated", head + "1-2\t3-7\tMo", "8: the row has 3 columns, and its layers need 5; the document was left out"},
		{"words that stand elsewhere", head + "1-2\t3-7\tLisa\t_\t_\t\n", `8: offsets 3 to 7 cover "Mona", but the token is "Lisa"; the document was left out`},
		{"beyond the text", head + "1-2\t3-70\tMona\t_\t_\t\n", "8: offsets 3 to 70 lie outside of their sentence, or inside a character; the document was left out"},
		{"inside a surrogate pair", head + "1-2\t1-7\tMona\t_\t_\t\n", "8: offsets 1 to 7 lie outside of their sentence, or inside a character; the document was left out"},
		{"negative", head + "1-2\t-3-7\tMona\t_\t_\t\n", "8: an offset is missing; the document was left out"},
		{"a huge number", head + "1-2\t3-99999999999999999999\tMona\t_\t_\t\n", "8: an offset is far too large: 99999999999999999999; the document was left out"},
		{"the end before the start", head + "1-2\t7-3\tMona\t_\t_\t\n", "8: the range 7 to 3 ends before it begins; the document was left out"},
		{"an id twice", head + "1-1\t3-7\tMona\t_\t_\t\n", `8: the id "1-1" stands twice; the document was left out`},
		{"a relation to nothing", head + "1-2\t3-7\tMona\tB\t1-9\t\n", `8: it points at "1-9", and there is no such row; the document was left out`},
		{"a relation to no annotation", head + "1-2\t3-7\tMona\t_\t1-1\t\n", "8: it points at 1-2, and there is no P there; the document was left out"},
		{"a relation to another number", head + "1-2\t3-7\tMona\tB\t1-1[4_0]\t\n", "8: it points at 1-1[4], and there is no P there; the document was left out"},
		{"no text", "#FORMAT=WebAnno TSV 3.3\n\n1-1\t0-4\tMona\n", "3: the row stands below no #Text=; the document was left out"},
		{"relations of nothing", "#FORMAT=WebAnno TSV 3.3\n#T_RL=x.R|v\n", "2: the layer of relations R does not say which layer it relates; the document was left out"},
		{"a sentence far away", head + "\n#Text=so\n2-1\t999999999-1000000001\tso\t_\t_\t\n", "9: the sentence begins at offset 999999999, too far behind the one before; the document was left out"},
		{"not UTF-8", "#FORMAT=WebAnno TSV 3.3\n\xe9", " byte 24 (0xe9) is not UTF-8; save the file as UTF-8 first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, webanno.Format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.tsv:"+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

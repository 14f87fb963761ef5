package pubtator_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/pubtator"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, pubtator.Format, []datasettest.RealFile{
		{Name: "bconv/pubtator/BC5CDR-example.txt", Records: 1, Spans: 6},
		{Name: "bconv/pubtator/elliptic-coordination.txt", Records: 1, Spans: 11},
		{Name: "bionlplab-bioc/pubtator/tmVar.first60.txt", Records: 60, Spans: 270},
		{Name: "ncbi-disease/NCBIdevelopset_corpus.txt", Records: 100, Spans: 787},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, pubtator.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, pubtator.Format,
		"1|t|Aspirin\n1|a|It hurts.\n1\t0\t7\tAspirin\tChemical\tD1\n1\t11\t16\thurts\tDisease\tD2|D3\tRSID:5\n1\tCID\tD1\tD3\n\n2|t|x\n",
		"\n\n7|t|😀 Mona\r\n7\t3\t7\tMona\tP\r\n7\tknows\t-\t-\r\n",
		"a|a|x|y\na\tsays\t#1\t#2\tNovel\na\t0\t1\tx\tP\t#1\na\t2\t3\ty\t\\\\P\t#2\n")
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, pubtator.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

const abstract = "12|t|Lidocaine and asystole\n12|a|Lidocaine |t| again.\n" +
	"12\t0\t9\tLidocaine\tChemical\tD008012\n12\t14\t22\tasystole\tDisease\tD006323|D001919\n12\t23\t32\tLidocaine\tChemical\tD008012\tRSID:7\tx\n"

func TestReadingAnAbstract(t *testing.T) {
	r := one(t, "\n"+abstract+"12\tCID\tD008012\tD006323\tNovel\n")
	assert.Equal(t, "12", r.Document.Name)
	assert.Equal(t, "Lidocaine and asystole\nLidocaine |t| again.", r.Document.Text)
	require.Len(t, r.Spans, 3)
	assert.Equal(t, map[string]annotate.Value{"identifier": annotate.Text("D008012"), "RSID": annotate.Text("7"), "column 8": annotate.Text("x")}, r.Spans[2].Attributes)
	require.Len(t, r.Relations, 1)
	x := r.Relations[0]
	assert.Equal(t, "CID", x.Label)
	assert.Equal(t, r.Spans[0].ID, x.Role(annotate.Head)[0].Span)
	assert.Equal(t, r.Spans[1].ID, x.Role(annotate.Tail)[0].Span, "one concept of several")
	assert.Equal(t, map[string]annotate.Value{"column 5": annotate.Text("Novel")}, x.Attributes)
	require.Len(t, r.Remarks, 1)
	assert.Equal(t, "relations lead from concept to concept; those of concepts that are mentioned more than once were drawn between their first mentions: 1", r.Remarks[0].Sentence)
}

func TestRelationsOfConceptsThatAreNotMentioned(t *testing.T) {
	r := one(t, abstract+"12\tCID\tD008012\tD9\n12\tpositive\tDisease|D006323|D001919\tChemical|D008012\n")
	require.Len(t, r.Relations, 1, "the second names its ends as PubTator 3 does")
	assert.Equal(t, "relations of concepts that are not mentioned were left out: 1", r.Remarks[1].Sentence)
}

func TestSeveralDocumentsWithAndWithoutBlankLines(t *testing.T) {
	records, failed := datasettest.ReadString(t, pubtator.Format, "1|t|One\n1\t0\t3\tOne\tN\n2|t|Two\n2|a|\n\n\n3|t|Three\n3|t|Four\n")
	require.Empty(t, failed)
	var texts []string
	for _, r := range records {
		texts = append(texts, r.Document.Text)
	}
	assert.Equal(t, []string{"One", "Two\n", "Three", "Four"}, texts)
}

func TestOffsetsInUTF16AreConverted(t *testing.T) {
	r := one(t, "1|t|😀 Mona\n1\t3\t7\tMona\tP\t-\n")
	assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text))
	assert.Empty(t, r.Spans[0].Attributes)
	assert.Equal(t, "the offsets count UTF-16 units; they were converted", r.Remarks[0].Sentence)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, lines, sentence string }{
		{"other words", "1|t|Mona\n1\t0\t4\tLisa\tP\t-\n", `:2: mention 1: offsets 0 to 4 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"beyond the text", "1|t|Mona\n1\t0\t9\tMona\tP\t-\n", ":2: mention 1: offset 9 lies outside the text, which has 4 code points; the document was left out"},
		{"negative", "1|t|Mona\n1\t-1\t4\tMona\tP\t-\n", ":2: the offset is negative: -1; the document was left out"},
		{"huge", "1|t|Mona\n1\t0\t99999999999999999999\tMona\tP\t-\n", ":2: the offset is far too large: 99999999999999999999; the document was left out"},
		{"the end before the start", "1|t|Mona\n1\t3\t1\tMona\tP\t-\n", ":2: mention 1: the range 3 to 1 ends before it begins; the document was left out"},
		{"nothing", "1|t|Mona\n1\t1\t1\t\tP\t-\n", ":2: mention 1: it covers nothing at offset 1, and a span must cover something; the document was left out"},
		{"no label", "1|t|Mona\n1\t0\t4\tMona\t\t-\n", ":2: mention 1: it has no label; the document was left out"},
		{"of another document", "1|t|Mona\n2\t0\t4\tMona\tP\t-\n", `:2: the line is about document "2", and stands in document "1"; the document was left out`},
		{"broken off", "1|t|Mona\n1\t0\t4\n", ":2: the line has 3 columns; a mention has at least 5 and a relation 4; the document was left out"},
		{"without a text", "1\t0\t4\tMona\tP\t-\n", ":1: no title and no abstract stands before it"},
		{"not UTF-8", "1|t|caf\xe9\n", ":1: byte 7 (0xe9) is not UTF-8; save the file as UTF-8 first; the document was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, pubtator.Format, test.lines+"\n3|t|fine\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next document is read all the same")
		})
	}
}

// TestWritingWhatOthersRead holds to what the readers of bioc and bconv ask for: six columns
// for a mention, four for a relation.
func TestWritingWhatOthersRead(t *testing.T) {
	d := annotate.NewDocument("a|b.txt", "😀 Mona\nsaid\tno\nmore")
	span := func(id, label string, start, end int, concept string) *annotate.Span {
		s := &annotate.Span{ID: annotate.ID(id), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
		if concept != "" {
			s.Attributes = map[string]annotate.Value{"identifier": annotate.Text(concept), "sure": annotate.Bool(true)}
		}
		return s
	}
	r := &dataset.Record{
		Document: d, Annotator: "asha",
		Spans: []*annotate.Span{span("1", "P", 5, 9, "Q1"), span("2", "C", 10, 17, ""), span("3", "P", 18, 22, "Q1"), span("4", "X", 15, 17, "")},
		Relations: []*annotate.Relation{
			{ID: "5", Document: d.ID, Annotator: "asha", Label: "says", Arguments: []annotate.Argument{{Role: annotate.Head, Span: "1"}, {Role: annotate.Tail, Span: "2"}}},
			{ID: "6", Document: d.ID, Annotator: "asha", Label: "says", Arguments: []annotate.Argument{{Role: annotate.Head, Span: "3"}, {Role: annotate.Tail, Span: "2"}}},
		},
	}
	var losses dataset.Losses
	r = dataset.Fit(r, pubtator.Format.Holds, dataset.Options{}, &losses)
	assert.Equal(t, dataset.Losses{
		{What: "name of an annotator", Count: 1},
		{What: "line break in a text after the first, written as a blank", Count: 1},
		{What: "true or false as the value of an attribute", Count: 2},
	}, losses)
	var out bytes.Buffer
	losses, err := pubtator.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Equal(t, `a_b.txt|t|😀 Mona
a_b.txt|a|said	no more
a_b.txt	2	6	Mona	P	Q1
a_b.txt	7	14	said no	C	#2
a_b.txt	15	19	more	P	Q1
a_b.txt	12	14	no	X	-
a_b.txt	says	Q1	#2
a_b.txt	says	Q1	#2

`, out.String())
	assert.Equal(t, dataset.Losses{
		{What: `name of a document "a|b.txt", written a_b.txt`, Count: 1},
		{What: "mention at the end of a relation that is not the first one of its concept, written as the concept", Count: 1},
	}, losses)
	assert.Equal(t, losses, pubtator.Format.Bends(dataset.Options{})(r), "the forecast says the same")
}

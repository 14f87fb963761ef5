package conll_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/conll"
)

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, conll.Format) }

func TestTagsOfEverySchemeComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.conll")
	rapid.Check(t, func(rt *rapid.T) {
		options := dataset.Options{Tags: rapid.SampledFrom([]dataset.Tags{dataset.IOB1, dataset.IOB2, dataset.BIOES, dataset.BILOU}).Draw(rt, "tags")}
		var losses dataset.Losses
		var fitted []*dataset.Record
		for _, r := range datasettest.Documents(rt) {
			fitted = append(fitted, dataset.Fit(r, conll.Format.Holds, options, &losses))
		}
		var out bytes.Buffer
		_, err := conll.Format.WriteFile(rt.Context(), &out, datasettest.Sequence(fitted...), options)
		require.NoError(rt, err)
		require.NoError(rt, os.WriteFile(path, out.Bytes(), 0o600))
		again, failed := datasettest.Read(conll.Format, path)
		require.Empty(rt, failed)
		require.Equal(rt, datasettest.Statements(conll.Format, fitted), datasettest.Statements(conll.Format, again))
	})
}

// TestTagsAreWritten has the labels of TestEverySchemeOfTagsSaysTheSame.
func TestTagsAreWritten(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona Lind met Pavo Ada Rho in Ilvane")
	r := &dataset.Record{Document: d, Annotator: "asha"}
	for _, words := range []string{"Mona Lind", "Pavo", "Ada Rho", "Ilvane"} {
		label, start := "P", strings.Index(d.Text, words)
		if words == "Ilvane" {
			label = "L"
		}
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: start, End: start + len(words)}}})
	}
	for scheme, want := range map[dataset.Tags]string{
		dataset.IOB1:  "I-P I-P O I-P B-P I-P O I-L",
		dataset.IOB2:  "B-P I-P O B-P B-P I-P O B-L",
		dataset.BIOES: "B-P E-P O S-P B-P E-P O S-L",
		dataset.BILOU: "B-P L-P O U-P B-P L-P O U-L",
	} {
		var out strings.Builder
		_, err := conll.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{Tags: scheme})
		require.NoError(t, err)
		var tags []string
		for line := range strings.Lines(out.String()) {
			if columns := strings.Fields(line); len(columns) == 3 && columns[0] != "-DOCSTART-" {
				tags = append(tags, columns[2])
			}
		}
		assert.Equal(t, want, strings.Join(tags, " "))
	}
}

// TestWhatIsWrittenComesBackFromCoNLLU draws as RoundTrip does, without the texts that
// have no words.
func TestWhatIsWrittenComesBackFromCoNLLU(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		var losses dataset.Losses
		var fitted []*dataset.Record
		for _, r := range datasettest.Documents(rt) {
			if strings.TrimSpace(r.Document.Text) == "" {
				continue
			}
			fitted = append(fitted, dataset.Fit(r, conll.Universal.Holds, dataset.Options{}, &losses))
		}
		again := datasettest.Rewrite(rt, conll.Universal, filepath.Join(folder, "file.conllu"), fitted)
		require.Equal(rt, datasettest.Statements(conll.Universal, fitted), datasettest.Statements(conll.Universal, again))
	})
}

func FuzzColumns(f *testing.F) {
	datasettest.Fuzz(f, conll.Format,
		"-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ I-VP O\n\n-DOCSTART- -X- O O\n\nA DT I-NP B-ORG\n",
		"-DOCSTART-\tname=a.txt|annotator=asha|SpacesBefore=\\s\tO\n\nMona\tSpaceAfter=No\tB-P\n.\tSpacesAfter=\\n\\n\tO\n\n",
		"Rockwell NP-B\nCorp. NP-I\n", "a\tS-X\r\nb\tE-X\r\n\r\n#x\tO\n", "# doc_id = 7\na\t0\t1\tU-D\n")
}

func FuzzUniversal(f *testing.F) {
	datasettest.Fuzz(f, conll.Universal,
		"# newdoc id = a\n# text = He can't.\n1\tHe\t_\t_\t_\t_\t_\t_\t_\tEntity=(P)\n2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tcan\t_\t_\t_\t_\t_\t_\t_\tNER=B-X\n3\tnot\t_\t_\t_\t_\t_\t_\t_\t_\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n\n\n",
		"# global.Entity = eid-etype-head\n1\ta\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-person-1(e2-org-1)\n2\tb\t_\t_\t_\t_\t_\t_\t_\tEntity=e1)|SpacesBefore=\\s\n")
}

// labelled returns the labels and words of the spans of one record.
func labelled(t *testing.T, f *dataset.Format, content string) (r *dataset.Record, said []string) {
	t.Helper()
	records, failed := datasettest.ReadString(t, f, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	for _, s := range records[0].Spans {
		said = append(said, s.Label+" "+s.Covered(records[0].Document.Text))
	}
	return records[0], said
}

func TestEverySchemeOfTagsSaysTheSame(t *testing.T) {
	tokens := strings.Fields("Mona Lind met Pavo Ada Rho in Ilvane")
	for name, test := range map[string]struct {
		tags, scheme string
	}{
		"IOB1":  {"I-P I-P O I-P B-P I-P O I-L", "IOB1"},
		"IOB2":  {"B-P I-P O B-P B-P I-P O B-L", "IOB2"},
		"BIOES": {"B-P E-P O S-P B-P E-P O S-L", "BIOES"},
		"BILOU": {"B-P L-P O U-P B-P L-P O U-L", "BILOU"},
		"labels first, as in CoNLL's shared task data of some tools": {"P-B P-I O P-B P-B P-I O L-B", "IOB2"},
	} {
		var columns, more strings.Builder
		for i, tag := range strings.Fields(test.tags) {
			columns.WriteString(tokens[i] + " NN " + tag + "\n")
			more.WriteString(tokens[i] + "\t" + tag + "\r\n")
		}
		for _, content := range []string{columns.String(), more.String(), "-DOCSTART- -X- O\n\n" + columns.String() + "\n"} {
			r, said := labelled(t, conll.Format, content)
			assert.Equal(t, []string{"P Mona Lind", "P Pavo", "P Ada Rho", "L Ilvane"}, said, name)
			require.Len(t, r.Remarks, 2, name)
			assert.Equal(t, "the tags are "+test.scheme, r.Remarks[1].Sentence, name)
			assert.True(t, conll.Format.Sniff(dataset.Head{Name: "a.txt", Text: []byte(content)}), name)
		}
	}
}

func TestWhatGoesOnWhereNothingHasBegunBeginsThere(t *testing.T) {
	r, said := labelled(t, conll.Format, "a B-X\nb I-Y\nc O\nd I-X\ne I-X\n")
	assert.Equal(t, []string{"X a", "Y b", "X d e"}, said, "as the evaluation of the shared tasks counts them")
	assert.Equal(t, "a label goes on 2 times where nothing of the label has begun; it was taken to begin there", r.Remarks[2].Sentence)
}

func TestATextIsPutTogetherFromTokensAndSentences(t *testing.T) {
	records, failed := datasettest.ReadString(t, conll.Format, "-DOCSTART- -X- O\n\nMona O\n. O\n\n\nShe O\n\n-DOCSTART- -X- O\n\n#1 O\n")
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, "Mona .\nShe", records[0].Document.Text)
	assert.Equal(t, "file-1.txt", records[0].Document.Name)
	assert.Equal(t, "#1", records[1].Document.Text)
	assert.Len(t, records[0].Remarks, 1)
	assert.Empty(t, records[1].Remarks, "it is said once")
}

func TestWritingColumns(t *testing.T) {
	d := annotate.NewDocument("a b.txt", " “Stay,” she said.\n\nHe left. ")
	at := func(label, words string) *annotate.Span {
		start := strings.Index(d.Text, words)
		return &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: start, End: start + len(words)}}}
	}
	r := &dataset.Record{Document: d, Annotator: "asha", Spans: []*annotate.Span{at("Claim", "Stay"), at("half", "le"), at("a b", "said.\n\nHe")}}
	r.Sort()
	var columns, universal strings.Builder
	losses, err := conll.Format.WriteFile(t.Context(), &columns, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, "-DOCSTART-\tname=a\\sb.txt|annotator=asha|SpacesBefore=\\s\tO\n\n"+
		"“\tSpaceAfter=No\tO\nStay\tSpaceAfter=No\tB-Claim\n,\tSpaceAfter=No\tO\n”\t_\tO\nshe\t_\tO\nsaid\tSpaceAfter=No\tB-a\\sb\n.\tSpacesAfter=\\n\\n\tI-a\\sb\n"+
		"He\t_\tI-a\\sb\nle\tSpaceAfter=No\tB-half\nft\tSpaceAfter=No\tO\n.\tSpacesAfter=\\s\tO\n\n", columns.String())
	_, err = conll.Universal.WriteFile(t.Context(), &universal, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(universal.String(), "# newdoc id = a b.txt\n# annotator = asha\n# sent_id = 1\n# text = “Stay,” she said.  He left.\n"+
		"1\t“\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|SpacesBefore=\\s\n2\tStay\t_\t_\t_\t_\t_\t_\t_\tEntity=(Claim)|SpaceAfter=No\n"), universal.String())
	assert.Contains(t, universal.String(), "7\t.\t_\t_\t_\t_\t_\t_\t_\tSpacesAfter=\\n\\n\n8\tHe\t_\t_\t_\t_\t_\t_\t_\tEntity=a\\sb)\n9\tle\t_\t_\t_\t_\t_\t_\t_\tEntity=(half)|SpaceAfter=No\n")
}

func TestEntitiesOfCoNLLU(t *testing.T) {
	row := func(id, form, misc string) string {
		return id + "\t" + form + strings.Repeat("\t_", 7) + "\t" + misc + "\n"
	}
	for name, test := range map[string]struct {
		content, text string
		said          []string
	}{
		"brackets": {
			"# text = Mona of Ilvane's left.\n" + row("1", "Mona", "Entity=(P(Q)") + row("2", "of", "_") + row("3", "Ilvane's", "Entity=(L)P)") + row("4", "left", "SpaceAfter=No") + row("5", ".", "_"),
			"Mona of Ilvane's left.",
			[]string{"P Mona of Ilvane's", "Q Mona", "L Ilvane's"},
		},
		"brackets of CorefUD": {
			"# global.Entity = eid-etype-head\n# text = Mona Lind left\n" + row("1", "Mona", "Entity=(e1-person-1") + row("2", "Lind", "Entity=e1)") + row("3", "left", "Entity=(e2-event-1)"),
			"Mona Lind left",
			[]string{"person Mona Lind", "event left"},
		},
		"tags":                         {row("1", "Mona", "NER=B-P") + row("2", "Lind", "NER=I-P|SpaceAfter=No") + row("3", ".", "NER=O"), "Mona Lind.", []string{"P Mona Lind"}},
		"a word of several":            {"# text = I can't\n" + row("1", "I", "_") + row("2-3", "can't", "_") + row("2", "ca", "_") + row("3", "n't", "Entity=(neg)"), "I can't", []string{"neg can't"}},
		"an empty node":                {"# text = Bill tea\n" + row("1", "Bill", "_") + row("1.1", "likes", "_") + row("2", "tea", "Entity=(d)"), "Bill tea", []string{"d tea"}},
		"blanks that the text has":     {"# text = a  b\n" + row("1", "a", "_") + row("2", "b", "_"), "a  b", nil},
		"sentences and paragraphs":     {row("1", "a", "_") + "\n" + row("1", "b", "SpaceAfter=No") + "\n" + row("1", "c", "_") + "\n# newpar\n" + row("1", "d", "_"), "a bc\nd", nil},
		"a form with a blank inside":   {"# text = 100 000 t\n" + row("1", "100 000", "_") + row("2", "t", "_"), "100 000 t", nil},
		"blanks by the way of UDPipe":  {row("1", "a", `SpacesBefore=\s|SpacesAfter=\t\p`) + row("2", "b", `SpacesAfter=\n`), " a\t|b\n", nil},
		"an entity that does not end":  {row("1", "a", "Entity=(P"), "a", nil},
		"an entity that has not begun": {row("1", "a", "Entity=P)"), "a", nil},
	} {
		r, said := labelled(t, conll.Universal, test.content)
		assert.Equal(t, test.text, r.Document.Text, name)
		assert.Equal(t, test.said, said, name)
	}
}

func TestRefusingColumns(t *testing.T) {
	for _, test := range []struct{ name, line, sentence string }{
		{"a token alone", "Mona", `a line has a token and, in its last column, a tag; this one has "Mona" alone; the document was left out`},
		{"no tag", "Mona NNP", `the last column must be O or a tag such as B-Claim, and is "NNP"; the document was left out`},
		{"no token", "\tO", "the line has a tag without a token; the document was left out"},
		{"not UTF-8", "caf\xe9 O", "the line is not UTF-8; the document was left out"},
		{"another scheme", "Mona B-P\nLind P-I", `the tag "P-I" has its label on another side than the tags of other lines; the document was left out`},
	} {
		records, failed := datasettest.ReadString(t, conll.Format, test.line+"\n-DOCSTART- -X- O\n\nfine B-X\n")
		require.Len(t, failed, 1, test.name)
		assert.True(t, strings.HasSuffix(failed[0].Error(), ": "+test.sentence), failed[0].Error())
		assert.Len(t, records, 1, "%s: the rest is read", test.name)
	}
}

func TestRefusingCoNLLU(t *testing.T) {
	row := func(id, form string) string { return id + "\t" + form + strings.Repeat("\t_", 8) + "\n" }
	for _, test := range []struct{ name, content, sentence string }{
		{"columns", "1\tMona\t_\n", "1: a line has 10 columns with tabs between them, and this one 3"},
		{"no number", row("x", "Mona"), `1: a line begins with the number of a word, and this one with "x"`},
		{"a number twice", row("1", "a") + row("1", "b"), "2: the word has the number 1, and the next one is 2"},
		{"ranges that overlap", row("1-2", "ab") + row("1", "a") + row("2-3", "bc"), "3: the words 2-3 are not the next ones"},
		{"no form", row("1", ""), "1: the word has no form"},
		{"another text", "# text = Nina left\n" + row("1", "Mona"), `2: the word is "Mona", and the text of the sentence goes on with "Nina left"`},
		{"more text", "# text = Mona left\n" + row("1", "Mona"), `2: the text of the sentence goes on with "left" behind its last word`},
		{"not UTF-8", row("1", "caf\xe9"), "1: the line is not UTF-8"},
	} {
		records, failed := datasettest.ReadString(t, conll.Universal, test.content+"\n# newdoc\n"+row("1", "fine"))
		require.Len(t, failed, 1, test.name)
		assert.True(t, strings.HasSuffix(failed[0].Error(), ":"+test.sentence+"; the document was left out"), failed[0].Error())
		assert.Len(t, records, 1, "the rest is read")
	}
}

func TestWhatIsNotOfTheseFormats(t *testing.T) {
	for name, content := range map[string]string{
		"prose":      "Mona said no.\nShe left.\n",
		"CoNLL-2012": "#begin document (a); part 000\na 0 0 John NNP (TOP(S(NP*) john - - - (PERSON) (A0) (11)\n",
		"a table":    "name\tage\nMona\t7\n",
		"nothing":    "",
	} {
		head := dataset.Head{Name: "a.txt", Text: []byte(content)}
		assert.False(t, conll.Format.Sniff(head), name)
		assert.False(t, conll.Universal.Sniff(head), name)
	}
}

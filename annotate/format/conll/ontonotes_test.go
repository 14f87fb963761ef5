package conll_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/conll"
)

// onto returns a document of words with their entity and coreference.
func onto(words ...[3]string) string {
	var b strings.Builder
	b.WriteString("#begin document (bc/a); part 001\n")
	for _, w := range words {
		if w[0] == "" {
			b.WriteString("\n")
			continue
		}
		b.WriteString("bc/a 1 0 " + w[0] + " NN * - - - - " + w[1] + " * " + w[2] + "\n")
	}
	return b.String() + "#end document\n"
}

func TestReadingEntitiesAndCoreference(t *testing.T) {
	records, failed := datasettest.ReadString(t, conll.OntoNotes, onto(
		[3]string{"New", "(GPE*", "(7|(3"}, [3]string{"York", "*)", "3)"}, [3]string{"'s", "*", "-"}, [3]string{"mayor", "*", "7)"}, [3]string{"left", "*", "-"}, [3]string{},
		[3]string{"She", "*", "(7)"}, [3]string{"likes", "*", "-"}, [3]string{"Rome", "(GPE)", "(9)"}))
	require.Empty(t, failed)
	require.Len(t, records, 1)
	r := records[0]
	datasettest.Valid(t, r)
	assert.Equal(t, "bc/a-1", r.Document.Name)
	assert.Equal(t, "New York 's mayor left\nShe likes Rome", r.Document.Text)
	var said []string
	words := map[string]string{}
	for _, s := range r.Spans {
		said = append(said, s.Label+" "+s.Covered(r.Document.Text))
		words[string(s.ID)] = s.Covered(r.Document.Text)
	}
	assert.ElementsMatch(t, []string{
		"GPE New York", "coreference New York", "coreference New York 's mayor", "coreference She", "coreference Rome", "GPE Rome",
	}, said)
	require.Len(t, r.Relations, 1)
	assert.Equal(t, "coreference", r.Relations[0].Label)
	var mentions []string
	for _, a := range r.Relations[0].Arguments {
		assert.Equal(t, "mention", a.Role)
		mentions = append(mentions, words[string(a.Span)])
	}
	assert.Equal(t, []string{"New York 's mayor", "She"}, mentions)
}

func TestRefusingOntoNotes(t *testing.T) {
	for _, test := range []struct{ name, content, sentence string }{
		{"an end without a beginning", onto([3]string{"a", "*)", "-"}), "file:2: an entity ends that did not begin; the document was left out"},
		{"a mention without an end", onto([3]string{"a", "*", "(1"}), "file:2: an entity or a mention has no end; the document was left out"},
		{"no chain", onto([3]string{"a", "*", "x"}), `file:2: the column of coreference holds "x"; the document was left out`},
		{"few columns", "#begin document (a)\nbc/a 0 0 John\n", "file:2: a word has at least 12 columns, and this one 4; the document was left out"},
		{"outside", "#begin document (a)\n#end document\nbc/a\n", "file:3: the line stands outside of a document; it was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, failed := datasettest.ReadString(t, conll.OntoNotes, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
		})
	}
}

// The numbers were counted with grep: opening brackets of either column, and chains that
// have several.
func TestRealOntoNotes(t *testing.T) {
	datasettest.RealFiles(t, conll.OntoNotes, []datasettest.RealFile{
		{Name: "dkpro-io-conll/2012/en-orig.conll", Records: 1, Spans: 20, Relations: 2, Remarks: 1},
	})
}

func FuzzReadOntoNotes(f *testing.F) {
	datasettest.Fuzz(f, conll.OntoNotes, onto([3]string{"a", "(X)", "(1)|(2"}, [3]string{"b", "*", "2)"}), "#begin document (a)\n")
}

package webanno_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/webanno"
)

// TestFilesAreAsINCEpTIONWritesThem reads files of the suite and writes them again. Those with
// relations and slots have other names of layers and features here, others a token that is cut
// otherwise, or annotations that cover nothing.
func TestFilesAreAsINCEpTIONWritesThem(t *testing.T) {
	for _, name := range []string{
		"testMultiTokenChain", "testMultiTokenSpanWithFeatureValue", "testStackedChain",
		"testTokenBoundedBioLookAlike", "testTokenBoundedSpanWithNastyFeatureValue", "testTokenBoundedStackedSpanWithFeatureValue",
	} {
		path := filepath.Join(datasettest.Conformance(t), "inception-webanno-tsv3-suite", name, "reference.tsv")
		records, failed := datasettest.Read(webanno.Format, path)
		require.Empty(t, failed)
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), written(t, records...)["reference.tsv"], name)
	}
}

// written returns the files that records are written to.
func written(t *testing.T, records ...*dataset.Record) map[string]string {
	t.Helper()
	return writtenWith(t, dataset.Options{}, records...)
}

func writtenWith(t *testing.T, options dataset.Options, records ...*dataset.Record) map[string]string {
	t.Helper()
	folder := t.TempDir()
	_, err := webanno.Format.WriteFolder(t.Context(), folder, datasettest.Sequence(records...), options)
	require.NoError(t, err)
	found := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			raw, failed := os.ReadFile(path)
			require.NoError(t, failed)
			name, failed := filepath.Rel(folder, path)
			require.NoError(t, failed)
			found[filepath.ToSlash(name)] = string(raw)
		}
		return err
	}))
	return found
}

func TestWritingLayersRelationsAndSlots(t *testing.T) {
	d := annotate.NewDocument("a.txt", "😀 Mona said so.\nBen, too.")
	span := func(id, label string, start, end int, attributes map[string]annotate.Value) *annotate.Span {
		return &annotate.Span{ID: annotate.ID(id), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}, Attributes: attributes}
	}
	relation := func(id, label string, arguments ...annotate.Argument) *annotate.Relation {
		return &annotate.Relation{ID: annotate.ID(id), Document: d.ID, Annotator: "asha", Label: label, Arguments: arguments}
	}
	r := &dataset.Record{
		Document: d, Annotator: "asha",
		Spans: []*annotate.Span{
			span("source", "Source", 5, 9, map[string]annotate.Value{"kind": annotate.Text("a|b_[1]->*;\\")}),
			span("cue", "Cue", 10, 14, nil),
			span("claim", "Claim", 12, 27, nil),
			span("event", "Event", 10, 14, nil),
		},
		Relations: []*annotate.Relation{
			relation("r1", "by", annotate.Argument{Role: "head", Span: "claim"}, annotate.Argument{Role: "tail", Span: "source"}),
			relation("r2", "Event", annotate.Argument{Role: "trigger", Span: "event"}, annotate.Argument{Role: "who", Span: "source"}),
			relation("r3", "says", annotate.Argument{Role: "source", Span: "source"}, annotate.Argument{Role: "cue", Span: "cue"}, annotate.Argument{Role: "content", Span: "claim"}),
		},
	}
	const arguments = ":arguments_webanno.custom.link.Argument|uima.tcas.Annotation\n"
	// The numbers follow the order of the layers, then that of the rows.
	assert.Equal(t, map[string]string{"a.tsv": "#FORMAT=WebAnno TSV 3.3\n" +
		"#T_SP=webanno.custom.Claim|\n" +
		"#T_SP=webanno.custom.Cue|\n" +
		"#T_SP=webanno.custom.Event|ROLE_webanno.custom.Event" + arguments +
		"#T_SP=webanno.custom.Source|kind\n" +
		"#T_SP=webanno.custom.slots.says|ROLE_webanno.custom.slots.says" + arguments +
		"#T_RL=webanno.custom.relation.by|BT_uima.tcas.Annotation\n" +
		"\n\n" +
		"#Text=😀 Mona said so.\n" +
		"1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"1-2\t3-7\tMona\t_\t_\t_\t_\ta\\|b\\_\\[1\\]\\->\\*\\;\\\\[3]\tsource;cue;content\t1-2[3];1-3[2];1-3.1[1]\t1-3.1[1_3]\t\n" +
		"1-3\t8-12\tsaid\t_\t*[2]\twho\t1-2[3]\t_\t_\t_\t_\t\n" +
		"1-3.1\t10-12\tid\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"1-4\t13-15\tso\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"1-5\t15-16\t.\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"\n" +
		"#Text=Ben, too.\n" +
		"2-1\t17-20\tBen\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"2-2\t20-21\t,\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"2-3\t22-25\ttoo\t*[1]\t_\t_\t_\t_\t_\t_\t_\t\n" +
		"2-4\t25-26\t.\t_\t_\t_\t_\t_\t_\t_\t_\t\n"},
		written(t, r))
}

func TestNamingFiles(t *testing.T) {
	record := func(name, annotator string) *dataset.Record {
		return &dataset.Record{Document: annotate.NewDocument(name, "x"), Annotator: annotator}
	}
	var names []string
	for name := range writtenWith(t, dataset.Options{Separate: true}, record("n/a.txt", "asha"), record("n/a.txt", "b/en"), record("c:d", "asha"), record("e.txt", "")) {
		names = append(names, name)
	}
	assert.ElementsMatch(t, []string{"n/a.txt/asha.tsv", "n/a.txt/b_en.tsv", "c_d.txt/asha.tsv", "e.tsv"}, names)
	bends := webanno.Format.Bends(dataset.Options{})
	assert.Equal(t, dataset.Losses{{What: "document name without .txt, which it gets", Count: 1}, {What: "character that cannot stand in the name of a file, written _", Count: 1}}, bends(record("c:d", "")))
	assert.Empty(t, bends(record("a.txt", "asha")))
	assert.Equal(t, dataset.Losses{{What: "document name that two documents would share, which gets a number", Count: 1}}, bends(record("A.txt", "asha")))
}

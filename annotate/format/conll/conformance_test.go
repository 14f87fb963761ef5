package conll_test

import (
	"testing"

	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/conll"
)

// The numbers of documents and labels were counted with grep and awk: lines that begin a
// document, and runs of one label in the last column or opening brackets of Entity. The
// remarks are that a text was put together and what the tags are.
func TestRealColumns(t *testing.T) {
	datasettest.RealFiles(t, conll.Format, []datasettest.RealFile{
		{Name: "dkpro-io-conll/2000/chunk2000_test.conll", Records: 1, Spans: 44, Remarks: 2},
		{Name: "seqeval/ground_truth_inv.txt", Records: 1, Spans: 539, Remarks: 3}, // and that 84 labels begin with I
		{Name: "wnut17/emerging.test.first400.conll", Records: 1, Spans: 345, Remarks: 2},
		{Name: "broad-twitter-corpus/e.conll", Records: 1, Spans: 325, Remarks: 2},
		{Name: "bconv/conll/BC5CDR-example.conll", Records: 1, Spans: 6, Remarks: 2},
		{Name: "bconv/conll/elliptic-coordination.conll", Records: 1, Spans: 9, Remarks: 2},
		{Name: "spacy/ner_example_data/ner-token-per-line-conll2003.iob", Records: 1, Spans: 7, Remarks: 2},
		{Name: "spacy/ner_example_data/ner-token-per-line-with-pos.iob", Records: 1, Spans: 7, Remarks: 2},
		{Name: "doccano-import/sequence_labeling/labeling.trailing.conll", Records: 1, Spans: 2, Remarks: 2},
	})
}

func TestRealCoNLLU(t *testing.T) {
	datasettest.RealFiles(t, conll.Universal, []datasettest.RealFile{
		{Name: "dkpro-io-conll/u/conllu-en-orig.conllu", Records: 1, Remarks: 1},
		{Name: "dkpro-io-conll/u/conllu-en-ref.conllu", Records: 1, Remarks: 1},
		{Name: "dkpro-io-conll/u_v2/conllu-linebreaks.conllu", Records: 1},
		{Name: "dkpro-io-conll/u_v2/conllu-multiple_document_IDs.conllu", Records: 2},
		{Name: "dkpro-io-conll/u_v2/conllu-multiple_paragraphs.conllu", Records: 1},
		{Name: "dkpro-io-conll/u_v2/conllu-paragraph_and_document_boundaries.conllu", Records: 1},
		{Name: "dkpro-io-conll/u_v2/conllu-sentence_bounaries_and_comments.conllu", Records: 1},
		{Name: "ud-excerpts/ar_pud-ud-test.s1-40.conllu", Records: 40},
		{Name: "ud-excerpts/he_iahltwiki-ud-test.s1-40.conllu", Records: 1, Spans: 12},
		{Name: "ud-excerpts/hi_pud-ud-test.s1-40.conllu", Records: 19},
		{Name: "ud-excerpts/it_twittiro-ud-test.s1-40.conllu", Records: 1},
		{Name: "ud-excerpts/th_pud-ud-test.s1-40.conllu", Records: 1},
		{Name: "ud-tools/valid/empty-file.conllu"},
		{Name: "ud-tools/valid/empty-nodes.conllu", Records: 1},
		{Name: "ud-tools/valid/multiple-features.conllu", Records: 1},
		{Name: "ud-tools/valid/tanl.conllu", Records: 1},
		{Name: "ud-tools/invalid-level1/columns-format.conllu", Failures: 1},
		{Name: "ud-tools/invalid-level1/duplicate-id.conllu", Failures: 1},
		{Name: "ud-tools/invalid-level1/overlapping-multiword.conllu", Failures: 1},
		{Name: "ud-tools/invalid-level2/multiple-sent_id.conllu", Records: 1},
		{Name: "ud-tools/invalid-level2/parallel-id.conllu", Records: 1},
		{Name: "ud-tools/invalid-level2/space-in-field.conllu", Records: 1},
	})
}

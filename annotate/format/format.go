package format

import (
	"strings"
	"sync"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/arggraph"
	"spanwright/annotate/format/argilla"
	"spanwright/annotate/format/bioc"
	"spanwright/annotate/format/brat"
	"spanwright/annotate/format/cas"
	"spanwright/annotate/format/conll"
	"spanwright/annotate/format/doccano"
	"spanwright/annotate/format/docx"
	"spanwright/annotate/format/epub"
	"spanwright/annotate/format/gate"
	"spanwright/annotate/format/html"
	"spanwright/annotate/format/huggingface"
	"spanwright/annotate/format/inception"
	"spanwright/annotate/format/jsonl"
	"spanwright/annotate/format/labelstudio"
	"spanwright/annotate/format/pdf"
	"spanwright/annotate/format/prodigy"
	"spanwright/annotate/format/pubannotation"
	"spanwright/annotate/format/pubtator"
	"spanwright/annotate/format/spacy"
	"spanwright/annotate/format/table"
	"spanwright/annotate/format/tei"
	"spanwright/annotate/format/text"
	"spanwright/annotate/format/w3c"
	"spanwright/annotate/format/webanno"
	"spanwright/annotate/format/xlsx"
)

// All lists every format. The order decides which one a file belongs to when
// nobody says: the first that knows it.
var All = []*dataset.Format{
	brat.Format,
	webanno.Format,
	huggingface.Parquet,
	huggingface.JSONL,
	argilla.Format,
	cas.XMI,
	cas.JSON,
	cas.Serialized,
	inception.New(text.Format, encoder, cas.XMI, cas.JSON, webanno.Format, cas.Serialized),
	doccano.Format,
	spacy.DocBin,
	spacy.Format,
	prodigy.Format,
	conll.OntoNotes,
	conll.Universal,
	conll.Format,
	labelstudio.Format,
	labelstudio.Min,
	xlsx.Format,
	table.CSV,
	table.TSV,
	pubtator.Format,
	bioc.JSON,
	bioc.XML,
	w3c.Format,
	gate.XML,
	gate.JSON,
	pubannotation.Format,
	arggraph.Format,
	tei.Format,
	html.Format,
	docx.Format,
	epub.Format,
	pdf.Format,
	jsonl.Format,
	text.Format,
}

// encoder makes what writes the annotations in projects of INCEpTION.
func encoder(scheme *annotate.Scheme) inception.Encoder { return cas.NewWriter(scheme) }

// ByName returns the format of that name.
func ByName(name string) (*dataset.Format, error) {
	names := make([]string, len(All))
	for i, f := range All {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return nil, annotate.Errorf(annotate.NotFound, "there is no format %q; choose one of %s", name, strings.Join(names, ", "))
}

// Detect returns the format a file belongs to and the file that stands for it,
// which is another one when path only accompanies it; nil when no format knows it.
func Detect(path string) (f *dataset.Format, mainFile string) {
	head := sync.OnceValue(func() dataset.Head { return dataset.ReadHead(path) })
	for _, f := range All {
		if found := f.MainFile(path, head); found != "" {
			return f, found
		}
	}
	return nil, ""
}

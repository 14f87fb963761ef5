package inception

import (
	"archive/zip"
	"context"
	"io"
	"iter"
	"path"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// New returns the format of projects whose annotations are in one of some formats, and
// whose documents may be plain text. encoder makes what writes the annotations of records that were labelled with
// a scheme, or with none.
func New(text *dataset.Format, encoder func(*annotate.Scheme) Encoder, annotations ...*dataset.Format) *dataset.Format {
	return &dataset.Format{
		Name:     "inception",
		Title:    "a project of INCEpTION with its documents, annotators, layers and tagsets",
		Patterns: []string{"*.zip"},
		Holds: dataset.Holds{
			dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
			dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
			dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
			dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
			dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
			dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
			dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
		},
		Unit:    annotate.UTF16,
		Untyped: true,
		Main:    mainFile,
		Read: func(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
			return func(yield func(*dataset.Record, error) bool) {
				p := &project{ctx: ctx, in: in, text: text, annotations: annotations, yield: yield}
				if err := p.read(); err != nil {
					yield(nil, dataset.Place(err, in.Path, 0))
				}
			}
		},
		WriteFile: func(ctx context.Context, to io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
			return nil, write(ctx, to, encoder(options.Scheme), records, options)
		},
	}
}

// mainFile returns path if it is a project: a zip file with a description of one.
func mainFile(file string) string {
	if !strings.EqualFold(filepath.Ext(file), ".zip") {
		return ""
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return ""
	}
	defer z.Close()
	for _, m := range z.File {
		if isDescription(m.Name) {
			return file
		}
	}
	return ""
}

// isDescription reports whether a member describes the project.
func isDescription(name string) bool {
	fits, _ := path.Match("exportedproject*.json", name)
	return fits
}

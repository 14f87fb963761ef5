package xlsx

import (
	"bytes"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is the workbook.
var Format = &dataset.Format{
	Name:     "xlsx",
	Title:    "workbook for reviewers: sheets of documents, spans and relations; of any other one the first sheet, as a table",
	Patterns: []string{"*.xlsx"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.RelationArguments: dataset.Yes, dataset.Implicit: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
}

// sniff knows a zip file with sheets in it, or called like a workbook.
func sniff(head dataset.Head) bool {
	return bytes.HasPrefix(head.Text, []byte("PK\x03\x04")) && (head.Matches("*.xlsx") || bytes.Contains(head.Text, []byte("xl/worksheets/")))
}

// The columns that tables as CSV do not have.
const (
	spanColumn      = "span" // T and a number
	fragmentsColumn = "fragments"
	relationColumn  = "relation" // R and a number
	roleColumn      = "role"
	argumentColumn  = "argument" // a span, a relation, or implicit
	partColumn      = "part"     // of a row that is continued, from 2 on

	implicit = "implicit"
)

// sheet is a sheet with its columns.
type sheet struct {
	name    string
	columns []column
}

// column has a width in characters.
type column struct {
	name  string
	width float64
}

var (
	documentsSheet = sheet{"documents", []column{
		{dataset.DocumentColumn, 24},
		{dataset.AnnotatorColumn, 12},
		{dataset.TextColumn, 90},
		{dataset.AttributesColumn, 30},
		{dataset.FlagColumn, 12},
		{dataset.NoteColumn, 40},
		{dataset.StatusColumn, 12},
		{dataset.MetadataColumn, 30},
		{partColumn, 6},
	}}
	spansSheet = sheet{"spans", []column{
		{dataset.DocumentColumn, 24},
		{dataset.AnnotatorColumn, 12},
		{spanColumn, 8},
		{dataset.LabelColumn, 16},
		{dataset.StartColumn, 8},
		{dataset.EndColumn, 8},
		{dataset.TextColumn, 70},
		{fragmentsColumn, 16},
		{dataset.AttributesColumn, 30},
		{dataset.FlagColumn, 12},
		{dataset.NoteColumn, 40},
		{partColumn, 6},
	}}
	relationsSheet = sheet{"relations", []column{
		{dataset.DocumentColumn, 24},
		{dataset.AnnotatorColumn, 12},
		{relationColumn, 8},
		{dataset.LabelColumn, 16},
		{roleColumn, 12},
		{argumentColumn, 10},
		{dataset.TextColumn, 70},
		{dataset.AttributesColumn, 30},
		{dataset.FlagColumn, 12},
		{dataset.NoteColumn, 40},
		{partColumn, 6},
	}}
)

package xlsx

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// write writes the three sheets side by side; the library keeps what is long in temporary files.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	b, err := newBook()
	if err != nil {
		return nil, err
	}
	defer b.file.Close()
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = b.record(r)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, s := range []*sheetWriter{b.documents, b.spans, b.relations} {
		if err := s.finish(); err != nil {
			return nil, err
		}
	}
	return b.losses, b.write(w)
}

// write writes the workbook with its members in order of name: the library has them in
// that of a map, and the same records shall be the same bytes.
func (b *book) write(w io.Writer) error {
	unordered, err := os.CreateTemp("", "spanwright-*.xlsx")
	if err != nil {
		return err
	}
	defer os.Remove(unordered.Name())
	defer unordered.Close()
	if err := b.file.Write(unordered); err != nil {
		return err
	}
	size, err := unordered.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	members, err := zip.NewReader(unordered, size)
	if err != nil {
		return err
	}
	slices.SortFunc(members.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, m := range members.File {
		if err := out.Copy(m); err != nil {
			return err
		}
	}
	return out.Close()
}

// book is a workbook under way.
type book struct {
	file                        *excelize.File
	documents, spans, relations *sheetWriter
	losses                      dataset.Losses
}

func newBook() (*book, error) {
	b := &book{file: excelize.NewFile()}
	if err := b.file.SetSheetName(b.file.GetSheetName(0), documentsSheet.name); err != nil {
		return nil, err
	}
	wrapped, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, NumFmt: 49}) // 49 is text
	if err != nil {
		return nil, err
	}
	number, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return nil, err
	}
	head, err := b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	for _, made := range []struct {
		sheet sheet
		to    **sheetWriter
	}{{documentsSheet, &b.documents}, {spansSheet, &b.spans}, {relationsSheet, &b.relations}} {
		if made.sheet.name != documentsSheet.name {
			if _, err := b.file.NewSheet(made.sheet.name); err != nil {
				return nil, err
			}
		}
		stream, err := b.file.NewStreamWriter(made.sheet.name)
		if err != nil {
			return nil, err
		}
		s := &sheetWriter{StreamWriter: stream, sheet: made.sheet, text: wrapped, number: number, losses: &b.losses}
		if err := s.begin(head); err != nil {
			return nil, err
		}
		*made.to = s
	}
	return b, nil
}

// sheetWriter writes the rows of a sheet.
type sheetWriter struct {
	*excelize.StreamWriter
	sheet        sheet
	text, number int // styles
	rows         int // written
	losses       *dataset.Losses
}

// begin writes the names of the columns, which stay in sight.
func (s *sheetWriter) begin(style int) error {
	names := make([]any, len(s.sheet.columns))
	for i, c := range s.sheet.columns {
		if err := s.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
		names[i] = excelize.Cell{StyleID: style, Value: c.name}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	s.rows = 1
	return s.SetRow("A1", names)
}

// finish makes the rows a table, by which a reviewer can filter and sort.
func (s *sheetWriter) finish() error {
	last, err := excelize.CoordinatesToCellName(len(s.sheet.columns), max(s.rows, 2))
	if err != nil {
		return err
	}
	plain := false
	if err := s.AddTable(&excelize.Table{Range: "A1:" + last, Name: s.sheet.name, StyleName: "TableStyleLight1", ShowRowStripes: &plain}); err != nil {
		return err
	}
	return s.Flush()
}

// row writes a row, and as many below it as its longest field needs.
func (s *sheetWriter) row(fields map[string]any) error {
	rest := map[string]string{}
	for part := 1; ; part++ {
		cells := make([]any, len(s.sheet.columns))
		more := false
		for i, c := range s.sheet.columns {
			cell := excelize.Cell{StyleID: s.text}
			switch v := fields[c.name].(type) {
			case int:
				cell = excelize.Cell{StyleID: s.number, Value: v}
				if part > 1 {
					cell.Value = nil
				}
			case string:
				if part == 1 {
					rest[c.name] = s.clean(v)
				}
				begin, end := cut(rest[c.name])
				rest[c.name] = end
				more = more || end != ""
				if begin != "" {
					cell.Value = begin
				}
			}
			// Each part names what it belongs to, wherever a reviewer sorts it.
			if name, ok := fields[c.name].(string); ok && part > 1 && keyColumns[c.name] {
				cell.Value = name
			}
			if c.name == partColumn && part > 1 {
				cell = excelize.Cell{StyleID: s.number, Value: part}
			}
			cells[i] = cell
		}
		s.rows++
		at, err := excelize.CoordinatesToCellName(1, s.rows)
		if err != nil {
			return annotate.Errorf(annotate.Unsupported, "the sheet %s would have more than %d rows, which is the limit; export fewer documents at once", s.sheet.name, excelize.TotalRows)
		}
		if err := s.SetRow(at, cells); err != nil || !more {
			return err
		}
	}
}

// keyColumns stand in each part of a row.
var keyColumns = map[string]bool{dataset.DocumentColumn: true, dataset.AnnotatorColumn: true, spanColumn: true, relationColumn: true, roleColumn: true, argumentColumn: true}

// cut returns as much of a field as a cell holds, and the rest. Neither characters nor a
// CR LF are taken apart.
func cut(field string) (begin, rest string) {
	units := 0
	for i, r := range field {
		if units += utf16.RuneLen(r); units > excelize.TotalCellChars {
			return field[:i], field[i:]
		}
	}
	return field, ""
}

// clean returns a field without the characters that XML has no place for.
func (s *sheetWriter) clean(field string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			s.losses.Add("control character, written as a replacement character")
			return 0xFFFD
		}
		return r
	}, field)
}

// record writes a row for the document, each span, and each argument.
func (b *book) record(r *dataset.Record) error {
	d := r.Document
	row := map[string]any{dataset.DocumentColumn: d.Name, dataset.AnnotatorColumn: r.Annotator, dataset.TextColumn: d.Text, dataset.MetadataColumn: inJSON(d.Meta)}
	if a := r.Assessment; a != nil {
		row[dataset.FlagColumn], row[dataset.NoteColumn], row[dataset.StatusColumn], row[dataset.AttributesColumn] = a.Flag, a.Note, string(a.Status), inJSON(a.Labels)
	}
	if err := b.documents.row(row); err != nil {
		return err
	}
	names, words := map[annotate.ID]string{}, map[annotate.ID]string{}
	offsets := annotate.NewOffsets(d.Text)
	for i, s := range r.Spans {
		names[s.ID], words[s.ID] = fmt.Sprintf("T%d", i+1), s.Covered(d.Text)
		extent := s.Extent()
		row := map[string]any{
			dataset.DocumentColumn: d.Name, dataset.AnnotatorColumn: r.Annotator, spanColumn: names[s.ID], dataset.LabelColumn: s.Label, dataset.TextColumn: words[s.ID],
			dataset.StartColumn: offsets.To(annotate.CodePoint, extent.Start), dataset.EndColumn: offsets.To(annotate.CodePoint, extent.End),
			dataset.AttributesColumn: inJSON(s.Attributes), dataset.FlagColumn: s.Flag, dataset.NoteColumn: s.Note,
		}
		if len(s.Fragments) > 1 {
			row[fragmentsColumn] = fragmentsOf(s, offsets)
		}
		if err := b.spans.row(row); err != nil {
			return err
		}
	}
	for i, x := range r.Relations {
		names[x.ID] = fmt.Sprintf("R%d", i+1)
	}
	for _, x := range r.Relations {
		row := map[string]any{
			dataset.DocumentColumn: d.Name, dataset.AnnotatorColumn: r.Annotator, relationColumn: names[x.ID], dataset.LabelColumn: x.Label,
			dataset.AttributesColumn: inJSON(x.Attributes), dataset.FlagColumn: x.Flag, dataset.NoteColumn: x.Note,
		}
		for _, a := range x.Arguments {
			row[roleColumn], row[argumentColumn], row[dataset.TextColumn] = a.Role, names[a.Target()], words[a.Span]
			if a.Implicit {
				row[argumentColumn], row[dataset.TextColumn] = implicit, ""
			}
			if err := b.relations.row(row); err != nil {
				return err
			}
			for _, once := range []string{dataset.AttributesColumn, dataset.FlagColumn, dataset.NoteColumn} {
				delete(row, once) // they stand beside the first argument
			}
		}
	}
	return nil
}

// fragmentsOf returns the parts of a span as in 4-9, 12-17.
func fragmentsOf(s *annotate.Span, offsets *annotate.Offsets) string {
	parts := make([]string, len(s.Fragments))
	for i, f := range s.Fragments {
		parts[i] = strconv.Itoa(offsets.To(annotate.CodePoint, f.Start)) + "-" + strconv.Itoa(offsets.To(annotate.CodePoint, f.End))
	}
	return strings.Join(parts, ", ")
}

// inJSON returns an object, "" if there is nothing in it. What XML has no place for is escaped.
func inJSON[V any](fields map[string]V) string {
	if len(fields) == 0 {
		return ""
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(fields) // texts and values have no other form
	return strings.NewReplacer("\ufffe", `\ufffe`, "\uffff", `\uffff`).Replace(strings.TrimSuffix(b.String(), "\n"))
}

package xlsx

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/rows"
)

// table yields the records of the first sheet that can be seen and is not empty, which is read like a
// table in any other file. Dates and numbers are as the sheet shows them.
func (r *reader) table(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		name, first, err := r.firstSheet()
		if err == nil {
			err = rows.NewColumns(first.shown).Check()
		}
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, max(first.line, 1)))
			return
		}
		merged, err := mergedIn(in.Path, name)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		opening := ""
		if all := r.file.GetSheetList(); len(all) > 1 {
			opening = fmt.Sprintf("the workbook has %d sheets, of which %q was read", len(all), name)
		}
		next, stop := iter.Pull2(r.cells(name, true))
		defer stop()
		columns := rows.NewColumns(first.shown)
		rows.Table{Columns: columns, Opening: opening, Row: func() ([]string, int, error) {
			row, err, more := next()
			if more && row.line == first.line {
				merged.fill(&row)
				row, err, more = next()
			}
			switch {
			case !more:
				return nil, 0, io.EOF
			case err != nil: // and the last
				return nil, row.line, err
			}
			merged.fill(&row)
			fields, err := fit(row, columns)
			return fields, row.line, err
		}}.Records(ctx, in)(yield)
	}
}

// firstSheet returns the first sheet that can be seen and is not empty, with its first row.
func (r *reader) firstSheet() (name string, first cells, err error) {
	for _, sheet := range r.file.GetSheetList() {
		if seen, _ := r.file.GetSheetVisible(sheet); !seen {
			continue
		}
		for first, err := range r.cells(sheet, true) {
			return sheet, first, err
		}
	}
	return "", first, annotate.Errorf(annotate.Invalid, "no sheet of the workbook that can be seen has anything in it")
}

// fit returns the fields of a row, one for each column.
func fit(row cells, columns rows.Columns) ([]string, error) {
	fields := make([]string, len(columns.Names()))
	for i, shown := range row.shown {
		if i >= len(fields) {
			if shown != "" {
				return nil, annotate.Errorf(annotate.Invalid, "the row has a field in column %d, and the first row names %d columns", i+1, len(fields))
			}
			continue
		}
		fields[i] = shown
		if columns.Offset(i) || curtailed(shown, row.raw[i]) {
			fields[i] = row.raw[i]
		}
	}
	return fields, nil
}

// curtailed reports whether a number is shown with fewer digits than it has, as long ones are
// where the format is general.
func curtailed(shown, raw string) bool {
	return shown != raw && strings.ContainsRune(shown, 'E') && strings.Trim(shown, "0123456789.+-E") == "" && strings.Trim(raw, "0123456789.+-E") == ""
}

package xlsx

import (
	"fmt"
	"iter"
	"slices"

	"github.com/xuri/excelize/v2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Limits of what a workbook unpacks to, in bytes: all of it, and what of a sheet is kept in
// memory before the rest goes to a temporary file.
const (
	maxUnzipped = 1 << 30
	maxInMemory = 16 << 20
)

// isoDate is how dates are shown that have the format of the computer's settings.
const isoDate = "yyyy-mm-dd"

// reader reads one workbook.
type reader struct{ file *excelize.File }

func open(in dataset.Input) (*reader, error) {
	a, err := dataset.OpenArchive(in.Path) // refuses what would fill a disk
	if err != nil {
		return nil, err
	}
	if err := a.Close(); err != nil {
		return nil, dataset.FileError(in.Path, err)
	}
	r := &reader{}
	err = careful(func() (err error) {
		r.file, err = excelize.OpenFile(in.Path, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxInMemory, ShortDatePattern: isoDate})
		return err
	})
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "it is no workbook that can be read: %w", err)
	}
	return r, nil
}

// ours reports whether the workbook was written here, which a reviewer may have taken sheets out of.
func (r *reader) ours() bool {
	all := r.file.GetSheetList()
	if !slices.Contains(all, documentsSheet.name) {
		return false
	}
	if slices.Contains(all, spansSheet.name) {
		return true
	}
	for first, err := range r.cells(documentsSheet.name, false) {
		return err == nil && slices.Contains(first.raw, dataset.DocumentColumn) && slices.Contains(first.raw, partColumn)
	}
	return false
}

// careful calls do, in which a damaged file may lead the library astray.
func careful(do func() error) (err error) {
	defer func() {
		if astray := recover(); astray != nil {
			err = fmt.Errorf("%v", astray)
		}
	}()
	return do()
}

// cells are a row of a sheet: what stands in it and, of the same length, what is shown of that, which
// differs for numbers and dates.
type cells struct {
	raw, shown []string
	line       int // 1-based
}

// cells yields the rows of a sheet that are not empty, with what is shown of them where that is
// wanted. An error is the last.
func (r *reader) cells(sheet string, show bool) iter.Seq2[cells, error] {
	return func(yield func(cells, error) bool) {
		var raw, shown *excelize.Rows // the library tells only one of both at a time
		err := careful(func() (err error) {
			if raw, err = r.file.Rows(sheet); err == nil && show {
				shown, err = r.file.Rows(sheet)
			}
			return err
		})
		if raw != nil {
			defer raw.Close()
		}
		if err != nil {
			yield(cells{}, annotate.Errorf(annotate.Corrupt, "the sheet %s cannot be read: %w", sheet, err))
			return
		}
		if show {
			defer shown.Close()
		}
		for line := 1; ; line++ {
			next := cells{line: line}
			more := false
			err := careful(func() (err error) {
				if more = raw.Next() && (!show || shown.Next()); !more {
					return raw.Error()
				}
				if next.raw, err = raw.Columns(excelize.Options{RawCellValue: true}); err == nil && show {
					next.shown, err = shown.Columns()
				}
				return err
			})
			if err != nil {
				yield(next, annotate.Errorf(annotate.Corrupt, "row %d of the sheet %s cannot be read: %w", line, sheet, err))
				return
			}
			if !more {
				return
			}
			if show {
				next.shown = append(next.shown, make([]string, max(len(next.raw)-len(next.shown), 0))...)
				next.raw = append(next.raw, make([]string, len(next.shown)-len(next.raw))...)
			}
			if slices.ContainsFunc(next.raw, func(field string) bool { return field != "" }) && !yield(next, nil) {
				return
			}
		}
	}
}

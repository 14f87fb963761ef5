package xlsx

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

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

// read yields the record of each row of the documents. Spans and relations are read first,
// since reviewers sort sheets; Excel has no more than a million rows of them.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r, err := open(in)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		defer r.file.Close()
		var spans, relations map[owner][]row
		if spans, err = r.grouped(spansSheet); err == nil {
			relations, err = r.grouped(relationsSheet)
		}
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		for document, err := range r.rows(documentsSheet) {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(nil, dataset.Place(err, in.Path, document.line))
				return
			}
			of := document.owner()
			record, err := decode(in, document, spans[of], relations[of])
			delete(spans, of)
			delete(relations, of)
			if !yield(record, dataset.Place(err, in.Path, document.line)) {
				return
			}
		}
		for _, left := range []struct {
			sheet sheet
			rows  map[owner][]row
		}{{spansSheet, spans}, {relationsSheet, relations}} {
			for _, of := range sortedOwners(left.rows) {
				err := annotate.Errorf(annotate.Invalid, "the sheet %s has rows of document %q and annotator %q, which the sheet documents does not have; they were left out", left.sheet.name, of.document, of.annotator)
				if !yield(nil, err.At(in.Path, left.rows[of][0].line)) {
					return
				}
			}
		}
	}
}

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
		r.file, err = excelize.OpenFile(in.Path, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxInMemory, RawCellValue: true})
		return err
	})
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "it is no workbook that can be read: %w", err)
	}
	if !slices.Contains(r.file.GetSheetList(), documentsSheet.name) {
		r.file.Close()
		return nil, annotate.Errorf(annotate.Invalid, "the workbook has no sheet %q; only workbooks that were written here are read, and any other can be saved as CSV", documentsSheet.name)
	}
	return r, nil
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

// row is a row of a sheet by the names of its columns.
type row struct {
	fields map[string]string
	line   int
}

// owner is whose work on which document a row belongs to.
type owner struct{ document, annotator string }

func (r row) owner() owner {
	return owner{r.fields[dataset.DocumentColumn], r.fields[dataset.AnnotatorColumn]}
}

func sortedOwners(rows map[owner][]row) []owner {
	var all []owner
	for of := range rows {
		all = append(all, of)
	}
	slices.SortFunc(all, func(a, b owner) int { return rows[a][0].line - rows[b][0].line })
	return all
}

// grouped returns the rows of a sheet by what they belong to; none where there is no such sheet.
func (r *reader) grouped(s sheet) (map[owner][]row, error) {
	all := map[owner][]row{}
	if !slices.Contains(r.file.GetSheetList(), s.name) {
		return all, nil
	}
	for row, err := range r.rows(s) {
		if err != nil {
			return nil, err
		}
		of := row.owner()
		all[of] = append(all[of], row)
	}
	return all, nil
}

// rows yields the rows of a sheet that are not empty. What goes on in the rows below is put together.
func (r *reader) rows(s sheet) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		var rows *excelize.Rows
		err := careful(func() (err error) { rows, err = r.file.Rows(s.name); return err })
		if err != nil {
			yield(row{}, annotate.Errorf(annotate.Corrupt, "the sheet %s cannot be read: %w", s.name, err))
			return
		}
		defer rows.Close()
		var names []string
		var waiting row
		for line := 1; ; line++ {
			var cells []string
			more := false
			err := careful(func() (err error) {
				if more = rows.Next(); more {
					cells, err = rows.Columns()
				}
				return errors.Join(err, rows.Error())
			})
			switch {
			case err != nil:
				yield(row{line: line}, annotate.Errorf(annotate.Corrupt, "row %d of the sheet %s cannot be read: %w", line, s.name, err))
				return
			case !more:
				if waiting.fields != nil {
					yield(waiting, nil)
				}
				return
			case names == nil:
				if names = cells; !slices.Contains(names, dataset.DocumentColumn) {
					yield(row{line: line}, annotate.Errorf(annotate.Invalid, "the first row of the sheet %s must name the columns, and does not name %q", s.name, dataset.DocumentColumn))
					return
				}
				continue
			}
			next := row{map[string]string{}, line}
			for i, cell := range cells {
				if i < len(names) && cell != "" {
					next.fields[names[i]] = cell
				}
			}
			switch {
			case len(next.fields) == 0:
			case next.fields[partColumn] != "":
				for name, more := range next.fields {
					if !keyColumns[name] && waiting.fields != nil {
						waiting.fields[name] += more
					}
				}
			default:
				if waiting.fields != nil && !yield(waiting, nil) {
					return
				}
				waiting = next
			}
		}
	}
}

// decode puts the record of a document together.
func decode(in dataset.Input, document row, spans, relations []row) (*dataset.Record, error) {
	f := document.fields
	draft, err := dataset.NewDraft(in, document.line, f[dataset.DocumentColumn], f[dataset.TextColumn])
	if err != nil {
		return nil, err
	}
	draft.Record.Annotator = f[dataset.AnnotatorColumn]
	if err := assess(draft, f); err != nil {
		return nil, err
	}
	if meta, err := dataset.ParseFields([]byte(f[dataset.MetadataColumn])); err == nil {
		meta.SetMeta(draft.Record.Document)
	} else if f[dataset.MetadataColumn] != "" {
		draft.Record.Document.SetMeta(dataset.MetadataColumn, f[dataset.MetadataColumn])
	}
	for i, s := range spans {
		if err := addSpan(draft, i, s); err != nil {
			return nil, dataset.Place(err, in.Path, s.line)
		}
	}
	addRelations(draft, relations)
	return draft.Finish(annotate.CodePoint)
}

// assess reads what is said of the document as a whole.
func assess(draft *dataset.Draft, f map[string]string) error {
	for name, v := range values(f) {
		draft.Label(name, v)
	}
	r := draft.Record
	status := annotate.Status(f[dataset.StatusColumn])
	flag, note := f[dataset.FlagColumn], f[dataset.NoteColumn]
	switch status {
	case "", annotate.New, annotate.InProgress, annotate.Done:
	default:
		return annotate.Errorf(annotate.Invalid, "the status is %q, which is none of new, in_progress and done", status)
	}
	if r.Assessment == nil && flag == "" && note == "" && (status == "" || status == annotate.New) {
		return nil
	}
	if r.Assessment == nil {
		r.Assessment = &annotate.Assessment{}
	}
	r.Assessment.Flag, r.Assessment.Note, r.Assessment.Status = flag, note, annotate.InProgress
	if status == annotate.Done {
		r.Assessment.Status = status
	}
	return nil
}

// values reads the attributes of a row; what is no JSON is one text.
func values(f map[string]string) map[string]annotate.Value {
	raw := f[dataset.AttributesColumn]
	if raw == "" {
		return nil
	}
	if fields, err := dataset.ParseFields([]byte(raw)); err == nil {
		return fields.Values()
	}
	return map[string]annotate.Value{dataset.AttributesColumn: annotate.Text(raw)}
}

func addSpan(draft *dataset.Draft, i int, r row) error {
	f := r.fields
	s := dataset.DraftSpan{
		Key: f[spanColumn], Name: fmt.Sprintf("span %d", i+1), Line: r.line, Label: f[dataset.LabelColumn],
		Attributes: values(f), Flag: f[dataset.FlagColumn], Note: f[dataset.NoteColumn],
	}
	places := [][2]string{{f[dataset.StartColumn], f[dataset.EndColumn]}}
	if f[fragmentsColumn] != "" {
		places = nil
		for place := range strings.SplitSeq(f[fragmentsColumn], ",") {
			start, end, _ := strings.Cut(strings.TrimSpace(place), "-")
			places = append(places, [2]string{start, end})
		}
	}
	for _, place := range places {
		var part dataset.Part
		var err error
		if part.Start, err = offset(place[0]); err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: its start %w; the document was left out", s.Name, err)
		}
		if part.End, err = offset(place[1]); err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: its end %w; the document was left out", s.Name, err)
		}
		if words := f[dataset.TextColumn]; words != "" && len(places) == 1 {
			part.Words, part.Quoted = words, true
		}
		s.Parts = append(s.Parts, part)
	}
	draft.Span(s)
	return nil
}

// offset reads a number as spreadsheets write it.
func offset(field string) (int, error) {
	if strings.Trim(field, "-.0123456789") != "" {
		return 0, annotate.Errorf(annotate.Invalid, "must be a whole number, and is %q", annotate.Excerpt(field, 40))
	}
	return dataset.ParseOffset([]byte(field))
}

// addRelations adds relations from the rows of their arguments.
func addRelations(draft *dataset.Draft, rows []row) {
	at := map[string]int{}
	var all []dataset.DraftRelation
	for _, r := range rows {
		f := r.fields
		key := f[relationColumn]
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, dataset.DraftRelation{Key: key, Name: "relation " + key, Line: r.line, Label: f[dataset.LabelColumn]})
		}
		x := &all[i]
		for name, v := range values(f) {
			if x.Attributes == nil {
				x.Attributes = map[string]annotate.Value{}
			}
			x.Attributes[name] = v
		}
		x.Flag, x.Note = x.Flag+f[dataset.FlagColumn], x.Note+f[dataset.NoteColumn]
		argument := dataset.DraftArgument{Role: f[roleColumn], Key: f[argumentColumn]}
		if argument.Key == implicit {
			argument.Key = dataset.ImplicitKey
		}
		x.Arguments = append(x.Arguments, argument)
	}
	for _, x := range all {
		draft.Relation(x)
	}
}

package xlsx

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/rows"
)

// read yields the records of a workbook that was written here, or of the first sheet of any other one.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r, err := open(in)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		defer r.file.Close()
		if r.ours() {
			r.own(ctx, in)(yield)
			return
		}
		r.table(ctx, in)(yield)
	}
}

// own yields the record of each row of the documents. Spans and relations are read first,
// since reviewers sort sheets; Excel has no more than a million rows of them.
func (r *reader) own(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		var err error
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

func sortedOwners(grouped map[owner][]row) []owner {
	var all []owner
	for of := range grouped {
		all = append(all, of)
	}
	slices.SortFunc(all, func(a, b owner) int { return grouped[a][0].line - grouped[b][0].line })
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
		var names []string
		var waiting row
		for cells, err := range r.cells(s.name, false) {
			if err != nil {
				yield(row{line: cells.line}, err)
				return
			}
			if names == nil {
				if names = cells.raw; !slices.Contains(names, dataset.DocumentColumn) {
					yield(row{line: cells.line}, annotate.Errorf(annotate.Invalid, "the first row of the sheet %s must name the columns, and does not name %q", s.name, dataset.DocumentColumn))
					return
				}
				continue
			}
			next := row{map[string]string{}, cells.line}
			for i, cell := range cells.raw {
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
		if waiting.fields != nil {
			yield(waiting, nil)
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
	for name, v := range rows.Values(f[dataset.AttributesColumn]) {
		draft.Label(name, v)
	}
	if err := rows.Assess(draft.Record, f[dataset.StatusColumn], f[dataset.FlagColumn], f[dataset.NoteColumn]); err != nil {
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

func addSpan(draft *dataset.Draft, i int, r row) error {
	f := r.fields
	s := dataset.DraftSpan{
		Key: f[spanColumn], Name: fmt.Sprintf("span %d", i+1), Line: r.line, Label: f[dataset.LabelColumn],
		Attributes: rows.Values(f[dataset.AttributesColumn]), Flag: f[dataset.FlagColumn], Note: f[dataset.NoteColumn],
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
		if part.Start, err = rows.Offset(place[0]); err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: its start %w; the document was left out", s.Name, err)
		}
		if part.End, err = rows.Offset(place[1]); err != nil {
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

// addRelations adds relations from the rows of their arguments.
func addRelations(draft *dataset.Draft, arguments []row) {
	at := map[string]int{}
	var all []dataset.DraftRelation
	for _, r := range arguments {
		f := r.fields
		key := f[relationColumn]
		i, known := at[key]
		if !known {
			i = len(all)
			at[key] = i
			all = append(all, dataset.DraftRelation{Key: key, Name: "relation " + key, Line: r.line, Label: f[dataset.LabelColumn]})
		}
		x := &all[i]
		for name, v := range rows.Values(f[dataset.AttributesColumn]) {
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

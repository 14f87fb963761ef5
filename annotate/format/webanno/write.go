package webanno

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// writer is one export under way.
type writer struct {
	folder  string
	options dataset.Options
	losses  dataset.Losses
	names   dataset.FileNames
	given   map[string]annotate.ID // documents by their names
}

// write writes a file for each record.
func write(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	w := &writer{folder: folder, options: options}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.document(r)
		}
		if err != nil {
			return nil, err
		}
	}
	return w.losses, nil
}

// bends returns what tells what the writer changes in one record after another.
func bends(options dataset.Options) func(*dataset.Record) dataset.Losses {
	w := &writer{options: options}
	return func(r *dataset.Record) dataset.Losses {
		w.losses = nil
		w.path(r)
		return w.losses
	}
}

func (w *writer) document(r *dataset.Record) error {
	path := filepath.Join(w.folder, w.path(r)+".tsv")
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return dataset.FileError(path, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	out := bufio.NewWriterSize(f, 1<<16)
	newSheet(r, w.options.Scheme).print(out) // a failure comes again at the end
	err = out.Flush()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return dataset.FileError(path, err)
	}
	return nil
}

// path returns the path, without extension, of the file of a record: one that is called like the
// document or, where those of several annotators are kept apart, like the annotator in a
// folder that is called like the document.
func (w *writer) path(r *dataset.Record) string {
	name, isText := strings.CutSuffix(r.Document.Name, ".txt")
	if !isText {
		w.losses.Add("document name without .txt, which it gets")
	}
	steps := []string{name}
	if w.options.Separate && r.Annotator != "" {
		steps = []string{name + ".txt", strings.ReplaceAll(r.Annotator, "/", "_")}
	}
	path, changed, shared := w.names.Path(steps...)
	if changed {
		w.losses.Add("character that cannot stand in the name of a file, written _")
	}
	if w.given == nil {
		w.given = map[string]annotate.ID{}
	}
	if shared && w.given[name] != r.Document.ID {
		w.losses.Add("document name that two documents would share, which gets a number")
	}
	w.given[name] = r.Document.ID
	return path
}

// print writes the file.
func (s *sheet) print(out *bufio.Writer) {
	out.WriteString(firstLine + ".3\n")
	for _, l := range s.layers {
		out.WriteString(l.header() + "\n")
	}
	out.WriteString("\n")
	for i, sentence := range s.sentences {
		out.WriteString("\n#Text=" + escapeText(s.record.Document.Text[sentence.Start:sentence.End]) + "\n")
		for _, token := range s.rows[i] {
			s.row(out, token)
			for _, part := range token.parts {
				s.row(out, part)
			}
		}
	}
}

// header returns the line that describes a layer.
func (l *outLayer) header() string {
	items := []string{l.kind + l.name}
	switch l.kind {
	case chainLayer:
		items = append(items, referenceRelation, referenceType)
	case spanLayer, relationLayer:
		for _, f := range l.features {
			items = append(items, column(f))
		}
	}
	if l.slots {
		items = append(items, slotPrefix+l.name+":arguments_"+dataset.LinkType, anything)
	}
	if l.kind == relationLayer {
		items = append(items, "BT_"+l.base)
	}
	if len(items) == 1 {
		return items[0] + "|" // the place of an annotation without features
	}
	return strings.Join(items, "|")
}

// column returns what the column of an attribute is called, which must not look as if it held
// something else.
func column(attribute string) string {
	name := dataset.TypeName(attribute)
	if strings.HasPrefix(name, "BT_") || strings.HasPrefix(name, slotPrefix) {
		return "n" + dataset.NameBegins + name
	}
	return name
}

func (s *sheet) row(out *bufio.Writer, row *outRow) {
	fmt.Fprintf(out, "%s\t%d-%d\t%s\t", row.id, s.offsets.To(annotate.UTF16, row.at.Start), s.offsets.To(annotate.UTF16, row.at.End),
		s.record.Document.Text[row.at.Start:row.at.End])
	for _, l := range s.layers {
		for _, cell := range s.cells(l, row) {
			out.WriteString(cell + "\t")
		}
	}
	out.WriteByte('\n')
}

// cells returns the cells of a layer on a row.
func (s *sheet) cells(l *outLayer, row *outRow) []string {
	var stacked [][]string
	// The links of chains stand in the order of these, whatever their ids.
	for _, u := range slices.SortedStableFunc(slices.Values(row.units[l]), func(a, b *unit) int { return cmp.Compare(a.chain, b.chain) }) {
		stacked = append(stacked, s.unitCells(l, u))
	}
	for _, r := range row.ends[l] {
		stacked = append(stacked, r.cells(l))
	}
	width := max(1, len(l.features))
	switch {
	case l.kind == chainLayer:
		width = 2
	case l.kind == relationLayer:
		width = len(l.features) + 1
	case l.slots:
		width = len(l.features) + 2
	}
	cells := make([]string, width)
	for i := range cells {
		parts := make([]string, len(stacked))
		for j := range stacked {
			parts[j] = stacked[j][i]
		}
		cells[i] = strings.Join(parts, "|")
		if len(stacked) == 0 {
			cells[i] = "_"
		}
	}
	return cells
}

// numbered returns a cell with a number behind it.
func withNumber(cell string, number int) string {
	if number == 0 {
		return cell
	}
	return cell + "[" + strconv.Itoa(number) + "]"
}

func (s *sheet) unitCells(l *outLayer, u *unit) []string {
	if l.kind == chainLayer {
		return []string{
			fmt.Sprintf("%s->%d-%d", u.way, u.chain, u.place),
			withNumber(valueCell(u.attributes, referenceType), u.chain),
		}
	}
	var cells []string
	for _, f := range l.features {
		cells = append(cells, withNumber(valueCell(u.attributes, f), u.number))
	}
	if l.slots {
		roles, fillers := "_", "*"
		if len(u.slots) > 0 {
			roles, fillers = s.slotCells(u.slots)
		}
		cells = append(cells, withNumber(roles, u.number), fillers)
	}
	if len(cells) == 0 {
		cells = append(cells, withNumber("*", u.number))
	}
	return cells
}

// slotCells returns the roles of slots, and what fills them.
func (s *sheet) slotCells(slots []annotate.Argument) (roles, fillers string) {
	var named, filled []string
	for _, a := range slots {
		u := s.units[a.Span]
		named = append(named, escapeValue(a.Role))
		filled = append(filled, withNumber(u.rows[0].id, u.number))
	}
	return strings.Join(named, ";"), strings.Join(filled, ";")
}

// cells returns the cells of a relation, which name where it comes from.
func (r *relating) cells(l *outLayer) []string {
	var cells []string
	for _, f := range l.features {
		cells = append(cells, valueCell(r.attributes, f))
	}
	from := r.from.rows[0].id
	if r.from.number > 0 || r.to.number > 0 {
		from += fmt.Sprintf("[%d_%d]", r.from.number, r.to.number)
	}
	return append(cells, from)
}

// valueCell returns the value of an attribute, * for none.
func valueCell(attributes map[string]annotate.Value, name string) string {
	v, has := attributes[name]
	if !has {
		return "*"
	}
	return escapeValue(v.String())
}

package webanno

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the document of a file.
func read(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		raw, err := dataset.ReadFile(in.Path)
		if err == nil {
			err = annotate.CheckText(raw)
		}
		var r *dataset.Record
		if err == nil {
			r, err = decode(in, strings.TrimPrefix(string(raw), "\ufeff"))
		}
		if err != nil {
			line := 0
			var told *annotate.Error
			if errors.As(err, &told) {
				line = told.Line
			}
			yield(nil, dataset.Place(err, in.Path, line))
			return
		}
		r.End = int64(len(raw))
		yield(r, nil)
	}
}

// decoder puts the record of a file together.
type decoder struct {
	page    *page
	draft   *dataset.Draft
	offsets *annotate.Offsets
	all     []*annotation
	stands  map[string]map[string][]*annotation // layer, row
	links   []*relation
	chains  map[string]*annotation // layer, chain and place in it
	order   []string               // of chains
	empty   int                    // annotations that cover nothing
	lost    int                    // relations that had one of those
}

// annotation is a span, on all rows that it covers.
type annotation struct {
	layer      *layer
	key        string
	number     int
	line       int
	start, end int
	attributes map[string]annotate.Value
	slots      []slot
	next       string // what relates it to the next one of its chain
}

type slot struct {
	role  string
	layer string
	to    reference
}

type relation struct {
	layer      *layer
	line       int
	attributes map[string]annotate.Value
	from, to   *annotation
}

// name returns what the document is called and whose annotations it has: INCEpTION puts
// the file of each annotator in a folder that is called like the document.
func name(in dataset.Input) (document, annotator string) {
	stem := strings.TrimSuffix(in.Name, path.Ext(in.Name))
	if folder := path.Dir(in.Name); path.Ext(folder) != "" && folder != "." {
		return folder, path.Base(stem)
	}
	return stem + ".txt", ""
}

func decode(in dataset.Input, raw string) (*dataset.Record, error) {
	p, err := parse(raw)
	if err != nil {
		return nil, err
	}
	if err := p.build(); err != nil {
		return nil, err
	}
	document, annotator := name(in)
	draft, err := dataset.NewDraft(in, 1, document, p.text)
	if err != nil {
		return nil, err
	}
	draft.Record.Annotator = annotator
	d := &decoder{
		page: p, draft: draft, offsets: annotate.NewOffsets(p.text),
		stands: map[string]map[string][]*annotation{}, chains: map[string]*annotation{},
	}
	if err := d.spans(); err != nil {
		return nil, err
	}
	if err := d.relations(); err != nil {
		return nil, err
	}
	if err := d.put(); err != nil {
		return nil, err
	}
	if p.gaps > 0 {
		draft.Record.Remark(in.Path, 0, "the file does not say what stands between its sentences; line breaks were put there")
	}
	if d.empty > 0 {
		draft.Record.Remark(in.Path, 0, "annotations that cover nothing were left out: %d", d.empty)
	}
	if d.lost > 0 {
		draft.Record.Remark(in.Path, 0, "relations and slots that point at an annotation that covers nothing were left out: %d", d.lost)
	}
	return draft.Finish(annotate.UTF16)
}

// each calls do for every row of every sentence.
func (d *decoder) each(do func(*row) error) error {
	for _, s := range d.page.sentences {
		for _, r := range s.rows {
			if err := do(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// stack returns the cells of a layer in a row, one list for each annotation, none where
// there is no annotation.
func stack(l *layer, r *row) ([][]string, error) {
	cells := r.cells[l.first : l.first+l.width()]
	var stacked [][]string
	for i, cell := range cells {
		if cell == "_" {
			continue
		}
		parts := split(cell, '|')
		if stacked == nil {
			stacked = make([][]string, len(parts))
			for j := range stacked {
				stacked[j] = slices.Repeat([]string{"_"}, len(cells))
			}
		}
		if len(parts) != len(stacked) {
			return nil, fail(r.line, "the columns of layer %s hold different numbers of annotations, %d and %d", l.label, len(stacked), len(parts))
		}
		for j, part := range parts {
			stacked[j][i] = part
		}
	}
	return stacked, nil
}

// spans reads the annotations of the layers of spans and chains.
func (d *decoder) spans() error {
	return d.each(func(r *row) error {
		for _, l := range d.page.layers {
			if l.kind == relationLayer {
				continue
			}
			stacked, err := stack(l, r)
			if err != nil {
				return err
			}
			for i, cells := range stacked {
				if l.kind == chainLayer {
					err = d.link(l, r, cells)
				} else {
					err = d.span(l, r, i, cells)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// at returns the annotation of a key, which covers a row too, and whether it is new.
func (d *decoder) at(l *layer, r *row, key string, number int) (a *annotation, isNew bool) {
	rows := d.stands[l.name]
	if rows == nil {
		rows = map[string][]*annotation{}
		d.stands[l.name] = rows
	}
	a = d.chains[key]
	if isNew = a == nil; isNew {
		a = &annotation{layer: l, key: key, number: number, line: r.line, start: r.start, end: r.end}
		d.chains[key] = a
		d.all = append(d.all, a)
	}
	a.start, a.end = min(a.start, r.start), max(a.end, r.end)
	rows[r.id] = append(rows[r.id], a)
	return a, isNew
}

func (d *decoder) span(l *layer, r *row, i int, cells []string) error {
	number := 0
	for j, cell := range cells {
		if j > 0 && j <= len(l.features) && strings.HasPrefix(l.features[j-1], slotPrefix) {
			continue // the numbers of what fills a slot
		}
		if _, digits := numbered(cell); digits != "" {
			n, err := strconv.Atoi(digits)
			if err != nil {
				return fail(r.line, "%q is no number of an annotation", annotate.Excerpt(digits, 40))
			}
			number = n
			break
		}
	}
	key := fmt.Sprintf("%s %s %d", l.name, r.id, i)
	if number > 0 {
		key = fmt.Sprintf("%s [%d]", l.name, number)
	}
	a, isNew := d.at(l, r, key, number)
	if !isNew {
		return nil
	}
	for j := 0; j < len(l.features); j++ {
		if host, isSlot := strings.CutPrefix(l.features[j], slotPrefix); isSlot && j+1 < len(l.features) {
			if err := a.slot(r, host, l.features[j+1], cells[j], cells[j+1]); err != nil {
				return err
			}
			j++
			continue
		}
		a.set(l.features[j], cells[j])
	}
	return nil
}

// set gives an annotation the value of a cell.
func (a *annotation) set(feature, cell string) {
	value, _ := numbered(cell)
	if value == "*" || value == "_" {
		return
	}
	if a.attributes == nil {
		a.attributes = map[string]annotate.Value{}
	}
	a.attributes[dataset.NamedByType(short(feature))] = annotate.Text(unescape(value))
}

// slotPrefix is how a feature begins that has slots; the next column has what fills them.
const slotPrefix = "ROLE_"

// slot reads the slots of a feature: its roles, and what fills them.
func (a *annotation) slot(r *row, feature, target, roles, fillers string) error {
	if roles == "_" || fillers == "_" || fillers == "*" {
		return nil
	}
	_, name, _ := strings.Cut(feature, ":")
	name, _, _ = strings.Cut(name, "_")
	named, filled := split(roles, ';'), split(fillers, ';')
	if len(named) != len(filled) {
		return fail(r.line, "feature %s has %d roles and %d fillers", name, len(named), len(filled))
	}
	for i, role := range named {
		role, _ = numbered(role)
		if role == "*" || role == "" {
			role = name
		}
		a.slots = append(a.slots, slot{role: unescape(role), layer: target, to: parseReference(filled[i])})
	}
	return nil
}

// link reads a link of a chain: its number in brackets is that of the chain, and behind
// the arrow stands its place in it.
func (d *decoder) link(l *layer, r *row, cells []string) error {
	kind, relates := "", ""
	for i, feature := range l.features {
		if feature == "referenceRelation" {
			relates = cells[i]
		} else {
			kind = cells[i]
		}
	}
	word, place, found := strings.Cut(relates, "->")
	chain, n, numbers := strings.Cut(place, "-")
	at, err := strconv.Atoi(n)
	if !found || !numbers || err != nil {
		return fail(r.line, "%q does not say which link of which chain it is", annotate.Excerpt(relates, 40))
	}
	a, isNew := d.at(l, r, fmt.Sprintf("%s chain %s-%d", l.name, chain, at), 0)
	if isNew {
		a.set("referenceType", kind)
		if word != "*" && word != "_" {
			a.next = unescape(word)
		}
		d.order = append(d.order, fmt.Sprintf("%s chain %s-%d", l.name, chain, at+1))
	}
	return nil
}

// relations reads the layers of relations.
func (d *decoder) relations() error {
	return d.each(func(r *row) error {
		for _, l := range d.page.layers {
			if l.kind != relationLayer {
				continue
			}
			stacked, err := stack(l, r)
			if err != nil {
				return err
			}
			for _, cells := range stacked {
				x := &relation{layer: l, line: r.line}
				to := parseReference(cells[len(cells)-1])
				if x.from, err = d.find(l.base, to.row, to.source, r.line); err != nil {
					return err
				}
				if x.to, err = d.find(l.base, r.id, to.target, r.line); err != nil {
					return err
				}
				said := annotation{}
				for i, feature := range l.features {
					said.set(feature, cells[i])
				}
				x.attributes = said.attributes
				d.links = append(d.links, x)
			}
		}
		return nil
	})
}

// find returns the annotation of a layer on a row. One of a layer that the file does not
// have, such as tokens, is made there.
func (d *decoder) find(base, id string, number, line int) (*annotation, error) {
	r := d.page.rows[id]
	if r == nil {
		return nil, fail(line, "it points at %q, and there is no such row", annotate.Excerpt(id, 40))
	}
	here := d.stands[base][id]
	if short(base) == "Annotation" || short(base) == "AnnotationBase" { // any layer will do
		for _, l := range d.page.layers {
			here = append(here, d.stands[l.name][id]...)
		}
	}
	for _, a := range here {
		if number == 0 || a.number == number {
			return a, nil
		}
	}
	for _, l := range d.page.layers {
		if l.name == base || number > 0 {
			return nil, fail(line, "it points at %s, and there is no %s there", reference{row: id, source: number}, short(base))
		}
	}
	a, _ := d.at(&layer{name: base, label: short(base)}, r, base+" "+id, 0)
	return a, nil
}

// put gives the draft what was read.
func (d *decoder) put() error {
	for _, a := range d.all { // tokens that slots point at are added while they are looked for
		for i := range a.slots {
			if _, err := d.find(a.slots[i].layer, a.slots[i].to.row, a.slots[i].to.source, a.line); err != nil {
				return err
			}
		}
	}
	for _, a := range d.all {
		if a.start == a.end {
			d.empty++
			continue
		}
		if a.bare() {
			continue
		}
		f, err := d.offsets.Fragment(d.page.unit, a.start, a.end)
		if err != nil {
			return fail(a.line, "%w", err)
		}
		d.draft.Span(dataset.DraftSpan{
			Key: a.key, Name: "annotation of " + a.layer.label, Line: a.line, Label: a.layer.label, Attributes: a.attributes,
			Parts: []dataset.Part{{Start: a.start, End: a.end, Words: d.page.text[f.Start:f.End], Quoted: true}},
		})
	}
	for _, a := range d.all {
		if err := d.hosts(a); err != nil {
			return err
		}
	}
	for _, x := range d.links {
		d.relate(x.layer.label, x.line, x.attributes, 2, end{annotate.Head, x.from}, end{annotate.Tail, x.to})
	}
	d.follow()
	return nil
}

// end is an argument.
type end struct {
	role string
	at   *annotation
}

// relate makes a relation, unless it has fewer ends than that.
func (d *decoder) relate(label string, line int, attributes map[string]annotate.Value, least int, ends ...end) {
	x := dataset.DraftRelation{Name: "relation " + label, Line: line, Label: label, Attributes: attributes}
	for _, e := range ends {
		if e.at.start == e.at.end {
			d.lost++
			continue
		}
		x.Arguments = append(x.Arguments, dataset.DraftArgument{Role: e.role, Key: e.at.key})
	}
	if len(x.Arguments) >= least {
		d.draft.Relation(x)
	}
}

// host is the role of an annotation in the relation that its slots make, which is the one
// that events of brat have.
const host = "trigger"

// bare reports whether a is only there to hold the arguments of a relation, as this
// program writes it.
func (a *annotation) bare() bool { return strings.HasPrefix(a.layer.name, dataset.SlotPackage) }

// hosts makes a relation of an annotation with slots.
func (d *decoder) hosts(a *annotation) error {
	if len(a.slots) == 0 {
		return nil
	}
	if a.start == a.end {
		d.lost++
		return nil
	}
	ends, least := []end{{host, a}}, 2
	var attributes map[string]annotate.Value
	if a.bare() {
		ends, least, attributes = nil, 1, a.attributes
	}
	for _, s := range a.slots {
		filler, err := d.find(s.layer, s.to.row, s.to.source, a.line)
		if err != nil {
			return err
		}
		twice := false
		for _, e := range ends {
			twice = twice || e == end{s.role, filler}
		}
		if !twice {
			ends = append(ends, end{s.role, filler})
		}
	}
	d.relate(a.layer.label, a.line, attributes, least, ends...)
	return nil
}

// follow relates each link of a chain to the next one.
func (d *decoder) follow() {
	for _, next := range d.order {
		to := d.chains[next]
		cut := strings.LastIndex(next, "-")
		n, _ := strconv.Atoi(next[cut+1:]) // it was made of a number
		from := d.chains[fmt.Sprintf("%s-%d", next[:cut], n-1)]
		if to == nil || from == nil {
			continue
		}
		var attributes map[string]annotate.Value
		if from.next != "" {
			attributes = map[string]annotate.Value{"referenceRelation": annotate.Text(from.next)}
		}
		d.relate(from.layer.label, from.line, attributes, 2, end{annotate.Head, from}, end{annotate.Tail, to})
	}
}

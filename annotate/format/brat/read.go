package brat

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the one record of a text and the files that annotate it, or why
// there is none.
func read(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) { yield(load(in)) }
}

func load(in dataset.Input) (*dataset.Record, error) {
	files := annotationFiles(in.Path)
	switch extension := filepath.Ext(in.Path); {
	case slices.Contains(companions, extension):
		text := strings.TrimSuffix(in.Path, extension) + ".txt"
		return nil, annotate.Errorf(annotate.NotFound, "the text it annotates is missing: there is no %s", filepath.Base(text)).At(in.Path, 0)
	case len(files) == 0:
		return nil, annotate.Errorf(annotate.NotFound, "there is no .ann file beside it").At(in.Path, 0)
	}
	d, size, err := dataset.ReadDocument(in)
	if err != nil {
		return nil, err
	}
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	var lines []*line
	for _, file := range files {
		// Read as text is: strict UTF-8, and CR LF is a line end.
		annotations, _, err := dataset.ReadDocument(dataset.Input{Path: file, Name: file})
		if err != nil {
			return nil, err
		}
		more, err := parseLines(file, annotations.Text)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	r := reader{
		record: &dataset.Record{Document: d, Annotator: in.Annotator, File: files[0], End: size},
		lines:  map[string]*line{}, owners: map[string]*owner{}, attributes: map[string]string{}, moves: in.Reanchor,
	}
	if err := r.read(lines); err != nil {
		return nil, err
	}
	return r.record, nil
}

// reader puts a record together.
type reader struct {
	record     *dataset.Record
	lines      map[string]*line  // by id
	owners     map[string]*owner // spans and relations by the id in the file, attributes by that of what they are set on
	attributes map[string]string // names of attributes by the id in the file
	moves      bool              // spans whose words stand elsewhere
}

// steps are the kinds of line in the order that lets each find what it is about.
var steps = []struct {
	kinds string
	read  func(*reader, *line) error
}{
	{"RE", (*reader).relation},
	{"*", (*reader).equivalence},
	{"AM", (*reader).attribute},
	{"N", (*reader).normalization},
	{"#", (*reader).note},
}

func (r *reader) read(lines []*line) error {
	for _, l := range lines {
		if other := r.lines[l.id]; other != nil && l.id != "*" && l.id != "#" {
			return l.fail("the id stands in line %d already", other.number)
		}
		r.lines[l.id] = l
	}
	if err := r.spans(lines); err != nil {
		return err
	}
	for _, step := range steps {
		for _, l := range lines {
			if strings.IndexByte(step.kinds, l.kind()) < 0 {
				continue
			}
			if err := step.read(r, l); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) remark(l *line, format string, args ...any) {
	r.record.Remarks = append(r.record.Remarks, dataset.Remark{File: l.file, Line: l.number, Sentence: l.id + ": " + fmt.Sprintf(format, args...)})
}

// id returns the id that belongs to something in the file, so that reading the
// file again gives the same ones.
func (r *reader) id(parts ...string) annotate.ID {
	d := r.record
	return annotate.DerivedWithin(d.Document.ID, append([]string{"brat", d.Annotator}, parts...)...)
}

func (r *reader) spans(lines []*line) error {
	var bound []*textBound
	for _, l := range lines {
		if l.kind() != 'T' {
			continue
		}
		label, stretches, err := l.textBound()
		if err != nil {
			return err
		}
		bound = append(bound, &textBound{line: l, label: label, stretches: stretches})
	}
	remark, err := understand(r.record.Document, bound)
	if err != nil && r.moves {
		err = reanchor(r.record, bound)
	}
	if err != nil {
		return err
	}
	if remark != "" {
		r.record.Remarks = append(r.record.Remarks, dataset.Remark{File: r.record.File, Sentence: remark})
	}
	for _, b := range bound {
		if err := r.span(b); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) span(b *textBound) error {
	s := &annotate.Span{
		ID: r.id(b.id), Document: r.record.Document.ID, Annotator: r.record.Annotator, Label: b.label,
		Fragments: annotate.NormalizeFragments(b.fragments),
	}
	switch {
	case len(s.Fragments) < len(b.fragments):
		r.remark(b.line, "its parts touch or overlap; they were joined")
	case !slices.Equal(s.Fragments, b.fragments):
		r.remark(b.line, "its parts were put in order")
	case !b.tailed:
		r.remark(b.line, "it has no text to check its offsets against; they were taken as they are")
	}
	if err := s.Check(r.record.Document.Text); err != nil {
		return b.fail("%w", err)
	}
	r.record.Spans = append(r.record.Spans, s)
	r.owners[b.id] = &owner{attributes: &s.Attributes, note: &s.Note}
	return nil
}

func (r *reader) relation(l *line) error {
	label, pointers, err := l.pointers()
	if err != nil {
		return err
	}
	if l.kind() == 'R' {
		if err := l.nameBinary(pointers); err != nil {
			return err
		}
	} else if err := l.nameEvent(pointers); err != nil {
		return err
	}
	relation := &annotate.Relation{ID: r.id(l.id), Label: label}
	for _, p := range pointers {
		if err := r.argue(l, relation, p); err != nil {
			return err
		}
	}
	return r.addRelation(l, relation)
}

// nameBinary checks the two arguments of a relation, and calls those that brat
// numbers by what they are here.
func (l *line) nameBinary(pointers []pointer) error {
	if len(pointers) != 2 || pointers[0].role == pointers[1].role {
		return l.fail("a relation has two arguments with different roles")
	}
	names := map[string]string{"Arg1": annotate.Head, "Arg2": annotate.Tail}
	if names[pointers[0].role] == "" || names[pointers[1].role] == "" {
		return nil
	}
	for i := range pointers {
		pointers[i].role = names[pointers[i].role]
	}
	return nil
}

// nameEvent checks the trigger, and takes away the number that brat gives to
// repeated roles.
func (l *line) nameEvent(pointers []pointer) error {
	if len(pointers) == 0 || pointers[0].id[0] != 'T' {
		return l.fail("an event has a trigger, which is a T")
	}
	for i := range pointers {
		if role := strings.TrimRight(pointers[i].role, "0123456789"); role != "" {
			pointers[i].role = role
		}
	}
	return nil
}

// argue adds one argument to a relation.
func (r *reader) argue(l *line, relation *annotate.Relation, p pointer) error {
	target := r.lines[p.id]
	if target == nil || strings.IndexByte("TRE", target.kind()) < 0 {
		return l.fail("its %s is %s, and there is no such span, relation or event", p.role, p.id)
	}
	a := annotate.Argument{Role: p.role, Relation: r.id(p.id)}
	if target.kind() == 'T' {
		a = annotate.Argument{Role: p.role, Span: r.id(p.id)}
	}
	if slices.Contains(relation.Arguments, a) {
		r.remark(l, "it has %s twice as its %s; once was kept", p.id, p.role)
		return nil
	}
	relation.Arguments = append(relation.Arguments, a)
	return nil
}

func (r *reader) addRelation(l *line, relation *annotate.Relation) error {
	relation.Document, relation.Annotator = r.record.Document.ID, r.record.Annotator
	if err := relation.Check(); err != nil {
		return l.fail("%w", err)
	}
	r.record.Relations = append(r.record.Relations, relation)
	if l.id != "*" { // which is no name, so that nothing can be about it
		r.owners[l.id] = &owner{attributes: &relation.Attributes, note: &relation.Note}
	}
	return nil
}

// equivalence reads "Equiv T1 T2 T3". Such a line has no id of its own, so it is
// known by what it says.
func (r *reader) equivalence(l *line) error {
	fields := strings.Fields(l.body)
	if len(fields) < 2 {
		return l.fail("an equivalence has members")
	}
	relation := &annotate.Relation{ID: r.id(append([]string{"*"}, fields...)...), Label: fields[0]}
	for _, id := range fields[1:] {
		if err := r.argue(l, relation, pointer{annotate.Member, id}); err != nil {
			return err
		}
	}
	if len(relation.Arguments) == 1 {
		r.remark(l, "it says only that %s is itself; it was left out", fields[1])
		return nil
	}
	if slices.ContainsFunc(r.record.Relations, func(other *annotate.Relation) bool { return other.ID == relation.ID }) {
		r.remark(l, "the same equivalence stands there twice; once was kept")
		return nil
	}
	return r.addRelation(l, relation)
}

// owner returns what a line is about.
func (r *reader) owner(l *line, target string) (*owner, error) {
	o := r.owners[target]
	if o == nil {
		return nil, l.fail("it is about %s, which is not in the file", target)
	}
	return o, nil
}

func (r *reader) attribute(l *line) error {
	name, target, value, err := l.about()
	if err != nil {
		return err
	}
	v := annotate.Text(value)
	if value == "" {
		v = annotate.Bool(true)
	}
	return r.set(l, target, name, v)
}

func (r *reader) normalization(l *line) error {
	name, target, reference, err := l.about()
	if err != nil {
		return err
	}
	if l.tail != "" {
		reference += " " + l.tail
	}
	return r.set(l, target, name+normalizationSuffix, annotate.Text(reference))
}

// set sets an attribute and remembers it, because a note may be about it.
func (r *reader) set(l *line, target, name string, v annotate.Value) error {
	o, err := r.owner(l, target)
	if err != nil {
		return err
	}
	if kind := r.lines[target].kind(); strings.IndexByte("TRE", kind) < 0 {
		return l.fail("it is about %s, which is no span, relation or event", target)
	}
	if !o.add(name, v) {
		r.remark(l, "%s has the same value twice; once was kept", name)
	}
	r.owners[l.id], r.attributes[l.id] = o, name
	return nil
}

func (r *reader) note(l *line) error {
	kind, target, _, err := l.about()
	if err != nil {
		return err
	}
	o, err := r.owner(l, target)
	if err != nil {
		return err
	}
	attribute, isAttribute := r.attributes[target]
	switch {
	case isAttribute:
		kind += onInfix + attribute
	case kind == annotatorNotes:
		o.addNote(l.tail)
		return nil
	}
	if !o.add(kind+noteSuffix, annotate.Text(l.tail)) {
		r.remark(l, "the same note stands there twice; once was kept")
	}
	return nil
}

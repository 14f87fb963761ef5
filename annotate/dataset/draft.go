package dataset

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"spanwright/annotate"
)

// Draft is a record as it is put together from a file: spans as the file counts them,
// and relations between what the file calls by names of its own.
type Draft struct {
	Record *Record
	// Words compares what a span covers with what the file says; nil is [Exactly].
	Words Same

	in        Input
	stretches []Stretch
	spans     []DraftSpan
	relations []DraftRelation
}

// Part is a stretch of a span.
type Part struct {
	Start, End int
	Words      string // what the file says stands there
	Quoted     bool   // it says so
}

// DraftSpan is a span as its file tells it.
type DraftSpan struct {
	Key        string // what the file calls it; empty when nothing points at it
	Name       string // for messages
	Line       int    // 0 for that of the record
	Label      string
	Parts      []Part
	Attributes map[string]annotate.Value
	Flag, Note string
}

// DraftRelation is a relation as its file tells it.
type DraftRelation struct {
	Key        string
	Name       string
	Line       int
	Label      string
	Arguments  []DraftArgument
	Attributes map[string]annotate.Value
	Flag, Note string
}

// DraftArgument is an argument: a role and the key of a span or relation.
type DraftArgument struct{ Role, Key string }

// ImplicitKey is the key of an argument that is meant and not in the text. No file has it,
// since no text holds a NUL.
const ImplicitKey = "\x00"

// NewDraft begins the record of a text. An empty name is that of the file with a number,
// which is the record's line.
func NewDraft(in Input, line int, name, text string) (*Draft, error) {
	if name == "" {
		name = in.Numbered(line)
	}
	d := &annotate.Document{Name: name, Text: text, Hash: annotate.HashText(text)}
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	if err := d.Check(); err != nil {
		return nil, Place(err, in.Path, line)
	}
	return &Draft{Record: &Record{Document: d, File: in.Path, Line: line}, in: in}, nil
}

// Numbered returns the name of the n-th document in a file that names none.
func (in Input) Numbered(n int) string {
	return fmt.Sprintf("%s-%d.txt", strings.TrimSuffix(in.Name, path.Ext(in.Name)), n)
}

// Span adds a span.
func (d *Draft) Span(s DraftSpan) {
	for _, p := range s.Parts {
		d.stretches = append(d.stretches, Stretch{Start: p.Start, End: p.End, Words: p.Words, Quoted: p.Quoted, Line: s.Line, Name: s.Name})
	}
	d.spans = append(d.spans, s)
}

// Relation adds a relation.
func (d *Draft) Relation(r DraftRelation) { d.relations = append(d.relations, r) }

// Spans returns how many spans were added.
func (d *Draft) Spans() int { return len(d.spans) }

// Label sets an attribute of the document.
func (d *Draft) Label(name string, v annotate.Value) {
	if d.Record.Assessment == nil {
		d.Record.Assessment = &annotate.Assessment{Status: annotate.InProgress}
	}
	a := d.Record.Assessment
	if a.Labels == nil {
		a.Labels = map[string]annotate.Value{}
	}
	a.Labels[name] = v
}

// Note sets the note of the document.
func (d *Draft) Note(note string) {
	if note == "" {
		return
	}
	if d.Record.Assessment == nil {
		d.Record.Assessment = &annotate.Assessment{Status: annotate.InProgress}
	}
	d.Record.Assessment.Note = note
}

// fail returns an error in a line of the file.
func (d *Draft) fail(line int, name, format string, args ...any) error {
	err := annotate.Errorf(annotate.Invalid, format, args...)
	err.Sentence = strings.TrimPrefix(name+": ", ": ") + err.Sentence + "; the document was left out"
	if line == 0 {
		line = d.Record.Line
	}
	return err.At(d.in.Path, line)
}

// Finish returns the record, whose offsets count prefer unless its words say otherwise.
// Ids follow from what they name, so that the same file gives the same ones again.
func (d *Draft) Finish(prefer annotate.Unit) (*Record, error) {
	r := d.Record
	if r.Annotator == "" && (len(d.spans)+len(d.relations) > 0 || r.Assessment != nil) {
		r.Annotator = d.in.Annotator
	}
	if r.Assessment != nil {
		r.Assessment.Document, r.Assessment.Annotator = r.Document.ID, r.Annotator
		if err := r.Assessment.Check(); err != nil {
			return nil, Place(err, d.in.Path, r.Line)
		}
	}
	same := d.Words
	if same == nil {
		same = Exactly
	}
	fragments, err := r.Settle(d.in, prefer, d.stretches, same)
	if err != nil {
		return nil, err
	}
	named := map[string]annotate.Argument{}
	taken := map[annotate.ID]bool{}
	for _, s := range d.spans {
		made, err := d.span(s, fragments[:len(s.Parts)], taken)
		if err != nil {
			return nil, err
		}
		fragments = fragments[len(s.Parts):]
		if s.Key == "" {
			continue
		}
		if _, twice := named[s.Key]; twice {
			return nil, d.fail(s.Line, s.Name, "the id %q stands twice", s.Key)
		}
		named[s.Key] = annotate.Argument{Span: made.ID}
	}
	if err := d.relate(named, taken); err != nil {
		return nil, err
	}
	r.Sort()
	return r, nil
}

// span makes a span of fragments.
func (d *Draft) span(s DraftSpan, fragments []annotate.Fragment, taken map[annotate.ID]bool) (*annotate.Span, error) {
	r := d.Record
	made := &annotate.Span{
		Document: r.Document.ID, Annotator: r.Annotator, Label: s.Label, Attributes: s.Attributes, Flag: s.Flag, Note: s.Note,
		Fragments: annotate.NormalizeFragments(fragments),
	}
	switch {
	case s.Label == "":
		return nil, d.fail(s.Line, s.Name, "it has no label")
	case len(made.Fragments) == 0 && len(s.Parts) > 0:
		return nil, d.fail(s.Line, s.Name, "it covers nothing at offset %d, and a span must cover something", s.Parts[0].Start)
	case len(made.Fragments) < len(fragments):
		r.Remark(d.in.Path, s.Line, "%s: its parts touch or overlap; they were joined", s.Name)
	}
	made.ID = fresh(taken, r.Document.ID, r.Annotator, "span", s.Label, fmt.Sprint(made.Fragments))
	if err := made.Check(r.Document.Text); err != nil {
		return nil, d.fail(s.Line, s.Name, "%w", err)
	}
	r.Spans = append(r.Spans, made)
	return made, nil
}

// relate makes the relations. Those that others are about come first.
func (d *Draft) relate(named map[string]annotate.Argument, taken map[annotate.ID]bool) error {
	known := map[string]bool{}
	for _, x := range d.relations {
		if x.Key == "" {
			continue
		}
		if _, twice := named[x.Key]; twice || known[x.Key] {
			return d.fail(x.Line, x.Name, "the id %q stands twice", x.Key)
		}
		known[x.Key] = true
	}
	for waiting := d.relations; len(waiting) > 0; {
		var later []DraftRelation
		for _, x := range waiting {
			if slices.ContainsFunc(x.Arguments, func(a DraftArgument) bool { _, made := named[a.Key]; return !made && known[a.Key] }) {
				later = append(later, x)
				continue
			}
			if err := d.relation(x, named, taken); err != nil {
				return err
			}
		}
		if len(later) == len(waiting) {
			return d.fail(later[0].Line, later[0].Name, "it leads in a circle of relations about relations")
		}
		waiting = later
	}
	return nil
}

func (d *Draft) relation(x DraftRelation, named map[string]annotate.Argument, taken map[annotate.ID]bool) error {
	r := d.Record
	made := &annotate.Relation{Document: r.Document.ID, Annotator: r.Annotator, Label: x.Label, Attributes: x.Attributes, Flag: x.Flag, Note: x.Note}
	for _, a := range x.Arguments {
		argument, ok := named[a.Key]
		if a.Key == ImplicitKey {
			argument, ok = annotate.Argument{Implicit: true}, true
		}
		if !ok {
			return d.fail(x.Line, x.Name, "its %s is %q, and nothing is called so", a.Role, a.Key)
		}
		argument.Role = a.Role
		made.Arguments = append(made.Arguments, argument)
	}
	made.ID = fresh(taken, r.Document.ID, r.Annotator, "relation", x.Label, fmt.Sprint(made.Arguments))
	if err := made.Check(); err != nil {
		return d.fail(x.Line, x.Name, "%w", err)
	}
	if x.Key != "" {
		named[x.Key] = annotate.Argument{Relation: made.ID}
	}
	r.Relations = append(r.Relations, made)
	return nil
}

// fresh returns the id that follows from parts, another one for each time they occur.
func fresh(taken map[annotate.ID]bool, document annotate.ID, parts ...string) annotate.ID {
	id := annotate.DerivedWithin(document, parts...)
	for taken[id] {
		parts = append(parts, "again")
		id = annotate.DerivedWithin(document, parts...)
	}
	taken[id] = true
	return id
}

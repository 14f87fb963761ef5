package w3c

import (
	"cmp"
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// page is the annotations of one text.
type page struct {
	source  source
	sourced bool // an annotation has said what the source is
	line    int
	layers  []*layer
}

// layer is the annotations of one creator.
type layer struct {
	creator     string
	annotations []*annotation
	begun       bool // the text stood in one of them
}

func newPage(a *annotation) *page { return &page{line: a.line} }

// takes reports whether an annotation is about the text of the page, and does not begin
// another record of it: the text stands in the first annotation of each.
func (p *page) takes(a *annotation) bool {
	s := a.targets[0].source
	if !p.sourced {
		return true
	}
	if s.id != p.source.id || s.held && p.source.held && s.text != p.source.text {
		return false
	}
	l := p.layer(a.creator)
	return !s.held || l == nil || !l.begun
}

func (p *page) layer(creator string) *layer {
	for _, l := range p.layers {
		if l.creator == creator {
			return l
		}
	}
	return nil
}

// add puts an annotation into the layer of its creator.
func (p *page) add(a *annotation) {
	l := p.layer(a.creator)
	if l == nil {
		l = &layer{creator: a.creator}
		p.layers = append(p.layers, l)
	}
	l.annotations = append(l.annotations, a)
	if a.link {
		return
	}
	s := a.targets[0].source
	l.begun = l.begun || s.held
	if !p.sourced || s.held {
		p.source, p.sourced, p.line = s, true, cmp.Or(p.line, a.line)
	}
}

// records returns the record of each layer. An annotation that only holds the text makes
// a record where nobody says anything else.
func (p *page) records(in dataset.Input) ([]*dataset.Record, error) {
	count := 0
	for _, l := range p.layers {
		count += len(l.annotations)
	}
	text, err := p.source.read(in)
	if err != nil {
		return nil, annotate.Errorf(annotate.KindOf(err), "%w; annotations that were left out: %d", err, count)
	}
	meta := map[string]string{}
	for _, l := range p.layers {
		for _, a := range l.annotations {
			if a.aboutAll() {
				for field, value := range a.words().meta {
					meta[field] = value
				}
			}
		}
	}
	layers := slices.Clone(p.layers)
	if len(layers) > 1 {
		layers = slices.DeleteFunc(layers, func(l *layer) bool { return l.creator == "" && l.silent() })
	}
	var records []*dataset.Record
	for _, l := range layers {
		r, err := l.record(in, p.line, text, meta)
		if err != nil {
			return records, err
		}
		records = append(records, r)
	}
	return withoutBare(records), nil
}

// withoutBare leaves out the record of a layer of which nothing could be taken in, unless it is the only one
// of its document. What there is to say about it goes to another one.
func withoutBare(records []*dataset.Record) []*dataset.Record {
	i := slices.IndexFunc(records, func(r *dataset.Record) bool { return r.Annotator == "" })
	if i < 0 || len(records) == 1 {
		return records
	}
	remarks := records[i].Remarks
	records = slices.Delete(records, i, i+1)
	records[0].Remarks = append(records[0].Remarks, remarks...)
	return records
}

// aboutAll reports whether an annotation is about the whole text.
func (a *annotation) aboutAll() bool {
	return !a.link && !slices.ContainsFunc(a.targets, func(t target) bool { return len(t.selectors) > 0 })
}

// silent reports whether a layer says nothing but what the text is and where it comes from.
func (l *layer) silent() bool {
	return !slices.ContainsFunc(l.annotations, func(a *annotation) bool {
		s := a.words()
		return !a.aboutAll() || len(s.attributes) > 0 || s.noted || s.flag != "" || s.status != ""
	})
}

// record puts a layer together.
func (l *layer) record(in dataset.Input, line int, text *annotate.Document, meta map[string]string) (*dataset.Record, error) {
	plain := in
	plain.Unit = "" // what is placed is placed in bytes
	draft, err := dataset.NewDraft(plain, line, text.Name, text.Text)
	if err != nil {
		return nil, err
	}
	r := draft.Record
	r.Document.BOM, r.Document.Newlines = text.BOM, text.Newlines
	r.Annotator = l.creator
	for field, value := range meta {
		r.Document.SetMeta(field, value)
	}
	placer := placer{in: in, record: r}
	known := map[string]bool{}
	for _, a := range l.annotations {
		switch {
		case a.link:
			known[a.id] = a.id != ""
		case a.aboutAll():
			a.assess(draft)
		default:
			placer.add(a)
		}
	}
	for i, placed := range placer.place() {
		a := placed.annotation
		s := a.words()
		known[a.id] = a.id != ""
		draft.Span(dataset.DraftSpan{
			Key: a.id, Name: named(a, i), Line: a.line, Label: s.label, Parts: placed.parts, Attributes: withMeta(s), Flag: s.flag, Note: s.note,
		})
	}
	l.relate(draft, known)
	return draft.Finish(annotate.Byte)
}

// named returns what messages call an annotation.
func named(a *annotation, i int) string {
	return fmt.Sprintf("annotation %q", cmp.Or(a.id, fmt.Sprint(i+1)))
}

// withMeta returns the attributes of what is no document: descriptions with a name are
// attributes too.
func withMeta(s said) map[string]annotate.Value {
	for name, value := range s.meta {
		if _, there := s.attributes[name]; !there {
			s.set(name, annotate.Text(value))
		}
	}
	return s.attributes
}

// assess takes what an annotation says of the document as a whole.
func (a *annotation) assess(draft *dataset.Draft) {
	s := a.words()
	status := annotate.Status(s.status)
	if status == annotate.New || status == annotate.InProgress || status == annotate.Done || s.flag != "" {
		if draft.Record.Assessment == nil {
			draft.Record.Assessment = &annotate.Assessment{Status: annotate.InProgress}
		}
		if s.status != "" {
			draft.Record.Assessment.Status = cmp.Or(status, annotate.InProgress)
		}
		draft.Record.Assessment.Flag = cmp.Or(s.flag, draft.Record.Assessment.Flag)
	}
	for name, v := range s.attributes {
		draft.Label(name, v)
	}
	if s.noted {
		note := s.note
		if before := draft.Record.Assessment; before != nil && before.Note != "" {
			note = before.Note + "\n" + note
		}
		draft.Note(note)
	}
}

// relate draws the links whose ends are all there.
func (l *layer) relate(draft *dataset.Draft, known map[string]bool) {
	links := slices.DeleteFunc(slices.Clone(l.annotations), func(a *annotation) bool { return !a.link })
	before := len(links)
	for changed := true; changed; {
		n := len(links)
		links = slices.DeleteFunc(links, func(a *annotation) bool {
			lost := slices.ContainsFunc(a.ends(), func(end dataset.DraftArgument) bool { return !known[end.Key] })
			if lost {
				delete(known, a.id)
			}
			return lost
		})
		changed = len(links) < n
	}
	for i, a := range links {
		s := a.words()
		draft.Relation(dataset.DraftRelation{
			Key: a.id, Name: named(a, i), Line: a.line, Label: s.label, Arguments: a.ends(), Attributes: withMeta(s), Flag: s.flag, Note: s.note,
		})
	}
	if lost := before - len(links); lost > 0 {
		draft.Record.Remark(draft.Record.File, 0, "links to annotations that are not there, or not by the same creator, were left out: %d", lost)
	}
}

// ends returns what a link leads to: its targets, then its bodies that are annotations.
// Two without a role are head and tail, several are members.
func (a *annotation) ends() []dataset.DraftArgument {
	var ends []dataset.DraftArgument
	for _, t := range a.targets {
		ends = append(ends, dataset.DraftArgument{Role: t.role, Key: t.source.id})
	}
	for _, b := range a.bodies {
		if b.resource != "" && !b.has(tagging) && !b.has(classifying) && !b.has(identifying) {
			ends = append(ends, dataset.DraftArgument{Role: b.name, Key: b.resource})
		}
	}
	bare := !slices.ContainsFunc(ends, func(end dataset.DraftArgument) bool { return end.Role != "" })
	for i := range ends {
		switch {
		case ends[i].Role != "":
		case bare && len(ends) == 2:
			ends[i].Role = []string{annotate.Head, annotate.Tail}[i]
		default:
			ends[i].Role = annotate.Member
		}
	}
	return ends
}

package arggraph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is the XML of argumentation graphs.
var Format = &dataset.Format{
	Name:     "arggraph",
	Title:    "argumentation graph (XML of the argumentative microtexts), with its text beside it",
	Patterns: []string{"*.xml"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.Texts: dataset.Yes, dataset.Binary: dataset.Yes, dataset.RelationArguments: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Bent, dataset.Unannotated: dataset.Yes,
	},
	Sniff: func(head dataset.Head) bool { return bytes.Contains(head.Text, []byte("<arggraph")) },
	Read:  read,
}

func read(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r, err := record(in)
		yield(r, dataset.Place(err, in.Path, 0))
	}
}

// record reads the graph that a file is.
func record(in dataset.Input) (*dataset.Record, error) {
	f, err := dataset.Open(in.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x, err := dataset.NewXML(f)
	if err != nil {
		return nil, err
	}
	token, err := x.Token()
	if err != nil {
		return nil, err
	}
	start, _ := token.(xml.StartElement) // what a file begins with
	if start.Name.Local != "arggraph" {
		return nil, x.Errorf(annotate.Invalid, "it is no argumentation graph: its element is %s, and must be arggraph", start.Name.Local)
	}
	e, err := x.Element(start)
	if err != nil {
		return nil, err
	}
	g := newGraph(e)
	text, err := g.text(in)
	if err != nil {
		return nil, err
	}
	r, err := g.record(in, text)
	if r != nil {
		r.End = x.Read()
	}
	return r, err
}

// graph is what a file says.
type graph struct {
	about    *dataset.Element
	segments []*segment
	units    []*dataset.Element
	edges    []*dataset.Element
	parts    map[string][]string // unit or joint → what it is made of
}

// segment is an elementary unit: a stretch of the text.
type segment struct {
	id, words string
	line      int
	start     int
	used      bool // by a unit
}

func newGraph(e *dataset.Element) *graph {
	g := &graph{about: e, units: e.All("adu"), parts: map[string][]string{}}
	for _, edu := range e.All("edu") {
		g.segments = append(g.segments, &segment{id: edu.Attr("id"), words: strings.TrimSpace(edu.Text), line: edu.Line})
	}
	for _, edge := range e.All("edge") {
		if edge.Attr("type") == "seg" {
			g.parts[edge.Attr("trg")] = append(g.parts[edge.Attr("trg")], edge.Attr("src"))
			continue
		}
		g.edges = append(g.edges, edge)
	}
	return g
}

// text returns the text that lies beside the file, in which every segment is to be found
// behind the one before it; where there is none, the segments with blanks between them.
func (g *graph) text(in dataset.Input) (*annotate.Document, error) {
	d := &annotate.Document{Name: strings.TrimSuffix(in.Name, path.Ext(in.Name)) + ".txt"}
	beside := strings.TrimSuffix(in.Path, filepath.Ext(in.Path)) + ".txt"
	if _, err := os.Stat(beside); err != nil {
		var words []string
		for _, s := range g.segments {
			words = append(words, s.words)
		}
		d.Text = strings.Join(words, " ")
	} else {
		raw, err := dataset.ReadFile(beside)
		if err != nil {
			return nil, err
		}
		if err := d.ReadText(raw); err != nil {
			return nil, dataset.Place(err, beside, 0)
		}
		d.CutDate() // as where the text is imported by itself
	}
	from := 0
	for _, s := range g.segments {
		at := strings.Index(d.Text[from:], s.words)
		if at < 0 {
			return nil, annotate.Errorf(annotate.Invalid, "the segment %s, %q, does not stand in %s behind the one before it", s.id, annotate.Excerpt(s.words, 60), filepath.Base(beside)).At("", s.line)
		}
		s.start = from + at
		from = s.start + len(s.words)
	}
	return d, nil
}

// record makes a span of each unit, and of each segment that is no part of one.
func (g *graph) record(in dataset.Input, text *annotate.Document) (*dataset.Record, error) {
	in.Unit = annotate.Byte // in which the segments were found
	draft, err := dataset.NewDraft(in, 1, text.Name, text.Text)
	if err != nil {
		return nil, err
	}
	d := draft.Record.Document
	d.BOM, d.Newlines = text.BOM, text.Newlines
	for field, value := range text.Meta {
		d.SetMeta(field, value)
	}
	for _, a := range g.about.Attrs {
		d.SetMeta(a.Name.Local, a.Value)
	}
	empty := 0
	for _, unit := range g.units {
		id := unit.Attr("id")
		parts := g.place(text.Text, id)
		if len(parts) == 0 {
			empty++
		}
		s := dataset.DraftSpan{Key: id, Name: "adu " + id, Line: unit.Line, Label: "adu", Parts: parts}
		if kind := unit.Attr("type"); kind != "" {
			s.Attributes = map[string]annotate.Value{"type": annotate.Text(kind)}
		}
		if len(parts) > 0 {
			draft.Span(s)
		}
	}
	for _, s := range g.segments {
		if !s.used {
			draft.Span(dataset.DraftSpan{Key: s.id, Name: "edu " + s.id, Line: s.line, Label: "edu", Parts: []dataset.Part{s.part()}})
		}
	}
	for _, edge := range g.edges {
		draft.Relation(dataset.DraftRelation{
			Key: edge.Attr("id"), Name: "edge " + edge.Attr("id"), Line: edge.Line, Label: cmp.Or(edge.Attr("type"), "edge"),
			Arguments: []dataset.DraftArgument{{Role: annotate.Head, Key: edge.Attr("src")}, {Role: annotate.Tail, Key: edge.Attr("trg")}},
		})
	}
	if empty > 0 {
		draft.Record.Remark(in.Path, 0, "units without a segment were left out: %d", empty)
	}
	return draft.Finish(annotate.Byte)
}

func (s *segment) part() dataset.Part {
	return dataset.Part{Start: s.start, End: s.start + len(s.words), Words: s.words, Quoted: true}
}

// place returns where a unit stands. Segments with nothing but blanks between them are one part.
func (g *graph) place(text, id string) []dataset.Part {
	members := map[string]bool{}
	g.collect(id, members)
	var parts []dataset.Part
	for _, s := range g.segments {
		if !members[s.id] {
			continue
		}
		s.used = true
		p := s.part()
		if n := len(parts); n > 0 && strings.TrimSpace(text[parts[n-1].End:p.Start]) == "" {
			parts[n-1].End = p.End
			parts[n-1].Words = text[parts[n-1].Start:p.End]
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// collect adds what a unit is made of, directly or through joints.
func (g *graph) collect(id string, members map[string]bool) {
	for _, part := range g.parts[id] {
		if !members[part] {
			members[part] = true
			g.collect(part, members)
		}
	}
}

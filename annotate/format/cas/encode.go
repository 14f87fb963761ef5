package cas

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// encoder makes a graph of a record.
type encoder struct {
	types   *writtenTypes
	record  *dataset.Record
	offsets *annotate.Offsets
	graph   *graph
	ids     map[annotate.ID]int       // of the structures of spans
	tokens  map[annotate.Fragment]int // structures
	members []int
}

// sofaID is the id of the text, which comes first.
const sofaID = 1

// encode returns the graph of a record, and adds to types what it needs.
func encode(r *dataset.Record, types *writtenTypes) *graph {
	e := &encoder{
		types: types, record: r, offsets: annotate.NewOffsets(r.Document.Text), ids: map[annotate.ID]int{}, tokens: map[annotate.Fragment]int{},
		graph: &graph{views: map[int][]int{}, sofas: []*sofa{{id: sofaID, name: initialView, text: r.Document.Text, has: true}}},
	}
	e.document()
	e.segments()
	hosted := hosted(r)
	written := map[*annotate.Relation]bool{}
	tokens := e.tokensMeant(hosted)
	for _, s := range r.Spans {
		if token := tokens[s.ID]; token != 0 {
			e.ids[s.ID] = token
		} else {
			e.span(s)
		}
	}
	for _, s := range r.Spans {
		if x := hosted[s.ID]; x != nil {
			written[x] = true
			e.slots(e.of(s.ID), x.Arguments[1:])
		}
	}
	e.chains(written)
	for _, x := range r.Relations {
		if !written[x] {
			e.relation(x)
		}
	}
	e.graph.views[sofaID] = e.members
	return e.graph
}

// add puts a structure into the graph, and the index if it belongs there.
func (e *encoder) add(kind string, indexed bool) *structure {
	s := &structure{id: len(e.graph.structures) + sofaID + 1, kind: kind}
	e.graph.structures = append(e.graph.structures, s)
	e.types.of(kind).met = true
	if indexed {
		s.sofa = sofaID
		e.members = append(e.members, s.id)
	}
	return s
}

// annotation adds an annotation of a stretch of the text.
func (e *encoder) annotation(kind string, at annotate.Fragment) *structure {
	s := e.add(kind, true)
	s.begin, s.end, s.placed = e.offsets.To(annotate.UTF16, at.Start), e.offsets.To(annotate.UTF16, at.End), true
	return s
}

// set gives a structure a feature, which its type then has.
func (e *encoder) set(s *structure, name string, v value) {
	e.types.value(s.kind, name, v)
	s.features = append(s.features, feature{name, v})
}

// document writes what is said of the document as a whole.
func (e *encoder) document() {
	d := e.record.Document
	s := e.annotation(documentMeta, annotate.Fragment{End: len(d.Text)})
	e.set(s, "language", value{text: unspecified})
	e.set(s, "documentTitle", value{text: d.Name})
	e.set(s, "documentId", value{text: d.Name})
	e.set(s, "isLastSegment", value{form: truth, text: "false"})
	for _, field := range annotate.SortedKeys(d.Meta) {
		f := e.add(fieldType, true)
		e.set(f, fieldName, value{text: field})
		e.set(f, fieldValue, value{text: d.Meta[field]})
	}
	state := e.add(stateType, true)
	e.set(state, fieldName, value{text: d.Name})
	if e.record.Annotator != "" {
		e.set(state, annotatorName, value{text: e.record.Annotator})
	}
	a := e.record.Assessment
	if a == nil {
		return
	}
	e.set(state, statusName, value{text: string(a.Status)})
	if a.Flag != "" {
		e.set(state, flagName, value{text: a.Flag})
	}
	if a.Note != "" {
		e.set(state, noteName, value{text: a.Note})
	}
	if len(a.Labels) > 0 {
		e.attributes(e.add(labelsType, true), a.Labels)
	}
}

// segments writes the sentences and tokens, without which INCEpTION shows nothing.
func (e *encoder) segments() {
	sentences, tokens := e.types.segments(e.record.Document.Text)
	for _, sentence := range sentences {
		e.annotation(sentenceType, sentence)
	}
	for _, inside := range tokens {
		for _, token := range inside {
			e.tokens[token] = e.annotation(tokenType, token).id
		}
	}
}

// of returns the structure of a span.
func (e *encoder) of(id annotate.ID) *structure { return e.structure(e.ids[id]) }

func (e *encoder) structure(id int) *structure { return e.graph.structures[id-sofaID-1] }

func (e *encoder) span(s *annotate.Span) {
	made := e.annotation(dataset.SpanType(s.Label, e.types.scheme), s.Extent())
	e.ids[s.ID] = made.id
	e.attributes(made, s.Attributes)
	e.said(made, s.Flag, s.Note)
	if at := e.tokens[s.Extent()]; at != 0 && builtinOf(made.kind) != nil && ofToken[s.Label] != "" {
		token := e.structure(at)
		if _, has := token.feature(ofToken[s.Label]); !has {
			e.set(token, ofToken[s.Label], value{form: reference, refs: []int{made.id}})
		}
	}
}

// said writes a flag and a note.
func (e *encoder) said(s *structure, flagged, noted string) {
	if flagged != "" {
		e.set(s, flag, value{text: flagged})
	}
	if noted != "" {
		e.set(s, note, value{text: noted})
	}
}

// attributes writes attributes. One that has values of several kinds is several features.
func (e *encoder) attributes(s *structure, attributes map[string]annotate.Value) {
	for _, name := range annotate.SortedKeys(attributes) {
		v := valueOf(attributes[name])
		e.set(s, e.types.feature(s.kind, name, v), v)
	}
}

// valueOf returns a value as a feature has it.
func valueOf(v annotate.Value) value {
	if _, ok := v.Bool(); ok {
		return value{form: truth, text: v.String()}
	}
	if digits, ok := v.Number(); ok {
		return value{form: number, text: digits}
	}
	if texts, ok := v.Choices(); ok {
		return value{form: list, texts: texts}
	}
	return value{text: v.String()}
}

// hosted returns the relations that are written as slots of a span, by that span: those that
// say no more than that their trigger, which has their label, has slots.
func hosted(r *dataset.Record) map[annotate.ID]*annotate.Relation {
	labels := map[annotate.ID]string{}
	for _, s := range r.Spans {
		labels[s.ID] = s.Label
	}
	found := map[annotate.ID]*annotate.Relation{}
	for _, x := range r.Relations {
		first := x.Arguments[0]
		if first.Role == trigger && len(x.Arguments) > 1 && labels[first.Span] == x.Label && found[first.Span] == nil &&
			len(x.Attributes) == 0 && x.Flag == "" && x.Note == "" {
			found[first.Span] = x
		}
	}
	return found
}

// slots writes the slots of a span.
func (e *encoder) slots(s *structure, args []annotate.Argument) {
	switch {
	case builtinOf(s.kind) == nil:
		e.fill(s, arguments, dataset.LinkType, args)
	case e.allArguments(args):
		e.fill(s, arguments, argumentLink, args)
	default:
		e.fill(s, arguments+dataset.NameEnds, dataset.LinkType, args)
	}
}

// fill writes slots as links of a type.
func (e *encoder) fill(s *structure, name, kind string, args []annotate.Argument) {
	var links []int
	for _, a := range args {
		link := e.add(kind, false)
		e.set(link, role, value{text: a.Role})
		e.set(link, target, value{form: reference, refs: []int{e.ids[a.Span]}})
		links = append(links, link.id)
	}
	e.set(s, name, value{form: reference, refs: links, many: true})
}

// relation writes a relation of a head and a tail as INCEpTION has relations, where the tail is, and
// any other as slots of an annotation that covers its arguments.
func (e *encoder) relation(x *annotate.Relation) {
	var s *structure
	binary := isBinary(x)
	if binary {
		from, to := e.of(x.Arguments[0].Span), e.of(x.Arguments[1].Span)
		s = e.add(e.relationType(x.Label, from, to), true)
		s.begin, s.end, s.placed = to.begin, to.end, true
		e.set(s, governor, value{form: reference, refs: []int{from.id}})
		e.set(s, dependent, value{form: reference, refs: []int{to.id}})
	} else {
		s = e.add(dataset.SlotPackage+dataset.TypeName(x.Label), true)
		s.placed = true
		for i, a := range x.Arguments {
			at := e.of(a.Span)
			if i == 0 {
				s.begin, s.end = at.begin, at.end
			}
			s.begin, s.end = min(s.begin, at.begin), max(s.end, at.end)
		}
	}
	e.attributes(s, x.Attributes)
	e.said(s, x.Flag, x.Note)
	if !binary {
		e.fill(s, arguments, dataset.LinkType, x.Arguments)
	}
}

// isBinary reports whether a relation is one of a head and a tail, in this order.
func isBinary(x *annotate.Relation) bool {
	return len(x.Arguments) == 2 && x.Arguments[0].Role == annotate.Head && x.Arguments[1].Role == annotate.Tail
}

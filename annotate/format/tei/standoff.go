package tei

import (
	"path"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The elements that say something of a text by pointing at it, whether they stand in standOff or in the text itself, and
// groups of them. They are no part of the text.
var (
	sayings = strings.Fields("span annotation link relation")
	groups  = strings.Fields("standOff spanGrp listAnnotation linkGrp listRelation")
	apart   = strings.Fields("spanGrp listAnnotation linkGrp listRelation span annotation link relation interp interpGrp alt altGrp join joinGrp")
)

// annotator makes spans and relations of what points at a text.
type annotator struct {
	resolver
	draft *dataset.Draft
	text  string
	named map[string]string // keys in the draft, by id
	where map[string]place  // of the spans that are made here, by id
	lost  []dataset.Remark
}

// annotate makes what the elements say, and what the names in the text are called.
func (r *reader) annotate(draft *dataset.Draft) {
	a := &annotator{
		resolver: resolver{layout: &r.layout, file: path.Base(draft.Record.File)}, draft: draft, text: r.text.String(),
		named: map[string]string{}, where: map[string]place{},
	}
	for _, s := range r.spans {
		if s.Key != "" {
			a.named[s.Key] = s.Key
		}
		draft.Span(s)
	}
	for _, e := range r.said {
		a.each(e, nil, a.span)
	}
	for _, e := range r.said { // which may be about spans that come later
		a.each(e, nil, a.relation)
	}
	if len(a.lost) > 0 {
		draft.Record.Remark(draft.Record.File, a.lost[0].Line, "pointers that lead to no words of the text were left out: %d", len(a.lost))
		draft.Record.Remarks[len(draft.Record.Remarks)-1].Each = a.lost
	}
}

// each calls make for what an element says, and for all in it if it is a group.
func (a *annotator) each(e, group *dataset.Element, say func(e, group *dataset.Element)) {
	switch {
	case slices.Contains(sayings, e.Name.Local):
		say(e, group)
	case slices.Contains(groups, e.Name.Local):
		for _, inner := range e.Elements {
			a.each(inner, e, say)
		}
	}
}

// tell notes a pointer that leads nowhere.
func (a *annotator) tell(e *dataset.Element) func(string, lost) {
	return func(pointer string, why lost) {
		a.lost = append(a.lost, dataset.Remark{
			File: a.draft.Record.File, Line: e.Line, Sentence: e.Name.Local + ": the pointer " + excerpt(pointer) + " " + string(why) + "; it was left out",
		})
	}
}

// pointing are the attributes that say where something stands, and those that mean something to XML alone.
var pointing = strings.Fields("from to target active passive mutual id base lang space targFunc")

// span makes a span of a span or annotation.
func (a *annotator) span(e, group *dataset.Element) {
	if e.Name.Local != "span" && e.Name.Local != "annotation" {
		return
	}
	places := a.covered(e)
	parts := a.parts(places)
	if len(parts) == 0 {
		if len(places) > 0 {
			a.tell(e)(strings.TrimSpace(e.Attr("from")+" "+e.Attr("target")), "covers no words")
		}
		return
	}
	made := dataset.DraftSpan{Key: a.key(e), Name: e.Name.Local, Line: e.Line, Label: labelOf(e, group), Parts: parts, Attributes: attributes(e)}
	if e.Name.Local == "annotation" {
		a.body(e, &made)
	} else if words := plain(allText(e)); words != "" {
		set(&made, "value", words)
	}
	if made.Key != "" {
		a.where[made.Key] = places[0]
	}
	a.draft.Span(made)
}

// key returns what an element is called, "" if something else was called so before.
func (a *annotator) key(e *dataset.Element) string {
	id := e.Attr("id")
	if _, taken := a.named[id]; id == "" || taken {
		return ""
	}
	a.named[id] = id
	return id
}

// covered returns the places that a span or annotation is about: from one to another, or each target.
func (a *annotator) covered(e *dataset.Element) []place {
	from, to := e.Attr("from"), e.Attr("to")
	if numbers, are := whole([]string{from, to}); are { // offsets in the whole text
		p, why := a.within(place{0, a.read, ""}, numbers[0], numbers[1])
		if why != "" {
			a.tell(e)(from+" to "+to, why)
			return nil
		}
		return []place{p}
	}
	begin := a.at(from, e)
	if from == "" || len(begin) == 0 {
		return a.at(e.Attr("target"), e)
	}
	if to == "" {
		return begin
	}
	end := a.at(to, e)
	if len(end) == 0 {
		return nil
	}
	return []place{{begin[0].start, end[len(end)-1].end, ""}}
}

// at returns the places that pointers lead to: those of elements, or of spans that were made here.
func (a *annotator) at(attribute string, e *dataset.Element) []place {
	var found []place
	for _, pointer := range pointers(attribute) {
		p, id, why := a.find(pointer)
		if made, is := a.where[id]; why != "" && is {
			p, why = made, ""
		}
		if why != "" {
			a.tell(e)(pointer, why)
			continue
		}
		found = append(found, p)
	}
	return found
}

// parts returns the words at places. Those that only blanks stand between are one.
func (a *annotator) parts(places []place) []dataset.Part {
	var fragments []annotate.Fragment
	for _, p := range places {
		if start, end, ok := a.bytes(a.text, p); ok {
			fragments = append(fragments, annotate.Fragment{Start: start, End: end})
		}
	}
	var parts []dataset.Part
	for _, f := range annotate.NormalizeFragments(fragments) {
		if last := len(parts) - 1; last >= 0 && strings.TrimSpace(a.text[parts[last].End:f.Start]) == "" {
			f.Start = parts[last].Start
			parts = parts[:last]
		}
		parts = append(parts, dataset.Part{Start: f.Start, End: f.End, Words: a.text[f.Start:f.End], Quoted: true})
	}
	return parts
}

// labelOf returns what an element or its group says that it is, or else its name.
func labelOf(e, group *dataset.Element) string {
	for _, said := range []string{e.Attr("type"), e.Attr("motivation")} {
		if said != "" {
			return said
		}
	}
	if group != nil && group.Attr("type") != "" {
		return group.Attr("type")
	}
	return e.Name.Local
}

// attributes returns what an element says besides where.
func attributes(e *dataset.Element) map[string]annotate.Value {
	var values map[string]annotate.Value
	for _, at := range e.Attrs {
		name := at.Name.Local
		if slices.Contains(pointing, name) || name == "type" || at.Name.Space == "xmlns" || name == "xmlns" {
			continue
		}
		if values == nil {
			values = map[string]annotate.Value{}
		}
		values[name] = annotate.Text(at.Value)
	}
	return values
}

func set(s *dataset.DraftSpan, name, value string) {
	if s.Attributes == nil {
		s.Attributes = map[string]annotate.Value{}
	}
	if _, has := s.Attributes[name]; !has {
		s.Attributes[name] = annotate.Text(value)
	}
}

// body takes in what an annotation has in it: a name says what its target is, notes are notes, and other
// elements are attributes with their words or what they point at.
func (a *annotator) body(e *dataset.Element, s *dataset.DraftSpan) {
	var noted []string
	for _, inner := range e.Elements {
		words := plain(allText(inner))
		switch kind := inner.Name.Local; {
		case slices.Contains(names, kind):
			if e.Attr("type") == "" {
				s.Label = kind
			}
			for name, v := range attributes(inner) {
				set(s, name, v.String())
			}
			if words != "" {
				set(s, "value", words)
			}
		case kind == "note" || kind == "p" || kind == "desc":
			noted = append(noted, words)
		case words != "":
			set(s, kind, words)
		case inner.Attr("target") != "":
			set(s, kind, inner.Attr("target"))
		}
	}
	s.Note = strings.Join(noted, "\n")
}

// relation makes a relation of a link between targets, or of a relation of what is active to what is passive.
func (a *annotator) relation(e, group *dataset.Element) {
	made := dataset.DraftRelation{Name: e.Name.Local, Line: e.Line, Label: labelOf(e, group), Attributes: attributes(e)}
	roles := map[string]string{"active": annotate.Head, "passive": annotate.Tail, "mutual": annotate.Member}
	var ends []string
	switch e.Name.Local {
	case "link":
		ends = []string{"target"}
	case "relation":
		if name := e.Attr("name"); name != "" {
			made.Label = name
			delete(made.Attributes, "name")
		}
		ends = []string{"active", "passive", "mutual"}
	default:
		return
	}
	for _, end := range ends {
		targets := pointers(e.Attr(end))
		for i, pointer := range targets {
			key := a.argument(pointer, e)
			role := roles[end]
			if end == "target" {
				role = roleOf(e, group, i, len(targets))
			}
			if argument := (dataset.DraftArgument{Role: role, Key: key}); key != "" && !slices.Contains(made.Arguments, argument) {
				made.Arguments = append(made.Arguments, argument)
			}
		}
	}
	if len(made.Arguments) > 1 {
		a.draft.Relation(made)
	}
}

// roleOf returns the role of the i-th of n targets: what the element or its group says, or else head and tail of
// two, and member of more.
func roleOf(e, group *dataset.Element, i, n int) string {
	said := strings.Fields(e.Attr("targFunc"))
	if len(said) == 0 && group != nil {
		said = strings.Fields(group.Attr("targFunc"))
	}
	switch {
	case i < len(said):
		return said[i]
	case n != 2:
		return annotate.Member
	case i == 0:
		return annotate.Head
	}
	return annotate.Tail
}

// argument returns what a pointer leads to is called in the draft, after making a span of it if it is an element
// of which there is none.
func (a *annotator) argument(pointer string, e *dataset.Element) string {
	p, id, why := a.find(pointer)
	if key := a.named[id]; key != "" {
		return key
	}
	if key := a.named[pointer]; key != "" {
		return key
	}
	if why == "" {
		if parts := a.parts([]place{p}); len(parts) > 0 {
			label := p.kind
			if label == "" {
				label = "seg"
			}
			a.named[pointer] = pointer
			a.draft.Span(dataset.DraftSpan{Key: pointer, Name: label, Line: e.Line, Label: label, Parts: parts})
			return pointer
		}
		why = "covers no words"
	}
	a.tell(e)(pointer, why)
	return ""
}

// allText returns the characters of an element and of those in it.
func allText(e *dataset.Element) string {
	text := e.Text
	for _, inner := range e.Elements {
		text += " " + allText(inner)
	}
	return text
}

// plain returns text with each stretch of blanks as one.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

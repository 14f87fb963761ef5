package brat

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// arrangement gives the annotations of one record their ids and lines.
type arrangement struct {
	record  *dataset.Record
	scheme  *annotate.Scheme // nil where nobody knows
	losses  *dataset.Losses
	text    string // as written: line ends are LF
	removed []int  // bytes of the document's text that are not in it, in order
	offsets *annotate.Offsets
	out     bytes.Buffer
	ids     map[annotate.ID]string
	places  map[annotate.ID][]annotate.Fragment // of the spans that were written, in text
	counts  map[byte]int
}

func newArrangement(r *dataset.Record, scheme *annotate.Scheme, losses *dataset.Losses) *arrangement {
	a := &arrangement{
		record: r, scheme: scheme, losses: losses, text: r.Document.Text,
		ids: map[annotate.ID]string{}, places: map[annotate.ID][]annotate.Fragment{}, counts: map[byte]int{},
	}
	// Brat reads CR LF and CR as one line end, so they must be one character.
	if strings.Contains(a.text, "\r") {
		losses.Add("carriage return in a text, written as a line feed")
		for i := range len(a.text) {
			if strings.HasPrefix(a.text[i:], "\r\n") {
				a.removed = append(a.removed, i)
			}
		}
		a.text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(a.text)
	}
	a.offsets = annotate.NewOffsets(a.text)
	return a
}

// next returns the next id of a kind.
func (a *arrangement) next(kind byte) string {
	a.counts[kind]++
	return fmt.Sprintf("%c%d", kind, a.counts[kind])
}

// spans writes the spans in reading order.
func (a *arrangement) spans() {
	for _, s := range a.record.Spans {
		fragments := a.lines(s.Fragments)
		switch {
		case len(fragments) == 0:
			a.losses.Add("span of nothing but line breaks, left out")
			continue
		case len(fragments) > len(s.Fragments):
			a.losses.Add("line break inside a span, which is split there")
		}
		a.places[s.ID] = fragments
		a.ids[s.ID] = a.bind(s.Label, fragments)
		if s.Flag != "" {
			a.losses.Add("flag")
		}
	}
}

// lines returns where fragments lie in the written text, cut at its line ends.
func (a *arrangement) lines(fragments []annotate.Fragment) []annotate.Fragment {
	var lines []annotate.Fragment
	for _, f := range fragments {
		start := f.Start - sort.SearchInts(a.removed, f.Start)
		end := f.End - sort.SearchInts(a.removed, f.End)
		for piece := range strings.SplitSeq(a.text[start:end], "\n") {
			if piece != "" {
				lines = append(lines, annotate.Fragment{Start: start, End: start + len(piece)})
			}
			start += len(piece) + 1
		}
	}
	return lines
}

// bind writes a text-bound annotation and returns its id.
func (a *arrangement) bind(label string, fragments []annotate.Fragment) string {
	id := a.next('T')
	places, parts := make([]string, len(fragments)), make([]string, len(fragments))
	for i, f := range fragments {
		places[i] = fmt.Sprintf("%d %d", a.offsets.To(annotate.CodePoint, f.Start), a.offsets.To(annotate.CodePoint, f.End))
		parts[i] = a.text[f.Start:f.End]
	}
	fmt.Fprintf(&a.out, "%s\t%s %s\t%s\n", id, word(a.losses, "label", label), strings.Join(places, ";"), strings.Join(parts, " "))
	return id
}

// plan is how a relation will be written: as 'R', 'E' or '*'.
type plan struct {
	relation  *annotate.Relation
	kind      byte
	arguments []annotate.Argument // that brat can hold; an event's trigger is not among them
	trigger   string              // id of an event's trigger
}

// relations writes the relations in the order of the first span each has. All
// are planned first, because one may be the argument of another.
func (a *arrangement) relations() {
	relations := map[annotate.ID]bool{}
	for _, r := range a.record.Relations {
		relations[r.ID] = true
	}
	var plans []plan
	for _, r := range a.inReadingOrder() {
		p := plan{relation: r}
		for _, argument := range r.Arguments {
			switch {
			case argument.Implicit:
				a.losses.Add("implicit argument of a relation")
			case a.ids[argument.Span] == "" && !relations[argument.Relation]:
				a.losses.Add("argument that lies in another document or layer")
			default:
				p.arguments = append(p.arguments, argument)
			}
		}
		if !a.decide(&p) {
			a.losses.Add("relation that has too little left to be written")
			continue
		}
		if p.kind != '*' {
			a.ids[r.ID] = a.next(p.kind)
		}
		plans = append(plans, p)
	}
	for _, p := range plans {
		a.relate(p)
	}
}

// inReadingOrder returns the relations by the place of their first span, label
// and id: ids alone say nothing to a person where an import derived them.
func (a *arrangement) inReadingOrder() []*annotate.Relation {
	first := map[annotate.ID]int{}
	for _, r := range a.record.Relations {
		at := len(a.text)
		for _, argument := range r.Arguments {
			if fragments := a.places[argument.Span]; len(fragments) > 0 {
				at = min(at, fragments[0].Start)
			}
		}
		first[r.ID] = at
	}
	sorted := slices.Clone(a.record.Relations)
	slices.SortFunc(sorted, func(r, s *annotate.Relation) int {
		return cmp.Or(cmp.Compare(first[r.ID], first[s.ID]), cmp.Compare(r.Label, s.Label), cmp.Compare(r.ID, s.ID))
	})
	return sorted
}

// decide chooses how a relation is written; false means not at all.
func (a *arrangement) decide(p *plan) bool {
	r := p.relation
	isRole := func(role string) func(annotate.Argument) bool {
		return func(x annotate.Argument) bool { return x.Role == role && x.Span != "" }
	}
	trigger := slices.IndexFunc(p.arguments, isRole(Trigger))
	binary := len(r.Arguments) == 2 && r.Arguments[0].Role != r.Arguments[1].Role
	switch {
	case trigger >= 0:
		p.kind, p.trigger = 'E', a.ids[p.arguments[trigger].Span]
		p.arguments = slices.Delete(p.arguments, trigger, trigger+1)
		return true
	case len(r.Role(annotate.Member)) == len(r.Arguments):
		p.kind = '*'
		return len(p.arguments) > 1
	case binary && len(p.arguments) == 2 && !a.isEvent(r.Label):
		p.kind = 'R'
		return true
	case binary && len(r.Role(annotate.Head)) == 1 && len(r.Role(annotate.Tail)) == 1:
		return false // half of it says nothing
	}
	filler := slices.IndexFunc(p.arguments, isRole("cue")) // what a reader of brat would look for
	if filler < 0 {
		filler = slices.IndexFunc(p.arguments, func(x annotate.Argument) bool { return x.Span != "" })
	}
	if filler < 0 {
		return false
	}
	a.losses.Add("relation without a trigger, which gets one on its cue or first argument")
	p.kind, p.trigger = 'E', a.bind(r.Label, a.places[p.arguments[filler].Span])
	return true
}

// isEvent reports whether the scheme has relations of a label that only an event can
// hold: all of them are events then, so that brat knows one kind of them.
func (a *arrangement) isEvent(label string) bool {
	if a.scheme == nil {
		return false
	}
	def := a.scheme.Relation(label)
	return def != nil && !def.Open && form(def) == 'E'
}

// relate writes one relation.
func (a *arrangement) relate(p plan) {
	var fields []string
	repeated := map[string]int{}
	for _, argument := range p.arguments {
		id := a.ids[argument.Target()]
		if id == "" {
			a.losses.Add("argument that is a relation which was not written, or an equivalence")
			continue
		}
		switch p.kind {
		case 'R':
			fields = append(fields, a.binaryRole(p.relation, argument.Role)+":"+id)
		case '*':
			fields = append(fields, id)
		case 'E':
			name := role(a.losses, argument.Role)
			repeated[name]++
			if repeated[name] > 1 {
				name = fmt.Sprint(name, repeated[name])
			}
			fields = append(fields, name+":"+id)
		}
	}
	label := p.relation.Label
	switch {
	case p.kind == 'R' && len(fields) < 2:
		a.losses.Add("relation that has too little left to be written")
		delete(a.ids, p.relation.ID)
		return
	case p.kind == 'E':
		fields = append([]string{wordBeforeColon(a.losses, "label", label) + ":" + p.trigger}, fields...)
	default:
		fields = append([]string{word(a.losses, "label", label)}, fields...)
	}
	id := "*"
	if p.kind != '*' {
		id = a.ids[p.relation.ID]
	}
	fmt.Fprintf(&a.out, "%s\t%s\n", id, strings.Join(fields, " "))
	if p.relation.Flag != "" {
		a.losses.Add("flag")
	}
}

// binaryRole returns what brat calls the role of an argument of a relation of two.
func (a *arrangement) binaryRole(r *annotate.Relation, name string) string {
	if len(r.Role(annotate.Head)) == 1 && len(r.Role(annotate.Tail)) == 1 {
		return map[string]string{annotate.Head: "Arg1", annotate.Tail: "Arg2"}[name]
	}
	return wordBeforeColon(a.losses, "role", name)
}

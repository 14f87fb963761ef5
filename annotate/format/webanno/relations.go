package webanno

import (
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The features of a link of a chain.
const (
	referenceType     = "referenceType"
	referenceRelation = "referenceRelation"
)

// hosts returns the relations that are slots of a span, by that span: those that say no more than
// that their trigger, which has their label, has slots.
func hosts(r *dataset.Record) map[annotate.ID]*annotate.Relation {
	labels := map[annotate.ID]string{}
	for _, s := range r.Spans {
		labels[s.ID] = s.Label
	}
	found := map[annotate.ID]*annotate.Relation{}
	for _, x := range r.Relations {
		first := x.Arguments[0]
		if first.Role == host && len(x.Arguments) > 1 && labels[first.Span] == x.Label && found[first.Span] == nil && len(x.Attributes) == 0 {
			found[first.Span] = x
		}
	}
	return found
}

// chains returns the labels whose spans are links of chains, and for each link the number of its
// chain and its place in it: all relations of the label lead from one link to the next, nothing else
// is about its spans, and neither says more than a chain can.
func chains(r *dataset.Record) map[string]map[annotate.ID][2]int {
	found := map[string]map[annotate.ID][2]int{}
	next := map[annotate.ID]annotate.ID{}
	follows := map[annotate.ID]bool{}
	labels := map[annotate.ID]string{}
	cannot := map[string]bool{}
	for _, s := range r.Spans {
		labels[s.ID] = s.Label
		cannot[s.Label] = cannot[s.Label] || !only(s.Attributes, referenceType)
	}
	for _, x := range r.Relations {
		head, tail := x.Arguments[0].Span, x.Arguments[len(x.Arguments)-1].Span
		if isBinary(x) && labels[head] == x.Label && labels[tail] == x.Label && next[head] == "" && !follows[tail] && only(x.Attributes, referenceRelation) {
			next[head], follows[tail] = tail, true
			found[x.Label] = map[annotate.ID][2]int{}
			continue
		}
		cannot[x.Label] = true
		for _, a := range x.Arguments {
			cannot[labels[a.Span]] = true
		}
	}
	n := 0
	for _, s := range r.Spans {
		if found[s.Label] == nil || follows[s.ID] {
			continue
		}
		n++
		for id, place := s.ID, 1; id != ""; id, place = next[id], place+1 {
			found[s.Label][id] = [2]int{n, place}
		}
	}
	for _, s := range r.Spans {
		if links := found[s.Label]; links != nil && links[s.ID] == [2]int{} {
			cannot[s.Label] = true // it leads in a circle
		}
	}
	for label := range cannot {
		if cannot[label] {
			delete(found, label)
		}
	}
	return found
}

// only reports whether attributes hold no more than a text of that name, which does not look as
// if it ended before a place in a chain.
func only(attributes map[string]annotate.Value, name string) bool {
	v, has := attributes[name]
	text, isText := v.Text()
	return len(attributes) == 0 || has && len(attributes) == 1 && isText && text != "" && !strings.Contains(text, "->")
}

// ways returns how each link of a chain is related to the next one.
func ways(r *dataset.Record, chained map[string]map[annotate.ID][2]int) map[annotate.ID]string {
	found := map[annotate.ID]string{}
	for _, x := range r.Relations {
		if v, has := x.Attributes[referenceRelation]; has && chained[x.Label] != nil {
			found[x.Arguments[0].Span] = v.String()
		}
	}
	return found
}

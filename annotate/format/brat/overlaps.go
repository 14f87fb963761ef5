package brat

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// Names of what is no relation but says which spans may share text: the newer form,
// and the one used before brat 1.3.
const (
	overlapType  = "<OVERLAP>"
	nestingType  = "ENTITY-NESTING"
	overlapKinds = "<OVL-TYPE>"
)

// anyLabel stands for every label in a rule.
const anyLabel = "*"

// pair is two labels, in the order they were first named.
type pair struct{ one, two string }

// overlaps turns what may share text into rules. What is named nowhere may share none,
// as in brat where it checks that; triggers of events may share all.
func (c *configuration) overlaps(lines []*setting) {
	if len(lines) == 0 && !c.validated {
		return
	}
	allowed := map[pair]annotate.Overlap{}
	var order []pair
	for _, s := range lines {
		allow := c.allowed(s)
		places := s.args[:0:0]
		for _, a := range s.args {
			if !a.special() {
				places = append(places, a)
			}
		}
		if len(places) != 2 || allow == "" {
			c.remark(s.file, s.line, "it does not say which two labels may share text, and how; the line was left out")
			continue
		}
		for _, one := range c.entities(s, &places[0]) {
			for _, two := range c.entities(s, &places[1]) {
				p := pair{one, two}
				if _, turned := allowed[pair{two, one}]; turned {
					p = pair{two, one}
				}
				if _, named := allowed[p]; !named {
					order = append(order, p)
				}
				if allowed[p] != annotate.FreeOverlap {
					allowed[p] = allow
				}
			}
		}
	}
	if c.everythingFree(allowed) {
		return
	}
	for i := range c.scheme.Spans {
		if l := &c.scheme.Spans[i]; c.known[l.Label] != entityKind && l.Parent == "" {
			c.rule(l.Label, anyLabel, annotate.FreeOverlap)
		}
	}
	slices.SortStableFunc(order, func(p, q pair) int { // the first rule decides, so those of narrower labels come first
		return c.depth(q.one) + c.depth(q.two) - c.depth(p.one) - c.depth(p.two)
	})
	for _, p := range order {
		c.rule(p.one, p.two, allowed[p])
	}
	c.rule(anyLabel, anyLabel, annotate.NoOverlap)
}

// depth returns how many labels a label is below.
func (c *configuration) depth(label string) int {
	n := 0
	for def := c.scheme.Span(label); def != nil && def.Parent != ""; def = c.scheme.Span(def.Parent) {
		n++
	}
	return n
}

func (c *configuration) rule(one, two string, allow annotate.Overlap) {
	c.scheme.Rules = append(c.scheme.Rules, annotate.Rule{Overlap: []string{one, two}, Allow: allow})
}

// allowed returns how a line lets its labels share text, "" if it does not say.
func (c *configuration) allowed(s *setting) annotate.Overlap {
	if s.name == nestingType {
		return annotate.NestOverlap
	}
	kinds := s.slot(overlapKinds)
	if kinds == nil {
		return ""
	}
	var allow annotate.Overlap
	for _, k := range kinds.types {
		switch k {
		case "<ANY>", "cross":
			if k == "cross" {
				c.often(s.file, s.line, "labels that may cross may share text in any way here")
			}
			allow = annotate.FreeOverlap
		case "contain", "equal":
			if len(kinds.types) == 1 && k == "equal" {
				c.often(s.file, s.line, "labels that may cover the same text may also lie inside each other here")
			}
			if allow == "" {
				allow = annotate.NestOverlap
			}
		default:
			c.remark(s.file, s.line, "%q is no way to share text: brat knows contain, equal, cross and <ANY>", k)
		}
	}
	return allow
}

// entities returns the topmost labels of an argument of an overlap.
func (c *configuration) entities(s *setting, a *slot) []string {
	t := c.targets(s, a)
	if t.any {
		t = c.targets(s, &slot{types: []string{"<ENTITY>"}})
	}
	if len(t.relations) > 0 {
		c.often(s.file, s.line, "brat lets events share text in any way, so "+strings.Join(t.relations, ", ")+" need not be named")
	}
	return c.topmost(s, a, t.spans)
}

// everythingFree reports whether all entities may share text with all others.
func (c *configuration) everythingFree(allowed map[pair]annotate.Overlap) bool {
	var roots []string
	for i := range c.scheme.Spans {
		if l := &c.scheme.Spans[i]; c.known[l.Label] == entityKind && l.Parent == "" {
			roots = append(roots, l.Label)
		}
	}
	return !slices.ContainsFunc(roots, func(one string) bool {
		return slices.ContainsFunc(roots, func(two string) bool {
			return allowed[pair{one, two}] != annotate.FreeOverlap && allowed[pair{two, one}] != annotate.FreeOverlap
		})
	})
}

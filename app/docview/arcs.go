package docview

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"spanwright/annotate"
)

// arc is one curve to draw: from one span of the document to another.
type arc struct {
	relation annotate.ID
	from, to *annotate.Span
	// fromPart and toPart are the fragments it runs between: those nearest to each other.
	fromPart, toPart int
	text             string
	arrow            bool // at to
	faint            bool // one of those that show only because all do
	ghost            bool // of a relation that is only proposed
	color            color.NRGBA
}

// cueRole is the role whose filler ties a relation with several roles together.
const cueRole = "cue"

// arcs returns the curves of a span's relations, or of a relation. Fillers that
// are implicit or lie in another document have none.
func (s *scene) arcs(id annotate.ID, c color.NRGBA) []arc {
	relations := s.layer.Involving(id)
	if r := s.layer.Relation(id); r != nil {
		relations = append([]*annotate.Relation{r}, relations...)
	}
	var found []arc
	for _, r := range relations {
		if s.proposed != nil && r.ID == s.proposed.ID {
			continue
		}
		for _, a := range s.relationArcs(r) {
			a.color = c
			found = append(found, a)
		}
	}
	if s.proposed != nil && id == s.focused {
		for _, a := range s.relationArcs(s.proposed) {
			a.color, a.ghost = c, true
			found = append(found, a)
		}
	}
	return nearest(found)
}

// maxArcs is how many curves of one annotation are drawn; more would only be a
// blot. The last of them says how many are not.
const maxArcs = 14

// nearest returns the arcs to what is nearest in the text.
func nearest(arcs []arc) []arc {
	if len(arcs) <= maxArcs {
		return arcs
	}
	slices.SortStableFunc(arcs, func(a, b arc) int { return cmp.Compare(a.distance(), b.distance()) })
	last := &arcs[maxArcs-1]
	last.text = fmt.Sprintf("%s +%d", last.text, len(arcs)-maxArcs)
	return arcs[:maxArcs]
}

// distance returns how many bytes an arc's ends lie apart.
func (a *arc) distance() int {
	from, to := a.from.Fragments[a.fromPart].Start, a.to.Fragments[a.toPart].Start
	return max(from-to, to-from)
}

// maxFaint bounds the faint curves of a line; no line has room for more.
const maxFaint = 40

// faintArcs returns the curves of the spans drawn on a line, but those of the
// relations that have curves already.
func (s *scene) faintArcs(d *drawn, already []arc, c color.NRGBA) []arc {
	seen := map[annotate.ID]bool{}
	for i := range already {
		seen[already[i].relation] = true
	}
	var found []arc
	for i := range d.pieces {
		for _, r := range s.layer.Involving(d.pieces[i].span.ID) {
			if seen[r.ID] || len(found) >= maxFaint {
				continue
			}
			seen[r.ID] = true
			for _, a := range s.relationArcs(r) {
				a.color, a.faint = c, true
				found = append(found, a)
			}
		}
	}
	return found
}

// relationArcs returns one curve from head to tail, or one from the cue, or else
// the first filler, to each other filler.
func (s *scene) relationArcs(r *annotate.Relation) []arc {
	def := s.scheme.Relation(r.Label)
	arrow := def == nil || !def.Symmetric
	head, tail := r.Role(annotate.Head), r.Role(annotate.Tail)
	if len(head) == 1 && len(tail) == 1 && len(r.Arguments) == 2 {
		from, to := s.filler(head[0], 0), s.filler(tail[0], 0)
		if from == nil || to == nil {
			return nil
		}
		return []arc{between(arc{relation: r.ID, from: from, to: to, text: r.Label, arrow: arrow})}
	}
	hub := s.hub(r, 0)
	if hub == nil {
		return nil
	}
	var found []arc
	for _, a := range r.Arguments {
		filler := s.filler(a, 0)
		if filler == nil || filler == hub {
			continue
		}
		text := a.Role
		if text == annotate.Member {
			text = r.Label
		}
		found = append(found, between(arc{relation: r.ID, from: hub, to: filler, text: text, arrow: arrow && a.Role != annotate.Member}))
	}
	return found
}

// between lets an arc run between the fragments of its spans that are nearest to
// each other; of those as near, the first.
func between(a arc) arc {
	nearest := -1
	for i, f := range a.from.Fragments {
		for k, g := range a.to.Fragments {
			if gap := max(0, g.Start-f.End, f.Start-g.End); nearest < 0 || gap < nearest {
				nearest, a.fromPart, a.toPart = gap, i, k
			}
		}
	}
	return a
}

// maxEmbedding is how deep relations whose arguments are relations are followed.
const maxEmbedding = 4

// hub returns the span that a relation's curves begin at, nil if it has none here.
func (s *scene) hub(r *annotate.Relation, depth int) *annotate.Span {
	for _, a := range append(r.Role(cueRole), r.Arguments...) {
		if filler := s.filler(a, depth); filler != nil {
			return filler
		}
	}
	return nil
}

// filler returns the span an argument points at, for a relation its hub.
func (s *scene) filler(a annotate.Argument, depth int) *annotate.Span {
	if r := s.layer.Relation(a.Relation); r != nil && depth < maxEmbedding {
		return s.hub(r, depth+1)
	}
	return s.layer.Span(a.Span)
}

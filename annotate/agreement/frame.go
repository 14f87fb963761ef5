package agreement

import (
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// Symmetric names, for the relation labels that have no direction, the two roles
// whose fillers can be exchanged.
type Symmetric map[string][2]string

// frame is a relation by what it says and not by its id: who plays which role.
type frame struct {
	relation *annotate.Relation
	key      string // equal for equal relations
	fillers  []filler
	spans    []string // keys of all spans of the document that it rests on
	extent   annotate.Fragment
}

// filler is one argument.
type filler struct {
	role string
	key  string // equal for equal fillers
	span *annotate.Span
	of   string // label of the relation that fills the role; "" if it is a span
}

// framer turns the relations of a layer into frames.
type framer struct {
	layer     *Layer
	symmetric Symmetric
	spans     map[annotate.ID]*annotate.Span
	relations map[annotate.ID]*annotate.Relation
}

// framesOf returns a layer's relations as a set: of equal ones the first.
func framesOf(layer *Layer, symmetric Symmetric) []frame {
	f := framer{layer, symmetric, map[annotate.ID]*annotate.Span{}, map[annotate.ID]*annotate.Relation{}}
	for _, s := range layer.Spans {
		f.spans[s.ID] = s
	}
	for _, r := range layer.Relations {
		f.relations[r.ID] = r
	}
	frames := make([]frame, 0, len(layer.Relations))
	seen := map[string]bool{}
	for _, r := range layer.Relations {
		made := f.frame(r, 0)
		if !seen[made.key] {
			seen[made.key] = true
			frames = append(frames, made)
		}
	}
	return frames
}

// deepest is how far relations inside relations are followed; the rest may go in circles.
const deepest = 8

func (f *framer) frame(r *annotate.Relation, depth int) frame {
	made := frame{relation: r}
	exchanged := f.symmetric[r.Label]
	for _, a := range r.Arguments {
		role := a.Role
		if role != "" && (role == exchanged[0] || role == exchanged[1]) {
			role = exchanged[0] + "/" + exchanged[1]
		}
		made.fillers = append(made.fillers, f.filler(&made, a, role, depth))
	}
	slices.SortStableFunc(made.fillers, func(x, y filler) int {
		return strings.Compare(x.role+"\x00"+x.key, y.role+"\x00"+y.key)
	})
	var key strings.Builder
	key.WriteString(r.Label)
	for _, x := range made.fillers {
		key.WriteString("\x00" + x.role + "\x00" + x.key)
	}
	made.key = key.String()
	return made
}

func (f *framer) filler(made *frame, a annotate.Argument, role string, depth int) filler {
	switch {
	case a.Implicit:
		return filler{role: role, key: "implicit"}
	case a.Span != "" && f.spans[a.Span] != nil:
		s := f.spans[a.Span]
		key := spanKey(s)
		made.spans = append(made.spans, key)
		made.reach(s.Extent())
		return filler{role: role, key: key, span: s}
	case a.Span != "" && f.layer.Elsewhere != nil:
		if s := f.layer.Elsewhere(a.Span); s != nil {
			return filler{role: role, key: string(s.Document) + spanKey(s)}
		}
	case a.Relation != "" && f.relations[a.Relation] != nil && depth < deepest:
		inner := f.frame(f.relations[a.Relation], depth+1)
		made.spans = append(made.spans, inner.spans...)
		if !inner.extent.Empty() {
			made.reach(inner.extent)
		}
		return filler{role: role, key: "(" + inner.key + ")", of: inner.relation.Label}
	}
	return filler{role: role, key: "?" + string(a.Target())} // not to be found, so equal to nothing else
}

// reach widens the extent to hold x.
func (f *frame) reach(x annotate.Fragment) {
	if f.extent.Empty() {
		f.extent = x
		return
	}
	f.extent = annotate.Fragment{Start: min(f.extent.Start, x.Start), End: max(f.extent.End, x.End)}
}

// spanKey is equal for spans of the same label and text.
func spanKey(s *annotate.Span) string {
	key := make([]byte, 0, len(s.Label)+16)
	key = append(key, s.Label...)
	for _, f := range s.Fragments {
		key = append(key, 0)
		key = strconv.AppendInt(key, int64(f.Start), 10)
		key = append(key, '-')
		key = strconv.AppendInt(key, int64(f.End), 10)
	}
	return string(key)
}

// equalFillers returns how many fillers two frames have in common.
func equalFillers(a, b frame) int {
	n := 0
	for i, j := 0, 0; i < len(a.fillers) && j < len(b.fillers); {
		x, y := a.fillers[i], b.fillers[j]
		switch c := strings.Compare(x.role+"\x00"+x.key, y.role+"\x00"+y.key); {
		case c == 0:
			n, i, j = n+1, i+1, j+1
		case c < 0:
			i++
		default:
			j++
		}
	}
	return n
}

// likeFillers returns how many pairs of fillers two frames have that are equal or at least
// overlap and have the same label, each filler in one pair.
func likeFillers(a, b frame) int {
	n := 0
	taken := make([]bool, len(b.fillers))
	for _, exactly := range []bool{true, false} {
		for _, x := range a.fillers {
			if !exactly && slices.ContainsFunc(b.fillers, func(y filler) bool { return x.role == y.role && x.key == y.key }) {
				continue
			}
			for j, y := range b.fillers {
				if !taken[j] && x.role == y.role && (x.key == y.key || !exactly && x.like(y)) {
					taken[j] = true
					n++
					break
				}
			}
		}
	}
	return n
}

// like reports whether two fillers overlap and have the same label.
func (x filler) like(y filler) bool {
	if x.span != nil && y.span != nil {
		return x.span.Label == y.span.Label && sharedBy(x.span.Fragments, y.span.Fragments) > 0
	}
	return x.of != "" && x.of == y.of
}

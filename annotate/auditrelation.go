package annotate

import (
	"fmt"
	"slices"
	"strings"
)

// relation returns what of r its label does not allow: unknown label or role,
// fillers that the role does not admit, too few or too many of them, arguments
// further apart than its scope, and what was said already.
func (a *Audit) relation(r *Relation) []Violation {
	s := a.scheme
	b := &breaches{document: r.Document, entity: r.ID, lookup: a.lookup, name: func() string { return "relation " + r.Label }}
	def := s.Relation(r.Label)
	if def == nil {
		b.add(LabelBreach, s.level(), "relation %s: the scheme has no such relation; relabel it or add it", r.Label)
		return b.found
	}
	for _, arg := range r.Arguments {
		a.argument(b, def, r, arg)
	}
	for i := range def.Roles {
		role := &def.Roles[i]
		level := s.level(role.Level)
		n := len(r.Role(role.Name))
		if n < role.Min {
			b.lack(CardinalityBreach, level, "%s needs at least %d %s and has %d", b, role.Min, role.Name, n)
		}
		if role.Max > 0 && n > role.Max {
			b.add(CardinalityBreach, level, "%s takes at most %d %s and has %d", b, role.Max, role.Name, n)
		}
	}
	if !def.Open {
		b.attributes(s, def.Attributes, r.Attributes)
		a.scope(b, def, r)
		a.repeated(b, def, r)
	}
	b.flag(s, r.Flag)
	return b.found
}

func (a *Audit) argument(b *breaches, def *RelationLabel, r *Relation, arg Argument) {
	s := a.scheme
	role := def.Role(arg.Role)
	if def.Open {
		role = &Role{Name: arg.Role, Implicit: true}
	}
	if role == nil {
		b.add(RoleBreach, s.level(def.Level), "%s has no role %s", b, arg.Role)
		role = &Role{Name: arg.Role, Implicit: true}
	}
	level := s.level(role.Level)
	switch {
	case arg.Implicit && !role.Implicit:
		b.add(FillerBreach, level, "the %s of %s cannot be implicit", arg.Role, b)
	case arg.Relation != "":
		if filler := a.layer.relations[arg.Relation]; filler != nil && !role.AdmitsRelation(filler.Label) {
			b.add(FillerBreach, level, "the %s of %s must be %s, not relation %s", role.Name, b, role.admitted(), filler.Label)
		}
	case arg.Span != "":
		filler := a.spanOf(arg.Span)
		if filler == nil {
			b.add(FillerBreach, level, "the %s of %s is a span that does not exist", role.Name, b)
		} else if !s.Admits(role, filler.Label) {
			b.add(FillerBreach, level, "the %s of %s must be %s, not %s", role.Name, b, role.admitted(), filler.Label)
		}
	}
	if arg.Document != "" && arg.Document != r.Document && def.Scope != ProjectScope {
		b.add(ScopeBreach, s.level(def.Level), "%s may not cross documents, but its %s does", b, arg.Role)
	}
	if role.Exclusive && arg.Target() != "" {
		for _, id := range a.layer.involving[arg.Target()] {
			other := a.layer.relations[id]
			if id >= r.ID { // of several the later ones are wrong
				break
			}
			if other.Label == r.Label && slices.ContainsFunc(other.Role(arg.Role), func(o Argument) bool { return o.Target() == arg.Target() }) {
				b.add(ExclusiveBreach, level, "the %s of %s is that of another one already", arg.Role, b)
				break
			}
		}
	}
}

// admitted lists what may play the role.
func (r *Role) admitted() string {
	names := slices.Clone(r.Labels)
	for _, label := range r.Relations {
		names = append(names, "relation "+label)
	}
	return strings.Join(names, " or ")
}

// scope checks that all arguments lie in one sentence or paragraph where they must.
func (a *Audit) scope(b *breaches, def *RelationLabel, r *Relation) {
	if def.Scope != SentenceScope && def.Scope != ParagraphScope || r.Document != a.layer.Document {
		return
	}
	var first Fragment
	for _, arg := range r.Arguments {
		span := a.layer.spans[arg.Span]
		if span == nil {
			continue
		}
		place := a.placeOf(def.Scope, span.Extent().Start)
		if first.Empty() {
			first = place
		} else if place != first {
			b.add(ScopeBreach, a.scheme.level(def.Level), "relation %s must stay inside one %s, but its %s lies in another", r.Label, def.Scope, arg.Role)
			return
		}
	}
}

// Within reports whether two places of the document lie in one sentence or
// paragraph, if the scope asks for that.
func (a *Audit) Within(scope Scope, f, g Fragment) bool {
	return scope != SentenceScope && scope != ParagraphScope || a.placeOf(scope, f.Start) == a.placeOf(scope, g.Start)
}

// placeOf returns the sentence or paragraph that an offset lies in.
func (a *Audit) placeOf(scope Scope, offset int) Fragment {
	if scope == ParagraphScope {
		return a.body.Paragraph(a.body.ParagraphAt(offset))
	}
	if sentence, ok := a.body.SentenceAt(offset); ok {
		return sentence
	}
	return Fragment{offset, offset + 1}
}

// repeated reports that r says what an earlier relation says.
func (a *Audit) repeated(b *breaches, def *RelationLabel, r *Relation) {
	if len(r.Arguments) == 0 || r.Arguments[0].Target() == "" {
		return
	}
	for _, id := range a.layer.involving[r.Arguments[0].Target()] {
		if id >= r.ID {
			return
		}
		if other := a.layer.relations[id]; other.Label == r.Label && def.same(r.Arguments, other.Arguments) {
			b.add(RepeatedBreach, a.scheme.level(def.Level), "relation %s stands there already between the same", r.Label)
			return
		}
	}
}

// same reports whether two lists of arguments say the same.
func (def *RelationLabel) same(x, y []Argument) bool {
	if len(x) != len(y) {
		return false
	}
	fits := func(x []Argument, role func(string) string) bool {
		return !slices.ContainsFunc(x, func(a Argument) bool {
			a.Role = role(a.Role)
			return !slices.ContainsFunc(y, func(b Argument) bool {
				return a.Role == b.Role && a.Target() == b.Target() && a.Implicit == b.Implicit
			})
		})
	}
	if fits(x, func(role string) string { return role }) {
		return true
	}
	return def.Symmetric && len(def.Roles) > 1 && fits(x, func(role string) string {
		switch role {
		case def.Roles[0].Name:
			return def.Roles[1].Name
		case def.Roles[1].Name:
			return def.Roles[0].Name
		}
		return role
	})
}

// findCycles looks for relations that lead from something back to itself.
func (a *Audit) findCycles() {
	for _, cycle := range a.cycles {
		a.wrong -= len(cycle)
	}
	a.cycles = map[ID][]Violation{}
	for i, labels := range a.rules.circular {
		g := graphOf(a, labels)
		for _, e := range g.edges {
			if !g.circular(e) {
				continue
			}
			r := e.relation
			sentence := a.rules.says[i]
			if sentence == "" {
				sentence = fmt.Sprintf("relation %s is part of a circle of %s", r.Label, strings.Join(labels, " and "))
			}
			a.addCycle(r, CycleBreach, a.rules.levels[i], sentence)
		}
	}
	for _, def := range a.rules.orders {
		if def.Symmetric {
			a.findImplied(def)
			continue
		}
		g := graphOf(a, []string{def.Label})
		for _, e := range g.edges {
			if g.circular(e) {
				a.addCycle(e.relation, CycleBreach, a.scheme.level(def.Level), fmt.Sprintf("relation %s leads in a circle, although it is transitive", def.Label))
			}
		}
	}
}

func (a *Audit) addCycle(r *Relation, rule Breach, level Level, sentence string) {
	for _, known := range a.cycles[r.ID] {
		if known.Sentence == sentence { // of relations with several fillers more than one pair may be in a circle
			return
		}
	}
	a.cycles[r.ID] = append(a.cycles[r.ID], Violation{Document: r.Document, Entity: r.ID, Rule: rule, Level: level, Sentence: sentence})
	a.wrong++
}

// findImplied reports the relations of a symmetric and transitive label that follow
// from those made before them.
func (a *Audit) findImplied(def *RelationLabel) {
	class := map[ID]ID{} // → another member, nearer to the one that stands for all
	find := func(id ID) ID {
		for class[id] != "" {
			id = class[id]
		}
		return id
	}
	for _, r := range a.layer.Relations() {
		if r.Label != def.Label {
			continue
		}
		joined, first := false, ID("")
		for _, arg := range r.Arguments {
			switch target := arg.Target(); {
			case target == "":
			case first == "":
				first = target
			default:
				if x, y := find(first), find(target); x != y {
					class[x] = y
					joined = true
				}
			}
		}
		if !joined && first != "" && len(r.Arguments) > 1 {
			a.addCycle(r, RepeatedBreach, a.scheme.level(def.Level), fmt.Sprintf("relation %s follows from others already", def.Label))
		}
	}
}

// graph is what relations lead from and to.
type graph struct {
	edges     []edge
	out       map[ID][]ID
	component map[ID]int // what can be reached from each other has the same number
}

type edge struct {
	from, to ID
	relation *Relation
}

// graphOf returns the graph of the layer's relations of those labels: each leads
// from every filler of its label's first role to every filler of the second.
func graphOf(a *Audit, labels []string) *graph {
	g := &graph{out: map[ID][]ID{}, component: map[ID]int{}}
	for _, r := range a.layer.relations {
		def := a.scheme.Relation(r.Label)
		if def == nil || len(def.Roles) < 2 || !slices.Contains(labels, r.Label) {
			continue
		}
		for _, from := range r.Role(def.Roles[0].Name) {
			for _, to := range r.Role(def.Roles[1].Name) {
				if from.Target() != "" && to.Target() != "" {
					g.edges = append(g.edges, edge{from.Target(), to.Target(), r})
					g.out[from.Target()] = append(g.out[from.Target()], to.Target())
				}
			}
		}
	}
	g.connect()
	return g
}

func (g *graph) circular(e edge) bool {
	return e.from == e.to || g.component[e.from] == g.component[e.to]
}

// connect finds the strongly connected components (Tarjan 1972), with a stack of
// its own, as chains can be long.
func (g *graph) connect() {
	type visit struct {
		node ID
		next int // of its successors, the one to go to
	}
	index, low := map[ID]int{}, map[ID]int{}
	var open []ID
	onStack := map[ID]bool{}
	for start := range g.out {
		if index[start] != 0 {
			continue
		}
		path := []visit{{node: start}}
		for len(path) > 0 {
			v := &path[len(path)-1]
			if v.next == 0 {
				index[v.node] = len(index) + 1
				low[v.node] = index[v.node]
				open, onStack[v.node] = append(open, v.node), true
			}
			if v.next < len(g.out[v.node]) {
				to := g.out[v.node][v.next]
				v.next++
				if index[to] == 0 {
					path = append(path, visit{node: to})
				} else if onStack[to] {
					low[v.node] = min(low[v.node], index[to])
				}
				continue
			}
			if low[v.node] == index[v.node] {
				for {
					last := open[len(open)-1]
					open, onStack[last] = open[:len(open)-1], false
					g.component[last] = index[v.node]
					if last == v.node {
						break
					}
				}
			}
			done := v.node
			if path = path[:len(path)-1]; len(path) > 0 {
				above := path[len(path)-1].node
				low[above] = min(low[above], low[done])
			}
		}
	}
}

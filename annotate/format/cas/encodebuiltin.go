package cas

import (
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// tokensMeant returns the tokens that spans stand for: those labelled Token that say nothing more, and are there
// because a relation is about them, as dependencies are.
func (e *encoder) tokensMeant(hosted map[annotate.ID]*annotate.Relation) map[annotate.ID]int {
	about := map[annotate.ID]bool{}
	for _, x := range e.record.Relations {
		for _, a := range x.Arguments {
			about[a.Span] = true
		}
	}
	meant := map[annotate.ID]int{}
	taken := map[int]bool{}
	for _, s := range e.record.Spans {
		token := e.tokens[s.Extent()]
		if s.Label == short(tokenType) && token != 0 && !taken[token] && about[s.ID] && hosted[s.ID] == nil &&
			len(s.Attributes) == 0 && s.Flag == "" && s.Note == "" {
			meant[s.ID] = token
			taken[token] = true
		}
	}
	return meant
}

// relationType returns the type of a relation of a label.
func (e *encoder) relationType(label string, from, to *structure) string {
	if label == dependency && from.kind == tokenType && to.kind == tokenType && !e.types.ownDependency {
		return dependencyType
	}
	return dataset.RelationPackage + dataset.TypeName(label)
}

// allArguments reports whether all arguments can fill the slots of a predicate of DKPro.
func (e *encoder) allArguments(args []annotate.Argument) bool {
	return !slices.ContainsFunc(args, func(a annotate.Argument) bool { return e.of(a.Span).kind != kindOf(semArg) })
}

// chains writes relations between the links of a chain as what they were read from, and notes them as written.
func (e *encoder) chains(written map[*annotate.Relation]bool) {
	kind := kindOf(chainLink)
	next, follows := map[int]int{}, map[int]bool{}
	for _, x := range e.record.Relations {
		if x.Label != chainLink || !isBinary(x) || written[x] {
			continue
		}
		from, to := e.of(x.Arguments[0].Span), e.of(x.Arguments[1].Span)
		if from.kind != kind || to.kind != kind || next[from.id] != 0 || follows[to.id] || leads(next, to.id, from.id) || !e.link(from, to, x) {
			continue
		}
		next[from.id], follows[to.id], written[x] = to.id, true, true
	}
	for _, s := range e.graph.structures {
		if s.kind == kind && !follows[s.id] {
			e.set(e.add(chainType, true), firstLink, value{form: reference, refs: []int{s.id}})
		}
	}
}

// leads reports whether the links from one on lead to another.
func leads(next map[int]int, from, to int) bool {
	for ; from != 0; from = next[from] {
		if from == to {
			return true
		}
	}
	return false
}

// link makes one link lead to the next, unless the relation says what that cannot.
func (e *encoder) link(from, to *structure, x *annotate.Relation) bool {
	said := slices.ContainsFunc(from.features, func(f feature) bool { return dataset.NamedByType(f.name) == referenceRelation })
	how, says := x.Attributes[referenceRelation]
	text, isText := how.Text()
	if said || x.Flag != "" || x.Note != "" || len(x.Attributes) > 1 || len(x.Attributes) == 1 && !says || says && (!isText || text == "") {
		return false
	}
	e.set(from, nextLink, value{form: reference, refs: []int{to.id}})
	if says {
		e.set(from, referenceRelation, value{text: text})
	}
	return true
}

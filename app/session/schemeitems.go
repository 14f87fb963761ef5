package session

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
)

// SchemeItem is one thing of a scheme: a label, a role, a value.
type SchemeItem struct {
	Path  string // as in [annotate.Problem]
	Kind  annotate.ItemKind
	Name  string // of a rule what it says
	Depth int    // 1 for what lies in the scheme itself
	Key   string
	Color string
	Group string // heading of a label
	// Inner is how many items lie in it.
	Inner int
}

// itemsOf returns every item of s but itself, each before those that lie in it. Labels
// come by group, in the order in which groups first appear, and below their parents.
func itemsOf(s *annotate.Scheme) []SchemeItem {
	var found []SchemeItem
	walk := walker{scheme: s, found: &found}
	walk.labels()
	for _, l := range listsOf(s)[1:] {
		walk.list(rootPath+"."+l.name, l.itemList, 1)
	}
	return found
}

// walker collects items.
type walker struct {
	scheme *annotate.Scheme
	found  *[]SchemeItem
}

func (w *walker) list(path string, l itemList, depth int) {
	for i := range l.length() {
		w.item(indexed(path, i), l.at(i), depth)
	}
}

func (w *walker) item(path string, item any, depth int) {
	at := len(*w.found)
	described := describe(item)
	described.Path, described.Depth = path, depth
	*w.found = append(*w.found, described)
	for _, l := range listsOf(item) {
		(*w.found)[at].Inner += l.length()
		w.list(path+"."+l.name, l.itemList, depth+1)
	}
}

// labels collects the labels by group and below their parents. Those that are their
// own parents come last.
func (w *walker) labels() {
	spans := w.scheme.Spans
	inside, names := map[string][]int{}, map[string]bool{}
	for i := range spans {
		names[spans[i].Label] = true
		inside[spans[i].Parent] = append(inside[spans[i].Parent], i)
	}
	seen := make([]bool, len(spans))
	var groups []string
	roots := map[string][]int{}
	for i := range spans {
		g := spans[i].Group
		if !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
		if p := spans[i].Parent; p == "" || p == spans[i].Label || !names[p] {
			roots[g] = append(roots[g], i)
		}
	}
	var visit func(i, depth int, group string)
	visit = func(i, depth int, group string) {
		if seen[i] {
			return
		}
		seen[i] = true
		at := len(*w.found)
		w.item(indexed("$.spans", i), &spans[i], depth)
		(*w.found)[at].Group = group
		for _, child := range inside[spans[i].Label] {
			visit(child, depth+1, group)
		}
	}
	for _, g := range groups {
		for _, i := range roots[g] {
			visit(i, 1, g)
		}
	}
	for i := range spans {
		visit(i, 1, spans[i].Group)
	}
}

// describe returns what is said of an item wherever it is listed.
func describe(item any) SchemeItem {
	switch x := item.(type) {
	case *annotate.Scheme:
		return SchemeItem{Kind: annotate.SchemeItem, Name: x.Name}
	case *annotate.SpanLabel:
		return SchemeItem{Kind: annotate.LabelItem, Name: x.Label, Key: x.Key, Color: x.Color}
	case *annotate.RelationLabel:
		return SchemeItem{Kind: annotate.RelationItem, Name: x.Label, Color: x.Color}
	case *annotate.Role:
		return SchemeItem{Kind: annotate.RoleItem, Name: x.Name}
	case *annotate.Attribute:
		return SchemeItem{Kind: annotate.AttributeItem, Name: x.Name}
	case *annotate.Choice:
		return SchemeItem{Kind: annotate.ValueItem, Name: x.Name}
	case *annotate.RecordLabel:
		return SchemeItem{Kind: annotate.RecordItem, Name: x.Label}
	case *annotate.Rule:
		return SchemeItem{Kind: annotate.RuleItem, Name: SayRule(x)}
	case *annotate.Flag:
		return SchemeItem{Kind: annotate.FlagItem, Name: x.Name, Key: x.Key}
	case *string:
		return SchemeItem{Kind: annotate.ConceptItem, Name: *x}
	}
	return SchemeItem{}
}

// SayRule says in a few words what a rule is about.
func SayRule(r *annotate.Rule) string {
	switch {
	case r.Says != "":
		return r.Says
	case len(r.Overlap) > 0:
		means := map[annotate.Overlap]string{annotate.FreeOverlap: "may overlap", annotate.NestOverlap: "nest at most", annotate.NoOverlap: "do not overlap"}
		return strings.ReplaceAll(strings.Join(r.Overlap, " and "), "*", "all labels") + " " + means[r.Allow]
	case len(r.Degree) > 0:
		least := fmt.Sprintf("%d or more", r.Min)
		if r.Max != nil {
			least = fmt.Sprintf("%d to %d", r.Min, *r.Max)
		}
		return fmt.Sprintf("%s: %s of %s per %s", r.Role, least, strings.Join(r.Degree, ", "), strings.Join(r.Of, ", "))
	case len(r.Acyclic) > 0:
		return strings.Join(r.Acyclic, ", ") + " without circles"
	}
	return "a rule about nothing yet"
}

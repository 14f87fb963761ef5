package session

import (
	"fmt"
	"slices"

	"spanwright/annotate"
)

// fresh returns a new item for a list of owner: one that is right as it is.
func fresh(s *annotate.Scheme, owner any, list string, held itemList) any {
	name := func(stem string) string { return freeName(held, stem) }
	switch list {
	case "spans":
		return annotate.SpanLabel{Label: freeName(held, "Label"), Color: freeColor(s)}
	case "relations":
		return annotate.RelationLabel{Label: name("relation"), Roles: []annotate.Role{
			{Name: annotate.Head, Min: 1, Max: 1}, {Name: annotate.Tail, Min: 1, Max: 1},
		}}
	case "roles":
		return annotate.Role{Name: name("role")}
	case "document", "attributes":
		return annotate.Attribute{Name: name("attribute"), Kind: annotate.BooleanKind}
	case "values":
		return annotate.Choice{Name: freeValue(owner, held)}
	case "records":
		return annotate.RecordLabel{Label: freeRecord(s, "record")}
	case "rules":
		return annotate.Rule{Overlap: []string{"*"}, Allow: annotate.NestOverlap}
	case "concepts":
		return name("kind")
	}
	return annotate.Flag{Name: name("flag")}
}

// copyOf returns a copy of an item that can stand in the same list.
func copyOf(s *annotate.Scheme, at place) any {
	switch x := at.item.(type) {
	case *annotate.SpanLabel:
		c := *x
		c.Label, c.Formerly, c.Key, c.Color = freeName(at.list, x.Label), nil, "", freeColor(s)
		return c
	case *annotate.RelationLabel:
		c := *x
		c.Label, c.Formerly = freeName(at.list, x.Label), nil
		return c
	case *annotate.Role:
		c := *x
		c.Name, c.Formerly = freeName(at.list, x.Name), nil
		return c
	case *annotate.Attribute:
		c := *x
		c.Name, c.Formerly = freeName(at.list, x.Name), nil
		return c
	case *annotate.Choice:
		return annotate.Choice{Name: freeName(at.list, x.Name), Title: x.Title, Guideline: x.Guideline, Example: x.Example, Heading: x.Heading}
	case *annotate.RecordLabel:
		c := *x
		c.Label, c.Formerly, c.Records = freeRecord(s, x.Label), nil, nil // labels of records are their own in the whole scheme
		return c
	case *annotate.Flag:
		return annotate.Flag{Name: freeName(at.list, x.Name), Guideline: x.Guideline}
	case *annotate.Rule:
		return *x
	}
	return freeName(at.list, *at.item.(*string))
}

// freeName returns stem, or stem and the first number with which no item of the list has that name.
func freeName(list itemList, stem string) string {
	taken := map[string]bool{}
	for i := range list.length() {
		if held, _ := nameOf(list.at(i)); held != nil {
			taken[*held] = true
		}
	}
	return numberedName(stem, func(name string) bool { return taken[name] })
}

func numberedName(stem string, taken func(string) bool) string {
	name := stem
	for n := 2; taken(name); n++ {
		name = fmt.Sprintf("%s %d", stem, n)
	}
	return name
}

// freeValue is freeName for a value, which needs a name of its own in the whole attribute.
func freeValue(owner any, held itemList) string {
	if a, ok := owner.(*annotate.Attribute); ok {
		return numberedName("value", func(name string) bool { return a.Choice(name) != nil })
	}
	stem := "value"
	if c, ok := owner.(*annotate.Choice); ok {
		stem = c.Name
	}
	return freeName(held, stem+" 1")
}

func freeRecord(s *annotate.Scheme, stem string) string {
	return numberedName(stem, func(name string) bool { return s.RecordLabel(name) != nil })
}

// freeColor returns the first colour of the palette that the fewest labels have.
func freeColor(s *annotate.Scheme) string {
	used := map[string]int{}
	for i := range s.Spans {
		used[s.Spans[i].Color]++
	}
	return slices.MinFunc(annotate.Palette, func(a, b string) int { return used[a] - used[b] })
}

package session

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"spanwright/annotate"
)

// itemList is a list of a scheme's items, such as its labels or the attributes of one.
type itemList interface {
	length() int
	own()                   // makes it a copy that nothing shares
	at(i int) any           // a pointer to the i-th item
	insert(i int, item any) // item is what a pointer of at points to
	remove(i int)
}

type listOf[T any] struct{ items *[]T }

func (l listOf[T]) length() int  { return len(*l.items) }
func (l listOf[T]) own()         { *l.items = slices.Clone(*l.items) }
func (l listOf[T]) at(i int) any { return &(*l.items)[i] }

func (l listOf[T]) insert(i int, item any) {
	*l.items = slices.Insert(slices.Clone(*l.items), i, item.(T))
}

func (l listOf[T]) remove(i int) {
	if *l.items = slices.Delete(slices.Clone(*l.items), i, i+1); len(*l.items) == 0 {
		*l.items = nil // as it is where there never was one
	}
}

// namedList is a list and its name in the paths of [annotate.Problem].
type namedList struct {
	name string
	itemList
}

// listsOf returns the lists that lie in an item, in the order in which they are shown.
func listsOf(item any) []namedList {
	switch x := item.(type) {
	case *annotate.Scheme:
		return []namedList{
			{"spans", listOf[annotate.SpanLabel]{&x.Spans}},
			{"relations", listOf[annotate.RelationLabel]{&x.Relations}},
			{"document", listOf[annotate.Attribute]{&x.Document}},
			{"records", listOf[annotate.RecordLabel]{&x.Records}},
			{"rules", listOf[annotate.Rule]{&x.Rules}},
			{"concepts", listOf[string]{&x.Concepts}},
			{"flags", listOf[annotate.Flag]{&x.Flags}},
		}
	case *annotate.SpanLabel:
		return []namedList{{"attributes", listOf[annotate.Attribute]{&x.Attributes}}}
	case *annotate.RelationLabel:
		return []namedList{{"roles", listOf[annotate.Role]{&x.Roles}}, {"attributes", listOf[annotate.Attribute]{&x.Attributes}}}
	case *annotate.RecordLabel:
		return []namedList{{"attributes", listOf[annotate.Attribute]{&x.Attributes}}, {"records", listOf[annotate.RecordLabel]{&x.Records}}}
	case *annotate.Attribute:
		return []namedList{{"values", listOf[annotate.Choice]{&x.Values}}}
	case *annotate.Choice:
		return []namedList{{"values", listOf[annotate.Choice]{&x.Values}}}
	}
	return nil
}

func listIn(item any, name string) itemList {
	for _, l := range listsOf(item) {
		if l.name == name {
			return l.itemList
		}
	}
	return nil
}

// rootPath is the path of the scheme itself.
const rootPath = "$"

var pathPart = regexp.MustCompile(`\.([a-z]+)(?:\[(\d+)\])?`)

// place is where an item lies.
type place struct {
	item  any      // a pointer to it
	list  itemList // that it lies in, nil for the scheme itself
	index int
	owner string // path of the item around it
	in    string // path of the list
}

// locate returns the innermost item that a path leads to, its own path, and the name of
// the property that the rest of the path begins with. With own, everything on the way
// becomes s's own, so that the item can be changed.
func locate(s *annotate.Scheme, path string, own bool) (at place, item, field string) {
	at, item = place{item: s}, rootPath
	for _, part := range pathPart.FindAllStringSubmatch(path, -1) {
		list := listIn(at.item, part[1])
		i, err := strconv.Atoi(part[2])
		if list == nil || err != nil || i >= list.length() {
			return at, item, part[1]
		}
		if own {
			list.own()
		}
		in := item + "." + part[1]
		at = place{item: list.at(i), list: list, index: i, owner: item, in: in}
		item = indexed(in, i)
	}
	return at, item, ""
}

// find is locate for a path of an item; ok is false if there is none.
func find(s *annotate.Scheme, path string, own bool) (at place, ok bool) {
	at, item, _ := locate(s, path, own)
	return at, item == path
}

func indexed(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

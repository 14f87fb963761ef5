package session

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"spanwright/annotate"
)

// SchemeDraft is a scheme as somebody is changing it, beside the one that is in use.
// Each edit makes another [annotate.Scheme], which shares with the last what it has in
// common with it, so that undo has the old ones as they were. Items are named by paths
// as in [annotate.Problem]; another edit can make them name something else.
type SchemeDraft struct {
	from, to *annotate.Scheme
	done     []draftStep
	undone   []draftStep
	diverged bool   // the scheme in use was changed while the draft said something else
	typing   string // what the last edit was about, as long as it may be part of the next one

	items    []SchemeItem       // nil until asked for
	problems []annotate.Problem // of to
	checked  bool               // problems are there
	differs  *bool              // whether to says something else than from; nil until asked for
	// taken says what a key does that a scheme cannot have, "" for nothing.
	taken func(key string) string
	told  []func()
}

// draftStep is a scheme to go back to, and where in it the step was made.
type draftStep struct {
	scheme *annotate.Scheme
	path   string
	typing string
}

// NewSchemeDraft returns a draft that says what from says. Keys of which taken says
// that they do something else cannot be a label's; it may be nil.
func NewSchemeDraft(from *annotate.Scheme, taken func(key string) string) *SchemeDraft {
	if taken == nil {
		taken = func(string) string { return "" }
	}
	return &SchemeDraft{from: from, to: from, taken: taken}
}

// Subscribe has f called after each change of the draft.
func (d *SchemeDraft) Subscribe(f func()) { d.told = append(d.told, f) }

// Scheme returns what the draft says now. It must not be modified.
func (d *SchemeDraft) Scheme() *annotate.Scheme { return d.to }

// From returns the scheme that is in use.
func (d *SchemeDraft) From() *annotate.Scheme { return d.from }

// Changed reports whether the draft says anything else than the scheme in use.
func (d *SchemeDraft) Changed() bool {
	if d.differs == nil {
		same := *d.to
		same.Revision = d.from.Revision // counted when it is applied
		differs := d.to != d.from && !reflect.DeepEqual(&same, d.from) && !alikeWritten(&same, d.from)
		d.differs = &differs
	}
	return *d.differs
}

// alikeWritten reports whether schemes are stored the same, as when a list is empty in
// one and missing in the other.
func alikeWritten(a, b *annotate.Scheme) bool {
	x, err := annotate.MarshalState(a)
	if err != nil {
		return false
	}
	y, err := annotate.MarshalState(b)
	return err == nil && bytes.Equal(x, y)
}

// Rebase makes from the scheme in use. A draft that says nothing else follows it, and
// begins anew, as after it was applied.
func (d *SchemeDraft) Rebase(from *annotate.Scheme) {
	if from == d.from {
		return
	}
	follows := !d.Changed()
	d.from, d.differs, d.diverged = from, nil, true
	if follows || !d.Changed() {
		d.to, d.done, d.undone, d.typing = from, nil, nil, ""
		d.diverged = false
	}
	d.changed()
}

// Discard makes the draft say what the scheme in use says. It can be undone.
func (d *SchemeDraft) Discard() {
	d.diverged = false
	d.Replace(d.from)
}

// Replace makes the draft another scheme, as one read from a file. It can be undone.
func (d *SchemeDraft) Replace(to *annotate.Scheme) {
	d.push(rootPath, "")
	d.to = to
	d.changed()
}

func (d *SchemeDraft) changed() {
	d.items, d.checked, d.differs = nil, false, nil
	for _, f := range d.told {
		f()
	}
}

// push keeps what the draft says, to come back to.
func (d *SchemeDraft) push(path, typing string) {
	d.done = append(d.done, draftStep{d.to, path, typing})
	d.undone, d.typing = nil, typing
}

// CanUndo reports whether there is an edit of the draft to take back, CanRedo whether
// there is one to make again.
func (d *SchemeDraft) CanUndo() bool { return len(d.done) > 0 }

// CanRedo reports whether there is an edit of the draft to make again.
func (d *SchemeDraft) CanRedo() bool { return len(d.undone) > 0 }

// Undo takes the last edit back and returns the path of what it was about, "" if there is none.
func (d *SchemeDraft) Undo() string { return d.step(&d.done, &d.undone) }

// Redo makes the last edit that was taken back again and returns the path of what it was about.
func (d *SchemeDraft) Redo() string { return d.step(&d.undone, &d.done) }

func (d *SchemeDraft) step(from, to *[]draftStep) string {
	n := len(*from) - 1
	if n < 0 {
		return ""
	}
	last := (*from)[n]
	*from, *to = (*from)[:n], append(*to, draftStep{d.to, last.path, ""})
	d.to, d.typing = last.scheme, ""
	d.changed()
	return d.Nearest(last.path)
}

// EndTyping makes the next edit a step of its own.
func (d *SchemeDraft) EndTyping() { d.typing = "" }

// Nearest returns path if the draft has such an item, or else that of the nearest one
// before it or around it.
func (d *SchemeDraft) Nearest(path string) string {
	at, item, field := locate(d.to, path, false)
	if list := listIn(at.item, field); list != nil && list.length() > 0 && strings.HasPrefix(path, item+"."+field+"[") {
		return indexed(item+"."+field, list.length()-1)
	}
	return item
}

// Item returns the item at path, a pointer to one of annotate's types or to the string
// of a kind of concept; nil if there is none. It must not be modified.
func (d *SchemeDraft) Item(path string) any {
	if at, ok := find(d.to, path, false); ok {
		return at.item
	}
	return nil
}

// Describe returns what is said of the item at path where items are listed.
func (d *SchemeDraft) Describe(path string) SchemeItem {
	s := describe(d.Item(path))
	s.Path = path
	return s
}

// Owner returns the path of the item around the one at path, "" for the scheme itself.
func (d *SchemeDraft) Owner(path string) string {
	at, _ := find(d.to, path, false)
	return at.owner
}

// Items returns every item but the scheme itself, in the order in which they are listed.
func (d *SchemeDraft) Items() []SchemeItem {
	if d.items == nil {
		d.items = itemsOf(d.to)
	}
	return d.items
}

// Set changes the property of an item. f gets a pointer to it, and may replace what is
// in it but not write to its lists. Edits of the same property that follow each other,
// as typing makes them, are one step.
func Set[T any](d *SchemeDraft, path, property string, f func(*T)) {
	typing := path + "#" + property
	d.edit(path, typing, func(s *annotate.Scheme) bool {
		at, ok := find(s, path, true)
		item, right := at.item.(*T)
		if !ok || !right {
			return false
		}
		f(item)
		return true
	})
}

// edit makes another scheme with f, beginning from before what was typed.
func (d *SchemeDraft) edit(path, typing string, f func(*annotate.Scheme) bool) {
	again := typing != "" && typing == d.typing && len(d.done) > 0
	before := d.to
	if again {
		before = d.done[len(d.done)-1].scheme
	}
	next := *before
	if !f(&next) {
		return
	}
	if again {
		d.undone = nil
	} else {
		d.push(path, typing)
	}
	d.to = &next
	d.changed()
}

// Rename gives an item another name: everything that mentions it follows, and what was
// labelled by the old name is taken for the new one.
func (d *SchemeDraft) Rename(path, name string) {
	d.edit(path, path+"#name", func(s *annotate.Scheme) bool {
		at, ok := find(s, path, true)
		held, _ := nameOf(at.item)
		if !ok || held == nil {
			return false
		}
		old := *held
		if old == name {
			return true
		}
		m := mention{describe(at.item).Kind, old, at.owner}
		if unique(at, old) {
			follow(s, m, name)
		}
		at, _ = find(s, path, true)
		held, formerly := nameOf(at.item)
		*held = name
		if formerly == nil {
			return true
		}
		*formerly = slices.DeleteFunc(slices.Clone(*formerly), func(n string) bool { return n == name })
		if old != "" && d.inUse(m) && !slices.Contains(*formerly, old) {
			*formerly = append(*formerly, old)
		}
		if len(*formerly) == 0 {
			*formerly = nil
		}
		return true
	})
}

// unique reports whether no other item of the list has the name.
func unique(at place, name string) bool {
	if at.list == nil {
		return true
	}
	for i := range at.list.length() {
		if held, _ := nameOf(at.list.at(i)); i != at.index && held != nil && *held == name {
			return false
		}
	}
	return true
}

// inUse reports whether the scheme in use has an item of that kind and name, so that
// something may be labelled by it.
func (d *SchemeDraft) inUse(m mention) bool {
	return slices.ContainsFunc(itemsOf(d.from), func(item SchemeItem) bool { return item.Kind == m.kind && item.Name == m.name })
}

// Add puts a new item into the list at path, as in "$.spans" or "$.relations[0].roles",
// before the i-th one, and returns its path.
func (d *SchemeDraft) Add(list string, i int) string {
	at, owner, field := locate(d.to, list, false)
	held := listIn(at.item, field)
	if held == nil || owner+"."+field != list {
		return ""
	}
	i = max(0, min(i, held.length()))
	made := fresh(d.to, at.item, field, held)
	d.edit(indexed(list, i), "", func(s *annotate.Scheme) bool {
		at, _, _ := locate(s, owner, true)
		listIn(at.item, field).insert(i, made)
		return true
	})
	return indexed(list, i)
}

// Duplicate puts a copy of an item behind it and returns its path. What must be its own,
// a name and a key, is.
func (d *SchemeDraft) Duplicate(path string) string {
	at, ok := find(d.to, path, false)
	if !ok || at.list == nil {
		return ""
	}
	made := copyOf(d.to, at)
	d.edit(path, "", func(s *annotate.Scheme) bool {
		at, _ := find(s, path, true)
		at.list.insert(at.index+1, made)
		return true
	})
	return indexed(at.in, at.index+1)
}

// Remove takes an item out, and its name out of what mentions it.
func (d *SchemeDraft) Remove(path string) {
	d.edit(path, "", func(s *annotate.Scheme) bool {
		at, ok := find(s, path, true)
		if !ok || at.list == nil {
			return false
		}
		m := mention{describe(at.item).Kind, describe(at.item).Name, at.owner}
		if unique(at, m.name) {
			forget(s, m)
			at, _ = find(s, path, true)
		}
		at.list.remove(at.index)
		return true
	})
}

// Move exchanges an item with the by-th one after it of those that it is listed among,
// or before it where by is negative, and returns where it is then.
func (d *SchemeDraft) Move(path string, by int) string {
	at, ok := find(d.to, path, false)
	if !ok || at.list == nil {
		return path
	}
	siblings := d.siblings(at)
	k := slices.Index(siblings, at.index) + by
	if k < 0 || k >= len(siblings) {
		return path
	}
	target := siblings[k]
	d.edit(path, "", func(s *annotate.Scheme) bool {
		at, _ := find(s, path, true)
		item := reflect.ValueOf(at.list.at(at.index)).Elem().Interface()
		at.list.remove(at.index)
		at.list.insert(target, item)
		return true
	})
	return indexed(at.in, target)
}

// siblings returns the places of the items that an item is listed among: of labels
// those of its parent and group.
func (d *SchemeDraft) siblings(at place) []int {
	var found []int
	label, isLabel := at.item.(*annotate.SpanLabel)
	for i := range at.list.length() {
		other, _ := at.list.at(i).(*annotate.SpanLabel)
		if !isLabel || other.Parent == label.Parent && (label.Parent != "" || other.Group == label.Group) {
			found = append(found, i)
		}
	}
	return found
}

// Problems returns what makes the draft contradict itself and what is probably not meant.
func (d *SchemeDraft) Problems() []annotate.Problem {
	if !d.checked {
		d.checked, d.problems = true, d.to.Problems()
		if d.diverged {
			d.problems = append(d.problems, annotate.Problem{
				Path: rootPath, Warning: true,
				Sentence: "the project's scheme was changed since this draft was begun; applying the draft takes that back",
			})
		}
		keys := func(list string, i int, owner, key string) {
			if does := d.taken(key); key != "" && does != "" {
				path := indexed(list, i) + ".key"
				d.problems = slices.DeleteFunc(d.problems, func(p annotate.Problem) bool { return p.Warning && p.Path == path }) // it cannot say what for
				d.problems = append(d.problems, annotate.Problem{
					Path: path, Warning: true,
					Sentence: fmt.Sprintf("key %s of %s never reaches it: it is for “%s”", key, owner, does),
				})
			}
		}
		for i := range d.to.Spans {
			keys("$.spans", i, "label "+d.to.Spans[i].Label, d.to.Spans[i].Key)
		}
		for i := range d.to.Flags {
			keys("$.flags", i, "flag "+d.to.Flags[i].Name, d.to.Flags[i].Key)
		}
	}
	return d.problems
}

// Place returns the item that a path, as of a problem, leads to, and the property in it.
func (d *SchemeDraft) Place(path string) (item, property string) {
	_, item, property = locate(d.to, path, false)
	return item, property
}

// ProblemsAt returns the problems of an item itself, not of those that lie in it.
func (d *SchemeDraft) ProblemsAt(path string) []annotate.Problem {
	var found []annotate.Problem
	for _, p := range d.Problems() {
		if item, _ := d.Place(p.Path); item == path {
			found = append(found, p)
		}
	}
	return found
}

package annotate

import (
	"cmp"
	"hash/maphash"
	"iter"
)

// RangeIndex holds named stretches of one text in reading order: by start, the
// longer first at the same place, then by id. It answers which of them touch a
// stretch, and which comes next, in time logarithmic in their number. It is a
// treap whose nodes know the furthest end below them. The zero RangeIndex is
// empty and ready.
type RangeIndex struct {
	root *rangeNode
	at   map[ID]Fragment
}

type rangeNode struct {
	Fragment
	id          ID
	priority    uint64
	furthest    int // largest End in this subtree
	left, right *rangeNode
}

var treapSeed = maphash.MakeSeed()

// Len returns how many stretches the index holds.
func (x *RangeIndex) Len() int { return len(x.at) }

// Set places id at f, moving it there if it was elsewhere.
func (x *RangeIndex) Set(id ID, f Fragment) {
	x.Delete(id)
	if x.at == nil {
		x.at = map[ID]Fragment{}
	}
	x.at[id] = f
	node := &rangeNode{Fragment: f, id: id, priority: maphash.String(treapSeed, string(id)), furthest: f.End}
	before, after := split(x.root, node)
	x.root = join(join(before, node), after)
}

// Delete removes id, if it is there.
func (x *RangeIndex) Delete(id ID) {
	f, held := x.at[id]
	if !held {
		return
	}
	delete(x.at, id)
	x.root = remove(x.root, &rangeNode{Fragment: f, id: id})
}

// Get returns where id lies.
func (x *RangeIndex) Get(id ID) (Fragment, bool) {
	f, held := x.at[id]
	return f, held
}

// Touching yields, in reading order, the ids whose stretch shares a byte with f.
func (x *RangeIndex) Touching(f Fragment) iter.Seq[ID] {
	return func(yield func(ID) bool) { touching(x.root, f, yield) }
}

// All yields every id in reading order.
func (x *RangeIndex) All() iter.Seq[ID] {
	return func(yield func(ID) bool) { all(x.root, yield) }
}

// After returns the first id in reading order that comes after id, which need
// not be in the index, lying at f.
func (x *RangeIndex) After(id ID, f Fragment) (ID, bool) {
	key, found := &rangeNode{Fragment: f, id: id}, (*rangeNode)(nil)
	for n := x.root; n != nil; {
		if key.compare(n) < 0 {
			found, n = n, n.left
		} else {
			n = n.right
		}
	}
	if found == nil {
		return "", false
	}
	return found.id, true
}

// Before returns the last id in reading order that comes before id, which need
// not be in the index, lying at f.
func (x *RangeIndex) Before(id ID, f Fragment) (ID, bool) {
	key, found := &rangeNode{Fragment: f, id: id}, (*rangeNode)(nil)
	for n := x.root; n != nil; {
		if key.compare(n) > 0 {
			found, n = n, n.right
		} else {
			n = n.left
		}
	}
	if found == nil {
		return "", false
	}
	return found.id, true
}

func (n *rangeNode) compare(m *rangeNode) int {
	return cmp.Or(cmp.Compare(n.Start, m.Start), cmp.Compare(m.End, n.End), cmp.Compare(n.id, m.id))
}

func (n *rangeNode) update() *rangeNode {
	n.furthest = n.End
	if n.left != nil {
		n.furthest = max(n.furthest, n.left.furthest)
	}
	if n.right != nil {
		n.furthest = max(n.furthest, n.right.furthest)
	}
	return n
}

// split parts a treap into the nodes before key and the rest.
func split(n, key *rangeNode) (before, rest *rangeNode) {
	if n == nil {
		return nil, nil
	}
	if n.compare(key) < 0 {
		n.right, rest = split(n.right, key)
		return n.update(), rest
	}
	before, n.left = split(n.left, key)
	return before, n.update()
}

// join puts together two treaps, every node of a standing before every node of b.
func join(a, b *rangeNode) *rangeNode {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.priority > b.priority:
		a.right = join(a.right, b)
		return a.update()
	}
	b.left = join(a, b.left)
	return b.update()
}

func remove(n, key *rangeNode) *rangeNode {
	if n == nil {
		return nil
	}
	switch c := key.compare(n); {
	case c < 0:
		n.left = remove(n.left, key)
	case c > 0:
		n.right = remove(n.right, key)
	default:
		return join(n.left, n.right)
	}
	return n.update()
}

func touching(n *rangeNode, f Fragment, yield func(ID) bool) bool {
	if n == nil || n.furthest <= f.Start {
		return true
	}
	if !touching(n.left, f, yield) {
		return false
	}
	if n.Start >= f.End {
		return true
	}
	if n.Overlaps(f) && !yield(n.id) {
		return false
	}
	return touching(n.right, f, yield)
}

func all(n *rangeNode, yield func(ID) bool) bool {
	return n == nil || all(n.left, yield) && yield(n.id) && all(n.right, yield)
}

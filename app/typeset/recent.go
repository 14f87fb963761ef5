package typeset

import "container/list"

// recentLimit bounds the text whose lines are kept, in bytes. Glyphs and clusters
// take some eighty times as much memory.
const recentLimit = 256 << 10

// lineCost is what an empty line counts as, in bytes of text.
const lineCost = 4

// recent keeps the lines of the blocks asked about last.
type recent struct {
	entries map[int]*list.Element
	order   *list.List // latest first
	size    int
}

type recentEntry struct {
	block, size int
	lines       []*Line
}

func newRecent() recent {
	return recent{entries: map[int]*list.Element{}, order: list.New()}
}

func (r *recent) get(block int) ([]*Line, bool) {
	e, ok := r.entries[block]
	if !ok {
		return nil, false
	}
	r.order.MoveToFront(e)
	return e.Value.(recentEntry).lines, true
}

// put keeps the lines of a block that has bytes of text, and drops the blocks not
// asked about for longest.
func (r *recent) put(block int, lines []*Line, bytes int) {
	entry := recentEntry{block, bytes + lineCost*len(lines), lines}
	r.entries[block] = r.order.PushFront(entry)
	r.size += entry.size
	for r.size > recentLimit && r.order.Len() > 1 {
		r.remove(r.order.Back())
	}
}

// drop forgets the lines of a block.
func (r *recent) drop(block int) {
	if e, ok := r.entries[block]; ok {
		r.remove(e)
	}
}

func (r *recent) remove(e *list.Element) {
	entry := r.order.Remove(e).(recentEntry)
	delete(r.entries, entry.block)
	r.size -= entry.size
}

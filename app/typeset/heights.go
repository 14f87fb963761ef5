package typeset

import "math/bits"

// heights is a Fenwick tree over the numbers of lines of blocks: sums of the first
// blocks and changes of one take time logarithmic in the number of blocks.
type heights struct{ tree []int }

// newHeights takes the numbers of lines of all blocks.
func newHeights(lines []int) *heights {
	h := &heights{make([]int, len(lines)+1)}
	for i, n := range lines {
		h.tree[i+1] += n
		if parent := i + 1 + (i+1)&-(i+1); parent < len(h.tree) {
			h.tree[parent] += h.tree[i+1]
		}
	}
	return h
}

// add changes the number of lines of block i.
func (h *heights) add(i, change int) {
	for i++; i < len(h.tree); i += i & -i {
		h.tree[i] += change
	}
}

// before returns how many lines the blocks before i have.
func (h *heights) before(i int) int {
	sum := 0
	for ; i > 0; i -= i & -i {
		sum += h.tree[i]
	}
	return sum
}

// find returns the last block for which begun holds, given its index and the
// number of lines before it. Begun must hold for block 0 and, from some block on, no more.
func (h *heights) find(begun func(block, lines int) bool) int {
	at, lines := 0, 0
	for step := 1 << bits.Len(uint(len(h.tree))); step > 0; step /= 2 {
		next := at + step
		if next < len(h.tree)-1 && begun(next, lines+h.tree[next]) {
			at, lines = next, lines+h.tree[next]
		}
	}
	return at
}

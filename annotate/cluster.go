package annotate

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// SnapClusters returns f widened so that it splits no grapheme cluster.
func (b *Body) SnapClusters(f Fragment) Fragment {
	return Fragment{b.clusterFloor(f.Start), b.clusterCeil(f.End)}
}

// NextCluster returns the offset after the cluster at offset.
func (b *Body) NextCluster(offset int) int {
	if offset >= len(b.text) {
		return len(b.text)
	}
	return b.ClusterEnd(b.clusterFloor(offset))
}

// PreviousCluster returns the offset of the cluster before offset.
func (b *Body) PreviousCluster(offset int) int {
	if offset <= 0 {
		return 0
	}
	return b.clusterFloor(offset - 1)
}

// ClusterEnd returns where the cluster ends that begins at start. What begins a
// cluster it does not look for: that is for a caller that goes from one to the next.
func (b *Body) ClusterEnd(start int) int {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(b.text[start:min(len(b.text), start+2*windowSize)], -1)
	end := start + len(cluster)
	if milestone := (start/windowSize + 1) * windowSize; milestone < end {
		return min(end, b.clusters.start(milestone))
	}
	return end
}

// clusterFloor returns the start of the cluster that offset lies in.
func (b *Body) clusterFloor(offset int) int {
	if offset <= 0 || offset >= len(b.text) {
		return max(0, min(offset, len(b.text)))
	}
	start := b.clusterRestart(offset)
	for {
		end := b.ClusterEnd(start)
		if end > offset {
			return start
		}
		start = end
	}
}

// clusterCeil returns the end of the cluster that offset lies in, or offset itself when it begins one.
func (b *Body) clusterCeil(offset int) int {
	floor := b.clusterFloor(offset)
	if floor == offset || offset > len(b.text) {
		return floor
	}
	return b.ClusterEnd(floor)
}

// clusterRestart returns a place at or before offset, not far, where a cluster begins.
func (b *Body) clusterRestart(offset int) int {
	for at := offset; at >= offset/windowSize*windowSize; at-- {
		if utf8.RuneStart(b.text[at]) && b.clusterSafe(at) {
			return at
		}
	}
	return b.clusters.begin(offset)
}

// clusterSafe reports whether a cluster begins at a character whatever stands
// around. Two neighbours tell, but for a joiner, which may belong to an emoji (rule
// GB11), and for the letters of flags, which pair from the first one on (GB12).
func (b *Body) clusterSafe(at int) bool {
	if at == 0 {
		return true
	}
	r, size := utf8.DecodeLastRuneInString(b.text[:at])
	next, more := utf8.DecodeRuneInString(b.text[at:])
	if r < utf8.RuneSelf && next < utf8.RuneSelf {
		return r != '\r' || next != '\n'
	}
	if r == joiner {
		return false
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(b.text[at-size:at+more], -1)
	return len(cluster) == size
}

// clusterForced begins a cluster in the midst of kilobytes of marks or flags.
func (b *Body) clusterForced(milestone int) int { return runeStart(b.text, milestone) }

package annotate

import "sort"

// windowSize is how many bytes of text are cut at a time, about. A milestone is a
// multiple of it.
const windowSize = 4096

// grid divides a text into windows that can be cut one by one. From each milestone
// to the next one window begins: at the first safe place, or without any where it is
// forced to. So no window is longer than two windowSizes.
type grid struct {
	text   string
	safe   func(at int) bool       // whether a segment begins at a character whatever stands around it
	forced func(milestone int) int // where to begin instead, behind a milestone
	recent [8]windowStart          // the latest found; a window's two ends are asked for in turn
	oldest int
}

// windowStart is where the window begins behind a milestone.
type windowStart struct{ milestone, start int }

// start returns where the window begins behind a milestone.
func (g *grid) start(milestone int) int {
	if milestone == 0 {
		return 0
	}
	for _, known := range g.recent {
		if known.milestone == milestone {
			return known.start
		}
	}
	start := g.find(milestone)
	g.recent[g.oldest] = windowStart{milestone, start}
	g.oldest = (g.oldest + 1) % len(g.recent)
	return start
}

func (g *grid) find(milestone int) int {
	for at := runeStart(g.text, milestone); at < milestone+windowSize; at = runeStart(g.text, at+1) {
		if at == len(g.text) || g.safe(at) {
			return at
		}
	}
	return g.forced(milestone)
}

// begin returns where the window begins that holds an offset.
func (g *grid) begin(offset int) int {
	milestone := offset / windowSize * windowSize
	if start := g.start(milestone); start <= offset {
		return start
	}
	return g.start(milestone - windowSize)
}

// window returns the window that holds an offset.
func (g *grid) window(offset int) Fragment {
	start := g.begin(offset)
	return Fragment{start, g.start((start/windowSize + 1) * windowSize)}
}

// keptWindows is how many windows are remembered of tokens, and of sentences.
const keptWindows = 16

// cutWindow is a window and the segments in it, in order.
type cutWindow struct {
	Fragment
	found []Fragment
}

// segments cuts a text into tokens or sentences where it is asked about.
type segments struct {
	body   *Body
	grid   grid
	ends   func(text string) []int // where the segments of text end that is a window
	recent [keptWindows]cutWindow
	oldest int
}

// at returns the window that holds an offset; the text's end counts to the last one.
func (s *segments) at(offset int) cutWindow {
	offset = max(0, min(offset, len(s.body.text)-1))
	for _, w := range s.recent {
		if w.Start <= offset && offset < w.End {
			return w
		}
	}
	w := s.cut(s.grid.window(offset))
	s.recent[s.oldest] = w
	s.oldest = (s.oldest + 1) % keptWindows
	return w
}

// cut finds the segments of a window. An end inside a grapheme cluster is none:
// the annex's words part a letter from its vowel sign where that is a letter too.
func (s *segments) cut(window Fragment) cutWindow {
	w := cutWindow{Fragment: window}
	segment := Fragment{Start: window.Start}
	cluster := window.Start // where one begins
	for _, end := range s.ends(s.body.text[window.Start:window.End]) {
		segment.End = window.Start + end
		if segment.End < window.End && !s.body.clusterSafe(segment.End) {
			for cluster < segment.End {
				cluster = s.body.ClusterEnd(cluster)
			}
			if cluster > segment.End {
				continue
			}
		}
		cluster = segment.End
		if f := s.body.Trim(segment); !f.Empty() {
			w.found = append(w.found, f)
		}
		segment.Start = segment.End
	}
	return w
}

// holding returns the segment that holds an offset; ok is false between segments.
func (s *segments) holding(offset int) (f Fragment, ok bool) {
	found := s.at(offset).found
	i := sort.Search(len(found), func(i int) bool { return found[i].End > offset })
	if i < len(found) && found[i].Start <= offset {
		return found[i], true
	}
	return Fragment{}, false
}

// next returns the first segment that begins at or after offset.
func (s *segments) next(offset int) (f Fragment, ok bool) {
	for at := s.body.inkAfter(offset); at < len(s.body.text); {
		w := s.at(at)
		if i := sort.Search(len(w.found), func(i int) bool { return w.found[i].Start >= offset }); i < len(w.found) {
			return w.found[i], true
		}
		at = s.body.inkAfter(w.End)
	}
	return Fragment{}, false
}

// previous returns the last segment that ends at or before offset.
func (s *segments) previous(offset int) (f Fragment, ok bool) {
	for at := s.body.inkBefore(offset); at > 0; {
		w := s.at(at - 1)
		if i := sort.Search(len(w.found), func(i int) bool { return w.found[i].End > offset }) - 1; i >= 0 {
			return w.found[i], true
		}
		at = s.body.inkBefore(w.Start)
	}
	return Fragment{}, false
}

package typeset

import (
	"sort"
	"time"

	"spanwright/annotate"
)

// Style is how a document is set. Lengths are device pixels.
type Style struct {
	Size   float64 // em
	Width  float64 // measure
	Pitch  float64 // distance between the tops of two lines, the same for all
	Ascent float64 // from a line's top to its baseline, with what is kept free above the text
	Gap    float64 // extra space after each paragraph
	Blank  float64 // height of an empty paragraph, on which nothing can be labelled; 0 means Pitch
	// Invisibles gives blanks, tabs and line ends a mark, and characters without
	// width a box with their name, which takes room of its own ([Line.Marks]).
	Invisibles bool

	// Direction of every paragraph; each has its own where it is automatic.
	Direction annotate.Direction

	// Languages of the text, BCP 47 tags as [Languages] finds them; none are needed. A
	// run is set in the first that is written in its script.
	Languages []string
	// Nastaliq has languages that are usually written in that hand set in it; see [TakesNastaliq].
	Nastaliq bool
}

// Placed is a line and where it stands in the document.
type Placed struct {
	*Line
	Paragraph int     // of the document
	Index     int     // of the line in its paragraph
	Top       float64 // device pixels from the document's top
	Height    float64 // device pixels: the style's Pitch, or Blank for an empty paragraph
}

// Layout is a document set in one style. It lays out the paragraphs it is asked
// about, keeps those asked about last, and estimates the heights of those it has
// not seen: places further down move when estimates are corrected, and [Anchor] is
// what to hold on to meanwhile. A Layout is for one goroutine.
type Layout struct {
	body    *annotate.Body
	fonts   *Fonts
	style   Style
	taste   *taste
	blocks  []block
	heights *heights
	recent  recent
	unseen  int // every block before it is known

	levelOf int // the paragraph whose level is remembered, -1 for none
	level   uint8
	carried map[int][]*embedding // of paragraphs in parts, from part to part; nil for those without embeddings
}

// NewLayout prepares the layout of a document. Only a short sample of the text is set at once.
func NewLayout(body *annotate.Body, fonts *Fonts, style Style) *Layout {
	l := &Layout{body: body, fonts: fonts, style: style, taste: fonts.taste(style), blocks: cutBlocks(body), recent: newRecent(), levelOf: -1, carried: map[int][]*embedding{}}
	l.heights = newHeights(l.estimate())
	return l
}

// Style returns what the layout was made with.
func (l *Layout) Style() Style { return l.style }

// Fonts returns what the layout was made with.
func (l *Layout) Fonts() *Fonts { return l.fonts }

// Height returns the height of the whole document in device pixels, estimated where not laid out yet.
func (l *Layout) Height() float64 {
	last := len(l.blocks) - 1
	lines := l.heights.before(last+1) - 1 // all but the last, which may be blank
	return l.above(last, lines) + l.lineHeight(last) + l.style.Gap
}

// prepare shapes block i.
func (l *Layout) prepare(i int) *setter {
	f := l.fragment(i)
	s := &l.fonts.setter
	s.invisibles = l.style.Invisibles
	s.prepare(l.body, f, l.opening(i), l.taste, l.style.Size)
	return s
}

// wrap shapes block i and cuts it into lines.
func (l *Layout) wrap(i int) (*setter, []stretch) {
	s, measure := l.prepare(i), l.style.Width
	if l.style.Invisibles {
		measure -= s.nameRoom('\n') // the sign of the line end hangs over
	}
	return s, s.wrap(measure)
}

// learn records how many lines block i really has, as far as the fonts are there.
func (l *Layout) learn(i, lines int) {
	b := &l.blocks[i]
	awaited := b.awaits
	b.awaits = l.fonts.setter.awaits
	if b.known && !awaited {
		return
	}
	l.heights.add(i, lines-int(b.lines))
	b.lines, b.known = int32(lines), true
}

// Renew forgets the lines that were laid out without some font, so that they are
// laid out anew when they are asked about, and estimates heights anew.
func (l *Layout) Renew() {
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.awaits {
			b.awaits, b.known = false, false
			l.recent.drop(i)
			l.unseen = min(l.unseen, i)
		}
	}
	l.heights = newHeights(l.estimate())
}

// lines returns the lines of block i.
func (l *Layout) lines(i int) []*Line {
	if lines, ok := l.recent.get(i); ok {
		return lines
	}
	s, stretches := l.wrap(i)
	lines := make([]*Line, len(stretches))
	for k, st := range stretches {
		lines[k] = s.build(st, l.style.Width)
	}
	l.learn(i, len(lines))
	l.recent.put(i, lines, l.fragment(i).Len())
	return lines
}

// Fill lays out paragraphs not seen yet, from the top, for at most about that
// long, so that Height and the places of lines become exact. It reports whether
// all are done. Lines themselves are not kept.
func (l *Layout) Fill(budget time.Duration) (done bool) {
	deadline := time.Now().Add(budget)
	for ; l.unseen < len(l.blocks); l.unseen++ {
		if l.blocks[l.unseen].known {
			continue
		}
		if time.Now().After(deadline) {
			return false
		}
		_, stretches := l.wrap(l.unseen)
		l.learn(l.unseen, len(stretches))
	}
	return true
}

// settle returns the block at height y once it is one whose height is known.
func (l *Layout) settle(y float64) int {
	for {
		i := l.blockAt(y)
		if l.blocks[i].known {
			return i
		}
		l.lines(i)
	}
}

// placed returns line k of block i.
func (l *Layout) placed(i, k int, line *Line) Placed {
	b, before := l.blocks[i], l.heights.before(i)
	index := k
	if i > 0 && l.blocks[i-1].paragraph == b.paragraph {
		first := sort.Search(i, func(j int) bool { return l.blocks[j].paragraph >= b.paragraph })
		index += before - l.heights.before(first)
	}
	return Placed{line, int(b.paragraph), index, l.above(i, before+k), l.lineHeight(i)}
}

// Lines returns the lines of which some part lies between top and bottom, from top to bottom.
func (l *Layout) Lines(top, bottom float64) []Placed {
	var found []Placed
	for i := l.settle(top); i < len(l.blocks) && l.top(i) < bottom; i++ {
		for k, line := range l.lines(i) {
			p := l.placed(i, k, line)
			if p.Top < bottom && p.Top+p.Height > top {
				found = append(found, p)
			}
		}
	}
	return found
}

// LineOf returns the line that holds an offset. Where a line was wrapped the offset
// belongs to the next line; the text's end belongs to the last one.
func (l *Layout) LineOf(offset int) Placed {
	offset = max(0, min(offset, len(l.body.Text())))
	i := l.blockOf(offset)
	lines := l.lines(i)
	k := max(0, sort.Search(len(lines), func(k int) bool { return lines[k].Start > offset })-1)
	return l.placed(i, k, lines[k])
}

// lineAt returns the line at height y, the nearest one outside the document and
// the one above between paragraphs.
func (l *Layout) lineAt(y float64) Placed {
	i := l.settle(y)
	lines := l.lines(i)
	k := int((y - l.top(i)) / l.style.Pitch)
	k = max(0, min(k, len(lines)-1))
	return l.placed(i, k, lines[k])
}

// Anchor is a place of the document that stays with the text when heights above
// it or the style change.
type Anchor struct {
	Offset int     // where a line begins, bytes
	Delta  float64 // how far below that line's top, device pixels
}

// AnchorAt returns the anchor of height y.
func (l *Layout) AnchorAt(y float64) Anchor {
	p := l.lineAt(y)
	return Anchor{p.Start, y - p.Top}
}

// Y returns the height an anchor is at now.
func (l *Layout) Y(a Anchor) float64 { return l.LineOf(a.Offset).Top + a.Delta }

package panel

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
)

func TestColumnEndsItsListsAndItsGuidelineWithAWholeRow(t *testing.T) {
	d := newDesk(t, article())
	p, n, a := NewPalette(d.Session), NewInspector(d.Session), NewAnnotations(d.Session)
	side := Side(p, n, a)
	for _, size := range []fyne.Size{{Width: 300, Height: 684}, {Width: 228, Height: 510}, {Width: 420, Height: 930}, {Width: 200, Height: 410}} {
		show(t, side, size.Width, size.Height)
		for name, part := range map[string]struct{ height, row float32 }{
			"labels": {p.list.Size().Height, p.list.rowHeight},
			"list":   {a.list.Size().Height, a.list.rowHeight},
		} {
			rows := float64(part.height / part.row)
			assert.InDelta(t, math.Round(rows), rows, 0.01, "%s at %v", name, size)
			assert.GreaterOrEqual(t, rows, 0.99, "%s at %v", name, size)
		}
		seen := 0
		for _, line := range p.meaning.pieces {
			top, bottom, height := line.text.Position().Y, line.text.Position().Y+line.text.Size().Height, p.words.Size().Height
			assert.False(t, bottom > height+0.1 && (top+bottom)/2 < height, "%q is cut at %v", line.text.Text, size)
			if bottom <= height+0.1 {
				seen++
			}
		}
		assert.Positive(t, seen)
	}
}

func TestGuidelineUsesRoomThatTheInspectorLeaves(t *testing.T) {
	d := newDesk(t, article())
	p, n, a := NewPalette(d.Session), NewInspector(d.Session), NewAnnotations(d.Session)
	show(t, Side(p, n, a), 300, 684)
	d.label("Source", "the Velland water minister")
	list, before := a.Object().Position(), p.words.Size().Height
	p.Explain("Take the whole phrase that names who speaks, with its apposition and its relative clause, but without the verb; " +
		"a pronoun that speaks is labelled where it stands, and an office or a paper that is quoted counts as one who speaks. " +
		"Where two speak together they are one span unless each says something of their own.")
	assert.Greater(t, p.words.Size().Height, before)
	assert.InDelta(t, p.words.Size().Height, p.words.heightFor(300), 0.5, "the whole text is there to be read")
	assert.Equal(t, list, a.Object().Position(), "the list stays where it is")
}

func TestSeamBetweenPanesIsDraggedWithinWhatTheyNeed(t *testing.T) {
	d := newDesk(t, article())
	left, right := NewHeader(d.Session).Object(), Side(NewPalette(d.Session), NewInspector(d.Session), NewAnnotations(d.Session))
	s := NewSplit(left, right, 0.7)
	show(t, s, 1000, 500)
	assert.EqualValues(t, 700, left.Size().Width)
	drag := func(to float32) {
		s.seam.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(to-s.seam.Position().X, 10)}})
		s.seam.DragEnd()
	}
	drag(600)
	assert.InDelta(t, 600, left.Size().Width, 1)
	assert.InDelta(t, 0.6, s.Offset, 0.002)
	drag(5000)
	assert.InDelta(t, right.MinSize().Width, right.Size().Width, 1)
	drag(-50)
	assert.InDelta(t, left.MinSize().Width, left.Size().Width, 1)
	assert.Equal(t, desktop.HResizeCursor, s.seam.Cursor())
}

func TestASideGivesWayWhereThereIsNoRoomForBoth(t *testing.T) {
	d := newDesk(t, article())
	main, side := NewHeader(d.Session).Object(), NewAnnotations(d.Session).Object()
	s := NewSplit(side, main, 0.3)
	s.Side = side
	both := side.MinSize().Width + seamWidth + main.MinSize().Width
	for _, test := range []struct {
		width float32
		sided bool
	}{{1000, true}, {both, true}, {both - 1, false}, {main.MinSize().Width, false}, {1000, true}} {
		s.Resize(fyne.NewSize(test.width, 500))
		assert.Equal(t, test.sided, s.Sided(), test.width)
		assert.Equal(t, test.sided, side.Visible(), test.width)
		if !test.sided {
			assert.InDelta(t, test.width, main.Size().Width, 0.5)
		}
	}
	assert.Equal(t, main.MinSize().Width, s.MinSize().Width, "a window may be as narrow as the text")
}

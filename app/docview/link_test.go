package docview

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// onChip returns the middle of the chip of a span's first fragment, in toolkit units of the pane.
func (d *desk) onChip(id annotate.ID) fyne.Position {
	d.t.Helper()
	for _, t := range d.visible {
		for i := range t.drawn.chips {
			if c := &t.drawn.chips[i]; c.span == id && c.fragment == 0 {
				return d.units(d.geometry.left+(c.box.x0+c.box.x1)/2, t.y+(c.box.y0+c.box.y1)/2)
			}
		}
	}
	d.t.Fatalf("no chip of %s is in sight", id)
	return fyne.Position{}
}

func (d *desk) dragTo(at fyne.Position) {
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
}

func (d *desk) drop(at fyne.Position) {
	d.DragEnd()
	d.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
}

// disputed is a text of claims, which can attack each other or be the same.
func disputed(t *testing.T) *desk {
	return sitDown(t, usual, []string{report},
		span(t, report, "01", "Claim", "The minister denied"), span(t, report, "02", "Claim", "lake fell fast"), span(t, report, "03", "Claim", "minister"))
}

func TestDraggingFromAChipRelatesToWhereItIsReleased(t *testing.T) {
	for _, on := range []struct {
		what  string
		place func(d *desk) fyne.Position
	}{
		{"its chip", func(d *desk) fyne.Position { return d.onChip("02") }},
		{"its text", func(d *desk) fyne.Position { return d.at(d.place("fell").Start) }},
	} {
		d := disputed(t)
		d.press(d.onChip("01"), 0)
		d.dragTo(d.at(d.place("second").Start))
		assert.EqualValues(t, "01", d.s.Relating(), on.what)
		assert.EqualValues(t, "01", d.s.Focused())
		assert.True(t, d.rubber.shown)
		assert.Empty(t, d.rubber.target)
		d.dragTo(on.place(d))
		assert.EqualValues(t, "02", d.rubber.target, on.what)
		d.drop(on.place(d))
		require.NotEmpty(t, d.s.RelationChoices(), "there are several, from which the strip lets one choose")
		assert.False(t, d.rubber.shown)
		require.True(t, d.strip.shown)
		first := d.strip.buttons[0].box
		d.press(d.units(d.strip.x+first.x0+2, d.strip.y+first.y0+2), 0)
		require.Equal(t, 1, d.s.Layer().RelationCount())
		r := d.s.Layer().Involving("01")[0]
		assert.True(t, r.Involves("02"))
		assert.Empty(t, d.s.Selection(), "a drag from a chip selects no text")
	}
}

func TestDraggingFromAChipToNowhereIsDropped(t *testing.T) {
	d := disputed(t)
	for _, end := range []fyne.Position{d.at(d.place("second").Start), d.onChip("01"), fyne.NewPos(510, 390)} {
		d.press(d.onChip("01"), 0)
		d.dragTo(d.at(d.place("second").Start))
		require.NotEmpty(t, d.s.Relating())
		d.dragTo(end)
		d.drop(end)
		assert.Empty(t, d.s.Relating())
		assert.Zero(t, d.s.Layer().RelationCount())
		assert.EqualValues(t, "01", d.s.Focused())
		assert.False(t, d.rubber.shown)
	}
}

func TestAPressOnAChipThatHardlyMovesIsAClick(t *testing.T) {
	d := disputed(t)
	at := d.onChip("02")
	d.press(at, 0)
	d.dragTo(at.AddXY(3, 2))
	assert.Empty(t, d.s.Relating())
	d.drop(at.AddXY(3, 2))
	assert.EqualValues(t, "02", d.s.Focused())
	assert.Empty(t, d.s.Selection())
}

func TestDraggingFromTheChipThatHasTheFocusRelatesItNotTheOneUnderIt(t *testing.T) {
	d := disputed(t)
	d.s.Focus("03")
	d.press(d.onChip("03"), 0)
	d.dragTo(d.onChip("02"))
	assert.EqualValues(t, "03", d.s.Relating())
}

func TestCtrlClickOnAChipThenAClickRelates(t *testing.T) {
	d := disputed(t)
	at := d.onChip("01")
	d.press(at, fyne.KeyModifierControl)
	d.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	require.EqualValues(t, "01", d.s.Relating(), "the release does not end it")
	assert.False(t, d.rubber.shown)
	d.click(d.onChip("02"))
	require.NotEmpty(t, d.s.RelationChoices())
	d.s.ChooseRelation(0)
	assert.Equal(t, 1, d.s.Layer().RelationCount())
	assert.EqualValues(t, "01", d.s.Focused())
}

func TestEscDuringADragDropsTheRelation(t *testing.T) {
	d := disputed(t)
	d.press(d.onChip("01"), 0)
	d.dragTo(d.onChip("02"))
	d.s.Cancel()
	assert.False(t, d.rubber.shown)
	d.dragTo(d.onChip("02"))
	d.drop(d.onChip("02"))
	assert.Empty(t, d.s.Relating())
	assert.Zero(t, d.s.Layer().RelationCount())
	assert.EqualValues(t, "01", d.s.Focused(), "the release cancels nothing more")
}

func TestDraggingFromAChipNearTheEdgeScrollsToTheTarget(t *testing.T) {
	text := "First claim. " + strings.Repeat("Filler goes on and on. ", 200) + "Last claim."
	d := sitDown(t, usual, []string{text}, span(t, text, "01", "Claim", "First claim"), span(t, text, "02", "Claim", "Last claim"))
	d.press(d.onChip("01"), 0)
	d.dragTo(fyne.NewPos(200, 420))
	for range 2000 {
		if len(d.later) == 0 {
			break
		}
		next := d.later[0]
		d.later = d.later[1:]
		next()
	}
	require.Positive(t, d.offset)
	assert.True(t, d.rubber.shown, "its beginning is out of sight now")
	d.dragTo(d.onChip("02"))
	d.drop(d.onChip("02"))
	assert.NotEmpty(t, d.s.RelationChoices())
}

func TestARelationUnderWayLooksAsDesigned(t *testing.T) {
	d := disputed(t)
	d.press(d.onChip("01"), 0)
	d.dragTo(d.at(d.place("paragraph").Start))
	for _, name := range []string{"nowhere", "target"} {
		golden(t, fmt.Sprintf("rubber-%s-light", name), d.window.Canvas().Capture())
		d.dragTo(d.onChip("02"))
	}
	d.SetVariant(fynetheme.VariantDark)
	golden(t, "rubber-target-dark", d.window.Canvas().Capture())
}

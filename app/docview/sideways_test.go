package docview

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
)

// bilingual has a phrase of the other direction in each paragraph.
const bilingual = "say שלום עולם and go\nהוא אמר one two וגם\nend"

// presses returns what the cursor is on after each press of a key.
func (d *desk) presses(n int, key fyne.KeyName, held fyne.KeyModifier, show func() string) string {
	var met []string
	for range n {
		d.key(key, held)
		met = append(met, show())
	}
	return strings.Join(met, " ")
}

func TestArrowsGoWhereTheyPoint(t *testing.T) {
	d := sitDown(t, usual, []string{bilingual})
	assert.Equal(t, "עולם שלום and go וגם one two אמר הוא end end", d.presses(11, fyne.KeyRight, 0, d.cursor))
	assert.Equal(t, "הוא אמר two one וגם go and שלום עולם say say", d.presses(11, fyne.KeyLeft, 0, d.cursor))
}

func TestArrowsGoOnAsTheParagraphIsRead(t *testing.T) {
	d := sitDown(t, usual, []string{bilingual})
	d.s.MoveTo(d.place("הוא").Start)
	assert.Equal(t, "אמר two one וגם end", d.presses(5, fyne.KeyLeft, 0, d.cursor), "a walk that begins in a right-to-left paragraph goes on to the left")
	assert.Equal(t, "וגם one", d.presses(2, fyne.KeyRight, 0, d.cursor), "and back to the right")
	d.s.MoveTo(d.place("end").Start)
	assert.Equal(t, "הוא", d.presses(1, fyne.KeyLeft, 0, d.cursor), "one that begins in a left-to-right paragraph goes back, to the right end")
}

func TestArrowsLeaveASelectionOnTheirSide(t *testing.T) {
	d := sitDown(t, usual, []string{bilingual})
	for _, c := range []struct{ selected, left, right string }{
		{"שלום עולם", "say", "and"},
		{"עולם and", "say", "go"},
		{"אמר one", "וגם", "הוא"},
	} {
		d.s.Select(d.place(c.selected))
		assert.Equal(t, c.left, d.presses(1, fyne.KeyLeft, 0, d.cursor), "left of %s", c.selected)
		d.s.Select(d.place(c.selected))
		assert.Equal(t, c.right, d.presses(1, fyne.KeyRight, 0, d.cursor), "right of %s", c.selected)
	}
}

func TestShiftAndArrowsSelectTokenByTokenInTheOrderOfTheText(t *testing.T) {
	d := sitDown(t, usual, []string{bilingual})
	const shift = fyne.KeyModifierShift
	d.presses(5, fyne.KeyRight, shift, d.selected)
	assert.Equal(t, "say שלום עולם and go", d.selected(), "through a phrase of the other direction")
	d.presses(2, fyne.KeyRight, shift, d.selected)
	assert.Equal(t, "say שלום עולם and go\nהוא אמר", d.selected(), "and into another paragraph")
	d.presses(4, fyne.KeyLeft, shift, d.selected)
	assert.Equal(t, "say שלום עולם", d.selected(), "and back")

	d.s.MoveTo(d.place("שלום").Start)
	d.presses(3, fyne.KeyLeft, shift, d.selected)
	assert.Equal(t, "שלום עולם and", d.selected(), "at the left of the first stands the next")
	d.s.MoveTo(d.place("אמר").Start)
	d.presses(2, fyne.KeyLeft, shift, d.selected)
	assert.Equal(t, "אמר one", d.selected())
}

func TestAltShiftAndArrowsSelectCharactersAsTheyAreRead(t *testing.T) {
	d := sitDown(t, usual, []string{bilingual})
	const held = fyne.KeyModifierShift | fyne.KeyModifierAlt
	d.presses(5, fyne.KeyRight, held, d.selected)
	assert.Equal(t, "say ש", d.selected())
	d.s.MoveTo(d.place("שלום").Start)
	d.presses(6, fyne.KeyLeft, held, d.selected)
	assert.Equal(t, "שלום ע", d.selected())
	d.presses(4, fyne.KeyRight, held, d.selected)
	assert.Equal(t, "של", d.selected())
}

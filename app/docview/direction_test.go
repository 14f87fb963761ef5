package docview

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestDirectionTakesEffectAtOnceAndKeepsTheLineAtTheTop(t *testing.T) {
	d := sitDown(t, usual, []string{long(300)}, span(t, long(300), "01", "Claim", "Paragraph 200 "))
	d.ScrollTo(d.place("Paragraph 200 ").Start)
	top := d.Top()
	for _, c := range []struct {
		direction annotate.Direction
		rtl       bool
	}{{annotate.RightToLeft, true}, {annotate.LeftToRight, false}, {annotate.RightToLeft, true}, {annotate.Automatic, false}} {
		require.NoError(t, d.s.SetDirection(c.direction))
		require.NotEmpty(t, d.visible)
		assert.Equal(t, c.rtl, d.visible[0].line.RTL, c.direction)
		assert.Equal(t, top, d.Top(), c.direction)
	}
	d.until(func() bool { return d.s.Saved().Pending == 0 })
	d.s.Undo()
	d.until(func() bool { return d.s.Document().Direction() == annotate.RightToLeft })
	assert.True(t, d.visible[0].line.RTL, "undo too")
	assert.Equal(t, top, d.Top())
}

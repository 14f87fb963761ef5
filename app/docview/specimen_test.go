package docview

import (
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestASpecimenIsPaintedAFewLinesAtATime has nine lines; between two of them something else can be done.
func TestASpecimenIsPaintedAFewLinesAtATime(t *testing.T) {
	test.NewTempApp(t)
	text, bold := bundled(t)
	size := fyne.NewSize(400, 900)
	draw := func(s *Specimen, text string) {
		layer := annotate.NewLayer("", "")
		layer.Apply(&annotate.Change{After: &annotate.Span{ID: "s", Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 4}}}})
		s.Draw(&annotate.Scheme{}, annotate.NewBody(text), layer, "")
	}
	long := strings.TrimSpace(strings.Repeat("Mona said it rained.\n", 9))

	atOnce := NewSpecimen(text, bold, fynetheme.VariantLight)
	atOnce.Resize(size)
	draw(atOnce, long)

	var waiting []func()
	s := NewSpecimen(text, bold, fynetheme.VariantLight).Await(func(_ time.Duration, f func()) { waiting = append(waiting, f) })
	step := func() {
		f := waiting[0]
		waiting = waiting[1:]
		f()
	}
	s.Resize(size)
	draw(s, "Another text.")
	before := s.image.Image
	draw(s, long)
	steps := 0
	for ; len(waiting) > 0; steps++ {
		require.Equal(t, before, s.image.Image, "the picture is shown when it is whole")
		step()
	}
	assert.Equal(t, 4, steps, "two lines, then two each time")
	assert.Equal(t, atOnce.image.Image.(*image.RGBA).Pix, s.image.Image.(*image.RGBA).Pix)

	draw(s, long)
	draw(s, "Another text.")
	after := s.image.Image
	for len(waiting) > 0 {
		step()
	}
	assert.Equal(t, after, s.image.Image, "what is no longer wanted is not painted on")
}

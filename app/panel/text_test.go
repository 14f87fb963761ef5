package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestCutTextFitsAndWholeTextStays(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zé “”]{0,40}`).Draw(t, "text")
		width := float32(rapid.IntRange(20, 300).Draw(t, "width"))
		for _, cut := range []string{s.fit(text, width), s.fitMiddle(text, width)} {
			assert.LessOrEqual(t, s.width(cut), width)
			if s.width(text) <= width {
				assert.Equal(t, text, cut)
			}
		}
	})
}

func TestWrappedLinesHoldEveryWordAndFit(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z]{1,8} ){0,20}`).Draw(t, "text")
		lines := s.wrap(text, 120, 0)
		assert.Equal(t, strings.Fields(text), strings.Fields(strings.Join(lines, " ")))
		for _, line := range lines {
			assert.LessOrEqual(t, s.width(line), float32(120))
		}
		assert.LessOrEqual(t, len(s.wrap(text, 120, 2)), 2)
	})
}

func TestNamesAreCutInTheMiddle(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	cut := s.fitMiddle("a-long-common-beginning-of-names-0001", 120)
	assert.True(t, strings.HasPrefix(cut, "a-long"), cut)
	assert.True(t, strings.HasSuffix(cut, "01"), cut)
}

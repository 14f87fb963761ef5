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

func TestWhatHasNoBlanksIsBrokenAndNothingOfItLost(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	for _, text := range []string{
		"https://example.org/a/very/long/address/of/a/page/that/nobody/would/type",
		"部长否认泄漏。渔民说湖水下降了，而市议会坚持自己的数字。",
		"รัฐมนตรีปฏิเสธการรั่วไหลและชาวประมงกล่าวว่าระดับน้ำลดลง",
		strings.Repeat("👩‍👩‍👧", 30),
	} {
		lines := s.wrap(text, 120, 0)
		assert.Equal(t, text, strings.Join(lines, ""))
		assert.Greater(t, len(lines), 1)
		for _, line := range lines {
			assert.LessOrEqual(t, s.width(line), float32(120), line)
			assert.False(t, strings.HasPrefix(line, "，") || strings.HasPrefix(line, "。"), "no line of Chinese begins with a stop: %s", line)
		}
		cut := s.wrap(text, 120, 2)
		assert.Len(t, cut, 2)
		assert.True(t, strings.HasSuffix(cut[1], ellipsis))
		assert.LessOrEqual(t, s.width(cut[1]), float32(120))
	}
}

func TestLineBreaksAreKept(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	assert.Equal(t, []string{"First.", "", "Then more."}, s.wrap("\n First.\n\nThen  more. \n", 300, 0))
	assert.Equal(t, []string{"a", "b…"}, s.wrap("a\nb\nc", 300, 2))
}

func TestNamesAreCutInTheMiddle(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	cut := s.fitMiddle("a-long-common-beginning-of-names-0001", 120)
	assert.True(t, strings.HasPrefix(cut, "a-long"), cut)
	assert.True(t, strings.HasSuffix(cut, "01"), cut)
}

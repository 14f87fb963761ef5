package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const hebrew = "המועצה טענה כי Velland פתחה את הסכר ב-3 במרץ (2031) בלי לומר דבר לאיש."

func TestProseReadFromTheRightStandsAtTheRight(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	lines := s.lines("The council said:\n"+hebrew, 160, 0)
	require.Greater(t, len(lines), 3)
	assert.Equal(t, "The council said:", lines[0].text)
	assert.False(t, lines[0].set.RTL())
	rest := ""
	for _, line := range lines[1:] {
		require.NotNil(t, line.set)
		assert.True(t, line.set.RTL(), "a line that begins with a name too")
		rest += line.text
	}
	assert.Equal(t, hebrew, rest)
}

func TestProseOfAnyScriptEndsWhereItMust(t *testing.T) {
	test.NewTempApp(t)
	s := style{size: textSize}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-c \x{200e}אבגםن1\n()]{1,60}`).Draw(t, "text")
		width, limit := float32(rapid.IntRange(40, 200).Draw(t, "width")), rapid.IntRange(2, 4).Draw(t, "limit")
		whole, cut := s.lines(text, width, 0), s.lines(text, width, limit)
		assert.LessOrEqual(t, len(cut), limit)
		for i := range cut {
			assert.LessOrEqual(t, s.width(strings.TrimRight(cut[i].text, " ")), width+1)
		}
		if len(whole) > limit {
			assert.Contains(t, cut[limit-1].text, ellipsis)
		} else {
			assert.Len(t, cut, len(whole))
		}
	})
}

func TestLinksAreWhereTheirWordsStand(t *testing.T) {
	test.NewTempApp(t)
	r := newRich(inkTone, insets{})
	r.Resize(fyne.NewSize(400, 100))
	r.set("אבג [דהו](https://example.org/rules) **זחט**")
	require.Len(t, r.pieces, 1, "one line")
	p := &r.pieces[0]
	require.Len(t, p.zones, 2)
	link, bold := p.zones[0].segments[0], p.zones[1].segments[0]
	assert.Greater(t, link.x, bold.x+bold.width, "what comes later stands further left")
	assert.Greater(t, float32(400)-style{size: smallSize}.width("אבג "), link.x+link.width-2)
	middle := p.text.Position().Y + 5
	assert.Equal(t, "https://example.org/rules", r.linkAt(fyne.NewPos(link.x+link.width/2, middle)))
	assert.Empty(t, r.linkAt(fyne.NewPos(bold.x+1, middle)))
	assert.Empty(t, r.linkAt(fyne.NewPos(399, middle)))
}

func TestListItemsReadFromTheRightHaveTheirMarkThere(t *testing.T) {
	test.NewTempApp(t)
	r := newRich(inkTone, insets{})
	r.Resize(fyne.NewSize(300, 100))
	r.set("- אבג\n- abc\n")
	require.Len(t, r.pieces, 4)
	assert.Greater(t, r.pieces[0].text.Position().X, float32(280))
	assert.Less(t, r.pieces[2].text.Position().X, float32(20))
}

func TestRowsOfAListAreSetInEveryScript(t *testing.T) {
	test.NewTempApp(t)
	l := newList(24, nil)
	r := newRow(l)
	r.Resize(fyne.NewSize(200, 24))
	r.set(0, rowContent{text: "a-long-common-beginning-of-names-0001"})
	assert.True(t, strings.HasSuffix(r.text.Text(), "0001"))
	r.set(1, rowContent{text: strings.Repeat("שלום ", 20) + "0002"})
	assert.True(t, strings.HasSuffix(r.text.Text(), "0002"))
	assert.LessOrEqual(t, rowStyle.width(r.text.Text()), float32(200-2*rowInset))
	r.set(2, rowContent{text: "short"})
	assert.Equal(t, "short", r.text.Text())
}

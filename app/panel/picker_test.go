package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const codeScheme = `
name: codes
spans:
  - label: Claim
    key: "1"
    attributes:
      - name: code
        kind: choice
        values:
          - name: "100"
            title: Water
            heading: true
            values:
              - {name: "101", title: Wells, guideline: All that is dug.}
              - {name: "102", title: Rivers and lakes}
          - name: "200"
            title: Mines
            values: [{name: "201", title: Mines near water}]
      - name: themes
        kind: several
        values: [{name: a, values: [{name: b}]}, {name: c}, {name: d}]
      - {name: short, kind: choice, values: [{name: x}, {name: y}]}
`

// pickDesk returns an inspector at a claim, and the picker of one of its attributes.
func pickDesk(t *testing.T, attribute string) (*desk, *Inspector, *picker, fyne.Window) {
	t.Helper()
	d := newDeskWith(t, []byte(codeScheme), article())
	n := NewInspector(d.Session)
	w := show(t, n.Object(), 320, 700)
	d.label("Claim", "the gauges")
	for i, f := range n.fields {
		if f.key == "attribute "+attribute {
			w.Canvas().Focus(n.lines[i].stop())
			return d, n, n.lines[i].(*pairLine).value.(*picker), w
		}
	}
	t.Fatalf("no line for %s", attribute)
	return nil, nil, nil, nil
}

func (c *picker) texts() []string { return c.list.texts() }

func TestACodeIsFoundByItsNumberItsTitleAndItsPlaceInTheTree(t *testing.T) {
	d, _, c, w := pickDesk(t, "code")
	write := func(text string, keys ...fyne.KeyName) {
		for _, r := range text {
			w.Canvas().Focused().TypedRune(r)
		}
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	code := func() annotate.Value { return d.FocusedSpan().Attributes["code"] }
	assert.Equal(t, []string{"100 · Water", "    101 · Wells", "    102 · Rivers and lakes", "200 · Mines", "    201 · Mines near water"}, c.texts())
	assert.Equal(t, 1, c.list.cursor, "a heading cannot be chosen")
	write("", fyne.KeyDown, fyne.KeyDown)
	assert.Equal(t, 3, c.list.cursor)
	write("water")
	assert.Equal(t, []string{"100 · Water", "201 · Mines near water — 200 · Mines"}, c.texts())
	write("", fyne.KeyReturn)
	assert.Equal(t, annotate.Text("201"), code(), "the heading was passed over")
	assert.Equal(t, "201 · Mines near water", c.entry.Text)

	w.Canvas().Focus(c.entry)
	require.Equal(t, 4, c.list.cursor, "the list opens at what is chosen")
	write("10")
	assert.Equal(t, []string{"100 · Water", "101 · Wells — 100 · Water", "102 · Rivers and lakes — 100 · Water"}, c.texts())
	write("2", fyne.KeyEscape)
	assert.Equal(t, annotate.Text("201"), code(), "Esc leaves all as it was")
	w.Canvas().Unfocus()
	assert.Equal(t, "201 · Mines near water", c.entry.Text)
	w.Canvas().Focus(c.entry)
	write("", fyne.KeyDelete)
	assert.NotContains(t, d.FocusedSpan().Attributes, "code")
	write("no such")
	assert.Empty(t, c.texts())
	write("", fyne.KeyReturn)
	assert.NotContains(t, d.FocusedSpan().Attributes, "code")
}

func TestSeveralCodesArePickedOneAfterAnother(t *testing.T) {
	d, _, c, w := pickDesk(t, "themes")
	themes := func() []string {
		names, _ := d.FocusedSpan().Attributes["themes"].Choices()
		return names
	}
	for _, r := range "d" {
		w.Canvas().Focused().TypedRune(r)
	}
	press(c.entry, fyne.KeyReturn)
	require.Equal(t, []string{"d"}, themes())
	require.Empty(t, c.entry.Text)
	require.True(t, c.open, "one goes on picking")
	c.entry.TypedRune('b')
	press(c.entry, fyne.KeyReturn)
	require.Equal(t, []string{"b", "d"}, themes(), "the order is the scheme's")
	require.Equal(t, "b\nd", c.about.text)
	c.entry.TypedRune('b')
	press(c.entry, fyne.KeyReturn)
	require.Equal(t, []string{"d"}, themes(), "once more takes it away")
	press(c.entry, fyne.KeyBackspace)
	require.Empty(t, themes())
	c.list.picked(2)
	require.Equal(t, []string{"c"}, themes(), "so does a click")
}

func TestARequiredCodeBookKeepsTheKeyboardWhileItIsFilled(t *testing.T) {
	required := strings.Replace(codeScheme, "- name: themes\n", "- name: themes\n        required: true\n", 1)
	d := newDeskWith(t, []byte(required), article())
	n := NewInspector(d.Session)
	w := show(t, n.Object(), 320, 700)
	d.label("Claim", "the gauges")
	n.FocusFirst()
	for _, r := range "dc" { // the first of them fulfils what is required, and a line goes
		w.Canvas().Focused().TypedRune(r)
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	require.Equal(t, annotate.Choices("c", "d"), d.FocusedSpan().Attributes["themes"])
}

func TestFewValuesStayPills(t *testing.T) {
	_, n, _, _ := pickDesk(t, "code")
	for _, f := range n.fields {
		if f.key == "attribute short" {
			assert.Equal(t, itemsField, f.kind)
			return
		}
	}
	t.Fatal("the attribute is not shown")
}

func TestTheValueUnderTheCursorIsExplained(t *testing.T) {
	_, n, c, _ := pickDesk(t, "code")
	said := ""
	n.OnExplain = func(guide string) { said = guide }
	c.move(1)
	c.move(-1)
	assert.Equal(t, "**101 · Wells** All that is dug.", said)
}

package docview

import (
	"fmt"
	"image/png"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// faraway sits down before a long text whose attribution has its source at the top
// and its cue at the end, and whose claim supports one of another document.
func faraway(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	text := "The mayor of Orsa was asked again.\n\n" + strings.Repeat("Nothing of note happened on the lake that day, the log says.\n\n", 60) +
		"She denied that the sluice had been opened at night."
	d := sitDown(t, size, []string{text, "The guild says the sluice stood open."},
		span(t, text, "source", "Source", "The mayor of Orsa"), span(t, text, "cue", "Cue", "denied"),
		span(t, text, "claim", "Claim", "the sluice had been opened at night"))
	other, err := d.s.Project().DocumentByName("b.txt")
	require.NoError(t, err)
	theirs := span(t, other.Text, "theirs", "Claim", "the sluice stood open")
	theirs.Document = other.ID
	here := d.s.Document().ID
	attribution := &annotate.Relation{ID: "attribution", Document: here, Annotator: "asha", Label: "attribution", Arguments: []annotate.Argument{
		{Role: "source", Span: "source"}, {Role: "cue", Span: "cue"}, {Role: "content", Span: "claim"},
	}}
	attack := &annotate.Relation{ID: "attack", Document: here, Annotator: "asha", Label: "attacks", Arguments: []annotate.Argument{
		{Role: annotate.Head, Span: "claim"}, {Role: annotate.Tail, Span: "theirs", Document: other.ID},
	}}
	var changes []annotate.Change
	for _, state := range []annotate.State{theirs, attribution, attack} {
		changes = append(changes, annotate.Change{Annotator: "asha", After: state})
	}
	_, err = d.s.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.s.Refresh())
	d.until(func() bool { return d.s.Layer().RelationCount() == 2 })
	return d
}

// farChips returns what the margin chips say: where, part and words.
func (d *desk) farChips() []string {
	var said []string
	for i, edge := range []string{"above", "below"} {
		if !d.rims.rims[i].shown {
			continue
		}
		for _, k := range d.rims.rims[i].chips {
			if k.span == nil {
				said = append(said, edge+": more")
				continue
			}
			said = append(said, strings.TrimSpace(fmt.Sprintf("%s: %s “%s” %s", edge, k.part, k.quote, k.document)))
		}
	}
	return said
}

func (d *desk) shoot(name string) {
	if folder := os.Getenv("SHOTS"); folder != "" {
		f, _ := os.Create(folder + "/" + name + ".png")
		_ = png.Encode(f, d.window.Canvas().Capture())
		_ = f.Close()
	}
}

func TestEndsOutOfSightStandInTheMargin(t *testing.T) {
	d := faraway(t, fyne.NewSize(700, 400))
	assert.Empty(t, d.farChips(), "nothing has the focus")
	d.s.Focus("cue")
	d.shoot("cue")
	assert.Equal(t, []string{"above: source “The mayor of Orsa”"}, d.farChips())
	d.s.Focus("claim")
	d.until(func() bool { return len(d.farChips()) == 2 })
	d.shoot("claim")
	assert.Equal(t, []string{"above: source “The mayor of Orsa”", "below: attacks “the sluice stood open” b.txt"}, d.farChips())

	d.ScrollTo(0)
	d.shoot("top")
	assert.Equal(t, []string{
		"below: cue “denied”", "below: Claim “the sluice had been…d at night”", "below: attacks “the sluice stood open” b.txt",
	}, d.farChips(), "the focused annotation has a chip of its own when it is out of sight")

	d.s.Focus("")
	assert.Empty(t, d.farChips())
}

func TestAClickOnAMarginChipGoesThere(t *testing.T) {
	d := faraway(t, fyne.NewSize(700, 400))
	d.s.Focus("claim")
	d.until(func() bool { return len(d.farChips()) == 2 })
	middle := func(edge int) fyne.Position {
		r := &d.rims.rims[edge]
		b := r.chips[0].box
		return d.units(r.x+(b.x0+b.x1)/2, r.y+(b.y0+b.y1)/2)
	}
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: middle(0)}})
	assert.Equal(t, desktop.PointerCursor, d.Cursor())
	d.click(middle(0))
	assert.Equal(t, annotate.ID("source"), d.s.Focused())
	assert.Zero(t, d.Top(), "the source is brought into view")

	d.s.Focus("claim")
	d.until(func() bool { return len(d.farChips()) == 2 })
	d.click(middle(1))
	d.until(func() bool { return d.s.Document().Name == "b.txt" })
	assert.Equal(t, annotate.ID("theirs"), d.s.Focused())
}

func TestMarginChipsWithoutRoomAreCounted(t *testing.T) {
	text := strings.Repeat("x \n\n", 200)
	var spans []*annotate.Span
	for i := range 40 {
		at := 3 * 40
		at += 4 * i
		spans = append(spans, &annotate.Span{ID: annotate.ID(fmt.Sprintf("s%02d", i)), Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: at - at%4, End: at - at%4 + 1}}})
	}
	d := sitDown(t, fyne.NewSize(500, 300), []string{text}, spans...)
	r := &annotate.Relation{ID: "r", Document: d.s.Document().ID, Annotator: "asha", Label: "same"}
	for _, s := range spans {
		r.Arguments = append(r.Arguments, annotate.Argument{Role: annotate.Member, Span: s.ID})
	}
	_, err := d.s.Project().Apply(annotate.Change{Annotator: "asha", After: r})
	require.NoError(t, err)
	require.NoError(t, d.s.Refresh())
	d.until(func() bool { return d.s.Layer().RelationCount() == 1 })
	d.s.Focus("s00")
	d.shoot("many")
	chips := d.rims.rims[1].chips
	require.NotEmpty(t, chips)
	assert.Nil(t, chips[len(chips)-1].span, "the last one counts the rest")
	for i := range chips {
		assert.LessOrEqual(t, d.rims.rims[1].x+chips[i].box.x1, d.geometry.width)
		if i > 0 {
			assert.Greater(t, chips[i].box.x0, chips[i-1].box.x1)
		}
	}
}

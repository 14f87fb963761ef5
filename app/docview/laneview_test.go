package docview

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// lanesOf shows layers of others beside asha's.
func (d *desk) lanesOf(spans ...*annotate.Span) {
	d.t.Helper()
	names := map[string]bool{}
	for _, s := range spans {
		names[s.Annotator] = true
		d.written(s.Annotator, s)
	}
	require.NoError(d.t, d.s.ToggleLanes())
	d.until(func() bool { return len(d.s.Lanes()) == len(names) })
}

// written puts a span into somebody's layer as another program does.
func (d *desk) written(annotator string, s *annotate.Span) {
	d.t.Helper()
	s.Document, s.Annotator = d.s.Document().ID, annotator
	_, err := d.s.Project().Apply(annotate.Change{Annotator: annotator, After: s})
	require.NoError(d.t, err)
}

func by(annotator string, s *annotate.Span) *annotate.Span {
	s.Annotator = annotator
	return s
}

// barOf returns the middle of the first bar of a span in sight, in toolkit units of the pane.
func (d *desk) barOf(id annotate.ID) fyne.Position {
	d.t.Helper()
	for _, t := range d.visible {
		for _, row := range t.drawn.lanes {
			for _, b := range row.bars {
				if b.span.ID == id {
					at := b.boxes[0]
					return d.units(d.geometry.left+(at.x0+at.x1)/2, t.y+(at.y0+at.y1)/2)
				}
			}
		}
	}
	d.t.Fatalf("%s has no bar in sight", id)
	return fyne.Position{}
}

func (d *desk) pointAt(at fyne.Position) {
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
}

func TestLanesChangeThePitchOnceAndNothingElseDoes(t *testing.T) {
	text := strings.Repeat(report+"\n", 60)
	d := sitDown(t, usual, []string{text})
	d.ScrollTo(len(report) * 30)
	top := d.Top()
	before := d.painter.metrics.pitch
	d.lanesOf(by("ben", span(t, text, "b1", "Claim", "denied the leak")), by("cy", span(t, text, "c1", "Cue", "denied")))
	pitch := d.painter.metrics.pitch
	assert.Greater(t, pitch, before)
	assert.Equal(t, top, d.Top(), "what was read is read on")

	layout := d.layout
	for _, id := range []string{"b2", "b3", "b4", "b5"} { // four on one place
		d.written("ben", span(t, text, id, "Source", "The minister denied"))
	}
	require.NoError(t, d.s.Refresh())
	d.until(func() bool { return d.s.Lanes()[0].Layer.SpanCount() == 5 })
	assert.Same(t, layout, d.layout, "annotations move nothing")

	require.NoError(t, d.s.ToggleLanes())
	d.until(func() bool { return len(d.s.Lanes()) == 0 })
	assert.Equal(t, before, d.painter.metrics.pitch)
	assert.Equal(t, top, d.Top())
}

func TestAClickOnABarFocusesItToBeRead(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "a1", "Source", "Farmers"))
	d.lanesOf(by("ben", span(t, report, "b1", "Claim", "the lake fell")), by("ben", span(t, report, "b2", "Cue", "fell")))
	d.click(d.at(d.place("Farmers").Start))
	require.Equal(t, annotate.ID("a1"), d.s.Focused())

	d.click(d.barOf("b1"))
	focused, lane := d.s.Foreign()
	require.NotNil(t, focused)
	assert.Equal(t, annotate.ID("b1"), focused.ID)
	assert.Equal(t, "ben", lane.Annotator)
	assert.Empty(t, d.s.Focused())

	d.click(d.barOf("b2"))
	focused, _ = d.s.Foreign()
	assert.Equal(t, annotate.ID("b2"), focused.ID, "the bar on top")
	d.click(d.barOf("b2"))
	focused, _ = d.s.Foreign()
	assert.Equal(t, annotate.ID("b1"), focused.ID, "then the one under it")

	d.click(d.at(d.place("minister").Start))
	focused, _ = d.s.Foreign()
	assert.Nil(t, focused)
	assert.Equal(t, "minister", d.cursor())
}

func TestTheCardOfABarSaysWhoseItIsAndWhatOthersHave(t *testing.T) {
	theirs := by("ben", span(t, report, "b1", "Claim", "the lake fell"))
	theirs.Attributes, theirs.Note = map[string]annotate.Value{"type": annotate.Text("assertion")}, "How far?"
	d := sitDown(t, usual, []string{report}, span(t, report, "a1", "Claim", "the lake fell fast"))
	d.lanesOf(theirs, by("cy", span(t, report, "c1", "Target", "the lake fell")))
	d.pointAt(d.barOf("b1"))
	d.pass()
	require.True(t, d.card.shown)
	d.card.about = ""
	about := d.card.content(d.View)
	assert.Equal(t, "ben", about.name)
	assert.Equal(t, "Claim", about.label)
	var said []string
	for _, r := range about.rows {
		said = append(said, strings.Map(func(r rune) rune {
			if '\u2066' <= r && r <= '\u2069' { // that keep names apart
				return -1
			}
			return r
		}, r.text))
	}
	assert.Equal(t, []string{
		"“the lake fell”", "type: assertion", "Note: How far?",
		"asha: Claim on “the lake fell fast”", "cy: the same words as Target",
	}, said)
}

func TestTheTagOfALaneTellsTheName(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	d.lanesOf(by("ben", span(t, report, "b1", "Claim", "the lake fell")), by("cy", span(t, report, "c1", "Claim", "the lake")))
	_, bottom := d.painter.metrics.laneBox(1, 0)
	d.pointAt(d.units(d.geometry.left-float64(d.painter.metrics.margin)-6, d.visible[0].y+bottom-2))
	d.pass()
	require.True(t, d.card.shown)
	assert.Equal(t, "cy", d.card.lane)
	d.MouseOut()
	assert.False(t, d.card.shown)
}

func TestRelationsOfALaneShowForTheBarThatIsPointedAtOnly(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	cue, claim := by("ben", span(t, report, "b1", "Cue", "said")), by("ben", span(t, report, "b2", "Claim", "the lake fell"))
	d.written("ben", cue)
	d.written("ben", claim)
	r := &annotate.Relation{ID: "r1", Document: d.s.Document().ID, Annotator: "ben", Label: "attribution", Arguments: []annotate.Argument{
		{Role: "cue", Span: "b1", Document: d.s.Document().ID}, {Role: "content", Span: "b2", Document: d.s.Document().ID},
	}}
	_, err := d.s.Project().Apply(annotate.Change{Annotator: "ben", After: r})
	require.NoError(t, err)
	d.lanesOf(by("cy", span(t, report, "c1", "Cue", "said")), by("ben", span(t, report, "b3", "Source", "Farmers")))
	require.Empty(t, d.arcs())

	d.pointAt(d.barOf("b2"))
	require.Len(t, d.arcs(), 1)
	assert.Equal(t, "content", d.arcs()[0].text)
	d.pointAt(d.barOf("c1"))
	assert.Empty(t, d.arcs(), "cy has no relation there")
	d.click(d.barOf("b1"))
	d.MouseOut()
	assert.Len(t, d.arcs(), 1)
}

func TestAnEditPaintsItsLinesOnlyBesideLanes(t *testing.T) {
	text := report + "\n" + strings.Repeat("Another paragraph without annotations.\n", 4)
	d := sitDown(t, fyne.NewSize(520, 900), []string{text}, span(t, text, "a1", "Cue", "said"))
	d.lanesOf(by("ben", span(t, text, "b1", "Claim", "the lake fell")), by("ben", span(t, text, "b2", "Claim", "The end")))
	agreed := func(id annotate.ID) bool {
		for _, t := range d.visible {
			for _, row := range t.drawn.lanes {
				for _, b := range row.bars {
					if b.span.ID == id {
						return b.agreed
					}
				}
			}
		}
		return false
	}
	require.False(t, agreed("b1"))
	marked := d.visible[len(d.visible)-1]
	marked.pixels.Pix[0] ^= 0xff
	kept := marked.pixels.Pix[0]
	d.s.Select(d.place("the lake fell"))
	require.NoError(t, d.s.Label("Claim"))
	assert.True(t, agreed("b1"), "the same as ben's")
	assert.False(t, agreed("b2"))
	assert.Equal(t, kept, marked.pixels.Pix[0], "far lines are not painted again")
}

// TestBarsStayInTheirLane draws lanes of every script at several widths and sizes.
func TestBarsStayInTheirLane(t *testing.T) {
	text, bold := bundled(t)
	for _, sample := range samples {
		a := newArticle(t, sample.text)
		other := a.other("ben")
		tokens := slices.Collect(a.body.Tokens(annotate.Fragment{End: len(a.text)}))
		for i := 0; i < len(tokens); i += 2 {
			f := annotate.Fragment{Start: tokens[i].Start, End: tokens[min(i+i%7, len(tokens)-1)].End} // up to seven tokens
			s := &annotate.Span{ID: annotate.ID(strconv.Itoa(i)), Document: "doc", Annotator: "ben", Label: "Evidence", Fragments: []annotate.Fragment{f}}
			other.layer.Apply(&annotate.Change{After: s})
		}
		for _, width := range []float64{120, 400} {
			for _, scale := range []float64{1, 1.75} {
				m := newMetrics(Read, scale).withLanes(1)
				p := newPainter(bold, m)
				s := sceneOf(a, bothPalettes[0])
				s.beside(nil, other)
				for _, line := range layoutOf(a, text, m, width).Lines(0, 1e6) {
					for _, row := range p.laneRows(s, line.Line) {
						for i := range row.bars {
							b := &row.bars[i]
							for _, at := range b.boxes {
								require.LessOrEqual(t, at.y1, m.pitch, sample.title)
								require.GreaterOrEqual(t, at.y0, float64(m.belowTop+m.belowHeight), sample.title)
							}
							if b.text == nil {
								continue
							}
							require.LessOrEqual(t, b.text.Width, b.textAt.x1-b.textAt.x0, sample.title)
							for j := range row.bars[i+1:] { // nothing covers the label
								for _, over := range row.bars[i+1+j].boxes {
									require.False(t, over.x0 < b.textAt.x0+b.text.Width && b.textAt.x0 < over.x1, "%s: %v %v", sample.title, b.textAt, over)
								}
							}
						}
					}
				}
			}
		}
	}
}

func TestThePaneShowsLanes(t *testing.T) {
	a, ben, cy := threeHands(t)
	var own, theirs []*annotate.Span
	for s := range a.layer.Spans() {
		own = append(own, s)
	}
	for _, o := range []*article{ben, cy} {
		for s := range o.layer.Spans() {
			theirs = append(theirs, s)
		}
	}
	d := sitDown(t, fyne.NewSize(720, 520), []string{a.text}, own...)
	d.lanesOf(theirs...)
	d.s.HighlightAcross("05", "b5", "c5")
	d.SetVariant(fynetheme.VariantDark)
	golden(t, "lanes-pane", d.window.Canvas().Capture())
}

func TestLanesLeaveRoomForTextAndTheFocusBringsTheOthers(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	var spans []*annotate.Span
	for i := range 12 {
		id := fmt.Sprintf("s%02d", i)
		spans = append(spans, by("annotator"+id, span(t, report, id, "Claim", []string{"the lake fell", "Farmers"}[i/11])))
	}
	d.lanesOf(spans...)
	n := len(d.shownLanes)
	assert.Less(t, n, 12)
	assert.GreaterOrEqual(t, n, leastLanes)
	assert.LessOrEqual(t, leastLines*d.painter.metrics.pitch, d.geometry.height)
	assert.Equal(t, 12-n, d.tags.more)
	d.s.FocusForeign("s11")
	assert.Equal(t, "annotators11", d.shownLanes[n-1].Annotator)
	d.barOf("s11")
	d.s.FocusForeign("s00")
	assert.Equal(t, "annotators00", d.shownLanes[0].Annotator)
}

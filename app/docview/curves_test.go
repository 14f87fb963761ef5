package docview

import (
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

func TestCurvesOfTheFocusedCue(t *testing.T) {
	for _, palette := range bothPalettes {
		for name, m := range map[string]metrics{"full": newMetrics(Full, 1), "labels": newMetrics(Labels, 1), "read": newMetrics(Read, 1)} {
			a := dispute(t)
			s := sceneOf(a, palette)
			s.focused = "02"
			golden(t, "curves-"+name+"-"+variantName(palette), drawLines(t, a, s, m, 780))
		}
		a := dispute(t)
		s := sceneOf(a, palette)
		s.focused = "01"
		golden(t, "curves-scale2-"+variantName(palette), drawLines(t, a, s, newMetrics(Full, 2), 1560))
	}
}

// web is a text with many relations on and across lines.
func web(t *testing.T) *article {
	a := newArticle(t,
		"alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma",
		"tau upsilon phi chi psi omega")
	for i, word := range []string{"alpha", "gamma", "delta", "zeta", "theta", "lambda", "omicron", "tau", "omega"} {
		a.span(word, []string{"Claim", "Source", "Cue", "Evidence"}[i%4], word)
	}
	for i, pair := range [][2]string{{"theta", "alpha"}, {"gamma", "theta"}, {"theta", "lambda"}, {"zeta", "theta"}, {"theta", "omega"}, {"tau", "theta"}, {"theta", "omicron"}} {
		a.relate("r"+string(rune('0'+i)), []string{"attacks", "same", "attacks"}[i%3], "head", pair[0], "tail", pair[1])
	}
	return a
}

func TestManyCurvesStayReadable(t *testing.T) {
	for _, palette := range bothPalettes {
		a := web(t)
		s := sceneOf(a, palette)
		s.focused = "theta"
		golden(t, "web-"+variantName(palette), drawLines(t, a, s, newMetrics(Full, 1), 780))
	}
}

func TestACurveToAnotherLineIsCutAndLabelledTwice(t *testing.T) {
	a := web(t)
	s := sceneOf(a, bothPalettes[0])
	text, bold := bundled(t)
	m := newMetrics(Full, 1)
	p := newPainter(bold, m)
	lines := layoutOf(a, text, m, 780).Lines(0, 1e6)
	arcs := s.relationArcs(a.layer.Relation("r4")) // theta on the first line, omega on the second
	for i, want := range []struct{ open0, open1 bool }{{false, true}, {true, false}} {
		d := drawn{pieces: s.pieces(lines[i].Line, ptr(s.touch(lines[i].Fragment)))}
		curves := p.curves(lines[i].Line, &d, 780, headroom{ceiling: -12}, arcs)
		assert.Len(t, curves, 1)
		assert.Equal(t, want.open0, curves[0].open0)
		assert.Equal(t, want.open1, curves[0].open1)
		assert.Greater(t, curves[0].label.x1, curves[0].label.x0)
		assert.Equal(t, "same", curves[0].text)
		assert.False(t, curves[0].arrow, "a symmetric relation has no arrow")
	}
}

func ptr[T any](v T) *T { return &v }

func TestCurvesNeverLeaveTheirBand(t *testing.T) {
	a := web(t)
	s := sceneOf(a, bothPalettes[0])
	text, bold := bundled(t)
	for _, density := range []Density{Read, Labels, Full} {
		m := newMetrics(density, 1)
		p := newPainter(bold, m)
		for _, line := range layoutOf(a, text, m, 780).Lines(0, 1e6) {
			d := drawn{pieces: s.pieces(line.Line, ptr(s.touch(line.Fragment)))}
			for _, c := range p.curves(line.Line, &d, 780, headroom{ceiling: -12}, s.arcs("theta", s.palette.Focus)) {
				assert.GreaterOrEqual(t, c.apex, -12.0)
				assert.Less(t, c.apex, float64(m.boxTop))
			}
		}
	}
}

func TestARelationWithSeveralRolesIsDrawnFromItsCue(t *testing.T) {
	a := dispute(t)
	s := sceneOf(a, bothPalettes[0])
	roles := map[string]string{}
	for _, arc := range s.relationArcs(a.layer.Relation("r1")) {
		assert.EqualValues(t, "02", arc.from.ID)
		roles[arc.text] = string(arc.to.ID)
	}
	assert.Equal(t, map[string]string{"source": "03", "content": "01"}, roles)
}

// barges is a text whose second claim stands on two lines and has relations to both.
func barges(t *testing.T) *article {
	a := newArticle(t,
		"The Calden Harbour Trust has denied that its barges dumped mud in the lagoon. “Every load went to the landfill at Greyhithe,” its director, Oda Ferrant, told reporters on Wednesday, “and our logbooks prove it.”",
		"",
		"In a letter of the same day the growers of Ilvane insisted that dredging must end before June.")
	for id, labelled := range map[string][2]string{
		"01": {"Source", "The Calden Harbour Trust"}, "02": {"Cue", "has denied"}, "03": {"Claim", "its barges dumped mud in the lagoon"},
		"04": {"Claim", "Every load went to the landfill at Greyhithe"}, "05": {"Target", "Greyhithe"}, "06": {"Source", "its director, Oda Ferrant"},
		"07": {"Cue", "told"}, "08": {"Evidence", "our logbooks"}, "09": {"Source", "the growers of Ilvane"}, "10": {"Cue", "insisted"},
		"11": {"Claim", "dredging must end before June"},
	} {
		a.span(id, labelled[0], labelled[1])
	}
	a.relate("r1", "attribution", "source", "06", "cue", "07", "content", "04", "evidence", "08")
	a.relate("r2", "supports", "head", "04", "tail", "03")
	a.relate("r3", "evidence", "head", "08", "tail", "04")
	a.relate("r4", "attacks", "head", "11", "tail", "04")
	return a
}

func TestCurvesOfOneClaimDoNotCrowd(t *testing.T) {
	for name, density := range map[string]Density{"labels": Labels, "full": Full} {
		a := barges(t)
		s := sceneOf(a, bothPalettes[0])
		s.focused = "04"
		golden(t, "crowd-"+name, drawLines(t, a, s, newMetrics(density, 1), 760))
	}
}

// randomWeb is a text of words with spans and relations at random, all relations
// those of the span "hub".
func randomWeb(t *testing.T, r *rapid.T) *article {
	words := make([]string, rapid.IntRange(4, 60).Draw(r, "words"))
	for i := range words {
		words[i] = fmt.Sprintf("w%02d%s", i, strings.Repeat("m", rapid.IntRange(0, 12).Draw(r, "length")))
	}
	a := newArticle(t, strings.Join(words, " "))
	a.span("hub", "Claim", words[rapid.IntRange(0, len(words)-1).Draw(r, "hub")])
	for i := range rapid.IntRange(1, 14).Draw(r, "relations") {
		other := fmt.Sprintf("s%02d", i)
		first := rapid.IntRange(0, len(words)-1).Draw(r, "first")
		last := min(len(words)-1, first+rapid.IntRange(0, 5).Draw(r, "more"))
		a.span(other, claims.Spans[i%5].Label, strings.Join(words[first:last+1], " "))
		label := rapid.SampledFrom([]string{"attacks", "same", "attribution", "a long name of a relation"}).Draw(r, "label")
		a.relate(fmt.Sprintf("r%02d", i), label, "head", "hub", "tail", other)
	}
	return a
}

func TestTextsOfCurvesCoverNeitherEachOtherNorChips(t *testing.T) {
	text, bold := bundled(t)
	rapid.Check(t, func(r *rapid.T) {
		a := randomWeb(t, r)
		s := sceneOf(a, bothPalettes[0])
		m := newMetrics(rapid.SampledFrom([]Density{Labels, Full}).Draw(r, "density"), rapid.SampledFrom([]float64{1, 1.3, 2}).Draw(r, "scale"))
		width := float64(rapid.IntRange(80, 900).Draw(r, "width")) * m.scale
		p := newPainter(bold, m)
		focused, all := rapid.SampledFrom([]annotate.ID{"hub", "s00"}).Draw(r, "focused"), rapid.Bool().Draw(r, "all")
		var above drawn
		for i, line := range layoutOf(a, text, m, width).Lines(0, 1e6) {
			touching := s.touch(line.Fragment)
			d := drawn{pieces: s.pieces(line.Line, &touching)}
			d.chips = newChipper(p, width).place(s, line.Line, d.pieces, touching.hidden)
			room := m.headroom(&above, 0)
			if i == 0 {
				room = m.firstHeadroom()
			}
			var texts []box
			arcs := s.arcs(focused, s.palette.Focus)
			if all {
				arcs = append(s.faintArcs(&d, arcs, s.palette.Dim), arcs...)
			}
			curves := p.curves(line.Line, &d, width, room, arcs)
			if b, covered := coveredChip(p, room, curves, &d, width); covered {
				r.Fatalf("line %d: a curve runs over the chip at %v of the line above", i, b)
			}
			for _, k := range curves {
				if k.label == (box{}) {
					continue
				}
				for _, c := range d.chips {
					if overlapsAny(k.label, []box{c.box}) {
						r.Fatalf("line %d: text at %v covers the chip at %v", i, k.label, c.box)
					}
				}
				if overlapsAny(k.label, texts) {
					r.Fatalf("line %d: text at %v covers one of %v", i, k.label, texts)
				}
				if k.label.y0 < room.ceiling || k.label.y1 > float64(m.boxTop) {
					r.Fatalf("line %d: text at %v leaves the band from %v to %v", i, k.label, room.ceiling, m.boxTop)
				}
				texts = append(texts, k.label)
			}
			above = d
		}
	})
}

// coveredChip returns a chip of the line above that the picture of curves covers some of.
func coveredChip(p *painter, room headroom, curves []curve, d *drawn, width float64) (box, bool) {
	if len(room.chips) == 0 {
		return box{}, false
	}
	m := &p.metrics
	overlay := image.NewRGBA(image.Rect(0, 0, m.tileSize(width).X, m.overlayHeight(room.ceiling)))
	p.drawCurves(overlay, bothPalettes[0].Pane, room, curves, d.chips)
	for _, b := range room.chips {
		for x := int(b.x0) + m.margin; x < int(b.x1)+m.margin; x++ {
			for y := b.y0 - math.Floor(room.ceiling); y < b.y1-math.Floor(room.ceiling); y++ {
				if overlay.RGBAAt(x, int(y)).A != 0 {
					return b, true
				}
			}
		}
	}
	return box{}, false
}

func TestEveryCurveOfAQuietLineHasItsText(t *testing.T) {
	text, bold := bundled(t)
	a := barges(t)
	s := sceneOf(a, bothPalettes[0])
	m := newMetrics(Labels, 1)
	p := newPainter(bold, m)
	missing := 0
	for i, line := range layoutOf(a, text, m, 760).Lines(0, 1e6) {
		touching := s.touch(line.Fragment)
		d := drawn{pieces: s.pieces(line.Line, &touching)}
		d.chips = newChipper(p, 760).place(s, line.Line, d.pieces, touching.hidden)
		room := m.headroom(&drawn{}, 0)
		if i == 0 {
			room = m.firstHeadroom()
		}
		for _, k := range p.curves(line.Line, &d, 760, room, s.arcs("04", s.palette.Focus)) {
			if k.label == (box{}) {
				missing++
			}
		}
	}
	assert.Zero(t, missing)
}

func TestAllCurvesAreShownOnDemand(t *testing.T) {
	text := barges(t).text
	d := sitDown(t, fyne.NewSize(830, 420), []string{text},
		span(t, text, "01", "Source", "The Calden Harbour Trust"), span(t, text, "02", "Claim", "its barges dumped mud in the lagoon"),
		span(t, text, "03", "Claim", "Every load went to the landfill at Greyhithe"), span(t, text, "04", "Evidence", "our logbooks"),
		span(t, text, "05", "Claim", "dredging must end before June"), span(t, text, "06", "Cue", "insisted"))
	for _, pair := range [][2]annotate.ID{{"01", "02"}, {"03", "02"}, {"04", "03"}, {"05", "03"}, {"06", "05"}} {
		d.s.Focus(pair[0])
		require.NoError(t, d.s.StartRelation())
		d.s.PickTarget(pair[1])
		for i, c := range d.s.RelationChoices() {
			if c.Title == "attacks" {
				d.s.ChooseRelation(i)
				break
			}
		}
	}
	require.Equal(t, 5, d.s.Layer().RelationCount())
	d.overlay.glow = nil
	d.s.Focus("")
	curves := func() (bright, faint int) {
		relations := map[annotate.ID]bool{}
		for _, p := range d.curves.shown {
			for i := range p.curves {
				if k := &p.curves[i]; !relations[k.relation] {
					relations[k.relation] = true
					faint += int(onlyIf(k.faint, 1))
					bright += int(onlyIf(!k.faint, 1))
				}
			}
		}
		return bright, faint
	}
	for _, c := range []struct {
		all           bool
		focus         annotate.ID
		bright, faint int
	}{{false, "", 0, 0}, {true, "", 0, 5}, {true, "05", 2, 3}, {false, "05", 2, 0}, {true, "05", 2, 3}} {
		d.SetAllCurves(c.all)
		d.s.Focus(c.focus)
		bright, faint := curves()
		assert.Equal(t, []int{c.bright, c.faint}, []int{bright, faint}, "all %v, focus %q", c.all, c.focus)
	}
	golden(t, "all-labels-light", d.window.Canvas().Capture())
	d.SetDensity(Full)
	d.SetVariant(fynetheme.VariantDark)
	golden(t, "all-full-dark", d.window.Canvas().Capture())
}

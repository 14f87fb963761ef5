package docview

import (
	"testing"

	"github.com/stretchr/testify/assert"
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
		curves := p.curves(lines[i].Line, &d, 780, -12, arcs)
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
			for _, c := range p.curves(line.Line, &d, 780, -12, s.arcs("theta", s.palette.Focus)) {
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

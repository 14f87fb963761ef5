package docview

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
)

// other returns the article under the hand of another annotator.
func (a *article) other(annotator string) *article {
	return &article{t: a.t, text: a.text, layer: annotate.NewLayer("doc", annotator), body: a.body}
}

// beside shows the layers of others as lanes.
func (s *scene) beside(agreed map[annotate.ID]bool, others ...*article) {
	for _, o := range others {
		lane := session.Lane{Annotator: o.layer.Annotator, Tag: o.layer.Annotator[:2], Layer: o.layer}
		s.lanes = append(s.lanes, laneScene{lane, &scene{palette: s.palette, scheme: s.scheme, body: s.body, layer: o.layer}})
	}
	s.compared = append(s.compared, s.layer)
	for _, o := range others {
		s.compared = append(s.compared, o.layer)
	}
	s.agrees = func(span *annotate.Span) bool { return agreed[span.ID] }
}

// threeHands is the article of the target look with two other opinions of it.
func threeHands(t testing.TB) (a, ben, cy *article) {
	a = dispute(t)
	ben, cy = a.other("ben"), a.other("cy")
	ben.span("b1", "Claim", "Not one litre has left the lake", "and the gauges show it")
	ben.span("b2", "Cue", "insisted")
	ben.span("b3", "Source", "the Velland water minister")
	ben.span("b5", "Source", "the Northern Rivers Council")
	ben.span("b6", "Cue", "said")
	ben.span("b7", "Claim", "had “quietly opened the eastern sluice” in March 🌊")
	ben.span("b8", "Evidence", "the eastern sluice")
	ben.span("b9", "Source", "a week after fishermen")
	ben.span("b10", "Claim", "the lowest level in thirty years")
	cy.span("c1", "Claim", "“Not one litre has left the lake,” insisted the Velland water minister, “and the gauges show it.”")
	cy.span("c2", "Cue", "insisted")
	cy.span("c3", "Source", "the Velland water minister")
	cy.span("c4", "Evidence", "the gauges")
	cy.span("c5", "Target", "the Northern Rivers Council")
	cy.span("c6", "Cue", "said")
	cy.span("c7", "Claim", "quietly opened the eastern sluice")
	cy.span("c8", "Target", "quietly")
	cy.span("c9", "Evidence", "quietly opened the")
	cy.span("c10", "Claim", "the lowest level in thirty years")
	cy.span("c11", "Source", "an engineer who has worked on the dam")
	return a, ben, cy
}

func TestLanesAreDrawnBelowTheText(t *testing.T) {
	agreed := map[annotate.ID]bool{"b2": true, "c2": true, "b3": true, "c3": true, "b6": true, "c6": true, "b10": true, "c10": true}
	for _, p := range bothPalettes {
		a, ben, cy := threeHands(t)
		s := sceneOf(a, p)
		s.beside(agreed, ben, cy)
		s.foreign = "b7"
		golden(t, "lanes-"+variantName(p), drawLines(t, a, s, newMetrics(Labels, 1).withLanes(2), 780))
	}
}

func TestTextOnPaleBarsCanBeRead(t *testing.T) {
	for _, p := range bothPalettes {
		for _, hex := range []string{"#e69f00", "#0072b2", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#f0e442", "#000000", "#ffffff"} {
			fill, ink := calm(p, p.Label(hex).Line)
			assert.GreaterOrEqual(t, theme.Contrast(ink, fill), 4.5, "%s %s", variantName(p), hex)
		}
	}
}

func TestALaneShowsWhereItHasNothing(t *testing.T) {
	text := "The minister denied the leak. Farmers said the lake fell."
	a := &article{t: t, text: text, layer: annotate.NewLayer("doc", "asha"), body: annotate.NewBody(text)}
	ben, cy := a.other("ben"), a.other("cy")
	a.span("a1", "Source", "The minister")
	ben.span("b1", "Claim", "denied the leak", "the lake fell")
	ben.span("b2", "Cue", "said")
	cy.span("c1", "Claim", "leak")
	cy.span("c2", "Cue", "said")
	s := sceneOf(a, bothPalettes[0])
	s.beside(nil, ben, cy)
	s.across = []annotate.ID{"b1"}
	found := map[string]bool{} // ringed?
	fonts, bold := bundled(t)
	p := newPainter(bold, newMetrics(Read, 1).withLanes(2))
	for _, line := range layoutOf(a, fonts, p.metrics, 2000).Lines(0, 1e6) {
		for i, row := range p.laneRows(s, line.Line) {
			for _, gap := range row.gaps {
				found[s.lanes[i].Annotator+": "+text[gap.place.Start:gap.place.End]] = gap.ringed
				assert.NotEmpty(t, gap.boxes)
			}
		}
	}
	assert.Equal(t, map[string]bool{"ben: The minister": false, "cy: The minister": false, "cy: the lake fell": true}, found,
		"the leak cy has, at another border")
}

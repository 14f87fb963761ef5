package docview

import (
	"fmt"
	"image"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// TestChipsNeverLieOnOneAnother draws random spans in random panes.
func TestChipsNeverLieOnOneAnother(t *testing.T) {
	const text = "A few words, an emoji 👩‍👩‍👧 and العربية 12 mixed in (like so); then a second sentence runs on.\nAnd a line.\n"
	fonts, bold := bundled(t)
	rapid.Check(t, func(t *rapid.T) {
		a := &article{text: text, layer: annotate.NewLayer("doc", "asha"), body: annotate.NewBody(text)}
		for i := range rapid.IntRange(0, 30).Draw(t, "spans") {
			var fragments []annotate.Fragment
			for range rapid.IntRange(1, 3).Draw(t, "fragments") {
				at := rapid.IntRange(0, len(text)-1).Draw(t, "start")
				f := a.body.SnapClusters(annotate.Fragment{Start: at, End: min(len(text), at+rapid.IntRange(1, 40).Draw(t, "length"))})
				fragments = append(fragments, f)
			}
			a.layer.Apply(&annotate.Change{After: &annotate.Span{
				ID: annotate.ID(fmt.Sprintf("%02d", i)), Document: "doc", Annotator: "asha",
				Label: claims.Spans[rapid.IntRange(0, 4).Draw(t, "label")].Label, Fragments: annotate.NormalizeFragments(fragments),
				Note: rapid.SampledFrom([]string{"", "a note"}).Draw(t, "note"),
			}})
		}
		m := newMetrics(Density(rapid.IntRange(0, 2).Draw(t, "density")), rapid.Float64Range(0.7, 2.5).Draw(t, "scale"))
		width := rapid.Float64Range(60, 900).Draw(t, "width")
		s := sceneOf(a, bothPalettes[0])
		p := newPainter(bold, m)
		tile := image.NewRGBA(image.Rectangle{Max: m.tileSize(width)})
		for _, line := range layoutOf(a, fonts, m, width).Lines(0, 1e6) {
			d := p.tile(tile, s, line.Line, width)
			for i := range d.chips {
				b := d.chips[i].box
				assert.False(t, b.x0 < -float64(m.margin) || b.x1 > width+float64(m.margin) || b.y0 < 0 || b.y1 > m.pitch+0.5, "%v leaves its line", b)
				for j := range d.chips[:i] {
					assert.False(t, overlapsAny(b, []box{d.chips[j].box}), "%v and %v", b, d.chips[j].box)
				}
			}
		}
	})
}

func TestChipsAreAsLongAsThereIsRoom(t *testing.T) {
	fonts, bold := bundled(t)
	for _, c := range []struct {
		text, first, second string
		want                string // on the first chip
	}{
		{"the first claim stands alone", "the first", "", "Evidence · demand"},
		{"the first claim then and the next", "the first", "the next", "Evidence · demand"},
		{"the first; the next", "the first", "the next", "Evidence"},
		{"the fi the next", "the fi", "the next", "Evid"},
		{"the the next", "the", "the next", "Ev"},
	} {
		a := newArticle(t, c.text)
		a.span("01", "Evidence", c.first).Attributes["type"] = annotate.Text("demand")
		if c.second != "" {
			a.span("02", "Source", c.second)
		}
		m := newMetrics(Labels, 1)
		p := newPainter(bold, m)
		line := layoutOf(a, fonts, m, 600).Lines(0, 10)[0]
		s := sceneOf(a, bothPalettes[0])
		pieces := s.pieces(line.Line, ptr(s.touch(line.Fragment)))
		w := newChipper(p, 600).wants(s, line.Line, pieces)[0]
		chips := newChipper(p, 600).place(s, line.Line, pieces, 0)
		for _, form := range w.forms {
			if p.measure(form, m.chipSize) == chips[0].text {
				assert.Equal(t, c.want, form, c.text)
			}
		}
	}
}

func TestLaterFragmentsAreNumbered(t *testing.T) {
	a := newArticle(t, "one two three four five six")
	span := a.span("01", "Claim", "one", "three", "five")
	s := sceneOf(a, bothPalettes[0])
	assert.Equal(t, []string{"Claim · 3/3", "3/3"}, chipForms(s, span, 2))
}

func TestAnUnfinishedFrameIsMarkedOnItsCue(t *testing.T) {
	a := newArticle(t, "The board said the sluice was shut.")
	source, cue, claim := a.span("s", "Source", "The board"), a.span("c", "Cue", "said"), a.span("x", "Claim", "the sluice was shut")
	s := sceneOf(a, bothPalettes[0])
	s.scheme = &annotate.Scheme{Relations: []annotate.RelationLabel{{Label: "attribution", Roles: []annotate.Role{
		{Name: "source", Labels: []string{"Source"}, Implicit: true}, {Name: "cue", Labels: []string{"Cue"}}, {Name: "content", Labels: []string{"Claim"}, Min: 1},
	}}}}
	marked := func() [3]bool { return [3]bool{s.incomplete(source), s.incomplete(cue), s.incomplete(claim)} }
	assert.Equal(t, [3]bool{false, true, false}, marked(), "a cue that ties nothing")
	a.relate("r", "attribution", "cue", "c", "content", "x")
	assert.Equal(t, [3]bool{false, true, false}, marked(), "the source is not even implicit")
	a.relate("r", "attribution", "source", "s", "cue", "c", "content", "x")
	assert.Equal(t, [3]bool{false, false, false}, marked())
	a.relate("r", "attribution", "source", "s", "content", "x")
	assert.Equal(t, [3]bool{false, true, false}, marked(), "the cue stands alone again")
	a.relate("r", "attribution", "source", "s")
	assert.True(t, s.incomplete(source), "without a cue the first filler carries the mark")
}

package docview

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

var update = flag.Bool("update", false, "write the golden images anew")

// golden compares an image with testdata/name.png to the last pixel. A failed
// one is left in testdata/failed.
func golden(t *testing.T, name string, got image.Image) {
	t.Helper()
	file := filepath.Join("testdata", name+".png")
	if *update {
		writePNG(t, file, got)
		return
	}
	raw, err := os.ReadFile(file)
	require.NoError(t, err, "run the test with -update to make it")
	want, err := png.Decode(bytes.NewReader(raw))
	require.NoError(t, err)
	if got.Bounds() == want.Bounds() && bytes.Equal(pixels(got), pixels(want)) {
		return
	}
	failed := filepath.Join("testdata", "failed", name+".png")
	writePNG(t, failed, got)
	t.Errorf("%s differs from %s", failed, file)
}

func pixels(img image.Image) []byte {
	plain := image.NewRGBA(img.Bounds())
	draw.Draw(plain, plain.Rect, img, img.Bounds().Min, draw.Src)
	return plain.Pix
}

func writePNG(t *testing.T, file string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o644))
}

// bundled returns the toolkit's own fonts, so that images are the same everywhere.
func bundled(t testing.TB) (text, bold *typeset.Fonts) {
	t.Helper()
	text, err := typeset.NewFonts(fynetheme.DefaultTextFont().Content(), fynetheme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	bold, err = typeset.NewFonts(fynetheme.DefaultTextBoldFont().Content(), fynetheme.DefaultTextFont().Content())
	require.NoError(t, err)
	return text, bold
}

// article is a document under the hand: quotes name the text, never offsets.
type article struct {
	t     testing.TB
	text  string
	layer *annotate.Layer
	body  *annotate.Body
}

func newArticle(t testing.TB, paragraphs ...string) *article {
	text := strings.Join(paragraphs, "\n")
	return &article{t: t, text: text, layer: annotate.NewLayer("doc", "asha"), body: annotate.NewBody(text)}
}

// span labels the first place each quote occurs at, one fragment a quote.
func (a *article) span(id, label string, quotes ...string) *annotate.Span {
	a.t.Helper()
	s := &annotate.Span{ID: annotate.ID(id), Document: "doc", Annotator: a.layer.Annotator, Label: label, Attributes: map[string]annotate.Value{}}
	for _, q := range quotes {
		at := strings.Index(a.text, q)
		require.GreaterOrEqual(a.t, at, 0, q)
		s.Fragments = append(s.Fragments, annotate.Fragment{Start: at, End: at + len(q)})
	}
	a.layer.Apply(&annotate.Change{After: s})
	return s
}

// relate makes a relation; arguments alternate between role and span.
func (a *article) relate(id, label string, arguments ...string) {
	r := &annotate.Relation{ID: annotate.ID(id), Document: "doc", Annotator: a.layer.Annotator, Label: label}
	for i := 0; i < len(arguments); i += 2 {
		r.Arguments = append(r.Arguments, annotate.Argument{Role: arguments[i], Span: annotate.ID(arguments[i+1])})
	}
	a.layer.Apply(&annotate.Change{After: r})
}

// claims is a scheme like the one most people use.
var claims = &annotate.Scheme{
	Name: "claims",
	Spans: []annotate.SpanLabel{
		{Label: "Claim", Key: "1", Color: "#e69f00", Short: []string{"Clm"}},
		{Label: "Source", Key: "2", Color: "#0072b2", Short: []string{"Src"}},
		{Label: "Cue", Key: "3", Color: "#009e73"},
		{Label: "Target", Key: "4", Color: "#d55e00", Short: []string{"Tgt"}},
		{Label: "Evidence", Key: "5", Color: "#cc79a7", Short: []string{"Evid", "Ev"}},
	},
	Relations: []annotate.RelationLabel{
		{Label: "attribution", Roles: []annotate.Role{{Name: "source"}, {Name: "cue"}, {Name: "content"}}},
		{Label: "attacks", Roles: []annotate.Role{{Name: "head"}, {Name: "tail"}}},
		{Label: "same", Symmetric: true, Roles: []annotate.Role{{Name: "head"}, {Name: "tail"}}},
	},
	Flags: []annotate.Flag{{Name: "discuss"}},
}

// dispute is the article of the target look.
func dispute(t testing.TB) *article {
	a := newArticle(t,
		"“Not one litre has left the lake,” insisted the Velland water minister, “and the gauges show it.” The remark came a day after",
		"the Northern Rivers Council said that Velland had “quietly opened the eastern sluice” in March 🌊,",
		"and a week after fishermen reported the lowest level in thirty years. A spokesman in Taren answered in his own language.",
		"Asked about the sluice, an engineer who has worked on the dam declined to comment on the figures.")
	a.span("01", "Claim", "“Not one litre has left the lake,", "“and the gauges show it").Attributes["type"] = annotate.Text("denial")
	a.span("02", "Cue", "insisted")
	a.span("03", "Source", "the Velland water minister")
	a.span("04", "Evidence", "the gauges")
	a.span("05", "Source", "the Northern Rivers Council")
	a.span("06", "Cue", "said")
	a.span("07", "Claim", "that Velland had “quietly opened the eastern sluice” in March 🌊").Attributes["type"] = annotate.Text("accusation")
	a.span("08", "Target", "Velland had")
	a.span("09", "Source", "fishermen")
	a.span("10", "Cue", "reported")
	a.span("11", "Claim", "the lowest level in thirty years")
	a.relate("r1", "attribution", "source", "03", "cue", "02", "content", "01")
	a.relate("r2", "attacks", "head", "01", "tail", "07")
	return a
}

func sceneOf(a *article, p *theme.Palette) *scene {
	return &scene{palette: p, scheme: claims, body: a.body, layer: a.layer}
}

// drawLines draws all lines of an article under one another, with the curves if there are any.
func drawLines(t testing.TB, a *article, s *scene, m metrics, width float64) *image.RGBA {
	text, bold := bundled(t)
	p := newPainter(bold, m)
	layout := layoutOf(a, text, m, width)
	lines := layout.Lines(0, 1e6)
	size := m.tileSize(width)
	top := m.px(firstLineRoom)
	whole := image.NewRGBA(image.Rect(0, 0, size.X, int(layout.Height())+top))
	draw.Draw(whole, whole.Rect, image.NewUniform(s.palette.Pane), image.Point{}, draw.Src)
	var above drawn
	for i, line := range lines {
		tile := image.NewRGBA(image.Rectangle{Max: size})
		d := p.tile(tile, s, line.Line, width)
		at := image.Pt(0, int(line.Top)+top)
		draw.Draw(whole, tile.Rect.Add(at), tile, image.Point{}, draw.Src)
		room := m.firstHeadroom()
		if i > 0 {
			room = m.headroom(&above, line.Top-lines[i-1].Top-m.pitch)
		}
		ceiling := room.ceiling
		if curves := p.curves(line.Line, &d, width, room, s.arcs(s.focused, s.palette.Focus)); len(curves) > 0 {
			overlay := image.NewRGBA(image.Rect(0, 0, size.X, m.overlayHeight(ceiling)))
			p.drawCurves(overlay, s.palette.Pane, room, curves, d.chips)
			draw.Draw(whole, overlay.Rect.Add(at).Add(image.Pt(0, int(math.Floor(ceiling)))), overlay, image.Point{}, draw.Over)
		}
		above = d
	}
	return whole
}

func variantName(p *theme.Palette) string {
	if p.Dark {
		return "dark"
	}
	return "light"
}

var bothPalettes = []*theme.Palette{theme.Of(fynetheme.VariantLight), theme.Of(fynetheme.VariantDark)}

func layoutOf(a *article, text *typeset.Fonts, m metrics, width float64) *typeset.Layout {
	return typeset.NewLayout(a.body, text, m.style(width, typeset.Style{}))
}

package panel

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/assets"
)

// TestPanelsDraw writes pictures of the panels to the folder PANEL_LOOK names, to be looked at.
func TestPanelsDraw(t *testing.T) {
	folder := os.Getenv("PANEL_LOOK")
	if folder == "" {
		t.Skip("PANEL_LOOK names no folder for the pictures")
	}
	documents := []*annotate.Document{article()}
	for i, name := range []string{
		"council-communiqué", "opposition-response", "fishery-union-letter", "data-from-the-gauges",
		"a-very-long-name-of-an-article-that-does-not-fit-2031-04-02",
	} {
		documents = append(documents, annotate.NewDocument(name, fmt.Sprintf("Text number %d.", i)))
	}
	scheme, err := assets.Scheme(assets.DefaultScheme)
	require.NoError(t, err)
	d := newDeskWith(t, scheme, documents...)
	claim := d.label("Claim", "Not one litre has left the lake,")
	d.label("Cue", "insisted")
	cue := d.FocusedSpan()
	d.label("Source", "the Velland water minister")
	second := d.label("Claim", "that Velland had opened the sluice")
	d.relate("attribution", annotate.Argument{Role: "cue", Span: cue.ID}, annotate.Argument{Role: "content", Span: claim.ID})
	d.relate("attacks", annotate.Argument{Role: "head", Span: claim.ID}, annotate.Argument{Role: "tail", Span: second.ID})
	d.Focus("")
	require.NoError(t, d.Label("Claim"))
	d.Focus(claim.ID)
	require.NoError(t, d.SetAttribute(claim.ID, "type", annotate.Text("denial"), true))
	require.NoError(t, d.SetAttribute(claim.ID, "imported", annotate.Bool(true), true))
	require.NoError(t, d.CycleFlag())
	d.settle()

	left, head, status := NewDocuments(d.Session), NewHeader(d.Session), NewStatus(d.Session)
	right := Side(NewPalette(d.Session), NewInspector(d.Session), NewAnnotations(d.Session))
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		for _, about := range []struct {
			name  string
			focus annotate.ID
		}{{"span", claim.ID}, {"document", ""}, {"relation", d.Layer().Relations()[0].ID}} {
			d.Focus(about.focus)
			middle := container.NewBorder(head.Object(), nil, nil, nil)
			page := container.NewBorder(nil, status.Object(), sized(left.Object(), 238), sized(right, 306), middle)
			width, height := float32(1400), float32(850)
			if about.focus == "" {
				width, height = 900, 600
			}
			w := show(t, page, width, height)
			test.ApplyTheme(t, theme.New(mode))
			file, err := os.Create(filepath.Join(folder, name+"-"+about.name+".png"))
			require.NoError(t, err)
			require.NoError(t, png.Encode(file, w.Canvas().Capture()))
			require.NoError(t, file.Close())
		}
	}
}

type fixedWidth float32

func (w fixedWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(float32(w), 100) }

func (w fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func sized(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	return container.New(fixedWidth(width), o)
}

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
	"spanwright/app/session"
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

// TestThreadsDraw writes pictures of comments to the folder PANEL_LOOK names.
func TestThreadsDraw(t *testing.T) {
	folder := os.Getenv("PANEL_LOOK")
	if folder == "" {
		t.Skip("PANEL_LOOK names no folder for the pictures")
	}
	scheme, err := assets.Scheme(assets.DefaultScheme)
	require.NoError(t, err)
	d := newDeskWith(t, scheme, article(), annotate.NewDocument("council-communiqué", "A text."))
	plain := d.label("Cue", "insisted")
	claim := d.label("Claim", "Not one litre has left the lake,")
	about := session.Writing{Subject: claim.ID}
	require.NoError(t, d.Say(about, "An old question about the extent of this claim."))
	require.NoError(t, d.Resolve(session.Writing{Subject: claim.ID, Thread: d.Threads(claim.ID)[0].ID}))
	require.NoError(t, d.Say(about, "Is this a demand or an assessment? The minister says what should be done, but as if it were a fact."))
	answer := session.Writing{Subject: claim.ID, Thread: d.Threads(claim.ID)[1].ID}
	d.answers("ben", answer.Thread, "I would say demand. See https://example.org/guidelines/claims/demand-or-assessment#examples-of-both.")
	d.answers("रीता", answer.Thread, "यह माँग है, आकलन नहीं। הטענה מופיעה פעמיים.\n这是一个要求，而不是评估：部长说应该做什么，而不是已经做了什么。")
	require.NoError(t, d.Say(answer, "Agreed."))
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		for _, width := range []float32{306, 220} {
			for about, focus := range map[string]annotate.ID{"thread": claim.ID, "empty": plain.ID, "document": ""} {
				d.Focus(focus)
				page := container.NewBorder(nil, nil, sized(NewDocuments(d.Session).Object(), 200), nil,
					sized(Side(NewPalette(d.Session), NewInspector(d.Session), NewAnnotations(d.Session)), width))
				w := show(t, page, 200+width, 1300)
				test.ApplyTheme(t, theme.New(mode))
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%s-%.0f.png", about, name, width)))
				require.NoError(t, err)
				require.NoError(t, png.Encode(file, w.Canvas().Capture()))
				require.NoError(t, file.Close())
			}
		}
	}
}

package panel

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/docview"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/app/typeset"
	"spanwright/assets"
)

// newTestEditor returns an editor of the desk's scheme.
func newTestEditor(t *testing.T, d *desk) *SchemeEditor {
	t.Helper()
	text, err := typeset.NewFonts(fynetheme.DefaultTextFont().Content(), fynetheme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	bold, err := typeset.NewFonts(fynetheme.DefaultTextBoldFont().Content())
	require.NoError(t, err)
	draft := d.SchemeDraft(func(key string) string { return map[string]string{"r": "Relate the focused annotation"}[key] })
	return NewSchemeEditor(d.Session, draft,
		docview.NewSpecimen(text, bold, fynetheme.VariantLight), docview.NewSpecimen(text, bold, fynetheme.VariantDark))
}

// TestSchemeEditorDraws writes pictures of the editor to the folder PANEL_LOOK names.
func TestSchemeEditorDraws(t *testing.T) {
	folder := os.Getenv("PANEL_LOOK")
	if folder == "" {
		t.Skip("PANEL_LOOK names no folder for the pictures")
	}
	for _, c := range []struct {
		template, path string
		edit           func(*session.SchemeDraft)
	}{
		{"claims", "$.spans[0]", nil},
		{"claims", "$.relations[0].roles[1]", nil},
		{"attribution", "$.spans[1]", func(d *session.SchemeDraft) {
			session.Set(d, "$.spans[1]", "key", func(l *annotate.SpanLabel) { l.Key = "1" })
			session.Set(d, "$.spans[1]", "color", func(l *annotate.SpanLabel) { l.Color = "#ffee00" })
			d.Remove("$.spans[0]")
		}},
		{"political-claims", "$.spans[0].attributes[0]", nil},
		{"fact-check", "$.records[0].attributes[0]", nil},
		{"arguments", "$.rules[0]", nil},
		{"blank", "$", nil},
	} {
		scheme, err := assets.Scheme(c.template)
		require.NoError(t, err)
		d := newDeskWith(t, scheme, article())
		if c.template == "claims" {
			d.label("Claim", "Not one litre has left the lake,")
			d.label("Cue", "insisted")
			d.label("Source", "the Velland water minister")
		}
		e := newTestEditor(t, d)
		if c.edit != nil {
			c.edit(e.draft)
		}
		e.choose(c.path)
		for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
			for _, size := range []fyne.Size{{Width: 1440, Height: 810}, {Width: 1100, Height: 610}} {
				w := show(t, e.Object(), size.Width, size.Height)
				test.ApplyTheme(t, theme.New(mode))
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("scheme-%s-%d-%s-%.0f.png", c.template, len(c.path), name, size.Width)))
				require.NoError(t, err)
				require.NoError(t, png.Encode(file, w.Canvas().Capture()))
				require.NoError(t, file.Close())
			}
		}
	}
}

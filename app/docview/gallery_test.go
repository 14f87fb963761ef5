package docview

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
	apptheme "spanwright/app/theme"
	"spanwright/app/typeset"
	"spanwright/store"
)

const (
	galleryPage   = "../../docs/gallery.md"
	galleryImages = "../../docs/images/gallery"
)

// picture is one picture of the gallery and what it is to show.
type picture struct {
	file, title, note string
	sample            *sample
	width             float32 // toolkit units
	density           Density
	dark              bool
	allCurves         bool
	focus             annotate.ID
	alter             func(spans []*annotate.Span) // before they are stored
	lanes             bool                         // of ben and cy, who see some of it otherwise
}

// pictures returns all pictures: one a script, then the drawing situations.
func pictures() []picture {
	var all []picture
	for i := range samples {
		s := &samples[i]
		all = append(all, picture{file: s.file, title: s.title, note: s.note, sample: s, width: 520, density: Full, focus: "cue"})
	}
	latin, urdu, arabic := &samples[0], &samples[1], &samples[2]
	return append(all,
		picture{
			file: "density-read", title: "Density: read", sample: latin, width: 520, density: Read,
			note: "Highlights and underlines alone, lines as close as in a book.",
		},
		picture{
			file: "density-label", title: "Density: label", sample: latin, width: 520, density: Labels, focus: "cue",
			note: "Chips above, nested ones below. The text stands where it stands whatever is labelled.",
		},
		picture{
			file: "all-curves", title: "All curves", sample: latin, width: 520, density: Full, allCurves: true, focus: "source",
			note: "The focused annotation's curves are drawn boldly, those of all others faintly.",
		},
		picture{
			file: "narrow", title: "Curves across lines", sample: latin, width: 300, density: Full, focus: "cue",
			note: "A curve is cut where the line ends, and its label is repeated on the next.",
		},
		picture{
			file: "narrow-urdu", title: "Curves across lines, from the right", sample: urdu, width: 300, density: Full, focus: "cue",
			note: "What goes on to the next line leaves at the left.",
		},
		picture{
			file: "dark", title: "Dark", sample: latin, width: 520, density: Full, dark: true, focus: "cue",
			note: "The same colours on a dark ground; text keeps a contrast of at least 4.5:1 on every one of them.",
		},
		picture{
			file: "marks", title: "Marks", sample: latin, width: 520, density: Labels,
			note: "From the left: an attribute the scheme does not have (!), a flag, a note. Marks stand on the chip and move nothing.",
			alter: func(spans []*annotate.Span) {
				for _, s := range spans {
					switch s.ID {
					case "split":
						s.Attributes = map[string]annotate.Value{"colour": annotate.Text("grey")}
					case "source":
						s.Flag = "discuss"
					case "cue":
						s.Note = "Or is it “said Mara Tollen”?"
					}
				}
			},
		},
		picture{
			file: "lanes", title: "Layers of others", sample: latin, width: 520, density: Read, lanes: true,
			note: "A lane below the text for each of two others: pale where all three agree, in full colour where they do not. Be took the source for a target and left the second half of the claim out; Cy ended the last target at another word and has no cue.",
		},
		picture{
			file: "lanes-arabic", title: "Layers of others, from the right", sample: arabic, width: 520, density: Read, lanes: true,
			note: "Bars lie below their words in any script; their labels stand where the words begin.",
		},
		picture{
			file: "missing", title: "Missing glyphs and stray characters", width: 520, density: Labels,
			note: "A character that no font has, and one that is no character, show as a box with their code point.",
			sample: &sample{
				language: "en", text: "“A private \uE0B5 sign,” wrote Mara Tollen, “and a \u0007 bell.” The guild kept \uFFFD as it came, and \U000F1234 too.",
				first: "“A private \uE0B5 sign,”", second: "“and a \u0007 bell.”", source: "Mara Tollen", cue: "wrote",
				nested: "\u0007 bell", twice: "The guild", claim: "kept \uFFFD as it came", crossing: "as it came, and \U000F1234 too",
			},
		},
	)
}

// states returns what is labelled in the sample.
func (s *sample) states(t testing.TB) (spans []*annotate.Span, relations []*annotate.Relation) {
	a := newArticle(t, s.text)
	a.span("split", "Claim", s.first, s.second)
	a.span("source", "Source", s.source)
	a.span("cue", "Cue", s.cue)
	a.span("twice-source", "Source", s.twice)
	a.span("twice-target", "Target", s.twice)
	a.span("claim", "Claim", s.claim)
	a.span("crossing", "Target", s.crossing)
	nested := a.span("nested", "Evidence", s.nested)
	at := strings.Index(s.text, s.second)
	within := strings.Index(s.second, s.nested)
	require.GreaterOrEqual(t, within, 0, s.nested)
	nested.Fragments[0] = annotate.Fragment{Start: at + within, End: at + within + len(s.nested)}
	for span := range a.layer.Spans() {
		span.Attributes = nil
		spans = append(spans, span)
	}
	a.relate("attribution", "attribution", "source", "source", "cue", "cue", "content", "split")
	a.relate("attacks", "attacks", "head", "claim", "tail", "split")
	return spans, a.layer.Relations()
}

// otherwise returns the spans as another annotator has them.
func otherwise(annotator string, spans []*annotate.Span) (theirs []*annotate.Span) {
	for _, own := range spans {
		s := own.Clone()
		s.ID, s.Annotator = annotate.ID(annotator+" "+string(own.ID)), annotator
		switch string(s.ID) {
		case "ben source":
			s.Label = "Target"
		case "ben split":
			s.Fragments = s.Fragments[:1]
		case "cy crossing":
			s.Fragments[0].End = spans[slices.IndexFunc(spans, func(o *annotate.Span) bool { return o.ID == "claim" })].Extent().End
		case "cy cue":
			continue
		}
		theirs = append(theirs, s)
	}
	return theirs
}

// shown returns a view of the picture's document, at two device pixels to a unit.
func (p *picture) shown(t testing.TB, installed *typeset.Installed) *desk {
	mode, variant := apptheme.Light, fynetheme.VariantLight
	if p.dark {
		mode, variant = apptheme.Dark, fynetheme.VariantDark
	}
	test.NewTempApp(t).Settings().SetTheme(apptheme.New(mode))
	project, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), claims)
	require.NoError(t, err)
	document := annotate.NewDocument(p.file, p.sample.text)
	document.SetMeta("language", p.sample.language)
	changes := []annotate.Change{{Annotator: "asha", After: document}}
	spans, relations := p.sample.states(t)
	if p.alter != nil {
		p.alter(spans)
	}
	for _, s := range spans {
		s.Document = document.ID
		changes = append(changes, annotate.Change{Annotator: "asha", After: s})
	}
	if p.lanes {
		for _, s := range append(otherwise("ben", spans), otherwise("cy", spans)...) {
			changes = append(changes, annotate.Change{Annotator: s.Annotator, After: s})
		}
	}
	for _, r := range relations {
		r.Document = document.ID
		changes = append(changes, annotate.Change{Annotator: "asha", After: r})
	}
	_, err = project.Apply(changes...)
	require.NoError(t, err)

	d := &desk{t: t, posted: make(chan func(), 1000)}
	s, err := session.New(project, session.Options{Annotator: "asha", Post: func(f func()) { d.posted <- f }})
	require.NoError(t, err)
	text, err := installed.Fonts(fynetheme.DefaultTextFont().Content(), fynetheme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	bold, err := installed.Fonts(fynetheme.DefaultTextBoldFont().Content())
	require.NoError(t, err)
	d.View = New(s, text, Options{
		Density: p.density, Bold: bold, Variant: variant,
		After: func(_ time.Duration, f func()) { d.later = append(d.later, f) },
	})
	d.SetAllCurves(p.allCurves)
	d.window = test.NewTempWindow(t, d.View)
	d.window.SetPadded(false)
	d.window.Canvas().(test.WindowlessCanvas).SetScale(2)
	d.window.Resize(fyne.NewSize(p.width, 600))
	require.NoError(t, s.OpenFirst(""))
	d.until(func() bool { return s.Document() != nil })
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	if p.lanes {
		require.NoError(t, s.ToggleLanes())
		d.until(func() bool { return len(s.Lanes()) == 2 })
	}
	d.awaitInstalled()
	d.window.Resize(fyne.NewSize(p.width, float32(math.Ceil(d.contentHeight()/d.geometry.scale))))
	s.Focus(p.focus)
	d.awaitInstalled()
	return d
}

// trimmed returns the picture of the pane without most of the room below the text.
func (d *desk) trimmed() image.Image {
	whole := d.window.Canvas().Capture()
	b := whole.Bounds()
	b.Max.Y -= int(d.geometry.bottom - 16*d.geometry.scale)
	cut := image.NewRGBA(b)
	draw.Draw(cut, b, whole, b.Min, draw.Src)
	return cut
}

// awaitInstalled lets the fonts that were wished for arrive.
func (d *desk) awaitInstalled() {
	d.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		d.pass()
		d.Refresh()
		if !d.awaiting {
			return
		}
		require.False(d.t, time.Now().After(deadline), "the fonts do not arrive")
	}
}

// missing returns the characters that no font has.
func (d *desk) missing() string {
	var found []rune
	for _, t := range d.visible {
		for _, g := range t.line.Glyphs {
			if g.Missing != 0 {
				found = append(found, g.Missing)
			}
		}
	}
	return string(found)
}

// TestGallery draws docs/gallery.md and its pictures anew where
// SPANWRIGHT_GALLERY is set; `make gallery` does.
func TestGallery(t *testing.T) {
	if os.Getenv("SPANWRIGHT_GALLERY") == "" {
		t.Skip("set SPANWRIGHT_GALLERY=1 to draw the gallery; it needs the Noto fonts")
	}
	require.NoError(t, os.RemoveAll(galleryImages))
	require.NoError(t, os.MkdirAll(galleryImages, 0o755))
	installed := typeset.FindInstalled()
	for _, p := range pictures() {
		t.Run(p.file, func(t *testing.T) {
			d := p.shown(t, installed)
			if p.file != "missing" {
				require.Empty(t, d.missing(), "no installed font has these; on Debian fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji have")
			}
			var file bytes.Buffer
			require.NoError(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, d.trimmed()))
			require.NoError(t, os.WriteFile(filepath.Join(galleryImages, p.file+".png"), file.Bytes(), 0o644))
		})
	}
	require.NoError(t, os.WriteFile(galleryPage, []byte(gallery()), 0o644))
}

// gallery returns the page that shows the pictures.
func gallery() string {
	var page strings.Builder
	page.WriteString("# Gallery\n\nThe document pane, drawn by the program itself with the Noto fonts at two pixels to a unit; `make gallery`\n" +
		"draws all of it anew. The texts are invented. In each of them a claim is split by its source and cue, something is\n" +
		"nested in its second half, one stretch has two labels, and two spans cross; the cue has the focus.\n")
	for _, p := range pictures() {
		fmt.Fprintf(&page, "\n## %s\n\n%s\n\n<img src=\"images/gallery/%s.png\" width=\"%.0f\" alt=\"%s\">\n", p.title, p.note, p.file, p.width, p.title)
	}
	return page.String()
}

func TestTheGalleryShowsWhatItSays(t *testing.T) {
	page, err := os.ReadFile(galleryPage)
	require.NoError(t, err)
	require.Equal(t, gallery(), string(page), "make gallery draws it anew")
	var want []string
	for _, p := range pictures() {
		want = append(want, filepath.Join(galleryImages, p.file+".png"))
	}
	have, err := filepath.Glob(filepath.Join(galleryImages, "*"))
	require.NoError(t, err)
	require.ElementsMatch(t, want, have)
}

func TestEverySampleHasEverySituation(t *testing.T) {
	for i := range samples {
		spans, relations := samples[i].states(t)
		lies := map[string]bool{}
		for _, a := range spans {
			lies["split"] = lies["split"] || len(a.Fragments) > 1
			for _, b := range spans {
				f, g := a.Extent(), b.Extent()
				switch {
				case a == b || !f.Overlaps(g):
				case f == g:
					lies["coincide"] = true
				case f.Contains(g):
					lies["nest"] = true
				case !g.Contains(f):
					lies["cross"] = true
				}
			}
		}
		require.Equal(t, map[string]bool{"split": true, "coincide": true, "nest": true, "cross": true}, lies, samples[i].file)
		require.Len(t, relations, 2)
		body := annotate.NewBody(samples[i].text)
		for _, s := range spans {
			require.NoError(t, s.Check(samples[i].text), samples[i].file)
			for _, f := range s.Fragments {
				require.Equal(t, f, body.SnapClusters(f), "%s: %s splits a character", samples[i].file, s.ID)
			}
		}
	}
}

package panel

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/session"
)

func (p *ExportPane) field(t *testing.T, key string) *formField {
	t.Helper()
	for i := range p.form.fields {
		if p.form.fields[i].key == key {
			return &p.form.fields[i]
		}
	}
	t.Fatalf("the form has no line %q", key)
	return nil
}

// settled waits until it is known what would be lost.
func (d *desk) settled(p *ExportPane) {
	d.t.Helper()
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Prospect() != nil })
}

// perform does the work of an export as the window would.
func (d *desk) perform(p *ExportPane) {
	d.t.Helper()
	work, done, err := p.draft.Begin()
	require.NoError(d.t, err)
	done(work(d.t.Context(), exchange.Progress(nil)))
}

func TestAnExportIsChosenByWhatItLoses(t *testing.T) {
	d := newDesk(t, article())
	d.label("Claim", "Not one litre has left the lake,")
	d.Select(annotate.Fragment{Start: strings.Index(articleText, "“and"), End: strings.Index(articleText, "“and") + len("“and the gauges")})
	require.NoError(t, d.AddFragment())
	require.NoError(t, d.CycleFlag())
	d.settle()
	p := NewExportPane(d.Session, d.NewExportDraft())
	show(t, p.Object(), 1100, 700)
	p.Shown()
	d.settled(p)
	assert.Equal(t, "1 document, 1 span, 0 relations", p.bar.summary.text)
	assert.Equal(t, []string{"jsonl holds all of it."}, p.losses.texts())
	assert.Equal(t, []string{"[everybody's]", "asha"}, texts(p.field(t, "layer").items))
	assert.True(t, strings.HasSuffix(p.draft.Choices().Path, "/p.jsonl"))

	for p.draft.Choices().Format != "csv" {
		p.formats.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	assert.True(t, strings.HasSuffix(p.draft.Choices().Path, "/p.csv"), "the name follows the format")
	assert.Equal(t, "Span with gaps, written without them", p.lines[0].text)
	assert.Equal(t, "1", p.lines[0].count)
	assert.Equal(t, []string{"[fill the gaps]", "first part", "leave out", "refuse"}, texts(p.field(t, "gaps").items))

	p.losses.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, "gaps", p.form.heldKey(), "Enter on a loss leads to what decides about it")
	p.field(t, "gaps").items[3].act()
	d.settled(p)
	d.perform(p)
	_, _, problem := p.draft.Outcome()
	require.ErrorContains(t, problem, "has a span with gaps, which csv cannot hold, and that was to be refused; nothing was written")
	assert.Contains(t, p.complaints("")["path"], "a span with gaps")
	assert.NoFileExists(t, p.draft.Choices().Path)

	p.field(t, "gaps").items[2].act()
	d.settled(p)
	assert.Equal(t, "Span with gaps, left out", p.lines[0].text)
	d.perform(p)
	report, path, problem := p.draft.Outcome()
	require.NoError(t, problem)
	assert.Zero(t, report.Spans)
	assert.Equal(t, "p.csv: read again, and all is as it was meant", p.lines[0].text)
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(raw), "minister-denies-diversion")
	opened := ""
	p.OnFolder = func(folder string) { opened = folder }
	assert.Equal(t, []string{"open the folder", "[export  Ctrl+Enter]"}, texts(p.apply.items))
	p.apply.TypedRune('1')
	assert.Equal(t, filepath.Dir(path), opened)

	again := d.NewExportDraft()
	assert.Equal(t, p.draft.Choices(), again.Choices(), "the choices are remembered")
}

func TestAnExportIsDividedAndItsPartsAreTold(t *testing.T) {
	var documents []*annotate.Document
	for _, name := range []string{"a", "b", "c", "d"} {
		documents = append(documents, annotate.NewDocument(name+".txt", strings.Repeat("The text "+name+" has words of its own: "+name+name+name+". ", 4)))
	}
	d := newDesk(t, documents...)
	d.settle()
	p := NewExportPane(d.Session, d.NewExportDraft())
	show(t, p.Object(), 1100, 700)
	p.Shown()
	d.settled(p)
	p.field(t, "split").live("train=50")
	assert.NotEmpty(t, p.complaints("")["split"])
	p.field(t, "split").live("train=50,test=50")
	assert.Empty(t, p.complaints("")["split"])
	d.until(func() bool { return p.draft.Division() != nil })
	assert.Equal(t, []string{
		"jsonl holds all of it.", "HOW IT WOULD BE DIVIDED", "train: 2 documents, 2.0 were aimed at", "test: 2 documents, 2.0 were aimed at",
	}, p.losses.texts()[:4], "before anything is written")
	p.field(t, "usual parts").items[1].act()
	d.until(func() bool {
		return strings.Contains(p.complaints("")["split"], "4 groups") || p.draft.Division() != nil
	})
	assert.Equal(t, "train=80,dev=10,test=10", p.field(t, "split").text)
	p.field(t, "stratify").live("Nothing")
	d.until(func() bool { return p.complaints("")["split"] != "" })
	assert.Contains(t, p.complaints("")["split"], "Nothing")
	p.field(t, "stratify").live("")
	p.field(t, "split").live("train=50,test=50")
	assert.Equal(t, "A whole number from 0 on.", p.field(t, "seed").check("x"))
	folder := filepath.Join(t.TempDir(), "parts")
	p.draft.Edit(func(c *session.ExportChoices) { c.Path, c.Apart = folder, append(c.Apart, "duplicates") })
	d.perform(p)
	report, _, problem := p.draft.Outcome()
	require.NoError(t, problem)
	require.Equal(t, 4, report.Documents)
	assert.Equal(t, []string{"train: read again, and all is as it was meant", "test: read again, and all is as it was meant", "DIVIDED"}, p.losses.texts()[:3])
	assert.Contains(t, p.losses.texts(), "train: 2 documents, 2.0 were aimed at")
	assert.FileExists(t, filepath.Join(folder, "train.jsonl"))
}

func TestNamesAreHiddenAndLossesRefusedOnRequest(t *testing.T) {
	d := newDesk(t, article())
	d.label("Claim", "Not one litre has left the lake,")
	d.Select(annotate.Fragment{Start: strings.Index(articleText, "“and"), End: strings.Index(articleText, "“and") + len("“and the gauges")})
	require.NoError(t, d.AddFragment())
	d.settle()
	p := NewExportPane(d.Session, d.NewExportDraft())
	show(t, p.Object(), 1100, 700)
	p.Shown()
	d.settled(p)
	p.field(t, "names").items[1].act()
	assert.Equal(t, []string{"as they are", "[pseudonyms]"}, texts(p.field(t, "names").items))
	d.perform(p)
	raw, err := os.ReadFile(p.draft.Choices().Path)
	require.NoError(t, err)
	assert.Contains(t, string(raw), `"annotator":"annotator1"`)
	assert.NotContains(t, string(raw), "asha")

	for p.draft.Choices().Format != "csv" {
		p.formats.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	p.field(t, "strict").items[1].act()
	assert.Contains(t, p.complaints("")["strict"], "Nothing will be written: ")
	d.perform(p)
	_, _, problem := p.draft.Outcome()
	assert.ErrorContains(t, problem, "csv cannot hold all of this, and losses were to be refused; nothing was written")
	assert.NoFileExists(t, p.draft.Choices().Path)
}

func TestOneKindOfLossIsRefused(t *testing.T) {
	d := newDesk(t, article())
	span := d.label("Claim", "Not one litre has left the lake,")
	require.NoError(t, d.SetNote(span.ID, "sure?"))
	d.settle()
	p := NewExportPane(d.Session, d.NewExportDraft())
	show(t, p.Object(), 1100, 700)
	p.Shown()
	d.settled(p)
	for p.draft.Choices().Format != "conll" {
		p.formats.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	d.settled(p)
	lost := p.losses.texts()
	note := slices.IndexFunc(lost, func(l string) bool { return strings.HasPrefix(l, "Note") })
	require.GreaterOrEqual(t, note, 0, lost)
	p.chooseLoss(note)
	d.settled(p)
	assert.Equal(t, lost[note]+" · refused", p.losses.texts()[note])
	assert.Contains(t, p.complaints("")["strict"], "refused at the right")
	d.perform(p)
	_, _, problem := p.draft.Outcome()
	assert.ErrorContains(t, problem, "nothing was written")
	assert.NoFileExists(t, p.draft.Choices().Path)

	p.chooseLoss(note)
	d.settled(p)
	assert.Equal(t, lost, p.losses.texts())
	d.perform(p)
	assert.FileExists(t, p.draft.Choices().Path)
}

func TestALayerThatNobodyHasIsToldBesideIt(t *testing.T) {
	d := newDesk(t, article())
	p := NewExportPane(d.Session, d.NewExportDraft())
	show(t, p.Object(), 1100, 700)
	p.Shown()
	p.draft.Edit(func(c *session.ExportChoices) { c.Layers = []string{"zoe"} })
	d.until(func() bool { return p.draft.Err() != nil })
	assert.Contains(t, p.complaints("")["layer"], `There is no layer "zoe"`)
}

package panel

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/session"
)

// drawnExcerpt notes what it was told to draw.
type drawnExcerpt struct {
	canvas.Rectangle
	text   string
	labels []string
}

func (d *drawnExcerpt) Draw(_ *annotate.Scheme, body *annotate.Body, layer *annotate.Layer, _ annotate.ID) {
	d.text, d.labels = body.Text(), nil
	for s := range layer.Spans() {
		d.labels = append(d.labels, s.Label)
	}
}

func (d *drawnExcerpt) SetVariant(fyne.ThemeVariant) {}

func newImportDesk(t *testing.T) (*desk, *ImportPane, *drawnExcerpt) {
	t.Helper()
	d := newDesk(t)
	excerpt := &drawnExcerpt{}
	p := NewImportPane(d.Session, d.NewImportDraft(), excerpt)
	show(t, p.Object(), 1100, 700)
	p.Shown()
	return d, p, excerpt
}

// task returns the line of a prodigy task with one span.
func task(hash int, text, label, words string) string {
	at := len([]rune(text[:strings.Index(text, words)]))
	return fmt.Sprintf(`{"text":%q,"_input_hash":%d,"spans":[{"start":%d,"end":%d,"label":%q,"text":%q}],"answer":"accept"}`+"\n", text, hash, at, at+len([]rune(words)), label, words)
}

func (p *ImportPane) field(t *testing.T, key string) *formField {
	t.Helper()
	for i := range p.form.fields {
		if p.form.fields[i].key == key {
			return &p.form.fields[i]
		}
	}
	t.Fatalf("the form has no line %q", key)
	return nil
}

// looked waits until the preview is whole.
func (d *desk) looked(p *ImportPane) {
	d.t.Helper()
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview() != nil })
}

func texts(items []item) []string {
	var all []string
	for _, it := range items {
		text := it.text
		if it.on {
			text = "[" + text + "]"
		}
		all = append(all, text)
	}
	return all
}

func TestFilesAreRecognisedShownAndMapped(t *testing.T) {
	d, p, excerpt := newImportDesk(t)
	in := filepath.Join(t.TempDir(), "tasks.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(task(1, "Mona said it rained.", "claims", "it rained")+task(2, "הוא אמר שלא.", "Actor", "הוא")+"{\n"), 0o600))
	p.adding = in
	p.field(t, "path").taken(in)
	d.looked(p)
	d.until(func() bool { return excerpt.text != "" })

	assert.Equal(t, []string{"[prodigy, 1 file]", "other…", "remove"}, texts(p.field(t, "path "+in).items))
	assert.Equal(t, "would bring 2 new documents, 2 spans, 0 relations; 1 left out", p.bar.summary.text)
	assert.Equal(t, []string{"tasks-1.txt", "tasks-2.txt"}, p.documents.texts())
	assert.Equal(t, "Mona said it rained.", excerpt.text)
	p.documents.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.until(func() bool { return excerpt.text == "הוא אמר שלא." })
	assert.Equal(t, "1 span · tasks.jsonl:2", p.caption.text)
	require.Len(t, p.said, 1)
	assert.Equal(t, []string{"It is not JSON: it breaks off", "tasks.jsonl:3"}, []string{p.said[0].text(), p.said[0].where()})
	assert.True(t, strings.HasPrefix(p.detail.text, in+":3: "), "the row is told in full below")

	var copied string
	p.OnCopy = func(text string) { copied = text }
	p.warnings.TypedShortcut(&fyne.ShortcutCopy{})
	assert.Equal(t, p.detail.text, copied)

	assert.Equal(t, []string{"claims is added; or is it Claim?", "Actor is added to the scheme"}, p.lacking.texts())
	assert.Equal(t, []string{"claims:", "[add to the scheme]", "take as Claim", "take as Source", "take as Cue", "leave out"}, texts(p.decide.items))
	p.lacking.TypedRune('+')
	p.lacking.moveTo(1)
	p.showDecision()
	p.decide.TypedRune('5') // leave out
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview().Spans == 1 })
	assert.Equal(t, []string{"claims → Claim", "Actor is left out"}, p.lacking.texts())
	p.documents.moveTo(0)
	p.showExcerpt()
	d.until(func() bool { return excerpt.text == "Mona said it rained." })
	assert.Equal(t, []string{"Claim"}, excerpt.labels, "it is drawn as it will come in")

	imported := false
	p.OnImport = func() { imported = true }
	p.lacking.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	assert.True(t, imported)
}

func TestWhatIsWrongWithAChoiceStandsBesideIt(t *testing.T) {
	d, p, _ := newImportDesk(t)
	p.draft.Add(filepath.Join(t.TempDir(), "nowhere"))
	d.until(func() bool { return p.draft.Err() != nil })
	assert.Contains(t, p.problemOf(t, "path"), "there is no such file or folder")
	p.draft.Remove(p.draft.Choices().Paths[0])
	assert.Empty(t, p.problemOf(t, "path"))

	in := filepath.Join(t.TempDir(), "a.txt")
	require.NoError(t, os.WriteFile(in, []byte("\xe3\xe6\xe4\xc7"), 0o600))
	p.draft.Add(in)
	d.looked(p)
	require.Len(t, p.draft.Preview().Skipped, 1)
	p.draft.SetEncoding("klingon")
	assert.Contains(t, p.problemOf(t, "encoding"), `There is no encoding "klingon"`)
	p.draft.SetEncoding("windows-1256")
	d.until(func() bool { return len(p.draft.Preview().Samples) == 1 })
	assert.Equal(t, "مونا", p.draft.Preview().Samples[0].Body.Text())
}

func (p *ImportPane) problemOf(t *testing.T, property string) string {
	t.Helper()
	for i := range p.form.fields {
		if p.form.fields[i].property == property {
			return p.form.lines[i].(*pairLine).problem.text
		}
	}
	t.Fatalf("the form has no line about %q", property)
	return ""
}

func TestMovingMisplacedWordsIsOfferedAndNeverDoneUnasked(t *testing.T) {
	d, p, _ := newImportDesk(t)
	in := filepath.Join(t.TempDir(), "tasks.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(strings.Replace(task(1, "Ah, Mona said.", "Source", "Mona"), `"start":4,"end":8`, `"start":0,"end":4`, 1)), 0o600))
	p.draft.Add(in)
	d.looked(p)
	assert.Zero(t, p.draft.Preview().Documents)
	assert.Contains(t, texts(p.bar.commands.items), "re-anchor 1 document")
	assert.Equal(t, []string{"[leave the document out]", "move to the nearest place"}, texts(p.field(t, "reanchor").items))
	p.field(t, "reanchor").items[1].act()
	d.until(func() bool { return p.draft.Preview().Documents == 1 })
	assert.Contains(t, p.said[0].String(), "that stands 4 characters further on, and it was moved there")
}

func TestAValueThatAListLacksIsDecidedAbout(t *testing.T) {
	d, p, _ := newImportDesk(t)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.txt"), []byte("Mona said it rained."), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.ann"), []byte("T1\tClaim 10 19\tit rained\nA1\ttype T1 demands\nT2\tClaim 0 4\tMona\nA2\ttype T2 boast\n"), 0o600))
	p.draft.Add(folder)
	d.looked(p)
	assert.Equal(t, []string{"demands of Claim.type comes in; or is it demand?", "boast of Claim.type comes in as it stands"}, p.lacking.texts())
	assert.Equal(t, []string{"demands:", "[as it stands]", "add to the list", "take as demand", "take as assertion", "take as denial", "leave out"}, texts(p.decide.items))
	p.decide.TypedRune('3')
	p.lacking.moveTo(1)
	p.showDecision()
	p.decide.TypedRune('2')
	assert.Equal(t, []string{"demands of Claim.type → demand", "boast of Claim.type is added to the scheme"}, p.lacking.texts())
	d.until(func() bool {
		looking, _ := p.draft.Looking()
		return !looking && len(p.draft.Preview().Report.Scheme) == 1
	})
	assert.Equal(t, []string{"value boast of attribute type of label Claim was added to the scheme"}, p.draft.Preview().Report.Scheme)
}

func TestEachKindOfFileAndEachFileIsReadAsOneSays(t *testing.T) {
	d, p, excerpt := newImportDesk(t)
	folder := t.TempDir()
	for name, content := range map[string]string{"a.txt": "Mona said it rained.", "b.txt": "Il a d\xe9clar\xe9 que non, dit le ministre.", "c.html": "<p>Rain.</p>"} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	p.draft.Add(folder)
	d.looked(p)
	assert.Equal(t, []string{"[3 files of 2 kinds]", "other…", "remove"}, texts(p.field(t, "path "+folder).items))
	assert.Equal(t, []string{"[text, 2 files]", "other…", "leave out"}, texts(p.field(t, "kind text "+folder).items))
	assert.Equal(t, "ONLY a.txt", p.field(t, "heading file").text)

	p.documents.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	assert.Equal(t, "ONLY b.txt", p.field(t, "heading file").text, "the file of the document at the cursor")
	assert.Equal(t, []string{"[as the rest]", "another…"}, texts(p.field(t, "file encoding").items))
	p.field(t, "file encoding").items[1].act()
	for _, it := range p.field(t, "file encoding").items {
		if it.text == "windows-1251" {
			it.act()
		}
	}
	d.until(func() bool { return excerpt.text == "Il a dйclarй que non, dit le ministre." })
	d.looked(p)

	p.field(t, "kind html "+folder).items[2].act() // leave out
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview().Documents == 2 })
	assert.Equal(t, []string{"1 file left out", "other…", "[leave out]"}, texts(p.field(t, "kind html "+folder).items))
	p.field(t, "file format").items[2].act()
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview().Documents == 1 })
	p.field(t, "kind html "+folder).items[0].act()
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview().Documents == 2 })
}

func TestTheFileOfAWarningIsAtHand(t *testing.T) {
	d, p, _ := newImportDesk(t)
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.txt"), []byte("Mona said it rained."), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "b.txt"), []byte("\xe3\xe6\xe4\xc7"), 0o600)) // مونا
	p.draft.Add(folder)
	d.looked(p)
	require.Len(t, p.said, 1)
	p.warnings.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	assert.Equal(t, "ONLY b.txt", p.field(t, "heading file").text)
	p.draft.SetReading(exchange.Group{Path: filepath.Join(folder, "b.txt")}, session.ReadingChoice{Encoding: "windows-1256"})
	d.until(func() bool { looking, _ := p.draft.Looking(); return !looking && p.draft.Preview().Documents == 2 })
	assert.Equal(t, "مونا", p.draft.Preview().Samples[1].Body.Text())
	assert.Equal(t, "ONLY b.txt", p.field(t, "heading file").text, "what was decided about stays in sight once the warning is gone")
}

// TestAnotherChoiceShowsBeforeAllIsCounted has 1,200 documents, more than are looked at at once.
func TestAnotherChoiceShowsBeforeAllIsCounted(t *testing.T) {
	d, p, _ := newImportDesk(t)
	var lines strings.Builder
	for i := range 1200 {
		lines.WriteString(task(i, fmt.Sprintf("Mona said %d times that it rained.", i), "claims", "it rained"))
	}
	in := filepath.Join(t.TempDir(), "tasks.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(lines.String()), 0o600))
	p.draft.Add(in)
	d.looked(p)
	label := func() string {
		for s := range p.draft.Preview().Samples[0].Layer.Spans() {
			return s.Label
		}
		return ""
	}
	require.Equal(t, "claims", label())
	p.draft.TakeSuggestions()
	assert.Equal(t, []string{"claims → Claim"}, p.lacking.texts(), "at once")
	early := false
	d.until(func() bool {
		looking, _ := p.draft.Looking()
		if looking && label() == "Claim" {
			early = true
			assert.Equal(t, 1200, p.draft.Preview().Items[0].Uses, "the numbers stay until there are new ones")
		}
		return !looking
	})
	assert.True(t, early)
	assert.Equal(t, "would bring 1200 new documents, 1200 spans, 0 relations", p.bar.summary.text)
}

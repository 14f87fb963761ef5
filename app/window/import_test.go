package window

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAnImportIsPreparedMappedAndUndone(t *testing.T) {
	b := newBench(t, article)
	folder := filepath.Join(b.dir, "corpus")
	require.NoError(t, os.Mkdir(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "c.txt"), []byte("Mona said it rained."), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "c.ann"), []byte("T1\tclaims 10 19\tit rained\nT2\tJunk 0 4\tMona\n"), 0o644))

	panes := b.body()
	b.run("Import documents…")
	require.Equal(t, b.importing.Object(), b.body())
	draft := b.importing.Draft()
	draft.Add(folder)
	b.looked()
	require.Len(t, draft.Preview().Items, 2)
	draft.TakeSuggestions()
	draft.Decide(draft.Preview().Items[1].Key, annotate.StepDecision{Fate: annotate.Drop})
	b.run("Document done, next") // at once: the preview need not be awaited
	b.until(func() bool { return !b.jobs.busy })
	report, err := draft.Outcome()
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{report.Documents, report.Spans})
	require.Empty(t, report.Scheme)
	require.Equal(t, page(b.importing), b.page, "that something was left out stands there")

	b.run("Import documents…")
	require.IsType(t, panes, b.body())
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())
	b.until(func() bool { return b.session.List().Len() == 2 })
	b.run("Undo")
	b.until(func() bool { return b.session.List().Len() == 1 })
}

// looked waits until the preview of an import is whole.
func (b *bench) looked() {
	b.t.Helper()
	draft := b.importing.Draft()
	b.until(func() bool { looking, _ := draft.Looking(); return !looking && draft.Preview() != nil })
}

func TestAnImportThatNeedsNoWordLeadsBackToTheText(t *testing.T) {
	b := newBench(t, article)
	file := filepath.Join(b.dir, "d.txt")
	require.NoError(t, os.WriteFile(file, []byte("Mona said it rained."), 0o644))
	b.showImport(file)
	b.run("Document done, next")
	b.until(func() bool { return !b.jobs.busy })
	require.Nil(t, b.page)
	require.Equal(t, "1 documents, 0 spans, 0 relations imported.", b.session.Message().Text)
	require.NotEqual(t, annotate.Done, b.session.Layer().Assessment.Status, "the document that was open is not done by that")
}

func TestACancelledImportIsTold(t *testing.T) {
	b := newBench(t)
	var lines strings.Builder // enough to take far longer than the cancel
	for i := range 3000 {
		fmt.Fprintf(&lines, `{"text":"Mona said it rained %d times.","_input_hash":%d,"answer":"accept"}`+"\n", i, i)
	}
	require.NoError(t, os.WriteFile(filepath.Join(b.dir, "tasks.jsonl"), []byte(lines.String()), 0o644))
	b.showImport(b.dir)
	b.run("Document done, next")
	b.jobs.stop()
	b.until(func() bool { return !b.jobs.busy })
	_, err := b.importing.Draft().Outcome()
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, "The import did not come in: the import was cancelled; nothing of it is in the project.", b.session.Message().Text)
	require.Empty(t, b.session.List().Len())
	require.Equal(t, []string{b.dir}, b.importing.Draft().Choices().Paths, "the choices stand, to try again")
}

func TestMovingWordsIsForgottenWithTheImportItWasFor(t *testing.T) {
	b := newBench(t, article)
	in := filepath.Join(b.dir, "tasks.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(`{"text":"Ah, Mona said.","spans":[{"start":0,"end":4,"label":"Claim","text":"Mona"}],"_input_hash":1,"answer":"accept"}`+"\n"), 0o644))
	b.showImport(in)
	draft := b.importing.Draft()
	b.looked()
	draft.SetReanchor(true)
	b.looked()
	b.run("Document done, next")
	b.until(func() bool { return !b.jobs.busy })
	report, err := draft.Outcome()
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{report.Spans, report.Reanchored})
	require.False(t, draft.Choices().Reanchor, "it is never done unasked")
	b.run("Import documents…")
	b.until(func() bool { return b.session.List().Len() == 2 })
	b.run("Undo")
	b.until(func() bool { return b.session.List().Len() == 1 })
}

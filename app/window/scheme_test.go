package window

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
)

// body returns what is in the place of the panes.
func (b *bench) body() fyne.CanvasObject { return b.tools.body.Objects[0] }

func (b *bench) run(title string) {
	b.t.Helper()
	for _, c := range commands() {
		if c.title == title {
			b.performFromMenu(&c)
			return
		}
	}
	b.t.Fatalf("there is no command %q", title)
}

func TestSchemeIsChangedInTheWindowAndUndone(t *testing.T) {
	b := newBench(t, article)
	b.session.ExtendToken(true)
	b.types("2")
	b.saved()
	panes := b.body()

	b.run("Scheme…")
	require.Equal(t, b.editor.Object(), b.body())
	draft := b.editor.Draft()
	draft.Rename("$.spans[1]", "Speaker")
	session.Set(draft, "$.spans[1]", "color", func(l *annotate.SpanLabel) { l.Color = "#56b4e9" })
	b.run("Document done, next") // Ctrl+Enter applies where nothing can be done
	require.Equal(t, []string{"Source: Minister"}, b.spans(), "nothing is applied before it was counted")
	b.until(func() bool { return b.editor.Counted() })
	b.run("Document done, next")
	b.until(func() bool { return len(b.spans()) == 1 && b.spans()[0] == "Speaker: Minister" })
	require.Equal(t, "#56b4e9", b.session.Scheme().Span("Speaker").Color)
	require.Equal(t, annotate.InProgress, b.session.Layer().Assessment.Status, "the document is not done by that")

	b.run("Undo")
	b.until(func() bool { return b.spans()[0] == "Source: Minister" })
	b.run("Redo")
	b.until(func() bool { return b.spans()[0] == "Speaker: Minister" })

	draft.Rename("$.spans[1]", "Voice")
	b.run("Undo")
	require.False(t, draft.Changed(), "what was changed last and not applied goes first")
	require.Equal(t, "Speaker: Minister", b.spans()[0])

	draft.Rename("$.spans[1]", "Voice")
	b.run("Scheme…")
	require.IsType(t, panes, b.body())
	require.Contains(t, b.session.Message().Text, "Ctrl+T")
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())
	b.run("Scheme…")
	require.True(t, b.editor.Draft().Changed(), "it waited")
	b.run("Find in document")
	require.IsType(t, panes, b.body(), "what is about the text brings it back")
	draft.Discard()
}

func TestSchemeFilesOfAnyKindAreReadIntoTheDraft(t *testing.T) {
	b := newBench(t, article)
	b.run("Scheme…")
	for name, text := range map[string]string{
		"own.yaml":        "name: own\nspans: [{label: Person}]",
		"annotation.conf": "[entities]\nPerson\n[relations]\n[events]\n[attributes]\n",
		"studio.xml":      `<View><Labels name="l" toName="t"><Label value="Person"/></Labels><Text name="t" value="$text"/></View>`,
	} {
		path := filepath.Join(b.dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		b.importScheme(path)
		b.until(func() bool { return len(b.editor.Draft().Scheme().Spans) == 1 })
		require.Equal(t, "Person", b.editor.Draft().Scheme().Spans[0].Label, name)
		if top := b.win.Canvas().Overlays().Top(); top != nil {
			top.Hide()
		}
		b.editor.Undo()
		require.Greater(t, len(b.editor.Draft().Scheme().Spans), 1)
	}
	b.importScheme(filepath.Join(b.dir, "nowhere.yaml"))
	b.until(func() bool { return b.dialogText() != "" })
	require.Contains(t, b.dialogText(), "nowhere.yaml")
	require.False(t, b.editor.Draft().Changed())
}

func TestTemplatesSayWhatTheyAreFor(t *testing.T) {
	require.Equal(t, "Nothing yet, to begin a scheme of your own.\nWrite here what is labelled in this project, and why.", describeTemplate("blank"))
	require.Contains(t, describeTemplate("claims"), "8 labels, 6 relations")
	require.Empty(t, describeTemplate(fromFile))
}

func TestKeysOfCommandsAreReserved(t *testing.T) {
	require.Equal(t, "Relate the focused annotation", reserved("r"))
	require.Empty(t, reserved("q"))
	require.Empty(t, reserved("1"))
	require.Empty(t, reserved(""))
}

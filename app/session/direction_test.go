package session

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

func TestDirectionIsKeptUndoneAndExported(t *testing.T) {
	d := newDesk(t, "(1) ABC", second)
	text := d.Document().Text
	require.NoError(t, d.SetDirection(annotate.RightToLeft))
	require.Equal(t, annotate.RightToLeft, d.Document().Direction(), "at once")
	require.Equal(t, text, d.Document().Text)
	require.NoError(t, d.SetDirection(annotate.RightToLeft))
	require.LessOrEqual(t, d.Saved().Pending, 1, "what is so already is no edit")
	d.saved()
	require.Equal(t, annotate.New, d.Layer().Assessment.Status, "who says how to read a text has not begun to label it")

	var out bytes.Buffer
	_, err := exchange.Write(t.Context(), d.Project(), &out, exchange.ExportOptions{})
	require.NoError(t, err)
	require.Contains(t, out.String(), `"meta":{"direction":"rtl"}`)

	d.getUp()
	again := sitDown(t, d.path, "asha")
	require.Equal(t, annotate.RightToLeft, again.Document().Direction(), "in the project file")
	require.Equal(t, text, again.Document().Text)
	again.Undo()
	again.saved()
	require.Equal(t, annotate.Automatic, again.Document().Direction())
	require.Equal(t, text, again.Document().Text)
	require.Equal(t, "Undone: change a.txt.", again.Message().Text)
	again.Redo()
	again.saved()
	require.Equal(t, annotate.RightToLeft, again.Document().Direction())
	require.NoError(t, again.SetDirection(annotate.LeftToRight))
	require.NoError(t, again.SetDirection(annotate.Automatic))
	again.saved()
	stored, err := again.Project().DocumentByName("a.txt")
	require.NoError(t, err)
	require.Empty(t, stored.Meta)
	require.Equal(t, text, stored.Text)
}

func TestUndoOfADirectionGoesToItsDocument(t *testing.T) {
	d := newDesk(t, first, second)
	require.NoError(t, d.SetDirection(annotate.RightToLeft))
	d.saved()
	require.NoError(t, d.NextDocument(true))
	d.until(func() bool { return d.Document().Text == second })
	d.Undo()
	d.until(func() bool { return d.Document().Text == first })
	require.Equal(t, annotate.Automatic, d.Document().Direction())
}

func TestDirectionOfAnUnsavedEditOutlastsReadingAgain(t *testing.T) {
	d := newDesk(t, first)
	require.NoError(t, d.SetDirection(annotate.RightToLeft))
	require.NoError(t, d.Refresh())
	d.saved()
	d.until(func() bool { return d.awaited == "" })
	require.Equal(t, annotate.RightToLeft, d.Document().Direction())
}

func TestDirectionFollowsWhatOthersChange(t *testing.T) {
	d := newDesk(t, first)
	other, err := store.Open(d.path)
	require.NoError(t, err)
	document, err := other.DocumentByName("a.txt")
	require.NoError(t, err)
	after := document.Clone()
	after.SetDirection(annotate.RightToLeft)
	_, err = other.Apply(annotate.Change{Annotator: "ben", Before: document, After: after})
	require.NoError(t, err)
	require.NoError(t, other.Close())
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Document().Direction() == annotate.RightToLeft })
}

package window

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// returned makes a packet of the bench's project for ben, has him label its document, and
// returns its path.
func returned(b *bench) string {
	b.t.Helper()
	path := filepath.Join(b.dir, "ben.spanwright")
	d := b.session.Document()
	_, err := b.session.Project().MakePacket(b.t.Context(), path, store.PacketOptions{Annotator: "ben", Documents: []annotate.ID{d.ID}})
	require.NoError(b.t, err)
	p, err := store.Open(path)
	require.NoError(b.t, err)
	_, err = p.Apply(annotate.Change{Annotator: "ben", After: &annotate.Span{
		ID: annotate.NewID(), Document: d.ID, Annotator: "ben", Label: "Source", Fragments: []annotate.Fragment{{Start: 0, End: len("Minister Vale")}},
	}}, annotate.Change{Annotator: "ben", After: annotate.NewComment(d.ID, "ben", "is this whole?")})
	require.NoError(b.t, err)
	require.NoError(b.t, p.Close())
	return path
}

// reportShown waits for the report about what merging would bring and returns it.
func (b *bench) reportShown() *mergeReport {
	b.t.Helper()
	var m *mergeReport
	b.until(func() bool {
		m, _ = b.win.Canvas().Focused().(*mergeReport)
		return m != nil
	})
	return m
}

func (b *bench) layerOf(annotator string) int {
	b.t.Helper()
	layer, err := b.session.Project().Layer(b.session.Document().ID, annotator)
	require.NoError(b.t, err)
	return layer.SpanCount()
}

func TestAPacketThatIsDroppedIsLookedAtThenMergedAndUndone(t *testing.T) {
	b := newBench(t, article)
	path := returned(b)
	b.dropped(fyne.NewPos(0, 0), []fyne.URI{fileURI(path)})
	m := b.reportShown()
	require.Contains(t, b.dialogText(), "ben.spanwright")
	require.Contains(t, b.dialogText(), "ben: 1 comment, 1 span in 1 document")
	require.Contains(t, b.dialogText(), "2 new changes")
	require.Zero(t, b.layerOf("ben"), "nothing is written yet")

	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.until(func() bool { return b.session.Message().Text == "Merged 2 changes; Ctrl+Z takes the merge back." })
	require.Equal(t, 1, b.layerOf("ben"))
	b.until(func() bool { return b.session.OpenThreadsHere() == 1 })
	require.Nil(t, b.win.Canvas().Overlays().Top())
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())

	b.undo()
	b.saved()
	require.Zero(t, b.layerOf("ben"))
	b.until(func() bool { return b.session.OpenThreadsHere() == 0 })
}

func TestEscLeavesEverythingAsItIs(t *testing.T) {
	b := newBench(t, article)
	b.mergePaths([]string{returned(b)})
	b.reportShown().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.Nil(t, b.win.Canvas().Overlays().Top())
	require.Zero(t, b.layerOf("ben"))
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())
}

func TestWhatCannotBeMergedIsToldBesideWhatCan(t *testing.T) {
	b := newBench(t, article)
	path := returned(b)
	b.dropped(fyne.NewPos(0, 0), []fyne.URI{fileURI(path), fileURI(filepath.Join(b.dir, "absent.spanwright")), fileURI(b.session.Project().Path())})
	m := b.reportShown()
	require.Contains(t, b.dialogText(), "absent.spanwright: there is no such project")
	require.Contains(t, b.dialogText(), "this is the open project itself")
	require.Equal(t, []string{path}, m.paths)
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})

	b.merge([]string{path})
	b.until(func() bool { return b.layerOf("ben") == 1 })
	b.until(func() bool { return !b.jobs.busy })
	b.mergePaths([]string{path})
	m = b.reportShown()
	require.Contains(t, b.dialogText(), "nothing new")
	m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Nil(t, b.win.Canvas().Overlays().Top())
}

func TestAPacketIsOpenedAsWhoeverItIsForUnlessThePersonSaysOtherwise(t *testing.T) {
	b := newBench(t, article)
	path := returned(b)
	b.settings.as = ""
	b.openProject(path)
	b.until(func() bool { return b.session.Document() != nil })
	require.Equal(t, "ben", b.session.Annotator())
	b.settings.as = "carol"
	b.openProject(path)
	b.until(func() bool { return b.session.Document() != nil })
	require.Equal(t, "carol", b.session.Annotator())
}

func TestAPacketIsMadeInTheWindow(t *testing.T) {
	b := newBench(t, article)
	path := filepath.Join(b.dir, "carol.spanwright")
	b.makePacket(b.session.Project(), path, store.PacketOptions{Annotator: "carol"}, false, false)
	b.until(func() bool { return !b.jobs.busy })
	require.Contains(t, b.dialogText(), "no document is assigned to carol")
	b.win.Canvas().Overlays().Top().Hide()
	b.makePacket(b.session.Project(), path, store.PacketOptions{Annotator: "carol"}, true, false)
	b.until(func() bool { return !b.jobs.busy })
	require.Contains(t, b.session.Message().Text, "1 document for carol")
	require.FileExists(t, path)
}

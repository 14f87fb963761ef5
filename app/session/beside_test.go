package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// besides is a desk with a Claim in the current document and one in the document beside it.
func besides(t *testing.T) (d *desk, b *Session, here, there *annotate.Span) {
	t.Helper()
	d = newDesk(t, first, second)
	next, err := d.Neighbour()
	require.NoError(t, err)
	b = d.OpenBeside(next)
	d.until(func() bool { return b.Document() != nil })
	require.Equal(t, "b.txt", b.Document().Name)
	here = d.span("Claim", "denied the leak")
	require.True(t, d.Turn())
	there = d.span("Claim", "insists on its figures")
	require.True(t, d.Turn())
	return d, b, here, there
}

func TestTheDocumentsOfBothPanesAreEditedAlike(t *testing.T) {
	d, b, here, there := besides(t)
	assert.Equal(t, "a.txt", d.Document().Name)
	assert.Equal(t, here.ID, d.Focused(), "each keeps its focus")
	assert.Equal(t, there.ID, b.Focused())
	d.saved()
	for document, id := range map[*annotate.Document]annotate.ID{d.Document(): here.ID, b.Document(): there.ID} {
		layer, err := d.Project().Layer(document.ID, "asha")
		require.NoError(t, err)
		assert.NotNil(t, layer.Span(id))
		assert.Equal(t, annotate.InProgress, layer.Assessment.Status)
	}

	d.Undo()
	d.saved()
	assert.Zero(t, b.Layer().SpanCount(), "what was done last is taken back, in whichever document")
	assert.Equal(t, 1, d.Layer().SpanCount())
	d.Redo()
	d.saved()
	assert.Equal(t, "b.txt", d.Document().Name, "and where it comes back is the current one")
	assert.Equal(t, there.ID, d.Focused())
}

func TestARelationIsDrawnFromOneDocumentIntoTheOther(t *testing.T) {
	d, b, here, there := besides(t)
	second := d.span("Claim", "the lake fell")
	d.Focus(here.ID)
	require.NoError(t, d.StartRelation())
	hints := map[string]annotate.ID{}
	for _, target := range append(d.Targets(), b.Targets()...) {
		hints[target.Hint] = target.Span
	}
	assert.Equal(t, map[string]annotate.ID{"a": second.ID, "s": there.ID}, hints, "a hint means one target")
	d.CycleTarget(true)
	d.CycleTarget(true)
	assert.Equal(t, there.ID, d.Candidate(), "Tab goes on in the other document")
	assert.Equal(t, there.ID, b.Candidate())
	require.True(t, d.TypeHint('s'))
	require.Empty(t, d.RelationChoices(), "attacks is not for two documents")

	related := func() (n int) {
		for _, s := range []*Session{d.Session, b} {
			for _, r := range s.Layer().Relations() {
				require.Equal(t, annotate.Argument{Role: annotate.Tail, Span: there.ID, Document: there.Document}, r.Arguments[1])
				n++
			}
		}
		return n
	}
	assert.Equal(t, 2, related(), "it is in both")
	d.saved()
	d.Undo()
	d.saved()
	assert.Zero(t, related())
	d.Redo()
	d.saved()
	assert.Equal(t, 2, related())
}

func TestATargetIsPickedInThePaneBeside(t *testing.T) {
	d, b, here, there := besides(t)
	require.NoError(t, d.StartRelation())
	require.True(t, b.Legal(there.ID))
	assert.Equal(t, here.ID, b.Relating())
	b.PickTarget(there.ID)
	assert.Empty(t, d.Relating())
	assert.Len(t, d.RelationsOf(here.ID), 1)
	assert.Equal(t, here.Document, d.RelationsOf(here.ID)[0].Document)
	d.saved()
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestWhatIsLabelledWhileRelatingIsATarget(t *testing.T) {
	d, b, here, _ := besides(t)
	require.NoError(t, d.StartRelation())
	require.Len(t, b.Targets(), 1)
	require.True(t, d.Turn())
	assert.Equal(t, here.ID, d.Relating(), "a relation in progress outlives the turn")
	council := d.span("Claim", "The council")
	assert.Len(t, d.Targets(), 2)
	require.True(t, d.TypeHint('a'))
	assert.Len(t, d.RelationsOf(council.ID), 1)
}

func TestRevealingTurnsToTheDocumentBeside(t *testing.T) {
	d, b, here, there := besides(t)
	d.Reveal(there.Document, there.ID)
	assert.Equal(t, "b.txt", d.Document().Name)
	assert.Equal(t, there.ID, d.Focused())
	assert.Equal(t, "a.txt", b.Document().Name)
	d.CloseBeside()
	assert.False(t, d.Turn())
	d.Reveal(here.Document, here.ID)
	d.until(func() bool { return d.Document().Name == "a.txt" && d.awaited == "" })
	assert.Equal(t, here.ID, d.Focused())
}

func TestOtherHandsReachBothDocuments(t *testing.T) {
	d, b, _, there := besides(t)
	d.saved()
	after := there.Clone()
	after.Note = "from elsewhere"
	_, err := d.Project().Apply(annotate.Change{Annotator: "asha", Before: there, After: after})
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return b.Layer().Span(there.ID).Note != "" })
	assert.Equal(t, there.ID, b.Focused())

	removal, err := d.Project().DocumentRemoval(there.Document)
	require.NoError(t, err)
	for i := range removal {
		removal[i].Annotator = "asha"
	}
	_, err = d.Project().Apply(removal...)
	require.NoError(t, err)
	d.Undo()
	d.saved()
	require.Equal(t, "b.txt", d.Document().Name, "where something comes back is the current one")
	assert.NotNil(t, d.Layer().Span(there.ID))
	require.True(t, d.Turn())
	d.Redo()
	d.saved()
	assert.Nil(t, b.Document(), "it is gone")
	assert.False(t, d.Turn())
}

package panel

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAnnotationsAreInReadingOrder(t *testing.T) {
	d := newDesk(t, article())
	p := NewAnnotations(d.Session)
	show(t, p.Object(), 300, 300)
	d.label("Source", "the Velland water minister")
	d.label("Claim", "Not one litre has left the lake,")
	d.label("Cue", "insisted")
	assert.Equal(t, []string{"Not one litre has left the lake,", "insisted", "the Velland water minister"}, p.list.texts())
	assert.True(t, p.list.shownRow(t, 1).content.current, "the last one made has the focus")

	click(p.list.shownRow(t, 2), fyne.NewPos(30, 10))
	assert.Equal(t, "Source", d.FocusedSpan().Label)
	assert.True(t, p.list.shownRow(t, 2).content.current)

	require.NoError(t, d.Delete())
	assert.Equal(t, []string{"Not one litre has left the lake,", "insisted"}, p.list.texts())
}

// manySpans opens a document of n spans, one to a word.
func manySpans(t *testing.T, n int) *desk {
	document := annotate.NewDocument("large", strings.Repeat("word ", n))
	d := newDesk(t, document)
	changes := make([]annotate.Change, n)
	for i := range changes {
		changes[i] = annotate.Change{Annotator: "asha", After: &annotate.Span{
			ID: annotate.NewID(), Document: document.ID, Annotator: "asha", Label: "Cue",
			Fragments: []annotate.Fragment{{Start: 5 * i, End: 5*i + 4}},
		}}
	}
	_, err := d.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Layer().SpanCount() == n })
	return d
}

func TestFocusedSpanAmongThousandsComesIntoView(t *testing.T) {
	d := manySpans(t, 10_000)
	p := NewAnnotations(d.Session)
	show(t, p.Object(), 300, 300)
	span := d.Layer().NextFrom(5 * 7000)
	d.Focus(span.ID)
	assert.True(t, p.list.shownRow(t, 7000).content.current)
	assert.Less(t, len(p.list.rows), 20)
}

func TestFocusedSpanIsInViewWhenTheListIsShownLater(t *testing.T) {
	d := manySpans(t, 200)
	p := NewAnnotations(d.Session)
	d.Focus(d.Layer().NextFrom(5 * 150).ID)
	show(t, p.Object(), 300, 300)
	assert.True(t, p.list.shownRow(t, 150).content.current)
}

// TestEditAmongThousandsIsQuick allows ten times what it takes, for busy machines.
func TestEditAmongThousandsIsQuick(t *testing.T) {
	d := manySpans(t, 10_000)
	p := NewAnnotations(d.Session)
	show(t, p.Object(), 300, 300)
	quickest := time.Hour
	for range 10 {
		begun := time.Now()
		p.read()
		quickest = min(quickest, time.Since(begun))
	}
	assert.Less(t, quickest, 30*time.Millisecond)
	t.Logf("reading 10,000 spans anew takes %v", quickest)
}

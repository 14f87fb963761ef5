package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// layered puts a span over the first place where words stand into somebody's layer.
func (d *desk) layered(annotator, label, words string, attributes map[string]annotate.Value) annotate.ID {
	d.t.Helper()
	at := strings.Index(d.Body().Text(), words)
	require.GreaterOrEqual(d.t, at, 0, words)
	span := &annotate.Span{
		ID: annotate.NewID(), Document: d.Document().ID, Annotator: annotator, Label: label,
		Fragments: []annotate.Fragment{{Start: at, End: at + len(words)}}, Attributes: attributes,
	}
	_, err := d.Project().Apply(annotate.Change{Annotator: annotator, After: span})
	require.NoError(d.t, err)
	return span.ID
}

// reread takes in what was written to the project beside the session.
func (d *desk) reread() {
	d.t.Helper()
	before := d.Layer()
	require.NoError(d.t, d.Refresh())
	d.until(func() bool { return d.Layer() != before })
}

func (d *desk) laneNames() []string {
	var names []string
	for _, l := range d.Lanes() {
		names = append(names, l.Annotator)
	}
	return names
}

func TestLanesAreTheLayersOfOthersInOrder(t *testing.T) {
	d := newDesk(t, first, second)
	d.layered("cy", "Source", "The minister", nil)
	d.layered("ben", "Claim", "the lake fell", nil)
	d.layered("asha", "Cue", "said", nil)
	d.reread()
	require.Equal(t, []string{"ben", "cy"}, d.Others())
	require.Empty(t, d.Lanes())

	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 2 })
	require.Equal(t, []string{"ben", "cy"}, d.laneNames())
	require.Equal(t, 1, d.Lanes()[0].Layer.Count("Claim"))

	require.NoError(t, d.ToggleLane("ben"))
	d.until(func() bool { return len(d.Lanes()) == 1 })
	require.Equal(t, []string{"cy"}, d.laneNames())

	require.NoError(t, d.ShowLanes([]string{"ben"}))
	d.until(func() bool { return d.laneNames()[0] == "ben" })
	require.NoError(t, d.ShowLanes(nil))
	d.until(func() bool { return d.laneNames()[0] == "cy" })

	require.NoError(t, d.NextDocument(true))
	d.until(func() bool { return d.Document().Text == second })
	require.Empty(t, d.Lanes(), "nobody else has labelled this one")
}

func TestTheChoiceOfLanesIsRememberedForTheAnnotator(t *testing.T) {
	d := newDesk(t, first)
	d.layered("cy", "Source", "The minister", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })
	path := d.path
	d.getUp()

	require.Equal(t, []string{"cy"}, sitDown(t, path, "asha").laneNames())
	require.Empty(t, sitDown(t, path, "ben").laneNames())
}

func TestLanesFollowWhatOthersWrite(t *testing.T) {
	d := newDesk(t, first)
	d.layered("ben", "Claim", "the lake fell", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })
	focused := d.layered("ben", "Source", "Farmers", nil)
	d.reread()
	require.Equal(t, 2, d.Lanes()[0].Layer.SpanCount())

	d.FocusForeign(focused)
	span, lane := d.Foreign()
	require.Equal(t, "Source", span.Label)
	require.Equal(t, "ben", lane.Annotator)
	_, err := d.Project().Apply(annotate.Change{Annotator: "ben", Before: span})
	require.NoError(t, err)
	d.reread()
	gone, _ := d.Foreign()
	require.Nil(t, gone, "what is gone has no focus")
}

func TestASpanOfALaneIsFocusedToBeRead(t *testing.T) {
	d := newDesk(t, first)
	theirs := d.layered("ben", "Claim", "the lake fell", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })
	d.span("Source", "Farmers")
	mine := d.Focused()
	require.NotEmpty(t, mine)

	d.FocusForeign(theirs)
	require.Empty(t, d.Focused())
	_ = d.Delete() // it has nothing to delete
	d.saved()
	require.Equal(t, 1, d.Lanes()[0].Layer.SpanCount())
	require.Equal(t, 1, d.Layer().SpanCount())

	d.FocusNext(true)
	require.Equal(t, mine, d.Focused(), "Tab stays in one's own layer")
	none, _ := d.Foreign()
	require.Nil(t, none)

	d.FocusForeign(theirs)
	d.Cancel()
	none, _ = d.Foreign()
	require.Nil(t, none)
}

func TestABlindProjectHasNoLanes(t *testing.T) {
	d := newDesk(t, first)
	d.layered("ben", "Claim", "the lake fell", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })
	require.NoError(t, d.Project().SetBlind(true))
	d.reread()
	require.Empty(t, d.Lanes())
	require.Empty(t, d.Others())
	require.NoError(t, d.ToggleLanes(), "to show none is no secret")
	require.Error(t, d.ToggleLanes())
	require.Contains(t, d.Message().Text, "blind")
	require.Error(t, d.ShowLanes([]string{"ben"}))
	require.Empty(t, d.Lanes())
}

func TestSpansOfLanesAreCompared(t *testing.T) {
	denial := map[string]annotate.Value{"type": annotate.Text("denial")}
	tests := []struct {
		name      string
		label     string
		words     string
		attribute map[string]annotate.Value
		want      Likeness
	}{
		{"the same", "Claim", "denied the leak", denial, Same},
		{"without the attribute", "Claim", "denied the leak", nil, Attributed},
		{"a shorter one", "Claim", "the leak", denial, Bounded},
		{"another label", "Cue", "denied the leak", nil, Relabelled},
		{"another label on part of it", "Cue", "denied", nil, Overlapped},
		{"one beside it", "Claim", "Farmers", nil, Missing},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t, first)
			theirs := d.layered("ben", "Claim", "denied the leak", denial)
			d.layered("cy", tt.label, tt.words, tt.attribute)
			d.reread()
			require.NoError(t, d.ToggleLanes())
			d.until(func() bool { return len(d.Lanes()) == 2 })
			span, _ := d.LaneSpan(theirs)
			compared := d.Compare(span)
			require.Len(t, compared, 1, "one's own layer says nothing yet")
			assert.Equal(t, "cy", compared[0].Annotator)
			assert.Equal(t, tt.want, compared[0].Likeness)
			assert.Equal(t, tt.want == Missing, compared[0].Span == nil)
			assert.Equal(t, tt.want == Same, d.Agreed(span))

			d.span("Source", "Farmers")
			assert.Len(t, d.Compare(span), 2, "now it does")
			assert.False(t, d.Agreed(span))
		})
	}
}

func TestHighlightingAcrossLanesRepaintsWhereTheyAre(t *testing.T) {
	d := newDesk(t, first)
	theirs := d.layered("ben", "Claim", "the lake fell", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })
	d.span("Source", "Farmers")
	mine := d.Focused()
	d.events = nil
	d.HighlightAcross(mine, theirs)
	require.Equal(t, []annotate.ID{mine, theirs}, d.Across())
	require.Len(t, d.events, 1)
	require.ElementsMatch(t, []annotate.Fragment{{Start: 30, End: 37}, {Start: 43, End: 56}}, d.events[0].Dirty)
	d.HighlightAcross()
	require.Empty(t, d.Across())
}

func TestTagsTellAnnotatorsApart(t *testing.T) {
	for _, tt := range []struct{ names, want []string }{
		{[]string{"asha", "ben", "cy"}, []string{"As", "Be", "Cy"}},
		{[]string{"Ann", "anna", "Anja Lind"}, []string{"An", "An2", "AL"}},
		{[]string{"j.doe@example.org", "x", ""}, []string{"JO", "X", "?"}},
		{[]string{"अमित कुमार", "محمد"}, []string{"अकु", "مح"}},
	} {
		require.Equal(t, tt.want, tagsOf(tt.names))
	}
}

func TestDifferencesAreGoneThroughInReadingOrder(t *testing.T) {
	d := newDesk(t, first)
	d.FocusDifference(true)
	require.Contains(t, d.Message().Text, "No layers")
	agreed := []annotate.ID{d.layered("ben", "Cue", "denied", nil), d.layered("cy", "Cue", "denied", nil)}
	want := []annotate.ID{
		d.layered("ben", "Source", "The minister", nil),
		d.layered("cy", "Target", "The minister", nil),
		d.layered("cy", "Target", "minister", nil),
		d.layered("ben", "Claim", "the lake", nil),
		d.layered("ben", "Claim", "the lake fell", nil),
		d.layered("cy", "Claim", "lake fell", nil),
	}
	want[3], want[4] = want[4], want[3] // the longer one is first
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 2 })
	walk := func(forward bool) (met []annotate.ID) {
		for range want {
			d.FocusDifference(forward)
			span, _ := d.Foreign()
			require.NotContains(t, agreed, span.ID)
			met = append(met, span.ID)
		}
		return met
	}
	require.Equal(t, want, walk(true))
	require.Equal(t, want, walk(true), "and around the end")
	slices.Reverse(want)
	d.FocusDifference(true)
	require.Equal(t, want, walk(false), "and back")
}

func TestWhereLanesDoNotDifferThereIsNothingToGoTo(t *testing.T) {
	d := newDesk(t, first)
	d.layered("ben", "Cue", "denied", nil)
	d.layered("cy", "Cue", "denied", nil)
	d.reread()
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 2 })
	d.FocusDifference(true)
	none, _ := d.Foreign()
	require.Nil(t, none)
	require.Contains(t, d.Message().Text, "do not differ")
}

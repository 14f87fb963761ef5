package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/report"
)

func TestFeedbackIsReadByKindAndLabelAndLeadsToItsPlace(t *testing.T) {
	d := newDesk(t, article())
	own := d.label("Claim", "Not one litre")
	d.Focus("")
	d.settle()
	document := d.Document()
	at := strings.Index(document.Text, "insisted")
	cue := annotate.Fragment{Start: at, End: at + len("insisted")}
	f := NewFeedback(d.Session)
	closed := 0
	f.OnClose = func() { closed++ }
	w := show(t, f.Object(), 900, 600)
	assert.Equal(t, "Reading the project…", f.title.text)
	f.Set(&report.Feedback{Annotator: "asha", Decided: 9, Lessons: []report.Lesson{
		{Document: document.ID, Name: document.Name, Entity: own.ID, Place: own.Fragments[0], Label: "Claim", About: "Not one litre", Own: "Claim “Not one litre”", Why: "no claim", Unclear: true, Comments: []string{"lea: see 3.1"}},
		{Document: document.ID, Name: document.Name, Place: cue, Label: "Cue", About: "insisted", Decided: "Cue “insisted”", Why: "took ben"},
	}, Reviews: []report.Review{{Name: document.Name, Review: &annotate.Review{Document: document.ID, Annotator: "asha", Status: annotate.Returned, By: "lea", Comment: "the cues"}}}})
	f.Focus(w.Canvas())
	key := func(name fyne.KeyName) { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	listed := func() (rows []string) {
		for i := range f.list.length() {
			rows = append(rows, f.row(i).label+": "+f.row(i).text)
		}
		return rows
	}
	assert.Equal(t, "9 decisions about what you had a part in; 2 otherwise than you had it", f.title.text)
	tooMuch, missed, review := "too much: "+document.Name+" · Not one litre", "missed: "+document.Name+" · insisted", "returned: "+document.Name+" · the cues"
	seen := map[string][]string{}
	for range f.kinds {
		seen[f.kinds[f.kind].name] = listed()
		key(fyne.KeyRight)
	}
	assert.Equal(t, map[string][]string{
		"all": {tooMuch, missed, review}, "missed: you had nothing": {missed}, "too much: nothing was decided": {tooMuch},
		"the guideline is unclear": {tooMuch}, "with comments": {tooMuch}, "reviews": {review}, "Claim": {tooMuch}, "Cue": {missed},
	}, seen)
	assert.True(t, f.row(0).open, "somebody commented")

	var shown []string
	for _, part := range f.detail.stack.parts {
		shown = append(shown, part.(*prose).text)
	}
	assert.Equal(t, []string{
		"IN", document.Name, "ABOUT", "Not one litre", "YOU HAD", "Claim “Not one litre”", "DECIDED", "nothing", "WHY", "no claim",
		"GUIDELINE", "It does not say what is right here.", "COMMENT", "lea: see 3.1",
	}, shown)
	key(fyne.KeyReturn)
	assert.Equal(t, own.ID, d.Focused())
	key(fyne.KeyDown)
	key(fyne.KeyReturn)
	require.Equal(t, cue, d.Selection())
	assert.Equal(t, 2, closed)
}

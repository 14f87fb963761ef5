package session

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

const schemeYAML = `
name: test
spans:
  - {label: Claim, key: "1", attributes: [{name: type, kind: choice, values: [{name: denial}, {name: demand}]}]}
  - {label: Source, key: "2"}
  - {label: Cue, key: "3"}
  - {label: Target, key: "4"}
relations:
  - label: attribution
    apart: true
    roles:
      - {name: source, labels: [Source], implicit: true}
      - {name: cue, labels: [Cue], max: 1}
      - {name: content, labels: [Claim], min: 1}
  - {label: about, roles: [{name: head, labels: [Claim], min: 1, max: 1}, {name: tail, labels: [Target], min: 1, max: 1}]}
  - {label: supports, scope: project, roles: [{name: head, labels: [Claim], min: 1, max: 1}, {name: tail, labels: [Claim], min: 1, max: 1}]}
  - {label: attacks, roles: [{name: head, labels: [Claim], min: 1, max: 1}, {name: tail, labels: [Claim], min: 1, max: 1}]}
flags: [discuss, unsure]
`

const (
	first  = "The minister denied the leak. Farmers said the lake fell."
	second = "The council insists on its figures."
)

// desk is a session with the goroutine it belongs to: the test's own, which runs
// posted functions while it waits.
type desk struct {
	*Session
	t      *testing.T
	posted chan func()
	path   string
	events []Event
}

func newDesk(t *testing.T, texts ...string) *desk {
	t.Helper()
	return newDeskOf(t, schemeYAML, texts...)
}

// newDeskOf is newDesk with a scheme of its own.
func newDeskOf(t *testing.T, schemeYAML string, texts ...string) *desk {
	t.Helper()
	scheme, err := annotate.ParseScheme("test.yaml", []byte(schemeYAML))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "p.spanwright")
	project, err := store.Create(path, scheme)
	require.NoError(t, err)
	for i, text := range texts {
		_, err = project.Apply(annotate.Change{
			Annotator: "importer", After: annotate.NewDocument(string(rune('a'+i))+".txt", text),
		})
		require.NoError(t, err)
	}
	require.NoError(t, project.Close())
	return sitDown(t, path, "asha")
}

// sitDown opens a project file and its first document.
func sitDown(t *testing.T, path, annotator string) *desk {
	t.Helper()
	project, err := store.Open(path)
	require.NoError(t, err)
	d := &desk{t: t, posted: make(chan func(), 1000), path: path}
	d.Session, err = New(project, Options{Annotator: annotator, Post: func(f func()) { d.posted <- f }})
	require.NoError(t, err)
	d.Subscribe(func(e Event) { d.events = append(d.events, e) })
	require.NoError(t, d.OpenFirst(""))
	if n, err := project.CountDocuments(store.DocumentQuery{}); err == nil && n > 0 {
		d.until(func() bool { return d.Document() != nil && d.links.fresh[habitsKey] })
	}
	t.Cleanup(func() { d.getUp() })
	return d
}

// until runs what is posted until a condition holds.
func (d *desk) until(done func() bool) {
	d.t.Helper()
	deadline := time.After(2 * time.Minute)
	for !done() {
		select {
		case f := <-d.posted:
			f()
		case <-deadline:
			d.t.Fatalf("waited in vain; last message: %q", d.Message().Text)
		}
	}
}

func (d *desk) saved() {
	d.t.Helper()
	d.until(func() bool { return d.Saved().Pending == 0 })
}

// getUp closes the project; a second time it does nothing.
func (d *desk) getUp() {
	if d.Session == nil {
		return
	}
	d.saved()
	require.NoError(d.t, d.Close())
	d.Session = nil
}

// span labels the first place where words stand.
func (d *desk) span(label, words string) *annotate.Span {
	d.t.Helper()
	d.Select(d.place(words))
	require.NoError(d.t, d.Label(label))
	return d.FocusedSpan()
}

func (d *desk) place(words string) annotate.Fragment {
	d.t.Helper()
	text := d.Body().Text()
	for i := range text {
		if len(text)-i >= len(words) && text[i:i+len(words)] == words {
			return annotate.Fragment{Start: i, End: i + len(words)}
		}
	}
	d.t.Fatalf("%q is not in the text", words)
	return annotate.Fragment{}
}

func (d *desk) words(f annotate.Fragment) string { return d.Body().Text()[f.Start:f.End] }

// spans returns "Label: covered text" of every span in reading order.
func (d *desk) spans() []string {
	var found []string
	for s := range d.Layer().Spans() {
		found = append(found, s.Label+": "+s.Covered(d.Body().Text()))
	}
	return found
}

func TestDocumentOpensWithTheCursorOnItsFirstToken(t *testing.T) {
	d := newDesk(t, first)
	require.Equal(t, "The", d.words(d.Cursor()))
	require.True(t, d.Selection().Empty())
}

func TestNPressesOfShiftRightSelectNTokens(t *testing.T) {
	d := newDesk(t, first)
	for range 3 {
		d.ExtendToken(true)
	}
	require.Equal(t, "The minister denied", d.words(d.Selection()))
	d.ExtendToken(false)
	require.Equal(t, "The minister", d.words(d.Selection()))
	d.ExtendToken(false)
	d.ExtendToken(false)
	require.True(t, d.Selection().Empty())
	d.MoveTo(len("The minister "))
	d.ExtendToken(false)
	d.ExtendToken(false)
	require.Equal(t, "minister denied", d.words(d.Selection()))
}

func TestSentencesAndCharactersExtendTheSelection(t *testing.T) {
	d := newDesk(t, first)
	d.MoveTo(len("The "))
	d.ExtendSentence(true)
	require.Equal(t, "minister denied the leak.", d.words(d.Selection()))
	d.ExtendSentence(true)
	require.Equal(t, "minister denied the leak. Farmers said the lake fell.", d.words(d.Selection()))
	d.MoveTo(0)
	d.ExtendCluster(true)
	d.ExtendCluster(true)
	require.Equal(t, "Th", d.words(d.Selection()))
	d.MoveSentence(true)
	require.Equal(t, "Farmers", d.words(d.Cursor()))
}

func TestGrowAndShrinkGoThroughTheUnitsOfText(t *testing.T) {
	d := newDesk(t, "He left. “The mud, she said, is new. It stinks.” Nobody came.\nLast line.")
	d.MoveTo(d.place("mud").Start)
	want := []string{
		"mud", "The mud", "The mud, she said, is new. It stinks.",
		"He left. “The mud, she said, is new. It stinks.” Nobody came.",
	}
	var grown []string
	for range 4 {
		d.Grow()
		grown = append(grown, d.words(d.Selection()))
	}
	d.Grow()
	require.Equal(t, want[3], d.words(d.Selection()), "a paragraph is the largest")
	require.Equal(t, want, grown)
	for i := 2; i >= 0; i-- {
		d.Shrink()
		require.Equal(t, want[i], d.words(d.Selection()))
	}
	d.Shrink()
	require.True(t, d.Selection().Empty())
	require.Equal(t, "mud", d.words(d.Cursor()))
}

func TestLabelKeyLabelsSelectionThenRelabelsFocusThenArms(t *testing.T) {
	d := newDesk(t, first)
	d.Select(d.place("the leak"))
	require.NoError(t, d.Label("Claim"))
	require.Equal(t, []string{"Claim: the leak"}, d.spans())
	require.True(t, d.Selection().Empty())
	require.Equal(t, "Claim", d.FocusedSpan().Label)
	require.Equal(t, "leak", d.words(d.Cursor()))

	require.NoError(t, d.Label("Target"))
	require.Equal(t, []string{"Target: the leak"}, d.spans())

	d.Cancel() // unfocus
	require.NoError(t, d.Label("Source"))
	require.Equal(t, "Source", d.Armed())
	d.Select(d.place("Farmers"))
	d.SweepDone()
	d.Select(d.place("minister"))
	d.SweepDone()
	require.Equal(t, []string{"Source: minister", "Target: the leak", "Source: Farmers"}, d.spans())
	d.Cancel()
	require.Empty(t, d.Armed())
}

func TestSameSpanTwiceIsFocusedNotDoubled(t *testing.T) {
	d := newDesk(t, first)
	s := d.span("Claim", "the leak")
	d.Focus("")
	d.span("Claim", "the leak")
	require.Len(t, d.spans(), 1)
	require.Equal(t, s.ID, d.Focused())
}

func TestRelabellingDropsAttributesTheNewLabelLacks(t *testing.T) {
	d := newDesk(t, first)
	s := d.span("Claim", "the leak")
	require.NoError(t, d.SetAttribute(s.ID, "type", annotate.Text("denial"), true))
	require.NoError(t, d.Label("Source"))
	require.Empty(t, d.FocusedSpan().Attributes)
	require.Empty(t, d.Violations(s.ID))
}

func TestRelabellingTellsOfRelationsItBreaks(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "the lake fell")
	d.span("Target", "lake")
	require.NoError(t, d.StartRelation())
	d.TypeHint('a')
	require.NoError(t, d.Label("Source"))
	require.Equal(t, "Now the tail of relation about must be Target, not Source.", d.Message().Text)
}

func TestBracketsMoveTheEdgesByTokens(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "denied the")
	for _, step := range []struct {
		start, left bool
		want        string
	}{
		{true, true, "minister denied the"},
		{false, false, "minister denied the leak"},
		{true, false, "denied the leak"},
		{false, true, "denied the"},
		{false, true, "denied"},
		{false, true, "denied"}, // a span keeps a token
	} {
		require.NoError(t, d.MoveEdge(step.start, step.left))
		require.Equal(t, []string{"Claim: " + step.want}, d.spans())
	}
}

func TestPlusAddsAndXCutsFragments(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "The minister denied the leak")
	d.Select(d.place("denied"))
	require.NoError(t, d.CutFragment())
	require.Equal(t, []annotate.Fragment{{Start: 0, End: 12}, {Start: 20, End: 28}}, d.FocusedSpan().Fragments)
	d.Select(d.place("the lake fell"))
	require.NoError(t, d.AddFragment())
	require.Equal(t, []string{"Claim: The minister the leak the lake fell"}, d.spans())
	d.Select(d.place("minister denied the leak"))
	require.NoError(t, d.AddFragment())
	require.Equal(t, []string{"Claim: The minister denied the leak the lake fell"}, d.spans())
}

func TestTabGoesThroughSpansInReadingOrder(t *testing.T) {
	d := newDesk(t, first)
	d.span("Source", "Farmers")
	d.span("Target", "leak")
	d.span("Claim", "The minister denied the leak.")
	d.span("Source", "The minister")
	d.Focus("")
	d.MoveTo(0)
	var seen []string
	for range 5 {
		d.FocusNext(true)
		seen = append(seen, d.FocusedSpan().Label)
	}
	require.Equal(t, []string{"Claim", "Source", "Target", "Source", "Claim"}, seen)
	d.FocusNext(false)
	require.Equal(t, "Farmers", d.FocusedSpan().Covered(d.Body().Text()))
}

func TestOneLegalRelationIsMadeAtOnce(t *testing.T) {
	d := newDesk(t, first)
	claim := d.span("Claim", "the lake fell")
	target := d.span("Target", "lake")
	require.NoError(t, d.StartRelation())
	require.Equal(t, []Target{{Span: claim.ID, Hint: "a"}}, d.Targets())
	require.True(t, d.TypeHint('a'))
	r := d.Layer().Relations()
	require.Len(t, r, 1)
	require.Equal(t, "about", r[0].Label)
	require.Equal(t, []annotate.Argument{{Role: "head", Span: claim.ID}, {Role: "tail", Span: target.ID}}, r[0].Arguments)
	require.Empty(t, d.Relating())
}

func TestWhatIsRelatedAlreadyIsNotCalledIllegal(t *testing.T) {
	d := newDesk(t, first)
	source, claim := d.span("Source", "minister"), d.span("Claim", "the leak")
	for _, says := range []string{"Related: attribution.", "This Source and this Claim are related already."} {
		d.Focus(source.ID)
		require.NoError(t, d.StartRelation())
		d.PickTarget(claim.ID)
		require.Equal(t, says, d.Message().Text)
	}
}

func TestSeveralLegalRelationsAreOffered(t *testing.T) {
	d := newDesk(t, first)
	one := d.span("Claim", "the leak")
	two := d.span("Claim", "the lake fell")
	require.NoError(t, d.StartRelation())
	d.PickTarget(one.ID)
	require.Equal(t, []string{"supports", "attacks"}, []string{d.RelationChoices()[0].Title, d.RelationChoices()[1].Title})
	d.ChooseRelation(1)
	require.Equal(t, "attacks", d.Layer().Relations()[0].Label)
	require.Equal(t, two.ID, d.Layer().Relations()[0].Arguments[0].Span)
}

func TestFramesGrowByRelatingToTheCue(t *testing.T) {
	d := newDesk(t, first)
	source := d.span("Source", "Farmers")
	claim := d.span("Claim", "the lake fell")
	cue := d.span("Cue", "said")
	for _, target := range []annotate.ID{source.ID, claim.ID} {
		d.Focus(cue.ID)
		require.NoError(t, d.StartRelation())
		d.PickTarget(target)
	}
	require.Len(t, d.Layer().Relations(), 1)
	require.Equal(t, []annotate.Argument{
		{Role: "source", Span: source.ID}, {Role: "cue", Span: cue.ID}, {Role: "content", Span: claim.ID},
	}, d.Layer().Relations()[0].Arguments)

	// A second claim of the same source may join the frame or begin its own.
	other := d.span("Claim", "the leak")
	d.Focus(source.ID)
	require.NoError(t, d.StartRelation())
	require.False(t, d.Legal(claim.ID))
	d.PickTarget(other.ID)
	require.Equal(t, []string{"new attribution", "attribution · content"}, []string{d.RelationChoices()[0].Title, d.RelationChoices()[1].Title})
}

func TestTabOffersTheNearestTargetFirst(t *testing.T) {
	d := newDesk(t, first)
	d.span("Source", "The minister")
	far := d.span("Cue", "denied")
	near := d.span("Source", "Farmers")
	d.span("Claim", "the lake fell")
	require.NoError(t, d.StartRelation())
	d.CycleTarget(true)
	require.Equal(t, near.ID, d.Candidate())
	d.CycleTarget(true)
	require.Equal(t, far.ID, d.Candidate())
	d.CycleTarget(false)
	d.PickCandidate()
	require.Len(t, d.RelationsOf(near.ID), 1)
}

func TestChoicesOfTheSameNameAreToldApart(t *testing.T) {
	d := newDesk(t, first)
	for _, pair := range [][2]string{{"denied", "the leak"}, {"said", "the lake fell"}} {
		claim := d.span("Claim", pair[1])
		d.span("Cue", pair[0])
		require.NoError(t, d.StartRelation())
		d.PickTarget(claim.ID)
	}
	var claims []annotate.ID
	for s := range d.Layer().Spans() {
		if s.Label == "Claim" {
			claims = append(claims, s.ID)
		}
	}
	d.Focus(claims[0])
	require.NoError(t, d.StartRelation())
	d.PickTarget(claims[1])
	var titles []string
	for _, c := range d.RelationChoices() {
		titles = append(titles, c.Title)
	}
	require.Equal(t, []string{"attribution · content of “denied”", "attribution · content of “said”", "supports", "attacks"}, titles)
}

func TestAFillerTakesThePlaceOfAnImplicitOne(t *testing.T) {
	d := newDesk(t, first)
	claim := d.span("Claim", "the lake fell")
	d.span("Cue", "said")
	require.NoError(t, d.StartRelation())
	d.PickTarget(claim.ID)
	r := d.Layer().Relations()[0]
	require.NoError(t, d.SetImplicit(r.ID, "source", true))
	require.Equal(t, annotate.Argument{Role: "source", Implicit: true}, d.Layer().Relation(r.ID).Arguments[0])
	source := d.span("Source", "Farmers")
	require.NoError(t, d.StartRelation())
	d.PickTarget(claim.ID)
	require.Equal(t, annotate.Argument{Role: "source", Span: source.ID}, d.Layer().Relation(r.ID).Arguments[0])
	require.Len(t, d.Layer().Relation(r.ID).Arguments, 3)
}

func TestRelationsMayCrossDocumentsWhereTheSchemeLetsThem(t *testing.T) {
	d := newDesk(t, first, second)
	from := d.span("Claim", "the leak")
	require.NoError(t, d.StartRelation())
	require.NoError(t, d.NextDocument(true))
	d.until(func() bool { return d.Document().Name == "b.txt" })
	require.Equal(t, from.ID, d.Relating())
	d.Select(d.place("its figures"))
	require.NoError(t, d.Label("Claim"))
	to := d.FocusedSpan()
	d.PickTarget(to.ID)
	require.Len(t, d.Layer().Relations(), 1)
	r := d.Layer().Relations()[0]
	require.Equal(t, "supports", r.Label)
	require.Equal(t, from.Document, r.Document)
	require.NotEmpty(t, d.Focused())
	require.Equal(t, annotate.Argument{Role: "tail", Span: to.ID, Document: to.Document}, r.Arguments[1])
	d.saved()
	require.NoError(t, d.NextDocument(false))
	d.until(func() bool { return d.Document().Name == "a.txt" })
	require.Len(t, d.RelationsOf(from.ID), 1)
	require.NoError(t, d.NextDocument(true))
	d.until(func() bool { return d.Document().Name == "b.txt" })
	require.Len(t, d.RelationsOf(to.ID), 1, "a relation shows in both documents it joins")
}

func TestDeletingASpanTakesItsRelationsAlongAndUndoBringsBothBack(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "the lake fell")
	target := d.span("Target", "lake")
	require.NoError(t, d.StartRelation())
	d.TypeHint('a')
	before := d.spans()
	d.Focus(target.ID)
	require.NoError(t, d.Delete())
	require.Len(t, d.spans(), 1)
	require.Empty(t, d.Layer().Relations())
	d.Undo()
	d.saved()
	require.Equal(t, before, d.spans())
	require.Len(t, d.Layer().Relations(), 1)
	d.Redo()
	d.saved()
	require.Len(t, d.spans(), 1)
}

func TestUndoGoesBackAcrossDocumentsAndRestarts(t *testing.T) {
	d := newDesk(t, first, second)
	d.span("Claim", "the leak")
	require.NoError(t, d.Finish())
	d.until(func() bool { return d.Document().Name == "b.txt" })
	d.span("Source", "council")
	d.getUp()

	again := sitDown(t, d.path, "asha")
	require.Equal(t, "b.txt", again.Document().Name, "the first document not done is opened")
	require.Equal(t, []string{"Source: council"}, again.spans())
	again.Undo()
	again.saved()
	require.Empty(t, again.spans())
	again.Undo() // the mark “done” of the other document
	again.until(func() bool { return again.Document().Name == "a.txt" })
	require.Equal(t, annotate.InProgress, again.Layer().Assessment.Status)
	again.Undo()
	again.saved()
	require.Empty(t, again.spans())
	require.Equal(t, annotate.New, again.Layer().Assessment.Status)
	again.Undo()
	again.saved()
	require.True(t, again.Message().Error)
	again.Redo()
	again.saved()
	require.Equal(t, []string{"Claim: the leak"}, again.spans())
}

func TestADocumentSaidToBeNewCanBeBegun(t *testing.T) {
	d := newDesk(t, first)
	require.NoError(t, d.SetDocumentNote("later"))
	require.NoError(t, d.SetDocumentNote(""))
	require.NoError(t, d.SetStatus(annotate.New))
	d.saved()
	d.getUp()
	again := sitDown(t, d.path, "asha")
	again.span("Claim", "the leak")
	again.saved()
	require.False(t, again.Message().Error)
	require.Equal(t, annotate.InProgress, again.Layer().Assessment.Status)
}

func TestSavedIsSaidOnlyAfterTheCommit(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "the leak")
	require.Equal(t, 1, d.Saved().Pending)
	d.saved()
	other, err := store.Open(d.path)
	require.NoError(t, err)
	layer, err := other.Layer(d.Document().ID, "asha")
	require.NoError(t, err)
	require.Equal(t, 1, layer.SpanCount())
	require.NoError(t, other.Close())
	require.False(t, d.Saved().At.IsZero())
}

func TestARefusedEditStaysIsShownUnsavedAndGoesThroughLater(t *testing.T) {
	t.Parallel()
	d := newDesk(t, first)
	blocker, err := sql.Open("sqlite3", d.path+"?_txlock=immediate&_busy_timeout=100")
	require.NoError(t, err)
	defer blocker.Close()
	held, err := blocker.Begin() // as another program that writes and does not end
	require.NoError(t, err)

	d.span("Claim", "the leak")
	d.until(func() bool { return d.Saved().Err != nil })
	require.Equal(t, []string{"Claim: the leak"}, d.spans())
	require.Equal(t, 1, d.Saved().Pending)
	d.Select(d.place("Farmers"))
	require.ErrorContains(t, d.Label("Source"), "editing waits")

	require.NoError(t, held.Rollback())
	d.Retry()
	d.saved()
	require.NoError(t, d.Saved().Err)
	layer, err := d.Project().Layer(d.Document().ID, "asha")
	require.NoError(t, err)
	require.Equal(t, 1, layer.SpanCount())
}

func TestARefusedEditCanBeSavedElsewhere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, first)
	blocker, err := sql.Open("sqlite3", d.path+"?_txlock=immediate&_busy_timeout=100")
	require.NoError(t, err)
	defer blocker.Close()
	held, err := blocker.Begin()
	require.NoError(t, err)
	d.span("Claim", "the leak")
	d.until(func() bool { return d.Saved().Err != nil })
	other := filepath.Join(t.TempDir(), "rescued.spanwright")
	require.NoError(t, d.SaveElsewhere(other))
	d.saved()
	require.Equal(t, other, d.Project().Path())
	layer, err := d.Project().Layer(d.Document().ID, "asha")
	require.NoError(t, err)
	require.Equal(t, 1, layer.SpanCount())
	require.NoError(t, held.Rollback())
}

func TestWhatAnotherProgramWritesIsTakenInWithoutMovingAnything(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "the leak")
	d.saved()
	d.Select(d.place("Farmers"))
	other, err := store.Open(d.path)
	require.NoError(t, err)
	_, err = other.Apply(annotate.Change{Annotator: "asha", After: &annotate.Span{
		ID: "elsewhere", Document: d.Document().ID, Annotator: "asha", Label: "Source",
		Fragments: []annotate.Fragment{d.place("minister")},
	}})
	require.NoError(t, err)
	require.NoError(t, other.Close())
	focused := d.Focused()
	d.events = nil
	require.NoError(t, d.Refresh())
	d.until(func() bool { return len(d.spans()) == 2 })
	require.Equal(t, focused, d.Focused())
	require.Equal(t, "Farmers", d.words(d.Selection()))
	require.False(t, slices.ContainsFunc(d.events, func(e Event) bool { return e.Is(Opened) || !e.Reveal.Empty() }))
}

func TestAnEditCommittedWhileTheDocumentIsReadAgainIsNotLostFromView(t *testing.T) {
	d := newDesk(t, first)
	d.OpenDocument(d.Document().ID)
	late := <-d.posted // read before the edit, delivered after its commit
	d.span("Claim", "the leak")
	d.saved()
	late()
	require.Equal(t, []string{"Claim: the leak"}, d.spans())
	d.events = nil
	d.until(func() bool { return slices.ContainsFunc(d.events, func(e Event) bool { return e.Is(Opened) }) })
	require.Equal(t, []string{"Claim: the leak"}, d.spans())
}

func TestReadingADocumentAgainLeavesCursorAndFocusWhereTheyHaveGone(t *testing.T) {
	d := newDesk(t, first)
	d.Focus(d.span("Claim", "the leak").ID)
	d.saved()
	require.NoError(t, d.Refresh())
	d.MoveTo(d.place("lake").Start) // before what was read while the claim had the focus is delivered
	d.Focus("")
	d.events = nil
	d.until(func() bool { return slices.ContainsFunc(d.events, func(e Event) bool { return e.Is(Edited | Opened) }) })
	require.Equal(t, d.place("lake"), d.Cursor())
	require.Empty(t, d.Focused())
}

func TestReadingADocumentAgainDoesNotStopAnotherFromOpening(t *testing.T) {
	d := newDesk(t, first, second)
	require.NoError(t, d.NextDocument(true))
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Document().Name == "b.txt" })
}

func TestFinishingTheLastUnfinishedDocumentSaysSo(t *testing.T) {
	d := newDesk(t, first, second)
	require.NoError(t, d.Finish())
	d.until(func() bool { return d.Document().Name == "b.txt" })
	require.NoError(t, d.Finish())
	d.until(func() bool { return d.Message().Text == "Every document is done." })
	d.saved()
	require.Equal(t, "b.txt", d.Document().Name)
}

func TestAnotherAnnotatorsLayerIsNotTouched(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "the leak")
	d.getUp()
	other := sitDown(t, d.path, "boris")
	require.Empty(t, other.spans())
	other.Undo()
	other.saved()
	require.True(t, other.Message().Error)
	other.span("Source", "Farmers")
	other.getUp()
	again := sitDown(t, d.path, "asha")
	require.Equal(t, []string{"Claim: the leak"}, again.spans())
}

func TestFindGoesRoundTheDocumentWhateverTheCase(t *testing.T) {
	d := newDesk(t, first)
	var at []int
	for range 3 {
		require.True(t, d.Find("THE", true))
		at = append(at, d.Selection().Start)
	}
	require.Equal(t, []int{0, 20, 43}, at)
	require.True(t, d.Find("the", true))
	require.Equal(t, 0, d.Selection().Start)
	require.True(t, d.Find("the", false))
	require.Equal(t, 43, d.Selection().Start)
	require.False(t, d.Find("absent", true))
	require.True(t, d.Find("armer", true))
	require.Equal(t, "Farmers", d.words(d.Selection()), "what is found is selected by whole tokens")
}

func TestFindGoesOnFromWithinAWord(t *testing.T) {
	d := newDesk(t, "Bananas for reporters, reported from Havana.")
	for _, test := range []struct {
		words   string
		forward bool
		want    string
	}{
		{"port", true, "reporters"},
		{"port", true, "reported"},
		{"port", true, "reporters"},
		{"port", false, "reported"},
		{"ana", true, "Havana"},
		{"an", true, "Bananas"}, // where it stands twice
		{"an", true, "Havana"},
	} {
		require.True(t, d.Find(test.words, test.forward))
		require.Equal(t, test.want, d.words(d.Selection()))
		require.True(t, d.AtHit())
	}
	d.ExtendToken(false)
	require.False(t, d.AtHit())
}

func TestListIsFilteredByNameAndStatus(t *testing.T) {
	d := newDesk(t, first, second)
	require.NoError(t, d.SetStatus(annotate.Done))
	d.saved()
	d.List().SetFilter("state:done")
	d.until(func() bool { return d.List().Len() == 1 })
	row, ok := d.List().Row(0)
	require.True(t, ok)
	require.Equal(t, "a.txt", row.Name)
	require.Equal(t, store.Progress{Total: 2, Done: 1}, d.List().Progress())
	d.List().SetFilter("B.T")
	d.until(func() bool { r, _ := d.List().Row(0); return r.Name == "b.txt" })
	require.Equal(t, -1, d.List().Position())
}

func TestFlagsGoRoundAndNotesStay(t *testing.T) {
	d := newDesk(t, first)
	s := d.span("Claim", "the leak")
	var flags []string
	for range 3 {
		require.NoError(t, d.CycleFlag())
		flags = append(flags, d.FocusedSpan().Flag)
	}
	require.Equal(t, []string{"discuss", "unsure", ""}, flags)
	require.NoError(t, d.SetNote(s.ID, "ask the editor"))
	require.Equal(t, "ask the editor", d.FocusedSpan().Note)
	d.Focus("")
	require.NoError(t, d.CycleFlag())
	require.Equal(t, "discuss", d.Layer().Assessment.Flag)
}

func TestAnEmptyProjectSaysSoInsteadOfFailing(t *testing.T) {
	d := newDesk(t)
	require.Nil(t, d.Document())
	d.MoveTo(0)
	d.ExtendToken(true)
	d.FocusNext(true)
	require.Error(t, d.SetStatus(annotate.Done))
	require.Contains(t, d.Message().Text, "no document")
	require.True(t, slices.ContainsFunc(d.events, func(e Event) bool { return e.Is(Opened) }))
}

func TestHintsAreDistinctAndNoneBeginsAnother(t *testing.T) {
	for _, n := range []int{1, len(hintLetters), len(hintLetters) + 1, 700} {
		seen := map[string]bool{}
		for i := range n {
			h := hint(i, n)
			require.False(t, seen[h])
			require.Len(t, h, len(hint(0, n)))
			seen[h] = true
		}
	}
}

func TestWhatIsReadWhenTheProjectIsClosedIsForNobody(t *testing.T) {
	d := newDesk(t, first)
	s := d.Session
	d.getUp()
	told := len(d.events)
	s.emit(Event{Kind: Opened}) // as a document does that was being read
	require.Len(t, d.events, told)
}

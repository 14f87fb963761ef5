package panel

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// inspect shows the inspector of a desk whose document has one Claim, focused.
func inspect(t *testing.T) (*desk, *Inspector, fyne.Window, *annotate.Span) {
	t.Helper()
	d := newDesk(t, article())
	span := d.label("Claim", "Not one litre has left the lake,")
	n := NewInspector(d.Session)
	w := show(t, n.Object(), 306, 600)
	return d, n, w, span
}

func (n *Inspector) flow(t *testing.T, key string) *flow {
	t.Helper()
	return n.line(t, key).stop().(*flow)
}

func (n *Inspector) entry(t *testing.T, key string) *entry {
	t.Helper()
	return n.line(t, key).stop().(*entry)
}

func TestChoosingAPillSetsTheAttribute(t *testing.T) {
	d, n, _, span := inspect(t)
	value := func() (annotate.Value, bool) {
		v, set := d.Layer().Span(span.ID).Attributes["type"]
		return v, set
	}
	f := n.flow(t, "attribute type")
	assert.Equal(t, []string{"assertion", "denial", "demand"}, f.words())

	i, at := f.item(t, "denial")
	click(f, at)
	v, _ := value()
	assert.Equal(t, annotate.Text("denial"), v)
	assert.True(t, n.flow(t, "attribute type").items[i].on)

	click(n.flow(t, "attribute type"), at)
	_, set := value()
	assert.False(t, set, "a click on the chosen pill clears it")
}

func TestKeysChooseValues(t *testing.T) {
	d, n, w, span := inspect(t)
	n.FocusFirst()
	f := n.flow(t, "attribute type")
	require.Same(t, f, w.Canvas().Focused())
	attributes := func() map[string]annotate.Value { return d.Layer().Span(span.ID).Attributes }

	f.TypedRune('3')
	assert.Equal(t, annotate.Text("demand"), attributes()["type"])
	press(f, fyne.KeyLeft, fyne.KeySpace)
	assert.Equal(t, annotate.Text("denial"), attributes()["type"])
	require.Same(t, f, w.Canvas().Focused(), "an edit leaves the keyboard where it is")

	press(f, fyne.KeyDown)
	tags := n.flow(t, "attribute tags")
	require.Same(t, tags, w.Canvas().Focused())
	tags.TypedRune('3')
	tags.TypedRune('1')
	assert.Equal(t, annotate.Choices("legal", "past"), attributes()["tags"], "in the scheme's order")
	tags.TypedRune('3')
	assert.Equal(t, annotate.Choices("legal"), attributes()["tags"])

	press(tags, fyne.KeyDown)
	sure := n.flow(t, "attribute sure")
	press(sure, fyne.KeyRight, fyne.KeyReturn)
	assert.Equal(t, annotate.Bool(false), attributes()["sure"])

	left := false
	n.OnLeave = func() { left = true }
	press(sure, fyne.KeyEscape)
	assert.True(t, left)
}

func TestTypedAttributesAreHandedOverWhenDone(t *testing.T) {
	d, n, w, span := inspect(t)
	attributes := func() map[string]annotate.Value { return d.Layer().Span(span.ID).Attributes }
	count := n.entry(t, "attribute count")
	w.Canvas().Focus(count)
	test.Type(count, "12")
	assert.NotContains(t, attributes(), "count")
	press(count, fyne.KeyReturn)
	twelve, _ := annotate.Number("12")
	assert.Equal(t, twelve, attributes()["count"])

	test.Type(count, "x")
	assert.Equal(t, "count must be a whole number, not 12x", n.line(t, "attribute count").(*pairLine).problem.text)
	press(count, fyne.KeyReturn)
	assert.Equal(t, twelve, attributes()["count"], "what is no number is not taken")

	words := n.entry(t, "attribute paraphrase")
	w.Canvas().Focus(words)
	test.Type(words, " nothing was taken ")
	w.Canvas().Unfocus()
	assert.Equal(t, annotate.Text("nothing was taken"), attributes()["paraphrase"])
	w.Canvas().Focus(words)
	words.SetText("")
	w.Canvas().Unfocus()
	assert.NotContains(t, attributes(), "paraphrase")
}

func TestNoteIsHandedOverOnCtrlEnterAndWhenAnotherAnnotationIsFocused(t *testing.T) {
	d, n, w, span := inspect(t)
	cue := d.label("Cue", "insisted")
	d.Focus(span.ID)
	n.FocusNote()
	note := n.entry(t, "note")
	require.Same(t, note, w.Canvas().Focused())
	test.Type(note, "is it his?")
	assert.True(t, n.Commit(), "something is being typed")
	assert.Equal(t, "is it his?", d.Layer().Span(span.ID).Note)

	test.Type(note, " ask")
	note.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, "is it his? ask", d.Layer().Span(span.ID).Note)

	note = n.entry(t, "note")
	test.Type(note, "!")
	d.Focus(cue.ID)
	assert.Equal(t, "is it his? ask!", d.Layer().Span(span.ID).Note)
	assert.Empty(t, d.Layer().Span(cue.ID).Note)
	assert.Empty(t, n.entry(t, "note").Text, "the field is the other annotation's now")
}

func TestTypedTextOutlivesOtherEdits(t *testing.T) {
	d, n, w, span := inspect(t)
	n.FocusNote()
	note := n.entry(t, "note")
	test.Type(note, "half a")
	require.NoError(t, d.SetAttribute(span.ID, "sure", annotate.Bool(true), true))
	assert.Equal(t, "half a", n.entry(t, "note").Text)
	require.Same(t, note, w.Canvas().Focused())

	require.NoError(t, d.SetAttribute(span.ID, "alien", annotate.Bool(true), true), "gives the inspector another line")
	assert.Equal(t, "half a", d.Layer().Span(span.ID).Note)
	assert.Equal(t, "half a", n.entry(t, "note").Text)
	assert.Same(t, n.entry(t, "note"), w.Canvas().Focused())
}

func TestWithoutAFocusTheDocumentIsShown(t *testing.T) {
	d, n, _, _ := inspect(t)
	d.Focus("")
	usable := n.flow(t, "attribute usable")
	_, at := usable.item(t, "yes")
	click(usable, at)
	assert.Equal(t, annotate.Bool(true), d.Layer().Assessment.Labels["usable"])

	status := n.flow(t, "status")
	_, at = status.item(t, "done")
	click(status, at)
	assert.Equal(t, annotate.Done, d.Layer().Assessment.Status)

	flag := n.flow(t, "flag")
	click(flag, fyne.NewPos(5, 8))
	assert.Equal(t, "discuss", d.Layer().Assessment.Flag)
	assert.Equal(t, []string{"⚑", "discuss"}, n.flow(t, "flag").words())

	note := n.entry(t, "note")
	test.Type(note, "read twice")
	n.Commit()
	assert.Equal(t, "read twice", d.Layer().Assessment.Note)
}

func TestAttributesWithoutADefinitionAreShownWithTheirViolation(t *testing.T) {
	d, n, _, span := inspect(t)
	require.NoError(t, d.SetAttribute(span.ID, "mood", annotate.Text("glum"), true))
	assert.Equal(t, "glum", n.entry(t, "attribute mood").Text)
	problem := n.line(t, "problem 0").(*textLine)
	assert.Equal(t, "the scheme gives it no attribute mood", problem.text)
	assert.Equal(t, palette().Bad, problem.tone(palette()))

	require.NoError(t, d.SetAttribute(span.ID, "type", annotate.Text("shrug"), true))
	assert.Equal(t, []string{"assertion", "denial", "demand", "shrug"}, n.flow(t, "attribute type").words())
}

// attribution makes a claim with a cue and the relation between them, with no source.
func attribution(t *testing.T) (*desk, *Inspector, *annotate.Span, *annotate.Relation) {
	t.Helper()
	d := newDesk(t, article())
	claim := d.label("Claim", "Not one litre has left the lake,")
	cue := d.label("Cue", "insisted")
	r := d.relate("attribution", annotate.Argument{Role: "cue", Span: cue.ID}, annotate.Argument{Role: "content", Span: claim.ID})
	d.Focus(claim.ID)
	n := NewInspector(d.Session)
	show(t, n.Object(), 306, 700)
	return d, n, claim, r
}

func TestRelationsShowTheirRolesAndLeadToThem(t *testing.T) {
	d, n, _, r := attribution(t)
	f := n.flow(t, "relation "+string(r.ID))
	assert.Equal(t, []string{
		"source", "mark implicit", "cue", "“insisted”", "content", "“Not one litre has left the lake,”", "show", "×",
	}, f.words())
	_, at := f.item(t, "“insisted”")
	click(f, at)
	assert.Equal(t, "Cue", d.FocusedSpan().Label)

	f = n.flow(t, "relation "+string(r.ID))
	_, at = f.item(t, "show")
	click(f, at)
	require.NotNil(t, d.FocusedRelation())
	assert.Equal(t, []string{"“insisted”"}, n.flow(t, "role 1").words())
}

func TestRolesAreMarkedImplicitAndBack(t *testing.T) {
	d, n, _, r := attribution(t)
	key := "relation " + string(r.ID)
	_, at := n.flow(t, key).item(t, "mark implicit")
	click(n.flow(t, key), at)
	assert.Equal(t, []annotate.Argument{{Role: "source", Implicit: true}}, d.Layer().Relation(r.ID).Role("source"))
	_, at = n.flow(t, key).item(t, "implicit")
	click(n.flow(t, key), at)
	assert.Empty(t, d.Layer().Relation(r.ID).Role("source"))
}

func TestRelationIsDeletedByItsCrossOrTheDeleteKey(t *testing.T) {
	d, n, claim, r := attribution(t)
	press(n.flow(t, "relation "+string(r.ID)), fyne.KeyDelete)
	assert.Nil(t, d.Layer().Relation(r.ID))
	assert.NotNil(t, d.Layer().Span(claim.ID))
	d.settle()
	d.Undo()
	d.until(func() bool { return d.Layer().Relation(r.ID) != nil })
	d.Focus(claim.ID)
	f := n.flow(t, "relation "+string(r.ID))
	_, at := f.item(t, "×")
	click(f, at)
	assert.Nil(t, d.Layer().Relation(r.ID))
}

func TestBinaryRelationPointsAtItsOtherEnd(t *testing.T) {
	d := newDesk(t, article())
	one, two := d.label("Claim", "Not one litre"), d.label("Claim", "Velland had opened the sluice")
	r := d.relate("attacks", annotate.Argument{Role: "head", Span: one.ID}, annotate.Argument{Role: "tail", Span: two.ID})
	n := NewInspector(d.Session)
	show(t, n.Object(), 306, 600)
	key := "relation " + string(r.ID)
	d.Focus(one.ID)
	assert.Equal(t, []string{"→", "“Velland had opened the sluice”", "show", "×"}, n.flow(t, key).words())
	d.Focus(two.ID)
	assert.Equal(t, []string{"←", "“Not one litre”", "show", "×"}, n.flow(t, key).words())
}

func TestRelationToAnotherDocumentIsQuotedAndOpened(t *testing.T) {
	d := newDesk(t, article(), annotate.NewDocument("answer", "They never opened it."))
	here := d.label("Claim", "Velland had opened the sluice")
	d.settle()
	require.NoError(t, d.OpenFirst("answer"))
	d.awaitOpen("answer")
	there := d.label("Claim", "They never opened it")
	d.settle()
	require.NoError(t, d.OpenFirst("minister-denies-diversion"))
	d.awaitOpen("minister-denies-diversion")
	r := d.relate("attacks", annotate.Argument{Role: "head", Span: here.ID},
		annotate.Argument{Role: "tail", Span: there.ID, Document: there.Document})
	n := NewInspector(d.Session)
	show(t, n.Object(), 306, 600)
	d.Focus(here.ID)
	key := "relation " + string(r.ID)
	words := func(i int) string { return n.flow(t, key).words()[i] }
	d.until(func() bool { return words(1) == "“They never opened it” in answer" })
	f := n.flow(t, key)
	_, at := f.item(t, "“They never opened it” in answer")
	click(f, at)
	d.awaitOpen("answer")
	assert.Equal(t, there.ID, d.Focused())
	d.until(func() bool { return words(1) == "“Velland had opened the sluice” in minister-denies…iversion" })
	assert.Equal(t, "←", words(0))
}

func TestPointingAtAValueExplainsIt(t *testing.T) {
	_, n, _, _ := inspect(t)
	var told string
	n.OnExplain = func(guide string) { told = guide }
	f := n.flow(t, "attribute type")
	_, at := f.item(t, "denial")
	f.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	assert.Equal(t, "**denial** Rejects.", told)
	f.MouseOut()
	assert.Empty(t, told)
}

func TestInspectorWithoutADocument(t *testing.T) {
	d := newDesk(t)
	n := NewInspector(d.Session)
	show(t, n.Object(), 306, 600)
	n.FocusFirst()
	n.FocusNote()
	assert.False(t, n.Commit())
	assert.Len(t, n.lines, 1)
}

func TestRolesStayWithWhatFillsThem(t *testing.T) {
	f := newFlow(&Exits{})
	filler := item{kind: linkItem, text: "“its barges dumped mud in the lagoon”", act: func() {}}
	f.set([]item{{kind: plainItem, text: "cue"}, {kind: ownItem, text: "“has denied”"}, {kind: plainItem, text: "content"}, filler})
	f.arrange(190)
	assert.Equal(t, f.boxes[0].y, f.boxes[1].y)
	assert.Greater(t, f.boxes[2].y, f.boxes[1].y, "there is no room for role and filler beside the first two")
	assert.Equal(t, f.boxes[2].y, f.boxes[3].y)
}

func TestLongNoteIsShownWholeAndLeftWithTab(t *testing.T) {
	_, n, w, _ := inspect(t)
	note := n.entry(t, "note")
	low := note.Size().Height
	n.FocusNote()
	test.Type(note, "Why this claim was hard to label, and what the two of us should discuss about it on Monday.")
	assert.Greater(t, note.Size().Height, 2.5*low, "three lines or more, none of them typed")
	w.Canvas().FocusNext()
	assert.NotSame(t, note, w.Canvas().Focused())
	assert.False(t, note.AcceptsTab())
}

func TestTheFirstStopIsWhatMustBeSet(t *testing.T) {
	d := newDeskWith(t, []byte(`
name: reports
spans: [{label: Claim}]
relations:
  - label: answers
    roles: [{name: head, labels: [Claim]}, {name: tail, labels: [Claim]}]
    attributes:
      - {name: sure, kind: boolean}
      - {name: type, kind: choice, required: true, values: [{name: denial}, {name: support}]}
`), article())
	one, two := d.label("Claim", "Not one litre"), d.label("Claim", "Velland had opened the sluice")
	r := d.relate("answers", annotate.Argument{Role: "head", Span: one.ID}, annotate.Argument{Role: "tail", Span: two.ID})
	n := NewInspector(d.Session)
	w := show(t, n.Object(), 306, 600)
	d.Focus(r.ID)
	n.FocusFirst()
	f := n.flow(t, "attribute type")
	require.Same(t, f, w.Canvas().Focused())
	f.TypedRune('2')
	assert.Equal(t, annotate.Text("support"), d.Layer().Relation(r.ID).Attributes["type"])
	w.Canvas().Unfocus()
	n.FocusFirst()
	require.Same(t, n.flow(t, "role 0"), w.Canvas().Focused(), "with nothing to be set, from the top")
}

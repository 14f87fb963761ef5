package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
)

// answers has somebody else answer in a thread.
func (d *desk) answers(author string, thread annotate.ID, text string) {
	d.t.Helper()
	d.settle()
	said, err := d.Project().Comments(d.Document().ID, "")
	require.NoError(d.t, err)
	discussion := annotate.Discussion{}
	for _, c := range said {
		discussion.Apply(&annotate.Change{After: c})
	}
	answer := discussion.Thread(thread).Answer(author, text)
	_, err = d.Project().Apply(annotate.Change{Annotator: author, After: answer})
	require.NoError(d.t, err)
	require.NoError(d.t, d.Refresh())
	d.until(func() bool {
		for _, t := range d.Threads(answer.Subject()) {
			for _, c := range t.Comments {
				if c.ID == answer.ID {
					return true
				}
			}
		}
		return false
	})
}

// discuss shows the inspector of a desk whose one Claim asha has commented on and ben answered.
func discuss(t *testing.T) (*desk, *Inspector, fyne.Window, session.Writing) {
	t.Helper()
	d, n, w, span := inspect(t)
	require.NoError(t, d.Say(session.Writing{Subject: span.ID}, "Is this a demand?"))
	answer := session.Writing{Subject: span.ID, Thread: d.Threads(span.ID)[0].ID}
	d.answers("ben", answer.Thread, "I would say so.")
	return d, n, w, answer
}

// thread returns what the inspector shows of comments: who said what, and "…" before fields.
func (n *Inspector) thread() []string {
	var shown []string
	for i := range n.fields {
		switch f := &n.fields[i]; f.kind {
		case saidField:
			who := ""
			if len(f.items) > 0 {
				who = f.items[0].text + ": "
			}
			shown = append(shown, who+f.text)
		case sayField:
			shown = append(shown, ellipsis+f.name)
		}
	}
	return shown
}

func TestACommentIsWrittenWithTheKeyboardAlone(t *testing.T) {
	d, n, w, span := inspect(t)
	assert.Equal(t, []string{"…comment"}, n.thread())
	left := false
	n.OnLeave = func() { left = true; w.Canvas().Unfocus() }
	n.FocusComment()
	field := n.entry(t, sayKey(session.Writing{Subject: span.ID}))
	require.Same(t, field, w.Canvas().Focused())
	test.Type(field, "Is this")
	field.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press(field, fyne.KeyReturn)
	field.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	test.Type(field, "a demand?")
	assert.False(t, left)
	press(field, fyne.KeyReturn)
	assert.True(t, left)
	assert.Equal(t, []string{"asha: Is this\na demand?", "…answer"}, n.thread())

	n.FocusComment()
	field = n.entry(t, sayKey(session.Writing{Subject: span.ID, Thread: d.Threads(span.ID)[0].ID}))
	require.Same(t, field, w.Canvas().Focused())
	left = false
	test.Type(field, "It is.")
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	assert.True(t, left)
	assert.Equal(t, []string{"asha: Is this\na demand?", "asha: It is.", "…answer"}, n.thread())
	assert.Equal(t, annotate.InProgress, d.Layer().Assessment.Status)
}

func TestWhatIsTypedStaysInTheFieldUntilItIsSaid(t *testing.T) {
	d, n, w, answer := discuss(t)
	cue := d.label("Cue", "insisted")
	left := false
	n.OnLeave = func() { left = true; w.Canvas().Unfocus() }
	d.Focus(answer.Subject)
	n.FocusComment()
	field := n.entry(t, sayKey(answer))
	test.Type(field, "half a")
	press(field, fyne.KeyEscape)
	assert.True(t, left)
	assert.Len(t, d.Threads(answer.Subject)[0].Comments, 2, "nothing was said")
	d.Focus(cue.ID)
	n.FocusComment()
	test.Type(n.entry(t, sayKey(session.Writing{Subject: cue.ID})), "another")
	d.Focus(answer.Subject)
	require.NoError(t, d.SetAttribute(answer.Subject, "alien", annotate.Bool(true), true), "gives the inspector another line")

	n.FocusComment()
	field = n.entry(t, sayKey(answer))
	assert.Equal(t, "half a", field.Text)
	test.Type(field, " thought")
	assert.True(t, n.Commit(), "the window hands over what is being typed on Ctrl+Enter")
	assert.Equal(t, []string{"asha: Is this a demand?", "ben: I would say so.", "asha: half a thought", "…answer"}, n.thread())
	assert.Empty(t, n.entry(t, sayKey(answer)).Text)
	require.Len(t, d.Drafts(), 1)
	assert.Equal(t, "another", d.Drafts()[0].Text)
}

func TestAThreadIsResolvedFoldedUnfoldedAndReopened(t *testing.T) {
	d, n, w, answer := discuss(t)
	n.FocusComment()
	field := n.entry(t, sayKey(answer))
	test.Type(field, "Agreed.")
	press(field, fyne.KeyDown)
	acts := n.flow(t, "thread "+string(answer.Thread))
	require.Same(t, acts, w.Canvas().Focused())
	assert.Equal(t, []string{"resolve", "new thread"}, acts.words())
	press(acts, fyne.KeyReturn)
	assert.True(t, d.Threads(answer.Subject)[0].Resolved())
	assert.Equal(t, []string{"…comment"}, n.thread(), "a resolved thread is folded")
	fold := n.flow(t, "settled "+string(answer.Thread))
	assert.Equal(t, []string{"asha: Is this a demand?"}, fold.words())

	press(fold, fyne.KeySpace)
	assert.Equal(t, []string{"asha: Is this a demand?", "ben: I would say so.", "asha: Agreed.", "…comment"}, n.thread())
	fold = n.flow(t, "settled "+string(answer.Thread))
	assert.Equal(t, []string{"hide", "reopen"}, fold.words())
	press(fold, fyne.KeySpace)
	assert.Equal(t, []string{"…comment"}, n.thread())
	press(n.flow(t, "settled "+string(answer.Thread)), fyne.KeySpace)
	fold = n.flow(t, "settled "+string(answer.Thread))
	press(fold, fyne.KeyRight, fyne.KeySpace)
	assert.False(t, d.Threads(answer.Subject)[0].Resolved())
	assert.Equal(t, []string{"asha: Is this a demand?", "ben: I would say so.", "asha: Agreed.", "asha: ", "…answer"}, n.thread())
}

func TestOnesOwnCommentsAreChangedAndDeleted(t *testing.T) {
	d, n, w, answer := discuss(t)
	hers := n.line(t, "said "+string(answer.Thread)).(*saidLine)
	assert.Equal(t, []string{"asha", "today", "change", "×"}, firstWords(hers.head.words()))
	his := n.line(t, "said "+string(d.Threads(answer.Subject)[0].Comments[1].ID)).(*saidLine)
	assert.Equal(t, []string{"ben", "today"}, firstWords(his.head.words()))
	assert.Zero(t, hers.indent)
	assert.Positive(t, his.indent, "answers are indented")

	press(hers.head, fyne.KeySpace)
	field := n.entry(t, sayKey(session.Writing{Subject: answer.Subject, Thread: answer.Thread, Comment: answer.Thread}))
	require.Same(t, field, w.Canvas().Focused())
	assert.Equal(t, "Is this a demand?", field.Text)
	test.Type(field, " Or not?")
	press(field, fyne.KeyReturn)
	assert.Equal(t, []string{"asha: Is this a demand? Or not?", "ben: I would say so.", "…answer"}, n.thread())

	press(n.line(t, "said "+string(answer.Thread)).(*saidLine).head, fyne.KeyDelete)
	assert.Equal(t, []string{"What began this thread was deleted by its author.", "ben: I would say so.", "…answer"}, n.thread())
	assert.Empty(t, d.Drafts())
}

// firstWords returns the first word of each text.
func firstWords(texts []string) []string {
	first := make([]string, len(texts))
	for i, text := range texts {
		first[i], _, _ = strings.Cut(text, " ")
	}
	return first
}

func TestAnotherThreadIsBegunBesideAnOpenOne(t *testing.T) {
	d, n, w, answer := discuss(t)
	press(n.flow(t, "thread "+string(answer.Thread)), fyne.KeyRight, fyne.KeySpace)
	field := n.entry(t, sayKey(session.Writing{Subject: answer.Subject}))
	require.Same(t, field, w.Canvas().Focused())
	assert.Equal(t, []string{"resolve"}, n.flow(t, "thread "+string(answer.Thread)).words())
	test.Type(field, "And is it his?")
	press(field, fyne.KeyReturn)
	require.Len(t, d.Threads(answer.Subject), 2)
	n.FocusComment()
	second := session.Writing{Subject: answer.Subject, Thread: d.Threads(answer.Subject)[1].ID}
	require.Same(t, n.entry(t, sayKey(second)), w.Canvas().Focused(), "the last thread that is open")
	test.Type(n.entry(t, sayKey(answer)), "later")
	n.FocusComment()
	require.Same(t, n.entry(t, sayKey(answer)), w.Canvas().Focused(), "where something is typed already")
}

func TestTheDocumentsPageLeadsToWhatIsTalkedAbout(t *testing.T) {
	d, n, _, answer := discuss(t)
	require.NoError(t, d.Delete())
	d.settle()
	_, err := d.Project().Undo("asha")
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.OpenThreads(answer.Subject) == 1 })
	d.Focus("")
	links := n.flow(t, "talked about")
	assert.Equal(t, []string{"“Not one litre has left the lake,”"}, links.words())
	press(links, fyne.KeySpace)
	assert.Equal(t, answer.Subject, d.Focused())

	// Ben comments on a span of his own layer.
	his := &annotate.Span{ID: "his", Document: d.Document().ID, Annotator: "ben", Label: "Cue", Fragments: []annotate.Fragment{{Start: 3, End: 6}}}
	c := annotate.NewComment(d.Document().ID, "ben", "Look at this.")
	c.Span = his.ID
	d.settle()
	_, err = d.Project().Apply(annotate.Change{Annotator: "ben", After: his}, annotate.Change{Annotator: "ben", After: c})
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.OpenThreads("his") == 1 })
	d.Focus("")
	assert.Equal(t, "On ben’s Cue “Not”:", n.line(t, "about "+string(c.ID)).(*textLine).text)
	assert.Equal(t, []string{"…comment", "ben: Look at this.", "…answer"}, n.thread())
	n.FocusComment()
	assert.Equal(t, sayKey(session.Writing{Subject: d.Document().ID}), n.heldKey(), "C is about the document")
}

func TestListsMarkWhatIsTalkedAbout(t *testing.T) {
	d, _, _, answer := discuss(t)
	annotations, documents := NewAnnotations(d.Session), NewDocuments(d.Session)
	show(t, annotations.Object(), 300, 300)
	show(t, documents.Object(), 300, 300)
	marked := func() []bool {
		return []bool{annotations.list.shownRow(t, 0).bubble.Visible(), documents.list.shownRow(t, 0).bubble.Visible()}
	}
	assert.Equal(t, []bool{true, true}, marked())
	require.NoError(t, d.Resolve(answer))
	assert.Equal(t, []bool{false, false}, marked())
	require.NoError(t, d.Say(session.Writing{Subject: d.Document().ID}, "a good one"))
	assert.Equal(t, []bool{false, true}, marked())
}

func TestTheCaretOfANoteIsAtItsEnd(t *testing.T) {
	d, n, w, span := inspect(t)
	require.NoError(t, d.SetNote(span.ID, "first line of the note, which is wrapped in its narrow field\nsecond"))
	n.FocusNote()
	note := n.entry(t, "note")
	require.Same(t, note, w.Canvas().Focused())
	test.Type(note, "!")
	w.Canvas().Unfocus()
	assert.Equal(t, "first line of the note, which is wrapped in its narrow field\nsecond!", d.Layer().Span(span.ID).Note)
}

package panel

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/report"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Feedback shows the annotator what was decided otherwise than they had it, and why, and what
// reviewers said: kinds and labels with their counts, the decisions, and beside them the one
// that is looked at. Each leads to its place in the text.
type Feedback struct {
	// OnClose brings the panes back, OnRead reads the project anew.
	OnClose, OnRead func()
	OnKey           func(*fyne.KeyEvent) // takes keys that the page has no use for

	session *session.Session
	read    *report.Feedback // nil until it is read
	exits   Exits
	kinds   []feedbackKind
	kind    int // that is listed
	rows    []feedbackRow
	title   *prose
	filter  *list
	list    *list
	hint    *prose
	left    *fyne.Container
	detail  *scrolled
	object  fyne.CanvasObject
}

// feedbackKind is a part of what there is to read.
type feedbackKind struct {
	name  string
	holds func(*feedbackRow) bool
	n     int
}

// feedbackRow is a decision or, with no lesson, a review.
type feedbackRow struct {
	lesson *report.Lesson
	review *report.Review
}

// NewFeedback returns the page of s's project, with nothing read yet.
func NewFeedback(s *session.Session) *Feedback {
	f := &Feedback{session: s}
	f.exits = Exits{OnLeave: func() { call(f.OnClose) }, OnKey: func(k *fyne.KeyEvent) {
		if f.OnKey != nil {
			f.OnKey(k)
		}
	}}
	f.title = newProse("", inkTone, style{size: textSize}, 3, insets{12, 10, 12, 6})
	f.hint = newProse("", dimTone, style{size: smallSize}, 0, insets{12, 4, 12, 8})
	f.filter = newList(22, &f.exits)
	f.filter.length = func() int { return len(f.kinds) }
	f.filter.show = f.kindRow
	f.filter.pick = func(i int) {
		f.turnTo(i)
		giveFocus(f.list)
	}
	f.list = newList(24, &f.exits)
	f.list.length = func() int { return len(f.rows) }
	f.list.show = f.row
	f.list.pick = f.picked
	f.list.moved = f.look
	f.list.keys = map[fyne.KeyName]func(){
		fyne.KeyLeft:  func() { f.turnTo(f.kind - 1) },
		fyne.KeyRight: func() { f.turnTo(f.kind + 1) },
	}
	f.detail = newScrolled(newStack())
	f.left = container.New(feedbackLayout{}, f.title, f.filter, f.list, f.hint)
	f.object = container.NewStack(newGround(paneTone), NewSplit(f.left, f.detail, 0.5))
	f.refresh()
	return f
}

// Object returns what to put into the window.
func (f *Feedback) Object() fyne.CanvasObject { return f.object }

// Focus gives the keyboard to the decisions.
func (f *Feedback) Focus(c fyne.Canvas) { c.Focus(f.list) }

// CyclePane goes from the decisions to the kinds and back.
func (f *Feedback) CyclePane(c fyne.Canvas, _ int) {
	if c.Focused() == fyne.Focusable(f.list) {
		c.Focus(f.filter)
		return
	}
	c.Focus(f.list)
}

// Shown does nothing: the window reads the project.
func (f *Feedback) Shown() {}

// Hidden does nothing.
func (f *Feedback) Hidden() {}

// Apply reads the project anew.
func (f *Feedback) Apply() { call(f.OnRead) }

// Set shows what there is to read. Who was here before stays at the same row.
func (f *Feedback) Set(read *report.Feedback) {
	f.read = read
	f.kinds = kindsOf(f.all())
	f.turnTo(min(f.kind, len(f.kinds)-1))
}

// all returns everything there is to read: decisions, then reviews.
func (f *Feedback) all() []feedbackRow {
	var rows []feedbackRow
	for i := range f.read.Lessons {
		rows = append(rows, feedbackRow{lesson: &f.read.Lessons[i]})
	}
	for i := range f.read.Reviews {
		rows = append(rows, feedbackRow{review: &f.read.Reviews[i]})
	}
	return rows
}

// kindsOf returns the kinds and labels that rows can be listed by, those that there are.
func kindsOf(rows []feedbackRow) []feedbackKind {
	kinds := []feedbackKind{{name: "all", holds: func(*feedbackRow) bool { return true }}}
	for _, k := range []report.LessonKind{report.Missed, report.Extra, report.Otherwise} {
		kinds = append(kinds, feedbackKind{name: lessonNames[k], holds: func(r *feedbackRow) bool { return r.lesson != nil && r.lesson.Kind() == k }})
	}
	kinds = append(kinds,
		feedbackKind{name: "the guideline is unclear", holds: func(r *feedbackRow) bool { return r.lesson != nil && r.lesson.Unclear }},
		feedbackKind{name: "with comments", holds: func(r *feedbackRow) bool { return r.lesson != nil && len(r.lesson.Comments) > 0 }},
		feedbackKind{name: "reviews", holds: func(r *feedbackRow) bool { return r.review != nil }},
	)
	labels := map[string]bool{}
	for _, r := range rows {
		if r.lesson != nil {
			labels[r.lesson.Label] = true
		}
	}
	for _, label := range annotate.SortedKeys(labels) {
		kinds = append(kinds, feedbackKind{name: typeset.Isolate(label), holds: func(r *feedbackRow) bool { return r.lesson != nil && r.lesson.Label == label }})
	}
	for i := range kinds {
		for j := range rows {
			if kinds[i].holds(&rows[j]) {
				kinds[i].n++
			}
		}
	}
	return slices.DeleteFunc(kinds, func(k feedbackKind) bool { return k.n == 0 && k.name != "all" })
}

// lessonNames say what the kinds of decision are; lessonLabels the same in a word.
var (
	lessonNames  = map[report.LessonKind]string{report.Missed: "missed: you had nothing", report.Extra: "too much: nothing was decided", report.Otherwise: "other: decided otherwise"}
	lessonLabels = map[report.LessonKind]string{report.Missed: "missed", report.Extra: "too much", report.Otherwise: "other"}
)

// turnTo lists one kind alone, going round at the ends.
func (f *Feedback) turnTo(i int) {
	if len(f.kinds) == 0 {
		return
	}
	i = (i + len(f.kinds)) % len(f.kinds)
	if i != f.kind {
		f.list.cursor = 0
	}
	f.kind, f.filter.cursor = i, i
	f.rows = slices.DeleteFunc(f.all(), func(r feedbackRow) bool { return !f.kinds[i].holds(&r) })
	f.filter.reveal(i)
	f.refresh()
}

func (f *Feedback) kindRow(i int) rowContent {
	c := rowContent{text: f.kinds[i].name, count: strconv.Itoa(f.kinds[i].n)}
	if i == f.kind {
		c.tint, c.current = "focus", true
	}
	return c
}

func (f *Feedback) row(i int) rowContent {
	if r := f.rows[i].review; r != nil {
		return rowContent{label: r.Status.Words(), text: typeset.Isolate(r.Name) + dottedName(r.Comment), ends: true}
	}
	l := f.rows[i].lesson
	return rowContent{label: lessonLabels[l.Kind()], text: typeset.Isolate(l.Name) + dottedName(l.About), ends: true, open: len(l.Comments) > 0}
}

func dottedName(words string) string {
	if words == "" {
		return ""
	}
	return " · " + typeset.Isolate(words)
}

// picked goes to the place in the text, to one's own annotation if there was one.
func (f *Feedback) picked(i int) {
	call(f.OnClose)
	switch r := f.rows[i]; {
	case r.review != nil:
		f.session.OpenDocument(r.review.Document)
	case r.lesson.Entity != "":
		f.session.Reveal(r.lesson.Document, r.lesson.Entity)
	default:
		f.session.OpenPlace(r.lesson.Document, r.lesson.Place)
	}
}

// look shows a decision or review in full.
func (f *Feedback) look(i int) {
	var parts []fyne.CanvasObject
	add := func(heading, text string) {
		if text != "" {
			parts = append(parts, newHeading(heading), newProse(text, inkTone, style{size: textSize}, 0, insets{12, 0, 12, 4}))
		}
	}
	if i < len(f.rows) {
		switch r := f.rows[i]; {
		case r.review != nil:
			add("REVIEW OF", r.review.Name)
			add("STATE", r.review.Status.Words()+", by "+typeset.Isolate(r.review.By))
			add("COMMENT", r.review.Comment)
		default:
			l := r.lesson
			add("IN", l.Name)
			add("ABOUT", l.About)
			add("YOU HAD", orNothing(l.Own))
			add("DECIDED", orNothing(l.Decided))
			add("WHY", l.Why)
			if l.Unclear {
				add("GUIDELINE", "It does not say what is right here.")
			}
			for _, c := range l.Comments {
				add("COMMENT", c)
			}
		}
	}
	f.detail.stack.set(parts)
	f.detail.scroll.ScrollToTop()
	f.detail.Refresh()
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

func (f *Feedback) refresh() {
	title, hint := "Reading the project…", "Esc back to the text"
	if f.read != nil {
		title = fmt.Sprintf("%s about what you had a part in; %d otherwise than you had it", plural(f.read.Decided, "decision"), len(f.read.Lessons))
		hint = "Enter goes to the place in the text · ← → kind or label · F6 the list of kinds · Ctrl+Enter reads anew · Esc to the text"
		if f.read.Decided == 0 && len(f.read.Reviews) == 0 {
			title = "There is nothing to read yet: what was decided about documents that you have marked done is shown here. With a packet it comes if whoever made the packet sent it along."
		}
	}
	f.title.set(title, inkTone)
	f.hint.set(hint, dimTone)
	f.left.Layout.Layout(f.left.Objects, f.left.Size())
	f.filter.update()
	f.list.update()
	f.look(f.list.cursor)
	f.object.Refresh()
}

// feedbackLayout puts the kinds above the decisions, between a line and a hint.
type feedbackLayout struct{}

func (feedbackLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 200) }

func (feedbackLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	title, kinds, rows, hint := o[0], o[1], o[2], o[3]
	y := heightOf(title, size.Width)
	place(title, 0, 0, size.Width, y)
	below := size.Height - heightOf(hint, size.Width)
	place(hint, 0, below, size.Width, size.Height-below)
	share := min(heightOf(kinds, size.Width), size.Height*0.35)
	place(kinds, 0, y, size.Width, share)
	y += share + 6
	place(rows, 0, y, size.Width, max(0, below-y))
}

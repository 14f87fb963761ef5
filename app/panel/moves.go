package panel

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
	"spanwright/store"
)

// Moves is the strip below the text that offers what can be done with the work on the
// document: submit it, take it up, return it, accept it, reopen it. A digit or Enter does
// it; what needs a comment asks for it first.
type Moves struct {
	Exits
	session *session.Session
	said    *prose
	list    *list
	history *prose
	hint    *prose
	words   *entry
	object  *fyne.Container
	offered []session.Move
	asking  int // what the comment is for, -1 while none is asked for
}

// NewMoves returns the strip for s's current document, not shown yet.
func NewMoves(s *session.Session) *Moves {
	m := &Moves{session: s, asking: -1}
	m.said = newProse("", inkTone, style{size: textSize}, 3, insets{12, 8, 12, 4})
	m.history = newProse("", dimTone, style{size: smallSize}, historyRows, insets{12, 4, 12, 2})
	m.hint = newProse("", dimTone, style{size: smallSize}, 1, insets{12, 2, 12, 6})
	m.list = newList(moveHeight, &m.Exits)
	m.list.length = func() int { return len(m.offered) }
	m.list.show = m.row
	m.list.pick = m.picked
	m.list.typed = func(r rune) { m.picked(int(r - '1')) }
	m.list.keys = map[fyne.KeyName]func(){fyne.KeyTab: func() { m.ask(m.list.cursor) }}
	m.words = newEntry("comment…", false, &Exits{OnLeave: m.unask, OnKey: m.Exits.key})
	m.words.say = m.speak
	m.object = &fyne.Container{Layout: movesLayout{m}, Objects: []fyne.CanvasObject{newGround(paneTone), m.said, m.list, m.words, m.hint, m.history}}
	m.object.Hide()
	s.Subscribe(func(e session.Event) {
		if m.object.Visible() && e.Is(session.Opened|session.Edited|session.Listed) {
			m.refresh()
		}
		if m.object.Visible() && e.Is(session.Opened|session.Saved) {
			m.recall()
		}
	})
	return m
}

// Object returns what to put into the window.
func (m *Moves) Object() fyne.CanvasObject { return m.object }

// Shown reports whether the strip is there.
func (m *Moves) Shown() bool { return m.object.Visible() }

// Show offers what can be done now, and gives the keyboard to it.
func (m *Moves) Show(c fyne.Canvas) {
	m.asking, m.list.cursor = -1, 0
	m.object.Show()
	m.history.set("", dimTone)
	m.refresh()
	m.recall()
	c.Focus(m.list)
}

// recall reads what was said about the work before.
func (m *Moves) recall() {
	m.session.Remarks(func(said []store.Remark) {
		m.history.set(history(said, time.Now()), dimTone)
		m.object.Refresh()
	})
}

// historyRows is how many earlier remarks are shown at most; the log has all.
const historyRows = 4

// history says when who said what about whose work, the newest first, a line each.
func history(said []store.Remark, now time.Time) string {
	var lines []string
	for i, r := range said {
		if i == historyRows-1 && len(said) > historyRows {
			lines = append(lines, fmt.Sprintf("and %d before", len(said)-i))
			break
		}
		lines = append(lines, fmt.Sprintf("%s · %s · %s by %s: “%s”", when(r.Time, now), typeset.Isolate(r.Annotator), r.Status.Words(), typeset.Isolate(r.By), typeset.Isolate(r.Comment)))
	}
	return strings.Join(lines, "\n")
}

// Hide takes the strip away. What was typed into it stays there until it is used.
func (m *Moves) Hide() { m.object.Hide() }

func (m *Moves) refresh() {
	m.offered = m.session.Moves()
	if m.asking >= len(m.offered) {
		m.asking = -1
	}
	var lines []string
	for _, w := range append([]annotate.Work{m.session.Own()}, m.session.Works()...) {
		if w.Status() != annotate.New || len(m.session.Works()) == 0 {
			lines = append(lines, StandingOf(w))
		}
	}
	m.said.set(strings.Join(lines, "\n"), inkTone)
	hint := "1–9 or Enter does it · Tab adds a comment · Esc back to the text"
	switch {
	case m.asking >= 0:
		hint = m.title(m.asking) + ": Enter does it · Esc back to the choice"
	case len(m.offered) == 0:
		hint = "Nothing can be done with it now · Esc back to the text"
	}
	m.hint.set(hint, dimTone)
	if m.asking >= 0 {
		m.words.Show()
	} else {
		m.words.Hide()
	}
	m.list.update()
	m.object.Refresh()
}

// StandingOf says how far work is, and what was said about it, as in "asha · returned by
// ben: “the cues”".
func StandingOf(w annotate.Work) string {
	text := typeset.Isolate(w.Annotator) + " · " + w.Status().Words()
	r := w.Review
	if r == nil {
		return text
	}
	if r.By != w.Annotator {
		text += " by " + typeset.Isolate(r.By)
	}
	if r.Comment != "" {
		text += ": “" + typeset.Isolate(r.Comment) + "”"
	}
	return text
}

func (m *Moves) title(i int) string {
	move := m.offered[i]
	if move.Annotator == m.session.Own().Annotator {
		return move.Title
	}
	return move.Title + " · " + typeset.Isolate(move.Annotator)
}

func (m *Moves) row(i int) rowContent {
	return rowContent{mark: strconv.Itoa(i + 1), keycap: true, text: m.title(i), ends: true, current: i == m.asking}
}

// picked does the i-th of what is offered, or asks for the comment it needs.
func (m *Moves) picked(i int) {
	switch {
	case i < 0 || i >= len(m.offered):
	case m.offered[i].Asks:
		m.ask(i)
	default:
		m.do(i, "")
	}
}

// ask asks for a comment on the i-th move.
func (m *Moves) ask(i int) {
	if i < 0 || i >= len(m.offered) {
		return
	}
	m.asking = i
	m.refresh()
	giveFocus(m.words)
}

func (m *Moves) unask() {
	m.asking = -1
	m.refresh()
	giveFocus(m.list)
}

// speak makes the move that a comment was typed for.
func (m *Moves) speak(comment string) bool {
	if m.asking < 0 || !m.do(m.asking, comment) {
		return false
	}
	m.words.SetText("")
	m.words.shown = ""
	return false // do has gone back to the text
}

func (m *Moves) do(i int, comment string) bool {
	if m.session.Move(m.offered[i], comment) != nil {
		return false // told in the status line
	}
	m.leave()
	return true
}

const moveHeight = 26

// movesLayout stacks the parts; the field is there while a comment is asked for.
type movesLayout struct{ *Moves }

// earlier returns how high what was said before is.
func (l movesLayout) earlier(width float32) float32 {
	if l.history.text == "" {
		return 0
	}
	return l.history.heightFor(width)
}

func (l movesLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	height := l.said.heightFor(l.object.Size().Width) + l.earlier(l.object.Size().Width) + float32(len(l.offered))*moveHeight + l.hint.heightFor(0)
	if l.asking >= 0 {
		height += l.words.MinSize().Height + 6
	}
	return fyne.NewSize(120, height)
}

func (l movesLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	y := l.said.heightFor(size.Width)
	place(l.said, 0, 0, size.Width, y)
	earlier := l.earlier(size.Width)
	place(l.history, 0, y, size.Width, earlier)
	y += earlier
	rows := float32(len(l.offered)) * moveHeight
	place(l.list, 0, y, size.Width, rows)
	y += rows
	if l.asking >= 0 {
		height := l.words.MinSize().Height
		place(l.words, 12, y+3, size.Width-24, height)
		y += height + 6
	}
	place(l.hint, 0, y, size.Width, l.hint.heightFor(size.Width))
}

package panel

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
	"spanwright/app/adjudicate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Adjudication is where annotators differ in the current document: the kinds of difference
// with their counts, the cases, and below them what each annotator has of the one looked at, with
// the keys that decide. It takes the place of the list of documents.
type Adjudication struct {
	Exits
	// OnEdit is told that something new was begun, to be changed in the text or in the form. May be nil.
	OnEdit func()

	session *session.Session
	heading *prose
	kinds   *list
	list    *list
	title   *prose
	choices *list
	reason  *entry
	help    *prose
	panes   *fyne.Container
	object  fyne.CanvasObject

	standing session.Standing
	cases    []*adjudication.Case
	rows     []choiceRow
}

// choiceRow is one thing that can be decided about the case looked at.
type choiceRow struct {
	content rowContent
	act     func()
}

// NewAdjudication returns the panel of adjudication in s.
func NewAdjudication(s *session.Session) *Adjudication {
	a := &Adjudication{session: s}
	a.kinds = newList(22, &a.Exits)
	a.kinds.length = func() int { return len(a.standing.Kinds) + 1 }
	a.kinds.show = a.kindRow
	a.kinds.pick = func(i int) {
		a.session.Adjudication().SetKind(a.kindAt(i))
		giveFocus(a.list)
	}
	a.list = newList(24, &a.Exits)
	a.list.length = func() int { return len(a.cases) }
	a.list.show = a.caseRow
	a.list.pick = a.goTo
	a.list.moved = a.goTo
	a.list.tab = func(by int) { a.next(by > 0) }
	a.list.typed = a.letter
	a.list.keys = map[fyne.KeyName]func(){
		fyne.KeyReturn: a.accept, fyne.KeyEnter: a.accept, fyne.KeySpace: func() {}, // which types a blank too
		fyne.KeyLeft: func() { a.turnKind(-1) }, fyne.KeyRight: func() { a.turnKind(1) },
		fyne.KeyBackspace: a.comeBack,
	}
	a.choices = newList(24, &a.Exits)
	a.choices.length = func() int { return len(a.rows) }
	a.choices.show = func(i int) rowContent { return a.rows[i].content }
	a.choices.pick = func(i int) {
		a.rows[i].act()
		giveFocus(a.list)
	}
	a.reason = newEntry("R  why it is decided so…", false, &Exits{OnLeave: a.focusList, OnKey: a.key})
	a.reason.commit = func(text string) {
		if j := s.Adjudication(); j != nil {
			_ = j.SetReason(text) // told to the person by the session
		}
	}
	a.reason.OnSubmitted = func(string) { a.reason.hand() }
	a.heading = newProse("", dimTone, style{headingSize, fyne.TextStyle{Bold: true}}, 2, insets{12, 10, 12, 3})
	a.title = newHeading("")
	a.help = newProse("", dimTone, style{size: smallSize}, 0, insets{12, 6, 12, 8})
	a.panes = container.New(adjudicationLayout{}, a.heading, a.kinds, a.list, a.title, a.choices, a.reason, a.help)
	a.object = container.NewStack(newGround(paneTone), a.panes)
	s.Subscribe(func(e session.Event) {
		switch {
		case e.Is(session.Judged | session.Opened | session.SchemeChanged):
			a.look()
		case e.Is(session.Queued) && s.Adjudication() != nil:
			a.heading.set(a.said(s.Adjudication()), dimTone)
			a.panes.Refresh() // it may have become longer
		}
	})
	return a
}

// Object returns what to put into the window.
func (a *Adjudication) Object() fyne.CanvasObject { return a.object }

// Ask gives the keyboard to the cases. The toolkit does not know yet which canvas a pane
// that was just put into the window is on.
func (a *Adjudication) Ask(c fyne.Canvas) {
	a.look()
	c.Focus(a.list)
}

// Has reports whether the keyboard is in the panel.
func (a *Adjudication) Has(focused fyne.Focusable) bool {
	return slices.Contains([]fyne.Focusable{a.list, a.kinds, a.choices, a.reason}, focused)
}

func (a *Adjudication) focusList() { giveFocus(a.list) }

// look takes in what there is to decide now.
func (a *Adjudication) look() {
	j := a.session.Adjudication()
	if j == nil {
		a.standing, a.cases, a.rows = session.Standing{}, nil, nil
		return
	}
	a.standing, a.cases = j.Standing(), j.Cases()
	if current := j.Current(); current != nil {
		if i := slices.Index(a.cases, current); i >= 0 && a.list.cursor != i {
			a.list.cursor = i
			a.list.reveal(i)
		}
	}
	a.choose(j)
	a.heading.set(a.said(j), dimTone)
	reason, _ := j.Reason()
	a.reason.set(reason)
	a.help.set(a.hints(j), dimTone)
	a.kinds.update()
	a.list.update()
	a.choices.update()
	a.panes.Refresh()
}

// said is the heading: how far the document is, and how many others there are.
func (a *Adjudication) said(j *session.Adjudication) string {
	said := a.saidHere(j)
	open, uncounted, known := j.Left()
	switch {
	case !known:
		return said
	case uncounted > 0:
		return fmt.Sprintf("%s · OPEN IN %d DOCUMENTS, COUNTING %d MORE", said, open, uncounted)
	case open == 1:
		return said + " · OPEN IN 1 DOCUMENT"
	}
	return fmt.Sprintf("%s · OPEN IN %d DOCUMENTS", said, open)
}

// saidHere says how far the document is.
func (a *Adjudication) saidHere(j *session.Adjudication) string {
	switch s := a.standing; {
	case a.session.Desk() == nil:
		return "ADJUDICATION"
	case s.Open == 0 && s.Agreed == 0 && s.Settled == 0:
		return "ADJUDICATION · NOBODY HAS LABELLED THIS"
	case s.Open == 0:
		return fmt.Sprintf("ADJUDICATION · ALL %d SETTLED", s.Settled)
	default:
		order := ""
		if j.Quick() {
			order = " · QUICK ONES FIRST"
		}
		return fmt.Sprintf("ADJUDICATION · %d OPEN, %d SETTLED%s", s.Open, s.Settled, order)
	}
}

// hints says what keys do beside those that stand at the choices.
func (a *Adjudication) hints(j *session.Adjudication) string {
	hints := []string{"Tab next", "Enter takes what most have", "← → kind", "O order", "S settled too", "D next document"}
	if j.All() {
		hints[4] = "S only what is open"
	}
	if a.standing.Agreed > 0 {
		hints = append([]string{fmt.Sprintf("A takes over the %d that all agree on", a.standing.Agreed)}, hints...)
	}
	if name := j.Visiting(); name != "" {
		hints = append([]string{"Backspace back to " + typeset.Isolate(name)}, hints...)
	}
	return strings.Join(append(hints, "M what most agree on", "F8 text", "Esc ends"), " · ")
}

// kindAt returns the kind of the i-th row, "" for the first one.
func (a *Adjudication) kindAt(i int) agreement.DifferenceKind {
	if i == 0 || i > len(a.standing.Kinds) {
		return ""
	}
	return a.standing.Kinds[i-1].Kind
}

func (a *Adjudication) kindRow(i int) rowContent {
	c := rowContent{text: "all differences", count: strconv.Itoa(a.standing.Open)}
	if i > 0 {
		k := a.standing.Kinds[i-1]
		c.text, c.count = differenceNames[k.Kind], strconv.Itoa(k.Open)
	}
	if j := a.session.Adjudication(); j != nil && j.Kind() == a.kindAt(i) {
		c.tint, c.current = "focus", true
	}
	return c
}

// differenceNames say what the kinds of difference are.
var differenceNames = map[agreement.DifferenceKind]string{
	agreement.RelationKind:   "relation: not everybody has it",
	adjudication.RecordKind:  "record: not everybody has it",
	agreement.MissingSpan:    "missing: not everybody has it",
	agreement.LabelKind:      "label",
	agreement.Boundary:       "boundary",
	agreement.RoleKind:       "role: other fillers",
	adjudication.LinkKind:    "link: other concepts, other places",
	agreement.AttributeKind:  "attribute",
	agreement.DocumentValues: "document as a whole",
	adjudication.LooseKind:   "loose: nobody decided it",
}

// turnKind lists the next or previous kind alone.
func (a *Adjudication) turnKind(by int) {
	j, n := a.session.Adjudication(), len(a.standing.Kinds)+1
	at := 0
	for i := range n {
		if a.kindAt(i) == j.Kind() {
			at = i
		}
	}
	j.SetKind(a.kindAt((at + by + n) % n))
}

// caseMarks show the states of cases.
var caseMarks = map[adjudication.State]string{adjudication.Open: "○", adjudication.Settled: "✓", adjudication.Reopened: "◐"}

func (a *Adjudication) caseRow(i int) rowContent {
	c, words := a.cases[i], a.session.Adjudication().Words()
	row := rowContent{mark: caseMarks[c.State], label: cmp.Or(string(c.Kind()), "agreed"), text: words.Sides(c), ends: true}
	switch {
	case len(c.Sides) == 0:
		row.text = a.result(c, words)
	}
	if c.State == adjudication.Settled {
		row.text, row.faint = adjudicate.Decision(c.Decision)+" · "+row.text, true
	}
	if current := a.session.Adjudication().Current(); current == c {
		row.tint, row.current = "focus", true
	}
	return row
}

// result says what lies in the adjudicated layer of a case that no annotator has anything of.
func (a *Adjudication) result(c *adjudication.Case, words *adjudicate.Words) string {
	id := c.Loose
	if c.Decision != nil && len(c.Decision.Results) > 0 {
		id = c.Decision.Results[0].ID
	}
	if s := a.session.Layer().Span(id); s != nil {
		return words.Span(s)
	}
	if r := a.session.Layer().Relation(id); r != nil {
		return words.Relation(r)
	}
	if r := a.session.Layer().Record(id); r != nil {
		return words.Record(r)
	}
	return ""
}

// choose lists what can be decided about the case looked at.
func (a *Adjudication) choose(j *session.Adjudication) {
	a.rows = nil
	c := j.Current()
	if c == nil {
		a.title.set("", dimTone)
		return
	}
	a.title.set(titleOf(c), dimTone)
	key := func(key string, content rowContent, act func() error) {
		content.mark, content.keycap = key, true
		a.rows = append(a.rows, choiceRow{content, func() { _ = act() }}) // told to the person by the session
	}
	d, words := c.Decision, j.Words()
	if e, role, awaits := j.Awaited(); awaits {
		row := rowContent{label: "first", text: fmt.Sprintf("%s “%s” in %s: go there, and back", role, e.Words, e.Name)}
		key("↵", row, func() error { j.Visit(); return nil })
	}
	decided := func(outcome annotate.Outcome) rowContent {
		if d == nil || d.Outcome != outcome {
			return rowContent{}
		}
		return rowContent{tint: "focus", current: true}
	}
	if len(c.Sides) > 0 {
		for i, name := range a.session.Desk().Annotators() {
			row := rowContent{label: typeset.Isolate(name), text: "nothing", faint: true}
			if s := c.Side(name); s != nil {
				row.text, row.faint = words.SideIn(c, s), false
			}
			if d != nil && slices.Contains(d.Taken, name) {
				row.tint, row.current = "focus", true
			}
			digit := " "
			if i < 9 {
				digit = strconv.Itoa(i + 1)
			}
			key(digit, row, func() error { return j.Take(i) })
		}
		if distinct(c) > 1 && c.Attribute == "" {
			row := decided(annotate.Both)
			row.text = "both, beside one another"
			key("B", row, j.Both)
		}
	}
	row := decided(annotate.Neither)
	row.text = "neither: nothing of it"
	key("0", row, j.Neither)
	row = decided(annotate.Made)
	row.text = newIn(c)
	key("N", row, a.make)
	row = rowContent{text: "the guideline is unclear here"}
	if _, unclear := j.Reason(); unclear {
		row.tint, row.current = "focus", true
	}
	key("G", row, j.ToggleUnclear)
}

// newIn says what it means to make something new of a case.
func newIn(c *adjudication.Case) string {
	switch {
	case len(c.Sides) == 0:
		return "keep it"
	case c.Attribute != "":
		return "new: another value, in the form"
	case c.Record():
		return "new: change a copy in the form"
	}
	return "new: change a copy in the text"
}

// distinct returns how many different things the sides say.
func distinct(c *adjudication.Case) int {
	n := 0
	for i := range c.Sides {
		if c.Like(c.Sides[i].Annotator)[0] == c.Sides[i].Annotator {
			n++
		}
	}
	return n
}

// titleOf says in what a case differs, why it is open again, and what was decided.
func titleOf(c *adjudication.Case) string {
	kinds := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		kinds[i] = string(k)
	}
	said := strings.ToUpper(cmp.Or(strings.Join(kinds, ", "), "all agree"))
	if len(c.Names) > 0 {
		said += " (" + strings.Join(c.Names, ", ") + ")"
	}
	if c.Why != "" {
		said += " · OPEN AGAIN: " + c.Why
	}
	if c.Decision != nil {
		said += " · " + typeset.Isolate(c.Decision.Adjudicator) + ": " + adjudicate.Decision(c.Decision)
	}
	return said
}

func (a *Adjudication) make() error {
	j := a.session.Adjudication()
	if c := j.Current(); c != nil && len(c.Sides) == 0 {
		return j.TakeMost()
	}
	if j.Make() {
		call(a.OnEdit)
	}
	return nil
}

func (a *Adjudication) goTo(i int) {
	giveFocus(a.list)
	a.session.Adjudication().Go(a.cases[i].ID)
}

func (a *Adjudication) next(forward bool) {
	if !a.session.Adjudication().Next(forward) {
		a.session.Tell("No other case of this list is open.")
	}
}

// accept takes what most have, where that waits for another document goes there, or goes to the first case.
func (a *Adjudication) accept() {
	j := a.session.Adjudication()
	if j.Current() == nil {
		a.next(true)
		return
	}
	if !j.Visit() {
		_ = j.TakeMost() // told to the person by the session
	}
}

// comeBack goes back to the document that waits for a decision in this one.
func (a *Adjudication) comeBack() {
	if !a.session.Adjudication().Return() {
		a.session.Tell("No other document waits for this one.")
	}
}

// letter decides, or says what is listed. What decides before a case is looked at only
// shows the first.
func (a *Adjudication) letter(typed rune) {
	j := a.session.Adjudication()
	var err error
	if j.Current() == nil && strings.ContainsRune("0123456789bBnNgG", typed) {
		a.next(true)
		return
	}
	switch typed {
	case '0':
		err = j.Neither()
	case 'b', 'B':
		err = j.Both()
	case 'n', 'N':
		err = a.make()
	case 'g', 'G':
		err = j.ToggleUnclear()
	case 'r', 'R':
		giveFocus(a.reason)
	case 'a', 'A':
		err = j.TakeAgreed(adjudication.Threshold{})
	case 'm', 'M':
		err = j.TakeAgreed(adjudication.Threshold{Majority: true})
	case 'd':
		j.NextDocument(true, nil)
	case 'D':
		j.NextDocument(false, nil)
	case 'o', 'O':
		j.SetQuick(!j.Quick())
	case 's', 'S':
		j.SetAll(!j.All())
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		err = j.Take(int(typed - '1'))
	}
	_ = err // told to the person by the session
}

// adjudicationLayout puts the kinds above the cases, and below them the choices at the foot.
type adjudicationLayout struct{}

func (adjudicationLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 320) }

func (adjudicationLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	heading, kinds, cases, title, choices, reason, help := o[0], o[1], o[2], o[3], o[4], o[5], o[6]
	y := float32(0)
	put := func(part fyne.CanvasObject, height float32) {
		place(part, 0, y, size.Width, height)
		y += height
	}
	foot := size.Height
	up := func(part fyne.CanvasObject, height, inset float32) {
		foot -= height
		place(part, inset, foot, size.Width-2*inset, height)
	}
	up(help, heightOf(help, size.Width), 0)
	up(reason, reason.MinSize().Height, 10)
	foot -= 4
	put(heading, heightOf(heading, size.Width))
	put(kinds, min(heightOf(kinds, size.Width), size.Height*kindsShare))
	up(choices, min(heightOf(choices, size.Width), max(0, (foot-y)*choicesShare)), 0)
	up(title, heightOf(title, size.Width), 0)
	y += 6
	place(cases, 0, y, size.Width, max(0, foot-y))
}

// What of the height the kinds take at most, and the choices of what is left.
const (
	kindsShare   = 0.25
	choicesShare = 0.6
)

package panel

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Registry is the list of the project's concepts with a field to find them by, and below
// it the mentions of the one at the cursor, in all documents. It takes the place of the
// list of documents; the inspector shows the concept itself.
type Registry struct {
	Exits
	// OnOpen is told that a mention was opened, OnEdit that a concept's name is to be
	// typed, OnMove that the marked mentions are to be linked to something else. Any may be nil.
	OnOpen, OnEdit, OnMove func()

	session  *session.Session
	field    *entry
	list     *list
	tally    *prose
	heading  *prose
	mentions *list
	panes    *fyne.Container
	object   fyne.CanvasObject
	found    []annotate.Found
	known    int // changes of the registry that found takes in
	at       annotate.ID
	marked   map[annotate.ID]bool // to be merged
}

// NewRegistry returns the registry of s's project.
func NewRegistry(s *session.Session) *Registry {
	r := &Registry{session: s, known: -1, marked: map[annotate.ID]bool{}}
	r.list = newList(24, &r.Exits)
	r.list.length = func() int { return len(r.found) }
	r.list.show = r.row
	r.list.pick = func(int) {
		giveFocus(r.list)
		r.choose()
	}
	r.list.hovered = func(i int) {
		if r.list.focused && i == r.list.cursor {
			r.choose()
		}
	}
	r.list.typed = r.letter
	r.list.keys = map[fyne.KeyName]func(){
		fyne.KeySpace: r.mark, fyne.KeyDelete: r.delete, fyne.KeyF2: r.edit, fyne.KeyInsert: r.add,
		fyne.KeyRight: r.toMentions, fyne.KeyReturn: r.toMentions, fyne.KeyEnter: r.toMentions,
	}
	r.field = newEntry("find concepts…", false, &Exits{OnLeave: r.leave, OnKey: r.key})
	r.field.OnChanged = func(string) { r.look(true) }
	r.field.OnSubmitted = func(text string) {
		if len(r.found) == 0 && strings.TrimSpace(text) != "" {
			r.add()
			return
		}
		giveFocus(r.list)
	}
	r.field.step = func(by int) {
		if by > 0 {
			giveFocus(r.list)
		}
	}
	r.field.before = func(k *fyne.KeyEvent) bool {
		if k.Name == fyne.KeyInsert {
			r.add()
			return true
		}
		return false
	}
	r.mentions = newList(24, &Exits{OnLeave: func() { giveFocus(r.list) }, OnKey: r.key})
	r.mentions.length = s.Mentions().Len
	r.mentions.show = r.mention
	r.mentions.pick = func(i int) {
		if s.Mentions().Open(i) {
			call(r.OnOpen)
		}
	}
	r.mentions.hovered = func(int) {
		if c := s.Mentions().Concept(); r.mentions.focused && c != nil {
			s.Choose(c.ID)
		}
	}
	r.mentions.keys = map[fyne.KeyName]func(){
		fyne.KeySpace: func() { s.Mentions().Mark(r.mentions.cursor) }, fyne.KeyLeft: func() { giveFocus(r.list) },
	}
	r.mentions.typed = func(typed rune) {
		if typed == 'k' || typed == 'K' {
			r.move()
		}
	}
	r.tally = newProse("", dimTone, style{size: smallSize}, 0, insets{12, 4, 12, 2})
	r.heading = newHeading("")
	r.panes = container.New(registryLayout{}, r.field, r.list, r.tally, r.heading, r.mentions)
	r.object = container.NewStack(newGround(paneTone), r.panes)
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Linked|session.Edited|session.Opened|session.Focused|session.SchemeChanged) && r.object.Visible() {
			r.look(false)
		}
	})
	return r
}

// Object returns what to put into the window.
func (r *Registry) Object() fyne.CanvasObject { return r.object }

// Ask gives the keyboard to the field. The toolkit does not know yet which canvas a pane
// that was just put into the window is on.
func (r *Registry) Ask(c fyne.Canvas) {
	r.look(false)
	c.Focus(r.field)
	r.field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// FocusMentions gives the keyboard to the mentions, where one was opened.
func (r *Registry) FocusMentions(c fyne.Canvas) { c.Focus(r.mentions) }

// FocusList gives the keyboard to the concepts.
func (r *Registry) FocusList(c fyne.Canvas) { c.Focus(r.list) }

// look finds concepts again if others are looked for or there are others.
func (r *Registry) look(anew bool) {
	concepts := r.session.Concepts()
	if n := concepts.Changes(); anew || n != r.known {
		r.known, r.found = n, concepts.Find(r.field.Text)
		for id := range r.marked {
			if c := concepts.Get(id); c == nil || c.Into != "" {
				delete(r.marked, id)
			}
		}
		r.list.cursor = 0
		for i := range r.found { // the cursor stays with its concept
			if r.found[i].ID == r.at && !anew {
				r.list.cursor = i
			}
		}
		r.list.reveal(r.list.cursor)
		if len(r.found) > 0 {
			r.at = r.found[r.list.cursor].ID
		}
	}
	r.list.update()
	r.mentions.update()
	r.tally.set(r.standing(), dimTone)
	r.heading.set(r.title(), dimTone)
	r.panes.Refresh()
}

// standing says how many concepts there are, and what can be done.
func (r *Registry) standing() string {
	n := len(r.found)
	switch {
	case len(r.marked) > 0:
		return fmt.Sprintf("%s marked · + merges into the one at the cursor", number(len(r.marked), "concept"))
	case n == 0 && r.field.Text != "":
		return "no concept is named like this · Enter makes it"
	case n == 0:
		return "no concepts yet · K on an annotation makes one"
	}
	return number(n, "concept") + " · Space marks · F2 edits · Insert new · Delete"
}

// title says whose mentions are listed.
func (r *Registry) title() string {
	m := r.session.Mentions()
	c := m.Concept()
	if c == nil {
		return "MENTIONS"
	}
	title := fmt.Sprintf("MENTIONS OF “%s” · %d", typeset.Isolate(c.Name), m.Len())
	if n := m.MarkedCount(); n > 0 {
		title += fmt.Sprintf(" · %d MARKED, K LINKS THEM ELSEWHERE", n)
	}
	return title
}

// number returns a count with its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// row returns what a concept's row shows.
func (r *Registry) row(i int) rowContent {
	found := &r.found[i]
	c := rowContent{mark: " ", text: typeset.Isolate(found.Name), ends: true}
	if r.marked[found.ID] {
		c.mark = "✓"
	}
	switch {
	case found.By != "":
		c.text += " = " + typeset.Isolate(found.By)
	case len(found.Aliases) > 0:
		c.text += " = " + typeset.Isolate(strings.Join(found.Aliases, ", "))
	}
	if found.Kind != "" {
		c.text += " · " + typeset.Isolate(found.Kind)
	}
	c.count = strconv.Itoa(r.session.MentionCount(found.ID))
	if m := r.session.Mentions().Concept(); m != nil && m.ID == found.ID {
		c.tint, c.current = "focus", true
	}
	return c
}

// mention returns what a mention's row shows.
func (r *Registry) mention(i int) rowContent {
	m, ok := r.session.Mentions().Row(i)
	if !ok {
		return rowContent{mark: "·", text: ellipsis, faint: true}
	}
	c := rowContent{mark: " ", label: m.Document, text: ending(m.Before, contextBefore) + "[" + m.Words + "]" + m.After, ends: true}
	if r.session.Mentions().Marked(m.Span.ID) {
		c.mark = "✓"
	}
	if m.Span.Annotator != r.session.Annotator() {
		c.text, c.faint = m.Span.Annotator+": "+typeset.Isolate(c.text), true
	}
	if m.Span.ID == r.session.Focused() {
		c.tint, c.current = "focus", true
	}
	return c
}

// contextBefore is how many characters stand before a mention, so that it is in sight itself.
const contextBefore = 24

// ending returns the last n characters of a text.
func ending(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return ellipsis + string(runes[len(runes)-n:])
}

// choose makes the concept at the cursor the one that is looked at.
func (r *Registry) choose() {
	if c := r.current(); c != nil {
		r.at = c.ID
		r.session.Choose(r.at)
	}
}

// current returns the concept at the cursor, nil if there is none.
func (r *Registry) current() *annotate.Concept {
	if r.list.cursor < len(r.found) {
		return r.found[r.list.cursor].Concept
	}
	return nil
}

func (r *Registry) toMentions() {
	r.choose()
	giveFocus(r.mentions)
}

// letter goes on in the field, but for what is no letter.
func (r *Registry) letter(typed rune) {
	switch typed {
	case ' ': // marked a row
	case '+':
		r.merge()
	default:
		giveFocus(r.field)
		r.field.TypedRune(typed)
	}
}

func (r *Registry) mark() {
	c := r.current()
	if c == nil {
		return
	}
	if r.marked[c.ID] {
		delete(r.marked, c.ID)
	} else {
		r.marked[c.ID] = true
	}
	r.list.moveTo(r.list.cursor + 1)
	r.look(false)
}

// merge makes the marked concepts one with the one at the cursor.
func (r *Registry) merge() {
	c := r.current()
	if c == nil {
		return
	}
	if r.session.Merge(c.ID, annotate.SortedKeys(r.marked)...) == nil { // else told by the session
		clear(r.marked)
		r.look(false)
	}
}

func (r *Registry) delete() {
	if c := r.current(); c != nil {
		r.session.DeleteConcept(c.ID)
	}
}

func (r *Registry) edit() {
	if r.current() != nil {
		r.choose()
		call(r.OnEdit)
	}
}

// move has the marked mentions linked to something else; without a mark the one at the cursor.
func (r *Registry) move() {
	m := r.session.Mentions()
	if m.MarkedCount() == 0 {
		m.Mark(r.mentions.cursor)
	}
	if m.MarkedCount() > 0 {
		r.session.Choose(r.at)
		call(r.OnMove)
	}
}

// add makes a concept of what stands in the field.
func (r *Registry) add() {
	name := strings.TrimSpace(r.field.Text)
	if name == "" {
		r.session.Tell("Type the name of the new concept first, then Insert.")
		return
	}
	kind := ""
	if kinds := r.session.Scheme().Concepts; len(kinds) > 0 {
		kind = kinds[0]
	}
	c, err := r.session.AddConcept(kind, name)
	if err != nil {
		return // told to the person by the session
	}
	r.at = c.ID
	r.known = -1
	r.look(false)
	giveFocus(r.list)
	r.edit()
}

// registryLayout puts the field above the concepts and these above their mentions.
type registryLayout struct{}

func (registryLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 260) }

// conceptShare is what of the height the concepts take at most.
const conceptShare = 0.5

func (registryLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	field, list, tally, heading, mentions := o[0], o[1], o[2], o[3], o[4]
	top := field.MinSize().Height
	place(field, 10, 10, size.Width-20, top)
	y := 10 + top + 8
	said := heightOf(tally, size.Width)
	height := max(0, min(heightOf(list, size.Width), size.Height*conceptShare-y-said))
	place(list, 0, y, size.Width, height)
	y += height
	place(tally, 0, y, size.Width, said)
	y += said
	title := heightOf(heading, size.Width)
	place(heading, 0, y, size.Width, title)
	y += title
	place(mentions, 0, y, size.Width, max(0, size.Height-y))
}

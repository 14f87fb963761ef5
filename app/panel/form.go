package panel

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/session"
)

// Form shows and edits what is said of the document as a whole: its own fields, and the
// records in it. Only the rows on screen exist as widgets.
type Form struct {
	Exits
	// OnExplain is told the guideline of what is pointed at, "" when nothing is. May be nil.
	OnExplain func(guide string)
	// Canvas is that of the window, which the form may not be painted on yet. May be nil.
	Canvas fyne.Canvas

	session *session.Session
	rows    []formRow
	live    map[string]*liveRow // by key
	spare   []keptEntry         // text fields that no row on screen needs
	heights map[heightKey]float32
	talls   [mostRows + 1]float32 // heights of text fields by their rows, 0 where not known yet
	width   float32
	tall    float32 // of all rows

	folded map[annotate.ID]bool
	noted  annotate.ID // record whose note is being written
	at     string      // key of the row that had the keyboard last
	target string      // key of the text that the selection goes to
	busy   bool        // rows are being changed; what that commits must not change them again

	body   *fyne.Container
	scroll *container.Scroll
	view   *formView
}

// NewForm returns the form of s's current document.
func NewForm(s *session.Session) *Form {
	f := &Form{session: s, live: map[string]*liveRow{}, heights: map[heightKey]float32{}, folded: map[annotate.ID]bool{}}
	f.body = &fyne.Container{Layout: formBody{f}}
	f.scroll = container.NewVScroll(f.body)
	f.scroll.OnScrolled = func(fyne.Position) { f.fill() }
	f.view = newFormView(f)
	f.refresh()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Leaving) {
			f.finish()
		}
		if e.Is(session.Opened) {
			f.at, f.target, f.noted = "", "", ""
			clear(f.folded)
			f.scroll.ScrollToTop()
		}
		if e.Is(session.SchemeChanged) {
			clear(f.heights)
		}
		if e.Is(session.Opened | session.Edited | session.SchemeChanged | session.Linked) {
			f.refresh()
		}
	})
	return f
}

// Object returns what to put into the window.
func (f *Form) Object() fyne.CanvasObject { return f.view }

// FocusFirst gives the keyboard to the row that had it last, or to the first one.
func (f *Form) FocusFirst() {
	if i := f.index(f.at); i >= 0 {
		f.focusRow(i)
		return
	}
	f.focusFrom(0, 1)
}

// FocusRecord unfolds a record, or the document's own fields for the assessment's id, and
// gives the keyboard to the first of them that has no value though it must have one.
func (f *Form) FocusRecord(id annotate.ID) {
	if id == f.session.Layer().Assessment.EntityID() {
		id = ""
	}
	for r := f.session.Layer().Record(id); r != nil; r = f.session.Layer().Record(r.Parent) {
		delete(f.folded, r.ID)
	}
	f.refresh()
	first := -1
	for i := range f.rows {
		r := &f.rows[i]
		if r.kind == addRow && r.parent == id && strings.Contains(itemsText(f.offers(id)), wantedMark) {
			f.focusRow(i)
			return
		}
		if r.kind != valueRow || r.subject() != id {
			continue
		}
		if first < 0 {
			first = i
		}
		if line := f.field(r); strings.HasSuffix(line.name, wantedMark) {
			f.focusRow(i)
			return
		}
	}
	if first >= 0 {
		f.focusRow(first)
	} else if i := f.index(rowKey(id, headKey)); i >= 0 {
		f.focusRow(i)
	}
}

func itemsText(items []item) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString(it.text)
	}
	return b.String()
}

// Fill puts words behind what stands in the text field that had the keyboard last. It
// reports whether there is one.
func (f *Form) Fill(words string) bool {
	i := f.index(f.target)
	if i < 0 {
		return false
	}
	f.focusRow(i)
	e, ok := f.live[f.target].stop.(*entry)
	if !ok {
		return false
	}
	words = strings.Join(strings.Fields(words), " ")
	if before := strings.TrimRight(e.Text, " \n"); before != "" {
		words = before + " " + words
	}
	e.SetText(words)
	e.toEnd()
	e.finish()
	return true
}

// refresh takes in that values or records changed.
func (f *Form) refresh() {
	if f.busy {
		return
	}
	f.busy = true
	defer func() { f.busy = false }()
	f.rows = f.read()
	f.measure()
	for key, l := range f.live {
		if i := f.index(key); i >= 0 {
			f.show(l, &f.rows[i])
		} else {
			f.drop(key)
		}
	}
	f.arrange()
}

// index returns the place of the row of that key, -1 if there is none.
func (f *Form) index(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(f.rows, func(r formRow) bool { return r.key == key })
}

// focusRow gives the keyboard to the i-th row.
func (f *Form) focusRow(i int) {
	f.reveal(i)
	l := f.live[f.rows[i].key]
	if l == nil {
		l = f.make(i)
	}
	if l.stop == nil {
		return
	}
	if c := f.canvas(); c != nil {
		c.Focus(l.stop)
	}
	if e, ok := l.stop.(*entry); ok {
		e.toEnd()
	}
}

// canvas returns the canvas of the form. What was just made is not known to belong to any
// before it is painted.
func (f *Form) canvas() fyne.Canvas {
	if f.Canvas != nil {
		return f.Canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(f.view)
}

// focusFrom gives the keyboard to the first row that can have it, from the i-th on in steps of by.
func (f *Form) focusFrom(i, by int) {
	for ; i >= 0 && i < len(f.rows); i += by {
		if k := f.rows[i].kind; k != titleRow && k != problemRow {
			f.focusRow(i)
			return
		}
	}
}

// step moves the keyboard on from the row of that key.
func (f *Form) step(key string, by int) {
	if i := f.index(key); i >= 0 {
		f.focusFrom(i+by, by)
	}
}

// gained notes that the keyboard came to the row of that key.
func (f *Form) gained(key string) {
	i := f.index(key)
	if i < 0 {
		return
	}
	f.at = key
	r := &f.rows[i]
	if _, types := f.live[key].stop.(*entry); types && (r.def == nil || r.def.Kind != annotate.ConceptKind) {
		f.target = key
	}
	f.reveal(i)
	f.explain(f.guide(r))
	f.view.Refresh()
}

// guide returns what the scheme says of a row.
func (f *Form) guide(r *formRow) string {
	switch {
	case r.def != nil:
		return guideline(r.def.Name, r.def.Guideline, r.def.Example)
	case r.kind == recordRow:
		if def := f.session.Scheme().RecordLabel(r.record.Label); def != nil {
			return guideline(def.Label, def.Guideline, def.Example)
		}
	}
	return ""
}

func (f *Form) explain(guide string) {
	if f.OnExplain != nil {
		f.OnExplain(guide)
	}
}

// finish hands over what is being typed.
func (f *Form) finish() {
	for _, l := range f.live {
		if e, ok := l.stop.(*entry); ok {
			e.finish()
		}
	}
}

// add adds a record and gives its first field the keyboard.
func (f *Form) add(label string, parent annotate.ID) {
	id, err := f.session.AddRecord(label, parent)
	if err != nil {
		return // told to the person by the session
	}
	f.enter(id)
}

// enter gives the keyboard to the first field of a record.
func (f *Form) enter(id annotate.ID) {
	if i := f.index(rowKey(id, headKey)); i >= 0 {
		f.focusFrom(i+1, 1)
	}
}

// act is something that can be done with a record from its head.
type act struct {
	title string
	key   string // shown in the menu
	run   func(f *Form, r *annotate.Record)
}

// acts returns what can be done with a record.
func (f *Form) acts(r *annotate.Record) []act {
	acts := []act{
		{"Fold or unfold", "Enter", func(f *Form, r *annotate.Record) { f.fold(r.ID, !f.folded[r.ID]) }},
		{"Move up", "[", func(f *Form, r *annotate.Record) { f.move(r.ID, false) }},
		{"Move down", "]", func(f *Form, r *annotate.Record) { f.move(r.ID, true) }},
		{"Duplicate", "=", (*Form).duplicate},
		{"Flag", "F", (*Form).flag},
		{"Note", "N", (*Form).writeNote},
		{"Delete", "Delete", (*Form).remove},
	}
	for i, def := range f.addable(r.ID) {
		key := ""
		if i == 0 {
			key = "+"
		}
		acts = append(acts, act{"Add " + def.Label, key, func(f *Form, r *annotate.Record) {
			f.fold(r.ID, false)
			f.add(def.Label, r.ID)
		}})
	}
	return acts
}

func (f *Form) fold(id annotate.ID, fold bool) {
	if fold {
		f.folded[id] = true
	} else {
		delete(f.folded, id)
	}
	f.refresh()
}

func (f *Form) move(id annotate.ID, forward bool) {
	if f.session.MoveRecord(id, forward) == nil {
		f.focusKey(rowKey(id, headKey))
	}
}

func (f *Form) focusKey(key string) {
	if i := f.index(key); i >= 0 {
		f.focusRow(i)
	}
}

func (f *Form) duplicate(r *annotate.Record) {
	if id, err := f.session.DuplicateRecord(r.ID); err == nil {
		f.enter(id)
	}
}

func (f *Form) flag(r *annotate.Record) {
	flags := []string{""}
	for _, def := range f.session.Scheme().Flags {
		flags = append(flags, def.Name)
	}
	_ = f.session.SetRecordFlag(r.ID, flags[(slices.Index(flags, r.Flag)+1)%len(flags)])
}

func (f *Form) writeNote(r *annotate.Record) {
	f.noted = r.ID
	f.fold(r.ID, false)
	f.focusKey(rowKey(r.ID, noting))
}

// remove deletes a record; what stands in its place then has the keyboard.
func (f *Form) remove(r *annotate.Record) {
	at := f.index(rowKey(r.ID, headKey))
	if f.session.DeleteAnnotation(r.ID) != nil || at < 0 {
		return
	}
	for i := min(at, len(f.rows)-1); i >= 0; i-- {
		if k := f.rows[i].kind; k == recordRow || k == addRow {
			f.focusRow(i)
			return
		}
	}
	f.focusFrom(0, 1)
}

// onHeadRune acts on a record by a character.
func (f *Form) onHeadRune(r *annotate.Record, typed rune) {
	key := strings.ToUpper(string(typed))
	for _, a := range f.acts(r) {
		if a.key == key {
			a.run(f, r)
			return
		}
	}
	if flag := f.session.Scheme().FlagByKey(strings.ToLower(key)); flag != nil {
		next := flag.Name
		if r.Flag == next {
			next = ""
		}
		_ = f.session.SetRecordFlag(r.ID, next)
	}
}

// onHeadKey acts on a record by a key without a character, or moves from its head.
func (f *Form) onHeadKey(r *annotate.Record, e *fyne.KeyEvent) {
	key := rowKey(r.ID, headKey)
	switch e.Name {
	case fyne.KeyUp:
		f.step(key, -1)
	case fyne.KeyDown:
		f.step(key, 1)
	case fyne.KeyTab:
		f.step(key, direction(shiftHeld()))
	case fyne.KeyLeft:
		if f.folded[r.ID] && r.Parent != "" {
			f.focusKey(rowKey(r.Parent, headKey))
			return
		}
		f.fold(r.ID, true)
	case fyne.KeyRight:
		if !f.folded[r.ID] {
			f.step(key, 1)
			return
		}
		f.fold(r.ID, false)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.fold(r.ID, !f.folded[r.ID])
	case fyne.KeyDelete, fyne.KeyBackspace:
		f.remove(r)
	case fyne.KeyEscape:
		f.leave()
	default:
		f.key(e)
	}
}

// showMenu offers what can be done with a record.
func (f *Form) showMenu(r *annotate.Record, at fyne.Position) {
	c := f.canvas()
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	for _, a := range f.acts(r) {
		title := a.title
		if a.key != "" {
			title += "   " + a.key
		}
		items = append(items, fyne.NewMenuItem(title, func() { a.run(f, r) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}

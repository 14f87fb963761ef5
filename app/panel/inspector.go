package panel

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/session"
)

// Inspector shows and edits the focused annotation, or the document when nothing
// is focused.
type Inspector struct {
	Exits
	// OnExplain is told the guideline of what is pointed at, "" when nothing is. May be nil.
	OnExplain func(guide string)

	session   *session.Session
	describer describer
	subject   annotate.ID // what the lines are about: an annotation, or the document
	fields    []field
	lines     []line
	entries   map[string]keptEntry // by the slot of their field
	stack     *stack
	view      *scrolled
	object    *headed
	busy      bool // lines are being changed; what that commits must not change them again
}

// NewInspector returns the inspector of what is focused in s.
func NewInspector(s *session.Session) *Inspector {
	n := &Inspector{session: s, describer: describer{session: s}, entries: map[string]keptEntry{}}
	n.describer.threads = threads{
		unfolded: map[annotate.ID]bool{}, rewording: map[annotate.ID]bool{}, again: n.refresh, write: n.startWriting,
	}
	n.stack = newStack()
	n.view = newScrolled(n.stack)
	n.object = newHeaded("SELECTED", n.view)
	n.refresh()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Leaving) {
			n.finish()
		}
		if e.Is(session.Opened) {
			n.describer.quotes = nil
		}
		if e.Is(session.Opened | session.Edited | session.Focused | session.SchemeChanged | session.Linked) {
			n.refresh()
		}
	})
	return n
}

// Object returns what to put into the window.
func (n *Inspector) Object() fyne.CanvasObject { return n.object }

// FocusFirst gives the keyboard to the first attribute that must be set and is not, or
// else to the first line that takes it.
func (n *Inspector) FocusFirst() {
	wanted := slices.IndexFunc(n.fields, func(f field) bool { return strings.HasSuffix(f.name, wantedMark) })
	n.focusFrom(max(0, wanted), 1)
}

// FocusNote gives the keyboard to the note.
func (n *Inspector) FocusNote() { n.focusKey(noteKey) }

// FocusConcept gives the keyboard to the first concept that is not chosen yet, or else
// to the first one. It reports whether there is one to choose.
func (n *Inspector) FocusConcept() bool {
	key := ""
	for _, f := range n.fields {
		if f.kind == conceptField && (key == "" || f.choice.clear == nil) {
			if key = f.key; f.choice.clear == nil {
				break
			}
		}
	}
	if key == "" {
		return false
	}
	n.focusKey(key)
	return true
}

// FocusName gives the keyboard to the name of the concept that is looked at.
func (n *Inspector) FocusName() { n.focusKey(conceptNameKey) }

// FocusMove gives the keyboard to the choice where the marked mentions are to go.
func (n *Inspector) FocusMove() { n.focusKey(conceptMoveKey) }

// focusKey gives the keyboard to the line of that key; in a text, behind it.
func (n *Inspector) focusKey(key string) {
	for i := range n.fields {
		stop := n.lines[i].stop()
		if n.fields[i].key != key || stop == nil {
			continue
		}
		// A line just made is not known to belong to any canvas before it is painted.
		if c := n.canvas(); c != nil {
			c.Focus(stop)
		}
		if e, ok := stop.(*entry); ok {
			e.toEnd()
		}
		return
	}
}

// canvas returns the canvas the inspector is on, nil if it is on none.
func (n *Inspector) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(n.object)
}

// Commit hands over what is being typed into a note, an attribute or a comment. It
// reports whether the keyboard is there.
func (n *Inspector) Commit() bool {
	n.finish()
	for _, l := range n.lines {
		if e, ok := l.stop().(*entry); ok && n.holds(e) {
			e.hand()
			return true
		}
	}
	return false
}

// finish hands over what is being typed into notes and attributes, as when the document
// is left. Comments, which are meant for others, wait in their fields.
func (n *Inspector) finish() {
	for _, l := range n.lines {
		if e, ok := l.stop().(*entry); ok {
			e.finish()
		}
	}
}

// refresh shows what is focused now. Lines about the same things stay, so that
// the keyboard stays where it is.
func (n *Inspector) refresh() {
	if n.busy {
		return
	}
	n.busy = true
	defer func() { n.busy = false }()

	subject := n.session.Focused()
	if d := n.session.Document(); subject == "" && d != nil {
		subject = d.ID
	}
	if span, _ := n.session.Foreign(); span != nil {
		subject = span.ID
	}
	if c := n.session.Chosen(); c != nil {
		subject = c.ID
	}
	fields := n.describer.lines()
	same := subject == n.subject && slices.EqualFunc(fields, n.fields, func(a, b field) bool {
		return a.kind == b.kind && a.key == b.key && a.name == b.name
	})
	if !same {
		n.finish() // the fields go, and what is typed in them must not
		fields = n.describer.lines()
	}
	if subject != n.subject {
		n.view.scroll.ScrollToOffset(fyne.Position{})
	}
	n.subject, n.fields = subject, fields
	if same {
		for i := range fields {
			n.lines[i].show(&fields[i])
		}
	} else {
		n.build()
	}
	n.stack.Refresh()
	n.view.Refresh()
}

// build makes new lines and gives the keyboard to the one like that which had it.
func (n *Inspector) build() {
	held := n.heldKey()
	n.lines = make([]line, len(n.fields))
	parts := make([]fyne.CanvasObject, 0, len(n.fields)+1)
	for i := range n.fields {
		n.lines[i] = n.newLine(i, &n.fields[i])
		parts = append(parts, n.lines[i])
	}
	n.stack.set(parts)
	if held == "" {
		return
	}
	if n.focusKey(held); n.heldKey() != held {
		n.leave() // the line that had the keyboard is gone
	}
}

// heldKey returns the key of the line that has the keyboard, "" if none has.
func (n *Inspector) heldKey() string {
	for _, l := range n.lines {
		if stop := l.stop(); stop != nil && n.holds(stop) {
			return l.key()
		}
	}
	return ""
}

// holds reports whether the keyboard is at a line's stop.
func (n *Inspector) holds(stop target) bool {
	c := n.canvas()
	return c != nil && c.Focused() == fyne.Focusable(stop)
}

// focusFrom gives the keyboard to the first line that can have it, from the i-th on in steps of by.
func (n *Inspector) focusFrom(i, by int) {
	for ; i >= 0 && i < len(n.lines); i += by {
		if stop := n.lines[i].stop(); stop != nil {
			giveFocus(stop)
			return
		}
	}
}

// shown scrolls to the i-th line; below a field for a comment, to what can be done with its thread too.
func (n *Inspector) shown(i int) {
	first, last := n.lines[i], n.lines[i]
	if n.fields[i].kind == sayField && i+1 < len(n.lines) && n.fields[i+1].kind == itemsField {
		last = n.lines[i+1]
	}
	n.view.reveal(first.Position().Y, last.Position().Y+last.Size().Height)
}

func (n *Inspector) explain(guide string) {
	if n.OnExplain != nil {
		n.OnExplain(guide)
	}
}

// keptEntry is a text field and what shows it: with a theme that leaves less room inside.
type keptEntry struct {
	entry  *entry
	object fyne.CanvasObject
}

// entryOf returns the text field for f. One of the same slot is used again: each new
// theme makes the toolkit forget the width of every text it has measured, and the
// next frame measure all of them anew.
func (n *Inspector) entryOf(f *field) keptEntry {
	slot := cmp.Or(f.slot, f.key)
	kept, found := n.entries[slot]
	if !found {
		placeholder := map[fieldKind]string{noteField: "press N", sayField: "press C; Enter saves", conceptField: "press K"}[f.kind]
		placeholder = cmp.Or(f.hint, placeholder)
		kept.entry = newEntry(placeholder, f.kind != entryField && f.kind != conceptField && f.kind != pickField, &n.Exits)
		kept.object = container.NewThemeOverride(kept.entry, compact{fyne.CurrentApp().Settings().Theme()})
		n.entries[slot] = kept
	}
	return kept
}

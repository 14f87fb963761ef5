package panel

import (
	"fmt"

	"fyne.io/fyne/v2"

	"spanwright/app/session"
)

// Status is the line at the bottom: what is saved, where the cursor is, which
// label is armed, how much there is, and the last thing told.
type Status struct {
	// OnSaveElsewhere asks where to save a project that cannot be written. May be nil.
	OnSaveElsewhere func()
	// OnCopy puts a message on the clipboard. May be nil.
	OnCopy func(text string)
	// OnKeys shows the key sheet. May be nil.
	OnKeys func()

	session *session.Session
	count   tokenCounter
	object  *fyne.Container

	saved     *prose
	retry     *link
	elsewhere *link
	token     *prose
	armed     *prose
	tally     *prose
	message   *link
	keys      *link
	told      session.Message
	refused   bool // the last edit could not be saved
}

// NewStatus returns the status line of s.
func NewStatus(s *session.Session) *Status {
	small := style{size: smallSize}
	text := func() *prose { return newProse("", dimTone, small, 1, insets{}) }
	t := &Status{session: s, saved: text(), token: text(), armed: text(), tally: text()}
	t.retry = newLink("", focusTone, small, s.Retry)
	t.elsewhere = newLink("", focusTone, small, func() { call(t.OnSaveElsewhere) })
	t.message = newLink("", dimTone, small, func() {
		if t.OnCopy != nil && t.told.Text != "" {
			t.OnCopy(t.told.Text)
		}
	})
	t.keys = newLink("F1 keys", dimTone, small, func() { call(t.OnKeys) })
	t.count.post = s.Post
	t.count.told = func() { t.showToken(); t.arrange() }
	t.object = &fyne.Container{Layout: statusLayout{t}, Objects: []fyne.CanvasObject{
		newGround(barTone), t.saved, t.retry, t.elsewhere, t.token, t.armed, t.tally, t.message, t.keys,
	}}
	t.refresh(session.Event{Kind: ^session.EventKind(0)})
	s.Subscribe(t.refresh)
	return t
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// Object returns what to put into the window.
func (t *Status) Object() fyne.CanvasObject { return t.object }

func (t *Status) refresh(e session.Event) {
	for _, part := range []struct {
		kind session.EventKind
		show func()
	}{
		{session.Opened, func() { t.count.start(t.session.Body()) }},
		{session.Saved, t.showSaved},
		{session.Saved, t.forgive},
		{session.Opened | session.Selected, t.showToken},
		{session.Armed | session.Related | session.SchemeChanged | session.Opened, t.showArmed},
		{session.Opened | session.Edited, t.showTally},
		{session.Edited | session.Told, func() { t.told = t.session.Message() }},
		{session.Edited | session.Told | session.Saved, t.showMessage},
	} {
		if e.Is(part.kind) {
			part.show()
		}
	}
	t.arrange()
}

// forgive takes an error off the line once what was refused is saved.
func (t *Status) forgive() {
	refused := t.session.Saved().Err != nil
	if t.refused && !refused && t.told.Error {
		t.told = session.Message{}
	}
	t.refused = refused
}

// arrange gives the parts the room their texts need now.
func (t *Status) arrange() { t.object.Layout.Layout(t.object.Objects, t.object.Size()) }

func (t *Status) showSaved() {
	retry, elsewhere := "", ""
	switch state := t.session.Saved(); {
	case state.Err != nil:
		t.saved.set("NOT SAVED: "+state.Err.Error()+" —", badTone)
		retry, elsewhere = "Retry", "Save elsewhere…"
	case t.session.Project().ReadOnly() != nil:
		t.saved.set("read-only", badTone)
	case state.Pending > 0:
		t.saved.set("saving…", dimTone)
	case state.At.IsZero():
		t.saved.set("✓ saved", goodTone)
	default:
		t.saved.set("✓ saved "+state.At.Format("15:04:05"), goodTone)
	}
	t.retry.set(retry, focusTone)
	t.elsewhere.set(elsewhere, focusTone)
}

func (t *Status) showToken() {
	text := ""
	if cursor := t.session.Cursor(); !cursor.Empty() {
		at, of := t.count.ordinal(t.session.Body(), cursor)
		switch {
		case of > 0:
			text = fmt.Sprintf("token %d/%d", at, of)
		default:
			text = "token " + ellipsis
		}
	}
	t.token.set(text, dimTone)
}

// showArmed says what the next letter, click or sweep will do.
func (t *Status) showArmed() {
	label := t.session.Armed()
	switch {
	case len(t.session.RelationChoices()) > 0:
		t.armed.set("Which relation? Press its digit; Esc stops", focusTone)
	case t.session.Relating() != "":
		t.armed.set("Relating: a letter or a click picks the other end; Esc stops", focusTone)
	case label != "":
		t.armed.set(label+" armed", inkTone)
	default:
		t.armed.set("", dimTone)
	}
}

func (t *Status) showTally() {
	layer := t.session.Layer()
	text := plural(layer.SpanCount(), "span") + " · " + plural(layer.RelationCount(), "relation")
	if t.session.Document() == nil {
		text = ""
	}
	t.tally.set(text, dimTone)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (t *Status) showMessage() {
	tone := dimTone
	if t.told.Error {
		tone = badTone
	}
	text := t.told.Text
	if err := t.session.Saved().Err; err != nil && text == err.Error() {
		text = "" // it stands at the left already
	}
	t.message.set(text, tone)
}

const (
	statusHeight = 26
	statusGap    = 18
)

// statusLayout puts the parts from left to right and the keys at the right end;
// the message, or the reason why nothing is saved, takes the room that is left.
type statusLayout struct{ *Status }

func (statusLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, statusHeight) }

func (l statusLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	h := l.saved.style.lineHeight()
	y := (size.Height - h) / 2
	put := func(o fyne.CanvasObject, x, width float32) float32 {
		if width <= 0 {
			o.Hide()
			return x
		}
		o.Show()
		place(o, x, y, width, h)
		return x + width + statusGap
	}
	keys := l.keys.natural()
	end := size.Width - rowInset - keys
	put(l.keys, end, keys)
	x := float32(rowInset)
	rest := end - statusGap
	fixed := []*prose{&l.retry.prose, &l.elsewhere.prose, l.token, l.armed, l.tally}
	var taken float32
	for _, p := range fixed {
		if w := p.natural(); w > 0 {
			taken += w + 1 + statusGap
		}
	}
	// A long reason is cut where the two words that help would be pushed out.
	x = put(l.saved, x, min(l.saved.natural()+1, max(60, rest-x-taken-statusGap)))
	for i, o := range []fyne.CanvasObject{l.retry, l.elsewhere, l.token, l.armed, l.tally} {
		w := fixed[i].natural()
		if w > 0 {
			w = min(w+1, rest-x)
		}
		x = put(o, x, w)
	}
	put(l.message, x, min(l.message.natural()+1, rest-x))
}

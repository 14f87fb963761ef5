package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/app/session"
)

// Results is the search through all documents: a field, below it what was found, and
// how far the search is. It takes the place of the list of documents meanwhile.
type Results struct {
	Exits
	// OnOpen is told the words whose hit was opened. May be nil.
	OnOpen  func(words string)
	session *session.Session
	field   *entry
	list    *list
	tally   *prose
	panes   *fyne.Container
	rows    int // when the panes were last laid out
	object  fyne.CanvasObject
}

// NewResults returns the search of s.
func NewResults(s *session.Session) *Results {
	r := &Results{session: s}
	r.list = newList(24, &r.Exits)
	r.list.length = s.Search().Len
	r.list.show = r.row
	r.list.pick = func(i int) {
		if s.Search().Open(i) && r.OnOpen != nil {
			r.OnOpen(s.Search().State().Words)
		}
	}
	r.list.typed = func(typed rune) {
		if typed != ' ' { // opened a hit
			giveFocus(r.field)
			r.field.TypedRune(typed)
		}
	}
	r.field = newEntry("find in all documents…", false, &Exits{OnLeave: r.leave, OnKey: r.key})
	r.field.OnChanged = s.Search().Find
	r.field.OnSubmitted = func(string) { r.list.picked(0) }
	r.field.step = func(by int) {
		if by > 0 {
			giveFocus(r.list)
		}
	}
	r.tally = newProse("", dimTone, style{size: smallSize}, 0, insets{12, 4, 12, 8})
	r.panes = container.New(resultsLayout{}, r.field, r.list, r.tally)
	r.object = container.NewStack(newGround(paneTone), r.panes)
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Searched) {
			r.refresh()
		}
	})
	return r
}

// Object returns what to put into the window.
func (r *Results) Object() fyne.CanvasObject { return r.object }

// Ask gives the keyboard to the field, with these words in it; with what was looked
// for last if there are none. The toolkit does not know yet which canvas a pane that
// was just put into the window is on.
func (r *Results) Ask(c fyne.Canvas, words string) {
	if words != "" && words != r.field.Text {
		r.field.SetText(words)
	}
	c.Focus(r.field)
	r.field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// refresh shows what was found since.
func (r *Results) refresh() {
	r.list.update()
	r.tally.set(standing(r.session.Search().State()), dimTone)
	if rows := r.session.Search().Len(); rows != r.rows {
		r.rows = rows
		r.panes.Refresh() // the tally stands right below a short list
	}
}

// row returns what a row shows: a document with its count, or the words around a hit.
func (r *Results) row(i int) rowContent {
	found, ok := r.session.Search().Row(i)
	switch {
	case !ok:
		return rowContent{mark: "·", text: ellipsis, faint: true}
	case found.Count > 0:
		return rowContent{text: found.Name, count: strconv.Itoa(found.Count)}
	case found.More > 0:
		return rowContent{mark: " ", text: fmt.Sprintf("%d more", found.More), faint: true}
	}
	return rowContent{mark: " ", text: found.Hit.Before + found.Hit.Words + found.Hit.After, faint: true}
}

// standing says what a search has found and how far it is.
func standing(s session.SearchState) string {
	switch {
	case s.Words == "":
		return ""
	case s.Running && s.Total > 0:
		return fmt.Sprintf("%d in %d documents, searched %d of %d", s.Hits, s.Documents, s.Searched, s.Total)
	case s.Hits == 0:
		return fmt.Sprintf("“%s” occurs in no document", s.Words)
	case s.Documents == 1:
		return fmt.Sprintf("%d in one document", s.Hits)
	}
	return fmt.Sprintf("%d in %d documents", s.Hits, s.Documents)
}

// resultsLayout puts the field above the list and the standing below it.
type resultsLayout struct{}

func (resultsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 160) }

func (resultsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	field, list, tally := o[0], o[1], o[2]
	top := field.MinSize().Height
	place(field, 10, 10, size.Width-20, top)
	y := 10 + top + 8
	below := heightOf(tally, size.Width)
	height := max(0, min(heightOf(list, size.Width), size.Height-y-below))
	place(list, 0, y, size.Width, height)
	place(tally, 0, y+height, size.Width, below)
}

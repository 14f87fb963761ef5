package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/store"
)

// Documents is the list of documents with a filter above it and the progress below.
type Documents struct {
	Exits
	session *session.Session
	filter  *entry
	list    *list
	bar     *progressBar
	tally   *prose
	panes   *fyne.Container
	object  fyne.CanvasObject
	rows    int // when the panes were last laid out
	at      int // row of the current document, -1 if the filter hides it
}

// NewDocuments returns the list of s's documents.
func NewDocuments(s *session.Session) *Documents {
	d := &Documents{session: s, at: -1}
	d.list = newList(28, &d.Exits)
	d.list.length = s.List().Len
	d.list.show = d.row
	d.list.pick = d.open
	d.list.typed = func(r rune) { // typing anywhere in the pane filters
		if r == ' ' { // opened a document
			return
		}
		giveFocus(d.filter)
		d.filter.TypedRune(r)
	}
	d.filter = newEntry("filter documents…", false, &Exits{OnLeave: d.clearFilter, OnKey: d.Exits.key})
	d.filter.OnChanged = func(text string) { s.List().SetFilter(text) }
	d.filter.OnSubmitted = func(string) { d.openFirst() }
	d.filter.step = func(by int) {
		if by > 0 {
			giveFocus(d.list)
		}
	}
	d.filter.ActionItem = container.New(squareLayout(18), newLink("▾", dimTone, markStyle, d.ShowFilters))
	d.filter.menu = d.ShowFilters
	d.bar = newProgressBar()
	d.tally = newProse("", dimTone, style{size: smallSize}, 1, insets{12, 2, 12, 8})
	d.panes = container.New(documentsLayout{}, d.filter, d.list, d.bar, d.tally)
	d.object = container.NewStack(newGround(paneTone), d.panes)
	d.refresh()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Opened | session.Listed) {
			d.refresh()
		}
	})
	return d
}

// Object returns what to put into the window.
func (d *Documents) Object() fyne.CanvasObject { return d.object }

// SetFilter shows only the documents that a filter finds, and gives the keyboard to them. The
// toolkit does not know yet which canvas a pane that was just put into the window is on.
func (d *Documents) SetFilter(c fyne.Canvas, filter string) {
	d.filter.SetText(filter)
	c.Focus(d.list)
}

// FocusFilter gives the keyboard to the filter.
func (d *Documents) FocusFilter() { giveFocus(d.filter) }

// FocusList gives the keyboard to the list, at the current document.
func (d *Documents) FocusList() {
	if d.at >= 0 {
		d.list.cursor = d.at
	}
	giveFocus(d.list)
}

func (d *Documents) refresh() {
	if at := d.position(); at != d.at {
		d.at = at
		d.list.update()
		if at >= 0 {
			d.list.cursor = at
			d.list.reveal(at)
		}
	} else {
		d.list.update()
	}
	if n := d.list.length(); n != d.rows {
		d.rows = n
		d.panes.Refresh() // the progress stands right below a short list
	}
	p := d.session.List().Progress()
	d.bar.set(p)
	text := tally(p)
	if d.session.List().Filtered() && d.list.length() == 0 {
		text = "nothing matches “" + d.filter.Text + "”"
	}
	d.tally.set(text, dimTone)
}

func tally(p store.Progress) string {
	switch {
	case p.Total == 0:
		return "no documents"
	case p.Flagged > 0:
		return fmt.Sprintf("%d of %d done · %d flagged", p.Done, p.Total, p.Flagged)
	}
	return fmt.Sprintf("%d of %d done", p.Done, p.Total)
}

// position returns the row of the current document, asking the project only when
// it is not where it was: every edit lists anew, and counting rows takes long in a large project.
func (d *Documents) position() int {
	current := d.session.Document()
	if current == nil {
		return -1
	}
	if d.at >= 0 {
		if row, ok := d.session.List().Row(d.at); ok && row.ID == current.ID {
			return d.at
		}
	}
	return d.session.List().Position()
}

func (d *Documents) row(i int) rowContent {
	row, ok := d.session.List().Row(i)
	if !ok {
		return rowContent{mark: "·", text: ellipsis, faint: true}
	}
	c := rowContent{}
	if current := d.session.Document(); current != nil && current.ID == row.ID {
		c.tint, c.current = "focus", true
		// What is shown counts, committed or not.
		layer := d.session.Layer()
		row.Spans, row.Status, row.Flag = layer.SpanCount(), layer.Status(), layer.Assessment.Flag
		row.Scheme = layer.Assessment.Scheme
		row.Threads, row.Waiting = d.session.OpenThreadsHere(), waiting(d.session.Works())
	}
	c.mark, c.text, c.count = stateMark(row.Status, row.Flag), row.Name, strconv.Itoa(row.Spans)
	if row.Status == annotate.Done && row.Flag == "" && row.Scheme < d.session.Scheme().Revision {
		c.mark = behindMark
	}
	if row.Waiting > 0 && row.Flag == "" && row.Status != annotate.Returned {
		c.mark = stateMarks[annotate.InReview]
	}
	c.open = row.Threads > 0
	return c
}

// behindMark marks a document that was done under an older scheme.
const behindMark = "◌"

var stateMarks = map[annotate.Status]string{
	annotate.New: "○", annotate.InProgress: "◐", annotate.Done: "●",
	annotate.InReview: "◎", annotate.Returned: "↩", annotate.Final: "✓",
}

// waiting counts the works that are in review.
func waiting(works []annotate.Work) (n int) {
	for _, w := range works {
		if w.Status() == annotate.InReview {
			n++
		}
	}
	return n
}

func stateMark(status annotate.Status, flag string) string {
	if flag != "" {
		return "⚑"
	}
	if mark, known := stateMarks[status]; known {
		return mark
	}
	return stateMarks[annotate.New]
}

func (d *Documents) open(i int) {
	row, ok := d.session.List().Row(i)
	if !ok {
		return
	}
	d.leave()
	d.session.OpenDocument(row.ID)
}

func (d *Documents) openFirst() {
	if d.list.length() > 0 {
		d.list.picked(0)
	}
}

func (d *Documents) clearFilter() {
	if d.filter.Text != "" {
		d.filter.SetText("")
	}
	d.leave()
}

// squareLayout gives one thing a square of that size.
type squareLayout float32

func (s squareLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSquareSize(float32(s))
}

func (s squareLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 2, 0, size.Width-2, size.Height)
}

// documentsLayout puts the filter above, the progress below, and the list between them.
type documentsLayout struct{}

func (documentsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, 160) }

func (documentsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	filter, list, bar, tally := o[0], o[1], o[2], o[3]
	top := filter.MinSize().Height
	place(filter, 10, 10, size.Width-20, top)
	y := 10 + top + 8
	below := heightOf(tally, size.Width)
	// A short list draws the progress up to itself, as far as it may.
	height := min(heightOf(list, size.Width), size.Height-y-below-26)
	place(list, 0, y, size.Width, max(height, 0))
	y += max(height, 0) + 14
	place(bar, 12, y, size.Width-24, 6)
	place(tally, 0, y+6, size.Width, below)
}

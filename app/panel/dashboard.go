package panel

import (
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/app/report"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Dashboard shows how the work on the project stands: its figures as a list, its pictures
// beside them. A state leads to the list of documents in it, an annotator's time to the
// documents by how long they took, a figure of agreement to the differences behind it; and
// each of these to its place in the text.
type Dashboard struct {
	// OnClose brings the panes back, OnRead reads the project anew, OnSave asks where the
	// report or its pictures go. OnKey takes keys that the page has no use for.
	OnClose, OnRead, OnSave func()
	// OnFilter shows the list of documents through a filter.
	OnFilter func(filter string)
	OnKey    func(*fyne.KeyEvent)

	session *session.Session
	facts   *report.Facts // nil until they are read
	exits   Exits
	rows    []dashboardRow
	behind  behind // what the list shows instead of rows, while looking is true
	looking bool
	from    int // row from which behind was opened
	list    *list
	title   *prose
	hint    *prose
	figures *fyne.Container
	shown   *scrolled
	object  fyne.CanvasObject
}

// dashboardRow is a row of the list; open, which may be nil, shows what lies behind it.
type dashboardRow struct {
	rowContent
	open func()
}

// behind is a list of what lies behind a row.
type behind struct {
	title, hint string
	length      int
	row         func(i int) rowContent
	pick        func(i int)
	stays       bool // picking goes back to the figures, and not to the text
}

// NewDashboard returns the dashboard of s's project, with nothing read yet.
func NewDashboard(s *session.Session) *Dashboard {
	d := &Dashboard{session: s}
	d.exits = Exits{OnLeave: d.leave, OnKey: func(k *fyne.KeyEvent) {
		if d.OnKey != nil {
			d.OnKey(k)
		}
	}}
	d.title = newProse("", inkTone, style{size: textSize}, 2, insets{12, 10, 12, 6})
	d.hint = newProse("", dimTone, style{size: smallSize}, 2, insets{12, 4, 12, 8})
	d.list = newList(24, &d.exits)
	d.list.length = d.length
	d.list.show = d.row
	d.list.pick = d.picked
	d.list.typed = func(r rune) {
		if r == 's' || r == 'S' {
			call(d.OnSave)
		}
	}
	d.shown = newScrolled(newStack())
	d.figures = container.New(betweenLayout{}, d.title, d.list, d.hint)
	split := NewSplit(d.figures, d.shown, 0.46)
	d.object = container.NewStack(newGround(paneTone), split)
	d.refresh()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Saved) && d.facts != nil && !d.looking {
			d.rows = d.rowsOf(d.facts) // duties may have been given, or taken back
			d.list.update()
		}
	})
	return d
}

// Object returns what to put into the window.
func (d *Dashboard) Object() fyne.CanvasObject { return d.object }

// Focus gives the keyboard to the figures.
func (d *Dashboard) Focus(c fyne.Canvas) { c.Focus(d.list) }

// CyclePane stays where it is: there is one list.
func (d *Dashboard) CyclePane(c fyne.Canvas, _ int) { d.Focus(c) }

// Shown does nothing: the window reads the project.
func (d *Dashboard) Shown() {}

// Hidden does nothing.
func (d *Dashboard) Hidden() {}

// Apply reads the project anew.
func (d *Dashboard) Apply() { call(d.OnRead) }

// Facts returns what is shown, nil while nothing is.
func (d *Dashboard) Facts() *report.Facts { return d.facts }

// Set shows facts with their pictures as pixels, two for each unit.
func (d *Dashboard) Set(f *report.Facts, pictures []*image.RGBA) {
	d.facts, d.looking, d.list.cursor = f, false, 0
	var charts []fyne.CanvasObject
	named := f.Pictures()
	for i, pixels := range pictures {
		charts = append(charts, newChart(named[i].Title, pixels))
	}
	d.shown.stack.set(charts)
	d.rows = d.rowsOf(f)
	d.list.cursor = max(0, slices.IndexFunc(d.rows, func(r dashboardRow) bool { return r.open != nil }))
	d.refresh()
}

func (d *Dashboard) rowsOf(f *report.Facts) []dashboardRow {
	heading := func(text string) dashboardRow { return dashboardRow{rowContent: rowContent{text: text, heading: true}} }
	rows := []dashboardRow{heading("DOCUMENTS BY STATE")}
	for _, who := range f.Annotators {
		for i, n := range f.StatesOf(who) {
			if status := annotate.Statuses[i]; n > 0 {
				rows = append(rows, dashboardRow{
					rowContent{text: typeset.Isolate(who) + " · " + status.Words(), ends: true, count: strconv.Itoa(n)},
					func() { call(d.OnClose); d.OnFilter(session.WorkFilter(who, status)) },
				})
			}
		}
	}
	if len(f.Stats.Time) > 0 {
		rows = append(rows, heading("MINUTES FOR A DOCUMENT, IN THE MEDIAN"))
	}
	for _, t := range f.Stats.Time {
		text := fmt.Sprintf("%s · %s · %s min · %.1f spans per hour", typeset.Isolate(t.Annotator), plural(t.Documents, "document"), report.Minutes(float64(t.Seconds)), t.SpansPerHour)
		rows = append(rows, dashboardRow{rowContent{text: text, ends: true, count: report.Minutes(t.Median)}, func() { d.look(d.slowest(t.Annotator)) }})
	}
	rows = append(rows, heading("AGREEMENT"))
	if f.Compared == 0 {
		rows = append(rows, dashboardRow{rowContent: rowContent{text: "not defined: no document was worked on by two annotators", faint: true, ends: true}})
	}
	for i := range f.Figures {
		r := &f.Figures[i]
		text := r.Measure
		if r.Subject != "" {
			text += " · " + typeset.Isolate(r.Subject)
		}
		if r.Annotators != nil {
			text += " · " + typeset.Isolate(strings.Join(r.Annotators, ", "))
		}
		row := dashboardRow{rowContent: rowContent{text: text, ends: true, count: "–"}, open: func() { d.look(d.differences(r)) }}
		if r.Figure.Defined {
			row.count = r.Figure.String()
			if r.Confidence.Defined {
				row.text += fmt.Sprintf(" · %.3f to %.3f", r.Confidence.Low, r.Confidence.High)
			}
		} else {
			row.text, row.faint = text+": "+r.Figure.String(), true
		}
		rows = append(rows, row)
	}
	if len(f.Periods) > 0 {
		rows = append(rows, heading("F1 OF SPANS BY THE WEEK IN WHICH DOCUMENTS WERE FINISHED"))
	}
	for _, p := range f.Periods {
		rows = append(rows, dashboardRow{rowContent: rowContent{text: "from " + p.Monday.Format("2 January 2006") + " · " + plural(p.Documents, "document"), ends: true, count: p.F1.String()}})
	}
	return append(rows, d.team(f)...)
}

func (d *Dashboard) length() int {
	if d.looking {
		return d.behind.length
	}
	return len(d.rows)
}

func (d *Dashboard) row(i int) rowContent {
	if !d.looking {
		return d.rows[i].rowContent
	}
	return d.behind.row(i)
}

// slowest returns the documents of an annotator by how long they took.
func (d *Dashboard) slowest(annotator string) behind {
	times := d.facts.Slowest(annotator)
	return behind{
		title: "Documents by how many minutes they took " + typeset.Isolate(annotator),
		hint:  "Enter opens the document · Esc back to the figures", length: len(times),
		row: func(i int) rowContent {
			return rowContent{text: typeset.Isolate(times[i].Name) + " · " + plural(times[i].Spans, "span"), ends: true, count: report.Minutes(float64(times[i].Seconds))}
		},
		pick: func(i int) { d.session.OpenDocument(times[i].Document) },
	}
}

// differences returns the differences behind a figure of agreement.
func (d *Dashboard) differences(r *agreement.Result) behind {
	found := d.facts.Behind(*r)
	m, _ := agreement.FindMeasure(r.Measure)
	return behind{
		title: fmt.Sprintf("%d differences behind %s", len(found), m.Title),
		hint:  "Enter goes to the place in the text · Esc back to the figures", length: len(found),
		row:  func(i int) rowContent { return differenceRow(&found[i]) },
		pick: func(i int) { d.session.OpenPlace(found[i].Document, found[i].Place) },
	}
}

func differenceRow(x *report.Difference) rowContent {
	said := func(n int) string {
		if x.Values[n] == "" {
			return typeset.Isolate(x.Annotators[n]) + ": nothing"
		}
		return typeset.Isolate(x.Annotators[n]) + ": " + typeset.Isolate(annotate.Excerpt(x.Values[n], 30))
	}
	words := ""
	if x.Words != "" {
		words = " “" + typeset.Isolate(annotate.Excerpt(x.Words, 30)) + "”"
	}
	return rowContent{label: string(x.Kind), text: typeset.Isolate(x.Name) + words + " · " + said(0) + " · " + said(1), ends: true}
}

// picked opens what lies behind a row, or goes where one of that leads.
func (d *Dashboard) picked(i int) {
	switch {
	case d.looking && d.behind.stays:
		d.behind.pick(i)
		d.leave()
	case d.looking:
		call(d.OnClose)
		d.behind.pick(i)
	case d.rows[i].open != nil:
		d.from = i
		d.rows[i].open()
	}
}

// look shows what lies behind the row that was picked.
func (d *Dashboard) look(b behind) {
	if b.length == 0 {
		d.session.Tell("Nothing that annotators differ in lies behind this figure.")
		return
	}
	d.behind, d.looking, d.list.cursor = b, true, 0
	d.refresh()
}

// leave goes back to the figures, and from there to the text.
func (d *Dashboard) leave() {
	if !d.looking {
		call(d.OnClose)
		return
	}
	d.looking, d.list.cursor = false, d.from
	d.refresh()
	d.list.reveal(d.from)
}

func (d *Dashboard) refresh() {
	title, hint := "Reading the project…", "Esc back to the text"
	switch {
	case d.looking:
		title, hint = d.behind.title, d.behind.hint
	case d.facts != nil:
		title = fmt.Sprintf("%d documents, %d of them compared, %d decisions of adjudication", d.facts.Stats.Documents, d.facts.Compared, d.facts.Decisions)
		hint = "Enter: what lies behind, or a duty · S saves · Ctrl+Enter reads anew · Esc to the text"
	}
	d.title.set(title, inkTone)
	d.hint.set(hint, dimTone)
	d.figures.Layout.Layout(d.figures.Objects, d.figures.Size())
	d.list.update()
	d.object.Refresh()
}

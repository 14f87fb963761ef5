package panel

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/app/report"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Dashboard shows how the work on the project stands: its figures as a list, its pictures
// beside them. A figure of agreement leads to the differences behind it, and each of these
// to its place in the text.
type Dashboard struct {
	// OnClose brings the panes back, OnRead reads the project anew, OnSave asks where the
	// report or its pictures go. OnKey takes keys that the page has no use for.
	OnClose, OnRead, OnSave func()
	OnKey                   func(*fyne.KeyEvent)

	session *session.Session
	facts   *report.Facts // nil until they are read
	exits   Exits
	rows    []dashboardRow
	behind  []report.Difference // what the list shows instead of rows, while looking is true
	looking bool
	from    int // row from which behind was opened
	list    *list
	title   *prose
	hint    *prose
	shown   *fyne.Container
	object  fyne.CanvasObject
}

// pictureScale is how much of a pixel of a picture is a unit of the window.
const pictureScale = 0.46

type dashboardRow struct {
	rowContent
	figure *agreement.Result // nil where nothing lies behind
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
	d.shown = container.NewVBox()
	figures := container.NewBorder(d.title, d.hint, nil, nil, d.list)
	pictures := container.NewVScroll(container.NewPadded(d.shown))
	split := NewSplit(figures, pictures, 0.46)
	d.object = container.NewStack(newGround(paneTone), split)
	d.refresh()
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
	d.shown.RemoveAll()
	for _, pixels := range pictures {
		i := canvas.NewImageFromImage(pixels)
		i.FillMode = canvas.ImageFillContain
		i.SetMinSize(fyne.NewSize(float32(pixels.Rect.Dx())*pictureScale, float32(pixels.Rect.Dy())*pictureScale))
		d.shown.Add(i)
	}
	d.rows = d.rowsOf(f)
	d.list.cursor = max(0, slices.IndexFunc(d.rows, func(r dashboardRow) bool { return r.figure != nil }))
	d.refresh()
}

func (d *Dashboard) rowsOf(f *report.Facts) []dashboardRow {
	heading := func(text string) dashboardRow { return dashboardRow{rowContent: rowContent{text: text, heading: true}} }
	rows := []dashboardRow{heading("DOCUMENTS BY STATE")}
	for _, who := range f.Annotators {
		rows = append(rows, dashboardRow{rowContent: rowContent{text: typeset.Isolate(who) + " · " + f.StatesOf(who), ends: true}})
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
		row := dashboardRow{rowContent: rowContent{text: text, ends: true, count: "–"}, figure: r}
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
	return rows
}

func (d *Dashboard) length() int {
	if d.looking {
		return len(d.behind)
	}
	return len(d.rows)
}

func (d *Dashboard) row(i int) rowContent {
	if !d.looking {
		return d.rows[i].rowContent
	}
	x := d.behind[i]
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

// picked opens what lies behind a figure, or the place of a difference.
func (d *Dashboard) picked(i int) {
	switch {
	case d.looking:
		x := d.behind[i]
		call(d.OnClose)
		d.session.OpenPlace(x.Document, x.Place)
	case d.rows[i].figure == nil:
	default:
		d.behind = d.facts.Behind(*d.rows[i].figure)
		if len(d.behind) == 0 {
			d.session.Tell("Nothing that annotators differ in lies behind this figure.")
			return
		}
		d.looking, d.from, d.list.cursor = true, i, 0
		d.refresh()
	}
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
		r := d.facts.Figures[d.figureAt()]
		m, _ := agreement.FindMeasure(r.Measure)
		title = fmt.Sprintf("%d differences behind %s", len(d.behind), m.Title)
		hint = "Enter goes to the place in the text · Esc back to the figures"
	case d.facts != nil:
		title = fmt.Sprintf("%d documents, %d of them compared, %d decisions of adjudication", d.facts.Stats.Documents, d.facts.Compared, d.facts.Decisions)
		hint = "Enter: what lies behind a figure · S saves · Ctrl+Enter reads anew · Esc to the text"
	}
	d.title.set(title, inkTone)
	d.hint.set(hint, dimTone)
	d.list.update()
	d.object.Refresh()
}

// figureAt returns the index of the figure that was opened.
func (d *Dashboard) figureAt() int {
	n := 0
	for _, r := range d.rows[:d.from] {
		if r.figure != nil {
			n++
		}
	}
	return n
}

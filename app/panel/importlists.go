package panel

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
	"spanwright/app/typeset"
)

func (p *ImportPane) samples() []exchange.Sample {
	if preview := p.draft.Preview(); preview != nil {
		return preview.Samples
	}
	return nil
}

func (p *ImportPane) makeDocuments() {
	p.documents = newList(24, &p.exits)
	p.documents.length = func() int { return max(1, len(p.samples())) }
	p.documents.show = func(i int) rowContent {
		samples := p.samples()
		if i >= len(samples) {
			return rowContent{text: p.noDocuments(), faint: true, ends: true}
		}
		s := &samples[i]
		c := rowContent{mark: "+", text: s.Name, current: i == p.documents.cursor}
		if s.Present {
			c.mark, c.faint = "=", true
		}
		if s.Spans > 0 {
			c.count = strconv.Itoa(s.Spans)
		}
		return c
	}
	at := func(int) {
		p.pointed = p.documents
		p.showExcerpt()
		p.form.show("import", p.fields())
	}
	p.documents.pick, p.documents.moved = at, at
	p.documents.hovered = func(int) { p.explain("") }
	p.documents.shortcuts = p.copied(func() string { return p.caption.text })
	p.documents.typed = p.typed
	p.heads.documents = newHeaded("FIRST DOCUMENTS", p.documents)
	p.caption = newProse("", dimTone, style{size: smallSize}, 1, insets{12, 8, 12, 5})
}

// underWay reports whether more may come to light: the files are being looked at, or imported
// before they were looked at to the end.
func (p *ImportPane) underWay() bool {
	looking, _ := p.draft.Looking()
	return looking || p.draft.Importing()
}

// noDocuments says why no document is shown.
func (p *ImportPane) noDocuments() string {
	looking, _ := p.draft.Looking()
	switch preview := p.draft.Preview(); {
	case looking:
		return "looking…"
	case preview == nil || len(p.draft.Choices().Paths) == 0:
		return "nothing yet"
	case len(preview.Skipped) > 0:
		return "none: see the warnings"
	}
	return "none"
}

// typed takes the suggestions on +.
func (p *ImportPane) typed(r rune) {
	if r == '+' {
		p.draft.TakeSuggestions()
	}
}

func (p *ImportPane) showDocuments() {
	title := "FIRST DOCUMENTS"
	if preview := p.draft.Preview(); preview != nil {
		switch n := preview.Documents + preview.Present; {
		case n <= len(preview.Samples):
			title = "DOCUMENTS"
		default:
			title = fmt.Sprintf("FIRST %d OF %d DOCUMENTS", len(preview.Samples), n)
			if p.underWay() {
				title += " SO FAR"
			}
		}
	}
	p.heads.documents.heading.set(title, dimTone)
	p.documents.update()
	p.showExcerpt()
}

// showExcerpt draws the document at the cursor.
func (p *ImportPane) showExcerpt() {
	samples := p.samples()
	if p.documents.cursor >= len(samples) {
		p.caption.set("", dimTone)
		p.draw(annotate.NewBody(""), annotate.NewLayer("", ""), &annotate.Scheme{})
		return
	}
	p.documents.fill()
	s := &samples[p.documents.cursor]
	text := counted(s.Spans, "span")
	if s.Relations > 0 {
		text += ", " + counted(s.Relations, "relation")
	}
	switch {
	case !s.Starts:
		text += " · from where its first spans are"
	case !s.Ends:
		text += " · the beginning"
	}
	if s.Present {
		text += " · in the project already"
	}
	if s.Line > 0 {
		text += fmt.Sprintf(" · %s:%d", filepath.Base(s.File), s.Line)
	}
	p.caption.set(text, dimTone)
	p.draw(s.Body, s.Layer, p.draft.Preview().Extended)
}

// draw draws a text unless it is drawn already, after what else is to be done: that takes
// longer than a key press may.
func (p *ImportPane) draw(body *annotate.Body, layer *annotate.Layer, scheme *annotate.Scheme) {
	if p.drawn == body && p.drawnAs == scheme || body.Text() == "" && p.drawn != nil && p.drawn.Text() == "" {
		return
	}
	p.drawn, p.drawnAs = body, scheme
	p.session.Post(func() {
		if p.drawn == body && p.drawnAs == scheme {
			p.excerpt.Draw(scheme, body, layer, focusOf(layer))
		}
	})
}

// focusOf returns the relation whose curves are drawn: the one that begins first.
func focusOf(layer *annotate.Layer) annotate.ID {
	var focus annotate.ID
	first := -1
	for _, r := range layer.Relations() {
		for _, a := range r.Arguments {
			if s := layer.Span(a.Span); s != nil && (first < 0 || s.Extent().Start < first) {
				first, focus = s.Extent().Start, r.ID
			}
		}
	}
	return focus
}

func (p *ImportPane) makeWarnings() {
	p.warnings = newList(footRow, &p.exits)
	p.warnings.length = func() int { return max(1, len(p.said)) }
	p.warnings.show = func(i int) rowContent {
		switch {
		case i < len(p.said):
			w := &p.said[i]
			c := rowContent{mark: "!", faint: !w.bad, bad: w.bad, text: w.text(), count: w.where(), ends: true, current: i == p.warnings.cursor && p.warnings.focused}
			if w.bad {
				c.mark = "✗"
			}
			return c
		case p.draft.Preview() == nil:
			return rowContent{text: "nothing yet", faint: true}
		}
		if p.underWay() {
			return rowContent{text: "nothing so far", faint: true}
		}
		return rowContent{mark: "✓", text: "Everything can be taken in as it stands.", faint: true}
	}
	at := func(int) {
		p.pointed = p.warnings
		p.showDetail()
		p.form.show("import", p.fields())
	}
	p.warnings.pick, p.warnings.moved = at, at
	p.warnings.hovered = func(int) { p.explain("") }
	p.warnings.typed = p.typed
	p.warnings.shortcuts = p.copied(func() string { return p.detail.text })
	p.heads.warnings = newHeaded("WARNINGS", p.warnings)
	p.detail = newProse("", dimTone, style{size: smallSize}, 3, insets{12, 3, 12, 4})
}

func (p *ImportPane) showWarnings() {
	report, problem := p.draft.Outcome()
	if preview := p.draft.Preview(); preview != nil && report == nil {
		report = &preview.Report
	}
	p.makeWarningsOf(report, problem)
	title := "WARNINGS"
	if n := len(p.said); n > 0 {
		title = fmt.Sprintf("WARNINGS · %d", n)
		if report != nil {
			title += fmt.Sprintf(", %d left out", len(report.Skipped))
		}
		if report != nil && report.Reanchored > 0 {
			title += fmt.Sprintf(", %d re-anchored", report.Reanchored)
		}
		title += " · Ctrl+C copies"
	}
	p.heads.warnings.heading.set(title, dimTone)
	p.warnings.update()
	p.showDetail()
}

// makeWarningsOf makes the warnings of a report, and of why there is none, unless they are of these already.
func (p *ImportPane) makeWarningsOf(report *exchange.Report, problem error) {
	if report == p.saidOf && problem == p.saidWhy {
		return
	}
	p.saidOf, p.saidWhy, p.said = report, problem, p.said[:0]
	if problem != nil {
		p.said = append(p.said, warning{dataset.Remark{Sentence: problem.Error()}, true})
	}
	if report == nil {
		return
	}
	for _, r := range report.Skipped {
		p.said = append(p.said, warning{r, true})
		for _, one := range r.Each[min(1, len(r.Each)):] { // the first is told already
			p.said = append(p.said, warning{one, true})
		}
	}
	for _, r := range report.Remarks {
		p.said = append(p.said, warning{r, false})
	}
}

// showDetail shows the warning at the cursor in full.
func (p *ImportPane) showDetail() {
	text := ""
	if p.warnings.cursor < len(p.said) {
		text = p.said[p.warnings.cursor].String()
	}
	p.detail.set(text, dimTone)
	p.warnings.fill()
}

func (p *ImportPane) items() []*exchange.Item {
	if preview := p.draft.Preview(); preview != nil {
		return preview.Items
	}
	return nil
}

// added returns what the import that was made has added to the scheme, a sentence each.
func (p *ImportPane) added() []string {
	if report, _ := p.draft.Outcome(); report != nil {
		return report.Scheme
	}
	return nil
}

// imported reports whether what is shown is what came of an import.
func (p *ImportPane) imported() bool {
	report, _ := p.draft.Outcome()
	return report != nil
}

func (p *ImportPane) makeLacking() {
	p.lacking = newList(footRow, &p.exits)
	p.lacking.length = func() int { return max(1, len(p.items()), len(p.added())) }
	p.lacking.show = p.itemRow
	p.lacking.moved = func(int) { p.showDecision() }
	p.lacking.typed = p.typed
	p.lacking.pick = func(int) {
		p.showDecision()
		if p.decide.first() >= 0 {
			giveFocus(p.decide)
		}
	}
	p.lacking.shortcuts = p.copied(func() string {
		if i := p.lacking.cursor; i < len(p.items()) {
			return p.items()[i].String()
		}
		return ""
	})
	p.heads.lacking = newHeaded("WHAT THE SCHEME LACKS", p.lacking)
	back := &Exits{OnLeave: func() { giveFocus(p.lacking) }, OnKey: p.key}
	p.decide = newFlow(back)
	p.decide.step = func(by int) {
		p.lacking.moveTo(p.lacking.cursor + by)
		p.showDecision()
	}
	p.decide.explain = func(guide string) {
		p.explain(guide)
		p.revealDecision()
	}
	p.deciding = container.NewVScroll(container.New(wrapped{}, p.decide))
	p.apply = newFlow(&p.exits)
	p.apply.step = func(int) { giveFocus(p.lacking) }
	p.apply.explain = p.explain
}

// itemRow shows something that the scheme lacks and what becomes of it.
func (p *ImportPane) itemRow(i int) rowContent {
	items := p.items()
	switch {
	case i < len(items):
	case i < len(p.added()):
		return rowContent{mark: "+", text: upperFirst(p.added()[i]), ends: true}
	case p.imported():
		return rowContent{mark: "✓", text: "Nothing had to be added.", faint: true}
	case p.draft.Preview() == nil:
		return rowContent{text: "nothing yet", faint: true}
	default:
		return rowContent{mark: "✓", text: "The scheme has every label, role, attribute and value that is used.", faint: true}
	}
	it := items[i]
	name := nameOf(it)
	c := rowContent{label: string(it.Kind), count: strconv.Itoa(it.Uses), current: i == p.lacking.cursor}
	switch d := p.draft.Decision(it.Key); {
	case d.Fate == annotate.Into:
		c.mark, c.text = "→", name+" → "+typeset.Isolate(d.Into)
	case d.Fate == annotate.Drop:
		c.mark, c.text, c.faint = "−", name+" is left out", true
	case d.Fate == exchange.Add || it.Kind != annotate.ValueItem && len(it.Suggestions) == 0:
		c.mark, c.text = "+", name+" is added to the scheme"
	case it.Kind == annotate.ValueItem && len(it.Suggestions) == 0:
		c.mark, c.text, c.bad = "!", name+" comes in as it stands", true
	case it.Kind == annotate.ValueItem:
		c.mark, c.text = "?", name+" comes in; or is it "+typeset.Isolate(it.Suggestions[0])+"?"
	default:
		c.mark, c.text = "?", name+" is added; or is it "+typeset.Isolate(it.Suggestions[0])+"?"
	}
	return c
}

// nameOf names an item without saying what it is, as in "song of Claim.type".
func nameOf(it *exchange.Item) string {
	of := it.Owner
	if it.Attribute != "" {
		of = strings.TrimPrefix(it.Owner+"."+it.Attribute, ".")
	}
	if of == "" {
		return typeset.Isolate(it.Name)
	}
	return typeset.Isolate(it.Name) + " of " + typeset.Isolate(of)
}

func (p *ImportPane) showLacking() {
	title := "WHAT THE SCHEME LACKS"
	if n := len(p.items()); n > 0 {
		title = fmt.Sprintf("%s · %d · Enter chooses", title, n)
	}
	if p.imported() {
		title = "ADDED TO THE SCHEME"
	}
	p.heads.lacking.heading.set(title, dimTone)
	p.lacking.update()
	p.showDecision()
}

// choicesShown is how many names of the scheme are offered at once for one item.
const choicesShown = 12

// showDecision offers what can become of the item at the cursor.
func (p *ImportPane) showDecision() {
	items := p.items()
	p.lacking.fill()
	if p.lacking.cursor >= len(items) {
		p.decide.set(nil)
		p.arrangeFoot()
		return
	}
	it := items[p.lacking.cursor]
	now := p.draft.Decision(it.Key)
	pill := func(text string, d annotate.StepDecision, guide string) item {
		return item{kind: pillItem, text: text, on: d == now, guide: guide, act: func() { p.draft.Decide(it.Key, d) }}
	}
	offers := []item{{kind: plainItem, text: typeset.Isolate(it.Name) + ":"}}
	if it.Kind == annotate.ValueItem {
		offers = append(offers, pill("as it stands", annotate.StepDecision{}, "It comes in as it is in the files, and breaks the scheme, which is then told of each."),
			pill("add to the list", annotate.StepDecision{Fate: exchange.Add}, "It becomes one of the values of "+it.Attribute+" in the scheme."))
	} else {
		offers = append(offers, pill("add to the scheme", annotate.StepDecision{}, "It becomes a "+string(it.Kind)+" of the scheme, without rules."))
	}
	names := slices.Clone(it.Suggestions)
	for _, name := range it.Choices {
		if !slices.Contains(names, name) && (len(names) < choicesShown || p.opened[it.String()] || name == now.Into) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		offers = append(offers, pill("take as "+typeset.Isolate(name), annotate.StepDecision{Fate: annotate.Into, Into: name}, fmt.Sprintf("The %s are taken for %s.", counted(it.Uses, "use"), name)))
	}
	if len(names) < len(it.Choices) {
		offers = append(offers, item{kind: offerItem, text: fmt.Sprintf("%d more…", len(it.Choices)-len(names)), act: func() {
			p.opened[it.String()] = true
			p.showDecision()
		}})
	}
	out := "It is not imported, nor what is about it."
	if it.Kind == annotate.ValueItem {
		out = "The attribute has no value there."
	}
	offers = append(offers, pill("leave out", annotate.StepDecision{Fate: annotate.Drop}, out))
	p.decide.set(offers)
	p.arrangeFoot()
}

// revealDecision scrolls to the choice that has the keyboard.
func (p *ImportPane) revealDecision() {
	f := p.decide
	if !f.focused || f.cursor < 0 || f.cursor >= len(f.boxes) {
		return
	}
	top, at := f.boxes[f.cursor].y, p.deciding.Offset.Y
	if bottom := top + flowLine; bottom > at+p.deciding.Size().Height {
		at = bottom - p.deciding.Size().Height
	}
	p.deciding.ScrollToOffset(fyne.NewPos(0, min(at, top)))
}

// arrangeFoot gives the choices the room they need.
func (p *ImportPane) arrangeFoot() {
	if p.foot != nil {
		p.foot.Layout.Layout(p.foot.Objects, p.foot.Size())
	}
}

// wrapped is as high as a flow needs that was wrapped to its width.
type wrapped struct{}

func (wrapped) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, o[0].(*flow).height) }

func (wrapped) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
}

// importFoot puts the warnings at the left and what the scheme lacks at the right, over
// what is to be decided and the way to import.
type importFoot struct{}

const (
	warningsShare = 0.42
	footRow       = 22 // height of a row of its lists
)

func (importFoot) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, importFootLeast) }

func (importFoot) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := float32(int(size.Width * warningsShare))
	place(o[0], 0, 0, size.Width, size.Height)
	detail := o[2].(*prose)
	below := float32(0)
	if detail.text != "" {
		below = detail.heightFor(left)
	}
	place(o[1], 0, 0, left, wholeRows(size.Height-below, o[1].(*headed), left, footRow))
	place(detail, 0, size.Height-below, left, below)
	place(o[3], left, 0, 1, size.Height)
	deciding, apply := o[5].(*container.Scroll), o[6].(*flow)
	decide := deciding.Content.(*fyne.Container).Objects[0].(*flow)
	width := size.Width - left - 1
	var wide float32
	for i := range apply.items {
		wide += apply.items[i].natural()
	}
	room := max(0, width-3*rowInset-wide)
	tall := float32(flowLine)
	if len(decide.items) > 0 {
		tall = min(heightOf(decide, room), max(flowLine, float32(int(size.Height*0.45/flowLine))*flowLine))
	}
	under := tall + 8
	place(o[4], left+1, 0, width, wholeRows(size.Height-under, o[4].(*headed), width, footRow))
	place(deciding, left+1+rowInset, size.Height-under+2, room, tall)
	deciding.Refresh()
	place(apply, size.Width-rowInset-wide, size.Height-flowLine-6, wide+1, flowLine)
}

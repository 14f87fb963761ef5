package panel

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
)

// liveRow is a row of the form that is on screen, or has the keyboard.
type liveRow struct {
	object fyne.CanvasObject
	stop   target // what has the keyboard here, nil if nothing can
	take   func(*field)
	entry  *keptEntry        // what it types into, nil if nothing
	rule   *canvas.Rectangle // above a record, or at the left of what lies in one
	record *annotate.Record
}

// formIndent is how far what lies in a record stands to the right.
const formIndent = 14

// left returns where a row begins.
func (r *formRow) left() float32 {
	if r.record == nil {
		return 0
	}
	x := float32(r.depth) * formIndent
	if r.kind == recordRow || r.kind == addRow {
		return x
	}
	return x + formIndent
}

// above is the room over a row that begins something.
func (r *formRow) above() float32 {
	switch {
	case r.kind == recordRow && r.depth == 0:
		return 8
	case r.kind == addRow:
		return 5
	}
	return 0
}

// show gives a row on screen what it shows now.
func (f *Form) show(l *liveRow, r *formRow) {
	l.record = r.record
	if head, ok := l.object.(*recordHead); ok {
		missing, wrong := f.lacking(r.record.ID)
		head.set(headContent{
			folded: f.folded[r.record.ID], name: r.record.Label + " " + r.text, says: f.saysOf(r.record), flag: r.record.Flag,
			missing: missing > 0, wrong: wrong > 0,
		})
		return
	}
	line := f.field(r)
	l.take(&line)
}

// make makes the widgets of the i-th row.
func (f *Form) make(i int) *liveRow {
	r := &f.rows[i]
	key := r.key
	l := &liveRow{record: r.record}
	step, gained := func(by int) { f.step(key, by) }, func() { f.gained(key) }
	take := func(w line) { l.object, l.stop, l.take = w, w.stop(), w.show }
	line := field{}
	if r.kind != recordRow {
		line = f.field(r)
	}
	switch {
	case r.kind == recordRow:
		h := newRecordHead()
		h.gained = gained
		h.fold = func() { f.fold(l.record.ID, !f.folded[l.record.ID]) }
		h.typedKey = func(e *fyne.KeyEvent) { f.onHeadKey(l.record, e) }
		h.typedRune = func(typed rune) { f.onHeadRune(l.record, typed) }
		h.menu = func(at fyne.Position) { f.showMenu(l.record, at) }
		l.object, l.stop = h, h
		l.rule = canvas.NewRectangle(color.Transparent)
	case r.kind == titleRow:
		take(newTextLine(&line, newHeading(line.text)))
	case r.kind == problemRow:
		take(newTextLine(&line, newProblem(line.text)))
	case line.kind == itemsField:
		w := newFlow(&f.Exits)
		w.step, w.tab, w.gained, w.explain = step, step, gained, f.explain
		l.object, l.stop, l.take = w, w, func(f *field) { w.set(f.items) }
		if r.kind != addRow {
			take(newPairLine(&line, w, w, l.take))
		}
	case line.kind == conceptField:
		kept, w := f.makeChooser(&line, step, gained)
		l.entry = kept
		take(w)
	case line.kind == pickField:
		kept, w := f.makePicker(&line, step, gained)
		l.entry = kept
		take(w)
	default:
		kept, w := f.makeEntry(&line, r.def, step, gained)
		l.entry = kept
		take(w)
	}
	f.live[key] = l
	f.show(l, r)
	f.body.Objects = append(f.body.Objects, l.object)
	if l.rule != nil {
		f.body.Objects = append(f.body.Objects, l.rule)
	}
	f.place(l, r)
	return l
}

// makeEntry makes the line of a text field.
func (f *Form) makeEntry(line *field, def *annotate.Attribute, step func(int), gained func()) (*keptEntry, *pairLine) {
	long := isLong(line, def)
	kept := f.takeEntry(long)
	w := kept.entry
	w.renew()
	w.step, w.tab, w.gained = step, step, gained
	w.enter = func() { step(1) }
	l := newPairLine(line, kept.object, w, nil)
	check := line.check
	if long {
		l.grow = w.grow
	}
	w.OnChanged = func(text string) {
		problem := ""
		if check != nil {
			problem = check(text)
		}
		l.complain(problem)
		f.resized(line.key)
	}
	l.update = func(line *field) {
		w.commit = line.commit
		w.set(line.text)
	}
	l.update(line)
	return kept, l
}

// makeChooser makes the line of a concept.
func (f *Form) makeChooser(line *field, step func(int), gained func()) (*keptEntry, *pairLine) {
	kept := f.takeEntry(false)
	kept.entry.renew()
	w := newChooser(*kept, &f.Exits)
	w.step, w.gained = step, gained
	w.taken = func() { step(1) }
	w.resize = func() { f.resized(line.key) }
	kept.entry.tab = step
	return kept, newPairLine(line, w, kept.entry, func(line *field) { w.set(line.text, line.choice) })
}

// makePicker makes the line of a field that picks values of a code book.
func (f *Form) makePicker(line *field, step func(int), gained func()) (*keptEntry, *pairLine) {
	kept := f.takeEntry(false)
	kept.entry.renew()
	w := newPicker(*kept, &f.Exits)
	w.step, w.gained, w.explain = step, gained, f.explain
	w.resize = func() { f.resized(line.key) }
	kept.entry.tab = step
	return kept, newPairLine(line, w, kept.entry, func(line *field) { w.set(line.pick) })
}

// isLong reports whether a text field takes several lines.
func isLong(line *field, def *annotate.Attribute) bool {
	return line.kind == noteField || def != nil && def.Kind == annotate.TextKind
}

func (f *Form) takeEntry(long bool) *keptEntry {
	for i := range f.spare {
		if kept := f.spare[i]; kept.entry.MultiLine == long {
			f.spare = append(f.spare[:i], f.spare[i+1:]...)
			return &kept
		}
	}
	kept := keptEntry{entry: newEntry("", long, &f.Exits)}
	kept.object = container.NewThemeOverride(kept.entry, compact{fyne.CurrentApp().Settings().Theme()})
	return &kept
}

// drop takes a row off the screen.
func (f *Form) drop(key string) {
	l := f.live[key]
	if l.entry != nil {
		l.entry.entry.finish()
		l.entry.entry.renew()
		f.spare = append(f.spare, *l.entry)
	}
	delete(f.live, key)
	kept := f.body.Objects[:0]
	for _, o := range f.body.Objects {
		if o != l.object && (l.rule == nil || o != fyne.CanvasObject(l.rule)) {
			kept = append(kept, o)
		}
	}
	clear(f.body.Objects[len(kept):])
	f.body.Objects = kept
}

// heightKey is what the height of a row follows from.
type heightKey struct {
	def   *annotate.Attribute
	kind  formKind
	text  string
	width float32
}

// measure finds the height of every row; those like others are measured once.
func (f *Form) measure() {
	if f.width <= 0 {
		return
	}
	var y float32
	for i := range f.rows {
		r := &f.rows[i]
		y += r.above()
		r.y = y
		if l := f.live[r.key]; l != nil && l.entry != nil { // which may hold what is not handed over yet
			r.height = heightOf(l.object, f.width-r.left())
		} else {
			r.height = f.heightOf(r)
		}
		y += r.height
	}
	f.tall = y + rowInset
}

func (f *Form) heightOf(r *formRow) float32 {
	if r.kind == recordRow {
		return headTall
	}
	k := heightKey{kind: r.kind, def: r.def, width: f.width - r.left()}
	switch r.kind {
	case valueRow:
		if v := f.attributes(r).values[r.def.Name]; r.def.Kind == annotate.TextKind || r.def.Kind == annotate.ConceptKind || r.def.Problem(v) != "" {
			k.text = v.String()
		}
	case noteRow:
		k.text = r.record.Note
	case problemRow:
		k.text = r.text
	case addRow:
		k.text = itemsText(f.offers(r.parent))
	}
	if known, ok := f.heights[k]; ok {
		return known
	}
	h := f.measured(r, k)
	f.heights[k] = h
	return h
}

// measured returns the height of a row that is not on screen.
func (f *Form) measured(r *formRow, k heightKey) float32 {
	line := f.field(r)
	switch line.kind {
	case headingField:
		return newHeading(line.text).heightFor(k.width)
	case problemField:
		return newProblem(line.text).heightFor(k.width)
	case itemsField:
		w := newFlow(&f.Exits)
		w.set(line.items)
		if r.kind == addRow {
			return w.heightFor(k.width-rowInset) + linePad
		}
		return newPairLine(&line, w, w, nil).heightFor(k.width)
	}
	x, y := valuePlace(k.width)
	rows := 1
	if isLong(&line, r.def) {
		rows = rowsOf(line.text, max(leastValue, k.width-x-rowInset))
	}
	said := newConceptSaid(line.choice.about).heightFor(max(leastValue, k.width-x-rowInset))
	if line.pick.several {
		said += newPicked(line.pick).heightFor(max(leastValue, k.width-x-rowInset))
	}
	return y + max(f.entryTall(rows)+said, style{size: textSize}.lineHeight()) + linePad
}

// entryTall returns the height of a text field of so many rows.
func (f *Form) entryTall(rows int) float32 {
	if f.talls[rows] == 0 {
		kept := f.takeEntry(true)
		kept.entry.SetMinRowsVisible(rows)
		f.talls[rows] = kept.object.MinSize().Height
		kept.entry.rows = rows
		f.spare = append(f.spare, *kept)
	}
	return f.talls[rows]
}

// resized takes in that the row of that key may need another height.
func (f *Form) resized(key string) {
	i := f.index(key)
	l := f.live[key]
	if i < 0 || l == nil || f.busy {
		return
	}
	r := &f.rows[i]
	if heightOf(l.object, f.width-r.left()) == r.height {
		return
	}
	f.measure()
	f.arrange()
	f.reveal(i)
}

// arrange puts every row in its place.
func (f *Form) arrange() {
	f.scroll.Refresh()
	for key, l := range f.live {
		if i := f.index(key); i >= 0 {
			f.place(l, &f.rows[i])
		}
	}
	f.fill()
	f.view.Refresh()
}

func (f *Form) place(l *liveRow, r *formRow) {
	x := r.left()
	if r.kind == addRow {
		x += rowInset
	}
	place(l.object, x, r.y, f.width-x, r.height)
	if l.rule != nil {
		l.rule.FillColor = palette().Line
		place(l.rule, r.left()+rowInset, r.y-r.above()/2, f.width-r.left()-2*rowInset, 1)
		if r.depth > 0 {
			l.rule.Hide()
		}
	}
}

// fill makes the rows that came on screen and drops those that left it.
func (f *Form) fill() {
	size := f.scroll.Size()
	if size.Height <= 0 || f.width <= 0 {
		return
	}
	const margin = 40
	top, bottom := f.scroll.Offset.Y-margin, f.scroll.Offset.Y+size.Height+margin
	first := sort.Search(len(f.rows), func(i int) bool { return f.rows[i].y+f.rows[i].height > top })
	wanted, changed := map[string]bool{}, false
	for i := first; i < len(f.rows) && f.rows[i].y < bottom; i++ {
		wanted[f.rows[i].key] = true
		if f.live[f.rows[i].key] == nil {
			f.make(i)
			changed = true
		}
	}
	for key, l := range f.live {
		if !wanted[key] && !f.holds(l) {
			f.drop(key)
			changed = true
		}
	}
	if changed {
		canvas.Refresh(f.body)
	}
}

// holds reports whether the keyboard is at a row.
func (f *Form) holds(l *liveRow) bool {
	c := f.canvas()
	return c != nil && l.stop != nil && c.Focused() == fyne.Focusable(l.stop)
}

// reveal scrolls as little as brings the i-th row on screen.
func (f *Form) reveal(i int) {
	r, height := &f.rows[i], f.scroll.Size().Height
	if height <= 0 {
		return
	}
	at := f.scroll.Offset.Y
	if r.y+r.height > at+height {
		at = r.y + r.height - height
	}
	if at = min(at, r.y-r.above()); at != f.scroll.Offset.Y {
		f.scroll.ScrollToOffset(fyne.NewPos(0, max(0, at)))
	}
	f.fill()
}

// formBody gives the scrolled body the height of all rows.
type formBody struct{ *Form }

func (b formBody) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, b.tall) }

func (b formBody) Layout([]fyne.CanvasObject, fyne.Size) {}

// formView is the window the form scrolls in, with a bar at the text that the
// selection goes to.
type formView struct {
	widget.BaseWidget
	form *Form
	bar  *canvas.Rectangle
}

func newFormView(f *Form) *formView {
	v := &formView{form: f, bar: canvas.NewRectangle(color.Transparent)}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer draws the rows on screen and the bar.
func (v *formView) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{v.form.scroll, v.bar}
	mark := func() {
		v.bar.FillColor = palette().Focus
		v.bar.Hide()
		if i := v.form.index(v.form.target); i >= 0 {
			r := &v.form.rows[i]
			if y := r.y - v.form.scroll.Offset.Y; y >= 0 && y+r.height <= v.Size().Height {
				place(v.bar, 0, y, accentWidth, r.height)
				v.bar.Show()
			}
		}
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout: func(size fyne.Size) {
			f := v.form
			if size.Width != f.width {
				f.width = size.Width
				f.measure()
			}
			f.scroll.Resize(size)
			f.arrange()
		},
		minSize: func() fyne.Size { return fyne.NewSize(60, 60) },
		refresh: func() { mark(); canvas.Refresh(v) },
	}
}

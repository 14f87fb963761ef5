package panel

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
)

// picking is what a picker chooses from.
type picking struct {
	options []option
	several bool
	set     func(names []string) // none clears the value
}

// option is one value of an attribute.
type option struct {
	*annotate.Choice
	depth  int
	in     string // what it lies in, "" for nothing
	chosen bool
	folded string // name and title in lower case
}

// manyValues is from how many values on they are picked by typing rather than shown as pills.
const manyValues = 13

// picks reports whether the values of an attribute are picked by typing.
func picks(def *annotate.Attribute) bool {
	n, nested := 0, false
	for _, depth := range def.Choices() {
		n++
		nested = nested || depth > 0
	}
	return (def.Kind == annotate.ChoiceKind || def.Kind == annotate.SeveralKind) && (nested || n >= manyValues)
}

// options returns the values of an attribute, and those that are set though the scheme lacks them.
func options(def *annotate.Attribute, v annotate.Value, isSet bool) []option {
	chosen, several := v.Choices()
	if !several && isSet {
		chosen = []string{v.String()}
	}
	var all []option
	var path []string
	known := map[string]bool{}
	for c, depth := range def.Choices() {
		path = append(path[:depth], said(c))
		o := option{Choice: c, depth: depth, chosen: slices.Contains(chosen, c.Name), folded: strings.ToLower(c.Name + " " + c.Title)}
		if depth > 0 {
			o.in = path[depth-1]
		}
		known[c.Name] = true
		all = append(all, o)
	}
	for _, name := range chosen {
		if !known[name] {
			c := &annotate.Choice{Name: name, Guideline: "Not a value of the scheme."}
			all = append(all, option{Choice: c, chosen: true, folded: strings.ToLower(name)})
		}
	}
	return all
}

// said returns a value as a person reads it: the name, and what it stands for.
func said(c *annotate.Choice) string {
	if c.Title == "" {
		return c.Name
	}
	return c.Name + " · " + c.Title
}

// found returns the options that hold every typed word, those whose name begins with
// what was typed first.
func (p *picking) found(typed string) []option {
	typed = strings.ToLower(strings.TrimSpace(typed))
	if typed == "" {
		return p.options
	}
	var first, others []option
	for _, o := range p.options {
		o.depth = 0
		switch {
		case strings.HasPrefix(strings.ToLower(o.Name), typed):
			first = append(first, o)
		case holdsAll(o.folded, strings.Fields(typed)):
			others = append(others, o)
		}
	}
	return append(first, others...)
}

// chosen returns the names that are chosen, in order.
func (p *picking) chosen() (names []string) {
	for _, o := range p.options {
		if o.chosen {
			names = append(names, o.Name)
		}
	}
	return names
}

// saysAll returns what is chosen, a line each.
func (p *picking) saysAll() string {
	var lines []string
	for _, o := range p.options {
		if o.chosen {
			lines = append(lines, said(o.Choice))
		}
	}
	return strings.Join(lines, "\n")
}

// newPicked returns the text below a picker of several values.
func newPicked(p picking) *prose {
	return newProse(p.saysAll(), inkTone, style{size: smallSize}, 0, insets{4, 1, 0, 1})
}

// picker is a field with the chosen values of a code book. While it has the keyboard, the
// values stand below it as a tree: letters and codes narrow them down, Up and Down go
// through them, Enter takes one, or takes it away again. Delete takes away the last one.
type picker struct {
	widget.BaseWidget
	picking
	entry   *entry
	field   fyne.CanvasObject // what shows the entry
	list    *list
	about   *prose // what several chosen values stand for
	offer   []option
	open    bool
	step    func(by int)
	gained  func()
	resize  func() // the height has changed
	explain func(guide string)
}

// optionsShown is how many values are on screen at once.
const optionsShown = 10

func newPicker(kept keptEntry, exits *Exits) *picker {
	c := &picker{entry: kept.entry, field: kept.object}
	c.about = newPicked(picking{})
	c.list = newList(offerTall, exits)
	c.list.inset = 4
	c.list.length = func() int { return len(c.offer) }
	c.list.show = func(i int) rowContent { return optionRow(&c.offer[i], c.entry.Text != "") }
	c.list.pick = c.picked
	c.list.hovered = c.point
	c.entry.gained = c.opened
	c.entry.lost = c.close
	c.entry.before = c.key
	c.entry.OnChanged = func(string) {
		if c.open {
			c.look(0)
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// optionRow returns how an option is shown: in its place in the tree, or with what it lies in.
func optionRow(o *option, searched bool) rowContent {
	c := rowContent{text: strings.Repeat("    ", o.depth) + said(o.Choice), faint: o.Heading, ends: true}
	if o.chosen {
		c.tint, c.current = "focus", true
	}
	if searched && o.in != "" {
		c.text += " — " + o.in
	}
	return c
}

// set shows the chosen values, and what there is to choose from.
func (c *picker) set(now picking) {
	c.picking = now
	chosen := now.saysAll()
	switch {
	case now.several:
		c.entry.PlaceHolder = "add…"
		c.about.set(chosen, inkTone)
	case c.open:
		c.entry.shown = chosen
	default:
		c.entry.PlaceHolder = "choose…"
		c.entry.set(chosen)
	}
	if c.open {
		c.look(c.list.cursor)
	}
}

// opened offers all values; what is chosen makes room for what is typed.
func (c *picker) opened() {
	c.entry.shown = c.entry.Text
	c.entry.SetText("")
	c.open, c.list.focused = true, true
	at := max(0, slices.IndexFunc(c.options, func(o option) bool { return o.chosen }))
	if c.several {
		at = 0
	}
	c.look(at)
	if c.gained != nil {
		c.gained()
	}
}

// reopen offers all values where the field that a picker was made for has the keyboard.
func (c *picker) reopen() {
	c.open, c.list.focused = true, true
	c.entry.shown = c.saysAll()
	c.look(0)
}

// look shows what there is to choose, with the cursor at a row that can be chosen.
func (c *picker) look(at int) {
	c.offer = c.found(c.entry.Text)
	for at < len(c.offer)-1 && c.offer[at].Heading {
		at++
	}
	c.list.cursor = max(0, min(at, len(c.offer)-1))
	c.list.update()
	c.Refresh()
	call(c.resize)
	c.list.reveal(c.list.cursor)
	c.point(c.list.cursor)
}

// close shows what is chosen again.
func (c *picker) close() {
	if !c.open {
		return
	}
	c.open, c.offer = false, nil
	if c.several {
		c.entry.shown = ""
	}
	c.entry.SetText(c.entry.shown)
	c.point(-1)
	c.Refresh()
	call(c.resize)
}

// point has the i-th value explained.
func (c *picker) point(i int) {
	if c.explain == nil {
		return
	}
	guide := ""
	if i >= 0 && i < len(c.offer) {
		o := &c.offer[i]
		guide = guideline(said(o.Choice), o.Guideline, o.Example)
	}
	c.explain(guide)
}

// key handles what means something to the list; the field gets the rest.
func (c *picker) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp:
		c.move(-1)
	case fyne.KeyDown:
		c.move(1)
	case fyne.KeyPageUp, fyne.KeyPageDown:
		c.list.TypedKey(k)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.picked(c.list.cursor)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if c.entry.Text != "" {
			return false
		}
		if names := c.chosen(); len(names) > 0 {
			c.picking.set(names[:len(names)-1])
		}
	default:
		return false
	}
	return true
}

// move goes to the next value that can be chosen, or beyond the ends to another field.
func (c *picker) move(by int) {
	for to := c.list.cursor + by; to >= 0 && to < len(c.offer); to += by {
		if !c.offer[to].Heading {
			c.list.moveTo(to)
			return
		}
	}
	if c.step != nil {
		c.step(by)
	}
}

// picked takes the i-th value, or takes it away where it is chosen. Of one value alone
// the work goes on with the next field.
func (c *picker) picked(i int) {
	if i < 0 || i >= len(c.offer) || c.offer[i].Heading {
		return
	}
	o := c.offer[i]
	if !c.several {
		c.close()
		c.picking.set([]string{o.Name})
		if c.step != nil {
			c.step(1)
		}
		return
	}
	var names []string
	for _, other := range c.options {
		if other.chosen != (other.Name == o.Name) {
			names = append(names, other.Name)
		}
	}
	c.entry.SetText("")
	c.picking.set(names)
}

// heightFor returns the height of the field with what is chosen or offered below it.
func (c *picker) heightFor(width float32) float32 {
	return c.field.MinSize().Height + c.below(width)
}

func (c *picker) below(width float32) float32 {
	h := c.about.heightFor(width)
	if c.open {
		h += float32(min(len(c.offer), optionsShown))*offerTall + 4
	}
	return h
}

// CreateRenderer draws the field and what is below it.
func (c *picker) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{c.field, c.about, c.list}
	layout := func(size fyne.Size) {
		top := c.field.MinSize().Height
		place(c.field, 0, 0, size.Width, top)
		about := c.about.heightFor(size.Width)
		place(c.about, 0, top, size.Width, about)
		if c.open {
			c.list.Show()
		} else {
			c.list.Hide()
		}
		place(c.list, 0, top+about+2, size.Width, max(0, c.below(size.Width)-about-2))
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(60, c.heightFor(c.Size().Width)) },
		refresh: func() { layout(c.Size()); canvas.Refresh(c) },
	}
}

// pick makes f pick values of a code book.
func (a attributes) pick(f *field, def *annotate.Attribute, v annotate.Value, isSet bool) {
	f.kind = pickField
	f.pick = picking{options: options(def, v, isSet), several: def.Kind == annotate.SeveralKind}
	several, set := f.pick.several, a.set
	f.pick.set = func(names []string) {
		switch {
		case len(names) == 0:
			set(def.Name, annotate.Value{}, false)
		case several:
			set(def.Name, annotate.Choices(names...), true)
		default:
			set(def.Name, annotate.Text(names[0]), true)
		}
	}
}

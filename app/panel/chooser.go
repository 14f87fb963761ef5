package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/session"
	"spanwright/app/typeset"
)

// choosing is what a chooser needs to know of the concept it shows.
type choosing struct {
	about  string                             // said below the field
	offers func(typed string) []session.Offer // the likeliest first
	take   func(session.Offer)
	clear  func() // nil where nothing is set
}

// chooser is a field with the name of a concept. While it has the keyboard, concepts are
// offered below it: letters narrow them down, Up and Down go through them, Enter takes
// one. Delete takes away what is set, Esc leaves all as it was.
type chooser struct {
	widget.BaseWidget
	choosing
	entry  *entry
	field  fyne.CanvasObject // what shows the entry
	list   *list
	said   *prose
	offer  []session.Offer
	typed  string // since the keyboard came
	open   bool
	exits  *Exits
	step   func(by int)
	gained func()
	lost   func() // the keyboard went; may be nil
	taken  func() // goes on after a choice; nil goes back to the text
	resize func() // the height has changed
}

const offerTall = 22

func newChooser(kept keptEntry, exits *Exits) *chooser {
	c := &chooser{entry: kept.entry, field: kept.object, exits: exits}
	c.said = newConceptSaid("")
	c.list = newList(offerTall, exits)
	c.list.inset = 4
	c.list.length = func() int { return len(c.offer) }
	c.list.show = func(i int) rowContent { return offerRow(&c.offer[i]) }
	c.list.pick = c.picked
	c.entry.gained = c.opened
	c.entry.lost = c.close
	c.entry.before = c.key
	c.entry.OnChanged = func(text string) {
		if c.open {
			c.typed = text
			c.list.cursor = 0
			c.look()
		}
	}
	c.ExtendBaseWidget(c)
	return c
}

// offerRow returns how an offer is shown.
func offerRow(o *session.Offer) rowContent {
	if o.Concept == nil {
		c := rowContent{mark: "+", text: "new “" + typeset.Isolate(o.Name) + "”", faint: true, ends: true}
		if o.Kind != "" {
			c.text += " · " + typeset.Isolate(o.Kind)
		}
		return c
	}
	c := rowContent{mark: " ", text: typeset.Isolate(o.Name), ends: true}
	if o.Before {
		c.mark = "↻"
	}
	if o.By != "" {
		c.text += " (" + typeset.Isolate(o.By) + ")"
	}
	if o.Concept.Kind != "" {
		c.text += " · " + typeset.Isolate(o.Concept.Kind)
	}
	if o.Mentions > 0 {
		c.count = strconv.Itoa(o.Mentions)
	}
	return c
}

// set shows a name, and what there is to choose now.
func (c *chooser) set(name string, now choosing) {
	c.choosing = now
	c.entry.set(name)
	c.said.set(now.about, dimTone)
	if c.open {
		c.look()
	}
}

// opened offers concepts for what is set; the first letter typed replaces the name.
func (c *chooser) opened() {
	c.open, c.typed, c.list.cursor, c.list.focused = true, "", 0, true
	c.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	c.look()
	if c.gained != nil {
		c.gained()
	}
}

// look asks what there is to offer.
func (c *chooser) look() {
	c.offer = c.offers(c.typed)
	c.list.update()
	c.Refresh()
	call(c.resize)
}

// close shows the name of what is set again.
func (c *chooser) close() {
	if !c.open {
		return
	}
	c.open, c.offer = false, nil
	c.entry.SetText(c.entry.shown)
	c.Refresh()
	call(c.resize)
	call(c.lost)
}

// key handles what means something to the offers; the field gets the rest.
func (c *chooser) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown:
		by := 1
		if k.Name == fyne.KeyUp {
			by = -1
		}
		if to := c.list.cursor + by; to >= 0 && to < len(c.offer) {
			c.list.moveTo(to)
		} else if c.step != nil {
			c.step(by)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		c.picked(c.list.cursor)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if c.typed != "" || c.clear == nil {
			return false
		}
		clear := c.clear
		c.exits.leave()
		clear()
	default:
		return false
	}
	return true
}

// picked takes the i-th offer.
func (c *chooser) picked(i int) {
	if i < 0 || i >= len(c.offer) {
		return
	}
	o, take := c.offer[i], c.take
	c.close()
	if c.taken != nil {
		c.taken()
	} else {
		c.exits.leave()
	}
	take(o)
}

// heightFor returns the height of the field with what is said or offered below it.
func (c *chooser) heightFor(width float32) float32 {
	return c.field.MinSize().Height + c.below(width)
}

func (c *chooser) below(width float32) float32 {
	if c.open {
		return float32(len(c.offer))*offerTall + 4
	}
	return c.said.heightFor(width)
}

// CreateRenderer draws the field and what is below it.
func (c *chooser) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{c.field, c.said, c.list}
	layout := func(size fyne.Size) {
		top := c.field.MinSize().Height
		place(c.field, 0, 0, size.Width, top)
		below := c.below(size.Width)
		for o, shown := range map[fyne.CanvasObject]bool{c.said: !c.open, c.list: c.open} {
			if shown {
				o.Show()
			} else {
				o.Hide()
			}
			place(o, 0, top+2, size.Width, below)
		}
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(60, c.heightFor(c.Size().Width)) },
		refresh: func() { layout(c.Size()); canvas.Refresh(c) },
	}
}

// newConceptSaid returns what is said below the field of a concept.
func newConceptSaid(text string) *prose {
	return newProse(text, dimTone, style{size: smallSize}, 0, insets{2, 1, 0, 0})
}

// conceptSaid returns what stands below the name of a concept.
func conceptSaid(kind string, mentions int) string {
	n := "no mentions yet"
	if mentions == 1 {
		n = "1 mention"
	} else if mentions > 1 {
		n = fmt.Sprintf("%d mentions", mentions)
	}
	if kind == "" {
		return n
	}
	return kind + " · " + n
}

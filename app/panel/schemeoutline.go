package panel

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/annotate"
	"spanwright/app/session"
)

// section is a part of the outline.
type section struct{ list, title, short, one string }

// sections are the parts of a scheme, in the order of the outline.
var sections = []section{
	{"spans", "LABELS", "labels", "label"},
	{"relations", "RELATIONS", "relations", "relation"},
	{"document", "DOCUMENT ATTRIBUTES", "of documents", "attribute"},
	{"records", "RECORDS", "records", "record"},
	{"rules", "RULES", "rules", "rule"},
	{"concepts", "KINDS OF CONCEPT", "concepts", "kind"},
	{"flags", "FLAGS", "flags", "flag"},
}

// outlineRow is a row of the outline: an item, the heading of a list, or that of a group.
type outlineRow struct {
	path    string // of the item
	list    string // of a heading: what is added there
	content rowContent
}

// outline lists everything in a scheme.
type outline struct {
	editor *SchemeEditor
	exits  Exits
	find   *entry
	list   *list
	rows   []outlineRow
	folded map[string]bool // by kind and name; others are as they are at first
	object *fyne.Container
}

func newOutline(e *SchemeEditor) *outline {
	o := &outline{editor: e, folded: map[string]bool{}}
	o.exits = Exits{OnLeave: e.leave, OnKey: e.key}
	o.list = newList(24, &o.exits)
	o.list.length = func() int { return len(o.rows) }
	o.list.show = func(i int) rowContent {
		c := o.rows[i].content
		c.current = o.rows[i].path != "" && o.rows[i].path == e.path
		if c.current {
			c.tint = "focus"
		}
		return c
	}
	o.list.pick = func(i int) { o.take(i) }
	o.list.moved = o.take
	o.list.keys = o.keys()
	o.list.shortcuts = o.shortcut
	o.list.typed = o.rune
	o.find = newEntry("find in the scheme…", false, &o.exits)
	o.find.OnChanged = func(string) { o.refresh() }
	o.find.step = func(by int) {
		if by > 0 {
			giveFocus(o.list)
		}
	}
	o.find.OnSubmitted = func(string) { giveFocus(o.list) }
	o.object = container.NewStack(newGround(paneTone), container.New(resultsLayout{}, o.find, o.list, newProse("", dimTone, style{size: smallSize}, 0, insets{})))
	return o
}

// marks are the signs before items that have neither key nor colour.
var marks = map[annotate.ItemKind]string{
	annotate.RelationItem: "→", annotate.RoleItem: "·", annotate.AttributeItem: "=", annotate.ValueItem: "·",
	annotate.RecordItem: "□", annotate.RuleItem: "!", annotate.ConceptItem: "·", annotate.FlagItem: "⚑",
}

// refresh takes in that the scheme or what is looked for is another.
func (o *outline) refresh() {
	d := o.editor.draft
	wrong := map[string]int{}
	for _, p := range d.Problems() {
		for path, _ := d.Place(p.Path); path != ""; path = d.Owner(path) {
			wrong[path]++
		}
	}
	count := func(path string) (string, bool) {
		if n := wrong[path]; n > 0 {
			return strconv.Itoa(n) + "!", true
		}
		return "", false
	}
	wanted := annotate.Fold(o.find.Text)
	items := d.Items()
	o.rows = o.rows[:0]
	if wanted == "" {
		whole := rowContent{text: "the scheme as a whole"}
		whole.count, whole.bad = count("$")
		o.rows = append(o.rows, outlineRow{path: "$", content: whole})
	}
	small := len(items) <= 60
	at := 0
	for _, s := range sections {
		list := "$." + s.list
		head := len(o.rows)
		n := 0
		group, hidden := "", 0
		for at < len(items) && strings.HasPrefix(items[at].Path, list+"[") {
			item := &items[at]
			at++
			if item.Depth == 1 || item.Kind == annotate.LabelItem || s.list != "spans" && strings.Count(item.Path, ".") == 1 {
				n++
			}
			if wanted != "" && !strings.Contains(annotate.Fold(item.Name), wanted) && kindNames[item.Kind] != wanted {
				continue
			}
			if wanted == "" && hidden > 0 && item.Depth > hidden && item.Kind != annotate.LabelItem {
				continue
			}
			hidden = 0
			if item.Kind == annotate.LabelItem && item.Group != group && item.Depth == 1 && wanted == "" {
				group = item.Group
				title := group
				if title == "" {
					title = "without a heading"
				}
				o.rows = append(o.rows, outlineRow{content: rowContent{text: title, faint: true}})
			}
			c := rowContent{text: item.Name, level: item.Depth - 1, mark: marks[item.Kind], faint: item.Kind == annotate.ValueItem}
			if item.Kind == annotate.LabelItem {
				c.mark, c.keycap, c.swatch = item.Key, true, item.Color
				if c.swatch == "" {
					c.swatch = "#7f7f7f"
				}
			}
			if c.text == "" {
				c.text, c.faint = "(no name)", true
			}
			if wanted != "" {
				c.level = 0
			}
			c.count, c.bad = count(item.Path)
			if item.Inner > 0 && o.isFolded(item, small) {
				hidden = item.Depth
				if !c.bad {
					c.count = fmt.Sprintf("+%d", item.Inner)
				}
			}
			o.rows = append(o.rows, outlineRow{path: item.Path, content: c})
		}
		if wanted != "" && head == len(o.rows) {
			continue
		}
		heading := rowContent{text: s.title, heading: true}
		if n > 0 {
			heading.count = strconv.Itoa(n)
		}
		o.rows = append(o.rows[:head:head], append([]outlineRow{{list: list, content: heading}}, o.rows[head:]...)...)
	}
	o.list.update()
}

// isFolded reports whether what lies in an item is hidden: values always at first, the
// rest where there is much of it.
func (o *outline) isFolded(item *session.SchemeItem, small bool) bool {
	if strings.HasPrefix(o.editor.path, item.Path+".") {
		return false
	}
	if folded, told := o.folded[foldKey(item)]; told {
		return folded
	}
	return !small || item.Kind == annotate.AttributeItem || item.Kind == annotate.ValueItem
}

func foldKey(item *session.SchemeItem) string { return string(item.Kind) + " " + item.Name }

// take chooses the item of a row.
func (o *outline) take(i int) {
	if i < len(o.rows) && o.rows[i].path != "" {
		o.editor.choose(o.rows[i].path)
	}
}

// toPath puts the cursor on the row of an item.
func (o *outline) toPath(path string) {
	for i := range o.rows {
		if o.rows[i].path == path {
			o.list.cursor = i
			o.list.reveal(i)
			break
		}
	}
	o.list.update()
}

// here returns the row with the cursor.
func (o *outline) here() outlineRow {
	if o.list.cursor < len(o.rows) {
		return o.rows[o.list.cursor]
	}
	return outlineRow{}
}

// keys are what keys mean in the outline besides moving in it.
func (o *outline) keys() map[fyne.KeyName]func() {
	enter := func() {
		if path := o.here().path; path != "" {
			o.editor.choose(path)
			o.editor.form.focusFrom(0, 1)
		}
	}
	fold := func(folded bool) func() {
		return func() {
			if path := o.here().path; path != "" && path != "$" {
				d := o.editor.draft.Describe(path)
				o.folded[foldKey(&d)] = folded
				o.refresh()
			}
		}
	}
	return map[fyne.KeyName]func(){
		fyne.KeyReturn: enter, fyne.KeyEnter: enter, fyne.KeyInsert: o.add, fyne.KeyLeft: fold(true), fyne.KeyRight: fold(false),
		fyne.KeyDelete: func() {
			if path := o.here().path; path != "" {
				o.editor.remove(path)
			}
		},
	}
}

// add makes an item after the one at the cursor, or the first of a heading's list.
func (o *outline) add() {
	row := o.here()
	if row.list != "" {
		o.editor.add(row.list, 1<<20)
		return
	}
	if list, i, ok := splitPath(row.path); ok {
		o.editor.add(list, i+1)
	}
}

// splitPath returns the list that an item lies in and its place there.
func splitPath(path string) (list string, i int, ok bool) {
	open := strings.LastIndexByte(path, '[')
	if open < 0 || !strings.HasSuffix(path, "]") {
		return "", 0, false
	}
	i, err := strconv.Atoi(path[open+1 : len(path)-1])
	return path[:open], i, err == nil
}

func (o *outline) rune(r rune) {
	switch {
	case r == '+':
		o.add()
	case r != ' ':
		giveFocus(o.find)
		o.find.TypedRune(r)
	}
}

func (o *outline) shortcut(s fyne.Shortcut) {
	c, ok := s.(*desktop.CustomShortcut)
	path := o.here().path
	switch {
	case !ok || path == "":
	case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyUp:
		o.editor.move(path, -1)
	case c.Modifier == fyne.KeyModifierAlt && c.KeyName == fyne.KeyDown:
		o.editor.move(path, 1)
	case c.Modifier == fyne.KeyModifierControl && c.KeyName == fyne.KeyD:
		o.editor.duplicate(path)
	}
}

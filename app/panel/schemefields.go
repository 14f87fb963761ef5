package panel

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
)

// fieldSet collects the lines of a form about the item at path.
type fieldSet struct {
	editor *SchemeEditor
	draft  *session.SchemeDraft
	path   string
	fields []formField
}

func (b *fieldSet) add(f formField) { b.fields = append(b.fields, f) }

func (b *fieldSet) heading(text string) {
	b.add(formField{field: field{kind: headingField, key: "heading " + text, text: text}})
}

// entry adds a line to type.
func (b *fieldSet) entry(property, name, value, empty, hint string, live func(string)) {
	b.add(formField{
		field: field{kind: entryField, key: property, name: name, text: value, slot: empty}, property: property, hint: hint, live: live,
	})
}

// prose adds several lines to type, and below them what their Markdown comes to.
func (b *fieldSet) prose(property, name, value, hint string, live func(string)) {
	b.add(formField{
		field: field{kind: textField, key: property, name: name, text: value, slot: "Markdown"}, property: property, hint: hint, live: live,
	})
	if strings.ContainsAny(value, "*_`#[-\n") {
		b.add(formField{field: field{kind: markdownField, key: property + " rendered", text: value}})
	}
}

// words adds a line of words with commas between them.
func (b *fieldSet) words(property, name string, values []string, empty, hint string, set func([]string)) {
	b.entry(property, name, strings.Join(values, ", "), empty, hint, func(text string) { set(cut(text)) })
}

// cut returns the words between commas; without any it is nil.
func cut(text string) []string {
	var found []string
	for word := range strings.SplitSeq(text, ",") {
		if word = strings.TrimSpace(word); word != "" {
			found = append(found, word)
		}
	}
	return found
}

// alternative is a value to choose, what it is called and what it means.
type alternative struct{ value, text, guide string }

// pick adds pills of which one is chosen.
func (b *fieldSet) pick(property, name, chosen string, options []alternative, hint string, set func(string)) {
	items := make([]item, len(options))
	for i, o := range options {
		items[i] = item{kind: pillItem, text: o.text, on: o.value == chosen, guide: o.guide, act: func() {
			b.draft.EndTyping()
			set(o.value)
		}}
	}
	b.add(formField{field: field{kind: itemsField, key: property, name: name, items: items}, property: property, hint: hint})
}

// switches adds pills each of which is on or off.
func (b *fieldSet) switches(property, name, hint string, items ...item) {
	for i := range items {
		act := items[i].act
		items[i].kind = pillItem
		items[i].act = func() { b.draft.EndTyping(); act() }
	}
	b.add(formField{field: field{kind: itemsField, key: property, name: name, items: items}, property: property, hint: hint})
}

// shownAtOnce is how many names are offered without asking for a part of one.
const shownAtOnce = 24

// many adds pills of which any number is chosen. Of very many only the chosen ones and
// those with what was typed in them are shown.
func (b *fieldSet) many(property, name string, all, chosen []string, hint string, set func([]string)) {
	if len(all)+len(chosen) == 0 {
		return // nothing to choose from
	}
	wanted := b.editor.wanted[property]
	if len(all) > shownAtOnce {
		b.add(formField{
			field: field{kind: entryField, key: property + " find", name: name, text: wanted, slot: fmt.Sprintf("find among %d…", len(all))}, hint: hint,
			live: func(text string) {
				b.editor.wanted[property] = text
				b.editor.showForm()
			},
		})
		name = ""
	}
	var items []item
	for _, missing := range append(slices.Clone(chosen), all...) {
		on := slices.Contains(chosen, missing)
		known := slices.Contains(all, missing)
		listed := slices.ContainsFunc(items, func(it item) bool { return it.text == missing })
		matches := len(all) <= shownAtOnce || wanted != "" && strings.Contains(annotate.Fold(missing), annotate.Fold(wanted))
		if listed || !on && (!matches || len(items) >= 2*shownAtOnce) {
			continue
		}
		guide := ""
		if !known {
			guide = "The scheme has nothing of that name."
		}
		items = append(items, item{kind: pillItem, text: missing, on: on, guide: guide, act: func() {
			b.draft.EndTyping()
			var names []string
			for _, n := range append(slices.Clone(all), chosen...) {
				if in := slices.Contains(chosen, n); in != (n == missing) && !slices.Contains(names, n) {
					names = append(names, n)
				}
			}
			set(names)
		}})
	}
	if len(all) <= shownAtOnce { // in the scheme's order, so that they stay in place
		slices.SortStableFunc(items, func(x, y item) int { return slices.Index(all, x.text) - slices.Index(all, y.text) })
	}
	b.add(formField{field: field{kind: itemsField, key: property, name: name, items: items}, property: property, hint: hint})
}

// number adds a whole number to type; an empty line is 0.
func (b *fieldSet) number(property, name string, value int, empty, hint string, set func(int)) {
	text := ""
	if value != 0 {
		text = strconv.Itoa(value)
	}
	b.entry(property, name, text, empty, hint, func(text string) {
		n, _ := strconv.Atoi(strings.TrimSpace(text)) // checked before
		set(n)
	})
	b.fields[len(b.fields)-1].check = func(text string) string {
		if text = strings.TrimSpace(text); text != "" {
			if n, err := strconv.Atoi(text); err != nil || n < 0 {
				return "A whole number from 0 on, or nothing."
			}
		}
		return ""
	}
}

// level adds what happens to what breaks a rule.
func (b *fieldSet) level(level annotate.Level, whole bool, set func(annotate.Level)) {
	options := []alternative{
		{"", "as the scheme", "The level of the whole scheme."},
		{"warn", "warn", "What breaks it is shown; nothing is refused."},
		{"forbid", "forbid", "An edit that would break it is refused; where something is only missing, the document cannot be done."},
	}
	if whole {
		options = options[1:]
		if level == "" {
			level = annotate.Warn
		}
	}
	b.pick("level", "when broken", string(level), options, "What happens to an annotation that breaks this.", func(l string) { set(annotate.Level(l)) })
}

// name adds the name, which everything that mentions the item follows.
func (b *fieldSet) name(property, value, hint string, formerly []string) {
	b.entry(property, "name", value, "", hint, func(text string) { b.draft.Rename(b.path, strings.TrimSpace(text)) })
	if len(formerly) > 0 {
		b.add(formField{field: field{kind: readingField, key: "formerly", name: "formerly", text: strings.Join(formerly, ", ")}, tone: dimTone})
	}
}

// texts adds guideline and example.
func (b *fieldSet) texts(guideline, example string, setGuideline, setExample func(string)) {
	b.heading("GUIDELINE")
	b.prose("guideline", "guideline", guideline, "When to use it and when not, in a few sentences. Annotators see it beside the text.", setGuideline)
	b.prose("example", "example", example, "One good case; brackets around what is labelled.", setExample)
}

// children adds the items of a list inside this one as links, and how to make another.
func (b *fieldSet) children(list, name, one string) {
	var items []item
	owner := b.path + "." + list
	for i := 0; ; i++ {
		path := fmt.Sprintf("%s[%d]", owner, i)
		if b.draft.Item(path) == nil {
			items = append(items, item{kind: offerItem, text: "+ " + one, guide: "Adds " + withArticle(one) + ".", act: func() { b.editor.add(owner, i) }})
			break
		}
		items = append(items, item{kind: linkItem, text: b.draft.Describe(path).Name, act: func() { b.editor.choose(path) }})
		if i+1 < 400 && b.draft.Item(fmt.Sprintf("%s[%d]", owner, i+1)) != nil {
			items = append(items, item{kind: plainItem, text: "·"})
		}
	}
	b.add(formField{field: field{kind: itemsField, key: list, name: name, items: items}, property: list})
}

func withArticle(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

// color adds the swatches, the colour as it is written, and how well it can be read and
// told from those of the other labels.
func (b *fieldSet) color(value string, set func(string)) {
	b.add(formField{
		field: field{kind: swatchField, key: "swatches", name: "colour"}, property: "swatches", colors: swatchChoice{annotate.Palette, value, func(hex string) {
			b.draft.EndTyping()
			set(hex)
		}},
		hint: "The first six are Okabe and Ito's, made to be told apart by colour-blind eyes.",
	})
	b.entry("color", "", value, "#rrggbb", "A colour of your own, written #rrggbb.", func(text string) { set(strings.TrimSpace(text)) })
	for _, v := range variants {
		var said []string
		passes := true
		for _, r := range v.Readings(value) {
			mark := "✓"
			if !r.Passes() {
				mark, passes = fmt.Sprintf("✗, needs %g", r.Least), false
			}
			said = append(said, fmt.Sprintf("%s %.1f %s", r.What, r.Ratio, mark))
		}
		tone := dimTone
		if !passes {
			tone = badTone
		}
		b.add(formField{field: field{kind: readingField, key: "contrast " + v.name(), name: "contrast, " + v.name(), text: strings.Join(said, " · ")}, tone: tone})
	}
}

// alike says which other labels are hard to tell from one of that colour, and for whom.
func alike(scheme *annotate.Scheme, label, hex string) []string {
	var found []string
	for i := range scheme.Spans {
		other := &scheme.Spans[i]
		if other.Label == label || other.Color == "" {
			continue
		}
		var where []string
		for _, v := range variants {
			if visions := v.Confusable(hex, other.Color); len(visions) == len(theme.Visions) {
				where = append(where, "for everybody, "+v.name())
			} else if len(visions) > 0 {
				names := make([]string, len(visions))
				for k, vision := range visions {
					names[k] = vision.String()
				}
				where = append(where, strings.Join(names, ", ")+", "+v.name())
			}
		}
		if len(where) > 0 {
			found = append(found, fmt.Sprintf("%s (%s)", other.Label, strings.Join(where, "; ")))
		}
	}
	return found
}

// examples adds real annotations of the label, once they are read.
func (b *fieldSet) examples(l *annotate.SpanLabel) {
	found := b.editor.examples.Of(b.draft, l)
	if len(found) == 0 {
		return
	}
	b.heading("IN THE PROJECT")
	for _, m := range found {
		b.add(formField{field: field{kind: quoteField, key: "quote " + string(m.Span.ID), name: m.Document}, quote: m.Context})
	}
}

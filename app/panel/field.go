package panel

import (
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
)

// fieldKind is how a line of the inspector looks.
type fieldKind int

const (
	titleField   fieldKind = iota // a label's chip and what is covered
	itemsField                    // pills and links
	entryField                    // one line to type
	conceptField                  // a concept to choose
	pickField                     // values of a code book to choose
	noteField                     // several lines to type
	saidField                     // a comment
	sayField                      // a comment being written
	proseField                    // a hint
	problemField                  // a violation of the scheme
	headingField
	textField     // several lines to type, without a hint
	swatchField   // colours to choose
	readingField  // words beside a name, in a tone
	markdownField // what Markdown comes to
	quoteField    // words of a document
)

// field is one line of the inspector.
type field struct {
	kind    fieldKind
	key     string // the same as long as the line is about the same thing
	guide   string // what the scheme says of what is typed or chosen here
	hint    string // shown in an empty field, where that is not the usual one
	slot    string // the widget it can share with other pages, where that is not the key
	name    string
	text    string // of titles, entries, notes, comments, hints
	color   string // #rrggbb of a title's label
	items   []item
	commit  func(text string)
	check   func(text string) string // says what is wrong with a typed text, "" if nothing; may be nil
	choice  choosing                 // of a concept
	pick    picking                  // of a code book
	answer  bool                     // a comment below another
	faint   bool                     // a comment that is settled or gone
	writing session.Writing          // what a comment being written will become
}

// attributes is something that has attribute values: a span, a relation or a document.
type attributes struct {
	defs   []annotate.Attribute
	values map[string]annotate.Value
	set    func(name string, v annotate.Value, set bool)
	// session offers concepts for words, which may be empty.
	session *session.Session
	words   string
}

// fields returns a line for each attribute that applies, then for each that came with an import.
func (a attributes) fields() []field {
	var lines []field
	known := map[string]bool{}
	for i := range a.defs {
		def := &a.defs[i]
		known[def.Name] = true
		if _, set := a.values[def.Name]; set || def.Applies(a.defs, a.values) {
			lines = append(lines, a.field(def))
		}
	}
	for _, name := range annotate.SortedKeys(a.values) {
		if !known[name] {
			lines = append(lines, a.field(&annotate.Attribute{Name: name, Kind: impliedKind(a.values[name])}))
		}
	}
	return lines
}

// wantedMark follows the name of an attribute that must be set and is not.
const wantedMark = " ○"

// impliedKind returns the kind of an attribute known by one value only.
func impliedKind(v annotate.Value) annotate.AttributeKind {
	if _, ok := v.Bool(); ok {
		return annotate.BooleanKind
	}
	if _, ok := v.Number(); ok {
		return annotate.NumberKind
	}
	if _, ok := v.Choices(); ok {
		return annotate.SeveralKind
	}
	return annotate.TextKind
}

func (a attributes) field(def *annotate.Attribute) field {
	f := field{
		kind: itemsField, key: "attribute " + def.Name, name: def.Name,
		guide: guideline(def.Name, def.Guideline, def.Example),
	}
	v, isSet := a.values[def.Name]
	if def.Required && !isSet {
		f.name += wantedMark
	}
	pill := func(text string, on bool, chosen annotate.Value, guide string) {
		f.items = append(f.items, item{kind: pillItem, text: text, on: on, guide: guide, act: func() { a.set(def.Name, chosen, !on) }})
	}
	if picks(def) {
		a.pick(&f, def, v, isSet)
		return f
	}
	switch def.Kind {
	case annotate.BooleanKind:
		b, ok := v.Bool()
		pill("yes", ok && b, annotate.Bool(true), guideline(def.Name, def.Guideline, def.Example))
		pill("no", ok && !b, annotate.Bool(false), guideline(def.Name, def.Guideline, def.Example))
	case annotate.ChoiceKind:
		for _, c := range choices(def, v) {
			on := isSet && v.String() == c.Name
			pill(c.Name, on, annotate.Text(c.Name), guideline(c.Name, c.Guideline, c.Example))
		}
	case annotate.SeveralKind:
		f.items = a.several(def, v)
	case annotate.ConceptKind:
		a.concept(&f, def)
	default:
		f.kind, f.text = entryField, v.String()
		a.typed(&f, def)
	}
	return f
}

// concept makes f choose a concept.
func (a attributes) concept(f *field, def *annotate.Attribute) {
	f.kind = conceptField
	f.choice.offers = func(typed string) []session.Offer { return a.session.Offers(def, a.words, typed) }
	f.choice.take = func(o session.Offer) {
		a.session.Link(o, func(v annotate.Value) { a.set(def.Name, v, true) })
	}
	a.session.PrepareOffers(a.words)
	v, isSet := a.values[def.Name]
	if !isSet {
		return
	}
	f.choice.clear = func() { a.set(def.Name, annotate.Value{}, false) }
	f.text, f.choice.about = a.session.LinkedName(v), "is no concept of this project"
	id, _ := v.Text()
	if c := a.session.Concepts().Concept(annotate.ID(id)); c != nil {
		f.choice.about = conceptSaid(c.Kind, a.session.MentionCount(c.ID))
	}
}

// choices returns the values there are to choose from and those that are set though the scheme lacks them.
func choices(def *annotate.Attribute, v annotate.Value) []annotate.Choice {
	found := append([]annotate.Choice(nil), def.Values...)
	known := map[string]bool{"": true}
	for _, c := range found {
		known[c.Name] = true
	}
	names, several := v.Choices()
	if !several {
		names = []string{v.String()}
	}
	for _, name := range names {
		if !known[name] {
			known[name] = true
			found = append(found, annotate.Choice{Name: name, Guideline: "Not a value of the scheme."})
		}
	}
	return found
}

// several returns pills of which any number can be on; the value keeps the scheme's order.
func (a attributes) several(def *annotate.Attribute, v annotate.Value) []item {
	chosen := map[string]bool{}
	if names, ok := v.Choices(); ok {
		for _, name := range names {
			chosen[name] = true
		}
	}
	all := choices(def, v)
	items := make([]item, len(all))
	for i, c := range all {
		items[i] = item{kind: pillItem, text: c.Name, on: chosen[c.Name], guide: guideline(c.Name, c.Guideline, c.Example), act: func() {
			var names []string
			for _, other := range all {
				if chosen[other.Name] != (other.Name == c.Name) {
					names = append(names, other.Name)
				}
			}
			a.set(def.Name, annotate.Choices(names...), len(names) > 0)
		}}
	}
	return items
}

// typed makes f hand over what is typed as a value of def's kind; an empty text clears it.
func (a attributes) typed(f *field, def *annotate.Attribute) {
	read := func(text string) (annotate.Value, string) {
		v := annotate.Text(text)
		if def.Kind == annotate.IntegerKind || def.Kind == annotate.NumberKind {
			if n, ok := annotate.Number(text); ok {
				v = n
			}
		}
		return v, def.Problem(v)
	}
	f.check = func(text string) string {
		if text = strings.TrimSpace(text); text == "" {
			return ""
		}
		_, problem := read(text)
		return problem
	}
	f.commit = func(text string) {
		text = strings.TrimSpace(text)
		if text == "" {
			a.set(def.Name, annotate.Value{}, false)
			return
		}
		if v, problem := read(text); problem == "" {
			a.set(def.Name, v, true)
		}
	}
}

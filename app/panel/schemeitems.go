package panel

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/theme"

	"spanwright/annotate"
	"spanwright/app/session"
	apptheme "spanwright/app/theme"
)

// variant is one of the two looks that a colour has to do for.
type variant struct{ *apptheme.Palette }

func (v variant) name() string {
	if v.Dark {
		return "dark"
	}
	return "light"
}

var variants = []variant{{apptheme.Of(theme.VariantLight)}, {apptheme.Of(theme.VariantDark)}}

// fieldsOf returns the lines about the item at path.
func (e *SchemeEditor) fieldsOf(path string) []formField {
	b := &fieldSet{editor: e, draft: e.draft, path: path}
	item := e.draft.Item(path)
	b.head(item)
	switch x := item.(type) {
	case *annotate.Scheme:
		b.scheme(x)
	case *annotate.SpanLabel:
		b.label(x)
	case *annotate.RelationLabel:
		b.relation(x)
	case *annotate.Role:
		b.role(x)
	case *annotate.Attribute:
		b.attribute(x)
	case *annotate.Choice:
		b.value(x)
	case *annotate.RecordLabel:
		b.record(x)
	case *annotate.Rule:
		b.rule(x)
	case *annotate.Flag:
		b.flag(x)
	case *string:
		b.name("concepts", *x, "A kind of thing that annotations in many documents are linked to, such as actor or place.", nil)
	}
	return b.fields
}

// kindNames are what kinds of item are called.
var kindNames = map[annotate.ItemKind]string{
	annotate.SchemeItem: "scheme", annotate.LabelItem: "label", annotate.RelationItem: "relation", annotate.RoleItem: "role",
	annotate.AttributeItem: "attribute", annotate.ValueItem: "value", annotate.RecordItem: "record", annotate.RuleItem: "rule",
	annotate.ConceptItem: "kind of concept", annotate.FlagItem: "flag",
}

// head adds what kind of item it is, and what can be done with it as a whole.
func (b *fieldSet) head(item any) {
	d := b.draft.Describe(b.path)
	color := d.Color
	if color == "" {
		color = "#7f7f7f"
	}
	if d.Kind == annotate.LabelItem {
		b.add(formField{field: field{kind: titleField, key: "title", name: d.Name, color: color, text: "a label of spans"}})
	} else {
		b.heading(strings.ToUpper(kindNames[d.Kind]))
	}
	for _, p := range b.draft.ProblemsAt(b.path) {
		if _, property := b.draft.Place(p.Path); property == "" {
			b.add(formField{field: field{kind: problemField, key: "problem " + p.Sentence, text: upperFirst(p.Sentence) + "."}})
		}
	}
}

func (b *fieldSet) scheme(s *annotate.Scheme) {
	set := func(property string, f func(*annotate.Scheme)) { session.Set(b.draft, b.path, property, f) }
	if len(s.Spans) == 0 {
		b.add(formField{field: field{kind: proseField, key: "begin", text: "There is nothing to label with yet. Add the first label, or import a template or a file and change what does not suit."}})
	}
	b.name("name", s.Name, "One word that files and exports call the scheme by.", nil)
	b.entry("title", "title", s.Title, "what the scheme is for, in one line", "Shown where one chooses among schemes.", func(t string) {
		set("title", func(s *annotate.Scheme) { s.Title = t })
	})
	b.level(s.Level, true, func(l annotate.Level) { set("level", func(s *annotate.Scheme) { s.Level = l }) })
	snap := s.Snap
	if snap == "" {
		snap = annotate.TokenSnap
	}
	b.pick("snap", "a sweep selects", string(snap), []alternative{
		{"token", "whole tokens", "Words, numbers and single marks, as Unicode cuts them (UAX #29)."},
		{"character", "characters", "For texts whose words are not what is labelled."},
	}, "What the ends of a selection are moved to.", func(v string) { set("snap", func(s *annotate.Scheme) { s.Snap = annotate.Snap(v) }) })
	trimmed := func(t annotate.Trim, text, guide string) item {
		on := slices.Contains(s.Trim, t)
		return item{text: text, on: on, guide: guide, act: func() {
			set("trim", func(s *annotate.Scheme) {
				s.Trim = slices.DeleteFunc(slices.Clone(s.Trim), func(o annotate.Trim) bool { return o == t })
				if !on {
					s.Trim = append(s.Trim, t)
				}
				if len(s.Trim) == 0 {
					s.Trim = nil
				}
			})
		}}
	}
	b.switches("trim", "left out at ends", "What is left out at the ends of every new span besides blanks.",
		trimmed(annotate.QuotesTrim, "quotation marks", "Marks around the span."), trimmed(annotate.StopTrim, "final stop", "Full stop, question or exclamation mark at the end."))
	b.heading("WHAT THERE IS TO LABEL")
	for _, l := range sections {
		b.children(l.list, l.short, l.one)
	}
	b.heading("GUIDELINE")
	b.prose("guideline", "guideline", s.Guideline, "What the project is about and how one works through a text.", func(t string) {
		set("guideline", func(s *annotate.Scheme) { s.Guideline = t })
	})
}

func (b *fieldSet) label(l *annotate.SpanLabel) {
	set := func(property string, f func(*annotate.SpanLabel)) { session.Set(b.draft, b.path, property, f) }
	scheme := b.draft.Scheme()
	b.name("label", l.Label, "What annotators and exports call it.", l.Formerly)
	b.entry("key", "key", l.Key, "one digit or letter", "The key that arms the label, or labels what is selected.", func(t string) {
		set("key", func(l *annotate.SpanLabel) { l.Key = strings.TrimSpace(t) })
	})
	b.words("short", "short forms", l.Short, "ever shorter, as in Evid, E", "For narrow chips: the longest that fits is shown.", func(w []string) {
		set("short", func(l *annotate.SpanLabel) { l.Short = w })
	})
	b.heading("COLOUR")
	b.color(l.Color, func(hex string) { set("color", func(l *annotate.SpanLabel) { l.Color = hex }) })
	if near := alike(scheme, l.Label, l.Color); len(near) > 0 {
		const told = 4
		if more := len(near) - told; more > 0 {
			near = append(near[:told], fmt.Sprintf("and %d more", more))
		}
		b.add(formField{field: field{kind: readingField, key: "alike", name: "hard to tell from", text: strings.Join(near, "\n")}, tone: badTone})
	}
	b.heading("PLACE")
	var general []string
	for i := range scheme.Spans {
		if o := scheme.Spans[i].Label; o != l.Label && scheme.Spans[i].Parent != l.Label {
			general = append(general, o)
		}
	}
	parent := []string{}
	if l.Parent != "" {
		parent = []string{l.Parent}
	}
	b.many("parent", "is a kind of", general, parent, "A more general label: what admits it admits this one, and its attributes are had as well.", func(names []string) {
		next := ""
		for _, n := range names {
			if n != l.Parent {
				next = n
			}
		}
		set("parent", func(l *annotate.SpanLabel) { l.Parent = next })
	})
	b.entry("group", "heading", l.Group, "none", "The heading that the label is listed under.", func(t string) {
		set("group", func(l *annotate.SpanLabel) { l.Group = strings.TrimSpace(t) })
	})
	b.children("attributes", "attributes", "attribute")
	b.heading("RULES")
	b.switches("contiguous", "spans", "",
		item{text: "without gaps", on: l.Contiguous, guide: "A span of this label is one stretch of text.", act: func() {
			set("contiguous", func(l *annotate.SpanLabel) { l.Contiguous = !l.Contiguous })
		}},
		item{text: "abstract", on: l.Abstract, guide: "Only labels below it are used.", act: func() {
			set("abstract", func(l *annotate.SpanLabel) { l.Abstract = !l.Abstract })
		}},
		item{text: "open", on: l.Open, guide: "Any attribute is legal on it, as on labels that an import brought.", act: func() {
			set("open", func(l *annotate.SpanLabel) { l.Open = !l.Open })
		}})
	b.level(l.Level, false, func(v annotate.Level) { set("level", func(l *annotate.SpanLabel) { l.Level = v }) })
	b.texts(l.Guideline, l.Example, func(t string) { set("guideline", func(l *annotate.SpanLabel) { l.Guideline = t }) },
		func(t string) { set("example", func(l *annotate.SpanLabel) { l.Example = t }) })
	b.examples(l)
}

func (b *fieldSet) relation(r *annotate.RelationLabel) {
	set := func(property string, f func(*annotate.RelationLabel)) { session.Set(b.draft, b.path, property, f) }
	b.name("label", r.Label, "What annotators and exports call it.", r.Formerly)
	b.words("short", "short forms", r.Short, "ever shorter", "For where there is little room.", func(w []string) {
		set("short", func(r *annotate.RelationLabel) { r.Short = w })
	})
	b.entry("group", "heading", r.Group, "none", "The heading that the relation is listed under.", func(t string) {
		set("group", func(r *annotate.RelationLabel) { r.Group = strings.TrimSpace(t) })
	})
	b.heading("PARTS")
	b.children("roles", "roles", "role")
	b.children("attributes", "attributes", "attribute")
	b.heading("RULES")
	scope := r.Scope
	if scope == "" {
		scope = annotate.DocumentScope
	}
	b.pick("scope", "within one", string(scope), []alternative{
		{"sentence", "sentence", "All fillers lie in one sentence."},
		{"paragraph", "paragraph", "All fillers lie in one paragraph."},
		{"document", "document", "All fillers lie in one document."},
		{"project", "project", "Fillers may lie in different documents."},
	}, "How far apart the fillers may lie.", func(v string) { set("scope", func(r *annotate.RelationLabel) { r.Scope = annotate.Scope(v) }) })
	b.switches("symmetric", "it is", "",
		item{text: "symmetric", on: r.Symmetric, guide: "The first two roles can be exchanged; no arrow is drawn.", act: func() {
			set("symmetric", func(r *annotate.RelationLabel) { r.Symmetric = !r.Symmetric })
		}},
		item{text: "transitive", on: r.Transitive, guide: "From a to b and from b to c it leads from a to c: with symmetric it makes classes, without it is an order and has no circles.", act: func() {
			set("transitive", func(r *annotate.RelationLabel) { r.Transitive = !r.Transitive })
		}},
		item{text: "apart", on: r.Apart, guide: "Fillers do not overlap: one that lies inside another is cut out of it when the relation is assembled.", act: func() {
			set("apart", func(r *annotate.RelationLabel) { r.Apart = !r.Apart })
		}},
		item{text: "open", on: r.Open, guide: "Any role, filler and attribute is legal, as on relations that an import brought.", act: func() {
			set("open", func(r *annotate.RelationLabel) { r.Open = !r.Open })
		}})
	b.level(r.Level, false, func(v annotate.Level) { set("level", func(r *annotate.RelationLabel) { r.Level = v }) })
	b.texts(r.Guideline, r.Example, func(t string) { set("guideline", func(r *annotate.RelationLabel) { r.Guideline = t }) },
		func(t string) { set("example", func(r *annotate.RelationLabel) { r.Example = t }) })
}

func (b *fieldSet) role(r *annotate.Role) {
	set := func(property string, f func(*annotate.Role)) { session.Set(b.draft, b.path, property, f) }
	scheme := b.draft.Scheme()
	b.name("name", r.Name, "The part that is played, as in source, cue, content.", r.Formerly)
	b.many("labels", "admits labels", labelNames(scheme), r.Labels, "Whose spans may play the role. Without any label and relation everything may.", func(names []string) {
		set("labels", func(r *annotate.Role) { r.Labels = names })
	})
	b.many("relations", "and relations", relationNames(scheme), r.Relations, "Relations that may play the role, as in an attack on an attribution.", func(names []string) {
		set("relations", func(r *annotate.Role) { r.Relations = names })
	})
	b.number("min", "at least", r.Min, "0", "How many fillers a complete relation has.", func(n int) { set("min", func(r *annotate.Role) { r.Min = n }) })
	b.number("max", "at most", r.Max, "any number", "How many fillers it may have.", func(n int) { set("max", func(r *annotate.Role) { r.Max = n }) })
	b.switches("implicit", "fillers", "",
		item{text: "may be implicit", on: r.Implicit, guide: "The filler may be meant and not be in the text, as the source of “it was reported”.", act: func() {
			set("implicit", func(r *annotate.Role) { r.Implicit = !r.Implicit })
		}},
		item{text: "exclusive", on: r.Exclusive, guide: "Nothing plays the role in two relations of the label.", act: func() {
			set("exclusive", func(r *annotate.Role) { r.Exclusive = !r.Exclusive })
		}})
	b.level(r.Level, false, func(v annotate.Level) { set("level", func(r *annotate.Role) { r.Level = v }) })
	b.texts(r.Guideline, r.Example, func(t string) { set("guideline", func(r *annotate.Role) { r.Guideline = t }) },
		func(t string) { set("example", func(r *annotate.Role) { r.Example = t }) })
}

func (b *fieldSet) value(c *annotate.Choice) {
	set := func(property string, f func(*annotate.Choice)) { session.Set(b.draft, b.path, property, f) }
	b.name("name", c.Name, "What is stored and exported; of a code book the code.", c.Formerly)
	b.entry("title", "stands for", c.Title, "what a code stands for", "Shown beside the code.", func(t string) {
		set("title", func(c *annotate.Choice) { c.Title = t })
	})
	b.children("values", "narrower values", "value")
	b.switches("heading", "it", "", item{text: "is only a heading", on: c.Heading, guide: "It groups the values inside it and cannot be chosen itself.", act: func() {
		set("heading", func(c *annotate.Choice) { c.Heading = !c.Heading })
	}})
	b.texts(c.Guideline, c.Example, func(t string) { set("guideline", func(c *annotate.Choice) { c.Guideline = t }) },
		func(t string) { set("example", func(c *annotate.Choice) { c.Example = t }) })
}

func (b *fieldSet) record(r *annotate.RecordLabel) {
	set := func(property string, f func(*annotate.RecordLabel)) { session.Set(b.draft, b.path, property, f) }
	b.name("label", r.Label, "What annotators and exports call it.", r.Formerly)
	b.children("attributes", "fields", "field")
	b.children("records", "records inside", "record")
	b.number("min", "at least", r.Min, "0", "How many of them a finished document, or the record around them, has.", func(n int) {
		set("min", func(r *annotate.RecordLabel) { r.Min = n })
	})
	b.number("max", "at most", r.Max, "any number", "How many of them there may be.", func(n int) { set("max", func(r *annotate.RecordLabel) { r.Max = n }) })
	b.level(r.Level, false, func(v annotate.Level) { set("level", func(r *annotate.RecordLabel) { r.Level = v }) })
	b.texts(r.Guideline, r.Example, func(t string) { set("guideline", func(r *annotate.RecordLabel) { r.Guideline = t }) },
		func(t string) { set("example", func(r *annotate.RecordLabel) { r.Example = t }) })
}

func (b *fieldSet) flag(f *annotate.Flag) {
	set := func(property string, do func(*annotate.Flag)) { session.Set(b.draft, b.path, property, do) }
	b.name("name", f.Name, "A mark about the work that is no label: to discuss, to skip.", f.Formerly)
	b.entry("key", "key", f.Key, "one digit or letter", "The key that sets the flag, or takes it away.", func(t string) {
		set("key", func(f *annotate.Flag) { f.Key = strings.TrimSpace(t) })
	})
	b.prose("guideline", "guideline", f.Guideline, "When to set it.", func(t string) { set("guideline", func(f *annotate.Flag) { f.Guideline = t }) })
}

func labelNames(s *annotate.Scheme) []string {
	names := make([]string, len(s.Spans))
	for i := range s.Spans {
		names[i] = s.Spans[i].Label
	}
	return names
}

func relationNames(s *annotate.Scheme) []string {
	names := make([]string, len(s.Relations))
	for i := range s.Relations {
		names[i] = s.Relations[i].Label
	}
	return names
}

// whole writes a number that may be missing.
func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

package labelstudio

import (
	"slices"

	"spanwright/annotate"
)

// The names of the label control and of the text in the labelling configuration.
const (
	labelControl = "label"
	textObject   = "text"
)

// control is what asks for an attribute in the labelling configuration.
type control struct {
	name      string // from_name of its results
	form      form
	document  bool               // it asks of the document and not of regions
	attribute annotate.Attribute // with the choices of all labels that have it
	labels    []string           // of the regions it is asked of
	always    bool               // labels ask for it under different conditions
}

// form is what values a control takes. Each form of one attribute has a control of its own.
type form string

const (
	choiceForm  form = "choice"
	severalForm form = several
	booleanForm form = boolean
	numberForm  form = "number"
	dateForm    form = "date"
	textForm    form = "text"
)

// forms are those of the kinds of attribute.
var forms = map[annotate.AttributeKind]form{
	annotate.ChoiceKind: choiceForm, annotate.SeveralKind: severalForm, annotate.BooleanKind: booleanForm,
	annotate.IntegerKind: numberForm, annotate.NumberKind: numberForm, annotate.DateKind: dateForm,
}

// formOf returns the form of a value of an attribute, which may break its definition.
func formOf(kind annotate.AttributeKind, v annotate.Value) form {
	if _, ok := v.Choices(); ok {
		return severalForm
	}
	if _, ok := v.Bool(); ok {
		return booleanForm
	}
	if _, ok := v.Number(); ok {
		return numberForm
	}
	if f := forms[kind]; f == choiceForm || f == dateForm {
		return f
	}
	return textForm
}

// tree reports whether the choices are a taxonomy.
func (c *control) tree() bool {
	return slices.ContainsFunc(c.attribute.Values, func(v annotate.Choice) bool { return len(v.Values) > 0 })
}

// controls are those of a labelling configuration: what the scheme asks for, and what
// records say beyond it.
type controls struct {
	scheme    *annotate.Scheme
	all       []*control
	by        map[controlKey]*control
	taken     map[string]bool // names
	labels    []string        // of spans, that the scheme lacks
	relations []string        // the same of relations
}

type controlKey struct {
	document bool
	name     string
	form     form
}

// newControls returns the controls of a scheme, which may be nil. Reserved names are no control's.
func newControls(scheme *annotate.Scheme, reserved ...string) *controls {
	if scheme == nil {
		scheme = &annotate.Scheme{}
	}
	c := &controls{scheme: scheme, by: map[controlKey]*control{}, taken: map[string]bool{labelControl: true, textObject: true}}
	for _, name := range reserved {
		c.taken[name] = true
	}
	for _, l := range scheme.Spans {
		if l.Abstract {
			continue
		}
		for _, a := range scheme.AttributesOf(l.Label) {
			c.add(a, false, l.Label)
		}
	}
	for _, a := range scheme.Document {
		c.add(a, true, "")
	}
	return c
}

// add sees to it that there is a control for an attribute of a label, or of the document.
func (c *controls) add(a annotate.Attribute, document bool, label string) *control {
	of, known := forms[a.Kind]
	if !known {
		of = textForm
	}
	key := controlKey{document, a.Name, of}
	found := c.by[key]
	if found == nil {
		name := a.Name
		for c.taken[name] {
			name += "_"
		}
		a.Values = slices.Clone(a.Values)
		found = &control{name: name, form: of, document: document, attribute: a}
		c.taken[name], c.by[key] = true, found
		c.all = append(c.all, found)
	} else if label != "" {
		found.join(a)
	}
	if label != "" && !slices.Contains(found.labels, label) {
		found.labels = append(found.labels, label)
	}
	return found
}

// join takes in the definition that another label has of the attribute.
func (c *control) join(a annotate.Attribute) {
	for _, v := range a.Values {
		if c.attribute.Choice(v.Name) == nil {
			c.attribute.Values = append(c.attribute.Values, v)
		}
	}
	if !slices.EqualFunc(c.attribute.When, a.When, func(x, y annotate.Condition) bool {
		return x.Attribute == y.Attribute && slices.EqualFunc(x.Is, y.Is, annotate.Value.Equal)
	}) {
		c.always = true
	}
	c.attribute.Required = c.attribute.Required && a.Required
	if c.attribute.Default != nil && (a.Default == nil || !c.attribute.Default.Equal(*a.Default)) {
		c.attribute.Default = nil
	}
	for _, bound := range []struct{ mine, other **float64 }{{&c.attribute.Min, &a.Min}, {&c.attribute.Max, &a.Max}} {
		if *bound.mine != nil && (*bound.other == nil || **bound.mine != **bound.other) {
			*bound.mine = nil
		}
	}
	if a.Kind == annotate.NumberKind {
		c.attribute.Kind = a.Kind
	}
}

// of returns the control for a value of an attribute, of a label or of the document, which
// is made where there is none yet.
func (c *controls) of(document bool, label, name string, v annotate.Value) *control {
	defs := c.scheme.Document
	if !document {
		defs = c.scheme.AttributesOf(label)
	}
	a := annotate.Attribute{Name: name}
	for i := range defs {
		if defs[i].Name == name {
			a.Kind = defs[i].Kind
		}
	}
	of := formOf(a.Kind, v)
	found := c.by[controlKey{document, name, of}]
	if found == nil || !document && !slices.Contains(found.labels, label) {
		a.Kind = annotate.TextKind
		for kind, f := range forms {
			if f == of && kind != annotate.IntegerKind {
				a.Kind = kind
			}
		}
		found = c.add(a, document, label)
	}
	if of == choiceForm || of == severalForm {
		chosen, list := v.Choices()
		if !list {
			chosen = []string{v.String()}
		}
		for _, one := range chosen {
			if found.attribute.Choice(one) == nil {
				found.attribute.Values = append(found.attribute.Values, annotate.Choice{Name: one})
			}
		}
	}
	return found
}

// label notes the label of a span, relation that of a relation, where the scheme has no such one to give.
func (c *controls) label(label string) {
	if l := c.scheme.Span(label); (l == nil || l.Abstract) && !slices.Contains(c.labels, label) {
		c.labels = append(c.labels, label)
	}
}

func (c *controls) relation(label string) {
	if c.scheme.Relation(label) == nil && !slices.Contains(c.relations, label) {
		c.relations = append(c.relations, label)
	}
}

// result returns what a control says of a value, without a place.
func (c *control) result(v annotate.Value) outResult {
	x := outResult{From: c.name, To: textObject}
	if c.name != c.attribute.Name {
		x.Attribute = c.attribute.Name
	}
	switch c.form {
	case numberForm:
		x.Type, x.Value = "number", map[string]any{"number": v}
	case dateForm:
		x.Type, x.Value = "datetime", map[string]any{"datetime": v.String()}
	case textForm:
		x.Type, x.Value = "textarea", map[string]any{"text": []string{v.String()}}
	case booleanForm:
		x.Type, x.Kind, x.Value = "choices", boolean, map[string]any{"choices": []string{v.String()}}
	case choiceForm, severalForm:
		chosen, list := v.Choices()
		if list {
			x.Kind = several
		} else {
			chosen = []string{v.String()}
		}
		if x.Type = "choices"; !c.tree() {
			x.Value = map[string]any{"choices": append([]string{}, chosen...)}
			break
		}
		paths := [][]string{}
		for _, one := range chosen {
			paths = append(paths, path(c.attribute.Values, one))
		}
		x.Type, x.Value = "taxonomy", map[string]any{"taxonomy": paths}
	}
	return x
}

// path returns the names that lead to a choice, which is there.
func path(choices []annotate.Choice, name string) []string {
	for i := range choices {
		if choices[i].Name == name {
			return []string{name}
		}
		if below := path(choices[i].Values, name); below != nil {
			return append([]string{choices[i].Name}, below...)
		}
	}
	return nil
}

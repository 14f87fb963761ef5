package configuration

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// control is a question that an annotator answers about a region or the whole task.
type control struct {
	tag       *tag
	attribute annotate.Attribute
	perRegion bool
	gates     []*tag   // the tag and those around it that say when it is shown
	on        []string // labels it was placed on
	names     map[string]string
}

// control reads a question; it is placed when all are known.
func (c *studio) control(t *tag, around []*tag) {
	kind := strings.ToLower(t.name)
	name := t.attr("name")
	if name == "" {
		name = kind
		c.remark(t, "<%s> has no name and is called %s", t.name, name)
	}
	if c.controls[name] != nil {
		c.remark(t, "the name %s stands there twice; the first was kept", name)
		return
	}
	ctl := &control{tag: t, perRegion: t.is("perRegion"), names: map[string]string{}}
	ctl.attribute = annotate.Attribute{Name: cmp.Or(t.attr("attribute"), name), Required: t.is("required"), Guideline: t.attr("requiredMessage", "hint")}
	switch kind {
	case "choices":
		c.choices(ctl, t.attr("choice") == "multiple")
	case "taxonomy":
		c.choices(ctl, t.attr("maxUsages") != "1")
	case "textarea":
		c.text(ctl)
	case "number":
		c.number(ctl)
	case "rating":
		c.rating(ctl)
	case "datetime":
		c.date(ctl)
	}
	if t.is("perItem") {
		c.remark(t, "%s is asked of each item of a list, and of the whole document here", name)
	}
	for _, gate := range append(slices.Clone(around), t) {
		if gate.attr("visibleWhen", "whenTagName", "whenLabelValue", "whenChoiceValue") != "" {
			ctl.gates = append(ctl.gates, gate)
		}
	}
	c.controls[name] = ctl
	c.order = append(c.order, ctl)
}

// choices reads the answers of a <Choices> or <Taxonomy>.
func (c *studio) choices(ctl *control, several bool) {
	a, t := &ctl.attribute, ctl.tag
	var chosen []string
	a.Values = c.choicesIn(ctl, t, nil, &chosen)
	if len(a.Values) == 0 {
		a.Kind = annotate.TextKind
		c.remark(t, "the choices of %s come with each task and are not known here; any text is allowed", a.Name)
		return
	}
	a.Kind = annotate.ChoiceKind
	switch {
	case several:
		a.Kind = annotate.SeveralKind
	case slices.Equal(names(a), []string{"true", "false"}):
		a.Kind, a.Values = annotate.BooleanKind, nil
	}
	if len(chosen) == 0 {
		return
	}
	v := annotate.Text(chosen[0])
	switch a.Kind {
	case annotate.SeveralKind:
		v = annotate.Choices(chosen...)
	case annotate.BooleanKind:
		v = annotate.Bool(chosen[0] == "true")
	}
	c.preset(ctl, v)
}

// names returns the names of the choices of an attribute.
func names(a *annotate.Attribute) []string {
	var all []string
	for choice := range a.Choices() {
		all = append(all, choice.Name)
	}
	return all
}

// preset sets what is chosen from the beginning.
func (c *studio) preset(ctl *control, v annotate.Value) {
	if problem := ctl.attribute.Problem(v); problem != "" {
		c.remark(ctl.tag, "%s cannot begin with %s: %s", ctl.attribute.Name, v, problem)
		return
	}
	ctl.attribute.Default = &v
}

func (c *studio) choicesIn(ctl *control, t *tag, path []string, chosen *[]string) []annotate.Choice {
	var choices []annotate.Choice
	for _, inner := range t.tags {
		if !strings.EqualFold(inner.name, "choice") {
			choices = append(choices, c.choicesIn(ctl, inner, path, chosen)...)
			continue
		}
		value, name := inner.attr("value"), inner.attr("alias", "value")
		if name == "" {
			c.remark(inner, "a choice without a value was left out")
			continue
		}
		here := append(slices.Clip(path), name)
		if _, taken := ctl.names[name]; taken {
			name = strings.Join(here, "/")
			c.remark(inner, "the choice %s stands there twice; this one is called %s", here[len(here)-1], name)
		}
		if _, taken := ctl.names[name]; taken {
			c.remark(inner, "the choice %s stands there twice; the first was kept", name)
			continue
		}
		ctl.names[name] = value
		choice := annotate.Choice{Name: name, Guideline: inner.attr("hint")}
		if value != inner.attr("alias", "value") {
			choice.Title = value
		}
		if inner.attr("hotkey") != "" {
			c.remark(inner, "a choice has no key here")
		}
		at := len(*chosen)
		choice.Values = c.choicesIn(ctl, inner, here, chosen)
		choice.Heading = len(choice.Values) > 0 && ctl.tag.is("leafsOnly")
		if inner.is("selected") && !choice.Heading {
			*chosen = slices.Insert(*chosen, at, name)
		}
		choices = append(choices, choice)
	}
	return choices
}

func (c *studio) text(ctl *control) {
	t := ctl.tag
	ctl.attribute.Kind = annotate.TextKind
	if value := t.attr("value"); value != "" && !strings.HasPrefix(value, "$") {
		c.preset(ctl, annotate.Text(value))
	}
	if n, err := strconv.Atoi(t.attr("maxSubmissions")); err == nil && n > 1 {
		c.remark(t, "%s takes up to %d texts there, and one here", ctl.attribute.Name, n)
	}
	if hint := t.attr("placeholder"); ctl.attribute.Guideline == "" {
		ctl.attribute.Guideline = hint
	}
}

func (c *studio) number(ctl *control) {
	a, t := &ctl.attribute, ctl.tag
	a.Kind = annotate.IntegerKind
	a.Min, a.Max = c.limit(t, "min"), c.limit(t, "max")
	for _, x := range []*float64{c.limit(t, "step"), a.Min, a.Max} {
		if x != nil && *x != float64(int64(*x)) {
			a.Kind = annotate.NumberKind
		}
	}
	if a.Min != nil && a.Max != nil && *a.Min > *a.Max {
		c.remark(t, "%s is at least %v and at most %v; it may be any number", a.Name, *a.Min, *a.Max)
		a.Min, a.Max = nil, nil
	}
	if v, ok := annotate.Number(t.attr("defaultValue")); ok {
		c.preset(ctl, v)
	}
}

// limit reads a number, nil if there is none.
func (c *studio) limit(t *tag, name string) *float64 {
	text := t.attr(name)
	if text == "" {
		return nil
	}
	x, err := strconv.ParseFloat(text, 64)
	if _, ok := annotate.Number(text); err != nil || !ok {
		c.remark(t, "%s is no number: %q", name, text)
		return nil
	}
	return &x
}

func (c *studio) rating(ctl *control) {
	a := &ctl.attribute
	a.Kind = annotate.IntegerKind
	least, most := 1.0, 5.0
	if given := c.limit(ctl.tag, "maxRating"); given != nil && *given >= 1 {
		most = *given
	}
	a.Min, a.Max = &least, &most
	if v, ok := annotate.Number(ctl.tag.attr("defaultValue")); ok && v.String() != "0" { // 0 is none
		c.preset(ctl, v)
	}
}

func (c *studio) date(ctl *control) {
	t := ctl.tag
	ctl.attribute.Kind = annotate.DateKind
	if strings.Contains(t.attr("only"), "time") || strings.ContainsAny(t.attr("format"), "HIMSp") {
		c.remark(t, "%s has a time of day there, and a date alone here", ctl.attribute.Name)
	}
	if t.attr("min", "max") != "" {
		c.remark(t, "a scheme cannot bound the date %s", ctl.attribute.Name)
	}
}

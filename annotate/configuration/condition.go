package configuration

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// place puts a question where it belongs: on the labels of the regions it is asked of,
// or on the document.
func (c *studio) place(ctl *control) {
	labels := make([]string, len(c.scheme.Spans))
	for i, l := range c.scheme.Spans {
		labels[i] = l.Label
	}
	for _, gate := range ctl.gates {
		labels = c.gate(ctl, gate, labels)
	}
	if !ctl.perRegion {
		c.give(ctl, &c.scheme.Document)
		return
	}
	if len(labels) == 0 {
		c.remark(ctl.tag, "%s is asked of regions, and of no label that there is; it was left out", ctl.attribute.Name)
		delete(c.controls, ctl.attribute.Name)
		return
	}
	ctl.on = labels
	for _, label := range labels {
		c.give(ctl, &c.scheme.Span(label).Attributes)
	}
}

// give adds the attribute of a control, unless another control has given it in another form.
func (c *studio) give(ctl *control, attributes *[]annotate.Attribute) {
	if slices.ContainsFunc(*attributes, func(a annotate.Attribute) bool { return a.Name == ctl.attribute.Name }) {
		c.remark(ctl.tag, "the attribute %s is asked for twice; the first was kept", ctl.attribute.Name)
		return
	}
	*attributes = append(*attributes, ctl.attribute)
}

// gate makes of what one tag says about when a question is shown a condition of its
// attribute, or a choice among labels.
func (c *studio) gate(ctl *control, gate *tag, labels []string) []string {
	when := strings.ToLower(gate.attr("visibleWhen"))
	name := ctl.attribute.Name
	if other := c.controls[gate.attr("whenTagName")]; when == "choice-selected" || when == "" && gate.attr("whenChoiceValue") != "" {
		if other == nil || other == ctl {
			c.remark(gate, "%s is shown once something is chosen elsewhere, and it is not said where; here it is shown always", name)
			return labels
		}
		return c.condition(ctl, other, gate, labels)
	}
	switch when {
	case "", "region-selected":
	default:
		c.remark(gate, "%s is shown when %s, which a scheme cannot say; here it is shown always", name, when)
		return labels
	}
	if !ctl.perRegion {
		c.remark(gate, "%s is shown beside a region, but said of the whole task; here it is of the document", name)
		return labels
	}
	wanted := labels
	if of, ok := c.labels[gate.attr("whenTagName")]; ok {
		wanted = of
	}
	if values := gate.attr("whenLabelValue"); values != "" {
		wanted = nil
		for value := range strings.SplitSeq(values, ",") {
			if value = strings.TrimSpace(value); c.scheme.Span(value) == nil {
				c.remark(gate, "%s is asked of label %q, which there is not", name, value)
			} else {
				wanted = append(wanted, value)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return !slices.Contains(wanted, l) })
}

// condition makes a question depend on the answer to another one.
func (c *studio) condition(ctl, other *control, gate *tag, labels []string) []string {
	a := &other.attribute
	if !slices.Contains(c.order[:slices.Index(c.order, ctl)], other) || other.perRegion != ctl.perRegion {
		c.remark(gate, "%s depends on %s, which is asked later or of something else; here it is shown always", ctl.attribute.Name, a.Name)
		return labels
	}
	condition := annotate.Condition{Attribute: a.Name}
	values := gate.attr("whenChoiceValue")
	for value := range strings.SplitSeq(values, ",") {
		value = strings.TrimSpace(value)
		if a.Kind == annotate.BooleanKind && (value == "true" || value == "false") {
			condition.Is = append(condition.Is, annotate.Bool(value == "true"))
		}
		for choice := range a.Choices() {
			if value == "" && values == "" || choice.Name == value || other.names[choice.Name] == value && value != "" {
				if v := annotate.Text(choice.Name); !slices.ContainsFunc(condition.Is, v.Equal) {
					condition.Is = append(condition.Is, v)
				}
			}
		}
	}
	if len(condition.Is) == 0 {
		c.remark(gate, "%s depends on %s being %q, which it never is; here it is shown always", ctl.attribute.Name, a.Name, values)
		return labels
	}
	ctl.attribute.When = append(ctl.attribute.When, condition)
	if !ctl.perRegion {
		return labels
	}
	return slices.DeleteFunc(slices.Clone(labels), func(l string) bool { return !slices.Contains(other.on, l) })
}

package labelstudio

import (
	"bufio"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// beside is what the name of a labelling configuration has behind that of the tasks.
const beside = ".config.xml"

// write writes the labelling configuration: with it a project of Label Studio can import the
// tasks. Its tags are described at labelstud.io/tags. It has no XML declaration, since
// Label Studio takes it for a text.
func (c *controls) write(w io.Writer) error {
	x := &tagWriter{Writer: bufio.NewWriter(w)}
	x.open("View")
	c.writeLabels(x)
	c.writeRelations(x)
	granularity := "word"
	if c.scheme.Snap == annotate.CharacterSnap {
		granularity = "symbol"
	}
	x.empty("Text", "name", textObject, "value", "$"+textObject, "granularity", granularity)
	for _, one := range c.all {
		c.writeControl(x, one)
	}
	x.close("View")
	return x.Flush()
}

func (c *controls) writeLabels(x *tagWriter) {
	var labels []annotate.SpanLabel
	for _, l := range c.scheme.Spans {
		if !l.Abstract {
			labels = append(labels, l)
		}
	}
	for _, name := range c.labels {
		labels = append(labels, annotate.SpanLabel{Label: name})
	}
	if len(labels) == 0 {
		return
	}
	x.open("Labels", "name", labelControl, "toName", textObject)
	for _, l := range labels {
		x.empty("Label", "value", l.Label, "background", l.Color, "hotkey", l.Key, "hint", l.Guideline)
	}
	x.close("Labels")
}

func (c *controls) writeRelations(x *tagWriter) {
	relations := c.scheme.Relations
	for _, name := range c.relations {
		relations = append(relations[:len(relations):len(relations)], annotate.RelationLabel{Label: name})
	}
	if len(relations) == 0 {
		return
	}
	x.open("Relations")
	for _, r := range relations {
		x.empty("Relation", "value", r.Label, "background", r.Color)
	}
	x.close("Relations")
}

// writeControl writes a control under its name, in a view that is seen where it is asked.
func (c *controls) writeControl(x *tagWriter, one *control) {
	a := &one.attribute
	view := []string{}
	if !one.document {
		view = []string{"visibleWhen", "region-selected", "whenTagName", labelControl, "whenLabelValue", listed(one.labels)}
	}
	x.open("View", view...)
	views := 1
	for _, condition := range a.When {
		if other := c.asked(condition.Attribute, one); other != nil && !one.always {
			var values []string
			for _, v := range condition.Is {
				values = append(values, v.String())
			}
			x.open("View", "visibleWhen", "choice-selected", "whenTagName", other.name, "whenChoiceValue", listed(values))
			views++
		}
	}
	x.empty("Header", "value", a.Name, "size", "5")
	named := []string{"name", one.name, "toName", textObject, "perRegion", yes(!one.document), "required", yes(a.Required), "hint", a.Guideline}
	if one.name != a.Name {
		named = append(named, "attribute", a.Name)
	}
	one.writeTag(x, named)
	for range views {
		x.close("View")
	}
}

// asked returns the control that a condition of another one is about, nil if it is none of choices.
func (c *controls) asked(name string, by *control) *control {
	for _, form := range []form{choiceForm, severalForm, booleanForm} {
		if other := c.by[controlKey{by.document, name, form}]; other != nil {
			return other
		}
	}
	return nil
}

// writeTag writes the tag of a control, which has attributes that all have.
func (c *control) writeTag(x *tagWriter, named []string) {
	a := &c.attribute
	preset := ""
	if a.Default != nil {
		preset = a.Default.String()
	}
	switch c.form {
	case textForm:
		x.empty("TextArea", append(named, "maxSubmissions", "1", "value", preset)...)
	case dateForm:
		x.empty("DateTime", append(named, "only", "date", "format", "%Y-%m-%d")...)
	case numberForm:
		step := "0.001"
		if a.Kind == annotate.IntegerKind {
			step = "1"
		}
		x.empty("Number", append(named, "min", bound(a.Min), "max", bound(a.Max), "step", step, "defaultValue", preset)...)
	case booleanForm:
		x.open("Choices", append(named, "choice", "single")...)
		writeChoices(x, []annotate.Choice{{Name: "true"}, {Name: "false"}}, a.Default)
		x.close("Choices")
	case choiceForm, severalForm:
		tag := "Choices"
		switch single := c.form == choiceForm; {
		case c.tree() && single:
			tag, named = "Taxonomy", append(named, "maxUsages", "1", "leafsOnly", yes(headed(a.Values)))
		case c.tree():
			tag, named = "Taxonomy", append(named, "leafsOnly", yes(headed(a.Values)))
		case single:
			named = append(named, "choice", "single")
		default:
			named = append(named, "choice", "multiple")
		}
		x.open(tag, named...)
		writeChoices(x, a.Values, a.Default)
		x.close(tag)
	}
}

// headed reports whether no choice that has others in it can be chosen itself.
func headed(choices []annotate.Choice) bool {
	for i := range choices {
		if len(choices[i].Values) > 0 && (!choices[i].Heading || !headed(choices[i].Values)) {
			return false
		}
	}
	return true
}

func writeChoices(x *tagWriter, choices []annotate.Choice, preset *annotate.Value) {
	chosen := func(name string) bool {
		if preset == nil {
			return false
		}
		list, ok := preset.Choices()
		if !ok {
			list = []string{preset.String()}
		}
		for _, one := range list {
			if one == name {
				return true
			}
		}
		return false
	}
	for _, choice := range choices {
		value, alias := choice.Name, ""
		if choice.Title != "" { // results have the alias
			value, alias = choice.Title, choice.Name
		}
		of := []string{"value", value, "alias", alias, "hint", choice.Guideline, "selected", yes(chosen(choice.Name))}
		if len(choice.Values) == 0 {
			x.empty("Choice", of...)
			continue
		}
		x.open("Choice", of...)
		writeChoices(x, choice.Values, preset)
		x.close("Choice")
	}
}

// listed returns names as a condition lists them, "" where one of them has the comma between them.
func listed(names []string) string {
	for _, name := range names {
		if strings.Contains(name, ",") {
			return ""
		}
	}
	return strings.Join(names, ",")
}

// yes returns how a tag says yes, which it need not say otherwise.
func yes(is bool) string {
	if is {
		return "true"
	}
	return ""
}

func bound(limit *float64) string {
	if limit == nil {
		return ""
	}
	return strconv.FormatFloat(*limit, 'f', -1, 64)
}

// tagWriter writes tags, a line for each. A failure to write comes again at the end.
type tagWriter struct {
	*bufio.Writer
	depth int
}

// open writes a tag that has others in it, with those of its attributes that are not empty.
func (x *tagWriter) open(name string, attributes ...string) {
	x.tag(name, attributes, ">\n")
	x.depth++
}

func (x *tagWriter) empty(name string, attributes ...string) { x.tag(name, attributes, "/>\n") }

func (x *tagWriter) close(name string) {
	x.depth--
	_, _ = x.WriteString(strings.Repeat("  ", x.depth) + "</" + name + ">\n")
}

func (x *tagWriter) tag(name string, attributes []string, end string) {
	_, _ = x.WriteString(strings.Repeat("  ", x.depth) + "<" + name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		_, _ = x.WriteString(" " + attributes[i] + `="`)
		_ = xml.EscapeText(x, []byte(attributes[i+1]))
		_, _ = x.WriteString(`"`)
	}
	_, _ = x.WriteString(end)
}

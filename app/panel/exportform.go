package panel

import (
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/app/session"
)

// complaints returns what is wrong with the choices.
func (p *ExportPane) complaints(string) map[string]string {
	said := map[string]string{}
	if problem := p.draft.SplitProblem(); problem != "" {
		said["split"] = upperFirst(problem) + "."
	}
	if err := p.draft.Err(); err != nil {
		said["layer"] = upperFirst(err.Error()) + "."
	}
	if _, _, problem := p.draft.Outcome(); problem != nil {
		said["path"] = upperFirst(problem.Error()) + "."
	}
	return said
}

// fields returns the lines of the form: where to, what, how, and how it is divided.
func (p *ExportPane) fields() []formField {
	var fields []formField
	add := func(f formField) { fields = append(fields, f) }
	heading := func(text string) {
		add(formField{field: field{kind: headingField, key: "heading " + text, text: text}})
	}
	f := p.draft.Format()
	heading("WHERE TO")
	fields = append(fields, p.pathFields()...)
	heading("WHAT")
	add(p.layerField())
	add(p.stateField())
	lacks := func(feature dataset.Feature) bool { return f.Holds.Of(feature) == dataset.No }
	if f.Unit == "" && f.Holds.Of(dataset.Overlaps) != dataset.No || lacks(dataset.Gaps) || lacks(dataset.Overlaps) || f.Name == "conll" {
		heading("HOW")
	}
	if f.Unit == "" && f.Holds.Of(dataset.Overlaps) != dataset.No {
		add(p.pick("unit", "offsets count", string(p.draft.Choices().Unit), units, "What the numbers in the file count.",
			func(c *session.ExportChoices, v string) { c.Unit = annotate.Unit(v) }))
	}
	if lacks(dataset.Gaps) {
		add(p.pick("gaps", "spans with gaps", string(p.draft.Choices().Gaps), gapChoices, f.Name+" has no spans with gaps.",
			func(c *session.ExportChoices, v string) { c.Gaps = dataset.Choice(v) }))
	}
	if lacks(dataset.Overlaps) || lacks(dataset.Nesting) {
		add(p.pick("overlaps", "overlaps", string(p.draft.Choices().Overlaps), overlapChoices, "Spans in "+f.Name+" cannot overlap.",
			func(c *session.ExportChoices, v string) { c.Overlaps = dataset.Choice(v) }))
	}
	if f.Name == "conll" {
		add(p.pick("tags", "tags", string(p.draft.Choices().Tags), tagChoices, "How tokens are tagged.",
			func(c *session.ExportChoices, v string) { c.Tags = dataset.Tags(v) }))
	}
	heading("DIVIDED")
	return append(fields, p.splitFields()...)
}

// The choices that formats leave, the usual one first.
var (
	units = []alternative{
		{"", "characters", "Unicode code points, as in Python."},
		{string(annotate.UTF16), "UTF-16 units", "As in JavaScript and Java: an emoji counts twice."},
		{string(annotate.Byte), "bytes", "Bytes of UTF-8."},
	}
	gapChoices = []alternative{
		{"", "fill the gaps", "One span from the first part to the last."},
		{string(dataset.First), "first part", "Only the first part is written."},
		{string(dataset.Skip), "leave out", "Such spans are not written."},
		{string(dataset.Refuse), "refuse", "Nothing is written if there is such a span."},
	}
	overlapChoices = []alternative{
		{"", "longest stays", "Of spans that overlap the longest is written."},
		{string(dataset.Shortest), "shortest stays", "Of spans that overlap the shortest is written."},
		{string(dataset.First), "first stays", "Of spans that overlap the first is written."},
		{string(dataset.Refuse), "refuse", "Nothing is written if spans overlap."},
	}
	tagChoices = []alternative{
		{"", "IOB2", "B- begins every span."},
		{string(dataset.IOB1), "IOB1", "B- only between two spans of a label."},
		{string(dataset.BIOES), "BIOES", "With E- at ends and S- for single tokens."},
		{string(dataset.BILOU), "BILOU", "With L- at ends and U- for single tokens."},
	}
)

// pick lets one of several be chosen.
func (p *ExportPane) pick(key, name, now string, options []alternative, hint string, set func(*session.ExportChoices, string)) formField {
	var items []item
	for _, o := range options {
		items = append(items, item{kind: pillItem, text: o.text, on: o.value == now, guide: o.guide, act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { set(c, o.value) })
		}})
	}
	return formField{field: field{kind: itemsField, key: key, name: name, items: items}, property: key, hint: hint}
}

// typed lets a line be typed.
func (p *ExportPane) typed(key, name, now, slot, hint string, set func(*session.ExportChoices, string)) formField {
	return formField{
		field: field{kind: entryField, key: key, name: name, text: now, slot: slot}, property: key, hint: hint,
		live: func(text string) { p.draft.Edit(func(c *session.ExportChoices) { set(c, text) }) },
	}
}

// pathFields say where to write.
func (p *ExportPane) pathFields() []formField {
	hint := "A file; nothing is replaced before the new one is whole."
	switch f := p.draft.Format(); {
	case p.draft.Choices().Split != "":
		hint = "A folder: a new one, or one with an earlier split."
	case f.WriteFolder != nil:
		hint = "A folder; other files in it stay."
	}
	path := p.typed("path", "path", p.draft.Choices().Path, "", hint, func(c *session.ExportChoices, text string) { c.Path = text })
	items := []item{{kind: offerItem, text: "another folder…", guide: "Chooses the folder to write into.", act: p.OnBrowse}}
	if p.draft.Replaces() {
		items = append(items, item{kind: plainItem, text: "replaces what is there"})
	}
	return []formField{path, {field: field{kind: itemsField, key: "browse", items: items}, hint: hint}}
}

func (p *ExportPane) layerField() formField {
	options := []alternative{{"", "everybody's", "Every layer, each as a record of its own."}}
	for _, name := range p.draft.Layers() {
		guide := "Only what " + name + " did, and only the documents that " + name + " has a layer in."
		if name == annotate.AdjudicatedLayer {
			guide = "Only what was decided between the annotators."
		}
		options = append(options, alternative{name, name, guide})
	}
	if blind := len(p.draft.Layers()) == 1 && p.draft.Layers()[0] == p.session.Annotator() && p.session.Blind(); blind {
		options = options[1:]
	}
	return p.pick("layer", "layer", p.draft.Choices().Layer, options, "Whose work is written.",
		func(c *session.ExportChoices, v string) { c.Layer = v })
}

var stateTexts = []alternative{
	{string(annotate.New), "new", "Nothing was done yet."},
	{string(annotate.InProgress), "in progress", "Begun, and not marked done."},
	{string(annotate.Done), "done", "Marked done."},
	{string(annotate.InReview), "in review", "Submitted, and not judged yet."},
	{string(annotate.Returned), "returned", "Sent back with a comment."},
	{string(annotate.Final), "final", "Accepted."},
}

func (p *ExportPane) stateField() formField {
	chosen := p.draft.Choices().States
	items := []item{{kind: pillItem, text: "any", on: len(chosen) == 0, guide: "Documents in every state.", act: func() {
		p.draft.Edit(func(c *session.ExportChoices) { c.States = nil })
	}}}
	for _, o := range stateTexts {
		state := annotate.Status(o.value)
		items = append(items, item{kind: pillItem, text: o.text, on: slices.Contains(chosen, state), guide: o.guide, act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.States = switched(c.States, state) })
		}})
	}
	return formField{field: field{kind: itemsField, key: "state", name: "state", items: items}, property: "state", hint: "How far the work is that is written; several can be chosen."}
}

// switched returns a list with one more, or without it.
func switched[T comparable](all []T, one T) []T {
	if slices.Contains(all, one) {
		return slices.DeleteFunc(slices.Clone(all), func(x T) bool { return x == one })
	}
	return append(slices.Clone(all), one)
}

// splitFields say into what parts documents are divided.
func (p *ExportPane) splitFields() []formField {
	c := p.draft.Choices()
	fields := []formField{p.typed("split", "parts", c.Split, "not divided; or train=80,dev=10,test=10", "Names and percent of the parts, each of which becomes a file. The same seed divides the same way.",
		func(c *session.ExportChoices, text string) { c.Split = strings.TrimSpace(text) })}
	if c.Split == "" {
		return fields
	}
	seed := p.typed("seed", "seed", strconv.FormatUint(c.Seed, 10), "", "A whole number: another one divides in another way.", func(c *session.ExportChoices, text string) {
		c.Seed, _ = strconv.ParseUint(strings.TrimSpace(text), 10, 64) // checked before
	})
	seed.check = func(text string) string {
		if _, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64); err != nil {
			return "A whole number from 0 on."
		}
		return ""
	}
	var items []item
	for _, b := range split.Bonds {
		items = append(items, item{kind: pillItem, text: string(b), on: !slices.Contains(c.Apart, b), guide: "Documents that have this in common stay in one part.", act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.Apart = switched(c.Apart, b) })
		}})
	}
	return append(fields, seed,
		p.typed("stratify", "even shares of", strings.Join(c.Stratify, ", "), "labels and fields", "Each part gets its share of a label's annotations, or of each value of an attribute or metadata field.",
			func(c *session.ExportChoices, text string) { c.Stratify = cut(text) }),
		p.typed("group", "kept together by", strings.Join(c.GroupBy, ", "), "fields, as source", "Documents with the same value of an attribute or metadata field stay in one part.",
			func(c *session.ExportChoices, text string) { c.GroupBy = cut(text) }),
		formField{field: field{kind: itemsField, key: "together", name: "and by", items: items}, property: "together", hint: "What else keeps documents in one part."})
}

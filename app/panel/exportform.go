package panel

import (
	"fmt"
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
	if prospect, c := p.draft.Prospect(), p.draft.Choices(); prospect != nil {
		losses := prospect.Losses[c.Format]
		refused := losses.Among(c.Refused)
		switch n := lostIn(losses); {
		case c.Strict && n > 0:
			said["strict"] = fmt.Sprintf("Nothing will be written: %d would be lost.", n)
		case len(refused) > 0:
			said["strict"] = fmt.Sprintf("Nothing will be written: %s would be lost, and is refused at the right.", refused[0])
		}
	}
	if err := p.draft.Err(); err != nil {
		said["layer"] = upperFirst(err.Error()) + "."
	}
	if _, _, problem := p.draft.Outcome(); problem != nil && said["split"] == "" && said["strict"] == "" {
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
	add(p.namesField())
	lacks := func(feature dataset.Feature) bool { return f.Holds.Of(feature) == dataset.No }
	heading("HOW")
	add(p.strictField())
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
	chosen, there := p.draft.Choices().Layers, p.draft.Layers()
	var items []item
	if blind := len(there) == 1 && there[0] == p.session.Annotator() && p.session.Blind(); !blind {
		items = append(items, item{kind: pillItem, text: "everybody's", on: len(chosen) == 0, guide: "Every layer, each as a record of its own.", act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.Layers = nil })
		}})
	}
	for _, name := range there {
		guide := "Only what " + name + " did, and only the documents that " + name + " has a layer in; several can be chosen."
		if name == annotate.AdjudicatedLayer {
			guide = "Only what was decided between the annotators."
		}
		items = append(items, item{kind: pillItem, text: name, on: slices.Contains(chosen, name), guide: guide, act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.Layers = switched(c.Layers, name) })
		}})
	}
	return formField{field: field{kind: itemsField, key: "layer", name: "layer", items: items}, property: "layer", hint: "Whose work is written; several can be chosen."}
}

// yesNo lets one of two be chosen.
func (p *ExportPane) yesNo(key, name, hint string, now bool, no, yes alternative, set func(*session.ExportChoices, bool)) formField {
	value := map[bool]string{true: "yes"}[now]
	no.value, yes.value = "", "yes"
	return p.pick(key, name, value, []alternative{no, yes}, hint, func(c *session.ExportChoices, v string) { set(c, v == "yes") })
}

func (p *ExportPane) namesField() formField {
	return p.yesNo("names", "names", "What annotators are called in the files.", p.draft.Choices().Pseudonyms,
		alternative{text: "as they are", guide: "The annotators' names are written."},
		alternative{text: "pseudonyms", guide: "annotator1, annotator2 and so on are written instead of the annotators' names, the same ones each time."},
		func(c *session.ExportChoices, on bool) { c.Pseudonyms = on })
}

func (p *ExportPane) strictField() formField {
	return p.yesNo("strict", "losses", "What becomes of the export if the format cannot hold all of this.", p.draft.Choices().Strict,
		alternative{text: "write the rest", guide: "What the format cannot hold is left out or bent, as told at the right, and counted in the certificate. Enter on a line there refuses that alone."},
		alternative{text: "refuse", guide: "Nothing is written if anything would be lost."},
		func(c *session.ExportChoices, on bool) { c.Strict = on })
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

// The usual ways to divide documents.
var usualParts = []alternative{
	{"", "not divided", "Everything in one file."},
	{"train=80,dev=10,test=10", "80 10 10", "train, dev and test, each a file in the folder."},
	{"train=70,dev=15,test=15", "70 15 15", "train, dev and test, each a file in the folder."},
	{"train=80,test=20", "80 20", "train and test, each a file in the folder."},
}

// splitFields say into what parts documents are divided.
func (p *ExportPane) splitFields() []formField {
	c := p.draft.Choices()
	fields := []formField{
		p.pick("usual parts", "parts", c.Split, usualParts, "Into which parts the documents are divided, each a file of its own, with a README and a description in Croissant beside them.",
			func(c *session.ExportChoices, v string) { c.Split = v }),
		p.typed("split", "", c.Split, "or others, as train=90,test=10", "Names and percent of the parts, each of which becomes a file. The same seed divides the same way.",
			func(c *session.ExportChoices, text string) { c.Split = strings.TrimSpace(text) }),
	}
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
		items = append(items, item{kind: pillItem, text: string(b), on: !slices.Contains(c.Apart, b), guide: bondGuides[b], act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.Apart = switched(c.Apart, b) })
		}})
	}
	for _, name := range p.groupFields() {
		items = append(items, item{kind: pillItem, text: name, on: slices.Contains(c.GroupBy, name), guide: "Documents with the same " + name + " stay in one part.", act: func() {
			p.draft.Edit(func(c *session.ExportChoices) { c.GroupBy = switched(c.GroupBy, name) })
		}})
	}
	fields = append(fields, seed)
	if labels := p.strataField(); len(labels.items) > 0 {
		fields = append(fields, labels)
	}
	return append(fields,
		p.typed("stratify", "and of", strings.Join(c.Stratify, ", "), "labels and fields", "Each part gets its share of a label's annotations, or of each value of an attribute or metadata field.",
			func(c *session.ExportChoices, text string) { c.Stratify = cut(text) }),
		formField{field: field{kind: itemsField, key: "together", name: "kept together", items: items}, property: "together", hint: "What keeps documents in one part."},
		p.typed("group", "and by", strings.Join(c.GroupBy, ", "), "fields, as source", "Documents with the same value of an attribute or metadata field stay in one part.",
			func(c *session.ExportChoices, text string) { c.GroupBy = cut(text) }))
}

var bondGuides = map[split.Bond]string{
	split.Duplicates: "Near-duplicates, and texts that are the same, stay in one part: a model must not be tested on what it was trained on.",
	split.Relations:  "Documents with a relation between them stay in one part.",
	split.Concepts:   "Documents that mention the same concept stay in one part.",
}

// groupFields returns the metadata fields that are offered to keep documents together by.
func (p *ExportPane) groupFields() []string {
	return firstOf(p.meta, p.draft.Choices().GroupBy)
}

// firstOf returns the first names, and of others those that are chosen.
func firstOf(names, chosen []string) []string {
	first := slices.Clone(names[:min(len(names), namesOffered)])
	for _, name := range chosen {
		if !slices.Contains(first, name) {
			first = append(first, name)
		}
	}
	return first
}

// namesOffered is how many labels, attributes and fields are offered.
const namesOffered = 8

// strataField offers the labels that are used most, and the attributes of documents, to be shared evenly.
func (p *ExportPane) strataField() formField {
	names := slices.Clone(p.labels)
	for i := range p.session.Scheme().Document {
		names = append(names, p.session.Scheme().Document[i].Name)
	}
	var items []item
	for _, name := range firstOf(names, p.draft.Choices().Stratify) {
		items = append(items, item{
			kind: pillItem, text: name, on: slices.Contains(p.draft.Choices().Stratify, name), guide: "Each part gets its share of " + name + ".",
			act: func() {
				p.draft.Edit(func(c *session.ExportChoices) { c.Stratify = switched(c.Stratify, name) })
			},
		})
	}
	return formField{field: field{kind: itemsField, key: "strata", name: "even shares of", items: items}, property: "strata", hint: "Each part gets its share of a label's annotations, or of each value of an attribute."}
}

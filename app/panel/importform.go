package panel

import (
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

// fields returns the lines of the form: the files, then how they are read, where that matters.
func (p *ImportPane) fields() []formField {
	var fields []formField
	add := func(f formField) { fields = append(fields, f) }
	heading := func(text string) {
		add(formField{field: field{kind: headingField, key: "heading " + text, text: text}})
	}
	heading("WHAT TO IMPORT")
	for _, path := range p.draft.Choices().Paths {
		fields = append(fields, p.pathFields(path)...)
	}
	add(p.newPathField())
	heading("HOW TO READ IT")
	preview := p.draft.Preview()
	if preview != nil && preview.Misplaced > 0 || p.draft.Choices().Reanchor {
		add(p.reanchorField(preview))
	}
	if preview != nil && preview.Units || p.draft.Choices().Unit != "" {
		add(p.unitField())
	}
	if preview != nil && preview.Encoded || p.draft.Choices().Encoding != "" {
		fields = append(fields, p.encodingFields()...)
	}
	add(p.layerField())
	return append(fields, p.fileFields()...)
}

// newPathField takes the path of another file.
func (p *ImportPane) newPathField() formField {
	f := formField{
		field:    field{kind: entryField, key: "path", name: "add", text: p.adding, slot: "a path; or drop files"},
		property: "path", hint: "Files and folders, typed, chosen with files… and folder… above, or dropped on the window.",
		live: func(text string) { p.adding = text },
	}
	f.taken = func(text string) {
		p.adding = ""
		if text = strings.TrimSpace(text); text != "" {
			p.draft.Add(filepath.SplitList(text)...)
			giveFocus(p.documents)
		}
	}
	return f
}

// unitField chooses what offsets count.
func (p *ImportPane) unitField() formField {
	now := p.draft.Choices().Unit
	var items []item
	for _, o := range countedIn {
		items = append(items, item{kind: pillItem, text: o.text, on: string(now) == o.value, guide: o.guide, act: func() { p.draft.SetUnit(annotate.Unit(o.value)) }})
	}
	return formField{field: field{kind: itemsField, key: "unit", name: "offsets count", items: items}, property: "unit", hint: "What the numbers in the files count."}
}

// reanchorField offers to move what stands elsewhere than its file says.
func (p *ImportPane) reanchorField(preview *exchange.Preview) formField {
	on := p.draft.Choices().Reanchor
	hint := "Each span that is moved is among the warnings, with where its words were looked for and where they stand."
	if preview != nil && preview.Misplaced > 0 {
		hint = counted(preview.Misplaced, "document") + " would be left out: words do not stand where the offsets say, as the warnings tell. They can be moved to the nearest place where they do."
	}
	items := []item{
		{kind: pillItem, text: "leave the document out", on: !on, guide: hint, act: func() { p.draft.SetReanchor(false) }},
		{kind: pillItem, text: "move to the nearest place", on: on, guide: hint, act: func() { p.draft.SetReanchor(true) }},
	}
	return formField{field: field{kind: itemsField, key: "reanchor", name: "misplaced", items: items}, property: "reanchor", hint: hint}
}

// encodingFields choose what texts, pages and tables are written in.
func (p *ImportPane) encodingFields() []formField {
	now := p.draft.Choices().Encoding
	set := func(name string) func() { return func() { p.draft.SetEncoding(name) } }
	items := []item{{kind: pillItem, text: "find out", on: now == "", guide: "UTF-8, UTF-16 and Windows-1252 are recognised, and told where it is not UTF-8.", act: set("")}}
	for _, name := range dataset.Encodings {
		if p.opened["encodings"] || name == now {
			items = append(items, item{kind: pillItem, text: name, on: name == now, act: set(name)})
		}
	}
	fields := []formField{{field: field{kind: itemsField, key: "encodings", name: "encoding"}, property: "encodings", hint: "What plain text, HTML and CSV are written in. Formats of JSON and XML say it themselves."}}
	fields[0].items = append(items, p.more("encodings", "another…", "Lists encodings; any other can be typed."))
	if p.opened["encodings"] || now != "" && !slices.Contains(dataset.Encodings, now) {
		fields = append(fields, formField{
			field:    field{kind: entryField, key: "encoding", text: now, slot: "or any other name, as koi8-u"},
			property: "encoding", hint: "Any name of the Encoding Standard.", live: func(text string) { p.draft.SetEncoding(strings.TrimSpace(text)) },
		})
	}
	return fields
}

// layerField says whose annotations those are that name nobody.
func (p *ImportPane) layerField() formField {
	return formField{
		field:    field{kind: entryField, key: "layer", name: "annotator", text: p.draft.Choices().Layer, slot: p.session.Annotator()},
		property: "layer", hint: "Whose annotations those are that name nobody.", live: func(text string) { p.draft.SetLayer(strings.TrimSpace(text)) },
	}
}

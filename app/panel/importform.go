package panel

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
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
		add(p.pathField(path))
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
	return fields
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
		}
	}
	return f
}

// pathField tells what a path was recognised as, and lets it be read as something else.
func (p *ImportPane) pathField(path string) formField {
	chosen := p.draft.Choices().Formats[path]
	auto := chosen == "" || chosen == exchange.Auto
	var found []exchange.Recognised
	if preview := p.draft.Preview(); preview != nil {
		for _, r := range preview.Sources {
			if r.Path == path {
				found = append(found, r)
			}
		}
	}
	set := func(name string) func() { return func() { p.draft.SetFormat(path, name) } }
	var items []item
	said := "find out"
	if auto && len(found) > 0 {
		parts := make([]string, len(found))
		for i, r := range found {
			parts[i] = fmt.Sprintf("%s, %s", r.Format, counted(r.Files, "file"))
		}
		said = strings.Join(parts, "; ")
	}
	guide := "What a file is is found out by its name or by how it begins."
	if auto && len(found) > 0 {
		parts := make([]string, len(found))
		for i, r := range found {
			parts[i] = fmt.Sprintf("%s %s", r.Format, r.Why)
		}
		guide = "Known: " + strings.Join(parts, "; ") + "."
	}
	items = append(items, item{kind: pillItem, text: said, on: auto, guide: guide, act: set("")})
	for _, f := range format.All {
		if f.Read != nil && (p.opened[path] || f.Name == chosen) {
			items = append(items, item{kind: pillItem, text: f.Name, on: f.Name == chosen, guide: "Reads it as " + f.Title + ".", act: set(f.Name)})
		}
	}
	if !p.opened[path] {
		items = append(items, item{kind: offerItem, text: "other…", guide: "Lists what else it can be read as.", act: func() {
			p.opened[path] = true
			p.refresh()
		}})
	}
	items = append(items, item{kind: offerItem, text: "remove", guide: path + " is not imported.", act: func() { p.draft.Remove(path) }})
	return formField{
		field:    field{kind: itemsField, key: "path " + path, name: filepath.Base(path), items: items},
		property: "path " + path, hint: path,
	}
}

// unitField chooses what offsets count.
func (p *ImportPane) unitField() formField {
	now := p.draft.Choices().Unit
	var items []item
	for _, o := range []alternative{
		{"", "find out", "What offsets count is found out by comparing the words that the file names with those its offsets cover."},
		{string(annotate.CodePoint), "characters", "Unicode code points, as in Python."},
		{string(annotate.UTF16), "UTF-16 units", "As in JavaScript and Java: an emoji counts twice."},
		{string(annotate.Byte), "bytes", "Bytes of UTF-8."},
	} {
		items = append(items, item{kind: pillItem, text: o.text, on: string(now) == o.value, guide: o.guide, act: func() { p.draft.SetUnit(annotate.Unit(o.value)) }})
	}
	return formField{field: field{kind: itemsField, key: "unit", name: "offsets count", items: items}, property: "unit", hint: "What the numbers in the files count."}
}

// reanchorField offers to move what stands elsewhere than its file says.
func (p *ImportPane) reanchorField(preview *exchange.Preview) formField {
	on := p.draft.Choices().Reanchor
	hint := "Each one that is moved is among the warnings."
	if preview != nil && preview.Misplaced > 0 {
		hint = counted(preview.Misplaced, "document") + " would be left out: words do not stand where the offsets say. They can be moved to the nearest place where they do."
	}
	items := []item{
		{kind: pillItem, text: "leave the document out", on: !on, guide: hint, act: func() { p.draft.SetReanchor(false) }},
		{kind: pillItem, text: "move to the nearest place", on: on, guide: hint, act: func() { p.draft.SetReanchor(true) }},
	}
	return formField{field: field{kind: itemsField, key: "reanchor", name: "misplaced words", items: items}, property: "reanchor", hint: hint}
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
	if !p.opened["encodings"] {
		items = append(items, item{kind: offerItem, text: "another…", guide: "Lists encodings; any other can be typed.", act: func() {
			p.opened["encodings"] = true
			p.refresh()
		}})
	}
	fields[0].items = items
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

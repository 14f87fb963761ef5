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
	"spanwright/app/session"
)

// found returns what was found below a path, in the order of the formats' first files.
func (p *ImportPane) found(path string) []exchange.Recognised {
	var found []exchange.Recognised
	if preview := p.draft.Preview(); preview != nil {
		for _, r := range preview.Sources {
			if r.Path == path {
				found = append(found, r)
			}
		}
	}
	return found
}

// pathFields tell what a path was recognised as, a line for each kind of file, and let each be
// read as something else or left out.
func (p *ImportPane) pathFields(path string) []formField {
	found := p.found(path)
	var kinds []string
	files := 0
	sorted := map[string][]exchange.Recognised{}
	for _, r := range found {
		if sorted[r.Found] == nil {
			kinds = append(kinds, r.Found)
		}
		sorted[r.Found] = append(sorted[r.Found], r)
		files += r.Files
	}
	whole := exchange.Group{Path: path}
	remove := item{kind: offerItem, text: "remove", guide: path + " is not imported.", act: func() { p.draft.Remove(path) }}
	line := func(key, name, hint string, items []item) formField {
		return formField{field: field{kind: itemsField, key: key, name: name, items: items}, property: key, hint: hint}
	}
	name := filepath.Base(path)
	if len(kinds) < 2 {
		items := append(p.formatPills(whole, saidOf(found, "find out"), found), remove)
		return []formField{line("path "+path, name, path, items)}
	}
	items := append(p.formatPills(whole, fmt.Sprintf("%s of %d kinds", counted(files, "file"), len(kinds)), nil), remove)
	fields := []formField{line("path "+path, name, path, items)}
	if p.draft.Reading(whole).Format != "" {
		return fields
	}
	for _, kind := range kinds {
		group := exchange.Group{Path: path, Found: kind}
		items := append(p.formatPills(group, saidOf(sorted[kind], kind), sorted[kind]), p.omitPill(group, "These files are not imported."))
		fields = append(fields, line("kind "+kind+" "+path, "·  "+kind, "How the files of "+name+" are read that were found to be "+kind+".", items))
	}
	return fields
}

// saidOf says what files were recognised as; without any it says otherwise.
func saidOf(found []exchange.Recognised, otherwise string) string {
	var parts []string
	for _, r := range found {
		part := fmt.Sprintf("%s, %s", r.Format, counted(r.Files, "file"))
		if r.Omitted {
			part = counted(r.Files, "file") + " left out"
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return otherwise
	}
	return strings.Join(parts, "; ")
}

// formatPills choose what the files of a group are read as; said names what is found out.
func (p *ImportPane) formatPills(g exchange.Group, said string, found []exchange.Recognised) []item {
	now := p.draft.Reading(g)
	set := func(name string) func() {
		return func() {
			r := p.draft.Reading(g)
			r.Format, r.Omit = name, false
			p.draft.SetReading(g, r)
		}
	}
	auto := now.Format == "" || now.Format == exchange.Auto
	guide := "What a file is is found out by its name or by how it begins."
	if auto && len(found) > 0 {
		parts := make([]string, len(found))
		for i, r := range found {
			parts[i] = fmt.Sprintf("%s %s", r.Format, r.Why)
		}
		guide = "Known: " + strings.Join(parts, "; ") + "."
	}
	if !auto {
		said = "find out"
	}
	key := "formats of " + g.Path + " " + g.Found
	items := []item{{kind: pillItem, text: said, on: auto && !now.Omit, guide: guide, act: set("")}}
	for _, f := range format.All {
		if f.Read != nil && (p.opened[key] || f.Name == now.Format) {
			items = append(items, item{kind: pillItem, text: f.Name, on: f.Name == now.Format && !now.Omit, guide: "Reads it as " + f.Title + ".", act: set(f.Name)})
		}
	}
	return append(items, p.more(key, "other…", "Lists what else it can be read as."))
}

// more opens a list of choices, or folds it again.
func (p *ImportPane) more(key, text, guide string) item {
	if p.opened[key] {
		text, guide = "fewer", "Folds the list."
	}
	return item{kind: offerItem, text: text, guide: guide, act: func() {
		p.opened[key] = !p.opened[key]
		p.refresh()
	}}
}

// omitPill leaves the files of a group out.
func (p *ImportPane) omitPill(g exchange.Group, guide string) item {
	now := p.draft.Reading(g)
	return item{kind: pillItem, text: "leave out", on: now.Omit, guide: guide, act: func() {
		now.Omit = !now.Omit
		p.draft.SetReading(g, now)
	}}
}

// atHand returns the file of the document or warning at the cursor that was moved last; ok is
// false where there are no other files, or it is not known which one that is.
func (p *ImportPane) atHand() (o exchange.Origin, ok bool) {
	preview := p.draft.Preview()
	if preview == nil {
		return o, false
	}
	files := 0
	for _, r := range preview.Sources {
		files += r.Files
	}
	if files < 2 {
		return o, false
	}
	if p.pointed == p.warnings && p.warnings.cursor < len(p.said) {
		if o, ok = preview.Origins[p.said[p.warnings.cursor].File]; ok {
			return o, true
		}
	}
	if p.draft.Reading(exchange.Group{Path: p.kept.Path}) != (session.ReadingChoice{}) && (p.pointed == p.warnings || !p.sampled(p.kept)) {
		return p.kept, true // what was decided about it took it off the lists
	}
	if i := p.documents.cursor; i < len(preview.Samples) {
		o, ok = preview.Origins[preview.Samples[i].File]
	}
	return o, ok
}

// sampled reports whether a document of the file is shown.
func (p *ImportPane) sampled(o exchange.Origin) bool {
	preview := p.draft.Preview()
	return slices.ContainsFunc(preview.Samples, func(s exchange.Sample) bool { return preview.Origins[s.File].Path == o.Path })
}

// fileFields say how the file at hand is read, where not as the rest.
func (p *ImportPane) fileFields() []formField {
	o, ok := p.atHand()
	if !ok {
		return nil
	}
	p.kept = o
	g := exchange.Group{Path: o.Path}
	now := p.draft.Reading(g)
	set := func(change func(*session.ReadingChoice)) func() {
		return func() {
			r := p.draft.Reading(g)
			change(&r)
			p.draft.SetReading(g, r)
		}
	}
	line := func(key, name, hint string, items []item) formField {
		return formField{field: field{kind: itemsField, key: key, name: name, items: items}, hint: hint}
	}
	hint := "How " + o.Path + " alone is read: the file of the document, or warning, at the cursor."
	fields := []formField{
		{field: field{kind: headingField, key: "heading file", text: "ONLY " + filepath.Base(o.Path)}},
		line("file format", "read as", hint, append(p.formatPills(g, o.Format, nil), p.omitPill(g, "This file is not imported."))),
	}
	preview := p.draft.Preview()
	if f, err := format.ByName(o.Format); err == nil && f.Encodings || now.Encoding != "" {
		items := []item{{kind: pillItem, text: "as the rest", on: now.Encoding == "", act: set(func(r *session.ReadingChoice) { r.Encoding = "" })}}
		for _, name := range dataset.Encodings {
			if p.opened["file encodings"] || name == now.Encoding {
				items = append(items, item{kind: pillItem, text: name, on: name == now.Encoding, act: set(func(r *session.ReadingChoice) { r.Encoding = name })})
			}
		}
		fields = append(fields, line("file encoding", "encoding", hint, append(items, p.more("file encodings", "another…", "Lists encodings."))))
	}
	if preview.Units || now.Unit != "" {
		var items []item
		for _, u := range countedIn {
			text := u.text
			if u.value == "" {
				text = "as the rest"
			}
			items = append(items, item{kind: pillItem, text: text, on: string(now.Unit) == u.value, guide: u.guide, act: set(func(r *session.ReadingChoice) { r.Unit = annotate.Unit(u.value) })})
		}
		fields = append(fields, line("file unit", "offsets count", hint, items))
	}
	return fields
}

// countedIn is what offsets of files can count.
var countedIn = []alternative{
	{"", "find out", "What offsets count is found out by comparing the words that the file names with those its offsets cover."},
	{string(annotate.CodePoint), "characters", "Unicode code points, as in Python."},
	{string(annotate.UTF16), "UTF-16 units", "As in JavaScript and Java: an emoji counts twice."},
	{string(annotate.Byte), "bytes", "Bytes of UTF-8."},
}

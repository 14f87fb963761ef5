package panel

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// formKind is what a row of the form is.
type formKind int

const (
	titleRow   formKind = iota // the words above the document's own fields
	recordRow                  // the head of a record: its number, and what it says when folded
	valueRow                   // an attribute
	noteRow                    // the note on a record
	problemRow                 // what is wrong with a record besides its values
	addRow                     // what can be added here
)

// formRow is one row of the form. It is told from others by its key.
type formRow struct {
	kind   formKind
	key    string
	record *annotate.Record // that it belongs to; nil for the document
	parent annotate.ID      // of an addRow: what is added to
	def    *annotate.Attribute
	depth  int
	text   string // a record's number, or a problem
	y      float32
	height float32
}

// Keys of rows are the record's id, "" for the document, and what of it they show.
func rowKey(record annotate.ID, what string) string { return string(record) + "/" + what }

const (
	headKey = "#head"
	addKey  = "#add"
	noting  = "#note"
)

// read returns the rows of the document's own fields and of every record that is unfolded.
func (f *Form) read() []formRow {
	s := f.session
	if s.Document() == nil {
		return nil
	}
	scheme, said := s.Scheme(), s.Layer().Assessment
	var rows []formRow
	if len(scheme.Document) > 0 {
		rows = append(rows, formRow{kind: titleRow, key: rowKey("", headKey)})
		rows = f.values(rows, nil, 0, scheme.Document, said.Labels)
	}
	return f.records(rows, "", 0, "")
}

// records adds the rows of the records that lie in one, or at the top, and what can be added there.
func (f *Form) records(rows []formRow, parent annotate.ID, depth int, number string) []formRow {
	count := map[string]int{}
	for _, r := range f.session.Layer().Records(parent) {
		count[r.Label]++
		n := fmt.Sprintf("%s%d", number, count[r.Label])
		rows = append(rows, formRow{kind: recordRow, key: rowKey(r.ID, headKey), record: r, depth: depth, text: n})
		if f.folded[r.ID] {
			continue
		}
		for i, v := range f.session.Violations(r.ID) {
			if v.Rule != annotate.RequiredBreach && v.Rule != annotate.AttributeBreach && !v.Missing {
				rows = append(rows, formRow{kind: problemRow, key: rowKey(r.ID, fmt.Sprintf("#problem %d", i)), record: r, depth: depth, text: v.Sentence})
			}
		}
		rows = f.values(rows, r, depth, f.session.AttributesOf(r.ID), r.Attributes)
		if r.Note != "" || f.noted == r.ID {
			rows = append(rows, formRow{kind: noteRow, key: rowKey(r.ID, noting), record: r, depth: depth})
		}
		rows = f.records(rows, r.ID, depth+1, n+".")
	}
	if len(f.addable(parent)) > 0 {
		rows = append(rows, formRow{kind: addRow, key: rowKey(parent, addKey), record: f.session.Layer().Record(parent), parent: parent, depth: depth})
	}
	return rows
}

// values adds a row for each attribute that applies or is set.
func (f *Form) values(rows []formRow, r *annotate.Record, depth int, defs []annotate.Attribute, values map[string]annotate.Value) []formRow {
	id := annotate.ID("")
	if r != nil {
		id = r.ID
	}
	known := map[string]bool{}
	add := func(def *annotate.Attribute) {
		rows = append(rows, formRow{kind: valueRow, key: rowKey(id, def.Name), record: r, def: def, depth: depth})
	}
	for i := range defs {
		def := &defs[i]
		known[def.Name] = true
		if _, set := values[def.Name]; set || def.Applies(defs, values) {
			add(def)
		}
	}
	for _, name := range annotate.SortedKeys(values) {
		if !known[name] {
			add(&annotate.Attribute{Name: name, Kind: impliedKind(values[name])})
		}
	}
	return rows
}

// addable returns what the scheme lets one add to a record, or at the top for "".
func (f *Form) addable(parent annotate.ID) []*annotate.RecordLabel {
	defs := f.session.RecordDefs(parent)
	var found []*annotate.RecordLabel
	for i := range defs {
		if defs[i].Max == 0 || f.countIn(parent, defs[i].Label) < defs[i].Max {
			found = append(found, &defs[i])
		}
	}
	return found
}

func (f *Form) countIn(parent annotate.ID, label string) int {
	n := 0
	for _, r := range f.session.Layer().Records(parent) {
		if r.Label == label {
			n++
		}
	}
	return n
}

// subject returns the id of what a row's values belong to, "" for the document.
func (r *formRow) subject() annotate.ID {
	if r.record == nil {
		return ""
	}
	return r.record.ID
}

// attributes returns the values that a row is one of.
func (f *Form) attributes(r *formRow) attributes {
	s := f.session
	if r.record == nil {
		return attributes{session: s, defs: s.Scheme().Document, values: s.Layer().Assessment.Labels, set: func(name string, v annotate.Value, set bool) {
			_ = s.SetDocumentLabel(name, v, set) // told to the person by the session, as every refusal here
		}}
	}
	return attributes{session: s, defs: s.AttributesOf(r.record.ID), values: r.record.Attributes, set: func(name string, v annotate.Value, set bool) {
		_ = s.SetAttribute(r.record.ID, name, v, set)
	}}
}

// field returns what a row shows, as a line of the inspector would.
func (f *Form) field(r *formRow) field {
	switch r.kind {
	case titleRow:
		return field{kind: headingField, key: r.key, text: "DOCUMENT"}
	case problemRow:
		return field{kind: problemField, key: r.key, text: r.text}
	case noteRow:
		line := note(r.record.Note, func(text string) { _ = f.session.SetNote(r.record.ID, text) })
		line.key = r.key
		return line
	case addRow:
		return field{kind: itemsField, key: r.key, items: f.offers(r.parent)}
	}
	line := f.attributes(r).field(r.def)
	line.key = r.key
	return line
}

// offers returns the records that can be added to one, or at the top.
func (f *Form) offers(parent annotate.ID) []item {
	var items []item
	for _, def := range f.addable(parent) {
		text := "+ " + def.Label
		if f.countIn(parent, def.Label) < def.Min {
			text += wantedMark
		}
		items = append(items, item{
			kind: offerItem, text: text, guide: guideline(def.Label, def.Guideline, def.Example),
			act: func() { f.add(def.Label, parent) },
		})
	}
	return items
}

// saysOf returns the first words that a record holds, to tell it from others when it is folded.
func (f *Form) saysOf(r *annotate.Record) string {
	defs := f.session.AttributesOf(r.ID)
	for i := range defs {
		if v, set := r.Attributes[defs[i].Name]; set && defs[i].Kind == annotate.TextKind {
			return v.String()
		}
	}
	var said []string
	for i := range defs {
		if v, set := r.Attributes[defs[i].Name]; set {
			said = append(said, f.session.LinkedName(v))
		}
	}
	return strings.Join(said, ", ")
}

// lacking counts what is missing in a record and what lies inside, and what is wrong there.
func (f *Form) lacking(id annotate.ID) (missing, wrong int) {
	for _, v := range f.session.Violations(id) {
		if v.Missing {
			missing++
		} else {
			wrong++
		}
	}
	for _, r := range f.session.Layer().Records(id) {
		m, w := f.lacking(r.ID)
		missing, wrong = missing+m, wrong+w
	}
	return missing, wrong
}

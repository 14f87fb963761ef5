package panel

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
)

// describer says what the inspector shows of a session. What spans of other
// documents cover is read once and remembered until something else has the focus.
type describer struct {
	session *session.Session
	threads threads
	about   annotate.ID // what quotes belong to
	quotes  map[annotate.ID]string
}

// relationsShown bounds how many relations of one annotation the inspector lists.
const relationsShown = 40

// lines returns the inspector's content. The fields for comments, whose keys are as many
// as there are threads, share a few widgets.
func (d *describer) lines() []field {
	lines, n := d.page(), 0
	for i := range lines {
		if lines[i].kind == sayField {
			lines[i].slot = fmt.Sprintf("say %d", n)
			n++
		}
	}
	return lines
}

// page returns the lines about what is focused.
func (d *describer) page() []field {
	if focused := d.session.Focused(); focused != d.about || d.quotes == nil {
		d.about, d.quotes = focused, map[annotate.ID]string{}
	}
	if c := d.session.Chosen(); c != nil {
		return d.concept(c)
	}
	if span, lane := d.session.Foreign(); span != nil {
		return d.foreign(span, lane)
	}
	if span := d.session.FocusedSpan(); span != nil {
		return d.span(span)
	}
	if r := d.session.FocusedRelation(); r != nil {
		return d.relation(r)
	}
	return d.document()
}

func (d *describer) document() []field {
	lines := []field{{kind: proseField, key: "hint", text: "Sweep over words, or Shift+→, and press a label’s key. Tab or a click picks an annotation; R relates it."}}
	if d.session.Document() == nil {
		return lines
	}
	s, assessment := d.session, d.session.Layer().Assessment
	lines = append(lines, field{kind: headingField, key: "document", text: "DOCUMENT"})
	about := attributes{session: s, defs: s.Scheme().Document, values: assessment.Labels, set: func(name string, v annotate.Value, set bool) {
		_ = s.SetDocumentLabel(name, v, set) // told to the person by the session, as every refusal here
	}}
	lines = append(lines, about.fields()...)
	lines = append(lines, d.status(assessment.Status), d.flag(assessment.Flag))
	lines = append(lines, note(assessment.Note, func(text string) { _ = s.SetDocumentNote(text) }))
	lines = append(lines, d.comments(s.Document().ID)...)
	return append(lines, d.elsewhere()...)
}

func (d *describer) status(status annotate.Status) field {
	f := field{kind: itemsField, key: "status", name: "status"}
	for _, choice := range []struct {
		status annotate.Status
		text   string
	}{{annotate.New, "new"}, {annotate.InProgress, "in progress"}, {annotate.Done, "done"}} {
		f.items = append(f.items, item{kind: pillItem, text: choice.text, on: status == choice.status, act: func() {
			_ = d.session.SetStatus(choice.status)
		}})
	}
	return f
}

func (d *describer) span(span *annotate.Span) []field {
	s, def := d.session, d.session.Scheme().Span(span.Label)
	lines := []field{{
		kind: titleField, key: "title", name: span.Label, color: labelColor(def), text: "“" + s.Quote(span, 120) + "”",
	}}
	lines = append(lines, d.problems(span.ID)...)
	about := d.attributes(span.ID, span.Attributes)
	about.defs, about.words = s.Scheme().AttributesOf(span.Label), s.Quote(span, longestWords)
	lines = append(lines, about.fields()...)
	lines = append(lines, d.flag(span.Flag), d.note(span.ID, span.Note))
	lines = append(lines, d.relations(span.ID)...)
	return append(lines, d.comments(span.ID)...)
}

func (d *describer) relation(r *annotate.Relation) []field {
	def := d.session.Scheme().Relation(r.Label)
	lines := []field{{kind: titleField, key: "title", name: r.Label, color: relationColor(def), text: "relation"}}
	lines = append(lines, d.problems(r.ID)...)
	for i, items := range d.byRole(r, def) {
		for k := range items.items {
			if it := &items.items[k]; it.guide == "" {
				it.guide = roleGuideline(def, items.role)
			}
		}
		lines = append(lines, field{kind: itemsField, key: fmt.Sprintf("role %d", i), name: items.role, items: items.items})
	}
	about := d.attributes(r.ID, r.Attributes)
	if def != nil {
		about.defs = def.Attributes
	}
	lines = append(lines, about.fields()...)
	lines = append(lines, d.flag(r.Flag), d.note(r.ID, r.Note))
	lines = append(lines, d.relations(r.ID)...)
	lines = append(lines, field{kind: itemsField, key: "delete", items: []item{{
		kind: offerItem, text: "delete relation", act: func() { _ = d.session.DeleteAnnotation(r.ID) },
	}}})
	return append(lines, d.comments(r.ID)...)
}

// longestWords is how many characters of a span can name a concept.
const longestWords = 120

func relationColor(def *annotate.RelationLabel) string {
	if def == nil || def.Color == "" {
		return "#7f7f7f"
	}
	return def.Color
}

func (d *describer) attributes(id annotate.ID, values map[string]annotate.Value) attributes {
	return attributes{session: d.session, values: values, set: func(name string, v annotate.Value, set bool) {
		_ = d.session.SetAttribute(id, name, v, set)
	}}
}

func (d *describer) problems(id annotate.ID) []field {
	var lines []field
	for i, v := range d.session.Violations(id) {
		lines = append(lines, field{kind: problemField, key: fmt.Sprintf("problem %d", i), text: shortSentence(v.Sentence, "")})
	}
	return lines
}

func (d *describer) flag(flag string) field {
	cycle := item{
		kind: offerItem, text: "none", act: func() { _ = d.session.CycleFlag() }, guide: "F or a click sets the next flag of the scheme.",
	}
	items := []item{cycle}
	if flag != "" {
		cycle.kind, cycle.text = linkItem, flag
		items = []item{{kind: symbolItem, text: "⚑"}, cycle}
	}
	return field{kind: itemsField, key: "flag", name: "flag", items: items}
}

func (d *describer) note(id annotate.ID, text string) field {
	return note(text, func(text string) { _ = d.session.SetNote(id, text) })
}

// noteKey is the key of the line for the note.
const noteKey = "note"

func note(text string, commit func(string)) field {
	return field{kind: noteField, key: noteKey, name: "note", text: text, commit: func(text string) {
		commit(strings.TrimRight(text, " \n"))
	}}
}

// relations returns a line for each relation that points at a span or relation.
func (d *describer) relations(id annotate.ID) []field {
	var lines []field
	all := d.session.RelationsOf(id)
	for _, r := range all[:min(len(all), relationsShown)] {
		def := d.session.Scheme().Relation(r.Label)
		f := field{kind: itemsField, key: "relation " + string(r.ID), name: r.Label}
		f.items = append(f.items, d.ends(r, def, id)...)
		if n := d.session.OpenThreads(r.ID); n > 0 {
			f.items = append(f.items, item{kind: ownItem, text: "commented on"})
		}
		f.items = append(f.items,
			item{kind: offerItem, text: "show", guide: "Gives the relation the focus.", act: func() { d.session.Reveal("", r.ID) }},
			item{kind: removeItem, text: "×", guide: "Deletes the relation; undo brings it back.", act: func() { _ = d.session.DeleteAnnotation(r.ID) }})
		lines = append(lines, f)
	}
	if more := len(all) - relationsShown; more > 0 {
		lines = append(lines, field{kind: proseField, key: "more", text: fmt.Sprintf("and %d more relations", more)})
	}
	return lines
}

// ends returns a relation as seen from one of its arguments: of a binary one the
// other end with an arrow, of others every role.
func (d *describer) ends(r *annotate.Relation, def *annotate.RelationLabel, from annotate.ID) []item {
	if len(r.Arguments) == 2 && len(r.Role(annotate.Head)) == 1 && len(r.Role(annotate.Tail)) == 1 {
		other, arrow := r.Role(annotate.Tail)[0], "→"
		if other.Target() == from {
			other, arrow = r.Role(annotate.Head)[0], "←"
		}
		if def != nil && def.Symmetric {
			arrow = "↔"
		}
		return []item{{kind: symbolItem, text: arrow}, d.filler(r, other)}
	}
	var items []item
	for _, part := range d.byRole(r, def) {
		items = append(items, item{kind: plainItem, text: part.role})
		items = append(items, part.items...)
	}
	return items
}

// roleGuideline returns what the scheme says of a role.
func roleGuideline(def *annotate.RelationLabel, name string) string {
	if def == nil {
		return ""
	}
	i := slices.IndexFunc(def.Roles, func(r annotate.Role) bool { return r.Name == name })
	if i < 0 {
		return ""
	}
	return guideline(name, def.Roles[i].Guideline, def.Roles[i].Example)
}

// rolePart is a role of a relation with what fills it.
type rolePart struct {
	role  string
	items []item
}

// byRole returns the roles of a relation in the scheme's order, those included
// that are empty but could be said to be implicit.
func (d *describer) byRole(r *annotate.Relation, def *annotate.RelationLabel) []rolePart {
	var parts []rolePart
	seen := map[string]bool{}
	add := func(role string, mayBeImplicit bool) {
		if seen[role] {
			return
		}
		seen[role] = true
		part := rolePart{role: role}
		for _, a := range r.Role(role) {
			part.items = append(part.items, d.filler(r, a))
		}
		if len(part.items) == 0 && mayBeImplicit {
			part.items = []item{{
				kind: offerItem, text: "mark implicit", guide: "The " + role + " is meant, but not in the text.",
				act: func() { _ = d.session.SetImplicit(r.ID, role, true) },
			}}
		}
		if len(part.items) > 0 {
			parts = append(parts, part)
		}
	}
	if def != nil {
		for _, role := range def.Roles {
			add(role.Name, role.Implicit && !def.Open)
		}
	}
	for _, a := range r.Arguments {
		add(a.Role, false)
	}
	return parts
}

// filler returns one argument: what it quotes, to be followed, or that it is implicit.
func (d *describer) filler(r *annotate.Relation, a annotate.Argument) item {
	if a.Implicit {
		return item{kind: offerItem, text: "implicit", guide: "A click takes “implicit” back.", act: func() {
			_ = d.session.SetImplicit(r.ID, a.Role, false)
		}}
	}
	it := item{kind: linkItem, text: d.quote(a)}
	if target := a.Target(); target != d.session.Focused() {
		document := a.Document
		if document == "" {
			document = r.Document
		}
		it.act = func() { d.session.Reveal(document, target) }
	} else {
		it.kind = ownItem
	}
	return it
}

// quote returns what an argument covers.
func (d *describer) quote(a annotate.Argument) string {
	if other := d.session.Layer().Relation(a.Relation); other != nil {
		return other.Label
	}
	if span := d.session.Layer().Span(a.Span); span != nil {
		return "“" + d.session.Quote(span, 44) + "”"
	}
	if known, ok := d.quotes[a.Target()]; ok {
		return known
	}
	d.quotes[a.Target()] = ellipsis
	d.session.FindElsewhere([]annotate.ID{a.Span}, 44, func(found []session.Elsewhere) {
		text := "something that is gone"
		if len(found) > 0 {
			text = "“" + found[0].Quote + "” in " + annotate.Excerpt(found[0].Document, documentQuote)
		}
		if _, waits := d.quotes[a.Target()]; waits {
			d.quotes[a.Target()] = text
			d.threads.again()
		}
	})
	return ellipsis
}

// documentQuote is how many characters of a document's name are shown beside a quote.
const documentQuote = 24

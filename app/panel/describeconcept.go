package panel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
)

// conceptNameKey and conceptMoveKey are the keys of a concept's name and of the choice
// where its marked mentions are to go.
const (
	conceptNameKey = "concept name"
	conceptMoveKey = "concept move"
)

// concept returns the lines about a concept of the registry.
func (d *describer) concept(c *annotate.Concept) []field {
	s := d.session
	revise := func(f func(*annotate.Concept)) {
		if now := s.Concepts().Get(c.ID); now != nil {
			after := now.Clone()
			f(after)
			_ = s.SetConcept(after) // told to the person by the session, as every refusal here
		}
	}
	lines := []field{
		{kind: titleField, key: "title", name: cmp.Or(c.Kind, "concept"), color: "#7f7f7f", text: "“" + c.Name + "”"},
		{kind: entryField, key: conceptNameKey, name: "name", text: c.Name, commit: func(text string) {
			if text = strings.Join(strings.Fields(text), " "); text != "" {
				revise(func(c *annotate.Concept) { c.Name = text })
			}
		}},
		d.conceptKind(c, revise),
		{kind: entryField, key: "concept aliases", hint: "with ; between them", name: "aliases", text: strings.Join(c.Aliases, aliasMark), commit: func(text string) {
			revise(func(c *annotate.Concept) { c.Aliases = aliasesOf(text) })
		}},
		{kind: noteField, key: "concept note", hint: " ", name: "note", text: c.Note, commit: func(text string) {
			revise(func(c *annotate.Concept) { c.Note = strings.TrimRight(text, " \n") })
		}},
	}
	if n := s.Mentions().MarkedCount(); n > 0 {
		lines = append(lines, field{kind: conceptField, key: conceptMoveKey, name: fmt.Sprintf("link %d to", n), hint: "another, or a new one", choice: choosing{
			offers: s.Mentions().Offers, take: s.Mentions().Split,
		}})
	}
	lines = append(lines, field{kind: conceptField, key: "concept same", name: "same as", hint: "type the other’s name", choice: choosing{
		about: "what is linked to one is then linked to the other",
		offers: func(typed string) []session.Offer {
			return slices.DeleteFunc(s.Offers(&annotate.Attribute{}, c.Name, typed), func(o session.Offer) bool {
				return o.Concept == nil || o.Concept.ID == c.ID
			})
		},
		take: func(o session.Offer) {
			if s.Merge(o.Concept.ID, c.ID) == nil {
				s.Choose(o.Concept.ID)
			}
		},
	}})
	for _, merged := range s.Concepts().Family(c.ID)[1:] {
		lines = append(lines, field{kind: itemsField, key: "concept merged " + string(merged.ID), name: "merged", items: []item{
			{kind: ownItem, text: merged.Name},
			{kind: removeItem, text: "×", guide: "Makes it a concept of its own again, with all that is linked to it.", act: func() { _ = s.Unmerge(merged.ID) }},
		}})
	}
	return append(lines, field{kind: itemsField, key: "concept delete", items: []item{{
		kind: offerItem, text: "delete concept", act: func() { s.DeleteConcept(c.ID) },
	}}})
}

// conceptKind returns the line for the kind: what the scheme has to choose from, or a text.
func (d *describer) conceptKind(c *annotate.Concept, revise func(func(*annotate.Concept))) field {
	kinds := d.session.Scheme().Concepts
	if len(kinds) == 0 {
		return field{kind: entryField, key: "concept kind", name: "kind", text: c.Kind, commit: func(text string) {
			revise(func(c *annotate.Concept) { c.Kind = strings.TrimSpace(text) })
		}}
	}
	if c.Kind != "" && !slices.Contains(kinds, c.Kind) {
		kinds = append(slices.Clone(kinds), c.Kind)
	}
	f := field{kind: itemsField, key: "concept kind", name: "kind"}
	for _, kind := range kinds {
		f.items = append(f.items, item{kind: pillItem, text: kind, on: c.Kind == kind, act: func() {
			revise(func(c *annotate.Concept) { c.Kind = kind })
		}})
	}
	return f
}

// aliasMark stands between two aliases.
const aliasMark = "; "

func aliasesOf(text string) []string {
	var aliases []string
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.Join(strings.Fields(part), " "); part != "" && !slices.Contains(aliases, part) {
			aliases = append(aliases, part)
		}
	}
	return aliases
}

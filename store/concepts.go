package store

import (
	"encoding/json"
	"regexp"
	"slices"
	"unicode/utf8"

	"spanwright/annotate"
)

// Concepts returns every concept of the project, merged ones too, in order of id.
func (p *Project) Concepts() ([]*annotate.Concept, error) {
	found, err := concepts(p.reading, "true")
	return found, p.fault(err)
}

// concepts reads concepts; condition is what follows WHERE.
func concepts(on source, condition string, args ...any) ([]*annotate.Concept, error) {
	var found []*annotate.Concept
	err := each(on, `SELECT id, kind, name, aliases, note, "into" FROM concept WHERE `+condition+" ORDER BY id", args,
		func(scan func(...any) error) error {
			var c annotate.Concept
			var aliases string
			if err := scan(&c.ID, &c.Kind, &c.Name, &aliases, &c.Note, &c.Into); err != nil {
				return err
			}
			found = append(found, &c)
			if err := json.Unmarshal([]byte(aliases), &c.Aliases); err != nil {
				return annotate.Errorf(annotate.Corrupt, "the stored aliases of concept %s cannot be read: %w", c.ID, err)
			}
			if len(c.Aliases) == 0 {
				c.Aliases = nil
			}
			return nil
		})
	return found, err
}

func (b *batch) putConcept(c *annotate.Concept) error {
	aliases := []byte("[]")
	if len(c.Aliases) > 0 {
		var err error
		if aliases, err = json.Marshal(c.Aliases); err != nil {
			return err
		}
	}
	return execute(b, `INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
			kind = excluded.kind, name = excluded.name, aliases = excluded.aliases, note = excluded.note, "into" = excluded."into"`,
		c.ID, c.Kind, c.Name, string(aliases), c.Note, c.Into)
}

// idPattern is the form of the ids that this program gives, by which the links to
// concepts are told from other values without asking the scheme.
var idPattern = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// longestMention is the most characters of a span whose words are kept beside its link.
const longestMention = 120

// putMentions adds which concepts a span may be linked to.
func (b *batch) putMentions(s *annotate.Span, covered any) error {
	words := ""
	if text, ok := covered.(string); ok && utf8.RuneCountInString(text) <= longestMention {
		words = annotate.Fold(text)
	}
	for name, v := range s.Attributes {
		if id, ok := v.Text(); ok && idPattern.MatchString(id) {
			if err := execute(b, "INSERT INTO mention VALUES (?, ?, ?, ?)", s.ID, name, id, words); err != nil {
				return err
			}
		}
	}
	return nil
}

// Mention is a span that is linked to a concept.
type Mention struct {
	Span     *annotate.Span
	Document string // its name
	annotate.Context
}

// Mentions returns the spans that are linked to any of the concepts, in the order of
// their documents and of their places there: at most limit of them, after the first
// offset ones; those of one annotator, or of everybody when annotator is "".
func (p *Project) Mentions(annotator string, offset, limit int, ids ...annotate.ID) ([]Mention, error) {
	var found []Mention
	err := p.read(func(on source) error {
		in, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		place := `FROM mention m JOIN span s ON s.id = m.span JOIN document d ON d.id = s.document
			WHERE m.concept IN (SELECT value FROM json_each(?1)) AND (?2 = '' OR s.annotator = ?2)
			ORDER BY d.added, d.id, (SELECT min(start_byte) FROM fragment f WHERE f.span = s.id), s.id`
		order, err := column[annotate.ID](on, "SELECT s.id "+place+" LIMIT ?3 OFFSET ?4", string(in), annotator, limit, offset)
		if err == nil {
			found, err = inContext(on, order)
		}
		return err
	})
	return found, err
}

// Examples returns spans of any of the labels with what stands around them, at most
// limit of them and each from another document; of one annotator, or of anybody when
// annotator is "".
func (p *Project) Examples(annotator string, limit int, labels ...string) ([]Mention, error) {
	var found []Mention
	err := p.read(func(on source) error {
		in, err := json.Marshal(labels)
		if err != nil {
			return err
		}
		order, err := column[annotate.ID](on, `SELECT id FROM span WHERE rowid IN
			(SELECT min(rowid) FROM span WHERE label IN (SELECT value FROM json_each(?1)) AND (?2 = '' OR annotator = ?2)
				GROUP BY document LIMIT ?3)`, string(in), annotator, limit)
		if err == nil {
			found, err = inContext(on, order)
		}
		return err
	})
	return found, err
}

// inContext reads spans, with their documents' names and the text around them, in the order of ids.
func inContext(on source, order []annotate.ID) ([]Mention, error) {
	if len(order) == 0 {
		return nil, nil
	}
	var found []Mention
	listed, err := json.Marshal(order)
	if err != nil {
		return nil, err
	}
	read, err := spans(on, "s.id IN (SELECT value FROM json_each(?))", string(listed))
	if err != nil {
		return nil, err
	}
	byID := map[annotate.ID]*annotate.Span{}
	for _, s := range read {
		byID[s.ID] = s
	}
	texts := map[annotate.ID]*annotate.Document{}
	for _, id := range order {
		s := byID[id]
		d := texts[s.Document]
		if d == nil {
			loaded, err := documents(on, "id = ?", s.Document)
			if err != nil {
				return nil, err
			}
			d = loaded[0]
			if d.Text, err = textBy(on, d.Hash); err != nil {
				return nil, err
			}
			texts[s.Document] = d
		}
		found = append(found, Mention{s, d.Name, annotate.ContextOf(d.Text, s.Extent(), contextLength)})
	}
	return found, nil
}

// CountMentionsOf returns how many spans are linked to any of the concepts; those of one
// annotator, or of everybody when annotator is "".
func (p *Project) CountMentionsOf(annotator string, ids ...annotate.ID) (n int, err error) {
	in, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	_, err = one(p.reading, `SELECT count(*) FROM mention m JOIN span s ON s.id = m.span JOIN document d ON d.id = s.document
		WHERE m.concept IN (SELECT value FROM json_each(?1)) AND (?2 = '' OR s.annotator = ?2)`, []any{string(in), annotator}, &n)
	return n, p.fault(err)
}

// CountMentions returns how many spans are linked to each concept, by its id; those of
// one annotator, or of everybody when annotator is "".
func (p *Project) CountMentions(annotator string) (map[annotate.ID]int, error) {
	counts := map[annotate.ID]int{}
	query, args := "SELECT concept, count(*) FROM mention GROUP BY concept", []any(nil)
	if annotator != "" {
		query, args = "SELECT m.concept, count(*) FROM mention m JOIN span s ON s.id = m.span WHERE s.annotator = ? GROUP BY m.concept", []any{annotator}
	}
	err := each(p.reading, query, args, func(scan func(...any) error) error {
		var id annotate.ID
		var n int
		err := scan(&id, &n)
		counts[id] = n
		return err
	})
	return counts, p.fault(err)
}

// LinkedBefore returns the ids that spans with the same words were linked to, by one
// annotator, or by anybody when annotator is "": the most frequent first, at most limit of them.
func (p *Project) LinkedBefore(annotator, words string, limit int) ([]annotate.ID, error) {
	if words = annotate.Fold(words); words == "" {
		return nil, nil
	}
	ids, err := column[annotate.ID](p.reading, `SELECT m.concept FROM mention m
		WHERE m.words = ?1 AND m.words <> '' AND (?2 = '' OR EXISTS (SELECT 1 FROM span s WHERE s.id = m.span AND s.annotator = ?2))
		GROUP BY m.concept ORDER BY count(*) DESC, m.concept LIMIT ?3`, words, annotator, limit)
	return ids, p.fault(err)
}

// Linked returns the spans, relations, records and assessments of everybody that are
// linked to a concept. Links of spans have an index; the others are looked for.
func (p *Project) Linked(id annotate.ID) ([]annotate.State, error) {
	var found []annotate.State
	err := p.read(func(on source) error {
		spans, err := spans(on, "s.id IN (SELECT span FROM mention WHERE concept = ?)", id)
		if err != nil {
			return err
		}
		relations, err := relations(on, "instr(r.attributes, ?) > 0", id)
		if err != nil {
			return err
		}
		records, err := records(on, "instr(attributes, ?) > 0", id)
		if err != nil {
			return err
		}
		assessments, err := assessments(on, "instr(labels, ?) > 0", id)
		if err != nil {
			return err
		}
		found = slices.Concat(states(spans), states(relations), states(records), states(assessments))
		return nil
	})
	return slices.DeleteFunc(found, func(s annotate.State) bool { return !linksTo(s, id) }), err
}

// linksTo reports whether a value of s is that id, and not only contains it.
func linksTo(s annotate.State, id annotate.ID) bool {
	var values map[string]annotate.Value
	switch e := s.(type) {
	case *annotate.Span:
		values = e.Attributes
	case *annotate.Relation:
		values = e.Attributes
	case *annotate.Record:
		values = e.Attributes
	case *annotate.Assessment:
		values = e.Labels
	}
	for _, v := range values {
		if text, ok := v.Text(); ok && annotate.ID(text) == id {
			return true
		}
	}
	return false
}

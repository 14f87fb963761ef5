package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// read runs do on the project as it is at one moment.
func (p *Project) read(do func(source) error) error {
	tx, err := p.readDB.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return p.fault(err)
	}
	defer tx.Rollback()
	return p.fault(do(snapshot{tx, p.reading}))
}

// Scheme returns the scheme.
func (p *Project) Scheme() (*annotate.Scheme, error) {
	s, err := scheme(p.reading)
	if err == nil && s == nil {
		err = annotate.Errorf(annotate.Corrupt, "the project has lost its scheme; go back to a copy")
	}
	return s, p.fault(err)
}

func scheme(on source) (*annotate.Scheme, error) {
	var definition []byte
	found, err := one(on, "SELECT definition FROM scheme WHERE id = ?", []any{(*annotate.Scheme)(nil).EntityID()}, &definition)
	if err != nil || !found {
		return nil, err
	}
	s, err := annotate.UnmarshalState(annotate.SchemeEntity, definition)
	if err != nil {
		return nil, err
	}
	return s.(*annotate.Scheme), nil
}

// Document returns the document of that id with its text, or a NotFound error.
func (p *Project) Document(id annotate.ID) (*annotate.Document, error) {
	return p.document("id = ?", string(id), id)
}

// DocumentByName returns the document of that name with its text, or a NotFound error.
func (p *Project) DocumentByName(name string) (*annotate.Document, error) {
	return p.document("name = ?", name, name)
}

func (p *Project) document(condition, name string, arg any) (*annotate.Document, error) {
	var found []*annotate.Document
	err := p.read(func(on source) (err error) {
		if found, err = documents(on, condition+" LIMIT 1", arg); err != nil {
			return err
		}
		if len(found) == 0 {
			return annotate.Errorf(annotate.NotFound, "the project has no document %q", name)
		}
		found[0].Text, err = textBy(on, found[0].Hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// DocumentByText returns the id of the document that has that name and a text of
// that SHA-256; ok is false when there is none.
func (p *Project) DocumentByText(name, hash string) (id annotate.ID, ok bool, err error) {
	ok, err = one(p.reading, "SELECT id FROM document WHERE name = ? AND text = ? LIMIT 1", []any{name, hash}, &id)
	return id, ok, p.fault(err)
}

// Present sets those ids and names to true that are those of documents.
func (p *Project) Present(ids map[annotate.ID]bool, names map[string]bool) error {
	byID, err := json.Marshal(slices.Collect(maps.Keys(ids)))
	if err != nil {
		return err
	}
	byName, err := json.Marshal(slices.Collect(maps.Keys(names)))
	if err != nil {
		return err
	}
	err = each(p.reading, `SELECT id, '' FROM document WHERE id IN (SELECT value FROM json_each(?))
		UNION ALL SELECT '', name FROM document WHERE name IN (SELECT value FROM json_each(?))`, []any{string(byID), string(byName)},
		func(scan func(...any) error) error {
			var id annotate.ID
			var name string
			err := scan(&id, &name)
			if id != "" {
				ids[id] = true
			} else {
				names[name] = true
			}
			return err
		})
	return p.fault(err)
}

// documents reads documents without their texts; condition is what follows WHERE.
func documents(on source, condition string, args ...any) ([]*annotate.Document, error) {
	var found []*annotate.Document
	err := each(on, "SELECT id, name, text, meta, bom, newlines FROM document WHERE "+condition, args, func(scan func(...any) error) error {
		var d annotate.Document
		var meta string
		if err := scan(&d.ID, &d.Name, &d.Hash, &meta, &d.BOM, &d.Newlines); err != nil {
			return err
		}
		var err error
		d.Meta, err = readJSON[string](meta)
		found = append(found, &d)
		return err
	})
	return found, err
}

// spans reads spans with their fragments; condition is what follows WHERE, with s for the span.
func spans(on source, condition string, args ...any) ([]*annotate.Span, error) {
	var found []*annotate.Span
	err := each(on, `SELECT s.id, s.document, s.annotator, s.label, s.attributes, s.flag, s.note, f.start_byte, f.end_byte
		FROM span s LEFT JOIN fragment f ON f.span = s.id WHERE `+condition+` ORDER BY s.id, f.ordinal`, args,
		func(scan func(...any) error) error {
			var s annotate.Span
			var attributes string
			var start, end sql.NullInt64
			if err := scan(&s.ID, &s.Document, &s.Annotator, &s.Label, &attributes, &s.Flag, &s.Note, &start, &end); err != nil {
				return err
			}
			if last := len(found) - 1; last < 0 || found[last].ID != s.ID {
				var err error
				if s.Attributes, err = readJSON[annotate.Value](attributes); err != nil {
					return err
				}
				found = append(found, &s)
			}
			if start.Valid {
				s := found[len(found)-1]
				s.Fragments = append(s.Fragments, annotate.Fragment{Start: int(start.Int64), End: int(end.Int64)})
			}
			return nil
		})
	return found, err
}

// relations reads relations with their arguments; condition is what follows WHERE, with r for the relation.
func relations(on source, condition string, args ...any) ([]*annotate.Relation, error) {
	var found []*annotate.Relation
	err := each(on, `SELECT r.id, r.document, r.annotator, r.label, r.attributes, r.flag, r.note,
			a.role, coalesce(a.span, ''), coalesce(a.target, ''), coalesce(a.document, ''), coalesce(a.implicit, 0)
		FROM relation r LEFT JOIN argument a ON a.relation = r.id WHERE `+condition+` ORDER BY r.id, a.ordinal`, args,
		func(scan func(...any) error) error {
			var r annotate.Relation
			var a annotate.Argument
			var attributes string
			var role sql.NullString
			if err := scan(&r.ID, &r.Document, &r.Annotator, &r.Label, &attributes, &r.Flag, &r.Note,
				&role, &a.Span, &a.Relation, &a.Document, &a.Implicit); err != nil {
				return err
			}
			if last := len(found) - 1; last < 0 || found[last].ID != r.ID {
				var err error
				if r.Attributes, err = readJSON[annotate.Value](attributes); err != nil {
					return err
				}
				found = append(found, &r)
			}
			if a.Role = role.String; role.Valid {
				r := found[len(found)-1]
				r.Arguments = append(r.Arguments, a)
			}
			return nil
		})
	return found, err
}

// assessments reads assessments; condition is what follows WHERE.
func assessments(on source, condition string, args ...any) ([]*annotate.Assessment, error) {
	var found []*annotate.Assessment
	err := each(on, "SELECT document, annotator, status, labels, flag, note, scheme FROM assessment WHERE "+condition, args,
		func(scan func(...any) error) error {
			var a annotate.Assessment
			var labels string
			if err := scan(&a.Document, &a.Annotator, &a.Status, &labels, &a.Flag, &a.Note, &a.Scheme); err != nil {
				return err
			}
			var err error
			a.Labels, err = readJSON[annotate.Value](labels)
			found = append(found, &a)
			return err
		})
	return found, err
}

// Assessment returns what an annotator has said of a document as a whole, nil if
// nothing was ever said; [Project.Layer] does not tell that from New.
func (p *Project) Assessment(document annotate.ID, annotator string) (*annotate.Assessment, error) {
	found, err := assessments(p.reading, "document = ? AND annotator = ?", document, annotator)
	if err != nil || len(found) == 0 {
		return nil, p.fault(err)
	}
	return found[0], nil
}

// Layer returns what one annotator has made of one document, with the relations
// that were made in other documents and point into this one. A layer in which
// nothing was made is empty; it is no error to ask for it. Spans that do not fit the
// text, because it was changed in another copy of the project, are left out.
func (p *Project) Layer(document annotate.ID, annotator string) (*annotate.Layer, error) {
	layer := annotate.NewLayer(document, annotator)
	err := p.read(func(on source) error {
		spans, err := spans(on, "s.document = ? AND s.annotator = ? AND s.covered IS NOT NULL", document, annotator)
		if err != nil {
			return err
		}
		// In reading order the index is built without moving anything.
		slices.SortFunc(spans, func(a, b *annotate.Span) int { return cmp.Compare(a.Extent().Start, b.Extent().Start) })
		relations, err := relations(on, `r.annotator = ?2 AND (r.document = ?1
			OR r.id IN (SELECT relation FROM argument WHERE document = ?1 AND document <> ''))`, document, annotator)
		if err != nil {
			return err
		}
		assessments, err := assessments(on, "document = ? AND annotator = ?", document, annotator)
		if err != nil {
			return err
		}
		records, err := records(on, "document = ? AND annotator = ?", document, annotator)
		if err != nil {
			return err
		}
		reviews, err := reviews(on, "document = ? AND annotator = ?", document, annotator)
		if err != nil {
			return err
		}
		fill(layer, spans)
		fill(layer, relations)
		fill(layer, records)
		fill(layer, assessments)
		fill(layer, reviews)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return layer, nil
}

func fill[S annotate.State](layer *annotate.Layer, states []S) {
	for _, s := range states {
		layer.Apply(&annotate.Change{After: s})
	}
}

// Annotators returns, in order, whose layers hold anything of a document, or of
// any document when document is "".
func (p *Project) Annotators(document annotate.ID) ([]string, error) {
	names, err := annotatorsOf(p.reading, document)
	return names, p.fault(err)
}

func annotatorsOf(on source, document annotate.ID) ([]string, error) {
	if document == "" {
		return column[string](on, `SELECT annotator FROM span UNION SELECT annotator FROM relation
			UNION SELECT annotator FROM assessment UNION SELECT annotator FROM record ORDER BY annotator`)
	}
	return column[string](on, `SELECT annotator FROM span WHERE document = ?1 UNION SELECT annotator FROM relation
		WHERE document = ?1 UNION SELECT annotator FROM assessment WHERE document = ?1
		UNION SELECT annotator FROM record WHERE document = ?1 ORDER BY annotator`, document)
}

// Span returns the span of that id, of any document and layer, or a NotFound error.
func (p *Project) Span(id annotate.ID) (*annotate.Span, error) {
	found, err := spans(p.reading, "s.id = ?", id)
	if err == nil && len(found) == 0 {
		err = annotate.Errorf(annotate.NotFound, "the project has no span %s", id)
	}
	if err != nil {
		return nil, p.fault(err)
	}
	return found[0], nil
}

// Relation returns the relation of that id, of any document and layer, or a NotFound error.
func (p *Project) Relation(id annotate.ID) (*annotate.Relation, error) {
	found, err := relations(p.reading, "r.id = ?", id)
	if err == nil && len(found) == 0 {
		err = annotate.Errorf(annotate.NotFound, "the project has no relation %s", id)
	}
	if err != nil {
		return nil, p.fault(err)
	}
	return found[0], nil
}

// RelationsInvolving returns, in order of id, the annotator's relations that
// point at any of the spans or relations ids, whatever document they were made
// in; annotator "" means everybody's.
func (p *Project) RelationsInvolving(annotator string, ids ...annotate.ID) ([]*annotate.Relation, error) {
	var all []*annotate.Relation
	err := p.read(func(on source) error {
		for ids := range slices.Chunk(ids, 200) {
			args := []any{annotator}
			for _, id := range ids {
				args = append(args, id)
			}
			// The blanks keep the statements few: 1, 8 or 200 places.
			places := len(ids)
			for _, size := range []int{200, 8, 1} {
				if len(ids) <= size {
					places = size
				}
			}
			for len(args) <= places {
				args = append(args, ids[0])
			}
			in := "(?2" + numbered(3, places+1) + ")"
			found, err := relations(on, `(?1 = '' OR r.annotator = ?1) AND r.id IN (
				SELECT relation FROM argument WHERE span <> '' AND span IN `+in+`
				UNION SELECT relation FROM argument WHERE target <> '' AND target IN `+in+`)`, args...)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b *annotate.Relation) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b *annotate.Relation) bool { return a.ID == b.ID }), err
}

// numbered returns ", ?first, … ?last".
func numbered(first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		b.WriteString(", ?")
		b.WriteString(strconv.Itoa(i))
	}
	return b.String()
}

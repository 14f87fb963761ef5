package store

import "spanwright/annotate"

// Assignments returns who is to label which documents, in order of document and
// annotator; of one document, or of all when document is "".
func (p *Project) Assignments(document annotate.ID) ([]*annotate.Assignment, error) {
	condition, args := "1", []any(nil)
	if document != "" {
		condition, args = "document = ?", []any{document}
	}
	found, err := assignments(p.reading, condition, args...)
	return found, p.fault(err)
}

// assignments reads assignments; condition is what follows WHERE.
func assignments(on source, condition string, args ...any) ([]*annotate.Assignment, error) {
	var found []*annotate.Assignment
	err := each(on, "SELECT document, annotator FROM assignment WHERE "+condition+" ORDER BY document, annotator", args,
		func(scan func(...any) error) error {
			var a annotate.Assignment
			err := scan(&a.Document, &a.Annotator)
			found = append(found, &a)
			return err
		})
	return found, err
}

func (b *batch) putAssignment(a *annotate.Assignment) error {
	return execute(b, "INSERT INTO assignment (id, document, annotator) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
		a.EntityID(), a.Document, a.Annotator)
}

// checkUnassigned refuses to leave assignments of a document that is gone.
func (b *batch) checkUnassigned(d *annotate.Document) error {
	var annotator string
	found, err := one(b, "SELECT annotator FROM assignment WHERE document = ? LIMIT 1", []any{d.ID}, &annotator)
	if err == nil && found {
		err = annotate.Errorf(annotate.Conflict, "document %q is assigned to %s; take the assignment back first", d.Name, annotator)
	}
	return err
}

// Share assigns documents to annotators as d says, as one act of by, and returns what
// it made and took back. With again nothing held stays but what d asks for itself. With
// rehearse the project stays as it is.
func (p *Project) Share(d annotate.Distribution, by string, again, rehearse bool) (made, dropped []*annotate.Assignment, err error) {
	if err := d.Check(); err != nil {
		return nil, nil, err
	}
	_, err = p.transact(func(b *batch) error {
		documents, err := documents(b, "1 ORDER BY added, id")
		if err != nil {
			return err
		}
		held, err := assignments(b, "1")
		if err != nil {
			return err
		}
		kept := held
		if again {
			kept = nil
		}
		made = d.Assign(documents, kept)
		if again {
			made, dropped = apart(made, held)
		}
		for _, a := range dropped {
			if err := b.apply(&annotate.Change{Annotator: by, Before: a}); err != nil {
				return err
			}
		}
		for _, a := range made {
			if err := b.apply(&annotate.Change{Annotator: by, After: a}); err != nil {
				return err
			}
		}
		if rehearse {
			return errRehearsed
		}
		return nil
	})
	if isRehearsed(err) {
		err = nil
	}
	return made, dropped, err
}

// apart returns which assignments are wanted and not held, and held and not wanted.
func apart(wanted, held []*annotate.Assignment) (made, dropped []*annotate.Assignment) {
	was, will := map[annotate.ID]bool{}, map[annotate.ID]bool{}
	for _, a := range held {
		was[a.EntityID()] = true
	}
	for _, a := range wanted {
		if will[a.EntityID()] = true; !was[a.EntityID()] {
			made = append(made, a)
		}
	}
	for _, a := range held {
		if !will[a.EntityID()] {
			dropped = append(dropped, a)
		}
	}
	return made, dropped
}

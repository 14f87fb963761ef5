package exchange

import (
	"bytes"

	"spanwright/annotate"
)

// addLayer adds the changes for what the project lacks of the record's layer.
// What is there under the same id stays as it is.
func (im *importer) addLayer(e *entry) error {
	r := e.record
	if r.Annotator == "" {
		return nil
	}
	layer := annotate.NewLayer(e.document.ID, r.Annotator)
	if !e.created && !e.inBatch {
		var err error
		if layer, err = im.project.Layer(e.document.ID, r.Annotator); err != nil {
			return err
		}
	}
	for _, s := range r.Spans {
		if old := layer.Span(s.ID); old == nil {
			e.changes = append(e.changes, annotate.Change{After: s})
		} else if err := e.keep(old, s, "span", old.Label); err != nil {
			return err
		}
	}
	for _, relation := range r.Relations {
		im.noteDistant(e, relation)
		if old := layer.Relation(relation.ID); old == nil {
			e.changes = append(e.changes, annotate.Change{After: relation})
		} else if err := e.keep(old, relation, "relation", old.Label); err != nil {
			return err
		}
	}
	for _, record := range r.Records {
		if old := layer.Record(record.ID); old == nil {
			e.changes = append(e.changes, annotate.Change{After: record})
		} else {
			record.Rank = old.Rank // the file says no more than the order
			if err := e.keep(old, record, "record", old.Label); err != nil {
				return err
			}
		}
	}
	if err := im.addConcepts(e); err != nil {
		return err
	}
	if err := im.addAssessment(e, layer); err != nil {
		return err
	}
	return im.addReview(e, layer)
}

// addConcepts adds the concepts that the project lacks. Those it has stay as they are.
func (im *importer) addConcepts(e *entry) error {
	if len(e.record.Concepts) > 0 && im.concepts == nil {
		im.concepts = map[annotate.ID]*annotate.Concept{}
		known, err := im.project.Concepts()
		if err != nil {
			return err
		}
		for _, c := range known {
			im.concepts[c.ID] = c
		}
	}
	for _, c := range e.record.Concepts {
		if old := im.concepts[c.ID]; old != nil {
			if err := e.keep(old, c, "concept", old.Name); err != nil {
				return err
			}
			continue
		}
		im.concepts[c.ID] = c
		e.changes = append(e.changes, annotate.Change{After: c})
	}
	return nil
}

// keep remarks on what is in the project under the same id but otherwise.
func (e *entry) keep(old, read annotate.State, what, label string) error {
	same, err := equal(old, read)
	if err == nil && !same {
		e.leave(old, annotate.EntityKind(what), label)
	}
	return err
}

// leave remarks on what the project has otherwise than the record.
func (e *entry) leave(old annotate.State, what annotate.EntityKind, label string) {
	e.remark("%s %s (%s) is in the project with other contents; it was left as it is there", what, old.EntityID(), label)
}

func equal(a, b annotate.State) (bool, error) {
	x, err := annotate.MarshalState(a)
	if err != nil {
		return false, err
	}
	y, err := annotate.MarshalState(b)
	return bytes.Equal(x, y), err
}

// addAssessment adds the record's assessment where the project has none that
// says anything. A format that is silent about it leaves a layer it begins in
// progress.
func (im *importer) addAssessment(e *entry, layer *annotate.Layer) error {
	r, read := e.record, handedIn(e.record)
	annotated := len(r.Spans)+len(r.Relations)+len(r.Records) > 0
	empty := layer.SpanCount()+layer.RelationCount()+layer.RecordCount() == 0
	if read == nil && annotated && empty {
		read = &annotate.Assessment{Document: e.document.ID, Annotator: r.Annotator, Status: annotate.InProgress}
	}
	if read == nil || !decides(read) && (annotated || !empty) {
		return nil // the layer is there without it
	}
	var held *annotate.Assessment
	if !e.created && !e.inBatch {
		var err error
		if held, err = im.project.Assessment(e.document.ID, r.Annotator); err != nil {
			return err
		}
	}
	switch {
	case held == nil:
		e.changes = append(e.changes, annotate.Change{After: read})
		return nil
	case !decides(read) || r.Assessment == nil:
		return nil
	case !decides(held):
		e.changes = append(e.changes, annotate.Change{Before: held, After: read})
		return nil
	}
	if added := lacking(held, read); added != nil {
		e.changes = append(e.changes, annotate.Change{Before: held, After: added})
		held = added
	}
	if !covers(held, read) && layer.Review == nil {
		e.remark("%s has assessed the document otherwise in the project; that was left as it is there", r.Annotator)
	}
	return nil
}

// lacking returns held with those attributes of the document that only read has, nil if
// there are none: a file may ask about one of them a line.
func lacking(held, read *annotate.Assessment) (after *annotate.Assessment) {
	for _, name := range annotate.SortedKeys(read.Labels) {
		if _, set := held.Labels[name]; set {
			continue
		}
		if after == nil {
			after = held.Clone()
		}
		if after.Labels == nil {
			after.Labels = map[string]annotate.Value{}
		}
		after.Labels[name] = read.Labels[name]
	}
	return after
}

// covers reports whether held says all that read does.
func covers(held, read *annotate.Assessment) bool {
	for name, v := range read.Labels {
		if !held.Labels[name].Equal(v) {
			return false
		}
	}
	return held.Status == read.Status && (read.Flag == "" || held.Flag == read.Flag) && (read.Note == "" || held.Note == read.Note)
}

// decides reports whether a says more than that nothing was done yet.
func decides(a *annotate.Assessment) bool {
	return a.Status != annotate.New || len(a.Labels) > 0 || a.Flag != "" || a.Note != ""
}

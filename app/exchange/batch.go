package exchange

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// entry is a record and the changes that add what the project lacks of it.
type entry struct {
	record   *dataset.Record
	document *annotate.Document // as it is, or will be, in the project
	created  bool               // the document is new
	inBatch  bool               // the document is created by an earlier entry of the batch
	changes  []annotate.Change
	ids      map[annotate.ID]bool // of the record's spans and relations; made when needed
	readings readings
	left     []string // what was left out, a sentence each
	origin   Origin
}

type layerKey struct {
	document  annotate.ID
	annotator string
}

// batch is what has been read and not yet written. It is written in one transaction: waiting
// for the disk once for each of many small documents would take most of the time of an import.
type batch struct {
	entries   []*entry
	documents map[annotate.ID]*annotate.Document // created in it
	names     map[string]*annotate.Document      // the same by name
	layers    map[layerKey]bool                  // touched
}

func (b *batch) clear() {
	*b = batch{
		entries: b.entries[:0], documents: map[annotate.ID]*annotate.Document{},
		names: map[string]*annotate.Document{}, layers: map[layerKey]bool{},
	}
}

func (b *batch) add(e *entry) {
	b.entries = append(b.entries, e)
	b.layers[layerKey{e.document.ID, e.record.Annotator}] = true
	if e.created {
		b.documents[e.document.ID] = e.document
		b.names[e.document.Name] = e.document
	}
}

// flush writes the batch. If the whole cannot be written each record is tried
// alone, so that one that clashes with the project does not keep out the others.
func (im *importer) flush() error {
	entries := im.batch.entries
	defer im.batch.clear()
	im.there = there{}
	if im.write(entries...) == nil {
		return im.count(entries)
	}
	if im.rehearsal == nil {
		scheme, err := im.project.Scheme() // which somebody else may have changed meanwhile
		if err != nil {
			return err
		}
		im.scheme = scheme
	}
	for _, e := range entries {
		err := im.write(e)
		switch annotate.KindOf(err) {
		case annotate.Conflict, annotate.Invalid, annotate.NotFound:
			im.report.skip(im.refused(e, err))
			continue
		}
		if err == nil {
			err = im.count([]*entry{e})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// write applies the changes of entries in one transaction, or rehearses it.
func (im *importer) write(entries ...*entry) error {
	if im.rehearsal != nil {
		if err := im.rehearsal.write(entries); err != nil {
			return err
		}
	}
	var changes []annotate.Change
	var states []annotate.State
	for _, e := range entries {
		for _, c := range e.changes {
			c.Group, c.Annotator = im.group, im.annotator
			changes = append(changes, c)
			states = append(states, c.After)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	extended, additions := im.extend(states)
	if len(additions) > 0 {
		change := annotate.Change{Group: im.group, Annotator: im.annotator, Before: im.scheme, After: extended}
		changes = append([]annotate.Change{change}, changes...)
	}
	if im.rehearsal == nil {
		if _, err := im.project.Apply(changes...); err != nil {
			return err
		}
		im.written = true
	}
	im.scheme = extended
	im.report.Scheme = append(im.report.Scheme, additions...)
	return nil
}

// refused tells why an entry was left out, in the place it was read.
func (im *importer) refused(e *entry, err error) error {
	r := e.record
	return annotate.Errorf(annotate.KindOf(err), "document %q was left out: %s", r.Document.Name, sentence(err)).At(r.File, r.Line)
}

// count adds what was written to the report.
func (im *importer) count(entries []*entry) error {
	for _, e := range entries {
		_, met, err := im.met.Get(string(e.document.ID))
		switch {
		case err != nil:
			return err
		case e.created:
			im.report.Documents++
		case !e.inBatch && !met:
			im.report.Present++
		}
		if err := im.met.Put(string(e.document.ID), 0); err != nil {
			return err
		}
		for _, c := range e.changes {
			switch c.EntityKind() {
			case annotate.SpanEntity:
				im.report.Spans++
			case annotate.RelationEntity:
				im.report.Relations++
			case annotate.RecordEntity:
				im.report.Records++
			}
		}
		if len(e.changes) > 0 {
			im.report.Reanchored += e.record.Moved
		}
		im.countReadings(e)
		im.preview.take(e)
		im.report.Remarks = append(im.report.Remarks, e.record.Remarks...)
	}
	return nil
}

package exchange

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// placeDocument finds the document of e in the project or makes it new. A
// document that is there under the same id, or with the same name and text, is
// the same; a name that is taken by another text gets a number.
func (im *importer) placeDocument(e *entry) error {
	d := e.record.Document
	known, err := im.find(d)
	if err != nil {
		return err
	}
	if known != nil {
		if known.Hash != d.Hash {
			return annotate.Errorf(annotate.Conflict, "document %q is in the project as %q with another text; it was left out", d.Name, known.Name)
		}
		e.document, e.inBatch = known, im.batch.documents[known.ID] != nil
		if im.rehearsal != nil && !e.inBatch {
			made, err := im.rehearsal.find(known)
			e.inBatch = made != nil
			return err
		}
		return nil
	}
	free, err := im.freeName(d.Name)
	if err != nil {
		return err
	}
	if free != d.Name {
		e.remark("the project has a document %q with another text already; this one was added as %q", d.Name, free)
		d = d.Clone()
		d.Name = free
	}
	e.document, e.created = d, true
	e.changes = append(e.changes, annotate.Change{After: d})
	return nil
}

// find returns the document that d is, in the batch or the project; nil if it is new.
func (im *importer) find(d *annotate.Document) (*annotate.Document, error) {
	if known := im.batch.documents[d.ID]; known != nil {
		return known, nil
	}
	if known := im.batch.names[d.Name]; known != nil && known.Hash == d.Hash {
		return known, nil
	}
	if im.rehearsal != nil {
		if known, err := im.rehearsal.find(d); known != nil || err != nil || im.rehearsal.empty {
			return known, err
		}
	}
	if im.there.lacks(d) {
		return nil, nil
	}
	if id, ok, err := im.project.DocumentByText(d.Name, d.Hash); err != nil {
		return nil, err
	} else if ok {
		// The text is known to be the same, so it need not be read.
		return &annotate.Document{ID: id, Name: d.Name, Text: d.Text, Hash: d.Hash}, nil
	}
	known, err := im.project.Document(d.ID)
	if annotate.KindOf(err) == annotate.NotFound {
		return nil, nil
	}
	return known, err
}

// freeName returns name, or name with the first number that makes it free.
func (im *importer) freeName(name string) (string, error) {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for n := 2; ; n++ {
		taken, err := im.taken(name)
		if err != nil || !taken {
			return name, err
		}
		name = fmt.Sprintf("%s (%d)%s", stem, n, extension)
	}
}

func (im *importer) taken(name string) (bool, error) {
	if im.batch.names[name] != nil {
		return true, nil
	}
	if im.rehearsal != nil {
		if taken, err := im.rehearsal.taken(name); taken || err != nil || im.rehearsal.empty {
			return taken, err
		}
	}
	if there, asked := im.there.names[name]; asked {
		return there, nil
	}
	_, err := im.project.DocumentByName(name)
	if annotate.KindOf(err) == annotate.NotFound {
		return false, nil
	}
	return true, err
}

// move makes the record speak of the document by the id it has in the project.
func (im *importer) move(e *entry) {
	r, from, to := e.record, e.record.Document.ID, e.document.ID
	if from == to {
		return
	}
	im.moved[from] = to
	for _, s := range r.Spans {
		s.Document = to
	}
	for _, relation := range r.Relations {
		relation.Document = to
	}
	for _, record := range r.Records {
		record.Document = to
	}
	if r.Assessment != nil {
		r.Assessment.Document = to
	}
	if r.Review != nil {
		r.Review.Document = to
	}
}

// remark adds a sentence about the place the entry was read in.
func (e *entry) remark(format string, args ...any) {
	r := e.record
	r.Remarks = append(r.Remarks, dataset.Remark{File: r.File, Line: r.Line, Sentence: fmt.Sprintf(format, args...)})
}

// sentence returns what err says without the place it happened in.
func sentence(err error) string {
	var e *annotate.Error
	if errors.As(err, &e) {
		return e.Sentence
	}
	return err.Error()
}

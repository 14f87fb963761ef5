package inception

import (
	"archive/zip"
	"cmp"
	"context"
	"io"
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Encoder makes files of records, with types that grow as they are needed.
type Encoder interface {
	// Encode returns what writes a record as JSON and as Java keeps it.
	Encode(*dataset.Record) (asJSON, serialized func(io.Writer) error)
	// Types returns the types of what was encoded so far.
	Types() []dataset.UIMAType
}

// States of documents in INCEpTION, and of what somebody made of them.
const (
	newDocument          = "NEW"
	annotationInProgress = "ANNOTATION_IN_PROGRESS"
	annotationFinished   = "ANNOTATION_FINISHED"
	curationInProgress   = "CURATION_IN_PROGRESS"
	inProgress           = "IN_PROGRESS"
)

// writer writes a project, of which it remembers no more than the names and states of documents.
type writer struct {
	zip       *zip.Writer
	encoder   Encoder
	options   dataset.Options
	names     dataset.FileNames // of documents
	userNames dataset.FileNames
	users     map[string]string // what annotators are called
	project   exported
	document  annotate.ID // under way
	leftward  int         // documents that are read from the right
}

// write writes records as one zip file, with the description of the project at its end.
func write(ctx context.Context, to io.Writer, encoder Encoder, records iter.Seq2[*dataset.Record, error], options dataset.Options) error {
	w := &writer{zip: zip.NewWriter(to), encoder: encoder, options: options, users: map[string]string{}}
	w.project = exported{Mode: "ANNOTATION", Version: 1, Sources: []sourceDocument{}, Annotations: []annotated{}, Users: []struct{}{}, TagSets: []tagSet{}}
	w.userNames.Path(curator) // belongs to no annotator
	w.userNames.Path(initial)
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.record(r)
		}
		if err != nil {
			return err
		}
	}
	if err := w.describe(); err != nil {
		return err
	}
	return w.zip.Close()
}

// member writes a file.
func (w *writer) member(name string, write func(io.Writer) error) error {
	m, err := w.zip.Create(name)
	if err != nil {
		return err
	}
	return write(m)
}

// record writes what somebody made of a document, and the document before the first of those.
func (w *writer) record(r *dataset.Record) error {
	if r.Document.ID != w.document || len(w.project.Sources) == 0 {
		if err := w.source(r); err != nil {
			return err
		}
	}
	if r.Annotator == "" {
		return nil
	}
	d := &w.project.Sources[len(w.project.Sources)-1]
	user, readable, javas := w.user(r.Annotator), annotationFolder, javaAnnotations
	done := r.Assessment != nil && r.Assessment.Status == annotate.Done
	if user == curator {
		readable, javas = curationFolder, javaCurations
		d.State = curationInProgress
		if done {
			d.State = curationFinished
		}
	} else {
		w.progress(d, user, r.Assessment, done)
	}
	asJSON, serialized := w.encoder.Encode(r)
	if err := w.member(readable+d.Name+"/"+user+".json", asJSON); err != nil {
		return err
	}
	return w.member(javas+d.Name+"/"+user+".ser", serialized)
}

// progress notes how far an annotator is with a document.
func (w *writer) progress(d *sourceDocument, user string, a *annotate.Assessment, done bool) {
	state := inProgress
	switch {
	case done:
		state = finished
	case a != nil && a.Status == annotate.New:
		state = newDocument
	}
	w.project.Annotations = append(w.project.Annotations, annotated{d.Name, user, state})
	switch {
	case d.State == curationInProgress || d.State == curationFinished || state == newDocument:
	case d.State == newDocument && done:
		d.State = annotationFinished
	case !done:
		d.State = annotationInProgress
	}
}

// source writes a document, as text and as INCEpTION has it before anybody annotates it. A document that
// nobody annotates is read again from the latter, which has its metadata.
func (w *writer) source(r *dataset.Record) error {
	stem, _, _ := w.names.Path(strings.ReplaceAll(strings.TrimSuffix(r.Document.Name, ".txt"), "/", "_"))
	name := stem + ".txt"
	w.document = r.Document.ID
	w.project.Sources = append(w.project.Sources, sourceDocument{name, "text", newDocument})
	if fromTheRight(r.Document) {
		w.leftward++
	}
	if err := w.member(sourceFolder+name, func(to io.Writer) error { _, err := io.WriteString(to, r.Document.Text); return err }); err != nil {
		return err
	}
	asJSON, serialized := w.encoder.Encode(&dataset.Record{Document: r.Document})
	if r.Annotator == "" {
		if err := w.member(annotationFolder+name+"/"+initial+".json", asJSON); err != nil {
			return err
		}
	}
	return w.member(javaAnnotations+name+"/"+initial+".ser", serialized)
}

// fromTheRight reports whether a document says that it is read from the right or, where it says nothing, whether
// its first letter is.
func fromTheRight(d *annotate.Document) bool {
	if direction := d.Direction(); direction != annotate.Automatic {
		return direction == annotate.RightToLeft
	}
	for _, r := range d.Text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.R, bidi.AL:
			return true
		case bidi.L:
			return false
		}
	}
	return false
}

// user returns what an annotator is called in the names of files, which is how INCEpTION finds who it is.
func (w *writer) user(annotator string) string {
	if annotator == annotate.AdjudicatedLayer {
		return curator
	}
	if w.users[annotator] == "" {
		w.users[annotator], _, _ = w.userNames.Path(strings.ReplaceAll(annotator, "/", "_"))
	}
	return w.users[annotator]
}

// projectName returns text without the characters that INCEpTION does not allow in the name of a project.
func projectName(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`^/\&*?+$![]`, r) }), " ")
}

// describe writes the description and the guideline.
func (w *writer) describe() error {
	scheme := w.options.Scheme
	s := schemer{scheme: scheme, tagSets: []tagSet{}}
	w.project.Name, w.project.Direction = "project", "LTR"
	if 2*w.leftward > len(w.project.Sources) {
		w.project.Direction = "RTL"
	}
	w.project.Layers = s.layers(w.encoder.Types())
	w.project.TagSets = s.tagSets
	w.project.Permissions = permissions(w.users)
	if scheme != nil {
		w.project.Name = cmp.Or(projectName(scheme.Title), projectName(scheme.Name), w.project.Name)
		name, _, _ := new(dataset.FileNames).Path(cmp.Or(scheme.Name, "guideline"))
		if err := w.member("guideline/"+name+".md", func(to io.Writer) error { return printGuideline(to, scheme) }); err != nil {
			return err
		}
	}
	return w.member("exportedproject.json", func(to io.Writer) error { return printDescription(to, &w.project) })
}

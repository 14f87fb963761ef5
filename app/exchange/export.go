package exchange

import (
	"cmp"
	"context"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
	"spanwright/store"
)

// ExportOptions say what is written and how.
type ExportOptions struct {
	Format    string // name of a format; empty means jsonl
	Annotator string // whose layer; empty means everybody's
	// Layers are whose layers are written, and only the documents that have one of them; none means all.
	Layers []string
	// States are how far the work on the layers is that are written; none means any. A document in which
	// nobody did anything is new.
	States []annotate.Status
	Unit   annotate.Unit // what offsets count; empty means code points
	// Gaps and Overlaps choose what becomes of spans that the format cannot hold, as in
	// [dataset.Options].
	Gaps, Overlaps dataset.Choice
	Tags           dataset.Tags // of tokens; empty means IOB2
	// Pseudonyms are written instead of the annotators' names.
	Pseudonyms bool
	// NoCertificate leaves out reading the files again and writing their certificate.
	NoCertificate bool
	Progress      Progress
}

// Export writes a project's records to a file, or to a folder if that is what
// the format is kept in. A file is replaced only once the new one is whole and on
// the disk; when Export fails, or ctx is cancelled, what was there stays. What was
// written is then read again, and the outcome stands in the report and, as a
// [Certificate], beside it.
func Export(ctx context.Context, project *store.Project, path string, options ExportOptions) (Report, error) {
	f, err := writable(options.Format)
	if err != nil {
		return Report{}, err
	}
	if info, err := os.Stat(path); err == nil {
		own, err := os.Stat(project.Path())
		if err == nil && os.SameFile(info, own) {
			return Report{}, annotate.Errorf(annotate.Conflict, "this is the project itself; export to another file").At(path, 0)
		}
		if info.IsDir() && f.WriteFile != nil {
			return Report{}, annotate.Errorf(annotate.Conflict, "this is a folder, and format %s is a file", f.Name).At(path, 0)
		}
		if !info.IsDir() && f.WriteFolder != nil {
			return Report{}, annotate.Errorf(annotate.Conflict, "this is a file, and format %s is a folder", f.Name).At(path, 0)
		}
	}
	run, err := newExporter(project, f, options)
	if err != nil {
		return Report{}, err
	}
	if run.meant, err = newTally(f, options); err != nil {
		return Report{}, err
	}
	defer run.meant.close()
	var written []string
	if f.WriteFolder != nil {
		written, err = replaceFolder(ctx, path, func(to string) error {
			return run.count(f.WriteFolder(ctx, to, run.records(ctx), run.settings()))
		})
	} else {
		written, err = run.replaceFiles(ctx, path)
	}
	if err != nil {
		return Report{}, err
	}
	return run.report, run.certify(ctx, path, written)
}

// replaceFiles makes path, and what goes beside it, hold the records. It returns their paths.
func (x *exporter) replaceFiles(ctx context.Context, path string) ([]string, error) {
	settings := x.settings()
	write := func(w io.Writer) error { return x.count(x.format.WriteFile(ctx, w, x.records(ctx), settings)) }
	if info, err := os.Stat(path); x.format.Beside == "" || err == nil && !info.Mode().IsRegular() {
		return []string{path}, ReplaceFile(path, write)
	}
	path = absolute(path)
	beside := path + x.format.Beside
	return []string{path, beside}, ReplaceFile(beside, func(w io.Writer) error {
		settings.Beside = w
		return ReplaceFile(path, write)
	})
}

// Write writes a project's records to w, in a format that is a file.
func Write(ctx context.Context, project *store.Project, w io.Writer, options ExportOptions) (Report, error) {
	f, err := writable(options.Format)
	if err != nil {
		return Report{}, err
	}
	if f.WriteFile == nil {
		return Report{}, annotate.Errorf(annotate.Unsupported, "format %s is a folder of files; name one with -o", f.Name)
	}
	run, err := newExporter(project, f, options)
	if err != nil {
		return Report{}, err
	}
	err = run.count(f.WriteFile(ctx, w, run.records(ctx), run.settings()))
	return run.report, err
}

// check reports a layer that nobody has.
func (o *ExportOptions) check(project *store.Project) error {
	if len(o.Layers) == 0 {
		return nil
	}
	known, err := project.Annotators("")
	if err != nil {
		return err
	}
	for _, name := range o.Layers {
		if !slices.Contains(known, name) {
			there := "nobody has done anything yet"
			if len(known) > 0 {
				there = "there are layers of " + strings.Join(known, ", ")
			}
			return annotate.Errorf(annotate.NotFound, "there is no layer %q; %s", name, there)
		}
	}
	return nil
}

func writable(name string) (*dataset.Format, error) {
	f, err := format.ByName(cmp.Or(name, "jsonl"))
	if err == nil && !f.Writes() {
		err = annotate.Errorf(annotate.Unsupported, "format %s is only read, not written", name)
	}
	return f, err
}

// exporter is one export under way.
type exporter struct {
	project  *store.Project
	concepts *annotate.Registry
	options  ExportOptions
	format   *dataset.Format
	fit      dataset.Losses        // of making the records fit
	meant    *tally                // of what is written; nil where nobody asks
	division *division             // nil where all documents are written
	look     func(*store.Labelled) // is shown each document that is written; nil if nobody looks
	names    map[string]string     // what annotators are called; nil for their own names
	again    int                   // records that were read again
	report   Report
}

// newExporter returns an export of records that nobody asks about afterwards.
func newExporter(project *store.Project, f *dataset.Format, options ExportOptions) (*exporter, error) {
	x := &exporter{project: project, options: options, format: f}
	err := options.check(project)
	if err == nil && options.Pseudonyms {
		x.names, err = pseudonyms(project)
	}
	return x, err
}

func (x *exporter) settings() dataset.Options {
	settings := dataset.Options{Unit: x.options.Unit, Gaps: x.options.Gaps, Overlaps: x.options.Overlaps, Tags: x.options.Tags}
	if scheme, err := x.project.Scheme(); err == nil {
		settings.Scheme = scheme
	}
	if x.options.Annotator == "" {
		annotators, err := x.project.Annotators("")
		settings.Separate = err == nil && len(annotators) > 1
	}
	return settings
}

// count takes in what the records and the writer lost, and of all documents the comments, which no
// format holds.
func (x *exporter) count(losses dataset.Losses, err error) error {
	if err != nil {
		return err
	}
	x.report.Losses = slices.Clone(x.fit)
	for _, l := range losses {
		x.report.Losses.AddN(l.What, l.Count)
		x.report.bent += l.Count
	}
	if x.division != nil {
		return nil // they are those of the whole split
	}
	return x.countTalk()
}

// countTalk takes in what no format holds: the comments.
func (x *exporter) countTalk() error {
	comments, err := x.project.CountComments(x.options.Annotator)
	x.report.Losses.AddN("comment", comments)
	if err != nil || x.options.Annotator != "" && x.options.Annotator != annotate.AdjudicatedLayer {
		return err
	}
	decisions, err := x.project.CountDecisions()
	x.report.Losses.AddN("decision", decisions)
	return err
}

// Documents are read in portions of so many bytes of text, and so many documents.
const (
	portionBytes  = 512 << 10
	portionLength = 500
)

// records yields the project's records as the format can hold them, in the order its
// documents were added and of the annotators' names; a document in which nobody did
// anything comes once.
func (x *exporter) records(ctx context.Context) iter.Seq2[*dataset.Record, error] {
	settings := x.settings()
	return func(yield func(*dataset.Record, error) bool) {
		var failed error
		err := x.each(ctx, func(r *dataset.Record) bool {
			fitted := dataset.Fit(r, x.format.Holds, settings, &x.fit)
			if what := dataset.Refused(settings, x.fit); what != "" {
				failed = annotate.Errorf(annotate.Conflict, "document %q has %s, which %s cannot hold, and that was to be refused; nothing was written", r.Document.Name, what, x.format.Name)
				return false
			}
			if fitted == nil {
				return true
			}
			if failed = x.meant.mean(fitted); failed != nil {
				return false
			}
			x.report.Spans += len(fitted.Spans)
			x.report.Relations += len(fitted.Relations)
			x.report.Records += len(fitted.Records)
			return yield(fitted, nil)
		})
		if err := cmp.Or(err, failed); err != nil {
			yield(nil, err)
		}
	}
}

func (x *exporter) each(ctx context.Context, yield func(*dataset.Record) bool) error {
	scheme, err := x.project.Scheme()
	if err != nil {
		return err
	}
	concepts, err := x.project.Concepts()
	if err != nil {
		return err
	}
	x.concepts = annotate.NewRegistry(concepts...)
	total, err := x.documents()
	if err != nil {
		return err
	}
	done := 0
	for read := range x.ahead(ctx) {
		if read.err != nil {
			return read.err
		}
		for i := range read.documents {
			if err := ctx.Err(); err != nil {
				return err
			}
			x.options.Progress.report(done+i, total, read.documents[i].Document.Name)
			records := x.document(&read.documents[i], scheme.Name)
			if len(records) > 0 {
				x.report.Documents++
				if x.look != nil {
					x.look(&read.documents[i])
				}
			}
			for _, r := range records {
				if !yield(r) {
					return nil
				}
			}
		}
		done += read.asked
		x.options.Progress.report(done, total, "")
	}
	return ctx.Err()
}

// portion is what was read at once.
type portion struct {
	documents []store.Labelled
	asked     int // documents; one may be gone meanwhile
	err       error
}

// documents returns how many documents are looked at.
func (x *exporter) documents() (int, error) {
	if x.division != nil {
		return x.division.documents(), nil
	}
	return x.project.CountDocuments(store.DocumentQuery{})
}

// ahead yields documents, with all that was made of them, in portions, of which the next one is read while one is
// looked at.
func (x *exporter) ahead(ctx context.Context) iter.Seq[portion] {
	return func(yield func(portion) bool) {
		ctx, stop := context.WithCancel(ctx)
		read := make(chan portion)
		send := func(p portion) bool {
			select {
			case read <- p:
				return true
			case <-ctx.Done():
				return false
			}
		}
		go func() {
			defer close(read)
			for page, err := range x.project.DocumentSizes() {
				if err != nil {
					send(portion{err: err})
					return
				}
				for _, ids := range portions(x.division.of(page)) {
					documents, err := x.project.Labelled(ids...)
					if !send(portion{documents, len(ids), err}) {
						return
					}
				}
			}
		}()
		defer func() {
			stop()
			for range read { // the project may be closed once this has returned
			}
		}()
		for p := range read {
			if !yield(p) {
				return
			}
		}
	}
}

// portions divides documents into what is read at once: many short ones together, a long one alone.
func portions(all []store.DocumentSize) [][]annotate.ID {
	var portions [][]annotate.ID
	size := portionBytes
	for _, d := range all {
		last := len(portions) - 1
		if size += d.Size; size > portionBytes || len(portions[last]) == portionLength {
			portions, size = append(portions, nil), d.Size
			last++
		}
		portions[last] = append(portions[last], d.ID)
	}
	return portions
}

// document returns the records of one document, at least one. Each relation stands in
// the document it was made in.
func (x *exporter) document(labelled *store.Labelled, scheme string) []*dataset.Record {
	d := labelled.Document
	var records []*dataset.Record
	for _, layer := range labelled.Layers {
		if !x.options.wants(layer.Annotator, layer.Status()) {
			continue
		}
		r := &dataset.Record{Document: d, Annotator: layer.Annotator, Assessment: layer.Assessment, Review: layer.Review, Scheme: scheme}
		if base := layer.Status().Base(); base != r.Assessment.Status {
			r.Assessment = r.Assessment.Clone()
			r.Assessment.Status = base
		}
		r.Relations = append(r.Relations, layer.Relations()...)
		for s := range layer.Spans() {
			r.Spans = append(r.Spans, s)
		}
		r.Records = layer.AllRecords()
		r.Concepts = x.linked(r)
		r.Sort()
		x.hide(r)
		records = append(records, r)
	}
	if len(records) == 0 && x.options.wantsBare(len(labelled.Layers) == 0) {
		records = append(records, &dataset.Record{Document: d, Scheme: scheme})
	}
	return records
}

// wantsBare reports whether a document is written of which no layer is; untouched tells that it has none.
func (o *ExportOptions) wantsBare(untouched bool) bool {
	return len(o.Layers) == 0 && (len(o.States) == 0 || untouched && slices.Contains(o.States, annotate.New))
}

// wants reports whether a layer is written.
func (o *ExportOptions) wants(annotator string, status annotate.Status) bool {
	return (o.Annotator == "" || annotator == o.Annotator) &&
		(len(o.Layers) == 0 || slices.Contains(o.Layers, annotator)) &&
		(len(o.States) == 0 || slices.Contains(o.States, status))
}

// hide writes pseudonyms into a record where names are not to be told. Reviewers need not be annotators, and
// have one name.
func (x *exporter) hide(r *dataset.Record) {
	if x.names == nil {
		return
	}
	r.Annotator, r.Assessment = x.called(r.Annotator), r.Assessment.Clone()
	r.Assessment.Annotator = r.Annotator
	if r.Review != nil {
		review := *r.Review
		review.Annotator, review.By = r.Annotator, cmp.Or(x.names[review.By], "reviewer")
		r.Review = &review
	}
}

// called returns what an annotator is called in the export.
func (x *exporter) called(annotator string) string { return cmp.Or(x.names[annotator], annotator) }

// linked returns the concepts that the spans, relations and records of r, and the document, are linked
// to, with those that they were merged into, in order of id.
func (x *exporter) linked(r *dataset.Record) []*annotate.Concept {
	if x.concepts.Len() == 0 {
		return nil
	}
	found := map[annotate.ID]*annotate.Concept{}
	look := func(values map[string]annotate.Value) {
		for _, v := range values {
			id, _ := v.Text()
			for c := x.concepts.Get(annotate.ID(id)); c != nil && found[c.ID] == nil; c = x.concepts.Get(c.Into) {
				found[c.ID] = c
			}
		}
	}
	for _, s := range r.Spans {
		look(s.Attributes)
	}
	for _, relation := range r.Relations {
		look(relation.Attributes)
	}
	for _, record := range r.Records {
		look(record.Attributes)
	}
	look(r.Assessment.Labels)
	var linked []*annotate.Concept
	for _, id := range annotate.SortedKeys(found) {
		linked = append(linked, found[id])
	}
	return linked
}

// absolute returns path without links in its last step, so that what a link
// points at is replaced and not the link.
func absolute(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

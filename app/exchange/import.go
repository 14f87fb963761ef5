package exchange

import (
	"cmp"
	"context"
	"os"
	"os/user"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/store"
)

// Auto is the format name that means: find out for each file.
const Auto = "auto"

// ImportOptions say how files are read.
type ImportOptions struct {
	Format string // name of a format; empty or Auto to find out for each file
	// Annotator is who imports, and whose layer annotations become that name
	// nobody; empty means [DefaultAnnotator].
	Annotator string
	Unit      annotate.Unit // what offsets count; empty to find out
	// Reanchor moves spans whose words stand elsewhere than their offsets say to the
	// nearest place where they do.
	Reanchor bool
	Progress Progress
}

// DefaultAnnotator returns who works when nobody says: the name of the user, or "annotator".
func DefaultAnnotator() string {
	name := os.Getenv("USER")
	if me, err := user.Current(); name == "" && err == nil {
		name = me.Username
	}
	return cmp.Or(name, "annotator")
}

// Import reads files and folders into a project. Each document comes in whole
// or not at all; what cannot be taken in stands in the report with file and
// line. Everything imported is one group, so that one undo takes it back.
//
// An error means that the rest was not looked at: a path that is missing, a
// project that cannot be written, or ctx cancelled. What the report counts is in
// the project even then, and importing again adds the rest.
func Import(ctx context.Context, project *store.Project, paths []string, options ImportOptions) (Report, error) {
	if err := project.ReadOnly(); err != nil {
		return Report{}, err
	}
	found, err := sources(paths, options.Format)
	if err != nil {
		return Report{}, err
	}
	scheme, err := project.Scheme()
	if err != nil {
		return Report{}, err
	}
	im := &importer{
		project: project, scheme: scheme, annotator: cmp.Or(options.Annotator, DefaultAnnotator()), group: annotate.NewID(),
		present: map[annotate.ID]bool{}, moved: map[annotate.ID]annotate.ID{},
	}
	im.batch.clear()
	if err := im.offer(paths); err != nil {
		return Report{}, err
	}
	err = im.read(ctx, found, options)
	if err == nil {
		err = im.settle()
	}
	im.sayReadings()
	return im.report, err
}

// importer is one import under way.
type importer struct {
	project   *store.Project
	scheme    *annotate.Scheme
	annotator string
	group     annotate.ID
	report    Report
	batch     batch
	present   map[annotate.ID]bool        // documents counted as there already
	moved     map[annotate.ID]annotate.ID // documents that have another id in the project
	former    *annotate.Revision          // from former names to the present ones of the scheme
	renamed   dataset.Losses              // what was taken for something else, and how often
	distant   []distant
	concepts  map[annotate.ID]*annotate.Concept // of the project and of what was read; nil until one is read
}

// read takes in every record of every source.
func (im *importer) read(ctx context.Context, found []source, options ImportOptions) error {
	progress := options.Progress
	var done, total int64
	for _, s := range found {
		total += s.size
	}
	for _, s := range found {
		progress.report(int(done), int(total), s.name)
		in := dataset.Input{Path: s.path, Name: s.name, Annotator: im.annotator, Unit: options.Unit, Reanchor: options.Reanchor}
		for r, err := range s.format.Read(ctx, in) {
			if ctx.Err() != nil {
				break
			}
			if err != nil {
				im.report.skip(err)
				continue
			}
			said, labels := im.rename(r)
			if s.format.Untyped {
				im.settleTypes(r)
				im.settleTriggers(r, labels)
				im.settleImplicit(r, labels, said)
			}
			if err := im.take(r, said); err != nil {
				return err
			}
			progress.report(int(min(done+r.End, done+s.size)), int(total), r.Document.Name)
		}
		done += s.size
		if err := ctx.Err(); err != nil {
			return cmp.Or(im.flush(), err)
		}
	}
	progress.report(int(total), int(total), "")
	return im.flush()
}

// take turns a record into the changes that add what the project lacks of it.
func (im *importer) take(r *dataset.Record, said readings) error {
	if im.batch.full() {
		if err := im.flush(); err != nil {
			return err
		}
	}
	e := &entry{record: r, readings: said}
	if err := im.placeDocument(e); err != nil {
		if annotate.KindOf(err) != annotate.Conflict {
			return err
		}
		im.report.skip(dataset.Place(err, r.File, r.Line))
		return nil
	}
	if im.batch.layers[layerKey{e.document.ID, r.Annotator}] {
		// What the layer will hold is known only once the batch is written.
		if err := im.flush(); err != nil {
			return err
		}
		return im.take(r, said)
	}
	im.move(e)
	if err := im.addLayer(e); err != nil {
		return err
	}
	im.batch.add(e)
	return nil
}

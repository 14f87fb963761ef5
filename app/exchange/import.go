package exchange

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"os"
	"os/user"
	"slices"

	"golang.org/x/text/encoding"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/store"
)

// Auto is the format name that means: find out for each file.
const Auto = "auto"

// ImportOptions say how files are read.
type ImportOptions struct {
	Format string // name of a format; empty or Auto to find out for each file
	// Annotator is who imports, and can undo it; empty means [DefaultAnnotator].
	Annotator string
	// Layer is whose annotations those are that name nobody; empty means the annotator's.
	Layer string
	Unit  annotate.Unit // what offsets count; empty to find out
	// Reanchor moves spans whose words stand elsewhere than their offsets say to the
	// nearest place where they do.
	Reanchor bool
	// Encoding is what files of characters are written in; nil to find out.
	Encoding encoding.Encoding
	// Readings say how some files are read otherwise than the rest.
	Readings map[Group]Reading
	// Kept is what rehearsals have read; nil where they keep nothing. An import reads files anew.
	Kept *Kept
	// Items says what becomes of what the project's scheme lacks, by [Key.String] or
	// [Key.Short]: it is taken for something else (Into), left out (Drop) or, of values, added
	// to the list ([Add]). What is not named is added to the scheme; a value that is not
	// named comes in as it stands.
	Items    map[string]annotate.StepDecision
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
// An error means that nothing was imported: a path that is missing, a project that
// cannot be written, or ctx cancelled. What was in already is taken back as that one
// group; where that cannot be done, the error says so and the report what is there.
func Import(ctx context.Context, project *store.Project, paths []string, options ImportOptions) (Report, error) {
	if err := project.ReadOnly(); err != nil {
		return Report{}, err
	}
	found, err := sources(paths, options)
	if err != nil {
		return Report{}, err
	}
	found = slices.DeleteFunc(found, func(s source) bool { return s.reading.Omit })
	im, err := newImporter(project, options)
	if err != nil {
		return Report{}, err
	}
	defer im.met.Close()
	if len(options.Items) > 0 {
		if im.mapping, err = newMapping(im.scheme, options.Items); err != nil {
			return Report{}, err
		}
	}
	if err := im.run(ctx, paths, found); err != nil {
		return im.takeBack(err)
	}
	return im.report, nil
}

// importer is one import under way, or its rehearsal.
type importer struct {
	project   *store.Project
	options   ImportOptions
	scheme    *annotate.Scheme
	annotator string
	group     annotate.ID
	report    Report
	batch     batch
	there     there                       // of what is being read
	written   bool                        // something is in the project
	met       dataset.Ledger              // documents that the report counts
	moved     map[annotate.ID]annotate.ID // documents that have another id in the project
	former    *annotate.Revision          // from former names to the present ones of the scheme
	renamed   dataset.Losses              // what was taken for something else, and how often
	distant   []distant
	team      annotate.Team                     // of the project
	concepts  map[annotate.ID]*annotate.Concept // of the project and of what was read; nil until one is read
	mapping   *mapping                          // nil where nothing is mapped
	source    source                            // being read
	rehearsal *rehearsal                        // nil where the project is written to
	preview   *Preview                          // nil where nobody looks
}

func newImporter(project *store.Project, options ImportOptions) (*importer, error) {
	scheme, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	team, err := project.Team()
	if err != nil {
		return nil, err
	}
	im := &importer{
		project: project, options: options, scheme: scheme, team: team, annotator: cmp.Or(options.Annotator, DefaultAnnotator()), group: annotate.NewID(),
		moved: map[annotate.ID]annotate.ID{},
	}
	im.batch.clear()
	return im, nil
}

// run takes in what was found.
func (im *importer) run(ctx context.Context, paths []string, found []source) error {
	if err := im.offer(paths); err != nil {
		return err
	}
	if err := im.read(ctx, found); err != nil {
		return err
	}
	if err := im.settle(); err != nil {
		return err
	}
	im.sayReadings()
	if im.mapping != nil {
		for _, name := range im.mapping.unused() {
			im.report.Remarks = append(im.report.Remarks, dataset.Remark{Sentence: im.mapping.say(name)})
		}
	}
	return nil
}

// takeBack undoes what is in the project of an import that failed because of reason.
func (im *importer) takeBack(reason error) (Report, error) {
	if !im.written {
		return Report{}, reason
	}
	if _, err := im.project.UndoGroup(im.annotator, im.group); err != nil {
		told := sentence(reason)
		if errors.Is(reason, context.Canceled) {
			told = "the import was cancelled"
		}
		left := annotate.Errorf(annotate.Conflict, "%s; what was imported before that is in the project, and could not be taken back: %s", told, sentence(err))
		left.Err = reason
		return im.report, left
	}
	return Report{}, reason
}

// read takes in every record of every source.
func (im *importer) read(ctx context.Context, found []source) error {
	progress := im.options.Progress
	var total int64
	for _, s := range found {
		total += s.size
	}
	for portion := range im.ahead(ctx, found) {
		if err := im.lookUp(portion); err != nil {
			return err
		}
		for _, p := range portion {
			progress.report(int(p.done), int(total), p.name())
			if err := ctx.Err(); err != nil {
				return err
			}
			im.source = *p.source
			if p.err != nil {
				im.preview.miss(p.err, *p.source)
				im.report.skip(p.err)
				continue
			}
			if err := im.take(im.understand(p.record, p.source.format)); err != nil {
				return err
			}
		}
		if err := im.flush(); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err // while nothing more was read
	}
	progress.report(int(total), int(total), "")
	return nil
}

// records yields what a source holds.
func (im *importer) records(ctx context.Context, s source) iter.Seq2[*dataset.Record, error] {
	if im.rehearsal != nil {
		return im.options.Kept.records(ctx, s, im.input(s))
	}
	return s.format.Read(ctx, im.input(s))
}

// input says how a source is read.
func (im *importer) input(s source) dataset.Input {
	in := dataset.Input{
		Path: s.path, Name: s.name, Annotator: cmp.Or(im.options.Layer, im.annotator),
		Unit: cmp.Or(s.reading.Unit, im.options.Unit), Reanchor: im.options.Reanchor, Encoding: im.options.Encoding,
	}
	if s.reading.Encoding != nil {
		in.Encoding = s.reading.Encoding
	}
	return in
}

// understand puts a record into the words of the project's scheme.
func (im *importer) understand(r *dataset.Record, f *dataset.Format) *entry {
	said, labels := im.rename(r)
	m := &mapped{mapping: im.mapping, record: r, said: said, gone: map[annotate.ID]bool{}}
	if im.mapping != nil {
		m.labels()
	}
	if f.Untyped {
		im.settleTriggers(r, labels)
		im.settleImplicit(r, labels, said)
	}
	if im.mapping != nil {
		m.parts()
		m.lacking()
	}
	if f.Untyped || im.mapping != nil && len(im.mapping.decisions) > 0 {
		im.settleTypes(r)
	}
	if im.mapping != nil {
		m.choices()
	}
	return &entry{record: r, readings: said, left: m.left, origin: Origin{im.source.path, f.Name}}
}

// take turns a record into the changes that add what the project lacks of it.
func (im *importer) take(e *entry) error {
	r := e.record
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
		return im.take(&entry{record: r, readings: e.readings, left: e.left, origin: e.origin})
	}
	im.move(e)
	if err := im.addLayer(e); err != nil {
		return err
	}
	im.batch.add(e)
	return nil
}

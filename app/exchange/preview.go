package exchange

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
	"spanwright/store"
)

// Preview is what an import would do, found out without writing anything.
type Preview struct {
	Report
	// Sources tells what each path was recognised as.
	Sources []Recognised `json:"sources"`
	// Items lists what the project's scheme lacks.
	Items []*Item `json:"items,omitempty"`
	// Samples are the first documents, and Extended what their annotations would be labelled with.
	Samples  []Sample         `json:"-"`
	Extended *annotate.Scheme `json:"-"`
	// Misplaced counts documents that are left out because words do not stand where their
	// offsets say; re-anchoring may bring them in.
	Misplaced int `json:"misplaced,omitempty"`
	// Origins tells of files that samples, or what is left out, came from.
	Origins map[string]Origin `json:"-"`
	// Units says that it matters what offsets count, Encoded that some file is of
	// a format that may be in any encoding.
	Units   bool `json:"-"`
	Encoded bool `json:"-"`
}

// Recognised is what was found below one path in one format.
type Recognised struct {
	Path    string `json:"path"`   // as it was given
	Found   string `json:"-"`      // the format that the files were found to be of
	Format  string `json:"format"` // that they are read as
	Omitted bool   `json:"omitted,omitempty"`
	Why     string `json:"why"` // how the format was known
	Files   int    `json:"files"`
	Bytes   int64  `json:"bytes"`
}

// Origin is a file that was read. Path is that of its [Group], which may be of another file
// than the one that told of it.
type Origin struct{ Path, Format string }

// Sample is the beginning of a document, or the paragraphs of its first spans.
type Sample struct {
	Name  string
	File  string
	Line  int // of the file; 0 when the document is the whole file
	Body  *annotate.Body
	Layer *annotate.Layer // what lies in the excerpt
	// Spans and Relations count those of the whole record.
	Spans, Relations int
	Present          bool // the document is in the project already
	Starts, Ends     bool // the excerpt begins, and ends, where the document does
}

// samplesKept is how many documents a preview shows, and sampleBytes how much of each.
const (
	samplesKept = 24
	sampleBytes = 900
)

// Rehearse returns what [Import] would do with the same arguments. It writes nothing, and
// what is in the project can be changed meanwhile. sofar, which may be nil, is told now
// and then what is known by then, at first what the files are.
func Rehearse(ctx context.Context, project *store.Project, paths []string, options ImportOptions, sofar func(*Preview)) (*Preview, error) {
	found, err := sources(paths, options)
	if err != nil {
		return nil, err
	}
	im, err := newImporter(project, options)
	if err != nil {
		return nil, err
	}
	defer im.met.Close()
	if im.mapping, err = newMapping(im.scheme, options.Items); err != nil {
		return nil, err
	}
	if im.rehearsal, err = newRehearsal(project); err != nil {
		return nil, err
	}
	defer im.rehearsal.close()
	im.preview = &Preview{Sources: recognised(found, options), Origins: map[string]Origin{}}
	found = slices.DeleteFunc(found, func(s source) bool { return s.reading.Omit })
	keys := map[keptKey]bool{}
	for _, s := range found {
		im.preview.Encoded = im.preview.Encoded || s.format.Encodings
		if options.Kept != nil {
			keys[keyOf(s, im.input(s))] = true
		}
	}
	if options.Kept != nil {
		options.Kept.only(keys)
	}
	if sofar != nil {
		sofar(im.known())
		next := time.Now()
		progress := im.options.Progress
		im.options.Progress = func(done, total int, name string) {
			progress.report(done, total, name)
			if now := time.Now(); len(im.preview.Samples) > 0 && now.After(next) {
				next = now.Add(laterShown)
				sofar(im.known())
			}
		}
	}
	if err := im.run(ctx, paths, found); err != nil {
		return nil, err
	}
	return im.known(), nil
}

// laterShown is how long a rehearsal goes on from one time that it tells what it has found so far to
// the next. The first is as soon as there are documents.
const laterShown = time.Second

// known returns what is known by now. It stays as it is while the rehearsal goes on.
func (im *importer) known() *Preview {
	p := *im.preview
	p.Report, p.Extended = im.report, im.scheme
	p.Items = nil
	for _, it := range im.mapping.order {
		if it.Uses > 0 {
			item := *it
			p.Items = append(p.Items, &item)
		}
	}
	slices.SortStableFunc(p.Items, func(a, b *Item) int { return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind) })
	return &p
}

// kinds is the order in which items are told.
var kinds = []annotate.ItemKind{
	annotate.LabelItem, annotate.RelationItem, annotate.RoleItem, annotate.AttributeItem, annotate.ValueItem, annotate.RecordItem, annotate.FlagItem, annotate.ConceptItem,
}

// recognised tells what was found below each path.
func recognised(found []source, options ImportOptions) []Recognised {
	var all []Recognised
	for _, s := range found {
		i := slices.IndexFunc(all, func(r Recognised) bool {
			return r.Path == s.given && r.Format == s.format.Name && r.Found == s.found && r.Omitted == s.reading.Omit
		})
		if i < 0 {
			why := "as you chose"
			chosen := func(name string) bool { return name != "" && name != Auto }
			if !chosen(s.reading.Format) && !chosen(options.Format) {
				why = knownBy(s)
			}
			i = len(all)
			all = append(all, Recognised{Path: s.given, Found: s.found, Format: s.format.Name, Omitted: s.reading.Omit, Why: why})
		}
		all[i].Files++
		all[i].Bytes += s.size
	}
	return all
}

// knownBy says how the format of a source was known.
func knownBy(s source) string {
	head := dataset.Head{Name: s.name[strings.LastIndexByte(s.name, '/')+1:]}
	named := head.Matches(s.format.Patterns...)
	switch {
	case !named && s.format.Sniff == nil:
		return "as nothing else is known to have such a name"
	case s.format.Sniff == nil:
		return "by its name"
	case named && !slices.ContainsFunc(format.All, func(f *dataset.Format) bool { return f != s.format && head.Matches(f.Patterns...) }):
		return "by its name"
	}
	return "by how it begins"
}

// miss notes why a record of a source was left out.
func (p *Preview) miss(err error, s source) {
	if p == nil {
		return
	}
	if isMisfit(err) {
		p.Misplaced++
		p.Units = true
	}
	var told *annotate.Error
	if errors.As(err, &told) {
		p.Origins[told.File] = Origin{s.path, s.format.Name}
	}
}

// isMisfit reports whether words that stand elsewhere than offsets say are why there is no record.
func isMisfit(err error) bool {
	var misplaced *dataset.Misfit
	return errors.As(err, &misplaced)
}

// take notes what an entry says of units, and keeps the first as samples.
func (p *Preview) take(e *entry) {
	if p == nil {
		return
	}
	r := e.record
	p.Units = p.Units || len(r.Spans) > 0 && strings.IndexFunc(r.Document.Text, func(c rune) bool { return c >= utf8.RuneSelf }) >= 0
	if len(p.Samples) < samplesKept {
		p.Samples = append(p.Samples, sampleOf(e))
		p.Origins[r.File] = e.origin
	}
}

// sampleOf cuts an excerpt out of a record.
func sampleOf(e *entry) Sample {
	r := e.record
	text := r.Document.Text
	s := Sample{
		Name: e.document.Name, File: r.File, Line: r.Line, Layer: annotate.NewLayer("", r.Annotator),
		Spans: len(r.Spans), Relations: len(r.Relations), Present: !e.created,
	}
	start := 0
	if first := firstSpan(r.Spans); first > sampleBytes/2 {
		start = max(first-sampleBytes/4, strings.LastIndexByte(text[:first], '\n')+1)
	}
	around := annotate.Fragment{Start: start, End: min(len(text), start+sampleBytes)}
	near := annotate.Fragment{Start: max(0, around.Start-sampleBytes), End: min(len(text), around.End+sampleBytes)}
	for near.Start > 0 && !utf8.RuneStart(text[near.Start]) {
		near.Start--
	}
	for near.End < len(text) && !utf8.RuneStart(text[near.End]) {
		near.End++
	}
	cut := annotate.NewBody(text[near.Start:near.End]).SnapClusters(annotate.Fragment{Start: around.Start - near.Start, End: around.End - near.Start})
	around = annotate.Fragment{Start: cut.Start + near.Start, End: cut.End + near.Start}
	s.Starts, s.Ends = around.Start == 0, around.End == len(text)
	s.Body = annotate.NewBody(text[around.Start:around.End])
	for _, span := range r.Spans {
		if around.Contains(span.Extent()) {
			shown := span.Clone()
			shown.Document = ""
			for i := range shown.Fragments {
				shown.Fragments[i].Start -= around.Start
				shown.Fragments[i].End -= around.Start
			}
			s.Layer.Apply(&annotate.Change{After: shown})
		}
	}
	for _, relation := range r.Relations {
		shown := relation.Clone()
		shown.Document = ""
		shown.Arguments = slices.DeleteFunc(shown.Arguments, func(a annotate.Argument) bool { return s.Layer.Span(a.Span) == nil })
		if len(shown.Arguments) > 1 {
			s.Layer.Apply(&annotate.Change{After: shown})
		}
	}
	return s
}

// firstSpan returns where the first span begins, 0 without any.
func firstSpan(spans []*annotate.Span) int {
	if len(spans) == 0 {
		return 0
	}
	first := spans[0].Extent().Start
	for _, s := range spans {
		first = min(first, s.Extent().Start)
	}
	return first
}

package exchange

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/card"
	"spanwright/store"
)

// pseudonyms returns a name for each annotator by which nobody is known: numbers in an order that follows from the
// project's first change, which no export holds.
func pseudonyms(project *store.Project) (map[string]string, error) {
	annotators, err := project.Annotators("")
	if err != nil {
		return nil, err
	}
	first, err := project.Journal(store.JournalQuery{Before: 2, Limit: 1})
	if err != nil {
		return nil, err
	}
	salt := ""
	if len(first) > 0 {
		salt = string(first[0].ID)
	}
	sum := func(name string) string {
		return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "spanwright pseudonym\n%s\n%s", salt, name)))
	}
	slices.SortFunc(annotators, func(a, b string) int { return cmp.Compare(sum(a), sum(b)) })
	names := map[string]string{}
	for _, name := range annotators {
		if name == annotate.AdjudicatedLayer {
			names[name] = name
			continue
		}
		names[name] = fmt.Sprintf("annotator%d", len(names)+1)
	}
	return names, nil
}

// measures are those that a card gives: none that take long.
var measures = []string{
	agreement.F1Strict, agreement.F1Partial, agreement.TokenKappa, agreement.UAlpha, agreement.RelationExact,
	agreement.RelationMatched, agreement.ValueAlpha, agreement.ObservedName, agreement.AlphaName,
}

// facts collect what a card tells of documents.
type facts struct {
	project                     *store.Project
	study                       *agreement.Study
	licences, languages, fields map[string]int // how many documents say so
	annotators                  map[string]*card.Annotator
	names                       map[string]string // pseudonyms, if the names are not to be told
}

func newFacts(project *store.Project, scheme *annotate.Scheme, seed uint64) *facts {
	return &facts{
		project: project, licences: map[string]int{}, languages: map[string]int{}, fields: map[string]int{}, annotators: map[string]*card.Annotator{},
		study: agreement.NewStudy(agreement.Options{Measures: measures, Symmetric: agreement.SymmetricOf(scheme), Seed: seed}),
	}
}

// called returns what an annotator is called.
func (f *facts) called(name string) string { return cmp.Or(f.names[name], name) }

// look takes in a document that is exported, with all its layers.
func (f *facts) look(labelled *store.Labelled) {
	d := labelled.Document
	for name, value := range d.Meta {
		f.fields[name]++
		switch strings.ToLower(name) {
		case "license", "licence":
			f.licences[value]++
		case "language", "lang":
			f.languages[value]++
		}
	}
	layers := slices.DeleteFunc(slices.Clone(labelled.Layers), func(l *annotate.Layer) bool {
		return l.Annotator == annotate.AdjudicatedLayer || !agreement.Worked(l)
	})
	if len(layers) < 2 {
		return
	}
	text := agreement.TextOf(d, layers, func(id annotate.ID) *annotate.Span {
		span, err := f.project.Span(id)
		if err != nil {
			return nil
		}
		return span
	})
	for _, l := range text.Layers {
		l.Annotator = f.called(l.Annotator) // figures that are not defined say who is why
	}
	f.study.Add(text)
}

// counting passes records on and counts in part what they hold.
func (f *facts) counting(records iter.Seq2[*dataset.Record, error], part *card.Part) iter.Seq2[*dataset.Record, error] {
	part.Counts = map[card.Subject]int{}
	var last annotate.ID
	return func(yield func(*dataset.Record, error) bool) {
		values := map[card.Subject]bool{} // of the document, which several layers may give
		for r, err := range records {
			if err == nil {
				if r.Document.ID != last {
					last = r.Document.ID
					part.Documents++
					part.Characters += utf8.RuneCountInString(r.Document.Text)
					clear(values)
				}
				f.count(r, part, values)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func (f *facts) count(r *dataset.Record, part *card.Part, values map[card.Subject]bool) {
	if r.Annotator != "" {
		part.Records++
		a := f.annotators[r.Annotator]
		if a == nil {
			a = &card.Annotator{Name: r.Annotator}
			f.annotators[r.Annotator] = a
		}
		a.Documents++
		a.Spans += len(r.Spans)
		a.Relations += len(r.Relations)
		if r.Assessment != nil && r.Assessment.Status == annotate.Done {
			a.Done++
		}
	}
	for _, s := range r.Spans {
		part.Counts[card.Subject{Kind: card.Spans, Label: s.Label}]++
	}
	for _, x := range r.Relations {
		part.Counts[card.Subject{Kind: card.Relations, Label: x.Label}]++
	}
	for _, x := range r.Records {
		part.Counts[card.Subject{Kind: card.Records, Label: x.Label}]++
	}
	if r.Assessment == nil {
		return
	}
	for name, v := range r.Assessment.Labels {
		several, ok := v.Choices()
		if !ok {
			several = []string{v.String()}
		}
		for _, value := range several {
			if s := (card.Subject{Kind: card.Values, Label: name, Value: value}); !values[s] {
				values[s] = true
				part.Counts[s]++
			}
		}
	}
}

// said returns counts as a card tells them, the most frequent first.
func said(counts map[string]int) []card.Said {
	var all []card.Said
	for what, n := range counts {
		all = append(all, card.Said{What: what, Documents: n})
	}
	slices.SortFunc(all, func(x, y card.Said) int {
		return cmp.Or(cmp.Compare(y.Documents, x.Documents), cmp.Compare(x.What, y.What))
	})
	return all
}

// card returns the card of the parts that have been written into a folder.
func (s *splitter) card(folder string, parts []card.Part) (*card.Card, error) {
	c := &card.Card{
		Name: strings.TrimSuffix(filepath.Base(s.project.Path()), store.Extension), Program: "Spanwright " + Version,
		Scheme: s.scheme, Format: s.format, Unit: s.format.Unit, Layers: s.options.Layers, States: s.options.States, Parts: parts,
		Licences: said(s.facts.licences), Languages: said(s.facts.languages), Fields: said(s.facts.fields), Pseudonyms: s.options.Pseudonyms,
		Split: s.split.Report, Losses: s.report.Losses,
	}
	if s.options.Annotator != "" {
		c.Layers = []string{s.options.Annotator}
	}
	c.Layers = slices.Clone(c.Layers)
	for i, name := range c.Layers {
		c.Layers[i] = s.facts.called(name)
	}
	c.Command = making(s.project, &s.options, &s.how, s.facts.called)
	if c.Unit == "" {
		c.Unit = cmp.Or(s.options.Unit, annotate.CodePoint)
	}
	newest, err := s.project.Journal(store.JournalQuery{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(newest) > 0 {
		c.Date = newest[0].Time.UTC().Format("2006-01-02")
	}
	for _, name := range slices.Sorted(maps.Keys(s.facts.annotators)) {
		c.Annotators = append(c.Annotators, *s.facts.annotators[name])
	}
	if c.Compared, _ = s.facts.study.Documents(); c.Compared > 0 {
		for _, r := range s.facts.study.Results() {
			if r.Annotators == nil || len(s.facts.study.Annotators()) == 2 {
				c.Agreement = append(c.Agreement, r)
			}
		}
	}
	for i := range parts {
		if err := describe(folder, &parts[i], s.format); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// describe adds to a part the sums of its files and, if it is a table or lines of JSON, its columns.
func describe(folder string, part *card.Part, f *dataset.Format) error {
	for i := range part.Files {
		digest, err := digestOf(filepath.Join(folder, filepath.FromSlash(part.Files[i].Name)))
		if err != nil {
			return err
		}
		part.Files[i].Bytes, part.Files[i].SHA256 = digest.Bytes, digest.SHA256
	}
	if len(part.Files) != 1 {
		return nil
	}
	file, err := os.Open(filepath.Join(folder, part.Files[0].Name))
	if err != nil {
		return dataset.FileError(part.Files[0].Name, err)
	}
	defer file.Close()
	switch {
	case f.Name == "csv":
		part.Columns, err = card.TableColumns(file, ',')
	case f.Name == "tsv":
		part.Columns, err = card.TableColumns(file, '\t')
	case f.Name == "parquet":
		part.Columns, err = card.ParquetColumns(file)
	case path.Ext(part.Files[0].Name) == ".jsonl":
		part.Columns, err = card.LineColumns(file)
	}
	return err
}

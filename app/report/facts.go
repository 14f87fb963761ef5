package report

import (
	"context"
	"path/filepath"
	"slices"
	"time"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/store"
)

// Facts are what a report of a project tells.
type Facts struct {
	Project    string // name of the file
	Scheme     string // name of the scheme
	Stats      store.Stats
	Annotators []string // whoever made anything, in order; not what was decided
	Compared   int      // documents that two or more worked on
	Left       int      // documents that fewer did
	Figures    []agreement.Result
	Periods    []Period // in order
	Confusion  *agreement.Confusion
	Decisions  int                  // of adjudication
	Times      []store.DocumentTime // in the order of documents; none where time was not measured
	// Differences are what annotators differ in, in the order of documents; of very many the first.
	Differences []Difference
}

// Period is the agreement of the documents that were finished in one week.
type Period struct {
	Monday    time.Time // UTC
	Documents int
	F1        agreement.Figure // of spans with the same text and label, mean over pairs
}

// measures are what a report gives of agreement, for all and for each label where there is one.
var measures = []string{agreement.F1Strict, agreement.F1Partial, agreement.TokenKappa, agreement.UAlpha, agreement.RelationExact, agreement.ValueKappa}

// Gather reads the facts of a project, one document at a time. progress is told how many
// documents were looked at; it may be nil.
func Gather(ctx context.Context, project *store.Project, progress func(done, total int, name string)) (*Facts, error) {
	scheme, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	f := &Facts{Project: filepath.Base(project.Path()), Scheme: scheme.Name, Confusion: agreement.NewConfusion()}
	if f.Stats, err = project.Stats(""); err != nil {
		return nil, err
	}
	if f.Decisions, err = project.CountDecisions(); err != nil {
		return nil, err
	}
	if f.Times, err = project.Times(); err != nil {
		return nil, err
	}
	names, err := project.Annotators("")
	if err != nil {
		return nil, err
	}
	f.Annotators = slices.DeleteFunc(names, func(name string) bool { return !compared(name) })
	g := gathering{facts: f, project: project, symmetric: agreement.SymmetricOf(scheme), weeks: map[time.Time]*agreement.Study{}}
	g.study = g.newStudy(measures...)
	for offset := 0; ; offset += pageSize {
		page, err := project.Documents(store.DocumentQuery{Offset: offset, Limit: pageSize})
		if err != nil {
			return nil, err
		}
		for i, row := range page {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if progress != nil {
				progress(offset+i, f.Stats.Documents, row.Name)
			}
			if err := g.add(row); err != nil {
				return nil, err
			}
		}
		if len(page) < pageSize {
			break
		}
	}
	g.finish()
	return f, nil
}

// pageSize is how many documents are listed at once.
const pageSize = 500

// compared reports whether a layer is one annotator's, not what was decided about them.
func compared(annotator string) bool { return annotator != annotate.AdjudicatedLayer }

// gathering is facts while they are put together.
type gathering struct {
	facts     *Facts
	project   *store.Project
	symmetric agreement.Symmetric
	study     *agreement.Study
	weeks     map[time.Time]*agreement.Study
}

func (g *gathering) newStudy(measures ...string) *agreement.Study {
	return agreement.NewStudy(agreement.Options{Measures: measures, Symmetric: g.symmetric, Seed: 1})
}

func (g *gathering) add(row store.DocumentRow) error {
	layers, err := g.layers(row.ID)
	if err != nil {
		return err
	}
	if len(layers) < 2 {
		g.study.Add(&agreement.Text{Name: row.Name})
		return nil
	}
	document, err := g.project.Document(row.ID)
	if err != nil {
		return err
	}
	text := agreement.TextOf(document, layers, func(id annotate.ID) *annotate.Span {
		span, err := g.project.Span(id)
		if err != nil {
			return nil
		}
		return span
	})
	g.study.Add(text)
	g.facts.Confusion.Add(text)
	if err := g.differ(document, text); err != nil {
		return err
	}
	at, finished, err := g.project.FinishedAt(row.ID)
	if err != nil || !finished {
		return err
	}
	monday := weekOf(at)
	if g.weeks[monday] == nil {
		g.weeks[monday] = g.newStudy(agreement.F1Strict)
	}
	g.weeks[monday].Add(text)
	return nil
}

// layers returns the layers of those who worked on a document.
func (g *gathering) layers(document annotate.ID) ([]*annotate.Layer, error) {
	names, err := g.project.Annotators(document)
	if err != nil {
		return nil, err
	}
	var found []*annotate.Layer
	for _, name := range names {
		layer, err := g.project.Layer(document, name)
		if err != nil {
			return nil, err
		}
		if compared(name) && agreement.Worked(layer) {
			found = append(found, layer)
		}
	}
	return found, nil
}

// weekOf returns the Monday, 0:00 UTC, of the week of a time.
func weekOf(at time.Time) time.Time {
	at = at.UTC().Truncate(24 * time.Hour)
	return at.AddDate(0, 0, -(int(at.Weekday())+6)%7)
}

func (g *gathering) finish() {
	f := g.facts
	f.Compared, f.Left = g.study.Documents()
	if f.Compared > 0 {
		f.Figures = g.study.Results()
	}
	for monday, study := range g.weeks {
		p := Period{Monday: monday}
		p.Documents, _ = study.Documents()
		for _, r := range study.Results() {
			if r.Subject == "" && (r.Annotators == nil || len(study.Annotators()) == 2) {
				p.F1 = r.Figure
				break
			}
		}
		f.Periods = append(f.Periods, p)
	}
	slices.SortFunc(f.Periods, func(a, b Period) int { return a.Monday.Compare(b.Monday) })
}

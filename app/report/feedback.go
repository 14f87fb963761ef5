package report

import (
	"context"
	"slices"
	"strconv"

	"spanwright/annotate"
	"spanwright/app/adjudicate"
	"spanwright/store"
)

// Lesson is a decision that was made otherwise than one annotator had it.
type Lesson struct {
	Document annotate.ID
	Name     string // of the document
	Decision *annotate.Decision
	About    string // the words it is about
	Own      string // what the annotator had; "" for nothing
	Decided  string // what was decided; "" for nothing
}

// Feedback is what one annotator can learn from adjudication and review.
type Feedback struct {
	Annotator string
	Decided   int // decisions about things that the annotator's layer was compared in
	Lessons   []Lesson
	Reviews   []Review
}

// Review is where the review of a document stands that was judged.
type Review struct {
	Name string // of the document
	*annotate.Review
}

// GatherFeedback reads what was decided otherwise than an annotator had it, in the order of
// documents. progress may be nil.
func GatherFeedback(ctx context.Context, project *store.Project, annotator string, progress func(done, total int, name string)) (*Feedback, error) {
	reader, err := adjudicate.NewReader(project)
	if err != nil {
		return nil, err
	}
	f := &Feedback{Annotator: annotator}
	total, err := project.CountDocuments(store.DocumentQuery{})
	if err != nil {
		return nil, err
	}
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
				progress(offset+i, total, row.Name)
			}
			if err := f.add(project, reader, row); err != nil {
				return nil, err
			}
		}
		if len(page) < pageSize {
			return f, nil
		}
	}
}

func (f *Feedback) add(project *store.Project, reader *adjudicate.Reader, row store.DocumentRow) error {
	w, err := project.Work(row.ID, f.Annotator)
	if err != nil {
		return err
	}
	if w.Review != nil && w.Review.By != f.Annotator {
		f.Reviews = append(f.Reviews, Review{row.Name, w.Review})
	}
	decisions, err := project.Decisions(row.ID)
	if err != nil || len(decisions) == 0 {
		return err
	}
	document, err := project.Document(row.ID)
	if err != nil {
		return err
	}
	layer, err := project.Layer(row.ID, annotate.AdjudicatedLayer)
	if err != nil {
		return err
	}
	desk, err := reader.Open(layer)
	if err != nil {
		return err
	}
	words := reader.Words(desk, document.Text)
	for _, d := range decisions {
		if !f.concerned(d) {
			continue
		}
		f.Decided++
		own := sideOf(d, f.Annotator)
		if !otherwise(d, own, f.Annotator) {
			continue
		}
		l := Lesson{Document: row.ID, Name: row.Name, Decision: d, About: d.Attribute}
		if own != nil {
			l.Own = words.Side(own)
		}
		l.Decided = decided(d, layer, words)
		if l.About == "" && len(d.Sides) > 0 {
			l.About = aboutOf(&d.Sides[0], words)
		}
		f.Lessons = append(f.Lessons, l)
	}
	return nil
}

// concerned reports whether the annotator's layer was compared where a decision was made.
func (f *Feedback) concerned(d *annotate.Decision) bool {
	return slices.Contains(d.Among, f.Annotator) || sideOf(d, f.Annotator) != nil
}

func sideOf(d *annotate.Decision, annotator string) *annotate.Side {
	for i := range d.Sides {
		if d.Sides[i].Annotator == annotator {
			return &d.Sides[i]
		}
	}
	return nil
}

// otherwise reports whether a decision differs from what an annotator had, nil for nothing.
func otherwise(d *annotate.Decision, own *annotate.Side, annotator string) bool {
	if d.Outcome == annotate.Neither {
		return own != nil
	}
	return !slices.Contains(d.Taken, annotator)
}

// decided says what came of a decision.
func decided(d *annotate.Decision, layer *annotate.Layer, words *adjudicate.Words) string {
	if d.Value != nil {
		return words.Value(*d.Value)
	}
	said := ""
	for _, r := range d.Results {
		if said != "" {
			said += "; "
		}
		if s := layer.Span(r.ID); s != nil {
			said += words.Span(s)
		} else if x := layer.Relation(r.ID); x != nil {
			said += words.Relation(x)
		} else if x := layer.Record(r.ID); x != nil {
			said += words.Record(x)
		}
	}
	return said
}

func aboutOf(s *annotate.Side, words *adjudicate.Words) string {
	if s.Span != nil {
		return annotate.Excerpt(s.Span.Covered(words.Text), 60)
	}
	return words.Side(s)
}

// Page returns the feedback as a page.
func (f *Feedback) Page() *Page {
	p := &Page{Title: "What was decided otherwise than " + f.Annotator + " had it"}
	p.say("%s about what %s was compared in; %s of them otherwise.", counted(f.Decided, "decision"), f.Annotator, strconv.Itoa(len(f.Lessons)))
	for from := 0; from < len(f.Lessons); {
		name := f.Lessons[from].Name
		p.heading(name)
		var rows [][]string
		for ; from < len(f.Lessons) && f.Lessons[from].Name == name; from++ {
			l := &f.Lessons[from]
			rows = append(rows, []string{l.About, orNothing(l.Own), orNothing(l.Decided), l.why()})
		}
		p.table(0, []string{"about", f.Annotator, "decided", "why"}, rows)
	}
	if len(f.Reviews) > 0 {
		p.heading("Reviews")
		var rows [][]string
		for _, r := range f.Reviews {
			rows = append(rows, []string{r.Name, r.Status.Words(), r.By, r.Comment})
		}
		p.table(0, []string{"document", "state", "by", "comment"}, rows)
	}
	return p
}

func orNothing(said string) string {
	if said == "" {
		return "nothing"
	}
	return said
}

// why gives the reason, or who was followed where none was given.
func (l *Lesson) why() string {
	why := l.Decision.Reason
	if why == "" {
		why = adjudicate.Decision(l.Decision)
	}
	if l.Decision.Unclear {
		why += " (the guideline does not say)"
	}
	return why
}

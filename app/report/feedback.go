package report

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/app/adjudicate"
	"spanwright/store"
)

// Lesson is a decision that was made otherwise than one annotator had it.
type Lesson struct {
	Document annotate.ID       `json:"document"`
	Name     string            `json:"name"`             // of the document
	Entity   annotate.ID       `json:"entity,omitempty"` // what the annotator had, if it is a span, a relation or a record
	Place    annotate.Fragment `json:"place"`            // in bytes; empty if it is nowhere in the text
	Label    string            `json:"label"`            // of what they had, or else of what was decided; the name of an attribute
	About    string            `json:"about"`            // the words it is about
	Own      string            `json:"own"`              // what the annotator had; "" for nothing
	Decided  string            `json:"decided"`          // what was decided; "" for nothing
	Why      string            `json:"why"`              // the reason, or else whose side was taken
	Unclear  bool              `json:"unclear,omitempty"`
	Comments []string          `json:"comments,omitempty"` // about what the annotator had, each after its author
}

// LessonKind is in what way something was decided otherwise.
type LessonKind int

// The kinds.
const (
	Otherwise LessonKind = iota
	Missed               // the annotator had nothing
	Extra                // nothing was decided
)

// Kind returns in what way it was decided otherwise.
func (l *Lesson) Kind() LessonKind {
	switch {
	case l.Own == "":
		return Missed
	case l.Decided == "":
		return Extra
	}
	return Otherwise
}

// Feedback is what one annotator can learn from adjudication and review.
type Feedback struct {
	Annotator string   `json:"annotator"`
	Decided   int      `json:"decided"` // decisions about things that the annotator's layer was compared in
	Lessons   []Lesson `json:"lessons"`
	Reviews   []Review `json:"reviews"`
	scope     Scope
}

// Review is where the review of a document stands that was judged.
type Review struct {
	Name string `json:"name"` // of the document
	*annotate.Review
}

// Scope says what feedback tells.
type Scope struct {
	// Handed leaves out documents that the annotator has not handed in: decisions about them
	// would tell what to label.
	Handed bool
	// Blind names nobody else who labelled.
	Blind bool
}

// GatherFeedback reads what was decided otherwise than an annotator had it, in the order of
// documents. progress may be nil.
func GatherFeedback(ctx context.Context, project *store.Project, annotator string, scope Scope, progress func(done, total int, name string)) (*Feedback, error) {
	reader, err := adjudicate.NewReader(project)
	if err != nil {
		return nil, err
	}
	f := &Feedback{Annotator: annotator, Lessons: []Lesson{}, Reviews: []Review{}, scope: scope}
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
	if f.scope.Handed && w.Status().Base() != annotate.Done {
		return nil
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
	said, err := project.Comments(row.ID, "")
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
		l := Lesson{
			Document: row.ID, Name: row.Name, Label: d.Attribute, About: d.Attribute, Decided: decided(d, layer, words),
			Why: f.why(d), Unclear: d.Unclear,
		}
		told := own
		if told == nil && len(d.Sides) > 0 {
			told = &d.Sides[0]
		}
		if told != nil && d.Attribute == "" {
			l.Label, l.Place, l.About = labelOf(told), placeOf(told, desk), aboutOf(told, words)
		}
		if own != nil {
			l.Own, l.Entity = words.Side(own), own.EntityID()
			l.Comments = commentsOn(own.EntityID(), said)
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
			rows = append(rows, []string{l.About, orNothing(l.Own), orNothing(l.Decided), l.reasoned()})
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
func (f *Feedback) why(d *annotate.Decision) string {
	switch {
	case d.Reason != "":
		return d.Reason
	case f.scope.Blind && len(d.Taken) > 0:
		return "took what " + counted(len(d.Taken), "annotator") + " had"
	case f.scope.Blind:
		return string(d.Outcome)
	}
	return adjudicate.Decision(d)
}

// reasoned adds that the guideline does not say what is right.
func (l *Lesson) reasoned() string {
	if l.Unclear {
		return l.Why + " (the guideline does not say)"
	}
	return l.Why
}

func labelOf(s *annotate.Side) string {
	switch {
	case s.Span != nil:
		return s.Span.Label
	case s.Relation != nil:
		return s.Relation.Label
	case s.Record != nil:
		return s.Record.Label
	}
	return ""
}

// placeOf returns where a side is in the text: a relation where its first end is.
func placeOf(s *annotate.Side, desk *adjudication.Desk) annotate.Fragment {
	switch {
	case s.Span != nil:
		return s.Span.Extent()
	case s.Relation != nil:
		for _, a := range s.Relation.Arguments {
			if end := desk.Span(a.Span); a.Document == "" && end != nil {
				return end.Extent()
			}
		}
	}
	return annotate.Fragment{}
}

// commentsOn returns what was said about an annotation.
func commentsOn(entity annotate.ID, all []*annotate.Comment) []string {
	var found []string
	for _, c := range all {
		if entity != "" && c.Subject() == entity && c.Text != "" {
			found = append(found, c.Annotator+": "+c.Text)
		}
	}
	return found
}

// OwnFeedback returns what annotators may read of what was decided about their own work: in
// a packet what came with it, else what there is about the documents that they have handed in.
func OwnFeedback(ctx context.Context, project *store.Project, annotator string, blind bool, progress func(done, total int, name string)) (*Feedback, error) {
	raw, err := project.Feedback()
	if err != nil {
		return nil, err
	}
	if raw == "" {
		return GatherFeedback(ctx, project, annotator, Scope{Handed: true, Blind: blind}, progress)
	}
	f := &Feedback{}
	if err := json.Unmarshal([]byte(raw), f); err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "what came with the packet about what was decided cannot be read: %w", err)
	}
	for _, r := range f.Reviews {
		if r.Review == nil {
			return nil, annotate.Errorf(annotate.Corrupt, "what came with the packet about what was decided cannot be read: a review says nothing")
		}
	}
	if f.Annotator != annotator {
		return &Feedback{Annotator: annotator}, nil
	}
	return f, nil
}

// PacketFeedback returns the feedback for a packet; blind, it names nobody else who labelled.
func PacketFeedback(ctx context.Context, project *store.Project, o store.PacketOptions, progress func(done, total int, name string)) (*Feedback, error) {
	blind, err := project.BlindPackets()
	if err != nil {
		return nil, err
	}
	return GatherFeedback(ctx, project, o.Annotator, Scope{Handed: true, Blind: blind && !o.Open}, progress)
}

// Within returns the feedback about some documents, as it goes into a packet.
func (f *Feedback) Within(has func(annotate.ID) bool) (string, error) {
	part := *f
	part.Lessons = slices.DeleteFunc(slices.Clone(f.Lessons), func(l Lesson) bool { return !has(l.Document) })
	part.Reviews = slices.DeleteFunc(slices.Clone(f.Reviews), func(r Review) bool { return !has(r.Document) })
	raw, err := json.Marshal(part)
	return string(raw), err
}

package session

import (
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// Move is something that can be done with somebody's work on the current document.
type Move struct {
	Annotator string // whose work
	To        annotate.Status
	Title     string
	Asks      bool // for a comment, which it cannot be without
}

// rules returns who has which duty in a project, and whether an annotator is kept from
// seeing the layers of others. Whoever was given the duty to judge them sees them.
func rules(project *store.Project, annotator string) (annotate.Team, bool, error) {
	team, err := project.Team()
	if err != nil {
		return nil, false, err
	}
	blind, err := project.Blind()
	return team, blind && (len(team) == 0 || !team.Reviews(annotator)), err
}

func (s *Session) readRules() (err error) {
	if s.team, s.blind, err = rules(s.project, s.annotator); err != nil {
		return err
	}
	s.timing.on, err = s.project.Timed()
	return err
}

func judges(team annotate.Team, blind bool, annotator string) bool {
	return team.Reviews(annotator) && !blind
}

// Judges reports whether the annotator may decide about the work of others.
func (s *Session) Judges() bool { return judges(s.lead().team, s.lead().blind, s.annotator) }

func worksOfOthers(project *store.Project, document annotate.ID, layer string) ([]annotate.Work, error) {
	works, err := project.Works(document)
	return slices.DeleteFunc(works, func(w annotate.Work) bool { return w.Annotator == layer }), err
}

// Own returns the work on the current document that is edited: the annotator's own, or
// what was adjudicated.
func (s *Session) Own() annotate.Work {
	w := annotate.Work{Document: s.documentID(), Annotator: s.layerName(), Review: s.layer.Review}
	if s.layer.Assessed {
		w.Assessment = s.layer.Assessment
	}
	return w
}

// Works returns the work of others on the current document, for whoever may decide about it.
func (s *Session) Works() []annotate.Work { return s.works }

// work returns what somebody has made of the current document, as far as it may be seen.
func (s *Session) work(annotator string) annotate.Work {
	for _, w := range s.works {
		if w.Annotator == annotator {
			return w
		}
	}
	if annotator == s.layerName() {
		return s.Own()
	}
	return annotate.Work{Document: s.documentID(), Annotator: annotator}
}

// moves are what can be done with work, and how it is called; own says by its annotator.
var moves = []struct {
	to         annotate.Status
	own, other string
	asks       bool
}{
	{annotate.InReview, "Submit for review", "Take up for review", false},
	{annotate.Final, "Accept as final", "Accept as final", false},
	{annotate.Returned, "Return with a comment", "Return with a comment", true},
	{annotate.InProgress, "Reopen", "", false},
}

// Moves returns what can be done now with anybody's work on the current document: what
// waits for a decision first.
func (s *Session) Moves() []Move {
	if s.document == nil {
		return nil
	}
	works := append([]annotate.Work{s.Own()}, s.works...)
	slices.SortStableFunc(works, func(a, b annotate.Work) int { return rank(a) - rank(b) })
	var found []Move
	for _, w := range works {
		from, own := w.Status(), w.Annotator == s.layerName()
		for _, m := range moves {
			title := m.other
			if own {
				title = m.own
			}
			settled := m.to == annotate.InProgress && from.Base() != annotate.Done || from == annotate.Returned && m.to == annotate.Returned
			if title == "" || settled || own && m.asks && from != annotate.InReview && from != annotate.Final ||
				from == m.to || s.lead().team.Refusal(s.annotator, w.Annotator, from, m.to) != nil {
				continue
			}
			if own && from == annotate.Returned && m.to == annotate.InReview {
				title = "Submit again"
			}
			found = append(found, Move{Annotator: w.Annotator, To: m.to, Title: title, Asks: m.asks})
		}
	}
	return found
}

// Remarks reads what was said whenever work on the current document that may be seen was moved, the newest
// first, on another goroutine and hands it to take on this one.
func (s *Session) Remarks(take func([]store.Remark)) {
	if s.document == nil {
		return
	}
	annotators := []string{s.layerName()}
	for _, w := range s.works {
		annotators = append(annotators, w.Annotator)
	}
	project, document := s.project, s.document.ID
	go func() {
		said, err := project.Remarks(document, annotators...)
		s.post(func() {
			switch {
			case err != nil && project == s.project:
				s.fail(err)
			case err == nil && s.documentID() == document:
				take(said)
			}
		})
	}()
}

// rank orders works by how much they wait for somebody who judges them.
func rank(w annotate.Work) int {
	if w.Status() == annotate.InReview {
		return 0
	}
	return 1
}

// Move brings work to another status, with what there is to say about it.
func (s *Session) Move(m Move, comment string) error {
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	w := s.work(m.Annotator)
	from := w.Status()
	if err := s.lead().team.Refusal(s.annotator, m.Annotator, from, m.To); err != nil {
		return s.fail(err)
	}
	if forbidding, _ := s.audit.Unfinished(); m.Annotator == s.layerName() && m.To.Base() == annotate.Done && len(forbidding) > 0 {
		s.Show(forbidding[0].Entity)
		return s.fail(annotate.Errorf(annotate.Invalid, "the document cannot be done yet: %s%s", forbidding[0].Sentence, andMore(len(forbidding))))
	}
	changes := w.Move(s.annotator, m.To, comment, s.scheme.Revision)
	if len(changes) == 0 {
		return nil
	}
	for i := range changes {
		if review, judged := changes[i].After.(*annotate.Review); judged {
			if err := review.Check(); err != nil {
				return s.fail(err)
			}
		}
	}
	if err := s.edit(changes...); err != nil {
		return err
	}
	if m.To.Base() != m.To || from.Base() != from {
		s.tell(fmt.Sprintf("%s: %s.", m.Annotator, s.work(m.Annotator).Status().Words()))
	}
	return nil
}

// unsettled returns why changes would alter work that was accepted, nil if they do not.
func (s *Session) unsettled(changes []annotate.Change) error {
	review := s.layer.Review
	if review == nil || review.Status != annotate.Final {
		return nil
	}
	for i := range changes {
		switch changes[i].EntityKind() {
		case annotate.ReviewEntity:
			return nil
		case annotate.SpanEntity, annotate.RelationEntity, annotate.RecordEntity, annotate.AssessmentEntity:
			if changes[i].DocumentID() == review.Document {
				return store.FinalError(s.document.Name, review.By)
			}
		}
	}
	return nil
}

// judge takes in what a change does to the work of others.
func (s *Session) judge(c *annotate.Change) {
	if c.EntityKind() != annotate.ReviewEntity {
		return
	}
	for i := range s.works {
		w := &s.works[i]
		if c.EntityID() == (&annotate.Review{Document: w.Document, Annotator: w.Annotator}).EntityID() {
			w.Review, _ = c.After.(*annotate.Review)
		}
	}
}

// onlyReviews reports whether the annotator is there for the work of others and has none
// of their own here.
func (s *Session) onlyReviews() bool {
	team := s.lead().team
	return s.document != nil && s.layerName() == s.annotator && len(team) > 0 && team.Reviews(s.annotator) && !s.layer.Assessed && s.layer.SpanCount()+s.layer.RecordCount() == 0 &&
		!slices.Contains(s.assigned, s.annotator)
}

// restaffed reports whether changes say who has which duty.
func restaffed(changes []annotate.Change) bool {
	return slices.ContainsFunc(changes, func(c annotate.Change) bool { return c.EntityKind() == annotate.MemberEntity })
}

package session

import (
	"spanwright/annotate"
	"spanwright/store"
)

// Focused returns the span or relation that keys act on, "" if there is none.
func (s *Session) Focused() annotate.ID { return s.focused }

// FocusedSpan returns the focused annotation if it is a span, else nil.
func (s *Session) FocusedSpan() *annotate.Span { return s.layer.Span(s.focused) }

// FocusedRelation returns the focused annotation if it is a relation, else nil.
func (s *Session) FocusedRelation() *annotate.Relation { return s.layer.Relation(s.focused) }

// Extent returns the stretch of the current document that a span, or the spans
// of a relation, lie in; found is false when none of it is here.
func (s *Session) Extent(id annotate.ID) (f annotate.Fragment, found bool) {
	if span := s.layer.Span(id); span != nil {
		return span.Extent(), true
	}
	r := s.layer.Relation(id)
	if r == nil {
		return f, false
	}
	for _, a := range r.Arguments {
		span := s.layer.Span(a.Span)
		if span == nil {
			continue
		}
		e := span.Extent()
		if !found {
			f, found = e, true
		}
		f.Start, f.End = min(f.Start, e.Start), max(f.End, e.End)
	}
	return f, found
}

// Focus gives the focus to a span or relation of the current document, and puts
// the cursor at its start; "" takes the focus away.
func (s *Session) Focus(id annotate.ID) {
	s.Active()
	s.focus(id, true)
}

func (s *Session) focus(id annotate.ID, lead bool) {
	if id == s.focused && s.foreign == "" {
		s.Choose("")
		return
	}
	s.chosen = ""
	dirty := append(s.surroundings(s.focused), s.foreignExtent()...)
	s.focused, s.foreign = "", ""
	event := Event{Kind: Focused}
	if s.assembling != nil {
		s.assembling = nil
		event.Kind |= Related
	}
	if extent, found := s.Extent(id); found {
		s.focused = id
		event.Reveal = extent
		dirty = append(dirty, s.surroundings(id)...)
		if t, ok := s.body.TokenAt(extent.Start); ok && lead && s.selection.selected.Empty() {
			s.selection.cursorTo(t)
			event.Kind |= Selected
		}
	}
	event.Dirty = dirty
	s.emit(event)
}

// FocusNext focuses the next or previous span in reading order, beginning at the
// cursor when nothing is focused, and around the ends of the document.
func (s *Session) FocusNext(forward bool) {
	var next *annotate.Span
	switch {
	case s.FocusedSpan() != nil && forward:
		next = s.layer.Next(s.focused)
	case s.FocusedSpan() != nil:
		next = s.layer.Previous(s.focused)
	case forward:
		next = s.layer.NextFrom(s.selection.head.Start)
	default:
		next = s.layer.PreviousFrom(s.selection.head.Start)
	}
	if next == nil && forward {
		next = s.layer.NextFrom(0)
	}
	if next == nil {
		next = s.layer.PreviousFrom(len(s.body.Text()) + 1)
	}
	if next == nil {
		s.tell("There are no annotations in this document yet.")
		return
	}
	s.together(func() {
		s.ClearSelection()
		s.Focus(next.ID)
	})
}

// Reveal opens the document an annotation lies in, if need be, and focuses it.
func (s *Session) Reveal(document, id annotate.ID) {
	if s.document != nil && (document == "" || document == s.document.ID) {
		s.together(func() {
			s.ClearSelection()
			s.Focus(id)
		})
		return
	}
	s.reveal(document, id)
}

// reveal opens a document, or turns to it if it stands beside, and focuses an annotation.
func (s *Session) reveal(document, id annotate.ID) {
	if b := s.beside; b == nil || b.document == nil || b.document.ID != document || !s.Turn() {
		s.open(document, id)
		return
	}
	s.together(func() {
		s.ClearSelection()
		s.Focus(id)
	})
}

// surroundings returns the extents of an annotation and of what it is related to.
func (s *Session) surroundings(id annotate.ID) []annotate.Fragment {
	extent, found := s.Extent(id)
	if !found {
		return nil
	}
	dirty := []annotate.Fragment{extent}
	for _, r := range s.layer.Involving(id) {
		if f, found := s.Extent(r.ID); found {
			dirty = append(dirty, f)
		}
	}
	return dirty
}

// RelationsOf returns the relations that point at a span or relation.
func (s *Session) RelationsOf(id annotate.ID) []*annotate.Relation { return s.layer.Involving(id) }

// SpanOf returns a span of this or another document, nil if there is none.
func (s *Session) SpanOf(id annotate.ID) *annotate.Span {
	if span := s.layer.Span(id); span != nil {
		return span
	}
	return spanIn(s.project, id)
}

// spanIn returns a span of any document of a project, nil if there is none.
func spanIn(project *store.Project, id annotate.ID) *annotate.Span {
	span, err := project.Span(id)
	if err != nil {
		return nil
	}
	return span
}

// RelationOf returns a relation of this or another layer, nil if there is none.
func (s *Session) RelationOf(id annotate.ID) *annotate.Relation {
	if r := s.layer.Relation(id); r != nil {
		return r
	}
	r, err := s.project.Relation(id)
	if err != nil {
		return nil
	}
	return r
}

// Quote returns what a span of this or another document covers, at most n characters of it.
func (s *Session) Quote(span *annotate.Span, n int) string {
	text := s.body.Text()
	if s.document == nil || span.Document != s.document.ID {
		d, err := s.project.Document(span.Document)
		if err != nil {
			return ""
		}
		text = d.Text
	}
	return annotate.Excerpt(span.Covered(text), n)
}

// Violations returns how a span or relation breaks the scheme.
func (s *Session) Violations(id annotate.ID) []annotate.Violation { return s.audit.Of(id) }

// Audit returns what in the current document breaks the scheme.
func (s *Session) Audit() *annotate.Audit { return s.audit }

// Show brings what a violation is about before who works: a span or relation gets the
// focus, a record or the document's own fields are shown in the form.
func (s *Session) Show(id annotate.ID) {
	if _, found := s.Extent(id); found {
		s.Focus(id)
		return
	}
	if s.layer.Record(id) != nil || id == s.layer.Assessment.EntityID() {
		s.shown = id
		s.emit(Event{Kind: Shown, Record: id})
	}
}

// FocusViolation goes to the next thing that breaks the scheme: spans in reading order,
// then relations, records and the document, and from the first one again.
func (s *Session) FocusViolation() {
	all := s.audit.All()
	if len(all) == 0 {
		s.tell("Nothing here breaks a rule of the scheme.")
		return
	}
	here := s.focused
	if here == "" {
		here = s.shown
	}
	next := all[0]
	for i, v := range all {
		if v.Entity == here { // which may break several rules
			next = all[(i+1)%len(all)]
		}
	}
	s.together(func() {
		s.ClearSelection()
		s.Focus("")
		s.Show(next.Entity)
		s.tell(next.Sentence)
	})
}

// UnderWay reports whether there is something that Cancel would end before it takes the focus away.
func (s *Session) UnderWay() bool {
	return s.assembling != nil || s.relating.from != nil || s.armed != "" || !s.selection.selected.Empty()
}

// FocusFlagged focuses the next span or relation with a flag, spans in reading order
// first, and from the first one again.
func (s *Session) FocusFlagged() {
	var flagged []annotate.ID
	next := 0 // of flagged, behind what has the focus
	add := func(id annotate.ID, flag string) {
		if flag != "" {
			flagged = append(flagged, id)
		}
		if id == s.focused {
			next = len(flagged)
		}
	}
	for span := range s.layer.Spans() {
		add(span.ID, span.Flag)
	}
	for _, r := range s.layer.Relations() {
		add(r.ID, r.Flag)
	}
	if len(flagged) == 0 {
		s.tell("No annotation here has a flag.")
		return
	}
	s.together(func() {
		s.ClearSelection()
		s.Focus(flagged[next%len(flagged)])
	})
}

// Cancel takes back the innermost thing under way: a frame or relation in progress, then
// the armed label, then the selection, then the focus.
func (s *Session) Cancel() {
	switch {
	case s.assembling != nil:
		s.stopAssembling()
	case s.relating.from != nil:
		s.stopRelating()
	case s.armed != "":
		s.arm("")
	case !s.selection.selected.Empty():
		s.ClearSelection()
	default:
		s.Focus("")
	}
}

// Armed returns the label that each later sweep gets, "" if none is armed.
func (s *Session) Armed() string { return s.armed }

func (s *Session) arm(label string) {
	s.armed = label
	s.emit(Event{Kind: Armed})
}

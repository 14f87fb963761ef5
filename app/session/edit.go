package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"spanwright/annotate"
)

// edit shows changes at once and sends them to the writer. They make one group:
// one commit, one undo. An annotator's first edit of a document also marks it in progress.
func (s *Session) edit(changes ...annotate.Change) error {
	if err := s.allowed(changes); err != nil {
		return s.fail(err)
	}
	if err := s.unsettled(changes); err != nil {
		return s.fail(err)
	}
	if broken := s.audit.Refusal(changes...); broken != nil {
		return s.fail(annotate.Errorf(annotate.Invalid, "the scheme forbids this: %s", broken.Sentence))
	}
	s.Active()
	changes = s.noted(append(s.ahead, changes...))
	s.ahead = nil
	if a := s.layer.Assessment; a.Status == annotate.New && s.begins(changes) {
		begun := a.Clone()
		begun.Status = annotate.InProgress
		changes = append(changes, s.assessmentChange(begun))
	}
	group := annotate.NewID()
	for i := range changes {
		changes[i].ID, changes[i].Group, changes[i].Annotator = annotate.NewID(), group, s.annotator
	}
	lead := s.lead()
	lead.message, lead.warned, lead.dooming = Message{}, "", "" // what was told before is over
	s.show(changes)
	lead.pending = append(lead.pending, changes...)
	lead.submit(&job{changes: changes})
	return nil
}

// editable returns why the current document cannot be edited now, or nil.
func (s *Session) editable() error {
	if err := s.present(); err != nil {
		return err
	}
	return s.writable()
}

// present returns an error where there is no document, else nil.
func (s *Session) present() error {
	if s.document == nil {
		return annotate.Errorf(annotate.NotFound, "there is no document here")
	}
	return nil
}

// writable returns why nothing can be edited now, or nil.
func (s *Session) writable() error {
	switch {
	case s.project.ReadOnly() != nil:
		return s.project.ReadOnly()
	case s.lead().saved.Err != nil:
		return annotate.Errorf(annotate.Conflict, "editing waits until the last edit is saved: %w", s.lead().saved.Err)
	}
	return nil
}

// allowed returns why changes cannot be made now, or nil. Those of concepts need no document.
func (s *Session) allowed(changes []annotate.Change) error {
	if registers(changes) {
		return s.writable()
	}
	return s.editable()
}

func assesses(changes []annotate.Change) bool {
	return slices.ContainsFunc(changes, func(c annotate.Change) bool { return c.EntityKind() == annotate.AssessmentEntity })
}

// show applies changes to what is in memory, of the document beside too, and tells what
// has to be painted again.
func (s *Session) show(changes []annotate.Change) {
	for _, o := range s.both() {
		o.take(changes)
	}
}

// take applies changes to what is in memory of this document.
func (s *Session) take(changes []annotate.Change) {
	event, compared := Event{Kind: Edited | Listed}, len(s.Compared())
	if s.assembling != nil {
		s.assembling = nil
		event.Kind |= Related
	}
	for i := range changes {
		event.Dirty = append(event.Dirty, s.surroundings(subjectOf(&changes[i]))...)
	}
	stale := false
	for i := range changes {
		c := &changes[i]
		s.layer.Apply(c)
		if s.applyToLanes(c) {
			event.Kind |= Laned | s.dropForeign()
		}
		if s.desk != nil {
			stale = s.desk.Apply(c) || stale
			if a := s.Adjudication(); a != nil {
				a.stale = true
			}
			event.Kind |= Judged
		}
		s.discussion.Apply(c)
		s.judge(c)
		s.concepts.Apply(c)
		s.document = documentAfter(s.document, c)
		event.Dirty = append(event.Dirty, s.surroundings(subjectOf(c))...)
		if c.After != nil && c.EntityKind() == annotate.SpanEntity {
			event.Spans = append(event.Spans, c.EntityID())
		}
		if scheme, ok := c.After.(*annotate.Scheme); ok {
			s.scheme = scheme
			event.Kind |= SchemeChanged
		}
	}
	if event.Kind&SchemeChanged != 0 {
		s.audit = annotate.NewAudit(s.scheme, s.layer, s.body, s.lookup())
	} else {
		s.audit.Update(changes...)
	}
	if _, found := s.Extent(s.focused); s.focused != "" && !found {
		s.focused = ""
		event.Kind |= Focused
	}
	if len(s.lanes) > 0 && len(s.Compared()) != compared { // one's own layer says something now, or nothing any more
		event.Kind |= Laned
	}
	if s.document != nil && s.front != nil && slices.ContainsFunc(changes, func(c annotate.Change) bool {
		return c.After == nil && c.EntityID() == s.document.ID
	}) {
		s.clearDocument()
		event.Kind |= Opened
	}
	if s.relating.from != nil { // it may go to what was just made
		s.findTargets()
		event.Kind |= Related
	}
	s.emit(event)
	if stale {
		s.reload()
	}
}

// creation returns the change that makes a new entity, and revision the one that
// gives an entity another state.
func creation(after annotate.State) annotate.Change { return annotate.Change{After: after} }

func revision(before, after annotate.State) annotate.Change {
	return annotate.Change{Before: before, After: after}
}

// assessmentChange returns the change of the current assessment to after.
func (s *Session) assessmentChange(after *annotate.Assessment) annotate.Change {
	c := annotate.Change{After: after}
	if s.layer.Assessed {
		c.Before = s.layer.Assessment
	}
	return c
}

// Label makes the selection a span of that label; without one it gives the label
// to the focused span; without that it arms the label, or disarms it if it was armed.
func (s *Session) Label(label string) (err error) {
	s.together(func() { err = s.label(label) })
	return err
}

func (s *Session) label(label string) error {
	if s.scheme.Span(label) == nil {
		return s.fail(annotate.Errorf(annotate.NotFound, "the scheme has no label %s", label))
	}
	switch focused := s.FocusedSpan(); {
	case !s.selection.selected.Empty():
		return s.addSpan(label, s.selection.selected)
	case focused != nil && focused.Label == label:
		return nil
	case focused != nil:
		s.repeat = label
		return s.relabel(focused, label)
	case s.armed == label:
		s.arm("")
	default:
		s.arm(label)
	}
	return nil
}

func (s *Session) addSpan(label string, selected annotate.Fragment) error {
	def := s.scheme.Span(label)
	if def.Abstract {
		return s.fail(annotate.Errorf(annotate.Invalid, "label %s only groups others; choose one of %s", label, strings.Join(s.scheme.Children(label), ", ")))
	}
	f := s.trimmed(label, []annotate.Fragment{selected})[0]
	for span := range s.layer.Touching(f) {
		if span.Label == label && slices.Equal(span.Fragments, []annotate.Fragment{f}) {
			s.ClearSelection()
			s.Focus(span.ID)
			s.tell(fmt.Sprintf("This is labelled %s already.", label))
			return nil
		}
	}
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	span := &annotate.Span{
		ID: annotate.NewID(), Document: s.document.ID, Annotator: s.layerName(),
		Label: label, Fragments: []annotate.Fragment{f},
	}
	span.Attributes = annotate.Initial(s.scheme.AttributesOf(label), s.body, span.Fragments)
	if err := span.Check(s.document.Text); err != nil {
		return s.fail(err)
	}
	if err := s.edit(creation(span)); err != nil {
		return err
	}
	s.repeat = label
	s.ClearSelection()
	s.focus(span.ID, false) // the cursor stays at the end, from where reading goes on
	return nil
}

// relabel changes a span's label; attributes that the new label does not have go.
func (s *Session) relabel(span *annotate.Span, label string) error {
	after, defs := span.Clone(), s.scheme.AttributesOf(label)
	after.Label = label
	for name := range span.Attributes {
		if !slices.ContainsFunc(defs, func(a annotate.Attribute) bool { return a.Name == name }) {
			delete(after.Attributes, name)
		}
	}
	for name, v := range annotate.Initial(defs, s.body, span.Fragments) {
		if _, set := after.Attributes[name]; !set {
			put(&after.Attributes, name, v, true)
		}
	}
	if err := s.edit(revision(span, after)); err != nil {
		return err
	}
	for _, r := range s.RelationsOf(span.ID) {
		if broken := s.Violations(r.ID); len(broken) > 0 {
			s.tell(fmt.Sprintf("Now %s.", broken[0].Sentence))
			break
		}
	}
	return nil
}

// Repeat gives the selection the label of the last labelling.
func (s *Session) Repeat() error {
	if s.repeat == "" || s.selection.selected.Empty() {
		s.tell("Select something first: “.” repeats the last label on the selection.")
		return nil
	}
	return s.Label(s.repeat)
}

// Delete deletes the focused span or relation and every relation that points at it.
func (s *Session) Delete() error {
	if s.focused == "" {
		s.tell("Focus an annotation first: Tab, or a click.")
		return nil
	}
	return s.DeleteAnnotation(s.focused)
}

// DeleteAnnotation deletes a span, relation or record, every relation that points at it and
// every record that lies in it, and what was said about them.
func (s *Session) DeleteAnnotation(id annotate.ID) error { return s.edit(s.removal(id)...) }

// MoveEdge moves the start or end of the focused span by one token to the left or right.
func (s *Session) MoveEdge(start, left bool) error {
	span := s.FocusedSpan()
	if span == nil {
		s.tell("Focus a span first: Tab, or a click.")
		return nil
	}
	after := span.Clone()
	first, last := &after.Fragments[0], &after.Fragments[len(after.Fragments)-1]
	var ok bool
	switch {
	case start && left:
		ok = s.pull(&first.Start, s.body.PreviousToken, first.Start, false)
	case start:
		ok = s.pull(&first.Start, s.body.NextToken, first.Start+1, false)
	case left:
		ok = s.pull(&last.End, s.body.PreviousToken, last.End-1, true)
	default:
		ok = s.pull(&last.End, s.body.NextToken, last.End, true)
	}
	if !ok {
		return nil
	}
	after.Fragments = annotate.NormalizeFragments(after.Fragments)
	if len(after.Fragments) == 0 {
		s.tell("A span must keep at least one token; Delete removes it.")
		return nil
	}
	return s.edit(s.reshaped(span, after))
}

// trimmed returns fragments without the marks that the scheme leaves out.
func (s *Session) trimmed(label string, fragments []annotate.Fragment) []annotate.Fragment {
	if def := s.scheme.Span(label); def == nil || def.Open {
		return fragments
	}
	return s.body.TrimSpan(fragments, s.scheme.Trim)
}

// reshaped returns the change of a span's fragments, with what is read from the text around them.
func (s *Session) reshaped(span, after *annotate.Span) annotate.Change {
	after.Attributes = annotate.Rederive(s.scheme.AttributesOf(span.Label), s.body, span.Fragments, after.Fragments, after.Attributes)
	return revision(span, after)
}

// pull sets an edge to the near side of the token that step finds from offset on.
func (s *Session) pull(edge *int, step neighbour, offset int, end bool) bool {
	token, ok := step(offset)
	if !ok {
		return false
	}
	*edge = token.Start
	if end {
		*edge = token.End
	}
	return true
}

// AddFragment adds the selection to the focused span as another fragment.
func (s *Session) AddFragment() error {
	return s.refragment(func(fragments []annotate.Fragment, f annotate.Fragment) []annotate.Fragment {
		return append(fragments, f)
	})
}

// CutFragment cuts the selection out of the focused span, leaving a fragment on either side.
func (s *Session) CutFragment() error {
	return s.refragment(func(fragments []annotate.Fragment, hole annotate.Fragment) []annotate.Fragment {
		kept := annotate.Cut(fragments, hole)
		for i := range kept {
			kept[i] = s.body.Trim(kept[i])
		}
		return kept
	})
}

// refragment gives the focused span the fragments that f makes of its own and the selection.
func (s *Session) refragment(f func(fragments []annotate.Fragment, selected annotate.Fragment) []annotate.Fragment) (err error) {
	s.together(func() { err = s.refragmentFocused(f) })
	return err
}

func (s *Session) refragmentFocused(f func(fragments []annotate.Fragment, selected annotate.Fragment) []annotate.Fragment) error {
	span, selected := s.FocusedSpan(), s.selection.selected
	if span == nil || selected.Empty() {
		s.tell("Focus a span and select some text: + adds the text to it, X cuts the text out.")
		return nil
	}
	after := span.Clone()
	after.Fragments = s.trimmed(span.Label, annotate.NormalizeFragments(f(after.Fragments, selected)))
	switch {
	case len(after.Fragments) == 0:
		s.tell("A span must keep at least one token; Delete removes it.")
		return nil
	case slices.Equal(after.Fragments, span.Fragments):
		s.tell("That changes nothing: the selection is in the span already, or not in it at all.")
		return nil
	}
	s.ClearSelection()
	return s.edit(s.reshaped(span, after))
}

// SetAttribute sets or, with set false, clears an attribute of a span, relation or record.
func (s *Session) SetAttribute(id annotate.ID, name string, v annotate.Value, set bool) error {
	defs := s.AttributesOf(id)
	return s.change(id, func(attributes *map[string]annotate.Value, _, _ *string) {
		before := maps.Clone(*attributes)
		put(attributes, name, v, set)
		annotate.Settle(defs, before, *attributes)
	})
}

// AttributesOf returns what the scheme says of the attributes of a span, relation or record.
func (s *Session) AttributesOf(id annotate.ID) []annotate.Attribute {
	if span := s.layer.Span(id); span != nil {
		return s.scheme.AttributesOf(span.Label)
	}
	if r := s.layer.Relation(id); r != nil {
		if def := s.scheme.Relation(r.Label); def != nil {
			return def.Attributes
		}
	}
	if r := s.layer.Record(id); r != nil {
		if def := s.scheme.RecordLabel(r.Label); def != nil {
			return def.Attributes
		}
	}
	return nil
}

func put(values *map[string]annotate.Value, name string, v annotate.Value, set bool) {
	if *values == nil {
		*values = map[string]annotate.Value{}
	}
	if set {
		(*values)[name] = v
	} else {
		delete(*values, name)
	}
}

// SetNote sets the note of a span, relation or record; empty removes it.
func (s *Session) SetNote(id annotate.ID, note string) error {
	return s.change(id, func(_ *map[string]annotate.Value, _, n *string) { *n = note })
}

// ToggleFlag sets a flag on the focused annotation, or without a focus on the
// document; if it is set already, it takes it away.
func (s *Session) ToggleFlag(flag string) error {
	return s.setFlag(func(set string) string {
		if set == flag {
			return ""
		}
		return flag
	})
}

// CycleFlag sets the next of the scheme's flags on the focused annotation, or
// none after the last one; without a focus, on the document.
func (s *Session) CycleFlag() error {
	return s.setFlag(func(set string) string {
		flags := []string{""}
		for _, f := range s.scheme.Flags {
			flags = append(flags, f.Name)
		}
		return flags[(slices.Index(flags, set)+1)%len(flags)]
	})
}

func (s *Session) setFlag(next func(string) string) error {
	if s.focused == "" {
		after := s.layer.Assessment.Clone()
		after.Flag = next(after.Flag)
		return s.edit(s.assessmentChange(after))
	}
	return s.change(s.focused, func(_ *map[string]annotate.Value, flag, _ *string) { *flag = next(*flag) })
}

// change edits the attributes, flag and note of a span, relation or record.
func (s *Session) change(id annotate.ID, f func(attributes *map[string]annotate.Value, flag, note *string)) error {
	if span := s.layer.Span(id); span != nil {
		after := span.Clone()
		f(&after.Attributes, &after.Flag, &after.Note)
		return s.edit(revision(span, after))
	}
	if r := s.layer.Relation(id); r != nil {
		after := r.Clone()
		f(&after.Attributes, &after.Flag, &after.Note)
		return s.edit(revision(r, after))
	}
	if r := s.layer.Record(id); r != nil {
		after := r.Clone()
		f(&after.Attributes, &after.Flag, &after.Note)
		return s.edit(revision(r, after))
	}
	return s.fail(annotate.Errorf(annotate.NotFound, "the annotation is gone"))
}

// SetDocumentLabel sets or, with set false, clears a document attribute.
func (s *Session) SetDocumentLabel(name string, v annotate.Value, set bool) error {
	after := s.layer.Assessment.Clone()
	before := maps.Clone(after.Labels)
	put(&after.Labels, name, v, set)
	annotate.Settle(s.scheme.Document, before, after.Labels)
	if after.Status == annotate.New {
		after.Status = annotate.InProgress
	}
	return s.edit(s.assessmentChange(after))
}

// SetDocumentNote sets the annotator's note on the document.
func (s *Session) SetDocumentNote(note string) error {
	after := s.layer.Assessment.Clone()
	after.Note = note
	return s.edit(s.assessmentChange(after))
}

// SetStatus says how far the annotator is with the document.
func (s *Session) SetStatus(status annotate.Status) error {
	if s.layer.Status() == status && !s.Behind() {
		return nil
	}
	return s.Move(Move{Annotator: s.layerName(), To: status}, "")
}

// andMore says that a violation is the first of n.
func andMore(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(", and %d more", n-1)
}

// Finish marks the document done and opens the next one to do. Where something is missing
// it says so the first time, and does it the second. Who only reviews goes on to the next.
func (s *Session) Finish() error {
	s.emit(Event{Kind: Leaving})
	if s.onlyReviews() {
		return s.NextTask()
	}
	if _, missing := s.audit.Unfinished(); len(missing) > 0 && s.warned != s.document.ID && s.layer.Status().Base() != annotate.Done {
		s.warned = s.document.ID
		s.Show(missing[0].Entity)
		s.tell(fmt.Sprintf("Not complete: %s%s. Once more marks it done all the same.", missing[0].Sentence, andMore(len(missing))))
		return nil
	}
	if n := s.undecided(); n > 0 && s.warned != s.document.ID && s.layer.Status().Base() != annotate.Done {
		s.warned = s.document.ID
		s.tell(fmt.Sprintf("Not complete: %d open here. Once more marks it done all the same.", n))
		return nil
	}
	if err := s.finish(); err != nil {
		return err
	}
	go func() { // the search must see this one done, and the window must not wait for the disk
		if s.writer.wait() == nil { // else the refusal has been told, and the document stays
			s.post(func() { _ = s.NextTask() }) // told to the person by NextTask itself
		}
	}()
	return nil
}

// finish marks the document done, unless that has been judged already.
func (s *Session) finish() error {
	if status := s.layer.Status(); status == annotate.InReview || status == annotate.Final {
		return nil
	}
	return s.SetStatus(annotate.Done)
}

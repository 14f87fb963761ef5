package session

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
)

// AddConcept makes a concept of that kind and name.
func (s *Session) AddConcept(kind, name string) (*annotate.Concept, error) {
	c := annotate.NewConcept(kind, strings.Join(strings.Fields(name), " "))
	return c, s.register(creation(c))
}

// SetConcept gives a concept another name, kind, note or other aliases.
func (s *Session) SetConcept(after *annotate.Concept) error {
	before := s.concepts.Get(after.ID)
	if before == nil {
		return s.fail(annotate.Errorf(annotate.NotFound, "the concept %s is gone", after.Name))
	}
	return s.register(revision(before, after))
}

// register makes changes of concepts, which need no document.
func (s *Session) register(changes ...annotate.Change) error {
	for i := range changes {
		if c, ok := changes[i].After.(*annotate.Concept); ok {
			if err := c.Check(); err != nil {
				return s.fail(err)
			}
		}
	}
	return s.edit(changes...)
}

// registers reports whether changes are of concepts alone.
func registers(changes []annotate.Change) bool {
	return !slices.ContainsFunc(changes, func(c annotate.Change) bool {
		return c.EntityKind() != annotate.ConceptEntity && c.EntityKind() != annotate.MemberEntity
	})
}

// Merge says that some concepts are the same as the one of id into, which from now on
// stands for them. Their links and names stay theirs, so that they can be told apart again.
func (s *Session) Merge(into annotate.ID, ids ...annotate.ID) error {
	stays := s.concepts.Concept(into)
	if stays == nil {
		return s.fail(annotate.Errorf(annotate.NotFound, "the concept to merge into is gone"))
	}
	var changes []annotate.Change
	var names []string
	for _, id := range ids {
		c := s.concepts.Concept(id)
		if c == nil || c.ID == stays.ID {
			continue
		}
		after := c.Clone()
		after.Into = stays.ID
		changes = append(changes, revision(c, after))
		names = append(names, "“"+c.Name+"”")
	}
	if len(changes) == 0 {
		s.tell("Choose two concepts: these are one already.")
		return nil
	}
	if stays.Into != "" { // it stands although it leads in a circle, which ends here
		after := stays.Clone()
		after.Into = ""
		changes = append(changes, revision(stays, after))
	}
	if err := s.register(changes...); err != nil {
		return err
	}
	s.tell(fmt.Sprintf("%s is now the same as “%s”.", strings.Join(names, ", "), stays.Name))
	return nil
}

// Unmerge makes a concept that was merged into another one of its own again, with all
// that is linked to it.
func (s *Session) Unmerge(id annotate.ID) error {
	c := s.concepts.Get(id)
	if c == nil || c.Into == "" {
		s.tell("This concept is not merged into another.")
		return nil
	}
	after := c.Clone()
	after.Into = ""
	return s.register(revision(c, after))
}

// DeleteConcept deletes a concept. Where the annotator's own annotations are linked to
// it, it says so the first time, and unlinks them too the second; where other people's
// are, it refuses. What is linked is read on another goroutine.
func (s *Session) DeleteConcept(id annotate.ID) {
	family := s.concepts.Family(id)
	if len(family) == 0 {
		return
	}
	c := family[0]
	if len(family) > 1 {
		s.tell(fmt.Sprintf("“%s” was merged into “%s”; take that back first.", family[1].Name, c.Name))
		return
	}
	s.linked(c.ID, func(linked []annotate.State) {
		if s.concepts.Get(c.ID) != c { // changed meanwhile
			return
		}
		changes := make([]annotate.Change, 0, len(linked)+1)
		for _, state := range linked {
			change, owner := unlinked(state, c.ID)
			if owner != s.annotator {
				_ = s.fail(annotate.Errorf(annotate.Conflict, "“%s” cannot be deleted: %s has linked annotations to it", c.Name, owner))
				return
			}
			changes = append(changes, change)
		}
		if len(linked) > 0 && s.dooming != c.ID {
			s.dooming = c.ID
			s.tell(fmt.Sprintf("“%s” is linked to %s. Delete once more unlinks and deletes it.", c.Name, counted(len(linked), "annotation")))
			return
		}
		changes = append(changes, annotate.Change{Before: c})
		if s.edit(changes...) == nil {
			s.tell(fmt.Sprintf("Deleted “%s”; undo brings it back.", c.Name))
		}
	})
}

// counted returns a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// linked reads what is linked to a concept, once every edit so far is committed, on
// another goroutine and hands it to take on this one.
func (s *Session) linked(id annotate.ID, take func([]annotate.State)) {
	project := s.project
	go func() {
		if s.writer.wait() != nil {
			return // told already, and editing waits
		}
		found, err := project.Linked(id)
		s.post(func() {
			if err != nil {
				_ = s.fail(err)
				return
			}
			take(found)
		})
	}()
}

// unlinked returns the change that takes the links to a concept away, and whose annotation it is.
func unlinked(state annotate.State, id annotate.ID) (c annotate.Change, owner string) {
	return relinked(state, []annotate.ID{id}, "")
}

// relinked returns the change that makes the links to some concepts links to another, or
// takes them away where that is "", and whose annotation it is. Without such links the
// change is empty.
func relinked(state annotate.State, from []annotate.ID, to annotate.ID) (c annotate.Change, owner string) {
	links := 0
	relink := func(values map[string]annotate.Value) {
		for name, v := range values {
			if id, ok := v.Text(); !ok || !slices.Contains(from, annotate.ID(id)) {
				continue
			}
			links++
			if to == "" {
				delete(values, name)
			} else {
				values[name] = annotate.Text(string(to))
			}
		}
	}
	switch e := state.(type) {
	case *annotate.Span:
		after := e.Clone()
		relink(after.Attributes)
		c, owner = revision(e, after), e.Annotator
	case *annotate.Relation:
		after := e.Clone()
		relink(after.Attributes)
		c, owner = revision(e, after), e.Annotator
	case *annotate.Record:
		after := e.Clone()
		relink(after.Attributes)
		c, owner = revision(e, after), e.Annotator
	case *annotate.Assessment:
		after := e.Clone()
		relink(after.Labels)
		c, owner = revision(e, after), e.Annotator
	}
	if links == 0 {
		c = annotate.Change{}
	}
	return c, owner
}

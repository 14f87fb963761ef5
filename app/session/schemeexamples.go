package session

import (
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/store"
)

// Examples are real annotations of labels, read on another goroutine and remembered
// until something is edited.
type Examples struct {
	session *Session
	read    map[string][]store.Mention // by the names of the label that are in use
	told    func()
}

// examplesShown is how many of them are read.
const examplesShown = 4

// NewExamples returns a memory of examples; told is called when some were read.
func (s *Session) NewExamples(told func()) *Examples {
	x := &Examples{session: s, told: told, read: map[string][]store.Mention{}}
	s.Subscribe(func(e Event) {
		if e.Is(Edited | SchemeChanged) {
			x.read = map[string][]store.Mention{}
		}
	})
	return x
}

// Of returns spans of a label of a draft with what stands around them; nothing before
// they are read. A label that is not in use yet has none.
func (x *Examples) Of(d *SchemeDraft, l *annotate.SpanLabel) []store.Mention {
	names := slices.DeleteFunc(append(slices.Clone(l.Formerly), l.Label), func(name string) bool { return d.from.Span(name) == nil })
	key := strings.Join(names, "\n")
	if found, asked := x.read[key]; asked || len(names) == 0 {
		return found
	}
	x.read[key] = nil
	read, project, whose := x.read, x.session.project, x.session.seen()
	go func() {
		found, err := project.Examples(whose, examplesShown, names...)
		x.session.post(func() {
			if err == nil && len(found) > 0 {
				read[key] = found
				x.told()
			}
		})
	}()
	return nil
}

package session

import (
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// Examples are real annotations of a label, read on another goroutine and remembered
// until something is edited.
type Examples struct {
	session *Session
	read    map[string][]store.Mention // by the label's name in the draft
	asked   map[string]bool
	told    func()
}

// examplesShown is how many of them are read.
const examplesShown = 4

// NewExamples returns a memory of examples; told is called when some were read.
func (s *Session) NewExamples(told func()) *Examples {
	x := &Examples{session: s, told: told}
	x.forget()
	s.Subscribe(func(e Event) {
		if e.Is(Edited | SchemeChanged) {
			x.forget()
		}
	})
	return x
}

func (x *Examples) forget() {
	x.read, x.asked = map[string][]store.Mention{}, map[string]bool{}
}

// Of returns spans of a label of a draft, with what stands around them; nothing before they are read.
func (x *Examples) Of(l *annotate.SpanLabel) []store.Mention {
	if l.Label == "" || x.asked[l.Label] {
		return x.read[l.Label]
	}
	x.asked[l.Label] = true
	asked, read, label, names := x.asked, x.read, l.Label, append(slices.Clone(l.Formerly), l.Label)
	project := x.session.project
	go func() {
		found, err := project.Examples(examplesShown, names...)
		x.session.post(func() {
			if err == nil && len(found) > 0 && asked[label] {
				read[label] = found
				x.told()
			}
		})
	}()
	return nil
}

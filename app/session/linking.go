package session

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/store"
)

// Offer is a concept that an annotation can be linked to, or one that can be made for it.
type Offer struct {
	Concept  *annotate.Concept // nil for one to be made
	Kind     string            // of the one to be made
	Name     string
	By       string // the alias it was found by, "" if by its name
	Before   bool   // annotations of the same words are linked to it
	Mentions int
}

// offersShown is how many concepts are offered at once.
const offersShown = 7

// links is what the project says of links, read on another goroutine and kept until
// something is committed; what is known serves until it was read again.
type links struct {
	counts      map[annotate.ID]int // spans linked to each concept
	before      map[string][]annotate.ID
	habits      habits
	fresh       map[string]bool // words whose before is up to date; countsKey for counts, habitsKey for habits
	asked       map[string]bool
	generations int
}

const countsKey = "\x00"

func newLinks() links {
	return links{before: map[string][]annotate.ID{}, fresh: map[string]bool{}, asked: map[string]bool{}}
}

// age notes that what is known may have changed. It reports whether anything was.
func (l *links) age() bool {
	known := len(l.fresh) > 0
	clear(l.fresh)
	l.generations++
	return known
}

// ask has something read unless it is known or being read. Linked tells when it is there.
func (s *Session) ask(key string, read func(*store.Project) (take func(), err error)) {
	l := &s.links
	if l.fresh[key] || l.asked[key] {
		return
	}
	l.asked[key] = true
	project, generation := s.project, l.generations
	go func() {
		take, err := read(project)
		s.post(func() {
			delete(l.asked, key)
			if err != nil {
				if project == s.project {
					_ = s.fail(err)
				}
				return
			}
			take()
			l.fresh[key] = generation == l.generations
			s.emit(Event{Kind: Linked})
		})
	}()
}

// linkedBefore returns what annotations of the same words are linked to, as far as that is known.
func (s *Session) linkedBefore(words string) []annotate.ID {
	words = annotate.Fold(words)
	if words == "" {
		return nil
	}
	whose := s.seen()
	s.ask(words, func(p *store.Project) (func(), error) {
		ids, err := p.LinkedBefore(whose, words, offersShown)
		return func() { s.links.before[words] = ids }, err
	})
	return s.links.before[words]
}

// PrepareOffers has what annotations of the same words are linked to read, so that it is
// known when it is asked for.
func (s *Session) PrepareOffers(words string) { s.linkedBefore(words) }

// MentionCount returns how many spans are linked to a concept, or to those merged into
// it, as far as that is known.
func (s *Session) MentionCount(id annotate.ID) int {
	whose := s.seen()
	s.ask(countsKey, func(p *store.Project) (func(), error) {
		counts, err := p.CountMentions(whose)
		return func() { s.links.counts = counts }, err
	})
	n := 0
	for _, c := range s.concepts.Family(id) {
		n += s.links.counts[c.ID]
	}
	return n
}

// LinkedName returns the name of the concept that a value names, and what is to be shown
// of other values.
func (s *Session) LinkedName(v annotate.Value) string {
	if id, ok := v.Text(); ok {
		if c := s.concepts.Concept(annotate.ID(id)); c != nil {
			return c.Name
		}
	}
	return v.String()
}

// ConceptOf returns the concept that a span is linked to, by the first of its attributes
// that links it to one; nil if none does.
func (s *Session) ConceptOf(span *annotate.Span) *annotate.Concept {
	for _, def := range s.scheme.AttributesOf(span.Label) {
		if id, ok := span.Attributes[def.Name].Text(); ok && def.Kind == annotate.ConceptKind {
			if c := s.concepts.Concept(annotate.ID(id)); c != nil {
				return c
			}
		}
	}
	return nil
}

// Offers returns what an attribute of kind concept can be linked to, the likeliest first:
// without anything typed the concepts that the words covered name or contain, or that
// were linked to the same words; else those that the letters typed match, those just
// named before others. Concepts that can be made come last.
func (s *Session) Offers(def *annotate.Attribute, words, typed string) []Offer {
	words = strings.Join(strings.Fields(words), " ")
	typed = strings.Join(strings.Fields(typed), " ")
	var offers []Offer
	known := map[annotate.ID]bool{}
	likely := s.likely(def, words, known)
	if typed == "" {
		offers = likely
	} else {
		known = map[annotate.ID]bool{}
		found := s.concepts.Find(typed, def.Of...)
		for _, o := range likely {
			if i := slices.IndexFunc(found, func(f annotate.Found) bool { return f.ID == o.Concept.ID }); i >= 0 {
				known[o.Concept.ID] = true
				o.By = found[i].By
				offers = append(offers, o)
			}
		}
		offers = append(offers, s.offers(found, known)...)
	}
	offers = offers[:min(len(offers), offersShown)]
	for i := range offers {
		offers[i].Mentions = s.MentionCount(offers[i].Concept.ID)
	}
	return append(offers, s.fresh(def, words, typed)...)
}

// likely returns the concepts that words speak of, as far as they tell.
func (s *Session) likely(def *annotate.Attribute, words string, known map[annotate.ID]bool) []Offer {
	if words == "" {
		return nil
	}
	var before []Offer
	for _, id := range s.linkedBefore(words) {
		if c := s.concepts.Concept(id); c != nil && (len(def.Of) == 0 || slices.Contains(def.Of, c.Kind)) {
			before = append(before, Offer{Concept: c, Name: c.Name, Before: true})
		}
	}
	named := s.concepts.Find(words, def.Of...)
	exact := 0
	for exact < len(named) && named[exact].Exact {
		exact++
	}
	offers := s.offers(named[:exact], known)
	for _, o := range before {
		if i := slices.IndexFunc(offers, func(known Offer) bool { return known.Concept.ID == o.Concept.ID }); i >= 0 {
			offers[i].Before = true
		} else {
			known[o.Concept.ID] = true
			offers = append(offers, o)
		}
	}
	offers = append(offers, s.offers(named[exact:], known)...)
	return append(offers, s.offers(s.concepts.Within(words, def.Of...), known)...)
}

// offers returns those concepts found that are not known yet.
func (s *Session) offers(found []annotate.Found, known map[annotate.ID]bool) []Offer {
	var offers []Offer
	for _, f := range found {
		if !known[f.ID] {
			known[f.ID] = true
			offers = append(offers, Offer{Concept: f.Concept, Name: f.Name, By: f.By})
		}
	}
	return offers
}

// longestName is how many characters of what a span covers become the name of a concept.
const longestName = 80

// fresh offers to make a concept of the words covered, where what was typed begins them,
// and of what was typed; of each admissible kind.
func (s *Session) fresh(def *annotate.Attribute, words, typed string) []Offer {
	kinds := def.Of
	if len(kinds) == 0 {
		kinds = s.scheme.Concepts
	}
	if len(kinds) == 0 {
		kinds = []string{""}
	}
	var names []string
	if words != "" && (typed == "" || annotate.Fold(typed) != annotate.Fold(words) && strings.HasPrefix(annotate.Fold(words), annotate.Fold(typed))) {
		names = append(names, annotate.Excerpt(words, longestName)) // which takes fewer letters
	}
	if typed != "" {
		names = append(names, typed)
	}
	var offers []Offer
	for _, name := range names {
		for _, kind := range kinds {
			offers = append(offers, Offer{Name: name, Kind: kind})
		}
	}
	return offers
}

// Link has set give an attribute the value that links it to what was offered. A concept
// that is not there yet is made in the same step.
func (s *Session) Link(o Offer, set func(annotate.Value)) {
	s.together(func() {
		concept := o.Concept
		if concept == nil {
			concept = annotate.NewConcept(o.Kind, o.Name)
			s.ahead = []annotate.Change{creation(concept)}
			s.concepts.Apply(&s.ahead[0]) // so that the link is not taken to lead nowhere
		}
		set(annotate.Text(string(concept.ID)))
		if refused := s.ahead; refused != nil {
			s.ahead = nil
			back := refused[0].Invert()
			s.concepts.Apply(&back)
			return
		}
		if !s.message.Error {
			s.tell(fmt.Sprintf("Linked to “%s”.", concept.Name))
		}
	})
}

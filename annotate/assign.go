package annotate

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// Distribution says how documents are to be shared out among annotators.
type Distribution struct {
	Annotators []string
	Overlap    int // how many annotators label each document, at least 1
	Documents  int // how many documents are to be labelled in all, those assigned already among them; 0 for all
	Seed       uint64
}

// Check reports the first thing that makes d impossible.
func (d *Distribution) Check() error {
	seen := map[string]bool{}
	for _, name := range d.Annotators {
		if name == "" || seen[name] {
			return Errorf(Invalid, "annotator %q is empty or named twice", name)
		}
		if name == AdjudicatedLayer {
			return Errorf(Invalid, "%s is the layer of what was decided, and nobody’s name", name)
		}
		seen[name] = true
	}
	switch {
	case len(d.Annotators) == 0:
		return Errorf(Invalid, "there is nobody to assign documents to")
	case d.Overlap < 1:
		return Errorf(Invalid, "each document needs at least one annotator, not %d", d.Overlap)
	case d.Overlap > len(d.Annotators):
		return Errorf(Invalid, "%d annotators cannot label each document %d times", len(d.Annotators), d.Overlap)
	case d.Documents < 0:
		return Errorf(Invalid, "the number of documents must be 0 or more, not %d", d.Documents)
	}
	return nil
}

// Assign returns the assignments that are missing for a distribution; those held
// already stay and count. Which documents and who follows from the seed and from
// what the documents are called. Each document gets those who have the fewest so
// far, so that nobody has more than one document more than another unless what is
// held makes them.
func (d *Distribution) Assign(documents []*Document, held []*Assignment) []*Assignment {
	s := &sharing{Distribution: d, load: map[string]int{}, has: map[ID]map[string]bool{}}
	for _, a := range held {
		s.give(a.Document, a.Annotator)
	}
	var made []*Assignment
	for _, doc := range s.chosen(documents) {
		for range d.Overlap - s.count(doc.ID) {
			name := slices.MinFunc(s.free(doc.ID), func(a, b string) int {
				return cmp.Or(cmp.Compare(s.load[a], s.load[b]), cmp.Compare(d.draw(doc, a), d.draw(doc, b)))
			})
			s.give(doc.ID, name)
			made = append(made, &Assignment{Document: doc.ID, Annotator: name})
		}
	}
	s.level(made)
	return made
}

// draw returns the number that decides between equals: one drawn with the seed for
// the document, or for the document and an annotator.
func (d *Distribution) draw(doc *Document, annotator string) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q %q", d.Seed, doc.Name, annotator))
	return binary.BigEndian.Uint64(sum[:])
}

// sharing is a distribution under way.
type sharing struct {
	*Distribution
	load map[string]int // documents of each annotator
	has  map[ID]map[string]bool
}

func (s *sharing) give(document ID, name string) {
	if s.has[document] == nil {
		s.has[document] = map[string]bool{}
	}
	s.has[document][name] = true
	s.load[name]++
}

// count returns how many of the distribution's annotators have a document.
func (s *sharing) count(document ID) int { return len(s.Annotators) - len(s.free(document)) }

// free returns the annotators who do not have a document.
func (s *sharing) free(document ID) []string {
	var names []string
	for _, name := range s.Annotators {
		if !s.has[document][name] {
			names = append(names, name)
		}
	}
	return names
}

// chosen returns the documents to be labelled: those of which somebody has one first,
// then as the seed has it.
func (s *sharing) chosen(documents []*Document) []*Document {
	order := slices.Clone(documents)
	slices.SortFunc(order, func(a, b *Document) int {
		return cmp.Or(cmp.Compare(s.draw(a, ""), s.draw(b, "")), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(order, func(a, b *Document) int { return min(s.count(b.ID), 1) - min(s.count(a.ID), 1) })
	if s.Documents > 0 && s.Documents < len(order) {
		order = order[:s.Documents]
	}
	return order
}

// level hands new assignments on until nobody has two documents more than somebody
// they could be handed to, directly or through others.
func (s *sharing) level(made []*Assignment) {
	for s.uneven() && s.handOn(made) {
	}
}

func (s *sharing) uneven() bool {
	byLoad := func(a, b string) int { return cmp.Compare(s.load[a], s.load[b]) }
	return s.load[slices.MaxFunc(s.Annotators, byLoad)]-s.load[slices.MinFunc(s.Annotators, byLoad)] >= 2
}

// handOn finds a way from one annotator to another who has at least two documents
// less, along which each can hand one new assignment to the next, and takes it.
func (s *sharing) handOn(made []*Assignment) bool {
	for _, from := range s.Annotators {
		by := map[string]*Assignment{from: nil} // annotator → what they would be handed
		for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
			for _, a := range made {
				if a.Annotator != queue[0] {
					continue
				}
				for _, to := range s.free(a.Document) {
					if _, seen := by[to]; seen {
						continue
					}
					by[to] = a
					if s.load[from]-s.load[to] >= 2 {
						s.pass(by, to)
						return true
					}
					queue = append(queue, to)
				}
			}
		}
	}
	return false
}

// pass hands assignments on along the way that ends at to.
func (s *sharing) pass(by map[string]*Assignment, to string) {
	for a := by[to]; a != nil; a = by[to] {
		from := a.Annotator
		s.load[from]--
		delete(s.has[a.Document], from)
		s.give(a.Document, to)
		a.Annotator, to = to, from
	}
}

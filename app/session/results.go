package session

import (
	"context"

	"spanwright/annotate"
	"spanwright/store"
)

// results is what one search found so far.
type results struct {
	pattern  *annotate.Pattern
	total    int
	searched int
	running  bool
	stopped  bool
	pages    []resultPage
	held     map[int][]store.TextMatch // what pages say, of those looked at last
	fetching map[int]bool
	ctx      context.Context
	stop     context.CancelFunc
}

// resultPage is what was found in documents that follow each other.
type resultPage struct {
	from, to        store.Place
	documents, hits int
	first, rows     int
}

func newResults(words string, total int) *results {
	r := &results{pattern: annotate.NewPattern(words), total: total, held: map[int][]store.TextMatch{}, fetching: map[int]bool{}}
	r.ctx, r.stop = context.WithCancel(context.Background())
	return r
}

func (r *results) words() string { return r.pattern.Words() }

func (r *results) query(hits int) store.TextQuery {
	return store.TextQuery{Pattern: r.pattern, Hits: hits}
}

func rowsOf(m *store.TextMatch) int { return 1 + min(m.Count, hitRows) }

func newPage(s store.Stretch) resultPage {
	p := resultPage{from: s.From, to: s.To, documents: len(s.Matches)}
	for i := range s.Matches {
		p.hits += s.Matches[i].Count
		p.rows += rowsOf(&s.Matches[i])
	}
	return p
}

// step is some pages found one after another, as the searching goroutine hands them over.
type step struct {
	pages    []resultPage
	held     [][]store.TextMatch // of the first pages of all
	searched int
}

func (t *step) add(s store.Stretch, keep bool) {
	t.searched += s.Documents
	if len(s.Matches) == 0 {
		return
	}
	t.pages = append(t.pages, newPage(s))
	if keep {
		t.held = append(t.held, s.Matches)
	}
}

// take adds what a step found.
func (r *results) take(t step) {
	r.searched += t.searched
	for i, matches := range t.held {
		r.held[len(r.pages)+i] = matches
	}
	n := len(r.pages)
	r.pages = append(r.pages, t.pages...)
	r.number(n)
}

// number gives pages their rows, from the p-th on.
func (r *results) number(p int) {
	first := 0
	if p > 0 {
		first = r.pages[p-1].first + r.pages[p-1].rows
	}
	for ; p < len(r.pages); p++ {
		r.pages[p].first = first
		first += r.pages[p].rows
	}
}

// hold keeps what a page says, and drops what is furthest from it if that is too much.
func (r *results) hold(p int, matches []store.TextMatch) {
	if len(r.held) >= pagesHeld {
		furthest := p
		for other := range r.held {
			if distance(other, p) > distance(furthest, p) {
				furthest = other
			}
		}
		delete(r.held, furthest)
	}
	r.held[p] = matches
}

func distance(a, b int) int { return max(a-b, b-a) }

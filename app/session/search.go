package session

import (
	"context"
	"errors"
	"sort"
	"sync"
	"time"

	"spanwright/annotate"
	"spanwright/store"
)

// Search looks for words in every document and holds what is found as the rows of a
// list: of each document a row with its name, then rows for its first hits. It goes
// through the whole project at once, which gives the number of rows, but holds only
// the rows looked at last; others are read again. Searched tells of each step.
type Search struct {
	session *Session
	shown   *results
	coming  *results // takes the place of shown once complete, nil if nothing does
	readers sync.WaitGroup
}

// SearchState says how far a search is.
type SearchState struct {
	Words           string // "" before the first search
	Running         bool
	Stopped         bool // before everything was searched
	Searched, Total int  // documents; Total is 0 while it is not known
	Documents, Hits int  // found
}

// SearchRow is one row of what was found.
type SearchRow struct {
	Document annotate.ID
	Name     string        // of the document
	Count    int           // hits in it, in the row that heads the document; 0 in others
	Hit      store.TextHit // the first one in the row that heads the document
	More     int           // where the row stands for several hits, how many; Hit is the first of them
}

// hitRows is how many rows a document has besides its own. The last one stands for
// all further hits where there are more.
const hitRows = 4

func newSearch(s *Session) *Search {
	return &Search{session: s, shown: newResults("", 0)}
}

// Search returns the search through all documents.
func (s *Session) Search() *Search { return s.search }

// Find looks for words from now on and for nothing else; "" for nothing at all.
func (q *Search) Find(words string) {
	q.Stop()
	q.coming = nil
	q.shown = newResults(words, q.session.list.Progress().Total)
	q.run(q.shown)
	q.session.emit(Event{Kind: Searched})
}

// Refresh searches again, as documents may have come, gone or changed. What was
// found stays until that is done.
func (q *Search) Refresh() {
	switch {
	case q.shown.words() == "":
	case q.shown.running:
		q.Find(q.shown.words())
	default:
		if q.coming != nil {
			q.coming.stop()
		}
		q.coming = newResults(q.shown.words(), q.session.list.Progress().Total)
		q.run(q.coming)
	}
}

// Stop ends the search under way. What it found stays.
func (q *Search) Stop() {
	q.shown.stop()
	if q.coming != nil {
		q.coming.stop()
	}
}

// State returns how far the search is.
func (q *Search) State() SearchState {
	r := q.shown
	state := SearchState{Words: r.words(), Running: r.running, Stopped: r.stopped, Searched: r.searched, Total: max(r.total, r.searched)}
	for i := range r.pages {
		state.Documents += r.pages[i].documents
		state.Hits += r.pages[i].hits
	}
	return state
}

// Len returns how many rows there are so far.
func (q *Search) Len() int {
	if n := len(q.shown.pages); n > 0 {
		return q.shown.pages[n-1].first + q.shown.pages[n-1].rows
	}
	return 0
}

// Row returns the i-th row; ok is false while it is being read.
func (q *Search) Row(i int) (row SearchRow, ok bool) {
	r := q.shown
	p := sort.Search(len(r.pages), func(p int) bool { return r.pages[p].first+r.pages[p].rows > i })
	if p == len(r.pages) {
		return row, false
	}
	matches, held := r.held[p]
	if !held {
		q.fetch(r, p)
		return row, false
	}
	i -= r.pages[p].first
	for k := range matches {
		m := &matches[k]
		n := rowsOf(m)
		if i >= n {
			i -= n
			continue
		}
		row = SearchRow{Document: m.ID, Name: m.Name, Hit: m.Hits[max(0, i-1)]}
		switch {
		case i == 0:
			row.Count = m.Count
		case i == hitRows && m.Count > hitRows:
			row.More = m.Count - hitRows + 1
		}
		return row, true
	}
	return row, false
}

// Open opens the document of the i-th row and selects the hit. It reports whether
// the row was there.
func (q *Search) Open(i int) bool {
	row, ok := q.Row(i)
	if ok {
		q.session.openHit(row.Document, q.shown.pattern, row.Hit.Fragment)
	}
	return ok
}

// close ends every search and waits for it.
func (q *Search) close() {
	q.Stop()
	q.readers.Wait()
}

// openHit makes a document current and selects a hit in it.
func (s *Session) openHit(id annotate.ID, pattern *annotate.Pattern, hit annotate.Fragment) {
	show := func() {
		text := s.body.Text()
		for f := range pattern.All(text[min(hit.Start, len(text)):min(hit.End, len(text))]) {
			if f.Len() == hit.Len() {
				s.selectHit(hit)
				return
			}
		}
		s.Find(pattern.Words(), true) // the text has changed since
	}
	if s.document != nil && s.document.ID == id && s.awaited == "" {
		show()
		return
	}
	s.read(id, func(c content) {
		s.together(func() {
			s.install(c, "")
			show()
		})
	})
}

// OpenPlace makes a document current and selects a place in it.
func (s *Session) OpenPlace(id annotate.ID, place annotate.Fragment) {
	show := func() {
		if place.End <= len(s.body.Text()) && !place.Empty() {
			s.selectHit(place)
		}
	}
	if s.document != nil && s.document.ID == id && s.awaited == "" {
		show()
		return
	}
	s.read(id, func(c content) {
		s.together(func() {
			s.install(c, "")
			show()
		})
	})
}

// stepTime is the time between two steps: as often as the eye follows.
const stepTime = 50 * time.Millisecond

// run searches through everything on another goroutine.
func (q *Search) run(r *results) {
	if r.words() == "" {
		return
	}
	r.running = true
	project := q.session.project
	q.readers.Go(func() {
		var next step
		var told time.Time
		pages := 0
		query := r.query(hitRows)
		full := errors.New("as many as are held")
		take := func(s store.Stretch) error {
			query.From = s.To
			next.add(s, pages < pagesHeld)
			if len(s.Matches) > 0 {
				pages++
			}
			if time.Since(told) > stepTime {
				found := next
				q.session.post(func() { q.found(r, found) })
				next, told = step{}, time.Now()
			}
			if pages == pagesHeld && query.Hits > 0 && s.To != (store.Place{}) {
				return full
			}
			return nil
		}
		err := project.SearchTexts(r.ctx, query, take)
		if errors.Is(err, full) {
			query.Hits = 0 // what is not held is only counted
			err = project.SearchTexts(r.ctx, query, take)
		}
		q.session.post(func() { q.ended(r, next, err) })
	})
}

func (q *Search) found(r *results, t step) {
	r.take(t)
	if r == q.shown {
		q.session.emit(Event{Kind: Searched})
	}
}

func (q *Search) ended(r *results, t step, err error) {
	r.take(t)
	r.running, r.stopped = false, err != nil
	switch {
	case r == q.coming && err == nil:
		q.shown, q.coming = r, nil
	case r == q.coming:
		q.coming = nil
	case r != q.shown:
		return
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		q.session.fail(err)
	}
	q.session.emit(Event{Kind: Searched})
}

// fetch reads a page again.
func (q *Search) fetch(r *results, p int) {
	if r.fetching[p] {
		return
	}
	r.fetching[p] = true
	project := q.session.project
	query := r.query(hitRows)
	query.From, query.To = r.pages[p].from, r.pages[p].to
	q.readers.Go(func() {
		var matches []store.TextMatch
		err := project.SearchTexts(context.Background(), query, func(s store.Stretch) error {
			matches = append(matches, s.Matches...)
			return nil
		})
		q.session.post(func() {
			delete(r.fetching, p)
			if r != q.shown {
				return
			}
			if err != nil {
				q.session.fail(err)
				return
			}
			r.pages[p] = newPage(store.Stretch{From: query.From, To: query.To, Matches: matches})
			r.number(p)
			r.hold(p, matches)
			q.session.emit(Event{Kind: Searched})
		})
	})
}

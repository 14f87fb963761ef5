package session

import (
	"strings"

	"spanwright/app/adjudicate"
	"spanwright/store"
)

// pageSize is how many rows are read from the project at once.
const pageSize = 100

// List is the list of documents, filtered, as the window scrolls through it. It
// holds only the pages that were looked at; a page not read yet is fetched on
// another goroutine and Listed tells when it is there.
type List struct {
	session  *Session
	filter   string
	length   int
	progress store.Progress
	counted  bool // progress is what the project says now
	pages    map[int][]store.DocumentRow
	fetching map[int]bool
	epoch    int // answers to older questions are thrown away
}

func newList(s *Session) *List {
	return &List{session: s, pages: map[int][]store.DocumentRow{}, fetching: map[int]bool{}}
}

func (l *List) query() store.DocumentQuery {
	q := parseFilter(l.filter, l.session.scheme)
	q.Annotator, q.Blind, q.Judges = l.session.layerName(), l.session.blind, l.session.Judges()
	if l.session.blind && q.By != q.Annotator {
		q.By = "" // how far others are is not to be seen
	}
	if q.Differing && l.session.mayAdjudicate() != nil { // for others there is nothing of the kind
		q.Filter = DifferFilter
	}
	if ForFilter+q.Assigned == OwnFilter {
		q.Assigned = l.session.annotator
	}
	return q
}

// SetFilter shows only documents that match a typed filter: words of their names, and
// what [StateFilter] and the others ask for.
func (l *List) SetFilter(text string) {
	l.filter = text
	l.read()
}

// Filter returns the filter.
func (l *List) Filter() string { return l.filter }

// Filtered reports whether a filter hides documents.
func (l *List) Filtered() bool { return strings.TrimSpace(l.filter) != "" }

// Refresh counts again and has the pages on screen read again.
func (l *List) Refresh() {
	l.counted = false
	l.read()
}

// read has the pages on screen read through the filter; how far everything is, only if
// that may have changed since it was counted.
func (l *List) read() {
	l.epoch++
	counted := l.counted
	epoch, q, s := l.epoch, l.query(), l.session
	project, scheme, lookup := s.project, s.scheme, s.lookup()
	wanted := make([]int, 0, len(l.pages))
	for page := range l.pages {
		wanted = append(wanted, page)
	}
	if len(wanted) == 0 {
		wanted = []int{0}
	}
	go func() {
		more, err3 := false, error(nil)
		if q.Broken { // what was changed since, or never looked at, is not known yet
			more, err3 = auditSome(project, q.Annotator, scheme, lookup)
		}
		if q.Differing && err3 == nil {
			var uncounted bool
			uncounted, err3 = (&adjudicate.Reader{Project: project, Scheme: scheme, Concept: lookup.Concept}).Count()
			more = more || uncounted
		}
		var progress store.Progress
		var err2 error
		counting := make(chan struct{})
		go func() {
			defer close(counting)
			if !counted {
				progress, err2 = project.Progress(q.Annotator)
			}
		}()
		n, err := project.CountDocuments(q)
		pages := map[int][]store.DocumentRow{}
		for _, page := range wanted {
			if err == nil {
				pages[page], err = rows(project, q, page)
			}
		}
		<-counting
		s.post(func() {
			if epoch != l.epoch {
				return
			}
			for _, e := range []error{err, err2, err3} {
				if e != nil {
					s.fail(e)
					return
				}
			}
			l.length, l.pages = n, pages
			if !counted {
				l.progress, l.counted = progress, true
			}
			l.fetching = map[int]bool{}
			s.emit(Event{Kind: Listed})
			if more {
				l.Refresh()
			}
		})
	}()
}

func rows(project *store.Project, q store.DocumentQuery, page int) ([]store.DocumentRow, error) {
	q.Offset, q.Limit = page*pageSize, pageSize
	return project.Documents(q)
}

// Len returns how many documents match the filter.
func (l *List) Len() int { return l.length }

// Progress returns how many documents there are, done, in progress and flagged, whatever the filter.
func (l *List) Progress() store.Progress { return l.progress }

// Row returns the i-th document; ok is false while it is being read.
func (l *List) Row(i int) (row store.DocumentRow, ok bool) {
	page := i / pageSize
	if rows, held := l.pages[page]; held {
		if i%pageSize < len(rows) {
			return rows[i%pageSize], true
		}
		return row, false
	}
	l.fetch(page)
	return row, false
}

// pagesHeld bounds what a long scroll leaves in memory.
const pagesHeld = 20

func (l *List) fetch(page int) {
	if l.fetching[page] {
		return
	}
	l.fetching[page] = true
	epoch, q, s := l.epoch, l.query(), l.session
	project := s.project
	go func() {
		rows, err := rows(project, q, page)
		s.post(func() {
			if epoch != l.epoch {
				return
			}
			delete(l.fetching, page)
			if err != nil {
				s.fail(err)
				return
			}
			if len(l.pages) >= pagesHeld {
				clear(l.pages)
			}
			l.pages[page] = rows
			s.emit(Event{Kind: Listed})
		})
	}()
}

// Position returns the index of the current document in the list, -1 if it is not in it.
func (l *List) Position() int {
	d := l.session.document
	if d == nil {
		return -1
	}
	i, found, err := l.session.project.Position(l.query(), d.ID)
	if err != nil || !found {
		return -1
	}
	return i
}

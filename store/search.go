package store

import (
	"context"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"spanwright/annotate"
)

// Place is a place in the order in which documents were added: right behind one of
// them, which may be gone since. The zero Place is the beginning, or the end.
type Place struct {
	added int64
	id    annotate.ID
}

// TextQuery says what is looked for in which texts, and how much of it is told.
type TextQuery struct {
	Pattern  *annotate.Pattern
	From, To Place // documents behind From, up to To
	Hits     int   // at most so many hits of a document are told; all are counted
}

// TextMatch is a document whose text has the pattern.
type TextMatch struct {
	ID    annotate.ID
	Name  string
	Count int       // hits
	Hits  []TextHit // the first of them
}

// TextHit is where the pattern stands in a text, and what stands around it.
type TextHit struct {
	annotate.Fragment
	annotate.Context
}

// Stretch is what was found in some documents that follow each other.
type Stretch struct {
	From, To  Place
	Documents int // searched
	Matches   []TextMatch
}

const (
	// stretchLength is how many documents are searched at once. What is told of
	// them, of all if all have the pattern, is in memory until it is taken.
	stretchLength = 256
	// contextLength is how many characters are told on either side of a hit.
	contextLength = 60
	// mostSearchers keeps a search from taking every processor of a large computer.
	mostSearchers = 4
)

// SearchTexts looks for a pattern in the texts of documents and hands what it finds
// to take, stretch by stretch in the order the documents were added; the last one may
// be empty. It stops with ctx, and when take returns an error, and returns that error.
// What is committed while a search is under way may be found or not.
//
// Every text is read each time. That takes a fraction of a second for as many short
// ones as a project is likely to have, needs nothing to be kept up to date, and
// finds parts of words in any script.
func (p *Project) SearchTexts(ctx context.Context, q TextQuery, take func(Stretch) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	searchers := min(runtime.GOMAXPROCS(0), mostSearchers)
	group, searching := errgroup.WithContext(ctx)
	group.SetLimit(searchers + 1)
	order := make(chan chan Stretch, searchers)
	group.Go(func() error {
		defer close(order)
		return p.cut(q, func(from, to Place) error {
			found := make(chan Stretch, 1)
			select {
			case order <- found:
			case <-searching.Done():
				return searching.Err()
			}
			group.Go(func() error {
				s, err := p.searchStretch(searching, q, from, to)
				if err == nil {
					found <- s
				}
				return err
			})
			return nil
		})
	})
	for found := range order {
		select {
		case s := <-found:
			if ctx.Err() == nil {
				if err := take(s); err != nil {
					stop(err)
				}
			}
		case <-searching.Done():
		}
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return p.fault(err)
}

// cut calls do for each stretch of the documents that q asks about.
func (p *Project) cut(q TextQuery, do func(from, to Place) error) error {
	for from := q.From; ; {
		to := q.To
		args := append(bounds(from, to), stretchLength-1)
		_, err := one(p.reading, "SELECT d.added, d.id FROM document d WHERE "+between+" ORDER BY d.added, d.id LIMIT 1 OFFSET ?", args, &to.added, &to.id)
		if err != nil {
			return err
		}
		if err := do(from, to); err != nil || to == q.To {
			return err
		}
		from = to
	}
}

// between is the condition whose arguments bounds returns.
const between = "(d.added, d.id) > (?, ?) AND (d.added, d.id) <= (?, ?)"

func bounds(from, to Place) []any {
	if to == (Place{}) {
		to.added = math.MaxInt64
	}
	return []any{from.added, from.id, to.added, to.id}
}

// searchStretch searches the documents behind from, up to to.
func (p *Project) searchStretch(ctx context.Context, q TextQuery, from, to Place) (Stretch, error) {
	s := Stretch{From: from, To: to}
	// The join is crossed so that documents come in their order and none has to be sorted.
	err := each(p.reading, `SELECT d.id, d.name, t.content FROM document d CROSS JOIN text t ON t.hash = d.text
		WHERE `+between+` ORDER BY d.added, d.id`, bounds(from, to), func(scan func(...any) error) error {
		var m TextMatch
		var content string
		if err := scan(&m.ID, &m.Name, &content); err != nil {
			return err
		}
		s.Documents++
		for f := range q.Pattern.All(content) {
			if m.Count++; m.Count <= q.Hits {
				m.Hits = append(m.Hits, TextHit{f, annotate.ContextOf(content, f, contextLength)})
			}
		}
		if m.Count > 0 {
			s.Matches = append(s.Matches, m)
		}
		return ctx.Err()
	})
	return s, err
}

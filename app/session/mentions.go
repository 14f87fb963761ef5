package session

import (
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// Mentions lists the spans that are linked to one concept, of all documents and of
// everybody whose layer may be seen. It holds only the pages that were looked at last; a page not read yet is
// fetched on another goroutine, and Linked tells when it is there.
type Mentions struct {
	session  *Session
	concept  annotate.ID // "" for none
	length   int
	pages    map[int][]store.Mention
	fetching map[int]bool
	marked   map[annotate.ID]bool
	epoch    int  // answers to older questions are thrown away
	reading  bool // the first thing asked is being read; what is asked meanwhile is asked after it
	stale    bool // what is held may not be so any more
}

func newMentions(s *Session) *Mentions {
	return &Mentions{session: s, pages: map[int][]store.Mention{}, fetching: map[int]bool{}, marked: map[annotate.ID]bool{}}
}

// Mentions returns the list of what is linked to the chosen concept.
func (s *Session) Mentions() *Mentions { return s.mentions }

// Choose makes a concept the one that is looked at, with its mentions; "" for none.
func (s *Session) Choose(id annotate.ID) {
	if c := s.concepts.Concept(id); c != nil {
		id = c.ID
	} else {
		id = ""
	}
	if id == s.chosen {
		return
	}
	s.chosen = id
	if id != "" && id != s.mentions.concept {
		s.mentions.of(id)
	}
	s.emit(Event{Kind: Focused})
}

// Chosen returns the concept that is looked at, nil if none is.
func (s *Session) Chosen() *annotate.Concept {
	if s.chosen == "" {
		return nil
	}
	return s.concepts.Concept(s.chosen)
}

// of lists the mentions of another concept.
func (m *Mentions) of(id annotate.ID) {
	m.concept, m.length = id, 0
	clear(m.pages)
	clear(m.marked)
	m.refresh()
}

// Concept returns whose mentions are listed, nil if nobody's.
func (m *Mentions) Concept() *annotate.Concept { return m.session.concepts.Concept(m.concept) }

// family returns the ids whose links count.
func (m *Mentions) family() []annotate.ID {
	var ids []annotate.ID
	for _, c := range m.session.concepts.Family(m.concept) {
		ids = append(ids, c.ID)
	}
	return ids
}

// refresh counts again and has the pages that were looked at read again.
func (m *Mentions) refresh() {
	m.epoch++
	clear(m.fetching)
	if m.stale = m.reading; m.reading || m.concept == "" {
		return
	}
	m.reading = true
	wanted := make([]int, 0, len(m.pages))
	for page := range m.pages {
		wanted = append(wanted, page)
	}
	if len(wanted) == 0 {
		wanted = []int{0}
	}
	epoch, ids, s := m.epoch, m.family(), m.session
	project, whose := s.project, s.seen()
	go func() {
		n, err := project.CountMentionsOf(whose, ids...)
		pages := map[int][]store.Mention{}
		for _, page := range wanted {
			if err == nil {
				pages[page], err = project.Mentions(whose, page*mentionPage, mentionPage, ids...)
			}
		}
		s.post(func() {
			m.reading = false
			switch {
			case epoch != m.epoch:
				m.refresh()
			case err != nil:
				_ = s.fail(err)
			default:
				m.length, m.pages = n, pages
				s.emit(Event{Kind: Linked})
			}
		})
	}()
}

// mentionPage is how many mentions are read at once; each takes its document's text to be read.
const mentionPage = 50

// Len returns how many mentions there are, as far as that is known.
func (m *Mentions) Len() int {
	if m.stale && !m.reading {
		m.refresh()
	}
	return m.length
}

// Row returns the i-th mention; ok is false while it is being read.
func (m *Mentions) Row(i int) (mention store.Mention, ok bool) {
	page := i / mentionPage
	if rows, held := m.pages[page]; held {
		if i%mentionPage < len(rows) {
			return rows[i%mentionPage], true
		}
		return mention, false
	}
	m.fetch(page)
	return mention, false
}

func (m *Mentions) fetch(page int) {
	if m.fetching[page] {
		return
	}
	m.fetching[page] = true
	epoch, ids, s := m.epoch, m.family(), m.session
	project, whose := s.project, s.seen()
	go func() {
		rows, err := project.Mentions(whose, page*mentionPage, mentionPage, ids...)
		s.post(func() {
			if epoch != m.epoch {
				return
			}
			delete(m.fetching, page)
			if err != nil {
				_ = s.fail(err)
				return
			}
			if len(m.pages) >= pagesHeld {
				clear(m.pages)
			}
			m.pages[page] = rows
			s.emit(Event{Kind: Linked})
		})
	}()
}

// Marked reports whether a mention is marked to be linked to something else, and
// MarkedCount how many are.
func (m *Mentions) Marked(id annotate.ID) bool { return m.marked[id] }

// MarkedCount returns how many mentions are marked.
func (m *Mentions) MarkedCount() int { return len(m.marked) }

// Mark marks the i-th mention, or takes its mark away. Those of other people cannot be marked.
func (m *Mentions) Mark(i int) {
	row, ok := m.Row(i)
	if !ok {
		return
	}
	s := m.session
	switch {
	case row.Span.Annotator != s.annotator:
		s.tell(fmt.Sprintf("This is %s’s annotation: only %s can link it to something else.", row.Span.Annotator, row.Span.Annotator))
		return
	case m.marked[row.Span.ID]:
		delete(m.marked, row.Span.ID)
	default:
		m.marked[row.Span.ID] = true
	}
	s.emit(Event{Kind: Linked})
}

// Open opens the document of the i-th mention and focuses it; one of somebody else's is
// selected. It reports whether the row was there.
func (m *Mentions) Open(i int) bool {
	row, ok := m.Row(i)
	s := m.session
	switch {
	case !ok:
		return false
	case row.Span.Annotator == s.annotator:
		s.Reveal(row.Span.Document, row.Span.ID)
	case s.document != nil && s.document.ID == row.Span.Document && s.awaited == "":
		s.selectHit(row.Span.Extent())
	default:
		s.read(row.Span.Document, func(c content) {
			s.together(func() {
				s.install(c, "")
				s.selectHit(row.Span.Extent())
			})
		})
	}
	return true
}

// Offers returns what the marked mentions can be linked to instead.
func (m *Mentions) Offers(typed string) []Offer {
	var kinds []string
	if c := m.Concept(); c != nil && c.Kind != "" {
		kinds = []string{c.Kind}
	}
	var offers []Offer
	for _, o := range m.session.Offers(&annotate.Attribute{Of: kinds}, m.markedWords(), typed) {
		if o.Concept == nil || o.Concept != m.Concept() {
			offers = append(offers, o)
		}
	}
	return offers
}

// markedWords returns what one of the marked mentions covers, "" if none is held.
func (m *Mentions) markedWords() string {
	for _, rows := range m.pages {
		for i := range rows {
			if m.marked[rows[i].Span.ID] {
				return rows[i].Words
			}
		}
	}
	return ""
}

// Split links the marked mentions to what was offered instead of their concept, in one
// step. They are read on another goroutine, once every edit so far is committed.
func (m *Mentions) Split(o Offer) {
	s, from := m.session, m.family()
	ids := annotate.SortedKeys(m.marked)
	if len(ids) == 0 {
		s.tell("Mark mentions first: Space in their list.")
		return
	}
	project := s.project
	go func() {
		if s.writer.wait() != nil {
			return // told already, and editing waits
		}
		var spans []annotate.State
		for _, id := range ids {
			span, err := project.Span(id)
			if err == nil {
				spans = append(spans, span)
			}
		}
		s.post(func() { m.relink(spans, from, o) })
	}()
}

func (m *Mentions) relink(spans []annotate.State, from []annotate.ID, o Offer) {
	s := m.session
	to := o.Concept
	var changes []annotate.Change
	if to == nil {
		to = annotate.NewConcept(o.Kind, o.Name)
		changes = append(changes, creation(to))
	}
	from = slices.DeleteFunc(from, func(id annotate.ID) bool { return id == to.ID })
	n := len(changes)
	for _, span := range spans {
		if c, owner := relinked(span, from, to.ID); owner == s.annotator && c.After != nil {
			changes = append(changes, c)
		}
	}
	if len(changes) == n {
		return
	}
	if s.edit(changes...) == nil {
		clear(m.marked)
		s.tell(fmt.Sprintf("%s linked to “%s” instead.", counted(len(changes)-n, "mention"), to.Name))
	}
}

package session

import (
	"slices"
	"time"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/app/adjudicate"
	"spanwright/store"
)

// Session is one annotator's view of an open project.
type Session struct {
	project   *store.Project
	annotator string
	blind     bool // the layers of others are not to be seen
	team      annotate.Team
	post      func(func())
	writer    *writer
	pending   []annotate.Change // edits shown but not committed yet, in order
	saved     SaveState

	scheme *annotate.Scheme
	page
	beside       *Session           // the document beside the current one, nil if there is none
	front        *Session           // of the document beside: the session it belongs to; else nil
	drafts       map[Writing]Draft  // comments being written
	opening      int                // counts requests to open a document; only the last one counts
	awaited      annotate.ID        // the document being read, "" if none is
	overtaken    bool               // it was written to while it was being read
	concepts     *annotate.Registry // of the project
	links        links
	chosen       annotate.ID // concept that is looked at, "" if none is
	mentions     *Mentions
	ahead        []annotate.Change // what the next edit is to begin with
	revising     *SchemeDraft      // nil until the scheme is edited
	list         *List
	search       *Search
	laneView     laneView      // of the session of the current document
	adjudication *Adjudication // of the same; nil while nobody adjudicates
	timing       timing        // of the same

	armed      string
	repeat     string      // label of the last labelling
	relating   *relating   // never nil; one with the document beside
	assembling *assembling // nil when no frame is being assembled
	warned     annotate.ID // document that was said not to be complete, "" after an edit
	dooming    annotate.ID // concept that was said to have links when it was to be deleted, "" after an edit

	message     Message
	subscribers []func(Event)
	holding     int // how many calls of together are under way
	held        Event
}

// page is a document with what its annotator made of it, and where the work on it stands.
type page struct {
	document   *annotate.Document // nil when the project has none
	body       *annotate.Body
	layer      *annotate.Layer
	audit      *annotate.Audit      // never nil
	discussion *annotate.Discussion // never nil
	assigned   []string             // who is to label the document, as far as may be seen
	works      []annotate.Work      // of others on it, for whoever judges them
	selection  selection
	focused    annotate.ID
	shown      annotate.ID // record or assessment shown last
	visible    annotate.Fragment
	targets    []Target      // of the relation in progress, on screen
	near       []annotate.ID // the same, the nearest first
	lanes      []Lane
	others     []string           // who else has a layer of it, as far as may be seen
	foreign    annotate.ID        // span of a lane that has the focus, "" if none has
	across     []annotate.ID      // what is ringed in whichever lanes
	desk       *adjudication.Desk // nil unless the document is being adjudicated
	laneRead   int                // counts readings of lanes; only the last one counts

	secondsSpent int // that the annotator is known to have worked on the document
}

// Options say who works on a project and how to come back to their goroutine.
type Options struct {
	Annotator string
	// Post runs a function later on the goroutine the session belongs to.
	Post func(func())
	// Now and After, which is Post after some time, are the clock by which work on documents
	// is measured; nil for that of the computer.
	Now   func() time.Time
	After func(time.Duration, func())
}

// New returns a session on project, with no document open yet. It takes over the
// project and closes it.
func New(project *store.Project, o Options) (*Session, error) {
	if o.Annotator == annotate.AdjudicatedLayer {
		return nil, annotate.Errorf(annotate.Invalid, "%s is the layer of what was decided, and nobody’s name; open the project as yourself and adjudicate there", o.Annotator)
	}
	scheme, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	s := &Session{project: project, annotator: o.Annotator, post: o.Post, scheme: scheme, concepts: annotate.NewRegistry(), links: newLinks(), relating: &relating{}, timing: newTiming(o)}
	if err := s.readRules(); err != nil {
		return nil, err
	}
	if err := s.readConcepts(); err != nil {
		return nil, err
	}
	if err := s.readLaneChoice(); err != nil {
		return nil, err
	}
	s.list, s.search, s.mentions = newList(s), newSearch(s), newMentions(s)
	s.clearDocument()
	s.writer = newWriter(project)
	return s, nil
}

// Close waits until every edit is committed and closes the project. It returns
// the reason when some edit cannot be committed; the project then stays open.
func (s *Session) Close() error {
	s.emit(Event{Kind: Leaving})
	s.search.close()
	s.Rest()
	if err := s.writer.drain(); err != nil {
		return err
	}
	s.timing.closed = true
	s.keepSchemeDraft()
	s.stopCounting()
	s.laneView.keeping.Wait()
	s.subscribers = nil // what is still being read is for nobody
	return s.project.Close()
}

// Abandon closes the project although edits could not be committed.
func (s *Session) Abandon() error {
	s.search.close()
	s.timing.closed = true
	s.stopCounting()
	s.writer.stop()
	s.subscribers = nil
	return s.project.Close()
}

// Post runs f later on the goroutine the session belongs to. It may be called on any.
func (s *Session) Post(f func()) { s.post(f) }

// Project returns the project file.
func (s *Session) Project() *store.Project { return s.project }

// Annotator returns whose layer is edited.
func (s *Session) Annotator() string { return s.annotator }

// Scheme returns the project's scheme.
func (s *Session) Scheme() *annotate.Scheme { return s.scheme }

// Document returns the current document, nil when there is none.
func (s *Session) Document() *annotate.Document { return s.document }

// Body returns the current document's text cut into tokens; an empty one when there is no document.
func (s *Session) Body() *annotate.Body { return s.body }

// Layer returns the annotator's layer of the current document; an empty one when there is none.
func (s *Session) Layer() *annotate.Layer { return s.layer }

// List returns the list of documents.
func (s *Session) List() *List { return s.list }

// SetVisible tells which part of the text is on screen, so that hints go to targets that can be seen.
func (s *Session) SetVisible(f annotate.Fragment) {
	if f == s.visible {
		return
	}
	s.visible = f
	if s.relating.from != nil {
		s.findTargets()
		s.changedRelating()
	}
}

func (s *Session) clearDocument() {
	s.document = nil
	s.body = annotate.NewBody("")
	s.layer = annotate.NewLayer("", s.layerName())
	s.audit = annotate.NewAudit(s.scheme, s.layer, s.body, s.lookup())
	s.discussion = &annotate.Discussion{}
	s.selection = selection{}
	s.focused, s.shown, s.chosen = "", "", ""
	s.targets, s.near, s.assigned, s.works, s.secondsSpent = nil, nil, nil, nil, 0
	s.lanes, s.others, s.foreign, s.across, s.desk = nil, nil, "", nil, nil
	s.laneRead++
	s.assembling = nil
}

// OpenDocument makes another document current. It is read on another goroutine;
// Opened tells when it is there.
func (s *Session) OpenDocument(id annotate.ID) {
	s.open(id, "")
}

// open opens a document and focuses the annotation focus in it, if it is there.
func (s *Session) open(id, focus annotate.ID) {
	s.read(id, func(c content) { s.install(c, focus) })
}

// read reads a document on another goroutine and hands it to take on this one,
// with the edits that are not committed yet.
func (s *Session) read(id annotate.ID, take func(content)) {
	s.emit(Event{Kind: Leaving})
	if id != s.documentID() {
		s.lead().keepTime()
	}
	s.opening++
	s.awaited, s.overtaken = id, false
	request := s.opening
	project, scheme, lookup, annotator, layer, choice := s.project, s.scheme, s.lookup(), s.annotator, s.layerName(), s.lead().laneView.now()
	go func() {
		c, err := readContent(project, id, annotator, layer, scheme, lookup)
		if err == nil {
			c.lanes, c.others, err = lanesOf(project, id, layer, choice)
		}
		s.post(func() {
			if request != s.opening {
				return
			}
			s.awaited = ""
			if err != nil && project == s.project {
				s.fail(err)
				return
			}
			if s.overtaken || project != s.project { // what was written meanwhile may not be in what was read
				s.read(id, take)
				return
			}
			pending := s.lead().pending
			for i := range pending {
				c.layer.Apply(&pending[i])
				c.discussion.Apply(&pending[i])
				if c.desk != nil {
					c.desk.Apply(&pending[i])
				}
				c.document = documentAfter(c.document, &pending[i])
			}
			if scheme == s.scheme {
				c.audit.Update(pending...)
			} else {
				c.audit = annotate.NewAudit(s.scheme, c.layer, c.body, s.lookup())
			}
			take(c)
		})
	}()
}

// content is what is read of a document when it is opened: its text, the annotator's
// layer with what breaks the scheme, and what everybody said.
type content struct {
	document   *annotate.Document
	body       *annotate.Body
	layer      *annotate.Layer
	audit      *annotate.Audit
	discussion *annotate.Discussion
	assigned   []string
	lanes      []Lane
	others     []string
	desk       *adjudication.Desk // nil unless the layer is the adjudicated one
	works      []annotate.Work
	spent      int // seconds
}

// readContent may be called on any goroutine.
func readContent(project *store.Project, id annotate.ID, annotator, layer string, scheme *annotate.Scheme, lookup annotate.Lookup) (c content, err error) {
	if c.document, err = project.Document(id); err != nil {
		return c, err
	}
	c.body = annotate.NewBody(c.document.Text)
	if c.layer, err = project.Layer(id, layer); err != nil {
		return c, err
	}
	adjudicating := layer == annotate.AdjudicatedLayer
	if adjudicating {
		if c.desk, err = (&adjudicate.Reader{Project: project, Scheme: scheme, Concept: lookup.Concept}).Open(c.layer); err != nil {
			return c, err
		}
	}
	c.audit = annotate.NewAudit(scheme, c.layer, c.body, lookup)
	said, err := project.Comments(id, "")
	c.discussion = &annotate.Discussion{Document: id}
	if err != nil {
		return c, err
	}
	team, blind, err := rules(project, annotator)
	if err != nil {
		return c, err
	}
	blind = blind && !adjudicating
	if judges(team, blind, annotator) {
		if c.works, err = worksOfOthers(project, id, layer); err != nil {
			return c, err
		}
	}
	for _, comment := range said {
		if !blind || heard(comment, c.layer) {
			c.discussion.Apply(&annotate.Change{After: comment})
		}
	}
	if c.assigned, err = assignees(project, id, annotator, blind); err != nil {
		return c, err
	}
	c.spent, err = project.TimeSpent(id, layer)
	return c, err
}

// renew takes in what other hands did to the current document; who works on it
// stays where they are.
func (s *Session) renew(c content) {
	s.document, s.layer, s.audit, s.discussion, s.assigned, s.works = c.document, c.layer, c.audit, c.discussion, c.assigned, c.works
	s.lanes, s.others, s.desk = c.lanes, c.others, c.desk
	s.secondsSpent = c.spent
	s.laneRead++
	if s.assembling != nil && !s.stillThere() {
		s.assembling = nil
	}
	event := Event{Kind: Edited | Focused | Listed | Laned | Judged | s.dropForeign(), Dirty: []annotate.Fragment{{End: len(c.document.Text)}}}
	if _, found := s.Extent(s.focused); !found {
		s.focused = ""
	}
	s.emit(event)
}

func (s *Session) install(c content, focus annotate.ID) {
	s.clearDocument()
	s.document, s.body, s.layer, s.audit, s.discussion = c.document, c.body, c.layer, c.audit, c.discussion
	s.assigned, s.works, s.lanes, s.others, s.desk = c.assigned, c.works, c.lanes, c.others, c.desk
	s.secondsSpent = c.spent
	if t, ok := s.body.NextToken(0); ok {
		s.selection.cursorTo(t)
	}
	reveal := s.selection.head
	if extent, found := s.Extent(focus); found {
		s.focused, reveal = focus, extent
		if t, ok := s.body.TokenAt(extent.Start); ok {
			s.selection.cursorTo(t)
		}
	}
	event := Event{Kind: Opened | Selected | Focused | Related | Judged, Reveal: reveal}
	if s.relating.from != nil && s.front == nil { // what was told of the targets was of another document
		s.message = Message{}
		event.Kind |= Told
	}
	s.emit(event)
	s.habits() // so that they are known when a relation is assembled
}

// reload reads the current document again, after other hands changed it. What
// happens to cursor and focus meanwhile stays.
func (s *Session) reload() {
	switch {
	case s.document == nil:
	case s.awaited != "": // a document is being read; once more will do
		s.overtaken = true
	default:
		s.read(s.document.ID, s.renew)
	}
}

// OpenFirst opens the document of that name, or the first one not done if name is
// empty, or else the first one. Without any document it reports Opened with none.
func (s *Session) OpenFirst(name string) error {
	if name != "" {
		d, err := s.project.DocumentByName(name)
		if err != nil {
			return s.fail(err)
		}
		s.OpenDocument(d.ID)
		return nil
	}
	id, found, err := s.project.NextTask(s.layerName(), "")
	if err == nil && !found {
		id, found, err = s.project.Next(s.layerName(), "", true, false)
	}
	if err != nil {
		return s.fail(err)
	}
	if found {
		s.OpenDocument(id)
		return nil
	}
	s.clearDocument()
	s.emit(Event{Kind: Opened | Selected | Focused})
	return nil
}

// NextDocument opens the following or preceding document.
func (s *Session) NextDocument(forward bool) error {
	id, found, err := s.project.Next(s.layerName(), s.documentID(), forward, false)
	switch {
	case err != nil:
		return s.fail(err)
	case found:
		s.OpenDocument(id)
	case forward:
		s.tell("This is the last document.")
	default:
		s.tell("This is the first document.")
	}
	return nil
}

// NextTask opens the document that the annotator is to go on with; for who adjudicates, the next in which
// people differ.
func (s *Session) NextTask() error {
	if a := s.adjudication; a != nil {
		a.NextDocument(true, s.nextTask)
		return nil
	}
	return s.nextTask()
}

func (s *Session) nextTask() error {
	id, found, err := s.project.NextTask(s.layerName(), s.documentID())
	switch {
	case err != nil:
		return s.fail(err)
	case found:
		s.OpenDocument(id)
	case s.onlyReviews():
		s.tell("Nothing else waits for review.")
	case slices.Contains(s.assigned, s.annotator):
		s.tell("Every document that is assigned to you is done.")
	default:
		s.tell("Every document is done.")
	}
	return nil
}

// documentID returns the id of the current document, "" when there is none.
func (s *Session) documentID() annotate.ID {
	if s.document == nil {
		return ""
	}
	return s.document.ID
}

// Refresh takes in what other hands wrote to the project: an import, another program.
func (s *Session) Refresh() error {
	scheme, err := s.project.Scheme()
	if err != nil {
		return s.fail(err)
	}
	s.scheme = scheme
	if err := s.readRules(); err != nil {
		return s.fail(err)
	}
	if s.beside != nil {
		s.beside.scheme = scheme
		s.beside.reload()
	}
	if err := s.readConcepts(); err != nil {
		return s.fail(err)
	}
	s.links.age()
	s.mentions.stale = true
	s.list.Refresh()
	s.search.Refresh()
	if s.adjudication != nil {
		s.adjudication.count()
	}
	s.emit(Event{Kind: SchemeChanged})
	if s.document == nil {
		return s.OpenFirst("")
	}
	s.reload()
	return nil
}

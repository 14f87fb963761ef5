package session

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
	"spanwright/app/adjudicate"
)

// Adjudication is what there is to decide in the current document, filtered and ordered,
// and where the adjudicator is in it. While it goes on the current layer is the adjudicated
// one: the keys that label edit that, and the lanes show what it is made from.
type Adjudication struct {
	session *Session
	kind    agreement.DifferenceKind // "" for all
	quick   bool                     // quick ones first, instead of in the order of the text
	all     bool                     // settled ones too
	desk    *adjudication.Desk       // that cases are of
	cases   []*adjudication.Case
	stale   bool        // something was settled or opened since they were listed
	at      annotate.ID // case that is looked at, "" if none is
	reason  string      // of the next decision
	unclear bool
	visits  []visit // the last one is where we are
	queue   queue
}

// Adjudicate turns from the annotator's own layer to the adjudicated one, or back.
func (s *Session) Adjudicate(on bool) error {
	s = s.lead()
	if on == s.Adjudicating() {
		return nil
	}
	if on {
		if err := s.mayAdjudicate(); err != nil {
			return s.fail(err)
		}
		s.adjudication = &Adjudication{session: s}
		s.laneView.wanted = &laneChoice{All: true}
		s.adjudication.count()
	} else {
		s.adjudication.queue.stopped.Store(true)
		s.adjudication, s.laneView.wanted = nil, nil
	}
	s.HighlightAcross()
	s.stopRelating()
	s.stopAssembling()
	s.list.Refresh()
	for _, o := range s.both() {
		switch {
		case o.awaited != "":
			o.open(o.awaited, "")
		case o.document != nil:
			o.openLayer()
		}
	}
	s.emit(Event{Kind: Judged})
	return nil
}

// mayAdjudicate returns why the annotator may not see and judge what others made, nil if
// they may. Who has the project as a whole may, blind as it is; who has a packet may not, and
// where people have duties an annotator may not.
func (s *Session) mayAdjudicate() error {
	if len(s.team) > 0 && !s.team.Reviews(s.annotator) {
		return annotate.Errorf(annotate.Conflict, "%s is an annotator in this project; a reviewer or lead adjudicates", s.annotator)
	}
	owner, err := s.project.Owner()
	if err == nil && owner != "" && s.blind {
		err = annotate.Errorf(annotate.Unsupported, "this is the packet of %s, and annotators are kept from seeing one another’s layers; adjudicate in the project it was made from", owner)
	}
	return err
}

// openLayer opens the current document anew, in the layer that is to be seen now, and stays
// where the cursor is. One's own layer is another one's side then, so what was edited in it
// must be on the disk first.
func (s *Session) openLayer() {
	id, cursor := s.document.ID, s.selection.head
	read := func() {
		s.read(id, func(c content) {
			s.together(func() {
				s.install(c, "")
				s.MoveTo(cursor.Start)
			})
		})
	}
	if s.lead().saved.Pending == 0 {
		read()
		return
	}
	go func() {
		_ = s.writer.wait() // what the disk refuses stays to be seen in the layer, and is told
		s.post(func() {
			if s.document != nil && s.document.ID == id && s.awaited == "" {
				read()
			}
		})
	}()
}

// Adjudicating reports whether the adjudicated layer is the current one.
func (s *Session) Adjudicating() bool { return s.lead().adjudication != nil }

// Adjudication returns what there is to decide, nil while nobody adjudicates.
func (s *Session) Adjudication() *Adjudication { return s.lead().adjudication }

// layerName returns whose layer is edited.
func (s *Session) layerName() string {
	if s.Adjudicating() {
		return annotate.AdjudicatedLayer
	}
	return s.annotator
}

// Desk returns the current document as it is adjudicated, nil while it is not, or is being read.
func (s *Session) Desk() *adjudication.Desk { return s.desk }

// look lists the cases anew if they are of another document, or changed says so.
func (a *Adjudication) look(changed bool) {
	desk := a.session.desk
	if desk == a.desk && !changed && !a.stale {
		return
	}
	a.stale = false
	if desk == nil || a.desk == nil || desk.Document() != a.desk.Document() {
		a.at, a.reason, a.unclear = "", "", false
	}
	if desk != nil {
		a.forgetVisits(desk.Document())
	}
	a.desk, a.cases = desk, nil
	if desk == nil {
		return
	}
	for _, c := range desk.Cases() {
		if a.lists(c) {
			a.cases = append(a.cases, c)
		}
	}
	if a.quick {
		slices.SortStableFunc(a.cases, func(c, d *adjudication.Case) int { return cmp.Compare(c.Cost, d.Cost) })
	}
}

// lists reports whether a case is to be seen. The one looked at stays, so that what was
// decided is seen to be.
func (a *Adjudication) lists(c *adjudication.Case) bool {
	switch {
	case c.ID == a.at:
		return true
	case a.kind != "" && !c.Has(a.kind):
		return false
	case a.all:
		return true
	}
	return c.Differs()
}

// Cases returns the cases that are listed.
func (a *Adjudication) Cases() []*adjudication.Case {
	a.look(false)
	return a.cases
}

// KindCount is how many cases of a kind there are.
type KindCount struct {
	Kind agreement.DifferenceKind
	Open int
}

// Standing is how far the document is.
type Standing struct {
	Open, Agreed, Settled int
	Kinds                 []KindCount // of what is open, those that occur
}

// Standing counts what there is to decide in the document, whatever the filter.
func (a *Adjudication) Standing() (s Standing) {
	if a.session.desk == nil {
		return s
	}
	open := map[agreement.DifferenceKind]int{}
	for _, c := range a.session.desk.Cases() {
		switch {
		case c.State == adjudication.Settled:
			s.Settled++
		case !c.Differs():
			s.Agreed++
		default:
			s.Open++
			for _, k := range c.Kinds {
				open[k]++
			}
		}
	}
	for _, k := range adjudication.Kinds {
		if n := open[k.Kind]; n > 0 || k.Kind == a.kind {
			s.Kinds = append(s.Kinds, KindCount{k.Kind, n})
		}
	}
	return s
}

// Kind returns the kind that is listed alone, "" for all.
func (a *Adjudication) Kind() agreement.DifferenceKind { return a.kind }

// SetKind lists cases of one kind, or with "" of all.
func (a *Adjudication) SetKind(kind agreement.DifferenceKind) {
	a.kind = kind
	a.changed()
}

// Quick reports whether quick cases come first; else they are in the order of the text.
func (a *Adjudication) Quick() bool { return a.quick }

// SetQuick puts quick cases first, or cases in the order of the text.
func (a *Adjudication) SetQuick(quick bool) {
	a.quick = quick
	a.changed()
}

// All reports whether settled cases are listed too, and what all agree on.
func (a *Adjudication) All() bool { return a.all }

// SetAll lists settled cases too, or only those that are open.
func (a *Adjudication) SetAll(all bool) {
	a.all = all
	a.changed()
}

func (a *Adjudication) changed() {
	a.look(true)
	a.session.emit(Event{Kind: Judged})
}

// Current returns the case that is looked at, nil if none is.
func (a *Adjudication) Current() *adjudication.Case {
	if a.session.desk == nil || a.at == "" {
		return nil
	}
	return a.session.desk.Case(a.at)
}

// Words says what cases are about.
func (a *Adjudication) Words() *adjudicate.Words {
	return &adjudicate.Words{Desk: a.session.desk, Text: a.session.body.Text(), Concept: a.session.concepts.Concept}
}

// Go looks at a case: its place is brought into view, its sides are ringed in their lanes, and
// what came of it gets the focus.
func (a *Adjudication) Go(id annotate.ID) {
	s := a.session
	s.Active()
	a.look(false) // or the case would be forgotten with the document before
	if id != a.at {
		a.reason, a.unclear = "", false
	}
	a.at = id
	c := a.Current()
	if c == nil {
		a.at = ""
		s.HighlightAcross()
		a.changed()
		return
	}
	if c.Decision != nil {
		a.reason, a.unclear = c.Decision.Reason, c.Decision.Unclear
	}
	s.together(func() {
		s.ClearSelection()
		s.Focus("")
		if c.Decision != nil && len(c.Decision.Results) == 1 {
			s.Focus(c.Decision.Results[0].ID)
		}
		s.HighlightAcross(a.concerned(c)...)
		if !c.Place.Empty() {
			if t, ok := s.body.TokenAt(c.Place.Start); ok {
				s.selection.cursorTo(t)
			}
		}
		a.look(true)
		s.emit(Event{Kind: Judged | Selected, Reveal: c.Place})
	})
}

// concerned returns the spans that a case is about: its sides, or what they relate.
func (a *Adjudication) concerned(c *adjudication.Case) []annotate.ID {
	var ids []annotate.ID
	for i := range c.Sides {
		if r := c.Sides[i].Relation; r != nil {
			for _, argument := range r.Arguments {
				ids = append(ids, argument.Span)
			}
			continue
		}
		ids = append(ids, c.Sides[i].EntityID())
	}
	return slices.DeleteFunc(ids, func(id annotate.ID) bool { return id == "" })
}

// Next looks at the next or previous case that is listed and open, from the last on to
// the first. It reports whether there is one.
func (a *Adjudication) Next(forward bool) bool {
	cases := a.Cases()
	n := len(cases)
	at := slices.IndexFunc(cases, func(c *adjudication.Case) bool { return c.ID == a.at })
	if at < 0 && !forward {
		at = n
	}
	for i := 1; i <= n; i++ {
		k := at + i
		if !forward {
			k = at - i
		}
		if c := cases[(k%n+n)%n]; c.Differs() && c.ID != a.at {
			a.Go(c.ID)
			return true
		}
	}
	return false
}

// Reason returns what is said for the decision about the case looked at, made or to be
// made, and whether the guideline is unclear about it.
func (a *Adjudication) Reason() (reason string, unclear bool) { return a.reason, a.unclear }

// SetReason says why: of the decision that was made, or of the one to be made.
func (a *Adjudication) SetReason(reason string) error {
	a.reason = strings.TrimSpace(reason)
	return a.remark()
}

// ToggleUnclear says that the guideline does not say what is right here, or no longer.
func (a *Adjudication) ToggleUnclear() error {
	a.unclear = !a.unclear
	return a.remark()
}

// remark changes what is said for a decision that was made already.
func (a *Adjudication) remark() error {
	c := a.Current()
	if c == nil || c.State != adjudication.Settled || c.Decision.Reason == a.reason && c.Decision.Unclear == a.unclear {
		a.changed()
		return nil
	}
	after := c.Decision.Clone()
	after.Reason, after.Unclear, after.Adjudicator, after.Automatic = a.reason, a.unclear, a.session.annotator, false
	return a.session.edit(revision(c.Decision, after))
}

// Take decides for what the i-th of the desk's annotators has; where that is nothing, for nothing.
func (a *Adjudication) Take(i int) error {
	c := a.Current()
	if c == nil || i < 0 || i >= len(a.session.desk.Annotators()) {
		return nil
	}
	name := a.session.desk.Annotators()[i]
	if c.Side(name) == nil {
		return a.decide(annotate.Neither)
	}
	return a.decide(annotate.Took, name)
}

// TakeMost decides for what most have, and goes on from what is settled already. Where most have nothing
// it decides nothing: that is for a person to say.
func (a *Adjudication) TakeMost() error {
	c := a.Current()
	switch {
	case c == nil || c.State == adjudication.Settled:
		a.onward()
		return nil
	case c.Loose != "" || len(c.Sides) == 0:
		return a.decide(annotate.Made)
	case len(c.Absent) > 0 && len(c.Absent) >= len(c.Most()):
		a.session.tell("No more have something here than have nothing: a digit takes a side, 0 decides for nothing.")
		return nil
	case c.Most() == nil:
		a.session.tell("No side has more annotators than the others: take one by its digit.")
		return nil
	}
	return a.decide(annotate.Took, c.Most()...)
}

// Both decides that everything that was marked stands.
func (a *Adjudication) Both() error {
	c := a.Current()
	if c == nil {
		return nil
	}
	var all []string
	for i := range c.Sides {
		all = append(all, c.Sides[i].Annotator)
	}
	return a.decide(annotate.Both, all...)
}

// Neither decides that nothing of it stands.
func (a *Adjudication) Neither() error { return a.decide(annotate.Neither) }

// Make begins something new with a copy of what most have, for the keys that label to
// change. It reports whether there is something to change now.
func (a *Adjudication) Make() bool {
	c := a.Current()
	if c == nil || a.decideHere(c, adjudication.Verdict{Outcome: annotate.Made}) != nil {
		return false
	}
	if c := a.Current(); c != nil && c.Decision != nil && len(c.Decision.Results) > 0 && !c.Record() {
		a.session.Focus(c.Decision.Results[0].ID)
	}
	return true
}

// decide settles the case looked at and goes to the next one that is open.
func (a *Adjudication) decide(outcome annotate.Outcome, taken ...string) error {
	c := a.Current()
	if c == nil {
		return nil
	}
	if err := a.decideHere(c, adjudication.Verdict{Outcome: outcome, Taken: taken}); err != nil {
		return err
	}
	a.onward()
	return nil
}

func (a *Adjudication) decideHere(c *adjudication.Case, v adjudication.Verdict) error {
	v.By, v.Reason, v.Unclear = a.session.annotator, a.reason, a.unclear
	changes, err := a.session.desk.Decide(c, v)
	if err != nil {
		return a.session.fail(annotate.Errorf(annotate.KindOf(err), "this cannot be decided so: %w", err))
	}
	return a.session.edit(a.session.withRemarks(changes)...)
}

// withRemarks adds to changes that what was said about what they delete goes too.
func (s *Session) withRemarks(changes []annotate.Change) []annotate.Change {
	var gone []annotate.ID
	for i := range changes {
		if changes[i].After == nil {
			gone = append(gone, changes[i].EntityID())
		}
	}
	return append(s.discussion.Removal(s.annotator, gone...), changes...)
}

// onward goes back to what waited for this, or to the next open case, or says that there is none.
func (a *Adjudication) onward() {
	if a.returned() || a.Next(true) {
		return
	}
	switch standing := a.Standing(); {
	case standing.Open > 0 && a.kind != "":
		a.session.tell(fmt.Sprintf("Nothing of this kind is left; %d of other kinds are.", standing.Open))
	case standing.Open > 0:
		a.session.tell("This is the last one that is open.")
	case standing.Agreed > 0:
		a.session.tell(fmt.Sprintf("Every difference is settled. A takes over the %d that all agree on.", standing.Agreed))
	default:
		a.session.tell("Everything here is settled. Ctrl+Enter marks the document done and goes to the next with differences.")
	}
}

// TakeAgreed takes over what enough annotators agree on, as one act.
func (a *Adjudication) TakeAgreed(t adjudication.Threshold) error {
	s := a.session
	if s.desk == nil {
		return nil
	}
	changes, n, err := s.desk.Agreed(t, s.annotator)
	switch {
	case err != nil:
		return s.fail(err)
	case n == 0 && a.Standing().Agreed > 0:
		s.tell("What is left that all agree on rests on something that is not decided yet.")
		return nil
	case n == 0:
		s.tell("Nothing that so many agree on is left to be taken over.")
		return nil
	}
	if err := s.edit(s.withRemarks(changes)...); err != nil {
		return err
	}
	s.tell(fmt.Sprintf("Taken over: %d. Undo takes all of it back.", n))
	return nil
}

// noted returns changes with those of decisions that follow from them.
func (s *Session) noted(changes []annotate.Change) []annotate.Change {
	if s.desk == nil {
		return changes
	}
	var looking *adjudication.Case
	if a := s.Adjudication(); a != nil && a.desk == s.desk {
		looking = a.Current()
	}
	return append(changes, s.desk.Note(changes, looking, s.annotator)...)
}

// undecided returns how many differences of the current document are open.
func (s *Session) undecided() int {
	if a := s.Adjudication(); a != nil && s.desk != nil {
		return a.Standing().Open
	}
	return 0
}

package session

import (
	"encoding/json"
	"slices"
	"sync"
	"sync/atomic"

	"spanwright/annotate"
	"spanwright/store"
)

// Lane is the layer of another annotator, shown beside the annotator's own.
type Lane struct {
	Annotator string
	Tag       string          // a few letters that tell the lanes of a document apart
	Layer     *annotate.Layer // of the current document; not to be changed
}

// laneChoice is whose layers are shown beside the annotator's own.
type laneChoice struct {
	All bool     `json:"all,omitempty"`
	Of  []string `json:"of,omitempty"` // without All: only theirs
}

func (c laneChoice) shows(annotator string) bool { return c.All || slices.Contains(c.Of, annotator) }

func (c laneChoice) none() bool { return !c.All && len(c.Of) == 0 }

// laneView is which lanes are shown, in both documents.
type laneView struct {
	chosen laneChoice  // what the person said; remembered with the project
	wanted *laneChoice // what is shown instead for as long as something needs it, nil if nothing does

	keeping sync.WaitGroup // goroutines that have the project remember what was chosen
	turn    sync.Mutex     // they write one after the other
	latest  atomic.Pointer[string]
}

func (v *laneView) now() laneChoice {
	if v.wanted != nil {
		return *v.wanted
	}
	return v.chosen
}

// laneSettings begins the name of the setting that holds an annotator's choice.
const laneSettings = "lanes of "

func (s *Session) readLaneChoice() error {
	text, err := s.project.Setting(laneSettings + s.annotator)
	if err != nil {
		return err
	}
	if json.Unmarshal([]byte(text), &s.laneView.chosen) != nil {
		s.laneView.chosen = laneChoice{} // what another version kept
	}
	return nil
}

// choose shows other lanes from now on and has the project remember it. One that cannot be
// written to forgets it.
func (s *Session) choose(c laneChoice) {
	v, key, project := &s.laneView, laneSettings+s.annotator, s.project
	v.chosen = c
	text, _ := json.Marshal(c) // names and a truth value
	latest := string(text)
	v.latest.Store(&latest)
	v.keeping.Go(func() {
		v.turn.Lock()
		defer v.turn.Unlock()
		_ = project.SetSetting(key, *v.latest.Load()) // the last one writes what was chosen last, whichever that is
	})
	s.lanesChanged()
}

// Lanes returns the layers of others that are shown beside the annotator's own, in order
// of their names.
func (s *Session) Lanes() []Lane { return s.lanes }

// Others returns, in order, who else has a layer of the current document; nobody where
// the layers of others are not to be seen.
func (s *Session) Others() []string { return s.others }

// LaneShown reports whether the lane of an annotator is shown where they have a layer.
func (s *Session) LaneShown(annotator string) bool { return s.lead().laneView.now().shows(annotator) }

// ToggleLanes shows the layers of all others as lanes, or none if any are shown.
func (s *Session) ToggleLanes() error {
	l := s.lead()
	if l.laneView.wanted = nil; !l.laneView.chosen.none() {
		l.choose(laneChoice{})
		return nil
	}
	if err := l.unblind(); err != nil {
		return err
	}
	l.choose(laneChoice{All: true})
	if s.document != nil && len(s.others) == 0 {
		s.tell("Nobody else has labelled this document; lanes appear where somebody has.")
	}
	return nil
}

// ToggleLane shows the layer of one other annotator as a lane, or no longer.
func (s *Session) ToggleLane(annotator string) error {
	l := s.lead()
	if err := l.unblind(); err != nil {
		return err
	}
	l.laneView.wanted = nil
	of := slices.Clone(l.laneView.chosen.Of)
	if l.laneView.chosen.All {
		of = slices.Clone(s.others)
	}
	if i := slices.Index(of, annotator); i >= 0 {
		of = slices.Delete(of, i, i+1)
	} else {
		of = append(of, annotator)
	}
	l.choose(laneChoice{Of: of})
	return nil
}

// ShowLanes shows the lanes of these annotators, whatever the person chose, and compares
// them with one another only; with nil it is the person's choice again. Laned tells when
// they are there. It returns why they are not to be seen.
func (s *Session) ShowLanes(annotators []string) error {
	l := s.lead()
	if annotators == nil {
		l.laneView.wanted = nil
		l.lanesChanged()
		return nil
	}
	if err := l.unblind(); err != nil {
		return err
	}
	l.laneView.wanted = &laneChoice{Of: slices.Clone(annotators)}
	l.lanesChanged()
	return nil
}

// unblind tells and returns why the layers of others are not to be seen, nil if they are.
func (s *Session) unblind() error {
	if !s.blind || s.Adjudicating() {
		return nil
	}
	return s.fail(annotate.Errorf(annotate.Unsupported,
		"this project is blind: annotators work without seeing one another's layers, so there are no lanes"))
}

// lanesChanged has the lanes of both documents read anew.
func (s *Session) lanesChanged() {
	for _, o := range s.both() {
		o.readLanes()
	}
}

// readLanes reads the lanes of the current document on another goroutine.
func (s *Session) readLanes() {
	if s.awaited != "" { // with what is being read, once more
		s.overtaken = true
	}
	if s.document == nil {
		return
	}
	s.laneRead++
	request := s.laneRead
	project, document, annotator, choice := s.project, s.document.ID, s.layerName(), s.lead().laneView.now()
	go func() {
		lanes, others, err := lanesOf(project, document, annotator, choice)
		s.post(func() {
			if err != nil && project == s.project {
				s.fail(err)
				return
			}
			for _, o := range s.both() { // it may have changed places meanwhile
				if o.document != nil && o.document.ID == document && o.laneRead == request && project == o.project {
					o.lanes, o.others = lanes, others
					o.emit(Event{Kind: Laned | o.dropForeign()})
				}
			}
		})
	}()
}

// lanesOf reads the lanes of a document, and who else has a layer of it, beside the layer
// that is edited. Who adjudicates sees them all. It may be called on any goroutine.
func lanesOf(project *store.Project, document annotate.ID, annotator string, choice laneChoice) (lanes []Lane, others []string, err error) {
	if _, blind, err := rules(project, annotator); err != nil || blind && annotator != annotate.AdjudicatedLayer {
		return nil, nil, err
	}
	names, err := project.Annotators(document)
	if err != nil {
		return nil, nil, err
	}
	others = slices.DeleteFunc(names, func(name string) bool { return name == annotator })
	tags := tagsOf(others)
	for i, name := range others {
		if !choice.shows(name) {
			continue
		}
		layer, err := project.Layer(document, name)
		if err != nil {
			return nil, nil, err
		}
		lanes = append(lanes, Lane{Annotator: name, Tag: tags[i], Layer: layer})
	}
	return lanes, others, nil
}

// LaneSpan returns a span of a lane and whose lane that is; nil if no lane has it.
func (s *Session) LaneSpan(id annotate.ID) (*annotate.Span, *Lane) {
	for i := range s.lanes {
		if span := s.lanes[i].Layer.Span(id); span != nil {
			return span, &s.lanes[i]
		}
	}
	return nil, nil
}

// FocusForeign gives the focus to a span of a lane, to be read, and puts the cursor at its
// start: keys have nothing of the annotator's own to act on then. "" takes it away.
func (s *Session) FocusForeign(id annotate.ID) {
	span, _ := s.LaneSpan(id)
	if span == nil {
		id = ""
	}
	if id == s.foreign {
		return
	}
	s.together(func() {
		s.Focus("")
		if span != nil {
			s.foreign = id
			event := Event{Kind: Focused, Dirty: s.foreignExtent(), Reveal: span.Extent()}
			if t, ok := s.body.TokenAt(span.Extent().Start); ok && s.selection.selected.Empty() {
				s.selection.cursorTo(t)
				event.Kind |= Selected
			}
			s.emit(event)
		}
	})
}

// Foreign returns the span of a lane that has the focus and whose lane that is; nil if
// none has.
func (s *Session) Foreign() (*annotate.Span, *Lane) { return s.LaneSpan(s.foreign) }

// foreignExtent returns where the span of a lane lies that has the focus.
func (s *Session) foreignExtent() []annotate.Fragment {
	if span, _ := s.Foreign(); span != nil {
		return []annotate.Fragment{span.Extent()}
	}
	return nil
}

// applyToLanes makes the lanes hold what c leaves behind. It reports whether a span of one
// is another one now.
func (s *Session) applyToLanes(c *annotate.Change) bool {
	before, _ := s.LaneSpan(c.EntityID())
	for i := range s.lanes {
		s.lanes[i].Layer.Apply(c)
	}
	after, _ := s.LaneSpan(c.EntityID())
	return before != after
}

// dropForeign takes the focus from a span that no lane has any more.
func (s *Session) dropForeign() EventKind {
	if span, _ := s.Foreign(); span != nil || s.foreign == "" {
		return 0
	}
	s.foreign = ""
	return Focused
}

// HighlightAcross rings spans that belong together, whichever lanes, or the annotator's own
// layer, they are in; without any it is none.
func (s *Session) HighlightAcross(ids ...annotate.ID) {
	if slices.Equal(ids, s.across) {
		return
	}
	dirty := s.acrossExtents()
	s.across = slices.Clone(ids)
	s.emit(Event{Kind: Focused, Dirty: append(dirty, s.acrossExtents()...)})
}

// Across returns what HighlightAcross rings.
func (s *Session) Across() []annotate.ID { return s.across }

func (s *Session) acrossExtents() []annotate.Fragment {
	var found []annotate.Fragment
	for _, id := range s.across {
		if span, _ := s.LaneSpan(id); span != nil {
			found = append(found, span.Extent())
		} else if extent, here := s.Extent(id); here {
			found = append(found, extent)
		}
	}
	return found
}

package session

import (
	"context"
	"sync/atomic"
	"time"

	"spanwright/annotate"
	"spanwright/app/revise"
)

// draftSetting is where the project keeps a draft between two sessions.
const draftSetting = "scheme draft of "

// SchemeDraft returns the draft of the project's scheme: one for the whole session, or
// what was left of the last one. Of keys see [NewSchemeDraft].
func (s *Session) SchemeDraft(taken func(key string) string) *SchemeDraft {
	if s.revising != nil {
		return s.revising
	}
	s.revising = NewSchemeDraft(s.scheme, taken)
	s.Subscribe(func(e Event) {
		if e.Is(SchemeChanged) {
			s.revising.Rebase(s.scheme)
		}
	})
	kept, err := s.project.Setting(draftSetting + s.annotator)
	if err != nil || kept == "" {
		return s.revising
	}
	if state, err := annotate.UnmarshalState(annotate.SchemeEntity, []byte(kept)); err == nil {
		s.revising.Replace(state.(*annotate.Scheme))
	}
	return s.revising
}

// keepSchemeDraft keeps what was changed and not applied for the next session.
func (s *Session) keepSchemeDraft() {
	if s.revising == nil || s.project.ReadOnly() != nil {
		return
	}
	var kept []byte
	if s.revising.Changed() {
		kept, _ = annotate.MarshalState(s.revising.to) // what was read or typed can be written
	}
	was, err := s.project.Setting(draftSetting + s.annotator)
	if err == nil && was != string(kept) {
		_ = s.project.SetSetting(draftSetting+s.annotator, string(kept)) // the draft is lost with a disk that takes nothing; the project is not
	}
}

// SchemeReview finds out on another goroutine what applying a draft would do, a moment
// after the last change of it, and applies it.
type SchemeReview struct {
	session   *Session
	draft     *SchemeDraft
	decisions map[string]annotate.StepDecision // by the name of what is removed
	plan      *revise.Plan                     // nil until it is there
	err       error                            // why there is none
	running   bool                             // it is being made, or applied
	applying  bool
	progress  atomic.Pointer[[2]int] // documents looked at, of how many
	request   int                    // only the last one counts
	stop      context.CancelFunc
	shown     bool
	told      []func()
}

// reviewPause is how long a draft has to stay as it is to be looked at.
const reviewPause = 250 * time.Millisecond

// NewSchemeReview returns the review of a draft; it begins with [SchemeReview.Show].
func (s *Session) NewSchemeReview(d *SchemeDraft) *SchemeReview {
	r := &SchemeReview{session: s, draft: d, decisions: map[string]annotate.StepDecision{}, stop: func() {}}
	d.Subscribe(r.renew)
	s.Subscribe(func(e Event) {
		if e.Is(Saved) && s.saved.Pending == 0 && !r.applying && r.plan != nil {
			r.renew()
		}
	})
	return r
}

// Subscribe has f called when something about the review is different.
func (r *SchemeReview) Subscribe(f func()) { r.told = append(r.told, f) }

// Show has the draft looked at now and after each change.
func (r *SchemeReview) Show() {
	r.shown = true
	r.renew()
}

// Hide ends that.
func (r *SchemeReview) Hide() {
	r.shown = false
	r.cancel()
}

func (r *SchemeReview) cancel() {
	r.request++
	r.stop()
	r.plan, r.err, r.running = nil, nil, false
}

func (r *SchemeReview) changed() {
	for _, f := range r.told {
		f()
	}
}

// Plan returns what applying the draft would do; nil while that is being found out,
// when the draft contradicts itself, or says nothing new.
func (r *SchemeReview) Plan() *revise.Plan { return r.plan }

// Running reports whether the project is being read or changed, and how many documents
// of how many that has got to.
func (r *SchemeReview) Running() (running bool, done, total int) {
	if p := r.progress.Load(); p != nil {
		done, total = p[0], p[1]
	}
	return r.running, done, total
}

// Err returns why it could not be found out what applying would do.
func (r *SchemeReview) Err() error { return r.err }

// renew begins anew, as the draft or the project is another.
func (r *SchemeReview) renew() {
	if r.applying || !r.shown {
		return
	}
	r.cancel()
	defer r.changed()
	if !r.draft.Changed() {
		clear(r.decisions)
		return
	}
	if r.draft.to.Check() != nil {
		return // told among the problems
	}
	r.running = true
	request := r.request
	time.AfterFunc(reviewPause, func() {
		r.session.post(func() {
			if request == r.request {
				r.start()
			}
		})
	})
}

func (r *SchemeReview) start() {
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	request, to, project := r.request, r.draft.to, r.session.project
	decisions := r.standing()
	r.progress.Store(nil)
	go func() {
		defer stop()
		err := r.session.Flush()
		var plan *revise.Plan
		if err == nil {
			plan, err = revise.Prepare(ctx, project, to, decisions, r.follow(request))
		}
		r.session.post(func() {
			if request != r.request {
				return
			}
			r.plan, r.err, r.running = plan, err, false
			r.changed()
		})
	}()
}

// follow returns what is told how far the work is.
func (r *SchemeReview) follow(request int) revise.Progress {
	var last time.Time
	return func(done, total int, _ string) {
		r.progress.Store(&[2]int{done, total})
		if now := time.Now(); now.Sub(last) > reviewPause {
			last = now
			r.session.post(func() {
				if request == r.request {
					r.changed()
				}
			})
		}
	}
}

// standing returns the decisions that are still about something.
func (r *SchemeReview) standing() map[string]annotate.StepDecision {
	revision := annotate.Revise(r.draft.from, r.draft.to)
	found := map[string]annotate.StepDecision{}
	for item, decision := range r.decisions {
		step, err := revision.Find(item)
		if err == nil && revision.Decide(step, decision) == nil {
			found[item] = decision
		}
	}
	r.decisions = found
	return found
}

// Decide says what becomes of what a step of the plan removes.
func (r *SchemeReview) Decide(step int, d annotate.StepDecision) {
	if r.plan == nil || r.applying {
		return
	}
	r.decisions[r.plan.Revision.Steps[step].Item()] = d
	r.renew()
}

// Undecided returns the steps that remove something in use of which nobody has said
// what becomes of it.
func (r *SchemeReview) Undecided() []int {
	var open []int
	for i := range r.plan.Counts {
		if c := &r.plan.Counts[i]; r.plan.Revision.Steps[i].Undecided() && c.Lost+c.Kept > 0 {
			open = append(open, i)
		}
	}
	return open
}

// Apply makes the change, as one group that can be undone. It is refused while what it
// would do is not known, or not decided.
func (r *SchemeReview) Apply() error {
	s := r.session
	switch {
	case r.applying:
		return nil
	case !r.draft.Changed():
		return s.fail(annotate.Errorf(annotate.Invalid, "the draft says what the scheme says; there is nothing to apply"))
	case r.draft.to.Check() != nil:
		return s.fail(annotate.Errorf(annotate.Invalid, "the scheme contradicts itself; mend the problems first: %w", r.draft.to.Check()))
	case s.project.ReadOnly() != nil:
		return s.fail(s.project.ReadOnly())
	case r.err != nil:
		return s.fail(r.err)
	case r.plan == nil:
		return s.fail(annotate.Errorf(annotate.Conflict, "what the change would do is still being counted; try again in a moment"))
	case len(r.Undecided()) > 0:
		step := r.plan.Revision.Steps[r.Undecided()[0]]
		return s.fail(annotate.Errorf(annotate.Invalid, "decide first what becomes of the annotations with %s", step.Item()))
	}
	plan := r.plan
	r.applying, r.running = true, true
	r.progress.Store(nil)
	r.changed()
	request := r.request
	go func() {
		err := s.Flush()
		if err == nil {
			_, err = plan.Apply(context.Background(), s.annotator, r.follow(request))
		}
		s.post(func() { r.applied(err) })
	}()
	return nil
}

// applied shows what is in use now.
func (r *SchemeReview) applied(err error) {
	s := r.session
	r.applying, r.running, r.plan = false, false, nil
	if err != nil {
		r.renew()
		s.fail(err)
		return
	}
	clear(r.decisions)
	if s.Refresh() == nil {
		s.tell("The scheme is changed, and everything labelled follows it. Undo takes it back as one step.")
	}
	r.changed()
}

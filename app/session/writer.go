package session

import (
	"sync"
	"time"

	"spanwright/annotate"
	"spanwright/store"
)

// retryAfter is how long a commit that failed waits before it is tried again by itself.
const retryAfter = 3 * time.Second

// job is one thing for the writer to do: commit changes, undo or redo.
type job struct {
	changes []annotate.Change
	act     annotate.Act // Undo or Redo; otherwise changes are committed
	done    func(applied []annotate.Change, err error)
	failed  func(error) // the disk refused; the job stays first and is tried again
}

// writer commits jobs one at a time, in the order they came. A job the disk
// refuses is kept and tried again: nothing is dropped, nothing overtakes it.
type writer struct {
	mu      sync.Mutex
	changed sync.Cond
	project *store.Project
	jobs    []*job
	busy    bool
	err     error // why the first job cannot be committed now
	stopped bool
	wake    chan struct{}
	ended   chan struct{}
}

func newWriter(project *store.Project) *writer {
	w := &writer{project: project, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	w.changed.L = &w.mu
	go w.run()
	return w
}

func (w *writer) add(j *job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.jobs = append(w.jobs, j)
	w.changed.Broadcast()
}

func (w *writer) run() {
	defer close(w.ended)
	for {
		w.mu.Lock()
		for len(w.jobs) == 0 && !w.stopped {
			w.changed.Wait()
		}
		if w.stopped {
			w.mu.Unlock()
			return
		}
		j, project := w.jobs[0], w.project
		w.busy = true
		w.mu.Unlock()

		applied, err := j.do(project)
		retry := store.Retryable(err)

		w.mu.Lock()
		w.busy, w.err = false, nil
		if retry {
			w.err = err
		} else {
			w.jobs = w.jobs[1:]
		}
		w.changed.Broadcast()
		w.mu.Unlock()

		if !retry {
			j.done(applied, err)
			continue
		}
		j.failed(err)
		select {
		case <-w.wake:
		case <-time.After(retryAfter):
		}
	}
}

func (j *job) do(project *store.Project) ([]annotate.Change, error) {
	switch j.act {
	case annotate.Undo:
		return project.Undo(j.changes[0].Annotator)
	case annotate.Redo:
		return project.Redo(j.changes[0].Annotator)
	}
	return project.Apply(j.changes...)
}

// retry tries a refused job again now, on project if it is not nil.
func (w *writer) retry(project *store.Project) {
	w.mu.Lock()
	if project != nil {
		w.project = project
	}
	w.err = nil // unknown until it was tried
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// wait returns when every job is done, or the first one is refused; then with the reason.
func (w *writer) wait() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for (len(w.jobs) > 0 || w.busy) && w.err == nil && !w.stopped {
		w.changed.Wait()
	}
	return w.err
}

// drain waits for every job and stops the writer; with a refused job it goes on and the reason is returned.
func (w *writer) drain() error {
	if err := w.wait(); err != nil {
		return err
	}
	w.stop()
	return nil
}

// stop ends the writer; jobs not done are lost.
func (w *writer) stop() {
	w.mu.Lock()
	w.stopped = true
	w.changed.Broadcast()
	w.mu.Unlock()
	w.retry(nil)
	<-w.ended
}

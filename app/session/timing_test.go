package session

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// stopwatch is a desk whose time is the test's.
type stopwatch struct {
	*desk
	now time.Time
	due map[time.Time]func()
}

// measured opens a project of two documents in which time is measured.
func measured(t *testing.T) *stopwatch {
	t.Helper()
	d := newDesk(t, first, second)
	require.NoError(t, d.Project().SetTimed(true))
	d.getUp()
	project, err := store.Open(d.path)
	require.NoError(t, err)
	w := &stopwatch{desk: &desk{t: t, posted: make(chan func(), 1000), path: d.path}, now: time.Date(2026, 5, 3, 9, 0, 0, 0, time.UTC), due: map[time.Time]func(){}}
	w.Session, err = New(project, Options{
		Annotator: "asha", Post: func(f func()) { w.posted <- f },
		Now: func() time.Time { return w.now }, After: func(d time.Duration, f func()) { w.due[w.now.Add(d)] = f },
	})
	require.NoError(t, err)
	w.openNamed("a.txt")
	t.Cleanup(func() { w.getUp() })
	return w
}

func (w *stopwatch) openNamed(name string) {
	require.NoError(w.t, w.OpenFirst(name))
	w.until(func() bool { return w.Document() != nil && w.Document().Name == name })
}

// wait lets time go by, and what was to happen meanwhile happens.
func (w *stopwatch) wait(seconds int) {
	w.now = w.now.Add(time.Duration(seconds) * time.Second)
	for at, f := range w.due {
		if !at.After(w.now) {
			delete(w.due, at)
			f()
		}
	}
}

// written returns how many seconds are on the disk for a document, by its name.
func (w *stopwatch) written(name string) int {
	w.t.Helper()
	require.NoError(w.t, w.Flush())
	d, err := w.Project().DocumentByName(name)
	require.NoError(w.t, err)
	seconds, err := w.Project().TimeSpent(d.ID, "asha")
	require.NoError(w.t, err)
	return seconds
}

func (w *stopwatch) stints() int {
	entries, err := w.Project().Journal(store.JournalQuery{})
	require.NoError(w.t, err)
	n := 0
	for _, e := range entries {
		if e.EntityKind() == annotate.StintEntity {
			n++
		}
	}
	return n
}

func TestTimeBetweenActsCountsAndPausesDoNot(t *testing.T) {
	w := measured(t)
	w.Active()
	for _, seconds := range []int{5, 10, 60, 61, 4000, 7} {
		w.wait(seconds)
		w.Active()
	}
	require.Equal(t, 5+10+60+7, int(w.TimeSpent().Seconds()))
}

func TestTimeIsWrittenOnceAMinuteAndOnLeaving(t *testing.T) {
	w := measured(t)
	for range 59 {
		w.Active()
		w.wait(1)
	}
	require.Zero(t, w.stints())
	w.Active()
	w.wait(1)
	require.Equal(t, 59, w.written("a.txt"))
	require.Equal(t, 1, w.stints())
	w.Active()
	w.wait(20)
	w.Active()
	w.openNamed("b.txt")
	require.Equal(t, 80, w.written("a.txt"))
	w.wait(30) // it is read
	w.Active()
	require.Equal(t, 30*time.Second, w.TimeSpent())
	path := w.path
	w.getUp()
	w.desk = sitDown(t, path, "asha")
	require.Equal(t, 80, w.written("a.txt"))
	require.Equal(t, 30, w.written("b.txt"))
	require.Equal(t, 3, w.stints())
	w.openNamed("a.txt")
	require.Equal(t, 80*time.Second, w.TimeSpent(), "what is shown is what is recorded")
}

func TestTimeElsewhereDoesNotCount(t *testing.T) {
	w := measured(t)
	w.Active()
	w.wait(10)
	w.Active()
	w.Rest() // as for the dashboard
	w.wait(40)
	w.Active()
	w.wait(5)
	w.Active()
	require.Equal(t, 15*time.Second, w.TimeSpent())
	require.Equal(t, 10, w.written("a.txt"))
}

func TestNothingIsMeasuredWhereTheProjectDoesNotSaySo(t *testing.T) {
	w := measured(t)
	require.NoError(t, w.MeasureTime(false))
	w.until(func() bool { return !w.Timed() })
	for range 100 {
		w.Active()
		w.wait(10)
	}
	require.Zero(t, w.TimeSpent())
	w.openNamed("b.txt")
	require.Zero(t, w.stints())
	_, err := w.Project().Apply(annotate.Change{Annotator: "ben", After: &annotate.TeamMember{Annotator: "ben", Duty: annotate.Leading}})
	require.NoError(t, err)
	require.NoError(t, w.Refresh())
	require.ErrorContains(t, w.MeasureTime(true), "only a lead of this project says whether time is measured")
}

func TestUndoKnowsNothingOfTime(t *testing.T) {
	w := measured(t)
	w.span("Claim", "The minister")
	w.wait(30)
	w.Active()
	w.wait(30)
	require.Equal(t, 30, w.written("a.txt"))
	w.Undo()
	w.until(func() bool { return len(w.spans()) == 0 && w.Saved().Pending == 0 })
	w.Redo()
	w.until(func() bool { return len(w.spans()) == 1 && w.Saved().Pending == 0 })
	require.Equal(t, 30, w.written("a.txt"))
}

package panel

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/store"
)

// filterChoice is one thing that documents can be filtered by.
type filterChoice struct {
	word  string // typed into the filter
	title string
	count int
}

// filterChoices returns what can be asked for, with how many documents each finds.
func filterChoices(scheme *annotate.Scheme, t store.Tally) []filterChoice {
	choices := []filterChoice{
		{session.StateFilter + "new", "○ new", t.Total - t.Done - t.InProgress},
		{session.StateFilter + "doing", "◐ in progress", t.InProgress},
		{session.StateFilter + "done", "● done", t.Done},
	}
	for _, review := range []struct {
		status annotate.Status
		word   string
	}{{annotate.InReview, "in-review"}, {annotate.Returned, "returned"}, {annotate.Final, "final"}} {
		if n := t.Reviews[review.status]; n > 0 {
			choices = append(choices, filterChoice{session.StateFilter + review.word, stateMarks[review.status] + " " + review.status.Words(), n})
		}
	}
	if scheme.Revision > 0 {
		choices = append(choices, filterChoice{session.BehindFilter, behindMark + " done under an older scheme", t.Behind})
	}
	if t.Assigned > 0 {
		choices = append(choices, filterChoice{session.OwnFilter, "assigned to me", t.Assigned})
	}
	if t.Differing > 0 {
		choices = append(choices, filterChoice{session.DifferFilter, "open differences found so far", t.Differing})
	}
	for _, f := range scheme.Flags {
		choices = append(choices, filterChoice{session.FlagFilter + session.FlagWord(f.Name), "⚑ " + f.Name, t.Flags[f.Name]})
	}
	return append(choices,
		filterChoice{session.TalkFilter, "open threads", t.Talked},
		filterChoice{session.BrokenFilter, "violations found so far", t.Broken})
}

// ShowFilters offers what documents can be filtered by, with how many each finds. Choosing
// puts its word into the filter, or takes it out.
func (d *Documents) ShowFilters() {
	d.session.List().Tally(func(t store.Tally) {
		c := fyne.CurrentApp().Driver().CanvasForObject(d.filter)
		if c == nil {
			return
		}
		var items []*fyne.MenuItem
		for _, choice := range filterChoices(d.session.Scheme(), t) {
			item := fyne.NewMenuItem(fmt.Sprintf("%s   %d", choice.title, choice.count), func() { d.toggleFilter(choice.word) })
			item.Checked = d.filtersBy(choice.word)
			items = append(items, item)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.filter)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.AddXY(0, d.filter.Size().Height+2))
	})
}

func (d *Documents) filtersBy(word string) bool {
	for _, w := range strings.Fields(d.filter.Text) {
		if w == word {
			return true
		}
	}
	return false
}

// toggleFilter puts a word into the filter, or takes it out. Of words of one kind the last one counts.
func (d *Documents) toggleFilter(word string) {
	had := d.filtersBy(word)
	kind, _, _ := strings.Cut(word, ":")
	var words []string
	for _, w := range strings.Fields(d.filter.Text) {
		if k, _, operator := strings.Cut(w, ":"); w != word && (!operator || k != kind || kind == "has") {
			words = append(words, w)
		}
	}
	if !had {
		words = append(words, word)
	}
	d.filter.SetText(strings.Join(words, " "))
	giveFocus(d.filter)
}

// Filtering reports whether the filter has the keyboard.
func (d *Documents) Filtering() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(d.filter)
	return c != nil && c.Focused() == fyne.Focusable(d.filter)
}

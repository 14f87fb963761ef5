package session

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// searched looks for words and waits for the end.
func (d *desk) searched(words string) SearchState {
	d.t.Helper()
	d.Search().Find(words)
	d.until(func() bool { return !d.Search().State().Running })
	return d.Search().State()
}

// row returns the i-th row of what was found, once it is read.
func (d *desk) row(i int) (row SearchRow) {
	d.t.Helper()
	d.until(func() (ok bool) {
		row, ok = d.Search().Row(i)
		return ok
	})
	return row
}

// rows returns what the rows say: a document's name and count, or a hit among its neighbours.
func (d *desk) rows() []string {
	var said []string
	for i := range d.Search().Len() {
		switch row := d.row(i); {
		case row.Count > 0:
			said = append(said, fmt.Sprintf("%s %d", row.Name, row.Count))
		case row.More > 0:
			said = append(said, fmt.Sprintf("+%d at %d", row.More, row.Hit.Start))
		default:
			said = append(said, fmt.Sprintf("%d %s[%s]%s", row.Hit.Start, row.Hit.Before, row.Hit.Words, row.Hit.After))
		}
	}
	return said
}

func TestSearchGroupsHitsByDocument(t *testing.T) {
	d := newDesk(t, first, "Nothing here.", "the THE the The. Thence.", second)
	state := d.searched("the")
	require.Equal(t, SearchState{Words: "the", Searched: 4, Total: 4, Documents: 3, Hits: 9}, state)
	require.Equal(t, []string{
		"a.txt 3", "0 [The] minister denied the leak. Farmers said the lake fell.",
		"20 The minister denied [the] leak. Farmers said the lake fell.",
		"43 The minister denied the leak. Farmers said [the] lake fell.",
		"c.txt 5", "0 [the] THE the The. Thence.", "4 the [THE] the The. Thence.", "8 the THE [the] The. Thence.", "+2 at 12",
		"d.txt 1", "0 [The] council insists on its figures.",
	}, d.rows())
	require.Equal(t, SearchState{Words: "nowhere", Searched: 4, Total: 4}, d.searched("nowhere"))
	require.Empty(t, d.rows())
	d.Search().Find("")
	require.Equal(t, SearchState{}, d.Search().State())
}

func TestAHitIsOpenedAndTheSearchGoesOnFromThere(t *testing.T) {
	d := newDesk(t, first, "An article on reporters, reports and reporting.")
	d.searched("port")
	require.True(t, d.Search().Open(2))
	d.until(func() bool { return d.Document().Name == "b.txt" })
	require.Equal(t, "reports", d.words(d.Selection()))
	require.True(t, d.AtHit())
	require.Equal(t, annotate.Fragment{Start: 27, End: 31}, d.events[len(d.events)-1].Reveal)
	require.True(t, d.Find("port", true))
	require.Equal(t, "reporting", d.words(d.Selection()))
	require.True(t, d.Search().Open(1), "in the document that is open already")
	require.Equal(t, "reporters", d.words(d.Selection()))
	require.False(t, d.Search().Open(99))
}

// many returns a desk on n documents; every one says “common”, the last one “rare”.
func many(t *testing.T, n int) *desk {
	d := newDesk(t)
	var changes []annotate.Change
	for i := range n {
		text := fmt.Sprintf("Number %d is common, quite common.", i)
		if i == n-1 {
			text += " But rare."
		}
		changes = append(changes, annotate.Change{Annotator: "importer", After: annotate.NewDocument(fmt.Sprintf("%05d.txt", i), text)})
	}
	_, err := d.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Document() != nil && d.List().Len() == n })
	return d
}

func TestSearchHoldsOnlyThePagesLookedAtLast(t *testing.T) {
	const n = 256 * (pagesHeld + 3)
	d := many(t, n)
	require.Equal(t, SearchState{Words: "common", Searched: n, Total: n, Documents: n, Hits: 2 * n}, d.searched("common"))
	require.Equal(t, 3*n, d.Search().Len())
	for _, i := range []int{0, 3*n - 3, 3, 3 * 256 * (pagesHeld + 1), 3*n - 6, 3*n - 3} {
		require.Equal(t, fmt.Sprintf("%05d.txt", i/3), d.row(i).Name)
		require.LessOrEqual(t, len(d.Search().shown.held), pagesHeld)
	}
	require.Equal(t, SearchState{Words: "RARE", Searched: n, Total: n, Documents: 1, Hits: 1}, d.searched("RARE"))
}

func TestTheNextSearchEndsTheOneBefore(t *testing.T) {
	d := many(t, 1000)
	for _, words := range []string{"n", "nu", "num", "numb"} {
		d.Search().Find(words)
	}
	d.Search().Find("rare")
	d.until(func() bool { return !d.Search().State().Running })
	require.Equal(t, 1, d.Search().State().Hits)
	require.Equal(t, "00999.txt", d.row(0).Name)
	d.Search().readers.Wait() // and what the others still post changes nothing
	d.Search().Find("common")
	d.Search().Stop()
	d.until(func() bool { return !d.Search().State().Running })
	state := d.Search().State()
	require.True(t, state.Stopped)
	require.Equal(t, 3*state.Documents, d.Search().Len(), "what was found until then stays")
}

func TestFoundDocumentsComeAndGo(t *testing.T) {
	d := newDesk(t, first, second)
	d.searched("council")
	require.Equal(t, []string{"b.txt 1", "4 The [council] insists on its figures."}, d.rows())
	found := d.row(0)

	removal, err := d.Project().DocumentRemoval(found.Document)
	require.NoError(t, err)
	for i := range removal {
		removal[i].Annotator = "asha"
	}
	_, err = d.Project().Apply(removal...)
	require.NoError(t, err)
	require.True(t, d.Search().Open(1))
	d.until(func() bool { return d.Message().Error })
	require.Contains(t, d.Message().Text, "has no document")

	require.NoError(t, d.Refresh())
	require.NotZero(t, d.Search().Len(), "until the search is complete, what was found stays")
	d.until(func() bool { return d.Search().Len() == 0 })
	d.Undo()
	d.until(func() bool { return d.Search().Len() == 2 })
	require.Equal(t, []string{"b.txt 1", "4 The [council] insists on its figures."}, d.rows())
}

func TestAHitInATextThatHasChangedIsLookedForAgain(t *testing.T) {
	d := newDesk(t, first, second)
	d.searched("figures")
	before, err := d.Project().Document(d.row(0).Document)
	require.NoError(t, err)
	after := annotate.NewDocument(before.Name, "All figures, says the council.")
	after.ID = before.ID
	_, err = d.Project().Apply(annotate.Change{Annotator: "asha", Before: before, After: after})
	require.NoError(t, err)
	require.True(t, d.Search().Open(1))
	d.until(func() bool { return d.Document().Name == "b.txt" })
	require.Equal(t, "figures", d.words(d.Selection()))
	require.Equal(t, 4, d.Selection().Start)
}

// TestSearchAndFindAgree goes through a document with F3 from each hit that the
// search through the project tells.
func TestSearchAndFindAgree(t *testing.T) {
	text := strings.Join([]string{"Straße STRAẞE Strasse", "Ὀδυσσεύς ΟΔΥΣΣΕΎΣ", "İstanbul ISTANBUL ıstanbul", "cafe\u0301 café cafe"}, "\n")
	d := newDesk(t, text)
	for words, want := range map[string][]string{
		"straße": {"Straße", "STRAẞE"}, "σ": {"Ὀδυσσεύς", "ΟΔΥΣΣΕΎΣ"}, "stanbul": {"İstanbul", "ISTANBUL", "ıstanbul"}, "cafe": {"cafe\u0301", "cafe"},
	} {
		d.searched(words)
		var opened []string
		for i := range d.Search().Len() {
			if row := d.row(i); row.Count == 0 {
				require.True(t, d.Search().Open(i))
				opened = append(opened, d.words(d.Selection()))
			}
		}
		require.Equal(t, want, slices.Compact(opened), words)
		d.MoveTo(0)
		var gone []string
		for range want {
			require.True(t, d.Find(words, true))
			gone = append(gone, d.words(d.Selection()))
		}
		require.ElementsMatch(t, want, gone, words)
	}
}

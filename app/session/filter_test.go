package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

func TestAFilterIsNamesAndWordsWithColons(t *testing.T) {
	scheme := &annotate.Scheme{Revision: 3, Flags: []annotate.Flag{{Name: "discuss"}, {Name: "ask again"}}}
	for text, want := range map[string]store.DocumentQuery{
		"":                                {},
		"  lake fell ":                    {Filter: "lake fell"},
		"state:done lake":                 {Status: annotate.Done, Filter: "lake"},
		"lake state:doing":                {Status: annotate.InProgress, Filter: "lake"},
		"state:nonsense":                  {Filter: "state:nonsense"},
		"flag:d":                          {Flag: "discuss"},
		"flag:ask-again":                  {Flag: "ask again"},
		"flag:any":                        {Flag: store.AnyFlag},
		"flag:imported":                   {Flag: "imported"},
		"flag:":                           {Filter: "flag:"},
		"has:threads has:violations":      {Talked: true, Broken: true},
		"scheme:old":                      {Behind: 3},
		"for:ben lake":                    {Assigned: "ben", Filter: "lake"},
		"for:":                            {Filter: "for:"},
		"by:ben state:done":               {By: "ben", Status: annotate.Done},
		`by:"Ana  María de" lake`:         {By: "Ana María de", Filter: "lake"},
		"2031-04-02T10:00 https://a.b/c.": {Filter: "2031-04-02T10:00 https://a.b/c."},
	} {
		assert.Equal(t, want, parseFilter(text, scheme), text)
	}
	assert.Equal(t, store.DocumentQuery{Behind: -1}, parseFilter("scheme:old", &annotate.Scheme{}), "nothing is older than the first")
}

func TestADocumentDoneUnderAnOlderSchemeIsFoundAndConfirmed(t *testing.T) {
	d := newDesk(t, first, second)
	require.NoError(t, d.SetStatus(annotate.Done))
	require.False(t, d.Behind())
	d.saved()
	before, err := d.Project().Scheme()
	require.NoError(t, err)
	after := before.Clone()
	after.Revision = 2
	_, err = d.Project().Apply(annotate.Change{Annotator: "asha", Before: before, After: after})
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	require.True(t, d.Behind())
	d.List().SetFilter("scheme:old")
	d.until(func() bool { return d.List().Len() == 1 })
	row, _ := d.List().Row(0)
	require.Equal(t, "a.txt", row.Name)
	require.Zero(t, row.Scheme)

	require.NoError(t, d.Confirm())
	require.False(t, d.Behind())
	require.Equal(t, 2, d.Layer().Assessment.Scheme)
	d.saved()
	d.List().Refresh()
	d.until(func() bool { return d.List().Len() == 0 })
	d.Undo()
	d.until(d.Behind)
	require.NoError(t, d.SetStatus(annotate.InProgress))
	require.False(t, d.Behind(), "what is not done is behind nothing")
}

func TestViolationsAreFoundInDocumentsNobodyHasOpened(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting, "Another text.", "A third.")
	rows, err := d.Project().Documents(store.DocumentQuery{})
	require.NoError(t, err)
	for i, genre := range []string{"", "news", ""} { // which must be set in all that is begun
		a := &annotate.Assessment{Document: rows[i].ID, Annotator: "asha", Status: annotate.InProgress}
		if genre != "" {
			a.Labels = map[string]annotate.Value{"genre": annotate.Text(genre)}
		}
		_, err := d.Project().Apply(annotate.Change{Annotator: "asha", After: a})
		require.NoError(t, err)
	}
	names := func() (found []string) {
		for i := range d.List().Len() {
			if row, ok := d.List().Row(i); ok {
				found = append(found, row.Name)
			}
		}
		return found
	}
	d.List().SetFilter("has:violations")
	d.until(func() bool { return len(names()) == 2 })
	require.Equal(t, []string{"a.txt", "c.txt"}, names())
	var tally store.Tally
	d.List().Tally(func(t store.Tally) { tally = t })
	d.until(func() bool { return tally.Total > 0 })
	require.Equal(t, 2, tally.Broken)

	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Layer().Assessment.Status == annotate.InProgress })
	require.NoError(t, d.SetDocumentLabel("genre", annotate.Text("column"), true))
	d.saved()
	d.List().Refresh()
	d.until(func() bool { return len(names()) == 1 })
	require.Equal(t, []string{"c.txt"}, names())
}

func TestTheWorkOfOthersIsFoundByItsStateUnlessTheProjectIsBlind(t *testing.T) {
	d := newDesk(t, first, second, "Third.", "Fourth.")
	for name, status := range map[string]annotate.Status{"a.txt": annotate.Done, "b.txt": annotate.Done, "c.txt": annotate.InProgress} {
		document, err := d.Project().DocumentByName(name)
		require.NoError(t, err)
		_, err = d.Project().Apply(annotate.Change{Annotator: "ben", After: &annotate.Assessment{Document: document.ID, Annotator: "ben", Status: status}})
		require.NoError(t, err)
		if name == "b.txt" {
			_, err = d.Project().Apply(annotate.Change{Annotator: "lea", After: &annotate.Review{Document: document.ID, Annotator: "ben", Status: annotate.Final, By: "lea"}})
			require.NoError(t, err)
		}
	}
	found := func(filter string) (names string) {
		d.List().SetFilter(filter)
		rows, err := d.Project().Documents(d.List().query())
		require.NoError(t, err)
		for _, row := range rows {
			names += row.Name[:1]
		}
		return names
	}
	for filter, want := range map[string]string{
		WorkFilter("ben", annotate.Done): "a", WorkFilter("ben", annotate.Final): "b", WorkFilter("ben", annotate.InProgress): "c",
		WorkFilter("ben", annotate.New): "d", "by:ben": "abc", "state:done": "", "by:asha": "",
	} {
		require.Equal(t, want, found(filter), filter)
	}
	require.NoError(t, d.Project().SetBlind(true))
	require.NoError(t, d.Refresh())
	require.Equal(t, "abcd", found("by:ben"), "which says nothing of ben")
}

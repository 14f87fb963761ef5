package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestAStatusFindsTheDocumentsWhoseWorkIsInIt goes through every pair of what an annotator said
// and what a reviewer did.
func TestAStatusFindsTheDocumentsWhoseWorkIsInIt(t *testing.T) {
	p := create(t)
	said := []annotate.Status{"", annotate.New, annotate.InProgress, annotate.Done}
	judged := []annotate.Status{"", annotate.InReview, annotate.Returned, annotate.Final}
	for i, s := range said {
		for j, r := range judged {
			d := annotate.NewDocument(fmt.Sprint(i, j), fmt.Sprint("text ", i, j))
			add(t, p, d)
			if s != "" {
				act(t, p, "asha", nil, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: s})
			}
			if r != "" {
				act(t, p, "asha", nil, annotate.State(&annotate.Assessment{Document: d.ID, Annotator: "lea", Status: annotate.Done}))
				_, err := p.transact(func(b *batch) error { // whatever may be moved where
					return b.putReview(&annotate.Review{Document: d.ID, Annotator: "asha", Status: r, By: "lea", Comment: "x"})
				})
				require.NoError(t, err)
			}
		}
	}
	rows, err := p.Documents(DocumentQuery{})
	require.NoError(t, err)
	found := func(q DocumentQuery) (names []string) {
		rows, err := p.Documents(q)
		require.NoError(t, err)
		for _, row := range rows {
			names = append(names, row.Name)
		}
		n, err := p.CountDocuments(q)
		require.NoError(t, err)
		require.Len(t, names, n)
		return names
	}
	for _, status := range append(annotate.Statuses, "") {
		var own, exact []string
		for _, row := range rows {
			w, err := p.Work(row.ID, "asha")
			require.NoError(t, err)
			is := w.Status()
			if status == is || status == "" || status == annotate.Done && is.Base() == annotate.Done || status == annotate.InProgress && is.Base() == annotate.InProgress {
				own = append(own, row.Name)
			}
			if status == is || status == "" && is != annotate.New {
				exact = append(exact, row.Name)
			}
		}
		require.Equal(t, own, found(DocumentQuery{Annotator: "asha", Status: status}), status)
		require.Equal(t, exact, found(DocumentQuery{Annotator: "ben", By: "asha", Status: status}), "by asha "+string(status))
	}
}

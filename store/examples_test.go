package store_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

func TestExamplesComeFromDifferentDocumentsInTheirContext(t *testing.T) {
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), &annotate.Scheme{Name: "s", Spans: []annotate.SpanLabel{{Label: "Claim"}}})
	require.NoError(t, err)
	defer func() { require.NoError(t, p.Close()) }()
	var changes []annotate.Change
	for _, name := range []string{"a", "b", "c"} {
		d := annotate.NewDocument(name, "Farmers said the lake fell twice.")
		changes = append(changes, annotate.Change{Annotator: "asha", After: d})
		for i, label := range []string{"Claim", "Claim", "Source"} {
			changes = append(changes, annotate.Change{Annotator: "asha", After: &annotate.Span{
				ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: 13 + i, End: 26}},
			}})
		}
	}
	_, err = p.Apply(changes...)
	require.NoError(t, err)
	found, err := p.Examples("", 2, "Claim", "Statement")
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.NotEqual(t, found[0].Document, found[1].Document)
	require.Equal(t, annotate.Context{Before: "Farmers said ", Words: "the lake fell", After: " twice."}, found[0].Context)
	found, err = p.Examples("", 9, "Source")
	require.NoError(t, err)
	require.Len(t, found, 3)
	found, err = p.Examples("", 9, "Nothing")
	require.NoError(t, err)
	require.Empty(t, found)
}

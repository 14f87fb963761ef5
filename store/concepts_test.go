package store

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// mention is a span of one letter that is linked to a concept.
func mention(document annotate.ID, annotator string, at int, concept annotate.ID) *annotate.Span {
	return &annotate.Span{
		ID: annotate.NewID(), Document: document, Annotator: annotator, Label: "Claim", Fragments: []annotate.Fragment{{Start: at, End: at + 1}},
		Attributes: map[string]annotate.Value{"who": annotate.Text(string(concept))},
	}
}

func TestMentionsArePagedInTheOrderOfTheTexts(t *testing.T) {
	p := create(t)
	trust, other := annotate.NewConcept("body", "Trust"), annotate.NewConcept("body", "Other")
	later, sooner := annotate.NewDocument("z.txt", "abcdef"), annotate.NewDocument("a.txt", "ghijkl")
	add(t, p, trust, other, later, sooner)
	for i := range 6 { // from the end of the texts on
		to := trust.ID
		if i == 2 {
			to = other.ID
		}
		add(t, p, mention(later.ID, "asha", 5-i, to), mention(sooner.ID, "ben", 5-i, trust.ID))
	}
	words := func(offset, limit int, ids ...annotate.ID) (all []string) {
		found, err := p.Mentions("", offset, limit, ids...)
		require.NoError(t, err)
		for _, m := range found {
			all = append(all, m.Document+" "+m.Words)
		}
		return all
	}
	require.Equal(t, []string{"z.txt a", "z.txt b", "z.txt c", "z.txt e"}, words(0, 4, trust.ID), "in the order of the documents and their texts")
	require.Equal(t, []string{"z.txt f", "a.txt g", "a.txt h"}, words(4, 3, trust.ID))
	require.Equal(t, []string{"z.txt d"}, words(0, 9, other.ID))
	require.Equal(t, []string{"z.txt c", "z.txt d", "z.txt e"}, words(2, 3, trust.ID, other.ID), "of several as of one")
	require.Empty(t, words(11, 3, trust.ID))

	n, err := p.CountMentionsOf("", trust.ID, other.ID)
	require.NoError(t, err)
	require.Equal(t, 12, n)
	counts, err := p.CountMentions("")
	require.NoError(t, err)
	require.Equal(t, map[annotate.ID]int{trust.ID: 11, other.ID: 1}, counts)
}

func TestEverythingLinkedToAConceptIsFound(t *testing.T) {
	p := create(t)
	c := annotate.NewConcept("", "Trust")
	d := annotate.NewDocument("a.txt", "abc")
	link := map[string]annotate.Value{"who": annotate.Text(string(c.ID))}
	about := map[string]annotate.Value{"who": annotate.Text("see " + string(c.ID))}
	linked := []annotate.State{
		mention(d.ID, "asha", 0, c.ID),
		&annotate.Relation{ID: "r1", Document: d.ID, Annotator: "asha", Label: "about", Arguments: []annotate.Argument{{Role: "head", Implicit: true}}, Attributes: link},
		&annotate.Record{ID: "q1", Document: d.ID, Annotator: "ben", Label: "question", Rank: "V", Attributes: link},
		&annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done, Labels: link},
	}
	add(t, p, append([]annotate.State{
		c, d,
		&annotate.Record{ID: "q2", Document: d.ID, Annotator: "ben", Label: "question", Rank: "X", Attributes: about},
	}, linked...)...)
	found, err := p.Linked(c.ID)
	require.NoError(t, err)
	require.Equal(t, linked, found, "but not what only speaks of its id")
}

func BenchmarkMentions(b *testing.B) {
	p := create(b)
	c := annotate.NewConcept("", "Trust")
	states := []annotate.State{c}
	for i := range 1000 {
		d := annotate.NewDocument(fmt.Sprintf("%d.txt", i), "abcdefghijkl")
		states = append(states, d)
		for at := range 10 {
			states = append(states, mention(d.ID, "asha", at, c.ID))
		}
	}
	add(b, p, states...)
	b.ResetTimer()
	for range b.N {
		found, err := p.Mentions("", 5000, 50, c.ID)
		require.NoError(b, err)
		require.Len(b, found, 50)
	}
}

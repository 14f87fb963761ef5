package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestDocumentsAreReadWithTheLayersOfAll(t *testing.T) {
	p := create(t)
	one, two, bare := annotate.NewDocument("one", sharedText), annotate.NewDocument("two", "Ja."), annotate.NewDocument("bare", "Nein.")
	said := claim1(one.ID, "asha", annotate.Fragment{Start: 4, End: 9})
	first := claim1(one.ID, "asha", annotate.Fragment{Start: 0, End: 3}, annotate.Fragment{Start: 15, End: 19})
	other := claim1(one.ID, "ben", annotate.Fragment{Start: 0, End: 3})
	there := claim1(two.ID, "asha", annotate.Fragment{Start: 0, End: 2})
	here := &annotate.Relation{ID: "r", Document: one.ID, Annotator: "asha", Label: "about", Arguments: []annotate.Argument{
		{Role: "head", Span: first.ID}, {Role: "tail", Span: there.ID, Document: two.ID},
	}}
	done := &annotate.Assessment{Document: two.ID, Annotator: "carl", Status: annotate.Done}
	add(t, p, one, two, bare, said, first, other, there, here, done)

	all, err := p.Labelled(two.ID, "unknown", bare.ID, one.ID)
	require.NoError(t, err)
	var read []string
	for _, l := range all {
		read = append(read, l.Document.Name+": "+l.Document.Text)
		for _, layer := range l.Layers {
			read = append(read, layer.Annotator+" "+string(layer.Assessment.Status))
			for s := range layer.Spans() {
				read = append(read, "  "+s.Covered(l.Document.Text))
			}
			for _, r := range layer.Relations() {
				read = append(read, "  "+r.Label)
			}
		}
	}
	require.Equal(t, []string{
		"two: Ja.", "asha new", "  Ja", "carl done", // the relation that points here stands where it was made
		"bare: Nein.",
		"one: " + sharedText, "asha new", "  " + first.Covered(sharedText), "  sagte", "  about", "ben new", "  Sie",
	}, read)
	require.True(t, slices.Equal(first.Fragments, all[2].Layers[0].Span(first.ID).Fragments))
}

func TestSizesAreThoseOfAllDocumentsInOrder(t *testing.T) {
	p := create(t)
	one, two, same := annotate.NewDocument("one", "Ja."), annotate.NewDocument("two", "Nö."), annotate.NewDocument("same", "Ja.")
	add(t, p, one, two, same)
	var sizes []DocumentSize
	for page, err := range p.DocumentSizes() {
		require.NoError(t, err)
		sizes = append(sizes, page...)
	}
	require.Equal(t, []DocumentSize{{one.ID, 3}, {two.ID, 4}, {same.ID, 3}}, sizes)
}

func TestSizesComePageByPageAndLeaveOutWhatIsAddedMeanwhile(t *testing.T) {
	p := create(t)
	var want []string
	for range 2*sizesPage + 3 {
		want = append(want, fmt.Sprint(len(want)))
	}
	for part := range slices.Chunk(want, 3000) {
		var documents []annotate.State
		for _, name := range part {
			documents = append(documents, &annotate.Document{ID: annotate.ID("d" + name), Name: name, Text: "Ja.", Hash: annotate.HashText("Ja.")})
		}
		add(t, p, documents...)
	}
	var pages []int
	var got []string
	for page, err := range p.DocumentSizes() {
		require.NoError(t, err)
		pages = append(pages, len(page))
		for _, d := range page {
			got = append(got, strings.TrimPrefix(string(d.ID), "d"))
		}
		add(t, p, annotate.NewDocument(fmt.Sprint("later ", len(pages)), "Nein."))
	}
	require.Equal(t, []int{sizesPage, sizesPage, 3}, pages)
	require.Equal(t, want, got)
}

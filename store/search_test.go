package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// pieces are what texts of many scripts are made of, with characters that fold in
// odd ways or not at all.
var pieces = strings.Split("the|The|LAKE|lake| | |\n|. |İstanbul|ı|I|i|straße|STRASSE|STRAẞE|λόγος|ΛΌΓΟΣ|λογοσ|cafe\u0301|café|Ж|жаба|水位|位|が|مقال|لم|क्षेत्र|😀|K|\u212a|ſ|s|0", "|")

func mixedText(random *rand.Rand) string {
	var text strings.Builder
	for range random.IntN(40) {
		text.WriteString(pieces[random.IntN(len(pieces))])
	}
	return text.String()
}

// texts puts n documents of mixed texts into a project, a third of them with a text
// that another one has, and returns them in their order.
func texts(t testing.TB, n int) (*Project, []*annotate.Document) {
	p := create(t)
	random := rand.New(rand.NewPCG(7, 7))
	var documents []*annotate.Document
	var states []annotate.State
	for i := range n {
		text := mixedText(random)
		if i > 0 && i%3 == 0 {
			text = documents[random.IntN(i)].Text
		}
		documents = append(documents, annotate.NewDocument(fmt.Sprintf("%03d.txt", i), text))
		states = append(states, documents[i])
	}
	add(t, p, states...)
	return p, documents
}

// searched runs a search and returns what it found and in how many documents it looked.
func searched(t require.TestingT, p *Project, q TextQuery) (matches []TextMatch, stretches []Stretch) {
	last := q.From
	require.NoError(t, p.SearchTexts(context.Background(), q, func(s Stretch) error {
		require.Equal(t, last, s.From)
		last = s.To
		matches, stretches = append(matches, s.Matches...), append(stretches, s)
		return nil
	}))
	require.Equal(t, q.To, last)
	return matches, stretches
}

// TestSearchFindsWhatReadingEveryTextFinds compares with package regexp over the texts
// that went in.
func TestSearchFindsWhatReadingEveryTextFinds(t *testing.T) {
	p, documents := texts(t, 2*stretchLength+100)
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 3).Draw(t, "words"), "")
		hits := rapid.IntRange(0, 3).Draw(t, "hits")
		naive := regexp.MustCompile("(?i)" + regexp.QuoteMeta(words))
		matches, stretches := searched(t, p, TextQuery{Pattern: annotate.NewPattern(words), Hits: hits})
		looked := 0
		for _, s := range stretches {
			looked += s.Documents
		}
		require.Equal(t, len(documents), looked)
		for _, d := range documents {
			want := naive.FindAllStringIndex(d.Text, -1)
			if len(want) == 0 {
				continue
			}
			require.NotEmpty(t, matches, "%s is missing", d.Name)
			got := matches[0]
			matches = matches[1:]
			require.Equal(t, []any{d.ID, d.Name, len(want)}, []any{got.ID, got.Name, got.Count})
			require.Len(t, got.Hits, min(hits, len(want)))
			for i, h := range got.Hits {
				require.Equal(t, annotate.Fragment{Start: want[i][0], End: want[i][1]}, h.Fragment)
				require.Equal(t, strings.Fields(d.Text[h.Start:h.End]), strings.Fields(h.Words))
			}
		}
		require.Empty(t, matches)
	})
}

func TestSearchedStretchesCanBeSearchedAgain(t *testing.T) {
	p, documents := texts(t, 2*stretchLength+100)
	q := TextQuery{Pattern: annotate.NewPattern("lake"), Hits: 1}
	_, stretches := searched(t, p, q)
	require.Len(t, stretches, 3)
	middle := stretches[1]
	again := func() []TextMatch {
		q := q
		q.From, q.To = middle.From, middle.To
		matches, stretches := searched(t, p, q)
		require.Len(t, stretches, 1)
		return matches
	}
	require.Equal(t, middle.Matches, again())

	// Documents that come and go elsewhere move nothing here, those at the edges too.
	last := documents[stretchLength-1]
	require.Equal(t, last.ID, stretches[0].To.id)
	add(t, p, annotate.NewDocument("new.txt", "lake"))
	for _, d := range []*annotate.Document{documents[0], last} {
		removal, err := p.DocumentRemoval(d.ID)
		require.NoError(t, err)
		_, err = p.Apply(by("asha", removal)...)
		require.NoError(t, err)
	}
	require.Equal(t, middle.Matches, again())
	all, _ := searched(t, p, q)
	require.Equal(t, "new.txt", all[len(all)-1].Name)
}

// by signs changes.
func by(annotator string, changes []annotate.Change) []annotate.Change {
	for i := range changes {
		changes[i].Annotator = annotator
	}
	return changes
}

func TestSearchKnowsSharedAndDeletedTexts(t *testing.T) {
	p := create(t)
	a, b := annotate.NewDocument("a.txt", "The lake fell."), annotate.NewDocument("b.txt", "The lake fell.")
	add(t, p, a)
	add(t, p, b)
	names := func() (names []string) {
		matches, _ := searched(t, p, TextQuery{Pattern: annotate.NewPattern("LAKE")})
		for _, m := range matches {
			names = append(names, m.Name)
		}
		return names
	}
	require.Equal(t, []string{"a.txt", "b.txt"}, names())
	removal, err := p.DocumentRemoval(a.ID)
	require.NoError(t, err)
	_, err = p.Apply(by("asha", removal)...)
	require.NoError(t, err)
	require.Equal(t, []string{"b.txt"}, names(), "the journal keeps the text, but no document has it")
	_, err = p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, []string{"a.txt", "b.txt"}, names())
}

func TestSearchStopsWhenAsked(t *testing.T) {
	p, _ := texts(t, 8*stretchLength)
	q := TextQuery{Pattern: annotate.NewPattern("a")}
	ctx, cancel := context.WithCancel(context.Background())
	taken := 0
	err := p.SearchTexts(ctx, q, func(Stretch) error {
		taken++
		cancel()
		return nil
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 1, taken)
	require.ErrorIs(t, p.SearchTexts(ctx, q, func(Stretch) error { taken++; return nil }), context.Canceled)
	require.Equal(t, 1, taken)

	full := errors.New("that will do")
	require.Same(t, full, p.SearchTexts(context.Background(), q, func(Stretch) error { return full }))
}

func TestSearchOfAnEmptyOrClosedProject(t *testing.T) {
	p := create(t)
	matches, stretches := searched(t, p, TextQuery{Pattern: annotate.NewPattern("a")})
	require.Empty(t, matches)
	require.Len(t, stretches, 1)
	require.NoError(t, p.Close())
	err := p.SearchTexts(context.Background(), TextQuery{Pattern: annotate.NewPattern("a")}, func(Stretch) error { return nil })
	require.Equal(t, annotate.Conflict, annotate.KindOf(err))
}

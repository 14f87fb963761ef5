package conll

import (
	"cmp"
	"slices"
	"sort"
	"unicode"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// wordsOf returns the tokens of a text without the blanks in them, cut where a span
// begins or ends in one.
func wordsOf(b *annotate.Body, spans []*annotate.Span) []annotate.Fragment {
	var cuts []int
	for _, s := range spans {
		extent := s.Extent()
		cuts = append(cuts, extent.Start, extent.End)
	}
	slices.Sort(cuts)
	var words []annotate.Fragment
	text := b.Text()
	for token := range b.Tokens(annotate.Fragment{End: len(text)}) {
		start := token.Start
		flush := func(end int) {
			if start < end {
				words = append(words, annotate.Fragment{Start: start, End: end})
			}
		}
		cut := sort.SearchInts(cuts, start)
		for at, r := range text[token.Start:token.End] {
			at += token.Start
			for cut < len(cuts) && cuts[cut] < at {
				cut++
			}
			switch {
			case unicode.IsSpace(r):
				flush(at)
				start = at + len(string(r))
			case cut < len(cuts) && cuts[cut] == at:
				flush(at)
				start = at
			}
		}
		flush(token.End)
	}
	return words
}

// sentencesOf returns the words behind which a sentence ends: where the text has one, unless a span goes on there.
func sentencesOf(b *annotate.Body, words []annotate.Fragment, spans []*annotate.Span) map[int]bool {
	ends := map[int]bool{}
	inside, next, until := 0, 0, -1
	for i, w := range words {
		for next < len(spans) && spans[next].Extent().Start < w.Start {
			inside = max(inside, spans[next].Extent().End)
			next++
		}
		if w.Start >= until {
			if i > 0 && w.Start >= inside {
				ends[i-1] = true
			}
			until = w.End
			if s, ok := b.SentenceAt(w.Start); ok {
				until = s.End
			}
		}
	}
	if len(words) > 0 {
		ends[len(words)-1] = true
	}
	return ends
}

// chunksOf returns the words that spans cover, in order of the first, longer ones before.
func chunksOf(words []annotate.Fragment, spans []*annotate.Span) []dataset.Chunk {
	var found []dataset.Chunk
	for _, s := range spans {
		extent := s.Extent()
		c := dataset.Chunk{Label: s.Label, Start: sort.Search(len(words), func(i int) bool { return words[i].Start >= extent.Start })}
		if c.End = sort.Search(len(words), func(i int) bool { return words[i].Start >= extent.End }); c.Start < c.End {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b dataset.Chunk) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return found
}

// spacing returns what MISC says of blanks; usual is what nobody needs to say.
func spacing(blanks, usual string) string {
	switch blanks {
	case usual:
		return "_"
	case "":
		return "SpaceAfter=No"
	}
	return "SpacesAfter=" + escaped(blanks)
}

// behind returns what stands in the text between a word and the next one, or its end.
func behind(text string, words []annotate.Fragment, i int) string {
	if i+1 < len(words) {
		return text[words[i].End:words[i+1].Start]
	}
	return text[words[i].End:]
}

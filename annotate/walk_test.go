package annotate_test

import (
	"slices"

	. "spanwright/annotate"
)

// tokensOf returns all tokens of a text.
func tokensOf(b *Body) []Fragment {
	return append([]Fragment{}, slices.Collect(b.Tokens(Fragment{0, len(b.Text())}))...)
}

// sentencesOf returns all sentences of a text.
func sentencesOf(b *Body) []Fragment {
	all := []Fragment{}
	for f, ok := b.NextSentence(0); ok; f, ok = b.NextSentence(f.End) {
		all = append(all, f)
	}
	return all
}

// clusterEnds returns where the clusters of a text end.
func clusterEnds(b *Body) []int {
	var ends []int
	for at := 0; at < len(b.Text()); {
		at = b.NextCluster(at)
		ends = append(ends, at)
	}
	return ends
}

func covered(text string, fragments []Fragment) []string {
	found := []string{}
	for _, f := range fragments {
		found = append(found, text[f.Start:f.End])
	}
	return found
}

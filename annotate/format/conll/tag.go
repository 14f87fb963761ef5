package conll

import "spanwright/annotate/dataset"

// parseTag reads a tag whose label is written as it is here.
func parseTag(s string, labelFirst bool) (t dataset.Tag, ok bool) {
	t, ok = dataset.ParseTag(s, labelFirst)
	t.Label = plain(t.Label)
	return t, ok
}

// isTag reports whether s can be a tag.
func isTag(s string) bool {
	_, first := parseTag(s, false)
	_, last := parseTag(s, true)
	return first || last
}

// labelsFirst reports whether tags have their labels before the prefix: all can be read
// so, and not all the other way.
func labelsFirst(tags []string) bool {
	first, last := true, true
	for _, s := range tags {
		_, ok := parseTag(s, false)
		first = first && ok
		_, ok = parseTag(s, true)
		last = last && ok
	}
	return last && !first
}

// marks are the prefixes of a scheme: for the first, a middle and the last token of a
// chunk, and for one that stands alone.
type marks struct{ begin, inside, end, alone string }

// schemes are the schemes of tags that are written. In IOB1 a chunk begins with B only
// behind another one of its label.
var schemes = map[dataset.Tags]marks{
	dataset.IOB1:  {"I", "I", "I", "I"},
	dataset.IOB2:  {"B", "I", "I", "B"},
	dataset.BIOES: {"B", "I", "E", "S"},
	dataset.BILOU: {"B", "I", "L", "U"},
}

// tagsOf returns the tags of n tokens for chunks in order.
func tagsOf(n int, all []dataset.Chunk, scheme dataset.Tags) []string {
	tags, m := make([]string, n), schemes[scheme]
	for i := range tags {
		tags[i] = "O"
	}
	for i, c := range all {
		for at := c.Start; at < c.End; at++ {
			prefix := m.inside
			switch {
			case c.End == c.Start+1:
				prefix = m.alone
			case at == c.Start:
				prefix = m.begin
			case at == c.End-1:
				prefix = m.end
			}
			if scheme == dataset.IOB1 && at == c.Start && i > 0 && all[i-1].End == at && all[i-1].Label == c.Label {
				prefix = "B"
			}
			tags[at] = prefix + "-" + escaped(c.Label)
		}
	}
	return tags
}

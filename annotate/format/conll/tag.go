package conll

import "spanwright/annotate/dataset"

// tag is what a column says of a token: a prefix and a label, or outside.
type tag struct {
	prefix byte // B, I (also M), E (also L) or S (also U and W); 0 for outside
	label  string
	raw    byte // the prefix as it stands there
}

// prefixes are those of all schemes, each with what it says.
var prefixes = map[byte]byte{'B': 'B', 'I': 'I', 'M': 'I', 'E': 'E', 'L': 'E', 'S': 'S', 'U': 'S', 'W': 'S'}

// parseTag reads "B-PER", or "PER-B" where the label comes first; ok is false if it is neither.
func parseTag(s string, labelFirst bool) (t tag, ok bool) {
	if s == "O" {
		return tag{}, true
	}
	if len(s) < 3 {
		return tag{}, false
	}
	raw, sign, label := s[0], s[1], s[2:]
	if labelFirst {
		raw, sign, label = s[len(s)-1], s[len(s)-2], s[:len(s)-2]
	}
	return tag{prefixes[raw], plain(label), raw}, sign == '-' && prefixes[raw] != 0
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

// chunk is a labelled run of tokens, from the first to behind the last.
type chunk struct {
	label      string
	start, end int
}

// chunks reads tags of any scheme, as the evaluation of the shared tasks does: what goes
// on where nothing of that label has begun begins there. odd counts how often that was
// so in a scheme that has a prefix for the beginning; scheme is its name, "" without labels.
func chunks(tags []tag) (found []chunk, scheme string, odd int) {
	var open *chunk
	seen := map[byte]bool{}
	begun, gone := 0, 0 // chunks that begin with B although nothing stands before, and with I
	for i, t := range tags {
		goesOn := open != nil && open.label == t.label
		if t.prefix != 0 {
			seen[t.raw] = true
		}
		if t.prefix == 0 || t.prefix == 'B' || t.prefix == 'S' || !goesOn {
			switch {
			case t.prefix == 'B' && (i == 0 || tags[i-1].label != t.label):
				begun++
			case t.prefix == 'I' || t.prefix == 'E':
				gone++
			}
			open = nil
			if t.prefix != 0 {
				found = append(found, chunk{t.label, i, i})
				open = &found[len(found)-1]
			}
		}
		if open != nil {
			open.end = i + 1
		}
		if t.prefix == 'E' || t.prefix == 'S' {
			open = nil
		}
	}
	switch {
	case len(found) == 0:
		return nil, "", 0
	case seen['L'] || seen['U']:
		return found, "BILOU", gone
	case seen['E'] || seen['S'] || seen['W'] || seen['M']:
		return found, "BIOES", gone
	case gone > 0 && begun == 0:
		return found, "IOB1", 0
	}
	return found, "IOB2", gone
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
func tagsOf(n int, all []chunk, scheme dataset.Tags) []string {
	tags, m := make([]string, n), schemes[scheme]
	for i := range tags {
		tags[i] = "O"
	}
	for i, c := range all {
		for at := c.start; at < c.end; at++ {
			prefix := m.inside
			switch {
			case c.end == c.start+1:
				prefix = m.alone
			case at == c.start:
				prefix = m.begin
			case at == c.end-1:
				prefix = m.end
			}
			if scheme == dataset.IOB1 && at == c.start && i > 0 && all[i-1].end == at && all[i-1].label == c.label {
				prefix = "B"
			}
			tags[at] = prefix + "-" + escaped(c.label)
		}
	}
	return tags
}

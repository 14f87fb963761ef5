package conll

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

// bio returns the tags of IOB2 for n tokens.
func bio(n int, all []chunk) []string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = "O"
	}
	for _, c := range all {
		for i := c.start; i < c.end; i++ {
			tags[i] = "I-" + escaped(c.label)
		}
		tags[c.start] = "B-" + escaped(c.label)
	}
	return tags
}

package dataset

// Tag is what is said of a token: where in a labelled run of tokens it stands, or outside.
type Tag struct {
	Prefix byte // B, I (also M), E (also L) or S (also U and W); 0 for outside
	Label  string
	Raw    byte // the prefix as it stands there
}

// prefixes are those of all schemes, each with what it says.
var prefixes = map[byte]byte{'B': 'B', 'I': 'I', 'M': 'I', 'E': 'E', 'L': 'E', 'S': 'S', 'U': 'S', 'W': 'S'}

// ParseTag reads "B-PER", or "PER-B" where the label comes first; ok is false if it is neither.
func ParseTag(s string, labelFirst bool) (t Tag, ok bool) {
	if s == "O" {
		return Tag{}, true
	}
	if len(s) < 3 {
		return Tag{}, false
	}
	raw, sign, label := s[0], s[1], s[2:]
	if labelFirst {
		raw, sign, label = s[len(s)-1], s[len(s)-2], s[:len(s)-2]
	}
	return Tag{prefixes[raw], label, raw}, sign == '-' && prefixes[raw] != 0
}

// Chunk is a labelled run of tokens, from the first to behind the last.
type Chunk struct {
	Label      string
	Start, End int
}

// Chunks reads tags of any scheme, as the evaluation of the shared tasks does: what goes
// on where nothing of that label has begun begins there. odd counts how often that was
// so in a scheme that has a prefix for the beginning; scheme is its name, "" without labels.
func Chunks(tags []Tag) (found []Chunk, scheme string, odd int) {
	var open *Chunk
	seen := map[byte]bool{}
	begun, gone := 0, 0 // chunks that begin with B although nothing stands before, and with I
	for i, t := range tags {
		goesOn := open != nil && open.Label == t.Label
		if t.Prefix != 0 {
			seen[t.Raw] = true
		}
		if t.Prefix == 0 || t.Prefix == 'B' || t.Prefix == 'S' || !goesOn {
			switch {
			case t.Prefix == 'B' && (i == 0 || tags[i-1].Label != t.Label):
				begun++
			case t.Prefix == 'I' || t.Prefix == 'E':
				gone++
			}
			open = nil
			if t.Prefix != 0 {
				found = append(found, Chunk{t.Label, i, i})
				open = &found[len(found)-1]
			}
		}
		if open != nil {
			open.End = i + 1
		}
		if t.Prefix == 'E' || t.Prefix == 'S' {
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

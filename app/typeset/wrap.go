package typeset

// tabStop is the distance of tab stops in em.
const tabStop = 4

// slack is how far, in pixels, a line may exceed the measure by rounding.
const slack = 1e-6

// longestLine is how many characters a line has at most, but for a cluster of more. Text
// never has as many, but what takes no room does: blanks that hang, marks without a
// letter, controls. A line of a million of them would be set at once.
const longestLine = 2000

// stretch is the part of a passage that stands on one line: clusters from up to to.
type stretch struct{ from, to int }

// findBreaks marks the clusters after which a line may or must end, by Unicode
// Standard Annex #14 with numbers as in its section 8.2, example 7. An opportunity
// inside a grapheme cluster, as before a mark on a blank, is not taken. The segmenter
// is go-text's: uniseg, which cuts the clusters, has no rule after an emoji with a
// skin tone and loses LB5 and LB18 before a minus sign with a digit.
func (s *setter) findBreaks() {
	if len(s.runes) == 0 {
		return
	}
	s.segmenter.Init(s.runes)
	for lines := s.segmenter.LineIterator(); lines.Next(); {
		line := lines.Line()
		end := line.Offset + len(line.Text)
		c := int(s.clusterOf[end-1])
		if int(s.clusters[c+1]) != end {
			continue // inside a cluster
		}
		s.traits[c] |= mayBreak
		if line.IsMandatoryBreak {
			s.traits[c] |= mustBreak
		}
	}
}

// wrap cuts the prepared passage into lines no wider than measure: at the last
// opportunity that fits, or else anywhere between clusters. Blanks at the end of a
// line do not count. There is at least one line.
func (s *setter) wrap(measure float64) []stretch {
	if s.count() == 0 {
		return []stretch{{}}
	}
	var lines []stretch
	for from := 0; from < s.count(); {
		l := stretch{from, s.greedy(from, measure)}
		// Shaping a broken word anew may make it wider, and so does a hyphen.
		for l.to-l.from > 1 && (!s.whole(l) || s.hyphenated(l)) && s.visible(l) > measure+slack {
			l.to = s.shorter(l)
		}
		lines = append(lines, l)
		from = l.to
	}
	return lines
}

// greedy returns the end of the line that begins at from, going by the widths the
// clusters have in the passage.
func (s *setter) greedy(from int, measure float64) int {
	pos, opportunity := 0.0, -1
	for c := from; c < s.count(); c++ {
		pos = s.after(c, pos)
		if s.traits[c]&blank == 0 && pos > measure+slack && c > from || c > from && s.clusters[c+1]-s.clusters[from] > longestLine {
			if opportunity > from {
				return opportunity
			}
			return c
		}
		if s.traits[c]&mustBreak != 0 {
			return c + 1
		}
		if s.traits[c]&mayBreak != 0 && (!s.isSoftHyphen(c) || pos+s.hyphen(c).width <= measure+slack) {
			opportunity = c + 1
		}
	}
	return s.count()
}

// after returns the place behind a cluster that begins at pos on its line.
func (s *setter) after(c int, pos float64) float64 {
	sec := &s.sections[s.sectionOf[c]]
	if sec.kind == tab {
		return s.nextStop(pos)
	}
	return pos + sec.width/float64(sec.last-sec.first)
}

// nextStop returns the first tab stop behind pos.
func (s *setter) nextStop(pos float64) float64 {
	step := tabStop * s.size
	return float64(int(pos/step)+1) * step
}

// shorter returns an earlier end for a line that proved too wide.
func (s *setter) shorter(l stretch) int {
	for c := l.to - 2; c >= l.from; c-- {
		if s.traits[c]&mayBreak != 0 {
			return c + 1
		}
	}
	return l.to - 1
}

// clean reports whether a line can begin or end before cluster c without shaping anew.
func (s *setter) clean(c int) bool {
	if c == 0 || c == s.count() {
		return true
	}
	sec := &s.sections[s.sectionOf[c]]
	return sec.first == c && sec.safe
}

// whole reports whether a line's glyphs are those of the passage.
func (s *setter) whole(l stretch) bool { return s.clean(l.from) && s.clean(l.to) }

// lineSections returns the sections of a line in the order of the text. They are
// valid until the next call.
func (s *setter) lineSections(l stretch) []section {
	if !s.hyphenated(l) {
		return s.wordSections(l)
	}
	s.again = append(s.again[:0], s.wordSections(stretch{l.from, l.to - 1})...)
	s.again = append(s.again, s.hyphen(l.to-1))
	return s.again
}

// wordSections is lineSections but for the hyphen at the end.
func (s *setter) wordSections(l stretch) []section {
	if l.from == l.to {
		return nil
	}
	if s.whole(l) {
		return s.sections[s.sectionOf[l.from] : s.sectionOf[l.to-1]+1]
	}
	s.again = s.again[:0]
	for i := s.itemOf[l.from]; i <= s.itemOf[l.to-1]; i++ {
		it := s.items[i]
		it.first, it.last = max(it.first, l.from), min(it.last, l.to)
		s.again = s.shape(s.again, it)
	}
	return s.again
}

// visible returns the width of a line without the blanks at its end.
func (s *setter) visible(l stretch) float64 {
	pos, width := 0.0, 0.0
	for _, sec := range s.lineSections(l) {
		if sec.kind == tab {
			pos = s.nextStop(pos)
		} else {
			pos += sec.width
		}
		if s.traits[sec.last-1]&blank == 0 {
			width = pos
		}
	}
	return width
}

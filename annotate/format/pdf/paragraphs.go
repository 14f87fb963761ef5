package pdf

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hyphenated is what stands for a hyphen at the end of a line, where a word goes on in the next.
const hyphenated = '\x02'

// box is where something stands on a page, in points from its lower left corner, and the size of its type.
type box struct{ left, right, bottom, top, size float64 }

// line is a line of text.
type line struct {
	text string
	box
	rightward bool // it is read from the left
}

func newLine(text string, boxes []box) line {
	l := line{text: text, box: boxes[0], rightward: true}
	for _, b := range boxes[1:] {
		l.left, l.right = min(l.left, b.left), max(l.right, b.right)
		l.bottom, l.top = min(l.bottom, b.bottom), max(l.top, b.top)
		l.size = max(l.size, b.size)
	}
	for _, c := range text {
		if unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			l.rightward = false
			break
		}
		if unicode.IsLetter(c) {
			break
		}
	}
	return l
}

// edges returns how far from the side of the page where reading begins a line begins and ends.
func (l line) edges() (begin, end float64) {
	if l.rightward {
		return l.left, l.right
	}
	return -l.right, -l.left
}

// digits are what differs between the numbers of pages.
var digits = regexp.MustCompile(`\d+`)

// headLines is how many lines head and foot a page at most.
const headLines = 2

// withoutHeads returns pages without the lines that head or foot them, which are those that are
// alike, but for numbers, at the same height of a third of the pages, and how many there were.
func withoutHeads(pages [][]line) ([][]line, int) {
	type place struct {
		text   string
		height float64
	}
	placed := func(l line) place {
		return place{digits.ReplaceAllString(l.text, "#"), math.Round(l.bottom / 4)}
	}
	margin := func(i, n int) bool { return i < headLines || i >= n-headLines }
	seen := map[place]int{}
	for _, page := range pages {
		for i, l := range page {
			if margin(i, len(page)) {
				seen[placed(l)]++
			}
		}
	}
	var left [][]line
	heads, several := 0, max(2, len(pages)/3)
	for _, page := range pages {
		var kept []line
		for i, l := range page {
			if margin(i, len(page)) && seen[placed(l)] >= several {
				heads++
				continue
			}
			kept = append(kept, l)
		}
		left = append(left, kept)
	}
	return left, heads
}

// join makes a text of lines: those of a paragraph follow each other, a blank line stands between
// what is apart on the page, and other lines stay lines.
func join(pages [][]line) string {
	var b strings.Builder
	words := wordsOf(pages)
	var last *line
	turned := false // a page
	for _, page := range pages {
		ends := columnEnds(page)
		for i := range page {
			l := &page[i]
			if last != nil {
				between(&b, last, l, gap(last, l, turned, ends), words)
			}
			b.WriteString(strings.TrimSuffix(l.text, string(hyphenated)))
			last, turned = l, false
		}
		turned = true
	}
	if last != nil && strings.HasSuffix(last.text, string(hyphenated)) {
		b.WriteByte('-')
	}
	return strings.TrimSpace(b.String())
}

// gap returns what stands between two lines: a blank in a paragraph, else line ends.
func gap(a, b *line, turned bool, ends map[int]float64) string {
	aBegin, aEnd := a.edges()
	bBegin, _ := b.edges()
	em := max(a.size, b.size, 1)
	alike := math.Abs(a.size-b.size) < em/8
	if turned || b.bottom > a.bottom { // the next page or column
		first, _ := utf8.DecodeRuneInString(b.text)
		last, _ := utf8.DecodeLastRuneInString(a.text)
		if alike && (last == hyphenated || unicode.IsLower(first) || unicode.Is(unicode.Lo, first) && !unicode.IsPunct(last)) {
			return " "
		}
		return "\n\n"
	}
	space := a.bottom - b.top
	switch {
	case !alike, space > em*0.9:
		return "\n\n"
	case bBegin > aBegin+em*0.8, bBegin < aBegin-em*4: // b is indented, or begins elsewhere
		return "\n"
	case aEnd < ends[column(a)]-max(em*4, 0.15*(ends[column(a)]-aBegin)): // a had room for more
		return "\n"
	}
	return " "
}

// column names lines that begin at about the same place.
func column(l *line) int {
	begin, _ := l.edges()
	return int(math.Round(begin / 72))
}

// columnEnds returns where the longest line of each column ends.
func columnEnds(page []line) map[int]float64 {
	ends := map[int]float64{}
	for i := range page {
		at := column(&page[i])
		_, end := page[i].edges()
		if known, ok := ends[at]; !ok || end > known {
			ends[at] = end
		}
	}
	return ends
}

// between writes what stands between lines a and b. Where a word was parted at the end of the
// line, it is put together, with its hyphen if it is written so elsewhere.
func between(out *strings.Builder, a, b *line, gap string, words map[string]int) {
	if !strings.HasSuffix(a.text, string(hyphenated)) {
		out.WriteString(gap)
		return
	}
	before := a.text[strings.LastIndexByte(a.text, ' ')+1 : len(a.text)-1]
	after, _, _ := strings.Cut(b.text, " ")
	if whole, parted := words[bare(before+after)], words[bare(before+"-"+after)]; whole >= parted && !unicode.IsUpper(firstOf(after)) && gap == " " {
		return
	}
	out.WriteByte('-')
	if gap != " " {
		out.WriteString(gap)
	}
}

func firstOf(s string) rune {
	c, _ := utf8.DecodeRuneInString(s)
	return c
}

// wordsOf counts the words that stand whole on a line.
func wordsOf(pages [][]line) map[string]int {
	found := map[string]int{}
	for _, page := range pages {
		for _, l := range page {
			for _, w := range strings.Fields(l.text) {
				found[bare(w)]++
			}
		}
	}
	return found
}

// bare returns a word without what stands around it, in small letters.
func bare(word string) string {
	return strings.ToLower(strings.TrimFunc(word, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }))
}

package typeset

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"spanwright/annotate"
)

// trait is what laying out must know of a grapheme cluster.
type trait uint8

const (
	blank      trait = 1 << iota // may hang over the measure at the end of a line
	resettable                   // takes the paragraph's level at the end of a line
	mayBreak                     // a line may end after it
	mustBreak                    // a line must end after it
)

// kind says how a cluster comes to glyphs.
type kind uint8

const (
	shaped  kind = iota // by the shaper
	tab                 // none, up to the next tab stop
	hidden              // none: line ends, and controls where names are shown
	boxed               // a box with the code point: controls and what no font has
	awaited             // none yet: its font is being looked for or read
)

// passage is a text to be laid out, cut into characters and grapheme clusters.
type passage struct {
	text  string
	start int        // where it begins in the document
	open  *embedding // what it stands in; the outermost is the paragraph

	runes     []rune
	at        []int32 // byte offset in text of each rune, and the end
	clusters  []int32 // first rune of each cluster, and the end
	clusterOf []int32 // of each rune
	traits    []trait // of each cluster
	kinds     []kind  // of each cluster
	levels    []uint8 // embedding level of each cluster
	classes   []bidi.Class
	base      uint8 // the paragraph's level
	mixed     bool  // some level is not 0

	invisibles bool // names of invisible characters are shown
}

// count returns how many clusters there are.
func (p *passage) count() int { return len(p.clusters) - 1 }

// offset returns where a cluster begins in the document.
func (p *passage) offset(cluster int) int { return p.start + int(p.at[p.clusters[cluster]]) }

// clusterText returns the characters of a cluster, both ways.
func (p *passage) clusterText(c int) (string, []rune) {
	from, to := p.clusters[c], p.clusters[c+1]
	return p.text[p.at[from]:p.at[to]], p.runes[from:to]
}

// read cuts up the part f of a document, which stands in open embeddings.
func (p *passage) read(body *annotate.Body, f annotate.Fragment, open *embedding) {
	p.text, p.start, p.open, p.base = body.Text()[f.Start:f.End], f.Start, open, open.base()
	p.runes, p.at = p.runes[:0], p.at[:0]
	for i, r := range p.text {
		p.runes, p.at = append(p.runes, r), append(p.at, int32(i))
	}
	p.at = append(p.at, int32(len(p.text)))
	p.cutClusters(body)
	p.lookUpClasses()
	p.findTraits()
}

// cutClusters finds the grapheme clusters: those of the body.
func (p *passage) cutClusters(body *annotate.Body) {
	p.clusters, p.clusterOf = p.clusters[:0], p.clusterOf[:0]
	for i, rest := 0, p.text; i < len(p.runes); {
		p.clusters = append(p.clusters, int32(i))
		size := 1
		if !asciiPair(rest) {
			start := p.start + len(p.text) - len(rest)
			size = min(len(rest), body.ClusterEnd(start)-start)
		}
		for end := size; end > 0; i++ {
			p.clusterOf = append(p.clusterOf, int32(len(p.clusters)-1))
			end -= int(p.at[i+1] - p.at[i])
		}
		rest = rest[size:]
	}
	p.clusters = append(p.clusters, int32(len(p.runes)))
}

// asciiPair reports whether text begins with an ASCII character that is a cluster
// by itself because another one, or nothing, follows it.
func asciiPair(text string) bool {
	return text[0] < utf8.RuneSelf && (len(text) == 1 || text[1] < utf8.RuneSelf && text[0] != '\r')
}

// lookUpClasses finds the bidirectional classes and resolves the levels.
func (p *passage) lookUpClasses() {
	p.classes = p.classes[:0]
	p.mixed = p.open.top().level != 0 || p.base != 0
	for i := range p.runes {
		properties, _ := bidi.LookupString(p.text[p.at[i]:])
		c := properties.Class()
		p.classes = append(p.classes, c)
		switch c {
		case bidi.R, bidi.AL, bidi.AN, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.LRI, bidi.RLI, bidi.FSI:
			p.mixed = true
		}
	}
	p.levels = p.levels[:0]
	if !p.mixed {
		p.levels = append(p.levels, make([]uint8, p.count())...)
		return
	}
	levels := resolveLevels(p.classes, p.runes, p.open)
	for c := range p.count() {
		p.levels = append(p.levels, levels[p.clusters[c]])
	}
}

// findTraits sorts the clusters by what their characters are.
func (p *passage) findTraits() {
	p.traits, p.kinds = p.traits[:0], p.kinds[:0]
	for c := range p.count() {
		first := p.runes[p.clusters[c]]
		var t trait
		rest := p.runes[p.clusters[c]+1 : p.clusters[c+1]]
		if isBlank(first) && sticky(rest) && (len(rest) == 0 || !p.invisibles) {
			t |= blank
		}
		if p.allResettable(c) {
			t |= resettable
		}
		p.traits, p.kinds = append(p.traits, t), append(p.kinds, p.kindOf(first))
	}
}

func (p *passage) allResettable(c int) bool {
	for _, class := range p.classes[p.clusters[c]:p.clusters[c+1]] {
		if !isResettable(class) && class != bidi.S && class != bidi.B {
			return false
		}
	}
	return true
}

// isLineEnd reports whether r ends a line.
func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// isBlank reports whether r may hang over the measure: blanks that a line can end
// after, unlike the no-break spaces, and the line ends that are no control codes.
func isBlank(r rune) bool {
	switch r {
	case '\t', '\n', ' ', '\u2028', '\u2029':
		return true
	case '\u00A0', '\u2007', '\u202F':
		return false
	}
	return r >= utf8.RuneSelf && unicode.Is(unicode.Zs, r)
}

// kindOf sorts the clusters that r begins. Control codes other than tab and LF have
// no business in a text and are always seen.
func (p *passage) kindOf(r rune) kind {
	switch {
	case r == '\t':
		return tab
	case r == '\n', r == '\u2028', r == '\u2029':
		return hidden
	case unicode.Is(unicode.Cc, r) && p.invisibles:
		return hidden
	case unicode.Is(unicode.Cc, r):
		return boxed
	}
	return shaped
}

package annotate

import (
	"strings"
	"unicode/utf8"
)

// quotes pairs opening quotation marks with what closes them. A straight mark
// opens and closes; ’ is an apostrophe unless ‘ or ‚ is open.
var quotes = map[string]string{
	"“": "”", "«": "»", "‹": "›", "‘": "’", "「": "」", "『": "』", `"`: `"`,
	"„": "“”", "‚": "‘’", // in German “ or ‘ closes
}

// closing are the marks that close a quotation.
const closing = "”»›’」』\"“‘"

// neverQuoted follow a straight mark that closes; before anything else it may open.
const neverQuoted = " \t\n\u00a0,.;:!?)]}”’»›"

// quotationDepth is how many quotations may lie in each other.
const quotationDepth = 16

// Quotations returns what stands between matching quotation marks near f, in its
// paragraph, the marks left out, inner quotations before the ones around them. A
// mark without its partner counts as none.
func (b *Body) Quotations(f Fragment) []Fragment {
	type opened struct {
		closers string
		inside  int
	}
	var found []Fragment
	var open []opened
	near, _ := b.nearby(f)
	for token := range b.Tokens(near) {
		mark := b.text[token.Start:token.End]
		n := len(open) - 1
		if !strings.Contains(closing, mark) {
			n = -1
		}
		for n >= 0 && !strings.Contains(open[n].closers, mark) {
			n--
		}
		if n >= 0 {
			if f := b.Trim(Fragment{open[n].inside, token.Start}); !f.Empty() {
				found = append(found, f)
			}
			open = open[:n]
			continue
		}
		if closers := quotes[mark]; closers != "" && b.mayOpen(token) {
			if len(open) == quotationDepth {
				open = open[1:]
			}
			open = append(open, opened{closers, token.End})
		}
	}
	return found
}

// mayOpen reports whether a quotation may begin behind a mark: a straight one
// before a blank or comma closes what began further away than was looked.
func (b *Body) mayOpen(mark Fragment) bool {
	if b.text[mark.Start:mark.End] != `"` {
		return true
	}
	if mark.End == len(b.text) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(b.text[mark.End:])
	return !strings.ContainsRune(neverQuoted, next)
}

package annotate

import "strings"

// quotes pairs opening quotation marks with what closes them. A straight mark
// opens and closes; ’ is an apostrophe unless ‘ or ‚ is open.
var quotes = map[string]string{
	"“": "”", "«": "»", "‹": "›", "‘": "’", "「": "」", "『": "』", `"`: `"`,
}

// lowQuotes open quotations that “ or ‘ closes, as in German.
var lowQuotes = map[string]string{"„": "“”", "‚": "‘’"}

// Quotations returns what stands between matching quotation marks in the i-th
// paragraph, the marks left out, inner quotations before the ones around them.
// A mark without its partner counts as none.
func (b *Body) Quotations(i int) []Fragment {
	type opened struct {
		closers string
		inside  int
	}
	var found []Fragment
	var open []opened
	for _, token := range b.Tokens(i) {
		mark := b.text[token.Start:token.End]
		n := len(open) - 1
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
		closers := quotes[mark] + lowQuotes[mark]
		if closers != "" {
			open = append(open, opened{closers, token.End})
		}
	}
	return found
}

// phraseEnds are the marks between which a phrase lies.
const phraseEnds = ",;:.!?…—–()[]{}“”„«»‹›\"‘‚、。，；：！？「」『』،؛؟।"

// Phrases returns the stretches of the i-th paragraph between punctuation marks, in order.
func (b *Body) Phrases(i int) []Fragment {
	var found []Fragment
	var phrase Fragment
	for _, token := range b.Tokens(i) {
		if strings.Contains(phraseEnds, b.text[token.Start:token.End]) {
			if !phrase.Empty() {
				found = append(found, phrase)
			}
			phrase = Fragment{}
			continue
		}
		if phrase.Empty() {
			phrase.Start = token.Start
		}
		phrase.End = token.End
	}
	if !phrase.Empty() {
		found = append(found, phrase)
	}
	return found
}

package dataset

import "strings"

// Prose puts the readable text of a marked-up one together: each stretch of blanks is one, and between what
// stands apart is the largest gap that either side asked for. The zero value is empty.
type Prose struct {
	// Wrote, if it is set, is told of each stretch of characters: where it stood in what [Prose.Words] was given,
	// and where it stands in the text, in bytes.
	Wrote func(from, at int, characters string)

	text strings.Builder
	gap  string // to be written before the next word
}

// Need asks for a gap before what comes next, unless there is a larger one already: a blank, a line end,
// a blank line, or none at all.
func (p *Prose) Need(gap string) {
	if len(gap) > len(p.gap) || strings.HasPrefix(gap, "\n") && p.gap == " " {
		p.gap = gap
	}
}

// blanks are the characters of which a stretch is one blank, as HTML and XML have them.
const blanks = " \t\n\r\f"

// Words adds characters, each stretch of blanks as one.
func (p *Prose) Words(text string) {
	for at := 0; at < len(text); {
		if rest := strings.TrimLeft(text[at:], blanks); len(rest) < len(text)-at {
			p.Need(" ")
			at = len(text) - len(rest)
			continue
		}
		end := strings.IndexAny(text[at:], blanks)
		if end < 0 {
			end = len(text) - at
		}
		p.write(at, text[at:at+end])
		at += end
	}
}

// Verbatim adds characters as they are, blanks too.
func (p *Prose) Verbatim(text string) {
	if text != "" {
		p.write(0, text)
	}
}

func (p *Prose) write(from int, characters string) {
	if p.text.Len() > 0 {
		p.text.WriteString(p.gap)
	}
	p.gap = ""
	if p.Wrote != nil {
		p.Wrote(from, p.text.Len(), characters)
	}
	p.text.WriteString(characters)
}

// Len returns how many bytes the text has so far.
func (p *Prose) Len() int { return p.text.Len() }

// String returns the text so far, without a gap at its end.
func (p *Prose) String() string { return p.text.String() }

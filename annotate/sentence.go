package annotate

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// NextSentence returns the first sentence that begins at or after offset.
func (b *Body) NextSentence(offset int) (f Fragment, ok bool) { return b.sentences.next(offset) }

// PreviousSentence returns the last sentence that ends at or before offset.
func (b *Body) PreviousSentence(offset int) (f Fragment, ok bool) {
	return b.sentences.previous(offset)
}

// SentenceAt returns the sentence that holds offset; ok is false between sentences.
func (b *Body) SentenceAt(offset int) (f Fragment, ok bool) { return b.sentences.holding(offset) }

// sentenceEnds returns where the sentences of text end, blank ones too.
func sentenceEnds(text string) []int {
	short := condense(text)
	var ends []int
	for rest, state := short.text, -1; len(rest) > 0; {
		_, rest, state = uniseg.FirstSentenceInString(rest, state)
		ends = append(ends, short.origin(len(short.text)-len(rest)))
	}
	return ends
}

// condensed is a text in which runs of blanks, and of closing marks, are one
// character each. That moves no sentence's end, and spares the segmenter, which
// looks ahead from each of them to the next letter, from taking time that grows
// with the square of their number.
type condensed struct {
	text string
	gaps []gap
}

// gap is where bytes were left out.
type gap struct{ at, before int } // at: in the condensed text; before: how many up to there

func condense(text string) condensed {
	var short strings.Builder
	var gaps []gap
	kept, dropped := 0, 0 // up to where text is in short or left out; how much of it is left out
	last := other
	for at, r := range text {
		kind := sentencePart(r)
		if last != other && (kind == last || isIgnored(r)) {
			short.WriteString(text[kept:at])
			size := utf8.RuneLen(r)
			kept, dropped = at+size, dropped+size
			if n := len(gaps) - 1; n >= 0 && gaps[n].at == short.Len() {
				gaps[n].before = dropped
			} else {
				gaps = append(gaps, gap{short.Len(), dropped})
			}
			continue
		}
		last = kind
	}
	if dropped == 0 {
		return condensed{text: text}
	}
	short.WriteString(text[kept:])
	return condensed{short.String(), gaps}
}

// origin returns the offset in the original text that one in the condensed text
// stands for: behind what was left out there.
func (c condensed) origin(offset int) int {
	i := sort.Search(len(c.gaps), func(i int) bool { return c.gaps[i].at > offset })
	if i == 0 {
		return offset
	}
	return offset + c.gaps[i-1].before
}

// part is what a character is to the end of a sentence.
type part uint8

const (
	other  part = iota
	space       // Sentence_Break=Sp
	closer      // Sentence_Break=Close
)

// closers are the closing marks that are no brackets or quotation marks by general category.
const closers = "\"'❛❜❝❞❟❠⸀⸁⸆⸇⸈⸋🙶🙷🙸"

func sentencePart(r rune) part {
	switch {
	case 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || isLineEnd(r):
		return other
	case unicode.IsSpace(r):
		return space
	case unicode.In(r, unicode.Ps, unicode.Pe, unicode.Pi, unicode.Pf) || strings.ContainsRune(closers, r):
		return closer
	}
	return other
}

// isIgnored reports whether r is sure to count as part of the character before it
// (Sentence_Break=Extend or Format).
func isIgnored(r rune) bool {
	return unicode.In(r, unicode.M, unicode.Cf) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// isLineEnd reports whether r is a paragraph separator to the annex's sentences.
func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// fullStops end a sentence unless it goes on in lower case; terminators always do.
// These are the usual ones of many more.
const (
	fullStops   = ".．"
	terminators = "!?。！？।॥؟۔።"
)

// sentenceReach is how many bytes before a place are looked at for a sentence's end.
const sentenceReach = 32

// sentenceSafe reports whether a sentence begins at a character whatever stands
// around: behind a line end, or at a letter, but no lower-case one, that follows a
// terminator, or follows a full stop with a blank or closing mark between.
func (b *Body) sentenceSafe(at int) bool {
	r, _ := utf8.DecodeLastRuneInString(b.text[:at])
	if isLineEnd(r) {
		return r != '\r' && b.clusterSafe(at)
	}
	next, _ := utf8.DecodeRuneInString(b.text[at:])
	return startsSentence(next) && endsSentence(b.text[max(0, at-sentenceReach):at]) && b.clusterSafe(at)
}

// endsSentence reports whether text ends in a terminator or full stop, closing marks,
// and blanks, with at least one of these two behind a full stop.
func endsSentence(text string) bool {
	behind := strings.TrimRightFunc(text, func(r rune) bool { return sentencePart(r) == space })
	behind = strings.TrimRightFunc(behind, func(r rune) bool { return sentencePart(r) == closer })
	r, _ := utf8.DecodeLastRuneInString(behind)
	return strings.ContainsRune(terminators, r) || strings.ContainsRune(fullStops, r) && len(behind) < len(text)
}

// startsSentence reports whether r is sure to be a letter that is not lower case to the annex.
func startsSentence(r rune) bool {
	return unicode.IsUpper(r) || unicode.Is(unicode.Lo, r) && !unicode.Is(unicode.Other_Lowercase, r)
}

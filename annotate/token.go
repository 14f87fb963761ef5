package annotate

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Tokens walks through the tokens that begin in f, in order.
func (b *Body) Tokens(f Fragment) iter.Seq[Fragment] {
	return func(yield func(Fragment) bool) {
		for token, ok := b.NextToken(f.Start); ok && token.Start < f.End; token, ok = b.NextToken(token.End) {
			if !yield(token) {
				return
			}
		}
	}
}

// TokenAt returns the token that holds offset, or else the first one after it in
// the text, or else the last one. ok is false when the text has no tokens.
func (b *Body) TokenAt(offset int) (f Fragment, ok bool) {
	if f, ok = b.tokens.holding(offset); ok {
		return f, true
	}
	if f, ok = b.NextToken(offset); ok {
		return f, true
	}
	return b.PreviousToken(len(b.text))
}

// NextToken returns the first token that begins at or after offset.
func (b *Body) NextToken(offset int) (f Fragment, ok bool) { return b.tokens.next(offset) }

// PreviousToken returns the last token that ends at or before offset.
func (b *Body) PreviousToken(offset int) (f Fragment, ok bool) { return b.tokens.previous(offset) }

// Snap returns f widened to whole tokens, blanks at its ends left out. A
// fragment of blanks alone gives an empty one.
func (b *Body) Snap(f Fragment) Fragment {
	f = b.Trim(f)
	if f.Empty() {
		return f
	}
	if t, ok := b.TokenAt(f.Start); ok && t.Start < f.Start {
		f.Start = t.Start
	}
	if t, ok := b.TokenAt(f.End - 1); ok && t.Start < f.End && t.End > f.End {
		f.End = t.End
	}
	return f
}

// wordEnds returns where the words of text end, blank ones too.
func wordEnds(text string) []int {
	var ends []int
	for at, state := 0, -1; at < len(text); {
		var word string
		word, _, state = uniseg.FirstWordInString(text[at:], state)
		if strings.ContainsRune(word, joiner) {
			ends = appendLostEnds(ends, word, at)
		}
		at += len(word)
		ends = append(ends, at)
	}
	return ends
}

// joiner makes one emoji of several: U+200D, zero width joiner.
const joiner = '\u200d'

// appendLostEnds appends the ends in word, which begins at byte start, that the
// segmenter overlooks behind a joiner and marks: before a blank, which joins only
// blanks that touch (rule WB3d), and before a pictograph, which joins only a joiner
// that touches (rule WB3c).
func appendLostEnds(ends []int, word string, start int) []int {
	last := rune(-1)
	for at, r := range word {
		if at > 0 && (partsWords(r) && !partsWords(last) || last != joiner && r >= utf8.RuneSelf && isPictograph(r)) {
			ends = append(ends, start+at)
		}
		last = r
	}
	return ends
}

// isPictograph reports whether r makes one word with a joiner before it, but not with a letter.
func isPictograph(r rune) bool {
	_, behindJoiner, _ := uniseg.FirstWordInString(string([]rune{joiner, r}), -1)
	_, behindLetter, _ := uniseg.FirstWordInString(string([]rune{'a', r}), -1)
	return behindJoiner == "" && behindLetter != ""
}

// tokenSafe reports whether a token begins at a character, or blanks between
// tokens, whatever stands around: beside a character that joins with nothing, where
// no mark or format character follows it.
func (b *Body) tokenSafe(at int) bool {
	r, size := utf8.DecodeLastRuneInString(b.text[:at])
	next, more := utf8.DecodeRuneInString(b.text[at:])
	if !isLoner(next) {
		if !isLoner(r) {
			return false
		}
		if word, _, _ := uniseg.FirstWordInString(b.text[at-size:at+more], -1); len(word) > size {
			return false
		}
	}
	return b.clusterSafe(at)
}

// tokenForced begins a token in the midst of a word of kilobytes, between two clusters.
func (b *Body) tokenForced(milestone int) int {
	if start := b.clusters.start(milestone); start == runeStart(b.text, milestone) {
		return start // sooner said than by looking back for where a cluster begins
	}
	return b.clusterCeil(milestone)
}

// loners are the ASCII characters, blanks apart, that a word break stands on both sides of.
const loners = "!#$%&()*+-/<=>?@[\\]^`{|}~"

// lonerScripts have letters that are words by themselves.
var lonerScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// isLoner reports whether r is sure to be a character that the annex's words join
// with nothing but a mark or format character after it: one that has no
// Word_Break property and is no pictograph, or a blank.
func isLoner(r rune) bool {
	if r < utf8.RuneSelf {
		return partsWords(r) || strings.IndexByte(loners, byte(r)) >= 0
	}
	return partsWords(r) || unicode.Is(unicode.Lo, r) && unicode.In(r, lonerScripts...)
}

// partsWords reports whether r is a blank with a word break on both sides, unless
// another one is there: all but the narrow no-break space, which holds the digits of
// a number together (Word_Break=ExtendNumLet).
func partsWords(r rune) bool { return unicode.IsSpace(r) && r != '\u202f' }

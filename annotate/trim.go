package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Voices are what an attribute derived from quotation marks is set to.
const (
	directVoice   = "direct"
	indirectVoice = "indirect"
	mixedVoice    = "mixed"
)

// stops end a sentence.
const stops = ".!?…。！？؟۔।॥"

// TrimSpan returns fragments without blanks and the given marks: quotation marks at
// the ends of each of them, and the stop at the end of the last one. A quotation mark
// whose partner lies further inside stays, and so does the last point of an abbreviation
// such as U.S. What would be left empty stays as it is.
func (b *Body) TrimSpan(fragments []Fragment, trim []Trim) []Fragment {
	trimmed := slices.Clone(fragments)
	for i := range trimmed {
		if f := b.trim(trimmed[i], trim, i == len(trimmed)-1); !f.Empty() {
			trimmed[i] = f
		}
	}
	return trimmed
}

func (b *Body) trim(f Fragment, trim []Trim, last bool) Fragment {
	for {
		before := f
		if slices.Contains(trim, QuotesTrim) {
			b.trimQuotes(&f)
		}
		if last && slices.Contains(trim, StopTrim) {
			b.trimStop(&f)
		}
		if f = b.Trim(f); f == before || f.Empty() {
			return f
		}
	}
}

// trimQuotes takes one mark away at each end, if there is one whose partner is not inside.
func (b *Body) trimQuotes(f *Fragment) {
	inside := b.text[f.Start:f.End]
	_, open := utf8.DecodeRuneInString(inside)
	_, end := utf8.DecodeLastRuneInString(inside)
	if len(inside) <= open+end {
		return
	}
	opener, closer := inside[:open], inside[len(inside)-end:]
	middle := inside[open : len(inside)-end]
	closers := quotes[opener]
	opens, closes := closers != "", strings.Contains(closing, closer)
	if opens && closes && strings.Contains(closers, closer) && !strings.ContainsAny(middle, closers) {
		f.Start += open
		f.End -= end
		return
	}
	if opens && !strings.ContainsAny(inside[open:], closers) {
		f.Start += open
	}
	if closes && closer != "’" && !b.opensInside(inside[:len(inside)-end], closer) { // ’ is an apostrophe
		f.End -= end
	}
}

// opensInside reports whether a text has a mark that closer can close.
func (b *Body) opensInside(text, closer string) bool {
	for opener, closers := range quotes {
		if strings.Contains(closers, closer) && strings.Contains(text, opener) {
			return true
		}
	}
	return false
}

func (b *Body) trimStop(f *Fragment) {
	text := b.text[f.Start:f.End]
	r, size := utf8.DecodeLastRuneInString(text)
	if !strings.ContainsRune(stops, r) {
		return
	}
	word := text[strings.LastIndexAny(text, " \t\n\u00a0")+1 : len(text)-size]
	if r == '.' && strings.Contains(word, ".") {
		return
	}
	f.End -= size
}

// DeriveFrom returns the value that an attribute of a span with those fragments is read
// from the text; ok is false if the attribute is not derived.
func (a *Attribute) DeriveFrom(b *Body, fragments []Fragment) (v Value, ok bool) {
	if a.Derive != QuotationDerivation || len(fragments) == 0 {
		return Value{}, false
	}
	quoted, covered := 0, 0
	for _, f := range fragments {
		covered += f.End - f.Start
		quoted += b.quotedBytes(f)
	}
	switch quoted {
	case 0:
		return Text(indirectVoice), true
	case covered:
		return Text(directVoice), true
	}
	return Text(mixedVoice), true
}

// quotedBytes returns how many bytes of f stand between quotation marks, the marks
// and the blanks around them counted along.
func (b *Body) quotedBytes(f Fragment) int {
	var inside []Fragment
	for _, q := range b.Quotations(f) {
		if q.Start < f.End && f.Start < q.End {
			inside = append(inside, Fragment{max(f.Start, b.markBefore(q.Start)), min(f.End, b.markAfter(q.End))})
		}
	}
	return lengthOf(NormalizeFragments(inside))
}

// markBefore returns where the mark before an offset begins, blanks between them skipped.
func (b *Body) markBefore(offset int) int {
	offset = b.inkBefore(offset)
	_, size := utf8.DecodeLastRuneInString(b.text[:offset])
	return offset - size
}

// markAfter returns where the mark after an offset ends, blanks between them skipped.
func (b *Body) markAfter(offset int) int {
	offset = b.inkAfter(offset)
	_, size := utf8.DecodeRuneInString(b.text[offset:])
	return offset + size
}

package annotate

import (
	"unicode"
	"unicode/utf8"
)

// ink knows which parts of a text, windowSize bytes each, are not all blanks, so
// that a megabyte of blanks is passed over at once. A character counts where it begins.
type ink struct {
	next     []int32 // of each part: the first from it on that has ink, or how many parts there are
	previous []int32 // of each part: the last up to it that has ink, or -1
}

func findInk(text string) ink {
	parts := (len(text) + windowSize - 1) / windowSize
	found := ink{make([]int32, parts), make([]int32, parts)}
	last := int32(-1)
	for k := range parts {
		if hasInk(text, k*windowSize) {
			last = int32(k)
		}
		found.previous[k] = last
	}
	first := int32(parts)
	for k := parts - 1; k >= 0; k-- {
		if found.previous[k] == int32(k) {
			first = int32(k)
		}
		found.next[k] = first
	}
	return found
}

// hasInk reports whether a character other than a blank begins in the part from start on.
func hasInk(text string, start int) bool {
	end := min(start+windowSize, len(text))
	for at := runeStart(text, start); at < end; {
		if c := text[at]; c == ' ' || '\t' <= c && c <= '\r' {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsSpace(r) {
			return true
		}
		at += size
	}
	return false
}

// runeStart returns where the first character at or after offset begins.
func runeStart(text string, offset int) int {
	for offset < len(text) && !utf8.RuneStart(text[offset]) {
		offset++
	}
	return min(offset, len(text))
}

// inkAfter returns where the first character at or after offset stands that is no
// blank, the text's end if there is none.
func (b *Body) inkAfter(offset int) int {
	for offset < len(b.text) {
		part := offset / windowSize
		if next := int(b.ink.next[part]); next > part {
			offset = runeStart(b.text, next*windowSize)
			continue
		}
		r, size := utf8.DecodeRuneInString(b.text[offset:])
		if !unicode.IsSpace(r) {
			return offset
		}
		offset += size
	}
	return len(b.text)
}

// inkBefore returns where the last character at or before offset ends that is no
// blank, 0 if there is none.
func (b *Body) inkBefore(offset int) int {
	for offset > 0 {
		r, size := utf8.DecodeLastRuneInString(b.text[:offset])
		if !unicode.IsSpace(r) {
			return offset
		}
		offset -= size
		if part := offset / windowSize; int(b.ink.previous[part]) < part {
			offset = runeStart(b.text, int(b.ink.previous[part]+1)*windowSize)
		}
	}
	return 0
}

// Trim returns f without the blanks at its ends. A blank that makes one grapheme
// cluster with a mark stays.
func (b *Body) Trim(f Fragment) Fragment {
	start := b.inkAfter(f.Start)
	if start >= f.End {
		return Fragment{f.End, f.End}
	}
	end := b.inkBefore(f.End)
	if start > f.Start {
		start = max(f.Start, b.clusterFloor(start))
	}
	if end < f.End {
		end = min(f.End, b.clusterCeil(end))
	}
	return Fragment{start, end}
}

package tei

import (
	"sort"
	"unicode/utf8"
)

// place is where something stands, in characters of what XML calls the string value of the text: all that is between its
// tags, whether it is read or not.
type place struct {
	start, end int
	kind       string // of the element; empty if it is none
}

// run is a stretch of characters that stands in the text as it does in the file.
type run struct {
	from   int // characters of the string value before it
	at     int // bytes of the text before it
	length int // characters
}

// layout says where the characters of the file are in the text.
type layout struct {
	read   int // characters of the string value so far
	runs   []run
	places map[string]place // of elements, by their xml:id
	twice  map[string]bool  // ids that two elements have
}

// note remembers where an element stands that has an id.
func (l *layout) note(id string, p place) {
	if id == "" {
		return
	}
	if l.places == nil {
		l.places, l.twice = map[string]place{}, map[string]bool{}
	}
	if _, before := l.places[id]; before {
		l.twice[id] = true
	}
	l.places[id] = p
}

// bytes returns the part of the text that stands at a place, from the first of its characters that is read to the
// last; ok is false if none is.
func (l *layout) bytes(text string, p place) (start, end int, ok bool) {
	first := sort.Search(len(l.runs), func(i int) bool { return l.runs[i].from+l.runs[i].length > p.start })
	last := sort.Search(len(l.runs), func(i int) bool { return l.runs[i].from >= p.end }) - 1
	if first > last {
		return 0, 0, false
	}
	a, b := l.runs[first], l.runs[last]
	start, end = a.at+after(text[a.at:], max(p.start-a.from, 0)), b.at+after(text[b.at:], min(p.end-b.from, b.length))
	return start, end, start < end
}

// after returns how many bytes the first n characters have.
func after(text string, n int) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

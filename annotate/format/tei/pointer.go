package tei

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// pointers splits an attribute that points at several things. Blanks inside of brackets are part of one.
func pointers(attribute string) []string {
	var found []string
	depth, start := 0, -1
	for i, r := range attribute + " " {
		blank := strings.ContainsRune(" \t\n\r", r)
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		}
		switch {
		case start < 0 && !blank:
			start = i
		case start >= 0 && blank && depth <= 0:
			found = append(found, attribute[start:i])
			start, depth = -1, 0
		}
	}
	if start >= 0 {
		found = append(found, strings.TrimSpace(attribute[start:]))
	}
	return found
}

// resolver finds what pointers lead to.
type resolver struct {
	*layout
	file string // the name of this one, which a pointer may have before the mark
}

// lost is why a pointer leads nowhere, to be said behind it.
type lost string

// find returns the place that a pointer leads to, and what is called so if that is all it says.
func (r *resolver) find(pointer string) (p place, id string, why lost) {
	before, fragment, marked := strings.Cut(pointer, "#")
	switch {
	case !marked:
		return p, "", "names no place in the text"
	case before != "" && path.Base(before) != r.file:
		return p, "", "lies in another file"
	}
	if plain, err := url.PathUnescape(fragment); err == nil {
		fragment = plain
	}
	if !strings.ContainsAny(fragment, "(") {
		if from, to, is := characters(fragment); is {
			p, why = r.within(place{0, r.read, ""}, from, to)
			return p, "", why
		}
		p, why = r.element(fragment)
		return p, fragment, why
	}
	p, why = r.call(fragment, 0)
	return p, "", why
}

// rangePattern matches a range of characters (RFC 5147).
var rangePattern = regexp.MustCompile(`^char=(\d{1,10}),(\d{1,10})`)

func characters(fragment string) (from, to int, is bool) {
	m := rangePattern.FindStringSubmatch(fragment)
	if m == nil {
		return 0, 0, false
	}
	from, _ = strconv.Atoi(m[1]) // they are digits
	to, _ = strconv.Atoi(m[2])
	return from, to, true
}

func (r *resolver) element(id string) (place, lost) {
	p, known := r.places[id]
	switch {
	case !known:
		return p, "leads to nothing in the text"
	case r.twice[id]:
		return p, "leads to two elements"
	}
	return p, ""
}

// within returns the characters from one offset to another in a place.
func (r *resolver) within(p place, from, to int) (place, lost) {
	if length := p.end - p.start; from < 0 || to < from || to > length {
		return p, lost(fmt.Sprintf("counts characters %d to %d of %d", from, to, length))
	}
	return place{p.start + from, p.start + to, ""}, ""
}

// calls matches the pointers of TEI that are followed (section 16.2.4 of the Guidelines), and those of the W3C they come from.
var calls = regexp.MustCompile(`^(string-range|string-index|range|left|right|xpath1?|xpointer)\((.*)\)$`)

// byID matches a path that finds an element by its id.
var byID = regexp.MustCompile(`^(?:id\(\s*["']([^"']+)["']\s*\)|/{0,2}(?:[\w.:-]+|\*)\[\s*@xml:id\s*=\s*["']([^"']+)["']\s*\])$`)

// deepestPointer is how deep pointers may lie in each other.
const deepestPointer = 16

// call follows a pointer that is a call, or what one has in its brackets: an id, with or without a mark, or a
// path by one.
func (r *resolver) call(text string, depth int) (p place, why lost) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "#")
	if depth > deepestPointer {
		return p, "lies too deep in others"
	}
	m := calls.FindStringSubmatch(text)
	if m == nil {
		if id := byID.FindStringSubmatch(text); id != nil {
			return r.element(id[1] + id[2])
		}
		if strings.ContainsAny(text, "([/") {
			return p, notFollowed
		}
		return r.element(text)
	}
	args := arguments(m[2])
	inner := make([]place, 0, 2)
	for i := range args {
		if i == 0 || m[1] == "range" {
			if p, why = r.call(args[i], depth+1); why != "" {
				return p, why
			}
			inner = append(inner, p)
		}
	}
	offsets, numbers := whole(args[min(1, len(args)):])
	switch {
	case len(inner) == 0:
	case m[1] == "left":
		return place{inner[0].start, inner[0].start, ""}, ""
	case m[1] == "right":
		return place{inner[0].end, inner[0].end, ""}, ""
	case strings.HasPrefix(m[1], "xp") && len(args) == 1:
		return inner[0], ""
	case m[1] == "range" && len(inner) == 2:
		return place{inner[0].start, inner[1].end, ""}, ""
	case m[1] == "string-index" && numbers && len(offsets) == 1:
		return r.within(inner[0], offsets[0], offsets[0])
	case m[1] == "string-range" && numbers && len(offsets) == 2:
		return r.within(inner[0], offsets[0], offsets[0]+offsets[1])
	case m[1] == "string-range" && len(args) == 4 && (args[1] == `""` || args[1] == "''"):
		// XPointer of the W3C counts from 1 behind a text that is looked for, which here is none.
		if offsets, numbers = whole(args[2:]); numbers {
			return r.within(inner[0], offsets[0]-1, offsets[0]-1+offsets[1])
		}
	}
	return p, notFollowed
}

const notFollowed lost = "is of a kind that is not followed"

// whole returns texts as whole numbers; ok is false if one is none.
func whole(texts []string) (numbers []int, ok bool) {
	for _, t := range texts {
		n, err := strconv.ParseInt(t, 10, 32)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	return numbers, true
}

// arguments splits what is between brackets at its commas.
func arguments(text string) []string {
	var found []string
	depth, start := 0, 0
	for i, r := range text {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == ',' && depth == 0:
			found = append(found, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(found, strings.TrimSpace(text[start:]))
}

// excerpt returns a pointer to be shown.
func excerpt(pointer string) string { return annotate.Excerpt(pointer, 80) }

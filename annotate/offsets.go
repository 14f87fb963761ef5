package annotate

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Unit is what an offset into a text counts.
type Unit string

// The units other programs count in.
const (
	CodePoint Unit = "codepoint" // Python, brat, most JSONL
	UTF16     Unit = "utf16"     // Java, JavaScript, INCEpTION, Label Studio
	Byte      Unit = "byte"      // UTF-8, as inside this program
)

// ParseUnit returns the unit of that name.
func ParseUnit(name string) (Unit, error) {
	switch u := Unit(name); u {
	case CodePoint, UTF16, Byte:
		return u, nil
	}
	return "", Errorf(Invalid, "offsets are counted in codepoint, utf16 or byte, not in %q", name)
}

// checkpointEvery is the distance in bytes between counted places of a text.
const checkpointEvery = 256

// checkpoint counts what stands before a byte offset that begins a character.
type checkpoint struct{ bytes, codePoints, utf16 int }

// Offsets converts offsets into one text between bytes, code points and UTF-16
// code units, each in time independent of the text's length. This is the only
// place where that is done.
type Offsets struct {
	text   string
	ascii  bool // all units agree
	points []checkpoint
	total  checkpoint
}

// NewOffsets prepares the conversion of offsets into text, in one pass over it.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, ascii: true, points: []checkpoint{{}}}
	var at checkpoint
	next := checkpointEvery
	for i, r := range text {
		at.bytes = i
		if i >= next {
			o.points = append(o.points, at)
			next = i + checkpointEvery
		}
		if r >= utf8.RuneSelf {
			o.ascii = false
		}
		at.codePoints++
		at.utf16 += units16(r)
	}
	at.bytes = len(text)
	o.total = at
	return o
}

func units16(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Len returns the length of the text in u.
func (o *Offsets) Len(u Unit) int { return o.total.in(u) }

func (c checkpoint) in(u Unit) int {
	switch u {
	case CodePoint:
		return c.codePoints
	case UTF16:
		return c.utf16
	}
	return c.bytes
}

// To converts a byte offset, which must begin a character or end the text, to u.
func (o *Offsets) To(u Unit, offset int) int {
	if u == Byte || o.ascii {
		return offset
	}
	i := sort.Search(len(o.points), func(i int) bool { return o.points[i].bytes > offset }) - 1
	at := o.points[i]
	for _, r := range o.text[at.bytes:offset] {
		at.codePoints++
		at.utf16 += units16(r)
	}
	return at.in(u)
}

// From converts an offset counted in u to bytes. It fails when the offset lies
// outside the text or inside a character.
func (o *Offsets) From(u Unit, offset int) (int, error) {
	if offset < 0 || offset > o.total.in(u) {
		return 0, Errorf(Invalid, "offset %d lies outside the text, which has %d %s", offset, o.total.in(u), u.plural())
	}
	if u == Byte || o.ascii {
		if offset < len(o.text) && !utf8.RuneStart(o.text[offset]) {
			return 0, Errorf(Invalid, "byte offset %d lies inside a character", offset)
		}
		return offset, nil
	}
	i := sort.Search(len(o.points), func(i int) bool { return o.points[i].in(u) > offset }) - 1
	at := o.points[i]
	for _, r := range o.text[at.bytes:] {
		if at.in(u) >= offset {
			break
		}
		at.bytes += utf8.RuneLen(r)
		at.codePoints++
		at.utf16 += units16(r)
	}
	if at.in(u) != offset {
		return 0, Errorf(Invalid, "UTF-16 offset %d lies inside a character", offset)
	}
	return at.bytes, nil
}

func (u Unit) plural() string {
	switch u {
	case CodePoint:
		return "code points"
	case UTF16:
		return "UTF-16 units"
	}
	return "bytes"
}

// Covered converts the range start to end, counted in u, to a fragment and
// checks that it covers want.
func (o *Offsets) Covered(u Unit, start, end int, want string) (Fragment, error) {
	f, err := o.Fragment(u, start, end)
	if err != nil {
		return Fragment{}, err
	}
	if got := o.text[f.Start:f.End]; got != want {
		return Fragment{}, Errorf(Invalid, "offsets %d to %d cover %s, but %s is expected there", start, end, quoted(got), quoted(want))
	}
	return f, nil
}

// Fragment converts the range start to end, counted in u.
func (o *Offsets) Fragment(u Unit, start, end int) (Fragment, error) {
	if end < start {
		return Fragment{}, Errorf(Invalid, "the range %d to %d ends before it begins", start, end)
	}
	s, err := o.From(u, start)
	if err != nil {
		return Fragment{}, err
	}
	e, err := o.From(u, end)
	if err != nil {
		return Fragment{}, err
	}
	return Fragment{s, e}, nil
}

// quoted shows every blank and control character, for they may be all that differs.
func quoted(s string) string { return fmt.Sprintf("%q", elide(s, 60)) }

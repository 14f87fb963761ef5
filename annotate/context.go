package annotate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Context is a part of a text and some of what stands around it, fit for one line:
// blanks, line ends and control codes in a row are one blank. An ellipsis stands for
// what was left out before and after.
type Context struct {
	Before, Words, After string
}

// ContextOf returns f with at most n characters on either side. They end at a blank
// where there is one in their outer half, and never within a grapheme cluster.
func ContextOf(text string, f Fragment, n int) Context {
	b := &Body{text: text}
	start, end := b.contextStart(f.Start, n), b.contextEnd(f.End, n)
	c := Context{
		strings.TrimLeft(inLine(text[start:f.Start]), " "), inLine(text[f.Start:f.End]), strings.TrimRight(inLine(text[f.End:end]), " "),
	}
	if start > 0 {
		c.Before = "…" + c.Before
	}
	if end < len(text) {
		c.After += "…"
	}
	return c
}

// contextStart returns where what stands before an offset begins.
func (b *Body) contextStart(offset, n int) int {
	at, half := offset, offset
	for i := range n {
		_, size := utf8.DecodeLastRuneInString(b.text[:at])
		if at -= size; i < n/2 {
			half = at
		}
	}
	if at == 0 {
		return 0
	}
	if blank := strings.IndexFunc(b.text[at:half], unicode.IsSpace); blank >= 0 {
		return at + blank
	}
	for at < offset && !b.clusterSafe(at) {
		_, size := utf8.DecodeRuneInString(b.text[at:])
		at += size
	}
	return at
}

// contextEnd returns where what stands after an offset ends.
func (b *Body) contextEnd(offset, n int) int {
	at, half := offset, offset
	for i := range n {
		_, size := utf8.DecodeRuneInString(b.text[at:])
		if at += size; i < n/2 {
			half = at
		}
	}
	if at == len(b.text) {
		return at
	}
	if blank := strings.LastIndexFunc(b.text[half:at], unicode.IsSpace); blank >= 0 {
		return half + blank
	}
	for at > offset && !b.clusterSafe(at) {
		_, size := utf8.DecodeLastRuneInString(b.text[:at])
		at -= size
	}
	return at
}

// inLine returns text with one blank for each run of blanks, line ends and control codes.
func inLine(text string) string {
	var line strings.Builder
	line.Grow(len(text))
	blank := false
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			blank = true
			continue
		}
		if blank {
			line.WriteByte(' ')
			blank = false
		}
		line.WriteRune(r)
	}
	if blank {
		line.WriteByte(' ')
	}
	return line.String()
}

package jsonl

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"spanwright/annotate"
)

// scanner reads one JSON value from a line. After the first failure, which it
// keeps, it reads nothing more. encoding/json is not used because it accepts
// repeated, misspelt and missing keys and repairs broken characters silently.
type scanner struct {
	src []byte
	pos int
	err error
}

func (s *scanner) failed() bool { return s.err != nil }

func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = annotate.Errorf(annotate.Invalid, format, args...)
		s.pos = len(s.src)
	}
}

// malformed fails because the line is not JSON.
func (s *scanner) malformed(want string) {
	if s.pos >= len(s.src) {
		s.fail("the line is not JSON: it ends where %s should stand", want)
		return
	}
	r, _ := utf8.DecodeRune(s.src[s.pos:])
	s.fail("the line is not JSON: %s should stand at byte %d, where %q stands", want, s.pos, r)
}

// peek skips blanks and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// take consumes c if it comes next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c || s.pos >= len(s.src) {
		return false
	}
	s.pos++
	return true
}

// word consumes a literal such as null if it comes next.
func (s *scanner) word(w string) bool {
	s.peek()
	if len(s.src)-s.pos < len(w) || string(s.src[s.pos:s.pos+len(w)]) != w {
		return false
	}
	s.pos += len(w)
	return true
}

// list calls item for each element of an array.
func (s *scanner) list(what string, item func()) {
	if !s.take('[') {
		s.wrongType(what, "a list")
		return
	}
	if s.take(']') {
		return
	}
	for !s.failed() {
		item()
		if s.take(']') || s.failed() {
			return
		}
		if !s.take(',') {
			s.malformed("a comma or ]")
		}
	}
}

// members calls member for each key of an object, after its colon.
func (s *scanner) members(what string, member func(key string)) {
	if !s.take('{') {
		s.wrongType(what, "an object")
		return
	}
	if s.take('}') {
		return
	}
	for !s.failed() {
		if s.peek() != '"' {
			s.malformed("a key in quotes")
			return
		}
		key := s.text("a key")
		if !s.take(':') {
			s.malformed("a colon")
			return
		}
		member(key)
		if s.take('}') || s.failed() {
			return
		}
		if !s.take(',') {
			s.malformed("a comma or }")
		}
	}
}

// wrongType fails because what is there but of another type, or is not JSON at all.
func (s *scanner) wrongType(what, want string) {
	switch c := s.peek(); {
	case c == '"' || c == '{' || c == '[' || c == '-' || '0' <= c && c <= '9',
		s.word("null"), s.word("true"), s.word("false"):
		s.fail("%s must be %s", what, want)
	default:
		s.malformed("a value")
	}
}

// text reads a string.
func (s *scanner) text(what string) string {
	if s.peek() != '"' {
		s.wrongType(what, "a string")
		return ""
	}
	start := s.pos + 1
	for i := start; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case c == '"':
			s.pos = i + 1
			return string(s.src[start:i])
		case c == '\\':
			s.pos = i
			return s.escaped(s.src[start:i])
		case c < ' ':
			s.pos = i
			s.malformed("an escaped control character")
			return ""
		}
	}
	s.pos = len(s.src)
	s.malformed("a closing quote")
	return ""
}

// escaped reads the rest of a string from its first backslash on.
func (s *scanner) escaped(before []byte) string {
	b := make([]byte, len(before), len(before)+len(before)/8+64)
	copy(b, before)
	for s.pos < len(s.src) && !s.failed() {
		run := s.pos
		for run < len(s.src) && s.src[run] != '"' && s.src[run] != '\\' && s.src[run] >= ' ' {
			run++
		}
		b = append(b, s.src[s.pos:run]...)
		s.pos = run
		switch {
		case run == len(s.src):
		case s.src[run] == '"':
			s.pos++
			return string(b)
		case s.src[run] == '\\':
			b = s.escape(b)
		default:
			s.malformed("an escaped control character")
		}
	}
	s.malformed("a closing quote")
	return ""
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escape reads one escape sequence and appends what it stands for.
func (s *scanner) escape(b []byte) []byte {
	s.pos++
	if s.pos < len(s.src) {
		c := s.src[s.pos]
		if plain, known := escapes[c]; known {
			s.pos++
			return append(b, plain)
		}
		if c == 'u' {
			return utf8.AppendRune(b, s.unicodeEscape())
		}
	}
	s.malformed("an escape sequence")
	return b
}

// unicodeEscape reads uXXXX, or two of them that make one character.
func (s *scanner) unicodeEscape() rune {
	r := s.hex()
	if !utf16.IsSurrogate(r) {
		return r
	}
	if s.pos+1 < len(s.src) && s.src[s.pos] == '\\' && s.src[s.pos+1] == 'u' {
		s.pos++
		if pair := utf16.DecodeRune(r, s.hex()); pair != utf8.RuneError {
			return pair
		}
	}
	s.fail("half of a surrogate pair stands at byte %d", s.pos)
	return 0
}

func (s *scanner) hex() rune {
	s.pos++ // the u
	if s.pos+4 <= len(s.src) {
		if n, err := strconv.ParseUint(string(s.src[s.pos:s.pos+4]), 16, 32); err == nil {
			s.pos += 4
			return rune(n)
		}
	}
	s.malformed("four hexadecimal digits")
	return 0
}

// digits reads a number as it is written.
func (s *scanner) digits(what string) string {
	c := s.peek()
	if c != '-' && (c < '0' || c > '9') {
		s.wrongType(what, "a number")
		return ""
	}
	start := s.pos
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case '0' <= c && c <= '9', c == '-', c == '+', c == '.', c == 'e', c == 'E':
			s.pos++
			continue
		}
		break
	}
	return string(s.src[start:s.pos])
}

// offset reads a whole number that is not negative.
func (s *scanner) offset(what string) int {
	digits := s.digits(what)
	if s.failed() {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		s.fail("%s must be a whole number from 0 on, not %s", what, digits)
	}
	return n
}

// boolean reads true or false.
func (s *scanner) boolean(what string) bool {
	switch {
	case s.word("true"):
		return true
	case s.word("false"):
		return false
	}
	s.wrongType(what, "true or false")
	return false
}

// value reads what an attribute is set to.
func (s *scanner) value(what string) annotate.Value {
	switch c := s.peek(); {
	case c == '"':
		return annotate.Text(s.text(what))
	case c == 't' || c == 'f':
		return annotate.Bool(s.boolean(what))
	case c == '[':
		var choices []string
		s.list(what, func() { choices = append(choices, s.text("each choice of "+what)) })
		return annotate.Choices(choices...)
	case c == '-' || '0' <= c && c <= '9':
		digits := s.digits(what)
		n, ok := annotate.Number(digits)
		if !ok {
			s.fail("%s is no number: %s", what, digits)
		}
		return n
	}
	s.wrongType(what, "a boolean, a string, a number or a list of strings")
	return annotate.Value{}
}

// end fails if anything but blanks is left.
func (s *scanner) end() {
	if !s.failed() && s.peek() != 0 || s.pos < len(s.src) {
		s.malformed("the end of the line")
	}
}

package conll

import (
	"fmt"
	"strconv"
	"strings"
)

// escapes are UDPipe's for SpacesAfter. Other characters that mean something are
// written as \u and four hexadecimal digits.
var escapes = map[rune]string{' ': `\s`, '\t': `\t`, '\n': `\n`, '\r': `\r`, '|': `\p`, '\\': `\\`}

// escaped returns s without the characters that would end a column, a value or a bracket.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch e := escapes[r]; {
		case e != "":
			b.WriteString(e)
		case r == '(' || r == ')':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plain turns escapes back. A backslash before anything else is itself.
func plain(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for s != "" {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			break
		}
		b.WriteString(s[:at])
		s = s[at:]
		if r, size := unescape(s); size > 0 {
			b.WriteRune(r)
			s = s[size:]
			continue
		}
		b.WriteByte('\\')
		s = s[1:]
	}
	return b.String() + s
}

// unescape returns the character that an escape at the beginning of s stands for, and
// how long it is; 0 if there is none.
func unescape(s string) (r rune, size int) {
	for r, e := range escapes {
		if strings.HasPrefix(s, e) {
			return r, len(e)
		}
	}
	if strings.HasPrefix(s, `\u`) && len(s) >= 6 {
		if n, err := strconv.ParseUint(s[2:6], 16, 16); err == nil && (n == '(' || n == ')') {
			return rune(n), 6
		}
	}
	return 0, 0
}

// value returns that of a key among values that "|" separates; found is false without it.
func value(misc, key string) (v string, found bool) {
	for field := range strings.SplitSeq(misc, "|") {
		if k, v, is := strings.Cut(field, "="); is && k == key {
			return v, true
		}
	}
	return "", false
}

// gap returns what a MISC column says stands behind its token; said is false where it
// says nothing.
func gap(misc string) (blanks string, said bool) {
	if v, found := value(misc, "SpacesAfter"); found {
		return plain(v), true
	}
	if v, _ := value(misc, "SpaceAfter"); v == "No" {
		return "", true
	}
	return "", false
}

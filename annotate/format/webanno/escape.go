package webanno

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// escapes are the letters that stand for control characters after a backslash.
var escapes = map[byte]byte{'t': '\t', 'n': '\n', 'r': '\r', 'f': '\f', 'b': '\b'}

// unescape takes the backslashes from a value or text in one pass. Those of Java, as
// version 3.1 writes them, are understood.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if r, n := java(s[i:]); n > 0 {
			b.WriteRune(r)
			i += n - 1
			continue
		}
		if c, ok := escapes[s[i]]; ok {
			b.WriteByte(c)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// java reads uXXXX, or the two of a surrogate pair, and returns how long that is.
func java(s string) (r rune, n int) {
	first, ok := codeUnit(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(first) && len(s) > 6 && s[5] == '\\' {
		if second, ok := codeUnit(s[6:]); ok {
			return utf16.DecodeRune(first, second), 11
		}
	}
	return first, 5 // half of a pair is written as the replacement character
}

func codeUnit(s string) (rune, bool) {
	if len(s) < 5 || s[0] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:5], 16, 16)
	return rune(n), err == nil
}

// split separates s at sep where no backslash is before it.
func split(s string, sep byte) []string {
	var parts []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case sep:
			parts = append(parts, s[from:i])
			from = i + 1
		}
	}
	return append(parts, s[from:])
}

// numbered separates a number in brackets at the end of a cell from what is before it.
func numbered(s string) (value, number string) {
	open := strings.LastIndexByte(s, '[')
	if open < 0 || !strings.HasSuffix(s, "]") {
		return s, ""
	}
	if before := s[:open]; (len(before)-len(strings.TrimRight(before, `\`)))%2 == 1 {
		return s, "" // an escaped bracket
	}
	number = s[open+1 : len(s)-1]
	if number == "" || strings.Trim(number, "0123456789_") != "" {
		return s, ""
	}
	return s[:open], number
}

var valueEscapes = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "*", `\*`)

// escapeValue returns a value as a cell has it.
func escapeValue(s string) string { return valueEscapes.Replace(s) }

var textEscapes = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\f", `\f`, "\b", `\b`)

// escapeText returns a line of the text as #Text has it.
func escapeText(s string) string { return textEscapes.Replace(s) }

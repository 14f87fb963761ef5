package text

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"spanwright/annotate"
)

// inUTF8 returns a file as UTF-8, with what it was converted from, which is "" where it
// was UTF-8 before. UTF-16 is known by its mark or its NULs. What is left is taken for
// Windows-1252 if it looks like a language that is written in it.
func inUTF8(raw []byte) (text []byte, from string, err error) {
	if utf8.Valid(raw) && bytes.IndexByte(raw, 0) < 0 {
		return raw, "", nil
	}
	if order, known := utf16(raw); known {
		text, err = unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, "", annotate.Errorf(annotate.Invalid, "the file looks like UTF-16, but is not; save it as UTF-8 first")
		}
		return text, "UTF-16", nil
	}
	if !western(raw) {
		return nil, "", unknownEncoding(raw)
	}
	text, err = encoding.Encoding(charmap.Windows1252).NewDecoder().Bytes(raw)
	return text, "Windows-1252", err
}

// unknownEncoding tells why raw cannot be read unless somebody says what it is written in.
func unknownEncoding(raw []byte) error {
	if bytes.IndexByte(raw, 0) >= 0 {
		return annotate.CheckText(raw) // which is not about encodings
	}
	first := 0
	for first < len(raw) {
		r, size := utf8.DecodeRune(raw[first:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		first += size
	}
	return annotate.Errorf(annotate.Invalid, "byte %d (0x%02x) is not UTF-8, and no other encoding is likely; say which one it is, or save the file as UTF-8 first", first, raw[first])
}

// utf16 reports whether raw is UTF-16, and in which order its bytes stand where no mark says it:
// in most texts half of the bytes of many characters are NUL.
func utf16(raw []byte) (order unicode.Endianness, known bool) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return unicode.LittleEndian, true
	}
	if len(raw) < 4 || len(raw)%2 != 0 {
		return unicode.LittleEndian, false
	}
	var nuls [2]int
	for i, c := range raw {
		if c == 0 {
			nuls[i%2]++
		}
	}
	switch many := max(len(raw)/5, 1); {
	case nuls[0] == 0 && nuls[1] >= many:
		return unicode.LittleEndian, true
	case nuls[1] == 0 && nuls[0] >= many:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// western reports whether raw can be Windows-1252: it has no byte that means nothing there
// or is a control character, and at most one letter in four is not of ASCII.
func western(raw []byte) bool {
	plain, special := 0, 0
	for _, c := range raw {
		switch {
		case c == 0x81, c == 0x8d, c == 0x8f, c == 0x90, c == 0x9d, c < ' ' && !bytes.ContainsRune([]byte("\t\n\r\f"), rune(c)):
			return false
		case c >= 0x80:
			special++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			plain++
		}
	}
	return 3*special <= plain
}

package dataset

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"spanwright/annotate"
)

// Encodings names those that texts are found in most often, as the Encoding Standard
// calls them. [EncodingOf] knows others.
var Encodings = []string{
	"utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1250", "windows-1251", "windows-1255", "windows-1256", "windows-874",
	"gb18030", "big5", "shift_jis", "euc-kr",
}

// EncodingOf returns the encoding of a name, which may be any label of the Encoding
// Standard, as latin1.
func EncodingOf(name string) (encoding.Encoding, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, annotate.Errorf(annotate.NotFound, "there is no encoding %q; known are %s, and the other names of the Encoding Standard", name, strings.Join(Encodings, ", "))
	}
	return e, nil
}

// NameOf returns the name of an encoding.
func NameOf(e encoding.Encoding) string {
	name, err := htmlindex.Name(e)
	if err != nil {
		return "another encoding"
	}
	return name
}

// Decode returns bytes of an encoding as UTF-8, without a byte order mark. Bytes that mean
// nothing in it are refused: the file is in another one.
func Decode(raw []byte, e encoding.Encoding) ([]byte, error) {
	text, err := e.NewDecoder().Bytes(raw)
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if at := bytes.IndexRune(text, utf8.RuneError); err == nil && at < 0 {
		return text, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "the file is not in %s: some of its bytes mean nothing there", NameOf(e))
}

// OpenAs is [Open] for a file in an encoding, nil to find out. What means nothing in
// the encoding is read as U+FFFD.
func OpenAs(path string, e encoding.Encoding) (io.ReadCloser, error) {
	if e == nil {
		return Open(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, FileError(path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{Plain(transform.NewReader(f, e.NewDecoder())), f}, nil
}

package dataset

import (
	"bufio"
	"bytes"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Open opens a text file for reading as UTF-8 without a byte order mark. A file that
// begins with the mark of UTF-16 is converted; nothing else is guessed.
func Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, FileError(path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{Plain(f), f}, nil
}

// Plain returns r as UTF-8 without a byte order mark.
func Plain(r io.Reader) io.Reader {
	source := bufio.NewReaderSize(r, 1<<16)
	mark, _ := source.Peek(3) // a failure shows when it is read
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = source.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		return transform.NewReader(source, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder())
	}
	return source
}

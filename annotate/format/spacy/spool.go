package spacy

import (
	"bufio"
	"io"
	"os"
)

// spool is a column of a DocBin under way. The columns follow each other in the file, so each waits
// in a temporary file until it is known how long it is.
type spool struct {
	*bufio.Writer
	file  *os.File
	bytes int64
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "spanwright-*.spool")
	if err != nil {
		return nil, err
	}
	s := &spool{file: f}
	s.Writer = bufio.NewWriterSize(countingWriter{s}, 1<<16)
	return s, nil
}

// countingWriter counts what a spool holds.
type countingWriter struct{ s *spool }

func (w countingWriter) Write(p []byte) (int, error) {
	n, err := w.s.file.Write(p)
	w.s.bytes += int64(n)
	return n, err
}

// finish ends what is written; then bytes says how much it is.
func (s *spool) finish() error {
	if err := s.Flush(); err != nil {
		return err
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return err
}

// copyTo writes what the spool holds.
func (s *spool) copyTo(w io.Writer) error {
	_, err := io.Copy(w, s.file)
	return err
}

// remove takes the file away.
func (s *spool) remove() {
	s.file.Close()
	os.Remove(s.file.Name())
}

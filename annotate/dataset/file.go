package dataset

import (
	"errors"
	"io/fs"
	"os"

	"spanwright/annotate"
)

// ReadDocument reads the text of a plain-text file and returns it with the
// file's size in bytes. The document has the input's name and no id yet. A
// file too large to be a text is refused without being read.
func ReadDocument(in Input) (*annotate.Document, int64, error) {
	raw, err := ReadFile(in.Path)
	if err != nil {
		return nil, 0, err
	}
	d := &annotate.Document{Name: in.Name}
	if err := d.ReadText(raw); err != nil {
		return nil, 0, Place(err, in.Path, 0)
	}
	return d, int64(len(raw)), nil
}

// ReadFile returns the bytes of a file no larger than [annotate.MaxText].
func ReadFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, FileError(path, err)
	}
	if info.Size() > annotate.MaxText {
		return nil, annotate.Errorf(annotate.Unsupported, "the text has %d MB and the limit is %d MB; split it into several documents",
			info.Size()>>20, annotate.MaxText>>20).At(path, 0)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, FileError(path, err)
	}
	return raw, nil
}

// FileError tells a failure of the file system in a sentence.
func FileError(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return annotate.Errorf(annotate.NotFound, "there is no such file or folder").At(path, 0)
	}
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err // without the path, which the message names anyway
	}
	return annotate.Errorf(annotate.NotFound, "the system says: %w", err).At(path, 0)
}

// Place puts err, if it is an *annotate.Error that names no file, in a line of
// a file, unless it names one itself; line 0 means the file as a whole.
func Place(err error, path string, line int) error {
	var e *annotate.Error
	if errors.As(err, &e) && e.File == "" {
		if e.Line > 0 {
			line = e.Line
		}
		return e.At(path, line)
	}
	return err
}

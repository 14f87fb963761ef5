package exchange

import (
	"io"

	"spanwright/annotate"
)

// WriteScheme writes a scheme to a file, as [annotate.ReadScheme] reads it. What was
// there is replaced only once the new one is on the disk.
func WriteScheme(path string, s *annotate.Scheme) error {
	raw, err := s.Marshal()
	if err != nil {
		return err
	}
	return replaceFile(path, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}

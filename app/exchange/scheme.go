package exchange

import (
	"context"
	"io"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
	"spanwright/annotate/format/labelstudio"
)

// WriteScheme writes a scheme to a file, as [annotate.ReadScheme] reads it. What was
// there is replaced only once the new one is on the disk.
func WriteScheme(path string, s *annotate.Scheme) error {
	raw, err := s.Marshal()
	if err != nil {
		return err
	}
	return ReplaceFile(path, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}

// WriteBratScheme writes a scheme as brat's configuration into a folder, which need not
// be there; other files in it stay. It returns the files and what brat cannot say.
func WriteBratScheme(ctx context.Context, folder string, s *annotate.Scheme) ([]string, dataset.Losses, error) {
	files, losses := brat.SchemeFiles(s)
	if _, err := replaceFolder(ctx, folder, files.Write); err != nil {
		return nil, nil, err
	}
	var names []string
	for _, name := range annotate.SortedKeys(files) {
		names = append(names, filepath.Join(folder, name))
	}
	return names, losses, nil
}

// WriteLabelStudioScheme writes a scheme as a labelling configuration of Label Studio. It returns what
// that cannot say.
func WriteLabelStudioScheme(path string, s *annotate.Scheme) (losses dataset.Losses, err error) {
	err = ReplaceFile(path, func(w io.Writer) (err error) {
		losses, err = labelstudio.WriteScheme(w, s)
		return err
	})
	return losses, err
}

package exchange

import (
	"context"
	"os"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/assets"
	"spanwright/store"
)

// CreateSample makes a project at path out of the sample that comes with the
// program, its annotations in annotator's own layer.
func CreateSample(ctx context.Context, path, annotator string) error {
	raw, err := assets.Scheme(assets.DefaultScheme)
	if err != nil {
		return err
	}
	scheme, err := annotate.ParseScheme(assets.DefaultScheme, raw)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "spanwright-sample-")
	if err != nil {
		return annotate.Errorf(annotate.Unsupported, "the sample cannot be unpacked: %w", err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "sample.jsonl")
	if err = os.WriteFile(file, assets.Sample(annotator), 0o600); err != nil {
		return annotate.Errorf(annotate.Unsupported, "the sample cannot be unpacked: %w", err)
	}
	project, err := store.Create(path, scheme)
	if err != nil {
		return err
	}
	_, err = Import(ctx, project, []string{file}, ImportOptions{Format: "jsonl", Annotator: annotator})
	if closing := project.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return annotate.Errorf(annotate.Corrupt, "the sample could not be made: %w; remove %s and try again", err, path)
	}
	return nil
}

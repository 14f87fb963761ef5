package exchange

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// ReplaceFile makes path hold what write writes. The bytes go to a file beside
// it, which takes its name only when they are on the disk: a crash or a full disk
// leaves what was there. Pipes and devices are written to as they are.
func ReplaceFile(path string, write func(io.Writer) error) error {
	path = absolute(path)
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return writeThrough(path, write)
	}
	beside := besideName(path)
	file, err := os.OpenFile(beside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return dataset.FileError(path, err)
	}
	defer os.Remove(beside) // fails, as it should, once it was renamed
	if err := write(file); err != nil {
		file.Close()
		return dataset.Place(err, path, 0)
	}
	if err := closeSynced(file); err != nil {
		return dataset.FileError(path, err)
	}
	if err := os.Rename(beside, path); err != nil {
		return dataset.FileError(path, err)
	}
	return syncFolder(filepath.Dir(path))
}

// besideName returns a hidden name of its own in the folder of path.
func besideName(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+string(annotate.NewID()))
}

func writeThrough(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return dataset.FileError(path, err)
	}
	if err := write(file); err != nil {
		file.Close()
		return dataset.Place(err, path, 0)
	}
	return file.Close()
}

func closeSynced(file *os.File) error {
	if err := file.Sync(); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// syncFolder makes renames in a folder last. File systems that cannot do it are
// left alone: the files themselves are on the disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	_ = folder.Sync()
	return folder.Close()
}

// replaceFolder makes path a folder that holds the files write makes in an empty
// folder, beside others that may be there. Nothing is moved in before all are
// written, and each file is replaced as a whole. It returns the paths of the files.
func replaceFolder(ctx context.Context, path string, write func(folder string) error) ([]string, error) {
	path = absolute(path)
	beside := besideName(path)
	if err := os.Mkdir(beside, 0o777); err != nil {
		return nil, dataset.FileError(path, err)
	}
	defer os.RemoveAll(beside)
	if err := write(beside); err != nil {
		return nil, dataset.Place(err, path, 0)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var files []string
	err := filepath.WalkDir(beside, func(from string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(beside, from)
		if err != nil {
			return err
		}
		to := filepath.Join(path, inside)
		if entry.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		file, err := os.OpenFile(from, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		if err := closeSynced(file); err != nil {
			return err
		}
		files = append(files, to)
		return os.Rename(from, to)
	})
	if err != nil {
		return nil, dataset.FileError(path, err)
	}
	return files, syncFolder(path)
}

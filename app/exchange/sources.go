package exchange

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
)

// source is a file to be read.
type source struct {
	format *dataset.Format
	given  string // what was named: the file itself or a folder around it
	path   string
	name   string // of the document, if the format makes one of each file
	size   int64
}

// sources finds the files that paths name or hold: in folders those that a
// format knows, sorted by path, hidden ones passed over. A path that is missing
// or holds nothing is an error, before anything is imported.
func sources(paths []string, options ImportOptions) ([]source, error) {
	finder := finder{taken: map[string]bool{}}
	for _, path := range paths {
		name := cmp.Or(options.Formats[path], options.Format, Auto)
		finder.only, finder.given = nil, path
		if name != Auto {
			f, err := format.ByName(name)
			switch {
			case err != nil:
				return nil, err
			case f.Read == nil:
				return nil, annotate.Errorf(annotate.Unsupported, "format %s is only written, not read", name)
			}
			finder.only = f
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, dataset.FileError(path, err)
		}
		before := len(finder.found)
		if info.IsDir() {
			if err := finder.folder(path); err != nil {
				return nil, err
			}
			if len(finder.found) == before && !finder.repeated {
				return nil, annotate.Errorf(annotate.NotFound, "the folder holds nothing to import: no %s", finder.wanted()).At(path, 0)
			}
			continue
		}
		finder.file(path)
	}
	return finder.found, nil
}

// finder collects sources.
type finder struct {
	only     *dataset.Format // nil to find out
	given    string          // what is looked through
	found    []source
	taken    map[string]bool // paths found
	repeated bool            // a path was met again
}

func (f *finder) wanted() string {
	if f.only != nil {
		return "file of format " + f.only.Name
	}
	return "file of a known format"
}

// detect returns the format of a file and the file that stands for it.
func (f *finder) detect(path string) (*dataset.Format, string) {
	if f.only != nil {
		return f.only, f.only.MainFile(path, func() dataset.Head { return dataset.ReadHead(path) })
	}
	return format.Detect(path)
}

// file adds a file that was named: it is read even if neither name nor content says how.
func (f *finder) file(path string) {
	known, main := f.detect(path)
	if main == "" {
		if main = path; known == nil {
			known = unknown(path)
		}
	}
	f.add(known, main, filepath.Base(main))
}

func (f *finder) folder(root string) error {
	root += string(filepath.Separator) // so that a link to a folder is followed
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return dataset.FileError(path, err)
		}
		if path != root && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(path) // follows links
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular() {
			return nil
		}
		known, main := f.detect(path)
		if main == "" {
			return nil
		}
		name, err := filepath.Rel(root, main)
		if err != nil {
			return dataset.FileError(path, err)
		}
		f.add(known, main, filepath.ToSlash(name))
		return nil
	})
}

func (f *finder) add(known *dataset.Format, path, name string) {
	key := filepath.Clean(path)
	if f.taken[key] {
		f.repeated = true
		return
	}
	f.taken[key] = true
	var size int64
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	f.found = append(f.found, source{known, f.given, path, name, size})
}

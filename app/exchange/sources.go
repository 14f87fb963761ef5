package exchange

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
)

// Group names files of an import: one file, all that a path holds, or those of them that
// were found to be of one format.
type Group struct {
	Path  string // as it was given, or of a file
	Found string // name of a format; empty for files of any
}

// Reading says how the files of a group are read. Where groups contain each other the
// smallest that says something decides; what none says is as in [ImportOptions].
type Reading struct {
	Format   string // name of a format, empty or Auto for what was found
	Unit     annotate.Unit
	Encoding encoding.Encoding
	Omit     bool // they are left out
}

// source is a file to be read.
type source struct {
	format  *dataset.Format
	found   string // name of the format that it was found to be of
	reading Reading
	given   string // what was named: the file itself or a folder around it
	path    string
	name    string // of the document, if the format makes one of each file
	size    int64
}

// sources finds the files that paths name or hold: in folders those that a
// format knows, sorted by path, hidden ones passed over. A path that is missing
// or holds nothing is an error, before anything is imported.
func sources(paths []string, options ImportOptions) ([]source, error) {
	finder := finder{taken: map[string]bool{}, readings: options.Readings, formats: map[string]*dataset.Format{}}
	for _, r := range options.Readings {
		if err := finder.know(r.Format); err != nil {
			return nil, err
		}
	}
	if err := finder.know(options.Format); err != nil {
		return nil, err
	}
	for _, path := range paths {
		finder.only = cmp.Or(finder.formats[options.Readings[Group{Path: path}].Format], finder.formats[options.Format])
		finder.given = path
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
	readings map[Group]Reading
	formats  map[string]*dataset.Format // that readings name
	found    []source
	taken    map[string]bool // paths found
	repeated bool            // a path was met again
}

// know makes a format known by its name, empty or Auto for none.
func (f *finder) know(name string) error {
	if name == "" || name == Auto {
		return nil
	}
	known, err := format.ByName(name)
	if err == nil && known.Read == nil {
		err = annotate.Errorf(annotate.Unsupported, "format %s is only written, not read", name)
	}
	f.formats[name] = known
	return err
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
	f.add(known, main, path, filepath.Base(main))
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
		f.add(known, main, path, filepath.ToSlash(name))
		return nil
	})
}

// reading returns how a file is read that was found to be of a format.
func (f *finder) reading(path, found string) Reading {
	var r Reading
	for _, g := range []Group{{Path: path}, {f.given, found}, {Path: f.given}} {
		said := f.readings[g]
		r.Format, r.Unit, r.Omit = cmp.Or(r.Format, said.Format), cmp.Or(r.Unit, said.Unit), r.Omit || said.Omit
		if r.Encoding == nil {
			r.Encoding = said.Encoding
		}
	}
	return r
}

// add adds a file that was found to be of a format, main of which stands for it.
func (f *finder) add(known *dataset.Format, main, path, name string) {
	reading, found := f.reading(main, known.Name), known.Name
	if other := f.formats[reading.Format]; other != nil && other != known {
		switch now := other.MainFile(path, func() dataset.Head { return dataset.ReadHead(path) }); {
		case now != "":
			main, name = now, strings.TrimSuffix(name, filepath.Base(main))+filepath.Base(now)
		case main != path:
			return // another file stood for it
		}
		known = other
	}
	path = main
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
	f.found = append(f.found, source{known, found, reading, f.given, path, name, size})
}

package w3c

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read returns the text of a source, from the file itself or from one beside it.
func (s source) read(in dataset.Input) (*annotate.Document, error) {
	if s.held {
		d := &annotate.Document{Name: s.label, Text: s.text}
		if d.Name == "" {
			d.Name = s.name()
		}
		return d, nil
	}
	for _, name := range s.files(in) {
		file := filepath.Join(filepath.Dir(in.Path), filepath.FromSlash(name))
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		raw, err := dataset.ReadFile(file)
		if err != nil {
			return nil, err
		}
		d := &annotate.Document{Name: path.Join(path.Dir(filepath.ToSlash(in.Name)), name)}
		if err := d.ReadText(raw); err != nil {
			return nil, dataset.Place(err, file, 0)
		}
		return d, nil
	}
	wanted := strings.TrimSuffix(filepath.Base(in.Path), filepath.Ext(in.Path)) + ".txt"
	if files := s.files(in); len(files) > 0 {
		wanted = files[len(files)-1]
	}
	if s.id == "" {
		return nil, annotate.Errorf(annotate.NotFound, "the annotation does not say what text it is about, and none lies beside the file as %s", wanted)
	}
	return nil, annotate.Errorf(annotate.NotFound, "the text of %s is not in the file, and does not lie beside it as %s", annotate.Excerpt(s.id, 80), annotate.Excerpt(wanted, 80))
}

// name returns the path that the address of a source ends with, without its folders where it is
// on another machine.
func (s source) name() string {
	address, err := url.Parse(s.id)
	if err != nil {
		return s.id
	}
	name := address.Path
	if name == "" {
		name = address.Opaque // as in urn:…
	}
	if address.IsAbs() {
		name = path.Base(name)
	}
	if name = strings.TrimPrefix(name, "/"); name == "" || name == "." {
		return s.id
	}
	return name
}

// files returns the names under which the text of a source may lie beside the file, below
// its folder and nowhere else.
func (s source) files(in dataset.Input) []string {
	if s.id == "" {
		base := filepath.Base(in.Path)
		return []string{strings.TrimSuffix(base, filepath.Ext(base)) + ".txt"}
	}
	name := s.name()
	var files []string
	for _, candidate := range []string{name, name + ".txt", strings.TrimSuffix(name, path.Ext(name)) + ".txt"} {
		if strings.EqualFold(path.Ext(candidate), ".txt") && filepath.IsLocal(filepath.FromSlash(candidate)) {
			files = append(files, candidate)
		}
	}
	return files
}

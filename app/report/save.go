package report

import (
	"io"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/app/exchange"
)

func extension(path string) string { return strings.ToLower(filepath.Ext(path)) }

// PageWriter returns how a page is written to a file of that name.
func PageWriter(path string) (func(*Page, io.Writer) error, error) {
	switch extension(path) {
	case ".html", ".htm":
		return (*Page).HTML, nil
	case ".md", ".markdown":
		return (*Page).Markdown, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "the name of a report ends in .html or .md, not as %s does", filepath.Base(path))
}

// PictureWriter returns how a picture is written to a file of that name.
func PictureWriter(path string) (func(*Picture, io.Writer) error, error) {
	switch extension(path) {
	case ".svg":
		return (*Picture).SVG, nil
	case ".png":
		return (*Picture).PNG, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "the name of a picture ends in .png or .svg, not as %s does", filepath.Base(path))
}

// CheckName reports why a report cannot be saved under a name: it ends neither as that of a page
// nor as that of a picture.
func CheckName(path string) error {
	if _, err := PictureWriter(path); err == nil {
		return nil
	}
	if _, err := PageWriter(path); err == nil {
		return nil
	}
	return annotate.Errorf(annotate.Invalid, "the name of a report ends in .html or .md, that of its pictures in .png or .svg, and not as %s does", filepath.Base(path))
}

// Save writes the report or, if the name ends as that of a picture, each of its pictures to a
// file of its own, and returns the paths.
func (f *Facts) Save(path string) (written []string, err error) {
	if err := CheckName(path); err != nil {
		return nil, err
	}
	if write, err := PageWriter(path); err == nil {
		return []string{path}, exchange.ReplaceFile(path, func(out io.Writer) error { return write(f.Page(), out) })
	}
	write, err := PictureWriter(path)
	if err != nil {
		return nil, err
	}
	for _, p := range f.Pictures() {
		to := strings.TrimSuffix(path, filepath.Ext(path)) + "-" + p.Name + extension(path)
		if err := exchange.ReplaceFile(to, func(out io.Writer) error { return write(p.Picture, out) }); err != nil {
			return written, err
		}
		written = append(written, to)
	}
	return written, nil
}

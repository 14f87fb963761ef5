package configuration

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
)

// Read reads the scheme in a file, whichever of the kinds it is: a file whose name ends
// in .conf or that has a brat heading is brat's annotation.conf, one that ends in .xml
// or begins with a tag is a labelling configuration of Label Studio, one that ends in .zip
// a project of INCEpTION, and anything else is YAML. A folder stands for the annotation.conf in it. Errors are of the file.
func Read(path string) (*annotate.Scheme, []dataset.Remark, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return brat.ReadScheme(filepath.Join(path, "annotation.conf"))
	}
	switch strings.ToLower(filepath.Base(path)) {
	case "visual.conf", "kb_shortcuts.conf", "tools.conf":
		return nil, nil, annotate.Errorf(annotate.Invalid, "this only accompanies an annotation.conf; name that one").At(path, 0)
	}
	if strings.EqualFold(filepath.Ext(path), ".zip") {
		return ReadINCEpTION(path)
	}
	raw, err := dataset.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	switch extension := strings.ToLower(filepath.Ext(path)); {
	case extension == ".conf" || extension != ".yaml" && extension != ".yml" && headingPattern.Match(raw):
		return brat.ReadScheme(path)
	case extension == ".xml" || strings.HasPrefix(strings.TrimLeft(string(raw[:min(len(raw), 1000)]), "\ufeff \t\r\n"), "<"):
		return ReadLabelStudio(path, raw)
	}
	return readYAML(path, raw)
}

// headingPattern is a line that only a brat configuration has.
var headingPattern = regexp.MustCompile(`(?m)^\s*\[(entities|spans|relations|events|attributes)\]\s*$`)

// readYAML reads our own scheme files; warnings become remarks.
func readYAML(path string, raw []byte) (*annotate.Scheme, []dataset.Remark, error) {
	s, problems := annotate.ReadScheme(raw)
	var remarks []dataset.Remark
	for _, p := range problems {
		if !p.Warning {
			return nil, nil, p.Error(path)
		}
		remarks = append(remarks, dataset.Remark{File: path, Line: p.Line, Sentence: p.Sentence})
	}
	return s, remarks, nil
}

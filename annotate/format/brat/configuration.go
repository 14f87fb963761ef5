package brat

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Files are the files of a brat configuration by their names: annotation.conf, which
// says what there is to label, and what may stand beside it.
type Files map[string][]byte

// Write writes the files into a folder, which need not be there yet.
func (f Files) Write(folder string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return dataset.FileError(folder, err)
	}
	for _, name := range annotate.SortedKeys(f) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, f[name], 0o666); err != nil {
			return dataset.FileError(path, err)
		}
	}
	return nil
}

// The names of configuration files.
const (
	annotationConf = "annotation.conf"
	visualConf     = "visual.conf"
	shortcutsConf  = "kb_shortcuts.conf"
	toolsConf      = "tools.conf"
)

// maxConfiguration is how many bytes a configuration file may have.
const maxConfiguration = 2 << 20

// sections are the headings that brat knows in each file.
var sections = map[string][]string{
	annotationConf: {"entities", "relations", "events", "attributes"},
	visualConf:     {"options", "labels", "drawing"},
	toolsConf:      {"options", "search", "annotators", "disambiguators", "normalization"},
}

// ReadScheme reads the scheme that an annotation.conf and the visual.conf,
// kb_shortcuts.conf and tools.conf beside it describe. Remarks tell what has no place
// in a scheme, or is taken otherwise than brat does.
func ReadScheme(path string) (*annotate.Scheme, []dataset.Remark, error) {
	files := Files{}
	folder := filepath.Dir(path)
	for _, name := range []string{annotationConf, visualConf, shortcutsConf, toolsConf} {
		from := filepath.Join(folder, name)
		if name == annotationConf {
			from = path
		} else if !exists(from) {
			continue
		}
		if info, err := os.Stat(from); err == nil && info.Size() > maxConfiguration {
			return nil, nil, annotate.Errorf(annotate.Unsupported, "it has more than %d MB, which no configuration of brat has", maxConfiguration>>20).At(from, 0)
		}
		raw, err := dataset.ReadFile(from)
		if err != nil {
			return nil, nil, err
		}
		files[name] = raw
	}
	if absolute, err := filepath.Abs(path); err == nil {
		folder = filepath.Dir(absolute)
	}
	s, remarks, err := ParseScheme(filepath.Base(folder), files)
	for i := range remarks {
		remarks[i].File = place(path, remarks[i].File)
	}
	return s, remarks, dataset.Place(err, path, 0)
}

// place returns the path of a configuration file beside the annotation.conf at path.
func place(path, name string) string {
	if name == annotationConf {
		return path
	}
	return filepath.Join(filepath.Dir(path), name)
}

// ParseScheme reads configuration files as [ReadScheme] does; name is that of the scheme.
func ParseScheme(name string, files Files) (*annotate.Scheme, []dataset.Remark, error) {
	if strings.Trim(name, `./\`) == "" {
		name = "brat"
	}
	c := &configuration{scheme: &annotate.Scheme{Name: name}, counts: map[string]int{}, firsts: map[string]int{}, known: map[string]kind{}, related: map[string]kind{}}
	for _, raw := range files {
		if len(raw) > maxConfiguration {
			return nil, nil, annotate.Errorf(annotate.Unsupported, "a configuration of brat has no more than %d MB", maxConfiguration>>20)
		}
	}
	c.tools(c.read(toolsConf, files))
	c.types(c.read(annotationConf, files))
	if len(c.scheme.Spans)+len(c.scheme.Relations) == 0 {
		return nil, c.said(), annotate.Errorf(annotate.Invalid, "it defines no type: an annotation.conf of brat lists them under [entities], [relations] and [events]")
	}
	c.visual(c.read(visualConf, files))
	c.shortcuts(files[shortcutsConf])
	c.scheme.FillColors()
	if err := c.scheme.Check(); err != nil {
		return nil, c.said(), err
	}
	return c.scheme, c.said(), nil
}

// kind is what a name stands for in a configuration.
type kind byte

const (
	unknownKind kind = iota
	entityKind
	eventKind
	abstractKind // an event that only others are derived from
	relationKind
	equivalenceKind
)

// configuration is a scheme being read.
type configuration struct {
	scheme    *annotate.Scheme
	remarks   []dataset.Remark
	counts    map[string]int  // of sentences said often
	firsts    map[string]int  // where they stand in remarks
	known     map[string]kind // of types
	related   map[string]kind // of relations, which may be called as types are
	validated bool            // brat checks everything
}

func (c *configuration) remark(file string, line int, format string, args ...any) {
	c.remarks = append(c.remarks, dataset.Remark{File: file, Line: line, Sentence: fmt.Sprintf(format, args...)})
}

// often is remark for what may hold for many lines: it is told of the first.
func (c *configuration) often(file string, line int, sentence string) {
	key := file + "\n" + sentence
	if c.counts[key]++; c.counts[key] == 1 {
		c.firsts[key] = len(c.remarks)
		c.remark(file, line, "%s", sentence)
	}
}

// said returns the remarks, in the order of files and lines.
func (c *configuration) said() []dataset.Remark {
	for key, n := range c.counts {
		if n > 1 {
			c.remarks[c.firsts[key]].Sentence += fmt.Sprintf(" (so in %d places)", n)
		}
	}
	clear(c.counts)
	slices.SortStableFunc(c.remarks, func(a, b dataset.Remark) int {
		if a.File != b.File {
			return strings.Compare(a.File, b.File)
		}
		return a.Line - b.Line
	})
	return c.remarks
}

// lines returns the lines of a file, which is read as brat does but for the encoding:
// a file that is not UTF-8 is taken for Windows-1252.
func (c *configuration) lines(file string, raw []byte) []string {
	text := strings.TrimPrefix(string(raw), "\ufeff")
	if !utf8.ValidString(text) {
		c.remark(file, 0, "it is not UTF-8 and was read as Windows-1252")
		decoded, err := charmap.Windows1252.NewDecoder().String(text)
		if err != nil {
			decoded = strings.ToValidUTF8(text, "�")
		}
		text = decoded
	}
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

// read cuts a file into its sections.
func (c *configuration) read(file string, files Files) map[string]*section {
	found := map[string]*section{}
	var current *section
	for i, line := range c.lines(file, files[file]) {
		if m := headingPattern.FindStringSubmatch(line); m != nil {
			name := strings.TrimSpace(m[1])
			if name == "spans" { // what [entities] was called
				name = "entities"
			}
			if !slices.Contains(sections[file], name) {
				c.remark(file, i+1, "section [%s] is none that brat knows; what stands in it was left out", name)
			}
			if found[name] == nil {
				found[name] = &section{file: file}
			}
			current = found[name]
			continue
		}
		if trimmed := strings.TrimSpace(line); current == nil {
			if trimmed != "" && trimmed[0] != '#' {
				c.often(file, i+1, "the line stands in no section and was left out")
			}
			continue
		}
		current.lines = append(current.lines, line)
		current.numbers = append(current.numbers, i+1)
	}
	return found
}

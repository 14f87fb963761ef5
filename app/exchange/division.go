package exchange

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/card"
	"spanwright/annotate/dataset/split"
	"spanwright/store"
)

// SplitCertificate is the name of the certificate of a split, in its folder.
const SplitCertificate = "split" + CertificateSuffix

// DividedCertificate says how documents were divided, and whether the files of each part are what was meant.
type DividedCertificate struct {
	Passed bool              `json:"passed"`
	Split  *split.Report     `json:"split"`
	Parts  []PartCertificate `json:"parts"`
	Card   []Digest          `json:"card"` // files that describe the dataset
}

// PartCertificate is the certificate of one part of a split.
type PartCertificate struct {
	Part string `json:"part"`
	*Certificate
}

// division is what is written into one part of a split.
type division struct {
	split *split.Split
	part  int
}

// documents returns how many documents are in the part.
func (d *division) documents() int {
	n := 0
	for _, part := range d.split.Of {
		if part == d.part {
			n++
		}
	}
	return n
}

// of returns the documents that are in the part.
func (d *division) of(all []store.DocumentSize) []store.DocumentSize {
	if d == nil {
		return all
	}
	return slices.DeleteFunc(all, func(r store.DocumentSize) bool {
		part, known := d.split.Of[r.ID]
		return !known || part != d.part
	})
}

// ExportSplit divides a project's documents and writes each part as a file, or folder, of its own, and
// what describes the dataset, into a folder: a new one, an empty one, or one with an earlier split, whose
// files are replaced. Nothing is changed there before all is written. Then each part is read again, and the
// outcome is in the report and, as a [DividedCertificate], in the folder. If the project is blind,
// annotators have pseudonyms.
func ExportSplit(ctx context.Context, project *store.Project, folder string, options ExportOptions, how split.Options) (Report, error) {
	f, err := writable(options.Format)
	if err != nil {
		return Report{}, err
	}
	blind, err := project.Blind()
	if err != nil {
		return Report{}, err
	}
	options.Pseudonyms = options.Pseudonyms || blind
	folder = absolute(folder)
	for _, part := range how.Parts {
		if strings.EqualFold(partName(f, part.Name), card.CroissantName) {
			return Report{}, annotate.Errorf(annotate.Invalid, "no part can be called %s in this format, for %s describes the dataset", part.Name, card.CroissantName)
		}
	}
	former, err := formerFiles(folder)
	if err != nil {
		return Report{}, err
	}
	s := &splitter{project: project, options: options, format: f, how: how}
	defer s.close()
	if s.scheme, err = project.Scheme(); err != nil {
		return Report{}, err
	}
	s.facts = newFacts(project, s.scheme, how.Seed)
	if s.split, err = s.divide(ctx, func(*dataset.Record) {}); err != nil {
		return Report{}, err
	}
	s.report.Split = s.split.Report
	written, err := replaceFolder(ctx, folder, func(to string) error { return s.write(ctx, to) })
	if err != nil {
		return Report{}, err
	}
	for _, name := range former {
		if path := filepath.Join(folder, name); !slices.Contains(written, path) {
			_ = os.Remove(path) // it was of the earlier split; that it is gone already is as well
		}
	}
	return s.report, s.certify(ctx, folder, written)
}

func (s *splitter) close() {
	for _, x := range s.parts {
		x.meant.close()
	}
}

// formerFiles returns the files of the split that is in a folder, with slashes; a folder with anything but a split is an error.
func formerFiles(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	switch {
	case os.IsNotExist(err):
		return nil, nil
	case err != nil:
		return nil, annotate.Errorf(annotate.Conflict, "a split is written into a folder, and this is none").At(folder, 0)
	case len(entries) == 0:
		return nil, nil
	}
	var c DividedCertificate
	raw, err := os.ReadFile(filepath.Join(folder, SplitCertificate))
	if err != nil || json.Unmarshal(raw, &c) != nil {
		return nil, annotate.Errorf(annotate.Conflict, "the folder is not empty and holds no earlier split; choose another folder, for documents of other parts could stay in it").At(folder, 0)
	}
	files := c.Card
	for _, part := range c.Parts {
		files = append(files, part.Files...)
	}
	names := []string{}
	for _, file := range files {
		if filepath.IsLocal(file.Name) {
			names = append(names, file.Name)
		}
	}
	return names, nil
}

// splitter is one export of a split under way.
type splitter struct {
	project   *store.Project
	options   ExportOptions
	format    *dataset.Format
	how       split.Options
	scheme    *annotate.Scheme
	facts     *facts
	split     *split.Split
	parts     []*exporter
	described []Digest // files of the card
	report    Report
}

// divide looks at the documents that are to be written, shows their records to look, and divides them.
func (s *splitter) divide(ctx context.Context, look func(*dataset.Record)) (*split.Split, error) {
	collection := split.NewCollection(s.scheme, s.how)
	run, err := newExporter(s.project, s.format, s.options)
	if err != nil {
		return nil, err
	}
	if s.facts != nil {
		run.look, s.facts.names = s.facts.look, run.names
	}
	err = run.each(ctx, func(r *dataset.Record) bool {
		look(r)
		collection.Add(r)
		return true
	})
	if err != nil {
		return nil, err
	}
	return collection.Divide(ctx, func(id annotate.ID) (string, error) {
		d, err := s.project.Document(id)
		if err != nil {
			return "", err
		}
		return d.Text, nil
	})
}

// partName returns what the file or folder of a part is called.
func partName(f *dataset.Format, name string) string {
	if f.WriteFolder != nil {
		return name
	}
	return name + strings.TrimPrefix(f.Patterns[0], "*")
}

// name returns what a part is called in the folder.
func (s *splitter) name(part int) string { return partName(s.format, s.split.Parts[part].Name) }

// write writes all parts into an empty folder, with a certificate that has not passed, by which they are known
// for a split even if nothing more comes of it.
func (s *splitter) write(ctx context.Context, folder string) error {
	c := DividedCertificate{Split: s.split.Report}
	parts := make([]card.Part, len(s.split.Parts))
	for i := range s.split.Parts {
		x := &exporter{project: s.project, options: s.options, format: s.format, division: &division{s.split, i}, names: s.facts.names}
		s.parts = append(s.parts, x)
		var err error
		if x.meant, err = newTally(s.format, s.options); err != nil {
			return err
		}
		parts[i].Name = s.split.Parts[i].Name
		if err := s.writePart(ctx, x, filepath.Join(folder, s.name(i)), &parts[i]); err != nil {
			return err
		}
		s.report.add(&x.report)
		files, err := filesBelow(folder, filepath.Join(folder, s.name(i)))
		if err != nil {
			return err
		}
		for _, file := range files {
			parts[i].Files = append(parts[i].Files, card.File{Name: file.Name})
		}
		if s.format.Beside != "" { // which the card does not describe, for it holds no documents
			files = append(files, Digest{Name: s.name(i) + s.format.Beside})
		}
		c.Parts = append(c.Parts, PartCertificate{parts[i].Name, &Certificate{Format: s.format.Name, Files: files, Differences: []string{"the files have not been read again"}}})
	}
	talk := exporter{project: s.project, options: s.options}
	if err := talk.countTalk(); err != nil {
		return err
	}
	s.report.add(&talk.report)
	if err := s.writeCard(folder, parts); err != nil {
		return err
	}
	c.Card = s.described
	file, err := os.Create(filepath.Join(folder, SplitCertificate))
	if err != nil {
		return dataset.FileError(folder, err)
	}
	defer file.Close()
	return c.write(file)
}

// writeCard writes the files that describe the dataset.
func (s *splitter) writeCard(folder string, parts []card.Part) error {
	c, err := s.card(folder, parts)
	if err != nil {
		return err
	}
	files, err := c.Files()
	if err != nil {
		return err
	}
	for _, name := range annotate.SortedKeys(files) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, files[name], 0o666); err != nil {
			return dataset.FileError(path, err)
		}
		digest, err := digestOf(path)
		if err != nil {
			return err
		}
		digest.Name = name
		s.described = append(s.described, digest)
	}
	return nil
}

// writePart writes a part and counts in told what it holds.
func (s *splitter) writePart(ctx context.Context, x *exporter, path string, told *card.Part) error {
	records := s.facts.counting(x.records(ctx), told)
	if s.format.WriteFolder != nil {
		if err := os.Mkdir(path, 0o777); err != nil {
			return dataset.FileError(path, err)
		}
		return x.count(s.format.WriteFolder(ctx, path, records, x.settings()))
	}
	settings := x.settings()
	file, err := os.Create(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	defer file.Close()
	if s.format.Beside == "" {
		return cmp.Or(x.count(s.format.WriteFile(ctx, file, records, settings)), file.Close())
	}
	beside, err := os.Create(path + s.format.Beside)
	if err != nil {
		return dataset.FileError(path, err)
	}
	defer beside.Close()
	settings.Beside = beside
	return cmp.Or(x.count(s.format.WriteFile(ctx, file, records, settings)), file.Close(), beside.Close())
}

// filesBelow returns the names of the files in path, or of path itself, below a folder.
func filesBelow(folder, path string) ([]Digest, error) {
	var files []Digest
	err := filepath.WalkDir(path, func(file string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		files = append(files, Digest{Name: filepath.ToSlash(name)})
		return err
	})
	return files, err
}

// certify reads each part again and writes the certificate.
func (s *splitter) certify(ctx context.Context, folder string, written []string) error {
	path := filepath.Join(folder, SplitCertificate)
	if s.options.NoCertificate || s.format.Read == nil {
		return nil
	}
	c := DividedCertificate{Passed: true, Split: s.split.Report, Card: s.described}
	for i, x := range s.parts {
		own, prefix := filepath.Join(folder, s.name(i)), ""
		files := []string{own}
		if s.format.Beside != "" {
			files = append(files, own+s.format.Beside)
		}
		if s.format.WriteFolder != nil {
			prefix = s.name(i) + "/"
			files = slices.DeleteFunc(slices.Clone(written), func(file string) bool {
				return !strings.HasPrefix(file, own+string(filepath.Separator))
			})
		}
		certificate, err := x.compare(ctx, own, files)
		if err != nil {
			return err
		}
		for j := range certificate.Files {
			certificate.Files[j].Name = prefix + certificate.Files[j].Name
		}
		c.Parts = append(c.Parts, PartCertificate{s.split.Parts[i].Name, certificate})
		c.Passed = c.Passed && certificate.Passed
	}
	s.report.Parts = c.Parts
	return ReplaceFile(path, c.write)
}

func (c *DividedCertificate) write(w io.Writer) error { return writeIndented(w, c) }

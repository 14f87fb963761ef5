package exchange

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// CertificateSuffix is what the name of a certificate has behind that of the export.
const CertificateSuffix = ".certificate.json"

// Certificate says what was exported and whether it is what was meant: the files were
// read again, and what came back was compared with what the project holds, less the
// losses that were told.
type Certificate struct {
	Passed    bool          `json:"passed"`
	Format    string        `json:"format"`
	Unit      annotate.Unit `json:"unit,omitempty"` // what offsets count
	Annotator string        `json:"annotator,omitempty"`
	// Layers and States are what was chosen of the work; none means all.
	Layers    []string          `json:"layers,omitempty"`
	States    []annotate.Status `json:"states,omitempty"`
	Scheme    string            `json:"scheme"`
	Revision  int               `json:"revision"` // of the scheme
	Documents int               `json:"documents"`
	Spans     int               `json:"spans"`
	Relations int               `json:"relations"`
	Records   int               `json:"records,omitempty"`
	// Losses are what the format cannot hold. Those of the format's writer may leave
	// some records otherwise than they were meant; Bent is how many did come back so.
	Losses dataset.Losses `json:"losses,omitempty"`
	Bent   int            `json:"bent,omitempty"`
	// Differences names what did not come back as it was meant, and nothing explains it.
	Differences []string `json:"differences,omitempty"`
	Files       []Digest `json:"files"`
}

// Digest is what a file holds, in few characters.
type Digest struct {
	Name   string `json:"name"` // below the folder of the export, with slashes
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// tally counts records by what they say.
type tally struct {
	holds dataset.Holds
	seen  map[dataset.Digest]*counted
}

type counted struct {
	times int
	name  string // of the document
}

// newTally returns an empty tally for a format, nil where no certificate is wanted or
// the format cannot be read again.
func newTally(f *dataset.Format, options ExportOptions) *tally {
	if options.NoCertificate || f.Read == nil {
		return nil
	}
	return &tally{holds: f.Holds, seen: map[dataset.Digest]*counted{}}
}

func (t *tally) add(r *dataset.Record, times int) {
	if t == nil {
		return
	}
	digest := r.Digest(t.holds)
	c := t.seen[digest]
	if c == nil {
		c = &counted{name: r.Document.Name}
		t.seen[digest] = c
	}
	if c.times += times; c.times == 0 {
		delete(t.seen, digest) // met as often as it was meant
	}
}

// different returns the documents that were meant and did not come back, or came back and
// were not meant, in order of name.
func (t *tally) different() (missing, surplus []string) {
	for _, c := range t.seen {
		for range c.times {
			missing = append(missing, "document "+c.name+" did not come back as it was meant")
		}
		for range -c.times {
			surplus = append(surplus, "document "+c.name+" came back otherwise than it was meant")
		}
	}
	slices.Sort(missing)
	slices.Sort(surplus)
	return missing, surplus
}

// differencesTold is how many differences a certificate names.
const differencesTold = 20

// certify reads what was written again, compares it, and writes the certificate beside path.
func (x *exporter) certify(ctx context.Context, path string, files []string) error {
	path = absolute(path)
	if info, err := os.Stat(path); x.meant == nil || err != nil || !info.Mode().IsRegular() && !info.IsDir() {
		return nil // a pipe has been read by somebody else
	}
	beside := filepath.Clean(path) + CertificateSuffix
	if err := os.Remove(beside); err != nil && !os.IsNotExist(err) {
		return dataset.FileError(beside, err) // it would be taken for that of the new files
	}
	c, err := x.compare(ctx, path, files)
	if err != nil {
		return err
	}
	x.report.Certificate = c
	return ReplaceFile(beside, func(w io.Writer) error { return writeIndented(w, c) })
}

// writeIndented writes x as JSON for people to read.
func writeIndented(w io.Writer, x any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(x)
}

// compare makes the certificate of files.
func (x *exporter) compare(ctx context.Context, path string, files []string) (*Certificate, error) {
	scheme, err := x.project.Scheme()
	if err != nil {
		return nil, err
	}
	unit := x.format.Unit
	if unit == "" {
		unit = cmp.Or(x.options.Unit, annotate.CodePoint)
	}
	c := &Certificate{
		Format: x.format.Name, Unit: unit, Annotator: x.called(x.options.Annotator),
		States: x.options.States, Scheme: scheme.Name, Revision: scheme.Revision,
		Documents: x.report.Documents, Spans: x.report.Spans, Relations: x.report.Relations, Records: x.report.Records, Losses: x.report.Losses,
	}
	for _, layer := range x.options.Layers {
		c.Layers = append(c.Layers, x.called(layer))
	}
	for _, file := range files {
		digest, err := digestOf(file)
		if err != nil {
			return nil, err
		}
		digest.Name = nameIn(path, file)
		c.Files = append(c.Files, digest)
		if err := x.readAgain(ctx, c, path, file, files); err != nil {
			return nil, err
		}
	}
	missing, surplus := x.meant.different()
	if n := max(len(missing), len(surplus)); n <= x.report.bent {
		c.Bent, missing, surplus = n, nil, nil
	}
	c.Differences = append(append(c.Differences, missing...), surplus...)
	c.Passed = len(c.Differences) == 0
	c.Differences = c.Differences[:min(len(c.Differences), differencesTold)]
	return c, nil
}

// readAgain takes what a file holds off what was meant. A file that only accompanies
// another is read with that.
func (x *exporter) readAgain(ctx context.Context, c *Certificate, path, file string, files []string) error {
	if len(files) > 1 && (x.format.Main != nil && x.format.Main(file) != file || x.format.Beside != "" && file == path+x.format.Beside) {
		return nil
	}
	name := nameIn(path, file)
	read, compared := make(chan *dataset.Record), make(chan struct{})
	go func() { // one record is compared while the next is read
		defer close(compared)
		for r := range read {
			x.meant.add(r, -1)
		}
	}()
	defer func() {
		close(read)
		<-compared
	}()
	for r, err := range x.format.Read(ctx, dataset.Input{Path: file, Name: name, Annotator: "annotator"}) {
		if stopped := ctx.Err(); stopped != nil {
			return stopped
		}
		if err != nil {
			c.Differences = append(c.Differences, strings.TrimPrefix(err.Error(), path+":"))
			continue
		}
		read <- r
		x.again++
		x.options.Progress.report(min(x.again, x.report.Documents), x.report.Documents, "reading it again: "+r.Document.Name)
	}
	return ctx.Err()
}

// nameIn returns what a file is called in the folder that the export is, or by itself.
func nameIn(path, file string) string {
	if below, err := filepath.Rel(path, file); err == nil && below != "." && filepath.IsLocal(below) {
		return filepath.ToSlash(below)
	}
	return filepath.Base(file)
}

// digestOf returns the size and SHA-256 of a file.
func digestOf(path string) (Digest, error) {
	f, err := os.Open(path)
	if err != nil {
		return Digest{}, dataset.FileError(path, err)
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err != nil {
		return Digest{}, dataset.FileError(path, err)
	}
	return Digest{Bytes: n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

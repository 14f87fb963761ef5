package exchange

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
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

// tally compares records that were written with those that were read again. What was meant
// lies in a temporary file, in the order it was written; as it mostly comes back in that
// order, only what is out of place is in memory.
type tally struct {
	holds dataset.Holds
	file  *os.File
	w     *bufio.Writer
	meant *bufio.Reader // the file, from where nothing came back yet
	place map[dataset.Digest]*counted
}

// counted says how often a record was meant more than it came back.
type counted struct {
	times int
	name  string // of the document
}

// newTally returns an empty tally for a format, nil where no certificate is wanted or
// the format cannot be read again.
func newTally(f *dataset.Format, options ExportOptions) (*tally, error) {
	if options.NoCertificate || f.Read == nil {
		return nil, nil
	}
	file, err := os.CreateTemp("", "spanwright-")
	if err != nil {
		return nil, dataset.FileError(os.TempDir(), err)
	}
	return &tally{holds: f.Holds, file: file, w: bufio.NewWriter(file), place: map[dataset.Digest]*counted{}}, nil
}

func (t *tally) close() {
	if t != nil {
		t.file.Close()
		os.Remove(t.file.Name())
	}
}

// mean notes a record that is written.
func (t *tally) mean(r *dataset.Record) error {
	if t == nil {
		return nil
	}
	digest := r.Digest(t.holds)
	t.w.Write(digest[:])
	t.w.Write(binary.AppendUvarint(nil, uint64(len(r.Document.Name))))
	if _, err := t.w.WriteString(r.Document.Name); err != nil { // which tells of earlier failures, too
		return dataset.FileError(t.file.Name(), err)
	}
	return nil
}

// turn goes from noting what is meant to comparing what comes back.
func (t *tally) turn() error {
	if err := t.w.Flush(); err != nil {
		return dataset.FileError(t.file.Name(), err)
	}
	_, err := t.file.Seek(0, io.SeekStart)
	t.meant = bufio.NewReader(t.file)
	return err
}

// next returns the next record that was meant; ok is false after the last.
func (t *tally) next() (digest dataset.Digest, name string, ok bool, err error) {
	if _, err = io.ReadFull(t.meant, digest[:]); err == io.EOF {
		return digest, "", false, nil
	}
	size, err2 := binary.ReadUvarint(t.meant)
	if err = cmp.Or(err, err2); err != nil {
		return digest, "", false, dataset.FileError(t.file.Name(), err)
	}
	raw := make([]byte, size)
	if _, err = io.ReadFull(t.meant, raw); err != nil {
		return digest, "", false, dataset.FileError(t.file.Name(), err)
	}
	return digest, string(raw), true, nil
}

// meet takes in a record that came back.
func (t *tally) meet(r *dataset.Record) error {
	came := r.Digest(t.holds)
	meant, name, ok, err := t.next()
	if err != nil || ok && meant == came {
		return err
	}
	if ok {
		t.count(meant, name, 1)
	}
	t.count(came, r.Document.Name, -1)
	return nil
}

func (t *tally) count(digest dataset.Digest, name string, times int) {
	c := t.place[digest]
	if c == nil {
		c = &counted{name: name}
		t.place[digest] = c
	}
	if c.times += times; c.times == 0 {
		delete(t.place, digest) // met as often as it was meant
	}
}

// different returns the documents that were meant and did not come back, or came back and
// were not meant, in order of name.
func (t *tally) different() (missing, surplus []string, err error) {
	for {
		digest, name, ok, err := t.next()
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			break
		}
		t.count(digest, name, 1)
	}
	for _, c := range t.place {
		for range c.times {
			missing = append(missing, "document "+c.name+" did not come back as it was meant")
		}
		for range -c.times {
			surplus = append(surplus, "document "+c.name+" came back otherwise than it was meant")
		}
	}
	slices.Sort(missing)
	slices.Sort(surplus)
	return missing, surplus, nil
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
	if err := x.meant.turn(); err != nil {
		return nil, err
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
	missing, surplus, err := x.meant.different()
	if err != nil {
		return nil, err
	}
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
func (x *exporter) readAgain(ctx context.Context, c *Certificate, path, file string, files []string) (err error) {
	if len(files) > 1 && (x.format.Main != nil && x.format.Main(file) != file || x.format.Beside != "" && file == path+x.format.Beside) {
		return nil
	}
	name := nameIn(path, file)
	read, compared := make(chan *dataset.Record, 64), make(chan error, 1)
	go func() { // one record is compared while the next is read
		var failed error
		for r := range read {
			if failed == nil {
				failed = x.meant.meet(r)
			}
		}
		compared <- failed
	}()
	defer func() {
		close(read)
		err = cmp.Or(err, <-compared)
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

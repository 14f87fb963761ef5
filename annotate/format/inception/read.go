package inception

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// project is an export that is being read.
type project struct {
	ctx         context.Context
	in          dataset.Input
	text        *dataset.Format
	annotations []*dataset.Format
	yield       func(*dataset.Record, error) bool
	archive     *dataset.Archive
	folder      string               // for one member at a time
	files       map[string][]string  // the members of each folder
	states      map[[2]string]string // by document and user
	stopped     bool
	description description
}

// description is what the export says of its documents.
type description struct {
	Documents []struct {
		Name  string `json:"name"`
		State string `json:"state"`
	} `json:"source_documents"`
	Annotations []struct {
		Name  string `json:"name"`
		User  string `json:"user"`
		State string `json:"state"`
	} `json:"annotation_documents"`
}

// What the description and folders of a project call things.
const (
	finished         = "FINISHED"
	curationFinished = "CURATION_FINISHED"
	curator          = "CURATION_USER" // whose the outcome of curation is
	initial          = "INITIAL_CAS"   // nobody's: the document as it was brought in

	sourceFolder     = "source/"
	annotationFolder = "annotation/"
	curationFolder   = "curation/"
	javaAnnotations  = "annotation_ser/" // the same as Java keeps it
	javaCurations    = "curation_ser/"
)

// read yields a record for each annotator of each document, and one for a document of which there
// are no annotations that can be read.
func (p *project) read() error {
	var err error
	if p.archive, err = dataset.OpenArchive(p.in.Path); err != nil {
		return err
	}
	defer p.archive.Close()
	if p.folder, err = os.MkdirTemp("", "spanwright-*"); err != nil {
		return dataset.FileError(p.in.Path, err)
	}
	defer os.RemoveAll(p.folder)
	if err := p.describe(); err != nil {
		return err
	}
	p.files = map[string][]string{}
	for _, name := range p.archive.Names() {
		folder, _ := path.Split(name)
		p.files[folder] = append(p.files[folder], name)
	}
	p.states = map[[2]string]string{}
	for _, a := range p.description.Annotations {
		p.states[[2]string{a.Name, a.User}] = a.State
	}
	seen := map[string]bool{}
	for _, d := range p.description.Documents {
		if seen[d.Name] {
			continue
		}
		seen[d.Name] = true
		p.document(d.Name, d.State)
		if p.stopped || p.ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

func (p *project) describe() error {
	names := p.archive.Names()
	i := slices.IndexFunc(names, isDescription)
	if i < 0 {
		return annotate.Errorf(annotate.Invalid, "it is no project of INCEpTION: it has no exportedproject.json")
	}
	raw, err := p.archive.Read(names[i])
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &p.description); err != nil {
		return annotate.Errorf(annotate.Invalid, "its %s is not of the shape that INCEpTION gives it", names[i])
	}
	return nil
}

// document yields what was made of a document. What somebody made of it is read in the form that people chose and, where
// that is none that is known, in Java's.
func (p *project) document(name, state string) {
	source := sync.OnceValue(func() *dataset.Record { return p.source(name) })
	var records []*dataset.Record
	var failed []error
	known := map[string]bool{initial: true}
	for _, folder := range annotationFolders {
		for _, member := range p.members(folder + name + "/") {
			user := userOf(member)
			if known[user] {
				continue
			}
			made, errs := p.member(member, user)
			for _, r := range made {
				if path.Ext(member) == tsvFile {
					settle(r, source())
				}
				p.rename(r, name, user)
				p.assess(r, user, p.state(name, user, state))
			}
			records = append(records, made...)
			failed = append(failed, errs...)
			known[user] = len(made)+len(errs) > 0
		}
	}
	if alone := len(records)+len(failed) == 0; alone && source() != nil {
		p.rename(source(), name, initial)
		records = append(records, source())
	}
	for _, user := range p.unread(name, known) {
		sentence := fmt.Sprintf("document %s: what %s made of it is not in a form that is read; have INCEpTION export the project with UIMA CAS JSON as its secondary format", name, user)
		if len(records) == 0 {
			failed = append(failed, annotate.Errorf(annotate.Unsupported, "%s", sentence).At(p.in.Path, 0))
			continue
		}
		records[0].Remark(p.in.Path, 0, "%s", sentence)
	}
	if len(records)+len(failed) == 0 {
		failed = append(failed, annotate.Errorf(annotate.Unsupported, "document %s: it is no plain text, and nobody made anything of it; it was left out", name).At(p.in.Path, 0))
	}
	for _, err := range failed {
		p.stopped = p.stopped || !p.yield(nil, err)
	}
	for _, r := range records {
		p.stopped = p.stopped || !p.yield(r, nil)
	}
}

// tsvFile is what the names of files end with that do not say which blanks stand between sentences.
const tsvFile = ".tsv"

// annotationFolders are where annotations lie, in the order of which is read first.
var annotationFolders = []string{annotationFolder, curationFolder, javaAnnotations, javaCurations}

// userOf returns whose a file is.
func userOf(member string) string { return strings.TrimSuffix(path.Base(member), path.Ext(member)) }

// unread returns whose annotations of a document the export has in no form that is known.
func (p *project) unread(name string, known map[string]bool) []string {
	var found []string
	for _, folder := range annotationFolders {
		for _, member := range p.members(folder + name + "/") {
			if user := userOf(member); !known[user] {
				known[user] = true
				found = append(found, user)
			}
		}
	}
	return found
}

// members returns the names of the files in a folder of the export, in order.
func (p *project) members(folder string) []string {
	return slices.Sorted(slices.Values(p.files[folder]))
}

// state returns in what state somebody left a document.
func (p *project) state(name, user, curation string) string {
	if state, known := p.states[[2]string{name, user}]; known {
		return state
	}
	if user == curator && curation == curationFinished {
		return finished
	}
	return ""
}

// assess says whose a record is, and whether it is done.
func (p *project) assess(r *dataset.Record, user, state string) {
	r.Annotator = cmp.Or(r.Annotator, user)
	if user == curator { // what curators decided is what was adjudicated
		r.Annotator = annotate.AdjudicatedLayer
	}
	for _, s := range r.Spans {
		s.Annotator = r.Annotator
	}
	for _, x := range r.Relations {
		x.Annotator = r.Annotator
	}
	if r.Assessment == nil {
		r.Assessment = &annotate.Assessment{Status: annotate.InProgress}
	}
	if state == finished {
		r.Assessment.Status = annotate.Done
	}
	r.Assessment.Document, r.Assessment.Annotator = r.Document.ID, r.Annotator
}

// source returns the document as it was brought in: what INCEpTION made of it in the form that people chose, less what it
// had annotations of, or else its plain text, or what INCEpTION keeps; nil if it is neither.
func (p *project) source(name string) *dataset.Record {
	if r := p.initial(annotationFolder, name); r != nil {
		return r
	}
	member := sourceFolder + name
	file := filepath.Join(p.folder, "source.txt")
	if p.archive.Has(member) && path.Ext(name) == ".txt" && p.unpack(p.archive, member, file) == nil {
		for r, err := range p.text.Read(p.ctx, p.input(file, name, "")) {
			if err == nil {
				return r
			}
		}
	}
	return p.initial(javaAnnotations, name)
}

// initial returns the document before anybody annotated it, nil if the folder does not have it.
func (p *project) initial(folder, name string) *dataset.Record {
	for _, member := range p.members(folder + name + "/") {
		if userOf(member) != initial {
			continue
		}
		if made, _ := p.member(member, initial); len(made) == 1 {
			return bare(made[0])
		}
	}
	return nil
}

// bare returns a record of the document alone.
func bare(r *dataset.Record) *dataset.Record {
	alone := &dataset.Record{Document: r.Document, File: r.File}
	if n := len(r.Spans) + len(r.Relations); n > 0 {
		alone.Remark("", 0, "document %s: annotations that it was brought in with were left out: %d", r.Document.Name, n)
	}
	return alone
}

func (p *project) input(file, name, annotator string) dataset.Input {
	in := p.in
	in.Path, in.Name, in.Annotator = file, name, annotator
	return in
}

// unpack writes a member to a file.
func (p *project) unpack(a *dataset.Archive, member, file string) error {
	raw, err := a.Read(member)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		return dataset.FileError(file, err)
	}
	return nil
}

// member reads what somebody made of a document, nothing where no format knows it.
func (p *project) member(member, user string) (records []*dataset.Record, failed []error) {
	folder, err := os.MkdirTemp(p.folder, "")
	if err != nil {
		return nil, []error{dataset.FileError(p.in.Path, err)}
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "member"+path.Ext(member))
	if err := p.unpack(p.archive, member, file); err != nil {
		return nil, []error{dataset.Place(err, p.in.Path, 0)}
	}
	if strings.EqualFold(path.Ext(member), ".zip") {
		if file, err = p.inner(file, folder); err != nil {
			return nil, []error{p.placed(err, file, member)}
		}
	}
	for _, f := range p.annotations {
		if f.MainFile(file, func() dataset.Head { return dataset.ReadHead(file) }) == "" {
			continue
		}
		for r, err := range f.Read(p.ctx, p.input(file, path.Base(path.Dir(member))+"/"+user+path.Ext(file), user)) {
			if err != nil {
				failed = append(failed, p.placed(err, file, member))
				continue
			}
			r.File = p.in.Path
			for i := range r.Remarks {
				r.Remarks[i].File = p.in.Path + "/" + member
			}
			records = append(records, r)
		}
		break
	}
	return records, failed
}

// inner unpacks the zip file that holds XMI with its type system, and returns the XMI.
func (p *project) inner(file, folder string) (string, error) {
	a, err := dataset.OpenArchive(file)
	if err != nil {
		return file, err
	}
	defer a.Close()
	found := file
	for _, name := range a.Names() {
		to := filepath.Join(folder, "TypeSystem.xml")
		switch {
		case strings.EqualFold(path.Ext(name), ".xmi"):
			to = filepath.Join(folder, "member.xmi")
			found = to
		case !strings.EqualFold(path.Base(name), "TypeSystem.xml"):
			continue
		}
		if err := p.unpack(a, name, to); err != nil {
			return file, err
		}
	}
	return found, nil
}

// placed puts an error of an unpacked file where its member stands.
func (p *project) placed(err error, file, member string) error {
	var told *annotate.Error
	if errors.As(err, &told) && (told.File == file || told.File == "" || strings.HasPrefix(told.File, p.folder)) {
		return told.At(p.in.Path+"/"+member, told.Line)
	}
	return err
}

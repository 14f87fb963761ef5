package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"spanwright/annotate"
)

// Open opens a project file. Errors are [annotate.Error]: NotFound when nothing
// is there, Invalid when it is not a project, Corrupt when it is damaged,
// Conflict when another program has locked it. A project that cannot be written,
// or that a newer version made, opens all the same and [Project.ReadOnly] says why.
func Open(path string) (*Project, error) { return open(path, migrations) }

func open(path string, steps []string) (*Project, error) {
	head, err := inspect(path)
	if err != nil {
		return nil, err
	}
	p := &Project{path: path, descriptions: map[string]description{}}
	if reason := whyReadOnly(path); reason != "" || head.version > len(steps) {
		if err := p.openReadOnly(head, reason, steps); err != nil {
			return nil, err
		}
		return p, nil
	}
	if err := p.openWriter(head, steps); err != nil {
		p.disconnect()
		return nil, p.fault(err)
	}
	if p.readOnly != nil {
		return p, nil
	}
	p.connectReaders("mode=ro")
	return p, nil
}

// header is what the first bytes of an SQLite file say
// (https://www.sqlite.org/fileformat.html#the_database_header).
type header struct {
	wal     bool // in WAL mode: in use by another program, or not closed cleanly
	version int  // of the tables
}

var sqliteMagic = []byte("SQLite format 3\x00")

// inspect reports why the file at path cannot be a project, before SQLite sees it.
func inspect(path string) (header, error) {
	refuse := func(kind annotate.Kind, sentence string, args ...any) (header, error) {
		return header{}, annotate.Errorf(kind, sentence, args...).At(path, 0)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(annotate.NotFound, "there is no such project")
	case err != nil:
		return refuse(annotate.NotFound, "the project cannot be reached: %w", err)
	case info.IsDir():
		return refuse(annotate.Invalid, "this is a folder, not a project file")
	case !info.Mode().IsRegular():
		return refuse(annotate.Invalid, "this is not an ordinary file, so it cannot be a project")
	case info.Size() == 0:
		return refuse(annotate.Invalid, "the file is empty, so it is not a Spanwright project")
	}
	file, err := os.Open(path)
	if err != nil {
		return refuse(annotate.Unsupported, "the project may not be read: %w", err)
	}
	defer file.Close()
	raw := make([]byte, 100)
	n, _ := io.ReadFull(file, raw)
	switch {
	case !bytes.HasPrefix(raw, sqliteMagic):
		return refuse(annotate.Invalid, "the file is not a Spanwright project; its content is of another kind")
	case n < len(raw):
		return refuse(annotate.Corrupt, "the project is cut off after %d bytes; go back to a copy", n)
	case binary.BigEndian.Uint32(raw[68:]) != applicationID:
		return refuse(annotate.Invalid, "the file is an SQLite database of another program, not a Spanwright project")
	}
	return header{wal: raw[18] == 2, version: int(binary.BigEndian.Uint32(raw[60:]))}, nil
}

// whyReadOnly returns why nothing can be written to the file at path, "" if it
// can. A folder without write permission counts: SQLite keeps the journal of a
// transaction beside the file.
func whyReadOnly(path string) string {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o222 == 0 {
		return "the file is write-protected"
	}
	folder, err := os.Stat(filepath.Dir(path))
	if err != nil || folder.Mode().Perm()&0o222 == 0 {
		return "its folder is write-protected"
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return "the file is write-protected"
	}
	file.Close()
	probe, err := os.CreateTemp(filepath.Dir(path), ".spanwright-*")
	if err != nil {
		return "its folder is write-protected"
	}
	probe.Close()
	os.Remove(probe.Name())
	return ""
}

func (p *Project) openWriter(head header, steps []string) error {
	if err := p.connectWriter(); err != nil {
		return err
	}
	var version int
	if _, err := one(p.writing, "PRAGMA user_version", nil, &version); err != nil {
		return err
	}
	if version > len(steps) { // which so far only the WAL knows
		if err := p.disconnect(); err != nil {
			return err
		}
		p.writer = nil
		return p.openReadOnly(head, "", steps)
	}
	if head.wal {
		if err := p.sound("PRAGMA quick_check"); err != nil {
			return err
		}
	}
	if version < 1 {
		return annotate.Errorf(annotate.Corrupt, "the project has no version number, so it is damaged; go back to a copy")
	}
	if version < len(steps) {
		if err := p.upgrade(version, steps); err != nil {
			return err
		}
	}
	if err := p.run("PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	_, err := largestClock(p.writing)
	return err
}

// openReadOnly opens the file for reading alone; reason is empty when only a
// newer version stands in the way of writing.
func (p *Project) openReadOnly(head header, reason string, steps []string) error {
	query := "mode=ro"
	if info, err := os.Stat(p.path + "-wal"); head.wal && (err != nil || info.Size() == 0) {
		query = "mode=ro&immutable=1" // the shared memory that WAL needs cannot be made
	}
	p.connectReaders(query)
	var version int
	_, err := one(p.reading, "PRAGMA user_version", nil, &version)
	switch {
	case err != nil:
	case version > len(steps):
		reason = "it was made by a newer version of Spanwright; install that version to change it"
	case version < len(steps):
		err = annotate.Errorf(annotate.Unsupported, "the project is of an older version and must be brought up to date, but %s", reason)
	default:
		_, err = largestClock(p.reading)
	}
	if err != nil {
		p.disconnect()
		return p.fault(err)
	}
	p.readOnly = annotate.Errorf(annotate.Unsupported, "the project can only be read: %s", reason).At(p.path, 0)
	return nil
}

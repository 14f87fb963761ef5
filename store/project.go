package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"spanwright/annotate"
)

// Extension is how the name of a project file ends.
const Extension = ".spanwright"

// applicationID marks an SQLite file as a Spanwright project ("SPWR").
const applicationID = 0x53505752

// Project is an open project file. Its methods may be called from any goroutine.
type Project struct {
	path     string
	readOnly error // nil, or why it cannot be written

	mu      sync.Mutex // held by whoever writes, and by Close
	closed  atomic.Bool
	writeDB *sql.DB
	writer  *sql.Conn   // the one connection that writes; nil when read-only
	writing *statements // prepared on writer
	texts   textCache   // guarded by mu

	query   string  // with which what only reads is opened
	readDB  *sql.DB // other connections, so that reading never waits for a commit
	reading *statements

	describing   sync.Mutex
	descriptions map[string]description // of the latest groups, by what CanUndo found
}

// Create makes a new project file and puts scheme in it. It refuses to overwrite
// anything ([annotate.Conflict]); when it fails no file is left behind.
func Create(path string, scheme *annotate.Scheme) (*Project, error) {
	if err := scheme.Check(); err != nil {
		return nil, faultIn(path, err)
	}
	if err := claim(path); err != nil {
		return nil, err
	}
	if err := found(path, scheme); err != nil {
		os.Remove(path)
		return nil, err
	}
	return Open(path)
}

// claim makes an empty file at path, so that nobody else can take the name.
func claim(path string) error {
	folder := filepath.Dir(path)
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return annotate.Errorf(annotate.NotFound, "the folder %s does not exist, so no project can be made there", folder).At(path, 0)
	}
	if _, err := os.Lstat(path); err == nil {
		return annotate.Errorf(annotate.Conflict, "something of that name already exists and is not overwritten").At(path, 0)
	}
	if info.Mode().Perm()&0o222 == 0 {
		return annotate.Errorf(annotate.Unsupported, "the folder %s is read-only, so no project can be made there", folder).At(path, 0)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return annotate.Errorf(annotate.Conflict, "something of that name already exists and is not overwritten").At(path, 0)
	case err != nil:
		return annotate.Errorf(annotate.Unsupported, "no project can be made there: %w", err).At(path, 0)
	}
	return file.Close()
}

// found fills the empty file at path with tables and scheme in one transaction:
// a crash leaves an empty file, never half a project.
func found(path string, scheme *annotate.Scheme) error {
	p := &Project{path: path}
	if err := p.connectWriter(); err != nil {
		return p.fault(err)
	}
	defer p.disconnect()
	_, err := p.transact(func(b *batch) error {
		if err := migrateTo(b.exec, 0, migrations); err != nil {
			return err
		}
		return b.apply(&annotate.Change{Annotator: "spanwright", After: scheme})
	})
	return err
}

// Path returns the path the project was opened under.
func (p *Project) Path() string { return p.path }

// ReadOnly returns nil, or an [annotate.Error] of kind Unsupported that says why
// the project cannot be written.
func (p *Project) ReadOnly() error { return p.readOnly }

func (p *Project) connectWriter() error {
	p.writeDB = sql.OpenDB(connector{address(p.path, "mode=rw"), writerPragmas})
	p.writeDB.SetMaxOpenConns(1)
	conn, err := p.writeDB.Conn(context.Background())
	if err != nil {
		p.writeDB.Close()
		p.writeDB = nil
		return err
	}
	p.writer, p.writing = conn, newStatements(conn)
	return nil
}

func (p *Project) connectReaders(query string) {
	p.query = query
	p.readDB = sql.OpenDB(connector{address(p.path, query), readerPragmas})
	// No limit to open ones: a reader inside its snapshot may need a second
	// connection to prepare a statement, and would wait for ever for one that
	// others like it hold.
	p.readDB.SetMaxIdleConns(4)
	p.reading = newStatements(p.readDB)
}

// disconnect closes every connection; readers first, because the writer can
// leave the WAL only when it is alone.
func (p *Project) disconnect() error {
	var problems []error
	if p.readDB != nil {
		p.reading.close()
		problems = append(problems, p.readDB.Close())
	}
	if p.writer != nil {
		p.writing.close()
		problems = append(problems, p.foldWAL(), p.writer.Close(), p.writeDB.Close())
	}
	return errors.Join(problems...)
}

// foldWAL brings the whole project into its one file and leaves the file in
// rollback mode. A file found in WAL mode was therefore not closed cleanly. When
// another program still has it open the mode cannot change, and that program
// does this when it closes.
func (p *Project) foldWAL() error {
	var busy, pages, moved int
	if err := p.writer.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	var mode string
	p.run("PRAGMA busy_timeout = 0")
	err := p.writer.QueryRowContext(context.Background(), "PRAGMA journal_mode = DELETE").Scan(&mode)
	if isBusy(err) {
		return nil
	}
	return err
}

// run executes a statement that is not worth preparing on the writer.
func (p *Project) run(query string) error {
	_, err := p.writer.ExecContext(context.Background(), query)
	return err
}

// Close waits for the write under way and leaves the project as one file that
// can be carried away. A closed project can be closed again.
func (p *Project) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed.Swap(true) {
		return nil
	}
	return faultIn(p.path, p.disconnect())
}

// Setting returns what [Project.SetSetting] stored under key, "" if nothing.
func (p *Project) Setting(key string) (string, error) {
	var value string
	_, err := one(p.reading, "SELECT value FROM setting WHERE key = ?", []any{key}, &value)
	return value, p.fault(err)
}

// SetSetting stores a value that belongs to the project but is not annotation,
// such as its default annotator. Settings are not in the journal.
func (p *Project) SetSetting(key, value string) error {
	_, err := p.transact(func(b *batch) error {
		return execute(b, `INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	})
	return err
}

// DataVersion returns a number that changes whenever another program has written
// to the file, and only then.
func (p *Project) DataVersion() (int64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var version int64
	if p.closed.Load() {
		return 0, p.fault(errClosed)
	}
	if p.writer == nil {
		return 0, nil
	}
	_, err := one(p.writing, "PRAGMA data_version", nil, &version)
	return version, p.fault(err)
}

// SaveCopy writes the whole project, compacted, to a new file. It refuses to
// overwrite anything; when it fails nothing is left at path.
func (p *Project) SaveCopy(path string) error {
	if err := claim(path); err != nil {
		return err
	}
	err := p.copyTo(path)
	if err != nil {
		os.Remove(path)
	}
	return err
}

// copyTo replaces the empty file at path by a copy of the project. The copy has
// another name until it is complete, so that a crash leaves no half one.
func (p *Project) copyTo(path string) error {
	part := path + ".part"
	// Readers are barred from VACUUM; this connection may not write the project either.
	db := sql.OpenDB(connector{address(p.path, p.query), commonPragmas})
	defer db.Close()
	if _, err := db.Exec("VACUUM INTO ?", address(part, "mode=rwc")); err != nil {
		os.Remove(part)
		return faultIn(path, err)
	}
	// VACUUM INTO does not wait for the disk.
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err == nil {
		err = errors.Join(file.Sync(), file.Close())
	}
	return faultIn(path, cmp.Or(err, os.Rename(part, path)))
}

// fold returns name as the filter compares it.
func fold(name string) string { return strings.ToLower(name) }

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// connector opens connections to one file, each with the same settings.
type connector struct {
	dsn     string
	pragmas string
}

// Each line prevents a way to lose or misread work: foreign keys keep a
// fragment from outliving its span; an untrusted schema cannot call functions
// with side effects; cell_size_check notices damaged pages before they are used;
// FULL makes a commit mean that the disk has it; 5 s is how long a second
// program may hold the file before somebody is told.
const commonPragmas = `
PRAGMA busy_timeout = 5000;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA synchronous = FULL;
`

// writerPragmas leave an import's pages 16 MB of memory before they are spilled to disk.
const writerPragmas = commonPragmas + `PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;`

// readerPragmas make sure that what only reads cannot write, and keep 16 MB of pages: those of
// the indexes are in no order that a document after the other could be read in.
const readerPragmas = commonPragmas + `PRAGMA query_only = ON; PRAGMA cache_size = -16000;`

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	d := &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		_, err := conn.Exec(c.pragmas, nil)
		return err
	}}
	return d.Open(c.dsn)
}

// address returns the URI under which SQLite opens path; query is its parameters.
func address(path, query string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		absolute = path
	}
	absolute = filepath.ToSlash(absolute)
	if !strings.HasPrefix(absolute, "/") {
		absolute = "/" + absolute // C:/… on Windows
	}
	return (&url.URL{Scheme: "file", Path: absolute, RawQuery: query}).String()
}

// source runs prepared statements: the writer's connection inside its
// transaction, or a reader's snapshot.
type source interface {
	statement(query string) (*sql.Stmt, error)
}

// preparer is what a [statements] prepares on.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// statements prepares each statement once and keeps it.
type statements struct {
	on    preparer
	mu    sync.Mutex
	known map[string]*sql.Stmt
}

func newStatements(on preparer) *statements {
	return &statements{on: on, known: map[string]*sql.Stmt{}}
}

func (s *statements) statement(query string) (*sql.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known := s.known[query]; known != nil {
		return known, nil
	}
	prepared, err := s.on.PrepareContext(context.Background(), query)
	if err == nil {
		s.known[query] = prepared
	}
	return prepared, err
}

func (s *statements) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, prepared := range s.known {
		prepared.Close()
	}
	clear(s.known)
}

// snapshot is a reader that sees the project as it is at one moment.
type snapshot struct {
	tx      *sql.Tx
	readers *statements
}

func (s snapshot) statement(query string) (*sql.Stmt, error) {
	prepared, err := s.readers.statement(query)
	if err != nil {
		return nil, err
	}
	return s.tx.Stmt(prepared), nil
}

// execute runs a statement that returns nothing.
func execute(on source, query string, args ...any) error {
	prepared, err := on.statement(query)
	if err != nil {
		return err
	}
	_, err = prepared.Exec(args...)
	return err
}

// one reads the only row of a query into targets; found is false when there is none.
func one(on source, query string, args []any, targets ...any) (found bool, err error) {
	prepared, err := on.statement(query)
	if err != nil {
		return false, err
	}
	err = prepared.QueryRow(args...).Scan(targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls visit for every row of a query.
func each(on source, query string, args []any, visit func(scan func(...any) error) error) error {
	prepared, err := on.statement(query)
	if err != nil {
		return err
	}
	rows, err := prepared.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// column returns the first column of every row of a query.
func column[T any](on source, query string, args ...any) ([]T, error) {
	var found []T
	err := each(on, query, args, func(scan func(...any) error) error {
		var v T
		err := scan(&v)
		found = append(found, v)
		return err
	})
	return found, err
}

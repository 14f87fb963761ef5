package store

import (
	"errors"

	"github.com/mattn/go-sqlite3"

	"spanwright/annotate"
)

// faults says, for what SQLite reports, what happened and what a person can do.
// Nothing is ever half written: a transaction that fails leaves the file as it was.
var faults = map[sqlite3.ErrNo]struct {
	kind     annotate.Kind
	sentence string
}{
	sqlite3.ErrBusy:     {annotate.Conflict, "another program is using the project; close it there and try again"},
	sqlite3.ErrLocked:   {annotate.Conflict, "another program is using the project; close it there and try again"},
	sqlite3.ErrNotADB:   {annotate.Invalid, "the file is not a Spanwright project"},
	sqlite3.ErrCorrupt:  {annotate.Corrupt, "the project is damaged; go back to a copy, or save what is left with “sqlite3 FILE .recover”"},
	sqlite3.ErrFull:     {annotate.Unsupported, "the disk is full, so the last change is not saved"},
	sqlite3.ErrReadonly: {annotate.Unsupported, "the project cannot be written; save it under another name first"},
	sqlite3.ErrCantOpen: {annotate.Unsupported, "the project cannot be opened; is its folder there and writable?"},
	sqlite3.ErrIoErr:    {annotate.Corrupt, "the disk reports a fault while the project is read or written"},
	sqlite3.ErrTooBig:   {annotate.Unsupported, "a text or note is larger than a project can hold"},
	sqlite3.ErrPerm:     {annotate.Unsupported, "the project may not be opened by this user"},
}

// fault turns what the database reports into an [annotate.Error] about the
// project's file. Errors that are one already only learn the file.
func (p *Project) fault(err error) error {
	var told *annotate.Error
	if err != nil && p.closed.Load() && !errors.As(err, &told) {
		err = annotate.Errorf(annotate.Conflict, "the project is closed")
	}
	return faultIn(p.path, err)
}

func faultIn(path string, err error) error {
	var told *annotate.Error
	var reported sqlite3.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		if told.File == "" {
			return told.At(path, 0)
		}
		return told
	case errors.As(err, &reported):
		if known, ok := faults[reported.Code]; ok {
			return (&annotate.Error{Kind: known.kind, Sentence: known.sentence, Err: err}).At(path, 0)
		}
	}
	return annotate.Errorf(annotate.Corrupt, "the project cannot be used: %w", err).At(path, 0)
}

// Retryable reports whether err came from the file or the disk (full, locked by
// another program, gone) rather than from what was to be written, so that the
// same call may succeed later.
func Retryable(err error) bool {
	var reported sqlite3.Error
	return errors.As(err, &reported) && reported.Code != sqlite3.ErrTooBig && reported.Code != sqlite3.ErrConstraint
}

// errClosed is what using a project after [Project.Close] reports.
var errClosed = errors.New("closed")

func isBusy(err error) bool {
	var reported sqlite3.Error
	return errors.As(err, &reported) && (reported.Code == sqlite3.ErrBusy || reported.Code == sqlite3.ErrLocked)
}

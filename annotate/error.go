package annotate

import (
	"errors"
	"fmt"
)

// Kind sorts errors by what a program can do about them.
type Kind string

// The kinds of error.
const (
	Invalid     Kind = "invalid"     // the input breaks a rule
	NotFound    Kind = "not found"   // what was named does not exist
	Conflict    Kind = "conflict"    // somebody else changed it meanwhile
	Corrupt     Kind = "corrupt"     // stored data contradicts itself
	Unsupported Kind = "unsupported" // right, but beyond this version
)

// Error is a failure told to a person: what, where, and what became of the rest.
type Error struct {
	Kind     Kind
	File     string // path as the person gave it; empty when no file is concerned
	Line     int    // 1-based; 0 when no line is concerned
	Column   int    // 1-based, in code points; 0 when no column is concerned
	Sentence string // one sentence, no final stop
	Err      error  // cause, may be nil
}

// Errorf returns an Error of kind k whose sentence is formatted; a %w operand becomes its cause.
func Errorf(k Kind, format string, args ...any) *Error {
	wrapped := fmt.Errorf(format, args...)
	return &Error{Kind: k, Sentence: wrapped.Error(), Err: errors.Unwrap(wrapped)}
}

// At returns a copy of e placed in a file; line 0 means the file as a whole.
func (e *Error) At(file string, line int) *Error {
	placed := *e
	placed.File, placed.Line = file, line
	return &placed
}

func (e *Error) Error() string {
	switch {
	case e.File == "":
		return e.Sentence
	case e.Line == 0:
		return e.File + ": " + e.Sentence
	case e.Column > 0:
		return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Sentence)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Sentence)
}

func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, or "" if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

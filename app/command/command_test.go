package command_test

import (
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/command"
	"spanwright/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"spanwright": func() {
		os.Exit(command.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, func(w command.Window) error {
			fmt.Printf("window %+v\n", w)
			if w.Annotator == "nobody" {
				return fmt.Errorf("there is no display")
			}
			return nil
		}))
	}})
}

// TestScripts runs the real command line as processes of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Setup: func(env *testscript.Env) error { env.Setenv("USER", "asha"); return nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "raw": raw, "hole": hole, "sql": execute, "say": say, "spend": spend, "back": back,
		},
	})
}

// status runs a command and asserts its exit status: status 3 spanwright check p.
func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Check(err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// raw writes a file whose bytes are written as in a Go string: raw a.txt caf\xe9.
func raw(ts *testscript.TestScript, _ bool, args []string) {
	content, err := strconv.Unquote(`"` + strings.Join(args[1:], " ") + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(content), 0o600))
}

// hole writes a file of so many megabytes of nothing, which takes no room: hole a.txt 200.
func hole(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(size << 20))
	ts.Check(f.Close())
}

// execute changes a project behind the program's back: sql p.spanwright 'PRAGMA user_version = 99'.
func execute(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(strings.Join(args[1:], " "))
	ts.Check(err)
	ts.Check(db.Close())
}

// say has somebody comment on a document, as the window would: say p.spanwright a.txt ben why so?
func say(ts *testscript.TestScript, _ bool, args []string) {
	project, err := store.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	d, err := project.DocumentByName(args[1])
	ts.Check(err)
	_, err = project.Apply(annotate.Change{Annotator: args[2], After: annotate.NewComment(d.ID, args[2], strings.Join(args[3:], " "))})
	ts.Check(err)
	ts.Check(project.Close())
}

// spend has somebody work on a document for so many seconds, as the window would measure it: spend p.spanwright a.txt ben 90.
func spend(ts *testscript.TestScript, _ bool, args []string) {
	project, err := store.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	d, err := project.DocumentByName(args[1])
	ts.Check(err)
	seconds, err := strconv.Atoi(args[3])
	ts.Check(err)
	_, err = project.Apply(annotate.Change{Annotator: args[2], After: &annotate.Stint{ID: annotate.NewID(), Document: d.ID, Annotator: args[2], Seconds: seconds}})
	ts.Check(err)
	ts.Check(project.Close())
}

// back has somebody undo or redo, as the window would: back undo p.spanwright ben.
func back(ts *testscript.TestScript, _ bool, args []string) {
	project, err := store.Open(ts.MkAbs(args[1]))
	ts.Check(err)
	step := map[string]func(string) ([]annotate.Change, error){"undo": project.Undo, "redo": project.Redo}[args[0]]
	_, err = step(args[2])
	ts.Check(err)
	ts.Check(project.Close())
}

func TestAPanicIsNotTakenForAnExit(t *testing.T) {
	require.PanicsWithValue(t, "lost", func() {
		command.Run(nil, nil, io.Discard, io.Discard, func(command.Window) error { panic("lost") })
	})
}

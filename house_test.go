package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pkg is what `go list -json` tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-tags", "migrated_fynedo", "-json=ImportPath,Imports", "./...").Output()
	require.NoError(t, err)
	var found []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else {
			require.NoError(t, err)
		}
		found = append(found, p)
	}
}

// within reports whether path is one of the folders or lies in one.
func within(path string, folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

// TestImportsPointOneWay holds the house's rules: main → app → store → annotate.
func TestImportsPointOneWay(t *testing.T) {
	rules := []struct {
		name    string
		from    func(path string) bool
		forbids func(from, to string) bool
	}{
		{
			"annotate imports neither store nor app nor assets",
			func(p string) bool { return within(p, "spanwright/annotate") },
			func(_, to string) bool { return within(to, "spanwright/store", "spanwright/app", "spanwright/assets") },
		},
		{
			"annotate knows no toolkit and no SQL",
			func(p string) bool { return within(p, "spanwright/annotate") },
			func(_, to string) bool {
				return within(to, "fyne.io/fyne/v2", "database/sql", "github.com/mattn/go-sqlite3")
			},
		},
		{
			"package annotate itself imports nothing of the project",
			func(p string) bool { return p == "spanwright/annotate" },
			func(_, to string) bool { return within(to, "spanwright") },
		},
		{
			"store never imports app",
			func(p string) bool { return within(p, "spanwright/store") },
			func(_, to string) bool { return within(to, "spanwright/app", "fyne.io/fyne/v2") },
		},
		{
			"formats never import each other or their registry",
			func(p string) bool { return strings.HasPrefix(p, "spanwright/annotate/format/") },
			func(from, to string) bool { return to != from && within(to, "spanwright/annotate/format") },
		},
		{
			"session and typeset know no widgets",
			func(p string) bool { return within(p, "spanwright/app/session", "spanwright/app/typeset") },
			func(_, to string) bool { return within(to, "fyne.io/fyne/v2") },
		},
		{
			"the command line works without a display",
			func(p string) bool {
				return within(p, "spanwright/app/command", "spanwright/app/exchange", "spanwright/app/revise", "spanwright/app/report")
			},
			func(_, to string) bool { return within(to, "fyne.io/fyne/v2") },
		},
		{
			"only main imports the toolkit's driver",
			func(p string) bool { return p != "spanwright" },
			func(_, to string) bool { return to == "fyne.io/fyne/v2/app" },
		},
		{
			"only store talks SQL",
			func(p string) bool { return !within(p, "spanwright/store") },
			func(_, to string) bool { return within(to, "database/sql", "github.com/mattn/go-sqlite3") },
		},
	}
	all := packages(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			matched := 0
			for _, p := range all {
				if !r.from(p.ImportPath) {
					continue
				}
				matched++
				for _, to := range p.Imports {
					require.Falsef(t, r.forbids(p.ImportPath, to), "%s imports %s", p.ImportPath, to)
				}
			}
			require.NotZero(t, matched, "the rule is about packages that are not there")
		})
	}
}

// TestTypesettingStaysPinned fails when a dependency lifts go-text/typesetting:
// later versions compile, but the toolkit's own labels lose Devanagari, Urdu,
// Thai, Tamil and Bengali with them.
func TestTypesettingStaysPinned(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "github.com/go-text/typesetting").Output()
	require.NoError(t, err)
	require.Equal(t, "github.com/go-text/typesetting v0.2.1", strings.TrimSpace(string(out)))
}

// TestStartingUpIsSilent starts this test binary, which is linked like the
// program, and lets it do nothing.
func TestStartingUpIsSilent(t *testing.T) {
	for _, lang := range []string{"", "C", "C.UTF-8", "POSIX", "en_US.UTF-8", "de_DE"} {
		cmd := exec.Command(os.Args[0], "-test.list=^$")
		cmd.Env = append(os.Environ(), "LANG="+lang, "LC_ALL=", "LC_MESSAGES=")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		require.NoError(t, cmd.Run())
		require.Emptyf(t, stderr.String(), "LANG=%s", lang)
	}
}

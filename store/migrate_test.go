package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAnOlderProjectIsBroughtUpToDate(t *testing.T) {
	path := closedProject(t)
	steps := append(slices.Clone(migrations), "CREATE TABLE later (x); INSERT INTO later SELECT name FROM document")
	p, err := open(path, steps)
	require.NoError(t, err)
	names, err := column[string](p.reading, "SELECT x FROM later")
	require.NoError(t, err)
	require.Equal(t, []string{"001.txt"}, names)
	requireSound(t, p)
	require.NoError(t, p.Close())

	p, err = Open(path)
	require.NoError(t, err)
	defer p.Close()
	require.ErrorContains(t, p.ReadOnly(), "newer version")
}

func TestAMigrationThatFailsLeavesTheProjectAsItWas(t *testing.T) {
	for name, step := range map[string]string{
		"error":                      "CREATE TABLE later (x); SELECT * FROM nowhere",
		"violated foreign key later": "DELETE FROM text",
	} {
		t.Run(name, func(t *testing.T) {
			path := closedProject(t)
			before, err := os.ReadFile(path)
			require.NoError(t, err)
			_, err = open(path, append(slices.Clone(migrations), step))
			require.Equal(t, annotate.Corrupt, annotate.KindOf(err))
			require.ErrorContains(t, err, path)
			require.ErrorContains(t, err, fmt.Sprintf("from version %d to %d", len(migrations), len(migrations)+1))
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, before, after)
		})
	}
}

func TestAWriteProtectedOlderProjectIsRefused(t *testing.T) {
	path := closedProject(t)
	require.NoError(t, os.Chmod(path, 0o444))
	_, err := open(path, append(slices.Clone(migrations), "CREATE TABLE later (x)"))
	require.Equal(t, annotate.Unsupported, annotate.KindOf(err))
	require.ErrorContains(t, err, "older version")
}

// projectOfVersion returns the path of a closed project that a program made which knew so many migrations.
func projectOfVersion(t *testing.T, version int, states ...annotate.State) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old"+Extension)
	require.NoError(t, claim(path))
	p := &Project{path: path}
	require.NoError(t, p.connectWriter())
	_, err := p.transact(func(b *batch) error {
		if err := migrateTo(b.exec, 0, migrations[:version]); err != nil {
			return err
		}
		if version < 3 { // what this program writes beside every span, for this connection only
			if err := b.exec("CREATE TEMP TABLE mention (span, name, concept, words)"); err != nil {
				return err
			}
		}
		if version < 5 { // and what it takes away with every change
			if err := b.exec("CREATE TEMP TABLE audit (annotator, document)"); err != nil {
				return err
			}
		}
		if version < 9 { // and what it looks up before it changes a layer
			if err := b.exec("CREATE TEMP TABLE review (document, annotator, status, \"by\")"); err != nil {
				return err
			}
		}
		if version < 12 { // and what is to be counted anew with every change
			if err := b.exec("CREATE TEMP TABLE difference (document PRIMARY KEY, open)"); err != nil {
				return err
			}
		}
		for _, s := range append([]annotate.State{testScheme()}, states...) {
			if err := b.apply(&annotate.Change{Annotator: "asha", After: s}); err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.NoError(t, p.disconnect())
	return path
}

func TestAProjectWithoutCommentsLearnsThem(t *testing.T) {
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	p, err := Open(projectOfVersion(t, 1, d, s))
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	requireSound(t, p)
	add(t, p, about(s, "asha", "why?"))
	p = reopen(t, p)
	requireSound(t, p)
	said, err := p.Comments(d.ID, "")
	require.NoError(t, err)
	require.Len(t, said, 1)
	layer, err := p.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.Equal(t, s, layer.Span(s.ID), "what was there stays")
}

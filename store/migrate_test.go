package store

import (
	"os"
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
			require.ErrorContains(t, err, "from version 1 to 2")
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

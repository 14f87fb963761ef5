package dataset_test

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// packed writes a zip file and returns its path.
func packed(t *testing.T, fill func(*zip.Writer)) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.zip")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	fill(z)
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return path
}

func member(t *testing.T, z *zip.Writer, header zip.FileHeader, content string) {
	t.Helper()
	header.Method = zip.Deflate
	w, err := z.CreateHeader(&header)
	require.NoError(t, err)
	_, err = io.WriteString(w, content)
	require.NoError(t, err)
}

func TestAnArchiveGivesItsFiles(t *testing.T) {
	path := packed(t, func(z *zip.Writer) {
		_, err := z.Create("folder/")
		require.NoError(t, err)
		member(t, z, zip.FileHeader{Name: "folder/b.txt"}, "bee")
		member(t, z, zip.FileHeader{Name: "a.txt"}, "")
	})
	a, err := dataset.OpenArchive(path)
	require.NoError(t, err)
	defer a.Close()
	assert.Equal(t, []string{"folder/b.txt", "a.txt"}, a.Names())
	raw, err := a.Read("folder/b.txt")
	require.NoError(t, err)
	assert.Equal(t, "bee", string(raw))
	assert.True(t, a.Has("a.txt"))
	_, err = a.Read("c.txt")
	assert.Equal(t, annotate.NotFound, annotate.KindOf(err))
}

func TestHostileArchivesAreRefusedUnread(t *testing.T) {
	link := zip.FileHeader{Name: "link"}
	link.SetMode(fs.ModeSymlink | 0o777)
	for name, c := range map[string]struct {
		header  zip.FileHeader
		content string
		says    string
	}{
		"a name that climbs":   {zip.FileHeader{Name: "../../etc/passwd"}, "x", "leads out of it"},
		"an absolute name":     {zip.FileHeader{Name: "/etc/passwd"}, "x", "leads out of it"},
		"a name of Windows":    {zip.FileHeader{Name: `C:\autoexec.bat`}, "x", "leads out of it"},
		"a link":               {link, "/etc/passwd", "is a link"},
		"an encrypted member":  {zip.FileHeader{Name: "a", Flags: 1}, "x", "is encrypted"},
		"a member of nothings": {zip.FileHeader{Name: "bomb"}, strings.Repeat("\x00", 11<<20), "times its size"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dataset.OpenArchive(packed(t, func(z *zip.Writer) { member(t, z, c.header, c.content) }))
			require.ErrorContains(t, err, c.says)
			assert.ErrorContains(t, err, "nothing in it was read")
		})
	}
	t.Run("one name twice", func(t *testing.T) {
		_, err := dataset.OpenArchive(packed(t, func(z *zip.Writer) {
			member(t, z, zip.FileHeader{Name: "a"}, "1")
			member(t, z, zip.FileHeader{Name: "a"}, "2")
		}))
		assert.ErrorContains(t, err, `two members named "a"`)
	})
	t.Run("no zip file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "a.zip")
		require.NoError(t, os.WriteFile(path, []byte("PK\x03\x04 and so on"), 0o600))
		_, err := dataset.OpenArchive(path)
		assert.Equal(t, annotate.Corrupt, annotate.KindOf(err))
		_, err = dataset.OpenArchive(path + "x")
		assert.Equal(t, annotate.NotFound, annotate.KindOf(err))
	})
}

func TestADamagedMemberIsReported(t *testing.T) {
	path := packed(t, func(z *zip.Writer) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "a", Method: zip.Store})
		require.NoError(t, err)
		_, err = io.WriteString(w, "whole and sound")
		require.NoError(t, err)
	})
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, bytes.Replace(raw, []byte("sound"), []byte("found"), 1), 0o600))
	a, err := dataset.OpenArchive(path)
	require.NoError(t, err)
	defer a.Close()
	_, err = a.Read("a")
	assert.Equal(t, annotate.Corrupt, annotate.KindOf(err))
	assert.ErrorContains(t, err, `the member "a" of the zip file is damaged`)
}

package store

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// shell opens a project file as another program would.
func shell(t testing.TB, path string) *sql.DB {
	t.Helper()
	db := sql.OpenDB(connector{address(path, "mode=rw"), "PRAGMA busy_timeout = 5000"})
	t.Cleanup(func() { db.Close() })
	return db
}

func execIn(t testing.TB, path, script string) {
	t.Helper()
	db := shell(t, path)
	_, err := db.Exec(script)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

// closedProject returns the path of a project with one document, closed.
func closedProject(t testing.TB) string {
	p := create(t)
	add(t, p, annotate.NewDocument("001.txt", "She said no."))
	require.NoError(t, p.Close())
	return p.Path()
}

func TestWhatIsNoProjectIsRefusedWithAReason(t *testing.T) {
	png := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{1}, 5000)...)
	write := func(content []byte) func(*testing.T, string) {
		return func(t *testing.T, path string) { require.NoError(t, os.WriteFile(path, content, 0o644)) }
	}
	for _, test := range []struct {
		name string
		make func(t *testing.T, path string)
		kind annotate.Kind
		says string
	}{
		{"missing", func(*testing.T, string) {}, annotate.NotFound, "there is no such project"},
		{"folder", func(t *testing.T, path string) { require.NoError(t, os.Mkdir(path, 0o755)) }, annotate.Invalid, "folder"},
		{"picture", write(png), annotate.Invalid, "not a Spanwright project"},
		{"empty", write(nil), annotate.Invalid, "empty"},
		{"text", write([]byte("hello")), annotate.Invalid, "not a Spanwright project"},
		{"cut off in its first line", write([]byte("SQLite format 3\x00\x10\x00")), annotate.Corrupt, "cut off"},
		{"other database", func(t *testing.T, path string) {
			write(nil)(t, path)
			execIn(t, path, "CREATE TABLE t (x)")
		}, annotate.Invalid, "another program"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x"+Extension)
			test.make(t, path)
			_, err := Open(path)
			require.Equal(t, test.kind, annotate.KindOf(err))
			require.ErrorContains(t, err, test.says)
			require.ErrorContains(t, err, path)
		})
	}
}

func TestCreateOverwritesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x"+Extension)
	require.NoError(t, os.WriteFile(path, []byte("precious"), 0o644))
	_, err := Create(path, testScheme())
	require.Equal(t, annotate.Conflict, annotate.KindOf(err))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "precious", string(content))
}

func TestCreateThatFailsLeavesNothing(t *testing.T) {
	t.Run("folder missing", func(t *testing.T) {
		_, err := Create(filepath.Join(t.TempDir(), "none", "x"+Extension), testScheme())
		require.Equal(t, annotate.NotFound, annotate.KindOf(err))
	})
	t.Run("folder read-only", func(t *testing.T) {
		folder := t.TempDir()
		require.NoError(t, os.Chmod(folder, 0o555))
		defer os.Chmod(folder, 0o755)
		_, err := Create(filepath.Join(folder, "x"+Extension), testScheme())
		require.Equal(t, annotate.Unsupported, annotate.KindOf(err))
		require.ErrorContains(t, err, "read-only")
	})
	t.Run("scheme impossible", func(t *testing.T) {
		folder := t.TempDir()
		_, err := Create(filepath.Join(folder, "x"+Extension), &annotate.Scheme{})
		require.Equal(t, annotate.Invalid, annotate.KindOf(err))
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		require.Empty(t, entries)
	})
}

func TestPathsMayHoldAnyCharacter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "100 % & what? #1 é"+Extension)
	p, err := Create(path, testScheme())
	require.NoError(t, err)
	require.NoError(t, p.Close())
	require.FileExists(t, path)
}

func TestAProjectThatCannotBeWrittenCanBeRead(t *testing.T) {
	for _, test := range []struct {
		name    string
		protect func(t *testing.T, path string)
		says    string
	}{
		{"write-protected file", func(t *testing.T, path string) { require.NoError(t, os.Chmod(path, 0o444)) }, "the file is write-protected"},
		{"write-protected folder", func(t *testing.T, path string) {
			require.NoError(t, os.Chmod(filepath.Dir(path), 0o555))
			t.Cleanup(func() { os.Chmod(filepath.Dir(path), 0o755) })
		}, "folder is write-protected"},
		{"write-protected folder, not closed cleanly", func(t *testing.T, path string) {
			execIn(t, path, "PRAGMA journal_mode = WAL")
			require.NoError(t, os.Chmod(filepath.Dir(path), 0o555))
			t.Cleanup(func() { os.Chmod(filepath.Dir(path), 0o755) })
		}, "folder is write-protected"},
		{"newer version", func(t *testing.T, path string) { execIn(t, path, "PRAGMA user_version = 99") }, "newer version"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := closedProject(t)
			test.protect(t, path)
			before, err := os.ReadFile(path)
			require.NoError(t, err)
			p, err := Open(path)
			require.NoError(t, err)
			defer p.Close()
			require.ErrorContains(t, p.ReadOnly(), test.says)
			d, err := p.DocumentByName("001.txt")
			require.NoError(t, err)
			require.Equal(t, "She said no.", d.Text)

			_, err = p.Apply(annotate.Change{Annotator: "asha", After: annotate.NewDocument("b", "")})
			require.Equal(t, annotate.Unsupported, annotate.KindOf(err))
			require.ErrorContains(t, err, test.says)
			_, err = p.Undo("asha")
			require.Equal(t, annotate.Unsupported, annotate.KindOf(err))
			require.NoError(t, p.Close())
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.True(t, bytes.Equal(before, after), "the file is untouched")
		})
	}
}

func TestALockedProjectSaysSo(t *testing.T) {
	t.Parallel() // it waits out the busy timeout
	path := closedProject(t)
	conn, err := shell(t, path).Conn(context.Background())
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(context.Background(), "BEGIN EXCLUSIVE")
	require.NoError(t, err)
	_, err = Open(path)
	require.Equal(t, annotate.Conflict, annotate.KindOf(err))
	require.ErrorContains(t, err, "another program is using the project")
}

func TestADamagedProjectIsNotOpenedForWriting(t *testing.T) {
	p := create(t)
	for range 200 {
		add(t, p, annotate.NewDocument(string(annotate.NewID()), "A text that fills pages, a text that fills pages."))
	}
	require.NoError(t, p.Close())
	raw, err := os.ReadFile(p.Path())
	require.NoError(t, err)
	damaged := func(t *testing.T, content []byte) error {
		path := filepath.Join(t.TempDir(), "x"+Extension)
		require.NoError(t, os.WriteFile(path, content, 0o644))
		p, err := Open(path)
		if err != nil {
			return err
		}
		defer p.Close()
		findings, err := p.Check()
		if err == nil && len(findings) > 0 {
			err = annotate.Errorf(annotate.Corrupt, "%s", findings[0].Sentence)
		}
		return err
	}
	t.Run("pages overwritten, closed uncleanly", func(t *testing.T) {
		content := bytes.Clone(raw)
		content[18], content[19] = 2, 2
		for i := len(content) / 3; i < len(content)/2; i++ {
			content[i] = byte(i * 7)
		}
		err := damaged(t, content)
		require.Equal(t, annotate.Corrupt, annotate.KindOf(err))
		require.ErrorContains(t, err, "damaged")
	})
	t.Run("pages overwritten", func(t *testing.T) {
		content := bytes.Clone(raw)
		for i := len(content) / 3; i < len(content)/2; i++ {
			content[i] = byte(i * 7)
		}
		require.Equal(t, annotate.Corrupt, annotate.KindOf(damaged(t, content)))
	})
	t.Run("cut off", func(t *testing.T) {
		require.Equal(t, annotate.Corrupt, annotate.KindOf(damaged(t, raw[:len(raw)/2])))
	})
	t.Run("no version", func(t *testing.T) {
		content := bytes.Clone(raw)
		copy(content[60:], []byte{0, 0, 0, 0})
		require.Equal(t, annotate.Corrupt, annotate.KindOf(damaged(t, content)))
	})
}

func TestASecondProgramMayWorkInTheSameProject(t *testing.T) {
	p := create(t)
	version, err := p.DataVersion()
	require.NoError(t, err)
	add(t, p, annotate.NewDocument("mine", "x"))
	same, err := p.DataVersion()
	require.NoError(t, err)
	require.Equal(t, version, same, "one's own writes are no news")

	other, err := Open(p.Path())
	require.NoError(t, err)
	add(t, other, annotate.NewDocument("theirs", "y"))
	changed, err := p.DataVersion()
	require.NoError(t, err)
	require.NotEqual(t, version, changed)
	require.NoError(t, other.Close())

	n, err := p.CountDocuments(DocumentQuery{})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	p = reopen(t, p)
	requireSound(t, p)
}

func TestReadingDoesNotWaitForAWrite(t *testing.T) {
	p := create(t)
	_, err := p.transact(func(b *batch) error {
		if err := b.apply(&annotate.Change{Annotator: "asha", After: annotate.NewDocument("a", "x")}); err != nil {
			return err
		}
		n, err := p.CountDocuments(DocumentQuery{}) // would deadlock or wait if it needed the writer
		require.Equal(t, 0, n, "what is not committed is not seen")
		return err
	})
	require.NoError(t, err)
}

func TestSettingsAreKept(t *testing.T) {
	p := create(t)
	value, err := p.Setting("annotator")
	require.NoError(t, err)
	require.Empty(t, value)
	require.NoError(t, p.SetSetting("annotator", "asha"))
	require.NoError(t, p.SetSetting("annotator", "ben"))
	p = reopen(t, p)
	value, err = p.Setting("annotator")
	require.NoError(t, err)
	require.Equal(t, "ben", value)
}

func TestSaveCopyHoldsTheSame(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", "She said no.")
	add(t, p, d, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	path := filepath.Join(t.TempDir(), "copy"+Extension)
	require.NoError(t, p.SaveCopy(path))
	require.Equal(t, annotate.Conflict, annotate.KindOf(p.SaveCopy(path)))
	copied, err := Open(path)
	require.NoError(t, err)
	defer copied.Close()
	require.Equal(t, dump(t, p), dump(t, copied))
	requireSound(t, copied)
}

func FuzzOpen(f *testing.F) {
	p, err := Create(filepath.Join(f.TempDir(), "seed"+Extension), testScheme())
	require.NoError(f, err)
	require.NoError(f, p.Close())
	raw, err := os.ReadFile(p.Path())
	require.NoError(f, err)
	f.Add(raw[:100], 0)
	f.Add([]byte("SQLite format 3\x00"), 18)
	f.Add([]byte{2, 2}, 18)
	f.Add([]byte("garbage"), 4096)
	f.Add([]byte("garbage"), 9000)
	// The input is laid over a sound project at some place: pure noise would
	// never get past the first check.
	f.Fuzz(func(t *testing.T, overlay []byte, at int) {
		content := bytes.Clone(raw)
		if at >= 0 && at < len(content) {
			copy(content[at:], overlay)
		} else {
			content = overlay
		}
		path := filepath.Join(t.TempDir(), "x"+Extension)
		require.NoError(t, os.WriteFile(path, content, 0o644))
		p, err := Open(path)
		if err != nil {
			require.NotEmpty(t, annotate.KindOf(err), "%v", err)
			return
		}
		p.Check()
		p.Documents(DocumentQuery{})
		p.Journal(JournalQuery{})
		p.Apply(annotate.Change{Annotator: "asha", After: annotate.NewDocument("a", "x")})
		p.Undo("asha")
		p.Close()
	})
}

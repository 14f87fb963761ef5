package text_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/text"
)

func TestReadingAnArticle(t *testing.T) {
	for _, test := range []struct {
		name, file, text, date string
		newlines               annotate.Newlines
		bom                    bool
	}{
		{name: "plain", file: "One.\nTwo.", text: "One.\nTwo."},
		{name: "empty"},
		{name: "leading date", file: " date 2025-02-07 Port closed.", text: "Port closed.", date: "2025-02-07"},
		{name: "date elsewhere", file: "On date 2025-02-07 it", text: "On date 2025-02-07 it"},
		{name: "byte order mark", file: "\ufeffA", text: "A", bom: true},
		{name: "Windows line ends", file: "A\r\nB\r\n", text: "A\nB\n", newlines: annotate.CRLF},
		{name: "blanks stay", file: "  A \u00a0 \n\n", text: "  A \u00a0 \n\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := read(t, test.file)
			require.NoError(t, err)
			d := r.Document
			assert.Equal(t, test.text, d.Text)
			assert.Equal(t, test.date, d.Meta["date"])
			assert.Equal(t, test.newlines, d.Newlines)
			assert.Equal(t, test.bom, d.BOM)
			assert.Equal(t, "a/b.txt", d.Name)
			assert.NoError(t, d.Check())
			assert.EqualValues(t, len(test.file), r.End)
			assert.Empty(t, r.Spans)

			again, err := read(t, test.file)
			require.NoError(t, err)
			assert.Equal(t, d.ID, again.Document.ID, "the same file has the same id wherever it is read")
		})
	}
}

func TestRefusingWhatIsNotText(t *testing.T) {
	for _, test := range []struct{ name, file, sentence string }{
		{"a text in another script", "\xcf\xf0\xe8\xe2\xe5\xf2", "byte 0 (0xcf) is not UTF-8, and no other encoding is likely; say which one it is, or save the file as UTF-8 first"},
		{"four bytes", "caf\x81", "byte 3 (0x81) is not UTF-8, and no other encoding is likely; say which one it is, or save the file as UTF-8 first"},
		{"a byte that means nothing", "cafes caf\x81", "byte 9 (0x81) is not UTF-8, and no other encoding is likely; say which one it is, or save the file as UTF-8 first"},
		{"half of a surrogate pair", "\xff\xfea\x00\x3d\xd8b\x00", "the file looks like UTF-16, but is not; save it as UTF-8 first"},
		{"NUL", "ab\x00", "byte 2 is NUL, so this is not a text file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(t, test.file)
			require.Error(t, err)
			assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
			assert.True(t, strings.HasSuffix(err.Error(), "a.txt: "+test.sentence), err.Error())
		})
	}
}

func TestOtherEncodingsAreConvertedAndTold(t *testing.T) {
	for _, test := range []struct{ name, file, text, from string }{
		{"UTF-16 as Windows writes it", "\xff\xfeA\x00\xe9\x00\r\x00\n\x00", "Aé\n", "UTF-16"},
		{"UTF-16 in the other order", "\xfe\xff\x00A\x00\xe9\xd8\x3d\xde\x00", "Aé😀", "UTF-16"},
		{"UTF-16 without a mark", "A\x00\xe9\x00b\x00\x3d\xd8\x00\xde", "", ""},
		{"UTF-16 of plain letters without a mark", "M\x00o\x00n\x00a\x00", "Mona", "UTF-16"},
		{"UTF-16 of plain letters in the other order", "\x00M\x00o\x00n\x00a", "Mona", "UTF-16"},
		{"Windows-1252", "\x84Caf\xe9\x93 for 5 \x80 and more", "„Café“ for 5 € and more", "Windows-1252"},
		{"UTF-8 with a rare character", "A\ufffd\u0081", "A\ufffd\u0081", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := read(t, test.file)
			if test.text == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.text, r.Document.Text)
			if test.from == "" {
				assert.Empty(t, r.Remarks)
				return
			}
			require.Len(t, r.Remarks, 1)
			assert.Equal(t, "the file is not UTF-8; it was read as "+test.from, r.Remarks[0].Sentence)
		})
	}
}

func TestRefusingAMissingFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gone.txt")
	for _, err := range text.Format.Read(t.Context(), dataset.Input{Path: path, Name: "gone.txt"}) {
		assert.EqualError(t, err, path+": there is no such file or folder")
		assert.Equal(t, annotate.NotFound, annotate.KindOf(err))
	}
}

func TestRefusingAHugeFileWithoutReadingIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, f.Truncate(200<<20)) // a hole, which takes no room
	require.NoError(t, f.Close())
	for _, err := range text.Format.Read(t.Context(), dataset.Input{Path: path, Name: "a.txt"}) {
		assert.EqualError(t, err, path+": the text has 200 MB and the limit is 64 MB; split it into several documents")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(" date 2025-02-07 x\r\n"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("caf\xe9s"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "a.txt")
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		for r, err := range text.Format.Read(t.Context(), dataset.Input{Path: path, Name: "a.txt"}) {
			if err == nil {
				require.NoError(t, r.Document.Check())
			}
		}
	})
}

func read(t *testing.T, content string) (*dataset.Record, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.txt")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	var found *dataset.Record
	var failed error
	for r, err := range text.Format.Read(t.Context(), dataset.Input{Path: path, Name: "a/b.txt"}) {
		found, failed = r, err
	}
	return found, failed
}

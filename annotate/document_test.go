package annotate_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestReadTextChangesOnlyTheMarkAndLineEndsAndRemembersThem(t *testing.T) {
	tests := []struct {
		name     string
		raw      string
		text     string
		bom      bool
		newlines Newlines
	}{
		{"nothing", "", "", false, LF},
		{"one line", "one", "one", false, LF},
		{"LF", "one\ntwo\n", "one\ntwo\n", false, LF},
		{"CR LF", "one\r\n\r\ntwo\r\n", "one\n\ntwo\n", false, CRLF},
		{"CR", "one\r\rtwo", "one\n\ntwo", false, CR},
		{"CR LF and LF", "one\r\ntwo\n", "one\ntwo\n", false, Mixed},
		{"CR and LF", "one\rtwo\n", "one\ntwo\n", false, Mixed},
		{"CR and CR LF", "one\r\r\ntwo", "one\n\ntwo", false, Mixed},
		{"LF before CR", "one\n\rtwo", "one\n\ntwo", false, Mixed},
		{"mark", "\uFEFFone", "one", true, LF},
		{"mark alone", "\uFEFF", "", true, LF},
		{"mark and CR LF", "\uFEFFone\r\n", "one\n", true, CRLF},
		{"second mark is text", "\uFEFF\uFEFFone", "\uFEFFone", true, LF},
		{"mark inside is text", "one\uFEFF", "one\uFEFF", false, LF},
		{"other line ends are text", "one\u2028two\u0085three\v\f", "one\u2028two\u0085three\v\f", false, LF},
		{"blanks and forms stay", "  e\u0301 \u00e9\t ", "  e\u0301 \u00e9\t ", false, LF},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := &Document{ID: "d", Name: "a.txt"}
			require.NoError(t, d.ReadText([]byte(test.raw)))
			assert.Equal(t, test.text, d.Text)
			assert.Equal(t, test.bom, d.BOM)
			assert.Equal(t, test.newlines, d.Newlines)
			assert.Equal(t, HashText(test.text), d.Hash)
			assert.NoError(t, d.Check())
		})
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	tests := []struct {
		name     string
		raw      []byte
		kind     Kind
		sentence string
	}{
		{"UTF-16 little end first", []byte("\xff\xfea\x00"), Invalid, "the file is UTF-16; save it as UTF-8 first"},
		{"UTF-16 big end first", []byte("\xfe\xff\x00a"), Invalid, "the file is UTF-16; save it as UTF-8 first"},
		{"NUL", []byte("abc\x00"), Invalid, "byte 3 is NUL, so this is not a text file"},
		{"Latin-1", []byte("caf\xe9"), Invalid, "byte 3 (0xe9) is not UTF-8; save the file as UTF-8 first"},
		{"cut off character", []byte("é\xe6\x97"), Invalid, "byte 2 (0xe6) is not UTF-8; save the file as UTF-8 first"},
		{"surrogate", []byte("a\xed\xa0\x80"), Invalid, "byte 1 (0xed) is not UTF-8; save the file as UTF-8 first"},
		{"overlong", []byte("\xc0\xaf"), Invalid, "byte 0 (0xc0) is not UTF-8; save the file as UTF-8 first"},
		{"replacement character then a bad byte", []byte("\uFFFD\xff"), Invalid, "byte 3 (0xff) is not UTF-8; save the file as UTF-8 first"},
		{"too long", bytes.Repeat([]byte("a"), MaxText+1), Unsupported, "the text has 65 MB and the limit is 64 MB; split it into several documents"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.EqualError(t, CheckText(test.raw), test.sentence)
			d := &Document{ID: "d", Name: "a.txt", Text: "as it was"}
			err := d.ReadText(test.raw)
			require.EqualError(t, err, test.sentence)
			assert.Equal(t, test.kind, KindOf(err))
			assert.Equal(t, "as it was", d.Text)
		})
	}
	assert.NoError(t, CheckText([]byte("\uFFFD")), "a replacement character is a character")
}

func TestReadTextKeepsEverythingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(texts().Filter(func(s string) bool { return !strings.ContainsAny(s, "\r\n\x00\uFEFF") }), 1, 6).Draw(t, "lines")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		var d Document
		if err := d.ReadText([]byte(strings.Join(lines, end))); err != nil {
			t.Fatal(err)
		}
		assert.Equal(t, strings.Join(lines, "\n"), d.Text)
	})
}

func FuzzReadText(f *testing.F) {
	for _, seed := range []string{"", "\uFEFFone\r\ntwo", "\xff\xfe", "a\x00", " date 2025-02-07 x", "\r\r\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := Document{ID: "d", Name: "a.txt"}
		if d.ReadText(raw) != nil {
			assert.Equal(t, Document{ID: "d", Name: "a.txt"}, d)
			return
		}
		assert.NotContains(t, d.Text, "\r")
		assert.NoError(t, d.Check())
		d.CutDate()
		assert.NoError(t, d.Check())
	})
}

func TestLeadingDateBecomesMetadata(t *testing.T) {
	tests := []struct {
		name, text, rest, date string
	}{
		{"leading", " date 2025-02-07 Talks begin.", "Talks begin.", "2025-02-07"},
		{"only one blank is taken", " date 2025-02-07   Talks", "  Talks", "2025-02-07"},
		{"nothing else", " date 2025-02-07 ", "", "2025-02-07"},
		{"no blank before", "date 2025-02-07 Talks", "date 2025-02-07 Talks", ""},
		{"no blank after", " date 2025-02-07", " date 2025-02-07", ""},
		{"two blanks before", "  date 2025-02-07 Talks", "  date 2025-02-07 Talks", ""},
		{"line end before", "\n date 2025-02-07 Talks", "\n date 2025-02-07 Talks", ""},
		{"line end after", " date 2025-02-07\nTalks", " date 2025-02-07\nTalks", ""},
		{"later", "On date 2025-02-07 talks", "On date 2025-02-07 talks", ""},
		{"another form", " date 7.2.2025 Talks", " date 7.2.2025 Talks", ""},
		{"other digits", " date ٢٠٢٥-٠٢-٠٧ Talks", " date ٢٠٢٥-٠٢-٠٧ Talks", ""},
		{"capital", " Date 2025-02-07 Talks", " Date 2025-02-07 Talks", ""},
		{"the second of two stays", " date 2025-02-07  date 2024-01-01 x", " date 2024-01-01 x", "2025-02-07"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := NewDocument("a.txt", test.text)
			d.SetMeta("source", "agency")
			d.CutDate()
			assert.Equal(t, test.rest, d.Text)
			assert.Equal(t, test.date, d.Meta["date"])
			assert.Equal(t, "agency", d.Meta["source"])
			assert.NoError(t, d.Check())
		})
	}
}

func TestHashIsSHA256(t *testing.T) {
	// From FIPS 180-2, appendix B.1.
	assert.Equal(t, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", HashText("abc"))
}

func TestDocumentCheckSaysWhatIsWrong(t *testing.T) {
	tests := []struct {
		sentence string
		kind     Kind
		spoil    func(*Document)
	}{
		{"the document has no id", Invalid, func(d *Document) { d.ID = "" }},
		{"the document has no name", Invalid, func(d *Document) { d.Name = "" }},
		{`document "a.txt" has no text hash`, Invalid, func(d *Document) { d.Hash = "" }},
		{`the text of document "a.txt" does not have the hash it is filed under`, Corrupt, func(d *Document) { d.Text += "x" }},
		{"byte 1 is NUL, so this is not a text file", Invalid, func(d *Document) { d.Text = "a\x00"; d.Hash = HashText(d.Text) }},
	}
	for _, test := range tests {
		t.Run(test.sentence, func(t *testing.T) {
			d := NewDocument("a.txt", "text")
			require.NoError(t, d.Check())
			test.spoil(d)
			err := d.Check()
			require.EqualError(t, err, test.sentence)
			assert.Equal(t, test.kind, KindOf(err))
		})
	}
}

package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/pdf"
)

// placed is a line of Helvetica, at so many points from the lower left corner of the page.
type placed struct {
	x, y, size int
	text       string // in WinAnsi
}

// written returns a PDF file with those lines on its pages.
func written(info string, pages ...[]placed) string {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 5+2*i))
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), strings.Join(kids, " "))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object("<<%s>>", info)
	for i, lines := range pages {
		var content strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&content, "BT /F %d Tf %d %d Td (%s) Tj ET\n", l.size, l.x, l.y, l.text)
		}
		object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", 6+2*i)
		object("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.String())
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.String()
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, pdf.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func remarks(r *dataset.Record) []string {
	var all []string
	for _, e := range r.Remarks {
		all = append(all, e.Sentence)
	}
	return all
}

func TestParagraphs(t *testing.T) {
	r := one(t, written("/Title(Port closed)/Author(Mona Lee)/CreationDate(D:20250207101500Z)", []placed{
		{60, 740, 20, "Port closed"},
		{60, 700, 10, "The port is closed, the mayor said on Monday, and it will not open"},
		{60, 688, 10, "before the end of the month, however loud they complain abroad."},
		{60, 660, 10, "A second paragraph has \x93quotes\x94 and an \xe9 and goes on to the end."},
		{60, 648, 10, "Short."},
		{60, 636, 10, "This line begins another one, since the last had room for more."},
		{80, 624, 10, "And this is indented."},
	}))
	assert.Equal(t, "Port closed\n\nThe port is closed, the mayor said on Monday, and it will not open before the end of the month, however loud they complain abroad.\n\n"+
		"A second paragraph has “quotes” and an é and goes on to the end. Short.\nThis line begins another one, since the last had room for more.\nAnd this is indented.", r.Document.Text)
	assert.Equal(t, map[string]string{"title": "Port closed", "author": "Mona Lee", "date": "2025-02-07"}, r.Document.Meta)
	assert.Empty(t, r.Remarks)
}

func TestPages(t *testing.T) {
	page := func(n int, lines ...placed) []placed {
		return append(append([]placed{{60, 780, 10, "The Daily News"}}, lines...), placed{300, 20, 10, fmt.Sprintf("- %d -", n)})
	}
	r := one(t, written("",
		page(1, placed{60, 700, 10, "The port is closed, the mayor said on Monday, and will stay"}),
		page(2, placed{60, 700, 10, "so until spring, whatever the others say about it elsewhere."}, placed{60, 688, 10, "Nobody knows."}),
		page(3, placed{60, 700, 10, "The end."}),
	))
	assert.Equal(t, "The port is closed, the mayor said on Monday, and will stay so until spring, whatever the others say about it elsewhere. Nobody knows.\n\nThe end.", r.Document.Text)
	assert.Equal(t, []string{"6 lines that head or foot its pages were left out"}, remarks(r))
	r = one(t, written("", []placed{{60, 700, 10, "One."}}, nil))
	assert.Equal(t, []string{"1 of its 2 pages have no text"}, remarks(r))
}

func TestWordsPartedAtTheEndOfALine(t *testing.T) {
	r := one(t, written("", []placed{
		{60, 700, 10, "The government in the capital promised long-term loans to govern-"},
		{60, 688, 10, "ment bodies and to others who asked for them, which is a long-"},
		{60, 676, 10, "term promise of the kind that is not always kept in the end, they"},
	}))
	assert.Equal(t, "The government in the capital promised long-term loans to government bodies and to others who asked for them, "+
		"which is a long-term promise of the kind that is not always kept in the end, they", r.Document.Text)
}

func TestRefusals(t *testing.T) {
	whole := written("", []placed{{60, 700, 10, "One."}})
	for _, test := range []struct{ name, content, sentence string }{
		{"pictures only", written("", nil, nil), "it has no text layer, only pictures of pages; have its text recognised first"},
		{"not PDF", "%PDF-1.4\nhello", "it cannot be read as PDF: 3: incorrect format"},
		{"a part of a file", whole[:len(whole)/3], "it cannot be read as PDF: 3: incorrect format"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, pdf.Format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.pdf: "+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func TestReadingEndsWhenItIsCancelled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pdf")
	require.NoError(t, os.WriteFile(path, []byte(written("", []placed{{60, 700, 10, "One."}})), 0o600))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for r, err := range pdf.Format.Read(ctx, dataset.Input{Path: path, Name: "a.pdf"}) {
		require.Error(t, err)
		assert.Nil(t, r)
	}
	assert.Equal(t, "One.", one(t, written("", []placed{{60, 700, 10, "One."}})).Document.Text, "the next file is read")
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, pdf.Format, written("", []placed{{60, 700, 10, "One."}}), "%PDF-1.4", "")
}

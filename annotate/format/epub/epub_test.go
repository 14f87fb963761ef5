package epub_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/epub"
)

const container = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

const opf = `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>The  Port</dc:title><dc:title>A subtitle</dc:title><dc:creator>Mona Lee</dc:creator><dc:creator>Ali Khan</dc:creator>
<dc:date>2025-02-07T00:00:00Z</dc:date><dc:language>en</dc:language></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/ch%202.xhtml" media-type="application/xhtml+xml"/><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="notes" href="notes.xhtml" media-type="application/xhtml+xml"/><item id="pic" href="p.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="notes" linear="no"/><itemref idref="pic"/></spine></package>`

// book returns an EPUB book, with members by name and content.
func book(members ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	members = append([]string{"mimetype", "application/epub+zip"}, members...)
	for i := 0; i < len(members); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: members[i]})
		if err == nil {
			_, err = io.WriteString(w, members[i+1])
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	_ = z.Close()
	return b.String()
}

var chapters = []string{
	"META-INF/container.xml", container, "OEBPS/book.opf", opf, "OEBPS/nav.xhtml", "<p>Contents</p>", "OEBPS/notes.xhtml", "<p>Notes</p>",
	"OEBPS/one.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><header><h1>One</h1></header><p>The <i/>port<a id="x"/>
is<br/>closed.</p></body></html>`, "OEBPS/text/ch 2.xhtml", "<html><body><p>انتهى</p></body></html>",
}

func TestReadingABook(t *testing.T) {
	for _, test := range []struct {
		name, content string
		remarks       int
		text          string
	}{
		{"whole", book(chapters...), 0, "One\n\nThe port is\nclosed.\n\nانتهى"},
		{"without its second chapter", book(chapters[:len(chapters)-2]...), 1, "One\n\nThe port is\nclosed."},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, epub.Format, test.content)
			require.Empty(t, failed)
			require.Len(t, records, 1)
			d := records[0].Document
			assert.Equal(t, test.text, d.Text)
			assert.Equal(t, map[string]string{"title": "The Port", "author": "Mona Lee, Ali Khan", "date": "2025-02-07", "language": "en"}, d.Meta)
			assert.Len(t, records[0].Remarks, test.remarks)
		})
	}
	assert.True(t, epub.Format.Sniff(dataset.Head{Name: "book.zip", Text: []byte(book(chapters...))}), "a book is known whatever it is called")
}

func TestRefusals(t *testing.T) {
	locked := `<encryption><CipherReference URI="OEBPS/one.xhtml"/></encryption>`
	for _, test := range []struct{ name, content, sentence string }{
		{"a protected book", book(append(chapters, "META-INF/encryption.xml", locked)...), "the book is protected against copying, and cannot be read"},
		{"no container", book("a.txt", "x"), `the zip file has no member "META-INF/container.xml"`},
		{"no package", book("META-INF/container.xml", container), "it is no EPUB book: META-INF/container.xml does not say where its package is"},
		{"no spine", book("META-INF/container.xml", container, "OEBPS/book.opf", "<package/>"), "it is no EPUB book: its package has no manifest and spine"},
		{"no text", book("META-INF/container.xml", container, "OEBPS/book.opf", "<package><manifest/><spine/></package>"), "the book has no readable text"},
		{"entities of its own", book("META-INF/container.xml", `<!DOCTYPE x [<!ENTITY a "b">]><container/>`), `the member "META-INF/container.xml" of the zip file, line 1: ` +
			"it declares entities of its own, which are never followed; replace them by what they stand for"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, epub.Format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.epub: "+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, epub.Format, book(chapters...), book(chapters[:4]...), "PK\x03\x04")
}

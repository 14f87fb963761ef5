package docx_test

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
	"spanwright/annotate/format/docx"
)

const relations = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

// written returns a Word document with that body, and other members by name and content.
func written(body string, more ...string) string {
	members := append([]string{
		"_rels/.rels", relations,
		"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="mc" xmlns:v="v"><w:body>` + body + `</w:body></w:document>`,
	}, more...)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
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

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, docx.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func p(runs string) string { return "<w:p>" + runs + "</w:p>" }
func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + "</w:t></w:r>" }

func TestWhatIsTextInADocument(t *testing.T) {
	for _, test := range []struct{ name, body, text string }{
		{"paragraphs", p(r("One ")+r("more.")) + p("") + p(r("Two.")), "One more.\n\nTwo."},
		{"blanks that count and do not", p(`<w:r><w:t> a </w:t><w:t xml:space="preserve"> b</w:t></w:r>`), "a b"},
		{"tabs and lines", p(`<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>` + r("a") + "<w:r><w:tab/><w:br/></w:r>" + r("b")), "a\t\nb"},
		{"hyphens", p(r("a") + "<w:r><w:noBreakHyphen/></w:r>" + r("b") + "<w:r><w:softHyphen/></w:r>" + r("c")), "a\u2011b\u00adc"},
		{"a list", p(r("Before")) + p("<w:pPr><w:numPr/></w:pPr>"+r("one")) + p("<w:pPr><w:numPr/></w:pPr>"+r("two")) + p(r("After")), "Before\n\none\ntwo\n\nAfter"},
		{
			"a table", "<w:tbl><w:tr><w:tc>" + p(r("a")) + "</w:tc><w:tc>" + p(r("b")) + p(r("c")) + "</w:tc></w:tr><w:tr><w:tc>" + p(r("d")) + "</w:tc></w:tr></w:tbl>",
			"a\tb c\nd",
		},
		{"a link and a field", p(`<w:hyperlink r:id="x">` + r("here") + "</w:hyperlink><w:r><w:instrText> PAGE </w:instrText></w:r>" + r(" 7")), "here 7"},
		{"hidden words", p(r("seen") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>" + `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>too</w:t></w:r>`), "seentoo"},
		{
			"a text box, written twice", p(r("Before") + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p(r("box")) + "</w:txbxContent></mc:Choice><mc:Fallback><v:textbox>" +
				p(r("box")) + "</v:textbox></mc:Fallback></mc:AlternateContent></w:r>" + r(" it")), "Before it\n\nbox",
		},
		{"a control in which words stand", "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + p(r("One")) + "</w:sdtContent></w:sdt>", "One"},
		{"another script", p(r("مرحبا ") + r("بالعالم")), "مرحبا بالعالم"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.text, one(t, written(test.body)).Document.Text)
		})
	}
}

func TestWhatADocumentSays(t *testing.T) {
	got := one(t, written(p(r("One")), "docProps/core.xml", `<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc" xmlns:dcterms="dt"><dc:title>Port
 closed</dc:title><dc:creator>Mona Lee</dc:creator><dc:language>en</dc:language><dcterms:created>2025-02-07T10:00:00Z</dcterms:created></cp:coreProperties>`))
	assert.Equal(t, map[string]string{"title": "Port closed", "author": "Mona Lee", "date": "2025-02-07", "language": "en"}, got.Document.Meta)
	assert.Equal(t, "file.docx", got.Document.Name)
}

func TestWhatIsRemarkedOn(t *testing.T) {
	got := one(t, written(
		p(r("One")+`<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>`+r(" new")+`</w:ins><w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:footnoteReference w:id="1"/></w:r>`),
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:type="separator">`+p(r("line"))+`</w:footnote><w:footnote w:id="1">`+p(r(" A note."))+`</w:footnote></w:footnotes>`))
	assert.Equal(t, "One new\n\nA note.", got.Document.Text)
	var remarks []string
	for _, e := range got.Remarks {
		remarks = append(remarks, e.Sentence)
	}
	assert.Equal(t, []string{
		"its footnotes and endnotes stand at the end of the text", "it has tracked changes; they were read as accepted",
		"characters of symbol fonts have no Unicode and were left out (1)",
	}, remarks)
}

func TestRefusals(t *testing.T) {
	whole := written(p(r("One")))
	for _, test := range []struct{ name, content, sentence string }{
		{"no text", written(p("")), "the document has no readable text"},
		{"an old document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is a document of an old Word or has a password; save it as .docx without one"},
		{"a part of a file", whole[:len(whole)/2], "it is not a whole zip file: zip: not a valid zip file"},
		{"another zip file", strings.ReplaceAll(whole, "_rels/.rels", "_rels/.rolz"), "it is no Word document: it does not say where its text is"},
		{"XML that breaks off", written("<w:p>"), `its member "word/document.xml", line 1: it is no proper XML: element <p> closed by </body>`},
		{"entities", written(p("&lol;")), `its member "word/document.xml", line 1: it is no proper XML: invalid character entity &lol;`},
		{"deep nesting", written(strings.Repeat("<w:sdt>", 1000)), `its member "word/document.xml", line 1: more than 256 elements lie in each other`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, docx.Format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.docx: "+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, docx.Format, written(p(r("One"))), written("<w:tbl><w:tr>"), "PK\x03\x04", "\xd0\xcf\x11\xe0")
}

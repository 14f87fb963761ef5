package tei_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/tei"
)

const harbour = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="tei_all.rng"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>The <hi rend="i">Harbour</hi> of Ystad</title><title type="sub">Part one</title><author>M. Berg</author></titleStmt>
      <publicationStmt><publisher>Press</publisher><date when="2001-01-01">2001</date></publicationStmt>
      <sourceDesc><bibl><title>Ystad News</title>, <date when="1899-05-03T10:00">3 May 1899</date></bibl></sourceDesc>
    </fileDesc>
    <profileDesc><langUsage><language ident="sv">Swedish</language></langUsage></profileDesc>
  </teiHeader>
  <facsimile><graphic url="x.png"/></facsimile>
  <text>
    <front><fw>12</fw></front>
    <body>
      <head>Fire in the
        harbour</head>
      <p n="1">In <placeName ref="#ystad" type="town">Ystad<note>A town.</note></placeName> a fire be<lb break="no"/>gan, says
        <persName><forename>Mona</forename> <surname>Berg</surname></persName>.<lb/>“<choice><sic>Teh</sic><corr>The</corr></choice> port is closed.”</p>
      <lg><l>One line</l><l>Another <date when="1899"> 1899 </date></l></lg>
      <list><item>a</item><item>b</item></list>
      <table><row><cell>1</cell><cell>2</cell></row></table>
      <p><name/></p>
    </body>
  </text>
</TEI>`

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, tei.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestReadingAText(t *testing.T) {
	r := one(t, harbour)
	assert.Equal(t, "Fire in the harbour\n\nIn Ystad a fire began, says Mona Berg.\n“The port is closed.”\n\nOne line\nAnother 1899\n\na\nb\n\n1 2", r.Document.Text)
	assert.Equal(t, map[string]string{
		"title": "The Harbour of Ystad", "author": "M. Berg", "date": "1899-05-03", "source": "Ystad News, 3 May 1899", "language": "en",
	}, r.Document.Meta)
	assert.Equal(t, "file.xml", r.Document.Name)
	var spans []string
	for _, s := range r.Spans {
		spans = append(spans, s.Label+" "+s.Covered(r.Document.Text))
	}
	assert.Equal(t, []string{"placeName Ystad", "persName Mona Berg", "forename Mona", "surname Berg", "date 1899"}, spans)
	assert.Equal(t, map[string]annotate.Value{"ref": annotate.Text("#ystad"), "type": annotate.Text("town")}, r.Spans[0].Attributes)
	assert.Equal(t, "asha", r.Annotator)
}

func TestATextWithoutNamesIsNobodys(t *testing.T) {
	r := one(t, `<TEI.2><text><body><p>Mona said</p></body></text></TEI.2>`)
	assert.Empty(t, r.Annotator)
	assert.Empty(t, r.Document.Meta)
}

func TestACorpusIsSeveralDocuments(t *testing.T) {
	text := func(words string) string {
		return `<t:TEI><t:teiHeader><t:fileDesc><t:titleStmt><t:title>` + words + `</t:title></t:titleStmt></t:fileDesc></t:teiHeader><t:text><t:body><t:p>` + words + `</t:p></t:body></t:text></t:TEI>`
	}
	records, failed := datasettest.ReadString(t, tei.Format, `<t:teiCorpus xmlns:t="http://www.tei-c.org/ns/1.0"><t:teiHeader><t:fileDesc/></t:teiHeader>`+text("One")+text("")+text("Three")+`</t:teiCorpus>`)
	require.Len(t, failed, 1)
	assert.True(t, strings.HasSuffix(failed[0].Error(), "file.xml:1: it has no readable text"), failed[0].Error())
	require.Len(t, records, 2)
	assert.Equal(t, "file-1.txt", records[0].Document.Name)
	assert.Equal(t, "Three", records[1].Document.Text)
	assert.Equal(t, "file-3.txt", records[1].Document.Name)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, content, sentence string }{
		{"another root", "<html/>", ":1:7: it is no TEI: its element is html, and must be TEI or teiCorpus"},
		{"broken off", "<TEI><text>\n<p>Mona", ":2:7: it is no proper XML: unexpected EOF"},
		{"an entity of its own", `<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><text>&x;</text></TEI>`, "it declares entities of its own, which are never followed; replace them by what they stand for"},
		{"deep nesting", "<TEI><text>" + strings.Repeat("<p>", 1000), "more than 256 elements lie in each other"},
		{"no text", "<TEI><teiHeader/></TEI>", ":1: it has no readable text"},
	} {
		records, failed := datasettest.ReadString(t, tei.Format, test.content)
		require.Len(t, failed, 1, test.name)
		assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
		assert.Empty(t, records)
	}
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, tei.Format, harbour, "<teiCorpus><TEI><text>a <name>b</name></text></TEI></teiCorpus>")
}

package inception_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/cas"
	"spanwright/annotate/format/inception"
	"spanwright/annotate/format/text"
	"spanwright/annotate/format/webanno"
)

var format = inception.New(text.Format, encoder, cas.XMI, cas.JSON, webanno.Format, cas.Serialized)

func encoder(scheme *annotate.Scheme) inception.Encoder { return cas.NewWriter(scheme) }

// packed returns a zip file with members, by name and content.
func packed(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		require.NoError(t, err)
		_, err = w.Write([]byte(members[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.String()
}

func writeFile(t testing.TB, path, content string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
}

const (
	described = `{"source_documents":[{"name":"a.txt","state":"CURATION_FINISHED"},{"name":"b.txt","state":"NEW"}],
"annotation_documents":[{"name":"a.txt","user":"asha","state":"FINISHED"},{"name":"a.txt","user":"ben","state":"IN_PROGRESS"}]}`
	source = "Mona said so. Ben left.  \n"
	json   = `{
"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"Mona said so. Ben left.  \n"},
{"%ID":2,"%TYPE":"webanno.custom.Claim","@sofa":1,"begin":14,"end":17}],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2]}}}`
	tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Claim|\n\n\n#Text=Mona said so.\n1-1\t0-4\tMona\t_\t\n\n#Text=Ben left.\n2-1\t14-17\tBen\t*\t\n"
	xmi = `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///webanno/custom.ecore">
<c:Claim xmi:id="2" sofa="1" begin="14" end="17" sure="true"/><cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Mona said so. Ben left.  &#10;"/></xmi:XMI>`
	types = `<typeSystemDescription><types><typeDescription><name>webanno.custom.Claim</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription></features></typeDescription></types></typeSystemDescription>`
)

func TestReadingAProject(t *testing.T) {
	content := packed(t,
		"exportedproject12.json", described, "source/a.txt", source, "source/b.txt", "All is well.",
		"annotation/a.txt/asha.json", json, "annotation/a.txt/ben.tsv", tsv, "annotation/a.txt/INITIAL_CAS.json", json,
		"annotation_ser/a.txt/asha.ser", "\xac\xed", "annotation_ser/a.txt/cy.ser", "\xac\xed",
		"curation/a.txt/CURATION_USER.zip", packed(t, "CURATION_USER.xmi", xmi, "TypeSystem.xml", types), "log/project-1.log", "x")
	records, failed := datasettest.ReadString(t, format, content)
	require.Empty(t, failed)
	require.Len(t, records, 4)
	status := map[string]annotate.Status{}
	for _, r := range records[:3] {
		datasettest.Valid(t, r)
		assert.Equal(t, "a.txt", r.Document.Name)
		assert.Equal(t, source, r.Document.Text, "%s: that of the source, also where TSV has other blanks", r.Annotator)
		assert.Equal(t, records[0].Document.ID, r.Document.ID)
		require.Len(t, r.Spans, 1)
		assert.Equal(t, "Ben", r.Spans[0].Covered(source))
		status[r.Annotator] = r.Assessment.Status
	}
	assert.Equal(t, map[string]annotate.Status{"asha": annotate.Done, "ben": annotate.InProgress, annotate.AdjudicatedLayer: annotate.Done}, status)
	assert.Equal(t, map[string]annotate.Value{"sure": annotate.Bool(true)}, records[2].Spans[0].Attributes, "the type system in the inner zip file counts")
	require.Len(t, records[0].Remarks, 1)
	assert.Equal(t, "document a.txt: what cy made of it is not in a form that is read; have INCEpTION export the project with UIMA CAS JSON as its secondary format", records[0].Remarks[0].Sentence)
	assert.Equal(t, "b.txt", records[3].Document.Name)
	assert.Empty(t, records[3].Annotator)
	require.Len(t, records[1].Remarks, 1)
	assert.True(t, strings.HasSuffix(records[1].Remarks[0].File, "/file.zip/annotation/a.txt/ben.tsv"), records[1].Remarks[0].File)
}

// TestARealProject has a document of which somebody made nothing, as Java's own form alone tells, and its curation in TSV.
func TestARealProject(t *testing.T) {
	datasettest.RealFiles(t, format, []datasettest.RealFile{
		{Name: "inception-project-export/Export+Test+-+Curated+annotation+project_3_6_1.zip", Records: 2, Spans: 1},
	})
}

// TestWhatJavaKeptSaysTheSame reads a real project without what was exported beside Java's own form.
func TestWhatJavaKeptSaysTheSame(t *testing.T) {
	z, err := zip.OpenReader(filepath.Join(datasettest.Conformance(t), "inception-project-export/Export+Test+-+Curated+annotation+project_3_6_1.zip"))
	require.NoError(t, err)
	defer z.Close()
	var members []string
	for _, m := range z.File {
		if name := strings.TrimPrefix(m.Name, "/"); !strings.HasPrefix(name, "annotation/") && !strings.HasPrefix(name, "curation/") && !m.Mode().IsDir() {
			r, err := m.Open()
			require.NoError(t, err)
			raw, err := io.ReadAll(r)
			require.NoError(t, err)
			members = append(members, name, string(raw))
		}
	}
	records, failed := datasettest.ReadString(t, format, packed(t, members...))
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, "admin", records[0].Annotator)
	assert.Empty(t, records[0].Spans)
	assert.Equal(t, annotate.Done, records[0].Assessment.Status)
	assert.Equal(t, annotate.AdjudicatedLayer, records[1].Annotator)
	require.Len(t, records[1].Spans, 1)
	assert.Equal(t, "Chunk", records[1].Spans[0].Label)
	assert.Equal(t, "This", records[1].Spans[0].Covered("This is an example sentence.\n"))
}

func TestADocumentThatIsNoPlainTextIsTakenFromWhatINCEpTIONMadeOfIt(t *testing.T) {
	records, failed := datasettest.ReadString(t, format, packed(t, "exportedproject.json", `{"source_documents":[{"name":"a.pdf"}]}`,
		"source/a.pdf", "%PDF", "annotation/a.pdf/INITIAL_CAS.json", json))
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Equal(t, source, records[0].Document.Text)
	assert.Empty(t, records[0].Annotator)
	assert.Equal(t, "document a.pdf: annotations that it was brought in with were left out: 1", records[0].Remarks[0].Sentence)
}

func TestKnowingAProject(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"project.zip": packed(t, "source/a.txt", "x", "exportedproject.json", "{}"), "other.zip": packed(t, "a.txt", "x"), "broken.zip": "PK",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	head := func() dataset.Head { return dataset.Head{} }
	assert.Equal(t, filepath.Join(folder, "project.zip"), format.MainFile(filepath.Join(folder, "project.zip"), head))
	assert.Empty(t, format.MainFile(filepath.Join(folder, "other.zip"), head))
	assert.Empty(t, format.MainFile(filepath.Join(folder, "broken.zip"), head))
}

func TestRefusingProjects(t *testing.T) {
	const one = `{"source_documents":[{"name":"a.txt"}]}`
	for _, test := range []struct{ name, content, sentence string }{
		{"no zip file", "PK", ": it is not a whole zip file: zip: not a valid zip file"},
		{"no project", packed(t, "a.txt", "x"), ": it is no project of INCEpTION: it has no exportedproject.json"},
		{"no description", packed(t, "exportedproject1.json", "[]"), ": its exportedproject1.json is not of the shape that INCEpTION gives it"},
		{"a way out", packed(t, "exportedproject1.json", one, "annotation/a.txt/../../../../etc/passwd", "x"), `: the zip file has a member named "annotation/a.txt/../../../../etc/passwd", which leads out of it; nothing in it was read`},
		{"an absolute name", packed(t, "exportedproject1.json", one, "/etc/passwd", "x"), `: the zip file has a member named "/etc/passwd", which leads out of it; nothing in it was read`},
		{"a bomb", packed(t, "exportedproject1.json", one, "source/a.txt", strings.Repeat("a", 11<<20)), `: the member "source/a.txt" of the zip file would unpack to 1027 times its size; nothing in it was read`},
		{"a bomb inside", packed(t, "exportedproject1.json", one, "annotation/a.txt/asha.zip", packed(t, "asha.xmi", strings.Repeat("a", 11<<20))), `/annotation/a.txt/asha.zip: the member "asha.xmi" of the zip file would unpack to 1027 times its size; nothing in it was read`},
		{"a broken layer", packed(t, "exportedproject1.json", one, "annotation/a.txt/asha.json", "{\n\"%VIEWS\":{},\n\"%FEATURE_STRUCTURES\":[{}]}"), "/annotation/a.txt/asha.json:3: it has no %TYPE; the document was left out"},
		{"nothing that is known", packed(t, "exportedproject1.json", one), ": document a.txt: it is no plain text, and nobody made anything of it; it was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, format, test.content)
			require.Len(t, failed, 1)
			_, sentence, _ := strings.Cut(failed[0].Error(), "/file.zip")
			assert.Equal(t, test.sentence, sentence)
			assert.Empty(t, records)
		})
	}
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, format) }

func FuzzRead(f *testing.F) {
	var ours bytes.Buffer
	_, err := format.WriteFile(f.Context(), &ours, datasettest.Sequence(everybody...), dataset.Options{})
	require.NoError(f, err)
	datasettest.Fuzz(f, format, packed(f, "exportedproject1.json", described, "source/a.txt", source, "annotation/a.txt/ben.tsv", tsv, "annotation/a.txt/asha.json", json), ours.String())
}

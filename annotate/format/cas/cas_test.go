package cas_test

import (
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
)

// TestRealXMI has counts of a script that knows XML and nothing of UIMA: elements with different
// begin and end that are no Token, Sentence or metadata of DKPro, and two more for tokens that are
// related; those with Governor, links or next. A remark stands for the lack of a type system where a
// value may be more than text, for annotations that cover nothing and what points at them, and
// for each type without a place.
func TestRealXMI(t *testing.T) {
	suite := func(name string) string { return "inception-webanno-tsv3-suite/" + name + "/reference.xmi" }
	datasettest.RealFiles(t, cas.XMI, []datasettest.RealFile{
		{Name: suite("testComplexSlotFeatureWithoutValues"), Records: 1, Spans: 3, Relations: 1},
		{Name: suite("testElevatedType"), Records: 1, Spans: 1},
		{Name: suite("testMultiTokenChain"), Records: 1, Spans: 2, Relations: 1},
		{Name: suite("testMultiTokenSpanWithFeatureValue"), Records: 1, Spans: 1},
		{Name: suite("testSentenceWithEmoji"), Records: 1, Spans: 1},
		{Name: suite("testSimpleCrossSenenceSlotFeature"), Records: 1, Spans: 3, Relations: 1},
		{Name: suite("testSingleTokenRelationWithMultipleFeatureValues"), Records: 1, Spans: 2, Relations: 1, Remarks: 1},
		{Name: suite("testStackedChain"), Records: 1, Spans: 6, Relations: 4},
		{Name: suite("testStackedNonMultiTokenRelationWithMultipleFeatureValues"), Records: 1, Spans: 2, Relations: 2, Remarks: 1},
		{Name: suite("testSubMultiTokenSpanWithFeatureValue"), Records: 1, Spans: 9, Remarks: 2},
		{Name: suite("testSubTokenRelation"), Records: 1, Spans: 2, Relations: 1},
		{Name: suite("testTokenBoundedBioLookAlike"), Records: 1, Spans: 5},
		{Name: suite("testTokenBoundedSpanWithNastyFeatureValue"), Records: 1, Spans: 5},
		{Name: suite("testTokenBoundedStackedSpanWithFeatureValue"), Records: 1, Spans: 10},
		{Name: suite("testTwoSentencesWithNoSpaceInBetween"), Records: 1},
		{Name: suite("testZeroLengthSlotFeature1"), Records: 1, Spans: 2, Remarks: 2},
		{Name: suite("testZeroLengthSpanBetweenAdjacentTokens"), Records: 1, Remarks: 1},
		{Name: suite("testZeroWidthAnnotationBetweenTokenIsMovedToEndOfPreviousToken"), Records: 1, Remarks: 1},
		{Name: "dkpro-cassis/xmi/cas_with_floating_point_special_values.xmi", Records: 1, Remarks: 4},
		{Name: "dkpro-cassis/xmi/cas_with_smileys.xmi", Records: 1, Spans: 5},
		{Name: "dkpro-cassis/xmi/lenient_cas.xmi", Records: 1, Spans: 14, Remarks: 1},
		{Name: "dkpro-cassis/xmi/small_cas.xmi", Records: 1, Spans: 13, Remarks: 1},
		{Name: "uima-jsoncas/casWithEmojiUnicodeTextAndAnnotations/debug.xmi", Records: 1, Spans: 9},
		{Name: "uima-jsoncas/casWithText/debug.xmi", Records: 1},
		{Name: "uima-jsoncas/casWithTextAndAnnotations/debug.xmi", Failures: 1}, // no text
		{Name: "uima-jsoncas/casWithTraditionalChineseTextAndAnnotations/debug.xmi", Records: 1, Spans: 4},
		{Name: "uima-jsoncas/casWithoutTextButWithAnnotations/debug.xmi", Failures: 1},
	})
}

// TestATypeSystemHoldsNoDocument reads real ones.
func TestATypeSystemHoldsNoDocument(t *testing.T) {
	for _, name := range []string{
		"dkpro-cassis/typesystems/inception_typesystem.xml", "dkpro-cassis/typesystems/small_typesystem.xml", "dkpro-cassis/typesystems/typesystem_with_array_features.xml",
		"dkpro-cassis/typesystems/typesystem_with_collections.xml", "inception-types/desc/type/webannoTestTypes.xml",
	} {
		path := filepath.Join(datasettest.Conformance(t), name)
		assert.False(t, cas.XMI.Sniff(dataset.ReadHead(path)), name)
		records, failed := datasettest.Read(cas.XMI, path)
		assert.Empty(t, records, name)
		assert.Empty(t, failed, name)
	}
}

// TestRealJSON has counts made by hand in files of a page.
func TestRealJSON(t *testing.T) {
	datasettest.RealFiles(t, cas.JSON, []datasettest.RealFile{
		{Name: "dkpro-cassis/json/child_type_before_parent.json", Failures: 1}, // no text
		{Name: "dkpro-cassis/json/fs_as_array/one-way/casWithBadSofaFsOrder/data-ref.json", Records: 1},
		{Name: "dkpro-cassis/json/fs_as_array/one-way/casWithBadSofaFsOrder/data.json", Records: 1},
		{Name: "dkpro-cassis/json/fs_as_array/one-way/tsv3-testSimpleSlotFeature/data-ref.json", Records: 1, Spans: 3, Relations: 1},
		{Name: "dkpro-cassis/json/fs_as_array/one-way/tsv3-testSimpleSlotFeature/data.json", Records: 1, Spans: 3, Relations: 1},
		{Name: "dkpro-cassis/json/fs_as_array/ser-ref/casExtendingDocumentAnnotation/data.json", Records: 1},
		{Name: "uima-jsoncas/casWithEmojiUnicodeTextAndAnnotations/data.json", Records: 1, Spans: 9},
		{Name: "uima-jsoncas/casWithText/data.json", Records: 1},
		{Name: "uima-jsoncas/casWithTextAndAnnotations/data.json", Records: 1, Spans: 4},
		{Name: "uima-jsoncas/casWithTraditionalChineseTextAndAnnotations/data.json", Records: 1, Spans: 4},
		{Name: "uima-jsoncas/casWithoutTextButWithAnnotations/data.json", Failures: 1},
	})
}

// TestTheSameCASInXMIAndJSON compares the pairs of files that Java wrote of one CAS.
func TestTheSameCASInXMIAndJSON(t *testing.T) {
	for _, name := range []string{"casWithEmojiUnicodeTextAndAnnotations", "casWithText", "casWithTraditionalChineseTextAndAnnotations"} {
		folder := filepath.Join(datasettest.Conformance(t), "uima-jsoncas", name)
		xmi, failed := datasettest.Read(cas.XMI, filepath.Join(folder, "debug.xmi"))
		require.Empty(t, failed)
		json, failed := datasettest.Read(cas.JSON, filepath.Join(folder, "data.json"))
		require.Empty(t, failed)
		same := func(name string) string { return name }
		assert.Equal(t, told(xmi[0], same), told(json[0], same), name)
		assert.Equal(t, xmi[0].Document.Text, json[0].Document.Text, name)
	}
}

func TestWhatIsWrittenComesBackFromXMI(t *testing.T) { datasettest.RoundTrip(t, cas.XMI) }

func TestWhatIsWrittenComesBackFromJSON(t *testing.T) { datasettest.RoundTrip(t, cas.JSON) }

func FuzzXMI(f *testing.F) {
	datasettest.Fuzz(f, cas.XMI, xmi(everything), xmi(`<c:Claim xmi:id="9" sofa="1" begin="0" end="4" next="9" first="9"/>`),
		`<typeSystemDescription><types/></typeSystemDescription>`)
}

func FuzzJSON(f *testing.F) {
	datasettest.Fuzz(f, cas.JSON, inJSON, `{"%VIEWS":{},"%FEATURE_STRUCTURES":{"1":{"%TYPE":"uima.cas.Sofa","sofaString":""}}}`)
}

// text is what the files below are about: 😀 is one code point and two units of UTF-16.
const text = "😀 Mona said so."

// xmi returns a file with structures.
func xmi(structures string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///webanno/custom.ecore"
 xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
` + structures + `
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="` + text + `"/></xmi:XMI>`
}

const everything = `<meta:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="16" documentTitle="a.txt" language="en"/>
<seg:Token xmi:id="3" sofa="1" begin="3" end="7"/>
<c:Claim xmi:id="4" sofa="1" begin="3" end="7" sure="true" n="-1.50" kinds="a" empty="" links="8 9"><tags>x</tags><tags>y z</tags></c:Claim>
<c:Cue xmi:id="5" sofa="1" begin="8" end="12"/>
<c:By xmi:id="6" sofa="1" begin="8" end="12" Governor="4" Dependent="5" way="near"/>
<c:OfToken xmi:id="7" sofa="1" begin="3" end="7" Governor="5" Dependent="3"/>
<c:Link xmi:id="8" role="who" target="5"/>
<c:Link xmi:id="9" target="4"/>
<c:Topic xmi:id="10" sofa="1" topic="art"/>
<c:Topic xmi:id="11" sofa="1" topic="war"/>`

const types = `<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Claim</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription>
<featureDescription><name>n</name><rangeTypeName>uima.cas.Double</rangeTypeName></featureDescription>
<featureDescription><name>tags</name><rangeTypeName>uima.cas.StringArray</rangeTypeName></featureDescription>
<featureDescription><name>kinds</name><rangeTypeName>my.Kind</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>my.Kind</name><supertypeName>uima.cas.String</supertypeName></typeDescription>
</types></typeSystemDescription>`

const inJSON = `{"%TYPES":{"webanno.custom.Claim":{"%NAME":"webanno.custom.Claim","%SUPER_TYPE":"uima.tcas.Annotation","links":{"%NAME":"links","%RANGE":"webanno.custom.Link[]"}}},
"%FEATURE_STRUCTURES":[
{"%TYPE":"uima.cas.Sofa","%ID":1,"sofaNum":1,"sofaID":"_InitialView","sofaString":"😀 Mona said so."},
{"%ID":4,"%TYPE":"webanno.custom.Claim","@sofa":1,"^begin":3,"^end":7,"sure":true,"n":-1.50,"kinds":"a","empty":"","#odd":"NaN","@links":12,"@tags":13},
{"%ID":5,"%TYPE":"webanno.custom.Cue","@sofa":1,"begin":8,"end":12,"@none":0,"nothing":null},
{"%ID":6,"%TYPE":"webanno.custom.By","@sofa":1,"begin":8,"end":12,"@Governor":4,"@Dependent":5,"way":"near"},
{"%ID":8,"%TYPE":"webanno.custom.Link","role":"who","@target":5},
{"%ID":12,"%TYPE":"webanno.custom.Link[]","%ELEMENTS":[8]},
{"%ID":13,"%TYPE":"uima.cas.StringArray","%ELEMENTS":["x","y z"]}],
"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[4,5,6]}}}`

// one reads a file, with a type system beside it unless that is empty.
func one(t *testing.T, f *dataset.Format, content, types string) *dataset.Record {
	t.Helper()
	path := filepath.Join(t.TempDir(), "b"+filepath.Ext(f.Patterns[0]))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	if types != "" {
		require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(path), "typesystem.xml"), []byte(types), 0o600))
	}
	records, failed := datasettest.Read(f, path)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

// spans returns what each span covers with its attributes, by its label, and relations likewise.
func said(r *dataset.Record) []string { return told(r, func(name string) string { return name }) }

func sentences(r *dataset.Record) []string {
	var all []string
	for _, remark := range r.Remarks {
		all = append(all, remark.Sentence)
	}
	return all
}

func TestReadingXMI(t *testing.T) {
	r := one(t, cas.XMI, xmi(everything), types)
	assert.Equal(t, text, r.Document.Text)
	assert.Equal(t, "b.txt", r.Document.Name)
	assert.Equal(t, map[string]string{"language": "en", "title": "a.txt"}, r.Document.Meta)
	assert.Equal(t, []string{
		"Bymap[way:near] head=Claim[{5 9}] tail=Cue[{10 14}]",
		"Claim[{5 9}]map[empty: kinds:a n:-1.50 sure:true tags:x, y z]",
		"Claimmap[] trigger=Claim[{5 9}] who=Cue[{10 14}] links=Claim[{5 9}]",
		"Cue[{10 14}]map[]",
		"OfTokenmap[] head=Cue[{10 14}] tail=Token[{5 9}]",
		"Token[{5 9}]map[]",
	}, said(r))
	claim := r.Spans[0].Attributes
	if claim == nil {
		claim = r.Spans[1].Attributes
	}
	number, _ := annotate.Number("-1.50")
	assert.Equal(t, map[string]annotate.Value{
		"sure": annotate.Bool(true), "n": number, "kinds": annotate.Text("a"), "empty": annotate.Text(""), "tags": annotate.Choices("x", "y z"),
	}, claim)
	assert.Equal(t, map[string]annotate.Value{"topic": annotate.Choices("art", "war")}, r.Assessment.Labels)
	assert.Empty(t, sentences(r))
}

func TestWithoutATypeSystemValuesAreTexts(t *testing.T) {
	r := one(t, cas.XMI, xmi(everything), "")
	for _, s := range r.Spans {
		if s.Label == "Claim" {
			assert.Equal(t, map[string]annotate.Value{
				"sure": annotate.Text("true"), "n": annotate.Text("-1.50"), "kinds": annotate.Text("a"), "empty": annotate.Text(""), "tags": annotate.Choices("x", "y z"),
			}, s.Attributes)
		}
	}
	assert.Len(t, r.Relations, 3)
	assert.Equal(t, []string{"no TypeSystem.xml lies beside it or above it; numbers, truths and references were read as text"}, sentences(r))
}

func TestReadingJSON(t *testing.T) {
	r := one(t, cas.JSON, inJSON, "")
	assert.Equal(t, []string{
		"Bymap[way:near] head=Claim[{5 9}] tail=Cue[{10 14}]",
		"Claim[{5 9}]map[empty: kinds:a n:-1.50 odd:NaN sure:true tags:x, y z]",
		"Claimmap[] trigger=Claim[{5 9}] who=Cue[{10 14}]",
		"Cue[{10 14}]map[]",
	}, said(r))
	assert.Empty(t, sentences(r))
}

func TestWhatIsLeftOutIsTold(t *testing.T) {
	const view = `<cas:View sofa="1" members="4 5 6 7 8 10"/>`
	for _, test := range []struct {
		name, structures string
		spans, relations int
		remarks          []string
	}{
		{"nothing", `<c:Claim xmi:id="4" sofa="1" begin="3" end="7"/>` + view, 1, 0, nil},
		{"not in the index", `<c:Claim xmi:id="9" sofa="1" begin="3" end="7"/>` + view, 0, 0, []string{"left out: annotation that is not in the index (1)"}},
		{"covers nothing", `<c:Claim xmi:id="4" sofa="1" begin="3" end="3"/><c:Claim xmi:id="5" sofa="1" begin="3" end="7"/><c:By xmi:id="6" sofa="1" begin="3" end="3" Governor="4" Dependent="5"/>` + view, 1, 0, []string{
			"annotations that cover nothing were left out: 1", "relations and slots that point at an annotation that covers nothing were left out: 1",
		}},
		{"half a relation", `<c:Claim xmi:id="4" sofa="1" begin="3" end="7"/><c:By xmi:id="5" sofa="1" begin="3" end="7" Governor="4"/>` + view, 1, 0, []string{"left out: end of a relation or slot that is empty (1)"}},
		{"without a place", `<c:Thing xmi:id="4" of="x"/>` + view, 0, 0, []string{"left out: Thing without a place in the text (1)"}},
		{"another text", `<cas:Sofa xmi:id="2" sofaNum="2" sofaID="html" sofaString="x"/><c:Claim xmi:id="4" sofa="2" begin="0" end="1"/>` + view, 0, 0, []string{"the annotations of another text, html, were left out: 1"}},
		{"another text without annotations", `<cas:Sofa xmi:id="2" sofaNum="2" sofaID="html" sofaString="x"/>` + view, 0, 0, []string{"another text, html, was left out"}},
		{"code points", `<seg:Token xmi:id="3" sofa="1" begin="2" end="6"/><seg:Token xmi:id="4" sofa="1" begin="7" end="11"/><c:Claim xmi:id="5" sofa="1" begin="2" end="6"/>` + view, 1, 0, []string{"the offsets count code points; they were converted"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, cas.XMI, xmi(test.structures), "")
			assert.Len(t, r.Spans, test.spans)
			assert.Len(t, r.Relations, test.relations)
			assert.Equal(t, test.remarks, sentences(r))
		})
	}
}

func TestSeveralDocumentsInOneFile(t *testing.T) {
	line := strings.ReplaceAll(inJSON, "\n", "") + "\n"
	records, failed := datasettest.ReadString(t, cas.JSON, line+line)
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, []string{"file.txt", "file-2.txt"}, []string{records[0].Document.Name, records[1].Document.Name})
}

func TestWhoseAnnotationsAFileHas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "asha.xmi")
	require.NoError(t, os.WriteFile(path, []byte(xmi(`<c:Claim xmi:id="4" sofa="1" begin="3" end="7"/>`)), 0o600))
	for r, err := range cas.XMI.Read(t.Context(), dataset.Input{Path: path, Name: "news/001.txt/asha.xmi", Annotator: "ben"}) {
		require.NoError(t, err)
		assert.Equal(t, "news/001.txt", r.Document.Name)
		assert.Equal(t, "asha", r.Annotator)
	}
}

func TestRefusingWhatIsWrong(t *testing.T) {
	const left = "; the document was left out"
	claim := func(rest string) string { return xmi(`<c:Claim xmi:id="4" sofa="1" ` + rest + `/>`) }
	sofa := `{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"Mona said"}`
	inJSON := func(structure string) string {
		return "{\n" + `"%FEATURE_STRUCTURES":[` + sofa + ",\n" + structure + `]}`
	}
	for _, test := range []struct {
		name, content, sentence string
		format                  *dataset.Format
	}{
		{"truncated", xmi("")[:300], ":2:144: it is no proper XML: unexpected EOF" + left, cas.XMI},
		{"something else", "<html/>", ":1:7: it must begin with xmi:XMI, and begins with html" + left, cas.XMI},
		{"laughs", `<!DOCTYPE l [<!ENTITY a "ha">]><xmi:XMI>&a;</xmi:XMI>`, ":1:31: it declares entities of its own, which are never followed; replace them by what they stand for" + left, cas.XMI},
		{"beyond the text", claim(`begin="3" end="70"`), ":4: Claim 4: offset 70 lies outside the text, which has 16 UTF-16 units" + left, cas.XMI},
		{"the end before the start", claim(`begin="7" end="3"`), ":4: Claim 4: the range 7 to 3 ends before it begins" + left, cas.XMI},
		{"negative", claim(`begin="-7" end="3"`), `:4: Claim: "begin" is negative: -7` + left, cas.XMI},
		{"a huge number", claim(`begin="3" end="99999999999999999999"`), `:4: Claim: "end" is far too large: 99999999999999999999` + left, cas.XMI},
		{"an id twice", xmi(`<c:Claim xmi:id="4"/><c:Claim xmi:id="4"/>`), ":4: the id 4 stands twice" + left, cas.XMI},
		{"an id of nothing", xmi(`<c:By xmi:id="4" sofa="1" begin="3" end="7" Governor="9" Dependent="9"/>`), ":4: By 4 points at 9, and nothing has that id" + left, cas.XMI},
		{"members that are no ids", xmi(`<cas:View sofa="1" members="4 x"/>`), `:4: "x" is no id` + left, cas.XMI},
		{"no text", `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>`, ": it has no text" + left, cas.XMI},
		{"a text elsewhere", `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"><cas:Sofa xmi:id="1" sofaID="_InitialView" sofaURI="file:/etc/passwd"/></xmi:XMI>`, ":1: its text lies elsewhere, at file:/etc/passwd" + left, cas.XMI},
		{"no JSON", `{"%VIEWS":{}`, ":1: it is not JSON: it breaks off", cas.JSON},
		{"no CAS", `{"a":1}`, ":1: it has neither %FEATURE_STRUCTURES nor %VIEWS, and so is no CAS" + left, cas.JSON},
		{"no type", inJSON(`{"%ID":2}`), ":3: it has no %TYPE" + left, cas.JSON},
		{"no id", inJSON(`{"%TYPE":"a.B"}`), `:3: B: "%ID" is missing` + left, cas.JSON},
		{"no number", inJSON(`{"%ID":2,"%TYPE":"a.B","begin":"x","end":3}`), `:3: B: "begin" must be a whole number, and is a text` + left, cas.JSON},
		{"inside a character", `{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"😀"},{"%ID":2,"%TYPE":"a.B","@sofa":1,"begin":0,"end":3}]}`, ":1: B 2: offset 3 lies outside the text, which has 2 UTF-16 units" + left, cas.JSON},
		{"deep", `{"%FEATURE_STRUCTURES":` + strings.Repeat("[", 100_000), ":1: it is not JSON at byte 10022: invalid character '[' exceeded max depth", cas.JSON},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, test.format, test.content)
			require.Len(t, failed, 1)
			_, sentence, _ := strings.Cut(failed[0].Error(), "/file"+filepath.Ext(test.format.Patterns[0]))
			assert.Equal(t, test.sentence, sentence)
			assert.Empty(t, records)
		})
	}
}

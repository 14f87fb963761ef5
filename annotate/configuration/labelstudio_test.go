package configuration_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
)

func studio(t *testing.T, xml string) (*annotate.Scheme, []string) {
	t.Helper()
	s, remarks, err := configuration.ReadLabelStudio("news.xml", []byte(xml))
	require.NoError(t, err)
	var said []string
	for _, r := range remarks {
		said = append(said, r.String())
	}
	return s, said
}

func TestReadingALabellingConfiguration(t *testing.T) {
	s, remarks := studio(t, `<View>
  <Header value="Who says what?"/>
  <Header value="$headline"/>
  <Labels name="ner" toName="text">
    <Label value="Person" background="darkorange" hotkey="p" hint="A human being."/>
    <Label value="Money" alias="MON" hotkey="ctrl+m" background="#482"/>
  </Labels>
  <Relations><Relation value="pays" background="blue"/></Relations>
  <Text name="text" value="$text" granularity="word"/>
  <Choices name="tone" toName="text" required="true">
    <Choice value="Warm" selected="true"/>
    <Choice value="Cold" alias="c"/>
  </Choices>
  <Choices name="why" toName="text" choice="multiple" visibleWhen="choice-selected" whenTagName="tone" whenChoiceValue="Cold">
    <Choice value="Money"/><Choice value="Time"/>
  </Choices>
  <View visibleWhen="region-selected" whenLabelValue="Person">
    <Choices name="role" toName="text" perRegion="true"><Choice value="judge"/><Choice value="other"/></Choices>
    <TextArea name="name" toName="text" perRegion="true" placeholder="In full" visibleWhen="choice-selected" whenTagName="role" whenChoiceValue="other"/>
  </View>
  <Number name="sum" toName="text" perRegion="true" min="0" step="0.5" whenLabelValue="MON"/>
  <Number name="count" toName="text" min="1" max="9" defaultValue="2"/>
  <Rating name="worth" toName="text" maxRating="3"/>
  <DateTime name="day" toName="text" only="date"/>
  <Taxonomy name="topic" toName="text" leafsOnly="true">
    <Choice value="Sport"><Choice value="Ball"/><Choice value="Other"/></Choice>
    <Choice value="Politics"><Choice value="Other"/></Choice>
  </Taxonomy>
</View>`)
	assert.Equal(t, []string{
		`news.xml:6: key "ctrl+m" of MON is not one digit or letter`,
		"news.xml:27: the choice Other stands there twice; this one is called Politics/Other",
	}, remarks)
	warm, two := annotate.Text("Warm"), number(t, "2")
	zero, one, three, nine := 0.0, 1.0, 3.0, 9.0
	assert.Equal(t, &annotate.Scheme{
		Name: "news", Guideline: "Who says what?", Snap: annotate.TokenSnap,
		Spans: []annotate.SpanLabel{
			{Label: "Person", Key: "p", Color: "#ff8c00", Guideline: "A human being.", Attributes: []annotate.Attribute{
				{Name: "role", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "judge"}, {Name: "other"}}},
				{Name: "name", Kind: annotate.TextKind, Guideline: "In full", When: []annotate.Condition{{Attribute: "role", Is: []annotate.Value{annotate.Text("other")}}}},
			}},
			{Label: "MON", Color: "#448822", Guideline: "Money", Attributes: []annotate.Attribute{{Name: "sum", Kind: annotate.NumberKind, Min: &zero}}},
		},
		Relations: []annotate.RelationLabel{{Label: "pays", Color: "#0000ff", Roles: []annotate.Role{{Name: "head", Min: 1, Max: 1}, {Name: "tail", Min: 1, Max: 1}}}},
		Document: []annotate.Attribute{
			{Name: "tone", Kind: annotate.ChoiceKind, Required: true, Default: &warm, Values: []annotate.Choice{{Name: "Warm"}, {Name: "c", Title: "Cold"}}},
			{
				Name: "why", Kind: annotate.SeveralKind, Values: []annotate.Choice{{Name: "Money"}, {Name: "Time"}},
				When: []annotate.Condition{{Attribute: "tone", Is: []annotate.Value{annotate.Text("c")}}},
			},
			{Name: "count", Kind: annotate.IntegerKind, Min: &one, Max: &nine, Default: &two},
			{Name: "worth", Kind: annotate.IntegerKind, Min: &one, Max: &three},
			{Name: "day", Kind: annotate.DateKind},
			{Name: "topic", Kind: annotate.SeveralKind, Values: []annotate.Choice{
				{Name: "Sport", Heading: true, Values: []annotate.Choice{{Name: "Ball"}, {Name: "Other"}}},
				{Name: "Politics", Heading: true, Values: []annotate.Choice{{Name: "Politics/Other"}}},
			}},
		},
	}, s)
}

func number(t *testing.T, digits string) annotate.Value {
	t.Helper()
	v, ok := annotate.Number(digits)
	require.True(t, ok)
	return v
}

func TestWhatALabellingConfigurationSaysThatASchemeCannot(t *testing.T) {
	const labels = `<Labels name="l" toName="t"><Label value="A"/><Label value="B" hotkey="1"/></Labels>`
	for _, test := range []struct{ name, xml, says string }{
		{"a picture", `<Image name="i" value="$i"/>`, "<Image> is not about text, and was left out"},
		{"an unknown tag", `<Pairwise name="p"/>`, "<Pairwise> has no place in a scheme, and was left out"},
		{"several labels at once", `<Labels name="m" toName="t" choice="multiple"><Label value="C"/></Labels>`, `a region of "m" may have several labels at once; here each is a span of its own`},
		{"a label twice", `<Labels name="m" toName="t"><Label value="A"/></Labels>`, "label A stands there twice; the first was kept"},
		{"a label without a name", `<Labels name="m" toName="t"><Label/></Labels>`, "a label without a value was left out"},
		{"a key twice", `<Labels name="m" toName="t"><Label value="C" hotkey="1"/></Labels>`, "key 1 of C is that of B already"},
		{"labels of the task", `<Labels name="m" toName="t" value="$x"/>`, "labels that come with each task are not known here"},
		{"no colour", `<Labels name="m" toName="t"><Label value="C" background="bright"/></Labels>`, `"bright" is no colour`},
		{"choices of the task", `<Choices name="c" toName="t" value="$x"/>`, "the choices of c come with each task and are not known here; any text is allowed"},
		{"a question without a name", `<Number toName="t"/>`, "<Number> has no name and is called number"},
		{"a name twice", `<Number name="n"/><Rating name="n"/>`, "the name n stands there twice; the first was kept"},
		{"an unknown label", `<Number name="n" perRegion="true" whenLabelValue="A,X"/>`, `n is asked of label "X", which there is not`},
		{"no label at all", `<Number name="n" perRegion="true" whenLabelValue="X"/>`, "n is asked of regions, and of no label that there is; it was left out"},
		{"not while chosen", `<Number name="n" visibleWhen="choice-unselected" whenTagName="m"/>`, "n is shown when choice-unselected, which a scheme cannot say; here it is shown always"},
		{"a choice that is none", `<Choices name="c"><Choice value="x"/></Choices><Number name="n" visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="y"/>`, `n depends on c being "y", which it never is; here it is shown always`},
		{"a region's choice for the document", `<Choices name="c" perRegion="true"><Choice value="x"/></Choices><Number name="n" visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="x"/>`, "n depends on c, which is asked later or of something else; here it is shown always"},
		{"a range upside down", `<Number name="n" min="3" max="1"/>`, "n is at least 3 and at most 1; it may be any number"},
		{"a bound that is no number", `<Number name="n" min="few"/>`, `min is no number: "few"`},
		{"a time of day", `<DateTime name="d" only="date,time"/>`, "d has a time of day there, and a date alone here"},
		{"several texts", `<TextArea name="x" maxSubmissions="3"/>`, "x takes up to 3 texts there, and one here"},
		{"two documents", `<Text name="u" value="$u"/>`, "a task has several texts, and a document has one; they would be several documents"},
		{"snapping to sentences", `<HyperText name="u" value="$u" granularity="sentence"/>`, "a selection cannot snap to sentence, only to tokens and characters"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, remarks := studio(t, "<View>\n"+labels+"<Text name=\"t\" value=\"$t\"/>\n"+test.xml+"\n</View>")
			assert.Contains(t, remarks, "news.xml:3: "+test.says)
		})
	}
}

func TestWhatIsNoLabellingConfiguration(t *testing.T) {
	for name, test := range map[string]struct{ xml, says string }{
		"empty":           {"", "news.xml: it has no labels, relations or questions about a text"},
		"no XML":          {"<View>\n<Labels", "news.xml:2: it is no proper XML: unexpected EOF"},
		"an entity bomb":  {"<!DOCTYPE v [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>\n<View/>", "news.xml:1: it has a document type definition, which a labelling configuration has no use for"},
		"an outer entity": {"<View>\n<Header value=\"&x;\"/></View>", "news.xml:2: it is no proper XML: invalid character entity &x;"},
		"deep":            {strings.Repeat("<View>", 100), "news.xml:1: more than 64 tags lie in each other"},
		"Latin-1":         {"<View><Label value=\"\xc4\"/></View>", "news.xml:1: it is no proper XML: invalid UTF-8"},
		"10 MB":           {strings.Repeat(" ", 10<<20), "news.xml: it has more than 2 MB, which no labelling configuration has"},
		"another medium":  {"<View><Image name=\"i\"/></View>", "news.xml: it has no labels, relations or questions about a text"},
	} {
		_, _, err := configuration.ReadLabelStudio("news.xml", []byte(test.xml))
		assert.EqualError(t, err, test.says, name)
	}
}

func conformance() string {
	if path := os.Getenv("SPANWRIGHT_CONFORMANCE"); path != "" {
		return path
	}
	return "../../../shared/conformance"
}

// TestRealLabellingConfigurations has the counts of each file's tags.
func TestRealLabellingConfigurations(t *testing.T) {
	if _, err := os.Stat(conformance()); err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	type tally struct{ labels, questions, document, remarks int }
	for file, want := range map[string]tally{
		"label-studio-frontend/named_entity/config.xml":               {labels: 11},
		"label-studio-frontend/phrases/config.xml":                    {labels: 2},
		"label-studio-frontend/nested_choices/config.xml":             {document: 2, remarks: 1},
		"label-studio-frontend/nested_choices/config-complicated.xml": {labels: 11, questions: 2 + 1 + 11, document: 1, remarks: 1},
	} {
		s, remarks, err := configuration.Read(filepath.Join(conformance(), file))
		require.NoError(t, err, file)
		got := tally{labels: len(s.Spans), document: len(s.Document), remarks: len(remarks)}
		for _, l := range s.Spans {
			got.questions += len(l.Attributes)
		}
		assert.Equal(t, want, got, "%s %v", file, remarks)
	}
	_, _, err := configuration.Read(filepath.Join(conformance(), "label-studio-sdk/test_export_json_min/label_config.xml"))
	assert.ErrorContains(t, err, "it has no labels, relations or questions about a text", "its labels are of images")
}

func TestTellingWhatAFileIs(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"annotation.conf": "[entities]\nA\n", "visual.conf": "[labels]\n", "theirs.txt": "# of brat\n[entities]\nA\nB\n",
		"a.xml": `<View><Labels name="l"><Label value="A"/></Labels></View>`, "b.txt": "\ufeff <View><Labels name=\"l\"><Label value=\"A\"/></Labels></View>",
		"ours.yaml": "name: ours\nspans: [{label: A, abstract: true, key: w}]\n", "broken.yaml": "name: ours\nspans:\n  - {label: A, key: ab}\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	for name, labels := range map[string]int{".": 1, "annotation.conf": 1, "theirs.txt": 2, "a.xml": 1, "b.txt": 1, "ours.yaml": 1} {
		s, _, err := configuration.Read(filepath.Join(folder, name))
		require.NoError(t, err, name)
		assert.Len(t, s.Spans, labels, name)
		require.NoError(t, s.Check())
	}
	_, remarks, err := configuration.Read(filepath.Join(folder, "ours.yaml"))
	require.NoError(t, err)
	require.Len(t, remarks, 1)
	assert.Equal(t, filepath.Join(folder, "ours.yaml")+":2: label A is abstract, so its key does nothing", remarks[0].String())
	for name, says := range map[string]string{
		"broken.yaml": ":3:", "visual.conf": "this only accompanies an annotation.conf; name that one", "nothing": "there is no such file",
	} {
		_, _, err := configuration.Read(filepath.Join(folder, name))
		assert.ErrorContains(t, err, says, name)
	}
}

func FuzzLabellingConfigurations(f *testing.F) {
	f.Add(`<View><Labels name="l"><Label value="A" alias="b" background="red" hotkey="1"/></Labels><Choices name="c" perRegion="true"><Choice value="x" selected="true"><Choice value="x"/></Choice></Choices><Number name="n" perRegion="true" visibleWhen="choice-selected" whenTagName="c"/></View>`)
	f.Add(`<View whenLabelValue="A"><Taxonomy name="t" leafsOnly="true" maxUsages="1"><Choice value="a"><Choice value="b" selected="true"/></Choice></Taxonomy><Rating maxRating="0.5" defaultValue="9"/><Relations><Relation value="r"/></Relations></View>`)
	f.Fuzz(func(t *testing.T, xml string) {
		s, _, err := configuration.ReadLabelStudio("config.xml", []byte(xml))
		if err != nil {
			assert.Nil(t, s)
			return
		}
		require.NoError(t, s.Check())
	})
}

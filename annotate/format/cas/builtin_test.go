package cas_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/cas"
)

// builtinLabels are labels that DKPro has a type for, with an attribute that the type has.
var builtinLabels = []struct{ label, attribute string }{
	{"NamedEntity", "value"},
	{"POS", "PosValue"},
	{"Lemma", "value"},
	{"MorphologicalFeatures", "case"},
	{"Chunk", "chunkValue"},
	{"SemArg", ""},
	{"SemPred", "category"},
	{"CoreferenceLink", "referenceRelation"},
	{"Token", ""},
	{"Dependency", "flavor"},
	{"Claim", "x"},
}

// TestLabelsOfDKProComeBack draws spans and relations that are called like types of DKPro, with and without
// what these can say.
func TestLabelsOfDKProComeBack(t *testing.T) {
	for _, f := range []*dataset.Format{cas.XMI, cas.JSON} {
		t.Run(f.Name, func(t *testing.T) {
			folder := t.TempDir()
			rapid.Check(t, func(rt *rapid.T) {
				r := &dataset.Record{Document: annotate.NewDocument("a.txt", "Mona said so. Ben left."), Annotator: "asha"}
				places := []annotate.Fragment{{Start: 0, End: 4}, {Start: 5, End: 9}, {Start: 10, End: 12}, {Start: 14, End: 17}, {Start: 0, End: 9}}
				for range rapid.IntRange(0, 8).Draw(rt, "spans") {
					how := rapid.SampledFrom(builtinLabels).Draw(rt, "label")
					r.Spans = append(r.Spans, &annotate.Span{
						ID: annotate.NewID(), Document: r.Document.ID, Annotator: "asha", Label: how.label, Attributes: drawn(rt, how.attribute),
						Fragments: []annotate.Fragment{rapid.SampledFrom(places).Draw(rt, "place")}, Note: rapid.SampledFrom([]string{"", "", "", "why?"}).Draw(rt, "note"),
					})
				}
				for range rapid.IntRange(0, 6).Draw(rt, "relations") {
					if x := related(rt, r); x != nil {
						r.Relations = append(r.Relations, x)
					}
				}
				again := datasettest.Rewrite(rt, f, filepath.Join(folder, "file"), []*dataset.Record{r})
				require.Equal(rt, datasettest.Statements(f, []*dataset.Record{r}), datasettest.Statements(f, again))
			})
		})
	}
}

// drawn draws the values of an attribute, and of one that no type has.
func drawn(t *rapid.T, attribute string) map[string]annotate.Value {
	number, _ := annotate.Number("7")
	values := map[string]annotate.Value{}
	for _, name := range []string{attribute, "other"} {
		v := rapid.SampledFrom([]annotate.Value{annotate.Text("a"), annotate.Text(""), number, annotate.Bool(true), annotate.Choices("a", "b")}).Draw(t, "value")
		if name != "" && rapid.IntRange(0, 3).Draw(t, "has") == 0 {
			values[name] = v
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values
}

func related(t *rapid.T, r *dataset.Record) *annotate.Relation {
	if len(r.Spans) == 0 {
		return nil
	}
	how := rapid.SampledFrom(builtinLabels).Draw(t, "relation")
	roles := rapid.SampledFrom([][]string{{"head", "tail"}, {"head", "tail"}, {"trigger", "A0"}, {"trigger", "A0", "A1"}}).Draw(t, "roles")
	x := &annotate.Relation{ID: annotate.NewID(), Document: r.Document.ID, Annotator: "asha", Label: how.label}
	if roles[0] == "head" {
		x.Attributes = drawn(t, how.attribute)
	}
	for _, role := range roles {
		x.Arguments = append(x.Arguments, annotate.Argument{Role: role, Span: rapid.SampledFrom(r.Spans).Draw(t, "argument").ID})
	}
	if x.Check() != nil {
		return nil
	}
	return x
}

// written returns a file of a format with one record.
func written(t *testing.T, f *dataset.Format, options dataset.Options, r *dataset.Record) string {
	t.Helper()
	folder := t.TempDir()
	_, err := f.WriteFolder(t.Context(), folder, datasettest.Sequence(r), options)
	require.NoError(t, err)
	raw, err := os.ReadFile(filepath.Join(folder, "a"+filepath.Ext(f.Patterns[0])))
	require.NoError(t, err)
	return string(raw)
}

func TestWritingTheTypesOfDKPro(t *testing.T) {
	r := &dataset.Record{Document: annotate.NewDocument("a.txt", "Mona said so."), Annotator: "asha"}
	span := func(id, label string, start, end int, values ...string) {
		s := &annotate.Span{ID: annotate.ID(id), Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
		for i := 0; i < len(values); i += 2 {
			s.Attributes = map[string]annotate.Value{values[i]: annotate.Text(values[i+1])}
		}
		r.Spans = append(r.Spans, s)
	}
	relation := func(label, role1, id1, role2, id2 string) {
		r.Relations = append(r.Relations, &annotate.Relation{Label: label, Arguments: []annotate.Argument{
			{Role: role1, Span: annotate.ID(id1)}, {Role: role2, Span: annotate.ID(id2)},
		}})
	}
	span("a", "NamedEntity", 0, 4, "value", "PER")
	span("b", "Token", 0, 4)
	span("c", "Token", 5, 9)
	span("d", "POS", 5, 9, "PosValue", "VBD")
	span("e", "SemPred", 5, 9, "category", "say.01")
	span("f", "SemArg", 0, 4)
	span("g", "CoreferenceLink", 0, 4)
	span("h", "CoreferenceLink", 10, 12)
	relation("Dependency", "head", "c", "tail", "b")
	relation("SemPred", "trigger", "e", "A0", "f")
	relation("CoreferenceLink", "head", "g", "tail", "h")
	xmi := written(t, cas.XMI, dataset.Options{}, r)
	for _, line := range []string{
		// Ids in the order in which structures are written: 1 is the text, 2 and 3 are about the document.
		`<type2:Sentence xmi:id="4" sofa="1" begin="0" end="13"/>`,
		`<type2:Token xmi:id="5" sofa="1" begin="0" end="4"/>`,
		`<type2:Token xmi:id="6" sofa="1" begin="5" end="9" pos="10"/>`,
		`<type3:NamedEntity xmi:id="9" sofa="1" begin="0" end="4" value="PER"/>`,
		`<pos:POS xmi:id="10" sofa="1" begin="5" end="9" PosValue="VBD"/>`,
		`<type4:SemPred xmi:id="11" sofa="1" begin="5" end="9" category="say.01" arguments="15"/>`,
		`<type4:SemArg xmi:id="12" sofa="1" begin="0" end="4"/>`,
		`<type5:CoreferenceLink xmi:id="13" sofa="1" begin="0" end="4" next="14"/>`,
		`<type5:CoreferenceLink xmi:id="14" sofa="1" begin="10" end="12"/>`,
		`<type4:SemArgLink xmi:id="15" role="A0" target="12"/>`,
		`<type5:CoreferenceChain xmi:id="16" sofa="1" first="13"/>`,
		`<dependency:Dependency xmi:id="17" sofa="1" begin="0" end="4" Governor="6" Dependent="5"/>`,
	} {
		assert.Contains(t, xmi, line)
	}

	scheme, problems := annotate.ReadScheme([]byte("name: s\nspans:\n  - label: NamedEntity\n    attributes:\n      - name: sure\n        kind: boolean\n"))
	require.Empty(t, problems)
	r.Relations, r.Spans = nil, r.Spans[:1]
	assert.Contains(t, written(t, cas.XMI, dataset.Options{Scheme: scheme}, r), "<custom:NamedEntity ", "a layer of one's own, since that of DKPro has no place for what the scheme asks")
}

// TestTheTypesOfDKProAreAsINCEpTIONHasThem looks for each type that is written, with its features, in
// a type system that INCEpTION exported.
func TestTheTypesOfDKProAreAsINCEpTIONHasThem(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(datasettest.Conformance(t), "dkpro-cassis/typesystems/inception_typesystem.xml"))
	require.NoError(t, err)
	theirs, err := dataset.ReadElement(strings.NewReader(string(raw)))
	require.NoError(t, err)
	ranges := map[string]string{}
	for _, of := range theirs.Find("types").All("typeDescription") {
		name := of.TextOf("name")
		ranges[name] = of.TextOf("supertypeName")
		if features := of.Find("features"); features != nil {
			for _, f := range features.All("featureDescription") {
				ranges[name+":"+f.TextOf("name")] = f.TextOf("rangeTypeName") + " " + f.TextOf("elementType")
			}
		}
	}
	folder := t.TempDir()
	r := &dataset.Record{Document: annotate.NewDocument("a.txt", "Mona said so."), Annotator: "asha"}
	for _, l := range builtinLabels {
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.ID(l.label), Label: l.label, Fragments: []annotate.Fragment{{Start: 0, End: 4}}})
	}
	argument := func(role, id string) annotate.Argument { return annotate.Argument{Role: role, Span: annotate.ID(id)} }
	r.Relations = []*annotate.Relation{
		{Label: "SemPred", Arguments: []annotate.Argument{argument("trigger", "SemPred"), argument("A0", "SemArg")}},
		{Label: "Dependency", Arguments: []annotate.Argument{argument("head", "Token"), argument("tail", "Token")}},
	}
	_, err = cas.XMI.WriteFolder(t.Context(), folder, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	raw, err = os.ReadFile(filepath.Join(folder, "TypeSystem.xml"))
	require.NoError(t, err)
	ours, err := dataset.ReadElement(strings.NewReader(string(raw)))
	require.NoError(t, err)
	compared := 0
	for _, of := range ours.Find("types").All("typeDescription") {
		name := of.TextOf("name")
		if !strings.HasPrefix(name, "de.tudarmstadt.") {
			continue
		}
		compared++
		assert.Equal(t, ranges[name], of.TextOf("supertypeName"), name)
		for _, f := range of.Find("features").All("featureDescription") {
			assert.Equal(t, ranges[name+":"+f.TextOf("name")], f.TextOf("rangeTypeName")+" "+f.TextOf("elementType"), "%s:%s", name, f.TextOf("name"))
		}
	}
	assert.Equal(t, 14, compared)
}

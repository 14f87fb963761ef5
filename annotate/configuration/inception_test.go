package configuration_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset/datasettest"
)

// exported returns a project of INCEpTION with that description.
func exported(t *testing.T, description string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "project.zip")
	f, err := os.Create(path)
	require.NoError(t, err)
	z := zip.NewWriter(f)
	w, err := z.Create("exportedproject1.json")
	require.NoError(t, err)
	_, err = w.Write([]byte(description))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, f.Close())
	return path
}

func TestLayersOfINCEpTIONAreAScheme(t *testing.T) {
	path := exported(t, `{"name":"Claims","layers":[
{"name":"webanno.custom.By","uiName":"By","type":"relation","enabled":true,"attach_type":{"name":"webanno.custom.Claim"},"features":[{"name":"way","type":"uima.cas.String","enabled":true}]},
{"name":"webanno.custom.Claim","uiName":"Claim","type":"span","description":"What is claimed.","enabled":true,"features":[
 {"name":"kind","type":"uima.cas.String","enabled":true,"required":true,"tag_set":{"create_tag":true,"tags":[{"tag_name":"fact","tag_description":"It can be checked."},{"tag_name":"view"}]}},
 {"name":"sure","type":"uima.cas.Boolean","enabled":true},{"name":"n","type":"uima.cas.Integer","enabled":true},{"name":"off","type":"uima.cas.String","enabled":false},
 {"name":"who","type":"uima.tcas.Annotation","enabled":true,"link_mode":"WITH_ROLE","tag_set":{"tags":[{"tag_name":"source"},{"tag_name":"cue"}]}},
 {"name":"odd","type":"uima.cas.ByteArray","enabled":true}]},
{"name":"webanno.custom.Same","uiName":"Same","type":"chain","enabled":true,"features":[{"name":"referenceRelation","type":"uima.cas.String","enabled":true},{"name":"referenceType","type":"uima.cas.String","enabled":true}]},
{"name":"webanno.custom.Meta","uiName":"Meta","type":"document-metadata","enabled":true,"features":[{"name":"topic","type":"uima.cas.StringArray","enabled":true,"tag_set":{"tags":[{"tag_name":"art"}]}}]},
{"name":"webanno.custom.Off","uiName":"Off","type":"span","enabled":false},
{"name":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","uiName":"Token","type":"span","enabled":true}]}`)
	s, remarks, err := configuration.Read(path)
	require.NoError(t, err)
	assert.Equal(t, "Claims", s.Name)
	require.Len(t, s.Spans, 2)
	assert.Equal(t, []annotate.Attribute{
		{Name: "kind", Kind: annotate.ChoiceKind, Required: true, Values: []annotate.Choice{{Name: "fact", Guideline: "It can be checked."}, {Name: "view"}}},
		{Name: "sure", Kind: annotate.BooleanKind},
		{Name: "n", Kind: annotate.IntegerKind},
	}, s.Spans[0].Attributes)
	assert.Equal(t, "What is claimed.", s.Spans[0].Guideline)
	assert.Equal(t, "SameLink", s.Spans[1].Label)
	require.Len(t, s.Relations, 3)
	assert.Equal(t, []annotate.Role{{Name: "trigger", Labels: []string{"Claim"}, Min: 1, Max: 1}, {Name: "source"}, {Name: "cue"}}, s.Relation("Claim").Roles)
	assert.Equal(t, []annotate.Role{{Name: "head", Labels: []string{"Claim"}, Min: 1, Max: 1}, {Name: "tail", Labels: []string{"Claim"}, Min: 1, Max: 1}}, s.Relation("By").Roles)
	assert.Equal(t, []annotate.Attribute{{Name: "referenceRelation", Kind: annotate.TextKind}}, s.Relation("SameLink").Attributes)
	assert.Equal(t, []annotate.Attribute{{Name: "topic", Kind: annotate.SeveralKind, Values: []annotate.Choice{{Name: "art"}}}}, s.Document)
	var said []string
	for _, r := range remarks {
		said = append(said, r.Sentence)
	}
	assert.Equal(t, []string{
		"the tagset of feature kind of layer Claim grows with use; what is not in it breaks the scheme",
		"feature odd of layer Claim is uima.cas.ByteArray, which no attribute can be, and was left out",
	}, said)
}

// TestLayersOfARealProject has counts made by hand in its description: ten layers of spans
// without tokens, one of them a chain, one relation, one layer with slots.
func TestLayersOfARealProject(t *testing.T) {
	path := filepath.Join(datasettest.Conformance(t), "inception-project-export/Export+Test+-+Curated+annotation+project_3_6_1.zip")
	s, _, err := configuration.Read(path)
	require.NoError(t, err)
	assert.Len(t, s.Spans, 10)
	assert.Len(t, s.Relations, 3)
	assert.NotNil(t, s.Span("NamedEntity").Attributes[0].Choice("PER"))
}

func TestWhatIsNoProjectOfINCEpTION(t *testing.T) {
	for content, sentence := range map[string]string{
		`[]`: "its exportedproject1.json is not of the shape that INCEpTION gives it", `{"layers":[]}`: "it has no layer that is in use",
	} {
		_, _, err := configuration.Read(exported(t, content))
		require.Error(t, err)
		assert.Contains(t, err.Error(), sentence)
	}
}

package configuration_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/labelstudio"
)

// written returns the labelling configuration that is written beside records of a scheme.
func written(t *testing.T, s *annotate.Scheme, records ...*dataset.Record) string {
	t.Helper()
	var beside bytes.Buffer
	_, err := labelstudio.Format.WriteFile(t.Context(), io.Discard, datasettest.Sequence(records...), dataset.Options{Scheme: s, Beside: &beside})
	require.NoError(t, err)
	return beside.String()
}

// TestASchemeComesBackFromItsLabellingConfiguration has a scheme of everything that a labelling
// configuration can say.
func TestASchemeComesBackFromItsLabellingConfiguration(t *testing.T) {
	warm, yes, two, some := annotate.Text("Warm"), annotate.Bool(true), number(t, "2"), annotate.Choices("Time")
	zero, one, nine := 0.0, 1.0, 9.0
	role := annotate.Attribute{Name: "role", Kind: annotate.ChoiceKind, Guideline: `In "full" <now>`, Values: []annotate.Choice{{Name: "judge", Guideline: "Sits."}, {Name: "other"}}}
	named := annotate.Attribute{Name: "name", Kind: annotate.TextKind, When: []annotate.Condition{{Attribute: "role", Is: []annotate.Value{annotate.Text("other")}}}}
	said := annotate.Attribute{Name: "said", Kind: annotate.BooleanKind, Default: &yes}
	how := annotate.Attribute{Name: "how", Kind: annotate.TextKind, When: []annotate.Condition{{Attribute: "said", Is: []annotate.Value{annotate.Bool(false)}}}}
	two2 := []annotate.Role{{Name: annotate.Head, Min: 1, Max: 1}, {Name: annotate.Tail, Min: 1, Max: 1}}
	s := &annotate.Scheme{
		Name: "news", Snap: annotate.TokenSnap,
		Spans: []annotate.SpanLabel{
			{Label: "Person", Key: "p", Color: "#ff8c00", Guideline: "A human being.", Attributes: []annotate.Attribute{role, named}},
			{Label: "Firm & Co", Key: "2", Color: "#448822", Attributes: []annotate.Attribute{role, named, said, how}},
			{Label: "Sum", Color: "#0000ff", Attributes: []annotate.Attribute{
				{Name: "text", Kind: annotate.NumberKind, Min: &zero}, // the name that the text has
				{Name: "tone", Kind: annotate.TextKind},               // and one that the document has
			}},
		},
		Relations: []annotate.RelationLabel{{Label: "pays", Color: "#102030", Roles: two2}, {Label: "owes", Color: "#302010", Roles: two2}},
		Document: []annotate.Attribute{
			{Name: "tone", Kind: annotate.ChoiceKind, Required: true, Default: &warm, Values: []annotate.Choice{{Name: "Warm"}, {Name: "c", Title: "Cold"}}},
			{
				Name: "why", Kind: annotate.SeveralKind, Default: &some, Values: []annotate.Choice{{Name: "Money"}, {Name: "Time"}},
				When: []annotate.Condition{{Attribute: "tone", Is: []annotate.Value{annotate.Text("c")}}},
			},
			{Name: "count", Kind: annotate.IntegerKind, Min: &one, Max: &nine, Default: &two},
			{Name: "day", Kind: annotate.DateKind},
			{Name: "topic", Kind: annotate.SeveralKind, Values: []annotate.Choice{
				{Name: "Sport", Heading: true, Values: []annotate.Choice{{Name: "Ball"}}}, {Name: "Politics"},
			}},
			{Name: "place", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "Here", Values: []annotate.Choice{{Name: "Inside"}}}}},
		},
	}
	require.NoError(t, s.Check())
	xml := written(t, s)
	again, remarks, err := configuration.ReadLabelStudio("news.xml", []byte(xml))
	require.NoError(t, err, xml)
	assert.Empty(t, remarks, xml)
	assert.Equal(t, s, again, xml)
}

// TestAnnotationsHaveTheirControls has what a scheme lacks, and one attribute of two kinds.
func TestAnnotationsHaveTheirControls(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Labels: map[string]annotate.Value{"tone": annotate.Text("free")}}}
	for _, label := range []string{"P", "Q", "Any"} {
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: 0, End: 4}}, Attributes: map[string]annotate.Value{
			"who": annotate.Text("man"), "sure": annotate.Bool(true),
		}})
	}
	r.Relations = []*annotate.Relation{{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "by", Arguments: []annotate.Argument{
		{Role: annotate.Head, Span: r.Spans[1].ID}, {Role: annotate.Tail, Span: r.Spans[0].ID},
	}}}
	s := &annotate.Scheme{
		Spans:    []annotate.SpanLabel{{Label: "Any", Abstract: true}, {Label: "P", Attributes: []annotate.Attribute{{Name: "who", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "woman"}}}}}},
		Document: []annotate.Attribute{{Name: "tone", Kind: annotate.IntegerKind}},
	}
	again, remarks, err := configuration.ReadLabelStudio("news.xml", []byte(written(t, s, r)))
	require.NoError(t, err)
	require.Len(t, remarks, 1)
	assert.Contains(t, remarks[0].String(), "the attribute tone is asked for twice; the first was kept")
	kinds := map[string]annotate.AttributeKind{}
	for _, l := range again.Spans {
		for _, a := range l.Attributes {
			kinds[l.Label+" "+a.Name] = a.Kind
		}
	}
	assert.Equal(t, map[string]annotate.AttributeKind{
		"P who": annotate.ChoiceKind, "Q who": annotate.TextKind, "P sure": annotate.BooleanKind, "Q sure": annotate.BooleanKind,
		"Any who": annotate.TextKind, "Any sure": annotate.BooleanKind,
	}, kinds)
	assert.Equal(t, []annotate.Choice{{Name: "woman"}, {Name: "man"}}, again.Spans[0].Attributes[0].Values)
	assert.NotNil(t, again.Relation("by"))
}

func TestWhatASchemeSaysThatALabellingConfigurationCannot(t *testing.T) {
	s := &annotate.Scheme{
		Spans: []annotate.SpanLabel{
			{Label: "Any", Abstract: true}, {Label: "Person", Parent: "Any", Contiguous: true, Attributes: []annotate.Attribute{
				{Name: "who", Kind: annotate.ConceptKind}, {Name: "id", Kind: annotate.TextKind, Pattern: "Q[0-9]+"}, {Name: "voice", Kind: annotate.ChoiceKind, Derive: annotate.QuotationDerivation},
			}},
		},
		Relations: []annotate.RelationLabel{
			{Label: "plain", Roles: []annotate.Role{{Name: annotate.Head}, {Name: annotate.Tail}}},
			{Label: "bound", Roles: []annotate.Role{{Name: annotate.Head, Labels: []string{"Person"}}, {Name: annotate.Tail}}, Attributes: []annotate.Attribute{{Name: "x"}}},
			{Label: "three", Roles: []annotate.Role{{Name: "source"}, {Name: "cue"}, {Name: "content"}}},
		},
		Records: []annotate.RecordLabel{{Label: "r"}}, Rules: []annotate.Rule{{}, {}}, Flags: []annotate.Flag{{Name: "discuss"}},
	}
	losses, err := labelstudio.WriteScheme(io.Discard, s)
	require.NoError(t, err)
	assert.Equal(t, dataset.Losses{
		{What: "a label that others are derived from, whose attributes they have instead", Count: 1},
		{What: "a label that forbids gaps, which nothing has there", Count: 1},
		{What: "an attribute that is a concept, which is a text there", Count: 1},
		{What: "a pattern that a text must have", Count: 1},
		{What: "a value that is read from the text", Count: 1},
		{What: "a relation of other roles than head and tail, which leads from one region to another there", Count: 2},
		{What: "an attribute of a relation", Count: 1},
		{What: "a record", Count: 1},
		{What: "a rule", Count: 2},
		{What: "a flag", Count: 1},
	}, losses)
}

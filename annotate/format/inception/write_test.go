package inception_test

import (
	"archive/zip"
	"bytes"
	stdjson "encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
)

// record returns what somebody made of a document: a claim over its first word.
func record(name, annotator string, status annotate.Status) *dataset.Record {
	d := annotate.NewDocument(name, "Mona said so. Ben left.  \n")
	d.ID = annotate.ID(name)
	r := &dataset.Record{Document: d, Annotator: annotator}
	if annotator == "" {
		d.SetMeta("topic", "art")
		return r
	}
	r.Assessment = &annotate.Assessment{Document: d.ID, Annotator: annotator, Status: status}
	r.Spans = []*annotate.Span{{ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 4}}}}
	return r
}

// project returns the members of a project with records, by name, and in order.
func project(t *testing.T, options dataset.Options, records ...*dataset.Record) (content map[string]string, names []string, file string) {
	t.Helper()
	var b bytes.Buffer
	_, err := format.WriteFile(t.Context(), &b, datasettest.Sequence(records...), options)
	require.NoError(t, err)
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	content = map[string]string{}
	for _, m := range z.File {
		r, err := m.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(r)
		require.NoError(t, err)
		content[m.Name] = string(raw)
		names = append(names, m.Name)
	}
	return content, names, b.String()
}

var everybody = []*dataset.Record{
	record("news/a.txt", annotate.AdjudicatedLayer, annotate.Done),
	record("news/a.txt", "asha", annotate.Done),
	record("news/a.txt", "ben", annotate.InProgress),
	record("news_a.txt", "asha", annotate.Done),
	record("news_a.txt", "x/y", annotate.Done),
	record("c", "CURATION_USER", annotate.InProgress),
	record("c", annotate.AdjudicatedLayer, annotate.InProgress),
	record("d.txt", "", annotate.New),
	record("e.txt", "asha", annotate.InProgress),
	record("e.txt", "ben", annotate.Done),
}

func TestWhatAProjectHolds(t *testing.T) {
	content, names, file := project(t, dataset.Options{}, everybody...)
	assert.Equal(t, []string{
		"source/news_a.txt", "annotation_ser/news_a.txt/INITIAL_CAS.ser",
		"curation/news_a.txt/CURATION_USER.json", "curation_ser/news_a.txt/CURATION_USER.ser",
		"annotation/news_a.txt/asha.json", "annotation_ser/news_a.txt/asha.ser", "annotation/news_a.txt/ben.json", "annotation_ser/news_a.txt/ben.ser",
		"source/news_a (2).txt", "annotation_ser/news_a (2).txt/INITIAL_CAS.ser",
		"annotation/news_a (2).txt/asha.json", "annotation_ser/news_a (2).txt/asha.ser", "annotation/news_a (2).txt/x_y.json", "annotation_ser/news_a (2).txt/x_y.ser",
		"source/c.txt", "annotation_ser/c.txt/INITIAL_CAS.ser",
		"annotation/c.txt/CURATION_USER (2).json", "annotation_ser/c.txt/CURATION_USER (2).ser", "curation/c.txt/CURATION_USER.json", "curation_ser/c.txt/CURATION_USER.ser",
		"source/d.txt", "annotation/d.txt/INITIAL_CAS.json", "annotation_ser/d.txt/INITIAL_CAS.ser",
		"source/e.txt", "annotation_ser/e.txt/INITIAL_CAS.ser", "annotation/e.txt/asha.json", "annotation_ser/e.txt/asha.ser", "annotation/e.txt/ben.json", "annotation_ser/e.txt/ben.ser",
		"exportedproject.json",
	}, names)
	assert.Equal(t, everybody[0].Document.Text, content["source/news_a.txt"])
	var said struct {
		Sources     []map[string]string `json:"source_documents"`
		Annotations []map[string]string `json:"annotation_documents"`
		Permissions []map[string]string `json:"project_permissions"`
	}
	require.NoError(t, stdjson.Unmarshal([]byte(content["exportedproject.json"]), &said))
	var states []string
	for _, d := range said.Sources {
		states = append(states, d["name"]+" "+d["state"])
	}
	assert.Equal(t, []string{"news_a.txt CURATION_FINISHED", "news_a (2).txt ANNOTATION_FINISHED", "c.txt CURATION_IN_PROGRESS", "d.txt NEW", "e.txt ANNOTATION_IN_PROGRESS"}, states)
	states = nil
	for _, a := range said.Annotations {
		states = append(states, a["name"]+" "+a["user"]+" "+a["state"])
	}
	assert.Equal(t, []string{
		"news_a.txt asha FINISHED", "news_a.txt ben IN_PROGRESS", "news_a (2).txt asha FINISHED", "news_a (2).txt x_y FINISHED",
		"c.txt CURATION_USER (2) IN_PROGRESS", "e.txt asha IN_PROGRESS", "e.txt ben FINISHED",
	}, states)
	var users []string
	for _, p := range said.Permissions {
		users = append(users, p["level"]+" "+p["user"])
	}
	assert.Equal(t, []string{"USER CURATION_USER (2)", "USER asha", "USER ben", "USER x_y"}, users)

	again, failed := datasettest.ReadString(t, format, file)
	require.Empty(t, failed)
	assert.Equal(t, datasettest.Statements(format, everybody), datasettest.Statements(format, again))
}

// TestJavaKeepsTheSame reads a project of which only what INCEpTION reads back is left.
func TestJavaKeepsTheSame(t *testing.T) {
	content, names, _ := project(t, dataset.Options{}, everybody...)
	var members []string
	for _, name := range names {
		if !strings.HasPrefix(name, "annotation/") && !strings.HasPrefix(name, "curation/") && !strings.HasPrefix(name, "source/") {
			members = append(members, name, content[name])
		}
	}
	again, failed := datasettest.ReadString(t, format, packed(t, members...))
	require.Empty(t, failed)
	assert.Equal(t, datasettest.Statements(format, everybody), datasettest.Statements(format, again))
}

// keys returns the keys of objects in JSON, by the path that leads to them.
func keys(v any, at string, found map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			found[at+"."+key] = true
			keys(inner, at+"."+key, found)
		}
	case []any:
		for _, inner := range v {
			keys(inner, at, found)
		}
	}
}

const schemed = `name: claims
title: Who claims what?
guideline: Label what is claimed.
spans:
  - label: Claim
    guideline: What somebody says.
    attributes:
      - {name: kind, kind: choice, required: true, values: [{name: fact, guideline: It can be checked.}, {name: view}]}
      - {name: sure, kind: boolean}
      - {name: n, kind: integer}
      - {name: weight, kind: number}
      - {name: topics, kind: several, values: [{name: art}, {name: war}]}
  - label: NamedEntity
    attributes:
      - {name: value, kind: choice, values: [{name: PER}]}
relations:
  - label: by
    roles: [{name: head, labels: [Claim], min: 1, max: 1}, {name: tail, labels: [Claim], min: 1, max: 1}]
    attributes:
      - {name: way, kind: text}
  - label: attribution
    roles: [{name: source, guideline: Who says it.}, {name: content}, {name: cue}]
document:
  - {name: genre, kind: choice, values: [{name: news}]}
`

// TestTheDescriptionHasTheKeysOfARealOne compares with what INCEpTION wrote, which has fewer keys than newer
// versions read: those are named.
func TestTheDescriptionHasTheKeysOfARealOne(t *testing.T) {
	scheme, problems := annotate.ReadScheme([]byte(schemed))
	require.Empty(t, problems)
	content, _, _ := project(t, dataset.Options{Scheme: scheme}, everybody...)
	var ours, theirs any
	require.NoError(t, stdjson.Unmarshal([]byte(content["exportedproject.json"]), &ours))
	z, err := zip.OpenReader(filepath.Join(datasettest.Conformance(t), "inception-project-export/Export+Test+-+Curated+annotation+project_3_6_1.zip"))
	require.NoError(t, err)
	defer z.Close()
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, "exportedproject") })
	r, err := z.File[i].Open()
	require.NoError(t, err)
	raw, err := io.ReadAll(r)
	require.NoError(t, err)
	require.NoError(t, stdjson.Unmarshal(raw, &theirs))
	real, made := map[string]bool{".project_users": true, ".layers.traits": true, ".layers.features.rank": true}, map[string]bool{}
	keys(theirs, "", real)
	keys(ours, "", made)
	for key := range made {
		assert.True(t, real[key], key)
	}
	assert.Greater(t, len(made), 60)
}

// TestLayersAreReadAsTheSchemeTheyWereMadeOf goes through the reader of schemes of other programs.
func TestLayersAreReadAsTheSchemeTheyWereMadeOf(t *testing.T) {
	scheme, problems := annotate.ReadScheme([]byte(schemed))
	require.Empty(t, problems)
	content, _, file := project(t, dataset.Options{Scheme: scheme}, everybody...)
	path := filepath.Join(t.TempDir(), "p.zip")
	writeFile(t, path, file)
	again, remarks, err := configuration.ReadINCEpTION(path)
	require.NoError(t, err)
	assert.Empty(t, remarks)
	assert.Equal(t, "Who claims what", again.Name)
	require.Len(t, again.Spans, 2)
	sorted := func(list []annotate.Attribute) map[string]annotate.Attribute {
		made := map[string]annotate.Attribute{}
		for _, a := range list {
			made[a.Name] = a
		}
		return made
	}
	assert.Equal(t, sorted(scheme.Span("Claim").Attributes), sorted(again.Span("Claim").Attributes))
	assert.Equal(t, "What somebody says.", again.Span("Claim").Guideline)
	assert.Equal(t, annotate.ChoiceKind, sorted(again.Span("NamedEntity").Attributes)["value"].Kind)
	assert.Equal(t, scheme.Document, again.Document)
	require.Len(t, again.Relations, 2)
	assert.Equal(t, scheme.Relation("attribution").Roles, again.Relation("attribution").Roles)
	assert.Equal(t, scheme.Relation("by").Attributes, again.Relation("by").Attributes)
	assert.Contains(t, content["guideline/claims.md"], "# Who claims what?\n\nLabel what is claimed.\n\n## Spans\n\n### Claim\n\nWhat somebody says.\n\n#### kind\n\n- **fact** It can be checked.\n")
}

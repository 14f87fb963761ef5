package assets

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// compiled returns the JSON Schema of scheme files, ready to check with.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	definition, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemeSchema()))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("scheme.json", definition))
	schema, err := compiler.Compile("scheme.json")
	require.NoError(t, err)
	return schema
}

// generic reads YAML as an editor does, without knowing what it means.
func generic(t *testing.T, raw []byte) any {
	t.Helper()
	var read any
	require.NoError(t, yaml.Unmarshal(raw, &read))
	asJSON, err := json.Marshal(read)
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	require.NoError(t, err)
	return value
}

func TestEveryTemplateIsAsItsJSONSchemaSays(t *testing.T) {
	schema := compiled(t)
	for _, name := range SchemeNames() {
		raw, err := Scheme(name)
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(generic(t, raw)), name)
		written, err := parse(t, name).Marshal()
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(generic(t, written)), "%s as written", name)
	}
}

func TestTheJSONSchemaRefusesWhatIsNoScheme(t *testing.T) {
	schema := compiled(t)
	const head = "name: x\nspans: [{label: A}]\n"
	require.NoError(t, schema.Validate(generic(t, []byte(head))))
	for _, text := range []string{
		"title: x\nspans: []", head + "colour: red", "name: x\nspans: [{label: A, color: red}]", "name: x\nspans: [{label: A, key: ab}]", "name: x\nspans: [{key: a}]",
		head + "document: [{name: a}]", head + "document: [{name: a, kind: colour}]", head + "document: [{name: a, kind: choice}]",
		head + "document: [{name: a, kind: text, values: [{name: b}]}]", head + "document: [{name: a, kind: text, when: [{attribute: b}]}]",
		head + "relations: [{label: r, scope: page}]", head + "relations: [{label: r, roles: [{labels: [A]}]}]", head + "records: [{min: 1}]",
		head + "rules: [{says: no}]", head + "rules: [{overlap: [A], allow: some}]", head + "rules: [{overlap: [A]}]", head + "rules: [{overlap: [A], allow: none, acyclic: [r]}]",
		head + "rules: [{degree: [r], of: [A], role: h}]", head + "flags: [{key: a}]", head + "level: refuse", head + "trim: [dots]", head + "snap: word",
	} {
		assert.Error(t, schema.Validate(generic(t, []byte(text))), text)
		_, err := annotate.ParseScheme("s.yaml", []byte(text))
		assert.Error(t, err, "%s: the program must refuse it as well", text)
	}
}

// TestTheJSONSchemaHasTheKeysOfTheProgram compares the keys that scheme files can have
// with those that the schema describes.
func TestTheJSONSchemaHasTheKeysOfTheProgram(t *testing.T) {
	var schema struct {
		Properties map[string]described
		Defs       map[string]struct {
			Properties map[string]described
			AnyOf      []struct{ Properties map[string]described }
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(SchemeSchema(), &schema))
	for name, of := range map[string]any{
		"": annotate.Scheme{}, "span": annotate.SpanLabel{}, "relation": annotate.RelationLabel{}, "role": annotate.Role{}, "attribute": annotate.Attribute{},
		"choice": annotate.Choice{}, "condition": annotate.Condition{}, "record": annotate.RecordLabel{}, "rule": annotate.Rule{}, "flag": annotate.Flag{},
	} {
		properties := schema.Properties
		switch name {
		case "":
		case "flag":
			properties = schema.Defs[name].AnyOf[1].Properties
		default:
			properties = schema.Defs[name].Properties
		}
		assert.Equal(t, keysOf(of), slices.Sorted(maps.Keys(properties)), "%T", of)
		for key, p := range properties {
			assert.NotEmpty(t, p.Description+schema.Properties[key].Description+p.Ref, "%T.%s is not described", of, key)
		}
	}
}

type described struct {
	Description string
	Ref         string `json:"$ref"`
}

// keysOf returns the keys that a type has in a scheme file, in order.
func keysOf(of any) []string {
	var keys []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(of)) {
		if key, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); key != "-" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func TestTheDocumentationHasTheJSONSchemaAndEveryKey(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "docs", "scheme.schema.json"))
	require.NoError(t, err)
	assert.Equal(t, string(SchemeSchema()), string(raw), "copy assets/scheme.schema.json to docs")
	text, err := os.ReadFile(filepath.Join("..", "docs", "schemes.md"))
	require.NoError(t, err)
	for _, of := range []any{
		annotate.Scheme{},
		annotate.SpanLabel{},
		annotate.RelationLabel{},
		annotate.Role{},
		annotate.Attribute{},
		annotate.Choice{},
		annotate.Condition{},
		annotate.RecordLabel{},
		annotate.Rule{},
		annotate.Flag{},
	} {
		for _, key := range keysOf(of) {
			assert.Regexp(t, `\b`+key+`:`, string(text), "docs/schemes.md shows no %s of %T", key, of)
		}
	}
	for _, name := range SchemeNames() {
		assert.Contains(t, string(text), "| `"+name+"` |")
	}
}

// TestTheExamplesOfTheDocumentationCanBeRead reads each part that docs/schemes.md shows,
// put where it belongs in a scheme.
func TestTheExamplesOfTheDocumentationCanBeRead(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "schemes.md"))
	require.NoError(t, err)
	const labels = "name: x\nspans: [{label: Claim}, {label: Cue}, {label: Premise}, {label: Human}]\nrelations: [{label: supports, roles: [{name: head}, {name: tail}]}, {label: attacks, roles: [{name: head}, {name: tail}]}]\n"
	read := 0
	for _, part := range strings.Split(string(text), "```yaml\n")[1:] {
		example, _, _ := strings.Cut(part, "```")
		key, _, _ := strings.Cut(example, ":")
		switch {
		case strings.HasPrefix(example, "#"):
			continue
		case strings.HasPrefix(example, "- "):
			example = labels + "document:\n" + example
		case key == "attributes":
			example = "name: x\nspans:\n- label: Claim\n  " + strings.ReplaceAll(strings.TrimSpace(example), "\n", "\n  ")
		case key == "spans":
			example = "name: x\n" + example
		case key == "relations":
			example = "name: x\nspans: [{label: Claim}, {label: Cue}, {label: Person}]\n" + example
		case key != "name":
			example = labels + example
		}
		_, problems := annotate.ReadScheme([]byte(example))
		assert.Empty(t, problems, example)
		assert.NoError(t, compiled(t).Validate(generic(t, []byte(example))), example)
		read++
	}
	assert.Equal(t, 9, read)
}

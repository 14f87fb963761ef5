package assets

import (
	"bytes"
	"image/png"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAnUnknownSchemeIsNotFoundAndTheErrorNamesTheOthers(t *testing.T) {
	for _, name := range []string{"", "nosuch", "claims.yaml", "../schemes/claims", "sub/claims"} {
		raw, err := Scheme(name)
		assert.Nil(t, raw, name)
		assert.Equal(t, annotate.NotFound, annotate.KindOf(err), name)
		assert.ErrorContains(t, err, "claims", name)
	}
}

func TestEveryNamedSchemeParsesUnderItsOwnName(t *testing.T) {
	assert.Contains(t, SchemeNames(), DefaultScheme)
	for _, name := range SchemeNames() {
		assert.Equal(t, name, parse(t, name).Name)
	}
}

func TestTheIconIsASquarePNG(t *testing.T) {
	img, err := png.DecodeConfig(bytes.NewReader(Icon()))
	require.NoError(t, err)
	assert.Equal(t, 256, img.Width)
	assert.Equal(t, 256, img.Height)
}

func parse(t *testing.T, name string) *annotate.Scheme {
	t.Helper()
	raw, err := Scheme(name)
	require.NoError(t, err)
	scheme, err := annotate.ParseScheme(name+".yaml", raw)
	require.NoError(t, err)
	return scheme
}

func TestClaimsHasItsLabelsOnTheKeysOneToEight(t *testing.T) {
	want := []string{"Claim", "Source", "Cue", "Target", "Evidence", "Event", "Place", "Time"}
	scheme := parse(t, "claims")
	require.Len(t, scheme.Spans, len(want))
	colors := map[string]string{}
	for i, label := range scheme.Spans {
		assert.Equal(t, want[i], label.Label)
		assert.Equal(t, strconv.Itoa(i+1), label.Key)
		assert.Empty(t, colors[label.Color], "%s has the colour of another label", label.Label)
		colors[label.Color] = label.Label
	}
}

func TestClaimsHasItsRelations(t *testing.T) {
	type role struct {
		name, filler string
		min, max     int
		implicit     bool
	}
	pair := func(head, tail string) []role {
		return []role{{"head", head, 1, 1, false}, {"tail", tail, 1, 1, false}}
	}
	tests := []struct {
		label     string
		scope     annotate.Scope
		symmetric bool
		roles     []role
	}{
		{"attribution", annotate.DocumentScope, false, []role{
			{"source", "Source", 0, 0, true}, {"cue", "Cue", 0, 1, false}, {"content", "Claim", 1, 0, false},
		}},
		{"about", annotate.DocumentScope, false, pair("Claim", "Target")},
		{"evidence", annotate.DocumentScope, false, pair("Evidence", "Claim")},
		{"supports", annotate.ProjectScope, false, pair("Claim", "Claim")},
		{"attacks", annotate.ProjectScope, false, pair("Claim", "Claim")},
		{"restates", annotate.ProjectScope, true, pair("Claim", "Claim")},
	}
	scheme := parse(t, "claims")
	require.Len(t, scheme.Relations, len(tests))
	for i, want := range tests {
		got := scheme.Relations[i]
		assert.Equal(t, want.label, got.Label)
		assert.Equal(t, want.scope, got.Scope, want.label)
		assert.Equal(t, want.symmetric, got.Symmetric, want.label)
		var roles []role
		for _, r := range got.Roles {
			require.Len(t, r.Labels, 1, want.label)
			roles = append(roles, role{r.Name, r.Labels[0], r.Min, r.Max, r.Implicit})
		}
		assert.Equal(t, want.roles, roles, want.label)
	}
}

func TestEveryItemOfEverySchemeHasAGuidelineAndAnExample(t *testing.T) {
	for _, name := range SchemeNames() {
		scheme := parse(t, name)
		explained := func(guideline, example string, item ...string) {
			assert.NotEmpty(t, guideline, "guideline of %s %v", name, item)
			assert.NotEmpty(t, example, "example of %s %v", name, item)
		}
		attributes := func(owner string, attributes []annotate.Attribute) {
			for _, a := range attributes {
				explained(a.Guideline, a.Example, owner, a.Name)
				for v := range a.Choices() {
					explained(v.Guideline, v.Example, owner, a.Name, v.Name)
				}
			}
		}
		assert.NotEmpty(t, scheme.Guideline)
		for _, l := range scheme.Spans {
			explained(l.Guideline, l.Example, l.Label)
			attributes(l.Label, l.Attributes)
		}
		for _, r := range scheme.Relations {
			explained(r.Guideline, r.Example, r.Label)
			attributes(r.Label, r.Attributes)
			for _, role := range r.Roles {
				explained(role.Guideline, role.Example, r.Label, role.Name)
			}
		}
		attributes("document", scheme.Document)
		var records func([]annotate.RecordLabel)
		records = func(list []annotate.RecordLabel) {
			for _, r := range list {
				explained(r.Guideline, r.Example, r.Label)
				attributes(r.Label, r.Attributes)
				records(r.Records)
			}
		}
		records(scheme.Records)
		for _, f := range scheme.Flags {
			assert.NotEmpty(t, f.Guideline, "%s %s", name, f.Name)
		}
	}
}

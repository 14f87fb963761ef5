package exchange_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
	"spanwright/assets"
	"spanwright/store"
)

// nested is a text as annotated political news are: an attribution without a source, a
// content in two parts around its reporting clause, one source in three attributions,
// and an attribution inside the content of another one.
const nested = "“The beds,” Mara Tollen said, “are buried.” She warned that the audit shows a loss. It is feared that more will follow."

// attributions gives each cue its source and the fragments of its content.
var attributions = []struct {
	cue, source string
	content     []string
}{
	{"said", "Mara Tollen", []string{"The beds,", "are buried."}},
	{"warned", "Mara Tollen", []string{"the audit shows a loss"}},
	{"shows", "the audit", []string{"a loss"}},
	{"is feared", "", []string{"more will follow"}},
	{"will", "Mara Tollen", []string{"follow"}},
}

func attributionProject(t *testing.T) *store.Project {
	t.Helper()
	raw, err := assets.Scheme("attribution")
	require.NoError(t, err)
	scheme, err := annotate.ParseScheme("attribution.yaml", raw)
	require.NoError(t, err)
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

// described says what a project's only layer holds, without ids.
func described(t *testing.T, p *store.Project) []string {
	t.Helper()
	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	d, err := p.Document(rows[0].ID)
	require.NoError(t, err)
	layer, err := p.Layer(d.ID, "asha")
	require.NoError(t, err)
	covered := func(id annotate.ID) string {
		s := layer.Span(id)
		return fmt.Sprintf("%s %v %q %v", s.Label, s.Fragments, s.Covered(d.Text), s.Attributes)
	}
	var said []string
	for s := range layer.Spans() {
		said = append(said, covered(s.ID))
	}
	for _, r := range layer.Relations() {
		parts := []string{r.Label, fmt.Sprint(r.Attributes)}
		for _, a := range r.Arguments {
			if a.Implicit {
				parts = append(parts, a.Role+"=implicit")
				continue
			}
			parts = append(parts, a.Role+"="+covered(a.Span))
		}
		slices.Sort(parts[2:])
		said = append(said, strings.Join(parts, " "))
	}
	slices.Sort(said)
	return said
}

func TestAttributionsOfEveryShapeComeBackFromJSONLAndBrat(t *testing.T) {
	p := attributionProject(t)
	d := annotate.NewDocument("a.txt", nested)
	changes := []annotate.Change{{Annotator: "asha", After: d}}
	made := map[string]*annotate.Span{}
	span := func(label, attribute, value string, words ...string) *annotate.Span {
		key := label + strings.Join(words, "|")
		if made[key] == nil {
			s := &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label}
			if attribute != "" {
				s.Attributes = map[string]annotate.Value{attribute: annotate.Text(value)}
			}
			for _, w := range words {
				start := strings.Index(nested, w)
				require.GreaterOrEqual(t, start, 0, w)
				s.Fragments = append(s.Fragments, annotate.Fragment{Start: start, End: start + len(w)})
			}
			require.NoError(t, s.Check(nested))
			made[key] = s
			changes = append(changes, annotate.Change{Annotator: "asha", After: s})
		}
		return made[key]
	}
	for _, a := range attributions {
		r := &annotate.Relation{
			ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "attribution",
			Attributes: map[string]annotate.Value{"type": annotate.Text("assertion")},
		}
		if a.source != "" {
			r.Arguments = append(r.Arguments, annotate.Argument{Role: "source", Span: span("Source", "kind", "person", a.source).ID})
		}
		style := "indirect"
		if len(a.content) > 1 {
			style = "direct"
		}
		r.Arguments = append(r.Arguments,
			annotate.Argument{Role: "cue", Span: span("Cue", "", "", a.cue).ID},
			annotate.Argument{Role: "content", Span: span("Content", "style", style, a.content...).ID})
		changes = append(changes, annotate.Change{Annotator: "asha", After: r})
	}
	_, err := p.Apply(changes...)
	require.NoError(t, err)
	want := described(t, p)
	require.Len(t, want, 2+5+5+5, "two sources, five cues, contents and attributions")
	findings, err := p.Check()
	require.NoError(t, err)
	require.Empty(t, findings)

	lines := exported(t, p, "")
	back := attributionProject(t)
	importing(t, back, "asha", write(t, "a.jsonl", lines))
	assert.Equal(t, want, described(t, back))
	assert.Equal(t, lines, exported(t, back, ""))

	folder := filepath.Join(t.TempDir(), "brat")
	report, err := exchange.Export(t.Context(), p, folder, exchange.ExportOptions{Format: "brat"})
	require.NoError(t, err)
	assert.Equal(t, dataset.Losses{{What: "relation without a trigger, which gets one on its cue or first argument", Count: 5}}, report.Losses)
	back = attributionProject(t)
	imported := importing(t, back, "asha", folder)
	assert.Empty(t, imported.Scheme, "brat brings nothing that the scheme lacks")
	assert.Equal(t, want, described(t, back))
}

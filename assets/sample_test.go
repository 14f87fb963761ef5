package assets

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// record is a line of the sample, read here without the program's own reader.
type record struct {
	ID        annotate.ID
	Name      string
	Text      string
	Meta      map[string]string
	Annotator string
	Status    annotate.Status
	Labels    map[string]annotate.Value
	Spans     []struct {
		ID         annotate.ID
		Label      string
		Start, End int
		Text       string
		Fragments  [][2]int
		Attributes map[string]annotate.Value
		Flag, Note string
	}
	Relations []struct {
		ID         annotate.ID
		Label      string
		Args       []annotate.Argument
		Attributes map[string]annotate.Value
	}
	Offsets annotate.Unit
	Scheme  string
}

func sampleRecords(t *testing.T, annotator string) []record {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(Sample(annotator)))
	dec.DisallowUnknownFields()
	var records []record
	for {
		var r record
		err := dec.Decode(&r)
		if err == io.EOF {
			return records
		}
		require.NoError(t, err)
		records = append(records, r)
	}
}

// spansOf returns the record's spans in bytes, each checked against the text it says it covers.
func spansOf(t *testing.T, r record) []*annotate.Span {
	t.Helper()
	offsets := annotate.NewOffsets(r.Text)
	var spans []*annotate.Span
	for _, s := range r.Spans {
		span := &annotate.Span{
			ID: s.ID, Document: r.ID, Annotator: r.Annotator, Label: s.Label,
			Attributes: s.Attributes, Flag: s.Flag, Note: s.Note,
		}
		for _, f := range s.Fragments {
			fragment, err := offsets.Fragment(r.Offsets, f[0], f[1])
			require.NoError(t, err, s.ID)
			span.Fragments = append(span.Fragments, fragment)
		}
		require.NoError(t, span.Check(r.Text))
		assert.Equal(t, s.Text, span.Covered(r.Text), s.ID)
		assert.Equal(t, s.Fragments[0][0], s.Start, s.ID)
		assert.Equal(t, s.Fragments[len(s.Fragments)-1][1], s.End, s.ID)
		spans = append(spans, span)
	}
	return spans
}

func relationsOf(t *testing.T, r record) []*annotate.Relation {
	t.Helper()
	var relations []*annotate.Relation
	for _, rel := range r.Relations {
		relation := &annotate.Relation{
			ID: rel.ID, Document: r.ID, Annotator: r.Annotator, Label: rel.Label,
			Arguments: rel.Args, Attributes: rel.Attributes,
		}
		require.NoError(t, relation.Check())
		relations = append(relations, relation)
	}
	return relations
}

func TestTheSampleKeepsTheRulesOfItsScheme(t *testing.T) {
	scheme := parse(t, DefaultScheme)
	records := sampleRecords(t, "")
	all := map[annotate.ID]*annotate.Span{}
	for _, r := range records {
		assert.Equal(t, DefaultScheme, r.Scheme)
		for _, s := range spansOf(t, r) {
			require.Nil(t, all[s.ID], "two spans have the id %s", s.ID)
			all[s.ID] = s
		}
	}
	for _, r := range records {
		layer := annotate.NewLayer(r.ID, r.Annotator)
		for _, s := range spansOf(t, r) {
			layer.Apply(&annotate.Change{After: s})
		}
		for _, rel := range relationsOf(t, r) {
			layer.Apply(&annotate.Change{After: rel})
			for _, a := range rel.Arguments {
				if a.Span == "" {
					continue
				}
				if assert.NotNil(t, all[a.Span]) && a.Document != "" {
					assert.Equal(t, a.Document, all[a.Span].Document)
				}
			}
		}
		a := &annotate.Assessment{Document: r.ID, Annotator: r.Annotator, Status: r.Status, Labels: r.Labels}
		require.NoError(t, a.Check())
		layer.Apply(&annotate.Change{After: a})
		audit := annotate.NewAudit(scheme, layer, annotate.NewBody(r.Text), annotate.Lookup{Span: func(id annotate.ID) *annotate.Span { return all[id] }})
		assert.Empty(t, audit.All())
	}
}

func TestTheSampleIsPartlyLabelled(t *testing.T) {
	records := sampleRecords(t, "")
	require.Len(t, records, 3)
	for i, status := range []annotate.Status{annotate.Done, annotate.InProgress, annotate.New} {
		assert.Equal(t, status, records[i].Status)
		assert.Equal(t, status != annotate.New, len(records[i].Spans) > 0)
		words := len(strings.Fields(records[i].Text))
		assert.True(t, 150 <= words && words <= 300, "%s has %d words", records[i].Name, words)
	}
}

func TestTheSampleShowsWhatTheProgramCanDo(t *testing.T) {
	shown := map[string]bool{}
	for _, r := range sampleRecords(t, "") {
		spans := map[annotate.ID]*annotate.Span{}
		for _, s := range spansOf(t, r) {
			spans[s.ID] = s
			covered := s.Covered(r.Text)
			note(shown, "label "+s.Label, true)
			note(shown, "fragments", len(s.Fragments) > 1)
			note(shown, "an emoji in a span", strings.ContainsRune(covered, '🌊'))
			note(shown, "a right-to-left claim", s.Label == "Claim" && strings.ContainsRune(covered, 'ر'))
			note(shown, "a flag", s.Flag != "")
			note(shown, "a note", s.Note != "")
		}
		for _, rel := range relationsOf(t, r) {
			note(shown, rel.Label, true)
			note(shown, "three roles", len(rel.Role("source")) > 0 && len(rel.Role("cue")) > 0 && len(rel.Role("content")) > 0)
			for _, a := range rel.Arguments {
				note(shown, "an implicit source", a.Implicit && a.Role == "source")
				note(shown, rel.Label+" across documents", a.Document != "")
				note(shown, "a nested attribution", rel.Label == "attribution" && a.Role == "content" && nests(spans[a.Span], spans))
			}
		}
	}
	want := []string{
		"label Claim", "label Source", "label Cue", "label Target", "label Evidence", "label Event", "label Place", "label Time",
		"fragments", "an emoji in a span", "a right-to-left claim", "a flag", "a note",
		"attribution", "about", "evidence", "supports", "attacks", "restates", "three roles", "an implicit source",
		"attacks across documents", "restates across documents", "a nested attribution",
	}
	for _, feature := range want {
		assert.True(t, shown[feature], feature)
	}
}

func note(shown map[string]bool, feature string, here bool) {
	shown[feature] = shown[feature] || here
}

// nests reports whether outer holds another claim together with its cue.
func nests(outer *annotate.Span, spans map[annotate.ID]*annotate.Span) bool {
	inside := map[string]bool{}
	for _, s := range spans {
		if s != outer && outer.Extent().Contains(s.Extent()) {
			inside[s.Label] = true
		}
	}
	return inside["Claim"] && inside["Cue"]
}

func TestTheSampleLiesInTheLayerAskedFor(t *testing.T) {
	for _, annotator := range []string{"asha", `O"Neill & söhne`} {
		for _, r := range sampleRecords(t, annotator) {
			assert.Equal(t, annotator, r.Annotator)
		}
	}
	for _, r := range sampleRecords(t, "") {
		assert.Equal(t, SampleAnnotator, r.Annotator)
	}
}

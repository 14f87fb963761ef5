package assets

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// annotated is a document written with its annotations in it:
//
//	{s1 Source kind=group|The trust} {q1 Cue|said} {c1 Content|it saw nothing}.
//	---
//	relation r1 attribution type=assertion: source=s1 cue=q1 content=c1
//	document genre=news
//	record q1 question text=Who?
//	record a1 in q1 answer
//	concept mara person Mara_Tollen
//
// A second brace with the id of a span adds a fragment. A role's filler is an id of
// a span or relation, or ? for implicit. In values _ is a blank and + joins choices.
type annotated struct {
	text     string
	layer    *annotate.Layer
	states   []annotate.State // in the order they were written
	registry *annotate.Registry
}

// document is the id of what is written, and annotator whose layer it is.
const (
	writtenDocument  = "doc"
	writtenAnnotator = "asha"
)

// written reads a document with its annotations.
func written(t *testing.T, scheme *annotate.Scheme, source string) *annotated {
	t.Helper()
	body, rest, _ := strings.Cut(source, "\n---\n")
	w := &annotated{registry: annotate.NewRegistry()}
	spans := w.spans(t, scheme, strings.TrimSpace(body))
	relations := map[string]bool{}
	for _, line := range strings.Split(rest, "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "relation" {
			relations[fields[1]] = true
		}
	}
	said := &annotate.Assessment{Document: writtenDocument, Annotator: writtenAnnotator, Status: annotate.Done}
	rank := ""
	for _, line := range strings.Split(rest, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		switch fields[0] {
		case "relation":
			w.states = append(w.states, relation(t, scheme, fields[1:], spans, relations))
		case "document":
			said.Labels = values(t, scheme.Document, fields[1:])
		case "record":
			rank = annotate.RankBetween(rank, "")
			r := &annotate.Record{ID: annotate.ID(fields[1]), Document: writtenDocument, Annotator: writtenAnnotator, Rank: rank}
			fields = fields[2:]
			if fields[0] == "in" {
				r.Parent, fields = annotate.ID(fields[1]), fields[2:]
			}
			r.Label = fields[0]
			if def := scheme.RecordLabel(r.Label); def != nil {
				r.Attributes = values(t, def.Attributes, fields[1:])
			}
			w.states = append(w.states, r)
		case "concept":
			c := &annotate.Concept{ID: annotate.ID(fields[1]), Kind: fields[2], Name: blanks(fields[3])}
			w.states = append(w.states, c)
			w.registry.Apply(&annotate.Change{After: c})
		default:
			t.Fatalf("cannot read %q", line)
		}
	}
	w.states = append(w.states, said)
	w.layer = annotate.NewLayer(writtenDocument, writtenAnnotator)
	for _, s := range w.states {
		w.layer.Apply(&annotate.Change{After: s})
	}
	return w
}

// spans reads the spans in a text.
func (w *annotated) spans(t *testing.T, scheme *annotate.Scheme, source string) map[string]*annotate.Span {
	t.Helper()
	spans := map[string]*annotate.Span{}
	type opened struct {
		id    string
		start int
	}
	var open []opened
	for source != "" {
		switch source[0] {
		case '{':
			head, after, found := strings.Cut(source[1:], "|")
			require.True(t, found, source)
			fields := strings.Fields(head)
			if spans[fields[0]] == nil {
				s := &annotate.Span{ID: annotate.ID(fields[0]), Document: writtenDocument, Annotator: writtenAnnotator, Label: fields[1]}
				s.Attributes = values(t, scheme.AttributesOf(s.Label), fields[2:])
				spans[fields[0]] = s
				w.states = append(w.states, s)
			}
			open = append(open, opened{fields[0], len(w.text)})
			source = after
		case '}':
			last := open[len(open)-1]
			open = open[:len(open)-1]
			s := spans[last.id]
			s.Fragments = annotate.NormalizeFragments(append(s.Fragments, annotate.Fragment{Start: last.start, End: len(w.text)}))
			source = source[1:]
		default:
			w.text += source[:1]
			source = source[1:]
		}
	}
	for _, s := range spans {
		require.NoError(t, s.Check(w.text))
	}
	return spans
}

func relation(t *testing.T, scheme *annotate.Scheme, fields []string, spans map[string]*annotate.Span, relations map[string]bool) *annotate.Relation {
	t.Helper()
	r := &annotate.Relation{ID: annotate.ID(fields[0]), Document: writtenDocument, Annotator: writtenAnnotator}
	colon := slices.IndexFunc(fields, func(f string) bool { return strings.HasSuffix(f, ":") })
	require.Positive(t, colon, fields)
	fields[colon] = strings.TrimSuffix(fields[colon], ":")
	r.Label = fields[1]
	if def := scheme.Relation(r.Label); def != nil {
		r.Attributes = values(t, def.Attributes, fields[2:colon+1])
	}
	for _, f := range fields[colon+1:] {
		role, filler, _ := strings.Cut(f, "=")
		a := annotate.Argument{Role: role}
		switch {
		case filler == "?":
			a.Implicit = true
		case relations[filler]:
			a.Relation = annotate.ID(filler)
		default:
			require.NotNil(t, spans[filler], "%s has no span %s", fields[0], filler)
			a.Span = annotate.ID(filler)
		}
		r.Arguments = append(r.Arguments, a)
	}
	return r
}

func values(t *testing.T, defs []annotate.Attribute, fields []string) map[string]annotate.Value {
	t.Helper()
	found := map[string]annotate.Value{}
	for _, f := range fields {
		name, text, ok := strings.Cut(f, "=")
		require.True(t, ok, f)
		name, text = blanks(name), blanks(text)
		kind := annotate.TextKind
		if i := slices.IndexFunc(defs, func(a annotate.Attribute) bool { return a.Name == name }); i >= 0 {
			kind = defs[i].Kind
		}
		v := annotate.Text(text)
		switch kind {
		case annotate.BooleanKind:
			v = annotate.Bool(text == "true")
		case annotate.SeveralKind:
			v = annotate.Choices(strings.Split(text, "+")...)
		case annotate.IntegerKind, annotate.NumberKind:
			if n, ok := annotate.Number(text); ok {
				v = n
			}
		}
		found[name] = v
	}
	if len(found) == 0 {
		return nil
	}
	return found
}

func blanks(s string) string { return strings.ReplaceAll(s, "_", " ") }

// violations says what is wrong with it: rule, what it is about, and the sentence.
func (w *annotated) violations(scheme *annotate.Scheme) []string {
	audit := annotate.NewAudit(scheme, w.layer, annotate.NewBody(w.text), annotate.Lookup{Concept: w.registry.Concept})
	found := []string{}
	for _, v := range audit.All() {
		found = append(found, fmt.Sprintf("%s %s: %s", v.Level, v.Rule, v.Sentence))
	}
	return found
}

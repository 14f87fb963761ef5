package annotate_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// sentences returns what the violations say, after checking whom they name.
func sentences(t *testing.T, found []Violation, document, entity ID) []string {
	said := []string{}
	for _, v := range found {
		assert.Equal(t, document, v.Document)
		assert.Equal(t, entity, v.Entity)
		said = append(said, v.Sentence)
	}
	return said
}

// audited returns the audit of a layer that holds the states, in a document of that text.
func audited(s *Scheme, text string, span func(ID) *Span, states ...State) *Audit {
	layer := NewLayer("doc", "asha")
	for _, state := range states {
		layer.Apply(&Change{After: state})
	}
	return NewAudit(s, layer, NewBody(text), Lookup{Span: span})
}

func TestSpanViolations(t *testing.T) {
	const text = "The dam is safe."
	set := func(name string, v Value) func(*Span) {
		return func(s *Span) { s.Attributes = map[string]Value{name: v} }
	}
	tests := []struct {
		name  string
		spoil func(*Span)
		want  []string
	}{
		{"nothing", func(*Span) {}, []string{}},
		{"unknown label", func(s *Span) { s.Label = "Protein" }, []string{"Protein “The dam”: the scheme has no span label Protein; relabel it or add the label"}},
		{"choice", set("type", Text("demand")), []string{}},
		{"unknown choice", set("type", Text("hint")), []string{`Claim “The dam”: type cannot be "hint"; choose one of assertion, demand`}},
		{"number for a choice", set("type", number(t, "1")), []string{`Claim “The dam”: type cannot be "1"; choose one of assertion, demand`}},
		{"boolean", set("worthy", Bool(false)), []string{}},
		{"text for a boolean", set("worthy", Text("maybe")), []string{"Claim “The dam”: worthy must be yes or no, not maybe"}},
		{"several", set("topics", Choices("water", "money")), []string{}},
		{"none of several", set("topics", Choices()), []string{}},
		{"text for several", set("topics", Text("water")), []string{"Claim “The dam”: topics must be a list of choices, not water"}},
		{"unknown among several", set("topics", Choices("water", "air")), []string{`Claim “The dam”: topics cannot contain "air"; choose from water, money`}},
		{"integer", set("certainty", number(t, "-3")), []string{}},
		{"fraction for an integer", set("certainty", number(t, "2.5")), []string{"Claim “The dam”: certainty must be a whole number, not 2.5"}},
		{"digits as text for an integer", set("certainty", Text("3")), []string{"Claim “The dam”: certainty must be a whole number, not 3"}},
		{"number", set("share", number(t, "2.5e-3")), []string{}},
		{"text for a number", set("share", Text("half")), []string{"Claim “The dam”: share must be a number, not half"}},
		{"text", set("remark", Text("anything")), []string{}},
		{"unknown attribute", set("colour", Text("red")), []string{"Claim “The dam”: the scheme gives it no attribute colour"}},
		{"flag", func(s *Span) { s.Flag = "discuss" }, []string{}},
		{"unknown flag", func(s *Span) { s.Flag = "hm" }, []string{"Claim “The dam”: the scheme has no flag hm"}},
		{"several at once", func(s *Span) {
			s.Attributes = map[string]Value{"z": Bool(true), "a": Bool(true), "worthy": Text("x")}
			s.Flag = "hm"
		}, []string{
			"Claim “The dam”: worthy must be yes or no, not x", "Claim “The dam”: the scheme gives it no attribute a",
			"Claim “The dam”: the scheme gives it no attribute z", "Claim “The dam”: the scheme has no flag hm",
		}},
	}
	scheme := parsed(t, schemeText)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := span("s1", "Claim", 0, 7)
			test.spoil(s)
			assert.Equal(t, test.want, sentences(t, audited(scheme, text, nil, s).Of("s1"), "doc", "s1"))
		})
	}
}

func TestRelationViolations(t *testing.T) {
	spans := map[ID]*Span{
		"claim": span("claim", "Claim", 0, 1), "source": span("source", "Source", 2, 3),
		"cue": span("cue", "Cue", 4, 5), "cue2": span("cue2", "Cue", 6, 7),
	}
	source, cue, content := Argument{Role: "source", Span: "source"}, Argument{Role: "cue", Span: "cue"}, Argument{Role: "content", Span: "claim"}
	head, tail := Argument{Role: Head, Span: "claim"}, Argument{Role: Tail, Span: "cue"}
	far := func(a Argument) Argument { a.Document = "other"; return a }
	here := func(a Argument) Argument { a.Document = "doc"; return a }
	tests := []struct {
		name      string
		label     string
		arguments []Argument
		want      []string
	}{
		{"complete", "attribution", []Argument{source, cue, content}, []string{}},
		{"implicit where allowed", "attribution", []Argument{{Role: "source", Implicit: true}, content}, []string{}},
		{"nested", "attribution", []Argument{{Role: "content", Relation: "r9"}}, []string{}},
		{"unknown label", "denies", []Argument{head, tail}, []string{"relation denies: the scheme has no such relation; relabel it or add it"}},
		{"unknown role", "attribution", []Argument{content, {Role: "addressee", Span: "source"}}, []string{"relation attribution has no role addressee"}},
		{"implicit where not allowed", "attribution", []Argument{{Role: "cue", Implicit: true}, content}, []string{"the cue of relation attribution cannot be implicit"}},
		{"too few", "attribution", []Argument{source}, []string{"relation attribution needs at least 1 content and has 0"}},
		{"too many", "attribution", []Argument{cue, {Role: "cue", Span: "cue2"}, content}, []string{"relation attribution takes at most 1 cue and has 2"}},
		{"wrong filler", "attribution", []Argument{{Role: "cue", Span: "claim"}, content}, []string{"the cue of relation attribution must be Cue, not Claim"}},
		{"wrong filler of several", "attribution", []Argument{{Role: "content", Span: "cue"}}, []string{"the content of relation attribution must be Claim or Source, not Cue"}},
		{"missing filler", "attribution", []Argument{{Role: "content", Span: "gone"}}, []string{"the content of relation attribution is a span that does not exist"}},
		{"across documents where not allowed", "attribution", []Argument{far(content)}, []string{"relation attribution may not cross documents, but its content does"}},
		{"its own document named", "attribution", []Argument{here(content)}, []string{}},
		{"across documents where allowed", "restates", []Argument{head, far(tail)}, []string{}},
	}
	const text = "C So Cu Cu"
	lookup := func(id ID) *Span { return spans[id] }
	scheme := parsed(t, schemeText)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := relation("r1", test.label, test.arguments...)
			found := audited(scheme, text, lookup, r).Of("r1")
			assert.Equal(t, test.want, sentences(t, found, "doc", "r1"))
		})
	}
	r := relation("r1", "attribution", content)
	r.Attributes, r.Flag = map[string]Value{"nested": Text("no"), "tone": Text("dry")}, "hm"
	assert.Equal(t, []string{
		"relation attribution: nested must be yes or no, not no", "relation attribution: the scheme gives it no attribute tone",
		"relation attribution: the scheme has no flag hm",
	}, sentences(t, audited(scheme, text, lookup, r).Of("r1"), "doc", "r1"))
}

func TestNothingIsForbiddenOnOpenLabels(t *testing.T) {
	s := &Scheme{
		Name:      "imported",
		Spans:     []SpanLabel{{Label: "Protein", Open: true, Attributes: []Attribute{{Name: "score", Kind: NumberKind}}}},
		Relations: []RelationLabel{{Label: "Binding", Open: true, Scope: ProjectScope, Roles: []Role{{Name: "Theme", Labels: []string{"Protein"}}}}},
	}
	protein := span("p", "Protein", 0, 1)
	protein.Attributes = map[string]Value{"score": Text("high"), "more": Bool(true)}
	assert.Empty(t, audited(s, "p53", nil, protein).All())
	binding := relation("b", "Binding", Argument{Role: "Theme", Span: "other"}, Argument{Role: "Theme", Implicit: true}, Argument{Role: "Site", Span: "p"})
	binding.Attributes = map[string]Value{"negated": Bool(true)}
	lookup := func(id ID) *Span { return map[ID]*Span{"p": protein, "other": span("other", "Gene", 0, 1)}[id] }
	assert.Empty(t, audited(s, "p53", lookup, binding).All())

	binding.Arguments[0].Span = "gone"
	assert.Equal(t, []string{"the Theme of relation Binding is a span that does not exist"},
		sentences(t, audited(s, "p53", lookup, binding).Of("b"), "doc", "b"))
}

func TestAssessmentViolations(t *testing.T) {
	a := &Assessment{Document: "doc", Annotator: "asha", Labels: map[string]Value{"genre": Text("news")}, Flag: "yes"}
	scheme := parsed(t, schemeText)
	assert.Empty(t, audited(scheme, "", nil, a).All())
	a.Labels, a.Flag = map[string]Value{"genre": Text("essay"), "mood": Text("dry")}, "hm"
	assert.Equal(t, []string{
		`the document: genre cannot be "essay"; choose one of news, column`,
		"the document: the scheme gives it no attribute mood", "the document: the scheme has no flag hm",
	}, sentences(t, audited(scheme, "", nil, a).All(), "doc", a.EntityID()))
}

func TestExcerpt(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"", 5, ""},
		{"  one \n two\t", 20, "one two"},
		{"abcdefghij", 10, "abcdefghij"},
		{"abcdefghijk", 10, "abcdef…ijk"},
		{"日本語日本語", 4, "日本…語"},
		{"abc", 1, "…"},
		{"a  b\n" + strings.Repeat("c ", 1<<20) + " \t d  e \n", 10, "a b c …d e"},
		{strings.Repeat("word ", 1000), 8, "word…ord"},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, Excerpt(test.text, test.n), "%q, %d", test.text, test.n)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, n := texts().Draw(t, "text"), rapid.IntRange(1, 80).Draw(t, "n")
		got := Excerpt(text, n)
		assert.LessOrEqual(t, utf8.RuneCountInString(got), n)
		assert.False(t, strings.ContainsAny(got, "\n\t"))
		line := []rune(strings.Join(strings.Fields(text), " "))
		start, end, long := strings.Cut(got, "…")
		if len(line) <= n {
			assert.Equal(t, string(line), got)
		} else if head := (n - 1) * 2 / 3; !strings.Contains(text, "…") {
			assert.True(t, long)
			assert.Equal(t, string(line[:head]), start)
			assert.Equal(t, string(line[len(line)-(n-1-head):]), end)
		}
	})
}

func TestARelationLacksWhatIsNeitherFilledNorImplicit(t *testing.T) {
	s := &Scheme{Relations: []RelationLabel{{Label: "attribution", Roles: []Role{
		{Name: "source", Implicit: true}, {Name: "cue", Max: 1}, {Name: "content", Min: 1},
	}}, {Label: "imported", Roles: []Role{{Name: "a", Min: 1}}, Open: true}}}
	names := func(label string, arguments ...Argument) []string {
		var names []string
		for _, role := range s.Lacks(&Relation{Label: label, Arguments: arguments}) {
			names = append(names, role.Name)
		}
		return names
	}
	require.Equal(t, []string{"source", "content"}, names("attribution", Argument{Role: "cue", Span: "c"}))
	require.Equal(t, []string{"content"}, names("attribution", Argument{Role: "source", Implicit: true}))
	require.Empty(t, names("attribution", Argument{Role: "source", Span: "s"}, Argument{Role: "content", Span: "x"}))
	require.Empty(t, names("imported"))
	require.Empty(t, names("unknown"))
}

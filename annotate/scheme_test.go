package annotate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

const schemeText = `
name: small
title: A small scheme
spans:
- label: Claim
  short: [Clm, C]
  key: 1
  color: "#aa0000"
  guideline: A statement somebody could dispute.
  example: The dam is safe.
  attributes:
  - name: type
    kind: choice
    values:
    - {name: assertion, guideline: It says something is so.}
    - name: demand
  - {name: worthy, kind: boolean}
  - {name: topics, kind: several, values: [{name: water}, {name: money}]}
  - {name: certainty, kind: integer}
  - {name: share, kind: number}
  - {name: remark, kind: text}
- label: Source
- label: Cue
relations:
- label: attribution
  roles:
  - {name: source, labels: [Source], implicit: true}
  - {name: cue, labels: [Cue], max: 1}
  - {name: content, labels: [Claim, Source], min: 1}
  attributes:
  - {name: nested, kind: boolean}
- label: restates
  scope: project
  symmetric: true
  roles:
  - {name: head, labels: [Claim], min: 1, max: 1}
  - {name: tail, min: 1, max: 1}
document:
- {name: genre, kind: choice, values: [{name: news}, {name: column}]}
flags: [discuss, yes]
`

func parsed(t require.TestingT, text string) *Scheme {
	s, err := ParseScheme("s.yaml", []byte(text))
	require.NoError(t, err)
	return s
}

func TestParseScheme(t *testing.T) {
	want := &Scheme{
		Name: "small", Title: "A small scheme",
		Spans: []SpanLabel{
			{
				Label: "Claim", Short: []string{"Clm", "C"}, Key: "1", Color: "#aa0000",
				Guideline: "A statement somebody could dispute.", Example: "The dam is safe.",
				Attributes: []Attribute{
					{Name: "type", Kind: ChoiceKind, Values: []Choice{{Name: "assertion", Guideline: "It says something is so."}, {Name: "demand"}}},
					{Name: "worthy", Kind: BooleanKind},
					{Name: "topics", Kind: SeveralKind, Values: []Choice{{Name: "water"}, {Name: "money"}}},
					{Name: "certainty", Kind: IntegerKind},
					{Name: "share", Kind: NumberKind},
					{Name: "remark", Kind: TextKind},
				},
			},
			{Label: "Source", Color: Palette[1]}, // labels without a colour are given one by their place
			{Label: "Cue", Color: Palette[2]},
		},
		Relations: []RelationLabel{
			{
				Label: "attribution",
				Roles: []Role{
					{Name: "source", Labels: []string{"Source"}, Implicit: true},
					{Name: "cue", Labels: []string{"Cue"}, Max: 1},
					{Name: "content", Labels: []string{"Claim", "Source"}, Min: 1},
				},
				Attributes: []Attribute{{Name: "nested", Kind: BooleanKind}},
			},
			{
				Label: "restates", Scope: ProjectScope, Symmetric: true,
				Roles: []Role{{Name: "head", Labels: []string{"Claim"}, Min: 1, Max: 1}, {Name: "tail", Min: 1, Max: 1}},
			},
		},
		Document: []Attribute{{Name: "genre", Kind: ChoiceKind, Values: []Choice{{Name: "news"}, {Name: "column"}}}},
		Flags:    []Flag{{Name: "discuss"}, {Name: "yes"}},
	}
	if diff := cmp.Diff(want, parsed(t, schemeText)); diff != "" {
		t.Error(diff)
	}
}

func TestSchemeErrorsNameThePlaceInOneSentence(t *testing.T) {
	const head = "name: x\nspans:\n- label: A\n"
	const roles = "relations:\n- label: r\n  roles:\n"
	tests := []struct {
		name, text, sentence string
	}{
		{"empty", "", "s.yaml: the scheme is empty"},
		{"comment only", "# nothing yet\n", "s.yaml: the scheme is empty"},
		{"unknown field", head + "  colour: red\n", `s.yaml:4:3: the scheme is not as expected: unknown field "colour"`},
		{"field twice", "name: x\nname: y\n", `s.yaml:2:1: the scheme is not as expected: mapping key "name" already defined at [1:1]`},
		{"open bracket", "name: x\nflags: [a\n", "s.yaml:2:8: the scheme is not as expected: sequence end token ']' not found"},
		{"wrong kind", head + "  open: maybe\n", `s.yaml:4:9: the scheme has "maybe" where a bool is expected`},
		{"list for text", head + "  guideline: [a]\n", `s.yaml:4:14: the scheme has "[" where a string is expected`},
		{"text for list", "name: x\nspans: Claim\n", "s.yaml:2:8: the scheme is not as expected: string was used where sequence is expected"},
		{"choices without names", "name: x\ndocument:\n- name: a\n  kind: choice\n  values: [b]\n", "s.yaml:5:12: the scheme is not as expected: string was used where mapping is expected"},

		{"no name", "title: x\n", "s.yaml: the scheme has no name"},
		{"empty label", "name: x\nspans:\n- key: 1\n", "s.yaml:3:3: a span label of scheme x is empty"},
		{"label twice", head + "- label: A\n", "s.yaml:4:10: span label A stands twice in scheme x"},
		{"long key", head + "  key: ctrl\n", `s.yaml:4:8: key "ctrl" of label A must be one digit or letter`},
		{"key that is neither digit nor letter", head + "  key: '['\n", `s.yaml:4:8: key "[" of label A must be one digit or letter`},
		{"key twice", head + "  key: 1\n- label: B\n  key: 1\n", "s.yaml:6:8: label A and label B have the same key 1"},
		{"colour by name", head + "  color: red\n", `s.yaml:4:10: colour "red" of label A must be written #rrggbb`},
		{"short colour", head + "  color: '#abc'\n", `s.yaml:4:10: colour "#abc" of label A must be written #rrggbb`},
		{"attribute without name", head + "  attributes:\n  - kind: text\n", "s.yaml:5:5: the attributes of A need names of their own"},
		{"attribute twice", head + "  attributes:\n  - {name: a, kind: text}\n  - {name: a, kind: boolean}\n", "s.yaml:6:12: the attributes of A need names of their own"},
		{"unknown kind", head + "  attributes:\n  - {name: a, kind: colour}\n", `s.yaml:5:21: attribute a of A is of unknown kind "colour"`},
		{"choice without values", "name: x\ndocument:\n- {name: genre, kind: choice}\n", "s.yaml:3:3: attribute genre of the document has no values to choose from"},
		{"value twice", "name: x\ndocument:\n- {name: genre, kind: choice, values: [{name: news}, {name: news}]}\n", "s.yaml:3:39: the values of attribute genre of the document need names of their own"},
		{"flag twice", head + "flags: [discuss, discuss]\n", "s.yaml:4:18: the flags of scheme x need names of their own"},
		{"fewer than none", head + roles + "  - {name: a, min: -1}\n", "s.yaml:7:5: role a of relation r cannot have fewer than 0 fillers"},
		{"empty relation label", head + "relations:\n- roles: [{name: a}]\n", "s.yaml:5:3: a relation label of scheme x is empty"},
		{"relation twice", head + "relations:\n- {label: r, open: true}\n- {label: r, open: true}\n", "s.yaml:6:11: relation label r stands twice in scheme x"},
		{"unknown scope", head + "relations:\n- {label: r, scope: page}\n", `s.yaml:5:21: scope "page" of relation r is none of sentence, paragraph, document and project`},
		{"no roles", head + "relations:\n- label: r\n", "s.yaml:5:3: relation r has no roles"},
		{"role twice", head + roles + "  - name: a\n  - name: a\n", "s.yaml:8:11: the roles of relation r need names of their own"},
		{"more needed than allowed", head + roles + "  - {name: a, min: 2, max: 1}\n", "s.yaml:7:28: role a of relation r wants at least 2 fillers and at most 1"},
		{"unknown label in a role", head + roles + "  - {name: a, labels: [B]}\n", "s.yaml:7:24: role a of relation r admits label B, which the scheme does not have"},
		{"bad attribute of a relation", head + roles + "  - name: a\n  attributes:\n  - {name: b, kind: x}\n", `s.yaml:9:21: attribute b of r is of unknown kind "x"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := ParseScheme("s.yaml", []byte(test.text))
			require.EqualError(t, err, test.sentence)
			assert.Equal(t, Invalid, KindOf(err))
			assert.Nil(t, s)
		})
	}
}

func FuzzParseScheme(f *testing.F) {
	f.Add([]byte(schemeText))
	for _, seed := range []string{"", "name: x\nspans: [", "name: *a", "a: &a [*a]", "- - -", "name: |\n  x\n\ty", "\xff", "name: x\n---\nname: y", "{", "? x", "<<: {name: x}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ParseScheme("s.yaml", raw)
		if err != nil {
			assert.Equal(t, Invalid, KindOf(err))
			assert.NotContains(t, err.Error(), "\n")
			return
		}
		require.NoError(t, s.Check())
		written, err := MarshalState(s)
		require.NoError(t, err)
		back, err := UnmarshalState(SchemeEntity, written)
		require.NoError(t, err)
		again, err := MarshalState(back)
		require.NoError(t, err)
		assert.Equal(t, string(written), string(again))
		file, err := s.Marshal()
		require.NoError(t, err)
		reread, problems := ReadScheme(file)
		require.NotNil(t, reread, "%v %s", problems, file)
		if reread.Revision = s.Revision; len(reread.Spans) == 0 {
			reread.Spans = s.Spans
		}
		again, err = MarshalState(reread)
		require.NoError(t, err)
		assert.Equal(t, string(written), string(again), string(file))
	})
}

func TestSchemeLookups(t *testing.T) {
	s := parsed(t, schemeText)
	assert.Equal(t, "Claim", s.Span("Claim").Label)
	assert.Nil(t, s.Span("claim"))
	assert.Equal(t, "restates", s.Relation("restates").Label)
	assert.Nil(t, s.Relation("about"))
	assert.Equal(t, "Claim", s.SpanByKey("1").Label)
	assert.Nil(t, s.SpanByKey("2"))
	assert.Nil(t, s.SpanByKey(""), "labels without a key are not armed by nothing")
	role := s.Relation("attribution").Role("content")
	assert.True(t, s.Admits(role, "Source"))
	assert.False(t, s.Admits(role, "Cue"))
	assert.True(t, s.Admits(s.Relation("restates").Role("tail"), "anything"))
	assert.Nil(t, s.Relation("restates").Role("cue"))
}

func TestExtendAddsWhatIsMissingAndSaysSo(t *testing.T) {
	s := parsed(t, schemeText)
	before, err := MarshalState(s)
	require.NoError(t, err)
	protein := span("s1", "Protein", 0, 3)
	protein.Attributes = map[string]Value{"score": number(t, "0.5"), "known": Bool(true), "names": Choices("p53")}
	claim := span("s2", "Claim", 0, 3)
	claim.Attributes = map[string]Value{"type": Text("hint"), "origin": Text("wire")}
	claim.Flag = "unsure"
	binding := relation("r1", "Binding", Argument{Role: "Theme", Span: "s1"}, Argument{Role: "Theme", Span: "s2"}, Argument{Role: "Site", Implicit: true})
	binding.Attributes = map[string]Value{"negated": Bool(true)}
	attribution := relation("r2", "attribution", Argument{Role: "cue", Span: "s1"}, Argument{Role: "addressee", Span: "s2"})
	attribution.Flag = "discuss"
	assessment := &Assessment{Document: "doc", Annotator: "asha", Labels: map[string]Value{"genre": Text("essay"), "year": number(t, "2025")}, Flag: "unsure"}

	extended, added := s.Extend(protein, claim, binding, attribution, assessment, NewDocument("a", "b"))
	assert.Equal(t, []string{
		"span label Protein was added to the scheme",
		"attribute known of label Protein was added to the scheme",
		"attribute names of label Protein was added to the scheme",
		"attribute score of label Protein was added to the scheme",
		"attribute origin of label Claim was added to the scheme",
		"flag unsure was added to the scheme",
		"relation label Binding was added to the scheme",
		"role Theme of relation Binding was added to the scheme",
		"role Site of relation Binding was added to the scheme",
		"attribute negated of relation Binding was added to the scheme",
		"role addressee of relation attribution was added to the scheme",
		"document attribute year was added to the scheme",
	}, added)
	require.NoError(t, extended.Check())
	assert.Equal(t, &SpanLabel{
		Label: "Protein", Color: Palette[3], Open: true,
		Attributes: []Attribute{{Name: "known", Kind: BooleanKind}, {Name: "names", Kind: TextKind}, {Name: "score", Kind: NumberKind}},
	}, extended.Span("Protein"))
	assert.Equal(t, ProjectScope, extended.Relation("Binding").Scope)
	assert.True(t, extended.Relation("Binding").Open)
	assert.False(t, extended.Relation("attribution").Open)

	after, err := MarshalState(s)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after), "the scheme extended is changed")
}

func TestExtendWithoutAdditionsIsTheSameScheme(t *testing.T) {
	s := parsed(t, schemeText)
	claim := span("s", "Claim", 0, 3)
	claim.Attributes = map[string]Value{"type": Text("demand")}
	same, added := s.Extend(claim, relation("r", "restates", Argument{Role: Head, Span: "s"}))
	assert.Same(t, s, same)
	assert.Empty(t, added)
}

func TestWhatASchemeWasExtendedForBreaksNoRuleOfAddedLabels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := parsed(t, schemeText)
		before, err := MarshalState(s)
		require.NoError(t, err)
		var used []State
		for range rapid.IntRange(0, 8).Draw(t, "states") {
			if rapid.Bool().Draw(t, "span") {
				e := drawSpan(t)
				e.Label, e.Attributes, e.Flag = "new "+e.Label, attributes().Draw(t, "attributes"), rapid.SampledFrom([]string{"", "odd"}).Draw(t, "flag")
				used = append(used, e)
			} else {
				e := drawRelation(t)
				e.Label, e.Attributes = "new", attributes().Draw(t, "attributes")
				used = append(used, e)
			}
		}
		extended, _ := s.Extend(used...)
		text := strings.Repeat("x", 100)
		anywhere := func(id ID) *Span { return span(id, "Any", 0, 1) }
		for _, state := range used {
			assert.Empty(t, audited(extended, text, anywhere, state).All())
		}
		_, added := extended.Extend(used...)
		assert.Empty(t, added, "extending twice adds nothing")
		after, err := MarshalState(s)
		require.NoError(t, err)
		assert.Equal(t, string(before), string(after), "the scheme extended is changed")
	})
}

func TestPaletteColoursAreWrittenAsSchemesNeedThem(t *testing.T) {
	seen := map[string]bool{}
	s := &Scheme{Name: "palette"}
	for _, color := range Palette {
		assert.False(t, seen[color], "%s stands twice", color)
		seen[color] = true
		s.Spans = append(s.Spans, SpanLabel{Label: color, Color: color})
	}
	require.NoError(t, s.Check())
}

func TestSchemeCloneCanBeEdited(t *testing.T) {
	s := parsed(t, schemeText)
	want := parsed(t, schemeText)
	c := s.Clone()
	c.Spans[0].Label, c.Flags[0].Name, c.Document[0].Name = "Other", "other", "other"
	c.Relations[0].Label, c.Relations[0].Roles[0].Name = "other", "other"
	c.Spans = append(c.Spans, SpanLabel{Label: "More"})
	if diff := cmp.Diff(want, s, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestTwoExtensionsOfOneSchemeShareNothing(t *testing.T) {
	roomy := append(make([]Attribute, 0, 8), Attribute{Name: "type", Kind: TextKind})
	s := &Scheme{Name: "x", Spans: []SpanLabel{{Label: "Claim", Attributes: roomy}}}
	one, two := span("s1", "Claim", 0, 1), span("s2", "Claim", 0, 1)
	one.Attributes, two.Attributes = map[string]Value{"one": Bool(true)}, map[string]Value{"two": Bool(true)}
	first, _ := s.Extend(one)
	second, _ := s.Extend(two)
	assert.Equal(t, "one", first.Span("Claim").Attributes[1].Name)
	assert.Equal(t, "two", second.Span("Claim").Attributes[1].Name)
}

package annotate

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const renamed = `
name: t
spans:
  - {label: Claim, formerly: [Statement, Source], attributes: [{name: sure, formerly: [certainty], kind: choice, values: [{name: high, formerly: [very], values: [{name: top, formerly: [max]}]}, {name: low}]}]}
  - {label: Demand, parent: Claim}
  - {label: Source}
relations:
  - label: attribution
    formerly: [Attribution]
    roles: [{name: source, formerly: [Source, Who]}, {name: content, formerly: [Content]}]
    attributes: [{name: open, formerly: [hypothetical], kind: boolean}]
document: [{name: genre, formerly: [type], kind: text}]
records:
  - {label: question, formerly: [query], attributes: [{name: words, formerly: [text], kind: text}], records: [{label: answer, formerly: [reply]}]}
flags: [{name: discuss, formerly: [Discuss]}, skip]
`

func TestWhatHasAFormerNameIsTakenForThePresentOne(t *testing.T) {
	scheme, err := ParseScheme("t.yaml", []byte(renamed))
	require.NoError(t, err)
	r := scheme.Former()
	text := func(pairs ...string) map[string]Value {
		values := map[string]Value{}
		for i := 0; i < len(pairs); i += 2 {
			values[pairs[i]] = Text(pairs[i+1])
		}
		return values
	}
	for name, test := range map[string]struct{ read, want State }{
		"label, attribute, value and flag": {
			&Span{Label: "Statement", Attributes: text("certainty", "very"), Flag: "Discuss"},
			&Span{Label: "Claim", Attributes: text("sure", "high"), Flag: "discuss"},
		},
		"value inside another one":   {&Span{Label: "Claim", Attributes: text("sure", "max")}, &Span{Label: "Claim", Attributes: text("sure", "top")}},
		"inherited attribute":        {&Span{Label: "Demand", Attributes: text("certainty", "low")}, &Span{Label: "Demand", Attributes: text("sure", "low")}},
		"a name that is another one": {&Span{Label: "Source"}, &Span{Label: "Source"}},
		"a name that nothing had":    {&Span{Label: "Mood", Attributes: text("certainty", "very")}, &Span{Label: "Mood", Attributes: text("certainty", "very")}},
		"present value stands before": {
			&Span{Label: "Claim", Attributes: text("sure", "low", "certainty", "very")},
			&Span{Label: "Claim", Attributes: text("sure", "low")},
		},
		"relation and roles": {
			&Relation{Label: "Attribution", Arguments: []Argument{{Role: "Who", Span: "a"}, {Role: "Content", Span: "b"}, {Role: "cue", Span: "c"}}, Attributes: map[string]Value{"hypothetical": Bool(true)}},
			&Relation{Label: "attribution", Arguments: []Argument{{Role: "source", Span: "a"}, {Role: "content", Span: "b"}, {Role: "cue", Span: "c"}}, Attributes: map[string]Value{"open": Bool(true)}},
		},
		"record":              {&Record{Label: "query", Attributes: text("text", "x")}, &Record{Label: "question", Attributes: text("words", "x")}},
		"record inside one":   {&Record{Label: "reply"}, &Record{Label: "answer"}},
		"document attributes": {&Assessment{Labels: text("type", "report"), Flag: "skip"}, &Assessment{Labels: text("genre", "report"), Flag: "skip"}},
	} {
		after, _ := r.Of(test.read)
		assert.Equal(t, test.want, after, name)
	}
	for _, step := range r.Steps {
		assert.Equal(t, RenameStep, step.Kind, step.Sentence)
	}
	plain, err := ParseScheme("t.yaml", []byte("name: t\nspans: [{label: A, attributes: [{name: x, kind: text}]}]\n"))
	require.NoError(t, err)
	assert.Empty(t, plain.Former().Steps)
}

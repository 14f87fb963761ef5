package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	. "spanwright/annotate"
)

func TestWhatIsProbablyNotMeantIsWarnedOf(t *testing.T) {
	const head = "name: x\nspans:\n- label: A\n"
	for _, test := range []struct{ name, text, want string }{
		{"a key of the program", head + "  key: r\n", "s.yaml:4:8: key r of label A does something else in the window and does not reach it"},
		{"a flag’s key of the program", head + "flags:\n- {name: skip, key: x}\n", "s.yaml:5:21: key x of flag skip does something else in the window and does not reach it"},
		{"key of an abstract label", head + "  key: q\n  abstract: true\n", "s.yaml:4:8: label A is abstract, so its key does nothing"},
		{"former name that is one", head + "- label: B\n  formerly: [A]\n", "s.yaml:5:13: label B was called A formerly, but A is a label of its own"},
		{"former name of two", head + "  formerly: [C]\n- label: B\n  formerly: [C]\n", "s.yaml:6:13: labels A and B were both called C formerly; what is still called so becomes A"},
		{"former name of two values", head + "document:\n- {name: a, kind: choice, values: [{name: b, formerly: [d]}, {name: c, formerly: [d]}]}\n", "s.yaml:5:35: values b and c were both called d formerly; what is still called so becomes b"},
		{"circle of what leads nowhere", head + "relations: [{label: r, symmetric: true, roles: [{name: a}, {name: b}]}]\nrules:\n- acyclic: [r]\n", "s.yaml:6:13: relation r does not lead from one role to another, so it is in no circle"},
		{"derived where there is no text", head + "document:\n- {name: a, kind: choice, derive: quotation, values: [{name: direct}, {name: indirect}, {name: mixed}]}\n", "s.yaml:5:35: attribute a of the document is derived only where spans have it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, problems := ReadScheme([]byte(test.text))
			assert.NotNil(t, s)
			if assert.Len(t, problems, 1) {
				assert.True(t, problems[0].Warning)
				assert.Equal(t, test.want, problems[0].Error("s.yaml").Error())
			}
		})
	}
}

func TestADegreeRuleCountsASpanOnceHoweverItIsNamed(t *testing.T) {
	s := parsed(t, "name: x\nspans: [{label: A}, {label: B, parent: A}]\nrelations: [{label: r, roles: [{name: h}, {name: t}]}]\nrules:\n- {degree: [r], of: [A, B, \"*\"], role: h, min: 1, says: alone}")
	assert.Len(t, audited(s, "word", nil, span("s", "B", 0, 4)).All(), 1)
}

package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	. "spanwright/annotate"
)

// TestValuesOfAnotherKind changes the kind of an attribute. A want of nil is a loss.
func TestValuesOfAnotherKind(t *testing.T) {
	is := func(v Value) *Value { return &v }
	digits := func(s string) *Value { return is(number(t, s)) }
	const yesNo, codes = "kind: choice, values: [{name: Yes}, {name: no}]", "kind: choice, values: [{name: a}, {name: b, formerly: [be]}, {name: h, heading: true, values: [{name: \"7\"}]}]"
	several := "kind: several" + codes[len("kind: choice"):]
	for _, test := range []struct {
		from, to string
		v        *Value
		want     *Value
	}{
		{"kind: integer", "kind: number", digits("-5"), digits("-5")},
		{"kind: number", "kind: integer", digits("5"), digits("5")},
		{"kind: number", "kind: integer", digits("5e2"), digits("500")},
		{"kind: number", "kind: integer", digits("5.5"), nil},
		{"kind: number", "kind: integer", digits("1e30"), nil},
		{"kind: boolean", yesNo, is(Bool(true)), is(Text("Yes"))},
		{"kind: boolean", yesNo, is(Bool(false)), is(Text("no"))},
		{"kind: boolean", codes, is(Bool(false)), nil},
		{yesNo, "kind: boolean", is(Text("Yes")), is(Bool(true))},
		{codes, "kind: boolean", is(Text("a")), nil},
		{"kind: boolean", "kind: text", is(Bool(false)), is(Text("false"))},
		{"kind: boolean", "kind: integer", is(Bool(false)), nil},
		{codes, several, is(Text("b")), is(Choices("b"))},
		{several, codes, is(Choices("b")), is(Text("b"))},
		{several, codes, is(Choices("a", "b")), nil},
		{several, "kind: text", is(Choices("a")), is(Text("a"))},
		{"kind: text", codes, is(Text("a")), is(Text("a"))},
		{"kind: text", codes, is(Text("be")), is(Text("b"))},
		{"kind: text", codes, is(Text("h")), nil},
		{"kind: text", codes, is(Text("c")), nil},
		{"kind: text", several, is(Text("b")), is(Choices("b"))},
		{"kind: text", several, is(Choices("a", "be")), is(Choices("a", "b"))},
		{"kind: text", several, is(Choices("a", "c")), nil},
		{"kind: integer", codes, digits("7"), is(Text("7"))},
		{"kind: text", "kind: integer", is(Text("12")), digits("12")},
		{"kind: text", "kind: integer", is(Text("twelve")), nil},
		{"kind: text", "kind: number", is(Text("1.50")), digits("1.50")},
		{"kind: integer", "kind: text", digits("12"), is(Text("12"))},
		{"kind: text", "kind: date", is(Text("2026-03")), is(Text("2026-03"))},
		{"kind: text", "kind: date", is(Text("March")), nil},
		{"kind: date", "kind: text", is(Text("2026-03")), is(Text("2026-03"))},
		{"kind: concept", "kind: text", is(Text("0190f1d0-0000-7000-8000-000000000001")), nil},
		{"kind: text", "kind: concept", is(Text("Mara Tollen")), nil},
	} {
		from := parsed(t, "name: a\nspans: [{label: L, attributes: [{name: x, "+test.from+"}]}]")
		to := parsed(t, "name: a\nspans: [{label: L, attributes: [{name: x, "+test.to+"}]}]")
		after, touched := Revise(from, to).Of(&Span{ID: "s", Label: "L", Attributes: map[string]Value{"x": *test.v}})
		got, set := after.(*Span).Attributes["x"]
		name := test.from + " → " + test.to + ": " + test.v.String()
		assert.Len(t, touched, 1, name)
		if test.want == nil {
			assert.False(t, set, name)
			assert.Equal(t, Drop, touched[0].Fate, name)
			continue
		}
		assert.Equal(t, *test.want, got, name)
		assert.Equal(t, Into, touched[0].Fate, name)
	}
}

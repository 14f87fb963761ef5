package annotate_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func number(t require.TestingT, digits string) Value {
	v, ok := Number(digits)
	require.True(t, ok, digits)
	return v
}

func values() *rapid.Generator[Value] {
	return rapid.OneOf(
		rapid.Map(rapid.String(), Text),
		rapid.Map(rapid.Bool(), Bool),
		rapid.Map(rapid.SliceOfN(rapid.String(), 0, 4), func(names []string) Value { return Choices(names...) }),
		rapid.Custom(func(t *rapid.T) Value {
			return number(t, rapid.StringMatching(`-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,5})?`).Draw(t, "digits"))
		}),
	)
}

func TestValuesAreWrittenAsPlainJSON(t *testing.T) {
	tests := []struct {
		value Value
		json  string
		text  string
	}{
		{Value{}, `""`, ""},
		{Text("demand"), `"demand"`, "demand"},
		{Text(`<a & "b">`), `"<a & \"b\">"`, `<a & "b">`},
		{Text("true"), `"true"`, "true"},
		{Bool(true), "true", "true"},
		{Bool(false), "false", "false"},
		{Choices(), "[]", ""},
		{Choices("a", "b & c"), `["a","b & c"]`, "a, b & c"},
		{number(t, "1.50"), "1.50", "1.50"},
		{number(t, "-0"), "-0", "-0"},
		{number(t, "1E+05"), "1E+05", "1E+05"},
		{number(t, "12345678901234567890.000000000000000000001"), "12345678901234567890.000000000000000000001", "12345678901234567890.000000000000000000001"},
	}
	for _, test := range tests {
		raw, err := test.value.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, test.json, string(raw))
		assert.Equal(t, test.text, test.value.String())
		var back Value
		require.NoError(t, json.Unmarshal([]byte(" "+test.json+"\n"), &back))
		assert.True(t, test.value.Equal(back), "%s", test.json)
	}
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values().Draw(t, "value")
		raw, err := v.MarshalJSON()
		require.NoError(t, err)
		back := values().Draw(t, "what was there before")
		require.NoError(t, json.Unmarshal(raw, &back))
		assert.True(t, v.Equal(back), "%s", raw)
		again, err := back.MarshalJSON()
		require.NoError(t, err)
		assert.Equal(t, string(raw), string(again))
	})
}

func TestWhatIsNoValueIsRefused(t *testing.T) {
	for _, raw := range []string{"null", "{}", `{"a":1}`, "[1]", "[[]]", "[null]", "nul", "01", "1.", ".5", "+1", "NaN", "[", `"`} {
		var v Value
		assert.Error(t, v.UnmarshalJSON([]byte(raw)), raw)
	}
	var v Value
	require.EqualError(t, v.UnmarshalJSON([]byte("null")),
		"an attribute value must be a boolean, a string, a number or a list of strings, not null")
	require.EqualError(t, v.UnmarshalJSON([]byte("[1]")),
		"an attribute value must be a boolean, a string, a number or a list of strings, not [1]")
	require.EqualError(t, v.UnmarshalJSON(nil), "an attribute value is missing")
}

func TestNumberTakesOnlyJSONNumbers(t *testing.T) {
	for _, digits := range []string{"0", "-1", "10", "0.0", "1e9", "1E-9", "-12.50e+3"} {
		_, ok := Number(digits)
		assert.True(t, ok, digits)
	}
	for _, digits := range []string{"", "-", "01", "1.", ".1", "1e", "+1", "0x1", "1_000", "Infinity", "null", `"1"`, ` "1"`, " 1", "1 ", "1\n", "١"} {
		_, ok := Number(digits)
		assert.False(t, ok, "%q", digits)
	}
}

func TestEachReaderTakesOnlyItsKind(t *testing.T) {
	for kind, v := range map[string]Value{"text": Text("1"), "bool": Bool(true), "number": number(t, "1"), "choices": Choices("1")} {
		_, isText := v.Text()
		_, isBool := v.Bool()
		_, isNumber := v.Number()
		_, isChoices := v.Choices()
		assert.Equal(t, []bool{kind == "text", kind == "bool", kind == "number", kind == "choices"}, []bool{isText, isBool, isNumber, isChoices})
	}
	yes, _ := Bool(true).Bool()
	no, _ := Bool(false).Bool()
	assert.True(t, yes)
	assert.False(t, no)
	assert.False(t, Text("1").Equal(number(t, "1")))
	assert.False(t, number(t, "1.0").Equal(number(t, "1")), "the digits count")
}

func TestChoicesKeepTheirOwnCopy(t *testing.T) {
	names := []string{"a", "b"}
	v := Choices(names...)
	names[0] = "z"
	assert.Equal(t, "a, b", v.String())
}

func FuzzValue(f *testing.F) {
	for _, seed := range []string{`"a"`, "true", "[]", `["a","b"]`, "1.50", "-1e9", "null", "[1]", "{}", "\"\\ud800\"", " 1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var v, back Value
		if json.Unmarshal(raw, &v) != nil {
			return
		}
		written, err := json.Marshal(v)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(written, &back))
		assert.True(t, v.Equal(back), "%s became %s", raw, written)
	})
}

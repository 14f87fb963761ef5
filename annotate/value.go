package annotate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Value is what an attribute is set to: a boolean, a text or choice, several
// choices, or a number. The zero Value is the empty text. A number keeps the
// digits it was written with, so that files come out as they went in.
type Value struct {
	kind    valueKind
	text    string
	choices []string
}

type valueKind byte

const (
	textValue valueKind = iota
	boolValue
	numberValue
	choicesValue
)

// Text returns the value of a text or choice attribute.
func Text(s string) Value { return Value{text: s} }

// Bool returns the value of a boolean attribute.
func Bool(b bool) Value { return Value{kind: boolValue, text: strconv.FormatBool(b)} }

// Choices returns the value of an attribute that may have several choices.
func Choices(names ...string) Value {
	return Value{kind: choicesValue, choices: slices.Clone(names)}
}

// numberPattern is the grammar of numbers in RFC 8259, section 6.
var numberPattern = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// Number returns the value whose decimal digits are s; ok is false if s is not a JSON number.
func Number(s string) (v Value, ok bool) {
	if !numberPattern.MatchString(s) {
		return Value{}, false
	}
	return Value{kind: numberValue, text: s}, true
}

// Bool returns the truth of a boolean value; ok is false for other values.
func (v Value) Bool() (b, ok bool) { return v.text == "true", v.kind == boolValue }

// Text returns the text or choice; ok is false for other values.
func (v Value) Text() (s string, ok bool) { return v.text, v.kind == textValue }

// Choices returns the choices of a several-choices value; ok is false for other values.
func (v Value) Choices() (names []string, ok bool) { return v.choices, v.kind == choicesValue }

// Number returns the digits of a number; ok is false for other values.
func (v Value) Number() (digits string, ok bool) { return v.text, v.kind == numberValue }

// String returns the value as a person reads it.
func (v Value) String() string {
	if v.kind == choicesValue {
		return strings.Join(v.choices, ", ")
	}
	return v.text
}

// Equal reports whether v and w are the same value.
func (v Value) Equal(w Value) bool {
	return v.kind == w.kind && v.text == w.text && slices.Equal(v.choices, w.choices)
}

// MarshalJSON writes the JSON boolean, string, array or number.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case boolValue, numberValue:
		return []byte(v.text), nil
	case choicesValue:
		if v.choices == nil {
			return []byte("[]"), nil
		}
		return marshalPlain(v.choices)
	}
	return marshalPlain(v.text)
}

// UnmarshalJSON reads a JSON boolean, string, array of strings or number.
func (v *Value) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0:
		return Errorf(Invalid, "an attribute value is missing")
	case raw[0] == '"':
		v.kind, v.choices = textValue, nil
		return json.Unmarshal(raw, &v.text)
	case raw[0] == '[':
		return v.unmarshalChoices(raw)
	case string(raw) == "true" || string(raw) == "false":
		*v = Value{kind: boolValue, text: string(raw)}
		return nil
	}
	n, ok := Number(string(raw))
	if !ok {
		return noValue(raw)
	}
	*v = n
	return nil
}

// unmarshalChoices reads an array; a null in it is no string, though encoding/json takes it for one.
func (v *Value) unmarshalChoices(raw []byte) error {
	var names []*string
	if json.Unmarshal(raw, &names) != nil || slices.Contains(names, nil) {
		return noValue(raw)
	}
	*v = Value{kind: choicesValue, choices: make([]string, len(names))}
	for i, name := range names {
		v.choices[i] = *name
	}
	return nil
}

// MarshalYAML returns what the YAML writer writes as a boolean, a number, a list or a text.
func (v Value) MarshalYAML() (any, error) {
	switch v.kind {
	case boolValue:
		return v.text == "true", nil
	case numberValue:
		if n, err := strconv.ParseInt(v.text, 10, 64); err == nil {
			return n, nil
		}
		return strconv.ParseFloat(v.text, 64)
	case choicesValue:
		return v.choices, nil
	}
	return v.text, nil
}

// UnmarshalYAML reads a boolean, a number, a list of texts or a text.
func (v *Value) UnmarshalYAML(decode func(any) error) error {
	var raw any
	if err := decode(&raw); err != nil {
		return err
	}
	switch x := raw.(type) {
	case bool:
		*v = Bool(x)
	case string:
		*v = Text(x)
	case []any:
		names := make([]string, len(x))
		for i := range x {
			names[i] = fmt.Sprint(x[i])
		}
		*v = Choices(names...)
	default:
		n, ok := Number(fmt.Sprint(raw))
		if !ok {
			return Errorf(Invalid, "an attribute value must be a boolean, a text, a number or a list of texts, not %v", raw)
		}
		*v = n
	}
	return nil
}

func noValue(raw []byte) error {
	return Errorf(Invalid, "an attribute value must be a boolean, a string, a number or a list of strings, not %s", Excerpt(string(raw), 60))
}

// marshalPlain is json.Marshal without the escaping of <, > and & that only HTML needs.
func marshalPlain(x any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(x); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// SortedKeys returns the names of values in order.
func SortedKeys[K cmp.Ordered, V any](values map[K]V) []K {
	return slices.Sorted(maps.Keys(values))
}

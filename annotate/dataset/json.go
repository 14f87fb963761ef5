package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// Fields are the keys of a JSON object with their values as they stand.
type Fields map[string]json.RawMessage

// ParseFields reads an object.
func ParseFields(raw []byte) (Fields, error) {
	var f Fields
	if err := json.Unmarshal(raw, &f); err != nil || f == nil {
		return nil, annotate.Errorf(annotate.Invalid, "it must be a JSON object, and is %s", kindOfJSON(raw))
	}
	return f, nil
}

// Has reports whether a key is there and not null.
func (f Fields) Has(key string) bool {
	raw, ok := f[key]
	return ok && string(raw) != "null"
}

// Text returns the text of a key, "" where there is none.
func (f Fields) Text(key string) (string, error) {
	if !f.Has(key) {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(f[key], &s); err != nil {
		return "", annotate.Errorf(annotate.Invalid, "%q must be a text, and is %s", key, kindOfJSON(f[key]))
	}
	return s, nil
}

// List returns the items of a key, none where there is no such key.
func (f Fields) List(key string) ([]json.RawMessage, error) {
	if !f.Has(key) {
		return nil, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(f[key], &items); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "%q must be a list, and is %s", key, kindOfJSON(f[key]))
	}
	return items, nil
}

// Object returns the object of a key, nil where there is none.
func (f Fields) Object(key string) (Fields, error) {
	if !f.Has(key) {
		return nil, nil
	}
	var o Fields
	if err := json.Unmarshal(f[key], &o); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "%q must be an object, and is %s", key, kindOfJSON(f[key]))
	}
	return o, nil
}

// Offset returns the offset of a key, which must be there.
func (f Fields) Offset(key string) (int, error) {
	n, err := ParseOffset(f[key])
	if err != nil {
		return 0, annotate.Errorf(annotate.Invalid, "%q %s", key, sentence(err))
	}
	return n, nil
}

// ParseOffset reads a whole number that is not negative, which some write as 3.0.
func ParseOffset(raw []byte) (int, error) {
	digits := strings.TrimSuffix(string(raw), ".0")
	n, err := strconv.Atoi(digits)
	switch {
	case len(raw) == 0:
		return 0, annotate.Errorf(annotate.Invalid, "is missing")
	case err != nil && errors.Is(err, strconv.ErrRange):
		return 0, annotate.Errorf(annotate.Invalid, "is far too large: %s", annotate.Excerpt(digits, 40))
	case err != nil:
		return 0, annotate.Errorf(annotate.Invalid, "must be a whole number, and is %s", kindOfJSON(raw))
	case n < 0:
		return 0, annotate.Errorf(annotate.Invalid, "is negative: %d", n)
	}
	return n, nil
}

// Plainly returns a JSON value as metadata holds it: a text as it is, anything else as JSON.
func Plainly(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil && string(raw) != "null" {
		return s
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

// Values reads an object of attributes. What is neither a text, a number, true or false
// nor a list of texts is kept as JSON in a text; null is no value.
func (f Fields) Values() map[string]annotate.Value {
	var values map[string]annotate.Value
	for key, raw := range f {
		if string(raw) == "null" {
			continue
		}
		if values == nil {
			values = map[string]annotate.Value{}
		}
		var v annotate.Value
		if err := json.Unmarshal(raw, &v); err != nil {
			v = annotate.Text(Plainly(raw))
		}
		values[key] = v
	}
	return values
}

// SetMeta adds the fields to the metadata of a document, null left out.
func (f Fields) SetMeta(d *annotate.Document) {
	for key := range f {
		if f.Has(key) {
			d.SetMeta(key, Plainly(f[key]))
		}
	}
}

// SetRest adds to the metadata of a document the fields that the format has no name for,
// which are all but own, and then those of the object meta.
func (f Fields) SetRest(d *annotate.Document, own []string) error {
	rest := maps.Clone(f)
	for _, key := range own {
		delete(rest, key)
	}
	rest.SetMeta(d)
	meta, err := f.Object("meta")
	if err != nil {
		return err
	}
	meta.SetMeta(d)
	return nil
}

// kindOfJSON names what a JSON value is.
func kindOfJSON(raw []byte) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return "missing"
	}
	switch raw[0] {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "the number " + annotate.Excerpt(string(raw), 40)
}

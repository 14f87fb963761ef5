package annotate

import (
	"bytes"
	"encoding/json"
)

// Flag is a mark that an annotator sets beside the scheme's labels: to discuss, to
// skip. A scheme file may write just its name.
type Flag struct {
	Name      string   `json:"name" yaml:"name"`
	Formerly  []string `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Key       string   `json:"key,omitempty" yaml:"key,omitempty"` // one digit or letter; sets the flag, or takes it away
	Guideline string   `json:"guideline,omitempty" yaml:"guideline,omitempty"`
}

// plainFlag is a Flag without its methods.
type plainFlag Flag

// isName reports whether a flag is no more than a name.
func (f *Flag) isName() bool { return len(f.Formerly) == 0 && f.Key == "" && f.Guideline == "" }

// MarshalJSON writes a flag that is no more than a name as that name.
func (f Flag) MarshalJSON() ([]byte, error) {
	if f.isName() {
		return marshalPlain(f.Name)
	}
	return marshalPlain(plainFlag(f))
}

// UnmarshalJSON reads a name or an object.
func (f *Flag) UnmarshalJSON(raw []byte) error {
	if raw = bytes.TrimSpace(raw); len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &f.Name)
	}
	return json.Unmarshal(raw, (*plainFlag)(f))
}

// MarshalYAML writes a flag that is no more than a name as that name.
func (f Flag) MarshalYAML() (any, error) {
	if f.isName() {
		return f.Name, nil
	}
	return plainFlag(f), nil
}

// UnmarshalYAML reads a name or a mapping.
func (f *Flag) UnmarshalYAML(decode func(any) error) error {
	var name string
	if decode(&name) == nil {
		f.Name = name
		return nil
	}
	return decode((*plainFlag)(f))
}

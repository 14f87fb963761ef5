package dataset

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"spanwright/annotate"
)

// JSONStream reads a JSON file whose values are too large to be held, token by token
// down to those that are not. Its errors have file and line, and after one there is no more.
type JSONStream struct {
	path    string
	counted *lineCounter
	decoder *json.Decoder
}

// NewJSONStream returns the JSON of r, which is UTF-8 without a byte order mark. The path is for messages.
func NewJSONStream(path string, r io.Reader) *JSONStream {
	counted := &lineCounter{source: r, allowed: MaxLine}
	return &JSONStream{path, counted, json.NewDecoder(counted)}
}

// Token returns the next token, and io.EOF behind the last.
func (s *JSONStream) Token() (json.Token, error) {
	s.prepare()
	token, err := s.decoder.Token()
	if err != nil && !errors.Is(err, io.EOF) {
		err = s.explain(err)
	}
	return token, err
}

// More reports whether another item follows in the list or object that is open.
func (s *JSONStream) More() bool {
	s.counted.allow(MaxLine)
	return s.decoder.More()
}

// Value returns the next value whole, valid until the next call. One that is no proper text is an error after
// which reading goes on.
func (s *JSONStream) Value() (v JSONValue, goesOn bool, err error) {
	s.prepare()
	var raw json.RawMessage
	if err := s.decoder.Decode(&raw); err != nil {
		return JSONValue{}, false, s.explain(err)
	}
	v = JSONValue{raw, s.counted.lineAt(s.decoder.InputOffset() - int64(len(raw))), s.decoder.InputOffset()}
	if err := checkJSON(raw); err != nil {
		return JSONValue{}, true, Place(err, s.path, v.Line)
	}
	return v, true, nil
}

// Offset returns how many bytes have been read.
func (s *JSONStream) Offset() int64 { return s.decoder.InputOffset() }

// Errorf returns an error in the line that has been read up to.
func (s *JSONStream) Errorf(kind annotate.Kind, format string, args ...any) error {
	return annotate.Errorf(kind, format, args...).At(s.path, s.counted.lineAt(s.decoder.InputOffset()))
}

func (s *JSONStream) prepare() {
	s.counted.allow(MaxLine)
	s.counted.forget(s.decoder.InputOffset())
}

// explain places a failure, behind the colon of a key that was read.
func (s *JSONStream) explain(err error) error {
	offset := s.decoder.InputOffset()
	rest := s.counted.recent[s.counted.within(offset):]
	if value := bytes.TrimLeft(rest, " \t\r\n"); bytes.HasPrefix(value, []byte(":")) {
		offset += int64(len(rest) - len(value) + 1)
	}
	return s.counted.explain(err, offset, s.path)
}

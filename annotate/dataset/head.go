package dataset

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// headSize is how much of a file is looked at to find out its format, in bytes.
const headSize = 1 << 18

// Head is the beginning of a file, from which its format is found out.
type Head struct {
	Name string // of the file, without folders
	Text []byte // UTF-8 without a byte order mark; at most 256 kB
}

// ReadHead reads the beginning of a file; one that cannot be read is empty.
func ReadHead(path string) Head {
	h := Head{Name: filepath.Base(path)}
	f, err := os.Open(path)
	if err != nil {
		return h
	}
	defer f.Close()
	h.Text, _ = io.ReadAll(io.LimitReader(Plain(f), headSize)) // what there is decides
	return h
}

// Matches reports whether the name fits one of the patterns, in capitals or not.
func (h Head) Matches(patterns ...string) bool {
	for _, p := range patterns {
		if ok, _ := filepath.Match(strings.ToLower(p), strings.ToLower(h.Name)); ok {
			return true
		}
	}
	return false
}

// Line returns the n-th line, from 0 on, without its end; nil if there is none.
func (h Head) Line(n int) []byte {
	rest := h.Text
	for ; n > 0; n-- {
		_, after, found := bytes.Cut(rest, []byte("\n"))
		if !found {
			return nil
		}
		rest = after
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r"))
}

// JSON returns the shape of the first JSON value of the file, or of the first one in
// the list that the file is. The head may break off in it.
func (h Head) JSON() Shape {
	dec := json.NewDecoder(bytes.NewReader(h.Text))
	s := shapeOf(dec, 0)
	if first := s.Items; s.Kind == '[' && len(first) == 1 && first[0].Kind != '"' {
		return first[0]
	}
	return s
}

// Shape is what can be seen of a JSON value without its contents.
type Shape struct {
	// Kind is '{', '[', '"' for a text, '0' for a number, 't' for true or false, 'n' for
	// null, and 0 where nothing could be read.
	Kind byte
	Keys map[string]Shape // of an object
	// Items are the first one of a list of objects or lists, else up to three.
	Items []Shape
	Text  string // of a text
}

// Has reports whether an object has all the keys.
func (s Shape) Has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := s.Keys[key]; !ok {
			return false
		}
	}
	return true
}

// Item returns the n-th item that was looked at, or the zero Shape.
func (s Shape) Item(n int) Shape {
	if n < len(s.Items) {
		return s.Items[n]
	}
	return Shape{}
}

// shapeDepth is how deep a shape is looked at.
const shapeDepth = 6

func shapeOf(dec *json.Decoder, depth int) Shape {
	dec.UseNumber()
	token, err := dec.Token()
	if err != nil {
		return Shape{}
	}
	switch t := token.(type) {
	case string:
		return Shape{Kind: '"', Text: t}
	case json.Number:
		return Shape{Kind: '0'}
	case bool:
		return Shape{Kind: 't'}
	case nil:
		return Shape{Kind: 'n'}
	case json.Delim:
		if depth > shapeDepth {
			pass(dec)
			return Shape{Kind: byte(t)}
		}
		if t == '{' {
			return objectShape(dec, depth)
		}
		if t == '[' {
			return listShape(dec, depth)
		}
	}
	return Shape{}
}

// pass reads on to the end of the object or list that has begun.
func pass(dec *json.Decoder) {
	for open := 1; open > 0; {
		token, err := dec.Token()
		if err != nil {
			return
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			open++
		case json.Delim('}'), json.Delim(']'):
			open--
		}
	}
}

func objectShape(dec *json.Decoder, depth int) Shape {
	s := Shape{Kind: '{', Keys: map[string]Shape{}}
	for dec.More() {
		token, err := dec.Token()
		key, isKey := token.(string)
		if err != nil || !isKey {
			return s
		}
		s.Keys[key] = shapeOf(dec, depth+1)
	}
	_, _ = dec.Token() // the end, or nothing more
	return s
}

func listShape(dec *json.Decoder, depth int) Shape {
	s := Shape{Kind: '['}
	for dec.More() {
		item := shapeOf(dec, depth+1)
		if item.Kind == 0 {
			return s
		}
		if len(s.Items) < 3 {
			s.Items = append(s.Items, item)
		}
		if depth == 0 && item.Kind != '"' {
			return s // one of a long list is enough
		}
	}
	_, _ = dec.Token()
	return s
}

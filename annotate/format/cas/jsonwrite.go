package cas

import (
	"bufio"
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// object is a JSON object whose keys have an order.
type object struct {
	keys   []string
	values []any
}

func (o *object) set(key string, v any) {
	o.keys = append(o.keys, key)
	o.values = append(o.values, v)
}

// append adds the object as JSON, with its keys in their order.
func (o *object) append(b []byte) []byte {
	b = append(b, '{')
	for i, key := range o.keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, key), ':')
		b = appendJSON(b, o.values[i])
	}
	return append(b, '}')
}

// appendJSON adds a value as JSON.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case *object:
		return v.append(b)
	case string:
		return appendText(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case bool:
		return strconv.AppendBool(b, v)
	case json.RawMessage:
		return append(b, v...)
	case []int:
		return appendList(b, v, func(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) })
	case []string:
		return appendList(b, v, appendText)
	}
	return append(b, "null"...)
}

func appendList[T any](b []byte, list []T, add func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = add(b, v)
	}
	return append(b, ']')
}

// appendText adds a text, without the escapes that only HTML needs.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			return append(b, plain(text)...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// plain returns a text as JSON.
func plain(text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // it can always be written
	return b.Bytes()[:b.Len()-1]
}

// printJSON writes a graph, a structure on each line.
func printJSON(out *bufio.Writer, g *graph, types *writtenTypes) {
	out.WriteString("{\n\"" + typesKey + "\":")
	out.Write(jsonTypes(types).append(nil))
	out.WriteString(",\n\"" + structuresKey + "\":[\n")
	s := g.sofas[0]
	text := &object{}
	text.set(idKey, s.id)
	text.set(typeKey, sofaType)
	text.set("sofaNum", 1)
	text.set("sofaID", s.name)
	text.set("mimeType", "text")
	text.set("sofaString", s.text)
	out.Write(text.append(nil))
	w := jsonWriter{out: out, types: types, next: s.id + len(g.structures) + 1}
	for _, s := range g.structures {
		w.structure(s)
	}
	view := &object{}
	view.set(sofaKey, s.id)
	view.set(membersKey, slices.Concat([]int{}, g.views[s.id]))
	views := &object{}
	views.set(s.name, view)
	out.WriteString("\n],\n\"" + viewsKey + "\":")
	out.Write(views.append(nil))
	out.WriteString("\n}\n")
}

// jsonWriter writes structures, and arrays as structures of their own.
type jsonWriter struct {
	out   *bufio.Writer
	types *writtenTypes
	next  int // id of the next array
	line  []byte
}

func (w *jsonWriter) structure(s *structure) {
	made := &object{}
	made.set(idKey, s.id)
	made.set(typeKey, s.kind)
	if s.sofa != 0 {
		made.set("@sofa", s.sofa)
	}
	if s.placed {
		made.set("begin", s.begin)
		made.set("end", s.end)
	}
	for _, f := range s.features {
		switch {
		case f.form == list:
			made.set("@"+f.name, w.array(stringArray, slices.Concat([]string{}, f.texts)))
		case f.many:
			made.set("@"+f.name, w.array(w.types.featureOf(s.kind, f.name).element+"[]", f.refs))
		case f.form == reference:
			made.set("@"+f.name, f.refs[0])
		case f.form == number:
			made.set(f.name, json.RawMessage(f.text))
		case f.form == truth:
			made.set(f.name, f.text == "true")
		default:
			made.set(f.name, f.text)
		}
	}
	w.write(made)
}

func (w *jsonWriter) write(o *object) {
	w.out.WriteString(",\n")
	w.line = o.append(w.line[:0])
	w.out.Write(w.line)
}

// array writes an array and returns its id.
func (w *jsonWriter) array(kind string, elements any) int {
	made := &object{}
	made.set(idKey, w.next)
	made.set(typeKey, kind)
	made.set(elementsKey, elements)
	w.write(made)
	w.next++
	return w.next - 1
}

// jsonTypes returns types as JSON has them.
func jsonTypes(t *writtenTypes) *object {
	all := &object{}
	for _, of := range t.sorted() {
		made := &object{}
		made.set(nameKey, of.name)
		made.set(superKey, of.super)
		for _, f := range of.features {
			name, element := f.rangeName()
			if element != "" {
				name = element + "[]"
			}
			r := &object{}
			r.set(nameKey, f.name)
			r.set(rangeKey, name)
			made.set(f.name, r)
		}
		all.set(of.name, made)
	}
	return all
}

package cas

import (
	"bufio"
	"encoding/binary"
	"unicode/utf16"
)

// javaWriter writes a stream of Java objects. A failure comes again when out is flushed.
type javaWriter struct {
	out     *bufio.Writer
	shared  int32            // how many things a reference may point at
	classes map[string]int32 // by name, which of those they are
	names   map[string]int32 // of the types of fields
}

// javaVersions are the versions of the classes that are written (serialVersionUID).
var javaVersions = map[string]uint64{
	completeSerializer: 0x5ef2282f6cb95e44, typesSerializer: 0x4d0312a83b96def4, heapSerializer: 0x915db9a3dbcd8ef9,
	"[I": 0x4dba602676eab2a5, "[B": 0xacf317f8060854e0, "[J": 0x782004b512b17593, "[S": 0xef832e06e55db0fa,
	textsClass: 0xadd256e7e91d7b47,
}

// textsClass is the class of a list of texts.
const textsClass = "[Ljava.lang.String;"

// javaMember is a field to be written: a number, list of numbers or texts, or another object.
type javaMember struct {
	name, kind string // a kind of one letter is that of a number
	value      any
}

// writeJava begins a stream.
func writeJava(out *bufio.Writer) *javaWriter {
	out.WriteString(javaMagic)
	return &javaWriter{out: out, classes: map[string]int32{}, names: map[string]int32{}}
}

func (w *javaWriter) put(x any) { _ = binary.Write(w.out, binary.BigEndian, x) }

func (w *javaWriter) number(n int) { w.put(int32(n)) }

// share counts one more thing that a reference may point at.
func (w *javaWriter) share() int32 {
	w.shared++
	return w.shared - 1
}

func (w *javaWriter) reference(handle int32) {
	w.out.WriteByte(javaReference)
	w.put(javaFirstHandle + handle)
}

// class writes what a class has, or points at where that stands.
func (w *javaWriter) class(name string, members []javaMember) {
	if handle, known := w.classes[name]; known {
		w.reference(handle)
		return
	}
	w.out.WriteByte(javaDescription)
	w.short(name)
	w.put(javaVersions[name])
	w.classes[name] = w.share()
	w.out.WriteByte(2) // it is written as its fields
	w.put(uint16(len(members)))
	for _, m := range members {
		w.out.WriteByte(m.kind[0])
		w.short(m.name)
		if len(m.kind) == 1 {
			continue
		}
		if handle, known := w.names[m.kind]; known {
			w.reference(handle)
			continue
		}
		w.names[m.kind] = w.share()
		w.out.WriteByte(javaText)
		w.short(m.kind)
	}
	w.out.WriteByte(javaBlockEnd)
	w.out.WriteByte(javaNull) // no parent
}

// object writes an object; its members must stand in the order of Java, numbers first and
// then by name. What value does is to write the others.
func (w *javaWriter) object(class string, members []javaMember) {
	w.out.WriteByte(javaObjectBegin)
	w.class(class, members)
	w.share()
	for _, m := range members {
		switch v := m.value.(type) {
		case int32:
			w.put(v)
		case []int32:
			w.array("[I", len(v), v)
		case []int64:
			w.array("[J", len(v), v)
		case []byte:
			w.array("[B", len(v), v)
		case []int16:
			w.array("[S", len(v), v)
		case []string:
			w.texts(v)
		case func():
			v()
		default:
			w.out.WriteByte(javaNull)
		}
	}
}

func (w *javaWriter) array(class string, length int, items any) {
	w.out.WriteByte(javaArray)
	w.class(class, nil)
	w.share()
	w.number(length)
	w.put(items)
}

// texts writes a list of texts, of which the first is none.
func (w *javaWriter) texts(texts []string) {
	w.out.WriteByte(javaArray)
	w.class(textsClass, nil)
	w.share()
	w.number(len(texts))
	for i, t := range texts {
		if i == 0 && t == "" {
			w.out.WriteByte(javaNull)
			continue
		}
		w.share()
		raw := javaUTF(t)
		if len(raw) > 0xffff {
			w.out.WriteByte(javaLongText)
			w.put(uint64(len(raw)))
		} else {
			w.out.WriteByte(javaText)
			w.put(uint16(len(raw)))
		}
		_, _ = w.out.Write(raw)
	}
}

// short writes a name.
func (w *javaWriter) short(name string) {
	raw := javaUTF(name)
	w.put(uint16(len(raw)))
	_, _ = w.out.Write(raw)
}

// javaUTF returns a text as Java writes it: each unit of UTF-16 for itself, and NUL in two bytes.
func javaUTF(text string) []byte {
	raw := make([]byte, 0, len(text))
	for _, u := range utf16.Encode([]rune(text)) {
		switch {
		case u > 0 && u < 0x80:
			raw = append(raw, byte(u))
		case u < 0x800:
			raw = append(raw, 0xc0|byte(u>>6), 0x80|byte(u&0x3f))
		default:
			raw = append(raw, 0xe0|byte(u>>12), 0x80|byte(u>>6&0x3f), 0x80|byte(u&0x3f))
		}
	}
	return raw
}

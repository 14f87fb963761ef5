package cas

import (
	"encoding/binary"
	"unicode/utf16"

	"spanwright/annotate"
)

// What begins the parts of a stream of Java objects (Java Object Serialization Specification,
// section 6.4.2).
const (
	javaMagic       = "\xac\xed\x00\x05"
	javaNull        = 0x70
	javaReference   = 0x71
	javaDescription = 0x72
	javaObjectBegin = 0x73
	javaText        = 0x74
	javaArray       = 0x75
	javaBlockEnd    = 0x78
	javaLongText    = 0x7c
	javaFirstHandle = 0x7e0000
)

// javaClass says which fields objects of a class have, those of its parent first.
type javaClass struct {
	name   string
	fields []javaField
}

type javaField struct {
	kind byte // as in the names of arrays: I for a number of 32 bits, L for an object
	name string
}

// javaObject is an object with its fields by name: numbers, texts, lists of them, and other objects.
type javaObject map[string]any

// javaReader reads a stream of Java objects that consist of their fields. It makes nothing of
// what it reads but numbers, texts and lists. After a failure it reads nothing more.
type javaReader struct {
	raw    []byte
	at     int
	shared []any // what a reference may point at
	failed error
}

// readJava returns the first object of a stream.
func readJava(raw []byte) (javaObject, error) {
	r := &javaReader{raw: raw}
	if string(r.take(len(javaMagic))) != javaMagic {
		return nil, fail(0, "it is no stream of Java objects")
	}
	o, is := r.value(0).(javaObject)
	if r.failed == nil && !is {
		r.fail("it begins with something else than an object")
	}
	return o, r.failed
}

func (r *javaReader) fail(format string, args ...any) {
	if r.failed == nil {
		r.failed = fail(0, "at byte %d of the stream of Java objects: "+format, append([]any{r.at}, args...)...)
	}
}

// take returns the next n bytes, nil where there are not so many.
func (r *javaReader) take(n int) []byte {
	if r.failed != nil || n < 0 || n > len(r.raw)-r.at {
		r.fail("it breaks off")
		return nil
	}
	r.at += n
	return r.raw[r.at-n : r.at]
}

// number returns the next number of 1, 2, 4 or 8 bytes, without a sign unless it has 8.
func (r *javaReader) number(size int) int64 {
	b := r.take(size)
	var wide [8]byte
	copy(wide[8-len(b):], b)
	return int64(binary.BigEndian.Uint64(wide[:]))
}

// deepestJava is how deep objects may lie in each other. A CAS needs three.
const deepestJava = 16

func (r *javaReader) value(depth int) any {
	if depth > deepestJava {
		r.fail("objects lie too deep in each other")
	}
	switch begin := r.number(1); {
	case r.failed != nil, begin == javaNull:
		return nil
	case begin == javaReference:
		handle := r.number(4) - javaFirstHandle
		if handle < 0 || handle >= int64(len(r.shared)) {
			r.fail("it points at nothing")
			return nil
		}
		return r.shared[handle]
	case begin == javaDescription:
		return r.class(depth)
	case begin == javaObjectBegin:
		return r.object(depth)
	case begin == javaText:
		return r.share(r.text(int(r.number(2))))
	case begin == javaLongText:
		return r.share(r.text(int(r.number(8))))
	case begin == javaArray:
		return r.array(depth)
	}
	r.fail("it has something that no CAS has")
	return nil
}

func (r *javaReader) share(v any) any {
	r.shared = append(r.shared, v)
	return v
}

func (r *javaReader) class(depth int) *javaClass {
	c := &javaClass{name: r.text(int(r.number(2)))}
	r.take(8) // the version of the class, which is known by its fields
	r.share(c)
	const ownMethods = 0x01 | 0x04 // it writes more than its fields
	if r.number(1)&ownMethods != 0 {
		r.fail("%s is written in a way of its own", annotate.Excerpt(c.name, 80))
	}
	for range r.number(2) {
		f := javaField{kind: byte(r.number(1))}
		f.name = r.text(int(r.number(2)))
		if f.kind == 'L' || f.kind == '[' {
			r.value(depth + 1)
		}
		if r.failed != nil {
			return c
		}
		c.fields = append(c.fields, f)
	}
	if r.number(1) != javaBlockEnd {
		r.fail("%s has remarks, which are not read", annotate.Excerpt(c.name, 80))
	}
	if parent, is := r.value(depth + 1).(*javaClass); is {
		c.fields = append(parent.fields[:len(parent.fields):len(parent.fields)], c.fields...)
	}
	return c
}

// javaSizes are the bytes of what is no object, by its kind.
var javaSizes = map[byte]int{'B': 1, 'C': 2, 'D': 8, 'F': 4, 'I': 4, 'J': 8, 'S': 2, 'Z': 1}

func (r *javaReader) object(depth int) any {
	c, is := r.value(depth + 1).(*javaClass)
	if !is {
		r.fail("an object has no class")
		return nil
	}
	o := javaObject{}
	r.share(o)
	for _, f := range c.fields {
		if size := javaSizes[f.kind]; size > 0 {
			o[f.name] = r.number(size)
		} else {
			o[f.name] = r.value(depth + 1)
		}
	}
	return o
}

// array returns numbers as int64, and texts, of which those that are not there are empty.
func (r *javaReader) array(depth int) any {
	c, is := r.value(depth + 1).(*javaClass)
	if !is || len(c.name) < 2 {
		r.fail("an array has no class")
		return nil
	}
	at := len(r.shared)
	r.share(nil)
	n := int(r.number(4))
	size := javaSizes[c.name[1]]
	if r.failed != nil || n > (len(r.raw)-r.at)/max(size, 1) {
		r.fail("it breaks off in an array")
		return nil
	}
	if size > 0 {
		numbers := make([]int64, n)
		for i := range numbers {
			numbers[i] = signed(r.number(size), size)
		}
		r.shared[at] = numbers
		return numbers
	}
	texts := make([]string, n)
	for i := range texts {
		texts[i], _ = r.value(depth + 1).(string)
	}
	r.shared[at] = texts
	return texts
}

// signed returns a number of so many bytes with its sign.
func signed(n int64, size int) int64 {
	unused := 64 - 8*size
	return n << unused >> unused
}

// text returns a text of n bytes, in which each unit of UTF-16 is written for itself, and NUL
// in two bytes.
func (r *javaReader) text(n int) string {
	b := r.take(n)
	units := make([]uint16, 0, len(b))
	for len(b) > 0 {
		c := b[0]
		switch {
		case c < 0x80:
			units, b = append(units, uint16(c)), b[1:]
		case c>>5 == 6 && len(b) > 1:
			units, b = append(units, uint16(c&0x1f)<<6|uint16(b[1]&0x3f)), b[2:]
		case c>>4 == 14 && len(b) > 2:
			units, b = append(units, uint16(c&0xf)<<12|uint16(b[1]&0x3f)<<6|uint16(b[2]&0x3f)), b[3:]
		default:
			r.fail("a text is not written as Java writes texts")
			return ""
		}
	}
	for i, u := range units {
		if utf16.IsSurrogate(rune(u)) && !paired(units, i) {
			r.fail("a text has half of a surrogate pair")
		}
	}
	return string(utf16.Decode(units))
}

// paired reports whether the unit at i, half of a surrogate pair, has its other half.
func paired(units []uint16, i int) bool {
	if units[i] >= 0xdc00 {
		return i > 0 && units[i-1] >= 0xd800 && units[i-1] < 0xdc00
	}
	return i+1 < len(units) && units[i+1] >= 0xdc00 && units[i+1] < 0xe000
}

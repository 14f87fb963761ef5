package cas

import (
	"bytes"
	"context"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/klauspost/compress/s2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Serialized is the CAS as Java keeps objects, which is what INCEpTION itself works on.
var Serialized = &dataset.Format{
	Name:     "casser",
	Title:    "UIMA CAS as Java serializes it, which INCEpTION keeps in its projects, a document a file",
	Patterns: []string{"*.ser"},
	Holds:    holds,
	Unit:     annotate.UTF16,
	Untyped:  true,
	Sniff: func(head dataset.Head) bool {
		return bytes.HasPrefix(head.Text, []byte(snappyMagic)) && head.Matches("*.ser") ||
			bytes.HasPrefix(head.Text, []byte(javaMagic)) && bytes.Contains(head.Text, []byte(completeSerializer))
	},
	Read: dataset.ReadOne(readSerialized),
}

// Classes of UIMA that a serialized CAS consists of.
const (
	completeSerializer = "org.apache.uima.cas.impl.CASCompleteSerializer"
	typesSerializer    = "org.apache.uima.cas.impl.CASMgrSerializer"
	heapSerializer     = "org.apache.uima.cas.impl.CASSerializer"
)

// snappyMagic begins files that newer versions of INCEpTION compress.
const snappyMagic = "\xff\x06\x00\x00sNaPpY"

func readSerialized(_ context.Context, in dataset.Input) (*dataset.Record, error) {
	raw, err := dataset.ReadFile(in.Path)
	if err != nil {
		return nil, err
	}
	size := int64(len(raw))
	if bytes.HasPrefix(raw, []byte(snappyMagic)) {
		if raw, err = io.ReadAll(io.LimitReader(s2.NewReader(bytes.NewReader(raw)), annotate.MaxText+1)); err != nil {
			return nil, fail(0, "its compression is damaged")
		}
		if len(raw) > annotate.MaxText {
			return nil, fail(0, "it unpacks to more than %d MB, which is the limit", annotate.MaxText>>20)
		}
	}
	g, err := parseSerialized(raw)
	if err != nil {
		return nil, err
	}
	r, err := decode(in, g, 1)
	if err != nil {
		return nil, err
	}
	r.End = size
	return r, nil
}

// heap is a CAS as its serialization keeps it: structures one behind the other in words of 32 bits,
// each its type and then its features, and other values in lists that the words point into. A
// structure is known by where it begins.
type heap struct {
	types    *heapTypes
	words    []int64
	texts    []string
	bytes    []int64 // truths too
	shorts   []int64
	longs    []int64 // doubles too
	index    []int64
	sofaNums map[int]int // ids of texts, by their number
}

// parseSerialized takes a file apart.
func parseSerialized(raw []byte) (*graph, error) {
	o, err := readJava(raw)
	if err != nil {
		return nil, err
	}
	described, _ := o["casMgrSer"].(javaObject)
	held, _ := o["casSer"].(javaObject)
	if described == nil || held == nil {
		return nil, fail(0, "it is no serialized CAS")
	}
	types, err := heapTypesOf(described)
	if err != nil {
		return nil, err
	}
	h := &heap{
		types: types, words: numbers(held, "heapArray"), bytes: numbers(held, "byteHeapArray"), shorts: numbers(held, "shortHeapArray"),
		longs: numbers(held, "longHeapArray"), index: numbers(held, "fsIndex"), sofaNums: map[int]int{},
	}
	h.texts, _ = held["stringTable"].([]string)
	g := &graph{types: types.system, byID: map[int]*structure{}, views: map[int][]int{}}
	for at := 1; at < len(h.words); {
		n, err := h.structure(g, at)
		if err != nil {
			return nil, err
		}
		at += n
	}
	return g, h.views(g)
}

// numbers returns a field that is a list of numbers.
func numbers(o javaObject, name string) []int64 {
	list, _ := o[name].([]int64)
	return list
}

// structure reads the structure that begins at a word, and returns how many words it has.
func (h *heap) structure(g *graph, at int) (n int, err error) {
	kind := h.types.name(h.words[at])
	if kind == "" {
		return 0, fail(0, "word %d of the heap should be a type, and is %d", at, h.words[at])
	}
	s := &structure{id: at, kind: kind}
	if element, is := h.types.arrayOf(kind); is {
		if at+1 >= len(h.words) || h.words[at+1] < 0 {
			return 0, fail(0, "the heap breaks off in the array %d", at)
		}
		length := int(h.words[at+1])
		n = 2 + length
		if element.aside {
			n = 3
		}
		if n > len(h.words)-at {
			return 0, fail(0, "the heap breaks off in the array %d", at)
		}
		v, err := h.elements(element, at, length)
		if err != nil {
			return 0, err
		}
		s.features = []feature{{elementsFeature, v}}
		return n, g.add(s)
	}
	features := h.types.features(kind)
	if n = 1 + len(features); n > len(h.words)-at {
		return 0, fail(0, "the heap breaks off in %s %d", short(kind), at)
	}
	for i, f := range features {
		if err := h.feature(s, f, h.words[at+1+i]); err != nil {
			return 0, err
		}
	}
	if kind == sofaType {
		return n, h.sofa(g, s)
	}
	return n, g.add(s)
}

// elements returns what an array at a word holds.
func (h *heap) elements(of heapElement, at, length int) (value, error) {
	if of.kind == arrayType {
		v := value{form: reference}
		for _, word := range h.words[at+2 : at+2+length] {
			v.refs = append(v.refs, int(word))
		}
		return v, nil
	}
	v := value{form: list}
	for i := range length {
		word := int64(i)
		if of.aside {
			word += h.words[at+2]
		} else {
			word = h.words[at+2+i]
		}
		one, _, err := h.value(of.kind, word, of.aside)
		if err != nil {
			return v, err
		}
		v.texts = append(v.texts, one.text)
	}
	return v, nil
}

// feature gives a structure what a word says of a feature of it.
func (h *heap) feature(s *structure, f heapFeature, word int64) error {
	switch f.name {
	case "sofa":
		s.sofa = int(word)
		return nil
	case "begin":
		s.begin = int(word)
		return negative(s, f, word)
	case "end":
		s.end, s.placed = int(word), true
		return negative(s, f, word)
	}
	v, has, err := h.value(f.kind, word, false)
	if has && err == nil {
		s.features = append(s.features, feature{f.name, v})
	}
	return err
}

func negative(s *structure, f heapFeature, word int64) error {
	if word < 0 {
		return fail(0, "%s %d: %q is negative: %d", short(s.kind), s.id, f.name, word)
	}
	return nil
}

// value returns what a word means that is of a type; has is false for nothing. In an array that keeps its
// elements aside even small ones are pointed at.
func (h *heap) value(kind string, word int64, aside bool) (v value, has bool, err error) {
	switch form := h.types.system.form(ranged{name: kind}); {
	case form == words:
		if word == 0 {
			return v, false, nil
		}
		if word < 0 || word >= int64(len(h.texts)) {
			return v, false, fail(0, "the heap points at text %d, and there are %d", word, len(h.texts))
		}
		return value{text: h.texts[word]}, true, nil
	case form == reference || form == list:
		return value{form: reference, refs: []int{int(word)}}, word != 0, nil
	}
	if from := h.pointedInto(kind, aside); from != nil {
		if word < 0 || word >= int64(len(from)) {
			return v, false, fail(0, "the heap points at number %d, and there are %d", word, len(from))
		}
		word = from[word]
	}
	switch kind {
	case "uima.cas.Boolean":
		return value{form: truth, text: strconv.FormatBool(word != 0)}, true, nil
	case "uima.cas.Float":
		return float(float64(math.Float32frombits(uint32(word))), 32), true, nil
	case "uima.cas.Double":
		return float(math.Float64frombits(uint64(word)), 64), true, nil
	}
	return value{form: number, text: strconv.FormatInt(word, 10)}, true, nil
}

// pointedInto returns the list that numbers of a type lie in, nil for those that are words themselves.
func (h *heap) pointedInto(kind string, aside bool) []int64 {
	switch {
	case kind == "uima.cas.Long" || kind == "uima.cas.Double":
		return h.longs
	case aside && kind == "uima.cas.Short":
		return h.shorts
	case aside:
		return h.bytes
	}
	return nil
}

// float returns a number, or as a text what is none.
func float(x float64, bits int) value {
	text := strconv.FormatFloat(x, 'g', -1, bits)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return value{text: text}
	}
	return value{form: number, text: text}
}

// sofa takes in a text.
func (h *heap) sofa(g *graph, s *structure) error {
	text, has := s.feature("sofaString")
	number, _ := strconv.Atoi(s.words("sofaNum")) // it is a number
	h.sofaNums[number] = s.id
	return g.addSofa(&sofa{id: s.id, name: s.words("sofaID"), text: text.text, has: has, uri: s.words("sofaURI")})
}

// views reads the index: how many views there are and how many texts, where the texts are,
// and for each view how many structures it has, and where they are.
func (h *heap) views(g *graph) error {
	rest := h.index
	next := func(n int64) []int64 {
		if n < 0 || n > int64(len(rest)) {
			return nil
		}
		taken := rest[:n:n]
		rest = rest[n:]
		return taken
	}
	counts := next(2)
	if counts == nil || counts[0] < 0 || next(counts[1]) == nil {
		return fail(0, "its index breaks off")
	}
	for view := 1; view <= int(counts[0]); view++ {
		size := next(1)
		if size == nil {
			return fail(0, "its index breaks off")
		}
		members := next(size[0])
		if members == nil {
			return fail(0, "its index breaks off")
		}
		if id := h.sofaNums[view]; id != 0 {
			g.views[id] = []int{}
			for _, m := range members {
				g.views[id] = append(g.views[id], int(m))
			}
		}
	}
	return nil
}

// heapTypes are the types of a heap, known by their number.
type heapTypes struct {
	system *typeSystem
	names  []string
	own    map[string][]heapFeature // that a type adds to those of its parent
	all    map[string][]heapFeature
}

// heapFeature is a feature, and the type of what it has.
type heapFeature struct{ name, kind string }

// heapElement is the type of an array's elements; aside says that they lie elsewhere.
type heapElement struct {
	kind  string
	aside bool
}

// heapArrays are the arrays that UIMA defines.
var heapArrays = map[string]heapElement{
	arrayType: {kind: arrayType}, stringArray: {kind: stringType}, "uima.cas.IntegerArray": {kind: "uima.cas.Integer"}, "uima.cas.FloatArray": {kind: "uima.cas.Float"},
	"uima.cas.BooleanArray": {"uima.cas.Boolean", true}, "uima.cas.ByteArray": {"uima.cas.Byte", true}, "uima.cas.ShortArray": {"uima.cas.Short", true},
	"uima.cas.LongArray": {"uima.cas.Long", true}, "uima.cas.DoubleArray": {"uima.cas.Double", true},
}

// heapTypesOf reads the description of types: their names and parents, and of each feature the type it is of,
// that of what it has, and whether an array in it may be shared.
func heapTypesOf(described javaObject) (*heapTypes, error) {
	t := &heapTypes{system: &typeSystem{types: map[string]*typeOf{}}, own: map[string][]heapFeature{}, all: map[string][]heapFeature{}}
	t.names, _ = described["typeNames"].([]string)
	parents := numbers(described, "typeInheritance")
	features, _ := described["featureNames"].([]string)
	declared := numbers(described, "featDecls")
	if len(parents) != len(t.names) || len(declared) != 3*len(features) {
		return nil, fail(0, "its types are not described in full")
	}
	for i, name := range t.names {
		if name == "" {
			continue
		}
		t.system.types[name] = &typeOf{super: t.name(parents[i]), features: map[string]ranged{}}
	}
	for i, name := range features {
		if name == "" {
			continue
		}
		domain, kind := t.name(declared[3*i]), t.name(declared[3*i+1])
		if domain == "" || kind == "" {
			return nil, fail(0, "its feature %s belongs to no type or has one that is not described", annotate.Excerpt(name, 80))
		}
		t.own[domain] = append(t.own[domain], heapFeature{name, kind})
		r := ranged{name: kind, shared: true}
		if element, isArray := arrayOf(kind); isArray {
			r = ranged{name: arrayType, element: element, shared: true}
		}
		t.system.types[domain].features[name] = r
	}
	return t, nil
}

// name returns the name of a type, "" if there is none of that number.
func (t *heapTypes) name(number int64) string {
	if number < 0 || number >= int64(len(t.names)) {
		return ""
	}
	return t.names[number]
}

// arrayOf returns what an array has in it; is is false for other types.
func (t *heapTypes) arrayOf(kind string) (element heapElement, is bool) {
	if strings.HasSuffix(kind, "[]") {
		return heapArrays[arrayType], true
	}
	element, is = heapArrays[kind]
	return element, is
}

// features returns the features of a type in the order of the heap: those of its parents first.
func (t *heapTypes) features(kind string) []heapFeature {
	if all, known := t.all[kind]; known {
		return all
	}
	var all []heapFeature
	for name, depth := kind, 0; t.system.types[name] != nil && depth < deepestType; name, depth = t.system.types[name].super, depth+1 {
		all = append(append([]heapFeature{}, t.own[name]...), all...)
	}
	t.all[kind] = all
	return all
}

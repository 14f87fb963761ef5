package cas

import (
	"bufio"
	"math"
	"strconv"
)

// builtinTypes are UIMA's own types, each with its parent. They come first in every serialized CAS, in this
// order, and are known by their place in it, from 1 on.
var builtinTypes = []struct {
	name   string
	parent int
}{
	{top, 0},
	{"uima.cas.Integer", 1},
	{"uima.cas.Float", 1},
	{stringType, 1},
	{"uima.cas.ArrayBase", 1},
	{arrayType, 5},
	{"uima.cas.FloatArray", 5},
	{"uima.cas.IntegerArray", 5},
	{stringArray, 5},
	{"uima.cas.ListBase", 1},
	{"uima.cas.FSList", 10},
	{"uima.cas.EmptyFSList", 11},
	{"uima.cas.NonEmptyFSList", 11},
	{"uima.cas.FloatList", 10},
	{"uima.cas.EmptyFloatList", 14},
	{"uima.cas.NonEmptyFloatList", 14},
	{"uima.cas.IntegerList", 10},
	{"uima.cas.EmptyIntegerList", 17},
	{"uima.cas.NonEmptyIntegerList", 17},
	{"uima.cas.StringList", 10},
	{"uima.cas.EmptyStringList", 20},
	{"uima.cas.NonEmptyStringList", 20},
	{"uima.cas.Boolean", 1},
	{"uima.cas.Byte", 1},
	{"uima.cas.Short", 1},
	{"uima.cas.Long", 1},
	{"uima.cas.Double", 1},
	{"uima.cas.BooleanArray", 5},
	{"uima.cas.ByteArray", 5},
	{"uima.cas.ShortArray", 5},
	{"uima.cas.LongArray", 5},
	{"uima.cas.DoubleArray", 5},
	{sofaType, 1},
	{annotationBase, 1},
	{annotation, 34},
	{documentType, 35},
}

// builtinFeatures are the features of those types: whose they are, what they have, and whether
// an array in them may be shared.
var builtinFeatures = []struct {
	name                  string
	domain, kind, sharing int32
}{
	{"head", 13, 1, 1},
	{"tail", 13, 11, 1},
	{"head", 16, 3, 0},
	{"tail", 16, 14, 1},
	{"head", 19, 2, 0},
	{"tail", 19, 17, 1},
	{"head", 22, 4, 0},
	{"tail", 22, 20, 1},
	{"sofaNum", 33, 2, 0},
	{"sofaID", 33, 4, 0},
	{"mimeType", 33, 4, 0},
	{"sofaArray", 33, 1, 1},
	{"sofaString", 33, 4, 0},
	{"sofaURI", 33, 4, 0},
	{"sofa", 34, 33, 0},
	{"begin", 35, 2, 0},
	{"end", 35, 2, 0},
	{"language", 36, 4, 0},
}

// heapWriter puts a graph onto a heap.
type heapWriter struct {
	types    *heapTypes
	kinds    map[string]int32 // the numbers of types
	parents  []int32
	features []string
	declared []int32

	words  []int32
	longs  []int64
	texts  []string
	textAt map[string]int32
	places map[int]int32 // where structures are, by their id
	lists  int32         // where the next list that a structure points at will be
}

// printSerialized writes a graph as Java serializes it.
func printSerialized(out *bufio.Writer, g *graph, types *writtenTypes) {
	h := &heapWriter{
		types: &heapTypes{system: &typeSystem{types: map[string]*typeOf{}}, names: []string{""}, own: map[string][]heapFeature{}, all: map[string][]heapFeature{}},
		kinds: map[string]int32{}, parents: []int32{0}, features: []string{""}, declared: []int32{0, 0, 0},
		words: []int32{0}, longs: []int64{0}, texts: []string{""}, textAt: map[string]int32{}, places: map[int]int32{},
	}
	h.describe(types)
	h.place(g)
	for _, s := range g.sofas {
		h.structure(&structure{id: s.id, kind: sofaType, features: []feature{
			{"sofaNum", value{form: number, text: "1"}}, {"sofaID", value{text: s.name}}, {"mimeType", value{text: "text"}}, {"sofaString", value{text: s.text}},
		}})
	}
	for _, s := range g.structures {
		h.structure(s)
	}
	for _, s := range g.structures {
		h.arrays(s)
	}
	h.print(out, g)
}

// describe gives numbers to types: UIMA's own, those that are written, and the arrays of those.
func (h *heapWriter) describe(types *writtenTypes) {
	for _, t := range builtinTypes {
		h.kind(t.name, int32(t.parent))
	}
	for _, f := range builtinFeatures {
		h.feature(h.types.names[f.domain], f.name, f.kind, f.sharing)
	}
	all := types.sorted()
	for _, t := range all {
		h.kind(t.name, h.kinds[t.super])
	}
	for _, t := range all {
		for _, f := range t.features {
			kind, element := f.rangeName()
			if element != "" {
				kind = element + "[]"
				if h.kinds[kind] == 0 {
					h.kind(kind, h.kinds[arrayType])
				}
			}
			h.feature(t.name, f.name, h.kinds[kind], 0)
		}
	}
}

func (h *heapWriter) kind(name string, parent int32) {
	h.kinds[name] = int32(len(h.types.names))
	h.types.system.types[name] = &typeOf{super: h.types.names[parent]}
	h.types.names = append(h.types.names, name)
	h.parents = append(h.parents, parent)
}

func (h *heapWriter) feature(domain, name string, kind, sharing int32) {
	h.features = append(h.features, name)
	h.declared = append(h.declared, h.kinds[domain], kind, sharing)
	h.types.own[domain] = append(h.types.own[domain], heapFeature{name, h.types.names[kind]})
}

// place finds where structures will be: each one behind the other.
func (h *heapWriter) place(g *graph) {
	at := int32(len(h.words))
	put := func(id int, kind string) {
		h.places[id] = at
		at += int32(1 + len(h.types.features(kind)))
	}
	for _, s := range g.sofas {
		put(s.id, sofaType)
	}
	for _, s := range g.structures {
		put(s.id, s.kind)
	}
	h.lists = at
}

// structure writes a structure. The lists that it points at come behind all structures.
func (h *heapWriter) structure(s *structure) {
	h.words = append(h.words, h.kinds[s.kind])
	for _, f := range h.types.features(s.kind) {
		h.words = append(h.words, h.word(s, f))
	}
}

// word returns what a structure has of a feature.
func (h *heapWriter) word(s *structure, f heapFeature) int32 {
	switch f.name {
	case "sofa":
		return h.places[s.sofa]
	case "begin":
		return int32(s.begin)
	case "end":
		return int32(s.end)
	}
	v, has := s.feature(f.name)
	if !has {
		return 0
	}
	switch v.form {
	case truth:
		if v.text == "true" {
			return 1
		}
		return 0
	case number:
		return h.number(v.text, f.kind)
	case list:
		return h.ahead(len(v.texts))
	case reference:
		if v.many {
			return h.ahead(len(v.refs))
		}
		return h.places[v.refs[0]]
	}
	return h.text(v.text)
}

// ahead returns where the next list will be, which has so many elements.
func (h *heapWriter) ahead(length int) int32 {
	at := h.lists
	h.lists += int32(2 + length)
	return at
}

func (h *heapWriter) number(digits, kind string) int32 {
	switch kind {
	case "uima.cas.Long":
		n, _ := strconv.ParseInt(digits, 10, 64) // it was measured
		h.longs = append(h.longs, n)
		return int32(len(h.longs) - 1)
	case "uima.cas.Double":
		x, _ := strconv.ParseFloat(digits, 64) // the nearest there is
		h.longs = append(h.longs, int64(math.Float64bits(x)))
		return int32(len(h.longs) - 1)
	case "uima.cas.Float":
		x, _ := strconv.ParseFloat(digits, 32)
		return int32(math.Float32bits(float32(x)))
	}
	n, _ := strconv.ParseInt(digits, 10, 32)
	return int32(n)
}

func (h *heapWriter) text(text string) int32 {
	at, known := h.textAt[text]
	if !known {
		at = int32(len(h.texts))
		h.texts = append(h.texts, text)
		h.textAt[text] = at
	}
	return at
}

// arrays writes the lists that a structure points at, in the order in which they were announced.
func (h *heapWriter) arrays(s *structure) {
	for _, f := range h.types.features(s.kind) {
		v, has := s.feature(f.name)
		switch {
		case !has:
		case v.form == list:
			h.words = append(h.words, h.kinds[stringArray], int32(len(v.texts)))
			for _, t := range v.texts {
				h.words = append(h.words, h.text(t))
			}
		case v.many:
			h.words = append(h.words, h.kinds[arrayType], int32(len(v.refs)))
			for _, id := range v.refs {
				h.words = append(h.words, h.places[id])
			}
		}
	}
}

// print writes the stream.
func (h *heapWriter) print(out *bufio.Writer, g *graph) {
	index := []int32{1, int32(len(g.sofas))}
	for _, s := range g.sofas {
		index = append(index, h.places[s.id], int32(len(g.views[s.id])))
		for _, id := range g.views[s.id] {
			index = append(index, h.places[id])
		}
	}
	order := make([]int32, 0, len(h.types.names))
	for i := range h.types.names[1:] {
		order = append(order, int32(i+1))
	}
	length := int32(len(h.words))
	w := writeJava(out)
	const numbers, texts = "[I", "[Ljava/lang/String;"
	w.object(completeSerializer, []javaMember{
		{"casMgrSer", "Lorg/apache/uima/cas/impl/CASMgrSerializer;", func() {
			w.object(typesSerializer, []javaMember{
				{"source", "I", int32(0)},
				{"topTypeCode", "I", int32(0)},
				// What is compared in the two indexes that every CAS has: nothing in that of texts; in that of annotations
				// where they begin, where they end (backwards), and the order of their types.
				{"comparatorIndex", numbers, []int32{0, 1}},
				{"comparators", numbers, []int32{33, 35, 16, 0, 17, 1, 0, 0}},
				{"featDecls", numbers, h.declared},
				{"featureNames", texts, h.features},
				{"featureOffsets", numbers, nil},
				{"indexNames", texts, []string{"SofaIndex", "AnnotationIndex"}},
				{"indexingStrategy", numbers, []int32{2, 0}},
				{"nameToIndexMap", numbers, []int32{0, 1}},
				{"stringSubtypeValuePos", numbers, []int32{}},
				{"stringSubtypeValues", texts, []string{}},
				{"stringSubtypes", numbers, []int32{}},
				{"typeInheritance", numbers, h.parents},
				{"typeNames", texts, h.types.names},
				{"typeOrder", numbers, order},
			})
		}},
		{"casSer", "Lorg/apache/uima/cas/impl/CASSerializer;", func() {
			w.object(heapSerializer, []javaMember{
				{"byteHeapArray", "[B", []byte{0}},
				{"fsIndex", numbers, index},
				{"heapArray", numbers, h.words},
				{"heapMetaData", numbers, []int32{length, length, length, 0, 0, length, 0}},
				{"longHeapArray", "[J", h.longs},
				{"shortHeapArray", "[S", []int16{0}},
				{"stringTable", texts, h.texts},
			})
		}},
	})
}

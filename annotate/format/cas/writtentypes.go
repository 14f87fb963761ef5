package cas

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// writtenTypes are the types of what is written, which grow with it.
type writtenTypes struct {
	types  map[string]*writtenType
	plain  map[string]form // of an attribute of a type, which form its plain name has
	fixed  bool            // a number keeps the size that it had first
	scheme *annotate.Scheme
	// ownDependency says that dependencies have attributes that those of DKPro lack.
	ownDependency bool

	// What was last cut, for the next annotator of the same document.
	text      string
	sentences []annotate.Fragment
	tokens    [][]annotate.Fragment
}

// segments returns the sentences and tokens of a text.
func (t *writtenTypes) segments(text string) ([]annotate.Fragment, [][]annotate.Fragment) {
	if t.sentences == nil || t.text != text {
		t.text = text
		t.sentences, t.tokens = dataset.Segments(text)
	}
	return t.sentences, t.tokens
}

type writtenType struct {
	name, super, description string
	met                      bool             // something is of it, or the scheme asks for it
	features                 []writtenFeature // in order of name
}

type writtenFeature struct {
	name    string
	form    form
	element string // what it points at
	many    bool   // it points at a list of those
	size    size   // of numbers
}

// size is what numbers need: the sizes follow each other as each holds those before it.
type size byte

// The sizes.
const (
	short32 size = iota
	long64
	float32s
	float64s
)

// newTypes returns the types of a scheme, or of none.
func newTypes(scheme *annotate.Scheme) *writtenTypes {
	t := &writtenTypes{types: map[string]*writtenType{}, plain: map[string]form{}, scheme: scheme}
	t.of(tokenType)
	t.of(sentenceType)
	if scheme == nil {
		return t
	}
	for _, l := range scheme.Spans {
		kind := dataset.SpanType(l.Label, scheme)
		t.of(kind).description, t.of(kind).met = l.Guideline, true
		t.declare(kind, scheme.AttributesOf(l.Label))
	}
	for _, l := range scheme.Relations {
		if l.Label == dependency {
			if t.ownDependency = !builtins[dependencyType].Holds(l.Attributes); !t.ownDependency {
				continue // whether it is written as that depends on its arguments
			}
		}
		if len(l.Attributes) == 0 && l.Role(trigger) != nil && scheme.Span(l.Label) != nil {
			if kind := dataset.SpanType(l.Label, scheme); builtinOf(kind) == nil {
				t.value(kind, arguments, value{form: reference, many: true})
			}
			continue // the trigger has the slots
		}
		kind := dataset.SlotPackage + dataset.TypeName(l.Label)
		t.prefer(dataset.RelationPackage+dataset.TypeName(l.Label), l.Attributes)
		t.prefer(kind, l.Attributes)
		if len(l.Roles) == 2 && l.Role(annotate.Head) != nil && l.Role(annotate.Tail) != nil {
			kind = dataset.RelationPackage + dataset.TypeName(l.Label)
			t.value(kind, governor, value{form: reference})
			t.value(kind, dependent, value{form: reference})
		} else {
			t.value(kind, arguments, value{form: reference, many: true})
		}
		t.of(kind).description = l.Guideline
		t.declare(kind, l.Attributes)
	}
	if len(scheme.Document) > 0 {
		t.declare(labelsType, scheme.Document)
	}
	return t
}

// kinds are the forms of the kinds of attributes.
var kinds = map[annotate.AttributeKind]form{
	annotate.BooleanKind: truth, annotate.IntegerKind: number, annotate.NumberKind: number, annotate.SeveralKind: list,
}

// prefer says which form of an attribute has its plain name.
func (t *writtenTypes) prefer(kind string, attributes []annotate.Attribute) {
	for _, a := range attributes {
		t.plain[kind+" "+a.Name] = kinds[a.Kind]
	}
}

// declare gives a type the features of attributes.
func (t *writtenTypes) declare(kind string, attributes []annotate.Attribute) {
	t.prefer(kind, attributes)
	for _, a := range attributes {
		v := value{form: kinds[a.Kind]}
		if a.Kind == annotate.NumberKind {
			v.text = "0.5"
		}
		t.value(kind, featureName(a.Name), v)
	}
}

// feature returns what an attribute's feature is called: the form that the scheme says or that is
// met first has the plain name, and others say which they are behind it.
func (t *writtenTypes) feature(kind, attribute string, v value) string {
	name, f := featureName(attribute), v.form
	if b := builtinOf(kind); b != nil && b.Has(attribute) {
		t.plain[kind+" "+attribute] = words
	}
	plain, known := t.plain[kind+" "+attribute]
	if !known {
		t.plain[kind+" "+attribute] = f
	}
	held := !t.fixed || f != number || !known || t.featureOf(kind, name).size >= sizeOf(v.text) || t.featureOf(kind, name).size == float32s
	if !known || plain == f && held {
		return name
	}
	return strings.TrimSuffix(name, dataset.NameEnds) + dataset.NameEnds + formNames[f]
}

var formNames = map[form]string{words: "text", number: "number", truth: "truth", list: "list"}

// supers are the parents of types that are written, by name or package; all others are annotations.
var supers = []struct{ kind, super string }{
	{documentMeta, documentType},
	{dataset.DocumentPackage, annotationBase},
	{dataset.LinkType, top},
	{argumentLink, top},
	{chainType, annotationBase},
}

// of returns a type.
func (t *writtenTypes) of(kind string) *writtenType {
	if t.types[kind] == nil {
		made := &writtenType{name: kind, super: annotation}
		for _, s := range supers {
			if strings.HasPrefix(kind, s.kind) {
				made.super = s.super
				break
			}
		}
		t.types[kind] = made
		for _, f := range builtinOf(kind).declared() {
			t.declareFeature(made, f)
		}
	}
	return t.types[kind]
}

// inherited are features that a type has from its parent.
var inherited = map[string]bool{documentMeta + " language": true}

// value says that a feature of a type has a value.
func (t *writtenTypes) value(kind, name string, v value) {
	if inherited[kind+" "+name] {
		return
	}
	f := writtenFeature{name: name, form: v.form, many: v.many}
	switch {
	case v.many:
		f.element = dataset.LinkType
	case v.form == reference:
		f.element = annotation
	}
	if t.fixed {
		f.size = float32s
	}
	made := t.declareFeature(t.of(kind), f)
	if v.form == number && !t.fixed {
		made.size = max(made.size, sizeOf(v.text))
	}
}

// declareFeature gives a type a feature, unless it has it, and returns that.
func (t *writtenTypes) declareFeature(of *writtenType, f writtenFeature) *writtenFeature {
	i, found := slices.BinarySearchFunc(of.features, f.name, func(f writtenFeature, name string) int { return cmp.Compare(f.name, name) })
	if !found {
		of.features = slices.Insert(of.features, i, f)
		if f.element == dataset.LinkType {
			t.value(dataset.LinkType, role, value{})
			t.value(dataset.LinkType, target, value{form: reference})
		} else if f.element != "" && f.element != annotation {
			t.of(f.element)
		}
	}
	return &of.features[i]
}

// featureOf returns a feature that a type has.
func (t *writtenTypes) featureOf(kind, name string) writtenFeature {
	i := slices.IndexFunc(t.of(kind).features, func(f writtenFeature) bool { return f.name == name })
	if i < 0 {
		return writtenFeature{}
	}
	return t.types[kind].features[i]
}

// sizeOf returns what a number needs.
func sizeOf(digits string) size {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil || digits == "" {
		if n < math.MinInt32 || n > math.MaxInt32 {
			return long64
		}
		return short32
	}
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return float64s
	}
	if short, _ := strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, 32), 64); short == f {
		return float32s
	}
	return float64s
}

// ranges are the types of what features have.
var (
	ranges     = map[form]string{words: stringType, truth: "uima.cas.Boolean", list: stringArray}
	sizeRanges = map[size]string{short32: "uima.cas.Integer", long64: "uima.cas.Long", float32s: "uima.cas.Float", float64s: "uima.cas.Double"}
)

// rangeName returns the type of what a feature has, and of the elements of what it lists.
func (f writtenFeature) rangeName() (name, element string) {
	switch {
	case f.form == number:
		return sizeRanges[f.size], ""
	case f.many:
		return arrayType, f.element
	case f.form == reference:
		return f.element, ""
	}
	return ranges[f.form], ""
}

// sorted returns the types in order of name.
func (t *writtenTypes) sorted() []*writtenType {
	all := make([]*writtenType, 0, len(t.types))
	for _, name := range annotate.SortedKeys(t.types) {
		all = append(all, t.types[name])
	}
	return all
}

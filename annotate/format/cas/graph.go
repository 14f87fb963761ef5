package cas

import (
	"spanwright/annotate"
)

// graph is what a file holds: texts, and feature structures that point at each other.
type graph struct {
	types      *typeSystem // nil where the file has none
	structures []*structure
	byID       map[int]*structure
	sofas      []*sofa
	views      map[int][]int // by the id of the sofa, the structures that its index holds
	untyped    bool          // the type system does not say whether a text is a number or a reference
	remarks    []string      // about the file
}

// sofa is a text, the subject of analysis.
type sofa struct {
	id   int
	name string
	line int
	text string
	has  bool   // it has a text
	uri  string // where the text lies, if not here
}

// structure is a feature structure.
type structure struct {
	id         int
	kind       string // its type, with the package
	line       int
	sofa       int // 0 for none
	begin, end int
	placed     bool // it has both
	features   []feature
}

// feature is a value of a structure.
type feature struct {
	name string
	value
}

// value is what a feature has, in one of its forms.
type value struct {
	form  form
	text  string   // of words, a number or a truth
	texts []string // of a list
	refs  []int    // of references
	many  bool     // they are written as a list, even if there is one
}

// form says what a value is.
type form byte

// The forms.
const (
	words form = iota
	number
	truth
	list
	reference
)

// feature returns the value of a feature; ok is false where it has none.
func (s *structure) feature(name string) (v value, ok bool) {
	for i := range s.features {
		if s.features[i].name == name {
			return s.features[i].value, true
		}
	}
	return value{}, false
}

// words returns the text of a feature, "" where it has none.
func (s *structure) words(name string) string {
	v, _ := s.feature(name)
	return v.text
}

// reference returns what a feature points at first, 0 for nothing.
func (s *structure) reference(name string) int {
	v, _ := s.feature(name)
	if v.form != reference || len(v.refs) == 0 {
		return 0
	}
	return v.refs[0]
}

// add puts a structure into the graph.
func (g *graph) add(s *structure) error {
	if s.id == 0 {
		return nil // what nothing means
	}
	if g.byID[s.id] != nil {
		return fail(s.line, "the id %d stands twice", s.id)
	}
	g.byID[s.id] = s
	g.structures = append(g.structures, s)
	return nil
}

// fail returns an error in a line of the file.
func fail(line int, format string, args ...any) error {
	err := annotate.Errorf(annotate.Invalid, format, args...)
	err.Sentence += "; the document was left out"
	return err.At("", line)
}

// elements returns what a reference to an array or list leads to: its elements, or itself.
func (g *graph) elements(id int) []int {
	s := g.byID[id]
	if s == nil {
		return []int{id}
	}
	switch s.kind {
	case "uima.cas.FSArray":
		v, _ := s.feature(elementsFeature)
		return v.refs
	case "uima.cas.EmptyFSList":
		return nil
	case "uima.cas.NonEmptyFSList":
		return g.chain(s)
	}
	if _, isArray := arrayOf(s.kind); isArray {
		v, _ := s.feature(elementsFeature)
		return v.refs
	}
	return []int{id}
}

// elementsFeature is the feature that an array keeps its elements in.
const elementsFeature = "elements"

// chain follows a list, which may lead in a circle.
func (g *graph) chain(s *structure) []int {
	var found []int
	seen := map[int]bool{}
	for s != nil && !seen[s.id] {
		seen[s.id] = true
		if head := s.reference("head"); head != 0 {
			found = append(found, head)
		}
		s = g.byID[s.reference("tail")]
	}
	return found
}

// texts returns the texts of an array or list that stands as a structure of its own; ok is
// false where it is none of texts.
func (g *graph) texts(id int) (texts []string, ok bool) {
	s := g.byID[id]
	if s == nil {
		return nil, false
	}
	switch s.kind {
	case stringArray, "uima.cas.IntegerArray", "uima.cas.FloatArray", "uima.cas.BooleanArray", "uima.cas.ShortArray", "uima.cas.LongArray", "uima.cas.DoubleArray":
		v, _ := s.feature(elementsFeature)
		return v.texts, true
	case "uima.cas.EmptyStringList":
		return nil, true
	case "uima.cas.NonEmptyStringList":
		seen := map[int]bool{}
		for s != nil && !seen[s.id] {
			seen[s.id] = true
			if head, has := s.feature("head"); has {
				texts = append(texts, head.text)
			}
			s = g.byID[s.reference("tail")]
		}
		return texts, true
	}
	return nil, false
}

package cas

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"spanwright/annotate/dataset"
)

// typeSystem says which features types have.
type typeSystem struct {
	types map[string]*typeOf
}

// typeOf is a type.
type typeOf struct {
	super    string
	features map[string]ranged
}

// ranged is what a feature can have.
type ranged struct {
	name    string // of a type
	element string // of an array, its type; "" for any
	// shared says that several features may have one and the same array, which then is a
	// structure of its own.
	shared bool
}

// Names of types that UIMA defines.
const (
	top            = "uima.cas.TOP"
	annotationBase = "uima.cas.AnnotationBase"
	annotation     = "uima.tcas.Annotation"
	stringType     = "uima.cas.String"
	stringArray    = "uima.cas.StringArray"
	arrayType      = "uima.cas.FSArray"
)

// deepestType is how far the parents of a type are followed; a broken file may lead in a circle.
const deepestType = 64

// is reports whether a type is that general one or inherits from it; known is false where
// the type system does not say.
func (t *typeSystem) is(name, general string) (is, known bool) {
	for range deepestType {
		if name == general {
			return true, true
		}
		if parent, builtin := parents[name]; builtin {
			name = parent
			continue
		}
		if t == nil || t.types[name] == nil {
			return false, name == top
		}
		name = t.types[name].super
	}
	return false, false
}

// parents are those of UIMA's own types.
var parents = map[string]string{
	annotation: annotationBase, annotationBase: top, "uima.tcas.DocumentAnnotation": annotation, sofaType: top,
	stringArray: top, arrayType: top,
}

// feature returns what a feature of a type can have; known is false where the type system does not say.
func (t *typeSystem) feature(name, feature string) (r ranged, known bool) {
	if r, own := ownRanges[name+":"+feature]; own {
		return r, true
	}
	for range deepestType {
		if t == nil || t.types[name] == nil {
			return ranged{}, false
		}
		if r, known = t.types[name].features[feature]; known {
			return r, true
		}
		name = t.types[name].super
	}
	return ranged{}, false
}

// ownRanges are those of UIMA's lists and arrays.
var ownRanges = map[string]ranged{
	"uima.cas.NonEmptyFSList:head": {name: top}, "uima.cas.NonEmptyFSList:tail": {name: top},
	"uima.cas.NonEmptyStringList:head": {name: stringType}, "uima.cas.NonEmptyStringList:tail": {name: top},
	arrayType + ":" + elementsFeature: {name: arrayType}, stringArray + ":" + elementsFeature: {name: stringArray},
	"uima.cas.IntegerArray:" + elementsFeature: {name: "uima.cas.IntegerArray"}, "uima.cas.FloatArray:" + elementsFeature: {name: "uima.cas.FloatArray"},
	"uima.cas.BooleanArray:" + elementsFeature: {name: "uima.cas.BooleanArray"}, "uima.cas.LongArray:" + elementsFeature: {name: "uima.cas.LongArray"},
	"uima.cas.ShortArray:" + elementsFeature: {name: "uima.cas.ShortArray"}, "uima.cas.DoubleArray:" + elementsFeature: {name: "uima.cas.DoubleArray"},
}

// arrayOf returns the type of the elements of an array that is called by it, as JSON does.
func arrayOf(name string) (element string, is bool) { return strings.CutSuffix(name, "[]") }

// forms are those of UIMA's simple types.
var forms = map[string]form{
	stringType: words, "uima.cas.Boolean": truth,
	"uima.cas.Byte": number, "uima.cas.Short": number, "uima.cas.Integer": number, "uima.cas.Long": number, "uima.cas.Float": number, "uima.cas.Double": number,
	stringArray: list, "uima.cas.StringList": list, "uima.cas.BooleanArray": list, "uima.cas.ByteArray": list, "uima.cas.ShortArray": list, "uima.cas.IntegerArray": list,
	"uima.cas.LongArray": list, "uima.cas.FloatArray": list, "uima.cas.DoubleArray": list, "uima.cas.IntegerList": list, "uima.cas.FloatList": list,
}

// form returns what a feature of that range has.
func (t *typeSystem) form(r ranged) form {
	if f, simple := forms[r.name]; simple {
		return f
	}
	if text, _ := t.is(r.name, stringType); text { // one of a list of values
		return words
	}
	return reference
}

// parseTypes reads the description of a type system.
func parseTypes(raw []byte) (*typeSystem, error) {
	x, err := dataset.NewXML(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	t := &typeSystem{types: map[string]*typeOf{}}
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		start, begins := token.(xml.StartElement)
		if !begins || start.Name.Local != "typeDescription" {
			continue
		}
		e, err := x.Element(start)
		if err != nil {
			return nil, err
		}
		t.describe(e)
	}
}

// describe takes in a typeDescription.
func (t *typeSystem) describe(e *dataset.Element) {
	made := &typeOf{super: e.TextOf("supertypeName"), features: map[string]ranged{}}
	t.types[e.TextOf("name")] = made
	features := e.Find("features")
	if features == nil {
		return
	}
	for _, f := range features.All("featureDescription") {
		made.features[f.TextOf("name")] = ranged{
			name: f.TextOf("rangeTypeName"), element: f.TextOf("elementType"), shared: f.TextOf("multipleReferencesAllowed") == "true",
		}
	}
}

// typesBeside reads the type system of a file: the TypeSystem.xml in its folder, or in one
// of the two above it, as programs write it for many files. It returns nil where there is none.
func typesBeside(path string) (*typeSystem, error) {
	folder := filepath.Dir(path)
	for range 3 {
		if found := typeFile(folder); found != "" {
			raw, err := dataset.ReadFile(found)
			if err != nil {
				return nil, err
			}
			t, err := parseTypes(raw)
			if err != nil {
				return nil, dataset.Place(err, found, 0)
			}
			return t, nil
		}
		folder = filepath.Join(folder, "..")
	}
	return nil, nil
}

// typeFile returns the TypeSystem.xml of a folder, "" if there is none.
func typeFile(folder string) string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), typesName) && e.Type().IsRegular() {
			return filepath.Join(folder, e.Name())
		}
	}
	return ""
}

// typesName is what the file of a type system is called.
const typesName = "TypeSystem.xml"

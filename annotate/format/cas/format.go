package cas

import (
	"bytes"
	"context"
	"iter"
	"os"
	"regexp"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// XMI is the CAS as XML.
var XMI = &dataset.Format{
	Name:        "xmi",
	Title:       "UIMA CAS XMI of INCEpTION and DKPro, a document a file, with TypeSystem.xml beside them",
	Patterns:    []string{"*.xmi"},
	Holds:       xmiHolds,
	Unit:        annotate.UTF16,
	Untyped:     true,
	Sniff:       func(head dataset.Head) bool { return bytes.Contains(head.Text, []byte("<xmi:XMI")) },
	Read:        readXMI,
	WriteFolder: writeXMI,
}

// JSON is the CAS as JSON.
var JSON = &dataset.Format{
	Name:        "casjson",
	Title:       "UIMA CAS JSON 0.4 of INCEpTION, a document a file",
	Patterns:    []string{"*.json"},
	Holds:       holds,
	Unit:        annotate.UTF16,
	Untyped:     true,
	Sniff:       sniffJSON,
	Read:        readJSON,
	WriteFolder: writeJSON,
}

// begins matches a file whose first key is one of a CAS, as most are.
var begins = regexp.MustCompile(`^\s*\[?\s*\{\s*"(?:` + typesKey + "|" + structuresKey + "|" + viewsKey + `)"`)

// sniffJSON reports whether a file has one of the keys of a CAS.
func sniffJSON(head dataset.Head) bool {
	if begins.Match(head.Text) {
		return true
	}
	s := head.JSON()
	return s.Has(structuresKey) || s.Has(viewsKey) || s.Has(typesKey)
}

// holds says what a CAS can hold.
var holds = dataset.Holds{
	dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
	dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
	dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
	dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
	dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
	dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
	dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
}

// xmiHolds says what XML can hold of that.
var xmiHolds = func() dataset.Holds {
	h := dataset.Holds{}
	for feature, level := range holds {
		h[feature] = level
	}
	delete(h, dataset.ControlCharacters)
	return h
}()

// isTypeSystem reports whether a file describes the types of others. It holds no document.
func isTypeSystem(head []byte) bool { return bytes.Contains(head, []byte("<typeSystemDescription")) }

// readXMI yields the document of a file.
func readXMI(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		if isTypeSystem(dataset.ReadHead(in.Path).Text) {
			return
		}
		r, err := xmiRecord(in)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		yield(r, nil)
	}
}

func xmiRecord(in dataset.Input) (*dataset.Record, error) {
	f, err := os.Open(in.Path)
	if err != nil {
		return nil, dataset.FileError(in.Path, err)
	}
	defer f.Close()
	types, err := typesBeside(in.Path)
	if err != nil {
		return nil, err
	}
	g, err := parseXMI(f, types)
	if err != nil {
		return nil, err
	}
	r, err := decode(in, g, 1)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil {
		r.End = info.Size()
	}
	return r, nil
}

// readJSON yields the document of a file, or of each line of it.
func readJSON(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		n := 0
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			n++
			var r *dataset.Record
			if err == nil {
				r, err = jsonRecord(in, v, n)
			}
			if err != nil {
				r, err = nil, dataset.Place(err, in.Path, 0)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func jsonRecord(in dataset.Input, v dataset.JSONValue, n int) (*dataset.Record, error) {
	g, err := parseJSON(v.Raw, v.Line)
	if err != nil {
		return nil, err
	}
	r, err := decode(in, g, n)
	if err != nil {
		return nil, err
	}
	r.End = v.End
	return r, nil
}

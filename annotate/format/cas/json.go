package cas

import (
	"bytes"
	"encoding/json"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Keys of JSON CAS. What begins with reserved is none of a feature.
const (
	reserved      = "%"
	typesKey      = "%TYPES"
	structuresKey = "%FEATURE_STRUCTURES"
	viewsKey      = "%VIEWS"
	idKey         = "%ID"
	typeKey       = "%TYPE"
	superKey      = "%SUPER_TYPE"
	nameKey       = "%NAME"
	rangeKey      = "%RANGE"
	sharedKey     = "%MULTIPLE_REFERENCES_ALLOWED"
	elementKey    = "%ELEMENT_TYPE"
	elementsKey   = "%ELEMENTS"
	sofaKey       = "%SOFA"
	membersKey    = "%MEMBERS"
)

// What a feature's name has before it in JSON.
const (
	refersMark = '@'
	anchorMark = '^' // begin and end in drafts of the specification
	numberMark = '#' // a number that JSON does not have
)

// parseJSON takes a file apart, whose value begins in a line.
func parseJSON(raw []byte, line int) (*graph, error) {
	g := &graph{types: &typeSystem{types: map[string]*typeOf{}}, byID: map[int]*structure{}, views: map[int][]int{}}
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return nil, fail(line, "%s", sentence(err))
	}
	if !fields.Has(structuresKey) && !fields.Has(viewsKey) {
		return nil, fail(line, "it has neither %s nor %s, and so is no CAS", structuresKey, viewsKey)
	}
	if err := g.jsonTypes(fields, line); err != nil {
		return nil, err
	}
	if err := g.jsonStructures(raw, line); err != nil {
		return nil, err
	}
	return g, g.jsonViews(fields, line)
}

func (g *graph) jsonTypes(fields dataset.Fields, line int) error {
	types, err := fields.Object(typesKey)
	if err != nil {
		return fail(line, "%s", sentence(err))
	}
	for name, raw := range types {
		t, err := dataset.ParseFields(raw)
		if err != nil {
			return fail(line, "type %s: %s", name, sentence(err))
		}
		made := &typeOf{features: map[string]ranged{}}
		if made.super, err = t.Text(superKey); err != nil {
			return fail(line, "type %s: %s", name, sentence(err))
		}
		for feature, raw := range t {
			if strings.HasPrefix(feature, reserved) {
				continue
			}
			var r ranged
			if f, err := dataset.ParseFields(raw); err == nil {
				r.name, _ = f.Text(rangeKey) // what is no text says nothing
			}
			if element, isArray := arrayOf(r.name); isArray {
				r = ranged{name: arrayType, element: element}
			}
			made.features[feature] = r
		}
		g.types.types[name] = made
	}
	return nil
}

// jsonStructures reads the structures, which are a list, or an object whose keys are their ids.
func (g *graph) jsonStructures(raw []byte, line int) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	at := 0 // how far lines are counted
	here := func() int {
		offset := int(dec.InputOffset())
		for offset < len(raw) && strings.IndexByte(" \t\r\n,:", raw[offset]) >= 0 {
			offset++
		}
		line += bytes.Count(raw[at:offset], []byte("\n"))
		at = offset
		return line
	}
	_, _ = dec.Token() // it was read before, so that there are no errors from here on
	for dec.More() {
		key, _ := dec.Token()
		if key != structuresKey {
			var passed json.RawMessage
			_ = dec.Decode(&passed)
			continue
		}
		begin, _ := dec.Token()
		for begin != nil && dec.More() {
			id := ""
			if begin == json.Delim('{') {
				k, _ := dec.Token()
				id, _ = k.(string)
			}
			n := here()
			var one json.RawMessage
			if err := dec.Decode(&one); err != nil {
				return fail(n, "it must be a list of objects")
			}
			if err := g.jsonStructure(one, id, n); err != nil {
				return err
			}
		}
		if begin != nil {
			_, _ = dec.Token()
		}
	}
	return nil
}

func (g *graph) jsonStructure(raw []byte, id string, line int) error {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return fail(line, "%s", sentence(err))
	}
	s := &structure{line: line}
	if s.kind, err = fields.Text(typeKey); err != nil {
		return fail(line, "%s", sentence(err))
	}
	if s.kind == "" {
		return fail(line, "it has no %s", typeKey)
	}
	if fields.Has(idKey) {
		id = string(fields[idKey])
	}
	if s.id, err = dataset.ParseOffset([]byte(id)); err != nil {
		return fail(line, "%s: %q %s", short(s.kind), idKey, sentence(err))
	}
	if s.kind == sofaType {
		return g.jsonSofa(fields, s)
	}
	for _, key := range annotate.SortedKeys(fields) {
		if err := s.jsonFeature(key, fields[key], g.types); err != nil {
			return fail(line, "%s: %s", short(s.kind), sentence(err))
		}
	}
	return g.add(s)
}

func (g *graph) jsonSofa(fields dataset.Fields, s *structure) error {
	made := &sofa{id: s.id, line: s.line, has: fields.Has("sofaString")}
	for key, to := range map[string]*string{"sofaID": &made.name, "sofaString": &made.text, "sofaURI": &made.uri} {
		v, err := fields.Text(key)
		if err != nil {
			return fail(s.line, "Sofa: %s", sentence(err))
		}
		*to = v
	}
	return g.addSofa(made)
}

// jsonFeature reads a feature, whose name may have a mark.
func (s *structure) jsonFeature(key string, raw json.RawMessage, types *typeSystem) error {
	if string(raw) == "null" || key == "" {
		return nil
	}
	switch {
	case key == elementsKey:
		s.features = append(s.features, feature{elementsFeature, elementsOf(s.kind, raw)})
		return nil
	case strings.HasPrefix(key, reserved):
		return nil
	case key[0] == refersMark:
		id, err := dataset.ParseOffset(raw)
		if err != nil {
			return annotate.Errorf(annotate.Invalid, "%q %s", key, sentence(err))
		}
		if key[1:] == "sofa" {
			s.sofa = id
		} else if id > 0 {
			s.features = append(s.features, feature{key[1:], value{form: reference, refs: []int{id}}})
		}
		return nil
	}
	name := strings.TrimLeft(key, string([]rune{anchorMark, numberMark}))
	if name == "begin" || name == "end" {
		n, err := dataset.ParseOffset(raw)
		if err != nil {
			return annotate.Errorf(annotate.Invalid, "%q %s", key, sentence(err))
		}
		if name == "begin" {
			s.begin = n
		} else {
			s.end, s.placed = n, true
		}
		return nil
	}
	s.features = append(s.features, feature{name, jsonValue(raw)})
	return nil
}

// jsonValue returns a value as JSON has it. What is neither text, number nor truth is kept as JSON.
func jsonValue(raw json.RawMessage) value {
	var v annotate.Value
	if err := json.Unmarshal(raw, &v); err != nil {
		return value{text: dataset.Plainly(raw)}
	}
	if _, ok := v.Number(); ok {
		return value{form: number, text: v.String()}
	}
	if _, ok := v.Bool(); ok {
		return value{form: truth, text: v.String()}
	}
	if names, ok := v.Choices(); ok {
		return value{form: list, texts: names}
	}
	return value{text: v.String()}
}

// elementsOf reads the elements of an array.
func elementsOf(kind string, raw json.RawMessage) value {
	if _, simple := forms[kind]; simple {
		var items []json.RawMessage
		_ = json.Unmarshal(raw, &items) // bytes are a text, and no list
		v := value{form: list}
		for _, item := range items {
			v.texts = append(v.texts, dataset.Plainly(item))
		}
		return v
	}
	v := value{form: reference}
	_ = json.Unmarshal(raw, &v.refs) // what is no list of ids points at nothing
	return v
}

// jsonViews reads which structures the index of each text holds.
func (g *graph) jsonViews(fields dataset.Fields, line int) error {
	views, err := fields.Object(viewsKey)
	if err != nil {
		return fail(line, "%s", sentence(err))
	}
	for name, raw := range views {
		view, err := dataset.ParseFields(raw)
		if err != nil {
			return fail(line, "view %s: %s", name, sentence(err))
		}
		if !view.Has(sofaKey) {
			continue // a view without a text
		}
		id, err := view.Offset(sofaKey)
		if err != nil {
			return fail(line, "view %s: %s", name, sentence(err))
		}
		var members []int
		if view.Has(membersKey) {
			if err := json.Unmarshal(view[membersKey], &members); err != nil {
				return fail(line, "view %s: %q must be a list of ids", name, membersKey)
			}
		}
		g.views[id] = append(g.views[id], members...)
	}
	return nil
}

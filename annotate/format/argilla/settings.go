package argilla

import (
	"cmp"
	"slices"

	"spanwright/annotate"
)

// settings are the questions that a data set asks.
type settings struct {
	name, guideline string
	labels          []string // of spans, in the order of the scheme and then as they are met
	questions       []*question
}

// question is about a document as a whole.
type question struct {
	name, title, help, kind string
	options                 []string
}

// newSettings returns the questions that a scheme asks: one about spans, and one for each
// attribute of the document that Argilla can ask for.
func newSettings(scheme *annotate.Scheme) *settings {
	s := &settings{name: "spanwright"}
	if scheme == nil {
		return s
	}
	s.name, s.guideline = cmp.Or(scheme.Name, s.name), scheme.Guideline
	for _, l := range scheme.Spans {
		if !l.Abstract {
			s.labels = append(s.labels, l.Label)
		}
	}
	for _, a := range scheme.Document {
		q := &question{name: a.Name, title: a.Name, help: a.Guideline, kind: textKind}
		switch a.Kind {
		case annotate.BooleanKind:
			q.kind, q.options = labelKind, []string{"true", "false"}
		case annotate.ChoiceKind:
			q.kind, q.options = labelKind, namesOf(a.Values)
		case annotate.SeveralKind:
			q.kind, q.options = labelsKind, namesOf(a.Values)
		}
		if questionName.MatchString(q.name) && q.name != spansQuestion && (q.kind == textKind || len(q.options) > 1) {
			s.questions = append(s.questions, q)
		}
	}
	return s
}

// namesOf returns the names of choices and of those inside them.
func namesOf(choices []annotate.Choice) []string {
	var names []string
	for _, c := range choices {
		if !c.Heading {
			names = append(names, c.Name)
		}
		names = append(names, namesOf(c.Values)...)
	}
	return names
}

func (s *settings) label(name string) {
	if !slices.Contains(s.labels, name) {
		s.labels = append(s.labels, name)
	}
}

func (s *settings) question(name string) *question {
	i := slices.IndexFunc(s.questions, func(q *question) bool { return q.name == name })
	if i < 0 {
		return nil
	}
	return s.questions[i]
}

// answer returns v as the question takes it, nil if it is none of its options.
func (q *question) answer(v annotate.Value) any {
	all, several := v.Choices()
	if !several {
		all = []string{v.String()}
	}
	switch {
	case q.kind == textKind:
		if v.String() == "" {
			return nil
		}
		return v.String()
	case slices.ContainsFunc(all, func(name string) bool { return !slices.Contains(q.options, name) }), len(all) == 0:
		return nil
	case q.kind == labelsKind:
		return all
	case len(all) == 1:
		return all[0]
	}
	return nil
}

// object is a JSON object.
type object map[string]any

// settings returns what stands in settings.json.
func (s *settings) settings() object {
	labels := s.labels
	if len(labels) == 0 {
		labels = []string{"span"} // a question about spans must have a label
	}
	questions := []object{{
		"name": spansQuestion, "title": "Spans", "description": nil, "required": false, "type": spanKind,
		"settings": object{"type": spanKind, "field": "text", "allow_overlapping": true, "options": options(labels), "visible_options": nil},
	}}
	for _, q := range s.questions {
		settings := object{"type": q.kind}
		switch q.kind {
		case textKind:
			settings["use_markdown"] = false
		case labelsKind:
			settings["options_order"] = "natural"
			fallthrough
		default:
			settings["options"], settings["visible_options"] = options(q.options), nil
		}
		var help any
		if q.help != "" {
			help = q.help
		}
		questions = append(questions, object{"name": q.name, "title": q.title, "description": help, "required": false, "type": q.kind, "settings": settings})
	}
	return object{
		"guidelines": s.guidelines(), "questions": questions,
		"fields":  []object{{"name": "text", "title": "Text", "required": true, "description": nil, "type": textKind, "settings": object{"type": textKind, "use_markdown": false}}},
		"vectors": []any{}, "metadata": []any{}, "allow_extra_metadata": true, "distribution": distribution, "mapping": nil,
	}
}

// distribution asks each record of one annotator, which is Argilla's own default.
var distribution = object{"strategy": "overlap", "min_submitted": 1}

func (s *settings) guidelines() any {
	if s.guideline == "" {
		return nil
	}
	return s.guideline
}

// dataset returns what stands in dataset.json.
func (s *settings) dataset() object {
	return object{
		"id": nil, "name": s.name, "status": "ready", "guidelines": s.guidelines(), "allow_extra_metadata": true, "distribution": distribution, "workspace_id": nil,
	}
}

func options(names []string) []object {
	var all []object
	for _, name := range names {
		all = append(all, object{"value": name, "text": name, "description": nil})
	}
	return all
}

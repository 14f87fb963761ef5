package brat

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// What brat keeps beside attributes becomes attributes too, under names with
// blanks in them, which no attribute in a brat file can have. So they are told
// apart when written again.
//
//	N1 Reference T1 Q:64    text   "Reference (normalization)" = "Q:64 text"
//	#1 Lemma T1             text   "Lemma (note)"              = "text"
//	#2 AnnotatorNotes A1    text   "AnnotatorNotes on Negation (note)" = "text"
//
// where A1 is the attribute Negation. AnnotatorNotes of a span or relation are
// its note, a line each.
const (
	normalizationSuffix = " (normalization)"
	noteSuffix          = " (note)"
	onInfix             = " on "
	annotatorNotes      = "AnnotatorNotes"
)

// owner is a span or relation as attributes and notes see it.
type owner struct {
	attributes *map[string]annotate.Value
	note       *string
	noted      bool
}

// add sets an attribute, or makes a list of it when it is set already. It
// returns false when it has that value already.
func (o *owner) add(name string, v annotate.Value) bool {
	old, set := (*o.attributes)[name]
	if !set {
		if *o.attributes == nil {
			*o.attributes = map[string]annotate.Value{}
		}
		(*o.attributes)[name] = v
		return true
	}
	values, several := old.Choices()
	if !several {
		values = []string{old.String()}
	}
	if slices.Contains(values, v.String()) {
		return false
	}
	(*o.attributes)[name] = annotate.Choices(append(slices.Clone(values), v.String())...)
	return true
}

// addNote adds a line to the note.
func (o *owner) addNote(text string) {
	if o.noted {
		text = *o.note + "\n" + text
	}
	*o.note, o.noted = text, true
}

// extra is an attribute that is written as a line of another kind.
type extra struct {
	kind  byte   // 'N' or '#', or 'A' for an attribute proper
	name  string // type of the normalization or note, or name of the attribute
	about string // attribute that a note is about; empty for the span or relation itself
}

// parseExtra tells what line an attribute of that name is written as.
func parseExtra(name string) extra {
	if note, ok := strings.CutSuffix(name, noteSuffix); ok {
		kind, about, _ := strings.Cut(note, onInfix)
		return extra{'#', kind, about}
	}
	if kind, ok := strings.CutSuffix(name, normalizationSuffix); ok {
		return extra{'N', kind, ""}
	}
	return extra{'A', name, ""}
}

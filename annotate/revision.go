package annotate

import (
	"fmt"
	"slices"
	"strings"
)

// Revision is the way from one scheme to another, in steps. Items are taken for the
// same if they have the same name, or if the new one lists the old name under Formerly.
// Of says what an annotation becomes. A Revision is not changed by being asked, only
// by [Revision.Decide].
type Revision struct {
	From, To *Scheme
	Steps    []Step

	spans, relations, records map[string]*labelRule
	document                  map[string]*attributeRule
	flags, kinds              map[string]*nameRule
}

// Step is one difference between two schemes.
type Step struct {
	Kind  StepKind `json:"kind"`
	About ItemKind `json:"about"`
	// Of is what the item belongs to, as in "label Claim" or "attribute type of label Claim".
	Of string `json:"of,omitempty"`
	// From and To are the item's names; From is empty where it is added, To where it is removed.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	// Fields are what is different about the item, of steps that alter it or its look.
	Fields   []string `json:"fields,omitempty"`
	Sentence string   `json:"sentence"` // as in "removes attribute type from label Claim"
	// Decision is what was decided with [Revision.Decide]; its zero value is none.
	Decision StepDecision `json:"decision,omitzero"`

	short string // of its owner
}

// StepKind says what a step does to its item.
type StepKind string

// The kinds of step.
const (
	AddStep    StepKind = "add"
	RenameStep StepKind = "rename"
	RemoveStep StepKind = "remove"
	RetypeStep StepKind = "retype" // an attribute becomes one of another kind
	AlterStep  StepKind = "alter"  // annotations stay as they are, but other rules hold for them
	LookStep   StepKind = "look"   // colour, key, heading, order, texts: nothing that annotations are measured by
)

// ItemKind says what part of a scheme a step is about.
type ItemKind string

// The parts of a scheme.
const (
	SchemeItem    ItemKind = "scheme"
	LabelItem     ItemKind = "label"
	RelationItem  ItemKind = "relation"
	RoleItem      ItemKind = "role"
	AttributeItem ItemKind = "attribute"
	ValueItem     ItemKind = "value"
	RecordItem    ItemKind = "record"
	FlagItem      ItemKind = "flag"
	ConceptItem   ItemKind = "concept kind"
	RuleItem      ItemKind = "rule"
)

// Fate is what becomes of what a step removes, or cannot take over.
type Fate string

// The fates.
const (
	Keep Fate = "keep" // it stays as it is and breaks the new scheme
	Drop Fate = "drop" // the value, argument, flag or annotation is deleted
	Into Fate = "into" // it becomes another one of the new scheme
)

// StepDecision says what becomes of the annotations that a step removes something from.
type StepDecision struct {
	Fate Fate   `json:"fate,omitempty"`
	Into string `json:"into,omitempty"` // name in the new scheme; of Into
}

// Touch tells that a step touches a state, and how: Into where what it is about was
// renamed or converted, Drop where something was lost, Keep where it stayed although
// the new scheme does not have it.
type Touch struct {
	Step int
	Fate Fate
}

// Revise compares two schemes.
func Revise(from, to *Scheme) *Revision {
	r := &Revision{From: from, To: to}
	r.match()
	(&comparison{Revision: r}).scheme()
	return r
}

// Scheme returns the new scheme as it is to be stored: its Revision is one more than
// the old one's if any step matters to what was labelled before.
func (r *Revision) Scheme() *Scheme {
	s := r.To.Clone()
	s.Revision = r.From.Revision
	if slices.ContainsFunc(r.Steps, func(step Step) bool { return step.Matters() }) {
		s.Revision++
	}
	return s
}

// Matters reports whether what was labelled before may have to be looked at again:
// whether the step changes what labels mean or what is allowed.
func (s *Step) Matters() bool {
	return s.Kind != LookStep || slices.Contains(s.Fields, guidelineField) || slices.Contains(s.Fields, exampleField)
}

// Item names what the step is about, as in "attribute type of label Claim", by its old
// name if it has one.
func (s *Step) Item() string {
	name := s.From
	if name == "" {
		name = s.To
	}
	return itemName(s.About, name, s.Of)
}

// Short names the same without saying what it is, as in "Claim.type" or "Claim.type.song".
func (s *Step) Short() string {
	name := s.From
	if name == "" {
		name = s.To
	}
	if s.short == "" {
		return name
	}
	return s.short + "." + name
}

func itemName(about ItemKind, name, of string) string {
	switch {
	case name == "":
		return "the " + string(about)
	case of == "":
		return string(about) + " " + name
	}
	return fmt.Sprintf("%s %s of %s", about, name, of)
}

// Undecided reports whether annotations that the step touches lose something or break
// the new scheme unless something else is decided, and nothing has been.
func (s *Step) Undecided() bool {
	return (s.Kind == RemoveStep || s.Kind == RetypeStep) && s.About != RuleItem && s.Decision == (StepDecision{})
}

// Fate returns what becomes of what the step removes: what was decided or, if nothing
// was, Drop for attributes and their values and Keep for the rest.
func (s *Step) Fate() Fate {
	switch {
	case s.Decision.Fate != "":
		return s.Decision.Fate
	case s.About == AttributeItem || s.About == ValueItem:
		return Drop
	}
	return Keep
}

// Find returns the step that removes or converts an item, named as by [Step.Item] or
// [Step.Short]. Errors are of kind NotFound, or Invalid if several are meant.
func (r *Revision) Find(item string) (int, error) {
	var found []int
	for i := range r.Steps {
		s := &r.Steps[i]
		if s.Kind != RemoveStep && s.Kind != RetypeStep || s.About == RuleItem {
			continue
		}
		if s.Item() == item {
			return i, nil
		}
		if s.Short() == item {
			found = append(found, i)
		}
	}
	switch len(found) {
	case 0:
		return -1, Errorf(NotFound, "the change removes nothing that is called %q", item)
	case 1:
		return found[0], nil
	}
	names := make([]string, len(found))
	for i, step := range found {
		names[i] = r.Steps[step].Item()
	}
	return -1, Errorf(Invalid, "%q can mean %s", item, strings.Join(names, " or "))
}

// Decide says what becomes of what a step removes. Errors are of kind Invalid: nothing
// is to be decided there, or the new scheme has nothing that Into names.
func (r *Revision) Decide(step int, d StepDecision) error {
	if step < 0 || step >= len(r.Steps) {
		return Errorf(Invalid, "the change has no step %d", step)
	}
	s := &r.Steps[step]
	if s.Kind != RemoveStep && s.Kind != RetypeStep || s.About == RuleItem {
		return Errorf(Invalid, "there is nothing to decide about %s", s.Item())
	}
	switch d.Fate {
	case Keep, Drop:
		d.Into = ""
	case Into:
		if s.Kind == RetypeStep {
			return Errorf(Invalid, "what cannot be converted of %s is kept or dropped", s.Item())
		}
		if err := r.lead(step, d.Into); err != nil {
			return err
		}
	default:
		return Errorf(Invalid, "%q is none of keep, drop and into", d.Fate)
	}
	s.Decision = d
	return nil
}

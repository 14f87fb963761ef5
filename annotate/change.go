package annotate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// EntityKind names what a Change is about.
type EntityKind string

// What a project is made of.
const (
	DocumentEntity   EntityKind = "document"
	SpanEntity       EntityKind = "span"
	RelationEntity   EntityKind = "relation"
	AssessmentEntity EntityKind = "assessment"
	SchemeEntity     EntityKind = "scheme"
)

// State is the whole of one entity at one time: a *[Document], *[Span],
// *[Relation], *[Assessment] or *[Scheme]. States in a Change are never modified.
type State interface {
	EntityKind() EntityKind
	EntityID() ID
	DocumentID() ID // "" for the scheme, which belongs to no document
}

// Act says why a change was made.
type Act string

// The acts.
const (
	Edit Act = "edit"
	Undo Act = "undo"
	Redo Act = "redo"
)

// Change is one step of the history of one entity: its state before and after.
// Before is nil when it was created, After is nil when it was deleted. Of
// concurrent changes to one entity the one with the larger (Clock, ID) stands.
//
// A zero ID, Group, Clock, Time, Device and Act are filled in when the change is applied.
type Change struct {
	ID        ID
	Group     ID // changes made by one gesture; undone together
	Act       Act
	Undoes    ID     // the group an undo or redo takes back
	Clock     uint64 // Lamport: one more than the largest the file had seen
	Time      time.Time
	Annotator string // who made it
	Device    string
	Before    State
	After     State
}

// state returns whichever of After and Before is there.
func (c *Change) state() State {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// EntityKind returns what the change is about.
func (c *Change) EntityKind() EntityKind { return c.state().EntityKind() }

// EntityID returns the id of the entity changed.
func (c *Change) EntityID() ID { return c.state().EntityID() }

// DocumentID returns the document concerned, "" for the scheme.
func (c *Change) DocumentID() ID { return c.state().DocumentID() }

// Kind returns create, update or delete.
func (c *Change) Kind() string {
	switch {
	case c.Before == nil:
		return "create"
	case c.After == nil:
		return "delete"
	}
	return "update"
}

// Supersedes reports whether c stands against other, a concurrent change to the same entity.
func (c *Change) Supersedes(other *Change) bool {
	return cmp.Or(cmp.Compare(c.Clock, other.Clock), cmp.Compare(c.ID, other.ID)) > 0
}

// Invert returns the change that takes c back.
func (c *Change) Invert() Change {
	return Change{Annotator: c.Annotator, Before: c.After, After: c.Before}
}

// Invert returns the changes that take a whole group back, last one first.
func Invert(changes []Change) []Change {
	inverted := make([]Change, 0, len(changes))
	for i := len(changes) - 1; i >= 0; i-- {
		inverted = append(inverted, changes[i].Invert())
	}
	return inverted
}

// Check reports why c cannot be applied whatever the project holds. Offsets are
// checked where the text is known, by [Span.Check].
func (c *Change) Check() error {
	if c.Before == nil && c.After == nil {
		return Errorf(Invalid, "a change has neither a state before nor one after")
	}
	if c.Annotator == "" {
		return Errorf(Invalid, "a change of %s %s names no annotator", c.EntityKind(), c.EntityID())
	}
	if c.Before != nil && c.After != nil &&
		(c.Before.EntityKind() != c.After.EntityKind() || c.Before.EntityID() != c.After.EntityID()) {
		return Errorf(Invalid, "a change turns %s %s into %s %s", c.Before.EntityKind(), c.Before.EntityID(), c.After.EntityKind(), c.After.EntityID())
	}
	return nil
}

// Describe says in a few words what a group of changes did, as in "add Claim" or "add 5 documents".
func Describe(changes []Change) string {
	verbs := map[string]string{"create": "add", "update": "change", "delete": "delete"}
	type sort struct {
		verb string
		kind EntityKind
	}
	count := map[sort]int{}
	var order []sort
	for i := range changes {
		s := sort{verbs[changes[i].Kind()], changes[i].EntityKind()}
		if s.kind == AssessmentEntity && len(changes) > 1 {
			continue // the status follows the edit; it is not what was done
		}
		if count[s] == 0 {
			order = append(order, s)
		}
		count[s]++
	}
	var b bytes.Buffer
	for i, s := range order {
		if i > 0 {
			b.WriteString(", ")
		}
		if count[s] > 1 {
			fmt.Fprintf(&b, "%s %d %ss", s.verb, count[s], s.kind)
			continue
		}
		fmt.Fprintf(&b, "%s %s", s.verb, name(changes, s.verb, s.kind, verbs))
	}
	return b.String()
}

// name returns the label or name of the only entity of that kind so changed.
func name(changes []Change, verb string, kind EntityKind, verbs map[string]string) string {
	for i := range changes {
		if verbs[changes[i].Kind()] != verb || changes[i].EntityKind() != kind {
			continue
		}
		switch s := changes[i].state().(type) {
		case *Document:
			return s.Name
		case *Span:
			return s.Label
		case *Relation:
			return s.Label
		case *Assessment:
			return "document"
		}
	}
	return string(kind)
}

// MarshalState writes a state as JSON with fixed key order; nil gives nil.
func MarshalState(s State) ([]byte, error) {
	if s == nil {
		return nil, nil
	}
	return marshalPlain(s)
}

// UnmarshalState reads what MarshalState wrote; no bytes give nil.
func UnmarshalState(kind EntityKind, raw []byte) (State, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var s State
	switch kind {
	case DocumentEntity:
		s = &Document{}
	case SpanEntity:
		s = &Span{}
	case RelationEntity:
		s = &Relation{}
	case AssessmentEntity:
		s = &Assessment{}
	case SchemeEntity:
		s = &Scheme{}
	default:
		return nil, Errorf(Unsupported, "entities of kind %q are unknown to this version", kind)
	}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, Errorf(Corrupt, "a stored %s cannot be read: %w", kind, err)
	}
	return s, nil
}

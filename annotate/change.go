package annotate

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
	CommentEntity    EntityKind = "comment"
	RecordEntity     EntityKind = "record"
	ConceptEntity    EntityKind = "concept"
	AssignmentEntity EntityKind = "assignment"
	DecisionEntity   EntityKind = "decision"
	ReviewEntity     EntityKind = "review"
	MemberEntity     EntityKind = "member"
	StintEntity      EntityKind = "stint"
)

// State is the whole of one entity at one time: a *[Document], *[Span],
// *[Relation], *[Assessment], *[Record], *[Comment], *[Concept], *[Assignment], *[Decision],
// *[Review], *[TeamMember], *[Stint] or *[Scheme]. States in a Change are never modified.
type State interface {
	EntityKind() EntityKind
	EntityID() ID
	DocumentID() ID // "" for the scheme, concepts and members, which belong to no document
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
	if c.Before != nil && c.EntityKind() == StintEntity {
		return Errorf(Invalid, "a change takes back or alters time that was spent (stint %s)", c.EntityID())
	}
	return c.checkComment()
}

// Describe says in a few words what a group of changes did, as in "add Claim" or "add 5 documents".
func Describe(changes []Change) string {
	type sort struct {
		verb string
		kind EntityKind
	}
	status := !slices.ContainsFunc(changes, func(c Change) bool { return c.EntityKind() != AssessmentEntity })
	count := map[sort]int{}
	var order []sort
	for i := range changes {
		s := sort{changes[i].verb(), changes[i].EntityKind()}
		if s.kind == AssessmentEntity && !status {
			continue // the status follows the edit; it is not what was done
		}
		if count[s] == 0 {
			order = append(order, s)
		}
		count[s]++
	}
	parts := make([]string, len(order))
	for i, s := range order {
		parts[i] = fmt.Sprintf("%s %d %ss", s.verb, count[s], noun(s.kind))
		if count[s] == 1 {
			only := slices.IndexFunc(changes, func(c Change) bool { return s == sort{c.verb(), c.EntityKind()} })
			parts[i] = s.verb + " " + changes[only].name()
		}
	}
	return strings.Join(parts, ", ")
}

// verb says what c did. An assessment is always said to change: every document
// has one, New until it is stored.
func (c *Change) verb() string {
	if c.EntityKind() == AssessmentEntity {
		return "change"
	}
	return map[string]string{"create": "add", "update": "change", "delete": "delete"}[c.Kind()]
}

// noun returns the word for entities of that kind; what is said of an assessment is said of its document.
func noun(kind EntityKind) string {
	if kind == AssessmentEntity {
		return string(DocumentEntity)
	}
	return string(kind)
}

// name returns the label or name of the entity changed.
func (c *Change) name() string {
	switch s := c.state().(type) {
	case *Document:
		return s.Name
	case *Span:
		return s.Label
	case *Relation:
		return s.Label
	case *Record:
		return s.Label
	case *Concept:
		return s.Name
	case *Comment:
		return s.sort()
	case *Review:
		return "review"
	case *TeamMember:
		return "the duty of " + s.Annotator
	case *Stint:
		return fmt.Sprintf("%d s of work", s.Seconds)
	}
	return noun(c.EntityKind())
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
	case CommentEntity:
		s = &Comment{}
	case RecordEntity:
		s = &Record{}
	case ConceptEntity:
		s = &Concept{}
	case AssignmentEntity:
		s = &Assignment{}
	case DecisionEntity:
		s = &Decision{}
	case ReviewEntity:
		s = &Review{}
	case MemberEntity:
		s = &TeamMember{}
	case StintEntity:
		s = &Stint{}
	default:
		return nil, Errorf(Unsupported, "entities of kind %q are unknown to this version", kind)
	}
	if bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, Errorf(Corrupt, "a stored %s is null", kind)
	}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, Errorf(Corrupt, "a stored %s cannot be read: %w", kind, err)
	}
	return s, nil
}

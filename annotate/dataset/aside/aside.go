package aside

import (
	"encoding/json"
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Key is where it stands.
const Key = "spanwright"

// Aside is what a format has no place for of a record. Offsets count code points.
type Aside struct {
	Status    annotate.Status `json:"status,omitempty"` // where it does not follow from the rest
	Flag      string          `json:"flag,omitempty"`
	Note      string          `json:"note,omitempty"`
	Spans     []Span          `json:"spans,omitempty"` // all, where one has more than a place and a label or is in a relation
	Relations []Relation      `json:"relations,omitempty"`

	at map[place][]*Span // those that have not been taken, when it is read
}

// Span is a span with what the format cannot say of it.
type Span struct {
	ID         string                    `json:"id"` // T and a number
	Label      string                    `json:"label"`
	Start      int                       `json:"start"`
	End        int                       `json:"end"`
	Fragments  [][2]int                  `json:"fragments,omitempty"` // of one with gaps
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

// Relation is a relation.
type Relation struct {
	ID         string                    `json:"id"` // R and a number
	Label      string                    `json:"label"`
	Arguments  []Argument                `json:"args"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

// Argument is an argument: a span, a relation, or what is meant and not in the text.
type Argument struct {
	Role     string `json:"role"`
	Span     string `json:"span,omitempty"`
	Relation string `json:"relation,omitempty"`
	Implicit bool   `json:"implicit,omitempty"`
}

// place is where a span stands and what it is labelled.
type place struct {
	start, end int
	label      string
}

// New returns what is to stand aside of a record, nil if there is nothing.
func New(r *dataset.Record, offsets *annotate.Offsets) *Aside {
	a := &Aside{}
	names := map[annotate.ID]string{}
	more := len(r.Relations) > 0
	for i, s := range r.Spans {
		names[s.ID] = fmt.Sprintf("T%d", i+1)
		more = more || len(s.Fragments) > 1 || len(s.Attributes) > 0 || s.Flag != "" || s.Note != ""
	}
	if more {
		for _, s := range r.Spans {
			a.Spans = append(a.Spans, newSpan(s, names[s.ID], offsets))
		}
	}
	for i, x := range r.Relations {
		names[x.ID] = fmt.Sprintf("R%d", i+1)
	}
	for _, x := range r.Relations {
		made := Relation{ID: names[x.ID], Label: x.Label, Attributes: x.Attributes, Flag: x.Flag, Note: x.Note}
		for _, y := range x.Arguments {
			made.Arguments = append(made.Arguments, Argument{y.Role, names[y.Span], names[y.Relation], y.Implicit})
		}
		a.Relations = append(a.Relations, made)
	}
	if x := r.Assessment; x != nil {
		a.Flag, a.Note = x.Flag, x.Note
		if x.Status != implied(len(r.Spans)+len(r.Relations)+len(x.Labels) > 0 || x.Flag != "" || x.Note != "") {
			a.Status = x.Status
		}
	}
	if a.Status == "" && a.Flag == "" && a.Note == "" && a.Spans == nil && a.Relations == nil {
		return nil
	}
	return a
}

// newSpan returns a span under its name.
func newSpan(s *annotate.Span, id string, offsets *annotate.Offsets) Span {
	at := s.Extent()
	made := Span{
		ID: id, Label: s.Label, Start: offsets.To(annotate.CodePoint, at.Start), End: offsets.To(annotate.CodePoint, at.End),
		Attributes: s.Attributes, Flag: s.Flag, Note: s.Note,
	}
	if len(s.Fragments) > 1 {
		for _, f := range s.Fragments {
			made.Fragments = append(made.Fragments, [2]int{offsets.To(annotate.CodePoint, f.Start), offsets.To(annotate.CodePoint, f.End)})
		}
	}
	return made
}

// implied returns the status of a document of which none is said.
func implied(annotated bool) annotate.Status {
	if annotated {
		return annotate.InProgress
	}
	return annotate.New
}

// Read reads what stands aside.
func Read(raw json.RawMessage) (*Aside, error) {
	var a Aside
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "%q is not of the shape that is written here", Key)
	}
	return &a, a.Ready()
}

// Ready makes ready what was read, and tells what keeps it from being taken.
func (a *Aside) Ready() error {
	switch a.Status {
	case "", annotate.New, annotate.InProgress, annotate.Done:
	default:
		return annotate.Errorf(annotate.Invalid, "the status is %q, which is none of new, in_progress and done", a.Status)
	}
	a.at = map[place][]*Span{}
	for i := range a.Spans {
		s := &a.Spans[i]
		p := place{s.Start, s.End, s.Label}
		a.at[p] = append(a.at[p], s)
	}
	return nil
}

// Take gives a span, which has its place and its label from the format, back what it had.
func (a *Aside) Take(to *dataset.DraftSpan) {
	if a == nil || len(to.Parts) != 1 {
		return
	}
	p := place{to.Parts[0].Start, to.Parts[0].End, to.Label}
	if len(a.at[p]) == 0 {
		return
	}
	s := a.at[p][0]
	a.at[p] = a.at[p][1:]
	if s.ID != "" {
		to.Key = s.ID
	}
	to.Attributes, to.Flag, to.Note = s.Attributes, s.Flag, s.Note
	if parts := s.parts(); len(parts) > 1 {
		to.Parts = parts
	}
}

// parts returns where a span stands: its fragments, if they reach from its start to its end.
func (s *Span) parts() []dataset.Part {
	if n := len(s.Fragments); n == 0 || s.Fragments[0][0] != s.Start || s.Fragments[n-1][1] != s.End {
		return []dataset.Part{{Start: s.Start, End: s.End}}
	}
	parts := make([]dataset.Part, len(s.Fragments))
	for i, f := range s.Fragments {
		parts[i] = dataset.Part{Start: f[0], End: f[1]}
	}
	return parts
}

// Relate adds the relations whose arguments there are, and tells how many have lost theirs: somebody
// may have taken spans out since. Spans are the keys of those that there are.
func (a *Aside) Relate(draft *dataset.Draft, spans map[string]bool) (lost int) {
	kept := slices.Clone(a.Relations)
	for {
		relations := map[string]bool{}
		for _, x := range kept {
			relations[x.ID] = true
		}
		left := slices.DeleteFunc(slices.Clone(kept), func(x Relation) bool {
			return slices.ContainsFunc(x.Arguments, func(y Argument) bool {
				return !y.Implicit && !spans[y.Span] && !relations[y.Relation]
			})
		})
		if len(left) == len(kept) {
			break
		}
		kept = left
	}
	for _, x := range kept {
		made := dataset.DraftRelation{Key: x.ID, Name: "relation " + x.ID, Label: x.Label, Attributes: x.Attributes, Flag: x.Flag, Note: x.Note}
		for _, y := range x.Arguments {
			key := y.Span
			switch {
			case y.Implicit:
				key = dataset.ImplicitKey
			case key == "":
				key = y.Relation
			}
			made.Arguments = append(made.Arguments, dataset.DraftArgument{Role: y.Role, Key: key})
		}
		draft.Relation(made)
	}
	return len(a.Relations) - len(kept)
}

// Assess gives a record what is said of its document as a whole, beside the attributes that it has.
func (a *Aside) Assess(draft *dataset.Draft) {
	if a.Status == "" && a.Flag == "" && a.Note == "" {
		return
	}
	r := draft.Record
	if r.Assessment == nil {
		r.Assessment = &annotate.Assessment{}
	}
	x := r.Assessment
	x.Flag, x.Note = a.Flag, a.Note
	if x.Status = a.Status; x.Status == "" {
		x.Status = implied(draft.Spans() > 0 || len(x.Labels) > 0 || a.Flag != "" || a.Note != "")
	}
}

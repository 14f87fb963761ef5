package spacy

import (
	"encoding/json"
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// ownKey is where what spaCy has no place for stands: beside the entities of an example, and in the
// user data of a document.
const ownKey = "spanwright"

// own is what spaCy has no place for. Offsets count code points.
type own struct {
	Status    annotate.Status `json:"status,omitempty"` // where it does not follow from the rest
	Flag      string          `json:"flag,omitempty"`
	Note      string          `json:"note,omitempty"`
	Spans     []ownSpan       `json:"spans,omitempty"` // all, where one has more than a place and a label or is in a relation
	Relations []ownRelation   `json:"relations,omitempty"`

	at map[place][]*ownSpan // those that have not been taken, when it is read
}

type ownSpan struct {
	ID         string                    `json:"id"` // T and a number
	Label      string                    `json:"label"`
	Start      int                       `json:"start"`
	End        int                       `json:"end"`
	Fragments  [][2]int                  `json:"fragments,omitempty"` // of one with gaps
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

type ownRelation struct {
	ID         string                    `json:"id"` // R and a number
	Label      string                    `json:"label"`
	Arguments  []ownArgument             `json:"args"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

type ownArgument struct {
	Role     string `json:"role"`
	Span     string `json:"span,omitempty"`
	Relation string `json:"relation,omitempty"`
	Implicit bool   `json:"implicit,omitempty"`
}

// newOwn returns what spaCy has no place for, nil if there is nothing.
func newOwn(r *dataset.Record, offsets *annotate.Offsets) *own {
	o := &own{}
	names := map[annotate.ID]string{}
	more := len(r.Relations) > 0
	for i, s := range r.Spans {
		names[s.ID] = fmt.Sprintf("T%d", i+1)
		more = more || len(s.Fragments) > 1 || len(s.Attributes) > 0 || s.Flag != "" || s.Note != ""
	}
	if more {
		for _, s := range r.Spans {
			o.Spans = append(o.Spans, newOwnSpan(s, names[s.ID], offsets))
		}
	}
	for i, x := range r.Relations {
		names[x.ID] = fmt.Sprintf("R%d", i+1)
	}
	for _, x := range r.Relations {
		made := ownRelation{ID: names[x.ID], Label: x.Label, Attributes: x.Attributes, Flag: x.Flag, Note: x.Note}
		for _, a := range x.Arguments {
			made.Arguments = append(made.Arguments, ownArgument{a.Role, names[a.Span], names[a.Relation], a.Implicit})
		}
		o.Relations = append(o.Relations, made)
	}
	if a := r.Assessment; a != nil {
		o.Flag, o.Note = a.Flag, a.Note
		if a.Status != implied(len(r.Spans)+len(r.Relations)+len(a.Labels) > 0 || a.Flag != "" || a.Note != "") {
			o.Status = a.Status
		}
	}
	if o.Status == "" && o.Flag == "" && o.Note == "" && o.Spans == nil && o.Relations == nil {
		return nil
	}
	return o
}

func newOwnSpan(s *annotate.Span, id string, offsets *annotate.Offsets) ownSpan {
	at := s.Extent()
	made := ownSpan{
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

// readOwn reads what stands under [ownKey], nil where there is nothing.
func readOwn(fields dataset.Fields) (*own, error) {
	if !fields.Has(ownKey) {
		return nil, nil
	}
	var o own
	if err := json.Unmarshal(fields[ownKey], &o); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "%q is not of the shape that is written here", ownKey)
	}
	switch o.Status {
	case "", annotate.New, annotate.InProgress, annotate.Done:
	default:
		return nil, annotate.Errorf(annotate.Invalid, "the status is %q, which is none of new, in_progress and done", o.Status)
	}
	o.at = map[place][]*ownSpan{}
	for i := range o.Spans {
		s := &o.Spans[i]
		p := place{s.Start, s.End, s.Label}
		o.at[p] = append(o.at[p], s)
	}
	return &o, nil
}

// take returns the next span of that place and label, nil if there is none left.
func (o *own) take(p place) *ownSpan {
	if o == nil || len(o.at[p]) == 0 {
		return nil
	}
	s := o.at[p][0]
	o.at[p] = o.at[p][1:]
	return s
}

// parts returns where a span stands: its fragments, if they reach from its start to its end.
func (s *ownSpan) parts() []dataset.Part {
	if n := len(s.Fragments); n == 0 || s.Fragments[0][0] != s.Start || s.Fragments[n-1][1] != s.End {
		return []dataset.Part{{Start: s.Start, End: s.End}}
	}
	parts := make([]dataset.Part, len(s.Fragments))
	for i, f := range s.Fragments {
		parts[i] = dataset.Part{Start: f[0], End: f[1]}
	}
	return parts
}

// relate adds the relations whose arguments there are: somebody may have taken entities out since.
func (o *own) relate(draft *dataset.Draft, spans map[string]bool) (lost int) {
	kept := slices.Clone(o.Relations)
	for {
		relations := map[string]bool{}
		for _, x := range kept {
			relations[x.ID] = true
		}
		left := slices.DeleteFunc(slices.Clone(kept), func(x ownRelation) bool {
			return slices.ContainsFunc(x.Arguments, func(a ownArgument) bool {
				return !a.Implicit && !spans[a.Span] && !relations[a.Relation]
			})
		})
		if len(left) == len(kept) {
			break
		}
		kept = left
	}
	for _, x := range kept {
		made := dataset.DraftRelation{Key: x.ID, Name: "relation " + x.ID, Label: x.Label, Attributes: x.Attributes, Flag: x.Flag, Note: x.Note}
		for _, a := range x.Arguments {
			key := a.Span
			switch {
			case a.Implicit:
				key = dataset.ImplicitKey
			case key == "":
				key = a.Relation
			}
			made.Arguments = append(made.Arguments, dataset.DraftArgument{Role: a.Role, Key: key})
		}
		draft.Relation(made)
	}
	return len(o.Relations) - len(kept)
}

// assess gives a record what is said of the document as a whole.
func (o *own) assess(r *dataset.Record, annotated bool) {
	if o.Status == "" && o.Flag == "" && o.Note == "" {
		return
	}
	if r.Assessment == nil {
		r.Assessment = &annotate.Assessment{}
	}
	a := r.Assessment
	a.Flag, a.Note = o.Flag, o.Note
	if a.Status = o.Status; a.Status == "" {
		a.Status = implied(annotated || len(a.Labels) > 0 || o.Flag != "" || o.Note != "")
	}
}

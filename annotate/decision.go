package annotate

import (
	"bytes"
	"slices"
	"strconv"
)

// AdjudicatedLayer is the name of the layer that holds what was decided. It is written in
// by whoever adjudicates, and the journal says who; no annotator has this name.
const AdjudicatedLayer = "adjudicated"

// Outcome says what was decided.
type Outcome string

// The outcomes.
const (
	Took    Outcome = "took"    // what one annotator has, or several alike
	Both    Outcome = "both"    // what several annotators have, beside one another
	Neither Outcome = "neither" // nothing of it
	Made    Outcome = "new"     // something else, made by the adjudicator
)

// Side is what one annotator had where a decision was made: a span, relation or record without
// its flag and note, which are about the work, or the value of an attribute of the document.
type Side struct {
	Annotator string    `json:"annotator"`
	Span      *Span     `json:"span,omitempty"`
	Relation  *Relation `json:"relation,omitempty"`
	Record    *Record   `json:"record,omitempty"`
	Value     *Value    `json:"value,omitempty"`
}

// SideOf returns what a span, relation or record says as the side of the annotator whose layer it lies in.
func SideOf(s State) Side {
	switch e := s.(type) {
	case *Span:
		said := e.Clone()
		said.Flag, said.Note = "", ""
		return Side{Annotator: e.Annotator, Span: said}
	case *Relation:
		said := e.Clone()
		said.Flag, said.Note = "", ""
		return Side{Annotator: e.Annotator, Relation: said}
	case *Record:
		said := e.Clone()
		said.Flag, said.Note = "", ""
		return Side{Annotator: e.Annotator, Record: said}
	}
	return Side{}
}

// EntityID returns the id of the span, relation or record, "" for a value.
func (s *Side) EntityID() ID {
	switch {
	case s.Span != nil:
		return s.Span.ID
	case s.Relation != nil:
		return s.Relation.ID
	case s.Record != nil:
		return s.Record.ID
	}
	return ""
}

// Equal reports whether two sides say the same, in the same words and at the same place. What a
// record stands behind is no part of that: others that come and go change its rank.
func (s *Side) Equal(other *Side) bool {
	x, err := marshalPlain(s.unranked())
	if err != nil {
		return false
	}
	y, err := marshalPlain(other.unranked())
	return err == nil && bytes.Equal(x, y)
}

func (s *Side) unranked() *Side {
	if s.Record == nil {
		return s
	}
	said := *s
	said.Record = s.Record.Clone()
	said.Record.Rank = ""
	return &said
}

// Result is a span, relation or record of the adjudicated layer that a decision led to.
type Result struct {
	ID   ID   `json:"id"`
	From []ID `json:"from,omitempty"` // the spans, relations or records it came from
}

// Decision is how one difference between annotators was settled, or one thing that they
// agree on taken over: what each of them had then, what was decided and by whom, and what
// it led to in the adjudicated layer. Deciding again changes it; the journal keeps what it was.
type Decision struct {
	ID        ID     `json:"id"`
	Document  ID     `json:"document"`
	Attribute string `json:"attribute,omitempty"` // of the document, if the decision is about its value
	Sides     []Side `json:"sides,omitempty"`     // in order of annotator; those who had nothing are left out
	// Among are those whose layers were compared, in order.
	Among   []string `json:"among,omitempty"`
	Outcome Outcome  `json:"outcome"`
	Taken   []string `json:"taken,omitempty"` // whose sides were taken, in order
	Results []Result `json:"results,omitempty"`
	Value   *Value   `json:"value,omitempty"` // of Attribute; nil for none
	Reason  string   `json:"reason,omitempty"`
	// Unclear tells that the guideline does not say what is right here.
	Unclear bool `json:"unclear,omitempty"`
	// Automatic tells that enough annotators agreed, and nobody looked.
	Automatic   bool   `json:"automatic,omitempty"`
	Adjudicator string `json:"adjudicator"`
}

// DecisionID returns the one id of the decision in a document about what begins with
// anchor: the smallest id of its sides, or the name of an attribute. So two people who decide the
// same thing apart speak of one decision.
func DecisionID(document ID, anchor string) ID {
	return DerivedID("decision", string(document), anchor)
}

// ResultID returns the id of the i-th result of a decision. It stays when it is decided
// again, so that what points at the result goes on pointing at it.
func ResultID(decision ID, i int) ID {
	return DerivedID("adjudicated", string(decision), strconv.Itoa(i))
}

// EntityKind says that a Decision is a decision.
func (d *Decision) EntityKind() EntityKind { return DecisionEntity }

// EntityID returns the decision's id.
func (d *Decision) EntityID() ID { return d.ID }

// DocumentID returns the id of the document it is about.
func (d *Decision) DocumentID() ID { return d.Document }

// Clone returns a copy whose lists can be changed.
func (d *Decision) Clone() *Decision {
	c := *d
	c.Sides, c.Among, c.Taken = slices.Clone(d.Sides), slices.Clone(d.Among), slices.Clone(d.Taken)
	c.Results = slices.Clone(d.Results)
	return &c
}

// ResultOf returns the id of what became of a side: the result that came from it, or else
// the first one; "" if there is none.
func (d *Decision) ResultOf(side ID) ID {
	for _, r := range d.Results {
		if slices.Contains(r.From, side) {
			return r.ID
		}
	}
	if len(d.Results) == 0 {
		return ""
	}
	return d.Results[0].ID
}

// Check reports the first thing that makes d impossible.
func (d *Decision) Check() error {
	switch {
	case d.ID == "":
		return Errorf(Invalid, "a decision has no id")
	case d.Document == "":
		return Errorf(Invalid, "decision %s belongs to no document", d.ID)
	case d.Adjudicator == "":
		return Errorf(Invalid, "decision %s was made by nobody", d.ID)
	case d.Outcome != Took && d.Outcome != Both && d.Outcome != Neither && d.Outcome != Made:
		return Errorf(Invalid, "outcome %q is none of took, both, neither and new", d.Outcome)
	case d.Outcome == Neither && (len(d.Results) > 0 || d.Value != nil):
		return Errorf(Invalid, "decision %s is against everything and leads to something", d.ID)
	case (d.Outcome == Took || d.Outcome == Both) && len(d.Taken) == 0:
		return Errorf(Invalid, "decision %s does not say whose side was taken", d.ID)
	case d.Attribute != "" && len(d.Results) > 0 || d.Attribute == "" && d.Value != nil:
		return Errorf(Invalid, "decision %s is about an attribute and annotations at once", d.ID)
	}
	for i := range d.Sides {
		if err := d.checkSide(&d.Sides[i]); err != nil {
			return err
		}
	}
	for _, r := range d.Results {
		if r.ID == "" {
			return Errorf(Invalid, "decision %s leads to something without an id", d.ID)
		}
	}
	return nil
}

func (d *Decision) checkSide(s *Side) error {
	said := 0
	for _, there := range []bool{s.Span != nil, s.Relation != nil, s.Record != nil, s.Value != nil} {
		if there {
			said++
		}
	}
	switch {
	case s.Annotator == "":
		return Errorf(Invalid, "a side of decision %s belongs to no annotator", d.ID)
	case said != 1 || (s.Value != nil) != (d.Attribute != ""):
		return Errorf(Invalid, "the side of %s in decision %s must be one span, relation, record or value", s.Annotator, d.ID)
	case s.Value == nil && s.EntityID() == "":
		return Errorf(Invalid, "the side of %s in decision %s has no id", s.Annotator, d.ID)
	}
	return nil
}

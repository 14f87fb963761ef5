package annotate

// Duty says what somebody may do with the work of a project.
type Duty string

// The duties.
const (
	Annotating Duty = "annotator" // labels, and hands in the own work
	Reviewing  Duty = "reviewer"  // takes up, returns and accepts the work of others too
	Leading    Duty = "lead"      // everything, and says who has which duty
)

// Duties lists them.
var Duties = []Duty{Annotating, Reviewing, Leading}

// TeamMember says which duty somebody has in a project. It is nobody's annotation.
type TeamMember struct {
	Annotator string `json:"annotator"`
	Duty      Duty   `json:"duty"`
}

// EntityKind says that a TeamMember is a member.
func (m *TeamMember) EntityKind() EntityKind { return MemberEntity }

// EntityID returns the one id that belongs to this annotator.
func (m *TeamMember) EntityID() ID { return DerivedID("member", m.Annotator) }

// DocumentID returns "": a duty belongs to no document.
func (m *TeamMember) DocumentID() ID { return "" }

// Check reports the first thing that makes m impossible.
func (m *TeamMember) Check() error {
	switch {
	case m.Annotator == "":
		return Errorf(Invalid, "a duty is given to nobody")
	case m.Duty != Annotating && m.Duty != Reviewing && m.Duty != Leading:
		return Errorf(Invalid, "duty %q is none of annotator, reviewer and lead", m.Duty)
	}
	return nil
}

// Team is who has which duty in a project. Where nobody has one, everybody may do
// everything; else who has none is an annotator.
type Team map[string]Duty

// Duty returns the duty of somebody, Leading where nobody has one.
func (t Team) Duty(annotator string) Duty {
	switch duty, given := t[annotator]; {
	case given:
		return duty
	case len(t) == 0:
		return Leading
	}
	return Annotating
}

// Reviews reports whether somebody may judge the work of others.
func (t Team) Reviews(annotator string) bool { return t.Duty(annotator) != Annotating }

// Refusal returns why somebody may not bring the work of an annotator from one status to
// another, nil if they may.
func (t Team) Refusal(by, annotator string, from, to Status) error {
	own, duty := owns(by, annotator), t.Duty(by)
	begun := from != New && from != InProgress
	switch {
	case from == to:
		return nil
	case to.Base() == to && !own:
		return Errorf(Conflict, "only %s can say that their own work is %s; a reviewer takes it up, returns it with a comment, or accepts it", annotator, to.Words())
	case duty == Annotating && !own:
		return Errorf(Conflict, "%s is an annotator in this project and cannot decide about the work of %s", by, annotator)
	case duty == Annotating && to != InReview && to.Base() != to:
		return Errorf(Conflict, "%s is an annotator in this project; a reviewer or lead returns or accepts work", by)
	case duty == Annotating && from == Final:
		return Errorf(Conflict, "the work of %s is final; a reviewer or lead takes it up again", annotator)
	case duty == Reviewing && own && (from == Final || to == Returned || to == Final):
		return Errorf(Conflict, "%s cannot review their own work; another reviewer or a lead does", by)
	case !own && !begun:
		return Errorf(Conflict, "%s is not done yet with the document, so there is nothing to review", annotator)
	}
	return nil
}

// DutyRefusal returns why somebody may not say who has which duty, nil if they may: once
// there are leads, they alone do.
func (t Team) DutyRefusal(by string) error {
	for _, duty := range t {
		if duty == Leading && t[by] != Leading {
			return Errorf(Conflict, "only a lead of this project says who has which duty, and %s is none", by)
		}
	}
	return nil
}

// owns reports whether a layer is somebody's own; the adjudicated one is whoever's that
// works on it.
func owns(by, layer string) bool { return by == layer || layer == AdjudicatedLayer }

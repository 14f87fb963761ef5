package annotate

// Stint is a stretch of time that an annotator worked on a document, pauses left out. It is
// written once and never changed or taken back, so that the time spent is the sum of all
// stints, in whatever order copies of a project come together.
type Stint struct {
	ID        ID     `json:"id"`
	Document  ID     `json:"document"`
	Annotator string `json:"annotator"` // in whose layer the work was done
	Seconds   int    `json:"seconds"`
}

// EntityKind says that a Stint is a stint.
func (s *Stint) EntityKind() EntityKind { return StintEntity }

// EntityID returns the stint's id.
func (s *Stint) EntityID() ID { return s.ID }

// DocumentID returns the id of the document worked on.
func (s *Stint) DocumentID() ID { return s.Document }

// longestStint is the most seconds that one stint can have; they are written every minute.
const longestStint = 24 * 60 * 60

// Check reports the first thing that makes s impossible.
func (s *Stint) Check() error {
	switch {
	case s.ID == "":
		return Errorf(Invalid, "a stint has no id")
	case s.Document == "":
		return Errorf(Invalid, "stint %s belongs to no document", s.ID)
	case s.Annotator == "":
		return Errorf(Invalid, "stint %s is nobody’s", s.ID)
	case s.Seconds <= 0 || s.Seconds > longestStint:
		return Errorf(Invalid, "stint %s lasts %d seconds; there must be at least one, and no more than a day has", s.ID, s.Seconds)
	}
	return nil
}

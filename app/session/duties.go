package session

import "spanwright/annotate"

// Team returns who has which duty in the project; it is empty where nobody has one.
func (s *Session) Team() annotate.Team { return s.lead().team }

// SetDuty gives somebody a duty, "" for none. Who gives others duties is lead first: else nobody could take them
// back but they.
func (s *Session) SetDuty(annotator string, duty annotate.Duty) error {
	team := s.Team()
	if err := team.DutyRefusal(s.annotator); err != nil {
		return s.fail(err)
	}
	if annotator != s.annotator && team[s.annotator] != annotate.Leading {
		return s.fail(annotate.Errorf(annotate.Conflict, "make yourself lead first: who has no duty is an annotator once anybody has one"))
	}
	c := annotate.Change{}
	if held, given := team[annotator]; given {
		c.Before = &annotate.TeamMember{Annotator: annotator, Duty: held}
	}
	if duty != "" {
		c.After = &annotate.TeamMember{Annotator: annotator, Duty: duty}
	}
	if team[annotator] == duty {
		return nil
	}
	return s.edit(c)
}

// restaff takes in that duties were given or taken away.
func (s *Session) restaff() {
	if err := s.readRules(); err != nil {
		s.fail(err)
		return
	}
	for _, o := range s.both() {
		o.reload() // others' work may be seen now, or no longer
	}
}

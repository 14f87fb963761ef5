package store

import "spanwright/annotate"

// Team returns who has which duty in the project; it is empty where nobody has one.
func (p *Project) Team() (annotate.Team, error) {
	t, err := team(p.reading)
	return t, p.fault(err)
}

func team(on source) (annotate.Team, error) {
	t := annotate.Team{}
	found, err := members(on, "1")
	for _, m := range found {
		t[m.Annotator] = m.Duty
	}
	return t, err
}

// members reads members; condition is what follows WHERE.
func members(on source, condition string, args ...any) ([]*annotate.TeamMember, error) {
	var found []*annotate.TeamMember
	err := each(on, "SELECT annotator, duty FROM member WHERE "+condition+" ORDER BY annotator", args, func(scan func(...any) error) error {
		var m annotate.TeamMember
		err := scan(&m.Annotator, &m.Duty)
		found = append(found, &m)
		return err
	})
	return found, err
}

func (b *batch) putMember(m *annotate.TeamMember) error {
	return execute(b, "INSERT INTO member VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET duty = excluded.duty",
		m.EntityID(), m.Annotator, m.Duty)
}

// SetDuties gives people duties, as one act of by; "" takes somebody's duty away. The
// error is a Conflict where by may not.
func (p *Project) SetDuties(by string, duties map[string]annotate.Duty) error {
	_, err := p.transact(func(b *batch) error {
		t, err := team(b)
		if err != nil {
			return err
		}
		if err := t.DutyRefusal(by); err != nil {
			return err
		}
		for _, annotator := range annotate.SortedKeys(duties) {
			c := annotate.Change{Annotator: by}
			if duty, given := t[annotator]; given {
				c.Before = &annotate.TeamMember{Annotator: annotator, Duty: duty}
			}
			if duties[annotator] != "" {
				c.After = &annotate.TeamMember{Annotator: annotator, Duty: duties[annotator]}
			}
			if c.Before == nil && c.After == nil || t[annotator] == duties[annotator] {
				continue
			}
			if err := b.apply(&c); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

package adjudication

import (
	"cmp"
	"slices"
	"strconv"

	"spanwright/annotate"
)

// Threshold says how many annotators must say the same for it to be taken over without
// looking. The zero value asks for all of those who worked on the document.
type Threshold struct {
	Majority bool // more than half of them
	AtLeast  int  // so many, if it is not 0
}

// ParseThreshold reads all, majority or a number.
func ParseThreshold(text string) (Threshold, error) {
	switch n, err := strconv.Atoi(text); {
	case text == "all":
		return Threshold{}, nil
	case text == "majority":
		return Threshold{Majority: true}, nil
	case err == nil && n > 0:
		return Threshold{AtLeast: n}, nil
	}
	return Threshold{}, annotate.Errorf(annotate.Invalid, "a threshold is all, majority, or how many annotators must agree, not %q", text)
}

// of returns how many of n annotators must agree. What one alone has worked on is agreed on by
// nobody, unless one is enough.
func (t Threshold) of(n int) int {
	switch {
	case t.AtLeast > 0:
		return t.AtLeast
	case t.Majority:
		return max(2, n/2+1)
	}
	return max(2, n)
}

// Agreed returns the changes that take over what enough annotators agree on and nobody
// has decided yet, with decisions marked automatic, and how many these are. Relations wait
// until what they rest on is decided. That most annotators have nothing somewhere is not taken
// for agreement: they may have overlooked it.
func (d *Desk) Agreed(t Threshold, by string) (changes []annotate.Change, n int, err error) {
	r := d.ruling()
	ordered := slices.Clone(d.cases)
	slices.SortStableFunc(ordered, func(a, b *Case) int { return cmp.Compare(a.depth, b.depth) })
	for _, c := range ordered {
		like := d.enough(c, t)
		if like == nil || r.decided[c.ID] || !r.rests(c, like[0]) {
			continue
		}
		if err := r.decide(c, Verdict{Outcome: annotate.Took, Taken: like, By: by, Automatic: true}); err != nil {
			return nil, 0, err
		}
	}
	return r.finish(), len(r.decided), nil
}

// enough returns those who agree on a case if they are enough and it is not for a person to decide.
func (d *Desk) enough(c *Case, t Threshold) []string {
	waits := c.State == Open || c.State == Reopened && c.Decision.Automatic && len(c.others) == 0
	if most := c.Most(); waits && len(most) >= t.of(len(d.among)) {
		return most
	}
	return nil
}

// rests reports whether all that an annotator's side of a case points at, or lies in, is decided for.
func (r *ruling) rests(c *Case, annotator string) bool {
	s := c.Side(annotator)
	if s.Record != nil && r.desk.bySide[s.Record.Parent] != nil {
		became, _ := r.resolve(s.Record.Parent)
		return became != ""
	}
	return s.Relation == nil || !slices.ContainsFunc(s.Relation.Arguments, func(a annotate.Argument) bool {
		if a.Implicit {
			return false
		}
		became, _ := r.resolve(a.Target())
		return became == ""
	})
}

package annotate

import "slices"

// Level says what happens to an annotation that breaks a rule.
type Level string

// The levels.
const (
	// Warn shows the violation; nothing is refused.
	Warn Level = "warn"
	// Forbid refuses the edit that would break the rule. Where something is only
	// missing yet, it refuses to call the document done.
	Forbid Level = "forbid"
)

// Rule is a constraint between annotations that does not belong to one label. One
// of Overlap, Degree and Acyclic says what it is about.
type Rule struct {
	// Says is the sentence shown to who breaks the rule; without it one is made.
	Says  string `json:"says,omitempty" yaml:"says,omitempty"`
	Level Level  `json:"level,omitempty" yaml:"level,omitempty"`

	// Overlap names one or two span labels, "*" for any: Allow says how spans of
	// them may share text. The first rule that names both labels decides.
	Overlap []string `json:"overlap,omitempty" yaml:"overlap,omitempty"`
	Allow   Overlap  `json:"allow,omitempty" yaml:"allow,omitempty"`

	// Degree names relation labels, counted together: spans of the labels in Of
	// play Role in at least Min and at most Max of them.
	Degree []string `json:"degree,omitempty" yaml:"degree,omitempty"`
	Of     []string `json:"of,omitempty" yaml:"of,omitempty"`
	Role   string   `json:"role,omitempty" yaml:"role,omitempty"`
	Min    int      `json:"min,omitempty" yaml:"min,omitempty"`
	Max    *int     `json:"max,omitempty" yaml:"max,omitempty"` // nil means any number

	// Acyclic names relation labels that together never lead from anything back to
	// itself. They lead from the filler of their first role to that of their second.
	Acyclic []string `json:"acyclic,omitempty" yaml:"acyclic,omitempty"`
}

// Overlap says how two spans may share text.
type Overlap string

// The ways to overlap. Spans whose fragments share no character do not overlap,
// even if one lies in a gap of the other.
const (
	FreeOverlap Overlap = "free"
	NestOverlap Overlap = "nest" // one has no character that the other has not
	NoOverlap   Overlap = "none"
)

// Relation of two sets of fragments to each other.
func overlapOf(a, b []Fragment) Overlap {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if n := min(a[i].End, b[j].End) - max(a[i].Start, b[j].Start); n > 0 {
			shared += n
		}
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	switch {
	case shared == 0:
		return NoOverlap
	case shared == lengthOf(a) || shared == lengthOf(b):
		return NestOverlap
	}
	return FreeOverlap
}

func lengthOf(fragments []Fragment) int {
	n := 0
	for _, f := range fragments {
		n += f.End - f.Start
	}
	return n
}

// permits reports whether spans that may overlap like allowed may do so like found.
func (allowed Overlap) permits(found Overlap) bool {
	return found == NoOverlap || allowed == FreeOverlap || allowed == NestOverlap && found == NestOverlap
}

// level returns that of the first of levels that is set, else the scheme's own.
func (s *Scheme) level(levels ...Level) Level {
	for _, l := range append(levels, s.Level) {
		if l != "" {
			return l
		}
	}
	return Warn
}

// forbids reports whether any rule of the scheme forbids.
func (s *Scheme) forbids() bool {
	if s.Level == Forbid {
		return true
	}
	attributes := func(list []Attribute) bool {
		return slices.ContainsFunc(list, func(a Attribute) bool { return a.Level == Forbid })
	}
	var records func([]RecordLabel) bool
	records = func(list []RecordLabel) bool {
		return slices.ContainsFunc(list, func(r RecordLabel) bool {
			return r.Level == Forbid || attributes(r.Attributes) || records(r.Records)
		})
	}
	return slices.ContainsFunc(s.Rules, func(r Rule) bool { return r.Level == Forbid }) ||
		slices.ContainsFunc(s.Spans, func(l SpanLabel) bool { return l.Level == Forbid || attributes(l.Attributes) }) ||
		slices.ContainsFunc(s.Relations, func(r RelationLabel) bool {
			return r.Level == Forbid || attributes(r.Attributes) ||
				slices.ContainsFunc(r.Roles, func(role Role) bool { return role.Level == Forbid })
		}) ||
		attributes(s.Document) || records(s.Records)
}

// Overlap returns how spans of two labels may share text: free where no rule says otherwise.
func (s *Scheme) Overlap(x, y string) Overlap {
	if rule := s.overlapRule(x, y); rule != nil {
		return rule.Allow
	}
	return FreeOverlap
}

package annotate

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fragment is a stretch of a document's text: bytes Start up to but not including End.
type Fragment struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the length in bytes.
func (f Fragment) Len() int { return f.End - f.Start }

// Empty reports whether f covers nothing.
func (f Fragment) Empty() bool { return f.End <= f.Start }

// Contains reports whether every byte of g lies in f.
func (f Fragment) Contains(g Fragment) bool { return f.Start <= g.Start && g.End <= f.End }

// Overlaps reports whether f and g share at least one byte.
func (f Fragment) Overlaps(g Fragment) bool { return f.Start < g.End && g.Start < f.End }

// Span is a labelled part of a text: one or more fragments that belong together,
// in order and not touching. Spans may overlap, nest and coincide.
type Span struct {
	ID         ID               `json:"id"`
	Document   ID               `json:"document"`
	Annotator  string           `json:"annotator"` // the layer it belongs to
	Label      string           `json:"label"`
	Fragments  []Fragment       `json:"fragments"`
	Attributes map[string]Value `json:"attributes,omitempty"`
	Flag       string           `json:"flag,omitempty"` // discuss, unsure …: about the work, not the text
	Note       string           `json:"note,omitempty"`
}

// EntityKind says that a Span is a span.
func (s *Span) EntityKind() EntityKind { return SpanEntity }

// EntityID returns the span's id.
func (s *Span) EntityID() ID { return s.ID }

// DocumentID returns the id of the document whose text it labels.
func (s *Span) DocumentID() ID { return s.Document }

// Clone returns a copy that shares nothing changeable with s.
func (s *Span) Clone() *Span {
	c := *s
	c.Fragments = slices.Clone(s.Fragments)
	c.Attributes = maps.Clone(s.Attributes)
	return &c
}

// Extent returns the stretch from the first fragment's start to the last one's end.
func (s *Span) Extent() Fragment {
	if len(s.Fragments) == 0 {
		return Fragment{}
	}
	return Fragment{s.Fragments[0].Start, s.Fragments[len(s.Fragments)-1].End}
}

// Covered returns the fragments' text joined by one space.
func (s *Span) Covered(text string) string {
	parts := make([]string, len(s.Fragments))
	for i, f := range s.Fragments {
		parts[i] = text[f.Start:f.End]
	}
	return strings.Join(parts, " ")
}

// Check reports the first thing that makes s impossible in a document of that text.
func (s *Span) Check(text string) error {
	switch {
	case s.ID == "":
		return Errorf(Invalid, "a span has no id")
	case s.Document == "":
		return Errorf(Invalid, "span %s belongs to no document", s.ID)
	case s.Annotator == "":
		return Errorf(Invalid, "span %s belongs to no annotator", s.ID)
	case s.Label == "":
		return Errorf(Invalid, "span %s has no label", s.ID)
	case len(s.Fragments) == 0:
		return Errorf(Invalid, "span %s covers nothing", s.ID)
	}
	for i, f := range s.Fragments {
		switch {
		case f.Empty():
			return Errorf(Invalid, "span %s (%s) has an empty fragment at byte %d", s.ID, s.Label, f.Start)
		case f.Start < 0 || f.End > len(text):
			return Errorf(Invalid, "span %s (%s) reaches from byte %d to %d, but the text has %d bytes", s.ID, s.Label, f.Start, f.End, len(text))
		case i > 0 && f.Start <= s.Fragments[i-1].End:
			return Errorf(Invalid, "the fragments of span %s (%s) touch or are out of order at byte %d", s.ID, s.Label, f.Start)
		case !utf8.RuneStart(text[f.Start]) || f.End < len(text) && !utf8.RuneStart(text[f.End]):
			return Errorf(Invalid, "span %s (%s) begins or ends inside a character at bytes %d to %d", s.ID, s.Label, f.Start, f.End)
		}
	}
	return nil
}

// NormalizeFragments sorts fragments, drops empty ones and joins those that touch or overlap.
func NormalizeFragments(fragments []Fragment) []Fragment {
	sorted := slices.DeleteFunc(slices.Clone(fragments), Fragment.Empty)
	slices.SortFunc(sorted, func(a, b Fragment) int { return a.Start - b.Start })
	var joined []Fragment
	for _, f := range sorted {
		if n := len(joined); n > 0 && f.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, f.End)
			continue
		}
		joined = append(joined, f)
	}
	return joined
}

// Cut returns fragments without the bytes of hole; an empty hole leaves them as they are.
func Cut(fragments []Fragment, hole Fragment) []Fragment {
	var kept []Fragment
	for _, f := range fragments {
		if hole.Empty() || !f.Overlaps(hole) {
			kept = append(kept, f)
			continue
		}
		if f.Start < hole.Start {
			kept = append(kept, Fragment{f.Start, hole.Start})
		}
		if hole.End < f.End {
			kept = append(kept, Fragment{hole.End, f.End})
		}
	}
	return kept
}

package docview

import (
	"slices"

	"spanwright/annotate"
	"spanwright/app/theme"
)

// scene is what is to be seen of a document apart from its text and where that
// stands: everything a tile depends on.
type scene struct {
	palette *theme.Palette
	scheme  *annotate.Scheme
	body    *annotate.Body
	layer   *annotate.Layer
	focused annotate.ID // span or relation, "" if none
	// violations returns how a span breaks the scheme. May be nil.
	violations func(annotate.ID) []annotate.Violation
	// talked reports whether a thread of comments about a span is open.
	talked func(annotate.ID) bool
	// relating is set while a relation looks for its target.
	relating *relatingScene
	// proposed is the relation of a frame that is being assembled, nil if none is.
	proposed *annotate.Relation
	lanes    []laneScene
	compared []*annotate.Layer // with one another, own and of lanes
	foreign  annotate.ID       // span of a lane that has the focus, "" if none has
	across   []annotate.ID     // spans of whichever layer that are outlined together
	// agrees reports whether all layers that are compared have such a span. May be nil.
	agrees func(*annotate.Span) bool
}

// relatingScene is what shows while a relation in progress looks for its target.
type relatingScene struct {
	from      annotate.ID
	candidate annotate.ID
	legal     func(annotate.ID) bool
	hints     map[annotate.ID]string
}

// dims reports whether a span steps back because a relation in progress cannot go to it.
func (s *scene) dims(id annotate.ID) bool {
	return s.relating != nil && id != s.relating.from && !s.relating.legal(id)
}

// hint returns the letters that pick a span, "" if there are none.
func (s *scene) hint(id annotate.ID) string {
	if s.relating == nil {
		return ""
	}
	return s.relating.hints[id]
}

// outlined reports whether a span is drawn with the focus outline: the focused
// one, the fillers of a focused relation or of one being assembled, and the target
// that Enter would take.
func (s *scene) outlined(id annotate.ID) bool {
	if id == s.focused || s.relating != nil && (id == s.relating.candidate || id == s.relating.from) {
		return true
	}
	if s.proposed != nil && s.proposed.Involves(id) || slices.Contains(s.across, id) {
		return true
	}
	r := s.layer.Relation(s.focused)
	return r != nil && r.Involves(id)
}

// colors returns the colours of a span's label.
func (s *scene) colors(span *annotate.Span) theme.Label {
	hex := ""
	if def := s.scheme.Span(span.Label); def != nil {
		hex = def.Color
	}
	l := s.palette.Label(hex)
	if s.dims(span.ID) {
		const away = 0.7
		p := s.palette
		l.Line, l.Tint = theme.Mix(l.Line, p.Pane, away), theme.Mix(l.Tint, p.Pane, away)
		l.Chip, l.ChipText = theme.Mix(p.Pane, p.Dim, 0.18), p.Dim
	}
	return l
}

package session

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
)

// relating is a relation in progress: it starts from a span, waits for a target,
// and, where several relations are legal between the two, for a choice. The targets are
// those on screen, of the document beside too.
type relating struct {
	from      *annotate.Span // nil when no relation is in progress
	typed     string         // letters of a hint typed so far
	candidate annotate.ID
	choices   []Choice
}

// Target is a span that the relation in progress may go to.
type Target struct {
	Span annotate.ID
	Hint string // letters that pick it
}

// Choice is one of several relations that are legal between two spans.
type Choice struct {
	Title  string // as in “supports” or “attribution · content”
	Color  string // #rrggbb, may be empty
	change annotate.Change
}

// hintLetters are easy to reach first.
const hintLetters = "asdfghjklqweruioptyzxcvbnm"

// StartRelation begins a relation from the focused span.
func (s *Session) StartRelation() error {
	from := s.FocusedSpan()
	if from == nil {
		s.tell("Focus a span first: Tab, or a click; then R begins a relation.")
		return nil
	}
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	s.stopAssembling()
	*s.relating = relating{from: from}
	s.findTargets()
	if len(s.allTargets()) == 0 {
		s.tell(fmt.Sprintf("Nothing on screen can be related to this %s yet; scroll, change the document, or Esc.", from.Label))
	}
	s.changedRelating()
	return nil
}

func (s *Session) stopRelating() {
	*s.relating = relating{}
	for _, o := range s.both() {
		o.targets, o.near = nil, nil
	}
	s.changedRelating()
}

// changedRelating has what is on screen painted again, as what a relation may go to has changed.
func (s *Session) changedRelating() {
	for _, o := range s.both() {
		dirty := []annotate.Fragment{o.visible}
		if from := s.relating.from; from != nil && o.layer.Span(from.ID) != nil {
			dirty = append(dirty, from.Extent())
		}
		o.emit(Event{Kind: Related, Dirty: dirty})
	}
}

// Relating returns the span the relation in progress starts from, "" if there is none.
func (s *Session) Relating() annotate.ID {
	if s.relating.from == nil {
		return ""
	}
	return s.relating.from.ID
}

// Targets returns the legal targets of this document on screen, in reading order.
func (s *Session) Targets() []Target { return s.targets }

// allTargets returns the legal targets on screen, those of the document beside last.
func (s *Session) allTargets() []Target {
	var all []Target
	for _, o := range s.both() {
		all = append(all, o.targets...)
	}
	return all
}

// Candidate returns the target that Enter would take, "" if none.
func (s *Session) Candidate() annotate.ID { return s.relating.candidate }

// RelationChoices returns the legal relations to the picked target, none unless there are several.
func (s *Session) RelationChoices() []Choice { return s.relating.choices }

// findTargets finds what the relation in progress may go to, in the document beside too,
// and gives each a hint of its own.
func (s *Session) findTargets() {
	s.relating.typed = ""
	for _, o := range s.both() {
		o.findTargetsHere()
	}
	i, n := 0, len(s.allTargets())
	for _, o := range s.both() {
		for j := range o.targets {
			o.targets[j].Hint = hint(i, n)
			i++
		}
	}
}

func (s *Session) findTargetsHere() {
	s.targets, s.near = nil, nil
	onScreen := s.visible
	if onScreen.Empty() {
		onScreen = annotate.Fragment{End: len(s.body.Text())}
	}
	for span := range s.layer.Touching(onScreen) {
		if s.Legal(span.ID) {
			s.targets = append(s.targets, Target{Span: span.ID})
			s.near = append(s.near, span.ID)
		}
	}
	slices.SortStableFunc(s.near, func(a, b annotate.ID) int { return s.distance(a) - s.distance(b) })
}

// distance returns how many bytes lie between a span and the one the relation in
// progress starts from. From another document, the nearest is the first one.
func (s *Session) distance(id annotate.ID) int {
	to, from := s.layer.Span(id).Extent(), s.relating.from.Extent()
	if s.layer.Span(s.relating.from.ID) == nil {
		return to.Start
	}
	return gapBetween(to, from)
}

// hint returns the i-th of n distinct hints, none the beginning of another.
func hint(i, n int) string {
	width := 1
	for room := len(hintLetters); room < n; room *= len(hintLetters) {
		width++
	}
	letters := make([]byte, width)
	for at := width - 1; at >= 0; at-- {
		letters[at] = hintLetters[i%len(hintLetters)]
		i /= len(hintLetters)
	}
	return string(letters)
}

// TypeHint takes a letter of a hint and picks the target once it is complete. It
// reports whether the letter fits any hint.
func (s *Session) TypeHint(letter rune) bool {
	typed := s.relating.typed + strings.ToLower(string(letter))
	for _, t := range s.allTargets() {
		switch {
		case t.Hint == typed:
			s.relating.typed = ""
			s.PickTarget(t.Span)
			return true
		case strings.HasPrefix(t.Hint, typed):
			s.relating.typed = typed
			return true
		}
	}
	s.relating.typed = ""
	return false
}

// CycleTarget makes the next or previous legal target on screen the candidate,
// beginning with the one nearest to where the relation starts: that is nearly
// always the one meant.
func (s *Session) CycleTarget(forward bool) {
	var near []annotate.ID
	for _, o := range s.both() {
		near = append(near, o.near...)
	}
	n := len(near)
	if n == 0 {
		return
	}
	i := slices.Index(near, s.relating.candidate)
	switch {
	case forward:
		i = (i + 1) % n
	case i < 0:
		i = n - 1
	default:
		i = (i - 1 + n) % n
	}
	s.relating.candidate = near[i]
	for _, o := range s.both() {
		extent, _ := o.Extent(s.relating.candidate)
		o.emit(Event{Kind: Related, Dirty: []annotate.Fragment{o.visible}, Reveal: extent})
	}
}

// PickCandidate relates to the candidate.
func (s *Session) PickCandidate() {
	if s.relating.candidate != "" {
		s.PickTarget(s.relating.candidate)
	}
}

// Legal reports whether the relation in progress may go to that span.
func (s *Session) Legal(id annotate.ID) bool {
	from, to := s.relating.from, s.target(id)
	return from != nil && to != nil && len(s.knowing(from).legal(from, to)) > 0
}

// target returns a span of this document or the one beside, nil if neither has it.
func (s *Session) target(id annotate.ID) *annotate.Span {
	for _, o := range s.both() {
		if span := o.layer.Span(id); span != nil {
			return span
		}
	}
	return nil
}

// knowing returns the session whose document a span lies in, which knows its relations;
// if neither does, this one.
func (s *Session) knowing(span *annotate.Span) *Session {
	for _, o := range s.both() {
		if o.document != nil && o.document.ID == span.Document {
			return o
		}
	}
	return s
}

// PickTarget relates to a span, at once if only one relation is legal; else
// RelationChoices holds what there is to choose from.
func (s *Session) PickTarget(id annotate.ID) {
	from, to := s.relating.from, s.target(id)
	if from == nil || to == nil {
		return
	}
	knowing := s.knowing(from)
	choices := knowing.legal(from, to)
	switch {
	case len(choices) == 0 && slices.ContainsFunc(knowing.layer.Involving(from.ID), func(r *annotate.Relation) bool { return r.Involves(to.ID) }):
		s.tell(fmt.Sprintf("This %s and this %s are related already.", from.Label, to.Label))
	case len(choices) == 0:
		s.tell(fmt.Sprintf("The scheme has no relation between this %s and this %s.", from.Label, to.Label))
	case len(choices) == 1:
		s.relate(choices[0])
	default:
		s.relating.candidate = id
		s.relating.choices = choices
		s.changedRelating()
	}
}

// ChooseRelation takes the i-th of RelationChoices.
func (s *Session) ChooseRelation(i int) {
	if i >= 0 && i < len(s.relating.choices) {
		s.relate(s.relating.choices[i])
	}
}

func (s *Session) relate(c Choice) {
	s.together(func() {
		s.stopRelating()
		if s.edit(c.change) != nil {
			return
		}
		if _, here := s.Extent(s.focused); !here { // the relation began in another document
			s.Focus(c.change.After.EntityID())
		}
		s.tell(fmt.Sprintf("Related: %s.", c.Title))
	})
}

// legal returns the relations the scheme allows between two spans and that are not there yet.
func (s *Session) legal(from, to *annotate.Span) []Choice {
	if from.ID == to.ID {
		return nil
	}
	var choices []Choice
	for i := range s.scheme.Relations {
		def := &s.scheme.Relations[i]
		switch {
		case from.Document != to.Document && def.Scope != annotate.ProjectScope:
		case !s.audit.Within(def.Scope, from.Extent(), to.Extent()):
		case def.Role(annotate.Head) != nil && def.Role(annotate.Tail) != nil:
			choices = append(choices, s.binary(def, from, to)...)
		case !def.Open:
			choices = append(choices, s.frames(def, from, to)...)
		}
	}
	s.tellApart(choices)
	return choices
}

// tellApart adds to titles that occur twice a word of the relation that would grow.
func (s *Session) tellApart(choices []Choice) {
	count := map[string]int{}
	for _, c := range choices {
		count[c.Title]++
	}
	for i := range choices {
		grown, joins := choices[i].change.Before.(*annotate.Relation)
		if !joins || count[choices[i].Title] < 2 {
			continue
		}
		known := slices.Concat(grown.Role("cue"), grown.Arguments) // a cue tells most
		if j := slices.IndexFunc(known, func(a annotate.Argument) bool { return a.Span != "" }); j >= 0 {
			if span := s.SpanOf(known[j].Span); span != nil {
				choices[i].Title += " of “" + s.Quote(span, titleQuote) + "”"
			}
		}
	}
}

// titleQuote is how many characters of a span's text tell two choices apart.
const titleQuote = 24

// binary returns the relation from one span to the other, or the other way round
// where only that fits the roles.
func (s *Session) binary(def *annotate.RelationLabel, from, to *annotate.Span) []Choice {
	head, tail := def.Role(annotate.Head), def.Role(annotate.Tail)
	if !s.scheme.Admits(head, from.Label) || !s.scheme.Admits(tail, to.Label) {
		from, to = to, from
	}
	if !s.scheme.Admits(head, from.Label) || !s.scheme.Admits(tail, to.Label) {
		return nil
	}
	for _, r := range s.layer.Involving(from.ID) {
		if r.Label == def.Label && r.Involves(to.ID) {
			return nil
		}
	}
	r := s.newRelation(def.Label)
	r.Arguments = []annotate.Argument{s.argument(head.Name, from, r), s.argument(tail.Name, to, r)}
	return []Choice{{Title: def.Label, Color: def.Color, change: creation(r)}}
}

// frames returns how two spans can fill roles of one relation with several: by
// joining a relation that one of them is part of, or by making a new one. A new
// one is offered only where joining would put a second filler beside the first.
func (s *Session) frames(def *annotate.RelationLabel, from, to *annotate.Span) []Choice {
	var choices []Choice
	for i := range def.Roles {
		for j := range def.Roles {
			mine, theirs := &def.Roles[i], &def.Roles[j]
			if i == j && mine.Max == 1 || !s.scheme.Admits(mine, from.Label) || !s.scheme.Admits(theirs, to.Label) {
				continue
			}
			joins, fresh, related := s.joins(def, mine, theirs, from, to)
			if related {
				continue
			}
			if fresh && (i != j || len(def.Roles) == 1) { // two contents alone attribute nothing
				r := s.newRelation(def.Label)
				r.Arguments = []annotate.Argument{s.argument(mine.Name, from, r), s.argument(theirs.Name, to, r)}
				orderArguments(r, def)
				title := def.Label
				if len(joins) > 0 {
					title = "new " + def.Label
				}
				choices = append(choices, Choice{Title: title, Color: def.Color, change: creation(r)})
			}
			choices = append(choices, joins...)
		}
	}
	return choices
}

// joins returns the ways to add one span to a relation that the other has its
// role in. fresh tells whether a new relation makes sense too; related that the
// two are in one relation with these roles already.
func (s *Session) joins(def *annotate.RelationLabel, mine, theirs *annotate.Role, from, to *annotate.Span) (joins []Choice, fresh, related bool) {
	fresh = true
	add := func(anchor *annotate.Span, anchorRole, role *annotate.Role, filler *annotate.Span) {
		for _, r := range s.layer.Involving(anchor.ID) {
			if r.Label != def.Label || !plays(r, anchorRole.Name, anchor.ID) {
				continue
			}
			if plays(r, role.Name, filler.ID) {
				related = true
				return
			}
			fillers := r.Role(role.Name)
			implicit := len(fillers) == 1 && fillers[0].Implicit
			if role.Max > 0 && len(fillers) >= role.Max && !implicit {
				continue
			}
			if len(fillers) == 0 || implicit || anchorRole.Max == 1 {
				fresh = false
			}
			after := r.Clone()
			after.Arguments = slices.DeleteFunc(after.Arguments, func(a annotate.Argument) bool { return a.Role == role.Name && a.Implicit })
			after.Arguments = append(after.Arguments, s.argument(role.Name, filler, after))
			orderArguments(after, def)
			joins = append(joins, Choice{
				Title: fmt.Sprintf("%s · %s", def.Label, role.Name), Color: def.Color, change: revision(r, after),
			})
		}
	}
	add(from, mine, theirs, to)
	add(to, theirs, mine, from)
	return joins, fresh, related
}

func plays(r *annotate.Relation, role string, span annotate.ID) bool {
	return slices.ContainsFunc(r.Arguments, func(a annotate.Argument) bool { return a.Role == role && a.Span == span })
}

// orderArguments puts arguments in the order of the scheme's roles.
func orderArguments(r *annotate.Relation, def *annotate.RelationLabel) {
	rank := func(a annotate.Argument) int {
		return slices.IndexFunc(def.Roles, func(role annotate.Role) bool { return role.Name == a.Role })
	}
	slices.SortStableFunc(r.Arguments, func(a, b annotate.Argument) int { return rank(a) - rank(b) })
}

func (s *Session) newRelation(label string) *annotate.Relation {
	return &annotate.Relation{
		ID: annotate.NewID(), Document: s.relating.from.Document, Annotator: s.layerName(), Label: label,
		Attributes: annotate.Initial(s.scheme.Relation(label).Attributes, s.body, nil),
	}
}

func (s *Session) argument(role string, span *annotate.Span, r *annotate.Relation) annotate.Argument {
	a := annotate.Argument{Role: role, Span: span.ID}
	if span.Document != r.Document {
		a.Document = span.Document
	}
	return a
}

// SetImplicit says that a role of a relation is filled, but not in the text; or
// takes that back.
func (s *Session) SetImplicit(id annotate.ID, role string, implicit bool) error {
	r := s.layer.Relation(id)
	if r == nil {
		return s.fail(annotate.Errorf(annotate.NotFound, "the relation is gone"))
	}
	after := r.Clone()
	after.Arguments = slices.DeleteFunc(after.Arguments, func(a annotate.Argument) bool { return a.Role == role && a.Implicit })
	if implicit {
		after.Arguments = append(after.Arguments, annotate.Argument{Role: role, Implicit: true})
	}
	if def := s.scheme.Relation(r.Label); def != nil {
		orderArguments(after, def)
	}
	return s.edit(revision(r, after))
}

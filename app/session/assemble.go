package session

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"spanwright/annotate"
)

// assembling is a frame being put together: the relation that A proposes for the
// focused annotation, with the nearest legal fillers for the roles that are empty.
type assembling struct {
	frames  []frame // what can be proposed, the likeliest first
	at      int     // the one shown
	current int     // the role that Tab and 0 act on
	whole   bool    // leave fillers whole where the scheme wants them apart
}

// frame is one relation that can be made or completed.
type frame struct {
	def    *annotate.RelationLabel
	before *annotate.Relation // nil for a new one
	base   *annotate.Relation // with what is known of it already
	slots  []slot
}

// slot is an empty role of a frame.
type slot struct {
	role       *annotate.Role
	candidates []annotate.ID // the nearest first
	at         int           // which of them is proposed; len(candidates) means none
	implicit   bool
}

// filler returns the proposed span, "" if there is none.
func (s *slot) filler() annotate.ID {
	if s.implicit || s.at >= len(s.candidates) {
		return ""
	}
	return s.candidates[s.at]
}

// Slot is what is proposed for one role of a frame being assembled.
type Slot struct {
	Role     string
	Span     annotate.ID // "" when nothing is proposed
	Implicit bool
	Current  bool // Tab and 0 act on it
}

// Assemble proposes fillers for the missing roles of the focused annotation's
// relations. While a proposal is under way it goes on to the next relation that
// could be meant.
func (s *Session) Assemble() error {
	if a := s.assembling; a != nil {
		s.assembling = &assembling{frames: a.frames, at: (a.at + 1) % len(a.frames)}
		s.proposed()
		return nil
	}
	if s.focused == "" {
		s.tell("Focus an annotation first: Tab, or a click; then A proposes what its relation lacks.")
		return nil
	}
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	s.habits() // what is known of them serves; what was committed since, the next time
	frames := s.incomplete()
	if len(frames) == 0 {
		s.tell(s.nothingToAssemble())
		return nil
	}
	*s.relating = relating{}
	s.assembling = &assembling{frames: frames}
	s.proposed()
	return nil
}

// nothingToAssemble says why nothing can be proposed, in the words of the scheme.
func (s *Session) nothingToAssemble() string {
	if r := s.FocusedRelation(); r != nil {
		return fmt.Sprintf("Relation %s lacks nothing that could be filled near by.", r.Label)
	}
	var wanted []string
	label := s.FocusedSpan().Label
	for i := range s.scheme.Relations {
		def := &s.scheme.Relations[i]
		if !slices.ContainsFunc(def.Roles, func(r annotate.Role) bool { return s.scheme.Admits(&r, label) }) {
			continue
		}
		for k := range def.Roles {
			wanted = append(wanted, s.fillersOf(&def.Roles[k])...)
		}
	}
	if len(wanted) == 0 {
		return fmt.Sprintf("No relation of the scheme has a %s in it.", label)
	}
	slices.Sort(wanted)
	return fmt.Sprintf("Nothing near by is free to be joined to this %s: label a %s first, or press R to relate it to anything in sight.",
		label, alternatives(slices.Compact(wanted)))
}

// fillersOf returns the labels that may play a role.
func (s *Session) fillersOf(role *annotate.Role) (labels []string) {
	for i := range s.scheme.Spans {
		if l := &s.scheme.Spans[i]; !l.Abstract && s.scheme.Admits(role, l.Label) {
			labels = append(labels, l.Label)
		}
	}
	return labels
}

// alternatives joins words with “or”; many are cut short.
func alternatives(words []string) string {
	const most = 5
	if len(words) > most {
		words = append(slices.Clone(words[:most]), "another label")
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// Assembling returns the relation proposed and what is proposed for its empty
// roles, in the scheme's order; nil when nothing is being assembled.
func (s *Session) Assembling() (proposed *annotate.Relation, slots []Slot) {
	if s.assembling == nil {
		return nil, nil
	}
	f := &s.assembling.frames[s.assembling.at]
	for i := range f.slots {
		slots = append(slots, Slot{
			Role: f.slots[i].role.Name, Span: f.slots[i].filler(), Implicit: f.slots[i].implicit, Current: i == s.assembling.current,
		})
	}
	return f.relation(), slots
}

// Holes returns what of the fillers of the frame being assembled would be cut out.
func (s *Session) Holes() []annotate.Fragment {
	var holes []annotate.Fragment
	if s.assembling == nil || s.assembling.whole {
		return nil
	}
	for _, cut := range s.cuts(&s.assembling.frames[s.assembling.at]) {
		holes = append(holes, cut.holes...)
	}
	return holes
}

// NextFiller proposes the next or previous candidate for the current role; after
// the last one, none.
func (s *Session) NextFiller(forward bool) {
	s.withSlot(func(c *slot) {
		step, n := 1, len(c.candidates)+1
		if !forward {
			step = n - 1
		}
		c.implicit, c.at = false, (c.at+step)%n
	})
}

// ChooseSlot makes the i-th empty role the current one.
func (s *Session) ChooseSlot(i int) {
	if a := s.assembling; a != nil && i >= 0 && i < len(a.frames[a.at].slots) {
		a.current = i
		s.proposed()
	}
}

// ImplySlot says that the current role is meant but not in the text, or takes that
// back, and goes on to the next role.
func (s *Session) ImplySlot() {
	s.withSlot(func(c *slot) {
		if !c.role.Implicit {
			s.tell(fmt.Sprintf("The scheme does not let the %s be implicit.", c.role.Name))
			return
		}
		c.implicit = !c.implicit
		if a := s.assembling; a.current+1 < len(a.frames[a.at].slots) {
			a.current++
		}
	})
}

// KeepWhole leaves fillers whole that would be cut where others lie inside them, or takes that back.
func (s *Session) KeepWhole() {
	if s.assembling != nil {
		s.assembling.whole = !s.assembling.whole
		s.proposed()
	}
}

func (s *Session) withSlot(f func(*slot)) {
	if a := s.assembling; a != nil {
		s.together(func() {
			f(&a.frames[a.at].slots[a.current])
			s.proposed()
		})
	}
}

// TakeFrame makes the relation that is proposed: one group of changes, one undo.
func (s *Session) TakeFrame() (err error) {
	a := s.assembling
	if a == nil {
		return nil
	}
	f := &a.frames[a.at]
	after := f.relation()
	if len(after.Arguments) == len(f.base.Arguments) {
		s.tell("Nothing is proposed: Tab looks for another filler, Esc leaves.")
		return nil
	}
	changes := []annotate.Change{{After: after}}
	if f.before != nil {
		changes[0].Before = f.before
	}
	if !a.whole {
		for _, cut := range s.cuts(f) {
			changes = append(changes, revision(cut.before, cut.after))
		}
	}
	s.together(func() {
		if err = s.edit(changes...); err == nil {
			s.assembled(after)
		}
	})
	return err
}

// assembled tells that a relation was made. One that lacks an attribute gets the focus,
// so that Enter leads there.
func (s *Session) assembled(r *annotate.Relation) {
	lacks := func(v annotate.Violation) bool { return v.Missing && v.Rule == annotate.RequiredBreach }
	if !slices.ContainsFunc(s.Violations(r.ID), lacks) {
		s.tell(fmt.Sprintf("Assembled: %s.", r.Label))
		return
	}
	s.focus(r.ID, false)
	s.tell(fmt.Sprintf("Assembled: %s. Enter leads to what it lacks.", r.Label))
}

// proposed shows what is proposed now.
func (s *Session) proposed() {
	s.emit(Event{Kind: Related, Dirty: []annotate.Fragment{s.visible}})
}

// stopAssembling drops what was proposed, if anything.
func (s *Session) stopAssembling() {
	if s.assembling != nil {
		s.assembling = nil
		s.proposed()
	}
}

// stillThere reports whether all that the frames are made of is in the layer, as it was.
func (s *Session) stillThere() bool {
	for i := range s.assembling.frames {
		f := &s.assembling.frames[i]
		if f.before != nil && !reflect.DeepEqual(s.layer.Relation(f.before.ID), f.before) {
			return false
		}
		for _, a := range f.base.Arguments {
			if a.Span != "" && s.SpanOf(a.Span) == nil {
				return false
			}
		}
		for k := range f.slots {
			for _, id := range f.slots[k].candidates {
				if s.layer.Span(id) == nil {
					return false
				}
			}
		}
	}
	return true
}

// relation returns the frame's relation as proposed.
func (f *frame) relation() *annotate.Relation {
	r := f.base.Clone()
	for i := range f.slots {
		c := &f.slots[i]
		switch id := c.filler(); {
		case c.implicit:
			r.Arguments = append(r.Arguments, annotate.Argument{Role: c.role.Name, Implicit: true})
		case id != "":
			r.Arguments = append(r.Arguments, annotate.Argument{Role: c.role.Name, Span: id})
		}
	}
	orderArguments(r, f.def)
	return r
}

// incomplete returns the frames that the focused annotation can be completed to:
// relations it is part of that lack something, then new ones it could be part of.
func (s *Session) incomplete() []frame {
	if r := s.FocusedRelation(); r != nil {
		if f, ok := s.completed(r); ok {
			return []frame{f}
		}
		return nil
	}
	span := s.FocusedSpan()
	var grown, fresh []frame
	for i := range s.scheme.Relations {
		def := &s.scheme.Relations[i]
		if def.Open {
			continue
		}
		part := false
		for _, r := range s.layer.Involving(span.ID) {
			if r.Label != def.Label {
				continue
			}
			part = true
			if f, ok := s.completed(r); ok {
				grown = append(grown, f)
			}
		}
		if f, ok := s.begun(def, span); ok && !part {
			fresh = append(fresh, f)
		}
	}
	return append(grown, fresh...)
}

// completed returns a relation of this document with proposals for what it lacks.
func (s *Session) completed(r *annotate.Relation) (frame, bool) {
	def := s.scheme.Relation(r.Label)
	if def == nil || def.Open || r.Document != s.document.ID {
		return frame{}, false
	}
	return s.fill(frame{def: def, before: r, base: r})
}

// begun returns a new relation that the span is part of, with proposals for the rest.
func (s *Session) begun(def *annotate.RelationLabel, span *annotate.Span) (frame, bool) {
	i := slices.IndexFunc(def.Roles, func(r annotate.Role) bool { return s.scheme.Admits(&r, span.Label) })
	if i < 0 {
		return frame{}, false
	}
	base := &annotate.Relation{
		ID: annotate.NewID(), Document: s.document.ID, Annotator: s.layerName(), Label: def.Label,
		Attributes: annotate.Initial(def.Attributes, s.body, nil),
		Arguments:  []annotate.Argument{{Role: def.Roles[i].Name, Span: span.ID}},
	}
	return s.fill(frame{def: def, base: base})
}

// fill gives a frame a slot for each empty role; ok is false when there is no filler for any.
func (s *Session) fill(f frame) (_ frame, ok bool) {
	for i := range f.def.Roles {
		role := &f.def.Roles[i]
		if len(f.base.Role(role.Name)) > 0 {
			continue
		}
		c := slot{role: role, candidates: s.candidates(&f, role)}
		ok = ok || len(c.candidates) > 0
		f.slots = append(f.slots, c)
	}
	return f, ok
}

// searched is how many spans before and after an annotation are looked at for fillers.
const searched = 100

// candidates returns the spans that could fill a role: those of the same
// paragraph first, those without such a role before those that have one, and of
// these the ones that stand where the annotator's fillers usually do, or else the nearest.
func (s *Session) candidates(f *frame, role *annotate.Role) []annotate.ID {
	here, found := s.Extent(f.base.ID)
	if !found {
		here, found = s.Extent(f.base.Arguments[0].Span)
	}
	if !found {
		return nil
	}
	type candidate struct {
		id               annotate.ID
		extent           annotate.Fragment
		elsewhere, taken bool
		around           bool // it has another filler in it, so it belongs to a frame around this one
		likelihood       float64
		gap              int
	}
	var all []candidate
	consider := func(span *annotate.Span) {
		elsewhere := s.body.ParagraphAt(span.Extent().Start) != s.body.ParagraphAt(here.Start)
		if !s.scheme.Admits(role, span.Label) || f.base.Involves(span.ID) || !s.audit.Within(f.def.Scope, span.Extent(), here) {
			return
		}
		taken := slices.ContainsFunc(s.layer.Involving(span.ID), func(r *annotate.Relation) bool {
			return r.Label == f.def.Label && plays(r, role.Name, span.ID)
		})
		all = append(all, candidate{
			id: span.ID, extent: span.Extent(), elsewhere: elsewhere, taken: taken,
			likelihood: s.likelihood(f.base, role, span.Extent()), gap: gapBetween(span.Extent(), here),
		})
	}
	from := s.layer.NextFrom(here.Start)
	for span, n := from, 0; span != nil && n < searched; span, n = s.layer.Next(span.ID), n+1 {
		consider(span)
	}
	for span, n := s.layer.PreviousFrom(here.Start), 0; span != nil && n < searched; span, n = s.layer.Previous(span.ID), n+1 {
		consider(span)
	}
	for i, outer := range all {
		all[i].around = outer.extent.Contains(here) && slices.ContainsFunc(all, func(inner candidate) bool {
			return !inner.taken && inner.extent != outer.extent && outer.extent.Contains(inner.extent)
		})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(
			compare(a.elsewhere, b.elsewhere), compare(a.taken, b.taken), compare(a.around, b.around),
			cmp.Compare(b.likelihood, a.likelihood), cmp.Compare(a.gap, b.gap),
		)
	})
	ids := make([]annotate.ID, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	return ids
}

// likelihood returns how well what stands there would play a role beside each known filler.
func (s *Session) likelihood(known *annotate.Relation, role *annotate.Role, there annotate.Fragment) (sum float64) {
	for _, a := range known.Arguments {
		if here, found := s.Extent(a.Span); found {
			sum += s.links.habits.likelihood(habit{known.Label, a.Role, role.Name}, here, there)
		}
	}
	return sum
}

// compare puts false before true.
func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// gapBetween returns how many bytes lie between two stretches of text, 0 if they meet.
func gapBetween(a, b annotate.Fragment) int { return max(0, a.Start-b.End, b.Start-a.End) }

// cut is a filler from which others that lie inside it are cut out.
type cut struct {
	before, after *annotate.Span
	holes         []annotate.Fragment
}

// cuts returns the fillers that would be cut, where the scheme wants them apart.
func (s *Session) cuts(f *frame) []cut {
	if !f.def.Apart {
		return nil
	}
	var fillers []*annotate.Span
	for _, a := range f.relation().Arguments {
		if span := s.layer.Span(a.Span); span != nil {
			fillers = append(fillers, span)
		}
	}
	var cuts []cut
	for _, outer := range fillers {
		holes := s.holes(outer, fillers)
		after := outer.Clone()
		for _, hole := range holes {
			after.Fragments = annotate.Cut(after.Fragments, hole)
		}
		for i := range after.Fragments {
			after.Fragments[i] = s.body.Trim(after.Fragments[i])
		}
		after.Fragments = s.trimmed(outer.Label, annotate.NormalizeFragments(after.Fragments))
		after.Attributes = annotate.Rederive(s.scheme.AttributesOf(outer.Label), s.body, outer.Fragments, after.Fragments, after.Attributes)
		if len(holes) > 0 && len(after.Fragments) > 0 {
			cuts = append(cuts, cut{outer, after, holes})
		}
	}
	return cuts
}

// holes returns the stretches of a span in which other fillers lie, each as wide
// as the clause it belongs to. Neighbours in one clause make one hole.
func (s *Session) holes(outer *annotate.Span, fillers []*annotate.Span) []annotate.Fragment {
	var holes []annotate.Fragment
	for _, f := range outer.Fragments {
		for _, inner := range fillers {
			extent := inner.Extent()
			if inner == outer || !f.Contains(extent) || extent == f {
				continue
			}
			hole := s.body.Interruption(f, extent)
			if n := len(holes) - 1; n >= 0 && s.sameClause(holes[n], hole) {
				holes[n] = annotate.Fragment{Start: min(holes[n].Start, hole.Start), End: max(holes[n].End, hole.End)}
				continue
			}
			holes = append(holes, hole)
		}
	}
	return holes
}

// sameClause reports whether nothing but a few words stands between two holes.
func (s *Session) sameClause(a, b annotate.Fragment) bool {
	const apart = 3 // tokens: “said the tall Mara Tollen”
	if a.Start > b.Start {
		a, b = b, a
	}
	at := a.End
	for range apart + 1 {
		token, ok := s.body.NextToken(at)
		if !ok || token.Start >= b.Start {
			return true
		}
		at = token.End
	}
	return false
}

package docview

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// chip is a label shown at a fragment of a span.
type chip struct {
	span     annotate.ID // "" on one that counts what is not shown
	fragment int
	box      box // device pixels, from the line's left edge and top
	below    bool
	fill     color.NRGBA
	ink      color.NRGBA
	text     *typeset.Line // nil on a chip too narrow for any
	hint     *typeset.Line // letters that pick it while relating
	marks    []mark
}

// mark is a small sign on a chip that says something about the span.
type mark int

// The marks.
const (
	violationMark  mark = iota // the scheme is broken
	incompleteMark             // what it says lacks a part
	flagMark
	noteMark
	commentMark // people talk about it
)

// want is a chip that has not found its place yet.
type want struct {
	chip
	left, right float64  // where the fragment's first segment lies
	rtl         bool     // the fragment is read from the right
	forms       []string // texts from the longest to the shortest
	nested      bool
}

// chipRow is one of the places for chips, and what of it is taken.
type chipRow struct {
	top, height float64
	below       bool
	taken       []box
}

// free reports whether nothing lies on the row between x0 and x1, with a gap.
func (r *chipRow) free(x0, x1, gap float64) bool {
	for _, b := range r.taken {
		if x0 < b.x1+gap && b.x0 < x1+gap {
			return false
		}
	}
	return true
}

// chipper places the chips of one line. Chips never lie on one another: where
// there is no room they get shorter, move along their span, or to another row.
type chipper struct {
	p     *painter
	m     *metrics
	width float64 // of the measure, device pixels
	rows  []*chipRow
	gap   float64
}

// The rows of chips, in the order [chipper.rows] holds them.
const (
	aboveRow = iota
	belowRow
	upperRow
)

func newChipper(p *painter, width float64) *chipper {
	m := &p.metrics
	c := &chipper{p: p, m: m, width: width, gap: 2 * m.scale}
	c.rows = []*chipRow{
		aboveRow: {top: float64(m.chipTop), height: float64(m.chipHeight)},
		belowRow: {top: float64(m.belowTop), height: float64(m.belowHeight), below: true},
	}
	if m.upperTop >= 0 {
		c.rows = append(c.rows, &chipRow{top: float64(m.upperTop), height: float64(m.chipHeight)})
	}
	return c
}

// place returns the chips for the fragments that begin on the line.
func (c *chipper) place(s *scene, line *typeset.Line, pieces []piece, hidden int) []chip {
	wants := c.wants(s, line, pieces)
	wants = c.gather(s, wants, hidden)
	chips := make([]chip, 0, len(wants))
	for i := range wants {
		if c.settle(&wants[i], wants[i+1:]) {
			chips = append(chips, wants[i].chip)
		}
	}
	return chips
}

func (c *chipper) wants(s *scene, line *typeset.Line, pieces []piece) []want {
	var wants []want
	for i := range pieces {
		p := &pieces[i]
		if !p.begins || len(p.segments) == 0 {
			continue
		}
		first, rtl := firstSegment(line, p)
		w := want{
			left: first.X, right: first.X + first.W, rtl: rtl, nested: p.depth > 0, forms: chipForms(s, p.span, p.fragment),
			chip: chip{span: p.span.ID, fragment: p.fragment, fill: p.colors.Chip, ink: p.colors.ChipText},
		}
		if p.fragment == 0 {
			w.marks = s.marks(p.span)
			if hint := s.hint(p.span.ID); hint != "" {
				w.hint = c.p.measure(hint, c.m.chipSize)
			}
		}
		wants = append(wants, w)
	}
	slices.SortStableFunc(wants, func(a, b want) int {
		if a.left != b.left && math.Abs(a.left-b.left) > 0.5 {
			return int(math.Copysign(1, a.left-b.left))
		}
		return 0
	})
	return wants
}

// firstSegment returns where the chip of a fragment belongs: what of its segment
// lies from the run of one direction that it begins in to the end that the line is
// read towards, and whether the line is read from the right.
func firstSegment(line *typeset.Line, p *piece) (typeset.Segment, bool) {
	fragment := p.span.Fragments[p.fragment]
	start := max(fragment.Start, line.Start)
	first := slices.IndexFunc(line.Clusters, func(c typeset.Cluster) bool { return c.Start <= start && start < c.End })
	if first < 0 {
		return p.segments[0], line.RTL
	}
	low, high := first, first
	same := func(i int) bool {
		return i >= 0 && i < len(line.Clusters) && line.Clusters[i].RTL == line.Clusters[first].RTL && line.Clusters[i].Overlaps(fragment)
	}
	for same(low - 1) {
		low--
	}
	for same(high + 1) {
		high++
	}
	left, right := line.Clusters[low].X, line.Clusters[high].X+line.Clusters[high].Width
	for _, s := range p.segments {
		switch {
		case s.X > left+0.5 || s.X+s.W < right-0.5:
		case line.RTL:
			return typeset.Segment{X: s.X, W: right - s.X}, true
		default:
			return typeset.Segment{X: left, W: s.X + s.W - left}, false
		}
	}
	return p.segments[0], line.RTL
}

// maxStacked is how many chips of spans that begin at one place are shown.
const maxStacked = 3

// gather leaves out chips that begin where several others do and adds one that counts them.
func (c *chipper) gather(s *scene, wants []want, hidden int) []want {
	kept := make([]want, 0, len(wants))
	for i := 0; i < len(wants); {
		j := i + 1
		for j < len(wants) && math.Abs(wants[j].left-wants[i].left) <= 0.5 {
			j++
		}
		group := wants[i:j]
		slices.SortStableFunc(group, func(a, b want) int { return outlinedRank(s, a.span) - outlinedRank(s, b.span) })
		more := 0
		if j == len(wants) {
			more = hidden
		}
		if len(group) > maxStacked {
			more += len(group) - maxStacked
			group = group[:maxStacked]
		}
		kept = append(kept, group...)
		if more > 0 {
			count := want{left: group[0].left, right: math.Max(group[0].right, c.width), rtl: group[0].rtl, forms: []string{fmt.Sprintf("+%d", more)}}
			count.fill, count.ink = s.palette.Dim, s.palette.Pane
			kept = append(kept, count)
		}
		i = j
	}
	return kept
}

func outlinedRank(s *scene, id annotate.ID) int {
	if s.outlined(id) || s.hint(id) != "" {
		return 0
	}
	return 1
}

// settle finds a place for w, or reports that there is none. The chips in later
// want their places too.
func (c *chipper) settle(w *want, later []want) bool {
	order := []int{aboveRow, upperRow, belowRow}
	if w.nested {
		order = []int{belowRow, aboveRow, upperRow}
	}
	order = slices.DeleteFunc(order, func(i int) bool { return i >= len(c.rows) })
	limit := c.width
	for i := range later {
		if later[i].nested == w.nested && !w.rtl && !later[i].rtl && later[i].left > w.left+0.5 {
			limit = math.Min(limit, later[i].left-c.gap)
			break
		}
	}
	for _, form := range w.forms {
		if c.try(w, order[0], form, 0, limit) {
			return true
		}
	}
	shortest := w.forms[len(w.forms)-1]
	for _, row := range order[1:] {
		for _, form := range w.forms {
			if c.try(w, row, form, 0, c.width) {
				return true
			}
		}
	}
	for _, row := range order {
		if c.try(w, row, shortest, w.right-w.left+6*c.m.scale, c.width) || c.try(w, row, "", w.right-w.left+6*c.m.scale, c.width) {
			return true
		}
	}
	return false
}

// try puts w on a row with that text if there is room before limit, moved along
// the reading direction by at most shift.
func (c *chipper) try(w *want, row int, text string, shift, limit float64) bool {
	r := c.rows[row]
	size := c.m.chipSize
	if r.below {
		size = math.Min(size, r.height*0.78)
	}
	var line *typeset.Line
	if text != "" {
		line = c.p.measure(text, size)
	}
	width := c.chipWidth(w, line)
	step := c.m.scale
	for moved := 0.0; moved <= shift; moved += step {
		x0 := w.left + moved
		if w.rtl {
			x0 = w.right - width - moved
		}
		x1 := x0 + width
		if x0 < -float64(c.m.margin)/2 || x1 > math.Max(limit, float64(c.m.px(14))) && !w.rtl || x1 > c.width+float64(c.m.margin)/2 {
			if w.rtl {
				continue
			}
			return false
		}
		if r.free(x0, x1, c.gap) {
			w.text, w.below = line, r.below
			w.box = box{math.Round(x0), r.top, math.Round(x0) + width, r.top + r.height}
			r.taken = append(r.taken, w.box)
			return true
		}
	}
	return false
}

// chipWidth returns the width of a chip in device pixels: padding, hint, text and marks.
func (c *chipper) chipWidth(w *want, text *typeset.Line) float64 {
	width := 8 * c.m.scale
	if text != nil {
		width = text.Width + 2*c.m.chipPad
	}
	if w.hint != nil {
		width += w.hint.Width + 2*c.m.chipPad
	}
	return math.Ceil(width + float64(len(w.marks)*c.m.px(markWidth)))
}

// markWidth is the room a mark takes on its chip, in toolkit units.
const markWidth = 9

// marks returns what is to be said about a span on its chip.
func (s *scene) marks(span *annotate.Span) []mark {
	var marks []mark
	wrong, missing := s.faults(span)
	if wrong {
		marks = append(marks, violationMark)
	}
	if missing || s.incomplete(span) {
		marks = append(marks, incompleteMark)
	}
	if span.Flag != "" {
		marks = append(marks, flagMark)
	}
	if span.Note != "" {
		marks = append(marks, noteMark)
	}
	if s.talked != nil && s.talked(span.ID) {
		marks = append(marks, commentMark)
	}
	return marks
}

// faults tells what a span, or a relation that it ties together, breaks of the scheme:
// whether something is wrong, and whether something is only missing.
func (s *scene) faults(span *annotate.Span) (wrong, missing bool) {
	if s.violations == nil {
		return false, false
	}
	look := func(id annotate.ID) {
		for _, v := range s.violations(id) {
			wrong = wrong || !v.Missing
			missing = missing || v.Missing
		}
	}
	look(span.ID)
	for _, r := range s.layer.Involving(span.ID) {
		if s.hub(r, 0) == span {
			look(r.ID)
		}
	}
	return wrong, missing
}

// incomplete reports whether a span ties a relation together that lacks a part, or
// is a cue and ties nothing yet.
func (s *scene) incomplete(span *annotate.Span) bool {
	for _, r := range s.layer.Involving(span.ID) {
		if s.hub(r, 0) == span && len(s.scheme.Lacks(r)) > 0 {
			return true
		}
	}
	for i := range s.scheme.Relations {
		def := &s.scheme.Relations[i]
		role := def.Role(cueRole)
		if role == nil || len(role.Labels) == 0 || !s.scheme.Admits(role, span.Label) {
			continue
		}
		return !slices.ContainsFunc(s.layer.Involving(span.ID), func(r *annotate.Relation) bool { return r.Label == def.Label })
	}
	return false
}

// typeAttribute is the choice attribute shown beside the label.
const typeAttribute = "type"

// chipForms returns what a chip of a span's fragment may say, the longest first.
func chipForms(s *scene, span *annotate.Span, fragment int) []string {
	if fragment > 0 {
		part := fmt.Sprintf("%d/%d", fragment+1, len(span.Fragments))
		return []string{span.Label + " · " + part, part}
	}
	var forms []string
	if kind, ok := span.Attributes[typeAttribute].Text(); ok && kind != "" {
		forms = append(forms, span.Label+" · "+annotate.Excerpt(kind, 24))
	}
	forms = append(forms, span.Label)
	if def := s.scheme.Span(span.Label); def != nil {
		forms = append(forms, def.Short...)
	}
	return append(forms, initial(span.Label))
}

// initial returns the first cluster of a label in capitals.
func initial(label string) string {
	first, _, _, _ := uniseg.FirstGraphemeClusterInString(strings.TrimSpace(label), -1)
	return strings.ToUpper(first)
}

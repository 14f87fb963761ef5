package panel

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/revise"
)

// schemeFoot tells what is wrong with a draft and what applying it would do, and asks
// what becomes of what it removes.
type schemeFoot struct {
	editor   *SchemeEditor
	exits    Exits
	problems []annotate.Problem
	wrong    *list
	steps    *list
	decide   *flow // what becomes of what the step at the cursor removes
	apply    *flow
	left     *headed
	right    *headed
	object   *fyne.Container
	plan     *revise.Plan // nil while there is none
}

func newSchemeFoot(e *SchemeEditor) *schemeFoot {
	f := &schemeFoot{editor: e}
	f.exits = Exits{OnLeave: e.focusOutline, OnKey: e.key}
	f.wrong = newList(22, &f.exits)
	f.wrong.length = func() int { return max(1, len(f.problems)) }
	f.wrong.show = f.problemRow
	f.wrong.pick = f.toProblem
	f.left = newHeaded("PROBLEMS", f.wrong)
	f.steps = newList(22, &f.exits)
	f.steps.length = func() int {
		if f.plan == nil {
			return 1
		}
		return max(1, len(f.plan.Revision.Steps))
	}
	f.steps.show = f.stepRow
	f.steps.moved = func(int) { f.showDecision() }
	f.steps.pick = func(int) {
		f.showDecision()
		if f.decide.first() >= 0 {
			giveFocus(f.decide)
		}
	}
	f.right = newHeaded("WHAT THIS CHANGES", f.steps)
	f.decide = newFlow(&Exits{OnLeave: func() { giveFocus(f.steps) }, OnKey: e.key})
	f.decide.step = func(int) { giveFocus(f.steps) }
	f.decide.explain = e.explain
	f.apply = newFlow(&f.exits)
	f.apply.step = func(int) { giveFocus(f.steps) }
	f.apply.explain = e.explain
	f.object = container.New(footLayout{}, newGround(paneTone), f.left, newGround(lineTone), f.right, f.decide, f.apply)
	e.review.Subscribe(f.refresh)
	return f
}

func (f *schemeFoot) problemRow(i int) rowContent {
	switch {
	case len(f.problems) == 0:
		return rowContent{mark: "✓", text: "The scheme does not contradict itself.", faint: true}
	case f.problems[i].Warning:
		return rowContent{mark: "!", text: upperFirst(f.problems[i].Sentence), faint: true, ends: true}
	}
	return rowContent{mark: "✗", bad: true, text: upperFirst(f.problems[i].Sentence), ends: true}
}

func (f *schemeFoot) toProblem(i int) {
	if i < len(f.problems) {
		item, property := f.editor.draft.Place(f.problems[i].Path)
		f.editor.choose(item)
		f.editor.form.focusProperty(property)
	}
}

// stepMarks are the signs of what a step does.
var stepMarks = map[annotate.StepKind]string{
	annotate.AddStep: "+", annotate.RenameStep: "→", annotate.RemoveStep: "−", annotate.RetypeStep: "~", annotate.AlterStep: "~", annotate.LookStep: "·",
}

func (f *schemeFoot) stepRow(i int) rowContent {
	switch running, _, _ := f.editor.review.Running(); {
	case f.plan != nil && len(f.plan.Revision.Steps) > 0:
	case !f.editor.draft.Changed() || f.plan != nil:
		return rowContent{mark: "·", text: "Nothing yet: the draft says what the scheme says.", faint: true}
	case running:
		return rowContent{mark: "·", text: "Looking at what has been labelled…", faint: true}
	case f.editor.review.Err() != nil:
		return rowContent{mark: "✗", bad: true, text: upperFirst(f.editor.review.Err().Error()), ends: true}
	default:
		return rowContent{mark: "·", text: "Mend the problems first; then it can be told what this changes.", faint: true}
	}
	s := &f.plan.Revision.Steps[i]
	c := rowContent{mark: stepMarks[s.Kind], text: upperFirst(f.plan.Line(i)), faint: s.Kind == annotate.LookStep, ends: true}
	if slices.Contains(f.editor.review.Undecided(), i) {
		c.count, c.bad = "decide", true
	}
	return c
}

// deletes reports whether dropping what the step removes deletes annotations.
func deletes(s *annotate.Step) bool {
	return s.About == annotate.LabelItem || s.About == annotate.RelationItem || s.About == annotate.RecordItem
}

// refresh takes in that the draft, or what is known of its consequences, is another.
func (f *schemeFoot) refresh() {
	draft := f.editor.draft
	f.problems = draft.Problems()
	heading := "PROBLEMS"
	if n := len(f.problems); n > 0 {
		heading = fmt.Sprintf("PROBLEMS  %d", n)
	}
	f.left.heading.set(heading, dimTone)
	f.wrong.update()
	f.plan = f.editor.review.Plan()
	f.right.heading.set(f.heading(), dimTone)
	f.steps.update()
	f.showDecision()
	f.showApply()
	f.object.Layout.Layout(f.object.Objects, f.object.Size())
}

// heading says how far the count is, or how many violations there would be.
func (f *schemeFoot) heading() string {
	const title = "WHAT THIS CHANGES"
	running, done, total := f.editor.review.Running()
	switch {
	case running && total > 0:
		return fmt.Sprintf("%s · looking at document %d of %d", title, done+1, total)
	case running:
		return title + " · counting…"
	case f.plan != nil:
		before, after := f.plan.Violations()
		if before == after {
			return fmt.Sprintf("%s · violations stay %d", title, after)
		}
		return fmt.Sprintf("%s · violations %d → %d", title, before, after)
	}
	return title
}

func (f *schemeFoot) showApply() {
	changed := f.editor.draft.Changed()
	it := item{kind: offerItem, text: "apply  Ctrl+Enter", guide: "Makes the draft the project's scheme, in one step that Ctrl+Z takes back."}
	if changed {
		it.kind, it.on, it.act = pillItem, f.plan != nil, f.editor.Apply
	}
	f.apply.set([]item{it})
}

// showDecision offers what can become of what the step at the cursor removes.
func (f *schemeFoot) showDecision() {
	i := f.steps.cursor
	if f.plan == nil || i >= len(f.plan.Revision.Steps) {
		f.decide.set(nil)
		return
	}
	s := &f.plan.Revision.Steps[i]
	touched := f.plan.Counts[i].Total()
	if touched == 0 || s.Kind != annotate.RemoveStep && s.Kind != annotate.RetypeStep || s.About == annotate.RuleItem {
		f.decide.set(f.fresh())
		return
	}
	lose := "take it off"
	if deletes(s) {
		lose = "delete them"
	}
	decided := s.Decision.Fate
	pill := func(text string, on bool, d annotate.StepDecision, guide string) item {
		return item{kind: pillItem, text: text, on: on, guide: guide, act: func() { f.editor.review.Decide(i, d) }}
	}
	items := []item{
		{kind: plainItem, text: "What becomes of " + these(touched)},
		pill("keep", decided == annotate.Keep, annotate.StepDecision{Fate: annotate.Keep}, "They stay as they are and break the new scheme, which is told at each of them."),
		pill(lose, decided == annotate.Drop, annotate.StepDecision{Fate: annotate.Drop}, "What the new scheme does not have goes; undo brings it back."),
	}
	for _, name := range f.heirs(i) {
		items = append(items, pill("into "+name, decided == annotate.Into && s.Decision.Into == name, annotate.StepDecision{Fate: annotate.Into, Into: name}, "They become "+name+"."))
	}
	f.decide.set(items)
}

func these(n int) string {
	if n == 1 {
		return "it?"
	}
	return fmt.Sprintf("these %d?", n)
}

// fresh tells the first of the violations that there would be.
func (f *schemeFoot) fresh() []item {
	if len(f.plan.New) == 0 {
		return nil
	}
	v := &f.plan.New[0]
	text := fmt.Sprintf("A new violation, in %s: %s", v.Name, v.Sentence)
	return []item{{kind: ownItem, text: text}}
}

// heirsShown is how many items are offered to become what a step removes.
const heirsShown = 12

// heirs returns the names of what annotations of a removed item can become.
func (f *schemeFoot) heirs(step int) []string {
	revision := annotate.Revise(f.plan.Revision.From, f.plan.Revision.To)
	var found []string
	seen := map[string]bool{}
	about := revision.Steps[step].About
	for _, it := range f.editor.draft.Items() {
		if it.Kind != about || seen[it.Name] || len(found) == heirsShown {
			continue
		}
		seen[it.Name] = true
		if revision.Decide(step, annotate.StepDecision{Fate: annotate.Into, Into: it.Name}) == nil {
			found = append(found, it.Name)
		}
	}
	return found
}

// toUndecided gives the keyboard to the first step that waits for a decision.
func (f *schemeFoot) toUndecided() {
	if f.plan == nil || len(f.editor.review.Undecided()) == 0 {
		return
	}
	f.steps.cursor = f.editor.review.Undecided()[0]
	f.steps.reveal(f.steps.cursor)
	f.showDecision()
	giveFocus(f.decide)
}

// footLayout puts the problems at the left and the changes at the right, over what is
// to be decided and the way to apply them.
type footLayout struct{}

const problemsShare = 0.36

func (footLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, footLeast) }

func (footLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := float32(int(size.Width * problemsShare))
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, left, size.Height)
	place(o[2], left, 0, 1, size.Height)
	decide, apply := o[4].(*flow), o[5].(*flow)
	width := size.Width - left - 1
	wide := float32(0)
	for i := range apply.items {
		wide += apply.items[i].natural()
	}
	room := max(0, width-3*rowInset-wide)
	tall := float32(flowLine)
	if len(decide.items) > 0 {
		tall = min(heightOf(decide, room), size.Height/2)
	}
	below := tall + 8
	place(o[3], left+1, 0, width, max(0, size.Height-below))
	place(decide, left+1+rowInset, size.Height-below+2, room, tall)
	place(apply, size.Width-rowInset-wide, size.Height-flowLine-6, wide+1, flowLine)
}

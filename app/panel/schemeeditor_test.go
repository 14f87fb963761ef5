package panel

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/assets"
)

// editing returns an editor in a window, on a project with one label of a span of each kind.
func editing(t *testing.T) (*desk, *SchemeEditor) {
	t.Helper()
	d := newDesk(t, article())
	d.label("Claim", "Not one litre has left the lake,")
	d.settle()
	e := newTestEditor(t, d)
	w := show(t, e.Object(), 1200, 760)
	e.Focus(w.Canvas())
	return d, e
}

// row returns the place of an item in the outline.
func (o *outline) row(t *testing.T, text string) int {
	t.Helper()
	for i := range o.rows {
		if o.rows[i].content.text == text {
			return i
		}
	}
	t.Fatalf("the outline has no row %q", text)
	return 0
}

// line returns the form's line of a property, and its text field if it has one.
func (f *form) line(t *testing.T, key string) (line, *entry) {
	t.Helper()
	for i, l := range f.lines {
		if f.fields[i].key == key {
			e, _ := l.stop().(*entry)
			return l, e
		}
	}
	t.Fatalf("the form has no line %q", key)
	return nil, nil
}

func (f *form) flow(t *testing.T, key string) *flow {
	t.Helper()
	l, _ := f.line(t, key)
	return l.stop().(*flow)
}

func typeInto(e *entry, text string) {
	for _, r := range text {
		e.TypedRune(r)
	}
}

func TestOutlineIsGoneThroughAndChangedByKeys(t *testing.T) {
	_, e := editing(t)
	o := e.outline
	require.Equal(t, "Claim", o.rows[o.list.cursor].content.text)
	press(o.list, fyne.KeyDown)
	require.Equal(t, "$.spans[0].attributes[0]", e.path)
	assert.Equal(t, "+3", o.list.show(o.list.cursor).count, "its values are folded away")
	press(o.list, fyne.KeyRight)
	assert.Equal(t, "assertion", o.rows[o.list.cursor+1].content.text)
	press(o.list, fyne.KeyLeft)
	assert.Equal(t, "tags", o.rows[o.list.cursor+1].content.text)

	o.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierAlt})
	assert.Equal(t, "tags", e.draft.Scheme().Spans[0].Attributes[0].Name)
	assert.Equal(t, "$.spans[0].attributes[1]", e.path, "the choice goes along")
	press(o.list, fyne.KeyDelete)
	assert.Nil(t, e.draft.Scheme().Spans[0].Attributes[1].Values, "type is gone, sure is in its place")
	assert.True(t, e.Undo())
	assert.Equal(t, "type", e.draft.Describe(e.path).Name)
	o.list.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, "type 2", e.draft.Describe(e.path).Name)
	press(o.list, fyne.KeyReturn)
	name, entry := e.form.line(t, "name")
	assert.Equal(t, fyne.Focusable(name.stop()), e.canvas().Focused())
	press(entry, fyne.KeyEscape)
	assert.Equal(t, fyne.Focusable(o.list), e.canvas().Focused())
	closed := false
	e.OnClose = func() { closed = true }
	press(o.list, fyne.KeyEscape)
	assert.True(t, closed)
}

func TestPlusAddsBesideTheChosenItemOrTheFirstOfItsKind(t *testing.T) {
	_, e := editing(t)
	o := e.outline
	o.list.TypedRune('+')
	assert.Equal(t, "$.spans[1]", e.path)
	assert.Equal(t, "Label", e.draft.Scheme().Spans[1].Label)
	_, name := e.form.line(t, "label")
	assert.Equal(t, fyne.Focusable(name), e.canvas().Focused(), "one can type its name at once")
	typeInto(name, "Voice")
	assert.Equal(t, "Voice", e.draft.Scheme().Spans[1].Label, "in the place of the one it has")
	o.list.cursor = o.row(t, "RECORDS")
	press(o.list, fyne.KeyInsert)
	assert.Equal(t, "$.records[0]", e.path)
	at, pos := e.form.flow(t, "attributes").item(t, "+ field")
	require.GreaterOrEqual(t, at, 0)
	click(e.form.flow(t, "attributes"), pos)
	assert.Equal(t, "$.records[0].attributes[0]", e.path)
}

func TestTypingFindsItemsOfAnyKind(t *testing.T) {
	_, e := editing(t)
	for _, r := range "at" {
		e.outline.list.TypedRune(r)
	}
	e.outline.find.SetText("at")
	var found []string
	for _, r := range e.outline.rows {
		found = append(found, r.content.text)
	}
	assert.Equal(t, []string{"RELATIONS", "attribution", "attacks"}, found)
	e.outline.find.SetText("role")
	assert.Len(t, e.outline.rows, 6, "all roles, as the kind is a word to find things by")
}

func TestNameIsTypedIntoEverything(t *testing.T) {
	_, e := editing(t)
	_, name := e.form.line(t, "label")
	giveFocus(name)
	name.toEnd()
	typeInto(name, "ed")
	assert.Equal(t, "Claimed", e.draft.Scheme().Spans[0].Label, "the caret stays, though a line came")
	assert.Equal(t, []string{"Claimed"}, e.draft.Scheme().Relations[0].Roles[2].Labels)
	assert.Equal(t, "Claimed", e.outline.rows[e.outline.list.cursor].content.text, "seen in the outline at once")
	formerly, _ := e.form.line(t, "formerly")
	assert.Equal(t, "Claim", formerly.(*pairLine).value.(*prose).text)
	assert.Equal(t, fyne.Focusable(name), e.canvas().Focused(), "the keyboard stays, though a line came")
	require.True(t, e.Undo())
	assert.Equal(t, "Claim", name.Text, "typing is one step")
	assert.False(t, e.Undo())
}

func TestKeyConflictsShowWhereTheKeyIsTyped(t *testing.T) {
	_, e := editing(t)
	e.choose("$.spans[1]")
	for _, c := range []struct{ key, want string }{
		{"1", "Label Claim and label Source have the same key 1."},
		{"r", "Key r of label Source never reaches it: it is for “Relate the focused annotation”."},
		{"rr", `Key "rr" of label Source must be one digit or letter.`},
		{"7", ""},
	} {
		l, key := e.form.line(t, "key")
		key.SetText(c.key)
		assert.Equal(t, c.want, l.(*pairLine).problem.text, c.key)
	}
	_, key := e.form.line(t, "key")
	key.SetText("1")
	assert.Equal(t, "PROBLEMS  1", e.foot.left.heading.text)
	assert.Equal(t, "1!", e.outline.list.show(e.outline.row(t, "Source")).count)
	e.choose("$")
	e.foot.wrong.picked(0)
	assert.Equal(t, "$.spans[1]", e.path)
	_, key = e.form.line(t, "key")
	assert.Equal(t, fyne.Focusable(key), e.canvas().Focused(), "a problem leads to its field")
}

// Okabe and Ito's blue with white text on its chip has a contrast of 5.19 by the WebAIM
// contrast checker; yellow lines on white have 1.07.
func TestColourSaysHowItCanBeReadAndWhatItIsLike(t *testing.T) {
	_, e := editing(t)
	e.choose("$.spans[1]")
	light, _ := e.form.line(t, "contrast light")
	assert.Contains(t, light.(*pairLine).value.(*prose).text, "text on chip 5.2 ✓")
	_, hex := e.form.line(t, "color")
	hex.SetText("#ffff00")
	light, _ = e.form.line(t, "contrast light")
	assert.Contains(t, light.(*pairLine).value.(*prose).text, "lines on the page 1.1 ✗")
	hex.SetText("#e69f00")
	alike, _ := e.form.line(t, "alike")
	assert.Contains(t, alike.(*pairLine).value.(*prose).text, "Claim (for everybody, light; for everybody, dark)")
	l, _ := e.form.line(t, "swatches")
	w := l.stop().(*swatches)
	click(w, fyne.NewPos(1*swatchStep+8, 8))
	assert.Equal(t, annotate.Palette[1], e.draft.Scheme().Spans[1].Color)
	w.FocusGained()
	press(w, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	assert.Equal(t, annotate.Palette[3], e.draft.Scheme().Spans[1].Color)
	assert.Equal(t, annotate.Palette[3], hex.Text)
}

func TestRolesConditionsAndRulesAreSetByPills(t *testing.T) {
	_, e := editing(t)
	toggle := func(key, text string) {
		t.Helper()
		f := e.form.flow(t, key)
		_, pos := f.item(t, text)
		click(f, pos)
	}
	e.choose("$.relations[0].roles[2]")
	toggle("labels", "Cue")
	assert.Equal(t, []string{"Claim", "Cue"}, e.draft.Scheme().Relations[0].Roles[2].Labels)
	_, least := e.form.line(t, "min")
	least.SetText("x")
	assert.Equal(t, 1, e.draft.Scheme().Relations[0].Roles[2].Min, "what is no number is not taken")
	least.SetText("2")
	assert.Equal(t, 2, e.draft.Scheme().Relations[0].Roles[2].Min)

	e.choose("$.spans[0].attributes[2]") // sure
	toggle("when type", "denial")
	toggle("when type", "demand")
	assert.Equal(t, []annotate.Condition{{Attribute: "type", Is: []annotate.Value{annotate.Text("denial"), annotate.Text("demand")}}},
		e.draft.Scheme().Spans[0].Attributes[2].When)
	toggle("when type", "denial")
	toggle("when type", "demand")
	assert.Nil(t, e.draft.Scheme().Spans[0].Attributes[2].When)
	toggle("kind", "whole number")
	assert.Equal(t, annotate.IntegerKind, e.draft.Scheme().Spans[0].Attributes[2].Kind)
	_, least = e.form.line(t, "min")
	least.SetText("-2.5")
	assert.EqualValues(t, -2.5, *e.draft.Scheme().Spans[0].Attributes[2].Min)
	toggle("kind", "yes or no")
	assert.Nil(t, e.draft.Scheme().Spans[0].Attributes[2].Min)
	require.NoError(t, e.draft.Scheme().Check())

	e.add("$.rules", 0)
	toggle("allow", "not overlap")
	assert.Equal(t, annotate.Rule{Overlap: []string{"*"}, Allow: annotate.NoOverlap}, e.draft.Scheme().Rules[0])
	toggle("about", "circles")
	assert.Equal(t, annotate.Rule{Acyclic: []string{"attribution"}}, e.draft.Scheme().Rules[0])
}

func TestRemovalIsDecidedAndApplied(t *testing.T) {
	d, e := editing(t)
	e.Shown()
	settled := func() bool { running, _, _ := e.review.Running(); return !running }
	e.choose("$.spans[0]")
	require.NoError(t, d.SetAttribute(d.FocusedSpan().ID, "type", annotate.Text("denial"), true))
	d.settle()
	e.remove("$.spans[0].attributes[0]")
	d.until(func() bool { return settled() && e.Counted() })
	assert.Equal(t, []string{"Removes attribute type from label Claim: 1 span in 1 document loses it"}, e.foot.steps.texts())
	assert.Equal(t, "decide", e.foot.steps.show(0).count)
	e.Apply()
	assert.Equal(t, fyne.Focusable(e.foot.decide), e.canvas().Focused(), "the keyboard goes to what has to be decided")
	_, pos := e.foot.decide.item(t, "take it off")
	click(e.foot.decide, pos)
	d.until(func() bool { return settled() && e.Counted() })
	assert.Empty(t, e.foot.steps.show(0).count)
	e.Apply()
	d.until(func() bool { return len(d.Scheme().Spans[0].Attributes) == 4 })
	d.until(func() bool { return len(d.FocusedSpan().Attributes) == 0 })
	assert.Equal(t, []string{"Nothing yet: the draft says what the scheme says."}, e.foot.steps.texts())
	d.Undo()
	d.until(func() bool { return len(d.Scheme().Spans[0].Attributes) == 5 })
	assert.Equal(t, annotate.Text("denial"), d.FocusedSpan().Attributes["type"])
	e.Hidden()
}

func TestLabelsAreShownAsTheyAreUsed(t *testing.T) {
	d, e := editing(t)
	shown := func() (quotes []annotate.Context) {
		for _, f := range e.form.fields {
			if f.kind == quoteField {
				quotes = append(quotes, f.quote)
			}
		}
		return quotes
	}
	d.until(func() bool { return len(shown()) == 1 })
	assert.Equal(t, "Not one litre has left the lake,", shown()[0].Words)
	e.draft.Rename("$.spans[0]", "Assertion")
	d.until(func() bool { return len(shown()) == 1 })
	assert.Equal(t, "Not one litre has left the lake,", shown()[0].Words, "by its old name, too")
	e.choose("$.spans[1]")
	assert.Empty(t, shown())
}

// TestEveryItemOfEveryTemplateHasAForm goes through all of them and changes nothing.
func TestEveryItemOfEveryTemplateHasAForm(t *testing.T) {
	d := newDesk(t, article())
	e := newTestEditor(t, d)
	show(t, e.Object(), 1200, 760)
	for _, name := range assets.SchemeNames() {
		raw, err := assets.Scheme(name)
		require.NoError(t, err)
		scheme, err := annotate.ParseScheme(name, raw)
		require.NoError(t, err)
		e.Replace(scheme)
		seen := map[annotate.ItemKind]int{}
		for _, item := range e.draft.Items() {
			if seen[item.Kind]++; seen[item.Kind] > 1 {
				continue // more of the same
			}
			e.choose(item.Path)
			require.Greater(t, len(e.form.lines), 1, "%s %s", name, item.Path)
		}
		assert.Same(t, scheme, e.draft.Scheme(), name)
	}
}

// large returns a scheme of n labels with an attribute each.
func large(n int) string {
	var b strings.Builder
	b.WriteString("name: large\nspans:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - {label: Label %d, group: g%d, attributes: [{name: type, kind: choice, values: [{name: a}, {name: b}]}]}\n", i, i/20)
	}
	b.WriteString("relations: [{label: r, roles: [{name: head, labels: [Label 3]}, {name: tail}]}]\n")
	return b.String()
}

func TestEditorOfManyLabelsShowsFewObjects(t *testing.T) {
	d := newDeskWith(t, []byte(large(200)), article())
	e := newTestEditor(t, d)
	w := show(t, e.Object(), 1200, 760)
	e.Focus(w.Canvas())
	e.choose("$.relations[0].roles[0]")
	assert.LessOrEqual(t, len(e.form.flow(t, "labels").items), 2*shownAtOnce)
	_, find := e.form.line(t, "labels find")
	find.SetText("label 19")
	assert.Equal(t, []string{"Label 3", "Label 19", "Label 190", "Label 191", "Label 192", "Label 193", "Label 194", "Label 195", "Label 196", "Label 197", "Label 198", "Label 199"},
		e.form.flow(t, "labels").words())
	assert.Less(t, len(e.outline.list.rows), 60)
}

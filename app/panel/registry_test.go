package panel

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// registered shows the registry of a desk with two concepts, one of them mentioned twice.
func registered(t *testing.T) (*desk, *Registry, fyne.Window) {
	t.Helper()
	d := newDeskWith(t, []byte(actorScheme), article())
	council, err := d.AddConcept("body", "Orsa Council")
	require.NoError(t, err)
	_, err = d.AddConcept("person", "Ada Velland")
	require.NoError(t, err)
	for _, words := range []string{"the council", "the Velland water minister"} {
		span := d.label("Actor", words)
		require.NoError(t, d.SetAttribute(span.ID, "who", annotate.Text(string(council.ID)), true))
	}
	d.settle()
	r := NewRegistry(d.Session)
	w := show(t, r.Object(), 420, 500)
	r.Ask(w.Canvas())
	d.until(func() bool { return d.MentionCount(council.ID) == 2 })
	return d, r, w
}

func TestTheRegistryShowsTheMentionsOfTheConceptAtTheCursor(t *testing.T) {
	d, r, w := registered(t)
	assert.Equal(t, []string{"Ada Velland · person", "Orsa Council · body"}, r.list.texts())
	test.Type(r.field, "cou")
	assert.Equal(t, []string{"Orsa Council · body"}, r.list.texts())
	press(r.field, fyne.KeyDown)
	require.Same(t, r.list, w.Canvas().Focused())
	assert.Equal(t, "Orsa Council", d.Chosen().Name)
	d.until(func() bool { return r.mentions.length() == 2 })
	assert.Contains(t, r.mentions.texts()[1], "remark came a day after [the council] said that Velland")
	assert.Equal(t, "MENTIONS OF “Orsa Council” · 2", r.heading.text)

	opened := false
	r.OnOpen = func() { opened = true }
	press(r.list, fyne.KeyReturn)
	require.Same(t, r.mentions, w.Canvas().Focused())
	press(r.mentions, fyne.KeyDown, fyne.KeyReturn)
	assert.True(t, opened)
	assert.Equal(t, "the council", d.Quote(d.FocusedSpan(), 40))
	press(r.mentions, fyne.KeyEscape)
	require.Same(t, r.list, w.Canvas().Focused())
	assert.Equal(t, "Orsa Council", d.Chosen().Name)
}

func TestConceptsAreMergedSplitAndMadeByKeys(t *testing.T) {
	d, r, w := registered(t)
	w.Canvas().Focus(r.list)
	r.list.moveTo(1)
	press(r.list, fyne.KeySpace)
	r.list.moveTo(0)
	r.list.TypedRune('+')
	assert.Equal(t, []string{"Ada Velland · person"}, r.list.texts(), "one stands for both")
	d.until(func() bool { return r.mentions.length() == 2 })
	n := NewInspector(d.Session)
	show(t, n.Object(), 306, 800)
	merged := n.flow(t, "concept merged "+string(d.Concepts().Family(d.Chosen().ID)[1].ID))
	i, _ := merged.item(t, "×")
	merged.act(i)
	assert.Len(t, r.list.texts(), 2)

	moved := false
	r.OnMove = func() { moved = true }
	r.list.moveTo(1)
	d.until(func() bool { return d.Mentions().Concept().Name == "Orsa Council" && r.mentions.length() == 2 })
	w.Canvas().Focus(r.mentions)
	press(r.mentions, fyne.KeySpace)
	assert.Equal(t, "MENTIONS OF “Orsa Council” · 2 · 1 MARKED, K LINKS THEM ELSEWHERE", r.heading.text)
	r.mentions.TypedRune('k')
	assert.True(t, moved)
	n.FocusMove()
	c := n.line(t, conceptMoveKey).(*pairLine).value.(*chooser)
	c.opened()
	assert.Equal(t, []string{"new “the Velland water minister” · body"}, c.list.texts())
	press(c.entry, fyne.KeyReturn)
	d.until(func() bool { return len(r.found) == 3 })
	d.settle()
	d.until(func() bool { return r.mentions.length() == 1 })

	edited := false
	r.OnEdit = func() { edited = true }
	r.field.SetText("Lake Board")
	assert.Equal(t, "no concept is named like this · Enter makes it", r.tally.text)
	press(r.field, fyne.KeyReturn)
	assert.True(t, edited)
	assert.Equal(t, "Lake Board", d.Chosen().Name)
	name := n.entry(t, conceptNameKey)
	name.SetText("Lake  Authority")
	press(name, fyne.KeyReturn)
	aliases := n.entry(t, "concept aliases")
	aliases.SetText("the board; LB;")
	press(aliases, fyne.KeyReturn)
	after := d.Chosen()
	assert.Equal(t, "Lake Authority", after.Name)
	assert.Equal(t, []string{"the board", "LB"}, after.Aliases)
}

func TestTenThousandConceptsKeepTheListSmall(t *testing.T) {
	d := newDeskWith(t, []byte(actorScheme), article())
	changes := make([]annotate.Change, 10000)
	for i := range changes {
		changes[i] = annotate.Change{Annotator: "asha", After: annotate.NewConcept("person", fmt.Sprintf("Person %05d", i))}
	}
	_, err := d.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	r := NewRegistry(d.Session)
	w := show(t, r.Object(), 420, 500)
	r.Ask(w.Canvas())
	assert.Equal(t, 10000, r.list.length())
	r.list.moveTo(9999)
	assert.Less(t, len(r.list.rows), 30, "only what is on screen has widgets")
	assert.Equal(t, "Person 09999", r.current().Name)
	test.Type(r.field, "09998")
	assert.Equal(t, []string{"Person 09998 · person"}, r.list.texts())
}

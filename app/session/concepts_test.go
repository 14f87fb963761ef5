package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const actorsYAML = `
name: actors
concepts: [person, organisation]
spans:
  - {label: Actor, key: "1", attributes: [{name: actor, kind: concept}, {name: sure, kind: boolean}]}
  - {label: Body, key: "2", attributes: [{name: body, kind: concept, of: [organisation], level: forbid}]}
`

var actorTexts = []string{
	"The Lagoon Trust denies it. Mara Tollen says the Trust knew.",
	"President Mara Tollen spoke. The Trust was silent.",
	"Tollen left the Lagoon Trust.",
}

// actors is a desk with three documents about the same two.
func actors(t *testing.T) *desk {
	t.Helper()
	d := newDeskOf(t, actorsYAML, actorTexts...)
	d.turn("a.txt")
	return d
}

// offers returns what is offered for the focused span, as names.
func (d *desk) offers(typed string) (names []string) {
	d.t.Helper()
	span := d.FocusedSpan()
	def := d.Scheme().AttributesOf(span.Label)[0]
	for _, o := range d.Offers(&def, d.Quote(span, 120), typed) {
		name := o.Name
		if o.Concept == nil {
			name = "new " + o.Kind + " " + name
		}
		names = append(names, name)
	}
	return names
}

// link links the focused span to the offer of that number, once what the project knows has been read.
func (d *desk) link(typed string, i int) *annotate.Concept {
	d.t.Helper()
	d.saved()
	span := d.FocusedSpan()
	def := d.Scheme().AttributesOf(span.Label)[0]
	words := d.Quote(span, 120)
	d.until(func() bool {
		d.Offers(&def, words, typed)
		return d.links.fresh[annotate.Fold(words)]
	})
	o := d.Offers(&def, words, typed)[i]
	d.Link(o, func(v annotate.Value) { _ = d.SetAttribute(span.ID, def.Name, v, true) })
	d.saved()
	return d.ConceptOf(d.Layer().Span(span.ID))
}

func TestAMentionIsLinkedToAConceptMadeForIt(t *testing.T) {
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	assert.Equal(t, []string{"new person Lagoon Trust", "new organisation Lagoon Trust"}, d.offers(""))
	assert.Equal(t, []string{"new person Lagoon Trust", "new organisation Lagoon Trust", "new person lag", "new organisation lag"}, d.offers("lag"),
		"a few letters and Enter make one of all the words")
	trust := d.link("", 1)
	require.NotNil(t, trust)
	assert.Equal(t, "organisation", trust.Kind)
	assert.Equal(t, "Lagoon Trust", trust.Name)
	stored, err := d.Project().Concepts()
	require.NoError(t, err)
	require.Len(t, stored, 1)

	d.Undo()
	d.saved()
	assert.Equal(t, 0, d.Concepts().Len(), "concept and link go together")
	assert.Empty(t, d.FocusedSpan().Attributes)
	d.Redo()
	d.saved()
	assert.Equal(t, trust, d.ConceptOf(d.FocusedSpan()))
}

func TestTheLikeliestConceptIsOfferedFirst(t *testing.T) {
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	d.span("Actor", "Mara Tollen")
	tollen := d.link("", 0)
	d.span("Actor", "the Trust")
	assert.Equal(t, []string{"new person the Trust", "new organisation the Trust"}, d.offers(""), "nothing here is named like this")
	assert.Equal(t, "Lagoon Trust", d.offers("tr")[0])
	assert.Same(t, trust, d.link("tr", 0))

	d.turn("b.txt")
	d.span("Actor", "President Mara Tollen")
	assert.Equal(t, "Mara Tollen", d.offers("")[0], "her name is among the words")
	assert.Same(t, tollen, d.link("", 0))
	d.span("Actor", "The Trust")
	assert.Same(t, trust, d.link("", 0), "the same words were linked to it before")

	d.turn("c.txt")
	d.span("Actor", "Tollen")
	assert.Equal(t, "Mara Tollen", d.offers("")[0], "the word begins one of her name")
	d.until(func() bool { return d.MentionCount(tollen.ID) == 2 })
	d.until(func() bool { return d.MentionCount(trust.ID) == 3 })
	assert.Equal(t, []string{"Mara Tollen", "new person m", "new organisation m"}, d.offers("m"))
}

func TestOnlyAdmissibleKindsAreOffered(t *testing.T) {
	d := actors(t)
	_, err := d.AddConcept("person", "Trust Lagoon")
	require.NoError(t, err)
	d.span("Body", "Lagoon Trust")
	assert.Equal(t, []string{"new organisation tru"}, d.offers("tru")[:1])
	d.link("", 0)
	assert.Equal(t, []string{"Lagoon Trust", "new organisation tru"}, d.offers("tru"))
	assert.Empty(t, d.Violations(d.Focused()), "the rule that forbids other kinds does not stand in the way")
}

func TestMergedConceptsAreOneAndCanBeToldApartAgain(t *testing.T) {
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	d.span("Actor", "the Trust")
	short := d.link("", 1)
	require.NotSame(t, trust, short)

	require.NoError(t, d.Merge(trust.ID, short.ID))
	d.saved()
	assert.Equal(t, "Lagoon Trust", d.ConceptOf(d.FocusedSpan()).Name)
	assert.Len(t, d.Concepts().Concepts(), 1)
	d.until(func() bool { return d.MentionCount(trust.ID) == 2 })
	found := d.Concepts().Find("the trust")
	require.Len(t, found, 1)
	assert.Equal(t, "the Trust", found[0].By, "the name of what was merged is an alias")

	d.Undo()
	d.saved()
	assert.Equal(t, "the Trust", d.ConceptOf(d.FocusedSpan()).Name)
	d.Redo()
	d.saved()
	require.NoError(t, d.Unmerge(short.ID))
	d.saved()
	assert.Equal(t, "the Trust", d.ConceptOf(d.FocusedSpan()).Name, "the links were never touched")
	assert.Len(t, d.Concepts().Concepts(), 2)

	require.NoError(t, d.Merge(trust.ID, trust.ID))
	assert.Contains(t, d.Message().Text, "one already")
}

func TestAConceptIsDeletedWithItsLinksOnlyWhenAskedTwice(t *testing.T) {
	d := actors(t)
	free, err := d.AddConcept("person", "Nobody")
	require.NoError(t, err)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	d.turn("b.txt")
	d.span("Actor", "The Trust")
	require.Same(t, trust, d.link("lag", 0))
	elsewhere := d.Focused()
	d.turn("c.txt")

	d.DeleteConcept(free.ID)
	d.until(func() bool { return d.Concepts().Get(free.ID) == nil })
	d.DeleteConcept(trust.ID)
	d.until(func() bool { return d.dooming == trust.ID })
	assert.Contains(t, d.Message().Text, "linked to 2 annotations")
	d.DeleteConcept(trust.ID)
	d.until(func() bool { return d.Concepts().Get(trust.ID) == nil })
	d.saved()
	span, err := d.Project().Span(elsewhere)
	require.NoError(t, err)
	assert.Empty(t, span.Attributes)
	assert.Equal(t, annotate.New, d.Layer().Assessment.Status, "nothing was done in this document")

	d.Undo()
	d.saved()
	assert.Equal(t, "c.txt", d.Document().Name, "links in two documents lead to neither")
	span, err = d.Project().Span(elsewhere)
	require.NoError(t, err)
	assert.Same(t, d.Concepts().Get(trust.ID), d.ConceptOf(span))
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestAConceptThatOthersHaveLinkedToStays(t *testing.T) {
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	_, err := d.Project().Apply(annotate.Change{Annotator: "ben", After: &annotate.Span{
		ID: annotate.NewID(), Document: d.Document().ID, Annotator: "ben", Label: "Actor", Fragments: []annotate.Fragment{{Start: 4, End: 16}},
		Attributes: map[string]annotate.Value{"actor": annotate.Text(string(trust.ID))},
	}})
	require.NoError(t, err)
	d.DeleteConcept(trust.ID)
	d.until(func() bool { return d.Message().Error })
	assert.Contains(t, d.Message().Text, "ben has linked")
	assert.NotNil(t, d.Concepts().Get(trust.ID))
}

func TestAConceptOfAnotherKindBreaksTheRuleWhereItIsLinked(t *testing.T) {
	d := actors(t)
	d.span("Body", "Lagoon Trust")
	trust := d.link("", 0)
	body := d.Focused()
	d.span("Actor", "the Trust")
	person, err := d.AddConcept("person", "Mara Tollen")
	require.NoError(t, err)
	assert.Empty(t, d.Violations(body))
	require.NoError(t, d.Merge(person.ID, trust.ID))
	require.Len(t, d.Violations(body), 1)
	assert.Contains(t, d.Violations(body)[0].Sentence, "body must be organisation, but Mara Tollen is person")
	require.NoError(t, d.Unmerge(trust.ID))
	assert.Empty(t, d.Violations(body))
	after := d.Concepts().Get(trust.ID).Clone()
	after.Kind = "person"
	require.NoError(t, d.SetConcept(after))
	assert.Len(t, d.Violations(body), 1)
	d.saved()
	d.Undo()
	d.saved()
	assert.Empty(t, d.Violations(body))
}

func TestConceptsNeedNoDocument(t *testing.T) {
	d := newDeskOf(t, actorsYAML)
	c, err := d.AddConcept("person", "  Mara   Tollen ")
	require.NoError(t, err)
	assert.Equal(t, "Mara Tollen", c.Name)
	_, err = d.AddConcept("person", " ")
	require.Error(t, err)
	d.saved()
	d.Undo()
	d.saved()
	assert.Equal(t, 0, d.Concepts().Len())
}

// turn opens the document of that name.
func (d *desk) turn(name string) {
	d.t.Helper()
	require.NoError(d.t, d.OpenFirst(name))
	d.until(func() bool { return d.awaited == "" })
	require.Equal(d.t, name, d.Document().Name)
}

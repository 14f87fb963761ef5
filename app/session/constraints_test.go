package session

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const constraintYAML = `
name: strict
trim: [quotes, stop]
spans:
  - {label: Unit, abstract: true, key: "0"}
  - label: Claim
    parent: Unit
    key: "1"
    attributes:
      - {name: voice, kind: choice, derive: quotation, values: [{name: direct}, {name: indirect}, {name: mixed}]}
      - {name: verifiable, kind: boolean}
      - {name: harm, kind: integer, min: 1, max: 5, default: 1, when: [{attribute: verifiable, is: [true]}]}
      - {name: urgent, kind: boolean, when: [{attribute: harm, is: [5]}]}
  - {label: Source, key: "2", attributes: [{name: kind, kind: choice, default: person, values: [{name: person}, {name: office}]}]}
relations:
  - {label: says, attributes: [{name: sure, kind: boolean, default: true}], roles: [{name: head, labels: [Source], min: 1, max: 1, exclusive: true, level: forbid}, {name: tail, labels: [Unit], min: 1, max: 1}]}
document:
  - {name: genre, kind: choice, required: true, level: forbid, values: [{name: news}, {name: column}]}
  - {name: desk, kind: text, when: [{attribute: genre, is: [news]}]}
rules:
  - {overlap: [Claim, Claim], allow: none, level: forbid, says: claims stand side by side}
  - {degree: [says], of: [Claim], role: tail, min: 1}
flags: [{name: discuss, key: d}, skip]
`

const quoting = `"We saw nothing," the minister said. Farmers asked for "clear water" again.`

func TestANewSpanBeginsWithWhatItsSchemeSays(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting)
	quoted := d.span("Claim", `"We saw nothing,"`)
	require.Equal(t, "We saw nothing,", d.words(quoted.Extent()), "the quotation marks are left out")
	require.Equal(t, map[string]annotate.Value{"voice": annotate.Text("direct")}, quoted.Attributes)

	mixed := d.span("Claim", `asked for "clear water" again.`)
	require.Equal(t, `asked for "clear water" again`, d.words(mixed.Extent()), "so is the stop, but not a quotation inside")
	require.Equal(t, annotate.Text("mixed"), mixed.Attributes["voice"])

	d.Select(d.place("clear water"))
	require.NoError(t, d.MoveEdge(true, false))
	require.NoError(t, d.MoveEdge(true, false))
	require.NoError(t, d.MoveEdge(true, false))
	require.NoError(t, d.MoveEdge(false, true))
	require.NoError(t, d.MoveEdge(false, true))
	require.Equal(t, "clear water", d.words(d.FocusedSpan().Extent()))
	require.Equal(t, annotate.Text("direct"), d.FocusedSpan().Attributes["voice"], "it follows the edges")

	require.NoError(t, d.SetAttribute(mixed.ID, "voice", annotate.Text("indirect"), true))
	require.NoError(t, d.MoveEdge(false, true))
	require.Equal(t, annotate.Text("indirect"), d.FocusedSpan().Attributes["voice"], "but not where somebody decided otherwise")

	source := d.span("Source", "the minister")
	require.Equal(t, map[string]annotate.Value{"kind": annotate.Text("person")}, source.Attributes)
	require.ErrorContains(t, d.labelled("Unit", "Farmers"), "label Unit only groups others; choose one of Claim")
}

// labelled makes words a span and returns what is wrong with that.
func (d *desk) labelled(label, words string) error {
	d.Select(d.place(words))
	return d.Label(label)
}

func TestWhatDoesNotApplyGoesWithItsCondition(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting)
	s := d.span("Claim", "We saw nothing")
	set := func(name string, v annotate.Value) map[string]annotate.Value {
		require.NoError(t, d.SetAttribute(s.ID, name, v, true))
		values := maps.Clone(d.Layer().Span(s.ID).Attributes)
		delete(values, "voice")
		return values
	}
	five, _ := annotate.Number("5")
	one, _ := annotate.Number("1")
	require.Equal(t, map[string]annotate.Value{"verifiable": annotate.Bool(true), "harm": one}, set("verifiable", annotate.Bool(true)))
	set("harm", five)
	require.Equal(t, map[string]annotate.Value{"verifiable": annotate.Bool(true), "harm": five, "urgent": annotate.Bool(true)}, set("urgent", annotate.Bool(true)))
	require.Equal(t, map[string]annotate.Value{"verifiable": annotate.Bool(false)}, set("verifiable", annotate.Bool(false)))
	d.saved()
	d.Undo()
	d.saved()
	require.Equal(t, annotate.Bool(true), d.Layer().Span(s.ID).Attributes["urgent"], "undo brings all of it back")

	require.NoError(t, d.SetDocumentLabel("genre", annotate.Text("news"), true))
	require.NoError(t, d.SetDocumentLabel("desk", annotate.Text("city"), true))
	require.NoError(t, d.SetDocumentLabel("genre", annotate.Text("column"), true))
	require.Equal(t, map[string]annotate.Value{"genre": annotate.Text("column")}, d.Layer().Assessment.Labels)
}

func TestAnEditThatTheSchemeForbidsIsRefused(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting)
	claim := d.span("Claim", "We saw nothing")
	require.EqualError(t, d.labelled("Claim", "nothing"), "the scheme forbids this: Claim “nothing”: claims stand side by side")
	require.Equal(t, []string{"Claim: We saw nothing"}, d.spans())
	d.span("Source", "nothing")

	other := d.span("Claim", "clear water")
	source := d.span("Source", "the minister")
	relate := func(to annotate.ID) {
		d.Focus(source.ID)
		require.NoError(t, d.StartRelation())
		d.PickTarget(to)
	}
	relate(claim.ID)
	said := d.Layer().Relations()[0]
	require.Equal(t, map[string]annotate.Value{"sure": annotate.Bool(true)}, said.Attributes)
	relate(other.ID)
	require.Contains(t, d.Message().Text, "the head of relation says is that of another one already")
	require.Len(t, d.Layer().Relations(), 1)
	d.saved()
}

func TestADocumentIsNotDoneWhileSomethingIsMissing(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting, second)
	claim := d.span("Claim", "We saw nothing")
	d.Focus("")
	require.NoError(t, d.Finish())
	require.Equal(t, "Not complete: Claim “We saw nothing” must be tail of says at least once, and is never. Once more marks it done all the same.", d.Message().Text)
	require.Equal(t, claim.ID, d.Focused(), "and that is where the focus goes")
	require.EqualError(t, d.Finish(), "the document cannot be done yet: the document: genre is not set")
	require.Equal(t, annotate.InProgress, d.Layer().Assessment.Status)

	require.NoError(t, d.SetDocumentLabel("genre", annotate.Text("news"), true))
	require.NoError(t, d.Finish())
	require.Equal(t, annotate.InProgress, d.Layer().Assessment.Status, "after an edit it is said again")
	require.NoError(t, d.Finish())
	d.until(func() bool { return d.Document().Name == "b.txt" })
}

func TestAFlagIsSetAndTakenAwayByItsKey(t *testing.T) {
	d := newDeskOf(t, constraintYAML, quoting)
	d.span("Claim", "We saw nothing")
	require.NoError(t, d.ToggleFlag("skip"))
	require.Equal(t, "skip", d.FocusedSpan().Flag)
	require.NoError(t, d.ToggleFlag("discuss"))
	require.Equal(t, "discuss", d.FocusedSpan().Flag)
	require.NoError(t, d.ToggleFlag("discuss"))
	require.Empty(t, d.FocusedSpan().Flag)
	d.Focus("")
	require.NoError(t, d.ToggleFlag("discuss"))
	require.Equal(t, "discuss", d.Layer().Assessment.Flag)
}

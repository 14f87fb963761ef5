package session

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const recordYAML = `
name: checks
spans: [{label: Evidence, key: "1"}]
document:
  - {name: verdict, kind: choice, required: true, values: [{name: supported}, {name: refuted}]}
records:
  - label: question
    attributes: [{name: question, kind: text, required: true}]
    records:
      - label: answer
        min: 1
        max: 2
        attributes:
          - {name: kind, kind: choice, default: extractive, values: [{name: extractive}, {name: unanswerable}]}
          - {name: answer, kind: text, required: true, when: [{attribute: kind, is: [extractive]}]}
  - label: remark
    attributes: [{name: text, kind: text}]
flags: [discuss]
`

// add adds a record and gives it a text.
func (d *desk) add(label string, parent annotate.ID, text string) annotate.ID {
	d.t.Helper()
	id, err := d.AddRecord(label, parent)
	require.NoError(d.t, err)
	if text != "" {
		name := map[string]string{"remark": "text"}[label]
		if name == "" {
			name = label
		}
		require.NoError(d.t, d.SetAttribute(id, name, annotate.Text(text), true))
	}
	return id
}

// outline returns the records as a person would write them down, those inside others behind a dash.
func (d *desk) outline() []string {
	var lines []string
	var visit func(parent annotate.ID, dash string)
	visit = func(parent annotate.ID, dash string) {
		for _, r := range d.Layer().Records(parent) {
			said := ""
			for _, name := range []string{"question", "answer", "text"} {
				said += r.Attributes[name].String()
			}
			lines = append(lines, dash+said)
			visit(r.ID, dash+"-")
		}
	}
	visit("", "")
	return lines
}

func TestRecordsAreAddedMovedDoubledAndDeleted(t *testing.T) {
	d := newDeskOf(t, recordYAML, first)
	how := d.add("question", "", "how many")
	d.add("answer", how, "twelve")
	why := d.add("question", "", "why")
	d.add("remark", "", "see the audit")
	d.add("question", "", "when")
	require.Equal(t, []string{"how many", "-twelve", "why", "see the audit", "when"}, d.outline())
	require.Equal(t, annotate.InProgress, d.Layer().Assessment.Status, "filling in a record begins the work")

	require.NoError(t, d.MoveRecord(why, true))
	require.Equal(t, []string{"how many", "-twelve", "see the audit", "when", "why"}, d.outline(), "it passes records of another label")
	require.NoError(t, d.MoveRecord(why, true))
	require.NoError(t, d.MoveRecord(how, false))
	require.Equal(t, []string{"how many", "-twelve", "see the audit", "when", "why"}, d.outline(), "at the ends it stays")

	require.NoError(t, d.SetNote(how, "ask again"))
	require.NoError(t, d.SetRecordFlag(how, "discuss"))
	double, err := d.DuplicateRecord(how)
	require.NoError(t, err)
	require.Equal(t, []string{"how many", "-twelve", "how many", "-twelve", "see the audit", "when", "why"}, d.outline())
	require.Empty(t, d.Layer().Record(double).Flag+d.Layer().Record(double).Note)
	require.Equal(t, "discuss", d.Layer().Record(how).Flag)

	require.NoError(t, d.DeleteAnnotation(how))
	require.Equal(t, []string{"how many", "-twelve", "see the audit", "when", "why"}, d.outline(), "what lies inside goes along")
	d.saved()
	d.Undo()
	d.until(func() bool { return d.Layer().RecordCount() == 7 })
	d.Undo()
	d.until(func() bool { return d.Layer().RecordCount() == 5 })
	require.Equal(t, []string{"how many", "-twelve", "see the audit", "when", "why"}, d.outline())
	require.NotNil(t, d.Layer().Record(how), "the original is back and its double gone")

	wanted := d.outline()
	d.getUp()
	again := sitDown(t, d.path, "asha")
	require.Equal(t, wanted, again.outline(), "as the file has it")
}

func TestRecordsWithOneRankAreKeptApart(t *testing.T) {
	d := newDeskOf(t, recordYAML, first)
	for i := range 4 {
		_, err := d.Project().Apply(annotate.Change{Annotator: "asha", After: &annotate.Record{
			ID: annotate.ID(fmt.Sprintf("0000000%d-0000-7000-8000-000000000000", i)), Document: d.Document().ID, Annotator: "asha", Label: "remark",
			Rank: "V", Attributes: map[string]annotate.Value{"text": annotate.Text(fmt.Sprint(i))},
		}})
		require.NoError(t, err)
	}
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Layer().RecordCount() == 4 })
	all := d.Layer().Records("")
	require.NoError(t, d.MoveRecord(all[3].ID, false))
	require.Equal(t, []string{"0", "1", "3", "2"}, d.outline())
	_, err := d.DuplicateRecord(all[0].ID)
	require.NoError(t, err)
	require.Equal(t, []string{"0", "0", "1", "3", "2"}, d.outline())
	require.NoError(t, d.MoveRecord(all[2].ID, false))
	require.Equal(t, []string{"0", "0", "1", "2", "3"}, d.outline())
}

func TestARecordBeginsWithDefaultsAndKeepsToItsConditions(t *testing.T) {
	d := newDeskOf(t, recordYAML, first)
	q := d.add("question", "", "how many")
	a := d.add("answer", q, "twelve")
	require.Equal(t, annotate.Text("extractive"), d.Layer().Record(a).Attributes["kind"])
	require.NoError(t, d.SetAttribute(a, "kind", annotate.Text("unanswerable"), true))
	require.NotContains(t, d.Layer().Record(a).Attributes, "answer", "it does not apply any more")

	_, err := d.AddRecord("answer", "")
	require.ErrorContains(t, err, "no record answer in this place")
	_, err = d.AddRecord("verdict", "")
	require.ErrorContains(t, err, "no record verdict")
	require.Error(t, d.MoveRecord("gone", true))
	_, err = d.DuplicateRecord("gone")
	require.Error(t, err)
}

func TestViolationsLeadThroughRecordsToTheDocument(t *testing.T) {
	d := newDeskOf(t, recordYAML, first)
	q := d.add("question", "", "how many")
	open := d.add("question", "", "")
	assessment := d.Layer().Assessment.EntityID()
	var shown []annotate.ID
	d.Subscribe(func(e Event) {
		if e.Is(Shown) {
			shown = append(shown, e.Record)
		}
	})
	for range 4 {
		d.FocusViolation()
	}
	// q lacks an answer; open lacks its question and an answer; the document lacks the verdict.
	assert.Equal(t, []annotate.ID{q, open, assessment, q}, shown)
	assert.Len(t, d.Violations(open), 2)

	require.NoError(t, d.Finish())
	assert.Equal(t, q, shown[4], "finishing leads to the first of them")
}

func TestFlaggedAnnotationsAreGoneThrough(t *testing.T) {
	d := newDesk(t, first)
	d.FocusFlagged()
	require.Equal(t, "No annotation here has a flag.", d.Message().Text)
	lake := d.span("Claim", "the lake fell")
	require.NoError(t, d.ToggleFlag("unsure"))
	d.span("Cue", "denied")
	leak := d.span("Claim", "the leak")
	require.NoError(t, d.ToggleFlag("discuss"))
	d.Focus("")
	var went []annotate.ID
	for range 3 {
		d.FocusFlagged()
		went = append(went, d.Focused())
	}
	require.Equal(t, []annotate.ID{leak.ID, lake.ID, leak.ID}, went)
}

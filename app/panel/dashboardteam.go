package panel

import (
	"slices"

	"spanwright/annotate"
	"spanwright/app/report"
	"spanwright/app/typeset"
)

// team returns rows of who has which duty, each of which leads to the duties there are.
func (d *Dashboard) team(f *report.Facts) []dashboardRow {
	team := d.session.Team()
	names := append(annotate.SortedKeys(team), f.Annotators...)
	names = append(names, d.session.Annotator())
	slices.Sort(names)
	names = slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == annotate.AdjudicatedLayer || name == "" })
	rows := []dashboardRow{{rowContent: rowContent{text: "DUTIES", heading: true}}}
	for _, name := range names {
		rows = append(rows, dashboardRow{rowContent{text: typeset.Isolate(name) + " · " + dutyWords(team, name), ends: true}, func() { d.look(d.duties(name)) }})
	}
	return rows
}

// dutyWords says what duty somebody has, or what it means that they have none.
func dutyWords(team annotate.Team, annotator string) string {
	duty, given := team[annotator]
	switch {
	case given:
		return string(duty)
	case len(team) == 0:
		return "may do everything, as nobody has a duty"
	}
	return "annotator, as no duty was given"
}

// dutyMeanings say what somebody with a duty may do.
var dutyMeanings = map[annotate.Duty]string{
	annotate.Annotating: "annotator: labels, and hands in the own work",
	annotate.Reviewing:  "reviewer: decides about the work of others too, and adjudicates",
	annotate.Leading:    "lead: everything, and gives duties",
	"":                  "no duty",
}

// duties returns the duties that somebody can be given.
func (d *Dashboard) duties(annotator string) behind {
	duties := append(slices.Clone(annotate.Duties), "")
	return behind{
		title: "The duty of " + typeset.Isolate(annotator), hint: "Enter gives it; Ctrl+Z takes it back · Esc back to the figures", length: len(duties), stays: true,
		row: func(i int) rowContent {
			c := rowContent{text: dutyMeanings[duties[i]], ends: true}
			if d.session.Team()[annotator] == duties[i] {
				c.tint, c.current = "focus", true
			}
			return c
		},
		pick: func(i int) { _ = d.session.SetDuty(annotator, duties[i]) }, // told to the person by the session
	}
}

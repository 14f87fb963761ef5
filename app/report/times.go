package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"spanwright/annotate"
	"spanwright/store"
)

// bin is how many seconds something takes that is counted together.
type bin struct {
	under int
	name  string
}

// binned are the bars in the picture of times.
var binned = []bin{
	{60, "under 1 minute"}, {120, "1 to 2"}, {300, "2 to 5"}, {600, "5 to 10"}, {1200, "10 to 20"}, {3600, "20 to 60"}, {1 << 62, "an hour and more"},
}

// Spent returns the picture of how many documents took each annotator how long; nil where
// no time was measured.
func (f *Facts) Spent() *Picture {
	rows := make([]bars, len(binned))
	for i, bin := range binned {
		rows[i] = bars{name: bin.name, values: make([]float64, len(f.Annotators))}
	}
	for _, t := range f.Times {
		at := slices.IndexFunc(binned, func(b bin) bool { return t.Seconds < b.under })
		if who := slices.Index(f.Annotators, t.Annotator); who >= 0 {
			rows[at].values[who]++
		}
	}
	empty := func(r bars) bool { return !slices.ContainsFunc(r.values, func(n float64) bool { return n > 0 }) }
	for len(rows) > 0 && empty(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	return stacked("Documents by active minutes and annotator", f.Annotators, series, rows)
}

// slowShown is how many documents a report lists with the time that they took.
const slowShown = 100

func (f *Facts) time(p *Page) {
	if len(f.Times) == 0 {
		return
	}
	p.heading("Time")
	p.say("Active minutes, as far as they were measured: time with keys, clicks and movements of the pointer in a document, without pauses of more than a minute.")
	var rows [][]string
	for _, t := range f.Stats.Time {
		rows = append(rows, []string{t.Annotator, strconv.Itoa(t.Documents), Minutes(float64(t.Seconds)), Minutes(t.Median), strconv.Itoa(t.Spans), tenths(t.SpansPerHour)})
	}
	p.table(5, []string{"annotator", "documents", "minutes", "median for a document", "spans", "spans per hour"}, rows)
	p.show(f.Spent())
	f.slow(p)
}

// slow lists how long documents took each annotator, those that took longest first.
func (f *Facts) slow(p *Page) {
	head, columns := []string{"document"}, map[string]int{}
	for _, t := range f.Stats.Time {
		columns[t.Annotator] = len(head)
		head = append(head, t.Annotator)
	}
	head = append(head, "minutes")
	var documents []store.DocumentTime // with the time of all
	at := map[annotate.ID]int{}
	cells := map[annotate.ID][]string{}
	for _, t := range f.Times {
		if _, known := at[t.Document]; !known {
			at[t.Document], cells[t.Document] = len(documents), make([]string, len(head))
			documents = append(documents, store.DocumentTime{Document: t.Document, Name: t.Name})
		}
		documents[at[t.Document]].Seconds += t.Seconds
		cells[t.Document][columns[t.Annotator]] = Minutes(float64(t.Seconds))
	}
	slices.SortStableFunc(documents, slower)
	if len(documents) > slowShown {
		p.say("The %d documents that took longest, of %d:", slowShown, len(documents))
	}
	var rows [][]string
	for _, d := range documents[:min(slowShown, len(documents))] {
		row := cells[d.Document]
		row[0], row[len(row)-1] = d.Name, Minutes(float64(d.Seconds))
		rows = append(rows, row)
	}
	p.table(len(head)-1, head, rows)
}

func slower(a, b store.DocumentTime) int { return cmp.Compare(b.Seconds, a.Seconds) }

// Slowest returns how long documents took an annotator, those that took longest first.
func (f *Facts) Slowest(annotator string) []store.DocumentTime {
	found := slices.DeleteFunc(slices.Clone(f.Times), func(t store.DocumentTime) bool { return t.Annotator != annotator })
	slices.SortStableFunc(found, slower)
	return found
}

// OnlyTimeOf leaves out how long others worked.
func (f *Facts) OnlyTimeOf(annotator string) {
	f.Times = slices.DeleteFunc(f.Times, func(t store.DocumentTime) bool { return t.Annotator != annotator })
	f.Stats.Time = slices.DeleteFunc(f.Stats.Time, func(t store.TimeCount) bool { return t.Annotator != annotator })
}

// Minutes writes seconds as minutes, with one digit after the point.
func Minutes(seconds float64) string { return tenths(seconds / 60) }

func tenths(x float64) string { return fmt.Sprintf("%.1f", x) }

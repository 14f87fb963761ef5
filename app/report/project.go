package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/store"
)

// Page returns the report of a project.
func (f *Facts) Page() *Page {
	p := &Page{Title: "Report of " + f.Project}
	p.say("%s, scheme %s; annotations by %s.", counted(f.Stats.Documents, "document"), f.Scheme, cmp.Or(strings.Join(f.Annotators, ", "), "nobody"))
	f.states(p)
	f.labels(p)
	f.time(p)
	f.agreement(p)
	return p
}

// States returns the picture of the documents by state and annotator.
func (f *Facts) States() *Picture {
	legend, rows := make([]string, len(annotate.Statuses)), []bars{}
	for i, s := range annotate.Statuses {
		legend[i] = s.Words()
	}
	for _, who := range f.Annotators {
		r := bars{name: who}
		for _, n := range f.StatesOf(who) {
			r.values = append(r.values, float64(n))
		}
		rows = append(rows, r)
	}
	return stacked("Documents by state and annotator", legend, statePaints, rows)
}

// statePaints are those of [annotate.Statuses].
var statePaints = []paint{rule, series[4], accent, series[1], series[5], series[2]}

// StatesOf counts the documents of an annotator in the order of [annotate.Statuses].
func (f *Facts) StatesOf(who string) []int {
	count := map[annotate.Status]int{}
	for _, s := range f.Stats.Statuses {
		if s.Annotator == who {
			count[s.Status] = s.Count
		}
	}
	for _, s := range f.Stats.Reviews {
		if s.Annotator == who {
			count[s.Status] = s.Count
			count[s.Status.Base()] -= s.Count
		}
	}
	all := make([]int, len(annotate.Statuses))
	for i, s := range annotate.Statuses {
		all[i] = count[s]
	}
	return all
}

func (f *Facts) states(p *Page) {
	p.heading("Documents by state")
	p.show(f.States())
	head := []string{"annotator"}
	for _, s := range annotate.Statuses {
		head = append(head, s.Words())
	}
	var rows [][]string
	for _, who := range f.Annotators {
		row := []string{who}
		for _, n := range f.StatesOf(who) {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	p.table(len(head)-1, head, rows)
	rows = nil
	for _, a := range f.Stats.Assigned {
		rows = append(rows, []string{a.Annotator, strconv.Itoa(a.Documents), strconv.Itoa(a.Done)})
	}
	p.table(2, []string{"annotator", "assigned", "of these done"}, rows)
	if f.Decisions > 0 {
		p.say("%s of adjudication.", counted(f.Decisions, "decision"))
	}
}

// Labels returns the picture of how often each annotator used each label.
func (f *Facts) Labels() *Picture {
	var rows []bars
	names, counts := f.labelCounts(f.Stats.Spans)
	for _, label := range names {
		r := bars{name: label}
		for _, who := range f.Annotators {
			r.values = append(r.values, float64(counts[[2]string{label, who}]))
		}
		rows = append(rows, r)
	}
	return stacked("Spans by label and annotator", f.Annotators, series, rows)
}

// labelCounts returns labels in order, and how often each annotator used each.
func (f *Facts) labelCounts(all []store.LabelCount) (labels []string, counts map[[2]string]int) {
	counts = map[[2]string]int{}
	for _, c := range all {
		if slices.Contains(f.Annotators, c.Annotator) {
			counts[[2]string{c.Label, c.Annotator}] = c.Count
			labels = append(labels, c.Label)
		}
	}
	slices.Sort(labels)
	return slices.Compact(labels), counts
}

func (f *Facts) labels(p *Page) {
	p.heading("Labels")
	p.show(f.Labels())
	head := append([]string{"", "label"}, f.Annotators...)
	var rows [][]string
	for _, kind := range []struct {
		name string
		list []store.LabelCount
	}{{"span", f.Stats.Spans}, {"relation", f.Stats.Relations}, {"record", f.Stats.Records}} {
		names, counts := f.labelCounts(kind.list)
		for _, label := range names {
			row := []string{kind.name, label}
			for _, who := range f.Annotators {
				row = append(row, strconv.Itoa(counts[[2]string{label, who}]))
			}
			rows = append(rows, row)
		}
	}
	p.table(len(f.Annotators), head, rows)
}

// Course returns the picture of agreement over time.
func (f *Facts) Course() *Picture {
	var names []string
	var figures []agreement.Figure
	for _, p := range f.Periods {
		names, figures = append(names, p.Monday.Format("2 Jan 06")), append(figures, p.F1)
	}
	return course("F1 of spans with the same text and label, by the week in which documents were finished", names, figures)
}

func (f *Facts) agreement(p *Page) {
	p.heading("Agreement")
	if f.Compared == 0 {
		p.say("No document was worked on by two annotators, so agreement is not defined.")
		return
	}
	p.say("%s compared; %s left out, which fewer than two worked on. Intervals are those of the bootstrap over documents, at 95 %%.",
		counted(f.Compared, "document"), strconv.Itoa(f.Left))
	var rows [][]string
	for _, r := range f.Figures {
		rows = append(rows, figureRow(r))
	}
	p.table(3, []string{"measure", "of", "annotators", "compared", "95 %", "figure"}, rows)
	if f.Confusion != nil {
		f.confusion(p)
	}
	if len(f.Periods) > 0 {
		p.heading("Agreement over time")
		p.say("F1 of spans with the same text and label, of the documents by the week in which the last of those compared finished them.")
		p.show(f.Course())
		rows = nil
		for _, period := range f.Periods {
			rows = append(rows, []string{period.Monday.Format("2006-01-02"), strconv.Itoa(period.Documents), period.F1.String()})
		}
		p.table(2, []string{"week from", "documents", "F1"}, rows)
	}
}

func (f *Facts) confusion(p *Page) {
	labels, counts := f.Confusion.Labels(), f.Confusion.Counts()
	if len(labels) == 0 {
		return
	}
	p.heading("What is confused")
	p.say("%s.", confusionTitle(f.Confusion))
	p.show(Matrix(f.Confusion))
	head := []string{""}
	for _, label := range labels {
		head = append(head, cmp.Or(label, "no span"))
	}
	var rows [][]string
	for i, label := range labels {
		row := []string{cmp.Or(label, "no span")}
		for _, n := range counts[i] {
			row = append(row, number(n))
		}
		rows = append(rows, row)
	}
	p.table(len(labels), head, rows)
}

func figureRow(r agreement.Result) []string {
	m, _ := agreement.FindMeasure(r.Measure)
	people := strings.Join(r.Annotators, ", ")
	if people == "" {
		people = map[bool]string{true: "mean of pairs", false: "all"}[m.Pairs]
	}
	interval := "–"
	if r.Confidence.Defined {
		interval = fmt.Sprintf("%.3f to %.3f", r.Confidence.Low, r.Confidence.High)
	}
	return []string{r.Measure, cmp.Or(r.Subject, "all"), people, strconv.Itoa(r.Of), interval, r.Figure.String()}
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

package adjudication

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"spanwright/annotate"
)

// lastInForm is the place of records that no annotator has.
const lastInForm = math.MaxInt

// answer is a record of an annotator with what it, and all that lies in it, says.
type answer struct {
	record *annotate.Record
	of     int      // annotator, as an index
	at     int      // among those of its label in the same record
	says   []string // in order
	form   *Case
}

// former makes cases of records.
type former struct {
	desk    *Desk
	answers map[annotate.ID]*answer
	cases   []*Case
}

// recordCases groups the records of the form: those of one label, in records that belong together,
// by what they have in common; the rest by their place.
func (d *Desk) recordCases() {
	f := former{desk: d, answers: map[annotate.ID]*answer{}}
	top := make([][]*annotate.Record, len(d.text.Layers))
	for i, l := range d.text.Layers {
		for _, r := range l.AllRecords() {
			if l.Record(r.Parent) == nil { // what it lay in may be gone
				top[i] = append(top[i], r)
			}
		}
	}
	f.group(top, 0)
	f.join()
	for _, c := range f.cases {
		f.compare(c)
	}
}

// group makes cases of records that may belong together, a list for each annotator, and of what lies in them.
func (f *former) group(records [][]*annotate.Record, depth int) {
	byLabel := map[string][]*answer{}
	var labels []string
	for of, own := range records {
		counts := map[string]int{}
		for _, r := range own {
			if byLabel[r.Label] == nil {
				labels = append(labels, r.Label)
			}
			a := &answer{record: r, of: of, at: counts[r.Label], says: slices.Sorted(slices.Values(f.says(of, r, "", 0)))}
			counts[r.Label]++
			f.answers[r.ID] = a
			byLabel[r.Label] = append(byLabel[r.Label], a)
		}
	}
	for _, label := range labels {
		answers := byLabel[label]
		for _, group := range matchAnswers(answers) {
			c := &Case{depth: depth, form: len(f.cases) + 1}
			f.cases = append(f.cases, c)
			inside := make([][]*annotate.Record, len(records))
			for _, i := range group {
				a := answers[i]
				a.form = c
				c.Sides = append(c.Sides, annotate.SideOf(a.record))
				inside[a.of] = f.desk.text.Layers[a.of].Records(a.record.ID)
			}
			if depth < deepest {
				f.group(inside, depth+1)
			}
		}
	}
}

// says lists what a record and those that lie in it say, value by value; of texts also word by word, as
// hardly two people write the same.
func (f *former) says(of int, r *annotate.Record, path string, depth int) []string {
	var said []string
	for name, v := range f.desk.meant(r.Attributes) {
		said = append(said, path+name+"="+inJSON(v))
		if text, is := v.Text(); is {
			if words := strings.Fields(text); len(words) > 1 {
				for _, word := range words {
					said = append(said, path+name+"~"+word)
				}
			}
		}
	}
	if depth < deepest {
		for _, inner := range f.desk.text.Layers[of].Records(r.ID) {
			said = append(said, f.says(of, inner, path+inner.Label+"/", depth+1)...)
		}
	}
	return said
}

// matchAnswers groups records of one label, those first that have most in common, then those that stand at
// the same place.
func matchAnswers(answers []*answer) [][]int {
	shared := map[[2]int]int{}
	by := map[string][]int{}
	for i, a := range answers {
		for n, said := range a.says {
			if n > 0 && a.says[n-1] == said {
				continue
			}
			for _, j := range by[said] {
				if answers[j].of != a.of {
					shared[[2]int{j, i}]++
				}
			}
			by[said] = append(by[said], i)
		}
	}
	var found []likeness
	for pair, n := range shared {
		a, b := answers[pair[0]], answers[pair[1]]
		found = append(found, likeness{a: pair[0], b: pair[1], share: 2 * float64(n) / float64(len(a.says)+len(b.says))})
	}
	places := map[int][]int{}
	for i, a := range answers {
		for _, j := range places[a.at] {
			if answers[j].of != a.of {
				found = append(found, likeness{a: j, b: i})
			}
		}
		places[a.at] = append(places[a.at], i)
	}
	slices.SortFunc(found, func(l, m likeness) int {
		return cmp.Or(cmp.Compare(m.share, l.share), cmp.Compare(l.a, m.a), cmp.Compare(l.b, m.b))
	})
	return groups(len(answers), func(i int) int { return answers[i].of }, found)
}

// join makes one case of records that say the same in records that do not belong together: somebody put
// it elsewhere.
func (f *former) join() {
	byContent := map[string][]*Case{}
	var left []*Case
	for _, c := range f.cases {
		first := f.answers[c.Sides[0].EntityID()]
		key := first.record.Label + "\x00" + strings.Join(first.says, "\x00")
		to := slices.IndexFunc(byContent[key], func(o *Case) bool { return f.joins(o, c) })
		if len(first.says) == 0 || to < 0 {
			byContent[key] = append(byContent[key], c)
			left = append(left, c)
			continue
		}
		into := byContent[key][to]
		for _, s := range c.Sides {
			f.answers[s.EntityID()].form = into
		}
		into.Sides = append(into.Sides, c.Sides...)
	}
	f.cases = left
}

// joins reports whether two cases say the same and have no annotator in common.
func (f *former) joins(a, b *Case) bool {
	says := f.answers[a.Sides[0].EntityID()].says
	for _, c := range []*Case{a, b} {
		for i := range c.Sides {
			if !slices.Equal(f.answers[c.Sides[i].EntityID()].says, says) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(a.Sides, func(s annotate.Side) bool { return b.Side(s.Annotator) != nil })
}

// around returns the case that a record lies in, nil for the top of the form.
func (f *former) around(r *annotate.Record) *Case {
	if a := f.answers[r.Parent]; a != nil {
		return a.form
	}
	return nil
}

// compare takes in a case of records and finds in what they differ. Who lacks what they lie in did not lack
// them besides.
func (f *former) compare(c *Case) {
	slices.SortFunc(c.Sides, func(s, o annotate.Side) int { return cmp.Compare(s.Annotator, o.Annotator) })
	for i := range c.Sides {
		r := c.Sides[i].Record
		place := 0
		if around := f.around(r); around != nil {
			place = around.form
			if !slices.Contains(around.inside, c) {
				around.inside = append(around.inside, c)
			}
		}
		c.words = append(c.words, inJSON([]any{r.Label, f.desk.meant(r.Attributes), place}))
	}
	f.desk.add(c)
	if around := f.around(c.Sides[0].Record); around != nil {
		c.Absent = slices.DeleteFunc(c.Absent, func(name string) bool { return around.Side(name) == nil })
	}
	c.find(RecordKind, func(a, b *annotate.Side) []difference {
		found := f.desk.differentValues(a.Record.Attributes, b.Record.Attributes)
		if f.around(a.Record) != f.around(b.Record) {
			found = append(found, difference{kind: LinkKind})
		}
		return found
	})
}

// record returns a record of the adjudicated layer that says what r does, in what became of what r lies in.
func (r *ruling) record(from *annotate.Record, v Verdict) (*annotate.Record, error) {
	made := from.Clone()
	made.Annotator, made.Parent, made.Flag, made.Note = annotate.AdjudicatedLayer, "", "", ""
	around := r.desk.bySide[from.Parent]
	if from.Parent == "" || around == nil {
		return made, nil
	}
	became, settled := r.resolve(from.Parent)
	switch {
	case settled && became == "":
		return nil, annotate.Errorf(annotate.Conflict, "the %s that it lies in was decided against; decide that again first, or say neither here too", around.Side(from.Annotator).Record.Label)
	case became == "" && r.decided[around.ID]:
		return nil, annotate.Errorf(annotate.Conflict, "it lies in itself")
	case became == "":
		if err := r.decide(around, Verdict{Outcome: annotate.Took, Taken: around.Like(from.Annotator), By: v.By, Automatic: v.Automatic}); err != nil {
			return nil, err
		}
		became = r.became[from.Parent]
	}
	made.Parent = became
	return made, nil
}

// decideInside decides, with a record, about what lies in it: what all who have the record agree on goes
// along, and all of it where the record was decided against. Such decisions are automatic; where
// the record is decided for again, those against what lies in it are taken back.
func (r *ruling) decideInside(c *Case, decision *annotate.Decision) error {
	against := len(decision.Results) == 0
	for _, inner := range c.inside {
		apart := slices.ContainsFunc(inner.Sides, func(s annotate.Side) bool { return r.desk.bySide[s.Record.Parent] != c })
		if r.decided[inner.ID] || apart {
			continue
		}
		held := inner.Decision
		along := held != nil && held.Automatic && held.Outcome == annotate.Neither // with the record before
		v := Verdict{Outcome: annotate.Neither, By: decision.Adjudicator, Automatic: true}
		switch {
		case against && held != nil && held.Outcome == annotate.Neither && inner.State == Settled:
			continue
		case against:
		case inner.Agreed() && (inner.State == Open || along):
			v.Outcome, v.Taken = annotate.Took, inner.Like(inner.Sides[0].Annotator)
		case along:
			r.set(held.ID, nil)
			continue
		default:
			continue
		}
		if err := r.decide(inner, v); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"math"
	"slices"

	"spanwright/annotate"
)

// Timed reports whether the window measures how long annotators work on each document.
func (p *Project) Timed() (bool, error) {
	value, err := p.Setting(timedSetting)
	return value == "on", err
}

// SetTimed says whether the window measures how long annotators work on each document.
// What was measured stays.
func (p *Project) SetTimed(timed bool) error {
	return p.SetSetting(timedSetting, map[bool]string{true: "on", false: "off"}[timed])
}

// stints reads stints; condition is what follows WHERE.
func stints(on source, condition string, args ...any) ([]*annotate.Stint, error) {
	var found []*annotate.Stint
	err := each(on, "SELECT id, document, annotator, seconds FROM stint WHERE "+condition+" ORDER BY id", args,
		func(scan func(...any) error) error {
			var s annotate.Stint
			err := scan(&s.ID, &s.Document, &s.Annotator, &s.Seconds)
			found = append(found, &s)
			return err
		})
	return found, err
}

// TimeSpent returns how many seconds an annotator has worked on a document, as far as it
// was measured.
func (p *Project) TimeSpent(document annotate.ID, annotator string) (seconds int, err error) {
	_, err = one(p.reading, "SELECT coalesce(sum(seconds), 0) FROM stint WHERE document = ? AND annotator = ?", []any{document, annotator}, &seconds)
	return seconds, p.fault(err)
}

// DocumentTime is how long one annotator worked on one document, pauses left out.
type DocumentTime struct {
	Document  annotate.ID
	Name      string // of the document
	Annotator string
	Seconds   int
	Spans     int // in the annotator's layer of it
}

// Times returns how long everybody worked on each document of the project, in the order of documents
// and annotators, as far as it was measured.
func (p *Project) Times() ([]DocumentTime, error) {
	times, err := times(p.reading, "")
	return times, p.fault(err)
}

func times(on source, annotator string) ([]DocumentTime, error) {
	var found []DocumentTime
	err := each(on, `SELECT v.document, v.document_name, v.annotator, v.seconds,
			(SELECT count(*) FROM span s WHERE s.document = v.document AND s.annotator = v.annotator)
		FROM v_time v WHERE ?1 = '' OR v.annotator = ?1`, []any{annotator}, func(scan func(...any) error) error {
		var t DocumentTime
		err := scan(&t.Document, &t.Name, &t.Annotator, &t.Seconds, &t.Spans)
		found = append(found, t)
		return err
	})
	return found, err
}

// TimeCount is how long one annotator worked, as far as it was measured.
type TimeCount struct {
	Annotator    string  `json:"annotator"`
	Documents    int     `json:"documents"` // on which time was measured
	Seconds      int     `json:"seconds"`   // on all of them
	Median       float64 `json:"median"`    // seconds for one of them
	Spans        int     `json:"spans"`     // in the annotator's layers of them
	SpansPerHour float64 `json:"spans_per_hour"`
}

// timeCounts adds up times by annotator, in order of name.
func timeCounts(times []DocumentTime) []TimeCount {
	spent, spans := map[string][]int{}, map[string]int{}
	for _, t := range times {
		spent[t.Annotator] = append(spent[t.Annotator], t.Seconds)
		spans[t.Annotator] += t.Spans
	}
	counts := []TimeCount{}
	for _, name := range annotate.SortedKeys(spent) {
		c := TimeCount{Annotator: name, Documents: len(spent[name]), Spans: spans[name], Median: median(spent[name])}
		for _, seconds := range spent[name] {
			c.Seconds += seconds
		}
		c.SpansPerHour = math.Round(float64(c.Spans)/float64(c.Seconds)*36000) / 10
		counts = append(counts, c)
	}
	return counts
}

// median returns the value in the middle, or the mean of the two that are; values has at least one.
func median(values []int) float64 {
	slices.Sort(values)
	n := len(values)
	return float64(values[(n-1)/2]+values[n/2]) / 2
}

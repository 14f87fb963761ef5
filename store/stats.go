package store

import "spanwright/annotate"

// LabelCount is how many spans or relations of a label one annotator made.
type LabelCount struct {
	Annotator string `json:"annotator"`
	Label     string `json:"label"`
	Count     int    `json:"count"`
}

// StatusCount is how many documents one annotator has in a state.
type StatusCount struct {
	Annotator string          `json:"annotator"`
	Status    annotate.Status `json:"status"`
	Count     int             `json:"count"`
}

// CommentCount is how many comments one person wrote.
type CommentCount struct {
	Annotator string `json:"annotator"`
	Count     int    `json:"count"`
}

// AssignmentCount is how many documents are assigned to one person, and how many of
// these that person has done.
type AssignmentCount struct {
	Annotator string `json:"annotator"`
	Documents int    `json:"documents"`
	Done      int    `json:"done"`
}

// DecisionCount is how many decisions of a kind one person made.
type DecisionCount struct {
	Adjudicator string           `json:"adjudicator"`
	Outcome     annotate.Outcome `json:"outcome"`
	Automatic   bool             `json:"automatic"`
	Count       int              `json:"count"`
}

// Stats counts what a project holds, in order of annotator and label or state.
type Stats struct {
	Documents int               `json:"documents"` // all of them
	Assigned  []AssignmentCount `json:"assigned"`
	Statuses  []StatusCount     `json:"statuses"` // for each annotator they add up to Documents
	Reviews   []StatusCount     `json:"reviews"`  // of these, what is in review, returned (in progress) and final
	Spans     []LabelCount      `json:"spans"`
	Relations []LabelCount      `json:"relations"`
	Records   []LabelCount      `json:"records"`
	Concepts  int               `json:"concepts"` // those merged into another not counted
	Comments  []CommentCount    `json:"comments"`
	Open      int               `json:"open_threads"` // of comments, whoever wrote them
	Decisions []DecisionCount   `json:"decisions"`
	Unclear   int               `json:"unclear"` // decisions where the guideline does not say what is right
	Time      []TimeCount       `json:"time"`    // empty where none was measured
}

// Stats counts the work of one annotator, or with "" of each of them.
func (p *Project) Stats(annotator string) (Stats, error) {
	stats := Stats{Statuses: []StatusCount{}, Reviews: []StatusCount{}}
	err := p.read(func(on source) error {
		if _, err := one(on, "SELECT count(*) FROM document", nil, &stats.Documents); err != nil {
			return err
		}
		annotators := []string{annotator}
		if annotator == "" {
			var err error
			if annotators, err = annotatorsOf(on, ""); err != nil {
				return err
			}
		}
		for _, name := range annotators {
			counts, err := statuses(on, name, stats.Documents)
			if err != nil {
				return err
			}
			stats.Statuses = append(stats.Statuses, counts...)
		}
		err := each(on, `SELECT annotator, status, count(*) FROM review WHERE ?1 = '' OR annotator = ?1
			GROUP BY annotator, status ORDER BY annotator, status = 'final', status`, []any{annotator}, func(scan func(...any) error) error {
			var c StatusCount
			err := scan(&c.Annotator, &c.Status, &c.Count)
			stats.Reviews = append(stats.Reviews, c)
			return err
		})
		if err != nil {
			return err
		}
		if stats.Spans, err = labels(on, "span", annotator); err != nil {
			return err
		}
		if stats.Relations, err = labels(on, "relation", annotator); err != nil {
			return err
		}
		if stats.Records, err = labels(on, "record", annotator); err != nil {
			return err
		}
		if stats.Assigned, err = assigned(on, annotator); err != nil {
			return err
		}
		if _, err := one(on, `SELECT count(*) FROM concept WHERE "into" = ''`, nil, &stats.Concepts); err != nil {
			return err
		}
		if stats.Comments, err = authors(on, annotator); err != nil {
			return err
		}
		if stats.Decisions, err = decided(on, annotator); err != nil {
			return err
		}
		if _, err = one(on, "SELECT count(*) FROM decision WHERE unclear AND (?1 = '' OR adjudicator = ?1)", []any{annotator}, &stats.Unclear); err != nil {
			return err
		}
		if _, err = one(on, "SELECT count(DISTINCT thread) FROM unsettled", nil, &stats.Open); err != nil {
			return err
		}
		spent, err := times(on, annotator)
		stats.Time = timeCounts(spent)
		return err
	})
	return stats, err
}

func statuses(on source, annotator string, documents int) ([]StatusCount, error) {
	var done, inProgress int
	_, err := one(on, `SELECT coalesce(sum(s.base = 'done'), 0), coalesce(sum(s.base = 'in_progress'), 0)
		FROM standing s JOIN document d ON d.id = s.document WHERE s.annotator = ?`, []any{annotator}, &done, &inProgress)
	return []StatusCount{
		{annotator, annotate.New, documents - done - inProgress},
		{annotator, annotate.InProgress, inProgress},
		{annotator, annotate.Done, done},
	}, err
}

// labels counts the rows of table by annotator and label.
func labels(on source, table, annotator string) ([]LabelCount, error) {
	counts := []LabelCount{}
	err := each(on, "SELECT annotator, label, count(*) FROM "+table+
		" WHERE ?1 = '' OR annotator = ?1 GROUP BY annotator, label ORDER BY annotator, label", []any{annotator},
		func(scan func(...any) error) error {
			var c LabelCount
			err := scan(&c.Annotator, &c.Label, &c.Count)
			counts = append(counts, c)
			return err
		})
	return counts, err
}

// assigned counts assignments by whom they are for.
func assigned(on source, annotator string) ([]AssignmentCount, error) {
	counts := []AssignmentCount{}
	err := each(on, `SELECT a.annotator, count(*), coalesce(sum(s.base = 'done'), 0) FROM assignment a
		LEFT JOIN standing s ON s.document = a.document AND s.annotator = a.annotator
		WHERE ?1 = '' OR a.annotator = ?1 GROUP BY a.annotator ORDER BY a.annotator`, []any{annotator},
		func(scan func(...any) error) error {
			var c AssignmentCount
			err := scan(&c.Annotator, &c.Documents, &c.Done)
			counts = append(counts, c)
			return err
		})
	return counts, err
}

// authors counts comments by who wrote them.
func authors(on source, annotator string) ([]CommentCount, error) {
	counts := []CommentCount{}
	err := each(on, "SELECT annotator, count(*) FROM comment WHERE ?1 = '' OR annotator = ?1 GROUP BY annotator ORDER BY annotator",
		[]any{annotator}, func(scan func(...any) error) error {
			var c CommentCount
			err := scan(&c.Annotator, &c.Count)
			counts = append(counts, c)
			return err
		})
	return counts, err
}

// decided counts decisions by who made them.
func decided(on source, adjudicator string) ([]DecisionCount, error) {
	counts := []DecisionCount{}
	err := each(on, `SELECT adjudicator, outcome, automatic, count(*) FROM decision WHERE ?1 = '' OR adjudicator = ?1
		GROUP BY adjudicator, outcome, automatic ORDER BY adjudicator, outcome, automatic`, []any{adjudicator},
		func(scan func(...any) error) error {
			var c DecisionCount
			err := scan(&c.Adjudicator, &c.Outcome, &c.Automatic, &c.Count)
			counts = append(counts, c)
			return err
		})
	return counts, err
}

package store

import "spanwright/annotate"

// NextTask returns the document that somebody is to go on with after from, going round to
// the beginning at the end; ok is false when no other is left. What was returned to them
// comes first, then what they have not done: of what is assigned to them if anything is,
// else of all documents. Last comes the work of others that is in review, for whoever
// judges; who has that duty and is assigned nothing has only this.
func (p *Project) NextTask(annotator string, from annotate.ID) (next annotate.ID, ok bool, err error) {
	err = p.read(func(on source) error {
		var added int64
		if _, err := one(on, "SELECT added FROM document WHERE id = ?", []any{from}, &added); err != nil {
			return err
		}
		tasks, err := p.tasks(on, annotator)
		if err != nil {
			return err
		}
		for _, task := range tasks {
			for _, order := range []string{"(d.added, d.id) > (?2, ?3)", "(d.added, d.id) < (?2, ?3)"} {
				ok, err = one(on, "SELECT d.id FROM document d WHERE "+order+" AND "+task+" ORDER BY d.added, d.id LIMIT 1",
					[]any{annotator, added, from}, &next)
				if err != nil || ok {
					return err
				}
			}
		}
		return nil
	})
	return next, ok && err == nil, err
}

// What there is to do with document d for annotator ?1.
const (
	returnedTask = "EXISTS (SELECT 1 FROM review r WHERE r.annotator = ?1 AND r.status = 'returned' AND r.document = d.id)"
	openTask     = `NOT EXISTS (SELECT 1 FROM assessment a WHERE a.annotator = ?1 AND a.document = d.id AND a.status = 'done')
		AND NOT EXISTS (SELECT 1 FROM review r WHERE r.annotator = ?1 AND r.document = d.id)`
	assignedTask = openTask + " AND EXISTS (SELECT 1 FROM assignment g WHERE g.annotator = ?1 AND g.document = d.id)"
	labelledTask = openTask + " AND EXISTS (SELECT 1 FROM difference x WHERE x.document = d.id)" // by anybody
	reviewTask   = "EXISTS (SELECT 1 FROM review r WHERE r.annotator <> ?1 AND r.status = 'in_review' AND r.document = d.id)"
)

// tasks returns what somebody has to do, in order of urgency.
func (p *Project) tasks(on source, annotator string) ([]string, error) {
	var assigned, blind bool
	if _, err := one(on, `SELECT EXISTS (SELECT 1 FROM assignment WHERE annotator = ?1),
		EXISTS (SELECT 1 FROM setting WHERE key = ?2 AND value = 'on')`, []any{annotator, blindSetting}, &assigned, &blind); err != nil {
		return nil, err
	}
	t, err := team(on)
	tasks := []string{returnedTask}
	switch {
	case annotator == annotate.AdjudicatedLayer:
		return append(tasks, labelledTask), err
	case assigned:
		tasks = append(tasks, assignedTask)
	case len(t) == 0 || !t.Reviews(annotator):
		tasks = append(tasks, openTask)
	}
	if t.Reviews(annotator) && (len(t) > 0 || !blind) {
		tasks = append(tasks, reviewTask)
	}
	return tasks, err
}

package store

import (
	"cmp"
	"iter"
	"strings"

	"spanwright/annotate"
)

// DocumentRow is one line of the list of documents. Status, Flag and the counts
// of spans and relations are those of the annotator who was asked about.
type DocumentRow struct {
	ID        annotate.ID
	Name      string
	Meta      map[string]string
	Size      int // bytes of text
	Status    annotate.Status
	Flag      string
	Scheme    int // revision under which it was marked done
	Spans     int
	Relations int
	Threads   int // not settled, of whatever author
	Waiting   int // works of others that are in review, for whoever judges them
}

// DocumentQuery says which documents are listed, for whom, and which page of the list.
type DocumentQuery struct {
	Annotator string
	Filter    string          // part of the name, upper and lower case alike; "" for any
	Status    annotate.Status // "" for any; one of a review is looked for in the work of others too if Judges
	Judges    bool            // Annotator reviews the work of others
	By        string          // whose Status is meant, and no other one that it is counted as; "" for Annotator's
	Flag      string          // of the document or of an annotation in it, AnyFlag for any of them; "" for no matter
	Talked    bool            // only those with threads that are not settled, of whatever author
	Behind    int             // only those done under an older revision of the scheme than this; 0 for all
	Broken    bool            // only those that were found to break the scheme, see NoteAudit
	Differing bool            // only those in which differences between annotators were found to be open, see NoteDifferences
	Assigned  string          // only those assigned to this annotator; "" for all
	Blind     bool            // threads about the annotations of others do not count
	Offset    int
	Limit     int // at most so many rows; 0 for all
}

// where returns the condition that q puts on document d, and its arguments.
func (q DocumentQuery) where() (string, []any) {
	conditions, args := []string{"1"}, []any(nil)
	if q.Filter != "" {
		conditions, args = append(conditions, "instr(d.folded, ?) > 0"), append(args, fold(q.Filter))
	}
	if condition, standing := q.standing(); condition != "" {
		conditions, args = append(conditions, condition), append(args, standing...)
	}
	if q.Flag != "" {
		condition, flags := q.flagged()
		conditions, args = append(conditions, condition), append(args, flags...)
	}
	if q.Talked {
		conditions = append(conditions, "d.id IN (SELECT u.document FROM unsettled u WHERE "+heard+")")
		args = append(args, q.only())
	}
	if q.Assigned != "" {
		conditions = append(conditions, "d.id IN (SELECT g.document FROM assignment g WHERE g.annotator = ?)")
		args = append(args, q.Assigned)
	}
	if q.Behind != 0 {
		conditions = append(conditions, `EXISTS (SELECT 1 FROM assessment a
			WHERE a.annotator = ? AND a.document = d.id AND a.status = 'done' AND a.scheme < ?
				AND NOT EXISTS (SELECT 1 FROM review r WHERE r.annotator = a.annotator AND r.document = a.document))`)
		args = append(args, q.Annotator, q.Behind)
	}
	if q.Broken {
		conditions = append(conditions, "d.id IN (SELECT b.document FROM audit b WHERE b.annotator = ? AND b.wrong + b.missing > 0)")
		args = append(args, q.Annotator)
	}
	if q.Differing {
		conditions = append(conditions, "d.id IN (SELECT x.document FROM difference x WHERE x.open > 0)")
	}
	return strings.Join(conditions, " AND "), args
}

// What documents are asked about the work of one annotator. Where nothing of theirs is reviewed,
// as in most projects, that is found out once and not for each document.
const (
	begun      = "EXISTS (SELECT 1 FROM assessment a WHERE a.annotator = ? AND a.document = d.id AND a.status <> 'new')"
	saidToBe   = "EXISTS (SELECT 1 FROM assessment a WHERE a.annotator = ? AND a.document = d.id AND a.status = ?)"
	reviewed   = "d.id IN (SELECT r.document FROM review r WHERE r.annotator = ?)"
	unreviewed = `(NOT EXISTS (SELECT 1 FROM review r WHERE r.annotator = ?)
		OR NOT EXISTS (SELECT 1 FROM review r WHERE r.annotator = ? AND r.document = d.id))`
)

// standing returns the condition that the work on a document is in q's status, "" for none.
// Of the own work what is in review or final is done, too, and what was returned in progress.
func (q DocumentQuery) standing() (string, []any) {
	who := cmp.Or(q.By, q.Annotator)
	switch {
	case q.Status == "" && q.By == "":
		return "", nil
	case q.Status == "":
		return "(" + begun + " OR " + reviewed + ")", []any{who, who}
	case q.Status == annotate.New: // which is also what nobody has said anything of
		return "NOT " + begun + " AND " + unreviewed, []any{who, who, who}
	case q.Status.Base() != q.Status:
		return "d.id IN (SELECT r.document FROM review r WHERE r.status = ? AND (? OR r.annotator = ?))", []any{q.Status, q.Judges && q.By == "", who}
	case q.By != "":
		return saidToBe + " AND " + unreviewed, []any{who, q.Status, who, who}
	}
	return "(" + saidToBe + " AND " + unreviewed + " OR d.id IN (SELECT r.document FROM review r WHERE r.annotator = ? AND (r.status = 'returned') = ?))",
		[]any{who, q.Status, who, who, who, q.Status == annotate.InProgress}
}

// heard is the condition on an open comment that it is about a document or about what is
// in the layer of one annotator; it always holds if that is "".
const heard = `CASE ? WHEN '' THEN 1
	WHEN (SELECT x.annotator FROM span x WHERE x.id = u.span) THEN 1
	WHEN (SELECT x.annotator FROM relation x WHERE x.id = u.relation) THEN 1
	ELSE u.span = '' AND u.relation = '' END`

// only returns the annotator whose layer alone is seen, "" if all are.
func (q DocumentQuery) only() string {
	if q.Blind {
		return q.Annotator
	}
	return ""
}

// AnyFlag stands for every flag in a DocumentQuery.
const AnyFlag = "*"

// flagged returns the condition that a document, or an annotation in it, has q's flag.
func (q DocumentQuery) flagged() (condition string, args []any) {
	var parts []string
	for _, table := range []string{"assessment", "span", "relation", "record"} {
		part := "SELECT document FROM " + table + " WHERE annotator = ? AND flag <> ''"
		args = append(args, q.Annotator)
		if q.Flag != AnyFlag {
			part += " AND flag = ?"
			args = append(args, q.Flag)
		}
		parts = append(parts, part)
	}
	return "d.id IN (" + strings.Join(parts, " UNION ALL ") + ")", args
}

// Documents returns one page of the documents that match, in the order they were added.
func (p *Project) Documents(q DocumentQuery) ([]DocumentRow, error) {
	if q.Limit == 0 {
		q.Limit = -1
	}
	condition, inner := q.where()
	args := append([]any{q.Annotator, q.Annotator, q.only(), q.Judges, q.Annotator, q.Annotator, q.Annotator}, inner...)
	args = append(args, q.Limit, q.Offset)
	var rows []DocumentRow
	// The page is found on the index alone; only its rows are looked up.
	err := each(p.reading, `SELECT d.id, d.name, d.meta, t.size, coalesce(r.status, a.status, 'new'), coalesce(a.flag, ''), coalesce(a.scheme, 0),
			(SELECT count(*) FROM span s WHERE s.document = d.id AND s.annotator = ?),
			(SELECT count(*) FROM relation r WHERE r.document = d.id AND r.annotator = ?),
			(SELECT count(DISTINCT u.thread) FROM unsettled u WHERE u.document = d.id AND `+heard+`),
			(SELECT count(*) FROM review w WHERE ? AND w.document = d.id AND w.annotator <> ? AND w.status = 'in_review')
		FROM document d JOIN text t ON t.hash = d.text
			LEFT JOIN assessment a ON a.annotator = ? AND a.document = d.id
			LEFT JOIN review r ON r.annotator = ? AND r.document = d.id
		WHERE d.id IN (SELECT d.id FROM document d WHERE `+condition+` ORDER BY d.added, d.id LIMIT ? OFFSET ?)
		ORDER BY d.added, d.id`, args, func(scan func(...any) error) error {
		var r DocumentRow
		var meta string
		err := scan(&r.ID, &r.Name, &meta, &r.Size, &r.Status, &r.Flag, &r.Scheme, &r.Spans, &r.Relations, &r.Threads, &r.Waiting)
		if err == nil {
			r.Meta, err = readJSON[string](meta)
		}
		rows = append(rows, r)
		return err
	})
	return rows, p.fault(err)
}

// DocumentSize is a document with the size of its text in bytes.
type DocumentSize struct {
	ID   annotate.ID
	Size int
}

// sizesPage is how many documents [Project.DocumentSizes] reads at once.
const sizesPage = 5000

// DocumentSizes yields all documents that are there now, in the order they were added, page by page. Ones that
// are removed before their page is read do not come.
func (p *Project) DocumentSizes() iter.Seq2[[]DocumentSize, error] {
	return func(yield func([]DocumentSize, error) bool) {
		until, err := p.Clock()
		if err != nil {
			yield(nil, err)
			return
		}
		added, id := int64(-1), annotate.ID("")
		for {
			var page []DocumentSize
			err := each(p.reading, `SELECT d.id, t.size, d.added FROM document d JOIN text t ON t.hash = d.text
				WHERE (d.added, d.id) > (?, ?) AND d.added <= ? ORDER BY d.added, d.id LIMIT ?`, []any{added, id, int64(until), sizesPage},
				func(scan func(...any) error) error {
					var d DocumentSize
					err := scan(&d.ID, &d.Size, &added)
					id = d.ID
					page = append(page, d)
					return err
				})
			if err != nil {
				yield(nil, p.fault(err))
				return
			}
			if len(page) > 0 && !yield(page, nil) || len(page) < sizesPage {
				return
			}
		}
	}
}

// CountDocuments returns how many documents match; Offset and Limit do not matter.
func (p *Project) CountDocuments(q DocumentQuery) (int, error) {
	condition, args := q.where()
	var n int
	_, err := one(p.reading, "SELECT count(*) FROM document d WHERE "+condition, args, &n)
	return n, p.fault(err)
}

// Position returns the index, from 0, of a document among those that match; ok
// is false when it is not among them.
func (p *Project) Position(q DocumentQuery, id annotate.ID) (index int, ok bool, err error) {
	condition, args := q.where()
	err = p.read(func(on source) error {
		var added int64
		ok, err = one(on, "SELECT d.added FROM document d WHERE d.id = ? AND "+condition, append([]any{id}, args...), &added)
		if err != nil || !ok {
			return err
		}
		_, err = one(on, "SELECT count(*) FROM document d WHERE (d.added, d.id) < (?, ?) AND "+condition,
			append([]any{added, id}, args...), &index)
		return err
	})
	return index, ok && err == nil, err
}

// Progress counts one annotator's documents by how far the work is.
type Progress struct {
	Total, Done, InProgress, Flagged int
}

// Progress returns how far an annotator is with the whole project.
func (p *Project) Progress(annotator string) (Progress, error) {
	var progress Progress
	err := p.read(func(on source) error {
		if _, err := one(on, "SELECT count(*) FROM document", nil, &progress.Total); err != nil {
			return err
		}
		if _, err := one(on, `SELECT coalesce(sum(a.status = 'done'), 0), coalesce(sum(a.status = 'in_progress'), 0),
				coalesce(sum(a.flag <> ''), 0)
			FROM assessment a JOIN document d ON d.id = a.document WHERE a.annotator = ?`, []any{annotator},
			&progress.Done, &progress.InProgress, &progress.Flagged); err != nil {
			return err
		}
		// Few documents have reviews, of which few mean something else than their annotator says.
		var returned, judged, begun int
		if _, err := one(on, `SELECT coalesce(sum(r.status = 'returned' AND a.status = 'done'), 0),
				coalesce(sum(r.status <> 'returned' AND a.status <> 'done'), 0),
				coalesce(sum(r.status <> 'returned' AND a.status = 'in_progress'), 0) - coalesce(sum(r.status = 'returned' AND a.status <> 'in_progress'), 0)
			FROM review r JOIN assessment a ON a.annotator = r.annotator AND a.document = r.document JOIN document d ON d.id = r.document
			WHERE r.annotator = ?`, []any{annotator}, &returned, &judged, &begun); err != nil {
			return err
		}
		progress.Done += judged - returned
		progress.InProgress -= begun
		return nil
	})
	return progress, err
}

// Next returns the document after from in the order they were added, or the one
// before it; unfinishedOnly passes over those the annotator has done. ok is false
// at the end. From "", or from a document that is gone, it starts at that end of
// the list where the walk begins.
func (p *Project) Next(annotator string, from annotate.ID, forward, unfinishedOnly bool) (next annotate.ID, ok bool, err error) {
	beyond, order := "(d.added, d.id) > (?, ?)", "d.added, d.id"
	if !forward {
		beyond, order = "(d.added, d.id) < (?, ?)", "d.added DESC, d.id DESC"
	}
	err = p.read(func(on source) error {
		condition, args := "1", []any(nil)
		var added int64
		known, err := one(on, "SELECT added FROM document WHERE id = ?", []any{from}, &added)
		if err != nil {
			return err
		}
		if known {
			condition, args = beyond, []any{added, from}
		}
		if unfinishedOnly {
			condition += ` AND NOT EXISTS (SELECT 1 FROM assessment a
				WHERE a.annotator = ? AND a.document = d.id AND a.status = 'done')`
			args = append(args, annotator)
		}
		ok, err = one(on, "SELECT d.id FROM document d WHERE "+condition+" ORDER BY "+order+" LIMIT 1", args, &next)
		return err
	})
	return next, ok && err == nil, err
}

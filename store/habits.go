package store

import "spanwright/annotate"

// Pair is how two fillers of a relation stood to each other in the text, by their roles.
type Pair struct {
	Relation, Role, Other string
	// Here is the extent of what plays Role, There of what plays Other; bytes of their document.
	Here, There annotate.Fragment
}

// recentRelations is how many relations Pairs looks at.
const recentRelations = 1000

// Pairs returns every two fillers of the relations that an annotator made last, both ways
// round, where both are spans of the relation's own document.
func (p *Project) Pairs(annotator string) ([]Pair, error) {
	var found []Pair
	err := each(p.reading, `WITH own AS (SELECT id, label FROM relation WHERE annotator = ? ORDER BY id DESC LIMIT ?),
			filled AS MATERIALIZED (SELECT o.id, o.label, a.ordinal, a.role,
				(SELECT min(f.start_byte) FROM fragment f WHERE f.span = a.span) AS start,
				(SELECT max(f.end_byte) FROM fragment f WHERE f.span = a.span) AS "end"
			FROM own o JOIN argument a ON a.relation = o.id WHERE a.span <> '' AND a.document = '')
		SELECT x.label, x.role, y.role, x.start, x."end", y.start, y."end"
		FROM filled x JOIN filled y ON y.id = x.id AND y.ordinal <> x.ordinal AND y.role <> x.role
		WHERE x.start IS NOT NULL AND y.start IS NOT NULL`, []any{annotator, recentRelations}, func(scan func(...any) error) error {
		var pair Pair
		err := scan(&pair.Relation, &pair.Role, &pair.Other, &pair.Here.Start, &pair.Here.End, &pair.There.Start, &pair.There.End)
		found = append(found, pair)
		return err
	})
	return found, p.fault(err)
}

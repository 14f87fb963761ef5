package store

import "spanwright/annotate"

// Quotation is what a span covers, and the name of the document it is in.
type Quotation struct{ Words, Document string }

// Quotations returns what some spans of a label cover in an annotator's layers, the latest
// document first and one of each but the one named; at most so many. Those with a flag are left out.
func (p *Project) Quotations(annotator, label string, except annotate.ID, most int) ([]Quotation, error) {
	var found []Quotation
	err := each(p.reading, `SELECT s.covered, d.name FROM (
			SELECT document, min(id) AS id FROM span WHERE annotator = ? AND label = ? AND flag = '' AND document <> ?
			GROUP BY document ORDER BY document DESC LIMIT ?) g
		JOIN span s ON s.id = g.id JOIN document d ON d.id = s.document
		WHERE s.covered IS NOT NULL ORDER BY s.document DESC`, []any{annotator, label, except, most}, func(scan func(...any) error) error {
		var q Quotation
		err := scan(&q.Words, &q.Document)
		found = append(found, q)
		return err
	})
	return found, p.fault(err)
}

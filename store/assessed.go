package store

import "spanwright/annotate"

// Assessment returns what an annotator has said of a document as a whole, nil if
// nothing was ever said; [Project.Layer] does not tell that from New.
func (p *Project) Assessment(document annotate.ID, annotator string) (*annotate.Assessment, error) {
	found, err := assessments(p.reading, "document = ? AND annotator = ?", document, annotator)
	if err != nil || len(found) == 0 {
		return nil, p.fault(err)
	}
	return found[0], nil
}

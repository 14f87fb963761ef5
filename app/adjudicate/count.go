package adjudicate

import (
	"spanwright/annotate"
)

// countedAtOnce is how many documents are counted before it is noted: few enough that hardly
// ever anybody has changed something meanwhile, which makes the count worthless.
const countedAtOnce = 20

// Count counts the open differences in some documents in which they are not known, and reports whether there
// may be more.
func (r *Reader) Count() (more bool, err error) {
	if r.Project.ReadOnly() != nil {
		return false, nil
	}
	since, err := r.Project.Clock()
	if err != nil {
		return false, err
	}
	ids, err := r.Project.Uncounted(countedAtOnce)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	open := map[annotate.ID]int{}
	for _, id := range ids {
		if open[id], err = r.open(id); err != nil {
			return false, err
		}
	}
	return true, r.Project.NoteDifferences(open, since)
}

// open counts the open differences in a document.
func (r *Reader) open(document annotate.ID) (n int, err error) {
	names, err := r.Project.Annotators(document)
	if err != nil || len(names) < 2 { // one alone differs from nobody
		return 0, err
	}
	desk, err := r.OpenStored(document)
	if err != nil {
		return 0, err
	}
	for _, c := range desk.Cases() {
		if c.Differs() {
			n++
		}
	}
	return n, nil
}

// Next returns the document after from, or before it, that has open differences, and counts them where they
// are not known; ok is false if no other has.
func (r *Reader) Next(from annotate.ID, forward bool) (next annotate.ID, ok bool, err error) {
	passed := map[annotate.ID]bool{}
	for at := from; ; {
		found, counted, ok, err := r.Project.NextDiffering(at, forward)
		if err != nil || !ok || found == from || passed[found] {
			return "", false, err
		}
		if counted {
			return found, true, nil
		}
		passed[found] = true
		at = found
		since, err := r.Project.Clock()
		if err != nil {
			return "", false, err
		}
		n, err := r.open(found)
		if err != nil {
			return "", false, err
		}
		if n > 0 {
			return found, true, nil
		}
		if err := r.Project.NoteDifferences(map[annotate.ID]int{found: 0}, since); err != nil {
			return "", false, err
		}
	}
}

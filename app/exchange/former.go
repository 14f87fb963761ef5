package exchange

import (
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// readings are what was taken in by another name than it had in the file: a sentence
// for each, by what was read.
type readings map[annotate.State][]string

// rename makes what is called by former names in a file be called by the present ones
// of the project's scheme. It returns what was done, and the relations' labels in the
// file where they were others.
func (im *importer) rename(r *dataset.Record) (said readings, labels map[annotate.ID]string) {
	if im.former == nil || im.former.To != im.scheme {
		im.former = im.scheme.Former()
	}
	said = readings{}
	if len(im.former.Steps) == 0 && im.mapping == nil {
		return said, nil
	}
	labels = map[annotate.ID]string{}
	for _, relation := range r.Relations {
		labels[relation.ID] = relation.Label
	}
	if len(im.former.Steps) == 0 {
		return said, labels
	}
	renameAll(im.former, r.Spans, said)
	renameAll(im.former, r.Relations, said)
	renameAll(im.former, r.Records, said)
	if r.Assessment != nil {
		assessment := []*annotate.Assessment{r.Assessment}
		renameAll(im.former, assessment, said)
		r.Assessment = assessment[0]
	}
	return said, labels
}

// renameAll puts states in the present words, in place.
func renameAll[S annotate.State](former *annotate.Revision, states []S, said readings) {
	for i, state := range states {
		after, touched := former.Of(state)
		if after == nil || len(touched) == 0 {
			continue
		}
		states[i] = after.(S)
		for _, t := range touched {
			step := &former.Steps[t.Step]
			sentence := fmt.Sprintf("%s was taken for %s", step.Item(), step.To)
			if t.Fate == annotate.Drop {
				sentence = fmt.Sprintf("%s was left out beside a value of %s", step.Item(), step.To)
			}
			said[after] = append(said[after], sentence)
		}
	}
}

// countReadings counts what was said of changes that were written.
func (im *importer) countReadings(e *entry) {
	for _, c := range e.changes {
		for _, sentence := range e.readings[c.After] {
			im.renamed.Add(sentence)
		}
	}
	for _, sentence := range e.left {
		im.renamed.Add(sentence)
	}
}

// sayReadings puts into the report how often something was taken for something else.
func (im *importer) sayReadings() {
	for _, l := range im.renamed {
		times := "once"
		if l.Count > 1 {
			times = fmt.Sprintf("%d times", l.Count)
		}
		im.report.Remarks = append(im.report.Remarks, dataset.Remark{Sentence: l.What + ", " + times})
	}
}

package labelstudio

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// task is a text with the annotations made of it.
type task struct {
	in          dataset.Input
	line        int
	name        string
	source      source
	meta        map[string]string
	annotations []dataset.Fields
	remarks     []string
}

// decode reads the n-th task of a file: a record for each annotation of it, and one for a task without any.
func decode(in dataset.Input, v dataset.JSONValue, n int, known map[string]asked) ([]*dataset.Record, error) {
	fields, err := dataset.ParseFields(v.Raw)
	if err != nil {
		return nil, err
	}
	t := &task{in: in, line: v.Line, meta: map[string]string{}}
	if fields.Has("data") {
		err = t.full(fields)
	} else {
		err = t.flat(fields, known)
	}
	if err != nil {
		return nil, err
	}
	if t.name == "" {
		number := strconv.Itoa(n)
		if fields.Has("id") {
			number = dataset.Plainly(fields["id"])
		}
		t.name = strings.TrimSuffix(in.Numbered(0), "0.txt") + number + ".txt"
	}
	var records []*dataset.Record
	for i, annotation := range t.annotations {
		r, err := t.annotation(annotation)
		if err != nil {
			if len(t.annotations) > 1 {
				err = annotate.Errorf(annotate.Invalid, "annotation %d: %w", i+1, err)
			}
			return nil, dataset.Place(err, in.Path, v.Line)
		}
		records = append(records, r)
	}
	if len(records) == 0 {
		d, err := t.draft()
		if err != nil {
			return nil, err
		}
		r, err := d.Finish(annotate.UTF16)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	for _, sentence := range t.remarks {
		records[0].Remark(in.Path, 0, "%s", sentence)
	}
	return records, nil
}

// full reads a task as it is exported whole.
func (t *task) full(fields dataset.Fields) error {
	data, err := fields.Object("data")
	if err != nil {
		return err
	}
	cancelled := 0
	for _, key := range []string{"annotations", "completions"} { // the old name is the second
		items, err := fields.List(key)
		if err != nil {
			return err
		}
		for i, raw := range items {
			annotation, err := dataset.ParseFields(raw)
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "annotation %d: %w", i+1, err)
			}
			if string(annotation["was_cancelled"]) == "true" {
				cancelled++
				continue
			}
			t.annotations = append(t.annotations, annotation)
		}
	}
	t.remarkOn(cancelled, "an annotation was skipped by its annotator and is left out", "%d annotations were skipped by their annotators and are left out")
	guesses, err := fields.List("predictions")
	if err != nil {
		return err
	}
	t.remarkOn(len(guesses), "a prediction of a model is no annotation and was left out", "%d predictions of models are no annotations and were left out")
	if err := t.find(data, t.annotations, guesses); err != nil {
		return err
	}
	for key := range data {
		if data.Has(key) && key != t.source.key && (key != nameKey || t.name == "") {
			t.meta[key] = dataset.Plainly(data[key])
		}
	}
	if fields.Has("id") && string(fields["numbered"]) != "true" {
		t.meta["id"] = dataset.Plainly(fields["id"])
	}
	return t.objectMeta(fields)
}

func (t *task) remarkOn(n int, one, several string) {
	switch n {
	case 0:
	case 1:
		t.remarks = append(t.remarks, one)
	default:
		t.remarks = append(t.remarks, fmt.Sprintf(several, n))
	}
}

// nameKey is the field of the data that keeps the name of a document.
const nameKey = "name"

// draft begins the record of the task.
func (t *task) draft() (*dataset.Draft, error) {
	d, err := dataset.NewDraft(t.in, t.line, t.name, t.source.text)
	if err != nil {
		return nil, err
	}
	for key, value := range t.meta {
		d.Record.Document.SetMeta(key, value)
	}
	d.Words = sameWords
	return d, nil
}

// sameWords takes a line feed that some versions write as \n for what it is.
func sameWords(covered, said string) bool {
	return covered == said || covered == strings.ReplaceAll(said, `\n`, "\n")
}

// annotation reads what one annotator made of the task.
func (t *task) annotation(fields dataset.Fields) (*dataset.Record, error) {
	draft, err := t.draft()
	if err != nil {
		return nil, err
	}
	d := decoder{task: t, draft: draft, regions: map[string]*region{}, left: map[string]int{}}
	draft.Record.Annotator = annotator(fields)
	if err := d.assessment(fields); err != nil {
		return nil, err
	}
	items, err := fields.List("result")
	if err != nil {
		return nil, err
	}
	for i, raw := range items {
		var x result
		if err := json.Unmarshal(raw, &x); err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "result %d is not of the shape that Label Studio gives it", i+1)
		}
		x.number = i + 1
		if err := d.sort(x); err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "result %d: %w", i+1, err)
		}
	}
	if err := d.put(); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.UTF16)
}

// The states of a document that is not done. Label Studio has no word for them, and what it
// exports is done.
const (
	unfinished = "in_progress"
	untouched  = "new"
)

// assessment reads what is said of the annotation as a whole.
func (d *decoder) assessment(fields dataset.Fields) error {
	status, err := fields.Text("status")
	if err != nil {
		return err
	}
	if status == untouched {
		return nil
	}
	a := &annotate.Assessment{Status: annotate.Done}
	if status == unfinished {
		a.Status = annotate.InProgress
	}
	if a.Flag, err = fields.Text("flag"); err != nil {
		return err
	}
	a.Note, err = fields.Text("note")
	d.draft.Record.Assessment = a
	return err
}

// annotator returns whose annotation it is, "" if it does not say: a name, an address, or
// the number of a user.
func annotator(fields dataset.Fields) string {
	for _, key := range []string{annotatorKey, "completed_by"} {
		if !fields.Has(key) {
			continue
		}
		var user struct {
			ID    json.RawMessage `json:"id"`
			Email string          `json:"email"`
			First string          `json:"first_name"`
			Last  string          `json:"last_name"`
		}
		if json.Unmarshal(fields[key], &user) == nil {
			number := ""
			if user.ID != nil {
				number = numbered(user.ID)
			}
			return cmp.Or(user.Email, strings.TrimSpace(user.First+" "+user.Last), number)
		}
		return numbered(fields[key])
	}
	return ""
}

// numbered returns a name, or what a user is called who has only a number.
func numbered(raw json.RawMessage) string {
	if len(raw) > 0 && raw[0] >= '0' && raw[0] <= '9' {
		return "user " + string(raw)
	}
	return dataset.Plainly(raw)
}

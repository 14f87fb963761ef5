package argilla

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields a record for each user who answered about each record, and one of nobody for
// a record that nobody answered.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		field := fieldOf(filepath.Join(filepath.Dir(in.Path), hiddenName, settingsName))
		number := 0
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			number++
			var records []*dataset.Record
			if err == nil {
				records, err = decode(in, v.Line, number, field, v.Raw)
			}
			if err != nil && !yield(nil, dataset.Place(err, in.Path, v.Line)) {
				return
			}
			for _, r := range records {
				r.End = v.End
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// fieldOf returns the field that the question about spans is about, "" where no settings say so.
func fieldOf(path string) string {
	raw, err := dataset.ReadFile(path)
	if err != nil {
		return ""
	}
	var settings struct {
		Questions []struct {
			Settings struct{ Type, Field string }
		}
	}
	if json.Unmarshal(raw, &settings) != nil {
		return ""
	}
	for _, q := range settings.Questions {
		if q.Settings.Type == spanKind {
			return q.Settings.Field
		}
	}
	return ""
}

// decoder reads one record.
type decoder struct {
	in           dataset.Input
	line, number int
	name, text   string
	metadata     map[string]string
	guesses      int
	answers      map[string][]answer // by user
	users        []string            // in order
	known        map[string]annotator
}

// answer is what a user says to a question.
type answer struct {
	question string
	value    json.RawMessage
}

func decode(in dataset.Input, line, number int, field string, raw []byte) ([]*dataset.Record, error) {
	record, err := dataset.ParseFields(raw)
	if err != nil {
		return nil, err
	}
	d := &decoder{in: in, line: line, number: number, metadata: map[string]string{}, answers: map[string][]answer{}, known: map[string]annotator{}}
	for _, step := range []func(dataset.Fields) error{
		func(f dataset.Fields) error { return d.fields(f, field) }, d.meta, d.annotators, d.responses,
	} {
		if err := step(record); err != nil {
			return nil, err
		}
	}
	var records []*dataset.Record
	if len(d.users) == 0 {
		r, err := d.layer("")
		return append(records, r), err
	}
	for _, user := range d.users {
		r, err := d.layer(user)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// fields finds the text: the field that spans are about, else "text", else the longest.
func (d *decoder) fields(record dataset.Fields, field string) error {
	fields, err := record.Object("fields")
	if err != nil {
		return err
	}
	texts := map[string]string{}
	longest := ""
	for _, name := range annotate.SortedKeys(fields) {
		if raw := fields[name]; len(raw) > 0 && raw[0] == '"' {
			texts[name] = dataset.Plainly(raw)
			if longest == "" || len(texts[name]) > len(texts[longest]) {
				longest = name
			}
		}
	}
	if len(texts) == 0 {
		return annotate.Errorf(annotate.Invalid, "no field of the record is a text")
	}
	for _, name := range []string{field, "text", longest} {
		if text, ok := texts[name]; ok {
			d.text = text
			delete(fields, name)
			break
		}
	}
	for name := range fields {
		if fields.Has(name) {
			d.metadata[name] = dataset.Plainly(fields[name])
		}
	}
	if record.Has("id") {
		d.name = dataset.Plainly(record["id"])
	}
	return nil
}

func (d *decoder) meta(record dataset.Fields) error {
	metadata, err := record.Object("metadata")
	for name := range metadata {
		if metadata.Has(name) {
			d.metadata[name] = dataset.Plainly(metadata[name])
		}
	}
	return err
}

// annotators reads what is written here beside Argilla's own keys.
func (d *decoder) annotators(record dataset.Fields) error {
	var all []annotator
	if record.Has("annotators") && json.Unmarshal(record["annotators"], &all) != nil {
		return annotate.Errorf(annotate.Invalid, `"annotators" must be a list of objects with user_id and name`)
	}
	for _, a := range all {
		if _, twice := d.known[string(a.User)]; twice || a.User == "" || a.Name == "" {
			return annotate.Errorf(annotate.Invalid, "an annotator has no user_id or name, or stands twice")
		}
		d.known[string(a.User)] = a
		d.users = append(d.users, string(a.User))
	}
	return nil
}

// responses sorts the answers by who gave them.
func (d *decoder) responses(record dataset.Fields) error {
	suggestions, err := record.Object("suggestions")
	if err != nil {
		return err
	}
	d.guesses = len(suggestions)
	responses, err := record.Object("responses")
	if err != nil {
		return err
	}
	for _, question := range annotate.SortedKeys(responses) {
		items, err := responses.List(question)
		if err != nil {
			return err
		}
		for i, raw := range items {
			item, err := dataset.ParseFields(raw)
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "response %d to %q: %w", i+1, question, err)
			}
			user := ""
			if item.Has("user_id") {
				user = dataset.Plainly(item["user_id"])
			}
			if !slices.Contains(d.users, user) {
				d.users = append(d.users, user)
			}
			d.answers[user] = append(d.answers[user], answer{question, item["value"]})
		}
	}
	return nil
}

// layer returns what one user says; that of "" is nobody's if there is nothing in it.
func (d *decoder) layer(user string) (*dataset.Record, error) {
	name := d.name
	if name == "" {
		name = d.in.Numbered(d.number)
	}
	draft, err := dataset.NewDraft(d.in, d.line, name, d.text)
	if err != nil {
		return nil, err
	}
	r := draft.Record
	for field, value := range d.metadata {
		r.Document.SetMeta(field, value)
	}
	if d.guesses > 0 {
		r.Remark(d.in.Path, d.line, "%d suggestions of models are no annotations and were left out", d.guesses)
	}
	own, known := d.known[user]
	switch {
	case known:
		r.Annotator = own.Name
	case user != "":
		r.Annotator = "user " + user
	}
	if known && (own.Status != annotate.New || len(own.Labels) > 0) {
		r.Assessment = &annotate.Assessment{Status: own.Status, Labels: own.Labels, Flag: own.Flag, Note: own.Note}
	}
	for _, a := range d.answers[user] {
		if err := answered(draft, a, known); err != nil {
			return nil, err
		}
	}
	return draft.Finish(annotate.CodePoint)
}

// answered adds an answer: spans, or an attribute of the document, unless what is known of
// the annotator says it in its own words.
func answered(draft *dataset.Draft, a answer, known bool) error {
	var items []dataset.Fields
	if json.Unmarshal(a.value, &items) == nil && (len(items) > 0 || a.question == spansQuestion) && !slices.ContainsFunc(items, func(f dataset.Fields) bool { return !f.Has("start") }) {
		for i, item := range items {
			if err := addSpan(draft, fmt.Sprintf("span %d of %q", i+1, a.question), item); err != nil {
				return err
			}
		}
		return nil
	}
	if known {
		return nil
	}
	for name, v := range (dataset.Fields{a.question: a.value}).Values() {
		draft.Label(name, v)
	}
	return nil
}

func addSpan(draft *dataset.Draft, name string, item dataset.Fields) error {
	var part dataset.Part
	var err error
	if part.Start, err = item.Offset("start"); err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	if part.End, err = item.Offset("end"); err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	label, err := item.Text("label")
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	if item.Has("text") { // which Argilla 1 wrote
		part.Words, err = item.Text("text")
		part.Quoted = true
	}
	draft.Span(dataset.DraftSpan{Name: name, Label: label, Parts: []dataset.Part{part}})
	return err
}

package argilla

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
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
	gone         []string // annotators whose responses somebody took out
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
		func(f dataset.Fields) error { return d.fields(f, field) }, d.meta, d.responses,
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
		if a, known := d.known[user]; known && a.answered() && len(d.answers[user]) == 0 {
			d.gone = append(d.gone, a.Name)
			continue
		}
		r, err := d.layer(user)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	if len(records) == 0 {
		r, err := d.layer("")
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	if len(d.gone) > 0 {
		records[0].Remark(in.Path, line, "there are no responses any more of %s, whose work was left out", strings.Join(d.gone, ", "))
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

// meta reads the metadata, and what is written here among them.
func (d *decoder) meta(record dataset.Fields) error {
	metadata, err := record.Object("metadata")
	if err != nil {
		return err
	}
	for name := range metadata {
		if !metadata.Has(name) {
			continue
		}
		text := dataset.Plainly(metadata[name])
		if name == aside.Key && strings.HasPrefix(text, "{") {
			if err := d.annotators([]byte(text)); err != nil {
				return err
			}
			continue
		}
		d.metadata[name] = text
	}
	return nil
}

// annotators reads what Argilla has no place for.
func (d *decoder) annotators(raw []byte) error {
	var read more
	if json.Unmarshal(raw, &read) != nil {
		return annotate.Errorf(annotate.Invalid, "%q of the metadata is not of the shape that is written here", aside.Key)
	}
	if read.Metadata != "" {
		d.metadata[aside.Key] = read.Metadata
	}
	for _, a := range read.Annotators {
		if _, twice := d.known[string(a.User)]; twice || a.User == "" || a.Name == "" || d.userOf(a.Name) != "" {
			return annotate.Errorf(annotate.Invalid, "an annotator has no user_id or name, or stands twice")
		}
		if a.Aside != nil {
			if err := a.Aside.Ready(); err != nil {
				return err
			}
		}
		d.known[string(a.User)] = a
		d.users = append(d.users, string(a.User))
	}
	return nil
}

// userOf returns the user_id of an annotator that the record knows, "" if it does not.
func (d *decoder) userOf(name string) string {
	for _, user := range d.users {
		if d.known[user].Name == name {
			return user
		}
	}
	return ""
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
			user := d.userOf(d.in.Annotator) // what names nobody is that of whoever imports
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
	for name, v := range own.Labels {
		draft.Label(name, v)
	}
	l := layer{draft: draft, own: own, keys: map[string]bool{}}
	for _, a := range d.answers[user] {
		if err := l.answer(a); err != nil {
			return nil, err
		}
	}
	if own.Aside != nil {
		if lost := own.Relate(draft, l.keys); lost > 0 {
			r.Remark(d.in.Path, d.line, "relations were left out whose arguments are no spans any more: %d", lost)
		}
		own.Assess(draft)
	}
	return draft.Finish(annotate.CodePoint)
}

// layer is what one user says.
type layer struct {
	draft *dataset.Draft
	own   annotator
	keys  map[string]bool // of spans
}

// answer adds an answer: spans, or an attribute of the document, unless what is written here
// says the same in its own words.
func (l *layer) answer(a answer) error {
	var items []dataset.Fields
	if json.Unmarshal(a.value, &items) == nil && (len(items) > 0 || a.question == spansQuestion) && !slices.ContainsFunc(items, func(f dataset.Fields) bool { return !f.Has("start") }) {
		for i, item := range items {
			if err := l.span(fmt.Sprintf("span %d of %q", i+1, a.question), item); err != nil {
				return err
			}
		}
		return nil
	}
	for name, v := range (dataset.Fields{a.question: a.value}).Values() {
		if ours, said := l.own.Labels[name]; !said || !slices.Equal(chosen(ours), chosen(v)) {
			l.draft.Label(name, v)
		}
	}
	return nil
}

// chosen returns a value as Argilla has it: names of choices, or one text.
func chosen(v annotate.Value) []string {
	if all, several := v.Choices(); several {
		return all
	}
	return []string{v.String()}
}

func (l *layer) span(name string, item dataset.Fields) error {
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
	made := dataset.DraftSpan{Key: fmt.Sprintf("span %d", l.draft.Spans()+1), Name: name, Label: label, Parts: []dataset.Part{part}}
	l.own.Take(&made)
	l.keys[made.Key] = true
	l.draft.Span(made)
	return err
}

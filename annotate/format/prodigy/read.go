package prodigy

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"regexp"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the record of each line.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			var r *dataset.Record
			if err == nil {
				r, err = decode(in, v)
			}
			if err != nil {
				err = dataset.Place(err, in.Path, v.Line)
			} else {
				r.End = v.End
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// own are the keys that are not metadata of the text: those that are read, and those
// that are about the task alone.
var own = []string{
	"text", "spans", "relations", "label", "accept", "answer", "meta", "_annotator_id", "_session_id", "name", "attributes", "note", "flag",
	"tokens", "options", "_task_hash", "_view_id", "_timestamp", "_is_binary", "priority", "score", "config", "html", "style",
}

// untouched is what is written as the status of a task on which its annotator has done
// nothing yet; any other status is metadata.
const untouched = "new"

func (d *decoder) untouched() bool {
	return !d.fields.Has("answer") && string(d.fields["status"]) == strconv.Quote(untouched)
}

// The answers.
const (
	accept = "accept"
	reject = "reject"
	ignore = "ignore"
)

// inputHash is the metadata field that keeps what Prodigy knows a text by.
const inputHash = "_input_hash"

// decode reads a task.
func decode(in dataset.Input, v dataset.JSONValue) (*dataset.Record, error) {
	fields, err := dataset.ParseFields(v.Raw)
	if err != nil {
		return nil, err
	}
	if !fields.Has("text") {
		return nil, annotate.Errorf(annotate.Invalid, `it has no "text"`)
	}
	text, err := fields.Text("text")
	if err != nil {
		return nil, err
	}
	draft, err := dataset.NewDraft(in, v.Line, name(in, fields, text), text)
	if err != nil {
		return nil, err
	}
	d := decoder{draft: draft, answer: accept, fields: fields}
	if fields.Has("answer") {
		if d.answer, err = fields.Text("answer"); err != nil {
			return nil, err
		}
	}
	if d.answer != accept && d.answer != reject && d.answer != ignore {
		return nil, annotate.Errorf(annotate.Invalid, "the answer is %q, which is none of accept, reject and ignore", d.answer)
	}
	draft.Record.Annotator = annotator(fields)
	if err := d.task(in); err != nil {
		return nil, err
	}
	if d.untouched() {
		delete(fields, "status")
	}
	if err := fields.SetRest(draft.Record.Document, own); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.CodePoint)
}

// name returns what the document is called: its name, or the file with what the text is
// known by, so that all tasks about it speak of one document.
func name(in dataset.Input, fields dataset.Fields, text string) string {
	if name, err := fields.Text("name"); err == nil && name != "" {
		return name
	}
	known := annotate.HashText(text)[:8]
	if fields.Has(inputHash) {
		known = dataset.Plainly(fields[inputHash])
	}
	return in.Numbered(0)[:len(in.Numbered(0))-len("0.txt")] + known + ".txt"
}

// whenever matches the names of sessions that Prodigy makes of the time.
var whenever = regexp.MustCompile(`^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$`)

// annotator returns who answered, "" if the task does not say.
func annotator(fields dataset.Fields) string {
	for _, key := range []string{"_annotator_id", "_session_id"} {
		if name, err := fields.Text(key); err == nil && name != "" && !whenever.MatchString(name) {
			return name
		}
	}
	return ""
}

// decoder puts the record of a task together.
type decoder struct {
	draft  *dataset.Draft
	answer string
	fields dataset.Fields
	spans  []placed
	tokens []placed
}

// placed is a span or token of the task.
type placed struct {
	key, label           string
	start, end           int
	tokenStart, tokenEnd int // the last one included; -1 where they are not said
}

// task reads what was answered.
func (d *decoder) task(in dataset.Input) error {
	items, err := d.fields.List("spans")
	if err != nil {
		return err
	}
	if err := d.classes(); err != nil {
		return err
	}
	if err := d.document(in); err != nil {
		return err
	}
	if d.answer != accept {
		if len(items) > 0 && d.answer == reject {
			d.draft.Record.Remark(in.Path, 0, "its answer is reject, which says that its spans are wrong; they were left out")
		}
		return nil
	}
	for i, raw := range items {
		if err := d.span(fmt.Sprintf("span %d", i+1), raw); err != nil {
			return annotate.Errorf(annotate.Invalid, "span %d: %w", i+1, err)
		}
	}
	return d.relations(in)
}

// document reads what is said of the document as a whole.
func (d *decoder) document(in dataset.Input) error {
	attributes, err := d.fields.Object("attributes")
	if err != nil {
		return err
	}
	for name, v := range attributes.Values() {
		d.draft.Label(name, v)
	}
	flag, note, err := said(d.fields)
	if err != nil {
		return err
	}
	d.draft.Note(note)
	if d.answer == ignore {
		flag = ignore
	}
	r := d.draft.Record
	if flag != "" || d.fields.Has("answer") || r.Annotator != "" {
		if r.Assessment == nil {
			r.Assessment = &annotate.Assessment{Status: annotate.InProgress}
		}
		r.Assessment.Flag = flag
		if d.answer != ignore && d.fields.Has("answer") {
			r.Assessment.Status = annotate.Done
		}
		if d.untouched() {
			r.Assessment.Status = annotate.New
		}
	}
	return nil
}

// classes reads the class that was asked about, and the options that were chosen.
func (d *decoder) classes() error {
	if d.fields.Has("label") {
		label, err := d.fields.Text("label")
		if err != nil {
			return err
		}
		if d.answer != ignore && label != "" && !d.fields.Has("spans") {
			d.draft.Label(label, annotate.Bool(d.answer == accept))
		}
	}
	chosen, err := d.fields.List("accept")
	if err != nil {
		return err
	}
	if d.answer != accept || !d.fields.Has("accept") {
		return nil
	}
	names := make([]string, len(chosen))
	for i, raw := range chosen {
		names[i] = dataset.Plainly(raw)
	}
	d.draft.Label("accept", annotate.Choices(names...))
	return nil
}

// span reads a span; one that was itself rejected is left out.
func (d *decoder) span(name string, raw json.RawMessage) error {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return err
	}
	p, err := place(fields)
	if err != nil {
		return err
	}
	p.key = name
	s := dataset.DraftSpan{Key: name, Name: name, Label: p.label, Parts: []dataset.Part{{Start: p.start, End: p.end}}}
	if answer, err := fields.Text("answer"); err != nil || answer == reject {
		return err
	}
	if fields.Has("text") {
		if s.Parts[0].Words, err = fields.Text("text"); err != nil {
			return err
		}
		s.Parts[0].Quoted = true
	}
	attributes, err := fields.Object("attributes")
	if err != nil {
		return err
	}
	s.Attributes = attributes.Values()
	if s.Flag, s.Note, err = said(fields); err != nil {
		return err
	}
	d.spans = append(d.spans, p)
	d.draft.Span(s)
	return nil
}

// said reads a flag and a note.
func said(fields dataset.Fields) (flag, note string, err error) {
	if flag, err = fields.Text("flag"); err != nil {
		return "", "", err
	}
	note, err = fields.Text("note")
	return flag, note, err
}

// place reads where a span or token stands.
func place(fields dataset.Fields) (placed, error) {
	p := placed{tokenStart: -1, tokenEnd: -1}
	var err error
	if p.start, err = fields.Offset("start"); err != nil {
		return p, err
	}
	if p.end, err = fields.Offset("end"); err != nil {
		return p, err
	}
	if p.label, err = fields.Text("label"); err != nil {
		return p, err
	}
	if first, err := fields.Offset("token_start"); err == nil {
		if last, err := fields.Offset("token_end"); err == nil {
			p.tokenStart, p.tokenEnd = first, last
		}
	}
	return p, nil
}

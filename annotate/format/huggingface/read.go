package huggingface

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// readJSON yields the record of each row.
func readJSON(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		number := 0
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			number++
			var r *dataset.Record
			if err == nil {
				r, err = decode(in, number, v.Raw)
			}
			if err != nil {
				err = dataset.Place(err, in.Path, v.Line)
			} else {
				r.Line, r.End = v.Line, v.End
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// The columns of others, by the names they may have, the likeliest first.
var (
	textKeys      = []string{"text", "sentence", "content"}
	spansKeys     = []string{"spans", "entities", "ner", "annotations"}
	tagsKeys      = []string{"ner_tags", "tags", "ner", "labels"}
	annotatorKeys = []string{"annotator", "annotator_id"}
	startKeys     = []string{"start", "start_offset", "start_char", "begin"}
	endKeys       = []string{"end", "end_offset", "end_char", "stop"}
	labelKeys     = []string{"label", "type", "tag", "entity", "entity_group", "class"}
	wordsKeys     = []string{"text", "word", "mention"}
)

// decode reads a row, the number-th of its file.
func decode(in dataset.Input, number int, raw []byte) (*dataset.Record, error) {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return nil, err
	}
	if isOwn(fields) {
		return decodeOwn(in, number, raw)
	}
	o := other{in: in, fields: fields, number: number}
	if at, words := kindAt(fields, textKeys, '"'); at != "" && string(words) != "null" {
		err = o.plain(at)
	} else if fields.Has("tokens") {
		err = o.tagged()
	} else {
		return nil, annotate.Errorf(annotate.Invalid, "the row has neither a text nor tokens")
	}
	if err != nil {
		return nil, err
	}
	fields.SetMeta(o.draft.Record.Document) // what is left
	return o.draft.Finish(annotate.CodePoint)
}

// kindAt returns the first of keys whose value begins with a character.
func kindAt(fields dataset.Fields, keys []string, begin byte) (string, json.RawMessage) {
	for _, key := range keys {
		if raw := fields[key]; len(raw) > 0 && raw[0] == begin {
			return key, raw
		}
	}
	return "", nil
}

// other puts the record of a row together that was not written here. What is understood is
// taken from the fields.
type other struct {
	in     dataset.Input
	fields dataset.Fields
	number int
	draft  *dataset.Draft
}

// take returns the text of the first of keys that has one, and removes it.
func (o *other) take(keys []string) string {
	key, raw := kindAt(o.fields, keys, '"')
	if key == "" {
		return ""
	}
	delete(o.fields, key)
	return dataset.Plainly(raw)
}

// begin begins the record of a text.
func (o *other) begin(text string) (err error) {
	if o.draft, err = dataset.NewDraft(o.in, o.number, o.take([]string{"name"}), text); err != nil {
		return err
	}
	o.draft.Record.Annotator = o.take(annotatorKeys)
	return nil
}

// plain reads a row with a text.
func (o *other) plain(at string) error {
	if err := o.begin(o.take([]string{at})); err != nil {
		return err
	}
	for _, key := range spansKeys {
		items, ok := structs(o.fields[key])
		if !ok {
			continue
		}
		delete(o.fields, key)
		for i, item := range items {
			if err := o.span(fmt.Sprintf("span %d", i+1), item); err != nil {
				return err
			}
		}
		break
	}
	if o.fields.Has("label") {
		label := o.fields["label"]
		for name, v := range (dataset.Fields{"label": label}).Values() {
			o.draft.Label(name, v)
		}
		delete(o.fields, "label")
	}
	return nil
}

// structs returns the items of a list of structs, or of a struct of lists, with places in a text.
func structs(raw json.RawMessage) (items []dataset.Fields, ok bool) {
	var columns map[string][]json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		items = nil
		if json.Unmarshal(raw, &columns) != nil {
			return nil, false
		}
		for key, column := range columns {
			for i, v := range column {
				if i == len(items) {
					items = append(items, dataset.Fields{})
				}
				items[i][key] = v
			}
		}
	}
	for _, item := range items {
		if _, start := first(item, startKeys); start == nil {
			return nil, false
		}
	}
	return items, items != nil
}

// first returns the value of the first of keys that is there.
func first(fields dataset.Fields, keys []string) (string, json.RawMessage) {
	for _, key := range keys {
		if fields.Has(key) {
			return key, fields[key]
		}
	}
	return "", nil
}

// span reads a span. What has no meaning of its own is an attribute.
func (o *other) span(name string, fields dataset.Fields) (err error) {
	s := dataset.DraftSpan{Name: name}
	part := dataset.Part{}
	startKey, start := first(fields, startKeys)
	endKey, end := first(fields, endKeys)
	labelKey, label := first(fields, labelKeys)
	if part.Start, err = dataset.ParseOffset(start); err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: its start %w", name, err)
	}
	if part.End, err = dataset.ParseOffset(end); err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: its end %w", name, err)
	}
	switch {
	case label == nil:
	case label[0] == '"':
		s.Label = dataset.Plainly(label)
	default:
		return annotate.Errorf(annotate.Invalid, "%s: its label is %s, and the file does not say what that means; only Parquet files name their labels", name, label)
	}
	wordsKey, words := first(fields, wordsKeys)
	if words != nil && words[0] == '"' {
		part.Words, part.Quoted = dataset.Plainly(words), true
	}
	s.Parts = []dataset.Part{part}
	for _, key := range []string{startKey, endKey, labelKey, wordsKey} {
		delete(fields, key)
	}
	s.Attributes = fields.Values()
	o.draft.Span(s)
	return nil
}

// tagged reads a row of tokens, which are put together with a blank between each two.
func (o *other) tagged() error {
	var tokens []string
	if json.Unmarshal(o.fields["tokens"], &tokens) != nil {
		return annotate.Errorf(annotate.Invalid, `"tokens" must be a list of texts`)
	}
	delete(o.fields, "tokens")
	var text strings.Builder
	places := make([]annotate.Fragment, len(tokens))
	for i, token := range tokens {
		if i > 0 {
			text.WriteByte(' ')
		}
		places[i].Start = text.Len()
		text.WriteString(token)
		places[i].End = text.Len()
	}
	o.in.Unit = annotate.Byte // the file has no offsets; these are of the text put together
	if err := o.begin(text.String()); err != nil {
		return err
	}
	o.draft.Record.Remark(o.in.Path, o.number, "the row has no text; it was put together from its tokens with a blank between each two")
	key, raw := kindAt(o.fields, tagsKeys, '[')
	if key == "" {
		return nil
	}
	delete(o.fields, key)
	chunks, err := o.chunks(key, raw, len(tokens))
	if err != nil {
		return err
	}
	for i, c := range chunks {
		o.draft.Span(dataset.DraftSpan{
			Name: fmt.Sprintf("label %d", i+1), Label: c.Label, Parts: []dataset.Part{{Start: places[c.Start].Start, End: places[c.End-1].End}},
		})
	}
	return nil
}

// chunks reads the tags of n tokens.
func (o *other) chunks(key string, raw json.RawMessage, n int) ([]dataset.Chunk, error) {
	var words []string
	var numbers []int
	switch {
	case json.Unmarshal(raw, &words) == nil:
	case json.Unmarshal(raw, &numbers) == nil:
		return nil, annotate.Errorf(annotate.Invalid, "%q are numbers, and the file does not say what they mean; only Parquet files name their labels", key)
	default:
		return nil, annotate.Errorf(annotate.Invalid, "%q must be a list of tags", key)
	}
	if len(words) != n {
		return nil, annotate.Errorf(annotate.Invalid, "there are %d tags for %d tokens", len(words), n)
	}
	labelFirst := slices.ContainsFunc(words, func(s string) bool { _, ok := dataset.ParseTag(s, false); return !ok })
	tags := make([]dataset.Tag, n)
	for i, s := range words {
		var ok bool
		if tags[i], ok = dataset.ParseTag(s, labelFirst); !ok {
			return nil, annotate.Errorf(annotate.Invalid, "token %d has %q, which is no tag of any scheme", i+1, annotate.Excerpt(s, 40))
		}
	}
	chunks, scheme, odd := dataset.Chunks(tags)
	if odd > 0 {
		o.draft.Record.Remark(o.in.Path, o.number, "%d labels go on in %s where nothing has begun; each was taken for a beginning", odd, scheme)
	}
	return chunks, nil
}

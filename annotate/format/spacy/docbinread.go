package spacy

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
)

// maxDocBin is the largest DocBin that is read, in bytes when uncompressed: it must be in
// memory as a whole, as in spaCy. It holds some ten million tokens.
const maxDocBin = 1 << 30

// readDocBin yields the record of each document.
func readDocBin(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := os.Open(in.Path)
		if err != nil {
			yield(nil, dataset.FileError(in.Path, err))
			return
		}
		defer f.Close()
		b, err := openDocBin(f)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		size := int64(0)
		if info, err := f.Stat(); err == nil {
			size = info.Size()
		}
		for i := range b.lengths {
			if ctx.Err() != nil {
				return
			}
			r, err := b.record(in, i)
			if err != nil {
				err = dataset.Place(err, in.Path, i+1)
			} else {
				r.End = size * int64(i+1) / int64(len(b.lengths))
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// docBin is what a file holds.
type docBin struct {
	attrs   map[uint64]int // the column of each attribute
	tokens  []byte
	spaces  []byte
	lengths []int
	first   []int // token of each document
	strings store
	cats    []any
	flags   []any
	groups  []any
	user    []any
}

func wrong(format string, args ...any) error {
	return annotate.Errorf(annotate.Invalid, format, args...)
}

// openDocBin reads a file and checks that its columns fit together.
func openDocBin(f io.Reader) (*docBin, error) {
	z, err := zlib.NewReader(f)
	if err != nil {
		return nil, wrong("it is no DocBin: it is not compressed as spaCy does it")
	}
	raw, err := io.ReadAll(io.LimitReader(z, maxDocBin+1))
	switch {
	case len(raw) > maxDocBin:
		return nil, annotate.Errorf(annotate.Unsupported, "it has more than %d MB when uncompressed, which is the limit; split it", maxDocBin>>20)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, annotate.Errorf(annotate.Corrupt, "it breaks off")
	case err != nil:
		return nil, annotate.Errorf(annotate.Corrupt, "it is damaged: %w", err)
	}
	message, err := unpack(raw)
	if err != nil {
		return nil, err
	}
	fields, ok := message.(packedMap)
	if !ok {
		return nil, wrong("it is no DocBin: it holds no map")
	}
	b := &docBin{}
	b.tokens, _ = fields.of(tokensKey).([]byte)
	b.spaces, _ = fields.of(spacesKey).([]byte)
	b.cats, _ = fields.of(catsKey).([]any)
	b.flags, _ = fields.of(flagsKey).([]any)
	b.groups, _ = fields.of(groupsKey).([]any)
	b.user, _ = fields.of(userKey).([]any)
	if err := b.columns(fields); err != nil {
		return nil, err
	}
	names, _ := fields.of(stringsKey).([]any)
	all := make([]string, 0, len(names))
	for _, name := range names {
		if s, ok := name.(string); ok && utf8.ValidString(s) {
			all = append(all, s)
		}
	}
	b.strings = newStore(all)
	return b, nil
}

// columns reads what tells the tokens of documents apart.
func (b *docBin) columns(fields packedMap) error {
	attrs, _ := fields.of(attrsKey).([]any)
	b.attrs = map[uint64]int{}
	for i, a := range attrs {
		n, ok := a.(int64)
		if !ok || n < 0 {
			return wrong("it is no DocBin: attribute %d has no number", i+1)
		}
		b.attrs[uint64(n)] = i
	}
	if _, ok := b.attrs[orthAttribute]; !ok {
		return wrong("it is no DocBin: its tokens have no text")
	}
	lengths, _ := fields.of(lengthsKey).([]byte)
	tokens := 0
	for ; len(lengths) >= 4; lengths = lengths[4:] {
		n := int(int32(binary.LittleEndian.Uint32(lengths)))
		if n < 0 || n > math.MaxInt32-tokens {
			return wrong("document %d has %d tokens", len(b.lengths)+1, n)
		}
		b.lengths, b.first = append(b.lengths, n), append(b.first, tokens)
		tokens += n
	}
	if have := len(b.tokens) / 8 / len(attrs); have != tokens || len(b.spaces) != tokens {
		return wrong("its documents have %d tokens together, and the file holds %d, and the blanks behind %d", tokens, have, len(b.spaces))
	}
	return nil
}

// attribute returns what a token is set to, 0 where the file does not say.
func (b *docBin) attribute(token int, attribute uint64) uint64 {
	column, ok := b.attrs[attribute]
	if !ok {
		return 0
	}
	return binary.LittleEndian.Uint64(b.tokens[8*(token*len(b.attrs)+column):])
}

// record returns the record of the i-th document: it is read as the example that it is in JSON.
func (b *docBin) record(in dataset.Input, i int) (*dataset.Record, error) {
	d := docReader{bin: b, first: b.first[i], n: b.lengths[i]}
	if flags, ok := at(b.flags, i).(packedMap); ok {
		d.unknown, _ = flags.of(unknownSpaces).(bool)
	}
	if err := d.words(); err != nil {
		return nil, err
	}
	fields := dataset.Fields{}
	skipped, related, err := userFields(at(b.user, i), fields)
	if err != nil {
		return nil, err
	}
	cats := map[string]json.RawMessage{}
	if m, ok := at(b.cats, i).(packedMap); ok {
		for _, c := range m {
			name, ok := c.key.(string)
			raw := number(c.value)
			if !ok || raw == nil {
				return nil, wrong("its categories must be numbers with names")
			}
			cats[name] = raw
		}
	}
	entities, err := d.entities()
	if err != nil {
		return nil, err
	}
	groups, err := d.groups(at(b.groups, i))
	if err != nil {
		return nil, err
	}
	for key, v := range map[string]any{"text": d.text.String(), "cats": cats, "entities": entities, "spans": groups} {
		raw, err := json.Marshal(v)
		if err != nil {
			return nil, wrong("%s: %w", key, err)
		}
		fields[key] = raw
	}
	in.Unit = annotate.CodePoint // the offsets are made here
	r, err := decodeExample(in, i+1, i+1, fields, d.pairs(related))
	if err != nil {
		return nil, err
	}
	if d.unknown {
		r.Remark(in.Path, i+1, "the document does not say where blanks stand; one was put behind each token")
	}
	if skipped > 0 {
		r.Remark(in.Path, i+1, "what is said of tokens and spans in its user data was left out, %d in all", skipped)
	}
	return r, nil
}

// at returns an item of a list, nil where there is none.
func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// docReader reads the tokens of a document.
type docReader struct {
	bin      *docBin
	first, n int
	unknown  bool // where blanks stand
	text     strings.Builder
	starts   []int // of tokens, in code points
	ends     []int
}

func (d *docReader) words() error {
	at := 0
	for i := range d.n {
		n := d.bin.attribute(d.first+i, orthAttribute)
		word, ok := d.bin.strings.of(n)
		if !ok {
			return wrong("the text of token %d is not among the strings of the file", i+1)
		}
		if d.text.Len()+len(word) > annotate.MaxText {
			return annotate.Errorf(annotate.Unsupported, "the text has more than %d MB, which is the limit", annotate.MaxText>>20)
		}
		d.text.WriteString(word)
		d.starts = append(d.starts, at)
		at += utf8.RuneCountInString(word)
		d.ends = append(d.ends, at)
		if d.unknown || d.bin.spaces[d.first+i] != 0 {
			d.text.WriteByte(' ')
			at++
		}
	}
	return annotate.CheckText([]byte(d.text.String()))
}

// place returns a span of tokens as it is in JSON.
func (d *docReader) place(first, behind int, label, known uint64) ([]any, error) {
	if first < 0 || behind > d.n || first >= behind {
		return nil, wrong("a span reaches from token %d to %d, and there are %d", first, behind, d.n)
	}
	name, ok := d.bin.strings.of(label)
	if !ok {
		return nil, wrong("the label of a span is not among the strings of the file")
	}
	place := []any{d.starts[first], d.ends[behind-1], name}
	if id, ok := d.bin.strings.of(known); ok && id != "" {
		place = append(place, id)
	}
	return place, nil
}

// entities reads what ENT_IOB and ENT_TYPE say of the tokens. What goes on where nothing
// has begun begins there.
func (d *docReader) entities() ([][]any, error) {
	all := [][]any{}
	begun, label, known := -1, uint64(0), uint64(0)
	finish := func(behind int) error {
		if begun < 0 {
			return nil
		}
		place, err := d.place(begun, behind, label, known)
		all, begun = append(all, place), -1
		return err
	}
	for i := range d.n {
		iob, kind := d.bin.attribute(d.first+i, iobAttribute), d.bin.attribute(d.first+i, typeAttribute)
		if begun >= 0 && iob == iobInside && kind == label {
			continue
		}
		if err := finish(i); err != nil {
			return nil, err
		}
		if (iob == iobInside || iob == iobBegin) && kind != 0 {
			begun, label, known = i, kind, d.bin.attribute(d.first+i, knownAttribute)
		}
	}
	err := finish(d.n)
	return all, err
}

// groups reads groups of spans: a map from each group to its names, or a list of groups
// as older versions have it.
func (d *docReader) groups(v any) (map[string][][]any, error) {
	all := map[string][][]any{}
	raw, _ := v.([]byte)
	if len(raw) == 0 {
		return all, nil
	}
	message, err := unpack(raw)
	if err != nil {
		return nil, err
	}
	add := func(content any, names []any) error {
		raw, _ := content.([]byte)
		message, err := unpack(raw)
		if err != nil {
			return err
		}
		group, ok := message.(packedMap)
		if !ok {
			return wrong("a group of spans is no map")
		}
		if names == nil {
			names = []any{group.of("name")}
		}
		spans, err := d.spans(group)
		for _, name := range names {
			if s, ok := name.(string); ok {
				all[s] = append(all[s], spans...)
			}
		}
		return err
	}
	switch message := message.(type) {
	case []any:
		for _, content := range message {
			if err := add(content, nil); err != nil {
				return nil, err
			}
		}
	case packedMap:
		for _, g := range message {
			names, _ := g.value.([]any)
			if err := add(g.key, append([]any{}, names...)); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (d *docReader) spans(group packedMap) ([][]any, error) {
	items, _ := group.of("spans").([]any)
	all := [][]any{}
	for _, item := range items {
		raw, ok := item.([]byte)
		if !ok || len(raw) != spanSize {
			return nil, wrong("a span of a group must have %d bytes", spanSize)
		}
		known, label := binary.BigEndian.Uint64(raw[8:]), binary.BigEndian.Uint64(raw[16:])
		first, behind := int32(binary.BigEndian.Uint32(raw[24:])), int32(binary.BigEndian.Uint32(raw[28:]))
		place, err := d.place(int(first), int(behind), label, known)
		if err != nil {
			return nil, err
		}
		all = append(all, place)
	}
	return all, nil
}

// userFields adds the user data that is said of the document as a whole, returns the relations, and
// counts the rest: spaCy keeps extensions of tokens and spans there too, under lists of "._.", a name
// and a place.
func userFields(v any, fields dataset.Fields) (skipped int, related packedMap, err error) {
	raw, _ := v.([]byte)
	if len(raw) == 0 {
		return 0, nil, nil
	}
	message, err := unpack(raw)
	if err != nil {
		return 0, nil, err
	}
	user, _ := message.(packedMap)
	for _, f := range user {
		name, ok := f.key.(string)
		if list, is := f.key.([]any); is && len(list) == 4 && list[2] == nil && list[3] == nil {
			name, ok = list[1].(string)
			if pairs, is := f.value.(packedMap); is && ok && name == relationExtension {
				related = pairs
				continue
			}
		}
		made := spelled(f.value)
		if !ok || made == nil {
			skipped++
			continue
		}
		fields[name] = made
	}
	// These are JSON in a text, so that numbers keep their digits.
	for _, key := range []string{"attributes", aside.Key} {
		if text, err := fields.Text(key); err == nil && text != "" {
			if _, err := dataset.ParseFields([]byte(text)); err == nil {
				fields[key] = json.RawMessage(text)
			}
		}
	}
	return skipped, related, nil
}

// pairs reads relations by tokens, as the relation extractor of spaCy's tutorial has them: a map of
// labels with how sure they are, or one label. What is less than half sure is no relation; the
// tutorial has zeros for all that are none.
func (d *docReader) pairs(related packedMap) []pair {
	var all []pair
	begins := func(v any) int {
		if n, ok := v.(int64); ok && n >= 0 && n < int64(d.n) {
			return d.starts[n]
		}
		return -1
	}
	for _, f := range related {
		at, ok := f.key.([]any)
		if !ok || len(at) != 2 {
			at = []any{nil, nil}
		}
		labels, ok := f.value.(packedMap)
		if one, single := f.value.(string); single {
			labels, ok = packedMap{{one, 1.0}}, true
		}
		if !ok {
			continue
		}
		for _, l := range labels {
			sure, err := strconv.ParseFloat(string(number(l.value)), 64)
			name, named := l.key.(string)
			if yes, is := l.value.(bool); is && yes {
				sure, err = 1, nil
			}
			if err == nil && sure >= 0.5 && named {
				all = append(all, pair{begins(at[0]), begins(at[1]), name})
			}
		}
	}
	return all
}

// spelled returns a value as JSON, nil where JSON has no such thing.
func spelled(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil || bytes.Equal(raw, []byte("null")) {
		return nil
	}
	return raw
}

// number returns a number as JSON, nil if v is none.
func number(v any) json.RawMessage {
	switch v := v.(type) {
	case bool:
		return json.RawMessage(strconv.FormatBool(v))
	case int64:
		return json.RawMessage(strconv.FormatInt(v, 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return json.RawMessage(fmt.Sprint(v))
	}
	return nil
}

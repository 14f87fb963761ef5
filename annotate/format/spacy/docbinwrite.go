package spacy

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/vmihailenco/msgpack/v5"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// bin collects the columns of a DocBin. They follow each other in the file, so all
// documents are in memory at once, as they are in spaCy.
type bin struct {
	tokens, spaces, lengths []byte
	strings                 map[string]uint64 // with what stands for them
	cats                    []map[string]float64
	groups, user            [][]byte
	err                     error
}

// writeDocBin writes a document for each record.
func writeDocBin(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	b := bin{strings: map[string]uint64{"": 0}}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			b.add(r)
			err = b.err
		}
		if err != nil {
			return nil, err
		}
	}
	z := zlib.NewWriter(w)
	if err := b.write(z); err != nil {
		return nil, err
	}
	return nil, z.Close()
}

// key returns what stands for a string, which the file then has.
func (b *bin) key(s string) uint64 {
	n, known := b.strings[s]
	if !known {
		n = key(s)
		b.strings[strings.Clone(s)] = n // a part of it would keep the whole text in memory
	}
	return n
}

// add adds the document of a record.
func (b *bin) add(r *dataset.Record) {
	text := r.Document.Text
	tokens := tokensOf(text, r.Spans)
	iob, labels := make([]uint64, len(tokens)), make([]uint64, len(tokens))
	if r.Annotator != "" {
		for i := range iob {
			iob[i] = iobOutside
		}
	}
	entities := apart(r.Spans)
	for _, s := range entities {
		first, behind := tokensIn(tokens, s.Extent())
		for i := first; i < behind; i++ {
			iob[i], labels[i] = iobInside, b.key(s.Label)
		}
		iob[first] = iobBegin
	}
	for i, t := range tokens {
		for _, n := range []uint64{b.key(text[t.Start:t.End]), iob[i], labels[i]} {
			b.tokens = binary.LittleEndian.AppendUint64(b.tokens, n)
		}
		space := byte(0)
		if t.space {
			space = 1
		}
		b.spaces = append(b.spaces, space)
	}
	b.lengths = binary.LittleEndian.AppendUint32(b.lengths, uint32(len(tokens)))
	e := newExample(r)
	b.cats = append(b.cats, e.Categories)
	var spans []*annotate.Span
	if len(entities) < len(r.Spans) {
		spans = r.Spans
	}
	b.groups = append(b.groups, b.group(text, tokens, spans))
	b.user = append(b.user, b.extra(e))
}

// group returns the groups of spans of a document: one, or none where the entities are all.
func (b *bin) group(text string, tokens []token, spans []*annotate.Span) []byte {
	if len(spans) == 0 {
		return b.packed([]any{})
	}
	offsets := annotate.NewOffsets(text)
	members := make([][]byte, len(spans))
	for i, s := range spans {
		extent := s.Extent()
		first, behind := tokensIn(tokens, extent)
		at := binary.BigEndian.AppendUint64(make([]byte, 2*8, spanSize), b.key(s.Label))
		for _, n := range []int{first, behind, offsets.To(annotate.CodePoint, extent.Start), offsets.To(annotate.CodePoint, extent.End)} {
			at = binary.BigEndian.AppendUint32(at, uint32(n)) // a text has at most 64 MB
		}
		members[i] = at
	}
	return b.packed(named{b.packed(fields{{"name", group}, {"attrs", fields{}}, {"spans", members}}), []string{group}})
}

// extra returns what spaCy passes on: what it has no name for.
func (b *bin) extra(e *example) []byte {
	user := fields{{"name", e.Name}}
	if e.Annotator != "" {
		user = append(user, field{"annotator", e.Annotator})
	}
	if len(e.Attributes) > 0 {
		raw, err := json.Marshal(e.Attributes)
		b.fail(err)
		user = append(user, field{"attributes", string(raw)})
	}
	if len(e.Meta) > 0 {
		user = append(user, field{"meta", e.Meta})
	}
	return b.packed(user)
}

func (b *bin) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// packed returns v in MessagePack.
func (b *bin) packed(v any) []byte {
	var out bytes.Buffer
	b.fail(pack(msgpack.NewEncoder(&out), v))
	return out.Bytes()
}

// fields are a map whose keys stand in their order.
type fields []field

type field struct {
	key   string
	value any
}

// named is a group of spans with its names.
type named struct {
	content []byte
	names   []string
}

// pack writes v. Keys of a map that is none of [fields] stand in the order of their bytes.
func pack(enc *msgpack.Encoder, v any) error {
	enc.SetSortMapKeys(true)
	enc.UseCompactInts(true)
	switch v := v.(type) {
	case fields:
		if err := enc.EncodeMapLen(len(v)); err != nil {
			return err
		}
		for _, f := range v {
			if err := enc.EncodeString(f.key); err != nil {
				return err
			}
			if err := pack(enc, f.value); err != nil {
				return err
			}
		}
		return nil
	case named:
		if err := enc.EncodeMapLen(1); err != nil {
			return err
		}
		if err := enc.EncodeBytes(v.content); err != nil {
			return err
		}
		return enc.Encode(v.names)
	case []any:
		if err := enc.EncodeArrayLen(len(v)); err != nil {
			return err
		}
		for _, item := range v {
			if err := pack(enc, item); err != nil {
				return err
			}
		}
		return nil
	case map[string]float64:
		if err := enc.EncodeMapLen(len(v)); err != nil {
			return err
		}
		for _, name := range annotate.SortedKeys(v) {
			if err := enc.EncodeString(name); err != nil {
				return err
			}
			if err := enc.EncodeFloat64(v[name]); err != nil {
				return err
			}
		}
		return nil
	}
	return enc.Encode(v)
}

// write writes the message.
func (b *bin) write(w io.Writer) error {
	if len(b.tokens) > math.MaxUint32 {
		return annotate.Errorf(annotate.Unsupported, "the tokens have more than 4 GB, which is the limit of the format; export fewer documents at once")
	}
	all := make([]string, 0, len(b.strings))
	for s := range b.strings {
		all = append(all, s)
	}
	slices.Sort(all)
	cats, flags := make([]any, len(b.cats)), make([]any, len(b.cats))
	for i, c := range b.cats {
		cats[i], flags[i] = c, fields{{unknownSpaces, false}}
	}
	return pack(msgpack.NewEncoder(w), fields{
		{versionKey, "0.1"},
		{attrsKey, []int{orthAttribute, iobAttribute, typeAttribute}},
		{tokensKey, b.tokens},
		{spacesKey, b.spaces},
		{lengthsKey, b.lengths},
		{stringsKey, all},
		{catsKey, cats},
		{flagsKey, flags},
		{groupsKey, b.groups},
		{userKey, b.user},
	})
}

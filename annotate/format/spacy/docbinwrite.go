package spacy

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/vmihailenco/msgpack/v5"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
)

// bin collects the columns of a DocBin. Of all documents it keeps only the strings in memory.
type bin struct {
	tokens, spaces, lengths, cats, groups, user *spool
	documents                                   int
	strings                                     map[string]uint64 // with what stands for them
	err                                         error
}

func newBin() *bin {
	b := &bin{strings: map[string]uint64{"": 0}}
	for _, column := range b.columns() {
		var err error
		*column, err = newSpool()
		b.fail(err)
	}
	return b
}

func (b *bin) columns() []**spool {
	return []**spool{&b.tokens, &b.spaces, &b.lengths, &b.cats, &b.groups, &b.user}
}

// remove takes the temporary files away.
func (b *bin) remove() {
	for _, column := range b.columns() {
		if *column != nil {
			(*column).remove()
		}
	}
}

// writeDocBin writes a document for each record.
func writeDocBin(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	b := newBin()
	defer b.remove()
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && b.err == nil {
			b.add(r)
		}
		if err = cmp.Or(err, b.err); err != nil {
			return nil, err
		}
	}
	if b.err != nil {
		return nil, b.err
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

// add adds the document of a record. A failure to write to a spool comes again at its end.
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
	row := make([]byte, 0, 3*8)
	for i, t := range tokens {
		row = row[:0]
		for _, n := range []uint64{b.key(text[t.Start:t.End]), iob[i], labels[i]} {
			row = binary.LittleEndian.AppendUint64(row, n)
		}
		_, _ = b.tokens.Write(row)
		space := byte(0)
		if t.space {
			space = 1
		}
		_ = b.spaces.WriteByte(space)
	}
	_, _ = b.lengths.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(tokens))))
	e := newExample(r)
	var spans []*annotate.Span
	if len(entities) < len(r.Spans) {
		spans = r.Spans
	}
	b.documents++
	for _, item := range []struct {
		to    *spool
		value any
	}{{b.cats, e.Categories}, {b.groups, b.group(text, tokens, spans)}, {b.user, b.extra(e, pairsOf(r, tokens))}} {
		b.fail(pack(msgpack.NewEncoder(item.to), item.value))
	}
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

// pairsOf returns the relations of two spans as spaCy's relation extractor is trained with them: labels
// by the tokens in which the spans begin. Two of one role are related both ways.
func pairsOf(r *dataset.Record, tokens []token) pairs {
	begin := map[annotate.ID]int{}
	for _, s := range r.Spans {
		begin[s.ID], _ = tokensIn(tokens, s.Extent())
	}
	all := pairs{}
	for _, x := range r.Relations {
		if len(x.Arguments) != 2 {
			continue
		}
		head, tail := x.Arguments[0], x.Arguments[1]
		if head.Role == annotate.Tail {
			head, tail = tail, head
		}
		from, known := begin[head.Span]
		to, both := begin[tail.Span]
		if !known || !both {
			continue
		}
		all.add(from, to, x.Label)
		if head.Role == tail.Role {
			all.add(to, from, x.Label)
		}
	}
	return all
}

// pairs are labels of relations, with how sure they are, by the tokens in which head and tail begin.
type pairs map[[2]int]map[string]float64

func (p pairs) add(head, tail int, label string) {
	at := [2]int{head, tail}
	if p[at] == nil {
		p[at] = map[string]float64{}
	}
	p[at][label] = 1
}

// extra returns what spaCy passes on: what it has no name for.
func (b *bin) extra(e *example, related pairs) []byte {
	user := fields{{"name", e.Name}}
	if e.Annotator != "" {
		user = append(user, field{"annotator", e.Annotator})
	}
	if len(e.Attributes) > 0 {
		user = append(user, field{"attributes", b.inJSON(e.Attributes)})
	}
	if len(e.Meta) > 0 {
		user = append(user, field{"meta", e.Meta})
	}
	if e.Aside != nil {
		user = append(user, field{aside.Key, b.inJSON(e.Aside)})
	}
	if len(related) > 0 {
		user = append(user, field{[]any{extensionMark, relationExtension, nil, nil}, related})
	}
	return b.packed(user)
}

// inJSON returns v as a text, so that numbers keep their digits.
func (b *bin) inJSON(v any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	b.fail(encoder.Encode(v))
	return strings.TrimSuffix(out.String(), "\n")
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

type field struct{ key, value any }

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
			if err := pack(enc, f.key); err != nil {
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
	case pairs:
		if err := enc.EncodeMapLen(len(v)); err != nil {
			return err
		}
		for _, at := range slices.SortedFunc(maps.Keys(v), func(a, b [2]int) int { return slices.Compare(a[:], b[:]) }) {
			if err := pack(enc, []any{at[0], at[1]}); err != nil {
				return err
			}
			if err := pack(enc, v[at]); err != nil {
				return err
			}
		}
		return nil
	case *spool:
		if err := enc.EncodeBytesLen(int(v.bytes)); err != nil {
			return err
		}
		return v.copyTo(enc.Writer())
	case packedItems:
		if err := enc.EncodeArrayLen(v.n); err != nil {
			return err
		}
		return v.from.copyTo(enc.Writer())
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

// packedItems are the items of a list, each packed.
type packedItems struct {
	from *spool
	n    int
}

// write writes the message.
func (b *bin) write(w io.Writer) error {
	for _, column := range b.columns() {
		if err := (*column).finish(); err != nil {
			return err
		}
	}
	if b.tokens.bytes > math.MaxUint32 {
		return annotate.Errorf(annotate.Unsupported, "the tokens have more than 4 GB, which is the limit of the format; export fewer documents at once")
	}
	flags, err := newSpool()
	if err != nil {
		return err
	}
	defer flags.remove()
	for range b.documents {
		b.fail(pack(msgpack.NewEncoder(flags), fields{{unknownSpaces, false}}))
	}
	if err := cmp.Or(b.err, flags.finish()); err != nil {
		return err
	}
	return pack(msgpack.NewEncoder(w), fields{
		{versionKey, "0.1"},
		{attrsKey, []int{orthAttribute, iobAttribute, typeAttribute}},
		{tokensKey, b.tokens},
		{spacesKey, b.spaces},
		{lengthsKey, b.lengths},
		{stringsKey, slices.Sorted(maps.Keys(b.strings))},
		{catsKey, packedItems{b.cats, b.documents}},
		{flagsKey, packedItems{flags, b.documents}},
		{groupsKey, packedItems{b.groups, b.documents}},
		{userKey, packedItems{b.user, b.documents}},
	})
}

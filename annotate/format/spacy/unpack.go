package spacy

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/vmihailenco/msgpack/v5"
	"github.com/vmihailenco/msgpack/v5/msgpcode"

	"spanwright/annotate"
)

// packedMap is a map of MessagePack, whose keys may be anything, in the order of the file.
type packedMap []packedField

type packedField struct{ key, value any }

// of returns the value of a key, nil where there is none.
func (m packedMap) of(key string) any {
	for _, f := range m {
		if f.key == key {
			return f.value
		}
	}
	return nil
}

// MarshalJSON writes an object of the fields whose keys are texts.
func (m packedMap) MarshalJSON() ([]byte, error) {
	all := map[string]any{}
	for _, f := range m {
		if name, ok := f.key.(string); ok {
			all[name] = f.value
		}
	}
	return json.Marshal(all)
}

// deepestPacked is how deep lists and maps may lie in each other; a library that goes on
// for as long as there are brackets would run out of stack.
const deepestPacked = 32

// unpack reads one message. Whole numbers are int64, and those larger than it float64;
// texts are string, bytes []byte, lists []any and maps [packedMap].
func unpack(raw []byte) (any, error) {
	u := unpacker{msgpack.NewDecoder(bytes.NewReader(raw)), len(raw)}
	v, err := u.value(0)
	if err != nil {
		var told *annotate.Error
		if e, ok := err.(*annotate.Error); ok {
			told = e
		} else {
			told = annotate.Errorf(annotate.Corrupt, "it is damaged: %w", err)
		}
		return nil, told
	}
	return v, nil
}

type unpacker struct {
	*msgpack.Decoder
	size int // of the message: nothing in it has more items
}

func (u *unpacker) value(depth int) (any, error) {
	code, err := u.PeekCode()
	if err != nil {
		return nil, err
	}
	if depth > deepestPacked {
		return nil, annotate.Errorf(annotate.Unsupported, "its contents lie in each other more than %d deep", deepestPacked)
	}
	switch {
	case code == msgpcode.Nil:
		return nil, u.DecodeNil()
	case code == msgpcode.True || code == msgpcode.False:
		return u.DecodeBool()
	case code == msgpcode.Float || code == msgpcode.Double:
		return u.DecodeFloat64()
	case code == msgpcode.Uint64:
		n, err := u.DecodeUint64()
		if n > 1<<63-1 {
			return float64(n), err
		}
		return int64(n), err
	case msgpcode.IsFixedNum(code) || code >= msgpcode.Uint8 && code <= msgpcode.Int64:
		return u.DecodeInt64()
	case msgpcode.IsFixedString(code) || code >= msgpcode.Str8 && code <= msgpcode.Str32:
		return u.DecodeString()
	case msgpcode.IsBin(code):
		return u.DecodeBytes()
	case msgpcode.IsFixedArray(code) || code == msgpcode.Array16 || code == msgpcode.Array32:
		n, err := u.DecodeArrayLen()
		if err != nil || n > u.size {
			return nil, tooLong(n, err)
		}
		var items []any
		for range n {
			item, err := u.value(depth + 1)
			if err != nil {
				return nil, err
			}
			items = append(items, item)
		}
		return items, nil
	case msgpcode.IsFixedMap(code) || code == msgpcode.Map16 || code == msgpcode.Map32:
		n, err := u.DecodeMapLen()
		if err != nil || n > u.size {
			return nil, tooLong(n, err)
		}
		var m packedMap
		for range n {
			var f packedField
			if f.key, err = u.value(depth + 1); err != nil {
				return nil, err
			}
			if f.value, err = u.value(depth + 1); err != nil {
				return nil, err
			}
			m = append(m, f)
		}
		return m, nil
	}
	return nil, annotate.Errorf(annotate.Unsupported, "it holds what is not read, of the code 0x%02x", code)
}

func tooLong(n int, err error) error {
	if err == nil {
		err = annotate.Errorf(annotate.Corrupt, "it is damaged: a list of %d items cannot stand in it", n)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

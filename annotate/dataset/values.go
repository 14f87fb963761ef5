package dataset

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"spanwright/annotate"
)

// JSONValue is one of the JSON values that a file is made of.
type JSONValue struct {
	Raw  []byte // valid until the next one is asked for
	Line int    // 1-based, where it begins
	End  int64  // bytes of the file read so far
}

// JSONValues yields the values of a file that has one on each line, or is one list of
// them, or holds them one after the other over several lines. One is in memory at a time.
// What is no JSON is yielded as an error; where each line is a value the next ones are
// read all the same.
func JSONValues(ctx context.Context, path string) iter.Seq2[JSONValue, error] {
	return func(yield func(JSONValue, error) bool) {
		f, err := Open(path)
		if err != nil {
			yield(JSONValue{}, err)
			return
		}
		defer f.Close()
		source := bufferedHead(f)
		if source.oneALine() {
			valuesOfLines(ctx, path, source, yield)
			return
		}
		valuesOfStream(ctx, path, source, yield)
	}
}

func valuesOfLines(ctx context.Context, path string, source io.Reader, yield func(JSONValue, error) bool) {
	lines := NewLines(source)
	for lines.Next() && ctx.Err() == nil {
		if lines.Err == nil && len(bytes.TrimSpace(lines.Line)) == 0 {
			continue
		}
		err := lines.Err
		if err == nil {
			err = checkJSON(lines.Line)
		}
		v := JSONValue{lines.Line, lines.Number, lines.Read}
		if err != nil {
			v, err = JSONValue{}, Place(err, path, lines.Number)
		}
		if !yield(v, err) {
			return
		}
	}
}

// checkJSON reports what keeps raw from being one JSON value in UTF-8.
func checkJSON(raw []byte) error {
	if !utf8.Valid(raw) {
		return annotate.CheckText(raw) // tells the byte
	}
	if json.Valid(raw) {
		return checkSurrogates(raw)
	}
	var any json.RawMessage
	return notJSON(json.Unmarshal(raw, &any))
}

// checkSurrogates reports half of a surrogate pair, which encoding/json would replace.
func checkSurrogates(raw []byte) error {
	for i := 0; ; {
		at := bytes.IndexByte(raw[i:], '\\')
		if at < 0 {
			return nil
		}
		i += at
		r := escaped(raw[i:])
		switch {
		case r < 0:
			i += 2
		case !utf16.IsSurrogate(r):
			i += 6
		case utf16.DecodeRune(r, escaped(raw[i+6:])) == utf8.RuneError:
			return annotate.Errorf(annotate.Invalid, "half of a surrogate pair stands at byte %d", i)
		default:
			i += 12
		}
	}
}

// escaped returns what \uXXXX at the beginning of raw stands for, -1 where there is none.
func escaped(raw []byte) rune {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(raw[2:6]), 16, 32)
	if err != nil {
		return -1
	}
	return rune(n)
}

// notJSON tells a failure of encoding/json in a sentence.
func notJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax) && syntax.Error() != "unexpected end of JSON input":
		return annotate.Errorf(annotate.Invalid, "it is not JSON at byte %d: %s", max(syntax.Offset-1, 0), syntax.Error())
	case errors.Is(err, errTooLarge):
		return annotate.Errorf(annotate.Unsupported, "a value has more than %d MB, which is the limit", MaxLine>>20)
	}
	return annotate.Errorf(annotate.Invalid, "it is not JSON: it breaks off")
}

func valuesOfStream(ctx context.Context, path string, source io.Reader, yield func(JSONValue, error) bool) {
	counted := &lineCounter{source: source, allowed: MaxLine}
	dec := json.NewDecoder(counted)
	fail := func(err error) { yield(JSONValue{}, counted.explain(err, dec.InputOffset(), path)) }
	listed := counted.peek() == '['
	if listed {
		if _, err := dec.Token(); err != nil {
			fail(err)
			return
		}
	}
	for ctx.Err() == nil {
		if listed && !dec.More() {
			if _, err := dec.Token(); err != nil { // the list ends here, or breaks off
				fail(err)
			}
			return
		}
		counted.allow(MaxLine)
		counted.forget(dec.InputOffset())
		var raw json.RawMessage
		err := dec.Decode(&raw)
		switch {
		case errors.Is(err, io.EOF) && !listed:
			return
		case err != nil:
			fail(err)
			return
		}
		v := JSONValue{raw, counted.lineAt(dec.InputOffset() - int64(len(raw))), dec.InputOffset()}
		if err = checkJSON(raw); err != nil {
			err, v = Place(err, path, v.Line), JSONValue{}
		}
		if !yield(v, err) {
			return
		}
	}
}

// head is a reader whose beginning has been looked at.
type head struct {
	io.Reader
	seen []byte
}

func bufferedHead(r io.Reader) *head {
	seen, _ := io.ReadAll(io.LimitReader(r, 1<<16)) // a failure comes again when it is read
	return &head{io.MultiReader(bytes.NewReader(seen), r), seen}
}

// oneALine reports whether each line is a value: the first one is, or is not JSON in any
// case, and the file is not a list on one line.
func (h *head) oneALine() bool {
	first := bytes.TrimLeft(h.seen, " \t\r\n")
	line, rest, found := bytes.Cut(first, []byte("\n"))
	line = bytes.TrimRight(line, " \t\r")
	if len(line) == 0 {
		return true
	}
	if line[0] == '[' {
		// A list of texts and objects is one value of a format that writes such lines.
		inside := bytes.TrimLeft(line[1:], " \t")
		return len(inside) > 0 && inside[0] == '"'
	}
	if json.Valid(line) || !found {
		return true
	}
	last := line[len(line)-1]
	next := bytes.TrimLeft(rest, " \t\r\n")
	return !bytes.ContainsRune([]byte("{[,:"), rune(last)) || len(next) > 0 && next[0] == '{' && last != ':' && last != '['
}

var errTooLarge = errors.New("too large")

// lineCounter passes a stream on and remembers what was read of the value that is under way.
type lineCounter struct {
	source  io.Reader
	pending []byte // looked at and not yet passed on
	allowed int64  // bytes that may still be read
	recent  []byte // what was read and not forgotten
	base    int64  // offset of recent in the stream
	passed  int    // line ends before recent
}

func (c *lineCounter) allow(n int64) { c.allowed = n }

// peek returns the first byte that is no blank, 0 if there is none.
func (c *lineCounter) peek() byte {
	one := make([]byte, 1)
	for {
		n, err := c.source.Read(one)
		if n == 1 {
			c.pending = append(c.pending, one[0])
			if !bytes.ContainsRune([]byte(" \t\r\n"), rune(one[0])) {
				return one[0]
			}
		}
		if err != nil {
			return 0
		}
	}
}

func (c *lineCounter) Read(p []byte) (n int, err error) {
	switch {
	case c.allowed <= 0:
		return 0, errTooLarge
	case len(c.pending) > 0:
		n = copy(p, c.pending)
		c.pending = c.pending[n:]
	default:
		n, err = c.source.Read(p)
	}
	c.recent = append(c.recent, p[:n]...)
	c.allowed -= int64(n)
	return n, err
}

// lineAt returns the 1-based line that an offset lies in.
func (c *lineCounter) lineAt(offset int64) int {
	return c.passed + 1 + bytes.Count(c.recent[:c.within(offset)], []byte("\n"))
}

func (c *lineCounter) within(offset int64) int {
	return int(min(max(offset-c.base, 0), int64(len(c.recent))))
}

// forget drops what was read before an offset.
func (c *lineCounter) forget(offset int64) {
	n := c.within(offset)
	c.passed += bytes.Count(c.recent[:n], []byte("\n"))
	c.base += int64(n)
	c.recent = append(c.recent[:0], c.recent[n:]...)
}

// explain places a failure to read the value that follows an offset.
func (c *lineCounter) explain(err error, offset int64, path string) error {
	rest := c.recent[c.within(offset):]
	value := bytes.TrimLeft(rest, ", \t\r\n")
	at := offset + int64(len(rest)-len(value))
	var raw json.RawMessage
	var syntax *json.SyntaxError
	// A decoder that has read values before counts otherwise, so a fresh one looks again.
	if fresh := json.NewDecoder(bytes.NewReader(value)).Decode(&raw); errors.As(fresh, &syntax) {
		at += max(syntax.Offset-1, 0)
		err = annotate.Errorf(annotate.Invalid, "it is not JSON at byte %d: %s", at, syntax.Error())
	} else {
		err = notJSON(err)
	}
	var told *annotate.Error
	if errors.As(err, &told) {
		told.Sentence += "; what follows was left out"
	}
	return Place(err, path, c.lineAt(at))
}

package dataset

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"spanwright/annotate"
)

// XMLDepth is how deep elements may lie in each other. What people mark up stays far
// below; readers may follow elements by recursion.
const XMLDepth = 256

// XML reads an XML file one token at a time. The only entities it knows are the five that
// XML defines itself: a document type that declares others is refused, and one that names
// a file is passed over without looking for it. So nothing grows while it is read, and
// nothing is read but the file. Errors have a line and a column, and no file.
type XML struct {
	source  *xmlSource
	decoder *xml.Decoder
	open    int  // elements
	rooted  bool // an element has begun
	failed  error
}

// NewXML returns the tokens of r, which is in UTF-8, in what its declaration says, or in
// UTF-16 with a byte order mark.
func NewXML(r io.Reader) (*XML, error) {
	x := &XML{source: &xmlSource{line: 1}}
	head := bufio.NewReaderSize(r, 1<<16)
	mark, _ := head.Peek(2) // a failure shows when it is read
	x.source.reader = bufio.NewReaderSize(Plain(head), 1<<16)
	wide := bytes.HasPrefix(mark, []byte("\xff\xfe")) || bytes.HasPrefix(mark, []byte("\xfe\xff"))
	if err := x.declaration(wide); err != nil {
		return nil, err
	}
	x.decoder = xml.NewDecoder(x.source)
	return x, nil
}

// declarationPattern matches what an XML file may begin with, and its encoding.
var declarationPattern = regexp.MustCompile(`^<\?xml\s[^>]*?(?:encoding\s*=\s*["']([\w.:-]+)["'][^>]*?)?\?>`)

// declaration passes over the XML declaration, which asks nothing of a reader but a
// conversion: what version 1.1 allows beyond 1.0 are control characters, and they are
// refused where they stand.
func (x *XML) declaration(wide bool) error {
	head, _ := x.source.reader.Peek(512)
	found := declarationPattern.FindSubmatch(head)
	if found == nil {
		return nil
	}
	for range found[0] {
		_, _ = x.source.ReadByte() // it was looked at
	}
	name := string(found[1])
	if wide || name == "" {
		return nil
	}
	encoding, canonical := charset.Lookup(name)
	switch {
	case encoding == nil:
		return annotate.Errorf(annotate.Unsupported, "it says that its encoding is %q, which is not known", name).At("", 1)
	case strings.HasPrefix(canonical, "utf-"): // UTF-16 in which this could be read was converted by another program
		return nil
	}
	x.source.reader = bufio.NewReaderSize(transform.NewReader(x.source.reader, encoding.NewDecoder()), 1<<16)
	return nil
}

// Token returns the next start, end or characters of an element, valid until the one
// after it, and io.EOF behind the last. After an error there is no more.
func (x *XML) Token() (xml.Token, error) {
	if x.failed != nil {
		return nil, x.failed
	}
	token, err := x.token()
	if err != nil {
		x.failed = err
	}
	return token, err
}

func (x *XML) token() (xml.Token, error) {
	for {
		x.source.taken = 0
		token, err := x.decoder.Token()
		if err != nil {
			return nil, x.broken(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch x.open++; {
			case x.open > XMLDepth:
				return nil, x.Errorf(annotate.Unsupported, "more than %d elements lie in each other", XMLDepth)
			case x.open == 1 && x.rooted:
				return nil, x.Errorf(annotate.Invalid, "behind its end begins another element, %s", t.Name.Local)
			}
			x.rooted = true
			return token, nil
		case xml.EndElement:
			x.open--
			return token, nil
		case xml.CharData:
			switch {
			case x.open > 0:
				return token, nil
			case len(bytes.TrimSpace(t)) > 0:
				return nil, x.Errorf(annotate.Invalid, "it is no XML: text stands outside of any element: %q", annotate.Excerpt(string(bytes.TrimSpace(t)), 40))
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("<!ENTITY")) || bytes.Contains(t, []byte("%")) {
				return nil, x.Errorf(annotate.Unsupported, "it declares entities of its own, which are never followed; replace them by what they stand for")
			}
		}
	}
}

// broken tells why there is no token.
func (x *XML) broken(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF) && x.rooted:
		return io.EOF
	case errors.Is(err, io.EOF):
		return x.Errorf(annotate.Invalid, "it is no XML: there is no element")
	case errors.As(err, &syntax):
		return x.Errorf(annotate.Invalid, "it is no proper XML: %s", syntax.Msg)
	case errors.Is(err, errTooLong):
		return x.Errorf(annotate.Unsupported, "a tag or text has more than %d MB, which is the limit", MaxLine>>20)
	}
	return x.Errorf(annotate.Invalid, "it cannot be read as XML: %w", err)
}

// Errorf returns an error at the place that has been read up to.
func (x *XML) Errorf(kind annotate.Kind, format string, args ...any) *annotate.Error {
	err := annotate.Errorf(kind, format, args...).At("", x.source.line)
	err.Column = max(x.source.column, 1)
	return err
}

// Line returns the line that has been read up to, 1-based.
func (x *XML) Line() int { return x.source.line }

// Read returns how many bytes have been read, as UTF-8 counts them.
func (x *XML) Read() int64 { return x.source.read }

// errTooLong says that one token needs more than [MaxLine] bytes.
var errTooLong = errors.New("the token is too long")

// xmlSource counts what the decoder takes, which is one byte after the other.
type xmlSource struct {
	reader       *bufio.Reader
	line, column int
	read         int64
	taken        int // bytes of the token that is being read
}

func (s *xmlSource) ReadByte() (byte, error) {
	c, err := s.reader.ReadByte()
	if err != nil {
		return 0, err
	}
	if s.taken++; s.taken > MaxLine {
		return 0, errTooLong
	}
	s.read++
	switch {
	case c == '\n':
		s.line++
		s.column = 0
	case utf8.RuneStart(c):
		s.column++
	}
	return c, nil
}

// Read is what an [io.Reader] must have; the decoder reads by the byte.
func (s *xmlSource) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := s.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

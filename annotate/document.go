package annotate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Document is one text to be annotated. The text is kept exactly as read: only a
// byte order mark is removed and CR LF or CR become LF, and the document
// remembers that they did.
type Document struct {
	ID   ID     `json:"id"`
	Name string `json:"name"` // unique in a project
	// Text is stored once per hash, apart from the document's other state.
	Text     string            `json:"-"`
	Hash     string            `json:"hash"` // SHA-256 of Text, lower-case hexadecimal
	Meta     map[string]string `json:"meta,omitempty"`
	BOM      bool              `json:"bom,omitempty"`      // the file began with U+FEFF
	Newlines Newlines          `json:"newlines,omitempty"` // what the file's line ends were
}

// Newlines names the line ends a document's file had.
type Newlines string

// The line ends that are changed to LF when read.
const (
	LF    Newlines = "" // LF only, or one line
	CRLF  Newlines = "crlf"
	CR    Newlines = "cr"
	Mixed Newlines = "mixed"
)

// NewDocument returns a document of that text with a fresh id.
func NewDocument(name, text string) *Document {
	return &Document{ID: NewID(), Name: name, Text: text, Hash: HashText(text)}
}

// HashText returns the SHA-256 of text in lower-case hexadecimal.
func HashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// EntityKind says that a Document is a document.
func (d *Document) EntityKind() EntityKind { return DocumentEntity }

// EntityID returns the document's id.
func (d *Document) EntityID() ID { return d.ID }

// DocumentID returns the document's own id.
func (d *Document) DocumentID() ID { return d.ID }

// Clone returns a copy that shares nothing changeable with d.
func (d *Document) Clone() *Document {
	c := *d
	c.Meta = maps.Clone(d.Meta)
	return &c
}

// Check reports the first thing that makes d unusable.
func (d *Document) Check() error {
	switch {
	case d.ID == "":
		return Errorf(Invalid, "the document has no id")
	case d.Name == "":
		return Errorf(Invalid, "the document has no name")
	case !utf8.ValidString(d.Name):
		return Errorf(Invalid, "the name of the document, %q, is not UTF-8", d.Name)
	case len(d.Hash) != 2*sha256.Size:
		return Errorf(Invalid, "document %q has no text hash", d.Name)
	case d.Text != "" && HashText(d.Text) != d.Hash:
		return Errorf(Corrupt, "the text of document %q does not have the hash it is filed under", d.Name)
	}
	return CheckText([]byte(d.Text))
}

// MaxText is the largest text accepted, in bytes.
const MaxText = 64 << 20

// CheckText reports why raw cannot be a document's text: too long, not UTF-8, or not text.
func CheckText(raw []byte) error {
	if len(raw) > MaxText {
		return Errorf(Unsupported, "the text has %d MB and the limit is %d MB; split it into several documents", (len(raw)+1<<20-1)>>20, MaxText>>20)
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return Errorf(Invalid, "the file is UTF-16; save it as UTF-8 first")
	}
	if i := bytes.IndexByte(raw, 0); i >= 0 {
		return Errorf(Invalid, "byte %d is NUL, so this is not a text file", i)
	}
	if i := invalidUTF8(raw); i >= 0 {
		return Errorf(Invalid, "byte %d (0x%02x) is not UTF-8; save the file as UTF-8 first", i, raw[i])
	}
	return nil
}

func invalidUTF8(raw []byte) int {
	if utf8.Valid(raw) {
		return -1
	}
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// ReadText turns a file's bytes into a document's text and sets BOM and Newlines.
// Errors are those of [CheckText].
func (d *Document) ReadText(raw []byte) error {
	if err := CheckText(raw); err != nil {
		return err
	}
	text := string(raw)
	if rest, found := strings.CutPrefix(text, "\uFEFF"); found {
		d.BOM, text = true, rest
	}
	crlf := strings.Count(text, "\r\n")
	cr := strings.Count(text, "\r") - crlf
	lf := strings.Count(text, "\n") - crlf
	switch {
	case crlf+cr == 0:
		d.Newlines = LF
	case cr == 0 && lf == 0:
		d.Newlines = CRLF
	case crlf == 0 && lf == 0:
		d.Newlines = CR
	default:
		d.Newlines = Mixed
	}
	if crlf+cr > 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	d.Text, d.Hash = text, HashText(text)
	return nil
}

var leadingDate = regexp.MustCompile(`^ date (\d{4}-\d{2}-\d{2}) `)

// CutDate moves a leading " date YYYY-MM-DD " of a plain-text article from the
// text to the metadata field "date". Texts without one stay as they are.
func (d *Document) CutDate() {
	m := leadingDate.FindStringSubmatch(d.Text)
	if m == nil {
		return
	}
	d.SetMeta("date", m[1])
	d.Text = d.Text[len(m[0]):]
	d.Hash = HashText(d.Text)
}

// SetMeta sets one metadata field.
func (d *Document) SetMeta(field, value string) {
	if d.Meta == nil {
		d.Meta = map[string]string{}
	}
	d.Meta[field] = value
}

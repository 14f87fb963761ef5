package spacy

import (
	"bytes"
	"compress/zlib"
	"io"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// DocBin is spaCy's training data in binary form.
var DocBin = &dataset.Format{
	Name:      "docbin",
	Title:     "spaCy training corpus (.spacy); entities, span groups, categories and relations",
	Patterns:  []string{"*.spacy"},
	Holds:     Format.Holds,
	Unit:      annotate.CodePoint,
	Sniff:     sniffDocBin,
	Read:      readDocBin,
	WriteFile: writeDocBin,
}

// The attributes of tokens that matter here, by spaCy's numbers.
const (
	orthAttribute  = 65
	iobAttribute   = 77
	typeAttribute  = 78
	knownAttribute = 452 // id in a knowledge base
)

// What ENT_IOB says of a token: nothing where it was not annotated.
const (
	iobMissing = iota
	iobInside
	iobOutside
	iobBegin
)

// The keys of the message.
const (
	attrsKey   = "attrs"
	tokensKey  = "tokens"
	spacesKey  = "spaces"
	lengthsKey = "lengths"
	stringsKey = "strings"
	catsKey    = "cats"
	flagsKey   = "flags"
	groupsKey  = "span_groups"
	userKey    = "user_data"
	versionKey = "version"

	unknownSpaces = "has_unknown_spaces"
)

// How user data tells an extension of a document: a list of this, its name, and no place.
const (
	extensionMark     = "._."
	relationExtension = "rel" // by which spaCy's own relation extractor is trained
)

// spanSize is how many bytes a span of a group has: its id, that in a knowledge base and
// its label, eight each, then its first token, the one behind its last, and the same in
// code points, four each; the most significant byte first.
const spanSize = 3*8 + 4*4

// sniffDocBin knows a compressed map that begins with a version or attributes.
func sniffDocBin(head dataset.Head) bool {
	z, err := zlib.NewReader(bytes.NewReader(head.Text))
	if err != nil {
		return false
	}
	begin := make([]byte, 16)
	n, _ := io.ReadFull(z, begin) // what there is decides
	begin = begin[:n]
	return n > 2 && begin[0]&0xf0 == 0x80 && (bytes.Contains(begin, []byte(versionKey)) || bytes.Contains(begin, []byte(attrsKey)))
}

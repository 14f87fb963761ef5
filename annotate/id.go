package annotate

import (
	"fmt"

	"github.com/google/uuid"
)

// ID names a document, span, relation, change or group of changes. New ones are
// UUIDs of version 7, which sort by the time they were made; imported files may
// bring any other non-empty string.
type ID string

// NewID returns a fresh id.
func NewID() ID {
	return ID(uuid.Must(uuid.NewV7()).String())
}

// namespace keeps the ids that [DerivedID] makes apart from other people's.
var namespace = uuid.MustParse("5370616e-7772-4967-8874-000000000001")

// DerivedID returns the id that always belongs to parts, so that two programs
// naming the same thing, or one importing the same file twice, agree on it.
func DerivedID(parts ...string) ID {
	return ID(uuid.NewSHA1(namespace, fmt.Appendf(nil, "%q", parts)).String())
}

// within is how many bytes of an id say which document it lies in.
const within = 6

// DerivedWithin is [DerivedID] for what lies in a document, of which parts say what it is. Such
// ids, UUIDs of version 8, begin alike in one document: then an index by id holds them side
// by side, and a project does not touch a page of its file for each span that is imported.
func DerivedWithin(document ID, parts ...string) ID {
	id := uuid.NewSHA1(namespace, fmt.Appendf(nil, "%q%q", document, parts))
	place := uuid.NewSHA1(namespace, []byte(document))
	copy(id[:within], place[:within])
	id[6] = id[6]&0x0f | 0x80
	return ID(id.String())
}

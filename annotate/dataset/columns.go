package dataset

// The names of columns that tables of all kinds share: a row is a document, or a span of
// one, with the words that it covers as its text.
const (
	DocumentColumn   = "document"
	AnnotatorColumn  = "annotator"
	LabelColumn      = "label"
	StartColumn      = "start"
	EndColumn        = "end"
	TextColumn       = "text"
	AttributesColumn = "attributes"
	FlagColumn       = "flag"
	NoteColumn       = "note"
	StatusColumn     = "status"
	MetadataColumn   = "metadata"
)

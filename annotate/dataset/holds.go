package dataset

// Feature is something a project can hold and a format may not.
type Feature string

// The features, in the order they are told.
const (
	Gaps               Feature = "gaps"
	Overlaps           Feature = "overlaps"
	Nesting            Feature = "nesting"
	LineBreaks         Feature = "line-breaks"
	EdgeBlanks         Feature = "edge-blanks"
	Texts              Feature = "text-attributes"
	Booleans           Feature = "boolean-attributes"
	Numbers            Feature = "number-attributes"
	Lists              Feature = "list-attributes"
	Notes              Feature = "notes"
	Flags              Feature = "flags"
	Binary             Feature = "binary-relations"
	Roles              Feature = "roles"
	Nary               Feature = "nary-relations"
	RelationAttributes Feature = "relation-attributes"
	RelationArguments  Feature = "relation-arguments"
	Implicit           Feature = "implicit-arguments"
	Distant            Feature = "distant-arguments"
	Annotators         Feature = "annotators"
	Status             Feature = "status"
	DocumentLabels     Feature = "document-attributes"
	DocumentNotes      Feature = "document-notes"
	Metadata           Feature = "metadata"
	Records            Feature = "records"
	Concepts           Feature = "concepts"
	Names              Feature = "names"
	IDs                Feature = "ids"
	Unannotated        Feature = "unannotated"
	CarriageReturns    Feature = "carriage-returns"
	ControlCharacters  Feature = "control-characters"
)

// TwoLines is no feature but a bound, set in a format whose texts are a title and one
// paragraph: line breaks after the first one become blanks.
const TwoLines Feature = "two-lines"

// OneAttribute is the feature of a single attribute of spans, for a format that has a place for it
// and for no other. Bent means that it becomes a text.
func OneAttribute(name string) Feature { return Feature("attribute " + name) }

// Reviews is the feature of which no table is made: a format holds them if it holds everything.
const Reviews Feature = "reviews"

// FeatureTitle is a feature with what it is, in words that fit a table.
type FeatureTitle struct {
	Feature Feature
	Title   string
}

// Features lists every feature in the order they are told.
var Features = []FeatureTitle{
	{Gaps, "spans with gaps"},
	{Overlaps, "spans that overlap"},
	{Nesting, "spans inside others"},
	{LineBreaks, "spans over a line break"},
	{EdgeBlanks, "spans that begin or end with a blank"},
	{Texts, "attributes that are text"},
	{Booleans, "attributes that are true or false"},
	{Numbers, "attributes that are numbers"},
	{Lists, "attributes that are lists"},
	{Notes, "notes on spans and relations"},
	{Flags, "flags"},
	{Binary, "relations of two"},
	{Roles, "roles with names"},
	{Nary, "relations of more than two"},
	{RelationAttributes, "attributes of relations"},
	{RelationArguments, "relations about relations"},
	{Implicit, "implicit arguments"},
	{Distant, "arguments in other documents"},
	{Annotators, "annotators"},
	{Status, "status of a document"},
	{DocumentLabels, "attributes of a document"},
	{DocumentNotes, "notes on a document"},
	{Metadata, "metadata"},
	{Records, "records"},
	{Concepts, "concepts"},
	{Names, "names of documents"},
	{IDs, "ids"},
	{Unannotated, "documents without annotations"},
	{CarriageReturns, "carriage returns in a text"},
	{ControlCharacters, "control characters in a text"},
}

// Level says how well a format holds a feature.
type Level string

// The levels.
const (
	No   Level = ""     // it is dropped
	Bent Level = "bent" // it is held in another form, which Losses name
	Yes  Level = "yes"
)

// Holds says what a format can hold; a feature that is not in it is dropped.
type Holds map[Feature]Level

// Everything holds all there is.
func Everything() Holds {
	all := Holds{Reviews: Yes}
	for _, f := range Features {
		all[f.Feature] = Yes
	}
	return all
}

// Of returns how well the format holds a feature. A format that says nothing of itself
// is taken to hold everything, and its writer to say what it loses.
func (h Holds) Of(f Feature) Level {
	if h == nil {
		return Yes
	}
	return h[f]
}

// Choice is what becomes of something that a format cannot hold.
type Choice string

// What can become of a span with gaps or of spans that overlap.
const (
	Envelope Choice = "envelope" // the gaps are filled
	First    Choice = "first"    // the first fragment stands for the whole
	Skip     Choice = "skip"     // it is left out
	Longest  Choice = "longest"  // of spans that overlap the longest stays
	Shortest Choice = "shortest" // of spans that overlap the shortest stays
	Refuse   Choice = "refuse"   // nothing is written at all
)

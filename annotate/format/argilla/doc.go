// Package argilla reads and writes data sets of Argilla 2 as its SDK keeps them on a disk
// (rg.Dataset.to_disk):
//
//	.argilla/dataset.json   name, guidelines
//	.argilla/settings.json  fields, questions with their options
//	records.json            [{"id", "fields": {"text"}, "metadata", "suggestions", "responses": {"spans": [{"value", "user_id"}]}}]
//
// A record is a document, and the responses of one user are a layer: the value of a span
// question is a list of {"start", "end", "label"}, every other question is an attribute of
// the document. What Argilla has no place for is JSON in the metadata of a record (package
// aside), which its SDK and server pass on. Offsets count code points, as the SDK expects; the browser writes
// UTF-16 units (argilla-io/argilla issue 5729), which cannot be told where nothing quotes
// the words. Start with format.go.
package argilla

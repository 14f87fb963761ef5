// Package labelstudio reads and writes the JSON of Label Studio and its JSON_MIN, and writes the
// labelling configuration of what it writes beside it.
//
// The source of facts is what Label Studio's own export and import write and accept, and
// the labelling interface (label-studio-frontend):
//
//	{"id", "data": {"text"}, "annotations": [{"completed_by", "was_cancelled", "result": […]}], "predictions"}
//	{"id", "from_name", "to_name", "type": "labels", "value": {"start", "end", "text", "labels": ["Person"]}}
//	{"id", "from_name", "to_name", "type": "choices", "value": {"choices": ["positive"]}}
//	{"type": "relation", "from_id", "to_id", "direction", "labels": ["by"]}
//	{"text", "label": [{"start", "end", "text", "labels"}], "tone": "warm", "annotator", "annotation_id"}    JSON_MIN
//
// Results of one id are about one region; one without a place is about the document.
// Offsets count UTF-16 units. Start with read.go.
package labelstudio

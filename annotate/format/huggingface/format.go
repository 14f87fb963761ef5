package huggingface

import (
	"bytes"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// JSONL is a data set as lines of JSON.
var JSONL = &dataset.Format{
	Name:      "hf",
	Title:     "data set of Hugging Face as JSONL, every row of the same type; holds all that layers do",
	Patterns:  []string{"*.jsonl", "*.json"},
	Holds:     dataset.Everything(),
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      readJSON,
	WriteFile: writeJSON,
}

// Parquet is a data set as a Parquet file.
var Parquet = &dataset.Format{
	Name:      "parquet",
	Title:     "data set of Hugging Face as Parquet, with its features; holds all that layers do",
	Patterns:  []string{"*.parquet"},
	Holds:     dataset.Everything(),
	Unit:      annotate.CodePoint,
	Sniff:     func(head dataset.Head) bool { return bytes.HasPrefix(head.Text, []byte("PAR1")) },
	Read:      readParquet,
	WriteFile: writeParquet,
}

// sniff knows what is written here, spans that are structs, and tokens with tags.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if s.Has("spans", "relations", "records", "concepts") && s.Keys["meta"].Kind == '[' && s.Keys["labels"].Kind == '[' {
		return true
	}
	for _, key := range spansKeys {
		item := s.Keys[key].Item(0)
		if s.Keys["text"].Kind == '"' && key != "spans" && item.Has("start", "end") && (item.Has("label") || item.Has("type")) {
			return true
		}
	}
	if s.Keys["tokens"].Item(0).Kind != '"' {
		return false
	}
	for _, key := range tagsKeys {
		if s.Keys[key].Kind == '[' {
			return true
		}
	}
	return false
}

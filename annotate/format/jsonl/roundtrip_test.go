package jsonl_test

import (
	"testing"

	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/jsonl"
)

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, jsonl.Format) }

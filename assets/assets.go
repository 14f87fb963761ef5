package assets

import (
	"bytes"
	"embed"
	"encoding/json"
	"path"
	"strings"

	"spanwright/annotate"
)

//go:embed schemes/*.yaml
var schemes embed.FS

//go:embed scheme.schema.json
var schemeSchema []byte

//go:embed sample/sample.jsonl
var sample []byte

//go:embed icon.png
var icon []byte

// DefaultScheme is the scheme of a project that names none.
const DefaultScheme = "claims"

// Scheme returns the YAML of the scheme of that name, as [annotate.ParseScheme]
// reads it. Another name gives an error of kind [annotate.NotFound] that lists
// the names there are.
func Scheme(name string) ([]byte, error) {
	raw, err := schemes.ReadFile(path.Join("schemes", name+".yaml"))
	if err != nil || strings.Contains(name, "/") {
		return nil, annotate.Errorf(annotate.NotFound, "there is no scheme %q; choose one of %s", name, strings.Join(SchemeNames(), ", "))
	}
	return raw, nil
}

// SchemeNames returns the names that [Scheme] takes: the default, then the others in order.
func SchemeNames() []string {
	files, err := schemes.ReadDir("schemes")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	names := []string{DefaultScheme}
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".yaml"); name != DefaultScheme {
			names = append(names, name)
		}
	}
	return names
}

// SchemeSchema returns the JSON Schema of scheme files, by which editors complete and
// check them.
func SchemeSchema() []byte { return schemeSchema }

// SampleAnnotator is whose layer the sample's annotations are in as shipped.
const SampleAnnotator = "you"

// Sample returns the sample project: three articles about one dispute, partly
// labelled in scheme claims, as JSONL records with offsets in code points. The
// annotations are put in the layer of annotator, so that who opens a copy can go
// on with them; "" means [SampleAnnotator].
func Sample(annotator string) []byte {
	if annotator == "" {
		return bytes.Clone(sample)
	}
	name, err := json.Marshal(annotator)
	if err != nil {
		panic(err) // every string can be written as JSON
	}
	return bytes.ReplaceAll(sample, []byte(`"annotator":"`+SampleAnnotator+`"`), append([]byte(`"annotator":`), name...))
}

// Icon returns the program's icon, a PNG of 256 by 256 pixels.
func Icon() []byte { return icon }

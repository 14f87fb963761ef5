package cas_test

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/cas"
	"spanwright/annotate/format/webanno"
)

// otherNames is what the two files of a pair of the suite call differently: its XMI has
// the names that the test had when it was written, and its TSV those of the test as it is.
// Nothing else differs.
var otherNames = map[string]string{"NamedEntity": "Span", "intValue": "integerValue"}

// TestTheSuiteSaysTheSameInTSVAndXMI reads both files of each pair and compares texts, spans with
// their attributes, and relations with their arguments and attributes.
func TestTheSuiteSaysTheSameInTSVAndXMI(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(datasettest.Conformance(t), "inception-webanno-tsv3-suite/*/reference.tsv"))
	require.NoError(t, err)
	require.Len(t, files, 18)
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			tsv, failed := datasettest.Read(webanno.Format, file)
			require.Empty(t, failed)
			xmi, failed := datasettest.Read(cas.XMI, strings.TrimSuffix(file, "tsv")+"xmi")
			require.Empty(t, failed)
			require.Len(t, xmi, 1)
			same := func(name string) string { return name }
			other := func(name string) string { return cmp.Or(otherNames[name], name) }
			assert.Equal(t, tsv[0].Document.Text, xmi[0].Document.Text)
			assert.Equal(t, told(tsv[0], same), told(xmi[0], other))
		})
	}
}

// told lists what a record says of its text, in an order that does not depend on ids.
func told(r *dataset.Record, rename func(string) string) []string {
	attributes := func(values map[string]annotate.Value) map[string]annotate.Value {
		renamed := map[string]annotate.Value{}
		for name, v := range maps.All(values) {
			renamed[rename(name)] = v
		}
		return renamed
	}
	var all []string
	spans := map[annotate.ID]string{}
	for _, s := range r.Spans {
		spans[s.ID] = fmt.Sprint(rename(s.Label), s.Fragments)
		all = append(all, fmt.Sprint(spans[s.ID], attributes(s.Attributes)))
	}
	for _, x := range r.Relations {
		said := fmt.Sprint(rename(x.Label), attributes(x.Attributes))
		for _, a := range x.Arguments {
			said += " " + a.Role + "=" + spans[a.Span]
		}
		all = append(all, said)
	}
	slices.Sort(all)
	return all
}

package format_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/annotate/format"
)

// TestTheDocumentationSaysWhatFormatsHold keeps the table of docs/formats.md true.
func TestTheDocumentationSaysWhatFormatsHold(t *testing.T) {
	raw, err := os.ReadFile("../../docs/formats.md")
	require.NoError(t, err)
	var want strings.Builder
	for i, feature := range dataset.Features {
		fmt.Fprintf(&want, "%d. %s\n", i+1, feature.Title)
	}
	want.WriteString("\n")
	head, rows := format.Table("●", "◐", "")
	for i, row := range slices.Insert(rows, 0, head) {
		fmt.Fprintf(&want, "| %s |\n", strings.Join(row, " | "))
		if i == 0 {
			want.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	_, table, found := strings.Cut(string(raw), "<!-- what formats hold -->\n")
	require.True(t, found)
	table, _, found = strings.Cut(table, "<!-- end -->")
	require.True(t, found)
	assert.Equal(t, want.String(), table, "put this into docs/formats.md:\n%s", want.String())
	for _, f := range format.All {
		assert.Contains(t, string(raw), "\n## "+f.Name+"\n", "each format is described")
	}
}

func TestEveryFormatSaysWhatItHolds(t *testing.T) {
	for _, f := range format.All {
		assert.NotNil(t, f.Holds, f.Name)
		assert.NotEmpty(t, f.Patterns, f.Name)
		assert.True(t, f.Main != nil || f.Sniff != nil, f.Name)
	}
}

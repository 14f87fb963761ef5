package typeset

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestIsolatesKeepTheOrderOfASentence goes by rules X5c and X6a of Unicode Standard Annex #9.
func TestIsolatesKeepTheOrderOfASentence(t *testing.T) {
	fonts, err := NewFonts(theme.DefaultTextFont().Content())
	require.NoError(t, err)
	for text, want := range map[string]string{
		Isolate("abc") + " → " + Isolate("def"):        "abc → def",
		Isolate("אבג") + " → " + Isolate("דה"):         "גבא → הד",
		Isolate("אבג 12") + " · 3":                     "12 גבא · 3",
		"asha: " + Isolate("אבג (1).") + " " + "today": "asha: .(1) גבא today",
	} {
		var shown strings.Builder
		for _, c := range Measure(fonts, text, 16).Clusters {
			r := strings.Trim(text[c.Start:c.End], firstStrongIsolate+popDirectionalIsolate)
			if c.RTL {
				r = strings.NewReplacer("(", ")", ")", "(").Replace(r)
			}
			shown.WriteString(r)
		}
		assert.Equal(t, want, shown.String())
	}
	assert.Equal(t, "Łódź (12)", Isolate("Łódź (12)"))
}

package dataset_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate/dataset"
)

func TestColorsOfStyleSheets(t *testing.T) {
	for css, want := range map[string]string{
		"lightgreen": "#90ee90", "DarkOrange": "#ff8c00", " #FF821C ": "#ff821c", "#842": "#884422",
		"rgb(0, 128, 255)": "#0080ff", "rgb(100%,0%,50%)": "#ff0080", "rgba(0,0,0,0.8)": "#333333", "rgb(0 0 0 / 20%)": "#cccccc",
		"": "", "darken": "", "#12345": "", "#xyz": "", "rgb(1,2)": "", "rgb(a,b,c)": "", "#": "", "rgb(NaN,0,0)": "", "#-12": "",
	} {
		got, ok := dataset.Color(css)
		assert.Equal(t, want, got, css)
		assert.Equal(t, want != "", ok, css)
	}
}

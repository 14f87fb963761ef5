package agreement_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

func TestRatingsAreReadWhateverTheOrderOfColumnsAndRows(t *testing.T) {
	r, err := agreement.ReadRatings(strings.NewReader("\uFEFFValue,note,RATER,item\r\n yes ,,b,2\r\n\"yes\",,a,1\r\nno,x,a,2\r\n,,b,1\r\n"))
	require.NoError(t, err)
	assert.Equal(t, []string{"b", "a"}, r.Raters)
	assert.Equal(t, []string{"no", "yes"}, r.Categories)
	assert.Equal(t, 2, r.Len())
	assert.Equal(t, 1, r.Missing())
	assert.Equal(t, 1.0, r.Contingency(0, 1).Count(1, 0), "b says yes of item 2, and a no")
}

func TestUnitsKnowHowFarTheirDocumentReaches(t *testing.T) {
	texts, err := agreement.ReadUnits(strings.NewReader(
		"document,rater,begin,end,label\ns,a,4,9,X\nt,a,10,20,\nt,b,12,14,X\ns,a,1,3,X\nt,b,10,30,\n"))
	require.NoError(t, err)
	require.Len(t, texts, 2)
	assert.Equal(t, annotate.Fragment{End: 9}, texts[0].Whole)
	assert.Equal(t, 1, texts[0].Layers[0].Spans[0].Fragments[0].Start, "in the order of the text")
	assert.Equal(t, annotate.Fragment{Start: 10, End: 30}, texts[1].Whole)
	assert.Len(t, texts[1].Layers, 2)
	_, err = agreement.ReadUnits(strings.NewReader("document,rater,begin,end,label\nt,a,10,20,\nt,b,12,24,X\n"))
	assert.ErrorContains(t, err, "units of document t reach from 12 to 24, but it is said to have been read from 10 to 20")
}

// checkFault holds that what is wrong with a file is told with its kind.
func checkFault(t *testing.T, err error) {
	t.Helper()
	assert.Equal(t, annotate.Invalid, annotate.KindOf(err), "%v", err)
}

func FuzzReadRatings(f *testing.F) {
	for _, seed := range []string{
		"item,rater,value\n1,a,x\n1,b,y\n2,a,x\n2,b,x\n", "item,rater,value\n1,a,1\n1,b,2\n2,a,NaN\n2,b,1e400\n",
		"\uFEFFvalue,item,rater\n\"a\"\"b\",1,r\n", "item,rater,value\n1,a,\"x\n", "", "item,rater\n", "item,rater,value\n1,a\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		r, err := agreement.ReadRatings(strings.NewReader(file))
		if err != nil {
			checkFault(t, err)
			return
		}
		if r.Len() > 50 || len(r.Raters) > 5 {
			return
		}
		for _, result := range r.Figures([]string{agreement.AlphaRatio, agreement.AC1Name, agreement.KappaSquare, agreement.FleissName}, 1) {
			assert.NotEqual(t, result.Figure.Defined, result.Figure.Why != "")
			if result.Figure.Defined {
				assert.Less(t, result.Figure.Value, 1+1e-9, result.Measure)
			}
		}
	})
}

func FuzzReadUnits(f *testing.F) {
	for _, seed := range []string{
		"document,rater,begin,end,label\nt,a,0,4,X\nt,b,2,6,Y\nt,b,4,9,X\n", "document,rater,begin,end,label\nt,a,0,0,X\nt,b,0,0,X\n",
		"document,rater,begin,end,label\nt,a,0,2147483647,X\nt,b,5,6,X\n", "document,rater,begin,end,label\nt,a,9,1,X\n",
		"label,end,begin,rater,document\n,8,0,a,t\nX,4,2,b,t\n", "", "document\n", "document,rater,begin,end,label\nt,a,-1,x,X\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		texts, err := agreement.ReadUnits(strings.NewReader(file))
		if err != nil {
			checkFault(t, err)
			return
		}
		study := agreement.NewStudy(agreement.Options{Seed: 1})
		units := 0
		for _, text := range texts {
			study.Add(text)
			for _, l := range text.Layers {
				units += len(l.Spans)
			}
		}
		if units > 20 {
			return
		}
		for _, result := range study.Results() {
			assert.NotEqual(t, result.Figure.Defined, result.Figure.Why != "")
			if result.Figure.Defined {
				assert.Less(t, result.Figure.Value, 1+1e-9, result.Measure)
			}
		}
	})
}

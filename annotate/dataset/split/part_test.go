package split

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPartsAreReadFromOneLine(t *testing.T) {
	for text, want := range map[string][]Part{
		"train=80,dev=10,test=10":  {{"train", 80_000}, {"dev", 10_000}, {"test", 10_000}},
		"all=100":                  {{"all", 100_000}},
		"a=33.4, b=33.3 ,c = 33.3": {{"a", 33_400}, {"b", 33_300}, {"c", 33_300}},
		"x=0.125,y=99.875":         {{"x", 125}, {"y", 99_875}},
	} {
		parts, err := ParseParts(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, parts)
	}
}

func TestWhatIsWrongWithPartsIsSaidInASentence(t *testing.T) {
	for text, want := range map[string]string{
		"":                        `a split is written as train=80,dev=10,test=10, and "" has no =`,
		"train":                   `a split is written as train=80,dev=10,test=10, and "train" has no =`,
		"train=80,dev=10":         "the shares of a split must add up to 100, and train=80,dev=10 add up to 90",
		"train=80.1,test=20":      "the shares of a split must add up to 100, and train=80.1,test=20 add up to 100.1",
		"train=80,Train=20":       "the split names Train twice",
		"train=many":              `the share of train must be a number of percent such as 80 or 12.5, not "many"`,
		"train=-10,test=110":      `the share of train must be a number of percent such as 80 or 12.5, not "-10"`,
		"train=1e2":               `the share of train must be a number of percent such as 80 or 12.5, not "1e2"`,
		"train=100,test=0":        "the share of test is nothing; leave it out, or give it more",
		"../x=100":                `the part "../x" of a split must be named with letters, digits, - and _, for it becomes the name of a file`,
		"=100":                    `the part "" of a split must be named with letters, digits, - and _, for it becomes the name of a file`,
		"train=50,dev=50,test=50": "the shares of a split must add up to 100, and train=50,dev=50,test=50 add up to 150",
	} {
		_, err := ParseParts(text)
		assert.EqualError(t, err, want, text)
	}
}

func FuzzParseParts(f *testing.F) {
	for _, seed := range []string{"train=80,dev=10,test=10", "a=33.334,b=66.666", "=,=", "a=100,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parts, err := ParseParts(text)
		if err != nil {
			return
		}
		sum := 0
		for _, p := range parts {
			require.Positive(t, p.Share)
			require.NotContains(t, p.Name, "/")
			sum += p.Share
		}
		require.Equal(t, whole, sum)
		again, err := ParseParts(PartsText(parts))
		require.NoError(t, err)
		require.Equal(t, parts, again)
	})
}

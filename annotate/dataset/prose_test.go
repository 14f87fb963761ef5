package dataset_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate/dataset"
)

func TestProseHasTheLargestGapThatWasAskedFor(t *testing.T) {
	var p dataset.Prose
	var wrote []string
	p.Wrote = func(from, at int, characters string) {
		wrote = append(wrote, fmt.Sprintf("%d %d %s", from, at, characters))
	}
	p.Need("\n\n") // nothing stands before it
	p.Words(" \n One\t two")
	p.Words("three ")
	p.Need("\n")
	p.Words("  four")
	p.Need("\n\n")
	p.Need("\n")
	p.Need("")
	p.Words("five")
	p.Verbatim(" a  b")
	p.Need("\n\n")
	assert.Equal(t, "One twothree\nfour\n\nfive a  b", p.String())
	assert.Equal(t, len(p.String()), p.Len())
	assert.Equal(t, []string{"3 0 One", "8 4 two", "0 7 three", "2 13 four", "0 19 five", "0 23  a  b"}, wrote)
}

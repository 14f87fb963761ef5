package window

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
)

func TestSchemesAreToldWhichLettersTheProgramUses(t *testing.T) {
	var used []rune
	for _, c := range commands() {
		if unicode.IsLetter(c.char) || unicode.IsDigit(c.char) {
			used = append(used, c.char)
		}
	}
	assert.ElementsMatch(t, []rune(annotate.CommandKeys), used)
}

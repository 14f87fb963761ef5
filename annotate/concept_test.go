package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	. "spanwright/annotate"
)

func TestConceptsAreFoundByAFewLetters(t *testing.T) {
	registry := NewRegistry(
		&Concept{ID: "1", Kind: "organisation", Name: "Lagoon Trust", Aliases: []string{"the Trust", "LT"}},
		&Concept{ID: "2", Kind: "organisation", Name: "Lagoon Growers’ Co-operative"},
		&Concept{ID: "3", Kind: "person", Name: "Mara Tollen"},
		&Concept{ID: "4", Kind: "person", Name: "Trude Lang"},
		&Concept{ID: "5", Kind: "organisation", Name: "Old Trust", Into: "1"},
		&Concept{ID: "6", Kind: "place", Name: "عمان", Aliases: []string{"Amman"}},
	)
	names := func(typed string, kinds ...string) (found []string) {
		for _, c := range registry.Find(typed, kinds...) {
			found = append(found, c.Name)
		}
		return found
	}
	assert.Equal(t, []string{"Trude Lang", "Lagoon Trust"}, names("tr"))
	assert.Equal(t, []string{"Lagoon Growers’ Co-operative", "Lagoon Trust", "Trude Lang"}, names("LA"))
	assert.Equal(t, []string{"Lagoon Trust"}, names("tr la", "organisation"))
	assert.Equal(t, []string{"Lagoon Trust"}, names("  the   TRUST "))
	assert.Equal(t, []string{"عمان"}, names("عم"))
	assert.Equal(t, []string{"عمان"}, names("amm"))
	assert.Empty(t, names("rust"), "only from the beginning of a word")
	assert.Equal(t, []string{"Mara Tollen", "Trude Lang"}, names("", "person"))
	assert.Equal(t, "Lagoon Trust", registry.Concept("5").Name, "what was merged stands for what it was merged into")
	assert.Nil(t, registry.Concept("9"))
}

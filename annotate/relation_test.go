package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "spanwright/annotate"
)

func TestRelationCheckSaysWhatIsImpossible(t *testing.T) {
	good := relation("r", "attribution",
		Argument{Role: "source", Implicit: true}, Argument{Role: "cue", Span: "s1"},
		Argument{Role: "content", Span: "s2"}, Argument{Role: "content", Relation: "r2"})
	require.NoError(t, good.Check())
	tests := []struct {
		sentence string
		spoil    func(*Relation)
	}{
		{"a relation has no id", func(r *Relation) { r.ID = "" }},
		{"relation r belongs to no document", func(r *Relation) { r.Document = "" }},
		{"relation r belongs to no annotator", func(r *Relation) { r.Annotator = "" }},
		{"relation r has no label", func(r *Relation) { r.Label = "" }},
		{"relation r (attribution) has no arguments", func(r *Relation) { r.Arguments = nil }},
		{"an argument of relation r (attribution) has no role", func(r *Relation) { r.Arguments[0].Role = "" }},
		{"the cue of relation r (attribution) must be a span, a relation or implicit", func(r *Relation) { r.Arguments[1].Span = "" }},
		{"the source of relation r (attribution) must be a span, a relation or implicit", func(r *Relation) { r.Arguments[0].Span = "s1" }},
		{"relation r (attribution) points at itself", func(r *Relation) { r.Arguments[3].Relation = "r" }},
		{"relation r (attribution) has the same content twice", func(r *Relation) { r.Arguments[3] = r.Arguments[2] }},
	}
	for _, test := range tests {
		t.Run(test.sentence, func(t *testing.T) {
			r := good.Clone()
			test.spoil(r)
			err := r.Check()
			require.EqualError(t, err, test.sentence)
			assert.Equal(t, Invalid, KindOf(err))
		})
	}
}

func TestRolesAndTargets(t *testing.T) {
	r := relation("r", "attribution", Argument{Role: "content", Span: "s1"},
		Argument{Role: "source", Implicit: true}, Argument{Role: "content", Relation: "r2"})
	assert.Equal(t, []Argument{{Role: "content", Span: "s1"}, {Role: "content", Relation: "r2"}}, r.Role("content"))
	assert.Empty(t, r.Role("cue"))
	assert.True(t, r.Involves("s1"))
	assert.True(t, r.Involves("r2"))
	assert.False(t, r.Involves("s2"))
}

func TestAssessmentCheckSaysWhatIsImpossible(t *testing.T) {
	require.NoError(t, (&Assessment{Document: "d", Annotator: "asha", Status: Done}).Check())
	for sentence, a := range map[string]Assessment{
		"an assessment belongs to no document":                   {Annotator: "asha", Status: New},
		"the assessment of document d belongs to no annotator":   {Document: "d", Status: New},
		`status "finished" is none of new, in_progress and done`: {Document: "d", Annotator: "asha", Status: "finished"},
		`status "" is none of new, in_progress and done`:         {Document: "d", Annotator: "asha"},
	} {
		require.EqualError(t, a.Check(), sentence)
	}
}

// The expected ids are uuid.uuid5(UUID("5370616e-7772-4967-8874-000000000001"), name) in Python.
func TestDerivedIDsAreTheSameEverywhere(t *testing.T) {
	assert.Equal(t, ID("db206b0c-9710-5319-8724-ad400fd0e53a"), DerivedID("assessment", "d", "asha")) // name ["assessment" "d" "asha"]
	assert.Equal(t, ID("abe20ce1-cbf6-54d2-b4c1-b9c9ed844e8a"), DerivedID())                          // name []
	assert.Equal(t, DerivedID("assessment", "d", "asha"), (&Assessment{Document: "d", Annotator: "asha"}).EntityID())
	assert.NotEqual(t, DerivedID("a b"), DerivedID("a", "b"))
	assert.NotEqual(t, DerivedID(`a" "b`), DerivedID("a", "b"))
}

func TestNewIDsSortByTheTimeTheyWereMade(t *testing.T) {
	previous := NewID()
	for range 1000 {
		next := NewID()
		require.Less(t, previous, next)
		previous = next
	}
	assert.Equal(t, byte('7'), previous[14], "version 7")
}

package annotate_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "spanwright/annotate"
)

// noon is when the comments of the tests were written.
var noon = time.Date(2026, 5, 3, 12, 3, 0, 0, time.UTC)

// comment returns one of asha's about span s; thread is what it answers.
func comment(id, thread ID, text string) *Comment {
	return &Comment{ID: id, Document: "doc", Annotator: "asha", Span: "s", Thread: thread, Written: noon, Text: text}
}

func settling(id, thread ID, settled ...ID) *Comment {
	c := comment(id, thread, "")
	c.Resolves = settled
	return c
}

func TestCommentIsWrittenInFixedOrder(t *testing.T) {
	c := comment("c", "", "Why not <demand>?")
	raw, err := MarshalState(c)
	require.NoError(t, err)
	assert.Equal(t, `{"id":"c","document":"doc","annotator":"asha","span":"s","written":"2026-05-03T12:03:00Z","text":"Why not <demand>?"}`, string(raw))
	raw, err = MarshalState(settling("d", "c", "c"))
	require.NoError(t, err)
	assert.Equal(t, `{"id":"d","document":"doc","annotator":"asha","span":"s","thread":"c","written":"2026-05-03T12:03:00Z","text":"","resolves":["c"]}`, string(raw))
}

func TestCommentCheckSaysWhatIsImpossible(t *testing.T) {
	with := func(f func(*Comment)) *Comment {
		c := comment("c", "t", "why?")
		f(c)
		return c
	}
	for sentence, c := range map[string]*Comment{
		"a comment has no id":                                 with(func(c *Comment) { c.ID = "" }),
		"comment c belongs to no document":                    with(func(c *Comment) { c.Document = "" }),
		"comment c has no author":                             with(func(c *Comment) { c.Annotator = "" }),
		"comment c is about a span and a relation at once":    with(func(c *Comment) { c.Relation = "r" }),
		"comment c answers itself":                            with(func(c *Comment) { c.Thread = "c" }),
		"comment c settles its thread and reopens it at once": with(func(c *Comment) { c.Reopens, c.Resolves = true, []ID{"t"} }),
		"comment c says nothing":                              with(func(c *Comment) { c.Text = " \n" }),
		"comment c begins a thread, so there is nothing yet that it could settle or reopen": with(func(c *Comment) { c.Thread, c.Reopens = "", true }),
		"comment c has no time of writing in UTC and whole milliseconds":                    with(func(c *Comment) { c.Written = noon.Add(time.Microsecond) }),
		"comment c settles itself, nothing, or the same comment twice":                      with(func(c *Comment) { c.Resolves = []ID{"t", "t"} }),
	} {
		require.EqualError(t, c.Check(), sentence)
	}
	for _, c := range []*Comment{
		comment("c", "", "why?"), comment("c", "t", "so"), settling("c", "t", "t", "a"),
		with(func(c *Comment) { c.Text, c.Reopens = "", true }), with(func(c *Comment) { c.Span = "" }),
		NewComment("doc", "asha", "why?"),
	} {
		assert.NoError(t, c.Check())
	}
	elsewhere := comment("c", "", "why?")
	elsewhere.Written = noon.In(time.FixedZone("", 3600))
	assert.Error(t, elsewhere.Check(), "it would be stored otherwise than the journal says")
}

func TestOnlyTheAuthorChangesACommentAndOnlyItsWords(t *testing.T) {
	c := comment("c", "", "why?")
	reworded, moved := c.Clone(), c.Clone()
	reworded.Text, moved.Span = "why so?", "other"
	for _, test := range []struct {
		name   string
		change Change
		says   string
	}{
		{"written", Change{Annotator: "asha", After: c}, ""},
		{"written in another's name", Change{Annotator: "ben", After: c}, "by asha alone, not by ben"},
		{"reworded", Change{Annotator: "asha", Before: c, After: reworded}, ""},
		{"reworded by another", Change{Annotator: "ben", Before: c, After: reworded}, "by asha alone, not by ben"},
		{"undone by another", Change{Annotator: "ben", Act: Undo, Before: c, After: reworded}, "by asha alone, not by ben"},
		{"moved", Change{Annotator: "asha", Before: c, After: moved}, "more than the words"},
		{"put back with the span that somebody had deleted", Change{Annotator: "ben", Act: Undo, After: c}, ""},
		{"taken away with a span", Change{Annotator: "ben", Before: c}, ""},
	} {
		err := test.change.Check()
		if test.says == "" {
			assert.NoError(t, err, test.name)
		} else {
			assert.ErrorContains(t, err, test.says, test.name)
		}
	}
}

func TestCommentsAreDescribedByTheirSort(t *testing.T) {
	reopening := comment("d", "c", "")
	reopening.Reopens = true
	for want, c := range map[string]*Comment{
		"add comment": comment("c", "", "why?"), "add answer": comment("d", "c", "so"),
		"add resolution": settling("d", "c", "c"), "add reopening": reopening,
	} {
		assert.Equal(t, want, Describe([]Change{*create(c)}))
	}
	assert.Equal(t, "delete 2 comments, delete Claim", Describe([]Change{
		*remove(comment("c", "", "why?")), *remove(comment("d", "c", "so")), *remove(span("s", "Claim", 0, 5)),
	}))
}

func TestSubjectAndThread(t *testing.T) {
	c := NewComment("doc", "asha", "why?")
	assert.Equal(t, ID("doc"), c.Subject())
	assert.Equal(t, c.ID, c.ThreadID())
	c.Relation = "r"
	assert.Equal(t, ID("r"), c.Subject())
	assert.Equal(t, ID("s"), comment("c", "t", "x").Subject())
	assert.Equal(t, ID("t"), comment("c", "t", "x").ThreadID())
	assert.True(t, strings.HasSuffix(c.Written.Format(time.RFC3339), "Z"))
}

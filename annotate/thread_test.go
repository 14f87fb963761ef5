package annotate_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// discuss returns a discussion of doc with those comments.
func discuss(said ...*Comment) *Discussion {
	d := &Discussion{Document: "doc"}
	for _, c := range said {
		d.Apply(create(c))
	}
	return d
}

func later(c *Comment, minutes int) *Comment {
	c.Written = noon.Add(time.Duration(minutes) * time.Minute)
	return c
}

func TestAThreadIsOpenWhileSomethingInItIsNotSettled(t *testing.T) {
	root, answer := comment("a", "", "why?"), comment("b", "a", "because")
	reopening := comment("e", "a", "")
	reopening.Reopens = true
	for _, test := range []struct {
		name     string
		said     []*Comment
		resolved bool
	}{
		{"a question", []*Comment{root}, false},
		{"an answer", []*Comment{root, answer}, false},
		{"settled", []*Comment{root, answer, settling("c", "a", "a", "b")}, true},
		{"settled without knowing of the answer", []*Comment{root, answer, settling("c", "a", "a")}, false},
		{"settled by two at the same time", []*Comment{root, answer, settling("c", "a", "a", "b"), settling("d", "a", "a", "b")}, true},
		{"settled in halves", []*Comment{root, answer, settling("c", "a", "a"), settling("d", "a", "b")}, true},
		{"reopened", []*Comment{root, settling("c", "a", "a"), reopening}, false},
		{"reopened and settled again", []*Comment{root, settling("c", "a", "a"), reopening, settling("f", "a", "a", "e")}, true},
		{"settled again without knowing that it was reopened", []*Comment{root, settling("c", "a", "a"), reopening, settling("f", "a", "a")}, false},
		{"the question deleted, the answer not", []*Comment{answer}, false},
		{"settled, then the question deleted", []*Comment{answer, settling("c", "a", "a", "b")}, true},
	} {
		threads := discuss(test.said...).About("s")
		require.Len(t, threads, 1, test.name)
		assert.Equal(t, test.resolved, threads[0].Resolved(), test.name)
	}
	assert.Empty(t, discuss(settling("c", "a", "a")).About("s"), "all that was said is deleted")
}

func TestAnswersBelongWhereTheThreadDoes(t *testing.T) {
	root := comment("a", "", "why?")
	d := discuss(root)
	thread := d.Thread("a")
	answer := thread.Answer("ben", "because")
	assert.Equal(t, "ben", answer.Annotator)
	assert.Equal(t, []ID{"doc", "s", "a"}, []ID{answer.Document, answer.Span, answer.Thread})
	d.Apply(&Change{After: answer})
	resolution := d.Thread("a").Resolution("carol", "agreed")
	assert.ElementsMatch(t, []ID{"a", answer.ID}, resolution.Resolves)
	d.Apply(&Change{After: resolution})
	assert.True(t, d.Thread("a").Resolved())
	assert.Equal(t, 0, d.Open("s"))
	d.Apply(&Change{After: d.Thread("a").Reopening("asha", "")})
	assert.False(t, d.Thread("a").Resolved())
	assert.Equal(t, 1, d.Open("s"))
	for _, c := range d.Thread("a").Comments {
		assert.NoError(t, c.Check())
	}
}

func TestThreadsAndAnswersComeInTheOrderTheyWereWritten(t *testing.T) {
	early, late := later(comment("z", "", "first"), 0), later(comment("a", "", "second"), 5)
	hasty := later(comment("h", "z", "from a laptop whose clock is wrong"), -90)
	d := discuss(late, later(comment("c", "z", "then"), 3), later(comment("d", "z", "so"), 2), early, hasty)
	var order []ID
	for _, thread := range d.About("s") {
		for _, c := range thread.Comments {
			order = append(order, c.ID)
		}
	}
	assert.Equal(t, []ID{"z", "h", "d", "c", "a"}, order, "the comment that began a thread comes first whatever the clock")
	assert.Equal(t, ID("z"), d.Thread("z").Begun().ID)
	assert.Nil(t, discuss(hasty).Thread("z").Begun())
}

func TestADiscussionIsAboutOneDocument(t *testing.T) {
	elsewhere, relation := comment("a", "", "x"), comment("b", "", "x")
	elsewhere.Document, relation.Document = "other", "other"
	relation.Span, relation.Relation = "", "r"
	d := discuss(elsewhere, relation)
	assert.Nil(t, d.Comment("a"))
	assert.NotNil(t, d.Comment("b"), "the relation may point into this document")
	d.Apply(create(span("s", "Claim", 0, 1)))
	assert.Len(t, d.Threads(), 1)
}

func TestRemovalTakesAwayAllThatWasSaidOfAThing(t *testing.T) {
	root, answer, other := comment("a", "", "why?"), comment("b", "a", "because"), comment("c", "", "and?")
	other.Span = "s2"
	d := discuss(answer, root, other)
	assert.Equal(t, []Change{{Annotator: "ben", Before: root}, {Annotator: "ben", Before: answer}}, d.Removal("ben", "s", "s3"))
	for _, c := range d.Removal("ben", "s") {
		d.Apply(&c)
	}
	assert.Empty(t, d.About("s"))
	assert.Len(t, d.Threads(), 1)
}

func TestADiscussionIsWhatItsCommentsAreInWhateverOrderTheyCame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		standing := map[ID]*Comment{}
		var history []*Change
		d := &Discussion{Document: "doc"}
		for range rapid.IntRange(0, 25).Draw(t, "changes") {
			id := ID(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "id"))
			c := comment(id, "", fmt.Sprint(len(history)))
			if id > "b" {
				c.Thread = "a"
			}
			if id == "e" {
				c.Resolves = []ID{"a", "c"}
			}
			change := &Change{After: c}
			if before := standing[id]; before != nil {
				change.Before = before
				if rapid.Bool().Draw(t, "delete") {
					change.After = nil
				}
			}
			delete(standing, id)
			if change.After != nil {
				standing[id] = c
			}
			history = append(history, change)
			d.Apply(change)
		}
		ids := slices.Collect(func(yield func(ID) bool) {
			for id := range standing {
				if !yield(id) {
					return
				}
			}
		})
		slices.Sort(ids)
		fresh := &Discussion{Document: "doc"}
		for _, id := range rapid.Permutation(ids).Draw(t, "order") {
			fresh.Apply(create(standing[id]))
		}
		if diff := cmp.Diff(fresh.Threads(), d.Threads()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(fresh.About("s"), d.About("s")); diff != "" {
			t.Fatal(diff)
		}
		open := 0
		for _, thread := range d.Threads() {
			if !thread.Resolved() {
				open++
			}
		}
		assert.Equal(t, open, d.Open("s"))
	})
}

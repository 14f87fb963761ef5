package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAMoveChangesOnlyWhatItsMakerMayChange(t *testing.T) {
	done := &annotate.Assessment{Document: "d", Annotator: "asha", Status: annotate.Done, Scheme: 2, Note: "hm"}
	review := func(status annotate.Status, by, comment string) *annotate.Review {
		return &annotate.Review{Document: "d", Annotator: "asha", Status: status, By: by, Comment: comment}
	}
	for _, test := range []struct {
		name    string
		work    annotate.Work
		by      string
		to      annotate.Status
		comment string
		want    []annotate.Change
	}{
		{"submit what is not done", annotate.Work{}, "asha", annotate.InReview, " go ", []annotate.Change{
			{After: &annotate.Assessment{Document: "d", Annotator: "asha", Status: annotate.Done, Scheme: 2}},
			{After: review(annotate.InReview, "asha", "go")},
		}},
		{"submit what is done", annotate.Work{Assessment: done}, "asha", annotate.InReview, "", []annotate.Change{{After: review(annotate.InReview, "asha", "")}}},
		{"return", annotate.Work{Assessment: done, Review: review(annotate.InReview, "asha", "")}, "ben", annotate.Returned, "why", []annotate.Change{
			{Before: review(annotate.InReview, "asha", ""), After: review(annotate.Returned, "ben", "why")},
		}},
		{"done again is in review again", annotate.Work{Assessment: done, Review: review(annotate.Returned, "ben", "why")}, "asha", annotate.Done, "", []annotate.Change{
			{Before: review(annotate.Returned, "ben", "why"), After: review(annotate.InReview, "asha", "")},
		}},
		{"reopen one's own", annotate.Work{Assessment: done, Review: review(annotate.Final, "ben", "")}, "asha", annotate.InProgress, "", []annotate.Change{
			{Before: review(annotate.Final, "ben", "")},
			{Before: done, After: &annotate.Assessment{Document: "d", Annotator: "asha", Status: annotate.InProgress, Note: "hm"}},
		}},
		{"as it is", annotate.Work{Assessment: done}, "asha", annotate.Done, "", nil},
		{"returned is in progress", annotate.Work{Assessment: done, Review: review(annotate.Returned, "ben", "why")}, "asha", annotate.InProgress, "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.work.Document, test.work.Annotator = "d", "asha"
			for i := range test.want {
				test.want[i].Annotator = test.by
			}
			assert.Equal(t, test.want, test.work.Move(test.by, test.to, test.comment, 2))
		})
	}
}

func TestAReviewThatCannotBeIsRefused(t *testing.T) {
	good := annotate.Review{Document: "d", Annotator: "asha", Status: annotate.Returned, By: "ben", Comment: "why"}
	require.NoError(t, good.Check())
	for says, spoil := range map[string]func(*annotate.Review){
		"belongs to no document":      func(r *annotate.Review) { r.Document = "" },
		"whose work":                  func(r *annotate.Review) { r.Annotator = "" },
		"who made it":                 func(r *annotate.Review) { r.By = "" },
		"none of in_review":           func(r *annotate.Review) { r.Status = annotate.Done },
		"with a comment":              func(r *annotate.Review) { r.Comment = " \n" },
		"none of in_review, returned": func(r *annotate.Review) { r.Status = "" },
	} {
		bad := good
		spoil(&bad)
		assert.ErrorContains(t, bad.Check(), says)
	}
}

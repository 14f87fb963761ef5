package revise_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
)

func TestAPlanSaysWhatItDoes(t *testing.T) {
	to, decisions := everything(t)
	plan := prepare(t, project(t), to, decisions)
	var lines []string
	for i := range plan.Revision.Steps {
		lines = append(lines, plan.Line(i))
	}
	assert.Equal(t, []string{
		"label Claim becomes Statement: 3 spans in 2 documents",
		"removes value song from attribute type of label Claim: 1 span in 1 document gets plea instead",
		"value demand of attribute type of label Claim becomes plea: 1 span in 1 document",
		"attribute sure of label Claim becomes certain: 2 spans in 2 documents",
		"attribute sure of label Claim becomes one of kind number, which was integer: 2 spans in 2 documents are converted",
		"removes label Noise: 1 span in 1 document is deleted, and with them 6 that point at them, lie in them or are about them",
		"role content of relation says becomes what: 1 relation in 1 document",
		"changes labels of role content of relation says",
		"removes attribute genre from the document: 1 assessment in 1 document loses it",
		"record question becomes query: 1 record in 1 document",
		"removes record answer: 2 records in 1 document are deleted",
		"flag discuss becomes talk: 1 span in 1 document",
		"removes flag skip: 1 span in 1 document loses it",
		"removes concept kind place: 1 concept gets person instead",
	}, lines)

	plan = prepare(t, project(t), scheme(t, "- label: Noise\n", "", "[Claim, Noise]", "[Claim]", "{name: url, kind: text}", ""), map[string]annotate.StepDecision{"Noise": keep})
	assert.Equal(t, "removes label Noise: 1 span in 1 document keeps it and will break the new scheme", plan.Line(0))
	assert.Equal(t, "changes labels of role content of relation says", plan.Line(1))
	assert.Equal(t, "removes attribute url from record answer: 1 record in 1 document loses it", plan.Line(2))
}

package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "spanwright/annotate"
)

// before is the scheme that the revisions of these tests begin with.
const before = `
name: before
spans:
- {label: Mention, abstract: true, attributes: [{name: sure, kind: integer}]}
- {label: Person, parent: Mention, attributes: [{name: role, kind: text}]}
- {label: Place, parent: Mention}
- label: Claim
  key: "1"
  color: "#e69f00"
  attributes:
  - {name: type, kind: choice, values: [{name: song}, {name: demand}, {name: other}]}
  - {name: topics, kind: several, values: [{name: water, values: [{name: sea}]}, {name: money}]}
  - {name: worthy, kind: boolean, when: [{attribute: type, is: [demand]}]}
relations:
- label: about
  roles: [{name: head, labels: [Claim]}, {name: tail, labels: [Person, Place]}]
  attributes: [{name: direct, kind: boolean}]
- {label: same, symmetric: true, roles: [{name: head}, {name: tail}]}
document: [{name: genre, kind: text}]
records:
- {label: question, attributes: [{name: text, kind: text}], records: [{label: answer}]}
rules:
- {overlap: [Claim, Claim], allow: none}
- {degree: [about], of: [Claim], role: head, min: 1}
concepts: [person, place]
flags: [discuss, skip]
`

// revised returns the revision that an edit of the text of scheme before makes.
func revised(t require.TestingT, edits ...string) *Revision {
	return Revise(parsed(t, before), parsed(t, edited(t, before, edits...)))
}

func steps(r *Revision) []string {
	var all []string
	for _, s := range r.Steps {
		all = append(all, string(s.Kind)+": "+s.Sentence)
	}
	return all
}

func TestRevise(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string // old, new …
		want  []string
	}{
		{"nothing", nil, nil},
		{
			"label renamed",
			[]string{"label: Claim\n", "label: Statement\n  formerly: [Claim]\n", "[Claim, Claim]", "[Statement, Statement]", "labels: [Claim]", "labels: [Statement]", "of: [Claim]", "of: [Statement]"},
			[]string{"rename: label Claim becomes Statement"},
		},
		{
			"label removed",
			[]string{"- {label: Place, parent: Mention}\n", "", "labels: [Person, Place]", "labels: [Person]"},
			[]string{"remove: removes label Place", "alter: changes labels of role tail of relation about"},
		},
		{"label added", []string{"- label: Claim\n", "- {label: Time, attributes: [{name: exact, kind: boolean}]}\n- label: Claim\n"}, []string{"add: adds label Time"}},
		{"colour and key", []string{`key: "1"`, `key: "2"`, "#e69f00", "#0072b2"}, []string{"look: changes key and colour of label Claim"}},
		{
			"parent",
			[]string{"- {label: Place, parent: Mention}", "- {label: Place}"},
			[]string{"alter: changes parent of label Place", "remove: removes attribute sure from label Place"},
		},
		{
			"attribute renamed in a parent",
			[]string{"{name: sure, kind: integer}", "{name: certain, formerly: [sure], kind: integer}"},
			[]string{"rename: attribute sure of label Mention becomes certain"},
		},
		{
			"attribute removed from a parent",
			[]string{", attributes: [{name: sure, kind: integer}]", ""},
			[]string{"remove: removes attribute sure from label Mention"},
		},
		{
			"attribute moved from parent to child",
			[]string{", attributes: [{name: sure, kind: integer}]", "", "{name: role, kind: text}", "{name: role, kind: text}, {name: sure, kind: integer}"},
			[]string{"remove: removes attribute sure from label Mention", "look: changes the order of the attributes of label Person"},
		},
		{
			"attribute renamed that another depends on",
			[]string{"name: type,", "name: sort, formerly: [type],", "attribute: type", "attribute: sort"},
			[]string{"rename: attribute type of label Claim becomes sort"},
		},
		{
			"attribute of another kind",
			[]string{"{name: sure, kind: integer}", "{name: sure, kind: number, min: 0}"},
			[]string{"retype: attribute sure of label Mention becomes one of kind number, which was integer", "alter: changes least value of attribute sure of label Mention"},
		},
		{
			"values",
			[]string{"[{name: song}, {name: demand}, {name: other}]", "[{name: plea, formerly: [demand]}, {name: else}, {name: song, guideline: Sung.}]", "is: [demand]", "is: [plea]"},
			[]string{
				"look: changes guideline of value song of attribute type of label Claim",
				"rename: value demand of attribute type of label Claim becomes plea",
				"remove: removes value other from attribute type of label Claim",
				"add: adds value else to attribute type of label Claim",
				"look: changes the order of the values of attribute type of label Claim",
			},
		},
		{
			"value elsewhere in the code book",
			[]string{"{name: water, values: [{name: sea}]}, {name: money}", "{name: water}, {name: money}, {name: sea}"},
			[]string{"alter: changes place of value sea of attribute topics of label Claim", "look: changes the order of the values of attribute topics of label Claim"},
		},
		{
			"role renamed",
			[]string{"{name: head, labels: [Claim]}", "{name: claim, formerly: [head], labels: [Claim]}", "role: head", "role: claim"},
			[]string{"rename: role head of relation about becomes claim"},
		},
		{"role removed", []string{", {name: tail, labels: [Person, Place]}", ""}, []string{"remove: removes role tail from relation about"}},
		{"direction turned", []string{"roles: [{name: head}, {name: tail}]", "roles: [{name: tail}, {name: head}]"}, []string{"alter: changes the order of the roles of relation same"}},
		{"relation removed", []string{"- {label: same, symmetric: true, roles: [{name: head}, {name: tail}]}\n", ""}, []string{"remove: removes relation same"}},
		{"scope", []string{"label: same,", "label: same, scope: project,"}, []string{"alter: changes scope of relation same"}},
		{"scope said that was implied", []string{"label: same,", "label: same, scope: document,"}, nil},
		{"document attribute removed", []string{"document: [{name: genre, kind: text}]\n", ""}, []string{"remove: removes attribute genre from the document"}},
		{"record moved out", []string{", records: [{label: answer}]}", "}\n- {label: answer}"}, []string{"alter: changes place of record answer"}},
		{"record renamed", []string{"label: question,", "label: query, formerly: [question],"}, []string{"rename: record question becomes query"}},
		{"flag renamed", []string{"flags: [discuss, skip]", "flags: [{name: talk, formerly: [discuss]}, skip]"}, []string{"rename: flag discuss becomes talk"}},
		{"kind of concept removed", []string{"[person, place]", "[person]"}, []string{"remove: removes concept kind place"}},
		{"rule changed", []string{"allow: none", "allow: nest"}, []string{
			"remove: removes the rule that Claim and Claim share no text",
			"add: adds the rule that Claim and Claim lie in each other or apart",
		}},
		{"scheme", []string{"name: before", "name: after\nlevel: forbid"}, []string{"look: changes name of the scheme", "alter: changes level of the scheme"}},
		{"two labels made one", []string{
			"- {label: Person, parent: Mention, attributes: [{name: role, kind: text}]}\n- {label: Place, parent: Mention}\n",
			"- {label: Person, formerly: [Place], parent: Mention, attributes: [{name: role, kind: text}]}\n", "[Person, Place]", "[Person]",
		}, []string{"rename: label Place becomes Person"}},
		{
			"what has a former name although the scheme did not know it",
			[]string{"{label: Place, parent: Mention}", "{label: Place, formerly: [Location], parent: Mention}"},
			[]string{"rename: label Location becomes Place"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, steps(revised(t, test.edits...)))
		})
	}
}

func TestWhatIsInheritedIsSaidOfWhereItStands(t *testing.T) {
	const text = "name: a\nspans:\n- {label: Person, parent: Mention}\n- {label: Place, parent: Mention}\n- {label: Mention, attributes: [{name: sure, kind: boolean}, {name: x, kind: text}]}\n"
	r := Revise(parsed(t, text), parsed(t, edited(t, text, "{name: sure, kind: boolean}, {name: x,", "{name: y, formerly: [x],")))
	assert.Equal(t, []string{"remove: removes attribute sure from label Mention", "rename: attribute x of label Mention becomes y"}, steps(r))
	after, touched := r.Of(&Span{ID: "s", Label: "Place", Attributes: map[string]Value{"sure": Bool(true), "x": Text("a")}})
	assert.Equal(t, map[string]Value{"y": Text("a")}, after.(*Span).Attributes)
	assert.Equal(t, []Touch{{Step: 0, Fate: Drop}, {Step: 1, Fate: Into}}, touched)
}

func TestAFormerNameThatIsKnownIsNoStep(t *testing.T) {
	former := edited(t, before, "{label: Place, parent: Mention}", "{label: Place, formerly: [Location], parent: Mention}")
	s := parsed(t, former)
	assert.Empty(t, Revise(s, parsed(t, former)).Steps)
}

func TestARevisionCountsWhatMatters(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		want  int
	}{
		{"nothing", nil, 4},
		{"a colour", []string{"#e69f00", "#0072b2"}, 4},
		{"the order of values", []string{"{name: song}, {name: demand}", "{name: demand}, {name: song}"}, 4},
		{"a guideline", []string{`key: "1"`, "guideline: What is said."}, 5},
		{"a label", []string{"- label: Claim\n", "- label: Time\n- label: Claim\n"}, 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := revised(t, test.edits...)
			r.From.Revision = 4
			assert.Equal(t, test.want, r.Scheme().Revision)
		})
	}
}

package annotate_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// edited replaces in a text, and fails where what is to be replaced is not there.
func edited(t require.TestingT, text string, edits ...string) string {
	for i := 0; i < len(edits); i += 2 {
		require.Contains(t, text, edits[i])
		text = strings.ReplaceAll(text, edits[i], edits[i+1])
	}
	return text
}

type set = map[string]Value

// decide decides about a step by the item's short name.
func decide(t require.TestingT, r *Revision, item string, d StepDecision) {
	step, err := r.Find(item)
	require.NoError(t, err)
	require.NoError(t, r.Decide(step, d))
}

// told writes touches as "sentence: fate".
func told(r *Revision, touched []Touch) []string {
	var all []string
	for _, t := range touched {
		all = append(all, fmt.Sprintf("%s: %s", r.Steps[t.Step].Sentence, t.Fate))
	}
	return all
}

const (
	withoutPlace = "- {label: Place, parent: Mention}\n"
	withoutOther = ", {name: other}]"
)

func TestOfARevision(t *testing.T) {
	span := func(label string, values set) *Span {
		return &Span{ID: "s", Document: "d", Annotator: "ben", Label: label, Fragments: []Fragment{{0, 3}}, Attributes: values, Flag: "discuss", Note: "n"}
	}
	about := func(arguments ...Argument) *Relation {
		return &Relation{ID: "r", Document: "d", Annotator: "ben", Label: "about", Arguments: arguments}
	}
	drop, keep := StepDecision{Fate: Drop}, StepDecision{Fate: Keep}
	into := func(name string) StepDecision { return StepDecision{Fate: Into, Into: name} }
	five := number(t, "5")
	for _, test := range []struct {
		name    string
		edits   []string
		decided map[string]StepDecision
		state   State
		want    State // nil if deleted
		touched []string
	}{
		{
			"label renamed",
			[]string{"label: Claim\n", "label: Statement\n  formerly: [Claim]\n", "Claim, Claim", "Statement, Statement", "labels: [Claim]", "labels: [Statement]", "of: [Claim]", "of: [Statement]"},
			nil, span("Claim", set{"type": Text("song")}), span("Statement", set{"type": Text("song")}),
			[]string{"label Claim becomes Statement: into"},
		},
		{"another label", []string{withoutPlace, "", "[Person, Place]", "[Person]"}, nil, span("Person", nil), span("Person", nil), nil},
		{"label removed", []string{withoutPlace, "", "[Person, Place]", "[Person]"}, nil, span("Place", set{"sure": five}), span("Place", set{"sure": five}), []string{"removes label Place: keep"}},
		{"label dropped", []string{withoutPlace, "", "[Person, Place]", "[Person]"}, map[string]StepDecision{"Place": drop}, span("Place", nil), nil, []string{"removes label Place: drop"}},
		{
			"label into another that takes its values",
			[]string{withoutPlace, "", "[Person, Place]", "[Person]"},
			map[string]StepDecision{"Place": into("Person")},
			span("Place", set{"sure": five}), span("Person", set{"sure": five}),
			[]string{"removes label Place: into"},
		},
		{
			"label into another that does not",
			[]string{withoutPlace, "", "[Person, Place]", "[Person]"},
			map[string]StepDecision{"label Place": into("Claim")},
			span("Place", set{"sure": five}), span("Claim", nil),
			[]string{"removes label Place: drop"},
		},
		{
			"inherited attribute renamed",
			[]string{"{name: sure, kind: integer}", "{name: certain, formerly: [sure], kind: integer}"},
			nil, span("Place", set{"sure": five}), span("Place", set{"certain": five}),
			[]string{"attribute sure of label Mention becomes certain: into"},
		},
		{
			"attribute removed",
			[]string{", attributes: [{name: sure, kind: integer}]", ""},
			nil, span("Person", set{"sure": five, "role": Text("mayor")}), span("Person", set{"role": Text("mayor")}),
			[]string{"removes attribute sure from label Mention: drop"},
		},
		{
			"attribute kept",
			[]string{", attributes: [{name: sure, kind: integer}]", ""},
			map[string]StepDecision{"Mention.sure": keep},
			span("Person", set{"sure": five}), span("Person", set{"sure": five}),
			[]string{"removes attribute sure from label Mention: keep"},
		},
		{
			"attribute into another of another kind", []string{", {name: worthy, kind: boolean, when: [{attribute: type, is: [demand]}]}", "", "\n  - {name: worthy, kind: boolean, when: [{attribute: type, is: [demand]}]}", "", "{name: type, kind: choice, values: [{name: song}, {name: demand}, {name: other}]}", "{name: remark, kind: text}"}[2:],
			map[string]StepDecision{"Claim.type": into("remark"), "Claim.worthy": keep},
			span("Claim", set{"type": Text("song")}), span("Claim", set{"remark": Text("song")}),
			[]string{"removes attribute type from label Claim: into"},
		},
		{"value removed", []string{withoutOther, "]"}, nil, span("Claim", set{"type": Text("other")}), span("Claim", nil), []string{"removes value other from attribute type of label Claim: drop"}},
		{"value kept", []string{withoutOther, "]"}, map[string]StepDecision{"Claim.type.other": keep}, span("Claim", set{"type": Text("other")}), span("Claim", set{"type": Text("other")}), []string{"removes value other from attribute type of label Claim: keep"}},
		{"value into another", []string{withoutOther, "]"}, map[string]StepDecision{"Claim.type.other": into("song")}, span("Claim", set{"type": Text("other")}), span("Claim", set{"type": Text("song")}), []string{"removes value other from attribute type of label Claim: into"}},
		{
			"one of several values removed",
			[]string{", {name: money}", ""},
			nil,
			span("Claim", set{"topics": Choices("sea", "money")}), span("Claim", set{"topics": Choices("sea")}),
			[]string{"removes value money from attribute topics of label Claim: drop"},
		},
		{
			"the only one of several values removed",
			[]string{", {name: money}", ""},
			nil,
			span("Claim", set{"topics": Choices("money")}), span("Claim", nil),
			[]string{"removes value money from attribute topics of label Claim: drop"},
		},
		{
			"one of several values into one that is there",
			[]string{", {name: money}", ""},
			map[string]StepDecision{"Claim.topics.money": into("sea")},
			span("Claim", set{"topics": Choices("sea", "money")}), span("Claim", set{"topics": Choices("sea")}),
			[]string{"removes value money from attribute topics of label Claim: into"},
		},
		{
			"converted",
			[]string{"{name: sure, kind: integer}", "{name: sure, kind: number}"},
			nil,
			span("Person", set{"sure": five}), span("Person", set{"sure": five}),
			[]string{"attribute sure of label Mention becomes one of kind number, which was integer: into"},
		},
		{
			"not to be converted",
			[]string{"{name: role, kind: text}", "{name: role, kind: boolean}"},
			nil,
			span("Person", set{"role": Text("mayor")}), span("Person", nil),
			[]string{"attribute role of label Person becomes one of kind boolean, which was text: drop"},
		},
		{
			"not to be converted but kept",
			[]string{"{name: role, kind: text}", "{name: role, kind: boolean}"},
			map[string]StepDecision{"Person.role": keep},
			span("Person", set{"role": Text("mayor")}), span("Person", set{"role": Text("mayor")}),
			[]string{"attribute role of label Person becomes one of kind boolean, which was text: keep"},
		},
		{
			"renamed, converted and its value renamed",
			[]string{
				"{name: type, kind: choice, values: [{name: song}, {name: demand}, {name: other}]}",
				"{name: sorts, formerly: [type], kind: several, values: [{name: hymn, formerly: [song]}, {name: demand}, {name: other}]}", "attribute: type", "attribute: sorts",
			},
			nil,
			span("Claim", set{"type": Text("song")}), span("Claim", set{"sorts": Choices("hymn")}),
			[]string{
				"attribute type of label Claim becomes sorts: into", "attribute type of label Claim becomes one of kind several, which was choice: into",
				"value song of attribute type of label Claim becomes hymn: into",
			},
		},
		{
			"role renamed",
			[]string{"{name: head, labels: [Claim]}", "{name: claim, formerly: [head], labels: [Claim]}", "role: head", "role: claim"},
			nil,
			about(Argument{Role: "head", Span: "a"}, Argument{Role: "tail", Span: "b"}), about(Argument{Role: "claim", Span: "a"}, Argument{Role: "tail", Span: "b"}),
			[]string{"role head of relation about becomes claim: into"},
		},
		{
			"role removed",
			[]string{", {name: tail, labels: [Person, Place]}", ""},
			nil,
			about(Argument{Role: "head", Span: "a"}, Argument{Role: "tail", Span: "b"}), about(Argument{Role: "head", Span: "a"}, Argument{Role: "tail", Span: "b"}),
			[]string{"removes role tail from relation about: keep"},
		},
		{
			"role dropped",
			[]string{", {name: tail, labels: [Person, Place]}", ""},
			map[string]StepDecision{"about.tail": drop},
			about(Argument{Role: "head", Span: "a"}, Argument{Role: "tail", Span: "b"}), about(Argument{Role: "head", Span: "a"}),
			[]string{"removes role tail from relation about: drop"},
		},
		{
			"the only role dropped",
			[]string{", {name: tail, labels: [Person, Place]}", ""},
			map[string]StepDecision{"about.tail": drop},
			about(Argument{Role: "tail", Span: "b"}), nil,
			[]string{"removes role tail from relation about: drop"},
		},
		{
			"role into another that the same plays",
			[]string{", {name: tail, labels: [Person, Place]}", ""},
			map[string]StepDecision{"about.tail": into("head")},
			about(Argument{Role: "head", Span: "a"}, Argument{Role: "tail", Span: "a"}), about(Argument{Role: "head", Span: "a"}),
			[]string{"removes role tail from relation about: into"},
		},
		{"flag removed", []string{"flags: [discuss, skip]", "flags: [skip]"}, nil, span("Claim", nil), span("Claim", nil), []string{"removes flag discuss: keep"}},
		{
			"document attribute and flag dropped",
			[]string{"flags: [discuss, skip]", "flags: [skip]", "document: [{name: genre, kind: text}]\n", ""},
			map[string]StepDecision{"flag discuss": drop},
			&Assessment{Document: "d", Annotator: "ben", Status: Done, Labels: set{"genre": Text("news")}, Flag: "discuss"},
			&Assessment{Document: "d", Annotator: "ben", Status: Done},
			[]string{"removes attribute genre from the document: drop", "removes flag discuss: drop"},
		},
		{
			"record renamed",
			[]string{"label: question,", "label: query, formerly: [question],"},
			nil,
			&Record{ID: "q", Document: "d", Annotator: "ben", Label: "question", Rank: "V"}, &Record{ID: "q", Document: "d", Annotator: "ben", Label: "query", Rank: "V"},
			[]string{"record question becomes query: into"},
		},
		{
			"kind of concept into another",
			[]string{"[person, place]", "[person]"},
			map[string]StepDecision{"concept kind place": into("person")},
			&Concept{ID: "c", Kind: "place", Name: "Tollen"}, &Concept{ID: "c", Kind: "person", Name: "Tollen"},
			[]string{"removes concept kind place: into"},
		},
		{"a label that opens", []string{"{label: Person, parent: Mention, attributes: [{name: role, kind: text}]}", "{label: Person, open: true}"}, nil, span("Person", set{"role": Text("mayor")}), span("Person", set{"role": Text("mayor")}), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := revised(t, test.edits...)
			for _, item := range SortedKeys(test.decided) {
				decide(t, r, item, test.decided[item])
			}
			whole, err := MarshalState(test.state)
			require.NoError(t, err)
			after, touched := r.Of(test.state)
			assert.Equal(t, test.want, after)
			assert.Equal(t, test.touched, told(r, touched))
			left, err := MarshalState(test.state)
			require.NoError(t, err)
			assert.Equal(t, string(whole), string(left), "the state itself must stay as it was")
		})
	}
}

func TestWhatCannotBeDecided(t *testing.T) {
	r := revised(t, withoutPlace, "", "[Person, Place]", "[Person]", "{name: role, kind: text}", "{name: role, kind: boolean}", withoutOther, "]", "#e69f00", "#0072b2")
	for _, test := range []struct {
		item     string
		decision StepDecision
		want     string
	}{
		{"Place", StepDecision{Fate: Into, Into: "Planet"}, `label Place cannot become "Planet", which the new scheme does not have in its place`},
		{"Place", StepDecision{Fate: Into, Into: "Mention"}, `label Place cannot become "Mention", which the new scheme does not have in its place`},
		{"Person.role", StepDecision{Fate: Into, Into: "sure"}, "what cannot be converted of attribute role of label Person is kept or dropped"},
		{"Claim.type.other", StepDecision{Fate: Into, Into: "money"}, `value other of attribute type of label Claim cannot become "money", which the new scheme does not have in its place`},
		{"Place", StepDecision{}, `"" is none of keep, drop and into`},
	} {
		step, err := r.Find(test.item)
		require.NoError(t, err)
		assert.EqualError(t, r.Decide(step, test.decision), test.want)
	}
	_, err := r.Find("Claim")
	assert.EqualError(t, err, `the change removes nothing that is called "Claim"`)
	look := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Kind == LookStep })
	assert.EqualError(t, r.Decide(look, StepDecision{Fate: Drop}), "there is nothing to decide about label Claim")
}

func TestANameThatCanMeanTwoThings(t *testing.T) {
	from := parsed(t, "name: a\nspans: [{label: x}, {label: y}]\nrelations: [{label: x, roles: [{name: of}]}]")
	to := parsed(t, "name: a\nspans: [{label: y}]")
	r := Revise(from, to)
	_, err := r.Find("x")
	assert.EqualError(t, err, `"x" can mean label x or relation x`)
	step, err := r.Find("relation x")
	require.NoError(t, err)
	assert.Equal(t, "removes relation x", r.Steps[step].Sentence)
}

// TestARenameAndItsInverseChangeNothing renames everything that has a name, and back.
func TestARenameAndItsInverseChangeNothing(t *testing.T) {
	from := parsed(t, before)
	rapid.Check(t, func(t *rapid.T) {
		to := from.Clone()
		back := from.Clone()
		renaming := rename{to: to, back: back, choose: func(name string) string {
			if rapid.Bool().Draw(t, "rename "+name) {
				return name + "′"
			}
			return name
		}}
		renaming.all()
		there, again := Revise(from, to), Revise(to, back)
		for _, s := range slices.Concat(there.Steps, again.Steps) {
			require.Equal(t, RenameStep, s.Kind, s.Sentence)
		}
		touchedBy := map[int]int{}
		changed := 0
		for _, state := range anyStates(t) {
			after, touched := there.Of(state)
			require.NotNil(t, after)
			for _, touch := range touched {
				touchedBy[touch.Step]++
				require.Equal(t, Into, touch.Fate)
			}
			restored, returned := again.Of(after)
			require.Equal(t, state, restored)
			require.Len(t, returned, len(touched))
			if len(touched) > 0 {
				changed++
				require.NotEqual(t, state, after)
			} else {
				require.Same(t, state, after)
			}
		}
		total := 0
		for _, n := range touchedBy {
			total += n
		}
		require.GreaterOrEqual(t, total, changed)
	})
}

// rename renames the items of scheme to and notes in back what they were called, and in
// both what else speaks of them.
type rename struct {
	to, back *Scheme
	choose   func(string) string
}

func (r *rename) all() {
	labels, relations := map[string]string{}, map[string]string{}
	for i := range r.to.Spans {
		r.name(&r.to.Spans[i].Label, &r.to.Spans[i].Formerly, &r.back.Spans[i].Formerly)
		labels[r.back.Spans[i].Label] = r.to.Spans[i].Label
		r.attributes(&r.to.Spans[i].Attributes, &r.back.Spans[i].Attributes)
	}
	for i := range r.to.Spans {
		r.to.Spans[i].Parent = labels[r.to.Spans[i].Parent]
	}
	roles := map[string]string{}
	for i := range r.to.Relations {
		def, back := &r.to.Relations[i], &r.back.Relations[i]
		r.name(&def.Label, &def.Formerly, &back.Formerly)
		relations[back.Label] = def.Label
		for k := range def.Roles {
			r.name(&def.Roles[k].Name, &def.Roles[k].Formerly, &back.Roles[k].Formerly)
			roles[back.Label+" "+back.Roles[k].Name] = def.Roles[k].Name
			def.Roles[k].Labels = led(def.Roles[k].Labels, labels)
		}
		r.attributes(&def.Attributes, &back.Attributes)
	}
	r.attributes(&r.to.Document, &r.back.Document)
	for i := range r.to.Records {
		r.name(&r.to.Records[i].Label, &r.to.Records[i].Formerly, &r.back.Records[i].Formerly)
		r.attributes(&r.to.Records[i].Attributes, &r.back.Records[i].Attributes)
		for k := range r.to.Records[i].Records {
			r.name(&r.to.Records[i].Records[k].Label, &r.to.Records[i].Records[k].Formerly, &r.back.Records[i].Records[k].Formerly)
		}
	}
	for i := range r.to.Rules {
		rule := &r.to.Rules[i]
		if len(rule.Degree) > 0 {
			rule.Role = roles[rule.Degree[0]+" "+rule.Role]
		}
		rule.Overlap, rule.Of, rule.Degree = led(rule.Overlap, labels), led(rule.Of, labels), led(rule.Degree, relations)
	}
	for i := range r.to.Flags {
		r.name(&r.to.Flags[i].Name, &r.to.Flags[i].Formerly, &r.back.Flags[i].Formerly)
	}
}

// name renames an item, which knows its old name afterwards as that of back does the new one.
func (r *rename) name(name *string, formerly, back *[]string) {
	if now := r.choose(*name); now != *name {
		*formerly, *back = []string{*name}, []string{now}
		*name = now
	}
}

func (r *rename) attributes(to, back *[]Attribute) {
	*to, *back = slices.Clone(*to), slices.Clone(*back)
	names, values := map[string]string{}, map[string]string{}
	for i := range *to {
		a, b := &(*to)[i], &(*back)[i]
		old := a.Name
		r.name(&a.Name, &a.Formerly, &b.Formerly)
		names[old] = a.Name
		a.Values, b.Values = slices.Clone(a.Values), slices.Clone(b.Values)
		for k := range a.Values {
			was := a.Values[k].Name
			r.name(&a.Values[k].Name, &a.Values[k].Formerly, &b.Values[k].Formerly)
			values[was] = a.Values[k].Name
		}
	}
	for i := range *to {
		when := slices.Clone((*to)[i].When)
		for k := range when {
			when[k].Attribute = names[when[k].Attribute]
			when[k].Is = slices.Clone(when[k].Is)
			for v := range when[k].Is {
				text, _ := when[k].Is[v].Text()
				when[k].Is[v] = Text(values[text])
			}
		}
		(*to)[i].When = when
	}
}

func led(names []string, to map[string]string) []string {
	now := slices.Clone(names)
	for i, name := range now {
		now[i] = to[name]
	}
	return now
}

// anyStates draws annotations of scheme before, some of which it does not allow.
func anyStates(t *rapid.T) []State {
	value := rapid.SampledFrom([]Value{Text("song"), Text("demand"), Text("lost"), Bool(true), Choices("sea", "money"), Choices("water"), number(t, "5")})
	values := rapid.MapOfN(rapid.SampledFrom([]string{"sure", "role", "type", "topics", "worthy", "direct", "genre", "text", "gone"}), value, 0, 4)
	attributes := func() set {
		drawn := maps.Clone(values.Draw(t, "values"))
		if len(drawn) == 0 {
			return nil
		}
		return drawn
	}
	flag := rapid.SampledFrom([]string{"", "discuss", "skip", "lost"})
	var states []State
	for i := range 6 {
		id := ID(fmt.Sprint(i))
		states = append(
			states,
			&Span{ID: id, Label: rapid.SampledFrom([]string{"Person", "Place", "Claim", "Gone"}).Draw(t, "label"), Attributes: attributes(), Flag: flag.Draw(t, "flag")},
			&Relation{
				ID: id, Label: rapid.SampledFrom([]string{"about", "same", "gone"}).Draw(t, "relation"), Attributes: attributes(), Flag: flag.Draw(t, "flag"),
				Arguments: []Argument{{Role: rapid.SampledFrom([]string{"head", "tail", "gone"}).Draw(t, "role"), Span: "a"}, {Role: "tail", Span: "b"}},
			},
			&Record{ID: id, Label: rapid.SampledFrom([]string{"question", "answer", "gone"}).Draw(t, "record"), Attributes: attributes()},
			&Assessment{Document: id, Labels: attributes(), Flag: flag.Draw(t, "flag")},
		)
	}
	return states
}

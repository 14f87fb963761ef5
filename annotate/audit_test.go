package annotate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

const strictText = `
name: strict
trim: [quotes, stop]
spans:
- {label: Unit, abstract: true, group: Arguments, attributes: [{name: sure, kind: boolean}]}
- {label: Claim, parent: Unit, contiguous: true, attributes: [{name: stance, kind: choice, required: true, values: [{name: for}, {name: against}]}]}
- {label: Premise, parent: Unit}
- {label: Name}
- {label: Note, level: forbid}
relations:
- label: supports
  scope: paragraph
  roles: [{name: head, labels: [Premise], min: 1, max: 1}, {name: tail, labels: [Unit], min: 1, max: 1}]
- label: attacks
  roles: [{name: head, labels: [Premise], min: 1, max: 1, exclusive: true}, {name: tail, labels: [Unit], min: 1, max: 1}]
- {label: same, symmetric: true, transitive: true, roles: [{name: head, labels: [Name], min: 1, max: 1}, {name: tail, labels: [Name], min: 1, max: 1}]}
- {label: before, transitive: true, scope: sentence, level: forbid, roles: [{name: head, min: 1, max: 1}, {name: tail, min: 1, max: 1}]}
- {label: reply, roles: [{name: to, relations: [attacks], max: 1}, {name: by, labels: [Name]}]}
rules:
- {overlap: [Claim, Premise], allow: none, level: forbid, says: claims and premises stand side by side}
- {overlap: [Name, "*"], allow: nest}
- {degree: [supports, attacks], of: [Premise], role: head, min: 1, max: 1}
- {acyclic: [supports, attacks]}
`

// strict has two paragraphs; the first has the sentences 0-9 and 10-19.
const strictBody = "One two. Three four\nfive \"six seven.\" eight"

func bound(id ID, label, head, tail string) *Relation {
	return relation(id, label, Argument{Role: Head, Span: ID(head)}, Argument{Role: Tail, Span: ID(tail)})
}

func claim(id ID, start, end int) *Span {
	s := span(id, "Claim", start, end)
	s.Attributes = map[string]Value{"stance": Text("for")}
	return s
}

func TestAuditFindsWhatBreaksARule(t *testing.T) {
	split := claim("c", 0, 3)
	split.Fragments = append(split.Fragments, Fragment{4, 7})
	tests := []struct {
		name   string
		states []State
		want   []string
	}{
		{"nothing", []State{claim("c", 0, 7), span("n", "Name", 0, 3)}, nil},
		{"a label that only groups others", []State{span("u", "Unit", 0, 3)}, []string{"label u: Unit “One”: label Unit only groups others; choose one of Claim, Premise"}},
		{"an attribute of the parent", []State{func() *Span { c := claim("c", 0, 3); c.Attributes["sure"] = Bool(true); return c }()}, nil},
		{"a missing attribute", []State{span("c", "Claim", 0, 3)}, []string{"required c: Claim “One”: stance is not set"}},
		{"a gap", []State{split}, []string{"contiguous c: Claim “One two” has a gap, but a Claim must not"}},
		{"quotation marks around", []State{span("n", "Name", 25, 37)}, []string{"trim n: Name “\"six seven.\"” ends with a mark that does not belong to it"}},
		{"a mark at the start", []State{span("n", "Name", 25, 29)}, []string{"trim n: Name “\"six” begins with a mark that does not belong to it"}},
		{"a stop", []State{span("n", "Name", 4, 8)}, []string{"trim n: Name “two.” ends with a mark that does not belong to it"}},
		{"crossing", []State{span("n", "Name", 0, 7), span("o", "Note", 4, 14)}, []string{"overlap o: Note “two. Three” crosses Name “One two”, which is not allowed"}},
		{"nesting", []State{span("n", "Name", 0, 7), span("o", "Note", 4, 7)}, nil},
		{"in a gap", []State{func() *Span {
			n := span("n", "Name", 0, 3)
			n.Fragments = append(n.Fragments, Fragment{9, 14})
			return n
		}(), span("o", "Note", 4, 7)}, nil},
		{"sharing text", []State{claim("c", 0, 7), span("p", "Premise", 4, 14)}, []string{
			"degree p: Premise “two. Three” must be head of supports or attacks at least once, and is never",
			"overlap p: Premise “two. Three”: claims and premises stand side by side",
		}},
		{"one of two", []State{claim("c", 0, 3), claim("d", 9, 14), span("p", "Premise", 4, 7), bound("r", "supports", "p", "c"), bound("s", "attacks", "p", "d")}, []string{
			"degree p: Premise “two” may be head of supports or attacks at most once, and is 2 times",
		}},
		{"another paragraph", []State{claim("c", 0, 3), span("p", "Premise", 20, 24), bound("r", "supports", "p", "c")}, []string{
			"scope r: relation supports must stay inside one paragraph, but its tail lies in another",
		}},
		{"another sentence", []State{span("a", "Name", 0, 3), span("b", "Name", 9, 14), bound("r", "before", "a", "b")}, []string{
			"scope r: relation before must stay inside one sentence, but its tail lies in another",
		}},
		{"the same twice", []State{claim("c", 0, 3), span("p", "Premise", 4, 7), bound("r", "supports", "p", "c"), bound("s", "supports", "p", "c")}, []string{
			"degree p: Premise “two” may be head of supports or attacks at most once, and is 2 times",
			"repeated s: relation supports stands there already between the same",
		}},
		{"two circles", []State{
			span("p", "Premise", 0, 3), span("q", "Premise", 4, 7), bound("r", "supports", "p", "q"), bound("s", "attacks", "q", "p"),
		}, []string{
			"cycle r: relation supports is part of a circle of supports and attacks",
			"cycle s: relation attacks is part of a circle of supports and attacks",
		}},
		{"itself", []State{span("a", "Name", 0, 3), bound("r", "before", "a", "a")}, []string{"cycle r: relation before leads in a circle, although it is transitive"}},
		{"backwards", []State{span("a", "Name", 0, 3), span("b", "Name", 4, 7), bound("r", "same", "a", "b"), bound("s", "same", "b", "a")}, []string{
			"repeated s: relation same follows from others already", "repeated s: relation same stands there already between the same",
		}},
		{"what follows", []State{
			span("a", "Name", 0, 3), span("b", "Name", 4, 7), span("c", "Name", 9, 14), bound("r", "same", "a", "b"), bound("s", "same", "b", "c"), bound("t", "same", "c", "a"),
		}, []string{"repeated t: relation same follows from others already"}},
		{"exclusive", []State{
			span("p", "Premise", 0, 3), claim("c", 4, 7), claim("d", 9, 14), bound("r", "attacks", "p", "c"), bound("s", "attacks", "p", "d"),
		}, []string{
			"degree p: Premise “One” may be head of supports or attacks at most once, and is 2 times",
			"exclusive s: the head of relation attacks is that of another one already",
		}},
		{"a relation for a span", []State{
			span("n", "Name", 4, 7), claim("c", 9, 14), span("p", "Premise", 0, 3), bound("a", "attacks", "p", "c"),
			relation("r", "reply", Argument{Role: "to", Relation: "a"}, Argument{Role: "by", Relation: "a"}),
		}, []string{"filler r: the by of relation reply must be Name, not relation attacks"}},
		{"a span for a relation", []State{span("n", "Name", 4, 7), relation("r", "reply", Argument{Role: "to", Span: "n"})}, []string{
			"filler r: the to of relation reply must be relation attacks, not Name",
		}},
	}
	scheme := parsed(t, strictText)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			audit := audited(scheme, strictBody, nil, test.states...)
			var said []string
			missing := 0
			for _, v := range audit.All() {
				said = append(said, fmt.Sprintf("%s %s: %s", v.Rule, v.Entity, v.Sentence))
				if v.Missing {
					missing++
				}
			}
			slices.Sort(said)
			assert.Equal(t, test.want, said)
			wrong, lacking := audit.Count()
			assert.Equal(t, []int{len(said) - missing, missing}, []int{wrong, lacking})
		})
	}
}

// drawAnnotations returns a few spans and relations of a scheme's labels that often break its rules.
func drawAnnotations(t *rapid.T, s *Scheme, text string) []State {
	var states []State
	ids := []ID{"s0", "s1", "s2", "s3", "s4"}
	for _, id := range ids[:rapid.IntRange(1, len(ids)).Draw(t, "spans")] {
		states = append(states, drawAudited(t, s, text, id))
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "relations") {
		label := rapid.SampledFrom(s.Relations).Draw(t, "relation").Label
		head, tail := rapid.SampledFrom(ids).Draw(t, "head"), rapid.SampledFrom(ids).Draw(t, "tail")
		states = append(states, bound(ID(fmt.Sprint("r", i)), label, string(head), string(tail)))
	}
	return states
}

func drawAudited(t *rapid.T, s *Scheme, text string, id ID) *Span {
	start := rapid.IntRange(0, len(text)-2).Draw(t, "start")
	end := rapid.IntRange(start+1, len(text)-1).Draw(t, "end")
	made := span(id, rapid.SampledFrom(s.Spans).Draw(t, "label").Label, start, end)
	if rapid.Bool().Draw(t, "stance") {
		made.Attributes = map[string]Value{"stance": Text("for")}
	}
	return made
}

func TestAnAuditKeptUpToDateEqualsANewOne(t *testing.T) {
	scheme := parsed(t, strictText)
	body := NewBody(strictBody)
	rapid.Check(t, func(t *rapid.T) {
		layer := NewLayer("doc", "asha")
		audit := NewAudit(scheme, layer, body, Lookup{})
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			var changes []Change
			for _, after := range drawAnnotations(t, scheme, strictBody) {
				c := Change{After: after}
				if s := layer.Span(after.EntityID()); s != nil {
					c.Before = s
				} else if r := layer.Relation(after.EntityID()); r != nil {
					c.Before = r
				}
				if c.Before != nil && rapid.Bool().Draw(t, "delete") {
					c.After = nil
				}
				changes = append(changes, c)
			}
			refusal := audit.Refusal(changes...)
			assert.Equal(t, NewAudit(scheme, layer, body, Lookup{}).All(), audit.All(), "asking changes nothing")
			before := NewAudit(scheme, layer, body, Lookup{}).All()
			for i := range changes {
				layer.Apply(&changes[i])
			}
			audit.Update(changes...)
			fresh := NewAudit(scheme, layer, body, Lookup{})
			require.Equal(t, fresh.All(), audit.All())
			wrong, missing := fresh.Count()
			w, m := audit.Count()
			require.Equal(t, []int{wrong, missing}, []int{w, m})
			refused := slices.ContainsFunc(fresh.All(), func(v Violation) bool {
				return v.Level == Forbid && !v.Missing && !slices.Contains(before, v)
			})
			require.Equal(t, refused, refusal != nil)
		}
	})
}

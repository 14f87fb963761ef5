package assets

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// example returns the annotated document of a scheme in testdata.
func example(t *testing.T, scheme *annotate.Scheme) *annotated {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", scheme.Name+".txt"))
	require.NoError(t, err)
	return written(t, scheme, string(raw))
}

func TestTheExampleOfEverySchemeUsesAllOfItAndKeepsItsRules(t *testing.T) {
	for _, name := range SchemeNames() {
		t.Run(name, func(t *testing.T) {
			scheme := parse(t, name)
			w := example(t, scheme)
			assert.Empty(t, w.violations(scheme))
			used := map[string]bool{}
			values := func(owner string, values map[string]annotate.Value) {
				for name := range values {
					used["attribute "+owner+"."+name] = true
				}
			}
			for _, state := range w.states {
				switch e := state.(type) {
				case *annotate.Span:
					used["span "+e.Label] = true
					for label := e.Label; label != ""; label = scheme.Span(label).Parent {
						values(label, e.Attributes)
					}
				case *annotate.Relation:
					used["relation "+e.Label] = true
					values(e.Label, e.Attributes)
					for _, a := range e.Arguments {
						used["role "+e.Label+"."+a.Role] = true
					}
				case *annotate.Record:
					used["record "+e.Label] = true
					values(e.Label, e.Attributes)
				case *annotate.Assessment:
					values("document", e.Labels)
				}
			}
			for _, item := range items(scheme) {
				assert.True(t, used[item], "the example does not use %s", item)
			}
		})
	}
}

// items lists what a scheme offers.
func items(s *annotate.Scheme) []string {
	var all []string
	attributes := func(owner string, list []annotate.Attribute) {
		for _, a := range list {
			all = append(all, "attribute "+owner+"."+a.Name)
		}
	}
	for _, l := range s.Spans {
		if !l.Abstract {
			all = append(all, "span "+l.Label)
		}
		attributes(l.Label, l.Attributes)
	}
	for _, r := range s.Relations {
		all = append(all, "relation "+r.Label)
		for _, role := range r.Roles {
			all = append(all, "role "+r.Label+"."+role.Name)
		}
		attributes(r.Label, r.Attributes)
	}
	attributes("document", s.Document)
	var records func([]annotate.RecordLabel)
	records = func(list []annotate.RecordLabel) {
		for _, r := range list {
			all = append(all, "record "+r.Label)
			attributes(r.Label, r.Attributes)
			records(r.Records)
		}
	}
	records(s.Records)
	return all
}

func TestEveryRuleOfEverySchemeCanBeBroken(t *testing.T) {
	for _, name := range SchemeNames() {
		scheme := parse(t, name)
		for _, b := range breakings(scheme) {
			t.Run(name+"/"+b.rule, func(t *testing.T) {
				w := &annotated{text: word, layer: annotate.NewLayer(writtenDocument, writtenAnnotator), registry: annotate.NewRegistry()}
				for _, s := range b.states {
					w.layer.Apply(&annotate.Change{After: s})
				}
				assert.Contains(t, w.violations(scheme), b.want)
			})
		}
	}
}

// handmade breaks what cannot be broken by leaving out or adding one thing: rules between
// annotations, by their place in the scheme, marks at the ends of spans, and roles that
// nothing plays twice.
var handmade = []struct{ scheme, rule, source, want string }{
	{"claims", "trim", `{a Claim|“No”}`, "warn trim: Claim ““No”” ends with a mark that does not belong to it"},
	{"attribution", "trim", `{a Source|“Mara}`, "warn trim: Source ““Mara” begins with a mark that does not belong to it"},
	{
		"attribution", "exclusive cue attribution", "{s Source|A} {q Cue|said} {c Content|b} {d Content|c}\n---\nrelation r attribution: cue=q content=c\nrelation t attribution: cue=q content=d",
		"warn exclusive: the cue of relation attribution is that of another one already",
	},
	{"attribution", "rule 0", `{a Source|the {b Source|trust}}`, "warn overlap: Source “trust” shares text with Source “the trust”, which is not allowed"},
	{"attribution", "rule 1", `{a Cue|has {b Cue|said}}`, "warn overlap: Cue “said” shares text with Cue “has said”, which is not allowed"},
	{"attribution", "rule 2", `{a Source|the {b Cue|according}}`, "warn overlap: Cue “according”: a source and a cue share no words"},
	{"attribution", "rule 3", `{a Content|the {b Source|trust} is}`, ""},
	{"attribution", "rule 3", `{a Content|the {b Source|trust}} {b|is}`, "warn overlap: Source “trust is”: what reports lies outside its content, or wholly inside another one"},
	{"attribution", "rule 4", `{a Cue|said}`, "warn degree: Cue “said”: a cue without an attribution"},
	{"attribution", "rule 5", `{a Content|said}`, "warn degree: Content “said”: a content that nothing ascribes"},
	{"news-claims", "trim", `{a Claim|It is so.}`, "warn trim: Claim “It is so.” ends with a mark that does not belong to it"},
	{"news-claims", "rule 0", `{a Claim|It {b Claim|is}}`, "forbid overlap: Claim “is” shares text with Claim “It is”, which is not allowed"},
	{"news-claims", "rule 1", `{a Claim|It {b Claimer|is}}`, "warn overlap: Claimer “is”: the claimer stands outside the claim"},
	{
		"news-claims", "rule 2 many", "{a Claim|It} {b Claimer|is} {c Claimer|he}\n---\nrelation r claimed_by: head=a tail=b\nrelation t claimed_by: head=a tail=c",
		"warn degree: Claim “It”: a claim has one claimer",
	},
	{"claimpt", "trim", `{a Non-Claim|“Never”}`, "warn trim: Non-Claim ““Never”” ends with a mark that does not belong to it"},
	{"claimpt", "rule 0", `{a Claim|It {b Non-Claim|is}}`, "forbid overlap: Non-Claim “is”: a sentence is a claim or it is not"},
	{"claimpt", "rule 1", `{a Claim|It {b Claim|is}}`, "forbid overlap: Claim “is” shares text with Claim “It is”, which is not allowed"},
	{"claimpt", "rule 2", `{a Non-Claim|It {b Non-Claim|is}}`, "forbid overlap: Non-Claim “is” shares text with Non-Claim “It is”, which is not allowed"},
	{"claimpt", "rule 3", `{a Claim|It}`, "warn degree: Claim “It”: a claim has one claimer"},
	{
		"claimpt", "rule 3 many", "{a Claim|It} {b Claimer|is} {c Claimer|he}\n---\nrelation r claimer: head=a tail=b\nrelation t claimer: head=a tail=c",
		"warn degree: Claim “It”: a claim has one claimer",
	},
	{"political-claims", "rule 0", `{a Claim|It}`, "warn degree: Claim “It”: a claim without an actor"},
	{"political-claims", "rule 1", `{a Actor|He}`, "warn degree: Actor “He”: an actor without a claim"},
	{
		"political-claims", "exclusive claim made_by", "{a Claim|It} {b Actor|he} {c Actor|she}\n---\nrelation r made_by: claim=a actor=b\nrelation t made_by: claim=a actor=c",
		"warn exclusive: the claim of relation made_by is that of another one already",
	},
	{"political-claims", "kind", "{a Actor actor=x|Greyhithe}\n---\nconcept x place Greyhithe", "warn attribute: Actor “Greyhithe”: actor must be person or organisation, but Greyhithe is place"},
	{"political-claims", "heading", "{a Claim code=100|It}", `warn attribute: Claim “It”: code cannot contain "100"; choose from 101, 102, 103, 201, 202, 999`},
	{"arguments", "trim", `{a Premise|It is.}`, "warn trim: Premise “It is.” ends with a mark that does not belong to it"},
	{"arguments", "rule 0", `{a Premise|It {b Claim|is}}`, "forbid overlap: Claim “is”: components of an argument share no words"},
	{"arguments", "rule 1", `{a Premise|It}`, "warn degree: Premise “It”: a premise is a reason for or against exactly one thing"},
	{
		"arguments", "rule 1 many", "{a Premise|It} {b Claim|is} {c Claim|so}\n---\nrelation r supports: head=a tail=b\nrelation t attacks: head=a tail=c",
		"warn degree: Premise “It”: a premise is a reason for or against exactly one thing",
	},
	{"arguments", "rule 2", "{a Premise|It} {b Premise|is}\n---\nrelation r supports: head=a tail=b\nrelation t attacks: head=b tail=a", "warn cycle: reasons must not lead in a circle"},
	{"arguments", "claims have no reason of their own to give", "{a Claim|It} {b Claim|is}\n---\nrelation r supports: head=a tail=b", "warn filler: the head of relation supports must be Premise, not Claim"},
	{"arguments", "no relation to a major claim", "{a Premise|It} {b MajorClaim|is}\n---\nrelation r supports: head=a tail=b", "warn filler: the tail of relation supports must be Claim or Premise, not MajorClaim"},
	{"check-worthiness", "trim", `{a Claim|“Half”}`, "warn trim: Claim ““Half”” ends with a mark that does not belong to it"},
	{"entities", "rule 0", `{a Person|Mara {b Place|Tollen}} {b|Bay}`, "forbid overlap: Place “Tollen Bay”: names lie inside each other or apart"},
	{
		"entities", "transitive same", "{a Person|A} {b Person|B} {c Person|C}\n---\nrelation r same: head=a tail=b\nrelation s same: head=b tail=c\nrelation t same: head=c tail=a",
		"warn repeated: relation same follows from others already",
	},
	{"stance", "rule 0", `{a Sentence|It {b Sentence|is}}`, "forbid overlap: Sentence “is” shares text with Sentence “It is”, which is not allowed"},
}

func TestRulesBetweenAnnotationsAreKept(t *testing.T) {
	broken := map[string]bool{}
	for _, test := range handmade {
		t.Run(test.scheme+"/"+test.rule, func(t *testing.T) {
			scheme := parse(t, test.scheme)
			found := written(t, scheme, test.source).violations(scheme)
			if test.want == "" {
				for _, v := range found {
					assert.NotContains(t, v, "overlap")
				}
				return
			}
			broken[test.scheme+" "+test.rule] = true
			assert.Contains(t, found, test.want)
		})
	}
	for _, name := range SchemeNames() {
		for _, rule := range slices.Sorted(maps.Keys(betweenAnnotations(parse(t, name)))) {
			assert.True(t, broken[name+" "+rule], "nothing breaks %s of %s", rule, name)
		}
	}
}

// betweenAnnotations lists the rules that handmade must break.
func betweenAnnotations(s *annotate.Scheme) map[string]bool {
	rules := map[string]bool{}
	if len(s.Trim) > 0 {
		rules["trim"] = true
	}
	for _, r := range s.Relations {
		if r.Transitive {
			rules["transitive "+r.Label] = true
		}
		for _, role := range r.Roles {
			if role.Exclusive {
				rules[strings.Join([]string{"exclusive", role.Name, r.Label}, " ")] = true
			}
		}
	}
	for i, r := range s.Rules {
		if r.Min > 0 || len(r.Degree) == 0 {
			rules[fmt.Sprintf("rule %d", i)] = true
		}
		if r.Max != nil {
			rules[fmt.Sprintf("rule %d many", i)] = true
		}
	}
	return rules
}

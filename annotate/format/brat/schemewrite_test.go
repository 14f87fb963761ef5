package brat_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
)

func TestWritingASchemeForBrat(t *testing.T) {
	yes, low, most := annotate.Bool(true), annotate.Text("low"), 5.0
	s := &annotate.Scheme{
		Name: "s", Flags: []annotate.Flag{{Name: "unsure"}}, Trim: []annotate.Trim{annotate.QuotesTrim},
		Spans: []annotate.SpanLabel{
			{Label: "Claim", Key: "1", Color: "#e69f00", Short: []string{"Clm", "C"}, Guideline: "g", Attributes: []annotate.Attribute{
				{Name: "type", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "low"}, {Name: "very high"}}, Default: &low, Required: true},
				{Name: "sure", Kind: annotate.BooleanKind, Default: &yes},
				{Name: "worth", Kind: annotate.IntegerKind, Max: &most},
			}},
			{Label: "Fact", Parent: "Claim", Color: "#0000ff"},
			{Label: "Source", Color: "#56b4e9", Key: "2"},
		},
		Relations: []annotate.RelationLabel{
			{Label: "restates", Symmetric: true, Color: "#00ff00", Scope: annotate.ProjectScope, Roles: []annotate.Role{{Name: "head", Labels: []string{"Claim"}, Min: 1, Max: 1}, {Name: "tail", Labels: []string{"Claim"}, Min: 1, Max: 1}}},
			{Label: "Same", Symmetric: true, Transitive: true, Roles: []annotate.Role{{Name: "member", Labels: []string{"Source"}, Min: 2}}},
			{Label: "attribution", Roles: []annotate.Role{
				{Name: "source", Labels: []string{"Source"}, Implicit: true},
				{Name: "cue", Min: 1, Max: 1},
				{Name: "content", Labels: []string{"Claim"}, Relations: []string{"attribution"}, Min: 1},
				{Name: "note", Labels: []string{"Fact"}, Min: 2, Max: 3},
			}},
		},
		Rules: []annotate.Rule{{Overlap: []string{"Claim", "Source"}, Allow: annotate.NestOverlap}, {Overlap: []string{"*", "*"}, Allow: annotate.NoOverlap}, {Acyclic: []string{"restates"}}},
	}
	require.NoError(t, s.Check())
	files, losses := brat.SchemeFiles(s)
	assert.Equal(t, `# Scheme s, for brat (brat.nlplab.org).

[entities]

Claim
	Fact
Source

[relations]

restates	Arg1:Claim|Fact, Arg2:Claim|Fact, <REL-TYPE>:symmetric
Same	Arg1:Source, Arg2:Source, <REL-TYPE>:symmetric-transitive
<OVERLAP>	Arg1:Claim|Fact, Arg2:Source, <OVL-TYPE>:contain|equal
<OVERLAP>	Arg1:Source, Arg2:Claim|Fact, <OVL-TYPE>:contain|equal

[events]

attribution	source*:Source, cue:<ANY>, content+:Claim|Fact|attribution, note{2-3}:Fact

[attributes]

type	Arg:Claim|Fact, Value:low|very_high, <DEFAULT>:low
sure	Arg:Claim|Fact, <DEFAULT>:true
`, string(files["annotation.conf"]))
	assert.Equal(t, `[labels]

Claim | Claim | Clm | C

[drawing]

SPAN_DEFAULT	fgColor:black, bgColor:lightgreen, borderColor:darken
ARC_DEFAULT	color:black, arrowHead:triangle-5
ATTRIBUTE_DEFAULT	glyph:*

Claim	bgColor:#e69f00
Fact	bgColor:#0000ff, fgColor:white
Source	bgColor:#56b4e9
restates	color:#00ff00, dashArray:3-3, arrowHead:none
Same	dashArray:3-3, arrowHead:none
`, string(files["visual.conf"]))
	assert.Equal(t, "# Keys, a line each: the key and the type it stands for.\n1\tClaim\n2\tSource\n", string(files["kb_shortcuts.conf"]))
	assert.ElementsMatch(t, dataset.Losses{
		{What: "relation without a trigger, which gets one of its own name", Count: 1},
		{What: "value with a blank, comma, stroke or bracket, written with _", Count: 1},
		{What: "attribute of kind integer", Count: 1},
		{What: "what is trimmed", Count: 1},
		{What: "flag", Count: 1},
		{What: "rule against circles", Count: 1},
		{What: "guideline or example", Count: 1},
		{What: "attribute that is required", Count: 1},
		{What: "scope of a relation", Count: 1},
		{What: "role that may be implicit", Count: 1},
	}, losses)
}

// sayable generates schemes of nothing that brat cannot say: labels as they stand in a
// file, events with triggers of their own, antichains as what fills a role.
func sayable() *rapid.Generator[*annotate.Scheme] {
	return rapid.Custom(func(t *rapid.T) *annotate.Scheme {
		s := &annotate.Scheme{Name: "s"}
		entities := tree(t, s, "Ent", rapid.IntRange(1, 6).Draw(t, "entities"), false)
		triggers := tree(t, s, "Evt", rapid.IntRange(0, 4).Draw(t, "events"), true)
		keys := "abcdefghijk"
		var events []string
		for i := range s.Spans {
			l := &s.Spans[i]
			l.Color = rapid.SampledFrom(annotate.Palette).Draw(t, "colour")
			if rapid.Bool().Draw(t, "short") {
				l.Short = []string{fmt.Sprint("E", i), "e"}
			}
			if !l.Abstract && rapid.Bool().Draw(t, "key") {
				l.Key = keys[i : i+1]
			}
			if !l.Abstract && slices.Contains(triggers, l.Label) {
				events = append(events, l.Label)
			}
		}
		fillers := func(role *annotate.Role) {
			role.Labels, role.Relations = nil, nil
			if rapid.IntRange(0, 4).Draw(t, "any") == 0 {
				return
			}
			for _, l := range entities {
				if rapid.Bool().Draw(t, l) && !slices.ContainsFunc(role.Labels, func(above string) bool { return s.Is(l, above) }) {
					role.Labels = append(role.Labels, l)
				}
			}
			for _, e := range events {
				if rapid.Bool().Draw(t, e) {
					role.Relations = append(role.Relations, e)
				}
			}
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "relations") {
			def := annotate.RelationLabel{Label: fmt.Sprint("rel", i)}
			if rapid.Bool().Draw(t, "colour") {
				def.Color = "#12ab34"
			}
			names := rapid.SampledFrom([][]string{{annotate.Head, annotate.Tail}, {"from", "to"}, {annotate.Member}}).Draw(t, "roles")
			for _, name := range names {
				def.Roles = append(def.Roles, annotate.Role{Name: name, Min: 1, Max: 1})
			}
			switch {
			case len(names) == 1:
				def.Symmetric, def.Transitive = true, true
				def.Roles[0].Min, def.Roles[0].Max = 2, 0
			default:
				def.Symmetric = rapid.Bool().Draw(t, "symmetric")
				def.Transitive = !def.Symmetric && rapid.Bool().Draw(t, "transitive")
			}
			for k := range def.Roles {
				fillers(&def.Roles[k])
			}
			s.Relations = append(s.Relations, def)
		}
		for _, e := range events {
			def := annotate.RelationLabel{Label: e, Group: s.Span(e).Parent, Short: s.Span(e).Short}
			def.Roles = []annotate.Role{{Name: brat.Trigger, Labels: []string{e}, Min: 1, Max: 1}}
			for k := range rapid.IntRange(0, 3).Draw(t, "arguments") {
				bounds := rapid.SampledFrom([][2]int{{1, 1}, {0, 1}, {0, 0}, {1, 0}, {2, 2}, {1, 3}, {0, 2}}).Draw(t, "bounds")
				role := annotate.Role{Name: string(rune('P' + k)), Min: bounds[0], Max: bounds[1]}
				fillers(&role)
				def.Roles = append(def.Roles, role)
			}
			s.Relations = append(s.Relations, def)
		}
		attributes(t, s, entities)
		roots := slices.DeleteFunc(slices.Clone(entities), func(l string) bool { return s.Span(l).Parent != "" })
		if rapid.Bool().Draw(t, "rules") {
			for i, one := range roots {
				for _, two := range roots[i:] {
					allow := rapid.SampledFrom([]annotate.Overlap{annotate.FreeOverlap, annotate.NestOverlap, annotate.NoOverlap}).Draw(t, "allow")
					s.Rules = append(s.Rules, annotate.Rule{Overlap: []string{one, two}, Allow: allow})
				}
			}
		}
		return s
	})
}

// tree adds labels, each below the last, one of those above that, or nothing.
func tree(t *rapid.T, s *annotate.Scheme, prefix string, n int, events bool) []string {
	var labels, open []string
	for i := range n {
		l := annotate.SpanLabel{Label: fmt.Sprint(prefix, "_label", i)}
		open = open[:rapid.IntRange(0, len(open)).Draw(t, "depth")]
		if len(open) > 0 {
			l.Parent = open[len(open)-1]
		}
		open = append(open, l.Label)
		labels = append(labels, l.Label)
		s.Spans = append(s.Spans, l)
	}
	for i := range s.Spans {
		l := &s.Spans[i]
		if slices.Contains(labels, l.Label) && (!events || len(s.Children(l.Label)) > 0) {
			l.Abstract = rapid.IntRange(0, 3).Draw(t, "abstract") == 0
		}
	}
	return labels
}

func attributes(t *rapid.T, s *annotate.Scheme, entities []string) {
	high := annotate.Text("high")
	for _, a := range []annotate.Attribute{
		{Name: "binary", Kind: annotate.BooleanKind},
		{Name: "level", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "low"}, {Name: "high"}}, Default: &high},
		{Name: "code", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "+1"}, {Name: "ä"}, {Name: "Typo+UNK"}}},
	} {
		has := func(l string) bool {
			return slices.ContainsFunc(s.AttributesOf(l), func(b annotate.Attribute) bool { return b.Name == a.Name })
		}
		for _, l := range entities {
			if rapid.Bool().Draw(t, a.Name) && !has(l) {
				s.Span(l).Attributes = append(s.Span(l).Attributes, a)
			}
		}
		for i := range s.Relations {
			if r := &s.Relations[i]; r.Roles[0].Name != annotate.Member && rapid.Bool().Draw(t, a.Name) {
				r.Attributes = append(r.Attributes, a)
			}
		}
	}
}

// byName orders attributes, whose order depends on where a name is first met.
func byName(s *annotate.Scheme) *annotate.Scheme {
	order := func(list []annotate.Attribute) {
		slices.SortFunc(list, func(a, b annotate.Attribute) int { return strings.Compare(a.Name, b.Name) })
	}
	for i := range s.Spans {
		order(s.Spans[i].Attributes)
	}
	for i := range s.Relations {
		order(s.Relations[i].Attributes)
	}
	return s
}

func TestASchemeComesBackFromABratConfiguration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sayable().Draw(t, "scheme")
		require.NoError(t, s.Check())
		files, losses := brat.SchemeFiles(s)
		require.Empty(t, losses)
		back, remarks, err := brat.ParseScheme("s", files)
		require.NoError(t, err)
		for _, r := range remarks {
			require.Contains(t, r.Sentence, "borders, dashes", "%s\n%s", r, files["annotation.conf"])
		}
		for _, one := range s.Spans {
			for _, two := range s.Spans {
				require.Equal(t, s.Overlap(one.Label, two.Label), back.Overlap(one.Label, two.Label), "%s and %s\n%s", one.Label, two.Label, files["annotation.conf"])
			}
		}
		s.Rules, back.Rules = nil, nil
		require.Equal(t, byName(s), byName(back), "%s", files["annotation.conf"])
	})
}

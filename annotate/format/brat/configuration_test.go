package brat_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/format/brat"
)

// tally counts what a scheme defines.
type tally struct{ labels, abstract, relations, attributes, rules, remarks int }

func tallied(s *annotate.Scheme) tally {
	n := tally{labels: len(s.Spans), relations: len(s.Relations), rules: len(s.Rules)}
	names := map[string]bool{}
	note := func(attributes []annotate.Attribute) {
		for _, a := range attributes {
			names[a.Name] = true
		}
	}
	for _, l := range s.Spans {
		note(l.Attributes)
		if l.Abstract {
			n.abstract++
		}
	}
	for _, r := range s.Relations {
		note(r.Attributes)
	}
	n.attributes = len(names)
	return n
}

// TestRealConfigurations has the counts of each file's lines: an event is a label and a
// relation, a rule comes from each ENTITY-NESTING, each event beside it, and the rest.
func TestRealConfigurations(t *testing.T) {
	if _, err := os.Stat(conformance); err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	for folder, want := range map[string]tally{
		"brat-bionlp2011/BioNLP-ST_2011_ID":                    {labels: 6 + 10, relations: 1 + 10, attributes: 2, rules: 5 + 10 + 1, remarks: 1},
		"brat-bionlp2011/BioNLP-ST_2011_REL":                   {labels: 2, relations: 3, rules: 2 + 1},
		"brat-bionlp2011/BioNLP-ST_2011_GE":                    {labels: 2 + 9, relations: 1 + 9, attributes: 2},
		"brat-tdt/TDT":                                         {labels: 15, relations: 98, attributes: 16, remarks: 1},
		"brat-ncbi-disease/NCBI-disease":                       {labels: 1, attributes: 1, remarks: 1},
		"brat-conll2006-pt/CoNLL-ST_2006":                      {labels: 23, relations: 55, remarks: 3},
		"brat-configurations/configurations/BioNLP-ST-2013-PC": {labels: 4 + 23, relations: 1 + 23, attributes: 2, remarks: 3},
		"brat-conll2002/CoNLL-ST_2002":                         {labels: 4},
		"brat-tutorials/bio":                                   {labels: 4 + 4, relations: 3 + 4, attributes: 2, remarks: 3},
		"brat-tutorials/news":                                  {labels: 4 + 13, abstract: 3, relations: 7 + 10, attributes: 4, remarks: 2},
	} {
		t.Run(folder, func(t *testing.T) {
			s, remarks, err := brat.ReadScheme(filepath.Join(conformance, folder, "annotation.conf"))
			require.NoError(t, err)
			got := tallied(s)
			got.remarks = len(remarks)
			assert.Equal(t, want, got, "%v", remarks)
			assert.Equal(t, filepath.Base(folder), s.Name)
			for _, r := range remarks {
				assert.NotZero(t, r.Line, r)
				assert.FileExists(t, r.File)
			}
		})
	}
	found := 0
	require.NoError(t, filepath.WalkDir(conformance, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == "annotation.conf" {
			found++
		}
		return err
	}))
	assert.Equal(t, 10, found, "every configuration is in the table")
}

func parsed(t *testing.T, files brat.Files) (*annotate.Scheme, []string) {
	t.Helper()
	s, remarks, err := brat.ParseScheme("s", files)
	require.NoError(t, err)
	var said []string
	for _, r := range remarks {
		said = append(said, r.String())
	}
	return s, said
}

func TestReadingAConfiguration(t *testing.T) {
	s, remarks := parsed(t, brat.Files{
		"annotation.conf": []byte(`# a comment
[entities]
Person
	Judge
!Place
	Town|GO:1
-----
Money

[relations]
Near	Arg1:Person, Arg2:<ENTITY>, <REL-TYPE>:symmetric
After	From:Person|Money, To:Person
Same	Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive
Same	Arg1:Money, Arg2:Money

[events]
<WHO>=Person|Money
!Life
	Marry	Spouse{2}:Person, Guest*:<WHO>, Witness{1-3}:Person
	Die	<INHERIT>, Place?:Place
Report	Who:<ANY>, What+:<EVENT>|Town

[attributes]
Known	Arg:Person
Sure	Arg:<EVENT>, Value:Low|High, <DEFAULT>:High
Old	Arg:<RELATION>
`),
		"visual.conf": []byte(`[labels]
Person | Human being | Pers | P
Report | Report | Rep
[drawing]
SPAN_DEFAULT	bgColor:lightgreen
Person	bgColor:#FF821C
Near	color:blue
`),
		"kb_shortcuts.conf": []byte("P Person\nR\tReport\n"),
	})
	assert.Equal(t, []string{
		"annotation.conf:11: brat means Person alone; here what is below is meant too (so in 7 places)",
		"annotation.conf:12: brat means Person, Money alone; here what is below is meant too (so in 4 places)",
		"annotation.conf:14: relation Same has a line for each pair of types; here each of the one side may stand with each of the other",
		"annotation.conf:20: brat means Place alone; here what is below is meant too",
	}, remarks)
	one := func(name string, labels ...string) annotate.Role {
		return annotate.Role{Name: name, Labels: labels, Min: 1, Max: 1}
	}
	known := []annotate.Attribute{{Name: "Known", Kind: annotate.BooleanKind}}
	high := annotate.Text("High")
	sure := []annotate.Attribute{{Name: "Sure", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "Low"}, {Name: "High"}}, Default: &high}}
	old := []annotate.Attribute{{Name: "Old", Kind: annotate.BooleanKind}}
	const green, orange = "#90ee90", "#ff821c"
	assert.Equal(t, &annotate.Scheme{
		Name: "s",
		Spans: []annotate.SpanLabel{
			{Label: "Person", Short: []string{"Pers", "P"}, Key: "P", Color: orange, Guideline: "Human being", Attributes: known},
			{Label: "Judge", Parent: "Person", Color: green},
			{Label: "Place", Abstract: true, Color: green},
			{Label: "Town", Parent: "Place", Color: green, Guideline: "GO:1"},
			{Label: "Money", Color: green},
			{Label: "Life", Abstract: true, Color: green},
			{Label: "Marry", Parent: "Life", Color: green},
			{Label: "Die", Parent: "Life", Color: green},
			{Label: "Report", Key: "R", Short: []string{"Rep"}, Color: green},
		},
		Relations: []annotate.RelationLabel{
			{Label: "Near", Symmetric: true, Color: "#0000ff", Roles: []annotate.Role{one("head", "Person"), one("tail", "Person", "Place", "Money")}, Attributes: old},
			{Label: "After", Roles: []annotate.Role{one("From", "Person", "Money"), one("To", "Person")}, Attributes: old},
			{Label: "Same", Symmetric: true, Transitive: true, Roles: []annotate.Role{{Name: "member", Labels: []string{"Person", "Money"}, Min: 2}}},
			{Label: "Marry", Group: "Life", Attributes: sure, Roles: []annotate.Role{
				one("trigger", "Marry"),
				{Name: "Spouse", Labels: []string{"Person"}, Min: 2, Max: 2},
				{Name: "Guest", Labels: []string{"Person", "Money"}},
				{Name: "Witness", Labels: []string{"Person"}, Min: 1, Max: 3},
			}},
			{Label: "Die", Group: "Life", Attributes: sure, Roles: []annotate.Role{one("trigger", "Die"), {Name: "Place", Labels: []string{"Place"}, Max: 1}}},
			{Label: "Report", Short: []string{"Rep"}, Attributes: sure, Roles: []annotate.Role{
				one("trigger", "Report"),
				{Name: "Who", Min: 1, Max: 1},
				{Name: "What", Labels: []string{"Town"}, Relations: []string{"Marry", "Die", "Report"}, Min: 1},
			}},
		},
	}, s)
}

func TestWhatAConfigurationSaysWrongly(t *testing.T) {
	for _, test := range []struct {
		name, conf string
		remarks    []string
	}{
		{"macros that lead to themselves", "[entities]\nA\n[relations]\n<X>=<Y>|A\n<Y>=<X>\nof Arg1:<X>, Arg2:A\n", []string{
			"annotation.conf:6: Arg1 of of names <X>, which nothing defines in this section; it was left out",
		}},
		{"macros that explode", "[entities]\nA\n<A>=" + repeat("A|", 999) + "\n<B>=" + repeat("<A>", 999) + "\n<C>=" + repeat("<B>", 999) + "\n[relations]\n<A>=" + repeat("A|", 999) + "\n<B>=" + repeat("<A>", 999) + "\n<C>=" + repeat("<B>", 999) + "\nof Arg1:<C>, Arg2:A\n", []string{
			"annotation.conf:10: its abbreviations make it too long; the line was left out",
		}},
		{"reserved macro", "[entities]\n<ENTITY>=A\nA\n", []string{"annotation.conf:2: <ENTITY> cannot be defined anew; the line was left out"}},
		{"undefined macro", "[entities]\nA\n[events]\nE Theme:<POG>|A\n", []string{"annotation.conf:4: Theme of E names <POG>, which nothing defines in this section; it was left out"}},
		{"blanks for tabs", "[entities]\nA\n    B\n        C\nD\n", []string{
			"annotation.conf:3: the indent is not the one tab a level that brat wants; the line was put below the one it is indented from (so in 2 places)",
		}},
		{"unknown section", "A\n[entities]\nA\n[colours]\nB\n", []string{
			"annotation.conf:1: the line stands in no section and was left out",
			"annotation.conf:4: section [colours] is none that brat knows; what stands in it was left out",
		}},
		{"byte order mark and CR LF", "\ufeff[entities]\r\nA\r\n\r\n[relations]\r\nof\tArg1:A, Arg2:A\r\n", nil},
		{"Latin-1", "[entities]\n\xc4rzte\n", []string{
			"annotation.conf: it is not UTF-8 and was read as Windows-1252",
			"annotation.conf:2: brat itself takes only letters without accents, digits, _ and - in names, and calls Ärzte _rzte",
		}},
		{"missing names", "[entities]\nA\n!\n|\n[relations]\nof Arg1:, :A\n[events]\nE ?:A, Theme:|A\n", []string{
			`annotation.conf:3: "!" is no name of a type; the line was left out`,
			`annotation.conf:4: "|" is no name of a type; the line was left out`,
			"annotation.conf:6: Arg1 of of has an empty type, which was left out",
			"annotation.conf:6: an argument of of has no name; it was left out",
			"annotation.conf:6: relation of has 1 arguments, and brat uses only those of two; what it lacks may be anything",
			"annotation.conf:6: an argument has no type that there is; anything was allowed",
			"annotation.conf:8: Theme of E has an empty type, which was left out",
		}},
		{"impossible counts", "[entities]\nA\n[events]\nE X{0}:A, Y{3-1}:A, Z{many}:A\n", []string{
			"annotation.conf:4: X of E cannot occur {0} times; any number was allowed",
			"annotation.conf:4: Y of E cannot occur {3-1} times; any number was allowed",
			"annotation.conf:4: Z of E cannot occur {many} times; any number was allowed",
		}},
		{"what stands twice", "[entities]\nA\nA\n[relations]\nE Arg1:A, Arg2:A\n[events]\nA X:A\nE X:A, X:A\nE\n[attributes]\nN Arg:A\nN Arg:A\nM Value:x\n", []string{
			"annotation.conf:3: type A stands there twice; the first was kept",
			"annotation.conf:5: E is an event as well as a relation; it was kept as an event",
			"annotation.conf:7: A is an entity as well as an event; it was kept as an entity",
			"annotation.conf:8: E has the argument X twice; the first was kept",
			"annotation.conf:9: type E stands there twice; the first was kept",
			"annotation.conf:12: A has an attribute N already, which was kept",
			"annotation.conf:13: attribute M does not say with Arg: what it is set on, so that brat does not use it; it was left out",
		}},
		{"overlaps that say nothing", "[entities]\nA\nB\n[relations]\n<OVERLAP> Arg1:A, Arg2:B\n<OVERLAP> Arg1:A, <OVL-TYPE>:<ANY>\n<OVERLAP> Arg1:A, Arg2:B, <OVL-TYPE>:near\n<OVERLAP> Arg1:A, Arg2:B, <OVL-TYPE>:equal\n", []string{
			"annotation.conf:5: it does not say which two labels may share text, and how; the line was left out",
			"annotation.conf:6: it does not say which two labels may share text, and how; the line was left out",
			`annotation.conf:7: "near" is no way to share text: brat knows contain, equal, cross and <ANY>`,
			"annotation.conf:7: it does not say which two labels may share text, and how; the line was left out",
			"annotation.conf:8: labels that may cover the same text may also lie inside each other here",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, remarks := parsed(t, brat.Files{"annotation.conf": []byte(test.conf)})
			assert.Equal(t, test.remarks, remarks)
		})
	}
}

func repeat(text string, n int) string { return strings.Repeat(text, n) }

func TestRulesForSharingText(t *testing.T) {
	rules := func(files brat.Files) (said []string) {
		s, _ := parsed(t, files)
		for _, r := range s.Rules {
			said = append(said, strings.Join(r.Overlap, "+")+" "+string(r.Allow))
		}
		return said
	}
	conf := func(lines string) []byte {
		return []byte("[entities]\nA\nB\nC\n[relations]\n" + lines + "[events]\nE X:A\n[attributes]\n")
	}
	for lines, want := range map[string][]string{
		"": nil,
		"<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n":      nil,
		"<OVERLAP>\tArg1:A, Arg2:B, <OVL-TYPE>:contain|equal\n":            {"E+* free", "A+B nest", "*+* none"},
		"<OVERLAP>\tArg1:A, Arg2:B|C, <OVL-TYPE>:contain|cross\n":          {"E+* free", "A+B free", "A+C free", "*+* none"},
		"ENTITY-NESTING\tArg1:A, Arg2:A\nENTITY-NESTING\tArg1:B, Arg2:A\n": {"E+* free", "A+A nest", "B+A nest", "*+* none"},
	} {
		assert.Equal(t, want, rules(brat.Files{"annotation.conf": conf(lines)}), lines)
	}
	checked := []byte("[options]\nValidation\tvalidate:all\n")
	assert.Equal(t, []string{"E+* free", "*+* none"}, rules(brat.Files{"annotation.conf": conf(""), "tools.conf": checked}))
}

func TestWhatIsNoConfiguration(t *testing.T) {
	for name, test := range map[string]struct{ conf, says string }{
		"empty":        {"", "it defines no type"},
		"another file": {"name: s\nspans: []\n", "it defines no type"},
		"10 MB":        {repeat("A\n", 5<<20), "no more than 2 MB"},
	} {
		_, _, err := brat.ParseScheme("s", brat.Files{"annotation.conf": []byte(test.conf)})
		assert.ErrorContains(t, err, test.says, name)
	}
	path := filepath.Join(t.TempDir(), "annotation.conf")
	require.NoError(t, os.WriteFile(path, []byte(repeat("A\n", 5<<20)), 0o600))
	_, _, err := brat.ReadScheme(path)
	assert.EqualError(t, err, path+": it has more than 2 MB, which no configuration of brat has")
}

func FuzzConfigurations(f *testing.F) {
	f.Add([]byte("[entities]\nA\n\tB\n[relations]\nof Arg1:A, Arg2:<ANY>\n[events]\n<X>=A|B\nE T{1-3}:<X>\n[attributes]\nN Arg:A, Value:x|y\n"),
		[]byte("[labels]\nA | a | b\n[drawing]\nA\tbgColor:red\n"), []byte("a A\n"), []byte("[options]\nValidation\tvalidate:all\n"))
	f.Add([]byte("[spans]\n!A\n[relations]\n<OVERLAP> Arg1:A, Arg2:A, <OVL-TYPE>:contain\nEquiv Arg1:A, Arg2:A\n"), []byte{}, []byte{0xff}, []byte{})
	f.Fuzz(func(t *testing.T, conf, visual, keys, tools []byte) {
		s, _, err := brat.ParseScheme("s", brat.Files{"annotation.conf": conf, "visual.conf": visual, "kb_shortcuts.conf": keys, "tools.conf": tools})
		if err != nil {
			assert.Nil(t, s)
			return
		}
		require.NoError(t, s.Check())
	})
}

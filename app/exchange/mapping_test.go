package exchange_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

func inJSON(text string) string {
	raw, _ := json.Marshal(text)
	return string(raw)
}

// claimsProject has a scheme with a label of each kind.
func claimsProject(t *testing.T) *store.Project {
	t.Helper()
	scheme, err := annotate.ParseScheme("claims.yaml", []byte(`
name: claims
flags: [discuss]
document: [{name: topic, kind: text}]
spans:
  - {label: Claim, short: [Clm], attributes: [{name: type, kind: text}, {name: rank, kind: integer}]}
  - {label: Source, formerly: [Speaker]}
  - {label: Cue}
relations:
  - {label: attribution, roles: [{name: source}, {name: cue}, {name: content}]}
  - {label: attacks, roles: [{name: head}, {name: tail}]}
`))
	require.NoError(t, err)
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

func TestEventsOfBratBecomeFramesOfTheScheme(t *testing.T) {
	folder := files(t, map[string]string{"a.txt": "Mona said it rained.", "a.ann": "T1\tactor 0 4\tMona\nT2\tSay 5 9\tsaid\nT3\tstatement 10 19\tit rained\nT4\tJunk 5 9\tsaid\n" +
		"E1\tSay:T2 Who:T1 What:T3\nR1\tBad Arg1:T1 Arg2:T4\nA1\torder T3 3\nA2\tkind T3 old\n"})
	p := claimsProject(t)
	report, err := exchange.Import(t.Context(), p, []string{folder}, exchange.ImportOptions{Annotator: "asha", Items: map[string]annotate.StepDecision{
		"actor":                         {Fate: annotate.Into, Into: "Source"},
		"label Say":                     {Fate: annotate.Into, Into: "Cue"},
		"relation Say":                  {Fate: annotate.Into, Into: "attribution"},
		"statement":                     {Fate: annotate.Into, Into: "Claim"},
		"attribution.Who":               {Fate: annotate.Into, Into: "source"},
		"attribution.What":              {Fate: annotate.Into, Into: "content"},
		"attribution.trigger":           {Fate: annotate.Into, Into: "cue"},
		"Claim.order":                   {Fate: annotate.Into, Into: "rank"},
		"attribute kind of label Claim": {Fate: annotate.Drop},
		"Junk":                          {Fate: annotate.Drop},
		"Nobody":                        {Fate: annotate.Drop},
	}})
	require.NoError(t, err)
	assert.Empty(t, report.Scheme, "nothing is added")
	assert.Equal(t, []int{3, 1}, []int{report.Spans, report.Relations})
	assert.Equal(t, []string{
		"Claim [{10 19}] \"it rained\" map[rank:3]",
		"Cue [{5 9}] \"said\" map[]",
		"Source [{0 4}] \"Mona\" map[]",
		`attribution map[] content=Claim [{10 19}] "it rained" map[rank:3] cue=Cue [{5 9}] "said" map[] source=Source [{0 4}] "Mona" map[]`,
	}, described(t, p))
	var said []string
	for _, r := range report.Remarks {
		said = append(said, r.Sentence)
	}
	for _, sentence := range []string{
		"label actor was taken for Source, once", "relation Say was taken for attribution, once", "role Who of relation attribution was taken for source, once",
		"attribute order of label Claim was taken for rank, once", "attribute kind of label Claim was left out, once",
		"label Junk was left out, once", "relation Bad was left out with what it is about, once",
		`the files use nothing called "Nobody" that the scheme lacks`,
	} {
		assert.Contains(t, said, sentence)
	}
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestAFormerNameNeedsNoMapping(t *testing.T) {
	folder := files(t, map[string]string{"a.txt": "Mona said.", "a.ann": "T1\tSpeaker 0 4\tMona\n"})
	preview := rehearsing(t, claimsProject(t), exchange.ImportOptions{}, folder)
	assert.Empty(t, preview.Items)
	require.Len(t, preview.Remarks, 1)
	assert.Equal(t, "label Speaker was taken for Source, once", preview.Remarks[0].Sentence)
}

func TestWhatCannotBeMappedIsRefusedBeforeAnythingIsRead(t *testing.T) {
	in := write(t, "in.jsonl", records)
	_, err := exchange.Import(t.Context(), claimsProject(t), []string{in}, exchange.ImportOptions{Items: map[string]annotate.StepDecision{
		"Actor": {Fate: annotate.Into, Into: "Sauce"},
	}})
	assert.EqualError(t, err, `Actor cannot be taken for "Sauce", which the project's scheme does not have`)
}

func TestNamesThatAreMeantAreSuggested(t *testing.T) {
	choices := []string{"Claim", "Source", "Cue", "Counter-claim", "Person name", "Ort", "שם", "دعوا"}
	scheme := &annotate.Scheme{Name: "s"}
	for _, c := range choices {
		scheme.Spans = append(scheme.Spans, annotate.SpanLabel{Label: c})
	}
	scheme.Spans[2].Short = []string{"Q"}
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	defer p.Close()
	for name, want := range map[string][]string{
		"CLAIM": {"Claim", "Counter-claim"}, "claims": {"Claim", "Counter-claim"}, "Clam": {"Claim"}, "counterclaim": {"Counter-claim"}, "Counter_Claims": {"Counter-claim", "Claim"},
		"PERSON": {"Person name"}, "sources": {"Source"}, "Q": {"Cue"}, "Location": nil, "Or": nil, "Art": nil, "שם": nil, "دعویٰ": nil, "Actor": nil,
	} {
		if slices.Contains(choices, name) {
			continue // it is not lacking
		}
		in := write(t, "in.jsonl", oneSpan("d1", "a.txt", "Mona", name, 0, 4))
		preview := rehearsing(t, p, exchange.ImportOptions{Format: "jsonl"}, in)
		require.Len(t, preview.Items, 1, name)
		assert.Equal(t, want, preview.Items[0].Suggestions, name)
	}
}

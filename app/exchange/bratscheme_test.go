package exchange_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
	"spanwright/app/exchange"
	"spanwright/assets"
	"spanwright/store"
)

// quoted is a folder as annotated political news are kept in brat: each frame an event
// whose trigger repeats its cue. One source stands in three frames, a content has its
// reporting clause cut out, a frame has no source, and one lies in another's content.
var quoted = map[string]string{
	"news/1.txt": "“The beds,” Mara Tollen said, “are buried.” She warned that the audit shows a loss. It is feared that more will follow.\nTollen hopes for rain.",
	"news/1.ann": `T1	Content 1 10;31 42	The beds, are buried.
T2	Source 12 23	Mara Tollen
T3	Cue 24 28	said
T4	attribution 24 28	said
E1	attribution:T4 source:T2 cue:T3 content:T1
T5	Cue 48 54	warned
T6	attribution 48 54	warned
T7	Content 60 82	the audit shows a loss
E2	attribution:T6 source:T2 content:T7 cue:T5
T8	Source 60 69	the audit
T9	Cue 70 75	shows
T10	attribution 70 75	shows
T11	Content 76 82	a loss
E3	attribution:T10 source:T8 cue:T9 content:T11
T12	Cue 87 96	is feared
T13	attribution 87 96	is feared
T14	Content 102 118	more will follow
E4	attribution:T13 cue:T12 content:T14
T15	Cue 127 132	hopes
T16	attribution 127 132	hopes
T17	Content 137 141	rain
E5	attribution:T16 source:T2 cue:T15 content:T17
A1	type E4 eventuality
A2	negated E4
A3	style T1 direct
A4	kind T2 person
`,
}

func TestFramesOfNewsComeBackAsTheyWere(t *testing.T) {
	p := attributionProject(t)
	report := importing(t, p, "asha", files(t, quoted))
	assert.Empty(t, report.Scheme, "the template has all of it")
	assert.Empty(t, report.Remarks)
	assert.Equal(t, 12, report.Spans, "without the five that only repeat a cue")
	assert.Equal(t, 5, report.Relations)
	want := described(t, p)
	assert.Len(t, want, 12+5)
	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	layer, err := p.Layer(rows[0].ID, "asha")
	require.NoError(t, err)
	uses, sourceless, split := map[annotate.ID]int{}, 0, 0
	for _, r := range layer.Relations() {
		for _, a := range r.Role("source") {
			uses[a.Span]++
		}
		if len(r.Role("source")) == 0 {
			sourceless++
		}
		if content := layer.Span(r.Role("content")[0].Span); len(content.Fragments) == 2 {
			split++
		}
	}
	assert.Equal(t, []int{1, 3}, slices.Sorted(func(yield func(int) bool) {
		for _, n := range uses {
			if !yield(n) {
				return
			}
		}
	}))
	assert.Equal(t, 1, sourceless)
	assert.Equal(t, 1, split)

	lines := exported(t, p, "")
	back := attributionProject(t)
	importing(t, back, "asha", write(t, "a.jsonl", lines))
	assert.Equal(t, want, described(t, back))

	folder := filepath.Join(t.TempDir(), "brat")
	_, err = exchange.Export(t.Context(), p, folder, exchange.ExportOptions{Format: "brat"})
	require.NoError(t, err)
	back = attributionProject(t)
	assert.Empty(t, importing(t, back, "asha", folder).Scheme)
	assert.Equal(t, want, described(t, back))
}

// polnear writes a folder of such frames in the words of another corpus, where a span
// on the cue says of a frame that the text names no source.
func polnear(t *testing.T) string {
	t.Helper()
	annotations := quoted["news/1.ann"]
	annotations = annotations[:strings.Index(annotations, "A1\t")] // which that corpus has none of
	annotations = strings.NewReplacer("attribution", "Attribution", " source:", " Source:", " cue:", " Cue:", " content:", " Content:").Replace(annotations)
	return files(t, map[string]string{
		"news/1.txt": quoted["news/1.txt"],
		"news/1.ann": annotations + "T18\tAttribution-no-source 87 96\tis feared\nT19\tDiscuss 127 132\thopes\n",
	})
}

func TestFramesOfAnotherCorpusLandOnTheTemplates(t *testing.T) {
	for name, test := range map[string]struct {
		content string         // what the template calls it
		more    []string       // that is said
		broken  map[string]int // rules: by what the other corpus does not say
	}{
		"attribution": {"Content", nil, map[string]int{"style is not set": 5, "type is not set": 5}},
		"claims":      {"Claim", []string{"label Content was taken for Claim, 5 times"}, map[string]int{}},
	} {
		t.Run(name, func(t *testing.T) {
			made := func() *store.Project {
				p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), template(t, name))
				require.NoError(t, err)
				t.Cleanup(func() { require.NoError(t, p.Close()) })
				return p
			}
			p, folder := made(), polnear(t)
			report := importing(t, p, "asha", folder)
			assert.Equal(t, []string{"span label Discuss was added to the scheme"}, report.Scheme)
			var said []string
			for _, r := range report.Remarks {
				said = append(said, r.String())
			}
			assert.ElementsMatch(t, append([]string{
				"relation Attribution was taken for attribution, 5 times",
				"role Source of relation Attribution was taken for source, 4 times",
				"role Cue of relation Attribution was taken for cue, 5 times",
				"role Content of relation Attribution was taken for content, 5 times",
				"label Attribution-no-source was taken for an implicit source of attribution, once",
			}, test.more...), said)
			assert.Equal(t, 13, report.Spans, "two sources, five cues and contents, and Discuss; no trigger, and none for no source")
			assert.Equal(t, 5, report.Relations)

			again := importing(t, p, "asha", folder)
			assert.Zero(t, again.Spans+again.Relations)
			assert.Empty(t, again.Remarks, "nothing was taken in")

			rows, err := p.Documents(store.DocumentQuery{})
			require.NoError(t, err)
			layer, err := p.Layer(rows[0].ID, "asha")
			require.NoError(t, err)
			roles := map[string]int{}
			for s := range layer.Spans() {
				roles["span "+s.Label]++
			}
			for _, r := range layer.Relations() {
				assert.Equal(t, "attribution", r.Label)
				for _, a := range r.Arguments {
					if a.Implicit {
						roles["implicit "+a.Role]++
					} else {
						roles[a.Role]++
					}
				}
			}
			assert.Equal(t, map[string]int{
				"span Source": 2, "span Cue": 5, "span " + test.content: 5, "span Discuss": 1,
				"source": 4, "implicit source": 1, "cue": 5, "content": 5,
			}, roles)
			findings, err := p.Check()
			require.NoError(t, err)
			assert.Empty(t, findings)
			d, err := p.Document(rows[0].ID)
			require.NoError(t, err)
			scheme, err := p.Scheme()
			require.NoError(t, err)
			broken := map[string]int{}
			for _, v := range annotate.NewAudit(scheme, layer, annotate.NewBody(d.Text), annotate.Lookup{}).All() {
				_, what, _ := strings.Cut(v.Sentence, ": ")
				broken[what]++
			}
			assert.Equal(t, test.broken, broken)

			want := described(t, p)
			back := made()
			importing(t, back, "asha", write(t, "a.jsonl", exported(t, p, "")))
			assert.Equal(t, want, described(t, back))

			out := filepath.Join(t.TempDir(), "brat")
			written, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "brat"})
			require.NoError(t, err)
			assert.Contains(t, written.Losses, dataset.Loss{What: "implicit argument of a relation", Count: 1})
			back = made()
			importing(t, back, "asha", out)
			for i := range want {
				want[i] = strings.Replace(want[i], " source=implicit", "", 1)
			}
			slices.Sort(want)
			assert.Equal(t, want, described(t, back))
		})
	}
}

// TestABratExportIsWhatItsConfigurationSays makes a project of the configuration that
// an export writes: it lacks nothing, and nothing breaks it.
func TestABratExportIsWhatItsConfigurationSays(t *testing.T) {
	sample, err := store.Create(filepath.Join(t.TempDir(), "sample.spanwright"), template(t, assets.DefaultScheme))
	require.NoError(t, err)
	defer sample.Close()
	importing(t, sample, "asha", write(t, "sample.jsonl", string(assets.Sample("asha"))))
	news := attributionProject(t)
	importing(t, news, "asha", files(t, quoted))
	for name, p := range map[string]*store.Project{"sample": sample, "news": news} {
		folder := filepath.Join(t.TempDir(), "brat")
		exported, err := exchange.Export(t.Context(), p, folder, exchange.ExportOptions{Format: "brat"})
		require.NoError(t, err)
		scheme, _, err := configuration.Read(folder)
		require.NoError(t, err)
		back, err := store.Create(filepath.Join(t.TempDir(), "back.spanwright"), scheme)
		require.NoError(t, err)
		defer back.Close()
		report := importing(t, back, "asha", folder)
		assert.Empty(t, report.Scheme, name)
		assert.Equal(t, exported.Documents, report.Documents)
		assert.Equal(t, exported.Relations, report.Relations, name)
		findings, err := back.Check()
		require.NoError(t, err)
		assert.Empty(t, findings, name)
	}
}

func template(t *testing.T, name string) *annotate.Scheme {
	t.Helper()
	raw, err := assets.Scheme(name)
	require.NoError(t, err)
	scheme, err := annotate.ParseScheme(name, raw)
	require.NoError(t, err)
	return scheme
}

func TestEveryTemplateIsWrittenForBratOnceAndForAll(t *testing.T) {
	for _, name := range assets.SchemeNames() {
		scheme := template(t, name)
		if len(scheme.Spans) == 0 { // brat would have nothing to label
			continue
		}
		files, _ := brat.SchemeFiles(scheme)
		once, _, err := brat.ParseScheme(name, files)
		require.NoError(t, err, name)
		for _, l := range scheme.Spans {
			require.NotNil(t, once.Span(l.Label), "%s of %s", l.Label, name)
			assert.Equal(t, l.Color, once.Span(l.Label).Color)
			assert.Equal(t, l.Key, once.Span(l.Label).Key)
		}
		for _, r := range scheme.Relations {
			require.NotNil(t, once.Relation(r.Label), "%s of %s", r.Label, name)
		}
		again, _ := brat.SchemeFiles(once)
		twice, _, err := brat.ParseScheme(name, again)
		require.NoError(t, err, name)
		assert.Equal(t, once, twice, name)
	}
}

func TestAFolderOffersItsSchemeToAnEmptyProject(t *testing.T) {
	folder := files(t, map[string]string{"annotation.conf": "[entities]\nActor\n", "a.txt": "Mona said.", "a.ann": "T1\tActor 0 4\tMona\n"})
	p := project(t)
	report := importing(t, p, "asha", folder)
	require.Len(t, report.Remarks, 1)
	assert.Equal(t, filepath.Join(folder, "annotation.conf"), report.Remarks[0].File)
	assert.Contains(t, report.Remarks[0].Sentence, "a project made with --scheme")
	assert.Empty(t, importing(t, p, "asha", folder).Remarks, "it is not empty any more")

	scheme, _, err := configuration.Read(folder)
	require.NoError(t, err)
	made, err := store.Create(filepath.Join(t.TempDir(), "made.spanwright"), scheme)
	require.NoError(t, err)
	defer made.Close()
	report = importing(t, made, "asha", folder)
	assert.Empty(t, report.Remarks)
	assert.Empty(t, report.Scheme)
}

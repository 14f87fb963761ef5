package exchange_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// rewrite gives a file other contents without a sign of that.
func rewrite(t *testing.T, path, content string) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Len(t, content, int(info.Size()))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	require.NoError(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
}

func TestFilesAreNotReadAgainForAnotherDecision(t *testing.T) {
	folder := files(t, map[string]string{
		"a.jsonl": `{"text":"Mona said.","spans":[{"start":0,"end":4,"label":"claims","text":"Mona"}],"_input_hash":1,"answer":"accept"}` + "\n",
		"b.jsonl": `{"text":"Ah, Mona.","spans":[{"start":0,"end":4,"label":"Claim","text":"Mona"}],"_input_hash":2,"answer":"accept"}` + "\n",
		"c.txt":   "caf\xe9",
	})
	p := project(t)
	kept := &exchange.Kept{}
	options := exchange.ImportOptions{Annotator: "asha", Kept: kept}
	first := rehearsing(t, p, options, folder)
	assert.Equal(t, 1, first.Misplaced)
	c := filepath.Join(folder, "c.txt")
	for _, name := range []string{"a.jsonl", "b.jsonl"} {
		path := filepath.Join(folder, name)
		rewrite(t, path, strings.Replace(content(t, path), "Mona", "Bina", 2))
	}
	rewrite(t, c, "tea!")
	texts := func(p *exchange.Preview) string {
		var all []string
		for _, s := range p.Samples {
			all = append(all, s.Body.Text())
		}
		return strings.Join(all, "|")
	}
	options.Items = map[string]annotate.StepDecision{"claims": {Fate: annotate.Into, Into: "Claim"}}
	mapped := rehearsing(t, p, options, folder)
	assert.Equal(t, "Mona said.|café", texts(mapped))
	assert.Empty(t, mapped.Report.Scheme)

	options.Reanchor = true
	assert.Equal(t, "Mona said.|Ah, Bina.|café", texts(rehearsing(t, p, options, folder)), "only what did not fit is read again")
	options.Readings = map[exchange.Group]exchange.Reading{{Path: c}: {Encoding: charmap.Windows1251}}
	assert.Equal(t, "Mona said.|Ah, Bina.|tea!", texts(rehearsing(t, p, options, folder)), "only what is read in another way")
	require.NoError(t, os.Chtimes(filepath.Join(folder, "a.jsonl"), after, after))
	assert.Equal(t, "Bina said.|Ah, Bina.|tea!", texts(rehearsing(t, p, options, folder)), "what is newer is read again")
	kept.Forget()
	rewrite(t, c, "ale!")
	assert.Equal(t, "Bina said.|Ah, Bina.|ale!", texts(rehearsing(t, p, options, folder)))
}

// after is a time that no file of a test has.
var after = time.Date(2031, 4, 2, 0, 0, 0, 0, time.UTC)

func TestARehearsalOfWhatIsKeptSaysTheSame(t *testing.T) {
	in := write(t, "in.jsonl", records+valued)
	for name, items := range map[string]map[string]annotate.StepDecision{
		"nothing decided": nil,
		"mapped":          {"Actor": {Fate: annotate.Into, Into: "Claim"}, "Claim.type.demand": {Fate: annotate.Drop}},
		"left out":        {"Actor": {Fate: annotate.Drop}},
	} {
		kept := &exchange.Kept{}
		p := project(t)
		rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Kept: kept, Items: map[string]annotate.StepDecision{"Claim": {Fate: annotate.Drop}}}, in)
		want := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Items: items}, in)
		got := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Items: items, Kept: kept}, in)
		assert.Equal(t, want.Report, got.Report, name)
		assert.Equal(t, want.Items, got.Items, name)
	}
}

func TestFilesOfOneImportAreReadInDifferentWays(t *testing.T) {
	folder := files(t, map[string]string{"a.txt": "caf\xe9", "b.txt": "Il a d\xe9clar\xe9 que non, dit le ministre.", "c.html": "<p>Rain.</p>", "d.dat": "Snow."})
	at := func(name string) string { return filepath.Join(folder, name) }
	type readings = map[exchange.Group]exchange.Reading
	for name, c := range map[string]struct {
		readings readings
		texts    []string
		sources  []exchange.Recognised
	}{
		"as found": {
			nil,
			[]string{"café", "Il a déclaré que non, dit le ministre.", "Rain."},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 2}, {Found: "html", Format: "html", Files: 1}},
		},
		"one file in another encoding": {
			readings{{Path: at("b.txt")}: {Encoding: charmap.Windows1251}},
			[]string{"café", "Il a dйclarй que non, dit le ministre.", "Rain."},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 2}, {Found: "html", Format: "html", Files: 1}},
		},
		"all of a kind, and one of them otherwise": {
			readings{{Path: folder, Found: "text"}: {Encoding: charmap.Windows1251}, {Path: at("a.txt")}: {Encoding: charmap.Windows1252}},
			[]string{"café", "Il a dйclarй que non, dit le ministre.", "Rain."},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 2}, {Found: "html", Format: "html", Files: 1}},
		},
		"one kind as another": {
			readings{{Path: folder, Found: "html"}: {Format: "text"}},
			[]string{"café", "Il a déclaré que non, dit le ministre.", "<p>Rain.</p>"},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 2}, {Found: "html", Format: "text", Files: 1}},
		},
		"one kind left out": {
			readings{{Path: folder, Found: "text"}: {Omit: true}},
			[]string{"Rain."},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 2, Omitted: true}, {Found: "html", Format: "html", Files: 1}},
		},
		"one file left out": {
			readings{{Path: at("a.txt")}: {Omit: true}},
			[]string{"Il a déclaré que non, dit le ministre.", "Rain."},
			[]exchange.Recognised{{Found: "text", Format: "text", Files: 1, Omitted: true}, {Found: "text", Format: "text", Files: 1}, {Found: "html", Format: "html", Files: 1}},
		},
		"one file as another format": {
			readings{{Path: at("a.txt")}: {Format: "html"}},
			[]string{"café", "Il a déclaré que non, dit le ministre.", "Rain."},
			[]exchange.Recognised{{Found: "text", Format: "html", Files: 1}, {Found: "text", Format: "text", Files: 1}, {Found: "html", Format: "html", Files: 1}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := project(t)
			options := exchange.ImportOptions{Annotator: "asha", Readings: c.readings}
			preview := rehearsing(t, p, options, folder)
			var texts []string
			for _, s := range preview.Samples {
				texts = append(texts, s.Body.Text())
				assert.Contains(t, preview.Origins, s.File)
			}
			assert.Equal(t, c.texts, texts)
			for i := range preview.Sources {
				preview.Sources[i].Path, preview.Sources[i].Bytes, preview.Sources[i].Why = "", 0, ""
			}
			assert.Equal(t, c.sources, preview.Sources)
			report, err := exchange.Import(t.Context(), p, []string{folder}, options)
			require.NoError(t, err)
			assert.Equal(t, report, preview.Report)
			assert.Equal(t, len(c.texts), report.Documents)
		})
	}
}

func TestTextsOfBratAreReadWithoutTheirAnnotations(t *testing.T) {
	folder := files(t, map[string]string{"a.txt": "Mona said.", "a.ann": "T1\tClaim 0 4\tMona\n", "b.csv": "text\nBen.\n"})
	preview := rehearsing(t, project(t), exchange.ImportOptions{Readings: map[exchange.Group]exchange.Reading{{Path: folder, Found: "brat"}: {Format: "text"}}}, folder)
	assert.Equal(t, []int{2, 0}, []int{preview.Documents, preview.Spans})
}

func TestReanchoredSpansAreListedCountedAndUndone(t *testing.T) {
	in := write(t, "in.jsonl", `{"text":"Ah, Mona said.","spans":[{"start":0,"end":4,"label":"Claim","text":"Mona"},{"start":8,"end":12,"label":"Claim","text":"said"}],"_input_hash":1,"answer":"accept"}`+"\n")
	p := project(t)
	options := exchange.ImportOptions{Annotator: "asha", Reanchor: true}
	preview := rehearsing(t, p, options, in)
	assert.Equal(t, 2, preview.Reanchored)
	report, err := exchange.Import(t.Context(), p, []string{in}, options)
	require.NoError(t, err)
	assert.Equal(t, 2, report.Reanchored)
	var said []string
	for _, r := range report.Remarks {
		said = append(said, r.String())
	}
	assert.Equal(t, []string{
		in + `:1: span 1: offsets 0 to 4 cover "Ah,", but its text is "Mona"; that stands 4 characters further on, and it was moved there`,
		in + `:1: span 2: offsets 8 to 12 cover "sai", but its text is "said"; that stands 1 character further on, and it was moved there`,
	}, said)
	_, err = p.Undo("asha")
	require.NoError(t, err)
	n, err := p.CountDocuments(store.DocumentQuery{})
	require.NoError(t, err)
	assert.Zero(t, n)
}

// TestTwoRehearsalsShareWhatIsKept begins one while the other, which is no longer wanted, still reads.
func TestTwoRehearsalsShareWhatIsKept(t *testing.T) {
	in := write(t, "in.jsonl", manyRecords(1200))
	p := project(t)
	kept := &exchange.Kept{}
	want := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha"}, in)
	ctx, cancel := context.WithCancel(t.Context())
	under, ended := make(chan struct{}), make(chan error)
	go func() {
		once := sync.OnceFunc(func() { close(under) })
		_, err := exchange.Rehearse(ctx, p, []string{in}, exchange.ImportOptions{Annotator: "asha", Kept: kept, Progress: func(_, _ int, name string) {
			if name != "" {
				once()
			}
		}}, nil)
		ended <- err
	}()
	<-under
	got := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Kept: kept}, in)
	cancel()
	<-ended
	assert.Equal(t, want.Report, got.Report)
	again := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Kept: kept}, in)
	assert.Equal(t, want.Report, again.Report)
}

// TestWhatWasReadOfACancelledRehearsalIsKept reads on where it was left.
func TestWhatWasReadOfACancelledRehearsalIsKept(t *testing.T) {
	in := write(t, "in.jsonl", manyRecords(1200))
	p := project(t)
	kept := &exchange.Kept{}
	ctx, cancel := context.WithCancel(t.Context())
	_, err := exchange.Rehearse(ctx, p, []string{in}, exchange.ImportOptions{Annotator: "asha", Kept: kept, Progress: func(_, _ int, name string) {
		if name == "600.txt" {
			cancel()
		}
	}}, nil)
	require.ErrorIs(t, err, context.Canceled)
	text := content(t, in)
	at := strings.Index(text, `"name":"700.txt"`)
	rewrite(t, in, strings.Replace(text[:at], "Mona", "Bina", -1)+text[at:])
	preview := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Kept: kept}, in)
	assert.Equal(t, 1200, preview.Documents)
	assert.NotContains(t, preview.Samples[0].Body.Text(), "Bina")
}

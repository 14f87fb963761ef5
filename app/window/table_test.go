package window

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/session"
	"spanwright/store"
)

// BenchmarkTable measures what docs/benchmarks.md lists; `make bench` prints it
// as one table. Each figure is a median, or the percentile in its name. Nothing
// is shown on a screen: painting means the lines' images are ready.
func BenchmarkTable(b *testing.B) {
	b.Run("rss-1MB", func(b *testing.B) { // first: memory is the whole process's
		opened(b, 1_000_000)
		report(b, resident(b), "MB")
	})
	for _, d := range []struct {
		name string
		size int
	}{{"10kB", 10_000}, {"100kB", 100_000}, {"1MB", 1_000_000}} {
		b.Run("open-"+d.name, func(b *testing.B) { figure(b, 0.5, measureOpen(b, d.size)) })
		b.Run("add-"+d.name+"-p95", func(b *testing.B) { figure(b, 0.95, measureEdits(opened(b, d.size), false)) })
		b.Run("scroll-"+d.name+"-p95", func(b *testing.B) { figure(b, 0.95, measureScroll(opened(b, d.size))) })
	}
	b.Run("commit-1MB-p95", func(b *testing.B) { figure(b, 0.95, measureEdits(opened(b, 1_000_000), true)) })
	b.Run("lanes-add-1MB-p95", func(b *testing.B) { figure(b, 0.95, measureEdits(openedWithLanes(b, 1_000_000), false)) })
	b.Run("lanes-scroll-1MB-p95", func(b *testing.B) { figure(b, 0.95, measureScroll(openedWithLanes(b, 1_000_000))) })
	b.Run("relate-1MB-p95", func(b *testing.B) { figure(b, 0.95, measureRelations(b)) })
	many := sync.OnceValue(func() string { return manyDocuments(b, 100_000) })
	b.Run("next-100k", func(b *testing.B) { figure(b, 0.5, measureNext(b, many())) })
	b.Run("filter-100k", func(b *testing.B) { figure(b, 0.5, measureFilter(b, many(), "907", "917", "927", "937", "947")) })
	b.Run("find-100k", func(b *testing.B) { figure(b, 0.5, measureFind(b, many(), false)) })
	b.Run("find-100k-all", func(b *testing.B) { figure(b, 0.5, measureFind(b, many(), true)) })
	b.Run("filter-state-100k", func(b *testing.B) {
		figure(b, 0.5, measureFilter(b, begun(b, many()), "state:new", "state:done", "state:new", "state:doing", "state:new"))
	})
	b.Run("import-jsonl", func(b *testing.B) { report(b, measureImport(b), "MB/s") })
	b.Run("export-jsonl", func(b *testing.B) { report(b, measureExport(b), "MB/s") })
}

// figure reports a percentile of what was measured, in milliseconds.
func figure(b *testing.B, percentile float64, measured []time.Duration) {
	slices.Sort(measured)
	at := min(int(percentile*float64(len(measured))), len(measured)-1)
	report(b, float64(measured[at].Microseconds())/1000, "ms")
}

func report(b *testing.B, value float64, unit string) {
	b.ReportMetric(0, "ns/op") // the table has one figure a line
	b.ReportMetric(value, unit)
}

// generated returns a text of about that many bytes, in paragraphs of 40 to 120 words.
func generated(random *rand.Rand, size int) string {
	words := strings.Fields("the minister said that water level fell twice in March according to fishermen who reported lowest figures while council denied any diversion of lake")
	var text strings.Builder
	for text.Len() < size {
		for range 40 + random.IntN(80) {
			text.WriteString(words[random.IntN(len(words))])
			text.WriteByte(' ')
		}
		text.WriteString("so.\n\n")
	}
	return text.String()
}

// labelled returns n spans and n/10 relations on a text: four in five apart from
// each other, 15 in a hundred inside or across others, 5 over several lines.
func labelled(random *rand.Rand, d *annotate.Document, annotator string, n int) []annotate.State {
	body := annotate.NewBody(d.Text)
	tokens := slices.Collect(body.Tokens(annotate.Fragment{End: len(d.Text)}))
	labels := []string{"Claim", "Source", "Cue", "Target"}
	var states []annotate.State
	var claims []annotate.ID
	room := len(tokens) / n
	for i := range n {
		first, length := i*room, 1+random.IntN(max(1, min(room-1, 6)))
		switch kind := random.IntN(100); {
		case kind < 5:
			length = 40
		case kind < 20:
			length = room + 2
		}
		last := min(first+length, len(tokens)-1)
		s := &annotate.Span{
			ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: labels[random.IntN(len(labels))],
			Fragments: []annotate.Fragment{{Start: tokens[first].Start, End: tokens[last].End}},
		}
		states = append(states, s)
		if s.Label == "Claim" {
			claims = append(claims, s.ID)
		}
	}
	for i := 0; i < n/10 && i+1 < len(claims); i++ {
		states = append(states, &annotate.Relation{
			ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: "supports",
			Arguments: []annotate.Argument{{Role: annotate.Head, Span: claims[i]}, {Role: annotate.Tail, Span: claims[i+1]}},
		})
	}
	return states
}

// add puts a generated document of that many bytes, with a span of asha's for
// every hundred of them, into the bench's project.
func (w *bench) add(name string, size int) *annotate.Document {
	random := rand.New(rand.NewPCG(1, uint64(size)))
	d := annotate.NewDocument(name, generated(random, size))
	changes := []annotate.Change{{Annotator: "asha", After: d}}
	for _, s := range labelled(random, d, "asha", size/100) {
		changes = append(changes, annotate.Change{Annotator: "asha", After: s})
	}
	_, err := w.session.Project().Apply(changes...)
	require.NoError(w.t, err)
	return d
}

func measureOpen(b *testing.B, size int) []time.Duration {
	var measured []time.Duration
	for range 5 {
		w := newBench(b, article)
		d := w.add("large.txt", size)
		began := time.Now()
		w.session.OpenDocument(d.ID)
		w.until(func() bool { return w.session.Document().ID == d.ID })
		measured = append(measured, time.Since(began))
	}
	return measured
}

// opened returns a window with a document of that many bytes open.
func opened(b *testing.B, size int) *bench {
	w := newBench(b, article)
	d := w.add("large.txt", size)
	w.session.OpenDocument(d.ID)
	w.until(func() bool { return w.session.Document().ID == d.ID })
	return w
}

// edits is how many edits, relations or steps a percentile is taken of.
const edits = 200

func measureEdits(w *bench, saved bool) []time.Duration {
	var measured []time.Duration
	for range edits {
		w.session.Focus("")
		w.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		w.session.ExtendToken(true)
		w.session.ExtendToken(true)
		began := time.Now()
		w.types("1")
		if saved {
			w.saved()
		}
		measured = append(measured, time.Since(began))
		w.saved()
	}
	return measured
}

func measureRelations(b *testing.B) []time.Duration {
	w := opened(b, 1_000_000)
	var claims []annotate.ID
	for s := range w.session.Layer().Spans() {
		if s.Label == "Claim" {
			claims = append(claims, s.ID)
		}
	}
	var measured []time.Duration
	for i := range edits {
		w.session.Focus(claims[i+2])
		require.NoError(b, w.session.StartRelation())
		began := time.Now()
		w.session.PickTarget(claims[i])
		w.session.ChooseRelation(0)
		w.saved()
		measured = append(measured, time.Since(began))
	}
	return measured
}

func measureScroll(w *bench) []time.Duration {
	var measured []time.Duration
	for range edits {
		began := time.Now()
		w.view.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -40}})
		measured = append(measured, time.Since(began))
	}
	return measured
}

// resident returns the memory of this process in MB (Linux only).
func resident(b *testing.B) float64 {
	raw, err := os.ReadFile("/proc/self/status")
	require.NoError(b, err)
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kB, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	require.NoError(b, err)
	return kB / 1024
}

// manyDocuments returns the path of a project of n short documents.
func manyDocuments(b *testing.B, n int) string {
	path := filepath.Join(b.TempDir(), "many.spanwright")
	scheme, err := template("claims")
	require.NoError(b, err)
	project, err := store.Create(path, scheme)
	require.NoError(b, err)
	var changes []annotate.Change
	for i := range n {
		changes = append(changes, annotate.Change{Annotator: "importer", After: annotate.NewDocument(fmt.Sprintf("article-%06d.txt", i), fmt.Sprintf("Article %d says nothing.", i))})
		if len(changes) == 1000 || i == n-1 {
			_, err = project.Apply(changes...)
			require.NoError(b, err)
			changes = changes[:0]
		}
	}
	require.NoError(b, project.Close())
	return path
}

func measureNext(b *testing.B, path string) []time.Duration {
	w := openBench(b, path)
	w.until(func() bool { return w.session.Document() != nil })
	var measured []time.Duration
	for range 20 {
		from := w.session.Document().ID
		began := time.Now()
		w.nextDocument(true)
		w.until(func() bool { return w.session.Document().ID != from })
		measured = append(measured, time.Since(began))
	}
	return measured
}

// begun has the annotator of the window say of three in four documents of a project how far they are.
func begun(b *testing.B, path string) string {
	project, err := store.Open(path)
	require.NoError(b, err)
	i := 0
	for page, err := range project.DocumentSizes() {
		require.NoError(b, err)
		var changes []annotate.Change
		for _, d := range page {
			if status := []annotate.Status{annotate.New, annotate.Done, annotate.InProgress, annotate.Done}[i%4]; status != annotate.New {
				changes = append(changes, annotate.Change{Annotator: "asha", After: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: status}})
			}
			i++
		}
		_, err = project.Apply(changes...)
		require.NoError(b, err)
	}
	require.NoError(b, project.Close())
	return path
}

func measureFilter(b *testing.B, path string, filters ...string) []time.Duration {
	w := openBench(b, path)
	w.until(func() bool { return w.session.Document() != nil })
	var measured []time.Duration
	listed := false
	w.session.Subscribe(func(e session.Event) { listed = listed || e.Is(session.Listed) })
	for _, filter := range filters {
		listed = false
		began := time.Now()
		w.session.List().SetFilter(filter)
		w.until(func() bool { return listed })
		measured = append(measured, time.Since(began))
	}
	return measured
}

// measureFind looks for words that one document in a hundred has, until the first are
// found, or until everything is searched.
func measureFind(b *testing.B, path string, all bool) []time.Duration {
	w := openBench(b, path)
	w.until(func() bool { return w.session.Document() != nil })
	var measured []time.Duration
	search := w.session.Search()
	for i := range 5 {
		began := time.Now()
		search.Find(fmt.Sprintf("%d7 says", i))
		w.until(func() bool {
			s := search.State()
			return !s.Running || !all && s.Hits > 0
		})
		measured = append(measured, time.Since(began))
		require.Positive(b, search.State().Hits)
		search.Stop()
	}
	return measured
}

// corpus is how many documents of 2 kB, with five spans each, are imported and exported.
const corpus = 10_000

// corpusFile writes such a corpus and returns its path and the size of its texts in MB.
func corpusFile(b *testing.B) (path string, size float64) {
	w := newBench(b)
	random := rand.New(rand.NewPCG(2, 2))
	var changes []annotate.Change
	for i := range corpus {
		d := annotate.NewDocument(fmt.Sprintf("%05d.txt", i), generated(random, 1600))
		size += float64(len(d.Text)) / 1e6
		changes = append(changes, annotate.Change{Annotator: "asha", After: d})
		for _, s := range labelled(random, d, "asha", 5) {
			changes = append(changes, annotate.Change{Annotator: "asha", After: s})
		}
		if len(changes) > 2000 || i == corpus-1 {
			_, err := w.session.Project().Apply(changes...)
			require.NoError(b, err)
			changes = changes[:0]
		}
	}
	path = filepath.Join(w.dir, "corpus.jsonl")
	_, err := exchange.Export(context.Background(), w.session.Project(), path, exchange.ExportOptions{})
	require.NoError(b, err)
	raw, err := os.ReadFile(path)
	require.NoError(b, err)
	kept := filepath.Join(b.TempDir(), "corpus.jsonl")
	require.NoError(b, os.WriteFile(kept, bytes.Clone(raw), 0o600))
	return kept, size
}

func measureImport(b *testing.B) float64 {
	path, size := corpusFile(b)
	w := newBench(b)
	began := time.Now()
	_, err := exchange.Import(context.Background(), w.session.Project(), []string{path}, exchange.ImportOptions{Annotator: "asha"})
	require.NoError(b, err)
	return size / time.Since(began).Seconds()
}

func measureExport(b *testing.B) float64 {
	path, size := corpusFile(b)
	w := newBench(b)
	_, err := exchange.Import(context.Background(), w.session.Project(), []string{path}, exchange.ImportOptions{Annotator: "asha"})
	require.NoError(b, err)
	began := time.Now()
	_, err = exchange.Export(context.Background(), w.session.Project(), filepath.Join(w.dir, "out.jsonl"), exchange.ExportOptions{})
	require.NoError(b, err)
	return size / time.Since(began).Seconds()
}

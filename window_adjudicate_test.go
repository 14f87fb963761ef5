package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/app/adjudicate/adjudicatetest"
)

// labels are what three annotators made of the first article: one source reaches less far, one
// cue is taken for an event, one claim has another type, one source is cy's alone, and so
// only two have the attribution.
var labels = map[string]string{
	"asha": `"spans":[{"id":"a1","label":"Source","start":0,"end":17,"text":"Minister Ada Vale","fragments":[[0,17]],"attributes":{},"flag":"","note":""},{"id":"a2","label":"Cue","start":18,"end":22,"text":"said","fragments":[[18,22]],"attributes":{},"flag":"","note":""},{"id":"a3","label":"Claim","start":23,"end":45,"text":"the sluice stayed shut","fragments":[[23,45]],"attributes":{"type":"denial"},"flag":"","note":""}],` +
		`"relations":[{"id":"a4","label":"attribution","args":[{"role":"source","span":"a1"},{"role":"cue","span":"a2"},{"role":"content","span":"a3"}],"attributes":{}}]`,
	"ben": `"spans":[{"id":"b1","label":"Source","start":9,"end":17,"text":"Ada Vale","fragments":[[9,17]],"attributes":{},"flag":"","note":""},{"id":"b2","label":"Cue","start":18,"end":22,"text":"said","fragments":[[18,22]],"attributes":{},"flag":"","note":""},{"id":"b3","label":"Claim","start":23,"end":45,"text":"the sluice stayed shut","fragments":[[23,45]],"attributes":{"type":"denial"},"flag":"","note":""}],` +
		`"relations":[{"id":"b4","label":"attribution","args":[{"role":"source","span":"b1"},{"role":"cue","span":"b2"},{"role":"content","span":"b3"}],"attributes":{}}]`,
	"cy": `"spans":[{"id":"c1","label":"Source","start":0,"end":17,"text":"Minister Ada Vale","fragments":[[0,17]],"attributes":{},"flag":"","note":""},{"id":"c2","label":"Event","start":18,"end":22,"text":"said","fragments":[[18,22]],"attributes":{},"flag":"","note":""},{"id":"c3","label":"Claim","start":23,"end":45,"text":"the sluice stayed shut","fragments":[[23,45]],"attributes":{"type":"assertion"},"flag":"","note":""},{"id":"c4","label":"Source","start":48,"end":65,"text":"Fishermen at Orsa","fragments":[[48,65]],"attributes":{},"flag":"","note":""}],` +
		`"relations":[]`,
}

// wantAdjudicated is what the adjudicator must leave of it.
const wantAdjudicated = `"annotator":"adjudicated","status":"done","labels":{},` +
	`"spans":[{"id":"#2","label":"Source","start":0,"end":17,"text":"Minister Ada Vale","fragments":[[0,17]],"attributes":{},"flag":"","note":""},` +
	`{"id":"#3","label":"Cue","start":18,"end":22,"text":"said","fragments":[[18,22]],"attributes":{},"flag":"","note":""},` +
	`{"id":"#4","label":"Claim","start":23,"end":45,"text":"the sluice stayed shut","fragments":[[23,45]],"attributes":{"type":"denial"},"flag":"","note":""}],` +
	`"relations":[{"id":"#5","label":"attribution","args":[{"role":"source","span":"#2"},{"role":"cue","span":"#3"},{"role":"content","span":"#4"}],"attributes":{}}],"offsets":"codepoint","scheme":"claims"}`

// TestWindowSettlesDifferencesByKeyboard hands out packets, takes them back, and adjudicates
// them in the real window.
func TestWindowSettlesDifferencesByKeyboard(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to drive the real window; it needs Xvfb, xdotool and ImageMagick")
	}
	d := newDisplay(t)
	dir, texts := t.TempDir(), t.TempDir()
	for name, text := range articles {
		require.NoError(t, os.WriteFile(filepath.Join(texts, name), []byte(text), 0o644))
	}
	project := filepath.Join(dir, "quarrel.spanwright")
	d.spanwright("new", project)
	d.spanwright("import", project, texts)
	_, text, _ := strings.Cut(articles["a-sluice.txt"], " date 2031-04-02 ")
	merge := []string{"merge", project}
	for annotator, made := range labels {
		packet, file := filepath.Join(dir, annotator+".spanwright"), filepath.Join(dir, annotator+".jsonl")
		d.spanwright("packet", "make", project, "--annotator", annotator, "--all", "-o", packet)
		require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, `{"name":"a-sluice.txt","text":%q,"meta":{"date":"2031-04-02"},"annotator":%q,"status":"done","labels":{},%s,"offsets":"codepoint","scheme":"claims"}`+"\n", text, annotator, made), 0o644))
		d.spanwright("import", packet, file)
		merge = append(merge, packet)
	}
	d.spanwright(merge...)

	app := d.command(program(t), project, "--annotator", "lead")
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() }) // it has ended already unless the test failed
	d.awaitTitle("a-sluice.txt")
	decided := func(n int) {
		t.Helper()
		d.await(fmt.Sprintf("gesture %d of the adjudicator in the file", n), func() bool { return d.gestures(project, "lead") >= n })
	}
	d.keys("F8")
	d.picture("adjudicate-1-cases")
	d.keys("Tab", "1") // the source as asha has it
	decided(1)
	d.keys("Return") // the cue as most have it
	decided(2)
	d.keys("2") // the claim as ben has it
	decided(3)
	d.keys("Return") // the attribution, of which all is settled now
	decided(4)
	d.picture("adjudicate-2-reason")
	d.keys("r", "v", "a", "g", "u", "e", "Return", "g", "0") // cy's source
	decided(5)
	d.picture("adjudicate-3-settled")
	d.keys("ctrl+Return") // the other article has been labelled by nobody
	decided(6)
	d.keys("shift+F8", "ctrl+q")
	require.NoError(t, app.Wait())

	first, _, _ := strings.Cut(nameIDs(d.spanwright("export", project, "-o", "-", "--annotator", "adjudicated")), "\n")
	require.True(t, strings.HasSuffix(first, wantAdjudicated), first)
	require.Contains(t, d.spanwright("adjudicate", project, "--all"), "decided by lead: neither; vague; guideline unclear\n")
	require.Equal(t, 5, strings.Count(d.spanwright("log", project, "--limit", "100"), "decision"), "every decision is in the journal")
	d.spanwright("check", project)
}

// TestWindowSettlesTwentyDocumentsByKeyboard has three annotators label twenty documents apart, merges their packets and
// settles in the real window where they differ. Of each two against one the two are right, which is always
// what asha has.
func TestWindowSettlesTwentyDocumentsByKeyboard(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to drive the real window; it needs Xvfb, xdotool and ImageMagick")
	}
	d := newDisplay(t)
	dir, texts := t.TempDir(), t.TempDir()
	adjudicatetest.Write(t, texts)
	project, other := filepath.Join(dir, "twenty.spanwright"), filepath.Join(dir, "other.spanwright")
	d.spanwright("new", project)
	d.spanwright("import", project, texts)
	merge := []string{"merge", project}
	for _, annotator := range adjudicatetest.People {
		packet := filepath.Join(dir, annotator+".spanwright")
		d.spanwright("packet", "make", project, "--annotator", annotator, "--all", "-o", packet)
		adjudicatetest.Label(t, packet, annotator)
		merge = append(merge, packet)
	}
	d.spanwright(merge...)
	d.spanwright(append([]string{"merge", project}, merge[4], merge[2], merge[3])...) // again, in another order
	raw, err := os.ReadFile(project)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(other, raw, 0o600))

	app := d.command(program(t), project, "--annotator", "lead")
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() }) // it has ended already unless the test failed
	d.awaitTitle(adjudicatetest.Name(0))
	d.keys("F8")
	d.picture("adjudicate-4-twenty")
	// Those in which people differ come one after the other, and then what is only agreed on.
	var order []int
	for _, differ := range []bool{true, false} {
		for i := range adjudicatetest.Documents {
			if i > 0 && (adjudicatetest.Planted(i) != "") == differ {
				order = append(order, i)
			}
		}
	}
	for _, i := range append([]int{0}, order...) {
		d.awaitTitle(adjudicatetest.Name(i))
		d.keys("a") // what all agree on
		switch adjudicatetest.Planted(i) {
		case "label":
			d.keys("1") // as asha has it
		case "role":
			d.keys("r", "s", "o", "Return", "2") // as ben has it, and why
		case "":
		default:
			d.keys("Return") // as most have it
		}
		d.keys("a", "ctrl+Return") // and what rested on it
	}
	export := func(project, annotator string) string {
		return d.spanwright("export", project, "-o", "-", "--annotator", annotator)
	}
	d.await("the last document done", func() bool {
		return strings.Count(export(project, "adjudicated"), `"status":"done"`) == adjudicatetest.Documents
	})
	d.keys("shift+F8", "ctrl+q")
	require.NoError(t, app.Wait())

	decided := export(project, "adjudicated")
	require.Equal(t, nameIDs(strings.ReplaceAll(export(project, "asha"), `"annotator":"asha"`, `"annotator":"adjudicated"`)), nameIDs(decided))
	for _, enough := range []string{"all", "majority"} {
		d.spanwright("adjudicate", other, "--auto", enough, "--annotator", "lead")
	}
	require.Equal(t, strings.ReplaceAll(export(other, "adjudicated"), `"status":"in_progress"`, `"status":"done"`), decided, "the command comes to the same")
	require.Equal(t, adjudicatetest.Decisions-adjudicatetest.Differences, adjudicatetest.RequireDecisions(t, project, "lead"), "what differs was looked at")
	require.Equal(t, 3, strings.Count(d.spanwright("adjudicate", project, "--all"), "decided by lead: took ben; so\n"))
	d.spanwright("check", project)
}

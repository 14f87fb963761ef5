package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// articles are what the window test labels: two reports on one invented quarrel.
var articles = map[string]string{
	"a-sluice.txt": " date 2031-04-02 Minister Ada Vale said the sluice stayed shut.\n\nFishermen at Orsa disagree: the lake fell twice in March.\n",
	"b-reply.txt":  "The council answered on Friday. Its engineers had opened nothing, it wrote.\n",
}

// wantExport is the dataset the labelling must leave, ids replaced by their order of appearance.
const wantExport = `{"id":"#1","name":"a-sluice.txt","text":"Minister Ada Vale said the sluice stayed shut.\n\nFishermen at Orsa disagree: the lake fell twice in March.\n","meta":{"date":"2031-04-02"},"annotator":"asha","status":"done","labels":{},` +
	`"spans":[{"id":"#2","label":"Source","start":0,"end":17,"text":"Minister Ada Vale","fragments":[[0,17]],"attributes":{},"flag":"","note":""},` +
	`{"id":"#3","label":"Cue","start":18,"end":22,"text":"said","fragments":[[18,22]],"attributes":{},"flag":"","note":""},` +
	`{"id":"#4","label":"Claim","start":23,"end":45,"text":"the sluice stayed shut","fragments":[[23,45]],"attributes":{"type":"denial","voice":"indirect"},"flag":"","note":""}],` +
	`"relations":[{"id":"#5","label":"attribution","args":[{"role":"source","span":"#2"},{"role":"cue","span":"#3"},{"role":"content","span":"#4"}],"attributes":{}}],"offsets":"codepoint","scheme":"claims"}
{"id":"#6","name":"b-reply.txt","text":"The council answered on Friday. Its engineers had opened nothing, it wrote.\n","meta":{},"annotator":"","status":"new","labels":{},"spans":[],"relations":[],"offsets":"codepoint","scheme":"claims"}
`

// TestWindowDoesTheWholeJobByKeyboard drives the real program in a virtual
// display. It runs where SPANWRIGHT_WINDOW is set; a picture of every step is
// left in out/window.
func TestWindowDoesTheWholeJobByKeyboard(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to drive the real window; it needs Xvfb, xdotool and ImageMagick")
	}
	d := newDisplay(t)
	dir := t.TempDir()
	for name, text := range articles {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	project := filepath.Join(t.TempDir(), "quarrel.spanwright")
	d.spanwright("new", project)
	d.spanwright("import", project, dir)

	app := d.command(program(t), project, "--annotator", "asha")
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() }) // it has ended already unless the test failed
	d.awaitTitle("a-sluice.txt")
	d.picture("1-opened")

	d.keys("shift+Right", "shift+Right", "shift+Right")
	d.picture("2-three-tokens-selected")
	d.keys("2")
	d.awaitChanges(project, 1)
	d.keys("Right", "shift+Right", "3")
	d.awaitChanges(project, 2)
	d.keys("Right", "shift+Right", "shift+Right", "shift+Right", "shift+Right", "1")
	d.awaitChanges(project, 3)
	d.picture("3-labelled")

	d.keys("r")
	d.picture("4-relating")
	d.keys("s")
	d.awaitChanges(project, 4)
	d.keys("r", "a")
	d.awaitChanges(project, 5)
	d.picture("5-related")

	d.keys("Return", "4")
	d.awaitChanges(project, 6)
	d.picture("6-attribute-set")
	d.keys("Escape", "ctrl+z")
	d.awaitChanges(project, 7)
	d.picture("7-undone")
	d.keys("ctrl+y")
	d.awaitChanges(project, 8)
	d.keys("ctrl+Return")
	d.awaitChanges(project, 9)
	d.awaitTitle("b-reply.txt")
	d.picture("8-done-next-document")
	d.keys("ctrl+t", "Down", "Down")
	d.picture("9-scheme")
	d.keys("Escape")

	tide := filepath.Join(t.TempDir(), "c-tide.txt")
	require.NoError(t, os.WriteFile(tide, []byte("The tide came in."), 0o644))
	d.keys("ctrl+i")
	d.run("xdotool", "type", "--delay", "20", tide)
	d.keys("Return")
	d.picture("10-import")
	d.keys("ctrl+Return")
	d.awaitChanges(project, 10)
	d.picture("11-imported")
	d.keys("ctrl+z")
	d.awaitChanges(project, 11)
	d.keys("ctrl+e")
	d.picture("12-export")
	d.keys("ctrl+Return")
	exported := strings.TrimSuffix(project, ".spanwright") + ".jsonl"
	d.await("the export's certificate", func() bool { _, err := os.Stat(exported + ".certificate.json"); return err == nil })
	d.picture("13-exported")
	d.keys("Escape")
	d.keys("ctrl+q")
	require.NoError(t, app.Wait())

	require.Equal(t, wantExport, nameIDs(d.spanwright("export", project, "-o", "-")))
	raw, err := os.ReadFile(exported)
	require.NoError(t, err)
	require.Equal(t, wantExport, nameIDs(string(raw)), "what came in and was taken back is not in it")
	d.spanwright("check", project)
}

// TestWindowStartsWithACopyOfTheSample goes the way of somebody who has never
// seen the program: the first start, the sample, a label, a relation.
func TestWindowStartsWithACopyOfTheSample(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to drive the real window; it needs Xvfb, xdotool and ImageMagick")
	}
	d := newDisplay(t)
	app := d.command(program(t))
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() }) // it has ended already unless the test failed
	d.awaitTitle("Spanwright")
	d.picture("first-start")
	d.keys("Tab", "space")
	d.awaitTitle("2-trust-denies-dumping")
	d.keys("Tab", "Tab", "Tab")
	d.picture("sample")
	d.keys("ctrl+Next")
	d.awaitTitle("3-inspector-finds-mud")

	sample := filepath.Join(d.home, "Spanwright", "sample.spanwright")
	before := d.gestures(sample, d.user)
	d.keys("shift+Right", "1", "Right", "Right", "shift+Right", "4", "r", "a")
	d.await("two spans and a relation in the file", func() bool { return d.gestures(sample, d.user) == before+3 })
	d.keys("ctrl+q")
	require.NoError(t, app.Wait())
	require.Contains(t, d.spanwright("export", sample, "-o", "-"),
		`"relations":[{"id":`, "the relation is in the dataset")
	d.spanwright("check", sample)
}

// TestWindowSaysSoWithoutADisplay starts the program where nothing can be shown.
func TestWindowSaysSoWithoutADisplay(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to start the real program")
	}
	for display, want := range map[string]string{
		"":     "there is no display to open a window on; the commands work without one, see spanwright --help\n",
		":991": "no window can be opened on this display; the commands work without one, see spanwright --help\n",
	} {
		cmd := exec.Command(program(t))
		cmd.Env = append(os.Environ(), "DISPLAY="+display, "HOME="+t.TempDir())
		var stderr strings.Builder
		cmd.Stderr = &stderr
		err := cmd.Run()
		require.Truef(t, strings.HasSuffix(stderr.String(), want), "on display %q: %s", display, stderr.String())
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		require.Equal(t, 3, exit.ExitCode())
	}
}

var idPattern = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// nameIDs replaces each id by the order in which it appears first.
func nameIDs(text string) string {
	seen := map[string]string{}
	return idPattern.ReplaceAllStringFunc(text, func(id string) string {
		if seen[id] == "" {
			seen[id] = fmt.Sprintf("#%d", len(seen)+1)
		}
		return seen[id]
	})
}

// display is a virtual screen with one program on it.
type display struct {
	t      *testing.T
	env    []string
	home   string
	user   string
	window string
}

// program returns the built binary.
func program(t *testing.T) string {
	path, err := filepath.Abs("bin/spanwright")
	require.NoError(t, err)
	require.FileExists(t, path, "run make build first")
	return path
}

func newDisplay(t *testing.T) *display {
	t.Helper()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	xvfb := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1400x900x24", "+extension", "GLX", "-nolisten", "tcp",
		"-noreset") // else it starts anew, and refuses to speak meanwhile, when its last program ends
	xvfb.ExtraFiles = []*os.File{write}
	require.NoError(t, xvfb.Start())
	t.Cleanup(func() {
		_ = xvfb.Process.Kill()
		_ = xvfb.Wait() // ended by the signal above
	})
	number, err := bufio.NewReader(read).ReadString('\n')
	require.NoError(t, err)
	home := t.TempDir()
	return &display{t: t, home: home, user: "visitor", env: append(os.Environ(),
		"DISPLAY=:"+strings.TrimSpace(number), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"USER=visitor", "FYNE_SCALE=1", "LANG=C.UTF-8", "LC_ALL=C.UTF-8")}
}

func (d *display) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Stderr = d.env, os.Stderr
	return cmd
}

// run returns what a program prints; it must succeed.
func (d *display) run(name string, args ...string) string {
	d.t.Helper()
	out, err := d.command(name, args...).Output()
	require.NoErrorf(d.t, err, "%s %s", name, strings.Join(args, " "))
	return string(out)
}

func (d *display) spanwright(args ...string) string {
	d.t.Helper()
	return d.run(program(d.t), args...)
}

func (d *display) keys(keys ...string) {
	d.t.Helper()
	d.run("xdotool", append([]string{"key", "--delay", "30"}, keys...)...)
}

// picture keeps what is on the screen; it waits until two pictures in a row are the same.
func (d *display) picture(name string) {
	d.t.Helper()
	require.NoError(d.t, os.MkdirAll("out/window", 0o755))
	path := filepath.Join("out/window", name+".png")
	last := ""
	d.await("a still picture", func() bool {
		d.run("import", "-window", "root", path)
		now := d.run("identify", "-format", "%#", path)
		still := now == last
		last = now
		return still
	})
}

// awaitTitle waits until the window's title names the document, and gives it the focus.
func (d *display) awaitTitle(document string) {
	d.t.Helper()
	d.await("a window named "+document, func() bool {
		out, _ := d.command("xdotool", "search", "--onlyvisible", "--name", document).Output() // not there yet: fails
		d.window = strings.TrimSpace(string(out))
		return d.window != ""
	})
	d.run("xdotool", "windowfocus", "--sync", d.window)
}

// awaitChanges waits until asha has made n gestures in the project file.
func (d *display) awaitChanges(project string, n int) {
	d.t.Helper()
	d.await(fmt.Sprintf("gesture %d in the file", n), func() bool { return d.gestures(project, "asha") >= n })
}

// gestures counts the groups of changes that an annotator made in a project file.
func (d *display) gestures(project, annotator string) int {
	d.t.Helper()
	groups := map[string]bool{}
	for _, line := range strings.Split(d.spanwright("log", project, "--json", "--limit", "1000"), "\n") {
		var change struct{ Group, Annotator string }
		if line != "" {
			require.NoError(d.t, json.Unmarshal([]byte(line), &change))
		}
		if change.Annotator == annotator {
			groups[change.Group] = true
		}
	}
	return len(groups)
}

func (d *display) await(what string, done func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); !done(); {
		if time.Now().After(deadline) {
			require.NoError(d.t, os.MkdirAll("out/window", 0o755))
			d.run("import", "-window", "root", "out/window/failed.png")
			d.t.Fatalf("waited in vain for %s; see out/window/failed.png", what)
		}
	}
}

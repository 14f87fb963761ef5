package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// dispute is an invented report, labelled from the first word to the last.
const dispute = `Mayor Ilse Brandt said the sluice at Vell had been shut since March. “The lake,” she added, “has not fallen by a hand.”

According to the fishing guild, the water dropped twice in one week. “We tied our boats to dry stones,” Pavel Orn, who has fished there for thirty years, told a meeting on Friday. “Nobody,” insisted the guild's lawyer, “may drain a lake at night.”

The water board denied that its engineers had opened anything. It was reported that a gauge had been removed. “The gauge was broken,” the board's spokeswoman, Lena Dovik, replied, “and it was replaced within an hour.”

Prices, growers warn, will double before autumn. Brandt promised an inquiry “within the week”.
`

// reported is one attribution of the dispute: what is selected, in that order of
// keys, and what the content is to be in the end.
type reported struct {
	source, cue, content string // selected; no source: implicit
	want                 string // the content's text, fragments joined by a blank; content itself if empty
}

var disputed = []reported{
	{source: "Mayor Ilse Brandt", cue: "said", content: "the sluice at Vell had been shut since March"},
	{source: "she", cue: "added", content: "“The lake,” she added, “has not fallen by a hand.”", want: "The lake, has not fallen by a hand."},
	{source: "the fishing guild", cue: "According to", content: "the water dropped twice in one week"},
	{source: "Pavel Orn", cue: "told", content: "“We tied our boats to dry stones,”", want: "We tied our boats to dry stones,"},
	{source: "the guild's lawyer", cue: "insisted", content: "“Nobody,” insisted the guild's lawyer, “may drain a lake at night.”", want: "Nobody, may drain a lake at night."},
	{source: "The water board", cue: "denied", content: "its engineers had opened anything"},
	{cue: "was reported", content: "a gauge had been removed"},
	{
		source: "the board's spokeswoman, Lena Dovik", cue: "replied",
		content: "“The gauge was broken,” the board's spokeswoman, Lena Dovik, replied, “and it was replaced within an hour.”",
		want:    "The gauge was broken, and it was replaced within an hour.",
	},
	{source: "growers", cue: "warn", content: "Prices, growers warn, will double before autumn", want: "Prices will double before autumn"},
	{source: "Brandt", cue: "promised", content: "an inquiry “within the week”"},
}

// typist counts what an annotator presses: arrows select, everything else is a further key.
type typist struct {
	*display
	body       *annotate.Body
	at         int // the token the cursor is on
	selections int
	further    int
}

// label selects words by the arrows, the last place where they stand before the
// byte offset end, and presses a label's key.
func (y *typist) label(words, key string, end int) {
	y.t.Helper()
	start := strings.LastIndex(dispute[:end], words)
	require.GreaterOrEqual(y.t, start, 0, words)
	first, last := y.token(start), y.token(start+len(words)-1)
	var keys []string
	for range first - y.at {
		keys = append(keys, "Right")
	}
	for range y.at - first {
		keys = append(keys, "Left")
	}
	for range last - first + 1 {
		keys = append(keys, "shift+Right")
	}
	y.keys(append(keys, key)...)
	y.at = last
	y.selections++
	y.further++
}

// token returns which token of the text holds a byte offset.
func (y *typist) token(offset int) int {
	n := 0
	for at := 0; ; n++ {
		token, ok := y.body.NextToken(at)
		require.True(y.t, ok)
		if offset < token.End {
			return n
		}
		at = token.End
	}
}

func (y *typist) press(keys ...string) {
	y.t.Helper()
	y.keys(keys...)
	y.further += len(keys)
}

// TestWindowLabelsAWholeArticleWithAttributions goes through an article by
// keyboard: for each attribution at most three selections and five further keys.
func TestWindowLabelsAWholeArticleWithAttributions(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW") == "" {
		t.Skip("set SPANWRIGHT_WINDOW=1 to drive the real window; it needs Xvfb, xdotool and ImageMagick")
	}
	d := newDisplay(t)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "dispute.txt"), []byte(dispute), 0o644))
	project := filepath.Join(dir, "dispute.spanwright")
	d.spanwright("new", project)
	d.spanwright("import", project, filepath.Join(dir, "dispute.txt"))
	app := d.command(program(t), project, "--annotator", "asha")
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() }) // it has ended already unless the test failed
	d.awaitTitle("dispute.txt")
	d.picture("article")

	y := &typist{display: d, body: annotate.NewBody(dispute)}
	gestures, end := 0, 0
	for i, r := range disputed {
		place := strings.Index(dispute[end:], r.content)
		require.GreaterOrEqual(t, place, 0, r.content)
		start := end + place
		end = start + len(r.content)
		clause := end + strings.IndexAny(dispute[end:], ".\n") // the source or cue may follow
		y.selections, y.further = 0, 0
		y.label(r.content, "1", end)
		if r.source != "" {
			y.label(r.source, "2", clause)
		}
		y.label(r.cue, "3", clause)
		gestures += y.selections
		y.press("a")
		if r.source == "" {
			y.press("0")
		}
		if i == 4 {
			d.awaitChanges(project, gestures)
			d.picture("assembling")
		}
		y.press("Return")
		gestures++
		d.awaitChanges(project, gestures)
		require.LessOrEqual(t, y.selections, 3, r.content)
		require.LessOrEqual(t, y.further, 5, r.content)
	}
	d.picture("assembled")
	d.keys("ctrl+q")
	require.NoError(t, app.Wait())
	require.Equal(t, wanted(), d.attributions(project))
	d.spanwright("check", project)
}

// wanted returns the attributions as [display.attributions] does.
func wanted() []map[string]string {
	var all []map[string]string
	for _, r := range disputed {
		roles := map[string]string{"source": r.source, "cue": r.cue, "content": r.content}
		if r.source == "" {
			roles["source"] = "implicit"
		}
		if r.want != "" {
			roles["content"] = r.want
		}
		all = append(all, roles)
	}
	return all
}

// attributions returns the words that play each role, from what the project exports.
func (d *display) attributions(project string) []map[string]string {
	var record struct {
		Spans     []struct{ ID, Text string }
		Relations []struct {
			Label string
			Args  []struct {
				Role, Span string
				Implicit   bool
			}
		}
	}
	require.NoError(d.t, json.Unmarshal([]byte(d.spanwright("export", project, "-o", "-")), &record))
	text := map[string]string{}
	for _, s := range record.Spans {
		text[s.ID] = s.Text
	}
	var all []map[string]string
	for _, r := range record.Relations {
		require.Equal(d.t, "attribution", r.Label)
		roles := map[string]string{}
		for _, a := range r.Args {
			roles[a.Role] = text[a.Span]
			if a.Implicit {
				roles[a.Role] = "implicit"
			}
		}
		all = append(all, roles)
	}
	return all
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestWindowTimes measures the real program on a virtual display, from outside:
// keys go in through the server, and a frame is what the server says was drawn.
// `make window-bench` prints the table; docs/benchmarks.md has one.
func TestWindowTimes(t *testing.T) {
	if os.Getenv("SPANWRIGHT_WINDOW_BENCH") == "" {
		t.Skip("set SPANWRIGHT_WINDOW_BENCH=1 to measure the real window; it needs Xvfb and xdotool")
	}
	d := newDisplay(t)
	project := filepath.Join(t.TempDir(), "large.spanwright")
	d.spanwright("new", project)
	large := filepath.Join(t.TempDir(), "large.jsonl")
	require.NoError(t, os.WriteFile(large, labelledRecord(t, 1_000_000, 10_000), 0o644))
	d.spanwright("import", project, large, "--annotator", "asha")

	var starts []time.Duration
	for range 5 {
		starts = append(starts, d.start(project))
	}
	line("start", 0.5, starts)

	app := d.command(program(t), project, "--annotator", "asha")
	require.NoError(t, app.Start())
	t.Cleanup(func() { _ = app.Process.Kill() })
	d.awaitTitle("large.txt")
	s := d.spectate()
	s.quiet()

	var cursor, label []time.Duration
	for range 60 {
		cursor = append(cursor, s.press("Right"))
		s.quiet()
	}
	line("key-cursor-p50", 0.5, cursor)
	line("key-cursor-p95", 0.95, cursor)
	for range 40 {
		s.press("Right")
		s.press("Right")
		d.keys("shift+Right", "shift+Right")
		s.quiet()
		label = append(label, s.press("1"))
		s.quiet()
	}
	line("key-label-p50", 0.5, label)
	line("key-label-p95", 0.95, label)

	before := processTime(t, app.Process.Pid)
	frames := s.scroll(5 * time.Second)
	spent := processTime(t, app.Process.Pid) - before
	line("frame-scroll-p50", 0.5, frames)
	line("frame-scroll-p95", 0.95, frames)
	fmt.Printf("cpu-frame-scroll %.1f ms\n", float64(spent.Microseconds())/1000/float64(len(frames)))
	d.keys("ctrl+q")
	require.NoError(t, app.Wait())
}

// line prints one figure: the percentile of what was measured.
func line(name string, percentile float64, measured []time.Duration) {
	slices.Sort(measured)
	at := min(int(percentile*float64(len(measured))), len(measured)-1)
	fmt.Printf("%s %.1f ms\n", name, float64(measured[at].Microseconds())/1000)
}

// labelledRecord returns a record of a text of that many bytes with so many spans,
// four in five apart from each other.
func labelledRecord(t *testing.T, size, spans int) []byte {
	random := rand.New(rand.NewPCG(3, 3))
	words := strings.Fields("the board said that water in upper lake fell twice since March although nobody opened any sluice")
	var text strings.Builder
	var starts []int
	for text.Len() < size {
		for range 40 + random.IntN(80) {
			starts = append(starts, text.Len())
			text.WriteString(words[random.IntN(len(words))] + " ")
		}
		text.WriteString("so.\n\n")
	}
	type span struct {
		ID         string            `json:"id"`
		Label      string            `json:"label"`
		Start      int               `json:"start"`
		End        int               `json:"end"`
		Text       string            `json:"text"`
		Fragments  [][2]int          `json:"fragments"`
		Attributes map[string]string `json:"attributes"`
		Flag       string            `json:"flag"`
		Note       string            `json:"note"`
	}
	record := struct {
		ID        string            `json:"id"`
		Name      string            `json:"name"`
		Text      string            `json:"text"`
		Meta      map[string]string `json:"meta"`
		Annotator string            `json:"annotator"`
		Status    string            `json:"status"`
		Labels    map[string]string `json:"labels"`
		Spans     []span            `json:"spans"`
		Relations []span            `json:"relations"`
		Offsets   string            `json:"offsets"`
		Scheme    string            `json:"scheme"`
	}{
		ID: string(annotate.NewID()), Name: "large.txt", Text: text.String(), Meta: map[string]string{}, Annotator: "asha",
		Status: "new", Labels: map[string]string{}, Relations: []span{}, Offsets: "codepoint", Scheme: "claims",
	}
	room := len(starts) / spans
	for i := range spans {
		first, last := i*room, i*room+1+random.IntN(max(1, room-2))
		if i%5 == 0 {
			last += room
		}
		from, to := starts[first], starts[min(last, len(starts)-1)]-1
		record.Spans = append(record.Spans, span{
			ID: string(annotate.NewID()), Label: []string{"Claim", "Source", "Cue", "Target"}[random.IntN(4)],
			Start: from, End: to, Text: record.Text[from:to], Fragments: [][2]int{{from, to}}, Attributes: map[string]string{},
		})
	}
	raw, err := json.Marshal(record)
	require.NoError(t, err)
	return raw
}

// processTime returns the processor time a process has used (Linux only).
func processTime(t *testing.T, pid int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	require.NoError(t, err)
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')'):]))
	var ticks int64 // of 10 ms each; proc(5): fields 14 and 15 of the whole line
	for _, f := range fields[12:14] {
		n, err := strconv.ParseInt(f, 10, 64)
		require.NoError(t, err)
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// spectator watches a window as the X server sees it.
type spectator struct {
	*display
	x      *xgb.Conn
	root   xproto.Window
	drawn  chan time.Time
	keymap *xproto.GetKeyboardMappingReply
	first  xproto.Keycode
}

func (d *display) connect() (*xgb.Conn, *xproto.SetupInfo) {
	d.t.Helper()
	name := ""
	for _, e := range d.env {
		if value, ok := strings.CutPrefix(e, "DISPLAY="); ok {
			name = value // the last one counts
		}
	}
	xgb.Logger.SetOutput(io.Discard) // it remarks that there is no .Xauthority
	x, err := xgb.NewConnDisplay(name)
	require.NoError(d.t, err)
	return x, xproto.Setup(x)
}

// spectate begins to watch the window that awaitTitle found.
func (d *display) spectate() *spectator {
	d.t.Helper()
	x, setup := d.connect()
	require.NoError(d.t, damage.Init(x))
	require.NoError(d.t, xtest.Init(x))
	_, err := damage.QueryVersion(x, 1, 1).Reply()
	require.NoError(d.t, err)
	window, err := strconv.ParseUint(strings.Fields(d.window)[0], 10, 32)
	require.NoError(d.t, err)
	id, err := damage.NewDamageId(x)
	require.NoError(d.t, err)
	require.NoError(d.t, damage.CreateChecked(x, id, xproto.Drawable(window), damage.ReportLevelRawRectangles).Check())
	s := &spectator{display: d, x: x, root: setup.DefaultScreen(x).Root, drawn: make(chan time.Time, 1<<16), first: setup.MinKeycode}
	s.keymap, err = xproto.GetKeyboardMapping(x, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	require.NoError(d.t, err)
	go func() {
		for {
			event, fault := x.WaitForEvent()
			if event == nil && fault == nil {
				return // closed
			}
			if _, ok := event.(damage.NotifyEvent); ok {
				s.drawn <- time.Now()
			}
		}
	}()
	d.t.Cleanup(x.Close)
	return s
}

// quiet waits until nothing has been drawn for a while.
func (s *spectator) quiet() {
	for {
		select {
		case <-s.drawn:
		case <-time.After(200 * time.Millisecond):
			return
		}
	}
}

// keysyms are the keys pressed here, by their names in X11/keysymdef.h.
var keysyms = map[string]xproto.Keysym{"Right": 0xff53, "1": 0x31}

// press presses a key and returns how long it took until something was drawn.
func (s *spectator) press(key string) time.Duration {
	s.t.Helper()
	at := slices.Index(s.keymap.Keysyms, keysyms[key])
	require.GreaterOrEqual(s.t, at, 0, key)
	code := byte(s.first) + byte(at/int(s.keymap.KeysymsPerKeycode))
	began := time.Now()
	xtest.FakeInput(s.x, xproto.KeyPress, code, 0, s.root, 0, 0, 0)
	xtest.FakeInput(s.x, xproto.KeyRelease, code, 0, s.root, 0, 0, 0)
	select {
	case drawn := <-s.drawn:
		return drawn.Sub(began)
	case <-time.After(10 * time.Second):
		s.t.Fatalf("nothing was drawn after %s", key)
		return 0
	}
}

// scroll turns the wheel over the text for a while and returns the times between frames.
func (s *spectator) scroll(long time.Duration) []time.Duration {
	const wheelDown = 5
	s.run("xdotool", "mousemove", "600", "500")
	s.quiet()
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for end := time.Now().Add(long); time.Now().Before(end); <-tick.C {
			xtest.FakeInput(s.x, xproto.ButtonPress, wheelDown, 0, s.root, 0, 0, 0)
			xtest.FakeInput(s.x, xproto.ButtonRelease, wheelDown, 0, s.root, 0, 0, 0)
		}
	}()
	var frames []time.Duration
	last := <-s.drawn
	for {
		select {
		case now := <-s.drawn:
			if between := now.Sub(last); between > 2*time.Millisecond { // a frame may be drawn in parts
				frames = append(frames, between)
			}
			last = now
		case <-done:
			return frames
		}
	}
}

// start returns how long the program takes until the document can be read.
func (d *display) start(project string) time.Duration {
	d.t.Helper()
	x, setup := d.connect()
	defer x.Close()
	root := xproto.Drawable(setup.DefaultScreen(x).Root)
	app := d.command(program(d.t), project, "--annotator", "asha")
	began := time.Now()
	require.NoError(d.t, app.Start())
	var took time.Duration
	d.await("text in the pane", func() bool {
		strip, err := xproto.GetImage(x, xproto.ImageFormatZPixmap, root, 300, 160, 400, 60, ^uint32(0)).Reply()
		require.NoError(d.t, err)
		took = time.Since(began)
		return colours(strip.Data) > 10 // smoothed letters have many
	})
	require.NoError(d.t, app.Process.Kill())
	_ = app.Wait() // ended by the signal above
	return took
}

// colours counts the colours of an image of four bytes a pixel.
func colours(pixels []byte) int {
	seen := map[[3]byte]bool{}
	for i := 0; i+3 < len(pixels); i += 4 {
		seen[[3]byte(pixels[i:i+3])] = true
	}
	return len(seen)
}

package command

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"spanwright/annotate"
)

// bar shows how far long work is, on a terminal only.
type bar struct {
	out   io.Writer // nil to show nothing
	drawn time.Time
}

func newBar(stderr io.Writer) *bar {
	file, ok := stderr.(*os.File)
	if !ok {
		return &bar{}
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	return &bar{out: stderr, drawn: time.Now()}
}

const (
	barWidth = 30
	barEvery = 100 * time.Millisecond // also how long work must take to be worth a bar
)

func (b *bar) show(done, total int, name string) {
	if b.out == nil || total <= 0 || time.Since(b.drawn) < barEvery {
		return
	}
	b.drawn = time.Now()
	full := barWidth * done / total
	fmt.Fprintf(b.out, "\r\x1b[K[%s%s] %3d %% %s", strings.Repeat("#", full), strings.Repeat("-", barWidth-full), 100*done/total, annotate.Excerpt(name, 40))
}

func (b *bar) clear() {
	if b.out != nil {
		fmt.Fprint(b.out, "\r\x1b[K")
	}
}

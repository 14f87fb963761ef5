package pdf

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// memoryPages is how much memory a file may need, in pages of 64 kB.
const memoryPages = 1 << 14

// engine makes PDFium ready, which takes seconds the first time on a computer: it is
// compiled to machine code, which is kept with other things that can be made anew.
var engine = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if folder, err := os.UserCacheDir(); err == nil {
		// Without it the work is only done again.
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "spanwright", "pdf")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 2, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
})

// file is a PDF file that was opened.
type file struct {
	reader   pdfium.Pdfium
	document references.FPDF_DOCUMENT
	stop     func() bool
}

// open opens a PDF file. Reading it ends when ctx does.
func open(ctx context.Context, raw []byte) (*file, error) {
	pool, err := engine()
	if err != nil {
		return nil, annotate.Errorf(annotate.Unsupported, "PDF files cannot be read on this computer: %w", err)
	}
	reader, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, annotate.Errorf(annotate.Unsupported, "PDF files cannot be read now: %w", err)
	}
	f := &file{reader: reader}
	f.stop = context.AfterFunc(ctx, func() { _ = reader.Kill() }) // it may be closed already
	opened, err := reader.OpenDocument(&requests.OpenDocument{File: &raw})
	if err != nil {
		f.close()
		if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
			return nil, annotate.Errorf(annotate.Unsupported, "it has a password; save it without one")
		}
		return nil, annotate.Errorf(annotate.Corrupt, "it cannot be read as PDF: %w", err)
	}
	f.document = opened.Document
	return f, nil
}

func (f *file) close() {
	f.stop()
	_ = f.reader.Close() // nothing was written
}

// pages returns the lines of every page, in the order they are read.
func (f *file) pages(ctx context.Context) ([][]line, error) {
	count, err := f.reader.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.document})
	if err != nil {
		return nil, damaged(err)
	}
	pages := make([][]line, count.PageCount)
	size := 0
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if pages[i], err = f.page(i); err != nil {
			return nil, damaged(err)
		}
		for _, l := range pages[i] {
			size += len(l.text)
		}
		if size > annotate.MaxText {
			return nil, annotate.Errorf(annotate.Unsupported, "the text has more than %d MB, which is the limit", annotate.MaxText>>20)
		}
	}
	return pages, nil
}

func damaged(err error) error {
	return annotate.Errorf(annotate.Corrupt, "it cannot be read as PDF: %w", err)
}

// page returns the lines of a page.
func (f *file) page(number int) ([]line, error) {
	opened, err := f.reader.FPDFText_LoadPage(&requests.FPDFText_LoadPage{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: f.document, Index: number}},
	})
	if err != nil {
		return nil, err
	}
	page := opened.TextPage
	defer func() { _, _ = f.reader.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: page}) }() // it goes with the file
	count, err := f.reader.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil {
		return nil, err
	}
	w := &lineWriter{number: number}
	for i := range count.Count {
		c, err := f.reader.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
		if err != nil {
			return nil, err
		}
		w.add(rune(c.Unicode), func() (box, error) { return f.box(page, i) })
		if w.err != nil {
			return nil, w.err
		}
	}
	w.end()
	return w.lines, nil
}

// box returns where a character stands.
func (f *file) box(page references.FPDF_TEXTPAGE, i int) (box, error) {
	at, err := f.reader.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: page, Index: i})
	if err != nil {
		return box{}, err
	}
	size, err := f.reader.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: i})
	if err != nil {
		return box{}, err
	}
	return box{at.Left, at.Right, at.Bottom, at.Top, size.FontSize}, nil
}

// lineWriter puts the characters of a page together.
type lineWriter struct {
	number int
	lines  []line
	units  []uint16
	boxes  []box // of the characters that are seen
	err    error
}

// add adds a character, which stands in what at returns.
func (w *lineWriter) add(c rune, at func() (box, error)) {
	switch {
	case c == '\n':
		w.end()
		return
	case c == '\r', c == 0xfffe, c == 0xffff:
		return
	case c == 0:
		c = 0xfffd
	case c < ' ' && c != hyphenated:
		c = ' '
	}
	if c != ' ' {
		b, err := at()
		if err != nil {
			w.err = err
			return
		}
		if b.right > b.left {
			w.boxes = append(w.boxes, b)
		}
	}
	w.units = utf16.AppendRune(w.units, c)
	if c == hyphenated {
		w.end()
	}
}

// end ends a line.
func (w *lineWriter) end() {
	text := strings.Join(strings.Fields(string(utf16.Decode(w.units))), " ")
	if text != "" && len(w.boxes) > 0 {
		w.lines = append(w.lines, newLine(text, w.boxes))
	}
	w.units, w.boxes = w.units[:0], w.boxes[:0]
}

// about returns what the file says of itself.
func (f *file) about() map[string]string {
	found := map[string]string{}
	said, err := f.reader.GetMetaData(&requests.GetMetaData{Document: f.document})
	if err != nil {
		return found // it says nothing
	}
	for _, tag := range said.Tags {
		value := strings.Join(strings.Fields(tag.Value), " ")
		switch {
		case value == "":
		case tag.Tag == "Title":
			found["title"] = value
		case tag.Tag == "Author":
			found["author"] = value
		case tag.Tag == "CreationDate":
			found["date"] = dataset.Day(dated(value))
		}
	}
	return found
}

// dated returns a date as PDF writes it, D:YYYYMMDDHHmmSS, as YYYY-MM-DD.
func dated(value string) string {
	digits := strings.TrimPrefix(value, "D:")
	if len(digits) < 8 || strings.Trim(digits[:8], "0123456789") != "" {
		return value
	}
	return digits[:4] + "-" + digits[4:6] + "-" + digits[6:8]
}

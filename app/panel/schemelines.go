package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// markdownLine shows what Markdown comes to, indented like a value.
type markdownLine struct {
	widget.BaseWidget
	id   string
	text string
	rich *widget.RichText
	held fyne.CanvasObject
	rule *ground
}

func newMarkdownLine(f *field) *markdownLine {
	l := &markdownLine{id: f.key, text: f.text, rich: widget.NewRichTextFromMarkdown(f.text), rule: newGround(lineTone)}
	l.rich.Wrapping = fyne.TextWrapWord
	l.held = container.NewThemeOverride(l.rich, compact{fyne.CurrentApp().Settings().Theme()})
	l.ExtendBaseWidget(l)
	return l
}

func (l *markdownLine) key() string  { return l.id }
func (l *markdownLine) stop() target { return nil }

func (l *markdownLine) show(f *field) {
	if f.text != l.text {
		l.text = f.text
		l.rich.ParseMarkdown(f.text)
	}
}

func (l *markdownLine) heightFor(width float32) float32 {
	if l.text == "" {
		return 0
	}
	x, _ := valuePlace(width)
	w := max(leastValue, width-x-rowInset)
	l.rich.Resize(fyne.NewSize(w-6, l.rich.MinSize().Height))
	return l.rich.MinSize().Height + 4
}

// CreateRenderer draws the text beside a thin line.
func (l *markdownLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.rule, l.held}
	layout := func(size fyne.Size) {
		x, _ := valuePlace(size.Width)
		w := max(leastValue, size.Width-x-rowInset)
		place(l.rule, x, 2, 2, max(0, size.Height-4))
		place(l.held, x+6, 0, w-6, size.Height)
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(80, l.heightFor(l.Size().Width)) },
		refresh: func() { layout(l.Size()); canvas.Refresh(l) },
	}
}

// quoteLine shows words of a document in what stands around them, and where they are from.
type quoteLine struct {
	widget.BaseWidget
	field *formField
	rich  *widget.RichText
	held  fyne.CanvasObject
}

func newQuoteLine(f *formField) *quoteLine {
	l := &quoteLine{field: f, rich: widget.NewRichText()}
	l.rich.Wrapping = fyne.TextWrapWord
	l.held = container.NewThemeOverride(l.rich, compact{fyne.CurrentApp().Settings().Theme()})
	l.set()
	l.ExtendBaseWidget(l)
	return l
}

func (l *quoteLine) set() {
	q := l.field.quote
	part := func(text string, bold bool) widget.RichTextSegment {
		s := widget.RichTextStyleInline
		s.TextStyle.Bold = bold
		if !bold {
			s.ColorName = "placeholder"
		}
		return &widget.TextSegment{Text: text, Style: s}
	}
	l.rich.Segments = []widget.RichTextSegment{part(q.Before, false), part(q.Words, true), part(q.After, false), part("   "+l.field.name, false)}
	l.rich.Refresh()
}

func (l *quoteLine) key() string   { return l.field.key }
func (l *quoteLine) stop() target  { return nil }
func (l *quoteLine) show(f *field) {}

func (l *quoteLine) heightFor(width float32) float32 {
	x, _ := valuePlace(width)
	w := max(leastValue, width-x-rowInset)
	l.rich.Resize(fyne.NewSize(w, l.rich.MinSize().Height))
	return l.rich.MinSize().Height
}

// CreateRenderer draws the words.
func (l *quoteLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.held}
	layout := func(size fyne.Size) {
		x, _ := valuePlace(size.Width)
		place(l.held, x, 0, max(leastValue, size.Width-x-rowInset), size.Height)
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(80, l.heightFor(l.Size().Width)) },
		refresh: func() { layout(l.Size()); canvas.Refresh(l) },
	}
}

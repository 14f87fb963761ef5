package panel

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// blockKind is what a part of a guideline is.
type blockKind int

const (
	paragraphBlock blockKind = iota
	headingBlock
	itemBlock
	codeBlock
	quoteBlock
)

// block is a paragraph of a guideline, or what is set like one.
type block struct {
	kind   blockKind
	depth  int    // of an item, from 0
	marker string // before an item
	runs   []run
}

// run is a stretch of words in one style.
type run struct {
	text               string
	bold, italic, mono bool
	link               string // address, "" for none
}

var markdown = goldmark.New().Parser()

// parseMarkdown returns the blocks of a text in Markdown (CommonMark 0.31). HTML is shown as it stands.
func parseMarkdown(source string) []block {
	raw := []byte(source)
	r := &markdownReader{source: raw}
	r.blocks(markdown.Parse(text.NewReader(raw)), block{})
	return r.found
}

type markdownReader struct {
	source []byte
	found  []block
}

// blocks adds the blocks inside a node, each like the one it lies in.
func (r *markdownReader) blocks(parent ast.Node, like block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b := like
		switch n := n.(type) {
		case *ast.Heading:
			b.kind = headingBlock
			b.runs = r.runs(n, run{bold: true})
		case *ast.List:
			if like.kind == itemBlock {
				b.depth++
			}
			b.kind = itemBlock
			r.blocks(n, b)
			continue
		case *ast.ListItem:
			b.marker = "•"
			if list := n.Parent().(*ast.List); list.IsOrdered() {
				b.marker = fmt.Sprintf("%d.", list.Start+position(n))
			}
			r.blocks(n, b)
			continue
		case *ast.Blockquote:
			b.kind = quoteBlock
			r.blocks(n, b)
			continue
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
			b.kind = codeBlock
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.runs = []run{{text: strings.TrimRight(string(line.Value(r.source)), "\n"), mono: true}}
				r.found = append(r.found, b)
			}
			continue
		case *ast.ThematicBreak:
			continue
		default:
			b.runs = r.runs(n, run{italic: b.kind == quoteBlock})
		}
		r.found = append(r.found, b)
		if like.marker != "" { // only before the first paragraph of an item
			like.marker = " "
		}
	}
}

func position(n ast.Node) int {
	i := 0
	for p := n.PreviousSibling(); p != nil; p = p.PreviousSibling() {
		i++
	}
	return i
}

// runs returns the words inside a node, in the style around it and their own.
func (r *markdownReader) runs(parent ast.Node, like run) []run {
	var found []run
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := like
		switch n := n.(type) {
		case *ast.Text:
			s.text = string(n.Segment.Value(r.source))
			switch {
			case n.HardLineBreak():
				s.text += "\n"
			case n.SoftLineBreak():
				s.text += " "
			}
			found = append(found, s)
		case *ast.String:
			s.text = string(n.Value)
			found = append(found, s)
		case *ast.Emphasis:
			if n.Level > 1 {
				s.bold = true
			} else {
				s.italic = !s.italic
			}
			found = append(found, r.runs(n, s)...)
		case *ast.CodeSpan:
			s.mono = true
			found = append(found, r.runs(n, s)...)
		case *ast.Link:
			s.link = string(n.Destination)
			found = append(found, r.runs(n, s)...)
		case *ast.AutoLink:
			s.link, s.text = string(n.URL(r.source)), string(n.Label(r.source))
			found = append(found, s)
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				s.text += string(segment.Value(r.source))
			}
			found = append(found, s)
		default: // a picture: what it is called
			found = append(found, r.runs(n, s)...)
		}
	}
	return unescaped(found)
}

// unescaped puts into runs that are not code what backslashes and entities stand for.
func unescaped(runs []run) []run {
	for i := range runs {
		if !runs[i].mono && strings.ContainsAny(runs[i].text, `\&`) {
			runs[i].text = unescape(runs[i].text)
		}
	}
	return runs
}

func unescape(text string) string {
	var b strings.Builder
	from := 0
	resolve := func(to int) {
		b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(text[from:to]))))
	}
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '\\' && util.IsPunct(text[i+1]) {
			resolve(i)
			b.WriteByte(text[i+1])
			i++
			from = i + 1
		}
	}
	resolve(len(text))
	return b.String()
}

// escapeMarkdown returns words that Markdown shows as they are.
func escapeMarkdown(words string) string {
	var b strings.Builder
	for _, c := range words {
		if strings.ContainsRune("\\`*_{}[]<>#!|&~", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

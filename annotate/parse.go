package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Bounds of a scheme file. What is larger was not written by hand.
const (
	maxSchemeBytes = 2 << 20
	maxSchemeNodes = 200_000 // with what aliases stand for written out
	maxSchemeDepth = 64      // of brackets in each other
)

// Problem is something in a scheme that cannot be as it is, or that is worth a look.
type Problem struct {
	Path     string `json:"path,omitempty"` // as in $.spans[2].key; empty for the whole
	Line     int    `json:"line,omitempty"` // 1-based, in the file it was read from; 0 if unknown
	Column   int    `json:"column,omitempty"`
	Warning  bool   `json:"warning,omitempty"` // the scheme can be used all the same
	Sentence string `json:"sentence"`
}

// ParseScheme reads a scheme from YAML. Errors name what to mend and where it
// stands; file is the name to give in them. Warnings do not keep it from being read.
func ParseScheme(file string, raw []byte) (*Scheme, error) {
	s, problems := ReadScheme(raw)
	for _, p := range problems {
		if !p.Warning {
			return nil, p.Error(file)
		}
	}
	return s, nil
}

// Error returns p as an error of kind [Invalid] in that file.
func (p *Problem) Error(file string) *Error {
	e := Errorf(Invalid, "%s", p.Sentence).At(file, p.Line)
	e.Column = p.Column
	return e
}

// ReadScheme reads a scheme from YAML with everything that is wrong with it. The
// scheme is nil if it cannot be read at all.
func ReadScheme(raw []byte) (*Scheme, []Problem) {
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	s, file, problem := decodeScheme(raw)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	s.FillColors()
	problems := s.Problems()
	for i := range problems {
		problems[i].locate(file)
	}
	return s, problems
}

// decodeScheme reads a scheme from YAML, or says why that is not possible.
func decodeScheme(raw []byte) (s *Scheme, file *ast.File, problem *Problem) {
	if problem := unreadable(raw); problem != nil {
		return nil, nil, problem
	}
	// The YAML reader was written for files that people mean to be read; nobody should
	// lose work because a file makes it panic.
	defer func() {
		if recover() != nil {
			problem = &Problem{Sentence: "the scheme is not YAML that can be read"}
		}
	}()
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return nil, nil, syntaxProblem(err)
	}
	if problem := unwanted(file); problem != nil {
		return nil, nil, problem
	}
	if node := exploding(file); node != nil {
		at := beginning(node).GetToken().Position
		return nil, nil, &Problem{Line: at.Line, Column: at.Column, Sentence: fmt.Sprintf("from here on the scheme has more than %d items once its aliases are written out", maxSchemeNodes)}
	}
	s = &Scheme{}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(s); err != nil {
		return nil, nil, syntaxProblem(err)
	}
	return s, file, nil
}

// unreadable says what keeps bytes from being a scheme, before anything reads them.
func unreadable(raw []byte) *Problem {
	if len(raw) > maxSchemeBytes {
		return problemAt(raw, maxSchemeBytes, "here the scheme passes %d MB; code books of this size do not fit a scheme", maxSchemeBytes>>20)
	}
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		return &Problem{Line: 1, Column: 1, Sentence: "the scheme is UTF-16; save it as UTF-8 first"}
	}
	if i := invalidUTF8(raw); i >= 0 {
		return problemAt(raw, i, "0x%02x is not UTF-8; save the scheme as UTF-8 first", raw[i])
	}
	if i := bytes.IndexFunc(raw, isControl); i >= 0 {
		return problemAt(raw, i, "the control character U+%04X has no place in a scheme", raw[i])
	}
	if line := tooDeep(raw); line > 0 {
		return &Problem{Line: line, Sentence: fmt.Sprintf("the scheme has more than %d things in each other", maxSchemeDepth)}
	}
	return nil
}

// isControl reports whether r is a control character that no text has.
func isControl(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' }

// problemAt is a problem at byte i.
func problemAt(raw []byte, i int, format string, args ...any) *Problem {
	begin := bytes.LastIndexByte(raw[:i], '\n') + 1
	return &Problem{
		Line: bytes.Count(raw[:i], []byte("\n")) + 1, Column: utf8.RuneCount(raw[begin:i]) + 1, Sentence: fmt.Sprintf(format, args...),
	}
}

// unwanted says what a file has that YAML allows and a scheme does not need: a second
// document, or tags, which say of what type something is.
func unwanted(file *ast.File) *Problem {
	found := &unwantedNode{}
	for i, doc := range file.Docs {
		switch {
		case i > 0 && doc.Body != nil && found.what == "":
			found.node, found.what = doc.Body, "the file has a second scheme after ---; write one file for each"
		case doc.Body != nil && found.what == "":
			ast.Walk(found, doc.Body)
		}
	}
	if found.what == "" {
		return nil
	}
	p := &Problem{Sentence: found.what}
	if t := beginning(found.node).GetToken(); t != nil && t.Position != nil {
		p.Line, p.Column = t.Position.Line, t.Position.Column
	}
	return p
}

// unwantedNode is the first node of a file that a scheme cannot have.
type unwantedNode struct {
	node ast.Node
	what string
}

// Visit looks at a node.
func (u *unwantedNode) Visit(node ast.Node) ast.Visitor {
	if tag, ok := node.(*ast.TagNode); ok && u.what == "" {
		u.node, u.what = tag, fmt.Sprintf("the tag %s has no place in a scheme", Excerpt(tag.GetToken().Value, 40))
	}
	return u
}

// locate finds the line and column of a problem's path, or of the nearest thing around it.
func (p *Problem) locate(file *ast.File) {
	for path := p.Path; path != "" && path != "$"; path = path[:strings.LastIndexAny(path, ".[")] {
		expression, err := yaml.PathString(path)
		if err != nil {
			continue
		}
		if node, err := expression.FilterFile(file); err == nil && node != nil && beginning(node).GetToken() != nil {
			at := beginning(node).GetToken().Position
			p.Line, p.Column = at.Line, at.Column
			return
		}
	}
}

// beginning returns the node with which another begins: a mapping is found at its
// first colon otherwise.
func beginning(node ast.Node) ast.Node {
	switch n := node.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return beginning(n.Values[0])
		}
	case *ast.MappingValueNode:
		return n.Key
	}
	return node
}

// tooDeep returns the line on which brackets, or lists begun on one line, lie too deep
// in each other, 0 if they nowhere do.
func tooDeep(raw []byte) int {
	depth, number := 0, 0
	for line := range bytes.Lines(raw) {
		if number++; listsBegun(line) > maxSchemeDepth {
			return number
		}
		for _, c := range line {
			switch c {
			case '[', '{':
				if depth++; depth > maxSchemeDepth {
					return number
				}
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
	}
	return 0
}

// listsBegun returns how many items of lists a line begins inside each other.
func listsBegun(line []byte) int {
	for n := 0; ; n++ {
		line = bytes.TrimLeft(line, " ")
		if len(line) < 2 || line[0] != '-' && line[0] != '?' || line[1] != ' ' {
			return n
		}
		line = line[1:]
	}
}

// expansion counts the nodes of a file as if each alias were what it stands for, up to
// one more than are allowed.
type expansion struct {
	anchors map[string]int // name → nodes
	passed  ast.Node       // with which there were too many, nil if there never are
}

// exploding returns the node of a file with which there are more than are allowed, nil
// if there is none.
func exploding(file *ast.File) ast.Node {
	e := &expansion{anchors: map[string]int{}}
	total := 0
	for _, doc := range file.Docs {
		if doc.Body != nil {
			e.add(&total, doc.Body)
		}
	}
	return e.passed
}

func (e *expansion) add(size *int, n ast.Node) {
	if n == nil || *size > maxSchemeNodes {
		return
	}
	if *size += e.size(n); *size > maxSchemeNodes && e.passed == nil {
		e.passed = n
	}
}

func (e *expansion) size(node ast.Node) int {
	size := 1
	switch n := node.(type) {
	case *ast.AnchorNode:
		e.add(&size, n.Value)
		if n.Name != nil {
			e.anchors[n.Name.GetToken().Value] = size
		}
	case *ast.AliasNode:
		if n.Value != nil {
			size += e.anchors[n.Value.GetToken().Value]
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			e.add(&size, v)
		}
	case *ast.MappingValueNode:
		e.add(&size, n.Key)
		e.add(&size, n.Value)
	case *ast.SequenceNode:
		for _, v := range n.Values {
			e.add(&size, v)
		}
	case *ast.TagNode:
		e.add(&size, n.Value)
	}
	return size
}

// syntaxProblem puts what the YAML reader says, a message over an excerpt of the
// file, into one sentence.
func syntaxProblem(err error) *Problem {
	var mistyped *yaml.TypeError
	var located yaml.Error
	p := &Problem{Sentence: "the scheme is not as expected: " + shortened(err.Error())}
	switch {
	case errors.Is(err, io.EOF):
		p.Sentence = "the scheme is empty"
	case errors.As(err, &mistyped) && mistyped.Token != nil:
		p.Sentence = fmt.Sprintf("the scheme has %q where a %s is expected", Excerpt(mistyped.Token.Value, 40), mistyped.DstType.Kind())
	case errors.As(err, &located):
		p.Sentence = "the scheme is not as expected: " + shortened(located.GetMessage())
	}
	if errors.As(err, &located) && located.GetToken() != nil && located.GetToken().Position != nil {
		p.Line, p.Column = located.GetToken().Position.Line, located.GetToken().Position.Column
	}
	return p
}

// shortened puts a message of the YAML reader, which may quote the file, into one line.
func shortened(message string) string {
	message = strings.ReplaceAll(message, "character '\t'", "a tab, where only blanks indent,")
	return Excerpt(oneLine(message), 200)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Marshal writes the scheme as the YAML that ParseScheme reads: as a person would
// write it or, where the same would not be read from that, with texts in quotation marks.
func (s *Scheme) Marshal() ([]byte, error) {
	var readable []byte
	for _, options := range [][]yaml.EncodeOption{
		{yaml.UseLiteralStyleIfMultiline(true), yaml.IndentSequence(true)}, {yaml.IndentSequence(true)}, {yaml.JSON()},
	} {
		raw, err := yaml.MarshalWithOptions(s, options...)
		if err != nil {
			return nil, err
		}
		read, _, problem := decodeScheme(raw)
		if problem == nil && s.saysTheSame(read) {
			return raw, nil
		}
		if problem == nil && readable == nil { // but for the digits of a number
			readable = raw
		}
	}
	if readable == nil {
		return nil, Errorf(Invalid, "the scheme has texts that no YAML file can hold")
	}
	return readable, nil
}

// saysTheSame reports whether other is s but for its revision, which files do not have.
func (s *Scheme) saysTheSame(other *Scheme) bool {
	one, two := *s, *other
	one.Revision = two.Revision
	x, err := MarshalState(&one)
	y, problem := MarshalState(&two)
	noList := func(raw []byte) string { return strings.ReplaceAll(string(raw), ":null", ":[]") }
	return err == nil && problem == nil && noList(x) == noList(y)
}

// FillColors gives each span label without a colour one of the [Palette].
func (s *Scheme) FillColors() {
	for i := range s.Spans {
		if s.Spans[i].Color == "" {
			s.Spans[i].Color = Palette[i%len(Palette)]
		}
	}
}

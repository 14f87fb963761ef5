package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

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
	refuse := func(p Problem) (*Scheme, []Problem) { return nil, []Problem{p} }
	if len(raw) > maxSchemeBytes {
		return refuse(Problem{Sentence: fmt.Sprintf("the scheme is larger than %d MB; code books of this size do not fit a scheme", maxSchemeBytes>>20)})
	}
	if line := tooDeep(raw); line > 0 {
		return refuse(Problem{Line: line, Sentence: fmt.Sprintf("the scheme has more than %d brackets in each other", maxSchemeDepth)})
	}
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return refuse(syntaxProblem(err))
	}
	if nodes := expandedNodes(file); nodes > maxSchemeNodes {
		return refuse(Problem{Sentence: fmt.Sprintf("the scheme has more than %d items once its aliases are written out", maxSchemeNodes)})
	}
	var s Scheme
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&s); err != nil {
		return refuse(syntaxProblem(err))
	}
	s.FillColors()
	problems := s.Problems()
	for i := range problems {
		problems[i].locate(file)
	}
	return &s, problems
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

// tooDeep returns the line on which brackets lie too deep in each other, 0 if they nowhere do.
func tooDeep(raw []byte) int {
	depth, line := 0, 1
	for _, c := range raw {
		switch c {
		case '\n':
			line++
		case '[', '{':
			if depth++; depth > maxSchemeDepth {
				return line
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0
}

// expandedNodes counts the nodes of a file as if each alias were what it stands
// for, up to one more than are allowed.
func expandedNodes(file *ast.File) int {
	sizes := map[string]int{}
	total := 0
	for _, doc := range file.Docs {
		if doc.Body != nil {
			total += expandedSize(doc.Body, sizes)
		}
	}
	return total
}

func expandedSize(node ast.Node, anchors map[string]int) int {
	size := 1
	add := func(n ast.Node) {
		if n != nil && size <= maxSchemeNodes {
			size += expandedSize(n, anchors)
		}
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		add(n.Value)
		if n.Name != nil {
			anchors[n.Name.GetToken().Value] = size
		}
	case *ast.AliasNode:
		if n.Value != nil {
			size += anchors[n.Value.GetToken().Value]
		}
	case *ast.MappingNode:
		for _, v := range n.Values {
			add(v)
		}
	case *ast.MappingValueNode:
		add(n.Key)
		add(n.Value)
	case *ast.SequenceNode:
		for _, v := range n.Values {
			add(v)
		}
	case *ast.TagNode:
		add(n.Value)
	}
	return size
}

// syntaxProblem puts what the YAML reader says, a message over an excerpt of the
// file, into one sentence.
func syntaxProblem(err error) Problem {
	var mistyped *yaml.TypeError
	var located yaml.Error
	p := Problem{Sentence: "the scheme is not as expected: " + oneLine(err.Error())}
	switch {
	case errors.Is(err, io.EOF):
		p.Sentence = "the scheme is empty"
	case errors.As(err, &mistyped) && mistyped.Token != nil:
		p.Sentence = fmt.Sprintf("the scheme has %q where a %s is expected", mistyped.Token.Value, mistyped.DstType.Kind())
	case errors.As(err, &located):
		p.Sentence = "the scheme is not as expected: " + oneLine(located.GetMessage())
	}
	if errors.As(err, &located) && located.GetToken() != nil && located.GetToken().Position != nil {
		p.Line, p.Column = located.GetToken().Position.Line, located.GetToken().Position.Column
	}
	return p
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Marshal writes the scheme as the YAML that ParseScheme reads.
func (s *Scheme) Marshal() ([]byte, error) {
	return yaml.MarshalWithOptions(s, yaml.UseLiteralStyleIfMultiline(true), yaml.IndentSequence(true))
}

// FillColors gives each span label without a colour one of the [Palette].
func (s *Scheme) FillColors() {
	for i := range s.Spans {
		if s.Spans[i].Color == "" {
			s.Spans[i].Color = Palette[i%len(Palette)]
		}
	}
}

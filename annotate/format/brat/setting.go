package brat

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// setting is one line of a configuration file: a type with its arguments, below
// another type if it is indented.
type setting struct {
	file   string
	line   int
	name   string
	terms  []string // further names
	unused bool     // marked with !: only others are derived from it
	parent *setting
	args   []slot
}

// slot is one "Role?:Type|Type" of a setting.
type slot struct {
	key      string
	types    []string
	min, max int // max is 0 for any number
}

// special reports whether the key is one of brat's own, as <REL-TYPE>.
func (a *slot) special() bool { return strings.HasPrefix(a.key, "<") }

// slot returns the argument of that key, nil if there is none.
func (s *setting) slot(key string) *slot {
	for i := range s.args {
		if s.args[i].key == key {
			return &s.args[i]
		}
	}
	return nil
}

// section is the lines under one heading.
type section struct {
	file    string
	numbers []int // of the lines, from 1
	lines   []string
}

var (
	headingPattern    = regexp.MustCompile(`^\s*\[(.*)\]\s*$`)
	rulePattern       = regexp.MustCompile(`^\s*-+\s*$`)
	macroPattern      = regexp.MustCompile(`^<([A-Za-z_-]+)>=\s*(.*?)\s*$`)
	bracketPattern    = regexp.MustCompile(`<[^<>]*>`)
	settingPattern    = regexp.MustCompile(`^(\s*)(\S+)(?:\s+(.*))?$`)
	tabbedPattern     = regexp.MustCompile(`^(\s*)([^\t]+)(?:\t(.*))?$`)
	slotPattern       = regexp.MustCompile(`^([^:\s]*):(\S*)$`)
	repetitionPattern = regexp.MustCompile(`^(\S+?)(\{\S+\}|\?|\*|\+|)$`)
	rangePattern      = regexp.MustCompile(`^\{(\d{1,6})(?:-(\d{1,6}))?\}$`)
)

// reserved are the names in angle brackets that mean something to brat.
var reserved = []string{
	"<ANY>", "<ENTITY>", "<RELATION>", "<EVENT>", "<NONE>", "<EMPTY>", "<REL-TYPE>", "<URL>", "<URLBASE>", "<GLYPH-POS>",
	"<DEFAULT>", "<NORM>", "<OVERLAP>", "<OVL-TYPE>", "<INHERIT>",
}

// macros are the abbreviations of one section.
type macros map[string]string

// expand writes a line out; what is left in angle brackets is no macro, or leads to itself.
func (m macros) expand(line string) string {
	for range len(m) {
		if len(line) > maxConfiguration {
			return ""
		}
		expanded := bracketPattern.ReplaceAllStringFunc(line, func(name string) string {
			if value, ok := m[name]; ok {
				return value
			}
			return name
		})
		if expanded == line {
			break
		}
		line = expanded
	}
	return line
}

// level is a setting that others can be below, and how far it is indented.
type level struct {
	width int
	*setting
}

// settings reads the lines of a section as types with arguments.
func (c *configuration) settings(lines *section) []*setting {
	if lines == nil {
		return nil
	}
	var found []*setting
	var above []level
	defined := macros{}
	for i, raw := range lines.lines {
		number := lines.numbers[i]
		if trimmed := strings.TrimSpace(raw); trimmed == "" || trimmed[0] == '#' || rulePattern.MatchString(raw) {
			continue
		}
		if m := macroPattern.FindStringSubmatch(raw); m != nil {
			if name := "<" + m[1] + ">"; slices.Contains(reserved, name) {
				c.remark(lines.file, number, "%s cannot be defined anew; the line was left out", name)
			} else {
				defined[name] = m[2]
			}
			continue
		}
		s := &setting{file: lines.file, line: number}
		width, ok := c.parse(s, defined.expand(raw), &above)
		if !ok {
			continue
		}
		above = append(above, level{width, s})
		found = append(found, s)
	}
	return found
}

// parse reads one line, whose macros are written out, into s and returns how far it is indented.
func (c *configuration) parse(s *setting, text string, above *[]level) (width int, ok bool) {
	m := settingPattern.FindStringSubmatch(text)
	if m == nil {
		c.remark(s.file, s.line, "its abbreviations make it too long; the line was left out")
		return 0, false
	}
	if args := splitArguments(m[3]); strings.Contains(text, "\t") && slices.ContainsFunc(args, hasBlank) {
		if old := tabbedPattern.FindStringSubmatch(text); old != nil { // as older files are: a name may have blanks, and a tab ends it
			m = old
		}
	}
	for term := range strings.SplitSeq(m[2], "|") {
		term, unused := strings.CutPrefix(strings.TrimSpace(term), "!")
		s.unused = s.unused || unused
		if term != "" {
			s.terms = append(s.terms, term)
		}
	}
	if len(s.terms) == 0 || strings.HasPrefix(s.terms[0], "<") && s.terms[0] != overlapType {
		c.remark(s.file, s.line, "%q is no name of a type; the line was left out", strings.TrimSpace(m[2]))
		return 0, false
	}
	s.name, s.terms = s.terms[0], s.terms[1:]
	width = len(m[1])
	for len(*above) > 0 && (*above)[len(*above)-1].width >= width {
		*above = (*above)[:len(*above)-1]
	}
	expected := 0
	if len(*above) > 0 {
		s.parent = (*above)[len(*above)-1].setting
		expected = (*above)[len(*above)-1].width + 1
	}
	if width != expected {
		c.often(s.file, s.line, "the indent is not the one tab a level that brat wants; the line was put below the one it is indented from")
	}
	for _, argument := range splitArguments(m[3]) {
		c.argument(s, argument)
	}
	return width, true
}

func hasBlank(text string) bool { return strings.ContainsAny(text, " \t") }

func splitArguments(text string) []string {
	var arguments []string
	for a := range strings.SplitSeq(text, ",") {
		if a = strings.TrimSpace(a); a != "" {
			arguments = append(arguments, a)
		}
	}
	return arguments
}

// argument reads one argument of s.
func (c *configuration) argument(s *setting, text string) {
	if text == "<INHERIT>" {
		if s.parent == nil {
			c.remark(s.file, s.line, "%s has nothing above it to inherit from", s.name)
			return
		}
		for _, a := range s.parent.args {
			c.add(s, a)
		}
		return
	}
	m := slotPattern.FindStringSubmatch(text)
	if m == nil {
		c.remark(s.file, s.line, "%q of %s is not written Role:Type; it was left out", text, s.name)
		return
	}
	a := slot{key: m[1], min: 1, max: 1}
	if !a.special() && !c.repetition(s, &a) {
		return
	}
	for t := range strings.SplitSeq(m[2], "|") {
		switch {
		case t == "":
			c.remark(s.file, s.line, "%s of %s has an empty type, which was left out", a.key, s.name)
		case strings.HasPrefix(t, "<") && !slices.Contains(reserved, t):
			c.remark(s.file, s.line, "%s of %s names %s, which nothing defines in this section; it was left out", a.key, s.name, t)
		case !slices.Contains(a.types, t):
			a.types = append(a.types, t)
		}
	}
	c.add(s, a)
}

func (c *configuration) add(s *setting, a slot) {
	if s.slot(a.key) != nil {
		c.remark(s.file, s.line, "%s has the argument %s twice; the first was kept", s.name, a.key)
		return
	}
	s.args = append(s.args, a)
}

// repetition takes the sign of how often an argument occurs from its key.
func (c *configuration) repetition(s *setting, a *slot) bool {
	m := repetitionPattern.FindStringSubmatch(a.key)
	if m == nil {
		c.remark(s.file, s.line, "an argument of %s has no name; it was left out", s.name)
		return false
	}
	a.key = m[1]
	switch m[2] {
	case "":
	case "?":
		a.min = 0
	case "*":
		a.min, a.max = 0, 0
	case "+":
		a.max = 0
	default:
		r := rangePattern.FindStringSubmatch(m[2])
		if r != nil {
			a.min, _ = strconv.Atoi(r[1])
			a.max = a.min
			if r[2] != "" {
				a.max, _ = strconv.Atoi(r[2])
			}
		}
		if r == nil || a.max == 0 || a.max < a.min {
			c.remark(s.file, s.line, "%s of %s cannot occur %s times; any number was allowed", a.key, s.name, m[2])
			a.min, a.max = 0, 0
		}
	}
	return true
}

package brat

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Names of settings in visual.conf that hold for whatever has none of its own.
const (
	spanDefault      = "SPAN_DEFAULT"
	arcDefault       = "ARC_DEFAULT"
	attributeDefault = "ATTRIBUTE_DEFAULT"
)

// tools reads the one thing in tools.conf that bears on a scheme: whether brat
// checks annotations. The rest is told.
func (c *configuration) tools(found map[string]*section) {
	for _, name := range slices.Sorted(maps.Keys(found)) {
		for _, s := range c.settings(found[name]) {
			if checks := s.slot("validate"); name == "options" && s.name == "Validation" && checks != nil {
				c.validated = slices.Contains(checks.types, "all")
				continue
			}
			if slices.Contains(sections[toolsConf], name) {
				c.remark(s.file, s.line, "%s of [%s] has no place in a scheme", s.name, name)
			}
		}
	}
}

// visual takes shorter names and colours from visual.conf.
func (c *configuration) visual(found map[string]*section) {
	c.names(found["labels"])
	drawings := c.settings(found["drawing"])
	for _, s := range drawings {
		if s.name == spanDefault {
			c.paint(s)
		}
	}
	for _, s := range drawings {
		if s.name != spanDefault {
			c.paint(s)
		}
	}
	for _, s := range c.settings(found["options"]) {
		c.remark(s.file, s.line, "%s of [options] has no place in a scheme", s.name)
	}
}

// names reads lines of "Type | Full name | Shorter | …".
func (c *configuration) names(lines *section) {
	if lines == nil {
		return
	}
	for i, line := range lines.lines {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "\t")
		if line == "" || line[0] == '#' || rulePattern.MatchString(line) {
			continue
		}
		var forms []string
		for form := range strings.SplitSeq(line, "|") {
			if form = strings.TrimSpace(form); form != "" && form != "<EMPTY>" {
				forms = append(forms, form)
			}
		}
		if len(forms) < 2 {
			continue
		}
		span, relation := c.scheme.Span(forms[0]), c.scheme.Relation(forms[0])
		short, full := shorter(forms)
		switch {
		case span != nil:
			span.Short, span.Guideline = short, join(span.Guideline, full)
		case relation != nil:
			relation.Short, relation.Guideline = short, join(relation.Guideline, full)
		case len(short) > 0 || full != "":
			c.often(lines.file, lines.numbers[i], "names to show are taken for types and relations only, and a role, attribute or type that is not defined has none")
		}
		if span != nil && relation != nil { // an event
			relation.Short = short
		}
	}
}

// shorter returns those of the forms of a name that are shorter than the ones before,
// and the others that say more than the name does.
func shorter(forms []string) (short []string, full string) {
	plain := strings.NewReplacer("_", " ", "-", " ")
	last := utf8.RuneCountInString(forms[0])
	for _, form := range forms[1:] {
		if n := utf8.RuneCountInString(form); n < last {
			short, last = append(short, form), n
		} else if plain.Replace(form) != plain.Replace(forms[0]) {
			full = join(full, form)
		}
	}
	return short, full
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// paint takes colours from a line such as "Type bgColor:#aabbcc".
func (c *configuration) paint(s *setting) {
	for _, a := range s.args {
		color := ""
		if len(a.types) == 1 {
			color, _ = dataset.Color(a.types[0])
		}
		switch span, relation := c.scheme.Span(s.name), c.scheme.Relation(s.name); {
		case a.key == "bgColor" && color != "" && s.name == spanDefault:
			for i := range c.scheme.Spans {
				c.scheme.Spans[i].Color = color
			}
		case a.key == "bgColor" && color != "" && span != nil:
			span.Color = color
		case a.key == "color" && color != "" && relation != nil && span == nil:
			relation.Color = color
		case a.key == "bgColor" && color == "":
			c.remark(s.file, s.line, "%q is no colour", strings.Join(a.types, "|"))
		default:
			c.often(s.file, s.line, "borders, dashes, arrowheads, glyphs, the colour of words and that of roles have no place in a scheme")
		}
	}
}

// shortcuts takes keys from kb_shortcuts.conf.
func (c *configuration) shortcuts(raw []byte) {
	taken := map[string]bool{}
	for i, line := range c.lines(shortcutsConf, raw) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		remark := func(format string, args ...any) { c.remark(shortcutsConf, i+1, format, args...) }
		if len(fields) != 2 {
			remark("%q is not a key and a type", annotate.Excerpt(line, 40))
			continue
		}
		key, label := fields[0], c.scheme.Span(fields[1])
		switch {
		case taken[key]:
			remark("key %s is defined twice; the first was kept", key)
		case label == nil:
			remark("key %s is for %s, which is no label; only labels have keys", key, fields[1])
		case label.Abstract:
			remark("key %s is for %s, which cannot be labelled", key, fields[1])
		case !annotate.IsKey(key):
			remark("key %s of %s is no digit or letter", key, label.Label)
		case label.Key != "":
			remark("%s has the key %s already; %s was left out", label.Label, label.Key, key)
		default:
			label.Key = key
		}
		taken[key] = true
	}
}

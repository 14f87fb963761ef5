package window

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"spanwright/annotate"
)

// onCommand runs the command of a character.
func (w *Window) onCommand(typed rune) bool {
	for _, c := range commands() {
		if c.char != 0 && c.char == typed {
			c.run(w)
			return true
		}
	}
	return false
}

// onSchemeKey gives the label or sets the flag that has a key.
func (w *Window) onSchemeKey(key string) bool {
	s := w.session
	if def := s.Scheme().SpanByKey(key); def != nil {
		w.tolerate(s.Label(def.Label))
		return true
	}
	if flag := s.Scheme().FlagByKey(key); flag != nil {
		w.tolerate(s.ToggleFlag(flag.Name))
		return true
	}
	return false
}

// keysOfCommands says which of a scheme's keys are letters of commands, and how to
// press them; "" if none is.
func keysOfCommands(scheme *annotate.Scheme) string {
	var told []string
	check := func(owner, key string) {
		typed, _ := utf8.DecodeRuneInString(key)
		for _, c := range commands() {
			switch {
			case key == "" || c.char != typed:
			case unicode.IsUpper(typed):
				told = append(told, fmt.Sprintf("%s of %s is for “%s”, so the scheme needs another", key, owner, c.title))
			default:
				told = append(told, fmt.Sprintf("%s is for “%s”, so press Shift+%c for %s", key, c.title, unicode.ToUpper(typed), owner))
			}
		}
	}
	for i := range scheme.Spans {
		check("label "+scheme.Spans[i].Label, scheme.Spans[i].Key)
	}
	for i := range scheme.Flags {
		check("flag "+scheme.Flags[i].Name, scheme.Flags[i].Key)
	}
	if len(told) == 0 {
		return ""
	}
	return "Keys of the scheme that commands have: " + strings.Join(told, "; ") + "."
}

package brat

import (
	"fmt"
	"strings"
	"unicode"

	"spanwright/annotate/dataset"
)

// word returns a label, or the name of an attribute or note, as brat can hold
// it: white space and control characters become underscores. Which ones did is a loss.
func word(losses *dataset.Losses, what, name string) string {
	return escape(losses, what, name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// wordBeforeColon is word for what stands before a colon: roles and the labels of events.
func wordBeforeColon(losses *dataset.Losses, what, name string) string {
	return escape(losses, what, name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == ':' })
}

func escape(losses *dataset.Losses, what, name string, forbidden func(rune) bool) string {
	escaped := strings.Map(func(r rune) rune {
		if forbidden(r) {
			return '_'
		}
		return r
	}, name)
	if escaped != name {
		losses.Add(fmt.Sprintf("%s %q, written %s", what, name, escaped))
	}
	return escaped
}

// role returns an event's role as brat can hold it. Brat takes a number at its
// end for a repetition, so one that belongs to the name is fenced off.
func role(losses *dataset.Losses, name string) string {
	escaped := wordBeforeColon(losses, "role", name)
	if strings.TrimRight(escaped, "0123456789") == escaped {
		return escaped
	}
	losses.Add(fmt.Sprintf("role %q, written %s_", name, escaped))
	return escaped + "_"
}

// value returns an attribute's value or a note's line without line breaks.
func value(losses *dataset.Losses, text string) string {
	if !strings.ContainsAny(text, "\r\n") {
		return text
	}
	losses.Add("line break in a value or note, written as a blank")
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(text)
}

// stem returns the path, without extension, of the files a document is written
// to: its name in a folder of its annotator if those are kept apart. No two
// documents get the same, on systems that do not tell upper from lower case either.
func (w *writer) stem(r *dataset.Record) string {
	name, isText := strings.CutSuffix(r.Document.Name, ".txt")
	if !isText {
		w.losses.Add("document name without .txt, which it gets")
	}
	steps := []string{name}
	if w.options.Separate && r.Annotator != "" {
		steps = []string{strings.ReplaceAll(r.Annotator, "/", "_"), name}
	}
	stem, changed, shared := w.names.Path(steps...)
	if changed {
		w.losses.Add("character that cannot stand in the name of a file, written _")
	}
	if shared {
		w.losses.Add("document name that two documents would share, which gets a number")
	}
	return stem
}

package annotate

import (
	"slices"
	"strconv"
	"strings"
)

// convert returns the value of attribute to that says the same as a value v of a; ok is
// false if none does, as with every value that links to a concept.
func (a *Attribute) convert(v Value, to *Attribute) (_ Value, ok bool) {
	if a.Kind == ConceptKind {
		return Value{}, false
	}
	words := []string{v.String()}
	if several, is := v.Choices(); is {
		words = several
	}
	if to.Kind == SeveralKind {
		return to.pick(v, words)
	}
	if len(words) != 1 {
		return Value{}, false
	}
	word := words[0]
	switch to.Kind {
	case BooleanKind:
		return truth(word)
	case ChoiceKind:
		name, ok := to.like(v, word)
		return Text(name), ok
	case IntegerKind:
		return whole(word)
	case NumberKind:
		return Number(word)
	case TextKind:
		return Text(word), true
	case DateKind:
		return Text(word), isDate(word)
	}
	return Value{}, false
}

// pick returns the choices of a that words are.
func (a *Attribute) pick(v Value, words []string) (Value, bool) {
	names := make([]string, len(words))
	for i, word := range words {
		name, ok := a.like(v, word)
		if !ok {
			return Value{}, false
		}
		names[i] = name
	}
	return Choices(names...), true
}

// truths are the words for yes and no.
var truths = map[bool][]string{true: {"yes", "true"}, false: {"no", "false"}}

func truth(word string) (Value, bool) {
	for b, words := range truths {
		if slices.Contains(words, strings.ToLower(word)) {
			return Bool(b), true
		}
	}
	return Value{}, false
}

// like returns the choice that a word is or was called; that of a boolean is yes or no too.
func (a *Attribute) like(v Value, word string) (string, bool) {
	words := []string{word}
	if b, is := v.Bool(); is {
		words = truths[b]
	}
	for c := range a.Choices() {
		called := append([]string{c.Name}, c.Formerly...)
		if _, is := v.Bool(); is {
			called = []string{strings.ToLower(c.Name)}
		}
		if !c.Heading && slices.ContainsFunc(called, func(name string) bool { return slices.Contains(words, name) }) {
			return c.Name, true
		}
	}
	return "", false
}

// whole returns the integer that a number is.
func whole(word string) (Value, bool) {
	if _, err := strconv.ParseInt(word, 10, 64); err != nil {
		f, err := strconv.ParseFloat(word, 64)
		if err != nil || f != float64(int64(f)) {
			return Value{}, false
		}
		word = strconv.FormatInt(int64(f), 10)
	}
	return Number(word)
}

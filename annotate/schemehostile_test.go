package annotate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	. "spanwright/annotate"
)

// repeat joins what make gives for 0, 1 …
func repeat(n int, make func(int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(make(i))
	}
	return b.String()
}

// TestSchemesThatNobodyMeansAreToldWhereTheyGoWrong reads files as broken editors and
// hostile people write them. A want of "" is a scheme that can be used.
func TestSchemesThatNobodyMeansAreToldWhereTheyGoWrong(t *testing.T) {
	const head = "name: x\nspans:\n- label: A\n"
	for _, test := range []struct{ name, text, want string }{
		{"byte order mark", "\uFEFF" + head, ""},
		{"byte order mark, and a mistake", "\uFEFF" + head + "  colour: red\n", `s.yaml:4:3: the scheme is not as expected: unknown field "colour"`},
		{"UTF-16, little end first", "\xff\xfen\x00a\x00", "s.yaml:1:1: the scheme is UTF-16; save it as UTF-8 first"},
		{"UTF-16 without a mark", "n\x00a\x00", "s.yaml:1:2: the control character U+0000 has no place in a scheme"},
		{"Latin-1", "name: x\ntitle: é caf\xe9\n", "s.yaml:2:13: 0xe9 is not UTF-8; save the scheme as UTF-8 first"},
		{"a bell", "name: x\ntitle: \"a\x07\"\n", "s.yaml:2:10: the control character U+0007 has no place in a scheme"},
		{"tabs", "name: x\nspans:\n\t- label: A\n", "s.yaml:3:1: the scheme is not as expected: found a tab, where only blanks indent, that cannot start any token"},
		{"lines of Windows", strings.ReplaceAll(head, "\n", "\r\n") + "  colour: red\r\n", `s.yaml:4:3: the scheme is not as expected: unknown field "colour"`},
		{"blanks", "  \n\n", "s.yaml: the scheme is empty"},
		{"nothing", "null\n", "s.yaml:1:1: the scheme is not as expected: null was used where mapping is expected"},
		{"two schemes", head + "---\nname: y\n", "s.yaml:5:1: the file has a second scheme after ---; write one file for each"},
		{"a tag", "name: x\nspans: !!set {a}\n", "s.yaml:2:8: the tag !!set has no place in a scheme"},
		{"key twice", head + "  label: B\n", `s.yaml:4:3: the scheme is not as expected: mapping key "label" already defined at [3:3]`},
		{"key of a label and a flag", head + "  key: q\nflags: [{name: f, key: q}]\n", "s.yaml:5:24: label A and flag f have the same key q"},
		{"circle of parents", "name: x\nspans:\n- {label: A, parent: B}\n- {label: B, parent: A}\n", "s.yaml:3:22: label A is its own parent by way of B"},
		{"circle of conditions", "name: x\ndocument:\n- {name: a, kind: boolean, when: [{attribute: b, is: [true]}]}\n- {name: b, kind: boolean, when: [{attribute: a, is: [true]}]}\n", "s.yaml:3:34: attribute a of the document depends on itself"},
		{"no bound", "name: x\ndocument:\n- {name: a, kind: number, min: .inf}\n", "s.yaml:3:3: attribute a of the document has a bound that is no number; leave it out"},
		{"aliases that explode", "a: &a [x,x,x,x,x,x,x,x,x]\n" + repeat(8, func(i int) string {
			alias := ",*" + string(rune('a'+i))
			return fmt.Sprintf("%c: &%c [%s]\n", 'b'+i, 'b'+i, strings.Repeat(alias, 9)[1:])
		}), "s.yaml:6:14: from here on the scheme has more than 200000 items once its aliases are written out"},
		{"an alias of itself", "name: &a [*a]\n", `s.yaml:1:10: the scheme has "[" where a string is expected`},
		{"deep brackets", "name: x\nspans: " + strings.Repeat("[", 5000), "s.yaml:2: the scheme has more than 64 things in each other"},
		{"deep lists", "name: x\nspans:\n" + strings.Repeat("- ", 20000) + "a\n", "s.yaml:3: the scheme has more than 64 things in each other"},
		{"a ruler in a guideline", "name: x\nspans: []\nguideline: |\n  Title\n  " + strings.Repeat("-", 100) + "\n", ""},
		{"10 MB", head + strings.Repeat("- {label: A}\n", 800_000), "s.yaml:161321:6: here the scheme passes 2 MB; code books of this size do not fit a scheme"},
		{"kinds of concept twice", "name: x\nspans: []\nconcepts: [a, a]\n", "s.yaml:3:15: the kinds of concept of scheme x need names of their own"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, problems := ReadScheme([]byte(test.text))
			if test.want == "" {
				assert.NotNil(t, s)
				assert.Empty(t, problems)
				return
			}
			if assert.NotEmpty(t, problems) {
				assert.Equal(t, test.want, problems[0].Error("s.yaml").Error())
			}
		})
	}
}

func TestAMistakeOf100kBIsToldInALine(t *testing.T) {
	_, problems := ReadScheme([]byte("name: x\n" + strings.Repeat("k", 100_000) + ": y\n"))
	if assert.Len(t, problems, 1) {
		assert.Equal(t, 2, problems[0].Line)
		assert.Less(t, len(problems[0].Sentence), 300)
	}
}

// TestLargeSchemesAreReadWithOneWarning would take minutes if anything in reading were
// of a higher order than it must.
func TestLargeSchemesAreReadWithOneWarning(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"500 labels", "name: x\nspans:\n" + repeat(500, func(i int) string { return fmt.Sprintf("- label: L%d\n", i) })},
		{"500 labels, each under another one", "name: x\nspans:\n- label: L0\n" + repeat(499, func(i int) string {
			return fmt.Sprintf("- {label: L%d, parent: L%d, attributes: [{name: a%d, kind: boolean}]}\n", i+1, i, i)
		})},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, problems := ReadScheme([]byte(test.text))
			assert.Len(t, s.Spans, 500)
			if assert.Len(t, problems, 1) {
				assert.Equal(t, "s.yaml:3:1: the scheme has 500 labels; beyond 100 nobody finds them, and few have a key", problems[0].Error("s.yaml").Error())
			}
		})
	}
	_, problems := ReadScheme([]byte("name: x\nspans: []\ndocument:\n" + repeat(1000, func(i int) string {
		return fmt.Sprintf("- {name: a%d, kind: boolean, when: [{attribute: a%d, is: [true]}]}\n", i, i+1)
	}) + "- {name: a1000, kind: boolean}\n"))
	assert.Empty(t, problems)
}

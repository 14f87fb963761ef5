package annotate_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// TestAWrittenSchemeIsReadBackEqual writes schemes with texts that YAML takes for
// something else unless they are written with care.
func TestAWrittenSchemeIsReadBackEqual(t *testing.T) {
	odd := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"yes", "no", "null", "~", "1", "1.0", "0x1f", "1e3", "2026-03-31", "- a", "a: b", "a #b", "#b", "'", `"`, "\\", "|", ">", "a\nb\n", "a\nb", "\n\n a\n", " a", "a ", "a\n\n",
		"!x", "&x", "*x", "%x", "@x", "`x", "{a}", "[a]", "<<", "=", "?", "? a", "a\tb", "\ta", "---", "...", "\u2028", "\u0085", "\u200f", "😀", "\r\n", "a\rb", "\x7f", "a:\nb", "  a\n b\n", "true",
	}))
	name := rapid.Map(odd, func(s string) string { return "n" + s })
	rapid.Check(t, func(t *rapid.T) {
		def := Choices(name.Draw(t, "default"))
		s := &Scheme{
			Name: name.Draw(t, "name"), Title: odd.Draw(t, "title"), Guideline: odd.Draw(t, "guideline"), Revision: 3,
			Spans: []SpanLabel{{
				Label: name.Draw(t, "label"), Formerly: []string{odd.Draw(t, "formerly")}, Color: "#102030", Guideline: odd.Draw(t, "guideline"), Example: odd.Draw(t, "example"),
				Attributes: []Attribute{
					{Name: "a", Kind: SeveralKind, Default: &def, Values: []Choice{{Name: def.String(), Title: odd.Draw(t, "title"), Guideline: odd.Draw(t, "guideline")}}},
					{Name: "b", Kind: TextKind, When: []Condition{{Attribute: "a", Is: []Value{Text(def.String())}}}},
				},
			}},
			Flags: []Flag{{Name: odd.Draw(t, "flag") + "f", Guideline: odd.Draw(t, "guideline")}},
		}
		file, err := s.Marshal()
		require.NoError(t, err)
		read, problems := ReadScheme(file)
		require.Empty(t, problems, string(file))
		read.Revision = s.Revision
		want, err := MarshalState(s)
		require.NoError(t, err)
		got, err := MarshalState(read)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), string(file))
	})
}

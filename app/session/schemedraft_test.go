package session_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/assets"
)

const draftScheme = `
name: small
flags: [{name: discuss, key: d}]
concepts: [actor, place]
document: [{name: usable, kind: boolean}]
spans:
  - {label: Thing, abstract: true, attributes: [{name: sure, kind: choice, values: [{name: "yes"}, {name: "no"}]}]}
  - label: Claim
    key: "1"
    parent: Thing
    color: "#e69f00"
    attributes:
      - {name: type, kind: choice, values: [{name: assertion}, {name: denial}], default: denial}
      - {name: why, kind: text, when: [{attribute: type, is: [denial]}, {attribute: sure, is: ["no"]}]}
      - {name: who, kind: concept, of: [actor]}
  - {label: Source, key: "2", color: "#0072b2"}
  - {label: Cue, key: "3", color: "#009e73"}
relations:
  - label: attribution
    roles: [{name: source, labels: [Source]}, {name: content, labels: [Claim, Cue]}]
  - {label: attacks, roles: [{name: head, relations: [attribution]}, {name: tail, labels: [Thing]}]}
rules:
  - {overlap: [Claim, Source], allow: none}
  - {degree: [attribution], of: [Claim], role: content, max: 1}
  - {acyclic: [attacks]}
`

func draftOf(t *testing.T, text string) *session.SchemeDraft {
	t.Helper()
	scheme, err := annotate.ParseScheme("small.yaml", []byte(text))
	require.NoError(t, err)
	return session.NewSchemeDraft(scheme, nil)
}

// outline writes items as an indented list.
func outline(d *session.SchemeDraft) string {
	var b strings.Builder
	for _, item := range d.Items() {
		fmt.Fprintf(&b, "%s%s\n", strings.Repeat(" ", item.Depth-1), item.Name)
	}
	return b.String()
}

func TestDraftListsLabelsBelowTheirParentsAndByGroup(t *testing.T) {
	d := draftOf(t, `
name: grouped
spans:
  - {label: Person, group: who, parent: Actor}
  - {label: Claim, group: what, attributes: [{name: type, kind: choice, values: [{name: a, values: [{name: a1}]}]}]}
  - {label: Actor, group: who}
  - {label: Demand, group: what}
relations: [{label: says, roles: [{name: head}, {name: tail}]}]
records: [{label: Question, records: [{label: Answer}]}]
`)
	assert.Equal(t, "Actor\n Person\nClaim\n type\n  a\n   a1\nDemand\nsays\n head\n tail\nQuestion\n Answer\n", outline(d))
}

func TestRenamingAnItemRenamesWhateverMentionsIt(t *testing.T) {
	for _, c := range []struct {
		path, name string
		want       map[string]string // path of an item → what it says then, as YAML of the scheme
	}{
		{"$.spans[1]", "Assertion", map[string]string{
			"content": "[Assertion Cue]", "overlap": "[Assertion Source]", "of": "[Assertion]", "formerly": "[Claim]",
		}},
		{"$.relations[0]", "quotes", map[string]string{"degree": "[quotes]", "headrel": "[quotes]"}},
		{"$.relations[0].roles[1]", "said", map[string]string{"role": "said"}},
		{"$.spans[1].attributes[0]", "sort", map[string]string{"when": "sort=denial sure=no"}},
		{"$.spans[1].attributes[0].values[1]", "rejection", map[string]string{"when": "type=rejection sure=no", "default": "rejection"}},
		{"$.spans[0].attributes[0]", "certain", map[string]string{"when": "type=denial certain=no"}},
		{"$.spans[0].attributes[0].values[1]", "never", map[string]string{"when": "type=denial sure=never"}},
		{"$.spans[0]", "Anything", map[string]string{"parent": "Anything", "tail": "[Anything]"}},
		{"$.concepts[0]", "person", map[string]string{"kinds": "[person]"}},
	} {
		t.Run(c.path, func(t *testing.T) {
			d := draftOf(t, draftScheme)
			d.Rename(c.path, c.name)
			s := d.Scheme()
			claim := &s.Spans[1]
			when := []string{}
			for _, w := range claim.Attributes[1].When {
				when = append(when, fmt.Sprintf("%s=%s", w.Attribute, w.Is[0]))
			}
			said := map[string]string{
				"content": fmt.Sprint(s.Relations[0].Roles[1].Labels), "overlap": fmt.Sprint(s.Rules[0].Overlap),
				"of": fmt.Sprint(s.Rules[1].Of), "role": s.Rules[1].Role, "degree": fmt.Sprint(s.Rules[1].Degree),
				"headrel": fmt.Sprint(s.Relations[1].Roles[0].Relations), "tail": fmt.Sprint(s.Relations[1].Roles[1].Labels),
				"when": strings.Join(when, " "), "default": claim.Attributes[0].Default.String(), "parent": claim.Parent,
				"kinds": fmt.Sprint(claim.Attributes[2].Of), "formerly": fmt.Sprint(claim.Formerly),
			}
			for what, want := range c.want {
				assert.Equal(t, want, said[what], what)
			}
			require.NoError(t, s.Check())
			require.NoError(t, d.From().Check())
			assert.Nil(t, d.From().Spans[1].Formerly, "the scheme in use stays as it is")
			d.Undo()
			assert.False(t, d.Changed())
		})
	}
}

func TestOldNamesAreKeptForWhatIsInUseOnly(t *testing.T) {
	d := draftOf(t, draftScheme)
	for _, name := range []string{"C", "Cl", "Source", "Statement"} { // as it is typed
		d.Rename("$.spans[1]", name)
	}
	assert.Equal(t, []string{"Claim"}, d.Scheme().Spans[1].Formerly)
	assert.Equal(t, []string{"Source"}, d.Scheme().Relations[0].Roles[0].Labels, "who came by that name on the way did not take it")
	d.EndTyping()
	d.Rename("$.spans[1]", "Utterance")
	assert.Equal(t, []string{"Claim"}, d.Scheme().Spans[1].Formerly, "Statement was never in use")
	d.EndTyping()
	d.Rename("$.spans[1]", "Claim")
	assert.Empty(t, d.Scheme().Spans[1].Formerly)
	assert.False(t, d.Changed(), "it says what it said")

	path := d.Add("$.spans", 99)
	assert.Equal(t, "$.spans[4]", path)
	d.Rename(path, "Evidence")
	assert.Empty(t, d.Scheme().Spans[4].Formerly)
}

func TestRemovingALabelTakesItOutOfWhatMentionsIt(t *testing.T) {
	d := draftOf(t, draftScheme)
	d.Remove("$.spans[0]") // Thing, parent of Claim and all that attacks admits as tail
	s := d.Scheme()
	assert.Empty(t, s.Span("Claim").Parent)
	assert.Equal(t, []string{"Thing"}, s.Relations[1].Roles[1].Labels, "a role that admits nothing would admit anything")
	problems := d.Problems()
	require.Len(t, problems, 2) // the role, and the attribute that depended on an inherited one
	item, property := d.Place(problems[1].Path)
	assert.Equal(t, "$.relations[1].roles[1]", item)
	assert.Equal(t, "labels", property)
	item, property = d.Place(problems[0].Path)
	assert.Equal(t, "$.spans[0].attributes[1]", item)
	assert.Equal(t, "when", property)
	assert.Len(t, d.ProblemsAt(item), 1)

	d.Undo()
	d.Remove("$.spans[1]") // Claim
	s = d.Scheme()
	assert.Equal(t, []string{"Cue"}, s.Relations[0].Roles[1].Labels)
	assert.Len(t, s.Rules, 1, "rules about Claim and about the pair it was in are about nothing")
	require.NoError(t, s.Check())
}

func TestMovingKeepsALabelAmongItsOwnKind(t *testing.T) {
	d := draftOf(t, draftScheme)
	assert.Equal(t, "$.spans[1]", d.Move("$.spans[1]", 1), "the only label below Thing has nowhere to go")
	assert.Equal(t, "$.spans[0]", d.Move("$.spans[2]", -1), "Source goes before Thing, which Claim lies below")
	assert.Equal(t, "Source\nThing\n sure\n  yes\n  no\n Claim\n", outline(d)[:len("Source\nThing\n sure\n  yes\n  no\n Claim\n")])
	assert.Equal(t, "$.spans[0]", d.Move("$.spans[0]", -1))
	assert.Equal(t, "$.relations[0].roles[1]", d.Move("$.relations[0].roles[0]", 1))
	assert.Equal(t, "content", d.Scheme().Relations[0].Roles[0].Name)
	assert.Equal(t, "source", d.From().Relations[0].Roles[0].Name)
}

func TestNewItemsAreRightAsTheyAre(t *testing.T) {
	d := draftOf(t, draftScheme)
	for _, list := range []string{
		"$.spans", "$.spans", "$.relations", "$.relations[0].roles", "$.document", "$.spans[1].attributes",
		"$.spans[1].attributes[0].values", "$.spans[1].attributes[0].values[0].values", "$.records", "$.rules", "$.concepts", "$.flags",
	} {
		path := d.Add(list, 99)
		require.NotEmpty(t, path, list)
		require.NotNil(t, d.Item(path), list)
	}
	record := d.Add("$.records[0].records", 0)
	assert.Equal(t, "record 2", d.Describe(record).Name)
	assert.Empty(t, d.Add("$.spans[0].roles", 0), "labels have no roles")
	assert.Equal(t, "Label 2", d.Scheme().Spans[5].Label)
	assert.NotEqual(t, d.Scheme().Spans[4].Color, d.Scheme().Spans[5].Color)
	for _, item := range d.Items() {
		if item.Kind != annotate.RuleItem || item.Path == "$.rules[0]" {
			require.NotEmpty(t, d.Duplicate(item.Path), item.Path)
			assert.NoError(t, d.Scheme().Check(), "a second %s %s", item.Kind, item.Name)
			d.Undo()
		}
	}
	require.NoError(t, d.Scheme().Check())
}

func TestTypingIsOneStep(t *testing.T) {
	d := draftOf(t, draftScheme)
	for _, text := range []string{"T", "Ta", "Tak", "Take"} {
		session.Set(d, "$.spans[1]", "guideline", func(l *annotate.SpanLabel) { l.Guideline = text })
	}
	session.Set(d, "$.spans[1]", "example", func(l *annotate.SpanLabel) { l.Example = "We won." })
	assert.Equal(t, "$.spans[1]", d.Undo())
	assert.Equal(t, "Take", d.Scheme().Spans[1].Guideline)
	assert.Empty(t, d.Scheme().Spans[1].Example)
	d.Undo()
	assert.False(t, d.CanUndo())
	assert.False(t, d.Changed())
	d.Redo()
	d.Redo()
	assert.Equal(t, "We won.", d.Scheme().Spans[1].Example)
	assert.False(t, d.CanRedo())
}

func TestKeysThatDoSomethingElseAreToldAtOnce(t *testing.T) {
	scheme, err := annotate.ParseScheme("small.yaml", []byte(draftScheme))
	require.NoError(t, err)
	d := session.NewSchemeDraft(scheme, func(key string) string { return map[string]string{"r": "Relate"}[key] })
	for _, c := range []struct {
		path, key string
		want      string
	}{
		{"$.spans[2]", "1", "label Claim and label Source have the same key 1"},
		{"$.spans[2]", "d", "label Source and flag discuss have the same key d"},
		{"$.spans[2]", "r", "key r of label Source never reaches it: it is for “Relate”"},
		{"$.spans[2]", "rr", `key "rr" of label Source must be one digit or letter`},
		{"$.spans[2]", "q", ""},
		{"$.spans[0]", "q", "label Thing is abstract, so its key does nothing"},
	} {
		session.Set(d, c.path, "key", func(l *annotate.SpanLabel) { l.Key = c.key })
		var said []string
		for _, p := range d.Problems() {
			said = append(said, p.Sentence)
		}
		assert.Equal(t, c.want, strings.Join(said, "; "), "%s for %s", c.key, c.path)
		d.Undo()
	}
}

func TestDraftFollowsTheSchemeInUseUnlessItSaysSomethingElse(t *testing.T) {
	d := draftOf(t, draftScheme)
	other := d.From().Clone()
	other.Title = "Other"
	d.Rebase(other)
	assert.Equal(t, "Other", d.Scheme().Title)
	assert.False(t, d.Changed())
	d.Rename("$.spans[1]", "Assertion")
	d.Rebase(d.From().Clone())
	assert.Equal(t, "Assertion", d.Scheme().Spans[1].Label)
	assert.True(t, d.Changed())
	require.Len(t, d.Problems(), 1)
	assert.Contains(t, d.Problems()[0].Sentence, "since this draft was begun")
	assert.True(t, d.Problems()[0].Warning)
	d.Discard()
	assert.False(t, d.Changed())
	assert.Empty(t, d.Problems())
	d.Undo()
	assert.Equal(t, "Assertion", d.Scheme().Spans[1].Label, "what was discarded can be had again")
}

// TestAnyEditsCanBeTakenBack makes any edits of any template, takes all of them back
// and makes them again.
func TestAnyEditsCanBeTakenBack(t *testing.T) {
	templates := map[string]*annotate.Scheme{}
	for _, name := range assets.SchemeNames() {
		raw, err := assets.Scheme(name)
		require.NoError(t, err)
		templates[name], err = annotate.ParseScheme(name, raw)
		require.NoError(t, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := templates[rapid.SampledFrom(assets.SchemeNames()).Draw(t, "template")]
		before, err := from.Marshal()
		require.NoError(t, err)
		d := session.NewSchemeDraft(from, nil)
		for range rapid.IntRange(1, 12).Draw(t, "edits") {
			items := d.Items()
			path := "$"
			if len(items) > 0 {
				path = rapid.SampledFrom(items).Draw(t, "item").Path
			}
			d.EndTyping()
			switch rapid.IntRange(0, 4).Draw(t, "edit") {
			case 0:
				d.Remove(path)
			case 1:
				d.Duplicate(path)
			case 2:
				d.Move(path, rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
			case 3:
				d.Rename(path, rapid.SampledFrom([]string{"x", "Claim", ""}).Draw(t, "name"))
			default:
				d.Add(rapid.SampledFrom([]string{"$.spans", "$.relations", "$.rules", path + ".attributes", path + ".values"}).Draw(t, "list"), 0)
			}
		}
		after, err := d.Scheme().Marshal()
		require.NoError(t, err)
		for d.CanUndo() {
			d.Undo()
		}
		same, err := from.Marshal()
		require.NoError(t, err)
		require.Equal(t, string(before), string(same), "the scheme in use stays as it is")
		require.False(t, d.Changed())
		for d.CanRedo() {
			d.Redo()
		}
		again, err := d.Scheme().Marshal()
		require.NoError(t, err)
		require.Equal(t, string(after), string(again))
	})
}

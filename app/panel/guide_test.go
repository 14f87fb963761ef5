package panel

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/assets"
)

func TestMarkdownBecomesBlocks(t *testing.T) {
	for name, test := range map[string]struct {
		source string
		want   []block
	}{
		"plain words":            {"Take all.", []block{{runs: []run{{text: "Take all."}}}}},
		"two paragraphs":         {"One\ntwo.\n\nThree.", []block{{runs: []run{{text: "One "}, {text: "two."}}}, {runs: []run{{text: "Three."}}}}},
		"emphasis":               {"a *b* **c** `d_e`", []block{{runs: []run{{text: "a "}, {text: "b", italic: true}, {text: " "}, {text: "c", bold: true}, {text: " "}, {text: "d_e", mono: true}}}}},
		"a link":                 {"[see](https://a.example/b)", []block{{runs: []run{{text: "see", link: "https://a.example/b"}}}}},
		"brackets in an example": {"the audit found [forty wells]", []block{{runs: []run{{text: "the audit found "}, {text: "["}, {text: "forty wells"}, {text: "]"}}}}},
		"a heading":              {"## Why", []block{{kind: headingBlock, runs: []run{{text: "Why", bold: true}}}}},
		"a list in a list": {"1. a\n   - b\n2. c", []block{
			{kind: itemBlock, marker: "1.", runs: []run{{text: "a"}}},
			{kind: itemBlock, depth: 1, marker: "•", runs: []run{{text: "b"}}},
			{kind: itemBlock, marker: "2.", runs: []run{{text: "c"}}},
		}},
		"a quotation": {"> “We won.”", []block{{kind: quoteBlock, runs: []run{{text: "“We won.”", italic: true}}}}},
		"code":        {"```\na  b\n```", []block{{kind: codeBlock, runs: []run{{text: "a  b", mono: true}}}}},
		"HTML":        {"a <b>c</b> &amp; \\*d", []block{{runs: []run{{text: "a "}, {text: "<b>"}, {text: "c"}, {text: "</b>"}, {text: " & "}, {text: "*"}, {text: "d"}}}}},
	} {
		got := parseMarkdown(test.source)
		require.Len(t, got, len(test.want), name)
		for i := range got {
			assert.Equal(t, test.want[i].kind, got[i].kind, name)
			assert.Equal(t, test.want[i].depth, got[i].depth, name)
			assert.Equal(t, test.want[i].marker, got[i].marker, name)
			assert.Equal(t, joined(test.want[i].runs), joined(got[i].runs), name)
		}
	}
}

// joined returns runs with those of one style put together.
func joined(runs []run) (all []run) {
	for _, r := range runs {
		if last := len(all) - 1; last >= 0 && all[last].bold == r.bold && all[last].italic == r.italic && all[last].mono == r.mono && all[last].link == r.link {
			all[last].text += r.text
		} else {
			all = append(all, r)
		}
	}
	return all
}

func FuzzParseMarkdown(f *testing.F) {
	for _, seed := range []string{"", "a *b", "> > - 1. x", "[a]: b\n[a]", "```", "<!--", "&#0;\\"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		for _, b := range parseMarkdown(source) {
			require.GreaterOrEqual(t, b.depth, 0)
		}
		plain := strings.Join(strings.Fields(source), " ")
		if strings.ContainsAny(plain, "\x00\ufffd+-.)=\r\t:/@") || plain == "" || plain[0] >= '0' && plain[0] <= '9' {
			return // which can mean something at the start of a line, or be an address
		}
		said := ""
		for _, b := range parseMarkdown(escapeMarkdown(plain)) {
			for _, r := range b.runs {
				said += r.text
			}
		}
		require.Equal(t, plain, said, "escaped words come out as they went in")
	})
}

func TestWordsOfSeveralStylesWrapTogether(t *testing.T) {
	newDesk(t, article())
	r := newRich(inkTone, insets{10, 0, 10, 0})
	r.set("Take **the whole quotation** without its *marks*, and leave `a_cue` out; see [the page](https://a.example).")
	show(t, r, 200, 200)
	wide := r.heightFor(900)
	assert.Equal(t, style{size: smallSize}.lineHeight(), wide, "one line")
	narrow := r.heightFor(150)
	assert.Greater(t, narrow, 3*wide)
	for i, p := range r.pieces {
		at, size := p.text.Position(), p.text.Size()
		assert.LessOrEqual(t, at.X+size.Width, float32(141), p.text.Text)
		if i > 0 && r.pieces[i-1].text.Position().Y == at.Y {
			assert.GreaterOrEqual(t, at.X, r.pieces[i-1].text.Position().X+r.pieces[i-1].text.Size().Width-0.1, "side by side")
		}
	}
	last := r.pieces[len(r.pieces)-2].text
	assert.Equal(t, "https://a.example", r.linkAt(last.Position().AddXY(2, 5)))
	assert.Empty(t, r.linkAt(fyne.NewPos(12, 5)))
}

func TestTheGuidelinePageHoldsEverySchemeWhole(t *testing.T) {
	for _, name := range []string{"claims", "political-claims", "fact-check"} {
		raw, err := assets.Scheme(name)
		require.NoError(t, err)
		scheme, err := annotate.ParseScheme(name, raw)
		require.NoError(t, err)
		all := ""
		for _, s := range guideSections(scheme) {
			all += s.name + "\n" + s.words + "\n"
		}
		for i := range scheme.Spans {
			assert.Contains(t, all, scheme.Spans[i].Guideline)
			for j := range scheme.Spans[i].Attributes {
				a := &scheme.Spans[i].Attributes[j]
				assert.Contains(t, all, a.Guideline)
				for c := range a.Choices() {
					assert.Contains(t, all, escapeMarkdown(c.Name))
				}
			}
		}
		for i := range scheme.Relations {
			assert.Contains(t, all, scheme.Relations[i].Guideline)
		}
	}
}

func TestTheGuidelineIsSearched(t *testing.T) {
	d := newDesk(t, article())
	g := NewGuidePage(d.Session)
	left := false
	g.OnLeave = func() { left = true }
	w := show(t, g.Object(), 320, 500)
	names := func() (found []string) {
		for _, s := range g.sections {
			found = append(found, s.name)
		}
		return found
	}
	g.Open(w.Canvas(), "Source")
	require.Equal(t, []string{"small", "Claim", "type", "tags", "sure", "count", "paraphrase", "Source", "Cue"}, names()[:9])
	assert.Contains(t, g.sections[0].sort, "revision 0")
	for _, r := range "REJECTS den" {
		w.Canvas().Focused().TypedRune(r)
	}
	require.Equal(t, []string{"type"}, names(), "every word is in it, upper and lower case alike")
	g.search.SetText("nothing such")
	require.Empty(t, names())
	press(g.search, fyne.KeyEscape)
	require.Empty(t, g.search.Text)
	require.False(t, left)
	press(g.search, fyne.KeyEscape)
	require.True(t, left)
}

func TestALongGuidelineGetsItsWidgetsAsOneScrolls(t *testing.T) {
	var spans strings.Builder
	for i := range 500 {
		fmt.Fprintf(&spans, "  - {label: L%d, guideline: What label %d is for.}\n", i, i)
	}
	d := newDeskWith(t, []byte("name: large\nspans:\n"+spans.String()), article())
	g := NewGuidePage(d.Session)
	w := show(t, g.Object(), 320, 500)
	require.Len(t, g.sections, 501)
	require.LessOrEqual(t, g.shown, 2*sectionsAtOnce)
	g.Open(w.Canvas(), "L300")
	require.Greater(t, g.shown, 300)
	require.Less(t, g.shown, 400)
	require.InDelta(t, g.stack.parts[301].Position().Y, g.view.scroll.Offset.Y, 1)
}

func TestAGuidelineQuotesSpansOfOtherDocuments(t *testing.T) {
	other := annotate.NewDocument("other", "She said the lake is low.")
	d := newDesk(t, article(), other)
	d.settle()
	span := &annotate.Span{ID: annotate.NewID(), Document: other.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 9, End: 24}}}
	theirs := span.Clone()
	theirs.ID, theirs.Annotator, theirs.Fragments = annotate.NewID(), "ben", []annotate.Fragment{{Start: 0, End: 3}}
	_, err := d.Project().Apply(annotate.Change{Annotator: "asha", After: span})
	require.NoError(t, err)
	_, err = d.Project().Apply(annotate.Change{Annotator: "ben", After: theirs})
	require.NoError(t, err)
	p := NewPalette(d.Session)
	require.NoError(t, d.Label("Claim")) // armed
	d.until(func() bool { return strings.Contains(p.meaning.source, "In this project") })
	assert.Contains(t, p.meaning.source, "> “the lake is low” — other")
	assert.NotContains(t, p.meaning.source, "She")
}

// TestWhatIsTypedAndWhoPlaysARoleIsExplained has the keyboard come to a text and to the
// filler of a role.
func TestWhatIsTypedAndWhoPlaysARoleIsExplained(t *testing.T) {
	d := newDeskWith(t, []byte(`
name: small
spans:
  - {label: Claim, attributes: [{name: topic, kind: text, guideline: What it is about., example: mud}]}
  - {label: Source}
relations:
  - label: says
    roles: [{name: head, labels: [Source], min: 1, guideline: Who says it.}, {name: tail, labels: [Claim], min: 1}, {name: place}]
`), article())
	span := d.label("Claim", "Not one litre has left the lake,")
	n := NewInspector(d.Session)
	w := show(t, n.Object(), 306, 600)
	var told string
	n.OnExplain = func(guide string) { told = guide }
	w.Canvas().Focus(n.entry(t, "attribute topic"))
	assert.Equal(t, "**topic** What it is about.\n\n> mud", told)
	w.Canvas().Unfocus()
	assert.Empty(t, told)

	source := d.label("Source", "the Velland water minister")
	d.Focus(source.ID)
	require.NoError(t, d.StartRelation())
	d.PickTarget(span.ID)
	d.Focus(d.Layer().Relations()[0].ID)
	f := n.flow(t, "role 0")
	_, at := f.item(t, "“the Velland water minister”")
	f.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	assert.Equal(t, "**head** Who says it.", told)
}

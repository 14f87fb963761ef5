package tei_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/tei"
)

// pointedAt returns a text with something that points at it. Its paragraph has 19 characters between its tags, of
// which the blanks before "Berg" are three.
func pointedAt(sayings string) string {
	return `<TEI xmlns="http://www.tei-c.org/ns/1.0">
<standOff>` + sayings + `</standOff>
<text><body><p xml:id="p1"><w xml:id="w1">Mona</w>   <w xml:id="w2">Berg</w><note>so</note> <w xml:id="w3">sa<anchor xml:id="a1"/>id</w>.</p>
<p xml:id="p2"><persName xml:id="n1">Ben</persName> 😀 left</p></body></text></TEI>`
}

// told returns what each span and relation of a record says.
func told(r *dataset.Record) []string {
	var said []string
	words := map[annotate.ID]string{}
	for _, s := range r.Spans {
		words[s.ID] = fmt.Sprintf("%s %q", s.Label, s.Covered(r.Document.Text))
		line := words[s.ID]
		if len(s.Attributes) > 0 {
			line += fmt.Sprint(" ", s.Attributes)
		}
		if s.Note != "" {
			line += " note " + s.Note
		}
		said = append(said, line)
	}
	for _, x := range r.Relations {
		line := x.Label
		for _, a := range x.Arguments {
			line += fmt.Sprintf(" %s=%s", a.Role, words[a.Span])
		}
		if len(x.Attributes) > 0 {
			line += fmt.Sprint(" ", x.Attributes)
		}
		said = append(said, line)
	}
	return said
}

// TestReadingWhatPointsAtAText has one saying each, and what it says beside the name in the text.
func TestReadingWhatPointsAtAText(t *testing.T) {
	for _, test := range []struct {
		name, sayings string
		says          []string
	}{
		{"an element", `<spanGrp type="pos"><span target="#w1">NNP</span></spanGrp>`, []string{`pos "Mona" map[value:NNP]`}},
		{"from one to another", `<spanGrp><span type="name" from="#w1" to="#w2" ana="#PER"/></spanGrp>`, []string{`name "Mona Berg" map[ana:#PER]`}},
		{"from alone", `<spanGrp><span from="#w2"/></spanGrp>`, []string{`span "Berg"`}},
		{"several targets", `<spanGrp><span target="#w1 #w2"/><span target="#w1 #w3"/></spanGrp>`, []string{`span "Mona Berg"`, `span "Mona said"`}},
		{"a milestone", `<spanGrp><span from="#a1" to="#w3"/><span from="#w1" to="#a1"/></spanGrp>`, []string{`span "Mona Berg sa"`, `span "id"`}},
		{"a range of a string", `<spanGrp><span target="#string-range(p1,1,7)"/><span target="#string-range( #p1, 0, 3 )"/></spanGrp>`, []string{`span "Mon"`, `span "ona B"`}},
		{"blanks of the file count", `<spanGrp><span target="#string-range(p1,7,4)"/></spanGrp>`, []string{`span "Berg"`}},
		{"a note counts and is not read", `<spanGrp><span target="#string-range(p1,11,7)"/></spanGrp>`, []string{`span "said"`}},
		{"an emoji is a character", `<spanGrp><span target="#string-range(p2,4,6)"/></spanGrp>`, []string{`span "😀 left"`}},
		{"a range", `<spanGrp><span target="#range(left(w2),string-index(p1,16))"/><span target="#range(w1,right(#w2))"/></spanGrp>`, []string{`span "Mona Berg"`, `span "Berg sa"`}},
		{"paths by id", `<spanGrp><span target="#xpath(//*[@xml:id='w1'])"/><span target="#xpath1(id('w2'))"/><span target="#xpointer(string-range(id(&quot;p1&quot;),&quot;&quot;,1,4))"/></spanGrp>`, []string{`span "Mona"`, `span "Mona"`, `span "Berg"`}},
		{"offsets in the whole text", `<spanGrp><span from="0" to="4"/><span target="#char=7,11"/></spanGrp>`, []string{`span "Mona"`, `span "Berg"`}},
		{"the name of the file", `<spanGrp><span target="file.xml#w1"/></spanGrp>`, []string{`span "Mona"`}},
		{
			"an annotation", `<listAnnotation><annotation xml:id="x" target="#n1" motivation="tagging"><persName ref="#ben">Ben Ali</persName><note>Who is  he?</note></annotation></listAnnotation>`,
			[]string{`persName "Ben" map[motivation:tagging ref:#ben value:Ben Ali] note Who is he?`},
		},
		{"an annotation of another", `<listAnnotation><annotation xml:id="x" target="#w1" type="a"/><annotation target="#x" type="b"><ptr target="#y"/></annotation></listAnnotation>`, []string{`a "Mona"`, `b "Mona" map[ptr:#y]`}},
		{"a link of two", `<linkGrp type="coref"><link target="#n1 #w1"/></linkGrp>`, []string{`w "Mona"`, `coref head=persName "Ben" tail=w "Mona"`}},
		{"a link with roles", `<linkGrp type="says" targFunc="who what"><link target="#w1 #w2" cert="low"/></linkGrp>`, []string{`w "Mona"`, `w "Berg"`, `says who=w "Mona" what=w "Berg" map[cert:low]`}},
		{"a link of three", `<link target="#w1 #w2 #w3"/>`, []string{`w "Mona"`, `w "Berg"`, `w "said"`, `link member=w "Mona" member=w "Berg" member=w "said"`}},
		{"a relation", `<listRelation><relation name="knows" type="social" active="#n1" passive="#w1"/></listRelation>`, []string{`w "Mona"`, `knows head=persName "Ben" tail=w "Mona"`}},
		{"a relation of equals", `<listRelation><relation name="spouse" mutual="#n1 #w1"/></listRelation>`, []string{`w "Mona"`, `spouse member=persName "Ben" member=w "Mona"`}},
		{"a relation between annotations", `<listRelation><relation name="r" active="#s1" passive="#s2"/></listRelation><spanGrp><span xml:id="s1" target="#w1"/><span xml:id="s2" target="#w2"/></spanGrp>`, []string{`span "Mona"`, `span "Berg"`, `r head=span "Mona" tail=span "Berg"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, pointedAt(test.sayings))
			datasettest.Valid(t, r)
			assert.Equal(t, "Mona Berg said.\n\nBen 😀 left", r.Document.Text)
			assert.Empty(t, r.Remarks)
			assert.ElementsMatch(t, append(test.says, `persName "Ben" map[id:n1]`), told(r))
		})
	}
}

func TestWhatPointsAtATextMayStandInIt(t *testing.T) {
	r := one(t, `<TEI><text><body><p xml:id="p">Mona<spanGrp type="pos"><span target="#p">NNP</span></spanGrp> said</p><link target="#p #p"/></body></text></TEI>`)
	assert.Equal(t, "Mona said", r.Document.Text)
	assert.ElementsMatch(t, []string{`pos "Mona said" map[value:NNP]`, `p "Mona said"`, `link head=p "Mona said" tail=p "Mona said"`}, told(r))
}

// TestPointersThatLeadNowhereAreTold has each pointer in a line of its own, from the second line of the file on.
func TestPointersThatLeadNowhereAreTold(t *testing.T) {
	r := one(t, pointedAt(`<spanGrp><span target="#nobody"/>
<span target="other.xml#w1"/>
<span target="#string-range(p1,15,9)"/>
<span from="3" to="900"/>
<span target="#match(p1,'M.*')"/>
<span target="prs:p1"/>
<span target="#string-range(p1,4,2)"/>
<span target="#w1 #w9"/></spanGrp>
<link target="#w1 #w8"/>`))
	require.Len(t, r.Remarks, 1)
	assert.Equal(t, "pointers that lead to no words of the text were left out: 9", r.Remarks[0].Sentence)
	var each []string
	for _, m := range r.Remarks[0].Each {
		each = append(each, fmt.Sprintf("%s:%d %s", m.File[strings.LastIndexByte(m.File, '/')+1:], m.Line, m.Sentence))
	}
	assert.Equal(t, []string{
		"file.xml:2 span: the pointer #nobody leads to nothing in the text; it was left out",
		"file.xml:3 span: the pointer other.xml#w1 lies in another file; it was left out",
		"file.xml:4 span: the pointer #string-range(p1,15,9) counts characters 15 to 24 of 19; it was left out",
		"file.xml:5 span: the pointer 3 to 900 counts characters 3 to 900 of 30; it was left out",
		"file.xml:6 span: the pointer #match(p1,'M.*') is of a kind that is not followed; it was left out",
		"file.xml:7 span: the pointer prs:p1 names no place in the text; it was left out",
		"file.xml:8 span: the pointer #string-range(p1,4,2) covers no words; it was left out",
		"file.xml:9 span: the pointer #w9 leads to nothing in the text; it was left out",
		"file.xml:10 link: the pointer #w8 leads to nothing in the text; it was left out",
	}, each)
	assert.ElementsMatch(t, []string{`persName "Ben" map[id:n1]`, `span "Mona"`, `w "Mona"`}, told(r))
}

func TestHostilePointers(t *testing.T) {
	for _, pointer := range []string{
		"#" + strings.Repeat("left(", 1000) + "w1" + strings.Repeat(")", 1000), "#string-range(p1,99999999999999999999,1)", "#string-range(p1,-1,2)", "#string-range()", "#range(,)", "#", "##", "#%zz",
		"#string-range(p1,2147483647,2147483647)", "#((((", "#))))", "#char=9999999999,1",
	} {
		r := one(t, pointedAt(`<spanGrp><span target="`+pointer+`"/></spanGrp>`))
		assert.Len(t, r.Spans, 1, pointer)
		assert.Len(t, r.Remarks, 1, pointer)
	}
}

func TestTwoElementsOfOneId(t *testing.T) {
	r := one(t, `<TEI><text><p xml:id="a">One</p><p><name xml:id="a">Two</name> <name xml:id="a">Three</name></p></text><standOff><span target="#a"/></standOff></TEI>`)
	assert.Len(t, r.Spans, 2)
	require.Len(t, r.Remarks, 1)
	assert.Contains(t, r.Remarks[0].Each[0].Sentence, "leads to two elements")
}

func FuzzStandOff(f *testing.F) {
	datasettest.Fuzz(f, tei.Format, pointedAt(`<spanGrp type="x"><span target="#string-range(p1,1,7) #w1"/><span from="#a1" to="#w3">a</span></spanGrp><listAnnotation><annotation target="#char=0,4"><rs/></annotation></listAnnotation>`),
		pointedAt(`<linkGrp targFunc="a b"><link target="#n1 #range(left(w1),w2)"/></linkGrp><relation active="#n1" passive="#xpath(//w[@xml:id='w1'])"/>`))
}

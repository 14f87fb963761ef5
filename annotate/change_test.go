package annotate_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func attributes() *rapid.Generator[map[string]Value] {
	return rapid.MapOfN(rapid.String(), values(), 0, 3)
}

func states() *rapid.Generator[State] {
	return rapid.Custom(func(t *rapid.T) State {
		text := func(name string) string { return rapid.String().Draw(t, name) }
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return &Document{
				ID: ID(text("id")), Name: text("name"), Hash: HashText(text("text")), BOM: rapid.Bool().Draw(t, "bom"),
				Newlines: rapid.SampledFrom([]Newlines{LF, CRLF, CR, Mixed}).Draw(t, "newlines"),
				Meta:     rapid.MapOfN(rapid.String(), rapid.String(), 0, 3).Draw(t, "meta"),
			}
		case 1:
			s := drawSpan(t)
			s.Attributes, s.Flag, s.Note = attributes().Draw(t, "attributes"), text("flag"), text("note")
			return s
		case 2:
			r := drawRelation(t)
			r.Attributes, r.Flag, r.Note = attributes().Draw(t, "attributes"), text("flag"), text("note")
			return r
		case 3:
			return &Assessment{
				Document: ID(text("document")), Annotator: text("annotator"), Status: Done,
				Labels: attributes().Draw(t, "labels"), Note: text("note"),
			}
		case 4:
			return &Comment{
				ID: ID(text("id")), Document: ID(text("document")), Annotator: text("annotator"), Span: ID(text("span")), Thread: ID(text("thread")),
				Written: time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "written")).UTC(), Text: text("text"),
				Resolves: []ID{ID(text("resolved"))}, Reopens: rapid.Bool().Draw(t, "reopens"),
			}
		}
		if rapid.Bool().Draw(t, "record") {
			return &Record{
				ID: ID(text("id")), Document: ID(text("document")), Annotator: text("annotator"), Label: text("label"),
				Parent: ID(text("parent")), Rank: "V", Attributes: attributes().Draw(t, "attributes"), Flag: text("flag"), Note: text("note"),
			}
		}
		if rapid.Bool().Draw(t, "concept") {
			return &Concept{ID: ID(text("id")), Kind: text("kind"), Name: text("name"), Aliases: []string{text("alias")}, Note: text("note"), Into: ID(text("into"))}
		}
		return &Scheme{
			Name: text("name"), Flags: rapid.SliceOfN(rapid.Map(rapid.String(), func(name string) Flag { return Flag{Name: name} }), 0, 2).Draw(t, "flags"),
			Spans: []SpanLabel{{Label: text("label"), Guideline: text("guideline"), Short: []string{text("short")}, Open: true}},
			Relations: []RelationLabel{{Label: text("relation"), Scope: ProjectScope, Symmetric: true, Roles: []Role{{
				Name: text("role"), Min: rapid.IntRange(0, 3).Draw(t, "min"), Implicit: true, Labels: []string{text("admitted")},
			}}}},
			Document: []Attribute{{Name: text("attribute"), Kind: ChoiceKind, Values: []Choice{{Name: text("choice")}}}},
		}
	})
}

func TestStatesComeBackAsTheyWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := states().Draw(t, "state")
		raw, err := MarshalState(s)
		require.NoError(t, err)
		back, err := UnmarshalState(s.EntityKind(), raw)
		require.NoError(t, err)
		if diff := cmp.Diff(s, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s", diff)
		}
		again, err := MarshalState(back)
		require.NoError(t, err)
		assert.Equal(t, string(raw), string(again))
	})
}

func TestStatesAreWrittenInFixedOrderWithoutTheText(t *testing.T) {
	d := NewDocument("a & b.txt", "secret")
	d.ID, d.Hash = "d", "h"
	d.Meta = map[string]string{"url": "<x>", "date": "2025-02-07"}
	raw, err := MarshalState(d)
	require.NoError(t, err)
	assert.Equal(t, `{"id":"d","name":"a & b.txt","hash":"h","meta":{"date":"2025-02-07","url":"<x>"}}`, string(raw))

	s := span("s", "Claim", 0, 6)
	s.Attributes = map[string]Value{"type": Text("demand"), "sure": Bool(true)}
	raw, err = MarshalState(s)
	require.NoError(t, err)
	assert.Equal(t, `{"id":"s","document":"doc","annotator":"asha","label":"Claim","fragments":[{"start":0,"end":6}],"attributes":{"sure":true,"type":"demand"}}`, string(raw))
}

func TestNothingIsWrittenForNoState(t *testing.T) {
	raw, err := MarshalState(nil)
	require.NoError(t, err)
	assert.Empty(t, raw)
	for _, none := range [][]byte{nil, {}} {
		s, err := UnmarshalState(SpanEntity, none)
		require.NoError(t, err)
		assert.True(t, s == nil, "a nil *Span in the interface would count as a state")
	}
}

func TestUnreadableStatesAreCorrupt(t *testing.T) {
	tests := []struct {
		kind EntityKind
		raw  string
		want Kind
	}{
		{SpanEntity, `{"id":`, Corrupt},
		{SpanEntity, `[]`, Corrupt},
		{SpanEntity, `null`, Corrupt},
		{SpanEntity, `{"attributes":{"a":null}}`, Corrupt},
		{RelationEntity, `{"arguments":{}}`, Corrupt},
		{DocumentEntity, `{"id":1}`, Corrupt},
		{AssessmentEntity, `{} {}`, Corrupt},
		{SchemeEntity, `"claims"`, Corrupt},
		{CommentEntity, `{"written":"today"}`, Corrupt},
		{"thread", `{}`, Unsupported},
	}
	for _, test := range tests {
		s, err := UnmarshalState(test.kind, []byte(test.raw))
		assert.Equal(t, test.want, KindOf(err), "%s %s", test.kind, test.raw)
		assert.True(t, s == nil, "%s %s", test.kind, test.raw)
	}
	_, err := UnmarshalState("thread", []byte(`{}`))
	require.EqualError(t, err, `entities of kind "thread" are unknown to this version`)
}

func FuzzUnmarshalState(f *testing.F) {
	for _, kind := range []EntityKind{DocumentEntity, SpanEntity, RelationEntity, AssessmentEntity, SchemeEntity, CommentEntity} {
		f.Add(string(kind), []byte(`{"id":"x","attributes":{"a":[1.0]},"fragments":[{"start":1}]}`))
		f.Add(string(kind), []byte(`{"ID":"x","labels":{"a":1e5,"b":["c"]},"spans":null,"arguments":[{}]}`))
		f.Add(string(kind), []byte(`null`))
	}
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		s, err := UnmarshalState(EntityKind(kind), raw)
		if err != nil || s == nil {
			return
		}
		written, err := MarshalState(s)
		require.NoError(t, err)
		back, err := UnmarshalState(EntityKind(kind), written)
		require.NoError(t, err)
		if diff := cmp.Diff(s, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s", diff)
		}
	})
}

func TestInvertingTwiceGivesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var group []Change
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			c := Change{Annotator: "asha"}
			kind := rapid.IntRange(0, 2).Draw(t, "kind")
			if kind > 0 {
				c.Before = drawSpan(t)
			}
			if kind < 2 {
				c.After = drawSpan(t)
			}
			group = append(group, c)
		}
		inverted := Invert(group)
		for i := range group {
			back := inverted[len(group)-1-i]
			assert.Equal(t, group[i].Before, back.After)
			assert.Equal(t, group[i].After, back.Before)
		}
		if twice := Invert(inverted); len(group) > 0 {
			assert.Equal(t, group, twice)
		}
	})
}

func TestInvertedChangeIsAChangeOfItsOwn(t *testing.T) {
	c := Change{ID: "c", Group: "g", Act: Undo, Undoes: "f", Clock: 7, Annotator: "asha", Device: "laptop", After: span("s", "Claim", 0, 1)}
	assert.Equal(t, Change{Annotator: "asha", Before: c.After}, c.Invert())
}

func TestOfTwoConcurrentChangesOneStands(t *testing.T) {
	changes := rapid.Custom(func(t *rapid.T) *Change {
		return &Change{Clock: uint64(rapid.IntRange(0, 3).Draw(t, "clock")), ID: ID(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"))}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := changes.Draw(t, "a"), changes.Draw(t, "b"), changes.Draw(t, "c")
		same := a.Clock == b.Clock && a.ID == b.ID
		if wins := a.Supersedes(b); !same && wins == b.Supersedes(a) || same && wins {
			t.Fatal("neither or both stand")
		}
		if a.Supersedes(b) && b.Supersedes(c) && !a.Supersedes(c) {
			t.Fatal("the order goes in a circle")
		}
	})
	assert.True(t, (&Change{Clock: 2, ID: "a"}).Supersedes(&Change{Clock: 1, ID: "b"}), "the clock counts first")
	assert.True(t, (&Change{Clock: 1, ID: "b"}).Supersedes(&Change{Clock: 1, ID: "a"}), "then the id")
}

func TestDescribe(t *testing.T) {
	claim, cue := span("s1", "Claim", 0, 5), span("s2", "Cue", 6, 9)
	attribution := relation("r1", "attribution", Argument{Role: "cue", Span: "s2"})
	doc := &Document{ID: "d", Name: "a.txt"}
	status := &Assessment{Document: "d", Annotator: "asha", Status: InProgress}
	done := &Assessment{Document: "d", Annotator: "asha", Status: Done}
	update := func(before, after State) Change { return Change{Before: before, After: after} }
	tests := []struct {
		want    string
		changes []Change
	}{
		{"", nil},
		{"add Claim", []Change{*create(claim)}},
		{"add Claim", []Change{*create(claim), *create(status)}},
		{"change Claim", []Change{update(claim, claim)}},
		{"delete Claim", []Change{*remove(claim)}},
		{"delete attribution, delete Cue", []Change{*remove(attribution), *remove(cue)}},
		{"add 2 spans", []Change{*create(claim), *create(cue)}},
		{"add 2 spans, add attribution", []Change{*create(claim), *create(attribution), *create(cue)}},
		{"add a.txt", []Change{*create(doc)}},
		{"add 5 documents", []Change{*create(doc), *create(doc), *create(doc), *create(doc), *create(doc)}},
		{"change document", []Change{update(status, done)}},
		{"change document", []Change{*create(done)}},
		{"change 2 documents", []Change{*create(done), update(status, done)}},
		{"add scheme", []Change{*create(&Scheme{Name: "claims"})}},
		{"delete Claim, add Cue", []Change{*remove(claim), *create(cue)}},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, Describe(test.changes))
	}
}

func TestChangeKnowsWhatItIsAbout(t *testing.T) {
	s := span("s", "Claim", 0, 5)
	for kind, c := range map[string]Change{"create": {After: s}, "update": {Before: s, After: s}, "delete": {Before: s}} {
		assert.Equal(t, kind, c.Kind())
		assert.Equal(t, SpanEntity, c.EntityKind())
		assert.Equal(t, ID("s"), c.EntityID())
		assert.Equal(t, ID("doc"), c.DocumentID())
	}
	scheme := create(&Scheme{Name: "claims"})
	assert.Equal(t, ID("scheme"), scheme.EntityID())
	assert.Empty(t, scheme.DocumentID())
	doc := create(&Document{ID: "d"})
	assert.Equal(t, ID("d"), doc.DocumentID())
}

func TestChangeCheckSaysWhatIsImpossible(t *testing.T) {
	s, other := span("s", "Claim", 0, 5), span("other", "Claim", 0, 5)
	for sentence, c := range map[string]Change{
		"a change has neither a state before nor one after": {Annotator: "asha"},
		"a change of span s names no annotator":             {After: s},
		"a change turns span s into span other":             {Annotator: "asha", Before: s, After: other},
		"a change turns span s into relation s":             {Annotator: "asha", Before: s, After: relation("s", "about")},
	} {
		require.EqualError(t, c.Check(), sentence)
	}
	assert.NoError(t, (&Change{Annotator: "asha", Before: s, After: s.Clone()}).Check())
}

func TestErrorsSayWhere(t *testing.T) {
	cause := errors.New("disk full")
	e := Errorf(Corrupt, "the journal cannot be read: %w", cause)
	assert.Equal(t, "the journal cannot be read: disk full", e.Error())
	assert.ErrorIs(t, e, cause)
	assert.Equal(t, "p.spanwright: the journal cannot be read: disk full", e.At("p.spanwright", 0).Error())
	assert.Equal(t, "in.jsonl:17: the journal cannot be read: disk full", e.At("in.jsonl", 17).Error())
	assert.Empty(t, e.File, "At returns a copy")
	assert.Equal(t, Corrupt, KindOf(fmt.Errorf("while opening: %w", e)))
	assert.Empty(t, KindOf(cause))
	assert.Empty(t, KindOf(nil))
	var syntax *json.SyntaxError
	_, err := UnmarshalState(SpanEntity, []byte("{"))
	assert.ErrorAs(t, err, &syntax)
}

package jsonl_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/jsonl"
)

// full is a record with everything in it; offsets were counted by Python.
const full = `{"id":"d1","name":"001.txt","text":"😀 Mona said: “We <will> stay”, twice.","meta":{"date":"2025-02-07"},` +
	`"annotator":"asha","status":"done","labels":{"genre":"news","usable":true},"flag":"discuss","note":"ask\nMona",` +
	`"spans":[{"id":"s1","label":"Source","start":2,"end":6,"text":"Mona","fragments":[[2,6]],"attributes":{},"flag":"","note":""},` +
	`{"id":"s2","label":"Claim","start":13,"end":36,"text":"We <will> twice","fragments":[[14,23],[31,36]],` +
	`"attributes":{"certainty":0.50,"type":"demand","voice":["direct","mixed"]},"flag":"unsure","note":"gap"}],` +
	`"relations":[{"id":"r1","label":"attribution","args":[{"role":"source","span":"s1"},{"role":"cue","span":null,"implicit":true},` +
	`{"role":"content","span":null,"relation":"r0"},{"role":"content","span":"x9","document":"d2"}],"attributes":{"sure":false},"flag":"discuss"}],` +
	`"offsets":"codepoint","scheme":"claims"}` + "\n"

var line = strings.Replace(full, `"start":13`, `"start":14`, 1)

func TestAWholeRecordComesOutAsItWentIn(t *testing.T) {
	records, problems := read(t, line)
	require.Empty(t, problems)
	require.Len(t, records, 1)
	r := records[0]
	assert.Equal(t, annotate.ID("d1"), r.Document.ID)
	assert.Equal(t, "asha", r.Annotator)
	assert.Equal(t, annotate.Done, r.Assessment.Status)
	assert.Equal(t, "ask\nMona", r.Assessment.Note)
	require.Len(t, r.Spans, 2)
	assert.Equal(t, []annotate.Fragment{{Start: 5, End: 9}}, r.Spans[0].Fragments, "bytes: the emoji has four")
	assert.Equal(t, "We <will> twice", r.Spans[1].Covered(r.Document.Text))
	digits, _ := r.Spans[1].Attributes["certainty"].Number()
	assert.Equal(t, "0.50", digits)
	assert.Equal(t, annotate.ID("d2"), r.Relations[0].Arguments[3].Document)
	assert.Equal(t, line, write(t, annotate.CodePoint, r))
}

func TestOffsetsAreCountedInTheUnitAsked(t *testing.T) {
	records, _ := read(t, line)
	for unit, want := range map[annotate.Unit]string{
		annotate.CodePoint: `"start":2,"end":6`, annotate.UTF16: `"start":3,"end":7`, annotate.Byte: `"start":5,"end":9`,
	} {
		out := write(t, unit, records...)
		assert.Contains(t, out, want)
		assert.Contains(t, out, `"offsets":"`+string(unit)+`"`)
		again, problems := read(t, out)
		require.Empty(t, problems)
		assert.Equal(t, line, write(t, annotate.CodePoint, again...), "read back in %s", unit)
	}
}

func TestADocumentNobodyWorkedOnHasAllKeys(t *testing.T) {
	d := &annotate.Document{ID: "d", Name: "n", Text: "a\u2028b\u0085\x01\"\\/\t", Hash: annotate.HashText("a\u2028b\u0085\x01\"\\/\t")}
	want := `{"id":"d","name":"n","text":"a\u2028b\u0085\u0001\"\\/\t","meta":{},"annotator":"","status":"new","labels":{},"spans":[],"relations":[],"offsets":"codepoint","scheme":"claims"}` + "\n"
	out := write(t, "", &dataset.Record{Document: d, Scheme: "claims"})
	assert.Equal(t, want, out)
	records, problems := read(t, out)
	require.Empty(t, problems)
	assert.Nil(t, records[0].Assessment)
	assert.Equal(t, d.Text, records[0].Document.Text)
}

func TestMissingIDsAreDerivedTheSameEachTime(t *testing.T) {
	bare := strings.NewReplacer(`"id":"d1",`, ``, `"id":"s1",`, ``, `"id":"s2",`, `"id":"",`, `"id":"r1",`, ``, `"asha"`, `""`).Replace(line)
	first, problems := read(t, bare)
	require.Empty(t, problems)
	second, _ := read(t, bare)
	assert.Equal(t, write(t, "", first...), write(t, "", second...))
	assert.Equal(t, "reader", first[0].Annotator, "annotations of nobody become those of whoever reads them")
	assert.NotEqual(t, first[0].Spans[0].ID, first[0].Spans[1].ID)
	assert.NoError(t, first[0].Document.Check())
}

func TestRefusingARecordThatIsNotExactlyRight(t *testing.T) {
	for _, test := range []struct{ name, old, replacement, sentence string }{
		{"cut short", `"scheme":"claims"}`, `"scheme":"cl`, `the line is not JSON: it ends where a closing quote should stand`},
		{"stray comma", `"meta":{`, `"meta":{,`, `the line is not JSON: a key in quotes should stand at byte 90, where ',' stands`},
		{"trailing rubbish", `"claims"}`, `"claims"}}`, `the line is not JSON: the end of the line should stand at byte 865, where '}' stands`},
		{"bare word", `"done"`, `done`, `the line is not JSON: a value should stand at byte 139, where 'd' stands`},
		{"unknown key", `"annotator"`, `"author"`, `the record has the unknown key "author"`},
		{"key of other case", `"text":"😀`, `"Text":"😀`, `the record has the unknown key "Text"`},
		{"missing key", `"status":"done",`, ``, `the record lacks the key "status"`},
		{"key twice", `"status":"done",`, `"status":"done","status":"new",`, `the record has the key "status" twice`},
		{"meta key twice", `{"date":`, `{"date":"","date":`, `meta has the key "date" twice`},
		{"wrong type", `"name":"001.txt"`, `"name":1`, `name must be a string`},
		{"null text", `"name":"001.txt"`, `"name":null`, `name must be a string`},
		{"spans no list", `"spans":[`, `"spans":{`, `spans must be a list`},
		{"negative offset", `"start":2,`, `"start":-2,`, `the start of a span must be a whole number from 0 on, not -2`},
		{"fraction offset", `"start":2,`, `"start":2.0,`, `the start of a span must be a whole number from 0 on, not 2.0`},
		{"three offsets", `[[2,6]]`, `[[2,6,7]]`, `a fragment is a list of two offsets, not of 3`},
		{"no fragments", `[[2,6]]`, `[]`, `span s1 covers nothing`},
		{"extent and fragments differ", `"start":2,`, `"start":1,`, `span s1 (Source) says it reaches from 1 to 6, but its fragments reach from 2 to 6`},
		{"beyond the text", `"end":36,`, `"end":99,`, `span s2 (Claim) says it reaches from 14 to 99, but its fragments reach from 14 to 36`},
		{"fragment beyond the text", `[31,36]`, `[31,99]`, `span s2 (Claim): offset 99 lies outside the text, which has 37 code points`},
		{"other text", `"text":"Mona"`, `"text":"Lisa"`, `offsets 2 to 6 of span s1 (Source) cover "Mona", but its text is "Lisa"`},
		{"touching fragments", `[[14,23],[31,36]]`, `[[14,31],[31,36]]`, `the fragments of span s2 (Claim) touch or are out of order at byte 38`},
		{"id twice", `"id":"s2"`, `"id":"s1"`, `the id s1 stands twice in the record`},
		{"id of span and relation", `"id":"r1"`, `"id":"s1"`, `the id s1 stands twice in the record`},
		{"unknown unit", `"codepoint"`, `"runes"`, `offsets are counted in codepoint, utf16 or byte, not in "runes"`},
		{"unknown status", `"done"`, `"ready"`, `status "ready" is none of new, in_progress and done`},
		{"no name", `"001.txt"`, `""`, `the document has no name`},
		{"no label", `"label":"Claim"`, `"label":""`, `span s2 has no label`},
		{"no arguments", `"args":[{"role":"source","span":"s1"},{"role":"cue","span":null,"implicit":true},{"role":"content","span":null,"relation":"r0"},{"role":"content","span":"x9","document":"d2"}]`, `"args":[]`, `relation r1 (attribution) has no arguments`},
		{"argument of nothing", `,"implicit":true`, ``, `the cue of relation r1 (attribution) must be a span, a relation or implicit`},
		{"null value", `"usable":true`, `"usable":null`, `the value of usable must be a boolean, a string, a number or a list of strings`},
		{"nested value", `"usable":true`, `"usable":{}`, `the value of usable must be a boolean, a string, a number or a list of strings`},
		{"number with zeros", `0.50`, `00.50`, `the value of certainty is no number: 00.50`},
		{"half a surrogate pair", `"gap"`, `"\ud800 "`, `half of a surrogate pair stands at byte 555`},
		{"unknown escape", `"gap"`, `"\x41"`, `the line is not JSON: an escape sequence should stand at byte 550, where 'x' stands`},
		{"raw control character", `"gap"`, "\"a\tb\"", `the line is not JSON: an escaped control character should stand at byte 550, where '\t' stands`},
		{"NUL in the text", `twice.`, `twi\u0000.`, `byte 41 is NUL, so this is not a text file`},
		{"not UTF-8", `twice.`, "twic\xe9.", `byte 78 (0xe9) is not UTF-8; save the file as UTF-8 first`},
	} {
		t.Run(test.name, func(t *testing.T) {
			bad := strings.Replace(line, test.old, test.replacement, 1)
			require.NotEqual(t, line, bad)
			other := strings.ReplaceAll(line, `"id":"d1"`, `"id":"d0"`)
			records, problems := read(t, other+bad+line)
			require.Len(t, problems, 1)
			assert.Equal(t, ":2: "+test.sentence, problems[0])
			assert.Len(t, records, 2, "the lines around it are read")
		})
	}
}

func TestEveryOtherFileNamesItsLine(t *testing.T) {
	good := func(i int) string {
		return strings.ReplaceAll(line, `"id":"d1"`, fmt.Sprintf(`"id":"d%d"`, 100+i))
	}
	var file strings.Builder
	for i := 1; i <= 20; i++ {
		if i == 17 {
			file.WriteString("{\"id\": oops}\n")
			continue
		}
		file.WriteString(good(i))
	}
	records, problems := read(t, file.String())
	assert.Equal(t, []string{`:17: the line is not JSON: a value should stand at byte 7, where 'o' stands`}, problems)
	assert.Len(t, records, 19)
}

func TestRefusingTheSameRecordTwice(t *testing.T) {
	records, problems := read(t, line+"\n"+line)
	assert.Len(t, records, 1)
	assert.Equal(t, []string{`:3: the record of document "001.txt" and annotator "asha" stands in line 1 already`}, problems)
}

func TestBlankLinesByteOrderMarkAndMissingLastNewlineDoNoHarm(t *testing.T) {
	records, problems := read(t, "\ufeff\r\n"+strings.TrimSuffix(line, "\n"))
	assert.Empty(t, problems)
	require.Len(t, records, 1)
	assert.Equal(t, 2, records[0].Line)
}

// TestAnyRecordIsReadBackToTheSameBytes also has encoding/json read every line,
// as a judge that did not write it.
func TestAnyRecordIsReadBackToTheSameBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawRecord(rt)
		unit := rapid.SampledFrom([]annotate.Unit{annotate.CodePoint, annotate.UTF16, annotate.Byte}).Draw(rt, "unit")
		out := write(t, unit, r)
		var plain struct {
			Text  string
			Spans []struct {
				Text      string
				Fragments [][2]int
			}
		}
		require.NoError(rt, json.Unmarshal([]byte(out), &plain))
		require.Equal(rt, r.Document.Text, plain.Text)
		for _, s := range plain.Spans {
			if unit == annotate.CodePoint && len(s.Fragments) == 1 {
				require.Equal(rt, s.Text, string([]rune(plain.Text)[s.Fragments[0][0]:s.Fragments[0][1]]))
			}
		}
		records, problems := read(t, out)
		require.Empty(rt, problems)
		require.Equal(rt, out, write(t, unit, records...))
	})
}

func drawRecord(t *rapid.T) *dataset.Record {
	words := rapid.StringOfN(rapid.SampledFrom([]rune("ab \n\r\té😀\"\\<&\u0301\u2028\u0085\u05d0\x7f")), 0, 60, -1)
	d := annotate.NewDocument(rapid.StringMatching(`[a-zé/]{1,8}`).Draw(t, "name"), words.Draw(t, "text"))
	for range rapid.IntRange(0, 2).Draw(t, "meta") {
		d.SetMeta(words.Draw(t, "field"), words.Draw(t, "value"))
	}
	r := &dataset.Record{Document: d, Annotator: "asha", Scheme: "claims", Assessment: &annotate.Assessment{
		Document: d.ID, Annotator: "asha", Labels: drawValues(t), Flag: words.Draw(t, "flag"), Note: words.Draw(t, "note"),
		Status: rapid.SampledFrom([]annotate.Status{annotate.New, annotate.InProgress, annotate.Done}).Draw(t, "status"),
	}}
	borders := []int{len(d.Text)}
	for i := range d.Text {
		borders = append(borders, i)
	}
	for range rapid.IntRange(0, 4).Draw(t, "spans") {
		var fragments []annotate.Fragment
		for range rapid.IntRange(1, 3).Draw(t, "fragments") {
			a, b := rapid.SampledFrom(borders).Draw(t, "start"), rapid.SampledFrom(borders).Draw(t, "end")
			fragments = append(fragments, annotate.Fragment{Start: min(a, b), End: max(a, b)})
		}
		if fragments = annotate.NormalizeFragments(fragments); len(fragments) == 0 {
			continue
		}
		r.Spans = append(r.Spans, &annotate.Span{
			ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: rapid.StringMatching(`\S{1,5}`).Draw(t, "label"),
			Fragments: fragments, Attributes: drawValues(t), Flag: words.Draw(t, "flag"), Note: words.Draw(t, "note"),
		})
	}
	for _, s := range r.Spans {
		r.Relations = append(r.Relations, &annotate.Relation{
			ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "x", Attributes: drawValues(t), Note: words.Draw(t, "note"),
			Arguments: []annotate.Argument{
				{Role: "a", Span: s.ID},
				{Role: "b", Implicit: true},
				{Role: "c", Relation: "elsewhere", Document: "d2"},
			},
		})
	}
	r.Sort()
	return r
}

func drawValues(t *rapid.T) map[string]annotate.Value {
	number, _ := annotate.Number(rapid.SampledFrom([]string{"0", "-1.50", "2E+10", "12345678901234567890"}).Draw(t, "number"))
	return rapid.MapOfN(rapid.String(), rapid.SampledFrom([]annotate.Value{
		annotate.Bool(true), annotate.Bool(false), annotate.Text("<&>\u2029"), annotate.Text(""), number, annotate.Choices(), annotate.Choices("a", "\""),
	}), 0, 3).Draw(t, "values")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(line))
	f.Add([]byte("{\"id\":\n[]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		records, _ := read(t, string(raw))
		for _, r := range records {
			out := write(t, "", r)
			require.True(t, utf8.ValidString(out))
			again, problems := read(t, out)
			require.Empty(t, problems)
			require.Equal(t, out, write(t, "", again...))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := benchmarkRecord()
	out := write(b, "", r)
	path := filepath.Join(b.TempDir(), "a.jsonl")
	require.NoError(b, os.WriteFile(path, []byte(out), 0o600))
	b.SetBytes(int64(len(r.Document.Text)))
	for b.Loop() {
		for _, err := range jsonl.Read(b.Context(), dataset.Input{Path: path}) {
			require.NoError(b, err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	r := benchmarkRecord()
	b.SetBytes(int64(len(r.Document.Text)))
	var buffer bytes.Buffer
	for b.Loop() {
		buffer.Reset()
		_, err := jsonl.Write(b.Context(), &buffer, sequence(r), dataset.Options{})
		require.NoError(b, err)
	}
}

// benchmarkRecord has a span for every 100 bytes of text, as DESIGN §6 asks.
func benchmarkRecord() *dataset.Record {
	const sentence = "The “port” stays shut, the harbour master said on Monday.\n"
	d := annotate.NewDocument("a", strings.Repeat(sentence, 200))
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done}}
	for i := 0; i < len(d.Text); i += 2 * len(sentence) {
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: i, End: i + len(`The “port”`)}}})
	}
	return r
}

func read(t testing.TB, content string) (records []*dataset.Record, problems []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	for r, err := range jsonl.Read(t.Context(), dataset.Input{Path: path, Annotator: "reader"}) {
		if err != nil {
			problems = append(problems, strings.TrimPrefix(err.Error(), path))
			continue
		}
		records = append(records, r)
	}
	return records, problems
}

func write(t testing.TB, unit annotate.Unit, records ...*dataset.Record) string {
	t.Helper()
	var b bytes.Buffer
	losses, err := jsonl.Write(t.Context(), &b, sequence(records...), dataset.Options{Unit: unit})
	require.NoError(t, err)
	require.Empty(t, losses)
	return b.String()
}

func sequence(records ...*dataset.Record) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		for _, r := range slices.Clone(records) {
			if !yield(r, nil) {
				return
			}
		}
	}
}

package dataset_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.json")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestReadingTheValuesOfAFile(t *testing.T) {
	for _, test := range []struct {
		name, content string
		want          []string // "line value", or "line !error"
	}{
		{"lines", "{\"a\":1}\n\n{\"a\":2}", []string{`1 {"a":1}`, `3 {"a":2}`}},
		{"a broken line", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n", []string{`1 {"a":1}`, `2 !it is not JSON: it breaks off`, `3 {"a":3}`}},
		{"a broken first line", "{\"a\"\n{\"a\":3}\n", []string{`1 !it is not JSON: it breaks off`, `2 {"a":3}`}},
		{"no JSON at all", "Mona said.\n", []string{`1 !it is not JSON at byte 0: invalid character 'M' looking for beginning of value`}},
		{"a list on one line", `[{"a":1},{"a":2}]`, []string{`1 {"a":1}`, `1 {"a":2}`}},
		{"a list over lines", "[\n {\"a\":1},\n {\n\"a\":2}\n]\n", []string{`2 {"a":1}`, "3 {\n\"a\":2}"}},
		{"an empty list", "[]", nil},
		{"an empty file", " \n", nil},
		{"one object over lines", "{\n \"a\": [\n1]\n}\n", []string{"1 {\n \"a\": [\n1]\n}"}},
		{"objects over lines", "{\n\"a\":1\n}\n{\n\"a\":2\n}", []string{"1 {\n\"a\":1\n}", "4 {\n\"a\":2\n}"}},
		{"lists that are values", "[\"a\", {}]\n[\"b\", {}]", []string{`1 ["a", {}]`, `2 ["b", {}]`}},
		{"a list that breaks off", "[{\"a\":1},\n{\"a\":", []string{`1 {"a":1}`, `2 !it is not JSON: it breaks off; what follows was left out`}},
		{"a mistake in a list", "[{\"a\":1},\n{\"a\"=2},\n{}]", []string{`1 {"a":1}`, `2 !it is not JSON at byte 14: invalid character '=' after object key; what follows was left out`}},
		{"Windows line ends", "{\"a\":1}\r\n{\"a\":2}\r\n", []string{"1 {\"a\":1}\r", "2 {\"a\":2}\r"}},
		{"a byte order mark", "\ufeff{\"a\":1}", []string{`1 {"a":1}`}},
		{"not UTF-8", "{\"a\":\"\xe9\"}\n{}", []string{`1 !byte 6 (0xe9) is not UTF-8; save the file as UTF-8 first`, `2 {}`}},
		{"half of a surrogate pair", `{"a":"\\ud83d\ude00 \ud83d"}` + "\n" + `{"a":"\ude00\ud83d"}` + "\n" + `{"a":"\ud83d\ude00"}`, []string{
			`1 !half of a surrogate pair stands at byte 13`, `2 !half of a surrogate pair stands at byte 6`, `3 {"a":"\ud83d\ude00"}`,
		}},
		{"UTF-16", "\xff\xfe" + utf16LE(`{"a":"é"}`), []string{`1 {"a":"é"}`}},
		{"deep nesting", strings.Repeat("[", 100000), []string{"1 !it is not JSON at byte 10001: invalid character '[' exceeded max depth; what follows was left out"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for v, err := range dataset.JSONValues(t.Context(), file(t, test.content)) {
				if err != nil {
					got = append(got, strings.SplitN(err.Error(), ":", 3)[1]+" !"+strings.TrimPrefix(strings.SplitN(err.Error(), ":", 3)[2], " "))
					continue
				}
				got = append(got, strings.Join([]string{itoa(v.Line), string(v.Raw)}, " "))
			}
			assert.Equal(t, test.want, got)
		})
	}
}

func itoa(n int) string { return string(rune('0' + n)) }

func utf16LE(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestTheShapeOfWhatAFileBeginsWith(t *testing.T) {
	shape := func(content string) dataset.Shape { return dataset.ReadHead(file(t, content)).JSON() }
	s := shape(`{"text":"a","spans":[{"start":0}],"entities":[[0,1,"x"]],"n":1}` + "\n{")
	assert.True(t, s.Has("text", "spans"))
	assert.False(t, s.Has("label"))
	assert.True(t, s.Keys["spans"].Item(0).Has("start"))
	assert.EqualValues(t, '[', s.Keys["entities"].Item(0).Kind)
	assert.EqualValues(t, '"', s.Keys["entities"].Item(0).Item(2).Kind)
	assert.True(t, shape(`[{"text":"a"},`).Has("text"), "a list stands for its first item")
	assert.EqualValues(t, '"', shape(`["a",{"entities":[]}]`).Item(0).Kind)
	assert.True(t, shape(`{"text":"a","broken`).Has("text"), "what breaks off is seen as far as it goes")
	assert.Zero(t, shape("Mona").Kind)
	assert.Zero(t, dataset.ReadHead("gone").JSON().Kind)
}

package card_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/card"
	"spanwright/annotate/dataset/split"
)

// news is a card of three documents, with names that mean something in Markdown, YAML, JSON and XML.
func news() *card.Card {
	return &card.Card{
		Name: "News: <a> & 'b'", Program: "Spanwright 1.2.3", Command: "spanwright export news.spanwright", Date: "2026-03-31",
		Scheme: &annotate.Scheme{
			Name: "claims", Title: "Claims | more", Guideline: "# First\nSecond", Revision: 4,
			Spans:     []annotate.SpanLabel{{Label: "Claim", Color: "#e69f00", Guideline: "What is said."}, {Label: "主张<x>"}},
			Relations: []annotate.RelationLabel{{Label: "restates", Roles: []annotate.Role{{Name: "head", Labels: []string{"Claim"}}, {Name: "tail"}}}},
			Document:  []annotate.Attribute{{Name: "genre", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "news"}, {Name: "opinion"}}}},
		},
		Format: &dataset.Format{Name: "jsonl", Title: "lines"}, Unit: annotate.CodePoint,
		Parts: []card.Part{
			{
				Name: "train", Files: []card.File{{Name: "train.jsonl", Bytes: 12, SHA256: strings.Repeat("ab", 32)}}, Documents: 2, Records: 3, Characters: 2000,
				Columns: []card.Column{
					{Name: "text", Type: card.TextType},
					{Name: "spans", Repeated: true, Columns: []card.Column{{Name: "start", Type: card.IntegerType}}},
				},
				Counts: map[card.Subject]int{{Kind: card.Spans, Label: "Claim"}: 7, {Kind: card.Spans, Label: "Other"}: 1, {Kind: card.Values, Label: "genre", Value: "news"}: 2},
			},
			{
				Name: "test", Files: []card.File{{Name: "test.jsonl", Bytes: 3, SHA256: strings.Repeat("cd", 32)}}, Documents: 1, Records: 1, Characters: 900,
				Columns: []card.Column{{Name: "text", Type: card.TextType}},
				Counts:  map[card.Subject]int{{Kind: card.Spans, Label: "Claim"}: 2},
			},
		},
		Licences: []card.Said{{What: "CC-BY-4.0", Documents: 3}}, Languages: []card.Said{{What: "en", Documents: 2}, {What: "ur", Documents: 1}},
		Annotators: []card.Annotator{{Name: "asha", Documents: 3, Done: 2, Spans: 10}},
		Split: &split.Report{
			Seed: 5, Groups: 3, Together: split.Bonds, Parts: []split.PartReport{{Name: "train", Share: 66.7, Aim: 2.001, Documents: 2, Groups: 2}, {Name: "test", Share: 33.3, Aim: 0.999, Documents: 1, Groups: 1}},
			Leaks: []split.Leak{{What: "date in several parts", Count: 1, Documents: 2, Examples: []string{"date 2026-03-01: 1 in train, 1 in test"}}},
		},
	}
}

func files(t *testing.T, c *card.Card) map[string]string {
	made, err := c.Files()
	require.NoError(t, err)
	all := map[string]string{}
	for name, raw := range made {
		all[name] = string(raw)
	}
	return all
}

func TestTheHeaderIsWhatTheHubReads(t *testing.T) {
	_, rest, _ := strings.Cut(files(t, news())[card.ReadmeName], "---\n")
	head, _, found := strings.Cut(rest, "---\n")
	require.True(t, found)
	var read map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(head), &read))
	// The keys and values of https://github.com/huggingface/hub-docs/blob/main/datasetcard.md.
	assert.Equal(t, map[string]any{
		"pretty_name": "News: <a> & 'b'", "language": []any{"en", "ur"}, "license": "cc-by-4.0",
		"task_categories": []any{"token-classification", "text-classification"}, "size_categories": []any{"n<1K"},
		"tags": []any{"spanwright", "span-annotation", "relation-extraction", "croissant"},
		"configs": []any{map[string]any{"config_name": "default", "data_files": []any{
			map[string]any{"split": "train", "path": "train.jsonl"}, map[string]any{"split": "test", "path": "test.jsonl"},
		}}},
	}, read)
}

func TestTheSeparatorOfATableStandsBetweenQuotes(t *testing.T) {
	c := news()
	for i := range c.Parts {
		c.Parts[i].Files[0].Name = c.Parts[i].Name + ".tsv"
	}
	assert.Contains(t, files(t, c)[card.ReadmeName], "  sep: \"\\t\"\n")
}

func TestSizesAreClassedAsTheHubDoes(t *testing.T) {
	for documents, want := range map[int]string{999: "n<1K", 1000: "1K<n<10K", 99_999: "10K<n<100K", 100_000: "100K<n<1M", 1_000_000: "1M<n<10M"} {
		c := news()
		c.Parts[0].Documents = documents - 1
		assert.Contains(t, files(t, c)[card.ReadmeName], "\n- "+want+"\n", documents)
	}
}

func TestLicencesThatTheHubDoesNotKnowAreOther(t *testing.T) {
	for _, test := range []struct {
		licences []card.Said
		want     string
	}{
		{[]card.Said{{What: "House licence", Documents: 3}}, "license: other\nlicense_name: House licence\n"},
		{[]card.Said{{What: "mit", Documents: 2}, {What: "gpl", Documents: 1}}, "license: other\ntask"},
		{nil, "- ur\ntask"},
	} {
		c := news()
		c.Licences = test.licences
		assert.Contains(t, files(t, c)[card.ReadmeName], test.want)
	}
}

func TestTheReadmeTellsWhatTheDatasetIs(t *testing.T) {
	readme := files(t, news())[card.ReadmeName]
	for _, line := range []string{
		"# News: &lt;a> &amp; 'b'",
		"3 documents, labelled by hand with the scheme “Claims \\| more” in Spanwright: 10 spans and 0 relations, in 2 parts.",
		"| train | train.jsonl | 2 | 3 | 8 | 0 | 2000 |",
		"| Claim | 7 | 2 | 9 |",
		"| 主张&lt;x> | 0 | 0 | 0 |",
		"| Other | 1 | 0 | 1 |", // which the scheme lacks
		"| genre: opinion | 0 | 0 | 0 |",
		"> # First", // a heading of its own inside the quotation
		"* role head: Claim",
		"* role tail: anything",
		"| asha | 3 | 2 | 10 | 0 |",
		"Not defined: no document was worked on by two annotators.",
		"| train | 66.7 % | 2.0 | 2 | 2 |",
		"* date in several parts: 1, in 2 documents, for instance date 2026-03-01: 1 in train, 1 in test",
		"Nothing was lost.",
		"spanwright export news.spanwright",
		"The last change in the project was made on 2026-03-31.",
	} {
		assert.Contains(t, readme, line+"\n")
	}
}

func TestCroissantDescribesFilesAndFields(t *testing.T) {
	c := news()
	for i := range 1001 {
		c.Parts[1].Files = append(c.Parts[1].Files, card.File{Name: fmt.Sprintf("test/%d", i)})
	}
	var read struct {
		ConformsTo, Name, License, DatePublished, Version string
		Distribution                                      []map[string]string
		RecordSet                                         []struct {
			ID    string `json:"@id"`
			Field []struct {
				ID       string `json:"@id"`
				DataType string
				Repeated bool
				Source   struct{ FileObject, Extract map[string]string }
				SubField []struct {
					ID       string `json:"@id"`
					DataType string
					Source   struct{ FileObject, Extract, Transform map[string]string }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(files(t, c)[card.CroissantName]), &read))
	assert.Equal(t, "http://mlcommons.org/croissant/1.0", read.ConformsTo)
	assert.Equal(t, []string{"news-a-b", "CC-BY-4.0", "2026-03-31", "0.4.0"}, []string{read.Name, read.License, read.DatePublished, read.Version})
	assert.Equal(t, map[string]string{
		"@type": "cr:FileObject", "@id": "train.jsonl", "name": "train.jsonl", "contentUrl": "train.jsonl", "contentSize": "12 B",
		"encodingFormat": "application/jsonlines", "sha256": strings.Repeat("ab", 32),
	}, read.Distribution[0])
	assert.Equal(t, "cr:FileSet", read.Distribution[1]["@type"], "too many to be named")
	require.Len(t, read.RecordSet, 1)
	fields := read.RecordSet[0].Field
	assert.Equal(t, "sc:Text", fields[0].DataType)
	assert.Equal(t, map[string]string{"column": "text"}, fields[0].Source.Extract)
	assert.True(t, fields[1].Repeated)
	assert.Equal(t, "train/spans/start", fields[1].SubField[0].ID)
	assert.Equal(t, "sc:Integer", fields[1].SubField[0].DataType)
	assert.Equal(t, map[string]string{"jsonPath": "start"}, fields[1].SubField[0].Source.Transform)
}

func TestPicturesAreXMLWithABarForEachPart(t *testing.T) {
	for _, test := range []struct {
		name string
		bars map[string]string // what a part's bar says, and how wide it is
	}{
		// 9 claims fill the room, which is 760 - 16 - 8×7.2 - 10 - 70 - 16 = 590.4 px; a pixel parts the bars.
		{card.LabelsName, map[string]string{"train: 7": "458.2", "test: 2": "130.2", "train: 1": "64.6"}},
		{card.ValuesName, map[string]string{"train: 2": ""}},
	} {
		found := map[string]string{}
		width := ""
		decoder := xml.NewDecoder(strings.NewReader(files(t, news())[test.name]))
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
			if start, ok := token.(xml.StartElement); ok {
				for _, a := range start.Attr {
					if a.Name.Local == "width" {
						width = a.Value
					}
				}
				if start.Name.Local == "title" {
					text, err := decoder.Token()
					require.NoError(t, err)
					found[string(text.(xml.CharData))] = width
				}
			}
		}
		for bar, want := range test.bars {
			require.Contains(t, found, bar)
			if want != "" {
				assert.Equal(t, want, found[bar], bar)
			}
		}
		assert.Len(t, found, len(test.bars))
	}
}

func TestColumnsAreThoseThatEveryLineHas(t *testing.T) {
	columns, err := card.LineColumns(strings.NewReader(`{"id":1,"text":"a","score":1,"ok":true,"meta":{"a":1},"none":null,"words":["a"],"pairs":[[1,2]],"spans":[{"start":1,"label":"L"}],"extra":1}
{"id":"x","text":"b","score":2.5,"ok":false,"meta":{},"none":null,"words":[],"pairs":[],"spans":[{"start":2,"label":"L","flag":"f"},{"start":3,"label":"M"}]}

`))
	require.NoError(t, err)
	assert.Equal(t, []card.Column{
		{Name: "id", Type: card.TextType},
		{Name: "ok", Type: card.BooleanType},
		{Name: "score", Type: card.NumberType},
		{Name: "spans", Repeated: true, Columns: []card.Column{{Name: "label", Type: card.TextType}, {Name: "start", Type: card.IntegerType}}},
		{Name: "text", Type: card.TextType},
		{Name: "words", Type: card.TextType, Repeated: true},
	}, columns)

	columns, err = card.LineColumns(strings.NewReader(`["not an object"]`))
	require.NoError(t, err)
	assert.Empty(t, columns)
}

func TestColumnsOfTables(t *testing.T) {
	columns, err := card.TableColumns(strings.NewReader("name,start,end,empty\n\"a\nb\",1,,\nc,2,3,\n"), ',')
	require.NoError(t, err)
	assert.Equal(t, []card.Column{
		{Name: "name", Type: card.TextType}, {Name: "start", Type: card.IntegerType}, {Name: "end", Type: card.NumberType}, {Name: "empty", Type: card.TextType},
	}, columns)
}

func FuzzLineColumns(f *testing.F) {
	for _, seed := range []string{`{"a":[{"b":[{}]}]}`, `{"a":[1,{"b":2}]}`, "{\"a\":\"\\ud800\"}\n{}", "null"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		columns, err := card.LineColumns(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, c := range columns {
			require.True(t, c.Type != "" || len(c.Columns) > 0)
		}
	})
}

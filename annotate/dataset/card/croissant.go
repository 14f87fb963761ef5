package card

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// The @context of Croissant 1.0, as its specification gives it (section "JSON-LD context").
const croissantContext = `{
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform"
  }`

// crDataset is the description of a dataset in Croissant.
type crDataset struct {
	Context       json.RawMessage `json:"@context"`
	Type          string          `json:"@type"`
	ConformsTo    string          `json:"conformsTo"`
	Name          string          `json:"name"`
	Description   string          `json:"description"`
	License       string          `json:"license,omitempty"`
	InLanguage    []string        `json:"inLanguage,omitempty"`
	Keywords      []string        `json:"keywords,omitempty"`
	Creator       []crPerson      `json:"creator,omitempty"`
	DatePublished string          `json:"datePublished,omitempty"`
	Version       string          `json:"version"`
	Distribution  []any           `json:"distribution"`
	RecordSets    []crRecordSet   `json:"recordSet,omitempty"`
}

type crPerson struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type crFile struct {
	Type     string `json:"@type"`
	ID       string `json:"@id"`
	Name     string `json:"name"`
	URL      string `json:"contentUrl"`
	Size     string `json:"contentSize"`
	Encoding string `json:"encodingFormat"`
	SHA256   string `json:"sha256"`
}

type crFileSet struct {
	Type     string `json:"@type"`
	ID       string `json:"@id"`
	Name     string `json:"name"`
	About    string `json:"description"`
	Encoding string `json:"encodingFormat"`
	Includes string `json:"includes"`
}

type crRecordSet struct {
	Type        string    `json:"@type"`
	ID          string    `json:"@id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	Fields      []crField `json:"field"`
}

type crField struct {
	Type      string    `json:"@type"`
	ID        string    `json:"@id"`
	Name      string    `json:"name"`
	DataType  Type      `json:"dataType,omitempty"`
	Repeated  bool      `json:"repeated,omitempty"`
	Source    *crSource `json:"source,omitempty"`
	SubFields []crField `json:"subField,omitempty"`
}

type crSource struct {
	File      map[string]string `json:"fileObject"`
	Extract   map[string]string `json:"extract"`
	Transform map[string]string `json:"transform,omitempty"`
}

// filesListed is how many files of a part are described one by one; more of them are described as a set, and the
// certificate has their sums.
const filesListed = 1000

// croissant returns the description in Croissant 1.0.
func (c *Card) croissant() ([]byte, error) {
	d := crDataset{
		Context: json.RawMessage(croissantContext), Type: "sc:Dataset", ConformsTo: "http://mlcommons.org/croissant/1.0",
		Name: c.slug(), Description: c.summary(), InLanguage: c.languages(), Keywords: c.tags(), DatePublished: c.Date,
		// A number of its own for each revision of the scheme; the texts and labels have none.
		Version: fmt.Sprintf("0.%d.0", c.Scheme.Revision),
	}
	if len(c.Licences) == 1 {
		d.License = c.Licences[0].What
	}
	for _, a := range c.Annotators {
		d.Creator = append(d.Creator, crPerson{"sc:Person", a.Name})
	}
	for i := range c.Parts {
		p := &c.Parts[i]
		if len(p.Files) > filesListed {
			d.Distribution = append(d.Distribution, crFileSet{
				"cr:FileSet", p.Name, p.Name, fmt.Sprintf("The %d files of part %s.", len(p.Files), p.Name), c.encoding(p.Files[0].Name), p.Name + "/**",
			})
			continue
		}
		for _, f := range p.Files {
			d.Distribution = append(d.Distribution, crFile{"cr:FileObject", f.Name, f.Name, f.Name, fmt.Sprintf("%d B", f.Bytes), c.encoding(f.Name), f.SHA256})
		}
		if len(p.Columns) > 0 {
			d.RecordSets = append(d.RecordSets, p.recordSet(c.Format.Name))
		}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(d)
	return b.Bytes(), err
}

// recordSet describes the rows of a part's file.
func (p *Part) recordSet(format string) crRecordSet {
	set := crRecordSet{
		Type: "cr:RecordSet", ID: p.Name, Name: p.Name,
		Description: fmt.Sprintf("Part %s of the dataset, in format %s. Keys that not every record has, and lists in lists, are not described.", p.Name, format),
	}
	file := p.Files[0].Name
	for _, column := range p.Columns {
		field := crField{Type: "cr:Field", ID: p.Name + "/" + column.Name, Name: p.Name + "/" + column.Name, DataType: column.Type, Repeated: column.Repeated}
		if len(column.Columns) == 0 {
			field.Source = columnOf(file, column.Name)
		}
		for _, inner := range column.Columns {
			source := columnOf(file, column.Name)
			source.Transform = map[string]string{"jsonPath": inner.Name}
			id := field.ID + "/" + inner.Name
			field.SubFields = append(field.SubFields, crField{Type: "cr:Field", ID: id, Name: id, DataType: inner.Type, Source: source})
		}
		set.Fields = append(set.Fields, field)
	}
	return set
}

func columnOf(file, name string) *crSource {
	return &crSource{File: map[string]string{"@id": file}, Extract: map[string]string{"column": name}}
}

// encodings are the media types of files by how their names end.
var encodings = map[string]string{
	".jsonl": "application/jsonlines", ".json": "application/json", ".jsonld": "application/ld+json", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
	".xml": "application/xml", ".zip": "application/zip", ".parquet": "application/x-parquet", ".html": "text/html",
}

func (c *Card) encoding(name string) string {
	if e, known := encodings[strings.ToLower(path.Ext(name))]; known {
		return e
	}
	return "text/plain"
}

package card

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/annotate/dataset/split"
)

// readme returns the README: a header for the Hugging Face Hub, and what people want to know.
func (c *Card) readme() ([]byte, error) {
	head, err := yaml.Marshal(c.header())
	if err != nil {
		return nil, err
	}
	w := &page{}
	w.line("---\n%s---\n", head)
	w.line("# %s\n", inline(c.title()))
	w.line("%s\n", inline(c.summary()))
	c.writeFiles(w)
	c.writeCounts(w)
	c.writeScheme(w)
	c.writePeople(w)
	c.writeAgreement(w)
	c.writeSplit(w)
	c.writeLosses(w)
	c.writeMaking(w)
	c.writeLimits(w)
	return w.Bytes(), nil
}

// page is a text in Markdown.
type page struct{ bytes.Buffer }

func (w *page) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// row writes a row of a table.
func (w *page) row(cells ...any) {
	for _, cell := range cells {
		fmt.Fprintf(w, "| %s ", inline(fmt.Sprint(cell)))
	}
	w.line("|")
}

// head writes the head of a table whose columns but the first are numbers, if so many are.
func (w *page) head(texts int, names ...any) {
	w.row(names...)
	for i := range names {
		w.WriteString(map[bool]string{true: "|---", false: "|--:"}[i < texts])
	}
	w.line("|")
}

// special are the characters that mean something in Markdown.
var special = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "|", `\|`, "<", "&lt;", "&", "&amp;", "[", `\[`, "#", `\#`, "\n", " ", "\r", " ")

// inline returns text as Markdown shows it.
func inline(text string) string { return special.Replace(text) }

// quoted returns Markdown as a quotation, so that its headings stay inside it.
func quoted(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ")
}

// header is what the Hub reads.
type header struct {
	Pretty   string   `yaml:"pretty_name"`
	Language []string `yaml:"language,omitempty"`
	License  string   `yaml:"license,omitempty"`
	Name     string   `yaml:"license_name,omitempty"`
	Tasks    []string `yaml:"task_categories,omitempty"`
	Size     []string `yaml:"size_categories"`
	Tags     []string `yaml:"tags"`
	Configs  []config `yaml:"configs,omitempty"`
}

type config struct {
	Name      string `yaml:"config_name"`
	Files     []data `yaml:"data_files"`
	Separator tab    `yaml:"sep,omitempty"`
}

// tab is a separator, which YAML takes only between quotes.
type tab bool

// MarshalYAML returns it.
func (tab) MarshalYAML() ([]byte, error) { return []byte(`"\t"`), nil }

type data struct {
	Split string `yaml:"split"`
	Path  string `yaml:"path"`
}

func (c *Card) header() header {
	h := header{Pretty: c.title(), Language: c.languages(), Size: []string{c.size()}, Tags: c.tags(), Configs: c.configs()}
	switch {
	case len(c.Licences) == 1 && licences[strings.ToLower(c.Licences[0].What)]:
		h.License = strings.ToLower(c.Licences[0].What)
	case len(c.Licences) == 1:
		h.License, h.Name = "other", c.Licences[0].What
	case len(c.Licences) > 1:
		h.License = "other"
	}
	if len(c.Scheme.Spans) > 0 {
		h.Tasks = append(h.Tasks, "token-classification")
	}
	if len(c.Scheme.Document) > 0 {
		h.Tasks = append(h.Tasks, "text-classification")
	}
	return h
}

// licences are identifiers of the Hub that texts are often under; it calls any other one "other".
var licences = map[string]bool{
	"apache-2.0": true, "mit": true, "cc": true, "cc0-1.0": true, "cc-by-2.0": true, "cc-by-2.5": true, "cc-by-3.0": true, "cc-by-4.0": true,
	"cc-by-sa-3.0": true, "cc-by-sa-4.0": true, "cc-by-nc-2.0": true, "cc-by-nc-3.0": true, "cc-by-nc-4.0": true, "cc-by-nd-4.0": true,
	"cc-by-nc-nd-3.0": true, "cc-by-nc-nd-4.0": true, "cc-by-nc-sa-2.0": true, "cc-by-nc-sa-3.0": true, "cc-by-nc-sa-4.0": true, "pddl": true, "odc-by": true,
	"odbl": true, "gfdl": true, "unlicense": true, "unknown": true,
}

// size returns the size as the Hub classes it.
func (c *Card) size() string {
	n := c.total((*Part).documents)
	for _, class := range []struct {
		below int
		name  string
	}{{1_000, "n<1K"}, {10_000, "1K<n<10K"}, {100_000, "10K<n<100K"}, {1_000_000, "100K<n<1M"}, {10_000_000, "1M<n<10M"}} {
		if n < class.below {
			return class.name
		}
	}
	return "10M<n<100M"
}

// languages returns what documents say of their language, the most frequent first.
func (c *Card) languages() []string {
	var all []string
	for _, l := range c.Languages {
		all = append(all, l.What)
	}
	return all
}

func (c *Card) tags() []string {
	tags := []string{"spanwright"}
	for _, t := range []struct {
		tag string
		has bool
	}{
		{"span-annotation", len(c.Scheme.Spans) > 0},
		{"relation-extraction", len(c.Scheme.Relations) > 0},
		{"croissant", true},
	} {
		if t.has {
			tags = append(tags, t.tag)
		}
	}
	return tags
}

// configs says where the parts are, in formats that the Hub reads.
func (c *Card) configs() []config {
	conf := config{Name: "default"}
	for i := range c.Parts {
		p := &c.Parts[i]
		if len(p.Columns) == 0 || len(p.Files) != 1 {
			return nil
		}
		if strings.HasSuffix(p.Files[0].Name, ".tsv") {
			conf.Separator = true
		}
		conf.Files = append(conf.Files, data{strings.ReplaceAll(p.Name, "-", "_"), p.Files[0].Name})
	}
	return []config{conf}
}

// summary says in a few sentences what the dataset is.
func (c *Card) summary() string {
	title := cmp.Or(c.Scheme.Title, c.Scheme.Name)
	return fmt.Sprintf("%s, labelled by hand with the scheme “%s” in Spanwright: %s and %s, in %s.",
		count(c.total((*Part).documents), "document"), title, count(c.all(Spans), "span"), count(c.all(Relations), "relation"), count(len(c.Parts), "part"))
}

func (c *Card) all(kind Kind) int { return c.total(func(p *Part) int { return p.all(kind) }) }

// count returns "1 span" or "2 spans".
func count(n int, singular string) string {
	if n == 1 {
		return "1 " + singular
	}
	return fmt.Sprintf("%d %ss", n, singular)
}

// filesNamed is how many files of a part the README names.
const filesNamed = 3

func (c *Card) writeFiles(w *page) {
	w.line("## Files\n")
	w.head(2, "part", "files", "documents", "layers", "spans", "relations", "characters")
	for i := range c.Parts {
		p := &c.Parts[i]
		names := p.Name + "/, " + count(len(p.Files), "file")
		if len(p.Files) <= filesNamed {
			var all []string
			for _, f := range p.Files {
				all = append(all, f.Name)
			}
			names = strings.Join(all, ", ")
		}
		w.row(p.Name, names, p.Documents, p.Records, p.all(Spans), p.all(Relations), p.Characters)
	}
	w.line("\nThe format is %s (%s). A layer is a document as one annotator left it, and a record of its own. "+
		"`croissant.json` describes the files in MLCommons Croissant 1.0, with their SHA-256; `split.certificate.json` says how they were checked.", c.Format.Name, c.Format.Title)
	if c.Unit != "" {
		w.line("Offsets count %s, from 0, and the end is not part of the span.", units[c.Unit])
	}
	if c.configs() == nil {
		w.line("The Hub's viewer does not read this format.")
	}
	w.line("")
	if len(c.Fields) > 0 {
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, fmt.Sprintf("%s (%d)", inline(f.What), f.Documents))
		}
		w.line("Documents have these metadata fields: %s.\n", strings.Join(fields, ", "))
	}
}

// units are what offsets count, in words.
var units = map[annotate.Unit]string{
	annotate.CodePoint: "Unicode code points, as Python does", annotate.UTF16: "UTF-16 code units, as JavaScript and Java do", annotate.Byte: "bytes of UTF-8",
}

func (c *Card) writeCounts(w *page) {
	w.line("## Labels\n\n![How often each label occurs, by part](%s)\n", LabelsName)
	for _, kind := range []Kind{Spans, Relations, Records, Values} {
		subjects := c.subjects(kind)
		if len(subjects) == 0 {
			continue
		}
		if kind == Values {
			w.line("![How many documents have each value, by part](%s)\n", ValuesName)
		}
		names := []any{string(kind)}
		for _, p := range c.Parts {
			names = append(names, p.Name)
		}
		w.head(1, append(names, "all")...)
		for _, s := range subjects {
			parts, total := c.count(s)
			cells := []any{s.called()}
			for _, n := range parts {
				cells = append(cells, n)
			}
			w.row(append(cells, total)...)
		}
		w.line("")
	}
}

func (c *Card) writeScheme(w *page) {
	w.line("## Scheme\n\n%s (revision %d)\n", inline(cmp.Or(c.Scheme.Title, c.Scheme.Name)), c.Scheme.Revision)
	if c.Scheme.Guideline != "" {
		w.line("%s\n", quoted(c.Scheme.Guideline))
	}
	for _, l := range c.Scheme.Spans {
		w.item("Span", l.Label, l.Guideline, l.Example, l.Attributes)
	}
	for _, l := range c.Scheme.Relations {
		w.item("Relation", l.Label, l.Guideline, l.Example, l.Attributes)
		for _, r := range l.Roles {
			fillers := strings.Join(append(append([]string{}, r.Labels...), r.Relations...), ", ")
			w.line("* role %s: %s", inline(r.Name), inline(cmp.Or(fillers, "anything")))
		}
		w.line("")
	}
	w.records(c.Scheme.Records)
	if len(c.Scheme.Document) > 0 {
		w.line("### Attributes of documents\n")
		w.attributes(c.Scheme.Document)
	}
}

func (w *page) records(labels []annotate.RecordLabel) {
	for _, l := range labels {
		w.item("Record", l.Label, l.Guideline, l.Example, l.Attributes)
		w.records(l.Records)
	}
}

func (w *page) item(kind, label, guideline, example string, attributes []annotate.Attribute) {
	w.line("### %s: %s\n", kind, inline(label))
	if guideline != "" {
		w.line("%s\n", quoted(guideline))
	}
	if example != "" {
		w.line("Example: %s\n", inline(example))
	}
	w.attributes(attributes)
}

func (w *page) attributes(attributes []annotate.Attribute) {
	for i := range attributes {
		a := &attributes[i]
		line := fmt.Sprintf("* %s (%s)", inline(a.Name), a.Kind)
		var values []string
		for choice := range a.Choices() {
			values = append(values, inline(choice.Name))
		}
		if len(values) > 0 {
			line += ": " + strings.Join(values, ", ")
		}
		if a.Guideline != "" {
			line += ". " + strings.Join(strings.Fields(a.Guideline), " ")
		}
		w.line("%s", line)
	}
	if len(attributes) > 0 {
		w.line("")
	}
}

func (c *Card) writePeople(w *page) {
	w.line("## Annotators\n")
	if len(c.Annotators) == 0 {
		w.line("Nobody has annotated these documents yet.\n")
		return
	}
	w.head(1, "annotator", "documents", "of them done", "spans", "relations")
	for _, a := range c.Annotators {
		w.row(a.Name, a.Documents, a.Done, a.Spans, a.Relations)
	}
	w.line("")
	if c.Pseudonyms {
		w.line("The names are pseudonyms.\n")
	}
}

func (c *Card) writeAgreement(w *page) {
	w.line("## Agreement\n")
	if c.Compared == 0 {
		w.line("Not defined: no document was worked on by two annotators.\n")
		return
	}
	w.line("Of the %s that two annotators or more worked on, whichever layers are in the files. For three annotators and more, figures of pairs are means over pairs. "+
		"The interval holds the figure with 95 %% confidence, if other documents had been drawn (bootstrap).\n", count(c.Compared, "document"))
	w.head(2, "measure", "of what", "value", "95 % interval", "of")
	for _, r := range c.Agreement {
		interval := ""
		if r.Confidence.Defined {
			interval = fmt.Sprintf("%.3f to %.3f", r.Confidence.Low, r.Confidence.High)
		}
		w.row(r.Measure, cmp.Or(r.Subject, "all"), r.Figure, interval, r.Of)
	}
	w.line("")
	told := ""
	for _, r := range c.Agreement {
		if r.Measure != told {
			told = r.Measure
			m, _ := agreement.FindMeasure(r.Measure)
			w.line("* %s: %s", inline(m.Name), inline(m.Title))
		}
	}
	w.line("")
}

func (c *Card) writeSplit(w *page) {
	r := c.Split
	if len(r.Parts) < 2 {
		return
	}
	w.line("## How it was divided\n")
	w.line("Documents that must not be separated make groups, and whole groups are in one part. %s. "+
		"Each group has a place by the SHA-256 of the seed (%d) and of its first text; as few groups as it takes are then moved until each part has its share.\n", c.bonds(), r.Seed)
	w.head(1, "part", "share", "documents aimed at", "documents", "groups")
	for _, p := range r.Parts {
		w.row(p.Name, fmt.Sprintf("%g %%", p.Share), fmt.Sprintf("%.1f", p.Aim), p.Documents, p.Groups)
	}
	w.line("")
	if len(r.Strata) > 0 {
		names := []any{"stratified by"}
		for _, p := range r.Parts {
			names = append(names, p.Name)
		}
		w.head(1, append(names, "all")...)
		for _, s := range r.Strata {
			cells := []any{s.Name}
			for _, n := range s.Parts {
				cells = append(cells, n)
			}
			w.row(append(cells, s.Total)...)
		}
		w.line("")
	}
	for _, g := range r.Large {
		w.line("* A group of %d documents is more than the smallest part should have; all are in %s: %s", g.Documents, inline(g.Part), inline(strings.Join(append(g.Names, g.Bonds...), ", ")))
	}
	w.line("### What parts have in common\n")
	if len(r.Leaks) == 0 {
		w.line("Nothing was found: no texts that are alike, no concepts, no relations, and no sources, authors, dates or addresses.")
	}
	for _, l := range r.Leaks {
		w.line("* %s: %d, in %s, for instance %s", inline(l.What), l.Count, count(l.Documents, "document"), inline(l.Examples[0]))
	}
	if r.Crowded > 0 {
		w.line("* So many texts begin to look alike that not all of them were compared with each other.")
	}
	w.line("")
}

// bonds says in a sentence what keeps documents together.
func (c *Card) bonds() string {
	words := map[split.Bond]string{
		split.Duplicates: fmt.Sprintf("near-duplicates (Jaccard index of runs of three words, or six letters in scripts without blanks, from %.1f on; found by MinHash)", split.Duplicate),
		split.Relations:  "documents of one relation", split.Concepts: "documents that mention one concept",
	}
	var all []string
	for _, b := range c.Split.Together {
		all = append(all, words[b])
	}
	for _, field := range c.Split.GroupBy {
		all = append(all, "documents of one "+inline(field))
	}
	if len(all) == 0 {
		return "Nothing was kept together here"
	}
	return "Kept together are " + strings.Join(all, "; ")
}

func (c *Card) writeLosses(w *page) {
	w.line("## What the format does not hold\n")
	if len(c.Losses) == 0 {
		w.line("Nothing was lost.\n")
		return
	}
	w.head(1, "of the project", "times")
	for _, l := range c.Losses {
		w.row(l.What, l.Count)
	}
	w.line("")
}

func (c *Card) writeMaking(w *page) {
	w.line("## How it was made\n\n%s, scheme %s in revision %d.", inline(c.Program), inline(c.Scheme.Name), c.Scheme.Revision)
	if c.Date != "" {
		w.line("The last change in the project was made on %s.", c.Date)
	}
	w.line("The same project gives the same files with\n\n```sh\n%s\n```\n", c.Command)
	chosen := "all layers"
	switch {
	case len(c.Layers) == 1:
		chosen = "the layer " + c.Layers[0]
	case len(c.Layers) > 1:
		chosen = "the layers " + strings.Join(c.Layers, ", ")
	}
	if len(c.States) > 0 {
		var states []string
		for _, s := range c.States {
			states = append(states, string(s))
		}
		chosen += ", in state " + strings.Join(states, " or ")
	}
	w.line("Of the project it has %s.\n", inline(chosen))
}

func (c *Card) writeLimits(w *page) {
	w.line("## Known limits\n")
	if len(c.Licences) == 0 {
		w.line("* Nobody has said under what licence the texts may be used: no document has a metadata field `license`.")
	}
	if len(c.Licences) > 1 {
		w.line("* The texts are under several licences:")
		for _, l := range c.Licences {
			w.line("  * %s: %s", inline(l.What), count(l.Documents, "document"))
		}
	}
	if len(c.Languages) == 0 {
		w.line("* Nobody has said what languages the texts are in: no document has a metadata field `language`.")
	}
	if c.Format.Name == "jsonl" {
		w.line("* Programs that guess types from the first lines may want keys of `meta`, `labels` and `attributes` that only later lines have.")
	}
	w.line("* Texts that tell the same in other words, or in another language, are not known for near-duplicates.")
	w.line("* What is said here of the texts is what their metadata say, and nobody has checked it.")
}

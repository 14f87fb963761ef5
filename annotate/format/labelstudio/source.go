package labelstudio

import (
	"encoding/json"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// source is the text that a task is about.
type source struct {
	key        string // of the data
	text       string
	paragraphs []int      // where those of a dialogue begin, in UTF-16 units
	page       *hypertext // nil where the text is not HTML
}

// usual are the fields that mostly hold the text.
var usual = []string{"text", "html", "dialogue", "document", "content"}

// find finds the text among the data: in the field that results name as their source or
// object, in one with a usual name, else in the longest one.
func (t *task) find(data dataset.Fields, annotations []dataset.Fields, guesses []json.RawMessage) error {
	key, page := named(data, annotations, guesses)
	for i := 0; key == "" && i < len(usual); i++ {
		if isText(data[usual[i]]) {
			key = usual[i]
		}
	}
	if key == "" {
		longest := 0
		for _, k := range annotate.SortedKeys(data) {
			if isText(data[k]) && len(data[k]) > longest && k != nameKey {
				key, longest = k, len(data[k])
			}
		}
		if key != "" {
			t.remarks = append(t.remarks, "nothing says which field is the text; the longest was taken, "+strconv.Quote(key))
		}
	}
	if key == "" {
		return annotate.Errorf(annotate.Unsupported, "there is no text among its data")
	}
	t.source.key = key
	if name, err := data.Text(nameKey); err == nil && key != nameKey {
		t.name = name
	}
	return t.open(data[key], page)
}

// named returns the field that the results are about, and whether they point into HTML.
func named(data dataset.Fields, annotations []dataset.Fields, guesses []json.RawMessage) (key string, page bool) {
	lists := []json.RawMessage{}
	for _, annotation := range annotations {
		lists = append(lists, annotation["result"])
	}
	for _, raw := range guesses {
		if guess, err := dataset.ParseFields(raw); err == nil {
			lists = append(lists, guess["result"])
		}
	}
	for _, raw := range lists {
		var results []result
		if json.Unmarshal(raw, &results) != nil {
			continue // told when it is read
		}
		for _, x := range results {
			value, err := dataset.ParseFields(x.Value)
			if err != nil || !value.Has("start") {
				continue
			}
			page = page || x.Type == "hypertextlabels" && value["start"][0] == '"'
			for _, k := range []string{strings.TrimPrefix(x.Source, "$"), x.To} {
				if key == "" && isText(data[k]) {
					key = k
				}
			}
		}
	}
	return key, page
}

// isText reports whether a field is a text, or a dialogue.
func isText(raw json.RawMessage) bool {
	if len(raw) == 0 {
		return false
	}
	var s string
	if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		address := !strings.ContainsAny(s, " \n") && (strings.Contains(s, "://") || strings.HasPrefix(s, "/data/"))
		return !address
	}
	return raw[0] == '[' && dialogue(raw) != nil
}

type turn struct {
	Author string  `json:"author"`
	Text   *string `json:"text"`
}

// dialogue reads the paragraphs of a dialogue, nil if it is none.
func dialogue(raw json.RawMessage) []turn {
	var turns []turn
	if json.Unmarshal(raw, &turns) != nil || len(turns) == 0 {
		return nil
	}
	for _, t := range turns {
		if t.Text == nil {
			return nil
		}
	}
	return turns
}

// open reads the text of a field. A dialogue has a line for each paragraph, which begins
// with its author; of HTML, the text that a browser has.
func (t *task) open(raw json.RawMessage, page bool) error {
	s := &t.source
	if raw[0] == '[' {
		var b strings.Builder
		units := 0
		add := func(words string) {
			b.WriteString(words)
			units += annotate.NewOffsets(words).Len(annotate.UTF16)
		}
		for _, turn := range dialogue(raw) {
			if turn.Author != "" {
				add(strings.TrimSuffix(turn.Author, ":") + ": ")
			}
			s.paragraphs = append(s.paragraphs, units)
			add(*turn.Text + "\n")
		}
		s.text = b.String()
		t.remarks = append(t.remarks, "the text was put together from the paragraphs of a dialogue, a line for each with its author")
		return nil
	}
	if err := json.Unmarshal(raw, &s.text); err != nil {
		return annotate.Errorf(annotate.Invalid, "its text: %w", err)
	}
	if page {
		var err error
		if s.page, err = newHypertext(s.text); err != nil {
			return err
		}
		s.text = s.page.text
		t.remarks = append(t.remarks, "the text is that of an HTML page, without its tags")
	}
	return nil
}

// place reads where a region stands, and the words it says are there.
func (s *source) place(value dataset.Fields) (dataset.Part, error) {
	part := dataset.Part{}
	var err error
	if value["start"][0] == '"' {
		if part.Start, part.End, err = s.inParts(value); err != nil {
			return part, err
		}
	} else {
		if part.Start, err = value.Offset("start"); err != nil {
			return part, err
		}
		if part.End, err = value.Offset("end"); err != nil {
			return part, err
		}
	}
	within := s.page != nil || s.paragraphs == nil || string(value["start"]) == string(value["end"])
	var words string
	if json.Unmarshal(value["text"], &words) == nil && within {
		part.Words, part.Quoted = words, true
	}
	return part, nil
}

// inParts returns the offsets of a region that stands in paragraphs or nodes of a page.
func (s *source) inParts(value dataset.Fields) (start, end int, err error) {
	if s.page != nil && value.Has("globalOffsets") {
		whole, err := value.Object("globalOffsets")
		if err != nil {
			return 0, 0, err
		}
		if start, err = whole.Offset("start"); err != nil {
			return 0, 0, err
		}
		end, err = whole.Offset("end")
		return start, end, err
	}
	if start, err = s.inPart(value, "start", "startOffset"); err != nil {
		return 0, 0, err
	}
	end, err = s.inPart(value, "end", "endOffset")
	return start, end, err
}

func (s *source) inPart(value dataset.Fields, which, offset string) (int, error) {
	name, err := value.Text(which)
	if err != nil {
		return 0, err
	}
	within, err := value.Offset(offset)
	if err != nil {
		return 0, err
	}
	if s.page != nil {
		begin, ok := s.page.node(name)
		if !ok {
			return 0, annotate.Errorf(annotate.Invalid, "%q is %q, which is no text of the page", which, annotate.Excerpt(name, 60))
		}
		return begin + within, nil
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 0 || n >= len(s.paragraphs) {
		return 0, annotate.Errorf(annotate.Invalid, "%q is %q, and the text has %d paragraphs", which, annotate.Excerpt(name, 60), len(s.paragraphs))
	}
	return s.paragraphs[n] + within, nil
}

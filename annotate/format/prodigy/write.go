package prodigy

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"sort"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// task is a line. What Prodigy does not know it keeps.
type task struct {
	Text       string                    `json:"text"`
	InputHash  json.Number               `json:"_input_hash,omitempty"`
	Tokens     []token                   `json:"tokens,omitempty"`
	Spans      []span                    `json:"spans"`
	Relations  []relation                `json:"relations,omitempty"`
	Meta       map[string]string         `json:"meta,omitempty"`
	Name       string                    `json:"name"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
	Annotator  string                    `json:"_annotator_id,omitempty"`
	Answer     string                    `json:"answer,omitempty"`
	Status     string                    `json:"status,omitempty"` // untouched, where somebody has done nothing yet
}

type token struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	ID    int    `json:"id"`
	Blank bool   `json:"ws"` // a blank follows
}

type span struct {
	Start      int                       `json:"start"`
	End        int                       `json:"end"`
	TokenStart *int                      `json:"token_start,omitempty"` // where there are tokens
	TokenEnd   *int                      `json:"token_end,omitempty"`   // the last one
	Label      string                    `json:"label"`
	Text       string                    `json:"text"`
	Span       *int                      `json:"span,omitempty"` // which of the task's spans it is, at the end of a relation
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

type relation struct {
	Head       int                       `json:"head"` // last token of the span
	Child      int                       `json:"child"`
	HeadSpan   span                      `json:"head_span"`
	ChildSpan  span                      `json:"child_span"`
	Label      string                    `json:"label"`
	Attributes map[string]annotate.Value `json:"attributes,omitempty"`
	Flag       string                    `json:"flag,omitempty"`
	Note       string                    `json:"note,omitempty"`
}

// write writes a task for each record. Tokens are written where relations need them;
// the hashes Prodigy makes itself.
func write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	return nil, dataset.WriteLines(ctx, w, records, func(r *dataset.Record) any { return newTask(r) })
}

func newTask(r *dataset.Record) *task {
	t := &task{Text: r.Document.Text, Name: r.Document.Name, Meta: r.Document.Meta, Annotator: r.Annotator, Spans: []span{}}
	if hash := t.Meta[inputHash]; hash != "" {
		if n, err := strconv.ParseInt(hash, 10, 32); err == nil && strconv.FormatInt(n, 10) == hash {
			t.InputHash, t.Meta = json.Number(hash), maps.Clone(t.Meta)
			delete(t.Meta, inputHash)
		}
	}
	if a := r.Assessment; a != nil {
		t.Attributes, t.Flag, t.Note = a.Labels, a.Flag, a.Note
		switch {
		case a.Status == annotate.Done:
			t.Answer = accept
		case a.Flag == ignore && len(r.Spans)+len(r.Relations) == 0:
			t.Answer = ignore
		case a.Status == annotate.New:
			t.Status = untouched
		}
	}
	c := counter{offsets: annotate.NewOffsets(r.Document.Text)}
	if len(r.Relations) > 0 {
		t.Tokens = c.tokenize(r.Document.Text)
	}
	numbers := map[annotate.ID]int{}
	for i, s := range r.Spans {
		numbers[s.ID] = i
		made := c.span(s, r.Document.Text)
		made.Attributes, made.Flag, made.Note = s.Attributes, s.Flag, s.Note
		t.Spans = append(t.Spans, made)
	}
	for _, x := range r.Relations {
		head, child := numbers[x.Role(annotate.Head)[0].Span], numbers[x.Role(annotate.Tail)[0].Span]
		made := relation{
			Label: x.Label, HeadSpan: end(t.Spans, head), ChildSpan: end(t.Spans, child), Attributes: x.Attributes, Flag: x.Flag, Note: x.Note,
			Head: c.lastToken(r.Spans[head]), Child: c.lastToken(r.Spans[child]),
		}
		t.Relations = append(t.Relations, made)
	}
	return t
}

// end returns a span as the end of a relation tells it.
func end(spans []span, n int) span {
	s := spans[n]
	s.Attributes, s.Flag, s.Note, s.Span = nil, "", "", &n
	return s
}

// counter counts as Prodigy does.
type counter struct {
	offsets *annotate.Offsets
	tokens  []annotate.Fragment
}

func (c *counter) tokenize(text string) []token {
	tokens := []token{}
	for f := range annotate.NewBody(text).Tokens(annotate.Fragment{Start: 0, End: len(text)}) {
		c.tokens = append(c.tokens, f)
		tokens = append(tokens, token{
			Text: text[f.Start:f.End], Start: c.offsets.To(annotate.CodePoint, f.Start), End: c.offsets.To(annotate.CodePoint, f.End),
			ID: len(tokens), Blank: f.End < len(text) && text[f.End] == ' ',
		})
	}
	return tokens
}

func (c *counter) span(s *annotate.Span, text string) span {
	at := s.Extent()
	made := span{Start: c.offsets.To(annotate.CodePoint, at.Start), End: c.offsets.To(annotate.CodePoint, at.End), Label: s.Label, Text: text[at.Start:at.End]}
	first := sort.Search(len(c.tokens), func(i int) bool { return c.tokens[i].Start >= at.Start })
	last := c.lastToken(s)
	if first <= last && last < len(c.tokens) && c.tokens[first].Start == at.Start && c.tokens[last].End == at.End {
		made.TokenStart, made.TokenEnd = &first, &last
	}
	return made
}

// lastToken returns the number of the last token that begins in or before a span, 0 if there is none.
func (c *counter) lastToken(s *annotate.Span) int {
	end := s.Extent().End
	return max(sort.Search(len(c.tokens), func(i int) bool { return c.tokens[i].Start >= end })-1, 0)
}

package argilla

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
)

// write writes a data set into a folder.
func write(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	s := newSettings(options.Scheme)
	if err := writeFile(filepath.Join(folder, recordsName), func(w io.Writer) error { return s.records(ctx, w, records) }); err != nil {
		return nil, err
	}
	hidden := filepath.Join(folder, hiddenName)
	if err := os.Mkdir(hidden, 0o755); err != nil {
		return nil, dataset.FileError(hidden, err)
	}
	for name, content := range map[string]any{settingsName: s.settings(), datasetName: s.dataset()} {
		err := writeFile(filepath.Join(hidden, name), func(w io.Writer) error { return encoderTo(w).Encode(content) })
		if err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	out := bufio.NewWriterSize(f, 1<<16)
	err = write(out)
	if err == nil {
		err = out.Flush()
	}
	if closed := f.Close(); err == nil && closed != nil {
		err = dataset.FileError(path, closed)
	}
	return err
}

func encoderTo(w io.Writer) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder
}

// outRecord is a document with all that was said of it.
type outRecord struct {
	ID          string                `json:"id"`
	Fields      map[string]string     `json:"fields"`
	Metadata    map[string]string     `json:"metadata"`
	Suggestions struct{}              `json:"suggestions"`
	Responses   map[string][]response `json:"responses"`
	Vectors     struct{}              `json:"vectors"`
	Status      string                `json:"status"`
	Server      *string               `json:"_server_id"`
	more        more
}

type response struct {
	Value any         `json:"value"`
	User  annotate.ID `json:"user_id"`
}

// more is what Argilla has no place for in a record: a text in JSON among its metadata.
type more struct {
	Annotators []annotator `json:"annotators"`
	Metadata   string      `json:"metadata,omitempty"` // that is called like the text itself
}

// annotator is a user, and what Argilla has no place for of the user's work.
type annotator struct {
	User   annotate.ID               `json:"user_id"`
	Name   string                    `json:"name"`
	Labels map[string]annotate.Value `json:"labels,omitempty"` // attributes of the document, of which some are answers too
	*aside.Aside
}

type span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
}

// records writes a list with a record on each line; layers of one document that follow
// each other are responses of one record.
func (s *settings) records(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error]) error {
	encoder := encoderTo(w)
	var waiting *outRecord
	var of *annotate.Document
	begin := "["
	flush := func() error {
		if waiting == nil {
			return nil
		}
		if _, err := io.WriteString(w, begin); err != nil {
			return err
		}
		begin = ","
		if err := waiting.tellMore(); err != nil {
			return err
		}
		return encoder.Encode(waiting)
	}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		d := r.Document
		if waiting == nil || r.Annotator == "" || len(waiting.more.Annotators) == 0 || d.ID != of.ID || !maps.Equal(d.Meta, of.Meta) {
			if err := flush(); err != nil {
				return err
			}
			of = d
			waiting = &outRecord{
				ID: d.Name, Fields: map[string]string{"text": d.Text}, Metadata: map[string]string{}, Responses: map[string][]response{}, Status: "pending",
			}
			maps.Copy(waiting.Metadata, d.Meta)
		}
		if r.Annotator != "" {
			s.layer(waiting, r)
		}
	}
	if err := flush(); err != nil {
		return err
	}
	end := "]\n"
	if waiting == nil {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// tellMore puts what Argilla has no place for among the metadata.
func (r *outRecord) tellMore() error {
	r.more.Metadata = r.Metadata[aside.Key]
	if len(r.more.Annotators) == 0 && r.more.Metadata == "" {
		return nil
	}
	var text strings.Builder
	if err := encoderTo(&text).Encode(r.more); err != nil {
		return err
	}
	r.Metadata[aside.Key] = strings.TrimSuffix(text.String(), "\n")
	return nil
}

// layer adds what one annotator says.
func (s *settings) layer(to *outRecord, r *dataset.Record) {
	user := annotate.DerivedID("argilla", "user", r.Annotator)
	offsets := annotate.NewOffsets(r.Document.Text)
	a := annotator{User: user, Name: r.Annotator, Aside: aside.New(r, offsets)}
	if r.Assessment != nil {
		a.Labels = r.Assessment.Labels
	}
	to.more.Annotators = append(to.more.Annotators, a)
	if !a.answered() && len(r.Spans) == 0 {
		return
	}
	if r.Assessment != nil && r.Assessment.Status == annotate.Done {
		to.Status = "completed"
	}
	spans := []span{}
	for _, x := range r.Spans {
		extent := x.Extent()
		spans = append(spans, span{offsets.To(annotate.CodePoint, extent.Start), offsets.To(annotate.CodePoint, extent.End), x.Label})
		s.label(x.Label)
	}
	to.Responses[spansQuestion] = append(to.Responses[spansQuestion], response{spans, user})
	for name, v := range a.Labels {
		if q := s.question(name); q != nil {
			if value := q.answer(v); value != nil {
				to.Responses[name] = append(to.Responses[name], response{value, user})
			}
		}
	}
}

// answered reports whether a user has answered who left no spans.
func (a *annotator) answered() bool { return len(a.Labels) > 0 || a.Aside != nil }

// questionName is what Argilla lets a question be called.
var questionName = regexp.MustCompile(`^[a-z0-9_-]*[a-z0-9][a-z0-9_-]*$`)

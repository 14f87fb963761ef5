package store

import (
	"slices"

	"spanwright/annotate"
)

// text is a document's text and, once asked for, its offset table.
type text struct {
	hash    string
	content string
	offsets *annotate.Offsets
}

func (t *text) codePoint(offset int) int {
	if t.offsets == nil {
		t.offsets = annotate.NewOffsets(t.content)
	}
	return t.offsets.To(annotate.CodePoint, offset)
}

// textCache holds the texts used last, so that labelling one long document does
// not read and count it again for every span.
type textCache struct {
	latest []*text // the one used last comes last
}

const (
	cachedTexts = 8
	cachedBytes = 32 << 20 // of all cached texts; the latest one is kept however long
)

func (c *textCache) get(hash string) *text {
	i := slices.IndexFunc(c.latest, func(t *text) bool { return t.hash == hash })
	if i < 0 {
		return nil
	}
	t := c.latest[i]
	c.latest = append(slices.Delete(c.latest, i, i+1), t)
	return t
}

func (c *textCache) put(t *text) {
	if c.get(t.hash) != nil {
		return
	}
	c.latest = append(c.latest, t)
	size := 0
	for i := len(c.latest) - 1; i >= 0; i-- {
		size += len(c.latest[i].content)
		if i < len(c.latest)-1 && (size > cachedBytes || len(c.latest)-i > cachedTexts) {
			c.latest = slices.Delete(c.latest, 0, i+1)
			return
		}
	}
}

// textOf returns the text of a document, nil when the document is not there.
func (b *batch) textOf(document annotate.ID) (*text, error) {
	if b.latest.document == document && document != "" {
		return b.latest.text, nil
	}
	t, err := b.lookUpText(document)
	if err == nil && t != nil {
		b.latest.document, b.latest.text = document, t
	}
	return t, err
}

func (b *batch) lookUpText(document annotate.ID) (*text, error) {
	var hash string
	found, err := one(b, "SELECT text FROM document WHERE id = ?", []any{document}, &hash)
	if err != nil || !found {
		return nil, err
	}
	if t := b.p.texts.get(hash); t != nil {
		return t, nil
	}
	t := &text{hash: hash}
	if t.content, err = textBy(b, hash); err != nil {
		return nil, err
	}
	b.p.texts.put(t)
	return t, nil
}

// textBy reads the text of that hash.
func textBy(on source, hash string) (string, error) {
	var content string
	found, err := one(on, "SELECT content FROM text WHERE hash = ?", []any{hash}, &content)
	if err == nil && !found {
		err = annotate.Errorf(annotate.NotFound, "the project holds no text with the hash %.12s", hash)
	}
	return content, err
}

// keepText stores the text of a document state, unless it is there already.
func (b *batch) keepText(d *annotate.Document) error {
	if d.Text != "" || d.Hash == annotate.HashText("") {
		err := execute(b, "INSERT INTO text (hash, size, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", d.Hash, len(d.Text), d.Text)
		if err == nil {
			b.p.texts.put(&text{hash: d.Hash, content: d.Text})
		}
		return err
	}
	var known int
	found, err := one(b, "SELECT 1 FROM text WHERE hash = ?", []any{d.Hash}, &known)
	if err == nil && !found {
		err = annotate.Errorf(annotate.Invalid, "the text of document %q is missing", d.Name)
	}
	return err
}

// Text returns the text of that SHA-256, as the journal's documents name it.
func (p *Project) Text(hash string) (string, error) {
	content, err := textBy(p.reading, hash)
	return content, p.fault(err)
}

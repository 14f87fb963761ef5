package epub

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/webpage"
)

// Format is EPUB books.
var Format = &dataset.Format{
	Name:     "epub",
	Title:    "EPUB book, its text with title, author and date; holds no annotations",
	Patterns: patterns,
	Holds:    dataset.Holds{dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Sniff:    sniff,
	Read:     dataset.ReadOne(decode),
}

var patterns = []string{"*.epub"}

// sniff knows a book by its name, or by the member that must come first in it.
func sniff(head dataset.Head) bool {
	return head.Matches(patterns...) ||
		bytes.HasPrefix(head.Text, []byte("PK\x03\x04")) && bytes.Contains(head.Text[:min(len(head.Text), 100)], []byte("mimetypeapplication/epub+zip"))
}

func decode(ctx context.Context, in dataset.Input) (*dataset.Record, error) {
	a, err := dataset.OpenArchive(in.Path)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	b, err := open(a)
	if err != nil {
		return nil, err
	}
	text, err := b.text(ctx)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{}
	for _, name := range b.missing {
		r.Remark(in.Path, 0, "the book lists %q among its chapters and lacks it", name)
	}
	return r, r.SetText(in, "the book", text, b.about)
}

// book is an EPUB book that was opened.
type book struct {
	archive  *dataset.Archive
	about    map[string]string
	chapters []string // members, in reading order
	missing  []string
}

// open reads what a book says of itself, and where its chapters are.
func open(a *dataset.Archive) (*book, error) {
	container, err := a.Element("META-INF/container.xml")
	if err != nil {
		return nil, err
	}
	at := ""
	if roots := container.Find("rootfiles"); roots != nil {
		if root := roots.Find("rootfile"); root != nil {
			at = path.Clean(root.Attr("full-path"))
		}
	}
	if !a.Has(at) {
		return nil, annotate.Errorf(annotate.Invalid, "it is no EPUB book: META-INF/container.xml does not say where its package is")
	}
	opf, err := a.Element(at)
	if err != nil {
		return nil, err
	}
	b := &book{archive: a, about: about(opf)}
	if err := b.spine(opf, path.Dir(at)); err != nil {
		return nil, err
	}
	return b, b.open()
}

// spine finds the chapters of a package that lies in folder.
func (b *book) spine(opf *dataset.Element, folder string) error {
	manifest, spine := opf.Find("manifest"), opf.Find("spine")
	if manifest == nil || spine == nil {
		return annotate.Errorf(annotate.Invalid, "it is no EPUB book: its package has no manifest and spine")
	}
	items := map[string]*dataset.Element{}
	for _, item := range manifest.All("item") {
		items[item.Attr("id")] = item
	}
	for _, ref := range spine.All("itemref") {
		item := items[ref.Attr("idref")]
		switch {
		case item == nil:
			b.missing = append(b.missing, ref.Attr("idref"))
			continue
		case ref.Attr("linear") == "no", !strings.Contains(item.Attr("media-type"), "html"):
			continue
		case strings.Contains(" "+item.Attr("properties")+" ", " nav "):
			continue
		}
		href, _, _ := strings.Cut(item.Attr("href"), "#")
		if plain, err := url.PathUnescape(href); err == nil {
			href = plain
		}
		name := path.Join(folder, href)
		if !b.archive.Has(name) {
			b.missing = append(b.missing, name)
			continue
		}
		b.chapters = append(b.chapters, name)
	}
	return nil
}

// open makes sure that the chapters can be read. Fonts may be obfuscated.
func (b *book) open() error {
	const name = "META-INF/encryption.xml"
	if !b.archive.Has(name) {
		return nil
	}
	raw, err := b.archive.Read(name)
	if err != nil {
		return err
	}
	for _, chapter := range b.chapters {
		if bytes.Contains(raw, []byte(`"`+(&url.URL{Path: chapter}).EscapedPath()+`"`)) {
			return annotate.Errorf(annotate.Unsupported, "the book is protected against copying, and cannot be read")
		}
	}
	return nil
}

// text returns the text of all chapters, a blank line between them.
func (b *book) text(ctx context.Context) (string, error) {
	var all []string
	size := 0
	for _, name := range b.chapters {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		raw, err := b.archive.Read(name)
		if err != nil {
			return "", err
		}
		page, err := html.Parse(bytes.NewReader(opened(raw)))
		if err != nil {
			return "", annotate.Errorf(annotate.Invalid, "its chapter %q cannot be read as XHTML: %w", name, err)
		}
		chapter := webpage.Chapter(page)
		if size += len(chapter); size > annotate.MaxText {
			return "", annotate.Errorf(annotate.Unsupported, "the text has more than %d MB, which is the limit", annotate.MaxText>>20)
		}
		if chapter != "" {
			all = append(all, chapter)
		}
	}
	return strings.Join(all, "\n\n"), nil
}

// empties matches an element that is closed by its own tag, as XHTML allows and HTML does not.
var empties = regexp.MustCompile(`<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*/>`)

// opened returns a chapter in which empty elements have an end tag of their own. HTML ignores
// that of elements which are always empty, but br, whose end would be another one.
func opened(raw []byte) []byte {
	return empties.ReplaceAllFunc(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), func(tag []byte) []byte {
		parts := empties.FindSubmatch(tag)
		if string(parts[1]) == "br" {
			return tag
		}
		return []byte("<" + string(parts[1]) + string(parts[2]) + "></" + string(parts[1]) + ">")
	})
}

// fields are the elements of a package that become metadata.
var fields = map[string]string{"title": "title", "creator": "author", "date": "date", "language": "language", "source": "source"}

// about returns what a book says of itself; of several titles and dates the first, of
// authors all.
func about(opf *dataset.Element) map[string]string {
	found := map[string]string{}
	said := opf.Find("metadata")
	if said == nil {
		return found
	}
	for _, e := range said.Elements {
		field, value := fields[e.Name.Local], strings.Join(strings.Fields(e.Text), " ")
		switch {
		case field == "" || value == "":
		case found[field] == "":
			found[field] = value
		case field == "author":
			found[field] += ", " + value
		}
	}
	if date := found["date"]; date != "" {
		found["date"] = dataset.Day(date)
	}
	return found
}

package html_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/html"
)

const page = `<!DOCTYPE html>
<html lang="en"><head><title>Port closed | News</title>
<meta property="og:title" content="Port  closed"><meta property="article:published_time" content="2025-02-07T10:00:00Z">
<meta name="author" content="Mona Lee"><link rel="canonical" href="https://example.org/port"><style>p{color:red}</style></head>
<body><header>Menu</header><nav><a href="/">Home</a></nav>
<article><header><h1>Port closed</h1></header>
<p>The port is   <b>closed</b>, the
mayor&nbsp;said&#x2014;&ldquo;now&rdquo;.<br>For a <i>week</i>.</p><script>alert("x")</script><p hidden>secret</p>
<ul><li>One</li><li>Two <span>items</span></li></ul><pre>a
  b</pre><table><tr><td>x</td><td>y</td></tr></table></article>
<footer>Imprint</footer></body></html>`

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, html.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestReadingAPage(t *testing.T) {
	r := one(t, page)
	assert.Equal(t, "Port closed\n\nThe port is closed, the mayor\u00a0said—“now”.\nFor a week.\n\nOne\nTwo items\n\na\n  b\n\nx y", r.Document.Text)
	assert.Equal(t, map[string]string{
		"title": "Port closed", "date": "2025-02-07", "source": "https://example.org/port", "author": "Mona Lee", "language": "en",
	}, r.Document.Meta)
	assert.Empty(t, r.Remarks)
	assert.Equal(t, "file.html", r.Document.Name)
}

func TestWhatIsReadOfAPage(t *testing.T) {
	for _, test := range []struct{ name, page, text string }{
		{"a body", "<p>One</p><nav>Home</nav><p>Two</p>", "One\n\nTwo"},
		{"the main part", "<body><p>Before</p><main><p>One</p></main></body>", "One"},
		{"several articles", "<body><article>One</article><article>Two</article></body>", "One\n\nTwo"},
		{"words in parts", "<p>un<b>break</b>able <i>text</i> </p>", "unbreakable text"},
		{"lines", "<div>One<br><br>Two</div>", "One\nTwo"},
		{"tags that do not close", "<p>One<p>Two <b>bold", "One\n\nTwo bold"},
		{"what looks like tags", "<p>1 &lt; 2 &amp;amp; 3</p>", "1 < 2 &amp; 3"},
		{"another script", "<p dir=rtl>مرحبا <b>بالعالم</b></p>", "مرحبا بالعالم"},
	} {
		assert.Equal(t, test.text, one(t, test.page).Document.Text, test.name)
	}
}

func TestEncodingsOfPages(t *testing.T) {
	for _, test := range []struct{ name, page, text, remark string }{
		{"declared", "<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", "Привет", "the page is not UTF-8; it was read as windows-1251"},
		{"declared the old way", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\"><p>\xb1</p>", "ą", "the page is not UTF-8; it was read as iso-8859-2"},
		{"marked", "\xfe\xff\x00<\x00p\x00>\x00\xe9", "é", "the page is not UTF-8; it was read as utf-16be"},
		{"not said", "<p>caf\xe9</p>", "café", "the page is not UTF-8; it was read as windows-1252"},
		{"UTF-8 with a mark", "\ufeff<p>café</p>", "café", ""},
		{"UTF-8 far behind", strings.Repeat(" ", 2000) + "<p>café</p>", "café", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, test.page)
			assert.Equal(t, test.text, r.Document.Text)
			if test.remark == "" {
				assert.Empty(t, r.Remarks)
				return
			}
			require.Len(t, r.Remarks, 1)
			assert.Equal(t, test.remark, r.Remarks[0].Sentence)
		})
	}
}

func TestRefusingPages(t *testing.T) {
	for _, test := range []struct{ name, page, sentence string }{
		{"nothing to read", "<html><script>x</script></html>", "the page has no readable text"},
		{"not what it says", "<meta charset=utf-8><p>caf\xe9</p>", "byte 26 (0xe9) is not UTF-8; save the file as UTF-8 first"},
		{"deep nesting", strings.Repeat("<div>", 5000) + "x", "it cannot be read as HTML: html: open stack of elements exceeds 512 nodes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, html.Format, test.page)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.html: "+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, html.Format, page, "<meta charset=utf-16><p>x", "\xff\xfe<\x00p\x00>\x00x\x00", "<table><td>a<pre>\r\nb\x00")
}

package dataset_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// textOf returns all characters of an XML file, or what is wrong with it.
func textOf(content string) (string, error) {
	x, err := dataset.NewXML(strings.NewReader(content))
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return text.String(), nil
		}
		if err != nil {
			return "", err
		}
		if t, ok := token.(xml.CharData); ok {
			text.Write(t)
		}
	}
}

func TestEncodingsOfXML(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"no declaration", "<a>é</a>", "é"},
		{"a mark", "\xef\xbb\xbf<?xml version=\"1.0\"?><a>é</a>", "é"},
		{"UTF-8", "<?xml version='1.0' encoding='utf-8' standalone=\"no\"?>\n<a>é😀&#x1F600;&amp;</a>", "é😀😀&"},
		{"Latin 1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>", "é"},
		{"UTF-16", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", "é"},
		{"version 1.1", `<?xml version="1.1" encoding="UTF-8"?><a>x</a>`, "x"},
		{"a document type elsewhere", `<!DOCTYPE a SYSTEM "/etc/passwd"><a>x</a>`, "x"},
		{"blanks and comments around", "\n <!-- a --><?p i?><a>x</a><!-- b -->\n", "x"},
	} {
		text, err := textOf(test.content)
		require.NoError(t, err, test.name)
		assert.Equal(t, test.want, text, test.name)
	}
}

func TestRefusingXML(t *testing.T) {
	const declared = "it declares entities of its own, which are never followed; replace them by what they stand for"
	for _, test := range []struct {
		name, content string
		line, column  int
		sentence      string
	}{
		{"nothing", "", 1, 1, "it is no XML: there is no element"},
		{"text", "Mona said", 1, 9, `it is no XML: text stands outside of any element: "Mona said"`},
		{"truncated", "<a>\n<b>so", 2, 5, "it is no proper XML: unexpected EOF"},
		{"not closed", "<a>é\né</b>", 2, 5, "it is no proper XML: element <a> closed by </b>"},
		{"two elements", "<a/><b/>", 1, 8, "behind its end begins another element, b"},
		{"laughs", `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>`, 1, 51, declared},
		{"an entity from elsewhere", `<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>`, 1, 54, declared},
		{"a parameter", `<!DOCTYPE l [<!ENTITY % a SYSTEM "x"> %a;]><l/>`, 1, 43, declared},
		{"an entity that nobody declared", "<l>&nbsp;</l>", 1, 9, "it is no proper XML: invalid character entity &nbsp;"},
		{"a control character", "<l>&#1;</l>", 1, 8, "it is no proper XML: illegal character code U+0001"},
		{"not the UTF-8 it says", "<?xml version='1.0' encoding='UTF-8'?>\n<l>\xe9</l>", 2, 5, "it is no proper XML: invalid UTF-8"},
		{"not UTF-8", "<l>\xe9</l>", 1, 5, "it is no proper XML: invalid UTF-8"},
		{"an encoding nobody knows", `<?xml version="1.0" encoding="klingon"?><l/>`, 1, 0, `it says that its encoding is "klingon", which is not known`},
		{"deep", strings.Repeat("<a>", 1_000_000), 1, 771, "more than 256 elements lie in each other"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := textOf(test.content)
			var told *annotate.Error
			require.ErrorAs(t, err, &told)
			assert.Equal(t, test.sentence, told.Sentence)
			assert.Equal(t, [2]int{test.line, test.column}, [2]int{told.Line, told.Column})
		})
	}
}

func TestAnErrorEndsXML(t *testing.T) {
	x, err := dataset.NewXML(strings.NewReader("<a><b></a>"))
	require.NoError(t, err)
	for range 2 {
		_, err = x.Token()
		require.NoError(t, err)
	}
	for range 2 {
		_, err = x.Token()
		require.Error(t, err)
	}
}

func TestElements(t *testing.T) {
	x, err := dataset.NewXML(strings.NewReader("<a xmlns:n='urn:n'>\n<n:b n:k='1' l='2'>x<c> y </c>z</n:b><c/></a>"))
	require.NoError(t, err)
	start, err := x.Token()
	require.NoError(t, err)
	a, err := x.Element(start.(xml.StartElement))
	require.NoError(t, err)
	b := a.Find("b")
	require.NotNil(t, b)
	assert.Equal(t, xml.Name{Space: "urn:n", Local: "b"}, b.Name)
	assert.Equal(t, []string{"1", "2", ""}, []string{b.Attr("k"), b.Attr("l"), b.Attr("m")})
	assert.Equal(t, 2, b.Line)
	assert.Equal(t, "xz", b.Text)
	assert.Equal(t, "y", b.TextOf("c"))
	assert.Equal(t, "", b.TextOf("d"))
	assert.Len(t, a.All("c"), 1)
	_, err = x.Token()
	assert.ErrorIs(t, err, io.EOF)
}

package cas

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// xmlEscapes are the characters that an attribute or text of XML has otherwise, and those that
// readers would take for blanks.
var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

// printXMI writes a graph.
func printXMI(out *bufio.Writer, g *graph) {
	prefixes := prefixesOf(g)
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"" + spaceXMI + `" xmlns:cas="http:///uima/cas.ecore"`)
	for _, space := range annotate.SortedKeys(prefixes) {
		fmt.Fprintf(out, ` xmlns:%s="%s"`, prefixes[space], space)
	}
	out.WriteString(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n")
	for _, s := range g.structures {
		printStructure(out, s, prefixes)
	}
	for _, s := range g.sofas {
		fmt.Fprintf(out, "<cas:Sofa xmi:id=\"%d\" sofaNum=\"1\" sofaID=\"%s\" mimeType=\"text\" sofaString=\"", s.id, s.name)
		_, _ = xmlEscapes.WriteString(out, s.text)
		fmt.Fprintf(out, "\"/>\n<cas:View sofa=\"%d\" members=\"%s\"/>\n", s.id, joined(g.views[s.id]))
	}
	out.WriteString("</xmi:XMI>\n")
}

// split separates the name of a type into its name space and the name in it.
func split(kind string) (space, name string) {
	dot := strings.LastIndexByte(kind, '.')
	return spaceBefore + strings.ReplaceAll(kind[:dot], ".", "/") + spaceAfter, kind[dot+1:]
}

// prefixesOf returns the prefixes of the name spaces of a graph.
func prefixesOf(g *graph) map[string]string {
	prefixes := map[string]string{}
	taken := map[string]bool{"cas": true, "xmi": true}
	for _, s := range g.structures {
		space, _ := split(s.kind)
		if prefixes[space] != "" {
			continue
		}
		last := strings.TrimSuffix(space[strings.LastIndexByte(space, '/')+1:], spaceAfter)
		prefix := last
		for n := 2; taken[prefix]; n++ {
			prefix = last + strconv.Itoa(n)
		}
		taken[prefix] = true
		prefixes[space] = prefix
	}
	return prefixes
}

func printStructure(out *bufio.Writer, s *structure, prefixes map[string]string) {
	space, name := split(s.kind)
	name = prefixes[space] + ":" + name
	fmt.Fprintf(out, `<%s xmi:id="%d"`, name, s.id)
	if s.sofa != 0 {
		fmt.Fprintf(out, ` sofa="%d"`, s.sofa)
	}
	if s.placed {
		fmt.Fprintf(out, ` begin="%d" end="%d"`, s.begin, s.end)
	}
	inside := false
	for _, f := range s.features {
		text := f.text
		switch {
		case f.form == list && len(f.texts) > 0:
			inside = true
			continue
		case f.form == reference:
			text = joined(f.refs)
		}
		fmt.Fprintf(out, ` %s="`, f.name)
		_, _ = xmlEscapes.WriteString(out, text)
		out.WriteByte('"')
	}
	if !inside {
		out.WriteString("/>\n")
		return
	}
	out.WriteByte('>')
	for _, f := range s.features {
		for _, text := range f.texts {
			fmt.Fprintf(out, "<%s>", f.name)
			_, _ = xmlEscapes.WriteString(out, text)
			fmt.Fprintf(out, "</%s>", f.name)
		}
	}
	fmt.Fprintf(out, "</%s>\n", name)
}

// joined returns ids as XMI lists them.
func joined(ids []int) string {
	b := make([]byte, 0, 8*len(ids))
	for i, id := range ids {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	return string(b)
}

// printTypes writes a type system.
func printTypes(out *bufio.Writer, t *writtenTypes) {
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n")
	for _, of := range t.sorted() {
		fmt.Fprintf(out, "<typeDescription>\n<name>%s</name>\n<description>%s</description>\n<supertypeName>%s</supertypeName>\n<features>\n",
			of.name, xmlEscapes.Replace(of.description), of.super)
		for _, f := range of.features {
			name, element := f.rangeName()
			fmt.Fprintf(out, "<featureDescription>\n<name>%s</name>\n<description/>\n<rangeTypeName>%s</rangeTypeName>\n", f.name, name)
			if element != "" {
				fmt.Fprintf(out, "<elementType>%s</elementType>\n", element)
			}
			if name == arrayType || name == stringArray {
				out.WriteString("<multipleReferencesAllowed>false</multipleReferencesAllowed>\n")
			}
			out.WriteString("</featureDescription>\n")
		}
		out.WriteString("</features>\n</typeDescription>\n")
	}
	out.WriteString("</types>\n</typeSystemDescription>\n")
}

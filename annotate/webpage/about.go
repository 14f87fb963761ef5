package webpage

import (
	"strings"

	"golang.org/x/net/html"

	"spanwright/annotate/dataset"
)

// sources are the places where a page says something of itself, the most reliable first:
// names or properties of meta, else element@attribute.
var sources = map[string][]string{
	"title":  {"og:title", "twitter:title", "dc.title", "title@", "h1@"},
	"date":   {"article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate", "time@datetime"},
	"source": {"link@canonical", "og:url", "og:site_name", "publisher"},
	"author": {"author", "article:author", "dc.creator"},
}

// About returns what a page says of itself: title, date, source, author and language.
func About(page *html.Node) map[string]string {
	said := map[string]string{}
	say := func(key, value string) {
		value = strings.Join(strings.Fields(value), " ")
		if _, before := said[key]; !before && value != "" {
			said[key] = value
		}
	}
	for n := range page.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			language, _ := attribute(n, "lang")
			say("language", language)
		case "meta":
			content, _ := attribute(n, "content")
			for _, key := range []string{"property", "name", "itemprop"} {
				name, _ := attribute(n, key)
				say(strings.ToLower(name), content)
			}
		case "link":
			if rel, _ := attribute(n, "rel"); rel == "canonical" {
				address, _ := attribute(n, "href")
				say("link@canonical", address)
			}
		case "title", "h1":
			say(n.Data+"@", wordsOf(n))
		case "time":
			when, _ := attribute(n, "datetime")
			say("time@datetime", when)
		}
	}
	found := map[string]string{}
	for field, keys := range sources {
		for _, key := range keys {
			if value := said[key]; value != "" {
				found[field] = value
				break
			}
		}
	}
	if date := found["date"]; date != "" {
		found["date"] = dataset.Day(date)
	}
	if said["language"] != "" {
		found["language"] = said["language"]
	}
	return found
}

func wordsOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

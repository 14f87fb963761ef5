package session

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// tagsOf returns short names for annotators, no two the same: the initials of a name of
// several words, the first two letters of one word, and a number behind those that
// another one has already.
func tagsOf(names []string) []string {
	tags := make([]string, len(names))
	taken := map[string]bool{}
	for i, name := range names {
		tag := initials(name)
		for n := 2; taken[tag]; n++ {
			tag = fmt.Sprintf("%s%d", initials(name), n)
		}
		tags[i], taken[tag] = tag, true
	}
	return tags
}

func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" \t._-@", r) })
	switch len(words) {
	case 0:
		return "?"
	case 1:
		first, rest := firstCluster(words[0])
		second, _ := firstCluster(rest)
		return strings.ToUpper(first) + second
	}
	first, _ := firstCluster(words[0])
	last, _ := firstCluster(words[len(words)-1])
	return strings.ToUpper(first + last)
}

func firstCluster(s string) (cluster, rest string) {
	cluster, rest, _, _ = uniseg.FirstGraphemeClusterInString(s, -1)
	return cluster, rest
}

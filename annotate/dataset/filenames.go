package dataset

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
)

// FileNames gives out paths for files that every system takes, and none of them twice, on systems
// that do not tell upper from lower case either. The zero value has given none.
type FileNames struct {
	taken map[string]bool
}

// Path returns a path of steps, each of which may have slashes. changed says that a character
// was replaced, and shared that the path had been given before and got a number.
func (n *FileNames) Path(steps ...string) (path string, changed, shared bool) {
	var segments []string
	for _, step := range steps {
		for s := range strings.SplitSeq(step, "/") {
			segments = append(segments, segment(s))
		}
	}
	stem := filepath.Join(segments...)
	path = stem
	for i := 2; n.taken[strings.ToLower(path)]; i++ {
		shared = true
		path = fmt.Sprintf("%s (%d)", stem, i)
	}
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	n.taken[strings.ToLower(path)] = true
	return path, strings.Join(segments, "/") != strings.Join(steps, "/"), shared
}

// segment returns one step of a file's path that every system takes and that is
// not hidden.
func segment(name string) string {
	escaped := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
	if escaped == "" || strings.HasPrefix(escaped, ".") {
		escaped = "_" + strings.TrimLeft(escaped, ".")
	}
	return escaped
}

package exchange

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"spanwright/annotate/dataset/split"
	"spanwright/store"
)

// Version is the program's.
const Version = "0.1.0"

// making returns the command that divides and writes the same again, into whatever folder; called says what an
// annotator is called.
func making(project *store.Project, o *ExportOptions, how *split.Options, called func(string) string) string {
	words := []string{"spanwright", "export", shellWord(filepath.Base(project.Path())), "-o", "DIR"}
	add := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				words = append(words, name, shellWord(v))
			}
		}
	}
	add("--format", o.Format)
	add("--split", split.PartsText(how.Parts))
	add("--seed", strconv.FormatUint(how.Seed, 10))
	add("--stratify", how.Stratify...)
	add("--group-by", how.GroupBy...)
	bonds := []string{}
	for _, b := range how.Together {
		bonds = append(bonds, string(b))
	}
	if len(bonds) == 0 {
		bonds = []string{"none"}
	}
	add("--together", strings.Join(bonds, ","))
	for _, name := range o.Layers {
		add("--layer", called(name))
	}
	for _, state := range o.States {
		add("--state", string(state))
	}
	if o.Annotator != "" {
		add("--annotator", called(o.Annotator))
	}
	add("--offsets", string(o.Unit))
	add("--gaps", string(o.Gaps))
	add("--overlaps", string(o.Overlaps))
	add("--tags", string(o.Tags))
	if o.Pseudonyms {
		words = append(words, "--pseudonyms")
	}
	return strings.Join(words, " ")
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9._/,=@%+-]+$`)

// shellWord returns a word as a shell takes it.
func shellWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

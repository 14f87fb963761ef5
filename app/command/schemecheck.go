package command

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
)

// schemeCheckCommand looks for everything that is wrong with a scheme file.
type schemeCheckCommand struct {
	File string `arg:"" help:"Scheme file, or a folder with an annotation.conf of brat."`
}

// schemeProblem is a problem of a scheme and the file it is in, where that is another one
// than was named.
type schemeProblem struct {
	File string `json:"file,omitempty"`
	annotate.Problem
}

func (c *schemeCheckCommand) Run(e *environment) error {
	problems, err := schemeProblems(c.File)
	if err != nil {
		return err
	}
	if e.json {
		if err := e.object(map[string]any{"problems": problems}); err != nil {
			return err
		}
	}
	wrong := 0
	for _, p := range problems {
		if !p.Warning {
			wrong++
		}
		if !e.json {
			fmt.Fprintln(e.stdout, problemLine(cmp.Or(p.File, c.File), p.Problem))
		}
	}
	if wrong > 0 {
		e.say("%s found", count(wrong, "problem"))
		return errProblems
	}
	e.say("no problems found")
	return nil
}

// schemeProblems returns all that is wrong with a file that holds a scheme, of whatever
// kind, and with what accompanies it.
func schemeProblems(file string) ([]schemeProblem, error) {
	found := []schemeProblem{}
	add := func(in string, p annotate.Problem) {
		if in == file {
			in = ""
		}
		found = append(found, schemeProblem{in, p})
	}
	info, err := os.Stat(file)
	if extension := strings.ToLower(filepath.Ext(file)); err == nil && info.IsDir() || extension == ".conf" || extension == ".xml" {
		_, remarks, err := configuration.Read(file)
		for _, r := range remarks {
			add(r.File, annotate.Problem{Line: r.Line, Warning: true, Sentence: r.Sentence})
		}
		var told *annotate.Error
		if errors.As(err, &told) && told.Kind == annotate.Invalid {
			add(told.File, annotate.Problem{Line: told.Line, Column: told.Column, Sentence: told.Sentence})
			return found, nil
		}
		return found, err
	}
	raw, err := dataset.ReadFile(file)
	if err != nil {
		return nil, err
	}
	_, problems := annotate.ReadScheme(raw)
	for _, p := range problems {
		add(file, p)
	}
	return found, nil
}

// problemLine says where a problem is and what it is.
func problemLine(file string, p annotate.Problem) string {
	if p.Warning {
		p.Sentence = "warning: " + p.Sentence
	}
	return p.Error(file).Error()
}

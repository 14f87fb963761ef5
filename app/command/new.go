package command

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/assets"
	"spanwright/store"
)

// newCommand makes a project.
type newCommand struct {
	Project string `arg:"" help:"Project file to make."`
	Scheme  string `help:"Name of a scheme, or a scheme file." default:"${scheme}" placeholder:"NAME|FILE"`
}

func (c *newCommand) Run(e *environment) error {
	scheme, err := findScheme(c.Scheme)
	if err != nil {
		return err
	}
	project, err := store.Create(c.Project, scheme)
	if err != nil {
		return err
	}
	if err := project.Close(); err != nil {
		return err
	}
	if e.json {
		return e.object(map[string]string{"project": c.Project, "scheme": scheme.Name})
	}
	e.say("made %s with scheme %s", c.Project, scheme.Name)
	return nil
}

// findScheme returns the scheme of a name, or in a file.
func findScheme(nameOrFile string) (*annotate.Scheme, error) {
	if slices.Contains(assets.SchemeNames(), nameOrFile) {
		raw, err := assets.Scheme(nameOrFile)
		if err != nil {
			return nil, err
		}
		return annotate.ParseScheme(nameOrFile, raw)
	}
	if _, err := os.Stat(nameOrFile); errors.Is(err, fs.ErrNotExist) {
		return nil, annotate.Errorf(annotate.NotFound, "there is no scheme and no file of that name; spanwright schemes lists the schemes").At(nameOrFile, 0)
	}
	raw, err := dataset.ReadFile(nameOrFile)
	if err != nil {
		return nil, err
	}
	return annotate.ParseScheme(nameOrFile, raw)
}

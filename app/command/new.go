package command

import (
	"errors"
	"io/fs"
	"os"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/assets"
	"spanwright/store"
)

// newCommand makes a project.
type newCommand struct {
	Project string `arg:"" help:"Project file to make."`
	Scheme  string `help:"Name of a scheme, a scheme file, an annotation.conf of brat, or a labelling configuration of Label Studio." default:"${scheme}" placeholder:"NAME|FILE"`
}

func (c *newCommand) Run(e *environment) error {
	scheme, remarks, err := findScheme(c.Scheme)
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
		return e.object(struct {
			Project string           `json:"project"`
			Scheme  string           `json:"scheme"`
			Remarks []dataset.Remark `json:"remarks,omitempty"`
		}{c.Project, scheme.Name, remarks})
	}
	e.sayRemarks(remarks)
	e.say("made %s with scheme %s", c.Project, scheme.Name)
	return nil
}

// findScheme returns the scheme of a name, or in a file of any kind that holds one.
func findScheme(nameOrFile string) (*annotate.Scheme, []dataset.Remark, error) {
	if slices.Contains(assets.SchemeNames(), nameOrFile) {
		raw, err := assets.Scheme(nameOrFile)
		if err != nil {
			return nil, nil, err
		}
		scheme, err := annotate.ParseScheme(nameOrFile, raw)
		return scheme, nil, err
	}
	if _, err := os.Stat(nameOrFile); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, annotate.Errorf(annotate.NotFound, "there is no scheme and no file of that name; spanwright schemes lists the schemes").At(nameOrFile, 0)
	}
	return configuration.Read(nameOrFile)
}

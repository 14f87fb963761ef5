package command

import (
	"errors"
	"io"
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
	Scheme  string `help:"Name of a scheme, a scheme file, an annotation.conf of brat, a labelling configuration of Label Studio, or a project that has the scheme." default:"${scheme}" placeholder:"NAME|FILE"`
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

// findScheme returns the scheme of a name, of a project, or in a file of any other kind
// that holds one.
func findScheme(nameOrFile string) (*annotate.Scheme, []dataset.Remark, error) {
	if slices.Contains(assets.SchemeNames(), nameOrFile) {
		raw, err := assets.Scheme(nameOrFile)
		if err != nil {
			return nil, nil, err
		}
		scheme, err := annotate.ParseScheme(nameOrFile, raw)
		return scheme, nil, err
	}
	if isProject(nameOrFile) {
		scheme, err := projectScheme(nameOrFile)
		return scheme, nil, err
	}
	if _, err := os.Stat(nameOrFile); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, annotate.Errorf(annotate.NotFound, "there is no scheme and no file of that name; spanwright schemes lists the schemes").At(nameOrFile, 0)
	}
	return configuration.Read(nameOrFile)
}

// isProject reports whether a file begins as project files do.
func isProject(path string) bool {
	const magic = "SQLite format 3\x00"
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	head := make([]byte, len(magic))
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == magic
}

func projectScheme(path string) (scheme *annotate.Scheme, err error) {
	project, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closing := project.Close(); err == nil {
			err = closing
		}
	}()
	return project.Scheme()
}

package command

import (
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

// schemeExportCommand writes a scheme for brat or Label Studio.
type schemeExportCommand struct {
	Scheme string `arg:"" help:"Project file; or a scheme file, or the name of a template." placeholder:"PROJECT|FILE"`
	Output string `short:"o" required:"" help:"Folder to write annotation.conf, visual.conf, kb_shortcuts.conf and tools.conf into; or a file .xml, for a labelling configuration of Label Studio." placeholder:"FOLDER|FILE.xml"`
}

func (c *schemeExportCommand) Run(e *environment) error {
	scheme, err := e.readScheme(c.Scheme)
	if err != nil {
		return err
	}
	if isProject(c.Output) {
		return annotate.Errorf(annotate.Conflict, "this is a project; name a folder").At(c.Output, 0)
	}
	tool, files, losses, err := c.write(e, scheme)
	if err != nil {
		return err
	}
	if e.json {
		return e.object(map[string]any{"files": files, "losses": append(dataset.Losses{}, losses...)})
	}
	for _, loss := range losses {
		e.say("%s cannot say this: %s (%s)", tool, loss.What, count(loss.Count, "time"))
	}
	for _, file := range files {
		e.say("wrote %s", filepath.ToSlash(file))
	}
	return nil
}

// write writes the scheme and tells for which tool.
func (c *schemeExportCommand) write(e *environment, scheme *annotate.Scheme) (tool string, files []string, losses dataset.Losses, err error) {
	if strings.EqualFold(filepath.Ext(c.Output), ".xml") {
		losses, err = exchange.WriteLabelStudioScheme(c.Output, scheme)
		return "Label Studio", []string{c.Output}, losses, err
	}
	if len(scheme.Spans) == 0 {
		return "", nil, nil, annotate.Errorf(annotate.Unsupported, "scheme %s has no labels, and brat needs some", scheme.Name)
	}
	files, losses, err = exchange.WriteBratScheme(e.ctx, c.Output, scheme)
	return "brat", files, losses, err
}

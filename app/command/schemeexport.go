package command

import (
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

// schemeExportCommand writes a scheme for brat.
type schemeExportCommand struct {
	Scheme string `arg:"" help:"Project file; or a scheme file, or the name of a template." placeholder:"PROJECT|FILE"`
	Output string `short:"o" required:"" help:"Folder to write annotation.conf, visual.conf, kb_shortcuts.conf and tools.conf into." placeholder:"FOLDER"`
}

func (c *schemeExportCommand) Run(e *environment) error {
	scheme, err := e.readScheme(c.Scheme)
	if err != nil {
		return err
	}
	if isProject(c.Output) {
		return annotate.Errorf(annotate.Conflict, "this is a project; name a folder").At(c.Output, 0)
	}
	if len(scheme.Spans) == 0 {
		return annotate.Errorf(annotate.Unsupported, "scheme %s has no labels, and brat needs some", scheme.Name)
	}
	files, losses, err := exchange.WriteBratScheme(e.ctx, c.Output, scheme)
	if err != nil {
		return err
	}
	if e.json {
		return e.object(map[string]any{"files": files, "losses": append(dataset.Losses{}, losses...)})
	}
	for _, loss := range losses {
		e.say("brat cannot say this: %s (%s)", loss.What, count(loss.Count, "time"))
	}
	for _, file := range files {
		e.say("wrote %s", filepath.ToSlash(file))
	}
	return nil
}

package command

import (
	"strings"

	"spanwright/annotate"
	"spanwright/app/report"
	"spanwright/store"
)

// packetCommand makes packets.
type packetCommand struct {
	Make packetMakeCommand `cmd:"" help:"Write a project file with what one annotator is to label."`
}

// packetMakeCommand writes a packet.
type packetMakeCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Annotator string   `help:"Whose packet it is." required:"" placeholder:"NAME"`
	Out       string   `short:"o" help:"Where to write it." required:"" placeholder:"FILE"`
	All       bool     `help:"All documents, not only those assigned to the annotator." xor:"which"`
	Document  []string `help:"This document, assigned or not; can be given more than once." sep:"none" placeholder:"NAME" xor:"which"`
	Open      bool     `help:"Take the layers of others along, whatever the project says."`
	Feedback  bool     `help:"Take along, in words, what was decided otherwise than the annotator had it, and why, on documents they have handed in."`
}

func (c *packetMakeCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		o := store.PacketOptions{Annotator: c.Annotator, Open: c.Open}
		switch {
		case c.All:
			o.Documents = []annotate.ID{}
			if err := e.eachDocument(project, func(row store.DocumentRow) error {
				o.Documents = append(o.Documents, row.ID)
				return nil
			}); err != nil {
				return err
			}
		default:
			for _, name := range c.Document {
				d, err := project.DocumentByName(name)
				if err != nil {
					return err
				}
				o.Documents = append(o.Documents, d.ID)
			}
		}
		bar := newBar(e.stderr)
		if c.Feedback {
			feedback, err := report.PacketFeedback(e.ctx, project, o, bar.show)
			if err != nil {
				bar.clear()
				return err
			}
			o.Feedback = feedback.Within
		}
		o.Progress = func(done, total int) { bar.show(done, total, c.Out) }
		packet, err := project.MakePacket(e.ctx, c.Out, o)
		bar.clear()
		if err != nil {
			return err
		}
		return e.tellPacket(c.Out, packet)
	})
}

func (e *environment) tellPacket(path string, p *store.Packet) error {
	if e.json {
		return e.object(p)
	}
	if len(p.Along) > 0 {
		e.say("%s: along because of relations that lead there: %s", path, strings.Join(p.Along, ", "))
	}
	e.say("%s: %v", path, p)
	return nil
}

// blindCommand tells and says whether annotators see one another's layers.
type blindCommand struct {
	Project string `arg:"" help:"Project file."`
	State   string `arg:"" optional:"" enum:"on,off," default:"" help:"on keeps annotators from seeing one another's layers, off lets them; without it, tell which."`
}

func (c *blindCommand) Run(e *environment) error {
	return e.toggle(c.Project, "blind", c.State, (*store.Project).Blind, (*store.Project).SetBlind)
}

// timingCommand tells and says whether time is measured.
type timingCommand struct {
	Project string `arg:"" help:"Project file."`
	State   string `arg:"" optional:"" enum:"on,off," default:"" help:"on has active time measured from now on, off stops that and keeps what was measured; without it, tell which."`
}

func (c *timingCommand) Run(e *environment) error {
	return e.toggle(c.Project, "timing", c.State, (*store.Project).Timed, (*store.Project).SetTimed)
}

// toggle tells whether a setting is on, or with a state says so.
func (e *environment) toggle(path, name, state string, get func(*store.Project) (bool, error), set func(*store.Project, bool) error) error {
	return e.with(path, func(project *store.Project) error {
		if state != "" {
			return set(project, state == "on")
		}
		on, err := get(project)
		if err != nil {
			return err
		}
		if e.json {
			return e.object(map[string]bool{name: on})
		}
		return e.table([]any{name}, [][]any{{map[bool]string{true: "on", false: "off"}[on]}})
	})
}

package command

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/store"
)

// searchCommand looks for words in every document.
type searchCommand struct {
	Project string `arg:"" help:"Project file."`
	Text    string `arg:"" help:"What to look for, in upper or lower case: words, or a part of them."`
	Limit   int    `help:"Show at most so many places; 0 for all." default:"0" placeholder:"N"`
}

// place is where the words stand, as --json gives it; offsets are code points.
type place struct {
	Document annotate.ID `json:"document"`
	Name     string      `json:"name"`
	Start    int         `json:"start"`
	End      int         `json:"end"`
	Text     string      `json:"text"`
	Before   string      `json:"before"`
	After    string      `json:"after"`
}

func (c *searchCommand) Run(e *environment) error {
	switch {
	case c.Limit < 0:
		return usageError{annotate.Errorf(annotate.Invalid, "--limit must be 0 or more, not %d", c.Limit)}
	case c.Text == "" || !utf8.ValidString(c.Text):
		return usageError{annotate.Errorf(annotate.Invalid, "what is looked for must be some text in UTF-8")}
	}
	return e.with(c.Project, func(project *store.Project) error {
		found := foundPlaces{environment: e, project: project, pattern: annotate.NewPattern(c.Text), limit: c.Limit}
		err := project.SearchTexts(e.ctx, store.TextQuery{Pattern: found.pattern}, found.show)
		switch {
		case errors.Is(err, errEnough):
			e.say("only the first %s shown", count(found.places, "place"))
		case err != nil:
			return err
		default:
			e.say("found at %s in %s", count(found.places, "place"), count(found.documents, "document"))
		}
		return nil
	})
}

// foundPlaces writes places until there are enough.
type foundPlaces struct {
	*environment
	project           *store.Project
	pattern           *annotate.Pattern
	limit             int // 0 for none
	places, documents int // written
}

// errEnough says that there are more places than were asked for.
var errEnough = errors.New("there are more")

func (p *foundPlaces) show(s store.Stretch) error {
	for _, m := range s.Matches {
		d, err := p.project.Document(m.ID)
		if annotate.KindOf(err) == annotate.NotFound {
			continue // deleted since
		}
		if err == nil {
			err = p.document(d)
		}
		if err != nil {
			return err
		}
		p.documents++
	}
	return nil
}

func (p *foundPlaces) document(d *annotate.Document) error {
	const around = 40 // characters
	offsets := annotate.NewOffsets(d.Text)
	for f := range p.pattern.All(d.Text) {
		if p.places == p.limit && p.limit > 0 {
			return errEnough
		}
		p.places++
		context, start, err := annotate.ContextOf(d.Text, f, around), offsets.To(annotate.CodePoint, f.Start), p.ctx.Err()
		switch {
		case err != nil:
		case p.json:
			err = p.object(place{
				d.ID, d.Name, start, offsets.To(annotate.CodePoint, f.End), d.Text[f.Start:f.End], context.Before, context.After,
			})
		default:
			_, err = fmt.Fprintf(p.stdout, "%s\t%d\t%s\n", d.Name, start, context.Before+context.Words+context.After)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

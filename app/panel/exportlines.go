package panel

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/app/exchange"
	"spanwright/app/session"
)

// lineRow shows a loss, or what came of the export.
func (p *ExportPane) lineRow(i int) rowContent {
	if i >= len(p.lines) {
		if p.draft.Prospect() == nil {
			return rowContent{text: "looking…", faint: true}
		}
		return rowContent{mark: "✓", text: p.draft.Choices().Format + " holds all of it.", faint: true}
	}
	l := &p.lines[i]
	return rowContent{mark: l.mark, text: l.text, count: l.count, bad: l.bad, faint: l.faint, heading: l.heading, ends: true, current: i == p.losses.cursor && p.losses.focused}
}

// showLines shows what would be lost or, once it is written, what was.
func (p *ExportPane) showLines() {
	p.lines = p.lines[:0]
	title := "WHAT IS LOST"
	report, path, _ := p.draft.Outcome()
	if report == nil {
		if prospect := p.draft.Prospect(); prospect != nil {
			p.addLosses(prospect.Losses[p.draft.Choices().Format])
			if len(p.lines) > 0 {
				title = fmt.Sprintf("WHAT %s CANNOT HOLD OF THIS · Enter chooses", strings.ToUpper(p.draft.Choices().Format))
			}
		}
		p.addDivision()
	} else {
		title = "WHAT WAS WRITTEN"
		p.addOutcome(report, path)
	}
	p.heads.losses.heading.set(title, dimTone)
	p.losses.update()
	p.showDetail()
}

func (p *ExportPane) addLosses(losses dataset.Losses) {
	for _, l := range losses {
		line := outcomeLine{mark: "−", text: upperFirst(l.What), count: strconv.Itoa(l.Count), loss: l.What}
		if len((dataset.Losses{l}).Among(p.draft.Choices().Refused)) > 0 {
			line.mark, line.text, line.bad = "!", line.text+" · refused", true
		}
		switch {
		case strings.Contains(l.What, "with gaps"):
			line.choice = "gaps"
		case strings.Contains(l.What, "span inside another"), strings.Contains(l.What, "span that overlaps"):
			line.choice = "overlaps"
		}
		p.lines = append(p.lines, line)
	}
}

// chooseLoss leads from a loss to the line of the form that decides about it; where there is none,
// it has the loss refused, or not any more.
func (p *ExportPane) chooseLoss(i int) {
	p.showDetail()
	report, _, _ := p.draft.Outcome()
	switch {
	case i >= len(p.lines) || report != nil:
	case p.lines[i].choice != "":
		p.form.focusProperty(p.lines[i].choice)
	case p.lines[i].loss != "":
		loss := p.lines[i].loss
		p.draft.Edit(func(c *session.ExportChoices) {
			if at := slices.Index(c.Refused, loss); at >= 0 {
				c.Refused = slices.Delete(slices.Clone(c.Refused), at, at+1)
			} else {
				c.Refused = append(slices.Clip(c.Refused), loss)
			}
		})
	}
}

// addDivision tells how the documents would be divided, before anything is written.
func (p *ExportPane) addDivision() {
	c := p.draft.Choices()
	if c.Split == "" {
		return
	}
	if len(p.lines) == 0 && p.draft.Prospect() != nil {
		p.lines = append(p.lines, outcomeLine{mark: "✓", text: c.Format + " holds all of it.", faint: true})
	}
	p.lines = append(p.lines, outcomeLine{text: "HOW IT WOULD BE DIVIDED", heading: true})
	d := p.draft.Division()
	running, pace := p.draft.Dividing()
	switch {
	case running && pace.Total > 0 && pace.Elapsed > slowLook:
		p.lines = append(p.lines, outcomeLine{faint: true, text: "looking: " + InDocuments(pace)})
	case running:
		p.lines = append(p.lines, outcomeLine{faint: true, text: "looking…"})
	case d == nil:
		p.lines = append(p.lines, outcomeLine{faint: true, text: cmp.Or(upperFirst(p.draft.SplitProblem()), "not known yet")})
	default:
		p.addSplit(d.Report)
		if len(d.Labels) > 0 {
			p.lines = append(p.lines, outcomeLine{text: "ANNOTATIONS IN EACH PART", heading: true})
			for _, l := range d.Labels {
				if slices.ContainsFunc(d.Strata, func(s split.Stratum) bool { return s.Name == l.Name }) {
					continue // told already
				}
				line := outcomeLine{mark: "·", text: l.Name + ": " + shares(d.Report, l), count: strconv.Itoa(l.Total)}
				if slices.Contains(l.Parts, 0) { // nothing is learnt, or tested, there
					line.mark, line.bad = "!", true
				}
				p.lines = append(p.lines, line)
			}
		}
		p.lines = append(p.lines, outcomeLine{mark: "·", faint: true, text: "README.md, croissant.json and pictures beside them tell all this to others"})
	}
}

// shares tells how much of something each part has.
func shares(r *split.Report, s split.Stratum) string {
	told := make([]string, len(s.Parts))
	for i, n := range s.Parts {
		told[i] = fmt.Sprintf("%s %d", r.Parts[i].Name, n)
		if s.Total > 0 {
			told[i] += fmt.Sprintf(" (%.0f %%)", float64(n)*100/float64(s.Total))
		}
	}
	return strings.Join(told, ", ")
}

// addOutcome tells the certificate, then how documents were divided, then what was lost.
func (p *ExportPane) addOutcome(r *exchange.Report, path string) {
	say := func(mark string, bad bool, text string) {
		p.lines = append(p.lines, outcomeLine{mark: mark, bad: bad, text: text})
	}
	heading := func(text string) { p.lines = append(p.lines, outcomeLine{text: text, heading: true}) }
	certificate := func(name string, c *exchange.Certificate) {
		if c.Passed {
			say("✓", false, name+": read again, and all is as it was meant")
		} else {
			say("✗", true, name+": what came back is not what was meant")
		}
		for _, difference := range c.Differences {
			say("✗", true, upperFirst(difference))
		}
	}
	switch {
	case r.Certificate != nil:
		certificate(filepath.Base(path), r.Certificate)
		for _, f := range r.Certificate.Files[:min(len(r.Certificate.Files), filesShown)] {
			p.lines = append(p.lines, outcomeLine{mark: "·", faint: true, text: fmt.Sprintf("%s, %s, SHA-256 %.12s…", f.Name, size(f.Bytes), f.SHA256), whole: f.Name + " " + f.SHA256})
		}
		if more := len(r.Certificate.Files) - filesShown; more > 0 {
			p.lines = append(p.lines, outcomeLine{mark: "·", faint: true, text: fmt.Sprintf("and %d more files", more)})
		}
	case len(r.Parts) == 0:
		say("·", false, filepath.Base(path)+": this format cannot be read again, so there is no certificate")
	}
	for _, part := range r.Parts {
		certificate(part.Part, part.Certificate)
	}
	if r.Split != nil {
		heading("DIVIDED")
		p.addSplit(r.Split)
	}
	if len(r.Losses) > 0 {
		heading("LOST")
		p.addLosses(r.Losses)
	}
}

// filesShown is how many files of an export are named.
const filesShown = 12

// addSplit tells what the parts have got, and what leaks from one into another.
func (p *ExportPane) addSplit(r *split.Report) {
	say := func(mark string, bad bool, text string) {
		p.lines = append(p.lines, outcomeLine{mark: mark, bad: bad, text: text})
	}
	for _, part := range r.Parts {
		say("·", false, fmt.Sprintf("%s: %s, %.1f were aimed at", part.Name, counted(part.Documents, "document"), part.Aim))
	}
	for _, s := range r.Strata {
		say("·", false, fmt.Sprintf("of %d with %s: %s", s.Total, s.Name, shares(r, s)))
	}
	for _, g := range r.Large {
		say("!", false, fmt.Sprintf("%s that stay together are more than the smallest part should have, and are all in %s: %s", counted(g.Documents, "document"), g.Part, strings.Join(g.Names, ", ")))
	}
	for _, leak := range r.Leaks {
		text := fmt.Sprintf("%s: %s, in %s", leak.What, counted(leak.Count, "case"), counted(leak.Documents, "document"))
		p.lines = append(p.lines, outcomeLine{mark: "!", bad: true, text: text, whole: text + ", as " + strings.Join(leak.Examples[:min(len(leak.Examples), leaksNamed)], "; ")})
	}
	if len(r.Leaks) == 0 {
		say("✓", false, "nothing that was looked for leaks from one part into another")
	}
}

// leaksNamed is how many examples of a leak are told.
const leaksNamed = 3

// size tells a number of bytes.
func size(bytes int64) string {
	switch {
	case bytes < 1000:
		return counted(int(bytes), "byte")
	case bytes < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// showDetail shows the row at the cursor in full.
func (p *ExportPane) showDetail() {
	text := ""
	if i := p.losses.cursor; i < len(p.lines) {
		text = cmp.Or(p.lines[i].whole, p.lines[i].text)
	}
	p.detail.set(text, dimTone)
	p.losses.fill()
	if p.right != nil { // the row in full may need other room
		p.right.Layout.Layout(p.right.Objects, p.right.Size())
	}
}

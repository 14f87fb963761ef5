package command

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/app/exchange"
)

// stateNames lists what --state takes.
func stateNames() string {
	names := make([]string, len(annotate.Statuses))
	for i, s := range annotate.Statuses {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

// allLayers is what --layer takes for everybody's.
const allLayers = "all"

// options returns how records are chosen and written.
func (c *exportCommand) options() (exchange.ExportOptions, error) {
	o := exchange.ExportOptions{
		Format: c.Format, Annotator: c.Annotator, Unit: annotate.Unit(c.Offsets), Gaps: dataset.Choice(c.Gaps), Overlaps: dataset.Choice(c.Overlaps),
		Tags: dataset.Tags(c.Tags), NoCertificate: c.NoCertificate, Layers: c.Layer, Pseudonyms: c.Pseudonyms,
	}
	if c.Annotator != "" && len(c.Layer) > 0 {
		return o, annotate.Errorf(annotate.Invalid, "--annotator and --layer say the same thing; give one of them")
	}
	if slices.Contains(c.Layer, allLayers) {
		o.Layers = nil
	}
	for _, name := range c.State {
		state := annotate.Status(strings.ReplaceAll(name, "-", "_"))
		if !slices.Contains(annotate.Statuses, state) {
			return o, annotate.Errorf(annotate.Invalid, "there is no state %q; choose from %s", name, stateNames())
		}
		o.States = append(o.States, state)
	}
	return o, nil
}

// division returns how documents are divided, nil if they are not.
func (c *exportCommand) division() (*split.Options, error) {
	if c.Split == "" {
		if len(c.Stratify)+len(c.GroupBy) > 0 {
			return nil, annotate.Errorf(annotate.Invalid, "--stratify and --group-by go with --split")
		}
		return nil, nil
	}
	if c.Output == "-" {
		return nil, annotate.Errorf(annotate.Invalid, "a split is several files, which cannot go to standard output; name a folder with -o")
	}
	parts, err := split.ParseParts(c.Split)
	if err != nil {
		return nil, err
	}
	o := &split.Options{Parts: parts, Seed: c.Seed, Stratify: c.Stratify, GroupBy: c.GroupBy}
	for _, b := range split.Bonds {
		if slices.Contains(c.Together, string(b)) {
			o.Together = append(o.Together, b)
		}
	}
	if slices.Contains(c.Together, "none") && len(o.Together) > 0 {
		return nil, annotate.Errorf(annotate.Invalid, "--together none goes with nothing else")
	}
	return o, nil
}

// tellSplit tells how documents were divided, and what leaks.
func (e *environment) tellSplit(r *split.Report) {
	if r == nil {
		return
	}
	for _, part := range r.Parts {
		e.say("%s: %s in %s, %.1f were aimed at", part.Name, count(part.Documents, "document"), count(part.Groups, "group"), part.Aim)
	}
	for _, s := range r.Strata {
		var shares []string
		for i, n := range s.Parts {
			shares = append(shares, fmt.Sprintf("%s %d", r.Parts[i].Name, n))
		}
		e.say("of %d with %s: %s", s.Total, s.Name, strings.Join(shares, ", "))
	}
	for _, g := range r.Large {
		bonds := ""
		if len(g.Bonds) > 0 {
			bonds = "; " + strings.Join(g.Bonds, ", ")
		}
		e.say("%s that stay together are more than the smallest part should have, and are all in %s: %s%s",
			count(g.Documents, "document"), g.Part, strings.Join(g.Names, ", "), bonds)
	}
	for _, leak := range r.Leaks {
		e.say("%s: %s, in %s; %s", leak.What, count(leak.Count, "case"), count(leak.Documents, "document"), leak.Examples[0])
	}
	if r.Crowded > 0 {
		e.say("so many texts begin to look alike that not all of them were compared with each other")
	}
}

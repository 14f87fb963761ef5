package command

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/annotate/format"
	"spanwright/app/exchange"
	"spanwright/store"
)

// importCommand brings files into a project.
type importCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Paths     []string `arg:"" name:"path" help:"Files and folders to import."`
	Format    string   `help:"Format of the files; spanwright formats lists them." default:"auto" placeholder:"NAME"`
	Annotator string   `help:"Who imports, and whose annotations those are that name nobody; $USER if not given." placeholder:"NAME"`
	Unit      string   `help:"What offsets count: codepoint, utf16 or byte; auto to find out." enum:"auto,codepoint,utf16,byte" default:"auto" placeholder:"UNIT"`
	Reanchor  bool     `help:"Move spans whose words stand elsewhere than their offsets say to the nearest place where they do."`
	Encoding  string   `help:"What text, HTML and CSV files are written in, as windows-1256 or shift_jis; found out if not given." placeholder:"NAME"`
	Map       []string `help:"Take a label, role, attribute or value of the files that the scheme lacks, such as claims, attacks.Arg1, Claim.sort or Claim.type.wish, for one that it has." sep:"none" placeholder:"OLD=NEW"`
	Drop      []string `help:"Leave out what has a label, role or attribute that the scheme lacks, or a value. What is neither mapped nor dropped is added to the scheme; values come in as they stand." sep:"none" placeholder:"ITEM"`
	Add       []string `help:"Add a value of the files, such as Claim.type.wish, to the list of its attribute in the scheme." sep:"none" placeholder:"VALUE"`
	DryRun    bool     `help:"Import nothing; tell what was recognised, what would be added, and what the scheme lacks."`
}

func (c *importCommand) Run(e *environment) error {
	if c.Format != exchange.Auto {
		if _, err := format.ByName(c.Format); err != nil {
			return usageError{err}
		}
	}
	options, err := c.options()
	if err != nil {
		return usageError{err}
	}
	return e.with(c.Project, func(project *store.Project) error {
		bar := newBar(e.stderr)
		options.Progress = bar.show
		if c.DryRun {
			preview, err := exchange.Rehearse(e.ctx, project, c.Paths, options, nil)
			bar.clear()
			if err != nil {
				return importFailed(err)
			}
			return e.tellPreview(preview)
		}
		report, err := exchange.Import(e.ctx, project, c.Paths, options)
		bar.clear()
		if err != nil {
			if report.Documents+report.Spans > 0 { // they could not be taken back
				err = errors.Join(e.tellImport(&report), err)
			}
			return importFailed(err)
		}
		if err := e.tellImport(&report); err != nil {
			return err
		}
		if len(report.Skipped) > 0 {
			return errProblems
		}
		return nil
	})
}

// options reads the flags.
func (c *importCommand) options() (exchange.ImportOptions, error) {
	o := exchange.ImportOptions{
		Format: c.Format, Annotator: c.Annotator, Unit: annotate.Unit(strings.TrimPrefix(c.Unit, "auto")), Reanchor: c.Reanchor,
		Items: map[string]annotate.StepDecision{},
	}
	for _, pair := range c.Map {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 || at == len(pair)-1 {
			return o, fmt.Errorf("--map takes OLD=NEW, not %q", pair)
		}
		o.Items[pair[:at]] = annotate.StepDecision{Fate: annotate.Into, Into: pair[at+1:]}
	}
	for _, item := range c.Drop {
		o.Items[item] = annotate.StepDecision{Fate: annotate.Drop}
	}
	for _, value := range c.Add {
		o.Items[value] = annotate.StepDecision{Fate: exchange.Add}
	}
	if len(o.Items) < len(c.Map)+len(c.Drop)+len(c.Add) {
		return o, errors.New("one item is mapped, dropped or added twice")
	}
	if c.Encoding == "" {
		return o, nil
	}
	var err error
	o.Encoding, err = dataset.EncodingOf(c.Encoding)
	return o, err
}

// importFailed says what became of an import that was interrupted.
func importFailed(err error) error {
	if errors.Is(err, context.Canceled) && annotate.KindOf(err) == "" {
		return annotate.Errorf(annotate.Invalid, "interrupted; nothing was imported")
	}
	return err
}

func (e *environment) tellImport(r *exchange.Report) error {
	if e.json {
		return e.object(r)
	}
	e.sayRemarks(r.Skipped)
	e.sayRemarks(r.Remarks)
	for _, addition := range r.Scheme {
		e.say("%s", addition)
	}
	sentence := fmt.Sprintf("added %s, %s, %s", count(r.Documents, "document"), count(r.Spans, "span"), count(r.Relations, "relation"))
	if r.Present > 0 {
		sentence += fmt.Sprintf("; %s there already", count(r.Present, "document was", "documents were"))
	}
	if len(r.Skipped) > 0 {
		sentence += fmt.Sprintf("; %s left out", count(len(r.Skipped), "record was", "records were"))
	}
	if r.Reanchored > 0 {
		sentence += fmt.Sprintf("; %s re-anchored", count(r.Reanchored, "span was", "spans were"))
	}
	e.say("%s", sentence)
	return nil
}

// remarksShown is how many remarks about one file are shown: a file of another
// kind has something wrong in every line.
const remarksShown = 20

func (e *environment) sayRemarks(remarks []dataset.Remark) {
	said := map[string]int{}
	for _, several := range remarks {
		// The first of several is told with how many there are.
		for _, r := range append([]dataset.Remark{several}, several.Each[min(1, len(several.Each)):]...) {
			if said[r.File]++; said[r.File] <= remarksShown {
				e.say("%s", r)
			}
		}
	}
	for _, file := range annotate.SortedKeys(said) {
		if more := said[file] - remarksShown; more > 0 {
			e.say("%s: %d more like these; --json lists them all", file, more)
		}
	}
}

// exportCommand writes a project's records.
type exportCommand struct {
	Project   string `arg:"" help:"Project file."`
	Output    string `short:"o" xor:"output" required:"" help:"File or folder to write, - for standard output." placeholder:"PATH|-"`
	Forecast  bool   `xor:"output" required:"" help:"Write nothing; only say what the format cannot hold of this project and, with --split, how it would be divided."`
	Format    string `help:"Format; spanwright formats lists them." default:"jsonl" placeholder:"NAME"`
	Annotator string `help:"Export only this annotator's work." placeholder:"NAME"`
	Offsets   string `help:"What offsets count: codepoint, utf16 or byte." enum:"codepoint,utf16,byte" default:"codepoint" placeholder:"UNIT"`
	Gaps      string `help:"What becomes of spans with gaps in a format without: envelope, first, skip or refuse." enum:"envelope,first,skip,refuse" default:"envelope" placeholder:"CHOICE"`
	Overlaps  string `help:"Which of spans that overlap stays in a format where they cannot: longest, shortest, first or refuse." enum:"longest,shortest,first,refuse" default:"longest" placeholder:"CHOICE"`
	Tags      string `help:"How conll tags tokens: iob1, iob2, bioes or bilou." enum:"iob1,iob2,bioes,bilou" default:"iob2" placeholder:"SCHEME"`
	Strict    bool   `help:"Write nothing when anything would be lost."`

	Refuse []string `help:"Write nothing when anything would be lost whose name, as --forecast gives it, begins with LOSS." placeholder:"LOSS" sep:"none"`

	Layer []string `help:"Export only these layers, and the documents that have one: names of annotators, adjudicated, or all." placeholder:"NAME"`
	State []string `help:"Export only work in these states: ${states}." placeholder:"STATE"`

	Pseudonyms bool `help:"Write annotator1, annotator2 and so on instead of the annotators' names."`

	Split    string   `help:"Divide the documents into parts of so many percent, as in train=80,dev=10,test=10, and write each into a file of the folder PATH, with a card of the dataset." placeholder:"PARTS"`
	Seed     uint64   `help:"By which the documents are divided: the same seed divides the same way." default:"1" placeholder:"N"`
	Stratify []string `help:"Give each part its share of a label's annotations, or of each value of an attribute or metadata field." placeholder:"LABEL|FIELD"`
	GroupBy  []string `help:"Keep documents together that have the same value of an attribute or metadata field." placeholder:"FIELD"`
	Together []string `help:"What else keeps documents together: duplicates, relations, concepts; none for nothing." default:"duplicates,relations,concepts" enum:"duplicates,relations,concepts,none" placeholder:"WHAT"`

	NoCertificate bool `help:"Do not read what was written again, and write no certificate."`
}

func (c *exportCommand) Run(e *environment) error {
	f, err := format.ByName(c.Format)
	switch {
	case err != nil:
		return usageError{err}
	case !f.Writes():
		return usageError{annotate.Errorf(annotate.Unsupported, "format %s is only read, not written", c.Format)}
	case c.Output == "-" && f.WriteFile == nil:
		return usageError{annotate.Errorf(annotate.Unsupported, "format %s is a folder of files, which cannot go to standard output", c.Format)}
	}
	division, err := c.division()
	if err != nil {
		return usageError{err}
	}
	return e.with(c.Project, func(project *store.Project) error {
		bar := newBar(e.stderr)
		defer bar.clear()
		options, err := c.options()
		if err != nil {
			return usageError{err}
		}
		options.Progress = bar.show
		losses, err := exchange.Forecast(e.ctx, project, options)
		bar.clear()
		if err != nil {
			return err
		}
		if c.Forecast {
			err = c.tellForecast(e, project, f, options, division, losses)
			bar.clear()
		} else if !e.json || c.Output == "-" {
			e.tellLosses(f, losses)
		}
		switch {
		case err != nil:
			return err
		case c.Strict && len(losses) > 0:
			e.say("nothing was written, because %s cannot hold everything", f.Name)
			return errProblems
		case len(losses.Among(c.Refuse)) > 0:
			e.say("nothing was written, because %s cannot hold everything, and this was to be refused: %s", f.Name, strings.Join(losses.Among(c.Refuse), "; "))
			return errProblems
		case c.Forecast:
			return nil
		}
		return c.write(e, project, f, options, division, losses)
	})
}

// tellForecast tells what would be lost and, where the documents are divided, how.
func (c *exportCommand) tellForecast(e *environment, project *store.Project, f *dataset.Format, options exchange.ExportOptions, division *split.Options, losses dataset.Losses) error {
	told := map[string]any{"format": f.Name, "losses": append(dataset.Losses{}, losses...)}
	var divided *split.Report
	if division != nil {
		foreseen, err := exchange.ForecastSplit(e.ctx, project, options, *division)
		if err != nil {
			return err
		}
		divided = foreseen.Report
		told["split"], told["labels"] = divided, foreseen.Labels
	}
	if e.json {
		return e.object(told)
	}
	e.tellLosses(f, losses)
	e.tellSplit(divided)
	return nil
}

// write exports and tells the outcome; division is nil without a split, and losses are those that were told.
func (c *exportCommand) write(e *environment, project *store.Project, f *dataset.Format, options exchange.ExportOptions, division *split.Options, losses dataset.Losses) error {
	var report exchange.Report
	var err error
	switch {
	case c.Output == "-":
		report, err = exchange.Write(e.ctx, project, e.stdout, options)
	case division != nil:
		report, err = exchange.ExportSplit(e.ctx, project, c.Output, options, *division)
	default:
		report, err = exchange.Export(e.ctx, project, c.Output, options)
	}
	if err != nil {
		return err
	}
	return e.tellExport(f, &report, losses, c.Output)
}

func (e *environment) tellLosses(f *dataset.Format, losses dataset.Losses) {
	for _, loss := range losses {
		e.say("%s cannot hold this: %s (%s)", f.Name, loss.What, count(loss.Count, "time"))
	}
}

// tellExport tells what was written; told are the losses that have been told already.
func (e *environment) tellExport(f *dataset.Format, r *exchange.Report, told dataset.Losses, output string) error {
	if e.json && output != "-" {
		if err := e.object(r); err != nil {
			return err
		}
	} else {
		e.tellLosses(f, slices.DeleteFunc(slices.Clone(r.Losses), func(l dataset.Loss) bool { return slices.Contains(told, l) }))
		e.tellSplit(r.Split)
		e.say("wrote %s, %s, %s", count(r.Documents, "document"), count(r.Spans, "span"), count(r.Relations, "relation"))
		if f.Beside != "" && output != "-" && r.Split == nil {
			e.say("%s goes with it", filepath.Base(output)+f.Beside)
		}
	}
	if r.Passed() {
		return nil
	}
	certificate := filepath.Base(output) + exchange.CertificateSuffix
	if r.Certificate != nil {
		e.tellDifferences(output, r.Certificate)
	}
	for _, part := range r.Parts {
		e.tellDifferences(filepath.Join(output, part.Part), part.Certificate)
		certificate = exchange.SplitCertificate
	}
	e.say("what was written is not what was meant; %s says more", certificate)
	return errProblems
}

func (e *environment) tellDifferences(path string, c *exchange.Certificate) {
	for _, difference := range c.Differences {
		e.say("%s: %s", path, difference)
	}
}

// count returns "1 span" or "2 spans"; plural is given where it is not regular.
func count(n int, singular string, plural ...string) string {
	if n == 1 {
		return "1 " + singular
	}
	return fmt.Sprintf("%d %s", n, append(plural, singular+"s")[0])
}

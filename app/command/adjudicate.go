package command

import (
	"cmp"
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
	"spanwright/app/adjudicate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// adjudicateCommand lists what annotators differ in, and takes over what they agree on.
type adjudicateCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Document  []string `help:"Look only at this document; can be given more than once." sep:"none" placeholder:"NAME"`
	Auto      string   `help:"Take over what so many annotators agree on: all, majority, or a number." placeholder:"THRESHOLD"`
	List      bool     `help:"List what is open."`
	All       bool     `help:"List what is settled too, with the decisions."`
	Annotator string   `help:"Who takes over, and can undo it; $USER if not given." placeholder:"NAME"`
}

func (c *adjudicateCommand) Run(e *environment) error {
	var threshold adjudication.Threshold
	if c.Auto != "" {
		var err error
		if threshold, err = adjudication.ParseThreshold(c.Auto); err != nil {
			return usageError{err}
		}
	}
	if c.Annotator == annotate.AdjudicatedLayer {
		return usageError{annotate.Errorf(annotate.Invalid, "%s is the layer that is written, and not who writes it", c.Annotator)}
	}
	return e.with(c.Project, func(project *store.Project) error {
		documents, err := c.documents(e, project)
		if err != nil {
			return err
		}
		taken := 0
		if c.Auto != "" {
			bar := newBar(e.stderr)
			by := cmp.Or(c.Annotator, exchange.DefaultAnnotator())
			taken, err = adjudicate.TakeOver(e.ctx, project, documents, threshold, by, func(done, total int) { bar.show(done, total, "") })
			bar.clear()
			if err != nil {
				return err
			}
		}
		return c.tell(e, project, documents, taken)
	})
}

// documents returns the documents that are looked at.
func (c *adjudicateCommand) documents(e *environment, project *store.Project) (ids []annotate.ID, err error) {
	for _, name := range c.Document {
		d, err := project.DocumentByName(name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, d.ID)
	}
	if len(ids) > 0 {
		return ids, nil
	}
	err = e.eachDocument(project, func(row store.DocumentRow) error {
		ids = append(ids, row.ID)
		return nil
	})
	return ids, err
}

// adjudicatedDocument is one document as --json gives it.
type adjudicatedDocument struct {
	Name       string                           `json:"name"`
	Annotators []string                         `json:"annotators"`
	Open       int                              `json:"open"`   // that annotators differ in
	Agreed     int                              `json:"agreed"` // that they agree on, and is not taken over
	Settled    int                              `json:"settled"`
	Kinds      map[agreement.DifferenceKind]int `json:"kinds"` // of what is open
	Cases      []adjudicatedCase                `json:"cases,omitempty"`
}

// adjudicatedCase is one case.
type adjudicatedCase struct {
	ID    annotate.ID                `json:"id"`
	State adjudication.State         `json:"state"`
	Why   string                     `json:"why,omitempty"`
	Kinds []agreement.DifferenceKind `json:"kinds"` // none where all agree
	Names []string                   `json:"names,omitempty"`
	Cost  int                        `json:"cost"`
	// Start and End count code points; both 0 for the document as a whole.
	Start    int                `json:"start"`
	End      int                `json:"end"`
	Quote    string             `json:"quote"`
	Sides    []adjudicatedSide  `json:"sides"`
	Absent   []string           `json:"absent,omitempty"`
	Decision *annotate.Decision `json:"decision,omitempty"`
}

// adjudicatedSide is what one annotator has.
type adjudicatedSide struct {
	Annotator string      `json:"annotator"`
	ID        annotate.ID `json:"id,omitempty"`
	Words     string      `json:"words"`
}

func (c *adjudicateCommand) tell(e *environment, project *store.Project, documents []annotate.ID, taken int) error {
	reader, err := adjudicate.NewReader(project)
	if err != nil {
		return err
	}
	all := make([]adjudicatedDocument, 0, len(documents))
	for _, id := range documents {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		found, err := c.look(reader, id)
		if err != nil {
			return err
		}
		if len(found.Annotators) > 1 || found.Settled+found.Open > 0 {
			all = append(all, found)
		}
	}
	if c.Auto != "" {
		e.say("%s taken over", count(taken, "agreement"))
	}
	if e.json {
		return e.object(map[string]any{"taken": taken, "documents": all})
	}
	return c.show(e, all)
}

// look counts, and lists if that is asked for, what there is to decide in a document.
func (c *adjudicateCommand) look(reader *adjudicate.Reader, id annotate.ID) (found adjudicatedDocument, err error) {
	document, err := reader.Project.Document(id)
	if err != nil {
		return found, err
	}
	desk, err := reader.OpenStored(id)
	if err != nil {
		return found, err
	}
	found = adjudicatedDocument{Name: document.Name, Annotators: desk.Annotators(), Kinds: map[agreement.DifferenceKind]int{}}
	if found.Annotators == nil {
		found.Annotators = []string{}
	}
	words := reader.Words(desk, document.Text)
	offsets := annotate.NewOffsets(document.Text)
	for _, of := range desk.Cases() {
		switch {
		case of.State == adjudication.Settled:
			found.Settled++
		case of.Agreed() && of.State == adjudication.Open:
			found.Agreed++
		default:
			found.Open++
			found.Kinds[of.Kind()]++
		}
		if c.All || c.List && of.Differs() {
			found.Cases = append(found.Cases, caseRecord(of, words, offsets))
		}
	}
	return found, nil
}

func caseRecord(c *adjudication.Case, words *adjudicate.Words, offsets *annotate.Offsets) adjudicatedCase {
	r := adjudicatedCase{
		ID: c.ID, State: c.State, Why: c.Why, Kinds: c.Kinds, Names: c.Names, Cost: c.Cost, Absent: c.Absent, Decision: c.Decision, Quote: words.Quote(c),
		Start: offsets.To(annotate.CodePoint, c.Place.Start), End: offsets.To(annotate.CodePoint, c.Place.End), Sides: []adjudicatedSide{},
	}
	if r.Kinds == nil {
		r.Kinds = []agreement.DifferenceKind{}
	}
	for i := range c.Sides {
		s := &c.Sides[i]
		r.Sides = append(r.Sides, adjudicatedSide{s.Annotator, s.EntityID(), words.Side(s)})
	}
	return r
}

func (c *adjudicateCommand) show(e *environment, all []adjudicatedDocument) error {
	if c.List || c.All {
		for i := range all {
			for j := range all[i].Cases {
				e.showCase(all[i].Name, &all[i].Cases[j])
			}
		}
		return nil
	}
	rows := make([][]any, len(all))
	for i, d := range all {
		var kinds []string
		for _, k := range adjudication.Kinds {
			if n := d.Kinds[k.Kind]; n > 0 {
				kinds = append(kinds, fmt.Sprintf("%s %d", k.Kind, n))
			}
		}
		rows[i] = []any{d.Name, strings.Join(d.Annotators, ", "), d.Open, d.Agreed, d.Settled, strings.Join(kinds, ", ")}
	}
	return e.table([]any{"document", "annotators", "open", "agreed", "settled", "differences"}, rows)
}

// showCase writes a case: what it is about, and below it what each annotator has and what
// was decided.
func (e *environment) showCase(document string, c *adjudicatedCase) {
	kinds := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		kinds[i] = string(k)
	}
	what := cmp.Or(strings.Join(kinds, ", "), "agreed")
	if len(c.Names) > 0 {
		what += " (" + strings.Join(c.Names, ", ") + ")"
	}
	if c.Why != "" {
		what += "; " + c.Why
	}
	fmt.Fprintf(e.stdout, "%s:%d: %s: %s\n", document, c.Start, what, c.Quote)
	for _, s := range c.Sides {
		fmt.Fprintf(e.stdout, "  %s: %s\n", s.Annotator, s.Words)
	}
	if len(c.Absent) > 0 {
		fmt.Fprintf(e.stdout, "  %s: nothing\n", strings.Join(c.Absent, ", "))
	}
	if d := c.Decision; d != nil {
		line := fmt.Sprintf("  decided by %s: %s", d.Adjudicator, adjudicate.Decision(d))
		if d.Reason != "" {
			line += "; " + d.Reason
		}
		if d.Unclear {
			line += "; guideline unclear"
		}
		fmt.Fprintln(e.stdout, line)
	}
}

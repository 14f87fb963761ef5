package session

import (
	"strings"
	"unicode"

	"spanwright/annotate"
	"spanwright/store"
)

// Filters are the words with a colon that the filter of documents understands; all
// other words are looked for in the names.
const (
	StateFilter  = "state:" // new, doing, done, in-review, returned or final
	FlagFilter   = "flag:"  // a flag of the scheme, or any
	TalkFilter   = "has:threads"
	BrokenFilter = "has:violations"
	DifferFilter = "differences:open" // between annotators
	BehindFilter = "scheme:old"       // done under an older scheme
	ForFilter    = "for:"             // an annotator they are assigned to, or me
	OwnFilter    = ForFilter + "me"
	AssignedTo   = "assigned:" // the same as ForFilter
	ByFilter     = "by:"       // whose work StateFilter is about, and without it whoever began
)

// states are the words for how far a document is.
var states = map[string]annotate.Status{
	"new": annotate.New, "doing": annotate.InProgress, "done": annotate.Done,
	"in-review": annotate.InReview, "returned": annotate.Returned, "final": annotate.Final,
}

// WorkFilter returns the filter that finds the documents that somebody's work on is in a state.
func WorkFilter(annotator string, status annotate.Status) string {
	for word, s := range states {
		if s == status {
			return ByFilter + inQuotes(annotator) + " " + StateFilter + word
		}
	}
	return ByFilter + inQuotes(annotator)
}

func inQuotes(name string) string {
	if strings.ContainsFunc(name, unicode.IsSpace) {
		return `"` + name + `"`
	}
	return name
}

// parseFilter returns what a typed filter asks for, with revision for the present scheme.
// Flags are taken by their beginning, so that a filter can be used while it is typed.
func parseFilter(text string, scheme *annotate.Scheme) store.DocumentQuery {
	var q store.DocumentQuery
	var name []string
	for _, word := range words(text) {
		state, isState := strings.CutPrefix(word, StateFilter)
		flag, isFlag := strings.CutPrefix(word, FlagFilter)
		status, known := states[state]
		whom, isFor := strings.CutPrefix(word, ForFilter)
		if !isFor {
			whom, isFor = strings.CutPrefix(word, AssignedTo)
		}
		by, isBy := strings.CutPrefix(word, ByFilter)
		switch {
		case isBy && by != "":
			q.By = by
		case isFor && whom != "":
			q.Assigned = whom
		case isState && known:
			q.Status = status
		case isFlag && flag != "":
			q.Flag = flagOf(flag, scheme)
		case word == TalkFilter:
			q.Talked = true
		case word == BrokenFilter:
			q.Broken = true
		case word == DifferFilter:
			q.Differing = true
		case word == BehindFilter:
			if q.Behind = scheme.Revision; q.Behind == 0 {
				q.Behind = -1 // nothing is older than the first scheme
			}
		default:
			name = append(name, word)
		}
	}
	q.Filter = strings.Join(name, " ")
	return q
}

// words returns the words of a filter. A name behind a colon that has blanks stands in quotes.
func words(text string) []string {
	var found []string
	var open *string // word whose quotes are not closed yet
	for _, word := range strings.Fields(text) {
		kind, name, named := strings.Cut(word, ":\"")
		switch {
		case open != nil:
			*open += " " + strings.TrimSuffix(word, `"`)
		case named:
			found = append(found, kind+":"+strings.TrimSuffix(name, `"`))
			open = &found[len(found)-1]
		default:
			found = append(found, word)
		}
		if strings.HasSuffix(word, `"`) {
			open = nil
		}
	}
	return found
}

// flagOf returns the flag that begins with what was typed, blanks written as hyphens.
func flagOf(typed string, scheme *annotate.Scheme) string {
	if typed == "any" {
		return store.AnyFlag
	}
	for _, f := range scheme.Flags {
		if strings.HasPrefix(strings.ToLower(FlagWord(f.Name)), strings.ToLower(typed)) {
			return f.Name
		}
	}
	return typed
}

// FlagWord returns a flag as it is written behind FlagFilter.
func FlagWord(flag string) string { return strings.Join(strings.Fields(flag), "-") }

// Tally counts the documents by what they can be filtered by, and hands the counts to
// take on the goroutine of the session.
func (l *List) Tally(take func(store.Tally)) {
	s, project, revision, blind, judges := l.session, l.session.project, l.session.scheme.Revision, l.session.blind, l.session.Judges()
	annotator := s.layerName()
	go func() {
		t, err := project.Tally(annotator, revision, blind, judges)
		s.post(func() {
			if err != nil {
				s.fail(err)
				return
			}
			if s.mayAdjudicate() != nil {
				t.Differing = 0
			}
			take(t)
		})
	}()
}

// auditsAtOnce is how many documents are looked through before the list shows what was found.
const auditsAtOnce = 200

// auditSome notes the violations of some documents whose violations are not known, and
// reports whether there may be more. It may be called on any goroutine.
func auditSome(project *store.Project, annotator string, scheme *annotate.Scheme, lookup annotate.Lookup) (more bool, err error) {
	ids, err := project.Unaudited(annotator, auditsAtOnce)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		since, err := project.Clock()
		if err != nil {
			return false, err
		}
		c, err := readContent(project, id, annotator, annotator, scheme, lookup)
		if err != nil {
			return false, err
		}
		wrong, missing := c.audit.Count()
		if err := project.NoteAudit(id, annotator, wrong, missing, since); err != nil {
			return false, err
		}
	}
	return len(ids) == auditsAtOnce && project.ReadOnly() == nil, nil
}

// Behind reports whether the current document was marked done under an older scheme.
func (s *Session) Behind() bool {
	return s.layer.Status() == annotate.Done && s.layer.Assessment.Behind(s.scheme.Revision)
}

// Confirm marks the current document, which was done under an older scheme, as done
// under the present one.
func (s *Session) Confirm() error {
	switch {
	case s.Behind():
		return s.SetStatus(annotate.Done)
	case s.layer.Assessment.Status == annotate.Done:
		s.tell("The document is done under the present scheme.")
	default:
		s.tell("The document is not done yet; Ctrl+Enter marks it done.")
	}
	return nil
}

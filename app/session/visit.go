package session

import (
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
)

// visit is a stay in another document to decide what a case waits for.
type visit struct {
	from, waiting annotate.ID // the document that is come back to, and the case
	name          string      // of that document
	there, wanted annotate.ID // document, and case of it that is to be decided
}

// Awaited returns what has to be decided in another document before the case looked at can be decided for
// what most have, or else for what anybody has; ok is false if nothing has.
func (a *Adjudication) Awaited() (e adjudication.Elsewhere, role string, ok bool) {
	c := a.Current()
	if c == nil || c.State == adjudication.Settled {
		return e, "", false
	}
	names := c.Most()
	if len(names) == 0 {
		for i := range c.Sides {
			names = append(names, c.Sides[i].Annotator)
		}
	}
	for _, name := range names {
		if e, role, ok = a.session.desk.Awaited(c, name); ok {
			return e, role, true
		}
	}
	return e, "", false
}

// Visit goes to what the case looked at waits for in another document; once that is decided it comes back.
// It reports whether there is anything of the kind.
func (a *Adjudication) Visit() bool {
	e, _, ok := a.Awaited()
	if !ok {
		return false
	}
	here := a.session.document
	for _, v := range a.visits {
		if v.from == here.ID && v.waiting == a.at {
			a.session.tell("These relations rest on one another: decide against one of them with 0.")
			return true
		}
	}
	a.visits = append(a.visits, visit{from: here.ID, waiting: a.at, name: here.Name, there: e.Document, wanted: e.Case})
	a.session.tell(fmt.Sprintf("Decide this first; then you are back in %s. Backspace goes back now.", here.Name))
	a.openCase(e.Document, e.Case)
	return true
}

// Visiting returns the name of the document that is come back to, "" if none is.
func (a *Adjudication) Visiting() string {
	if n := len(a.visits); n > 0 {
		return a.visits[n-1].name
	}
	return ""
}

// Return goes back to the case that waits for this document. It reports whether one does.
func (a *Adjudication) Return() bool {
	n := len(a.visits)
	if n == 0 {
		return false
	}
	v := a.visits[n-1]
	a.visits = a.visits[:n-1]
	a.openCase(v.from, v.waiting)
	return true
}

// returned goes back if what this document was visited for is decided; it reports whether it did.
func (a *Adjudication) returned() bool {
	n := len(a.visits)
	if n == 0 {
		return false
	}
	v := a.visits[n-1]
	c := a.session.desk.Case(v.wanted)
	if a.session.desk.Document() != v.there || c == nil || c.State != adjudication.Settled {
		return false
	}
	a.session.tell(fmt.Sprintf("Back in %s: what this waited for is decided.", v.name))
	return a.Return()
}

// forgetVisits gives up coming back when some other document was opened meanwhile.
func (a *Adjudication) forgetVisits(document annotate.ID) {
	if n := len(a.visits); n > 0 && a.visits[n-1].there != document {
		a.visits = nil
	}
}

// openCase opens a document and looks at a case of it.
func (a *Adjudication) openCase(document, id annotate.ID) {
	s := a.session
	s.read(document, func(c content) {
		s.together(func() {
			s.install(c, "")
			if s.adjudication == a {
				a.Go(id)
			}
		})
	})
}

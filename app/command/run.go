package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"spanwright/annotate"
	"spanwright/assets"
	"spanwright/store"
)

// Window says what the window opens with. All of it may be empty.
type Window struct {
	Project   string // path of a project file
	Annotator string
	Document  string // name of the document to begin with
}

// Exit statuses.
const (
	statusDone     = 0
	statusProblems = 1
	statusUsage    = 2
	statusCannot   = 3
)

// grammar is the command line as kong reads it.
type grammar struct {
	JSON bool `name:"json" help:"Give machine-readable output."`

	Open       openCommand       `cmd:"" default:"withargs" help:"Open the window. This is what happens without a command."`
	New        newCommand        `cmd:"" help:"Make a project."`
	Import     importCommand     `cmd:"" help:"Import files and folders into a project."`
	Export     exportCommand     `cmd:"" help:"Export a project's documents and annotations."`
	Packet     packetCommand     `cmd:"" help:"Make a project file with what one annotator is to label."`
	Blind      blindCommand      `cmd:"" help:"Tell, or say, whether annotators are kept from seeing one another's layers."`
	Timing     timingCommand     `cmd:"" help:"Tell, or say, whether the window measures how long annotators work on each document."`
	Merge      mergeCommand      `cmd:"" help:"Take other copies of a project, that others have worked on, into it."`
	Assign     assignCommand     `cmd:"" help:"Assign documents to annotators."`
	State      stateCommand      `cmd:"" help:"Tell, or say, how far work on documents is: new, in progress, done, in review, returned, final."`
	Team       teamCommand       `cmd:"" help:"Tell, or say, who annotates, reviews and leads."`
	Check      checkCommand      `cmd:"" help:"Check a project: the file, the offsets, and the annotations against the scheme."`
	Stats      statsCommand      `cmd:"" help:"Count documents, spans and relations."`
	Search     searchCommand     `cmd:"" help:"Find words in the texts of all documents."`
	Concepts   conceptsCommand   `cmd:"" help:"List the concepts of a project, or the mentions of one."`
	Agree      agreeCommand      `cmd:"" help:"Tell how far annotators agree, and where they do not."`
	Adjudicate adjudicateCommand `cmd:"" help:"Tell what annotators differ in and what is decided, and take over what they agree on."`
	Report     reportCommand     `cmd:"" help:"Write how the work stands: states, labels, agreement; as HTML or Markdown."`
	Feedback   feedbackCommand   `cmd:"" help:"Write what was decided otherwise than one annotator had it, and why."`
	Log        logCommand        `cmd:"" help:"Show the journal, the newest change first."`
	Scheme     schemeCommand     `cmd:"" help:"Show, check, compare and change schemes."`
	Schemes    schemesCommand    `cmd:"" help:"List the schemes a project can be made with."`
	Formats    formatsCommand    `cmd:"" help:"List the file formats."`
	Version    versionCommand    `cmd:"" help:"Show the version."`
}

// Run does what args say and returns the exit status. The window is opened by
// calling window. Interrupting the process ends a command in good order.
func Run(args []string, _ io.Reader, stdout, stderr io.Writer, window func(Window) error) (status int) {
	type exit int // what kong asks for after printing help
	defer func() {
		switch asked := recover().(type) {
		case nil:
		case exit:
			status = int(asked)
		default:
			panic(asked)
		}
	}()
	var g grammar
	parser, err := kong.New(&g, kong.Name("spanwright"),
		kong.Description("Label claims by hand: who says what, about whom, on what evidence."),
		kong.Vars{"scheme": assets.DefaultScheme, "measures": measureNames(), "states": stateNames()}, kong.Writers(stdout, stderr), kong.Exit(func(code int) { panic(exit(code)) }))
	if err != nil {
		panic(err) // the grammar is part of the program
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(stderr, "%v; see spanwright --help\n", err)
		return statusUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	env := &environment{ctx: ctx, stop: stop, stdout: stdout, stderr: stderr, json: g.JSON, window: window}
	return env.status(parsed.Run(env))
}

// environment is what a command works in.
type environment struct {
	ctx            context.Context
	stop           func() // from now on an interrupt ends the process at once
	stdout, stderr io.Writer
	json           bool
	window         func(Window) error
}

// errProblems says that problems in the data have been listed.
var errProblems = errors.New("there are problems")

// usageError is a wrong use of the command line that only the command can see.
type usageError struct{ error }

// status tells err to the person and returns the exit status for it.
func (e *environment) status(err error) int {
	var usage usageError
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errProblems):
		return statusProblems
	case errors.As(err, &usage):
		fmt.Fprintf(e.stderr, "%v; see spanwright --help\n", err)
		return statusUsage
	case errors.Is(err, context.Canceled):
		e.say("interrupted")
	default:
		e.say("%v", err)
	}
	return statusCannot
}

// say writes a line to standard error.
func (e *environment) say(format string, args ...any) {
	fmt.Fprintf(e.stderr, format+"\n", args...)
}

// object writes x to standard output as one line of JSON.
func (e *environment) object(x any) error {
	encoder := json.NewEncoder(e.stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(x)
}

// with opens a project, does something with it, and closes it.
func (e *environment) with(path string, do func(*store.Project) error) (err error) {
	project, err := store.Open(path)
	if err != nil {
		return err
	}
	defer func() {
		if closing := project.Close(); err == nil {
			err = closing
		}
	}()
	return do(project)
}

// eachDocument calls do for every document, in the order they were added.
func (e *environment) eachDocument(project *store.Project, do func(store.DocumentRow) error) error {
	const pageSize = 500
	for offset := 0; ; offset += pageSize {
		page, err := project.Documents(store.DocumentQuery{Offset: offset, Limit: pageSize})
		if err != nil || len(page) == 0 {
			return err
		}
		for _, row := range page {
			if err := e.ctx.Err(); err != nil {
				return err
			}
			if err := do(row); err != nil {
				return err
			}
		}
	}
}

// openCommand opens the window.
type openCommand struct {
	Project   string `arg:"" optional:"" help:"Project file." type:"path"`
	Annotator string `help:"Who annotates." placeholder:"NAME"`
	Document  string `help:"Document to begin with." placeholder:"NAME"`
}

func (c *openCommand) Run(e *environment) error {
	if c.Project != "" {
		if _, err := os.Stat(c.Project); err != nil {
			return annotate.Errorf(annotate.NotFound, "there is no such project; make one with spanwright new").At(c.Project, 0)
		}
	}
	e.stop()
	return e.window(Window{Project: c.Project, Annotator: c.Annotator, Document: c.Document})
}

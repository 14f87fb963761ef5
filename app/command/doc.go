// Package command is the command line: what can be done with a project without
// its window, and the way the window is opened.
//
// Messages go to standard error and data to standard output. The exit status is
// 0 when done; 1 when done or refused with problems in the data, which are
// listed; 2 for wrong usage; 3 when it cannot be done, because a file is missing,
// locked or damaged. Nothing here needs a display. Start with run.go.
package command

// Package configuration reads schemes from the files they are kept in: our own YAML,
// the configuration files of brat, and labelling configurations of Label Studio. What
// another tool's file says that a scheme cannot is told in remarks with file and line.
//
// Start with [Read]. It never changes a project.
package configuration

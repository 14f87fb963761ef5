// Package assets holds what the program carries inside itself: the schemes one
// can start a project with, the sample project, and the icon.
//
// It only hands out bytes; reading them is the business of the packages that
// know the formats. Files that are added to schemes/ are found without a change
// of code.
package assets

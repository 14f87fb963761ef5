// Package datasettest holds what the tests of all formats share: a generator of
// records that holds everything a project can, the property that what a format
// writes comes back, and what every reader must keep to whatever it reads.
package datasettest

// Package table reads and writes tables: CSV, and with tabs TSV. What their rows mean is
// found out by package rows. Start with read.go.
package table

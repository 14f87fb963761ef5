package xlsx

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// merges are the cells of a sheet that are merged with others below them, in the order in
// which they begin: what stands in them stands in each of their rows.
type merges struct {
	all   []merge
	under []merge // the row under way
}

type merge struct {
	column, top, bottom int // 0-based column, 1-based rows
	raw, shown          string
}

// fill puts into a row what stands in the cells that reach down into it. Rows come in order.
func (m *merges) fill(row *cells) {
	for len(m.all) > 0 && m.all[0].top <= row.line {
		next := m.all[0]
		m.all = m.all[1:]
		if next.top == row.line && next.column < len(row.raw) {
			next.raw, next.shown = row.raw[next.column], row.shown[next.column]
			m.under = append(m.under, next)
		}
	}
	m.under = slices.DeleteFunc(m.under, func(x merge) bool { return x.bottom < row.line })
	for _, x := range m.under {
		if n := x.column + 1 - len(row.raw); n > 0 {
			row.raw, row.shown = append(row.raw, make([]string, n)...), append(row.shown, make([]string, n)...)
		}
		row.raw[x.column], row.shown[x.column] = x.raw, x.shown
	}
}

// mergedPattern matches the tag of merged cells.
var mergedPattern = regexp.MustCompile(`<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"`)

// maxMerged is how much of a sheet is looked through for merged cells behind its rows, in bytes:
// more than a sheet has where somebody merged them.
const maxMerged = 16 << 20

// mergedIn returns the merged cells of a sheet. The library would put the whole sheet into memory for
// them; they stand behind its rows.
func mergedIn(file, sheet string) (*merges, error) {
	a, err := dataset.OpenArchive(file)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	name, err := memberOf(a, sheet)
	if err != nil || name == "" {
		return &merges{}, err
	}
	member, err := a.Open(name)
	if err != nil {
		return nil, err
	}
	defer member.Close()
	tail, err := behindRows(member)
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "the sheet %s cannot be read: %w", sheet, err)
	}
	m := &merges{}
	for _, found := range mergedPattern.FindAllSubmatch(tail, -1) {
		from, to, _ := strings.Cut(string(found[1]), ":")
		column, top, err := excelize.CellNameToCoordinates(from)
		_, bottom, wrong := excelize.CellNameToCoordinates(to)
		if err == nil && wrong == nil && bottom > top {
			m.all = append(m.all, merge{column: column - 1, top: top, bottom: bottom})
		}
	}
	slices.SortFunc(m.all, func(a, b merge) int { return cmp.Or(cmp.Compare(a.top, b.top), cmp.Compare(a.column, b.column)) })
	return m, nil
}

// memberOf returns the member of a workbook that a sheet is, "" where that cannot be found.
func memberOf(a *dataset.Archive, sheet string) (string, error) {
	const book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
	if !a.Has(book) || !a.Has(links) {
		return "", nil
	}
	of, err := a.Element(book)
	if err != nil {
		return "", err
	}
	to, err := a.Element(links)
	if err != nil {
		return "", err
	}
	id := ""
	if sheets := of.Find("sheets"); sheets != nil {
		for _, s := range sheets.All("sheet") {
			if s.Attr("name") == sheet {
				id = s.Attr("id")
			}
		}
	}
	for _, link := range to.All("Relationship") {
		if id == "" || link.Attr("Id") != id {
			continue
		}
		name := link.Attr("Target")
		if !path.IsAbs(name) {
			name = path.Join("xl", name)
		}
		if name = strings.TrimPrefix(path.Clean(name), "/"); a.Has(name) {
			return name, nil
		}
	}
	return "", nil
}

// rowsEnd matches the tag that ends the rows of a sheet.
var rowsEnd = regexp.MustCompile(`<(?:/(?:\w+:)?sheetData\s*|(?:\w+:)?sheetData\s*/)>$`)

// behindRows returns what stands behind the rows of a sheet.
func behindRows(r io.Reader) ([]byte, error) {
	const longest = 64 // bytes of the tag
	in := bufio.NewReaderSize(r, 1<<16)
	var last []byte
	for {
		piece, err := in.ReadSlice('>')
		last = append(last, piece[max(0, len(piece)-longest):]...)
		last = last[max(0, len(last)-longest):]
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case bytes.Contains(last, []byte("sheetData")) && rowsEnd.Match(last):
			return io.ReadAll(io.LimitReader(in, maxMerged))
		}
	}
}

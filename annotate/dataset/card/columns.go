package card

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Column is a column of a table, or a key that every line of JSON has.
type Column struct {
	Name     string
	Type     Type     // of its values; "" for a list of objects
	Repeated bool     // it is a list
	Columns  []Column // that every object in the list has
}

// Type is a type of values, as schema.org names it.
type Type string

// The types.
const (
	TextType    Type = "sc:Text"
	IntegerType Type = "sc:Integer"
	NumberType  Type = "sc:Float"
	BooleanType Type = "sc:Boolean"
)

// TableColumns returns the columns of a table that is separated by comma, or by a tabulator.
func TableColumns(r io.Reader, comma rune) ([]Column, error) {
	table := csv.NewReader(r)
	table.Comma, table.ReuseRecord, table.LazyQuotes = comma, true, comma == '\t'
	head, err := table.Read()
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "the first line of a table cannot be read: %w", err)
	}
	columns, empty := make([]Column, len(head)), make([]bool, len(head))
	for i, name := range head {
		columns[i] = Column{Name: strings.TrimPrefix(name, "\ufeff")}
	}
	for {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, annotate.Errorf(annotate.Corrupt, "a table cannot be read: %w", err)
		}
		for i, cell := range row {
			columns[i].Type = columns[i].Type.with(typeOfCell(cell))
			empty[i] = empty[i] || cell == ""
		}
	}
	for i := range columns {
		switch {
		case columns[i].Type == "":
			columns[i].Type = TextType
		case columns[i].Type == IntegerType && empty[i]:
			columns[i].Type = NumberType // so do those who read tables
		}
	}
	return columns, nil
}

// typeOfCell returns the type of a cell, "" of an empty one.
func typeOfCell(cell string) Type {
	if cell == "" {
		return ""
	}
	if _, err := strconv.ParseInt(cell, 10, 64); err == nil {
		return IntegerType
	}
	return TextType
}

// with returns the type that holds values of both.
func (t Type) with(other Type) Type {
	switch {
	case t == other || t == "":
		return other
	case other == "":
		return t
	case t != TextType && other != TextType && t != BooleanType && other != BooleanType:
		return NumberType
	}
	return TextType
}

// key is what is known of a key of objects.
type key struct {
	times  int // it is there and not null
	type_  Type
	other  bool // it was something that is no column
	list   bool
	inside map[string]*key
	items  int // objects in the list
}

// LineColumns returns the keys that every line of JSON has and that make columns: texts, numbers, truths,
// lists of them, and lists of objects.
func LineColumns(r io.Reader) ([]Column, error) {
	lines := dataset.NewLines(r)
	keys, total := map[string]*key{}, 0
	for lines.Next() {
		if lines.Err != nil {
			return nil, lines.Err
		}
		if len(lines.Line) == 0 {
			continue
		}
		var object map[string]any
		if err := json.Unmarshal(lines.Line, &object); err != nil {
			return nil, nil // it is another kind of JSON
		}
		total++
		learn(keys, object)
	}
	return columnsOf(keys, total), nil
}

// learn takes in the keys of an object.
func learn(keys map[string]*key, object map[string]any) {
	for name, value := range object {
		k := keys[name]
		if k == nil {
			k = &key{inside: map[string]*key{}}
			keys[name] = k
		}
		items, isList := value.([]any)
		switch {
		case value == nil:
			continue
		case isList:
			k.list = true
			for _, item := range items {
				k.learn(item)
			}
		case k.list:
			k.other = true
		default:
			k.learn(value)
		}
		k.times++
	}
}

func (k *key) learn(value any) {
	switch v := value.(type) {
	case string:
		k.type_ = k.type_.with(TextType)
	case bool:
		k.type_ = k.type_.with(BooleanType)
	case float64:
		if v == float64(int64(v)) {
			k.type_ = k.type_.with(IntegerType)
		} else {
			k.type_ = k.type_.with(NumberType)
		}
	case map[string]any:
		k.other = k.other || !k.list
		k.items++
		learn(k.inside, v)
	default:
		k.other = true
	}
}

// columnsOf returns the columns among keys that all of so many objects have, in order of name.
func columnsOf(keys map[string]*key, objects int) []Column {
	var columns []Column
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		k := keys[name]
		switch {
		case k.times < objects || k.other || k.type_ != "" && k.items > 0:
			continue
		case k.items > 0:
			inside := slices.DeleteFunc(columnsOf(k.inside, k.items), func(c Column) bool { return c.Repeated })
			if len(inside) > 0 {
				columns = append(columns, Column{Name: name, Repeated: true, Columns: inside})
			}
		case k.type_ != "":
			columns = append(columns, Column{Name: name, Type: k.type_, Repeated: k.list})
		}
	}
	return columns
}

package card

import (
	"os"

	"github.com/parquet-go/parquet-go"

	"spanwright/annotate"
)

// ParquetColumns returns the columns of a Parquet file: values, lists of them, and lists of objects.
func ParquetColumns(file *os.File) ([]Column, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	f, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "the Parquet file cannot be read: %w", err)
	}
	return parquetColumns(f.Schema().Fields(), true), nil
}

func parquetColumns(fields []parquet.Field, lists bool) []Column {
	var columns []Column
	for _, field := range fields {
		node, isList := itemOf(field)
		switch {
		case isList && !lists:
		case node.Leaf():
			columns = append(columns, Column{Name: field.Name(), Type: parquetType(node), Repeated: isList})
		case isList:
			if inside := parquetColumns(node.Fields(), false); len(inside) > 0 {
				columns = append(columns, Column{Name: field.Name(), Repeated: true, Columns: inside})
			}
		}
	}
	return columns
}

// itemOf returns what a list of three levels is a list of, or the node itself if it is none.
func itemOf(node parquet.Node) (item parquet.Node, isList bool) {
	for !node.Leaf() && len(node.Fields()) == 1 {
		inner := node.Fields()[0]
		if name := inner.Name(); name != "list" && name != "element" && name != "item" {
			break
		}
		node, isList = inner, true
	}
	return node, isList
}

func parquetType(node parquet.Node) Type {
	switch node.Type().Kind() {
	case parquet.Boolean:
		return BooleanType
	case parquet.Int32, parquet.Int64, parquet.Int96:
		return IntegerType
	case parquet.Float, parquet.Double:
		return NumberType
	}
	return TextType
}

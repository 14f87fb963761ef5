package store

import "spanwright/annotate"

// records reads records; condition is what follows WHERE.
func records(on source, condition string, args ...any) ([]*annotate.Record, error) {
	var found []*annotate.Record
	err := each(on, "SELECT id, document, annotator, label, parent, rank, attributes, flag, note FROM record WHERE "+condition+" ORDER BY rank, id", args,
		func(scan func(...any) error) error {
			var r annotate.Record
			var attributes string
			err := scan(&r.ID, &r.Document, &r.Annotator, &r.Label, &r.Parent, &r.Rank, &attributes, &r.Flag, &r.Note)
			if err != nil {
				return err
			}
			r.Attributes, err = readJSON[annotate.Value](attributes)
			found = append(found, &r)
			return err
		})
	return found, err
}

func (b *batch) putRecord(r *annotate.Record) error {
	attributes, err := jsonText(r.Attributes)
	if err != nil {
		return err
	}
	return execute(b, `INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
			document = excluded.document, annotator = excluded.annotator, label = excluded.label, parent = excluded.parent,
			rank = excluded.rank, attributes = excluded.attributes, flag = excluded.flag, note = excluded.note`,
		r.ID, r.Document, r.Annotator, r.Label, r.Parent, r.Rank, attributes, r.Flag, r.Note)
}

package exchange

import (
	"os"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/annotate/dataset"
	"spanwright/store"
)

// offer remarks on folders that have a scheme of brat's with labels that the project
// lacks, as long as nothing is in the project and another one can still be made.
func (im *importer) offer(paths []string) error {
	documents, err := im.project.CountDocuments(store.DocumentQuery{})
	if err != nil || documents > 0 {
		return err
	}
	for _, path := range paths {
		conf := filepath.Join(path, "annotation.conf")
		if _, err := os.Stat(conf); err != nil {
			continue
		}
		scheme, _, err := configuration.Read(conf)
		if err != nil {
			continue // it is not what is to be imported
		}
		former := im.scheme.Former()
		for _, l := range scheme.Spans {
			now, _ := former.Of(&annotate.Span{Label: l.Label})
			if im.scheme.Span(now.(*annotate.Span).Label) == nil {
				im.report.Remarks = append(im.report.Remarks, dataset.Remark{
					File: conf, Sentence: "the folder has a scheme of its own; a project made with --scheme and this file has its labels, roles and keys",
				})
				break
			}
		}
	}
	return nil
}

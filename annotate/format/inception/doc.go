// Package inception reads and writes whole projects as INCEpTION exports and imports them: a zip file with
//
//	exportedproject….json               documents, their states, layers and tagsets
//	source/NAME                         the documents as they were brought in
//	annotation/NAME/USER.…              what each annotator made of them, in the format that was chosen
//	curation/NAME/CURATION_USER.…       what the curators decided
//	guideline/NAME                      what annotators are told
//	annotation_ser, curation_ser        the same in a form of Java's own, which INCEpTION reads back
//
// Start with read.go and write.go; description.go makes layers and tagsets.
package inception

// Package inception reads whole projects as INCEpTION exports them: a zip file with
//
//	exportedproject….json               documents, their states, layers and tagsets
//	source/NAME                         the documents as they were brought in
//	annotation/NAME/USER.…              what each annotator made of them, in the format that was chosen
//	curation/NAME/CURATION_USER.…       what the curators decided
//	annotation_ser, curation_ser        the same in a form of Java's own, which INCEpTION reads back
//
// Start with read.go.
package inception

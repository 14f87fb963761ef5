// Package conll reads and writes tokens and their labels line by line, as the shared
// tasks of the Conference on Natural Language Learning do, and CoNLL-U.
//
//	Mona  NNP  B-NP  B-PER     conll: columns, the last of which is the tag
//	1  Mona  Mona  PROPN  …  Entity=(PER)     conllu: ten columns, MISC holds entities
//
// The source of facts are the descriptions of the shared tasks of 2002 and 2003, that of
// CoNLL-U at universaldependencies.org, UDPipe's of SpacesAfter and CorefUD's of Entity.
// Neither format holds a text: it is put together from its tokens, and what this package
// writes says what stands between them, so that it comes back to the byte. Start with
// columns.go and sentences.go for reading, words.go for writing.
package conll

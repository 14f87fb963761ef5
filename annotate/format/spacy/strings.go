package spacy

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// symbols are the strings that spaCy numbers itself, from 1 on; all others have their hash.
var symbols = newSymbolTable()

// firstSymbols to lastSymbols are those of spaCy 3 (spacy.symbols.IDS) without the two
// long runs between them, which are numbered: FLAG19 to FLAG63, DEPRECATED001 to DEPRECATED276.
const (
	firstSymbols = `IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_PUNCT IS_SPACE IS_TITLE IS_UPPER LIKE_URL LIKE_NUM LIKE_EMAIL IS_STOP
		IS_OOV_DEPRECATED IS_BRACKET IS_QUOTE IS_LEFT_PUNCT IS_RIGHT_PUNCT IS_CURRENCY`
	attributeSymbols = `ID ORTH LOWER NORM SHAPE PREFIX SUFFIX LENGTH CLUSTER LEMMA POS TAG DEP ENT_IOB ENT_TYPE HEAD SENT_START SPACY
		PROB LANG ADJ ADP ADV AUX CONJ CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X EOL SPACE`
	lastSymbols = `PERSON NORP FACILITY ORG GPE LOC PRODUCT EVENT WORK_OF_ART LANGUAGE LAW DATE TIME PERCENT MONEY QUANTITY ORDINAL
		CARDINAL acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod
		hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod pcomp pobj poss
		possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl ENT_KB_ID MORPH ENT_ID IDX _`
)

// symbolTable has the symbols both ways.
type symbolTable struct {
	names  []string // the first one is that of 1
	number map[string]uint64
}

func newSymbolTable() symbolTable {
	t := symbolTable{names: strings.Fields(firstSymbols)}
	for n := 19; n <= 63; n++ {
		t.names = append(t.names, fmt.Sprintf("FLAG%d", n))
	}
	t.names = append(t.names, strings.Fields(attributeSymbols)...)
	for n := 1; n <= 276; n++ {
		t.names = append(t.names, fmt.Sprintf("DEPRECATED%03d", n))
	}
	t.names = append(t.names, strings.Fields(lastSymbols)...)
	t.number = make(map[string]uint64, len(t.names))
	for i, name := range t.names {
		t.number[name] = uint64(i + 1)
	}
	return t
}

// key returns what stands for a string in a DocBin: 0 for none, the number of a symbol,
// or the hash.
func key(s string) uint64 {
	if s == "" {
		return 0
	}
	if n, ok := symbols.number[s]; ok {
		return n
	}
	return hash(s)
}

// hash is MurmurHash64A by Austin Appleby with seed 1, as spaCy's StringStore uses it.
func hash(s string) uint64 {
	const m, r = 0xc6a4a7935bd1e995, 47
	h := 1 ^ uint64(len(s))*m
	data := []byte(s)
	for ; len(data) >= 8; data = data[8:] {
		k := binary.LittleEndian.Uint64(data) * m
		k ^= k >> r
		h = (h ^ k*m) * m
	}
	if len(data) > 0 {
		var rest [8]byte
		copy(rest[:], data)
		h = (h ^ binary.LittleEndian.Uint64(rest[:])) * m
	}
	h = (h ^ h>>r) * m
	return h ^ h>>r
}

// store finds strings by what stands for them.
type store map[uint64]string

func newStore(all []string) store {
	s := make(store, len(all))
	for _, text := range all {
		s[key(text)] = text
	}
	return s
}

// of returns the string that n stands for; ok is false if the file does not have it.
func (s store) of(n uint64) (text string, ok bool) {
	switch {
	case n == 0:
		return "", true
	case n <= uint64(len(symbols.names)):
		return symbols.names[n-1], true
	}
	text, ok = s[n]
	return text, ok
}

package dataset

// UIMAType is a type that records have when they are written for programs of UIMA.
type UIMAType struct {
	Name, Super string // with their packages
	Description string
	Features    []UIMAFeature
}

// UIMAFeature is a feature of a type.
type UIMAFeature struct {
	Name    string
	Range   string // the type of what it has
	Element string // what a list has in it; "" for no list, and one of texts
}

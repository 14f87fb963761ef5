package annotate_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	. "spanwright/annotate"
)

// unseen are the fields in which two schemes may differ without a step: names that are
// known to have been had, and the count of revisions.
var unseen = map[string]bool{"Scheme.Revision": true, "Formerly": true}

// meaningless are fields that say nothing where they are: values of a text, and what a
// rule of another kind is about.
var meaningless = map[string]bool{
	"of a relation Values": true, "of a document Values": true, "of a record Values": true,
	"overlap Degree": true, "overlap Of": true, "overlap Role": true, "overlap Min": true, "overlap Max": true, "overlap Acyclic": true,
	"degree Allow": true, "degree Acyclic": true,
}

// TestEveryFieldOfASchemeIsCompared changes one field after the other.
func TestEveryFieldOfASchemeIsCompared(t *testing.T) {
	full := func() *Scheme { return parsed(t, before) }
	for name, in := range map[string]func(*Scheme) any{
		"scheme":        func(s *Scheme) any { return s },
		"label":         func(s *Scheme) any { return s.Span("Claim") },
		"relation":      func(s *Scheme) any { return s.Relation("about") },
		"role":          func(s *Scheme) any { return &s.Relation("about").Roles[0] },
		"attribute":     func(s *Scheme) any { return &s.Span("Claim").Attributes[0] },
		"of a relation": func(s *Scheme) any { return &s.Relation("about").Attributes[0] },
		"of a document": func(s *Scheme) any { return &s.Document[0] },
		"of a record":   func(s *Scheme) any { return &s.Records[0].Attributes[0] },
		"value":         func(s *Scheme) any { return &s.Span("Claim").Attributes[0].Values[0] },
		"inner value":   func(s *Scheme) any { return &s.Span("Claim").Attributes[1].Values[0].Values[0] },
		"record":        func(s *Scheme) any { return &s.Records[0] },
		"inner record":  func(s *Scheme) any { return &s.Records[0].Records[0] },
		"overlap":       func(s *Scheme) any { return &s.Rules[0] },
		"degree":        func(s *Scheme) any { return &s.Rules[1] },
		"flag":          func(s *Scheme) any { return &s.Flags[0] },
	} {
		of := reflect.TypeOf(in(full())).Elem()
		for i := range of.NumField() {
			field := of.Field(i)
			if unseen[field.Name] || unseen[of.Name()+"."+field.Name] || meaningless[name+" "+field.Name] {
				continue
			}
			to := full()
			other(reflect.ValueOf(in(to)).Elem().Field(i))
			assert.NotEmpty(t, Revise(full(), to).Steps, "%s: another %s is no step", name, field.Name)
		}
	}
}

// other makes a value another one.
func other(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "′")
	case reflect.Int:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		if v.Len() > 0 {
			v.SetZero()
			return
		}
		v.Set(reflect.Append(v, reflect.New(v.Type().Elem()).Elem()))
		if item := v.Index(0); item.Kind() == reflect.Struct {
			other(item.Field(0))
		} else {
			other(item)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	}
}

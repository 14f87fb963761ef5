// Package locale names a language where the environment names none, before the
// toolkit looks for one: of a locale such as C.UTF-8 it would complain on
// standard error at every start, in every command.
//
// The toolkit looks while its packages are initialised. Of packages that are
// ready Go initialises the one with the smallest import path first, and this one
// is ready as soon as syscall is, which the toolkit's own needs come after. So it
// imports nothing but syscall.
package locale

import "syscall"

func init() {
	if _, set := syscall.Getenv("LANGUAGE"); set {
		return
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		locale, _ := syscall.Getenv(name)
		if locale == "" {
			continue
		}
		if len(locale) > 1 && locale[:2] == "C." {
			// It cannot fail: the name and the value are plain.
			_ = syscall.Setenv("LANGUAGE", "en")
		}
		return
	}
}

package dataset

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"spanwright/annotate"
)

// What a zip file may hold. Real projects and books stay far below; what does not is made
// to fill a disk or a memory.
const (
	maxMembers  = 500_000          // a project of 100,000 documents has several for each
	maxMember   = annotate.MaxText // bytes of one member, unpacked
	maxUnpacked = 4 << 30          // bytes of all members, unpacked
	maxRatio    = 500              // bytes unpacked for one packed, in a member of more than maxUnjudged bytes
	maxUnjudged = 10 << 20
)

// Archive is a zip file that was looked over before anything in it is read.
type Archive struct {
	path    string
	zip     *zip.ReadCloser
	members map[string]*zip.File
	names   []string
}

// OpenArchive opens a zip file. One that is damaged or encrypted, has a member whose name leads out
// of it, or would unpack to more than a document can be is refused.
func OpenArchive(file string) (*Archive, error) {
	z, err := zip.OpenReader(file)
	var missing *fs.PathError
	switch {
	case errors.As(err, &missing):
		return nil, FileError(file, err)
	case err != nil:
		return nil, annotate.Errorf(annotate.Corrupt, "it is not a whole zip file: %w", err).At(file, 0)
	}
	a := &Archive{path: file, zip: z, members: map[string]*zip.File{}}
	if err := a.lookOver(); err != nil {
		z.Close()
		return nil, Place(err, file, 0)
	}
	return a, nil
}

func (a *Archive) lookOver() error {
	if len(a.zip.File) > maxMembers {
		return annotate.Errorf(annotate.Unsupported, "the zip file has %d members and the limit is %d; nothing in it was read", len(a.zip.File), maxMembers)
	}
	var unpacked uint64
	for _, m := range a.zip.File {
		if err := checkMember(m); err != nil {
			return err
		}
		if unpacked += m.UncompressedSize64; unpacked > maxUnpacked {
			return annotate.Errorf(annotate.Unsupported, "the zip file unpacks to more than %d GB; nothing in it was read", maxUnpacked>>30)
		}
		if m.Mode().IsDir() {
			continue
		}
		name := path.Clean(m.Name)
		if a.members[name] != nil {
			return annotate.Errorf(annotate.Invalid, "the zip file has two members named %q; nothing in it was read", m.Name)
		}
		a.members[name] = m
		a.names = append(a.names, name)
	}
	return nil
}

// checkMember refuses a member by what the zip file says of it.
func checkMember(m *zip.File) error {
	name := strings.TrimSuffix(m.Name, "/")
	switch {
	case !fs.ValidPath(path.Clean(name)) || strings.ContainsAny(name, "\\:\x00"):
		return annotate.Errorf(annotate.Invalid, "the zip file has a member named %q, which leads out of it; nothing in it was read", m.Name)
	case !m.Mode().IsDir() && !m.Mode().IsRegular():
		return annotate.Errorf(annotate.Invalid, "the member %q of the zip file is a link; nothing in it was read", m.Name)
	case m.Flags&1 != 0:
		return annotate.Errorf(annotate.Unsupported, "the member %q of the zip file is encrypted; nothing in it was read", m.Name)
	case m.UncompressedSize64 > maxUnjudged && m.UncompressedSize64/maxRatio > m.CompressedSize64:
		return annotate.Errorf(annotate.Unsupported, "the member %q of the zip file would unpack to %d times its size; nothing in it was read",
			m.Name, m.UncompressedSize64/max(m.CompressedSize64, 1))
	}
	return nil
}

// Close closes the zip file.
func (a *Archive) Close() error { return a.zip.Close() }

// Names returns the names of the members that are files, slash-separated, in the order they stand in.
func (a *Archive) Names() []string { return a.names }

// Has reports whether there is a file of that name.
func (a *Archive) Has(name string) bool { return a.members[name] != nil }

// Open returns a member to be read from its beginning, as far as it says that it reaches.
func (a *Archive) Open(name string) (io.ReadCloser, error) {
	m := a.members[name]
	if m == nil {
		return nil, annotate.Errorf(annotate.NotFound, "the zip file has no member %q", name).At(a.path, 0)
	}
	r, err := m.Open()
	if err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "the member %q of the zip file is damaged: %w", name, err).At(a.path, 0)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, int64(m.UncompressedSize64)), r}, nil
}

// Read returns the bytes of a member, which may be as large as a text.
func (a *Archive) Read(name string) ([]byte, error) {
	m := a.members[name]
	if m == nil {
		return nil, annotate.Errorf(annotate.NotFound, "the zip file has no member %q", name).At(a.path, 0)
	}
	if m.UncompressedSize64 > maxMember {
		return nil, annotate.Errorf(annotate.Unsupported, "the member %q of the zip file has %d MB and the limit is %d MB",
			name, m.UncompressedSize64>>20, maxMember>>20).At(a.path, 0)
	}
	r, err := m.Open()
	if err == nil {
		defer r.Close()
		var raw []byte
		// A member that is longer than it says is cut off, and then fails its checksum.
		if raw, err = io.ReadAll(io.LimitReader(r, maxMember+1)); err == nil && uint64(len(raw)) == m.UncompressedSize64 {
			return raw, nil
		}
	}
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return nil, annotate.Errorf(annotate.Corrupt, "the member %q of the zip file is damaged: %w", name, err).At(a.path, 0)
}

// Element returns the root element of a member that is XML.
func (a *Archive) Element(name string) (*Element, error) {
	raw, err := a.Read(name)
	if err != nil {
		return nil, err
	}
	root, err := ReadElement(bytes.NewReader(raw))
	var wrong *annotate.Error
	if errors.As(err, &wrong) {
		return nil, annotate.Errorf(wrong.Kind, "the member %q of the zip file, line %d: %s", name, wrong.Line, wrong.Sentence).At(a.path, 0)
	}
	return root, err
}

package schema

// HasFiles reports whether a value is a file or a list of them.
func (f *Facts) HasFiles(v *View) bool {
	return IsFile(v) || v.Is("array") && IsFile(f.View(v.Items))
}

func IsFile(v *View) bool { return v.Is("string") && v.Format == "binary" || v.File }

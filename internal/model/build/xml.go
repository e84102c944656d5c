package build

import "strings"

func isXML(media string) bool {
	base := baseType(media)
	return strings.HasSuffix(base, "/xml") || strings.HasSuffix(base, "+xml")
}

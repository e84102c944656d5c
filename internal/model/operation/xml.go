package operation

import "strings"

func isXML(media string) bool {
	base := BaseType(media)
	return strings.HasSuffix(base, "/xml") || strings.HasSuffix(base, "+xml")
}

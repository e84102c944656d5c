package param

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a day of the calendar, without a time and a time zone. As JSON and in
// a query it is an RFC 3339 full-date, "2006-01-02".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t falls on in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads an RFC 3339 full-date, such as "2006-01-02".
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("param.ParseDate: %q is not a date like 2006-01-02", s)
	}
	return DateOf(t), nil
}

// String returns the full-date, "2006-01-02".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// IsZero reports whether d is the zero Date, which is no day. It is what
// omitzero asks.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether d is a day of the calendar: 30 February is not one.
func (d Date) Valid() bool {
	return d.Year >= 0 && d.Year <= 9999 && DateOf(d.In(time.UTC)) == d
}

// In returns the first moment of d in loc.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// Compare returns -1 if d is before other, +1 if it is after, and 0 if they are
// the same day.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// MarshalText implements [encoding.TextMarshaler]. It fails if d is not a day
// of the calendar, so that a forgotten date is not sent as 0000-00-00.
func (d Date) MarshalText() ([]byte, error) {
	if !d.Valid() {
		return nil, fmt.Errorf("param.Date: %s is not a day of the calendar", d)
	}
	return []byte(d.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

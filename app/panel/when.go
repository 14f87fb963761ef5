package panel

import "time"

// when says at what time something was, as short as it can be told from now: the
// clock time of today and yesterday, the day of this year, else the date. Both
// are read by the calendar of now's place.
func when(at, now time.Time) string {
	at = at.In(now.Location())
	year, month, day := now.Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, now.Location())
	switch tomorrow, yesterday := today.AddDate(0, 0, 1), today.AddDate(0, 0, -1); {
	case !at.Before(today) && at.Before(tomorrow):
		return at.Format("today 15:04")
	case !at.Before(yesterday) && at.Before(today):
		return at.Format("yesterday 15:04")
	case at.Year() == year:
		return at.Format("2 January")
	}
	return at.Format("2 January 2006")
}

"""The calendar said in words and in iCalendar."""

"""Pages of the calendar, its events and feeds."""

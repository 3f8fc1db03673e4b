"""Pages of the log, and of who can see what."""

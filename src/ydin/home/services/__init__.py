"""Use cases of the public site, and those that join several slices."""

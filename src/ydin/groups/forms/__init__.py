"""Forms of the groups slice, by part."""

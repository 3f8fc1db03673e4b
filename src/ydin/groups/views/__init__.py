"""Pages of the groups slice, by part."""

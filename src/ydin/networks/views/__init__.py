"""Pages of the networks slice, by part."""

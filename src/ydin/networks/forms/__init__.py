"""Forms of the networks slice, by part."""

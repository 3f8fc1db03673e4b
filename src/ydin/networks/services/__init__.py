"""Use cases of the networks slice, by part."""

"""Views of the slice, one module for each part of a meeting's life."""

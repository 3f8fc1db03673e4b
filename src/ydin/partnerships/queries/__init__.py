"""Reusable querysets of the slice."""

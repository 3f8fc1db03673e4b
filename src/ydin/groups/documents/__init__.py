"""Rows of groups turned into something to read."""

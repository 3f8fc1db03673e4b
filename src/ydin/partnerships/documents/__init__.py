"""Rows turned into words and pictures."""

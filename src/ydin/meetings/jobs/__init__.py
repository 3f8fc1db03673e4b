"""Registers the tasks of the slice: importing this package imports them."""

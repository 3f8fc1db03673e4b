"""Ydin: the platform on which growth networks of micro-enterprises run."""

__version__ = "0.1.0"

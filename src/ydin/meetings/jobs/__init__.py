"""Registers the tasks of the slice: importing this package imports them."""

from ydin.meetings.jobs import answers  # noqa: F401 - registers its tasks

"""Registers the tasks of the slice: importing this package imports them."""

from ydin.meetings.jobs import answers, evening, planning  # noqa: F401 - registers their tasks

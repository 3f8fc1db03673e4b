"""Registers the tasks of the slice: importing this package imports them."""

from ydin.meetings.jobs import answers, evening, planning, replies  # noqa: F401 - registers their tasks

"""What may go wrong for a person, and is told to them in their language."""

from __future__ import annotations


class YdinError(Exception):
    """Base of the errors that a page turns into a message; `str(error)` is translated text."""


class NotAllowed(YdinError):  # noqa: N818 - reads as a sentence where it is raised
    """The person is known but may not do this (HTTP 403)."""


class Refused(YdinError):  # noqa: N818
    """A rule of the domain forbids it; the message says which and what to do (HTTP 422)."""


class Conflict(YdinError):  # noqa: N818
    """Somebody else changed the same thing first (HTTP 409)."""

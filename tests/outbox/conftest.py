"""Fixtures of the outbox: a mail server."""

from tests.outbox.inbox import inbox, open_inbox  # noqa: F401 - fixtures

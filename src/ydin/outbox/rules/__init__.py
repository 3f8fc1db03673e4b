"""States of a message and how long to wait before another attempt."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=3)


class MessageState(StrEnum):
    """Life of an e-mail. `SENDING` is a lease: it lapses when the process that took it dies."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


def wait_before(attempt: int) -> timedelta:
    """Return how long to wait before attempt number `attempt` (from 2): doubling from a minute, at most six hours."""
    return min(timedelta(minutes=2 ** max(attempt - 2, 0)), timedelta(hours=6))


def is_final(reply_code: int | None) -> bool:
    """Tell whether an SMTP reply code means: never (RFC 5321, 4.2.1: 5yz is a permanent failure)."""
    return reply_code is not None and 500 <= reply_code < 600  # noqa: PLR2004

"""States of a message, what a server's answer means, and how long to wait before another attempt."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=3)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=4)
"""RFC 5321, 4.5.4.1: the give-up time generally needs to be at least 4 to 5 days."""
SLOW_DOWN = timedelta(minutes=2)
JITTER = 0.25
LAST_PRINTABLE, FIRST_PRINTABLE = 0x7E, 0x21


class MessageState(StrEnum):
    """Life of an e-mail. `SENDING` is a lease: it lapses when the process that took it dies."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


class Stage(StrEnum):
    """Where in the conversation the server said no: before the receiver, at the receiver, at the content."""

    SERVER = "server"
    RECEIVER = "receiver"
    CONTENT = "content"


class Verdict(StrEnum):
    """What a refusal means for the message and for its address."""

    AGAIN = "again"
    NO_SUCH_ADDRESS = "no such address"
    MAILBOX_FULL = "mailbox full"
    LETTER_REFUSED = "letter refused"


ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")


def judge(stage: Stage, code: int, text: str) -> Verdict:
    """Say what a server's refusal means (RFC 5321, 4.2.1; RFC 3463 where the text carries its codes).

    5yz is final for a receiver and for a content. It is not where our own setting-up is refused: signing in,
    the sender, relaying. Those letters wait until an operator has put it right.
    """
    final = 500 <= code < 600  # noqa: PLR2004
    if stage == Stage.SERVER or not final or "relay" in text.lower():
        return Verdict.AGAIN
    found = ENHANCED.search(text)
    if found is None:
        nobody = stage == Stage.RECEIVER and code in {550, 551, 553, 556}
        return Verdict.NO_SUCH_ADDRESS if nobody else Verdict.LETTER_REFUSED
    subject, detail = int(found[1]), int(found[2])
    if subject == 1 or (subject, detail) == (2, 1):
        return Verdict.NO_SUCH_ADDRESS
    return Verdict.MAILBOX_FULL if (subject, detail) == (2, 2) else Verdict.LETTER_REFUSED


def wants_slower(code: int, text: str) -> bool:
    """Tell whether a temporary refusal means: too much at once (421, 4.7.x, 450 4.2.1)."""
    found = ENHANCED.search(text)
    return code == 421 or (400 <= code < 500 and found is not None and found[1] in {"2", "7"})  # noqa: PLR2004


def wait_before(attempt: int, seed: int) -> timedelta:
    """Return how long to wait before attempt number `attempt` (from 2).

    Doubling from a minute, at most four hours, up to a quarter more or less of it: drawn from `seed`, so that
    letters that failed together do not come back together, and that one letter always waits the same.
    """
    plain = min(timedelta(minutes=2 ** min(max(attempt - 2, 0), 16)), LONGEST_WAIT)
    drawn = (seed + attempt) * 2654435761 % 2**32 / 2**32
    return plain * (1 - JITTER + 2 * JITTER * drawn)


def gives_up(age: timedelta) -> bool:
    """Tell whether a message has been tried for long enough."""
    return age >= GIVE_UP_AFTER


def receiving_domain(address: str) -> str:
    """Return the domain that receives mail for an address, in lower case."""
    return address.rpartition("@")[2].strip().lower()


def xtext(text: str) -> str:
    """Encode a parameter of ESMTP (RFC 3461, 4): "+", "=" and what is not printable ASCII as +XX."""
    return "".join(
        chr(byte) if FIRST_PRINTABLE <= byte <= LAST_PRINTABLE and byte not in b"+=" else f"+{byte:02X}"
        for byte in text.encode()
    )

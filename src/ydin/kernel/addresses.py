"""Signed e-mail addresses: mail that comes back tells by its receiver whose it is (VERP), never by its From.

`answers+r3f-1k2-abcdefghijklmnop@example.org`: a letter for the purpose, numbers in base 36, and 80 bits of an
HMAC in base 32. Everything is lower case, since mail servers may change the case on the way. The same ids
always give the same address, as long as the key stays: calendar programs know an organizer by it.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

REPLY, SUBSTITUTE, BOUNCE = "r", "s", "b"
PURPOSES = (REPLY, SUBSTITUTE, BOUNCE)
LONGEST_LOCAL_PART = 64
MAC_BYTES = 10
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN = re.compile(r"([rsb])([0-9a-z]{1,25}(?:-[0-9a-z]{1,25}){0,2})-([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class SignedAddress:
    """What a signed address says: its purpose and ids. `token` is the part that was signed, in lower case."""

    purpose: str
    ids: tuple[int, ...]
    token: str


def reply_address(meeting_id: int, person_id: int, sequence: int | None = None) -> str:
    """Return where a person's answers to a meeting's letters go; empty when no such mail is read.

    Args:
        meeting_id: the meeting asked about.
        person_id: the person asked.
        sequence: of the meeting when the letter was written, for Reply-To. Left out for ORGANIZER, which
            must stay the same from one letter to the next; calendar replies carry the number themselves.

    """
    return _address(REPLY, meeting_id, person_id, *([] if sequence is None else [sequence]))


def substitute_address(meeting_id: int, person_id: int) -> str:
    """Return where the answers of the person's substitute go; empty when no such mail is read."""
    return _address(SUBSTITUTE, meeting_id, person_id)


def bounce_address(message_id: UUID) -> str:
    """Return the envelope sender of an outbox message, to which bounces come; empty when none are read."""
    return _address(BOUNCE, message_id.int)


def read_address(address: str) -> SignedAddress | None:
    """Return what a receiver's address says, or None when it is not one that we have signed.

    The domain is not looked at: relays and mailboxes may rewrite it. Old keys are accepted.
    """
    local = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _TOKEN.fullmatch(local.rpartition("+")[2]) if len(local) <= LONGEST_LOCAL_PART else None
    if found is None:
        return None
    purpose, ids, mac = found.groups()
    token = f"{purpose}{ids}"
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(mac, _mac(token, key)) for key in keys):
        return None
    return SignedAddress(purpose, tuple(int(part, 36) for part in ids.split("-")), token)


def _address(purpose: str, *ids: int) -> str:
    local, _, domain = settings.REPLY_ADDRESS.rpartition("@")
    if not local:
        return ""
    token = purpose + "-".join(_base36(number) for number in ids)
    return f"{local}+{token}-{_mac(token, settings.SECRET_KEY)}@{domain}"


def _mac(token: str, key: str | bytes) -> str:
    digest = salted_hmac("ydin.address", token, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:MAC_BYTES]).decode().lower()


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits

"""Names of a message for machines: sender of the envelope, Message-ID, and the thread it belongs to."""

from __future__ import annotations

import hashlib
import hmac
from email.utils import parseaddr

from django.conf import settings

from ydin.kernel.addresses import bounce_address
from ydin.outbox.models import Message


def envelope_sender(message: Message) -> str:
    """Return the address to which a bounce of this message goes (RFC 5321, 4.4: the reverse-path).

    A signed address that names the message, where a mailbox for answers is configured (`YDIN_REPLY_ADDRESS`);
    else the plain sender.
    """
    return bounce_address(message.pk) or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def message_id(message: Message) -> str:
    """Return the Message-ID (RFC 5322, 3.6.4), the same at every attempt."""
    return f"<{message.pk}@{_host()}>"


def thread_root(thread: str, address: str) -> str:
    """Return the id that all letters of a thread to one receiver refer to (RFC 5322, 3.6.4).

    It is computed, so that nothing need be looked up, and tells nothing: a keyed hash of thread (such as
    "meeting:12") and address. No letter has this id itself; mail programs then hang the letters under an
    empty root (RFC 5256, THREAD=REFERENCES).
    """
    key = f"ydin.thread.{settings.SECRET_KEY}".encode()
    value = hmac.new(key, f"{thread}|{address.lower()}".encode(), hashlib.sha256).hexdigest()[:32]
    return f"<thread.{value}@{_host()}>"


def _host() -> str:
    return str(settings.BASE_URL.partition("//")[2].partition("/")[0].partition(":")[0])

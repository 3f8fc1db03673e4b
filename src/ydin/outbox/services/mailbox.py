"""Fetching mail from a mailbox, for those whose relay cannot hand it to `ydin mail-in`."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message as Mail
from email.parser import BytesHeaderParser
from imaplib import IMAP4
from ssl import SSLError
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from imap_tools import (
    BaseMailBox,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    MailMessage,
    MailMessageFlags,
)
from imap_tools.errors import ImapToolsError

from ydin.kernel.addresses import SignedAddress, read_address
from ydin.outbox.rules.inbound import LARGEST_MAIL
from ydin.outbox.services.inbound import TooManyMails, store_mail

logger = logging.getLogger(__name__)

AT_ONCE = 200
LARGEST_HEAD = 256 * 1024
LONGEST_VALUE = 4000
TIMEOUT_SECONDS = 30
RECEIVER_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
SCHEMES: dict[str, tuple[Callable[..., BaseMailBox], int]] = {
    "imaps": (MailBox, 993),
    "imap+tls": (MailBoxStartTls, 143),
    "imap": (MailBoxUnencrypted, 143),
}


def poll_mailbox(*, actor: None) -> int:
    """Store what has come to the mailbox and remove it there; return how many mails were stored.

    A mail is removed only after it is committed here; one that is fetched twice is stored once. Mail without
    a signed address is somebody else's: it is marked as seen and stays.
    """
    if not settings.IMAP_URL:
        return 0
    stored = 0
    try:
        with _open(urlsplit(settings.IMAP_URL)) as box:
            for uid in box.uids("UNSEEN")[:AT_ONCE]:
                stored += _take(actor, box, uid)
    except (ImapToolsError, IMAP4.error, SSLError, OSError) as problem:
        logger.warning("the mailbox cannot be read: %s", problem)
    return stored


def _take(actor: None, box: BaseMailBox, uid: str) -> bool:
    """Read the header, and the mail only if it is ours and not too large."""
    head = _fetch(box, uid, headers_only=True)
    if head is None:
        return False
    headers = BytesHeaderParser().parsebytes(head.raw[:LARGEST_HEAD])
    receivers = _receivers(headers)
    if not receivers or head.size_rfc822 > LARGEST_MAIL:
        box.flag(uid, MailMessageFlags.SEEN, value=True)
        return False
    mail = _fetch(box, uid, headers_only=False)
    if mail is None:
        return False
    sender = str(headers.get("Return-Path", "unknown")).strip()
    try:
        stored = store_mail(actor=actor, raw=mail.raw, sender=sender, receivers=receivers)
    except TooManyMails:
        return False
    box.delete(uid)
    return bool(stored)


class _RawMail(MailMessage):
    """A fetched mail whose bytes nobody has looked into."""

    def __init__(self, fetch_data: list[Any]) -> None:
        raw, self._raw_uid_data, self._raw_flag_data = self._get_message_data_parts(fetch_data)
        self.raw = bytes(raw)


def _fetch(box: BaseMailBox, uid: str, *, headers_only: bool) -> _RawMail | None:
    found = box.fetch(uid_list=uid, mark_seen=False, headers_only=headers_only)
    mail = next(iter(found), None)
    return mail if isinstance(mail, _RawMail) else None


def _receivers(mail: Mail) -> list[SignedAddress]:
    values = [str(value)[:LONGEST_VALUE] for name in RECEIVER_HEADERS for value in mail.get_all(name, [])]
    found = [read_address(word) for value in values[:20] for word in re.split(r"[\s,;<>\"]+", value)]
    return list({one.token: one for one in found if one is not None}.values())


@contextmanager
def _open(url: SplitResult) -> Iterator[BaseMailBox]:
    kind, port = SCHEMES[url.scheme]
    box = kind(url.hostname or "localhost", port=url.port or port, timeout=TIMEOUT_SECONDS)
    folder = unquote(url.path.strip("/")) or "INBOX"
    box.email_message_class = _RawMail
    with box.login(unquote(url.username or ""), unquote(url.password or ""), initial_folder=folder) as opened:
        yield opened

"""Reading a mail that anybody may have sent. `read_mail` never fails and its work is bounded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum

from ydin.outbox.rules.bounces import Report, read_report
from ydin.outbox.rules.charsets import LONGEST_TEXT, as_text, header, html_as_text

LARGEST_MAIL = 12 * 1024 * 1024
"""Bytes that are taken from the wire; people answer with a picture of their shop."""
LARGEST_KEPT = 1024 * 1024
"""Bytes of them that are stored and read: text and calendar stand first."""
MOST_PARTS = 60
MOST_BOUNDARIES = 2000
LARGEST_CALENDAR = 64 * 1024
MOST_CALENDARS = 3
MOST_AN_HOUR = 30
"""Mails about one thing (a person and a meeting, or one letter) that are taken in an hour."""
RAW_KEPT = timedelta(days=30)
"""After this the mail itself is forgotten; what became of it stays …"""
ROW_KEPT = timedelta(days=365)
"""… until this."""

_AUTOMATIC_SUBJECT = re.compile(
    r"(automatic reply|auto(matic)? ?-?response|autoreply|out of (the )?office|"
    r"automaattinen (poissaolo)?(vastaus|ilmoitus|viesti)|poissaolo|poissa toimistolta|"
    r"autosvar|automatiskt? svar|frånvaro)",
    re.IGNORECASE,
)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:\s*(\S{1,400})", re.IGNORECASE | re.MULTILINE)
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)


class InboundState(StrEnum):
    """Life of a mail that came in."""

    RECEIVED = "received"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says, all of it text of bounded length. Empty fields: it does not say.

    `text` is the first readable text, with what it quotes. `automatic`: no person wrote it (RFC 3834).
    `calendars` are iCalendar objects, unread. `readable` is False when the mail is too odd to be opened.
    """

    from_name: str = ""
    from_address: str = ""
    subject: str = ""
    said_at: datetime | None = None
    text: str = ""
    automatic: bool = False
    calendars: tuple[bytes, ...] = ()
    attachments: int = 0
    report: Report | None = None
    readable: bool = True


@dataclass(slots=True)
class _Found:
    plain: str = ""
    html: str = ""
    calendars: list[bytes] = field(default_factory=list)
    attachments: int = 0


def fingerprint(about: str, raw: bytes) -> str:
    """Return what tells two deliveries of one mail from two mails: Message-ID and body, whatever relays added."""
    end = _HEAD_END.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    found = _MESSAGE_ID.search(head[: 64 * 1024])
    parts = [about.encode(), found[1] if found else head, hashlib.sha256(body).digest()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_mail(raw: bytes, sender: str, received: datetime) -> ReadMail:
    """Return what the mail says.

    Args:
        raw: as it came, or its beginning; read up to 1 MiB.
        sender: of the envelope; empty is the null reverse-path of machines (RFC 5321, 4.5.5).
        received: when it came, aware; a date far from it is not believed.

    """
    raw = raw[:LARGEST_KEPT]
    if _is_tangled(raw):
        return ReadMail(readable=False)
    try:
        return _read(BytesParser(policy=compat32).parsebytes(raw), sender, received)
    except _BROKEN:
        return ReadMail(readable=False)


def _is_tangled(raw: bytes) -> bool:
    low = raw.lower()
    return (
        low.count(b"multipart/") + low.count(b"message/") > MOST_PARTS
        or low.count(b"\n--") > MOST_BOUNDARIES
        or (_HEAD_END.search(raw) is None and len(raw) > LARGEST_KEPT // 2)
    )


def _read(mail: Message, sender: str, received: datetime) -> ReadMail:
    name, address = parseaddr(header(mail, "From"))
    report = read_report(mail)
    found = _Found()
    for part in _leaves(mail):
        _take(part, found)
    return ReadMail(
        from_name=name[:200],
        from_address=address.lower()[:254] if address.count("@") == 1 else "",
        subject=header(mail, "Subject"),
        said_at=_date(header(mail, "Date"), received),
        text=found.plain if found.plain.strip() else html_as_text(found.html),
        automatic=report is not None or is_automatic(mail, sender),
        calendars=tuple(found.calendars),
        attachments=found.attachments,
        report=report,
    )


def is_automatic(mail: Message, sender: str) -> bool:
    """Tell by its headers whether a machine sent it: none of them is ever answered (RFC 3834)."""
    said = header(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    if said not in {"", "no"} or sender.strip() in {"", "<>"}:
        return True
    if header(mail, "Precedence").lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    if any(
        mail.get(name) for name in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop")
    ):
        return True
    suppressed = header(mail, "X-Auto-Response-Suppress").lower()
    if any(word in suppressed for word in ("all", "oof", "autoreply")):
        return True
    return _AUTOMATIC_SUBJECT.match(header(mail, "Subject")) is not None


def _leaves(mail: Message) -> Iterator[Message]:
    """Give the parts that carry something, without opening mails inside the mail."""
    waiting, count = [mail], 0
    while waiting and count < MOST_PARTS:
        part, count = waiting.pop(0), count + 1
        inside = part.get_payload()
        if isinstance(inside, list):
            if part.get_content_maintype() == "multipart":
                waiting[:0] = [p for p in inside if isinstance(p, Message)][:MOST_PARTS]
            continue
        yield part


def _take(part: Message, found: _Found) -> None:
    kind = part.get_content_type()
    name = str(part.get_filename() or "").lower()[-40:]
    if kind in {"text/calendar", "application/ics"} or name.endswith(".ics"):
        raw = _payload(part)
        if len(found.calendars) < MOST_CALENDARS and 0 < len(raw) <= LARGEST_CALENDAR:
            found.calendars.append(raw)
        return
    if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
        found.attachments += 1
    elif kind == "text/html":
        found.html = found.html or as_text(_payload(part), _charset(part))
    elif not found.plain:
        found.plain = as_text(_payload(part), _charset(part))


def _payload(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body[: LONGEST_TEXT * 4] if isinstance(body, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _BROKEN:
        return None


def _date(said: str, received: datetime) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said[:80])
    except (*_BROKEN, IndexError):
        return None
    return believable(moment if moment.tzinfo else moment.replace(tzinfo=UTC), received)


def believable(moment: datetime, received: datetime) -> datetime | None:
    """Return the moment in UTC if it lies within a year before and a day after the mail's arrival."""
    try:
        utc = moment.astimezone(UTC)
        return utc if -timedelta(days=1) <= received - utc <= timedelta(days=366) else None
    except (OverflowError, ValueError):
        return None

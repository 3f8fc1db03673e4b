"""Mails as people's programs write them, for tests of mail that comes in."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from ydin.kernel.clock import now
from ydin.meetings.models import Meeting


def plain_mail(to: str, text: str, *, sender: str = "aino@example.org", **headers: str) -> bytes:
    """Return a plain answer."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Aino Rantala <{sender}>", to, "Re: Invitation"
    mail["Date"], mail["Message-ID"] = format_datetime(now()), make_msgid(domain="mail.example.org")
    for name, value in headers.items():
        field = name.replace("_", "-")
        del mail[field]
        mail[field] = value
    mail.set_content(text)
    return mail.as_bytes()


def calendar_object(meeting: Meeting, status: str, *, method: str = "REPLY", **more: Any) -> str:
    """Return an iTIP reply (RFC 5546, 3.2.3) to a meeting's invitation."""
    fields = {"sequence": meeting.sequence, "uid": meeting.uid, "lines": "", "parameters": "", "stamp": None}
    fields |= more
    stamp = fields["stamp"] or now()
    start = fields.get("start") or meeting.starts_at
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A calendar//EN", f"METHOD:{method}",
        "BEGIN:VEVENT", f"UID:{fields['uid']}", f"SEQUENCE:{fields['sequence']}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        "ORGANIZER:mailto:somebody@example.org",
        f"ATTENDEE;PARTSTAT={status}{fields['parameters']}:mailto:aino@example.org",
        *fields["lines"].splitlines(),
        "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def calendar_mail(to: str, calendar: str, *, text: str = "", **headers: str) -> bytes:
    """Return a calendar reply as Outlook sends it: a text and the calendar object beside it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Aino <aino@example.org>", to, "Accepted: Invitation"
    mail["Date"], mail["Message-ID"] = format_datetime(now()), make_msgid(domain="mail.example.org")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text or "\n")
    mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY", "charset": "utf-8"})
    return mail.as_bytes()

"""The message as it goes over the wire."""

from __future__ import annotations

from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailAlternative

from ydin.outbox.documents.envelope import message_id
from ydin.outbox.models import Message


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Build the MIME message: text, HTML, and the calendar object as alternative and attachment (RFC 6047, 2.4).

    Every attempt gives the same Date and Message-ID. `Auto-Submitted` keeps answering machines quiet (RFC 3834).
    """
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((message.to_name, message.to_address))],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            **message.headers,
            "Date": format_datetime(message.created_at),
            "Message-ID": message_id(message),
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.alternatives.append(EmailAlternative(message.html, "text/html"))
    if message.calendar:
        kind = f"text/calendar; method={message.calendar_method or 'PUBLISH'}; charset=utf-8"
        mail.alternatives.append(EmailAlternative(message.calendar, kind))
        mail.attach("invite.ics", message.calendar.encode(), "application/ics")
    return mail

"""The message as it goes over the wire."""

from __future__ import annotations

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import EmailAlternative

from ydin.outbox.models import Message


def message_id(message: Message) -> str:
    """Return the Message-ID (RFC 5322, 3.6.4), the same at every attempt."""
    host = settings.BASE_URL.partition("//")[2].partition("/")[0].partition(":")[0]
    return f"<{message.pk}@{host}>"


def as_mail(message: Message) -> EmailMultiAlternatives:
    """Build the MIME message: text, HTML, and the calendar object as alternative and attachment (RFC 6047, 2.4)."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((message.to_name, message.to_address))],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={
            **message.headers,
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

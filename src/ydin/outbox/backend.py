"""Django's e-mail interface on top of the outbox, for mail that libraries send (sign-in codes)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from ydin.outbox.emails import Letter
from ydin.outbox.services import post
from ydin.people.models import Person


class OutboxBackend(BaseEmailBackend):
    """Turns every message into outbox rows, in the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages, one row for each receiver; return how many messages there were."""
        for message in email_messages:
            for address in message.to:
                self._queue(message, address)
        return len(email_messages)

    @staticmethod
    def _queue(message: EmailMessage, address: str) -> None:
        html = ""
        if isinstance(message, EmailMultiAlternatives):
            html = next((str(content) for content, kind in message.alternatives if kind == "text/html"), "")
        person: Any = Person.objects.filter(email__iexact=address).first()
        post(
            actor=person,
            letter=Letter(
                kind="account",
                person=person,
                address=address,
                language=translation.get_language() or "fi",
                subject=str(message.subject),
                text=str(message.body),
                html=html,
            ),
        )

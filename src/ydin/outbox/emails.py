"""Writing a letter: one receiver, their language, three templates (subject, text, HTML)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ydin.people.models import Person


@dataclass(frozen=True)
class Letter:
    """One e-mail to one receiver, complete: nothing is rendered later.

    `once` is a key: a second letter with it is silently not written (reminders, retried jobs).
    `calendar` is an iCalendar object, `method` its iTIP method (RFC 5546), e.g. REQUEST.
    `thread` names what the letter is about, e.g. "meeting:12": mail programs show a receiver's letters of one
    thread together.
    """

    kind: str
    address: str
    language: str
    subject: str
    text: str
    html: str = ""
    person: Person | None = None
    name: str = ""
    reply_to: str = ""
    calendar: str = ""
    method: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    thread: str = ""
    once: str | None = None


def absolute(path: str) -> str:
    """Return the full address of a path of this site, for use in letters."""
    return f"{settings.BASE_URL}{path}"


def compose(
    *,
    template: str,
    person: Person,
    context: dict[str, Any],
    **more: Any,
) -> Letter:
    """Render a letter to a person in their language and on their clock.

    Args:
        template: e.g. `"meetings/email/announced"`; `.subject.txt`, `.txt` and `.html` must exist.
        person: the receiver; `person` is also in the templates' context, as are `language` and `base_url`.
        context: what the templates need. Addresses must be absolute (`absolute(path)`).
        more: further fields of `Letter` (`reply_to`, `calendar`, `method`, `headers`, `thread`, `once`).

    """
    return _render(
        template,
        language=person.language,
        time_zone=person.time_zone,
        context={**context, "person": person},
        more={"address": person.email, "person": person, "name": person.name, **more},
    )


def compose_to_address(
    *,
    template: str,
    address: str,
    name: str,
    language: str,
    context: dict[str, Any],
    **more: Any,
) -> Letter:
    """Render a letter to somebody who is no person of the system yet (an applicant, a substitute)."""
    return _render(
        template,
        language=language,
        time_zone=settings.TIME_ZONE,
        context={**context, "person": None, "name": name},
        more={"address": address, "name": name, **more},
    )


def _render(
    template: str, *, language: str, time_zone: str, context: dict[str, Any], more: dict[str, Any]
) -> Letter:
    with translation.override(language), timezone.override(ZoneInfo(time_zone)):
        full = {**context, "language": language, "base_url": settings.BASE_URL}
        subject = render_to_string(f"{template}.subject.txt", full)
        text = render_to_string(f"{template}.txt", {**full, "subject": subject.strip()})
        html = render_to_string(f"{template}.html", {**full, "subject": subject.strip()})
    kind = template.replace("/email/", ".")
    return Letter(
        kind=kind, language=language, subject=subject.strip(), text=text.strip() + "\n", html=html, **more
    )

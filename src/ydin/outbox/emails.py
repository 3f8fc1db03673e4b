"""Writing a letter: one receiver, their language, three templates (subject, text, HTML)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from ydin.people.models import Person
from ydin.people.rules import MailKind
from ydin.people.services import letters_path, unsubscribe_path
from ydin.ui.letters import render_letter


@dataclass(frozen=True)
class Letter:
    """One e-mail to one receiver, complete: nothing is rendered later.

    `once` is a key: a second letter with it is silently not written (reminders, retried jobs).
    `calendar` is an iCalendar object, `method` its iTIP method (RFC 5546), e.g. REQUEST.
    `thread` names what the letter is about, e.g. "meeting:12": mail programs show a receiver's letters of one
    thread together. `group_id` is the core group that it concerns: its coordinators see whether it arrived.
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
    group_id: int | None = None
    once: str | None = None


def absolute(path: str) -> str:
    """Return the full address of a path of this site, for use in letters."""
    return f"{settings.BASE_URL}{path}"


def compose(
    *,
    template: str,
    person: Person,
    context: dict[str, Any],
    optional: MailKind | None = None,
    **more: Any,
) -> Letter:
    """Render a letter to a person in their language and on their clock.

    Args:
        template: e.g. `"meetings/email/announced"`; `.subject.txt`, `.txt` and `.html` must exist.
        person: the receiver; `person` is also in the templates' context, as are `language`, `base_url` and
            `letters_url`, where the person chooses their letters.
        context: what the templates need. Addresses must be absolute (`absolute(path)`). A `group` in it is the
            core group that the letter concerns.
        optional: the kind of a letter that the person may turn off: the letter then carries the headers of
            one-click unsubscribing (RFC 2369, RFC 8058), and `unsubscribe` is in the context.
        more: further fields of `Letter` (`reply_to`, `calendar`, `method`, `headers`, `thread`, `once`).

    """
    extra: dict[str, Any] = {"letters_url": absolute(letters_path(person))}
    if optional is not None:
        off = absolute(unsubscribe_path(person, optional))
        extra["unsubscribe"] = off
        more["headers"] = {
            **more.get("headers", {}),
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return _render(
        template,
        language=person.language,
        time_zone=person.time_zone,
        context={**extra, **context, "person": person},
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
        context={"letters_url": "", **context, "person": None, "name": name},
        more={"address": address, "name": name, **more},
    )


def _render(
    template: str, *, language: str, time_zone: str, context: dict[str, Any], more: dict[str, Any]
) -> Letter:
    letter = render_letter(
        template, language=language, time_zone=time_zone, context=context, base_url=settings.BASE_URL
    )
    return Letter(
        kind=template.replace("/email/", "."),
        language=language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        group_id=getattr(context.get("group"), "pk", None),
        **more,
    )

"""Letters of the groups slice, each in its receiver's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from ydin.groups.models import Application, CoreGroup, GlassBreak, Seat
from ydin.groups.queries import coordinators_of
from ydin.groups.rules import SeatState
from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose, compose_to_address
from ydin.people.models import Person

FOLLOW = "application"
"""Purpose of the link by which an applicant follows and withdraws."""


def follow_url(application: Application) -> str:
    """Return the full address at which the applicant sees what became of the application."""
    return absolute(reverse("groups:follow", args=[make_token(FOLLOW, application.pk.int)]))


def coordinator_welcome(*, group: CoreGroup, person: Person, by: Person | None) -> Letter:
    """Tell a person that they coordinate the group, and where to sign in."""
    return compose(
        template="groups/email/coordinator_welcome",
        person=person,
        context={
            "group": group,
            "by": str(by) if by else "",
            "url": absolute(reverse("groups:seats", args=[group.pk])),
            "sign_in_url": absolute(reverse("account_login")),
        },
        reply_to=by.email if by else "",
    )


def seat_welcome(*, seat: Seat, person: Person, by: Person | None) -> Letter:
    """Tell a person what the group is and when it meets; there is nothing to do."""
    coordinators = coordinators_of(seat.group)
    return compose(
        template="groups/email/seat_welcome",
        person=person,
        context={
            "group": seat.group,
            "company": seat.enterprise,
            "is_visitor": seat.state == SeatState.VISITOR,
            "weekdays": _weekdays(seat.group, person.language),
            "by": str(by) if by else ", ".join(str(c) for c in coordinators),
        },
        reply_to=by.email if by else _first_address(coordinators),
    )


def address_failing(
    *, group: CoreGroup, reader: Person, name: str, address: str, reason: str, phone: str, once: str
) -> Letter:
    """Tell a coordinator that mail does not reach somebody, and which number to call."""
    return compose(
        template="groups/email/address_failing",
        person=reader,
        context={
            "group": group,
            "who": name,
            "address": address,
            "reason": reason,
            "phone": phone,
            "url": absolute(reverse("groups:letters")),
        },
        once=once,
    )


def glass_broken(*, broken: GlassBreak, person: Person) -> Letter:
    """Tell a reader of the group, or a coordinator of its network, that somebody else reads it for an hour."""
    group = broken.group
    return compose(
        template="groups/email/glass_broken",
        person=person,
        context={
            "broken": broken,
            "group": group,
            "by": str(broken.person),
            "url": absolute(reverse("home:group", args=[group.network.slug, group.slug])),
        },
        reply_to=group.network.contact_email or _first_address(coordinators_of(group)),
    )


def application_received(*, application: Application, person: Person) -> Letter:
    """Tell a coordinator that somebody asks to visit."""
    return compose(
        template="groups/email/application_received",
        person=person,
        context={
            "application": application,
            "group": application.group,
            "url": absolute(reverse("groups:applications", args=[application.group_id])),
        },
        reply_to=application.email,
    )


def application_thanks(*, application: Application) -> Letter:
    """Thank the applicant; they follow and withdraw by the link."""
    return _to_applicant("groups/email/application_thanks", application)


def application_welcomed(*, application: Application, note: str, by: Person) -> Letter:
    """Tell the applicant that they are welcome, in the coordinator's words."""
    return _to_applicant("groups/email/application_welcomed", application, note=note, by=by)


def application_declined(*, application: Application, note: str, by: Person) -> Letter:
    """Tell the applicant that it does not work out."""
    return _to_applicant("groups/email/application_declined", application, note=note, by=by)


def application_moved(*, application: Application, origin: CoreGroup) -> Letter:
    """Tell the applicant that another group of the network answers."""
    return _to_applicant("groups/email/application_moved", application, origin=origin)


def _to_applicant(template: str, application: Application, **more: Any) -> Letter:
    by = more.get("by")
    return compose_to_address(
        template=template,
        address=application.email,
        name=application.name,
        language=application.language,
        context={
            "application": application,
            "group": application.group,
            "url": follow_url(application),
            **more,
            "by": str(by) if by else "",
        },
        reply_to=by.email if by else _first_address(coordinators_of(application.group)),
    )


def _weekdays(group: CoreGroup, language: str) -> list[str]:
    """Return the names of the group's weekdays in a language (January 2024 began on a Monday)."""
    with translation.override(language):
        return [date_format(date(2024, 1, 1 + day), "l") for day in sorted(group.weekdays)]


def _first_address(people: list[Person]) -> str:
    return people[0].email if people else ""

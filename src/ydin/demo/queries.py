"""Who the demo lets people be, and where each of them finds something to do."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

from ydin.calendar.models import FeedAddress
from ydin.demo.rules.institutes import TEACHER
from ydin.demo.rules.network import (
    AREAS,
    COORDINATORS,
    DEVELOPERS,
    NATIONAL,
    UNIVERSITY,
    address_of,
    sample_companies,
)
from ydin.demo.rules.parts import HOST_NEXT, MEMBER, SHOWCASE, VISITORS, Role
from ydin.kernel.clock import now
from ydin.kernel.links import make_token
from ydin.meetings.emails.answers import answer_path
from ydin.meetings.emails.planning import host_path
from ydin.meetings.models import HostingTurn, Rsvp
from ydin.meetings.rules.states import LIVE_TURNS, MeetingState
from ydin.networks.queries import utc_today
from ydin.people.models import Person


@cache
def address_of_role(role: Role) -> str:
    """Return the e-mail address of the sample person who is entered as this role."""
    companies = sample_companies()[SHOWCASE]
    area = next(a for a in AREAS if a.slug == SHOWCASE)
    if role is Role.COORDINATOR:
        return address_of(COORDINATORS[area.coordinator], DEVELOPERS[area.coordinator])
    if role is Role.NATIONAL:
        return address_of(NATIONAL, UNIVERSITY.split(" (", maxsplit=1)[0])
    if role is Role.INSTITUTE:
        return TEACHER.email
    place = {Role.HOST: HOST_NEXT, Role.MEMBER: MEMBER, Role.VISITOR: len(companies) - VISITORS}
    return companies[place[role]].people[0].email


def person_of_role(role: Role) -> Person | None:
    """Return the sample person of a role, None before the network is built."""
    return Person.objects.filter(email=address_of_role(role)).first()


def next_page(role: Role, person: Person) -> str:
    """Return the path on which this person has something to do now. Row security shows them what it may.

    The visitor needs no signing in: theirs is the personal link of the invitation.
    """
    found = {Role.HOST: _turn_path, Role.VISITOR: _invitation_path}.get(role, lambda _person: "")(person)
    page = {
        Role.COORDINATOR: "home:own-groups",
        Role.NATIONAL: "home:network",
        Role.VISITOR: "home:front",
        Role.INSTITUTE: "institutes:work",
    }
    return found or reverse(page.get(role, "home:mine"))


def _turn_path(person: Person) -> str:
    turn = (
        HostingTurn.objects.filter(
            enterprise__representatives__person=person, state__in=LIVE_TURNS, evening__gte=utc_today()
        )
        .order_by("evening", "pk")
        .first()
    )
    return host_path(turn.pk, person.pk) if turn else ""


def _invitation_path(person: Person) -> str:
    """Return the answer page of the next meeting to which the person is invited."""
    rsvp = (
        Rsvp.objects.filter(
            person=person, meeting__state=MeetingState.ANNOUNCED, meeting__starts_at__gt=now()
        )
        .order_by("meeting__starts_at", "pk")
        .first()
    )
    return answer_path(rsvp.meeting_id, person.pk) if rsvp else ""


def feed_path(person: Person) -> str:
    """Return the path of the calendar address that the builder gave the person, if it still stands."""
    address = FeedAddress.objects.filter(person=person, revoked_at__isnull=True).order_by("pk").first()
    return reverse("calendar:own-feed", args=[make_token("feed", address.pk)]) if address else ""

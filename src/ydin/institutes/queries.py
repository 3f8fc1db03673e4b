"""Reusable querysets of facilities, assignments, demos and those who make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When

from ydin.groups.models import CoreGroup, Seat
from ydin.groups.queries import groups_overseen_by, groups_read_by
from ydin.groups.rules import READING_STATES
from ydin.institutes.models import (
    AUDIENCE_LABELS,
    RECRUIT_LABELS,
    USABLE_LABELS,
    Assignment,
    Demo,
    Facility,
    Interest,
    Recruitment,
    RecruitName,
    TeamMember,
)
from ydin.institutes.rules import DemoState, InterestState, NameState, PageState
from ydin.networks.models import Enterprise, Network, Organisation, Region, RoleAssignment
from ydin.networks.queries import (
    current_representatives,
    during,
    enterprises_of,
    networks_signed_by,
    organisations_acted_for,
    utc_today,
)
from ydin.networks.rules import NetworkRole
from ydin.networks.rules.outsiders import TEACHING
from ydin.people.models import Person

P = TypeVar("P", Facility, Assignment)
_ASKED = {Facility: "interests__enterprise__in", Assignment: "demos__enterprise__in"}
AUDIENCE_CHOICES = [(key.value, label) for key, label in AUDIENCE_LABELS.items()]
RECRUIT_CHOICES = [(key.value, label) for key, label in RECRUIT_LABELS.items()]
USABLE_CHOICES = [(key.value, label) for key, label in USABLE_LABELS.items()]
"""(value, label in the reader's language) for forms."""


def networks_browsed_by(person: Person) -> QuerySet[Network]:
    """Return the networks in which the person reads or oversees a group, as `ydin_browsed_networks()`."""
    mine = Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_overseen_by(person))
    return Network.objects.filter(pk__in=CoreGroup.objects.filter(mine).values("network"))


def roles_signed(person: Person, role: NetworkRole) -> QuerySet[RoleAssignment]:
    """Return where the person has this role today and has signed the commitment in force."""
    return RoleAssignment.objects.filter(
        during(utc_today()), person=person, role=role, network__in=networks_signed_by(person)
    )


def institutes_of(person: Person) -> QuerySet[Organisation]:
    """Return the institutes for which the person acts, as `ydin_taught_organisations()`."""
    networks = roles_signed(person, NetworkRole.INSTITUTE).values("network")
    return (
        organisations_acted_for(person).filter(kind__in=TEACHING, network__in=networks).order_by("name", "pk")
    )


def demos_made_by(person: Person) -> QuerySet[TeamMember]:
    """Return the person's places in student teams, as `ydin_team_demos()`."""
    networks = roles_signed(person, NetworkRole.STUDENT).values("network")
    return TeamMember.objects.filter(person=person, network__in=networks)


@dataclass(frozen=True)
class Place:
    """A company of the person and a group in which it sits."""

    enterprise: Enterprise
    group: CoreGroup

    @property
    def key(self) -> str:
        """Return the pair for a form."""
        return f"{self.enterprise.pk}-{self.group.pk}"


def places_in(person: Person, network: Network | int) -> list[Place]:
    """Return for which company, and in which group of the network, the person may ask; by name."""
    seats = Seat.objects.filter(
        enterprise__in=enterprises_of(person),
        state__in=READING_STATES,
        ends_on__isnull=True,
        group__network=network,
    )
    rows = seats.select_related("enterprise", "group").order_by("enterprise__name", "group__name", "pk")
    return [Place(seat.enterprise, seat.group) for seat in rows]


def people_of_company(enterprise: int, asker: int | None) -> list[Person]:
    """Return who hears for the company: whoever asked while they act for it, else everybody who does."""
    people = [acts.person for acts in current_representatives().filter(enterprise=enterprise)]
    return [one for one in people if one.pk == asker] or people


def people_of_institute(institute: Organisation) -> list[Person]:
    """Return who hears for the institute: those who act for it as such today."""
    roles = RoleAssignment.objects.filter(
        during(utc_today()),
        during(utc_today(), "person__representations__"),
        network=institute.network_id,
        role=NetworkRole.INSTITUTE,
        person__representations__organisation=institute,
        person__is_active=True,
    )
    rows = roles.select_related("person").order_by("person__name", "pk").distinct()
    return list({role.person_id: role.person for role in rows}.values())


def students_of(institute: Organisation) -> list[Person]:
    """Return the institute's students in the network today, by name."""
    roles = RoleAssignment.objects.filter(
        during(utc_today()),
        during(utc_today(), "person__representations__"),
        network=institute.network_id,
        role=NetworkRole.STUDENT,
        person__representations__organisation=institute,
        person__is_active=True,
    )
    rows = roles.select_related("person").order_by("person__name", "pk").distinct()
    return list({role.person_id: role.person for role in rows}.values())


def team_of(demo: Demo) -> list[Person]:
    """Return the demo's team by name, as far as the acting person may read it."""
    rows = TeamMember.objects.filter(demo=demo).select_related("person").order_by("person__name", "pk")
    return [row.person for row in rows]


def listed_facilities(rows: QuerySet[Facility]) -> QuerySet[Facility]:
    """Return those that are shown, by name, with what a list needs."""
    shown = rows.filter(state=PageState.SHOWN).select_related("institute", "region")
    return shown.order_by("title", "pk")


def listed_assignments(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Return those that are shown and can still be asked for, the first deadline first."""
    open_now = rows.filter(state=PageState.SHOWN, ask_by__gte=utc_today())
    return open_now.select_related("institute", "region").order_by("ask_by", "title", "pk")


def newly_shown(rows: QuerySet[P], person: Person, since: datetime, until: datetime) -> QuerySet[P]:
    """Return of listed facilities or assignments those that became news then, where the person may ask for them.

    What their companies have asked for already is left out.
    """
    companies = enterprises_of(person)
    seats = Seat.objects.filter(enterprise__in=companies, state__in=READING_STATES, ends_on__isnull=True)
    fresh = rows.filter(shown_at__gt=since, shown_at__lte=until, network__in=seats.values("group__network"))
    return fresh.exclude(**{_ASKED[rows.model]: companies})


def with_names(rows: QuerySet[Demo]) -> QuerySet[Demo]:
    """Return the demos with what a list or page needs, the newest first."""
    return rows.select_related("assignment", "institute", "enterprise", "group", "network", "asker").order_by(
        "-asked_at", "-pk"
    )


def interests_with_names(rows: QuerySet[Interest]) -> QuerySet[Interest]:
    """Return the interests with facility, company and institute, the newest first."""
    return rows.select_related("facility", "enterprise", "institute").order_by("-asked_at", "-pk")


def demo_by_id(pk: int) -> Demo | None:
    """Return a demo that the acting person may read."""
    return with_names(Demo.objects.filter(pk=pk)).first()


def interest_now(facility: Facility, enterprises: Iterable[int]) -> Interest | None:
    """Return the latest interest of one of these companies in the facility."""
    rows = Interest.objects.filter(facility=facility, enterprise__in=list(enterprises))
    return interests_with_names(rows.exclude(state=InterestState.WITHDRAWN)).first()


def open_demo_of(assignment: Assignment, enterprises: Iterable[int]) -> Demo | None:
    """Return the latest demo of one of these companies of this assignment."""
    rows = Demo.objects.filter(assignment=assignment, enterprise__in=list(enterprises))
    return rows.exclude(state__in=[DemoState.WITHDRAWN, DemoState.DECLINED]).order_by("-asked_at").first()


@dataclass(frozen=True)
class Recruited:
    """One recruitment, and the student if the reader may know."""

    row: Recruitment
    name: RecruitName | None

    @property
    def shows_name(self) -> bool:
        """Tell whether the student said yes."""
        return self.name is not None and self.name.state == NameState.YES


def recruitments_of(demo: Demo) -> list[Recruited]:
    """Return who was taken on after the demo, as far as the acting person may read it."""
    names = {
        one.recruitment_id: one
        for one in RecruitName.objects.filter(recruitment__demo=demo).select_related("person")
    }
    rows = Recruitment.objects.filter(demo=demo).order_by("recorded_at", "pk")
    return [Recruited(row, names.get(row.pk)) for row in rows]


def recruit_name(demo: Demo, pk: int) -> RecruitName | None:
    """Return the student's row of a recruitment."""
    return RecruitName.objects.filter(recruitment=pk, recruitment__demo=demo).first()


def recruited_in(network: int) -> int | None:
    """Return how many were taken on in the network; None below three companies, or where one has most."""
    with connection.cursor() as cursor:
        cursor.execute("select ydin_recruited(%s)", [network])
        row = cursor.fetchone()
    return row[0] if row else None


def institutes_with(rows: QuerySet[Any]) -> QuerySet[Organisation]:
    """Return the institutes of these facilities or assignments, by name."""
    return Organisation.objects.filter(pk__in=rows.order_by().values("institute")).order_by("name", "pk")


def regions_with(rows: QuerySet[Any]) -> QuerySet[Region]:
    """Return the regions of these facilities or assignments, by name."""
    return Region.objects.filter(pk__in=rows.order_by().values("region")).order_by("name_fi", "pk")


def waiting_first(rows: QuerySet[Demo]) -> QuerySet[Demo]:
    """Return the demos with their names: those that wait for somebody first, then the newest."""
    cases = [
        When(state=state, then=Value(place))
        for place, state in enumerate(
            (DemoState.ASKED, DemoState.TAKEN, DemoState.MORE, DemoState.DELIVERED, DemoState.ASSESSED)
        )
    ]
    ordered = with_names(rows).annotate(place=Case(*cases, default=Value(len(cases))))
    return ordered.order_by("place", "-asked_at", "-pk")

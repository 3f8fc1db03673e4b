"""Reusable querysets of groups, seats and the people behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from ydin.groups.models import (
    KIND_LABELS,
    Acceptance,
    Application,
    CoreGroup,
    GlassBreak,
    GroundRules,
    GroupCoordinator,
    Seat,
)
from ydin.groups.rules import (
    GLASS_SHOWN,
    OPEN_APPLICATIONS,
    READING_STATES,
    UNDO_TIME,
    SeatState,
    default_ground_rules,
)
from ydin.kernel.clock import now
from ydin.networks.models import ContactCard, Enterprise, Network, Representative, RoleAssignment
from ydin.networks.queries import current_representatives, during, networks_coordinated_by, utc_today
from ydin.networks.rules import NetworkRole
from ydin.networks.rules.texts import Said, best_text
from ydin.people.models import AddressProblem, Person

KIND_CHOICES = [(kind.value, label) for kind, label in KIND_LABELS.items()]
"""(value, label in the reader's language) for forms."""


@dataclass(frozen=True)
class Invitee:
    """A person to invite, and the company whose seat they represent."""

    person: Person
    enterprise: Enterprise
    is_visitor: bool


@dataclass(frozen=True)
class Reading:
    """A person who reads what is said in a group, and the company whose seat gives them that."""

    person: Person
    enterprise: Enterprise | None


def groups_coordinated_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups that the person coordinates today."""
    return CoreGroup.objects.filter(
        during(utc_today(), "coordinators__"), coordinators__person=person
    ).distinct()


def groups_overseen_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups that the person coordinates, and all groups of networks they coordinate."""
    return CoreGroup.objects.filter(
        Q(pk__in=groups_coordinated_by(person)) | Q(network__in=networks_coordinated_by(person))
    )


def groups_of_member(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups in which a company of the person holds a seat (not as a visitor) today."""
    return CoreGroup.objects.filter(
        during(utc_today(), "seats__enterprise__representatives__"),
        seats__state__in=READING_STATES,
        seats__enterprise__representatives__person=person,
    ).distinct()


def groups_with_seat_of(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups to which a company of the person belongs today, as a member or a visitor."""
    return CoreGroup.objects.filter(
        during(utc_today(), "seats__enterprise__representatives__"),
        seats__state__in=[SeatState.VISITOR, SeatState.MEMBER, SeatState.PAUSED],
        seats__enterprise__representatives__person=person,
    ).distinct()


def application_groups_of_address(address: str) -> QuerySet[CoreGroup]:
    """Return the groups that somebody of this e-mail address has asked to visit, and waits for."""
    waiting = Application.objects.filter(email__iexact=address.strip(), state__in=OPEN_APPLICATIONS)
    return CoreGroup.objects.filter(pk__in=waiting.values("group_id"))


def groups_read_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups whose confidential content the person reads: seats held and groups coordinated.

    The same set as the database function `ydin_member_groups()`.
    """
    return CoreGroup.objects.filter(
        Q(pk__in=groups_of_member(person)) | Q(pk__in=groups_coordinated_by(person))
    )


def groups_opened_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups for which the person broke the glass within the last hour (`ydin_opened_groups()`)."""
    moment = now()
    return CoreGroup.objects.filter(
        glass_breaks__person=person, glass_breaks__starts_at__lte=moment, glass_breaks__ends_at__gt=moment
    ).distinct()


def groups_readable_by(person: Person) -> QuerySet[CoreGroup]:
    """Return the groups whose confidential content the person may read now, `ydin_readable_groups()`.

    Wider than `groups_read_by`, which also says where somebody takes part: it adds what was opened by
    breaking the glass. Use it where confidential content is read, nowhere else.
    """
    return CoreGroup.objects.filter(Q(pk__in=groups_read_by(person)) | Q(pk__in=groups_opened_by(person)))


def living_seats(group: CoreGroup) -> QuerySet[Seat]:
    """Return the group's seats that nobody has left, by company name."""
    return (
        Seat.objects.filter(group=group)
        .exclude(state=SeatState.LEFT)
        .select_related("enterprise", "enterprise__municipality", "enterprise__municipality__sub_region")
        .order_by("enterprise__name", "pk")
    )


def member_seats(group: CoreGroup) -> QuerySet[Seat]:
    """Return the seats of member companies (neither visitors nor on a break), by company name."""
    return living_seats(group).filter(state=SeatState.MEMBER)


def invitees(group: CoreGroup) -> list[Invitee]:
    """Return everybody who represents a member or visitor company of the group today."""
    states = {s.enterprise_id: s.state for s in living_seats(group).exclude(state=SeatState.PAUSED)}
    people: QuerySet[Representative] = current_representatives().filter(
        enterprise_id__in=states, person__is_active=True
    )
    found: dict[int, Invitee] = {}
    for r in people:
        assert r.enterprise is not None
        found.setdefault(
            r.person_id, Invitee(r.person, r.enterprise, states[r.enterprise.pk] == SeatState.VISITOR)
        )
    return list(found.values())


def coordinators_of(group: CoreGroup) -> list[Person]:
    """Return the group's coordinators of today."""
    return list(
        Person.objects.filter(during(utc_today(), "coordinated__"), coordinated__group=group)
        .distinct()
        .order_by("name", "pk")
    )


def overseers_of(groups: QuerySet[CoreGroup]) -> list[Person]:
    """Return everybody who coordinates one of the groups or its network today, by name, with one query."""
    day = utc_today()
    leads = GroupCoordinator.objects.filter(during(day), group__in=groups).values("person")
    roles = RoleAssignment.objects.filter(during(day), network__in=groups.values("network"))
    nationals = roles.filter(role=NetworkRole.COORDINATOR).values("person")
    return list(Person.objects.filter(Q(pk__in=leads) | Q(pk__in=nationals)).order_by("name", "pk"))


def named_coordinators(group: CoreGroup) -> list[Person]:
    """Return the coordinators of today who agreed to be named to everybody."""
    return list(
        Person.objects.filter(
            during(utc_today(), "coordinated__"), coordinated__group=group, coordinated__is_named=True
        )
        .distinct()
        .order_by("name", "pk")
    )


def about_group(group: CoreGroup, language: str) -> Said:
    """Return what the group says about itself, in the reader's language or the best there is."""
    texts = {**group.about_texts, group.language: group.about}
    return best_text(texts, language, [group.language, *group.network.languages])


def coordinator_spells(group: CoreGroup) -> QuerySet[GroupCoordinator]:
    """Return the coordinators' spells that have not ended, with the person, by name."""
    return (
        GroupCoordinator.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=utc_today()), group=group)
        .select_related("person", "group")
        .order_by("person__name", "pk")
    )


def ground_rules_of(group: CoreGroup) -> QuerySet[GroundRules]:
    """Return the versions of the ground rules, the newest first."""
    return GroundRules.objects.filter(group=group).order_by("-number", "language")


@dataclass(frozen=True)
class RulesNow:
    """The ground rules in force in one language. `number` 0 is the text that every group begins with."""

    number: int
    language: str
    text: str

    def said(self, wanted: str) -> Said:
        """Return the text for a reader of the wanted language, with a note where it is another one."""
        own = wanted.partition("-")[0].lower()
        return Said(self.text, self.language, "" if self.language == own else self.language)


def rules_now(group: CoreGroup, language: str) -> RulesNow:
    """Return the group's ground rules in force, in this language, else in the group's, else in any."""
    found: list[GroundRules] = []
    for version in ground_rules_of(group).filter(valid_from__lte=utc_today()):
        if found and version.number != found[0].number:
            break
        found.append(version)
    if not found:
        return RulesNow(0, *default_ground_rules(language, group.language))
    texts = {version.language: version.text for version in found}
    chosen = next(one for one in (language, group.language, *texts) if one in texts)
    return RulesNow(found[0].number, chosen, texts[chosen])


def has_accepted(person: Person, group: CoreGroup, number: int) -> bool:
    """Tell whether the person has accepted this version of the group's ground rules."""
    return Acceptance.objects.filter(person=person, group=group, number=number).exists()


def acceptances_of(group: CoreGroup, number: int) -> dict[int, Acceptance]:
    """Return who accepted this version, by the person's id."""
    return {a.person_id: a for a in Acceptance.objects.filter(group=group, number=number)}


def readers_of(group: CoreGroup) -> list[Reading]:
    """Return the people who read what is said in the group, with the company they act for, by its name.

    Coordinators come first, without a company. Nobody else reads; see `ydin_member_groups()`.
    """
    found = {person.pk: Reading(person, None) for person in coordinators_of(group)}
    seats = living_seats(group).filter(state__in=READING_STATES)
    for acts in current_representatives().filter(enterprise__in=seats.values("enterprise")):
        found.setdefault(acts.person_id, Reading(acts.person, acts.enterprise))
    return list(found.values())


def glass_breaks_lately(group: CoreGroup) -> QuerySet[GlassBreak]:
    """Return when the glass was broken within the time that pages tell it, newest first, with who did it."""
    return (
        GlassBreak.objects.filter(group=group, ends_at__gt=now() - GLASS_SHOWN)
        .select_related("person")
        .order_by("-starts_at", "pk")
    )


def groups_of_network(network: Network) -> QuerySet[Any]:
    """Return the network's groups by name, with counts of members, visitors, coordinators and applications.

    `members`, `visitors` and `leaders` are counted for everybody; `asking` as far as row security shows.
    """
    today = utc_today()
    return (
        CoreGroup.objects.filter(network=network)
        .select_related("region", "organisation")
        .annotate(
            members=Count("seats", Q(seats__state=SeatState.MEMBER), distinct=True),
            visitors=Count("seats", Q(seats__state=SeatState.VISITOR), distinct=True),
            leaders=Count("coordinators", during(today, "coordinators__"), distinct=True),
            asking=Count("applications", Q(applications__state__in=OPEN_APPLICATIONS), distinct=True),
        )
        .order_by("name", "pk")
    )


def seats_to_manage(group: CoreGroup) -> QuerySet[Seat]:
    """Return living seats, and those left within the last hour, whose change can still be taken back."""
    just_left = Q(state=SeatState.LEFT, changed_at__gte=now() - UNDO_TIME) & ~Q(previous_state="")
    return (
        Seat.objects.filter(~Q(state=SeatState.LEFT) | just_left, group=group)
        .select_related("group", "enterprise", "enterprise__municipality")
        .order_by("enterprise__name", "pk")
    )


@dataclass(frozen=True)
class Contactable:
    """A representative, with the contact card as far as row security shows it to the reader."""

    representative: Representative
    card: ContactCard | None


@dataclass(frozen=True)
class FailingContact:
    """Somebody whom mail does not reach, why, and the contact card as far as the reader may see it."""

    person: Person
    problem: AddressProblem
    card: ContactCard | None


def contacts_of(enterprises: Iterable[int]) -> dict[int, list[Contactable]]:
    """Return today's representatives by company id, with the cards that the reader may see."""
    people = list(current_representatives().filter(enterprise_id__in=list(enterprises)))
    cards = {c.representative_id: c for c in ContactCard.objects.filter(representative__in=people)}
    found: dict[int, list[Contactable]] = {}
    for acts in people:
        assert acts.enterprise_id is not None
        found.setdefault(acts.enterprise_id, []).append(Contactable(acts, cards.get(acts.pk)))
    return found


def is_card_shared(representative: Representative) -> bool:
    """Tell whether the group sees the representative's card, as far as row security shows that."""
    return ContactCard.objects.filter(representative=representative, shared_with_group=True).exists()


def contacts_of_person(person: Person) -> list[Contactable]:
    """Return for whom the person acts today, with the cards that the reader may see."""
    acts = list(current_representatives().filter(person=person))
    cards = {c.representative_id: c for c in ContactCard.objects.filter(representative__in=acts)}
    return [Contactable(one, cards.get(one.pk)) for one in acts]


def same_trade(group: CoreGroup, industry_code: str, municipality: int | None) -> list[Enterprise]:
    """Return members of the group with the same four-digit industry in the same municipality.

    Codes are compared by their first four digits ("62.010" and "6201" are one); nothing without both facts.
    """
    wanted = _four_digits(industry_code)
    if not wanted or municipality is None:
        return []
    neighbours = living_seats(group).filter(enterprise__municipality=municipality)
    return [s.enterprise for s in neighbours if _four_digits(s.enterprise.industry_code) == wanted]


def _four_digits(code: str) -> str:
    digits = "".join(c for c in code if c.isdigit())[:4]
    return digits if len(digits) == 4 else ""  # noqa: PLR2004 - a class of NACE


def applications_of(group: CoreGroup) -> QuerySet[Application]:
    """Return those who asked to visit, the open ones first, then the newest."""
    open_first = Count("pk", Q(state__in=OPEN_APPLICATIONS))
    return (
        Application.objects.filter(group=group)
        .select_related("group", "moved_to", "answered_by")
        .annotate(is_open=open_first)
        .order_by("-is_open", "-created_at", "pk")
    )


def applications_open(group: CoreGroup) -> QuerySet[Application]:
    """Return the applications that wait for an answer or for their evening, oldest first."""
    return Application.objects.filter(group=group, state__in=OPEN_APPLICATIONS).order_by("created_at", "pk")


def application_by_link(pk: UUID) -> Application | None:
    """Return the application that a signed link names, readable and writable for the rest of the transaction.

    Whoever holds the link made the application; row security lets exactly this row through.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('ydin.application', %s, true)", [str(pk)])
    return Application.objects.select_related("group", "group__network", "moved_to").filter(pk=pk).first()


def add_to_application(group: int, address: str, words: str, heading: str) -> None:
    """Add what somebody writes a second time to their open application, under a heading; at most 8,000 letters.

    By a function of the database: whoever asks may read no application, their own neither.
    """
    with connection.cursor() as cursor:
        cursor.execute("select ydin_asked_again(%s, %s, %s, %s)", [group, address, words, heading])


def companies_named(network: Network, names: Iterable[str]) -> dict[str, Enterprise]:
    """Return the network's companies with these names, by name in lower case."""
    wanted = {name.strip().lower() for name in names if name.strip()}
    known = Enterprise.objects.filter(network=network).annotate(low=Lower("name")).filter(low__in=wanted)
    return {e.name.lower(): e for e in known}


def seats_of_company(enterprise: Enterprise) -> QuerySet[Seat]:
    """Return the company's seats that it has not left, with their groups."""
    return (
        Seat.objects.filter(enterprise=enterprise, ends_on__isnull=True)
        .select_related("group")
        .order_by("pk")
    )

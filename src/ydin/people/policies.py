"""What a person may choose, and which messages they want."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from ydin.kernel.clock import today
from ydin.people.models import (
    LANGUAGE_LABELS,
    MAIL_KIND_LABELS,
    RHYTHM_LABELS,
    AddressProblem,
    NotificationChoice,
    Person,
)
from ydin.people.rules import MailKind, digest_is_due, digest_slot

Reader = Person | AnonymousUser | None
"""Whoever reads: a signed-in person, or a stranger."""
Actor = Person
"""Who acts, for the signatures of pages."""

MAILED_WITHIN = timedelta(hours=12)
"""Whoever was told so lately is not looked at again: less to read every few minutes."""
LANGUAGE_CHOICES = [(key.value, label) for key, label in LANGUAGE_LABELS.items()]
MAIL_KIND_CHOICES = [(key.value, label) for key, label in MAIL_KIND_LABELS.items()]
RHYTHM_CHOICES = [(key.value, label) for key, label in RHYTHM_LABELS.items()]


def as_person(reader: Reader) -> Person | None:
    """Return the person, or None for a stranger."""
    return reader if isinstance(reader, Person) and reader.is_active else None


def wants(person: Person, kind: MailKind) -> bool:
    """Tell whether the person gets messages of this kind now; every kind is on until it is turned off."""
    return person.pk not in unwanted([person], kind)


def unwanted(people: Iterable[Person], kind: MailKind) -> set[int]:
    """Return the ids of those who turned this kind off, take a break from letters or whom mail does not reach.

    Two queries, however many they are.
    """
    asked = list(people)
    off = NotificationChoice.objects.filter(person_id__in=[p.pk for p in asked], kind=kind, wanted=False)
    failing = failing_addresses(p.email for p in asked)
    held_back = {p.pk for p in asked if takes_break(p) or p.email.strip().lower() in failing}
    return held_back | set(off.values_list("person_id", flat=True))


def takes_break(person: Person) -> bool:
    """Tell whether the person gets nothing that can wait, until a day that is yet to come on their clock."""
    until = person.mail_paused_until
    return until is not None and today(person.time_zone) < until


def wanted_kinds(person: Person) -> list[str]:
    """Return the kinds that the person has not turned off."""
    off = NotificationChoice.objects.filter(person=person, wanted=False).values_list("kind", flat=True)
    return [kind.value for kind in MailKind if kind.value not in set(off)]


def find_person(pk: int) -> Person | None:
    """Return an active person by id, for links that carry it."""
    return Person.objects.filter(pk=pk, is_active=True).first()


def failing_addresses(addresses: Iterable[str]) -> dict[str, AddressProblem]:
    """Return those of the addresses to which mail does not arrive, by address in lower case, with one query.

    For pages of coordinators, who see beside the name that they should call instead, and since when.
    """
    wanted = {address.strip().lower() for address in addresses}
    found = AddressProblem.objects.filter(address__in=wanted, failing_since__isnull=False)
    return {problem.address: problem for problem in found}


def person_of_address(address: str) -> Person | None:
    """Return the active person of an e-mail address, letter case ignored."""
    return Person.objects.filter(email__iexact=address.strip(), is_active=True).first()


def due_for_digest(moment: datetime) -> list[tuple[int, datetime]]:
    """Return whose gathered letter leaves now, with the hour (aware) for which it is, by id.

    Not those who turned it off, take a break, whose address fails, or who came after that hour.
    """
    off = NotificationChoice.objects.filter(person=OuterRef("pk"), kind=MailKind.DIGEST, wanted=False)
    failing = AddressProblem.objects.filter(address=OuterRef("email"), failing_since__isnull=False)
    told = Q(digest_until__gt=moment - MAILED_WITHIN)
    people = Person.objects.filter(~Exists(off), ~Exists(failing), is_active=True).exclude(told)
    found = []
    for person in people.order_by("pk").iterator():
        local = moment.astimezone(ZoneInfo(person.time_zone))
        slot = digest_slot(local, person.digest_rhythm, person.digest_at)
        fresh = person.created_at <= slot and (person.digest_until is None or person.digest_until < slot)
        if fresh and not takes_break(person) and digest_is_due(local, slot, person.digest_rhythm, person.pk):
            found.append((person.pk, slot))
    return found

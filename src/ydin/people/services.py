"""Making and changing persons."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.urls import reverse

from ydin.kernel.links import BadLink, make_token, read_token
from ydin.people.models import NotificationChoice, Person
from ydin.people.policies import find_person
from ydin.people.rules import Language, MailKind


@transaction.atomic
def get_or_create_person(
    *, actor: Person | None, email: str, name: str = "", language: str = Language.FINNISH
) -> Person:
    """Return the person of an e-mail address (letter case ignored), making one where there is none.

    A known person keeps their name and language; only a missing name is filled in. Whether the actor may
    bring somebody in is decided by the caller's use case (a seat, a role), never by this function alone.
    """
    del actor
    address = email.strip().lower()
    person = Person.objects.filter(email__iexact=address).first()
    if person is None:
        try:
            with transaction.atomic():
                return Person.objects.create_user(address, name=name.strip(), language=language)
        except IntegrityError:
            person = Person.objects.get(email__iexact=address)
    if name.strip() and not person.name:
        person.name = name.strip()
        person.save(update_fields=["name"])
    return person


@transaction.atomic
def change_settings(
    *, actor: Person, name: str, language: str, time_zone: str, wanted: Collection[str]
) -> None:
    """Change the actor's own name, language, time zone (IANA) and wanted kinds of message."""
    actor.name, actor.language, actor.time_zone = name.strip(), language, time_zone
    actor.save(update_fields=["name", "language", "time_zone"])
    for kind in MailKind:
        choose_mail(actor=actor, kind=kind, wanted=kind.value in wanted)


def choose_mail(*, actor: Person, kind: MailKind, wanted: bool) -> None:
    """Turn a kind of message on or off for the actor."""
    NotificationChoice.objects.update_or_create(person=actor, kind=kind, defaults={"wanted": wanted})


def unsubscribe_path(person: Person, kind: MailKind) -> str:
    """Return the address at which this person turns this kind off, by one click of a mail program (RFC 8058)."""
    token = make_token("unsubscribe", person.pk, list(MailKind).index(kind))
    return reverse("people:unsubscribe", args=[token])


def read_unsubscribe(token: str) -> tuple[Person | None, MailKind]:
    """Return person and kind of an unsubscribe link.

    Raises:
        BadLink: the link was altered or is of another purpose.

    """
    person_id, index = read_token("unsubscribe", token, 2)
    kinds = list(MailKind)
    if index >= len(kinds):
        raise BadLink
    return find_person(person_id), kinds[index]

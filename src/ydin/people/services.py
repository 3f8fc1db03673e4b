"""Making and changing persons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.urls import reverse

from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.kernel.links import BadLink, make_token, read_token
from ydin.people.models import AddressProblem, NotificationChoice, Person
from ydin.people.policies import find_person
from ydin.people.rules import SOFT_WINDOW, Language, MailKind, Rhythm, is_failing


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
def change_settings(*, actor: Person, name: str, language: str, time_zone: str) -> None:
    """Change the actor's own name, language and time zone (IANA)."""
    actor.name, actor.language, actor.time_zone = name.strip(), language, time_zone
    actor.save(update_fields=["name", "language", "time_zone"])


@transaction.atomic
def choose_letters(
    *,
    actor: Person,
    wanted: Collection[str],
    rhythm: str,
    digest_at: time,
    paused_until: date | None,
    language: str,
) -> None:
    """Change which letters the actor gets, in which language, and how often what is not urgent.

    Args:
        actor: signed in, or named by the link in a letter to them.
        wanted: values of `MailKind`; the others are turned off. The digest goes by `rhythm` instead.
        rhythm: value of `Rhythm`.
        digest_at: on the actor's clock.
        paused_until: the first day with letters again; None: no break.
        language: value of `Language`.

    """
    for kind in MailKind:
        if kind is MailKind.DIGEST:
            continue
        choose_mail(actor=actor, kind=kind, wanted=kind.value in wanted)
    choose_mail(actor=actor, kind=MailKind.DIGEST, wanted=rhythm != Rhythm.OFF)
    if rhythm != Rhythm.OFF:
        actor.digest_rhythm = rhythm
    actor.digest_at, actor.mail_paused_until, actor.language = digest_at, paused_until, language
    actor.save(update_fields=["digest_rhythm", "digest_at", "mail_paused_until", "language"])


def choose_mail(*, actor: Person, kind: MailKind, wanted: bool) -> None:
    """Turn a kind of message on or off for the actor."""
    NotificationChoice.objects.update_or_create(person=actor, kind=kind, defaults={"wanted": wanted})


def unsubscribe_path(person: Person, kind: MailKind) -> str:
    """Return the address at which this person turns this kind off, by one click of a mail program (RFC 8058)."""
    token = make_token("unsubscribe", person.pk, list(MailKind).index(kind))
    return reverse("people:unsubscribe", args=[token])


def letters_path(person: Person) -> str:
    """Return the address at which this person chooses their letters without signing in."""
    return reverse("people:letters_by_link", args=[make_token("letters", person.pk)])


def read_letters_link(token: str) -> Person | None:
    """Return the person of a link to the choice of letters, or None when there is none any more.

    Raises:
        BadLink: the link was altered or is of another purpose.

    """
    return find_person(read_token("letters", token, 1)[0])


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


@transaction.atomic
def mark_address_failing(*, actor: None, address: str, reason: str, permanent: bool) -> bool:
    """Note that mail to an address did not arrive; return True when the address is failing from now on.

    The one place for it: delivery calls it when a server refuses the receiver (RFC 5321, 5yz at RCPT),
    inbound mail when a bounce comes back (RFC 3464). Who arranges for the person is told once, by the job
    `groups.tell_failing_address`, until `clear_address_failing` says that the address works again.

    Args:
        actor: nobody; a machine notes it.
        address: of a person, a substitute or an applicant, letter case ignored.
        reason: what the other side said; cut to one line of 500 characters.
        permanent: the address is refused (5.1.x, 5.2.1). A temporary failure (mailbox full, 4.x.x, gave up)
            counts only when it happens three times with at most two weeks between.

    """
    del actor
    moment, plain = now(), address.strip().lower()
    said = " ".join(reason.split())[:500]
    fresh = {"reason": said, "first_at": moment, "last_at": moment}
    AddressProblem.objects.get_or_create(address=plain, defaults=fresh)
    problem = AddressProblem.objects.select_for_update().get(address=plain)
    if moment - problem.last_at > SOFT_WINDOW and problem.failing_since is None:
        problem.count, problem.first_at = 0, moment
    problem.count += 1
    problem.reason, problem.last_at, problem.permanent = said, moment, problem.permanent or permanent
    begins = problem.failing_since is None and is_failing(permanent=problem.permanent, count=problem.count)
    if begins:
        problem.failing_since = moment
        defer("groups.tell_failing_address", address=plain)
    problem.save()
    return begins


def clear_address_failing(*, actor: Person | None, address: str) -> None:
    """Forget what is known against an address: its owner wrote or signed in, or a coordinator wants another try."""
    del actor
    AddressProblem.objects.filter(address=address.strip().lower()).delete()


def claim_digest(*, actor: None, person_id: int, slot: datetime) -> tuple[Person, datetime | None] | None:
    """Take the gathered letter of a person for an hour; None when it was taken before.

    Returns the person and the moment up to which they have been told so far. Part of the caller's
    transaction: when that is undone, so is the claim.
    """
    del actor
    before = Person.objects.select_for_update().filter(pk=person_id, is_active=True).first()
    if before is None or (before.digest_until is not None and before.digest_until >= slot):
        return None
    told = before.digest_until
    Person.objects.filter(pk=person_id).update(digest_until=slot)
    return before, told

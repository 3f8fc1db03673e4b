"""The gathered letter: who is due, and one letter for each, written once (ADR 0005)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from ydin.home import emails
from ydin.home.documents.digest import Section, digest_of
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now
from ydin.kernel.jobs import defer
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.people.policies import due_for_digest, wants
from ydin.people.rules import MailKind
from ydin.people.services import claim_digest

LONGEST_LOOK_BACK = timedelta(days=8)


def queue_digests(*, actor: None) -> None:
    """Queue one job for each person whose hour has come; a person who waits in the queue is not queued twice."""
    del actor
    for person_id, slot in due_for_digest(now()):
        defer(
            "home.send_digest",
            queue="digest",
            once=f"digest-{person_id}",
            person_id=person_id,
            slot=slot.isoformat(),
        )


@transaction.atomic
def send_digest(*, actor: None, person_id: int, slot: datetime) -> None:
    """Write the gathered letter of a person for an hour, if there is anything in it.

    Claim and letter commit together, so that a killed worker loses nothing and a second run writes nothing.
    What is in it is read as the person, with their rights of this moment.
    """
    claimed = claim_digest(actor=actor, person_id=person_id, slot=slot)
    if claimed is None:
        return
    person, told = claimed
    since = max(told or slot - LONGEST_LOOK_BACK, slot - LONGEST_LOOK_BACK)
    if not wants(person, MailKind.DIGEST):
        return
    with acting_as(person.pk):
        sections = _sections(person, since, slot)
    if sections:
        post(actor=None, letter=emails.digest(person=person, sections=sections, slot=slot))


def _sections(person: Person, since: datetime, until: datetime) -> list[Section]:
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        news, tried = wants(person, MailKind.NEWS), wants(person, MailKind.EXPERIMENT)
        return digest_of(person, since, until, with_news=news, with_experiments=tried)

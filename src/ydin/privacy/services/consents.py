"""Agreeing, on the site and on paper, and taking it back."""

from __future__ import annotations

from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import at, now, today
from ydin.kernel.errors import NotAllowed, Refused
from ydin.networks.models import Network
from ydin.outbox.services import post
from ydin.people.models import Person
from ydin.privacy.documents.consents import EFFECTS
from ydin.privacy.emails import consent_recorded, consent_withdrawn
from ydin.privacy.models import Consent
from ydin.privacy.policies import can_end_consent, networks_of_person, people_to_record
from ydin.privacy.rules import TEXT_VERSION, Channel, ConsentKind

NOON = time(12)


@transaction.atomic
def give_consent(*, actor: Person, network: Network, kind: ConsentKind, language: str) -> None:
    """Note that the actor agreed to the text of today in this language; twice is once.

    Raises:
        NotAllowed: the actor is not in the network.

    """
    if not networks_of_person(actor).filter(pk=network.pk).exists():
        raise NotAllowed(_("This is not yours to change."))
    consent = Consent(
        network=network,
        person=actor,
        kind=kind,
        text_version=TEXT_VERSION,
        language=language,
        channel=Channel.SITE,
    )
    if _saved(consent):
        record(actor=actor, action="consent.given", target=consent, kind=kind.value, version=TEXT_VERSION)


@transaction.atomic
def record_paper_consent(
    *, actor: Person, network: Network, person: Person, kinds: list[ConsentKind], signed_on: date,
    language: str, version: int,
) -> int:  # fmt: skip
    """Key in what somebody signed on paper, and tell them by letter; return how many consents are new.

    Args:
        actor: coordinates the network, or a group of the person's.
        network: in which.
        person: who signed.
        kinds: what they agreed to; one that is in force already stays as it is.
        signed_on: the day that stands on the paper.
        language: of the paper.
        version: of its text.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refused: the day lies ahead, or there has been no such version.

    """
    if not people_to_record(actor, network).filter(pk=person.pk).exists():
        raise NotAllowed(_("This is not yours to change."))
    if signed_on > today(network.time_zone):
        raise Refused(_("The day of signing lies ahead."))
    if not 1 <= version <= TEXT_VERSION:
        raise Refused(_("There is no such version of the text."))
    facts = {"network": network, "person": person, "text_version": version, "language": language}
    paper = {
        "channel": Channel.PAPER,
        "recorded_by": actor,
        "given_at": at(signed_on, NOON, network.time_zone),
    }
    new = [one for kind in kinds if _saved(one := Consent(**facts, **paper, kind=kind))]
    for one in new:
        data = {"kind": one.kind, "version": version, "how": Channel.PAPER.value}
        record(actor=actor, action="consent.recorded", target=one, person=person.pk, **data)
        post(actor=actor, letter=consent_recorded(one))
    return len(new)


def _saved(consent: Consent) -> bool:
    """Save it; False where the person agreed to this before and has not taken it back."""
    try:
        with transaction.atomic():
            consent.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def withdraw_consent(*, actor: Person, consent: Consent) -> None:
    """Take the actor's own consent back, and keep what that did.

    Raises:
        NotAllowed: it is somebody else's.

    """
    if consent.person_id != actor.pk:
        raise NotAllowed(_("This is not yours to change."))
    _end(actor, consent)


@transaction.atomic
def record_withdrawal(*, actor: Person, consent: Consent) -> None:
    """Key in that somebody took their consent back by word or on paper, and confirm it to them by letter.

    Raises:
        NotAllowed: the actor neither coordinates the network nor keyed the consent in.

    """
    if not can_end_consent(actor, consent):
        raise NotAllowed(_("This is not yours to change."))
    found = _end(actor, consent)
    if found is not None:
        post(actor=actor, letter=consent_withdrawn(found))


def _end(actor: Person, consent: Consent) -> Consent | None:
    rows = Consent.objects.select_for_update(of=("self",)).select_related("person", "network")
    found = rows.filter(pk=consent.pk, withdrawn_at__isnull=True).first()
    if found is None:
        return None
    found.withdrawn_at, found.effect = now(), EFFECTS[ConsentKind(found.kind)][0]
    found.save(update_fields=["withdrawn_at", "effect"])
    about = {"person": found.person_id, "kind": found.kind, "effect": found.effect}
    record(actor=actor, action="consent.withdrawn", target=found, **about)
    return found

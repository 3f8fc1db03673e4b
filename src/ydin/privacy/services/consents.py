"""Agreeing, and taking it back."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed
from ydin.networks.models import Network
from ydin.people.models import Person
from ydin.privacy.documents.consents import EFFECTS
from ydin.privacy.models import Consent
from ydin.privacy.policies import networks_of_person
from ydin.privacy.rules import TEXT_VERSION, Channel, ConsentKind


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
    try:
        with transaction.atomic():
            consent.save()
    except IntegrityError:
        return
    record(actor=actor, action="consent.given", target=consent, kind=kind.value, version=TEXT_VERSION)


@transaction.atomic
def withdraw_consent(*, actor: Person, consent: Consent) -> None:
    """Take the actor's own consent back, and keep what that did.

    Raises:
        NotAllowed: it is somebody else's.

    """
    if consent.person_id != actor.pk:
        raise NotAllowed(_("This is not yours to change."))
    found = Consent.objects.select_for_update().filter(pk=consent.pk, withdrawn_at__isnull=True).first()
    if found is None:
        return
    found.withdrawn_at, found.effect = now(), EFFECTS[ConsentKind(found.kind)][0]
    found.save(update_fields=["withdrawn_at", "effect"])
    record(actor=actor, action="consent.withdrawn", target=found, kind=found.kind, effect=found.effect)

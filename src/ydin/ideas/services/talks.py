"""A talk is written, offered and withdrawn by its speaker."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.ideas.models import Talk
from ydin.ideas.policies import can_help_in
from ydin.ideas.rules.states import Topic
from ydin.ideas.rules.talks import LONGEST_GIVES, LONGEST_TITLE, MOST_A_SEASON, TALK_STEPS, Offer, TalkState
from ydin.ideas.services.ideas_base import line
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.models import Network
from ydin.networks.policies import demand
from ydin.people.models import Person


@transaction.atomic
def write_talk(*, actor: Person, network: Network, offer: Offer) -> Talk:
    """Write a talk as a draft, for the speaker's own eyes.

    Raises:
        NotAllowed: the actor is no expert, researcher or institute there, or has not signed.
        Refused: something is missing.

    """
    if not can_help_in(actor, network):
        raise NotAllowed(_("Talks are offered by experts, researchers and institutes who have signed."))
    made = Talk.objects.create(network=network, speaker=actor, language=actor.language, **_sound(offer))
    record(actor=actor, action="talk.written", target=made, person=actor.pk)
    return made


def _sound(offer: Offer) -> dict[str, Any]:
    title, gives = line(offer.title), offer.gives.strip()
    if not title or not gives:
        raise Refused(_("Write what you speak about, and what listeners take home."))
    if len(title) > LONGEST_TITLE or len(gives) > LONGEST_GIVES:
        raise Refused(_("That is too long: at most %(most)d signs.") % {"most": LONGEST_GIVES})
    if not offer.languages:
        raise Refused(_("Choose at least one language."))
    if not 1 <= offer.most <= MOST_A_SEASON:
        raise Refused(_("Say for how many evenings in a season."))
    return {
        "title": title,
        "gives": gives,
        "topic": Topic(offer.topic),
        "languages": list(offer.languages),
        "online": offer.online,
        "region_id": offer.region,
        "minutes": offer.minutes,
        "months": sorted(offer.months),
        "most": offer.most,
    }


@transaction.atomic
def change_talk(*, actor: Person, talk: Talk, version: int, offer: Offer) -> Talk:
    """Change what a talk says. Raises NotAllowed for another one's, Refused, Conflict."""
    held = _locked(actor, talk, version)
    for name, value in _sound(offer).items():
        setattr(held, name, value)
    record(actor=actor, action="talk.changed", target=held, person=held.speaker_id)
    return _stored(held)


@transaction.atomic
def offer_talk(*, actor: Person, talk: Talk, version: int | None = None) -> Talk:
    """Offer a talk to the network, for the first time or again.

    Raises:
        NotAllowed: it is another one's, or the speaker may not help in the network any more.
        Refused: it is offered already.
        Conflict: it was changed since.

    """
    held = _locked(actor, talk, version)
    if not can_help_in(actor, held.network):
        raise NotAllowed(_("Talks are offered by experts, researchers and institutes who have signed."))
    return _move(actor, held, TalkState.OFFERED, "talk.offered")


@transaction.atomic
def withdraw_talk(*, actor: Person, talk: Talk, version: int | None = None) -> Talk:
    """Take a talk off the list; evenings that were promised stay promised. Raises as `offer_talk`."""
    return _move(actor, _locked(actor, talk, version), TalkState.WITHDRAWN, "talk.withdrawn")


def _move(actor: Person, held: Talk, to: TalkState, action: str) -> Talk:
    if to not in TALK_STEPS[TalkState(held.state)]:
        raise Refused(_("That is so already."))
    held.state = to
    record(actor=actor, action=action, target=held, person=held.speaker_id)
    return _stored(held)


def _locked(actor: Person, talk: Talk, version: int | None) -> Talk:
    demand(allowed=talk.speaker_id == actor.pk)
    held = Talk.objects.select_for_update(of=("self",)).select_related("network").get(pk=talk.pk)
    if version is not None and held.version != version:
        raise Conflict(_("Somebody else has changed this meanwhile. Look at it and try again."))
    return held


def _stored(held: Talk) -> Talk:
    held.version += 1
    held.save()
    return held

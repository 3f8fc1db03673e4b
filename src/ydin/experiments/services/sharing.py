"""Who reads of an experiment. Its author alone tells more people; a public text is its own text."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.experiments.documents import owner_name
from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.policies import can_widen
from ydin.experiments.queries import public_text_of
from ydin.experiments.rules.card import WIDTH, Audience, News, State, Told
from ydin.experiments.services.cards_base import concerned, line, locked, stored
from ydin.experiments.services.news import defer_news
from ydin.kernel.clock import now
from ydin.kernel.errors import NotAllowed, Refused
from ydin.people.models import Person


@transaction.atomic
def set_audience(*, actor: Person | None, experiment: Experiment, version: int, audience: str) -> Experiment:
    """Tell the card to more or fewer: own company, group, network. Fewer than public takes the public text down.

    Raises:
        NotAllowed: somebody else than the author wants to tell it to more people; else as `locked` says.
        Conflict: as `locked` says.
        Refused: the audience is public, which a public text alone makes; or what a group tries would be hidden
            from the group.

    """
    held = locked(actor, experiment, version)
    if audience not in WIDTH or audience == Audience.PUBLIC:
        raise Refused(_("For everybody, write a text of its own."))
    if audience == Audience.OWN and held.enterprise_id is None:
        raise Refused(_("What the group tries, the group reads."))
    if WIDTH[Audience(audience)] > WIDTH[Audience(held.audience)]:
        _require_author(actor, held)
    if held.audience == Audience.PUBLIC:
        PublicText.objects.filter(experiment=held).delete()
    held.audience = audience
    record(actor=actor, action="experiment.told", target=held, audience=audience, **concerned(held))
    defer_news(held, News.REVIEWED)
    return stored(held)


@transaction.atomic
def publish_text(*, actor: Person | None, experiment: Experiment, version: int, told: Told) -> PublicText:
    """Publish a text about it, or change the one there is. The network then reads the card.

    Raises:
        NotAllowed: the actor is not the author.
        Conflict: as `locked` says.
        Refused: title or text is missing, or nothing has come of it yet.

    """
    held = locked(actor, experiment, version)
    _require_author(actor, held)
    if held.state not in {State.RUNNING, State.REVIEWED}:
        raise Refused(_("Tell everybody when it has begun."))
    if not told.title.strip() or not told.text.strip():
        raise Refused(_("Write a heading and a text."))
    text = public_text_of(held) or PublicText(experiment=held, published_at=now())
    text.network, text.kind = held.network, held.kind
    text.title, text.text, text.language = line(told.title), told.text.strip(), told.language
    text.signed = owner_name(held) if told.is_named else ""
    text.lineage, text.published_by = [*held.lineage, held.pk], actor
    text.save()
    held.audience = Audience.PUBLIC
    record(actor=actor, action="experiment.published", target=held, **concerned(held))
    defer_news(held, News.REVIEWED)
    stored(held)
    return text


@transaction.atomic
def take_text_down(*, actor: Person | None, experiment: Experiment, version: int) -> Experiment:
    """Take the public text away; the network still reads the card.

    Raises:
        NotAllowed, Conflict: as `locked` says.

    """
    held = locked(actor, experiment, version)
    PublicText.objects.filter(experiment=held).delete()
    if held.audience == Audience.PUBLIC:
        held.audience = Audience.NETWORK
    record(actor=actor, action="experiment.unpublished", target=held, **concerned(held))
    return stored(held)


def _require_author(actor: Person | None, held: Experiment) -> None:
    if actor is not None and not can_widen(actor, held):
        raise NotAllowed(_("Only the one who wrote this experiment down tells it to more people."))

"""A card is written, changed, and tried by others too: by a company, or by a group as one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.experiments.models import Experiment, PublicText
from ydin.experiments.policies import can_begin
from ydin.experiments.rules.card import MAX_WEEKS, MIN_WEEKS, Audience, Card, MoneySource, News, State, end_on
from ydin.experiments.services.cards_base import concerned, line, locked, stored
from ydin.experiments.services.companions import set_companions
from ydin.experiments.services.news import defer_news, tell_written_down
from ydin.groups.models import CoreGroup
from ydin.kernel.errors import NotAllowed, Refused
from ydin.meetings.models import Promise
from ydin.networks.models import Enterprise
from ydin.people.models import Person


@transaction.atomic
def begin_experiment(
    *,
    actor: Person | None,
    enterprise: Enterprise | None,
    group: CoreGroup,
    card: Card,
    audience: str = Audience.GROUP,
    author: Person | None = None,
    promise: Promise | None = None,
) -> Experiment:
    """Write a card; the experiment is planned.

    Args:
        actor: somebody of the company, or a coordinator of the group; for the group its coordinator or host.
        enterprise, group: a company with a seat in the group; without company the group tries it as one.
        card: what is tried.
        audience: own company, group or network; PUBLIC comes with a public text.
        author: who wrote it, where no actor is given (sample data).
        promise: of that company, from which it was born.

    Raises:
        NotAllowed: the actor is neither of these.
        Refused: what is tried is missing, the weeks are none, or the promise has its experiment already.

    """
    _require(actor, enterprise, group, card)
    if promise is not None and (enterprise is None or promise.enterprise_id != enterprise.pk):
        raise Refused(_("This promise is another company's."))
    made = _create(
        enterprise=enterprise,
        group=group,
        author=actor or author,
        promise=promise,
        audience=_first_audience(audience, enterprise),
        **_told(card),
    )
    set_companions(actor=actor, experiment=made, chosen=card.peers)
    record(actor=actor, action="experiment.planned", target=made, **concerned(made))
    tell_written_down(actor, made)
    return made


@transaction.atomic
def change_card(*, actor: Person | None, experiment: Experiment, version: int, card: Card) -> Experiment:
    """Change what the card says. Another sum, aim or country asks for the source of the money again.

    Raises:
        NotAllowed, Conflict: as `locked` says.
        Refused: it is over, or what is tried is missing.

    """
    held = locked(actor, experiment, version)
    if held.state not in {State.PLANNED, State.RUNNING}:
        raise Refused(_("This experiment is over. What came of it can still be corrected."))
    _require_words(card)
    before = (held.kind, held.country, held.money_cents)
    for name, value in _told(card).items():
        setattr(held, name, value)
    set_companions(actor=actor, experiment=held, chosen=card.peers)
    if before != (held.kind, held.country, held.money_cents):
        held.money_source, held.money_words = MoneySource.UNSAID, ""
        held.money_said_by, held.money_said_at = None, None
    if held.starts_on is not None:
        held.ends_on = end_on(held.starts_on, held.weeks)
    record(actor=actor, action="experiment.changed", target=held, **concerned(held))
    return stored(held)


@transaction.atomic
def try_too(
    *,
    actor: Person | None,
    source: Experiment | PublicText,
    enterprise: Enterprise | None,
    group: CoreGroup,
    card: Card,
    author: Person | None = None,
) -> Experiment:
    """Write a card after another one, which it keeps as where it came from. Who wrote that one hears of it.

    Args:
        actor: as in `begin_experiment`.
        source: a card that the actor sees, or a public text.
        enterprise: the company that tries it too; None: the group does as one.
        group: the group in which it does.
        card: what it will do, its own words.
        author: as in `begin_experiment`.

    Raises:
        NotAllowed, Refused: as in `begin_experiment`.

    """
    _require(actor, enterprise, group, card)
    is_text = isinstance(source, PublicText)
    before = list(source.lineage) if is_text else [*source.lineage, source.pk]
    made = _create(
        enterprise=enterprise,
        group=group,
        author=actor or author,
        copied_from_id=before[-1],
        lineage=before,
        audience=Audience.GROUP,
        **_told(card),
    )
    set_companions(actor=actor, experiment=made, chosen=card.peers)
    record(actor=actor, action="experiment.copied", target=made, **concerned(made))
    defer_news(made, News.COPIED)
    tell_written_down(actor, made)
    return made


def _require(actor: Person | None, enterprise: Enterprise | None, group: CoreGroup, card: Card) -> None:
    if actor is not None and not can_begin(actor, enterprise, group):
        raise NotAllowed(
            _("An experiment is begun by the company itself, or by the coordinator of its group.")
            if enterprise is not None
            else _("What the group tries as one is begun by its coordinator or by the host of the month.")
        )
    _require_words(card)


def _require_words(card: Card) -> None:
    if not card.what.strip():
        raise Refused(_("Write what you will try."))
    if not MIN_WEEKS <= card.weeks <= MAX_WEEKS:
        raise Refused(_("An experiment lasts from one week to a year."))


def _first_audience(audience: str, enterprise: Enterprise | None) -> str:
    """Return the audience of a new card: PUBLIC comes with a public text, a group's card is never one company's."""
    if audience == Audience.PUBLIC or (audience == Audience.OWN and enterprise is None):
        return Audience.GROUP
    return audience


def _told(card: Card) -> dict[str, Any]:
    values = {**asdict(card), "what": line(card.what)}
    del values["peers"]
    return values


def _create(**values: Any) -> Experiment:
    try:
        with transaction.atomic():
            return Experiment.objects.create(network=values["group"].network, **values)
    except IntegrityError as error:
        raise Refused(_("This promise has become an experiment already.")) from error

"""An idea is written, changed, told to more or fewer, and supported by others."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.ideas.models import Idea, Support
from ydin.ideas.policies import can_widen_idea, can_write_idea, is_of_company
from ydin.ideas.queries.ideas import own_supports, supporters
from ydin.ideas.rules.states import LIVE, LONGEST, LONGEST_WHY, WIDTH, Kind, Shown, State, Topic, Wish
from ydin.ideas.services.ideas_base import line, locked, stored
from ydin.kernel.errors import NotAllowed, Refused
from ydin.networks.models import Enterprise
from ydin.networks.policies import demand
from ydin.people.models import Person


@transaction.atomic
def write_idea(
    *,
    actor: Person,
    group: CoreGroup,
    enterprise: Enterprise,
    wish: Wish,
    audience: str = Shown.GROUP,
    language: str = "",
) -> Idea:
    """Write an idea of a company, in the writer's language unless told; the same words twice are one idea.

    Raises:
        NotAllowed: the actor does not act for the company, or it has no seat in the group.
        Refused: nothing was written, or too much.

    """
    demand(allowed=can_write_idea(actor, enterprise.pk, group))
    values = _sound(wish)
    same = Idea.objects.filter(group=group, enterprise=enterprise, text__iexact=values["text"])
    known = same.filter(state__in=LIVE).first()
    if known is not None:
        return known
    made = Idea.objects.create(
        network_id=group.network_id,
        group=group,
        enterprise=enterprise,
        author=actor,
        language=language or actor.language,
        audience=Shown(audience),
        **values,
    )
    record(actor=actor, action="idea.written", target=made, kind=made.kind, audience=made.audience)
    return made


def _sound(wish: Wish) -> dict[str, str]:
    text, why = line(wish.text), line(wish.why)
    if not text:
        raise Refused(_("Write in a sentence or two what you wish for."))
    if len(text) > LONGEST or len(why) > LONGEST_WHY:
        raise Refused(_("That is too long: at most %(most)d signs.") % {"most": LONGEST})
    return {"text": text, "why": why, "kind": Kind(wish.kind), "topic": Topic(wish.topic)}


@transaction.atomic
def change_idea(*, actor: Person | None, idea: Idea, version: int, wish: Wish) -> Idea:
    """Change the words of an idea that waits.

    Raises:
        NotAllowed: the actor does not act for its company.
        Refused: it is answered or closed already, or nothing was written.
        Conflict: somebody changed it first.

    """
    held = locked(idea, version)
    demand(allowed=is_of_company(actor, held))
    if held.state not in {*LIVE, State.PARKED}:
        raise Refused(_("This idea is settled. Write a new one."))
    for name, value in _sound(wish).items():
        setattr(held, name, value)
    record(actor=actor, action="idea.changed", target=held)
    return stored(held)


@transaction.atomic
def set_audience(*, actor: Person | None, idea: Idea, version: int, audience: str) -> Idea:
    """Tell an idea to the network, or to the group only.

    Raises:
        NotAllowed: the actor is not of its company, or would tell it to more people and did not write it.
        Refused: it is told to nobody of that name, or somebody from outside works on it.
        Conflict: somebody changed it first.

    """
    held = locked(idea, version)
    demand(allowed=is_of_company(actor, held))
    if audience not in WIDTH:
        raise Refused(_("Choose who reads it."))
    is_wider = WIDTH[Shown(audience)] > WIDTH[Shown(held.audience)]
    if is_wider and not can_widen_idea(actor, held):
        raise NotAllowed(_("Only the one who wrote it can show it to more people."))
    if not is_wider and held.audience != audience and held.state == State.TAKEN:
        raise Refused(_("Somebody works on this for you. Show it to fewer once it is answered, or close it."))
    held.audience = audience
    record(actor=actor, action="idea.told", target=held, audience=audience)
    return stored(held)


@transaction.atomic
def support_idea(*, actor: Person, idea: Idea, enterprise: int | None = None) -> Support:
    """Say that a company wants the same, by one tap; twice is once.

    Args:
        actor: acts for the company.
        idea: that the actor reads.
        enterprise: id of the company, where the actor has several; None: the first that does not support it yet.

    Raises:
        NotAllowed: the actor has no company there but the author's own.
        Refused: the idea waits for nothing any more.

    """
    held = Idea.objects.get(pk=idea.pk)
    companies = supporters(actor, held)
    if enterprise is not None:
        companies = [one for one in companies if one.pk == enterprise]
    demand(allowed=bool(companies))
    if held.state not in LIVE:
        raise Refused(_("This idea waits for nothing any more."))
    already = set(own_supports(actor, held).values_list("enterprise_id", flat=True))
    chosen = next((one for one in companies if one.pk not in already), companies[0])
    support, made = Support.objects.get_or_create(idea=held, enterprise=chosen, defaults={"person": actor})
    if made:
        record(actor=actor, action="idea.supported", target=held, enterprise=chosen.pk)
    return support


@transaction.atomic
def take_support_back(*, actor: Person, idea: Idea) -> None:
    """Take back that the actor's companies want the same; without a support nothing happens."""
    supports = own_supports(actor, idea)
    companies = list(supports.values_list("enterprise_id", flat=True))
    if not companies:
        return
    supports.delete()
    for company in companies:
        record(actor=actor, action="idea.unsupported", target=idea, enterprise=company)

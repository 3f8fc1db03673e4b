"""What companies offer and need, and what they do together."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from ydin.demo.rules.partnerships import (
    BANDS,
    INTRODUCED,
    PAIRS,
    SAID,
    SHOWCASE_PAIRS,
    SHOWCASE_SPEAKERS,
    SPEAKERS,
    SWEDISH,
    TOGETHER,
    TOLD,
)
from ydin.demo.rules.parts import MEMBER, SHOWCASE
from ydin.demo.services.network import Built, BuiltGroup
from ydin.networks.models import Enterprise
from ydin.partnerships.rules import Consent, Kind, Shown
from ydin.partnerships.services.introductions import (
    answer_introduction,
    ask_other_side,
    introduce_others,
    settle_introduction,
)
from ydin.partnerships.services.listings import add_listing, change_listing
from ydin.partnerships.services.together import (
    Details,
    confirm_collaboration,
    reckon_figures,
    record_collaboration,
)

SHARED_EVERY = 2
SPACE = timedelta(days=41)
"""Between two collaborations of the showcase group; it is two years from the first to the last."""


@transaction.atomic
def build_partnerships(*, actor: None, built: Built) -> None:
    """Let companies say what they offer and need, and write down what they do together."""
    assert actor is None
    for index, one in enumerate(built.groups.values()):
        is_showcase = one.area.slug == SHOWCASE
        speakers = _speakers(one, index, SHOWCASE_SPEAKERS if is_showcase else SPEAKERS)
        for number, company in enumerate(speakers):
            offer, need = _said(company)
            is_shared = is_showcase or number % SHARED_EVERY == 0
            _say(one, company, Kind.OFFER, offer, shared=is_shared)
            _say(one, company, Kind.NEED, need, shared=is_shared)
        if one.area.slug == "kokkola":
            for number, (kind, text) in enumerate(SWEDISH):
                _say(one, one.members[-1 - number], kind, text, shared=True)
        _work_together(built, one, index, SHOWCASE_PAIRS if is_showcase else PAIRS)
        if is_showcase:
            _introduce(one)
    reckon_figures(actor=actor, network_id=built.network.pk)


def _speakers(one: BuiltGroup, index: int, most: int) -> list[Enterprise]:
    """Return the company of the demo's member in the showcase group, then others, each of its own trade."""
    first = [one.members[MEMBER]] if one.area.slug == SHOWCASE else []
    found: dict[str, Enterprise] = {}
    for company in [*first, *one.members[index % 5 :], *one.members]:
        trade = _trade(company)
        if trade and one.people.get(company.pk):
            found.setdefault(trade, company)
    return list(found.values())[:most]


def _trade(company: Enterprise) -> str:
    return next((word for word in SAID if word.lower() in company.name.lower()), "")


def _said(company: Enterprise) -> tuple[str, str]:
    return SAID[_trade(company)]


def _say(one: BuiltGroup, company: Enterprise, kind: str, text: str, *, shared: bool) -> None:
    person = one.people[company.pk][0]
    listing = add_listing(actor=person, group=one.group, enterprise=company, kind=kind, text=text)
    if shared:
        change_listing(
            actor=person,
            listing=listing,
            version=listing.version,
            text=listing.text,
            audience=Shown.NETWORK,
            valid_until=listing.valid_until,
        )


def _work_together(built: Built, one: BuiltGroup, index: int, most: int) -> None:
    """Let pairs of companies write down what they do, over two years; all but the last confirmed by the other one."""
    companies = [company for company in one.members if one.people.get(company.pk)]
    for number in range(most):
        first, other = (
            companies[(number * number) % len(companies)],
            companies[(number * 3 + 4) % len(companies)],
        )
        if first.pk == other.pk:
            continue
        helper = one.coordinator if number % 3 == 0 else None
        made = record_collaboration(
            actor=one.people[first.pk][0],
            one=first,
            other=other,
            details=Details(
                TOGETHER[(index + number) % len(TOGETHER)],
                built.diary.today - SPACE * (number * (SHOWCASE_PAIRS // most) + 1) - timedelta(days=index),
                TOLD[number % len(TOLD)],
                BANDS[number % len(BANDS)],
                helper,
                is_named=helper is not None,
            ),
        )
        if number != most - 1:
            confirm_collaboration(
                actor=one.people[other.pk][0], collaboration=made, is_named=helper is not None
            )


def _introduce(one: BuiltGroup) -> None:
    """Let the coordinator bring pairs together: nobody has answered, one has, both have said yes."""
    companies = [one.members[MEMBER], *(c for c in one.members if c.pk != one.members[MEMBER].pk)]
    companies = [company for company in companies if one.people.get(company.pk)]
    for answers, (first, other, reason) in enumerate(INTRODUCED):
        pair = companies[first % len(companies)], companies[other % len(companies)]
        made = introduce_others(actor=one.coordinator, one=pair[0], other=pair[1], reason=reason)
        ask_other_side(actor=None, introduction_id=made.pk)
        asks = sorted(made.asks.select_related("person"), key=lambda ask: ask.enterprise_id == pair[0].pk)
        for ask in asks[:answers]:
            answer_introduction(actor=ask.person, ask=ask, answer=Consent.YES)
        settle_introduction(actor=None, introduction_id=made.pk)

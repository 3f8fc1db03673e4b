"""Suggestions and introductions as one side sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.documents.links import introduction_path
from ydin.partnerships.documents.reasons import reasons_for
from ydin.partnerships.models import ConsentAsk, Listing, Suggestion
from ydin.people.models import Person


@dataclass(frozen=True)
class SuggestedRow:
    """A suggestion from one side: what we said, what the other one said, and why they fit."""

    suggestion: Suggestion
    mine: Listing
    other: Listing
    company: Enterprise
    reasons: list[str]


@dataclass(frozen=True)
class AskRow:
    """What one is asked, with the other company's words, and one's own answer."""

    ask: ConsentAsk
    mine: Listing
    other: Listing
    company: Enterprise
    reasons: list[str]
    is_asker: bool


def suggestion_rows(found: Iterable[Suggestion], person: Person, language: str) -> list[SuggestedRow]:
    """Return the suggestions as the person's company sees them."""
    mine = set(enterprises_of(person).values_list("pk", flat=True))
    rows = []
    for one in found:
        is_need = one.need_company_id in mine
        own = one.need_company_id if is_need else one.offer_company_id
        rows.append(
            SuggestedRow(
                one,
                one.need if is_need else one.offer,
                one.offer if is_need else one.need,
                one.offer_company if is_need else one.need_company,
                reasons_for(one, own, language),
            )
        )
    return rows


def ask_row(ask: ConsentAsk, language: str) -> AskRow:
    """Return one side's question."""
    introduction = ask.introduction
    one = introduction.suggestion
    is_need = ask.enterprise_id == introduction.need_company_id
    return AskRow(
        ask,
        one.need if is_need else one.offer,
        one.offer if is_need else one.need,
        introduction.offer_company if is_need else introduction.need_company,
        reasons_for(one, ask.enterprise_id, language),
        introduction.asker_id == ask.person_id,
    )


def ask_rows(asks: Iterable[ConsentAsk], language: str) -> list[tuple[AskRow, str]]:
    """Return the questions with the address at which each is answered."""
    return [(ask_row(one, language), introduction_path(one.introduction, one.person)) for one in asks]

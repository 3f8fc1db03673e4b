"""Suggestions and introductions as one side sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.partnerships.documents.links import introduction_path, suggestion_path
from ydin.partnerships.documents.reasons import reasons_for
from ydin.partnerships.models import ConsentAsk, Introduction, Listing, NotRelevant, Suggestion
from ydin.people.models import Person


@dataclass(frozen=True)
class SuggestedRow:
    """A suggestion from one side: what we said, what the other one said, and why they fit."""

    suggestion: Suggestion
    mine: Listing
    other: Listing
    company: Enterprise
    reasons: list[str]
    url: str

    @property
    def names(self) -> list[str]:
        """Return the two companies that see it."""
        return [self.suggestion.need_company.name, self.suggestion.offer_company.name]


@dataclass(frozen=True)
class AskRow:
    """What one is asked, with the other company's words, and one's own answer."""

    ask: ConsentAsk
    mine: Listing | None
    other: Listing | None
    company: Enterprise
    reasons: list[str]
    is_asker: bool
    by: str

    @property
    def names(self) -> list[str]:
        """Return who reads what somebody wrote to bring two companies together."""
        return readers_of(self.ask.introduction)


def suggestion_rows(
    found: Iterable[Suggestion], person: Person, language: str, *, by_link: bool = False
) -> list[SuggestedRow]:
    """Return the suggestions as the person's company sees them; with personal addresses for a reader by link."""
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
                suggestion_path(one, person)
                if by_link
                else reverse("partnerships:suggestion", args=[one.pk]),
            )
        )
    return rows


def ask_row(ask: ConsentAsk, language: str) -> AskRow:
    """Return one side's question."""
    introduction = ask.introduction
    one = introduction.suggestion
    is_need = ask.enterprise_id == introduction.need_company_id
    company = introduction.offer_company if is_need else introduction.need_company
    if one is None:
        return AskRow(ask, None, None, company, [], is_asker=False, by=str(introduction.asker))
    mine, other = (one.need, one.offer) if is_need else (one.offer, one.need)
    reasons = reasons_for(one, ask.enterprise_id, language)
    return AskRow(ask, mine, other, company, reasons, introduction.asker_id == ask.person_id, by="")


def ask_rows(asks: Iterable[ConsentAsk], language: str) -> list[tuple[AskRow, str]]:
    """Return the questions with the address at which each is answered."""
    return [(ask_row(one, language), introduction_path(one.introduction, one.person)) for one in asks]


def dismissed_rows(said: Iterable[NotRelevant]) -> list[tuple[NotRelevant, Listing]]:
    """Return what was called not relevant with the words of the other company."""
    return [(one, one.offer if one.enterprise_id == one.need.enterprise_id else one.need) for one in said]


def readers_of(introduction: Introduction) -> list[str]:
    """Return the two companies and whoever brings them together, by name."""
    return [introduction.need_company.name, introduction.offer_company.name, str(introduction.asker)]


def introduction_rows(found: Iterable[Introduction]) -> list[tuple[Introduction, list[str]]]:
    """Return introductions with who reads why."""
    return [(one, readers_of(one)) for one in found]

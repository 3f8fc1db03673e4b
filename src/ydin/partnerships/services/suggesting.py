"""Which offers may answer which needs of a network. Runs in the worker only, which reads everything."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ydin.kernel.clock import now
from ydin.kernel.lazy import lazy
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Listing, Suggestion
from ydin.partnerships.queries.listings import writer_or_people
from ydin.partnerships.queries.suggestions import (
    holding_in,
    new_suggestions,
    seats_by_company,
    suggestions_in,
)
from ydin.partnerships.queries.together import known_pairs
from ydin.partnerships.rules import SUGGESTED, Kind, SuggestionState, readable_by_both
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind

if TYPE_CHECKING:
    from ydin.networks.models import Enterprise
    from ydin.planning import matching
else:
    matching = lazy("ydin.planning.matching")

LOOKED_AT = 20
"""So many offers are weighed for a need before those are left out that one side may not read."""
LEAST = 0.15
"""A match below this score is not worth anybody's time."""
TOLD = 3
LATELY = timedelta(hours=26)


@transaction.atomic
def suggest_matches(*, actor: None, network_id: int) -> int:
    """Reckon the network's suggestions anew; what was asked for or called not relevant stays as it is.

    Returns how many are shown now.
    """
    assert actor is None
    listings = {str(one.pk): one for one in holding_in(network_id)}
    known = suggestions_in(network_id)
    settled = {pair for pair, one in known.items() if one.state != SuggestionState.SHOWN}
    fresh = _matches(network_id, listings, known, settled)
    stale = [one.pk for pair, one in known.items() if pair not in settled and pair not in fresh]
    Suggestion.objects.filter(pk__in=stale).delete()
    Suggestion.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["need", "offer"],
        update_fields=["score", "terms", "km", "languages", "shared", "mutual"],
    )
    return len(fresh)


def _matches(
    network_id: int,
    listings: dict[str, Listing],
    known: dict[tuple[int, int], Suggestion],
    settled: set[tuple[int, int]],
) -> dict[tuple[int, int], Suggestion]:
    """Return the best readable matches of every need by (need, offer)."""
    needs = [one for one in listings.values() if one.kind == Kind.NEED]
    offers = [one for one in listings.values() if one.kind == Kind.OFFER]
    if not needs or not offers:
        return {}
    seats, found, counts = seats_by_company(network_id), {}, defaultdict[int, int](int)
    concepts = matching.concepts()
    for match in matching.Index(_market(network_id, listings, known)).everything(top=LOOKED_AT):
        need, offer = listings[match.need], listings[match.offer]
        pair = (need.pk, offer.pk)
        fits = match.score >= LEAST and pair not in settled and counts[need.pk] < SUGGESTED
        if not fits or not _both_read(need, offer, seats):
            continue
        counts[need.pk] += 1
        found[pair] = Suggestion(
            network_id=network_id,
            need=need,
            offer=offer,
            need_company_id=need.enterprise_id,
            offer_company_id=offer.enterprise_id,
            score=match.score,
            terms={
                code: [concepts[one].label(code) for one in _told(match, need, offer)]
                for code in ("fi", "sv", "en")
            },
            km=match.km,
            languages=list(match.languages),
            shared=match.shared,
            mutual=match.mutual,
        )
    return found


def _told(match: matching.Suggestion, need: Listing, offer: Listing) -> list[str]:
    """Return what both speak of: concepts found in either text for sure, else the most telling one."""
    sure = {*need.concepts, *offer.concepts}
    return [one for one in match.concepts if one in sure] or list(match.concepts[:1])


def _both_read(need: Listing, offer: Listing, seats: dict[int, set[int]]) -> bool:
    return readable_by_both(
        (need.audience, need.group_id),
        (offer.audience, offer.group_id),
        seats.get(need.enterprise_id, set()),
        seats.get(offer.enterprise_id, set()),
    )


def _market(
    network_id: int, listings: dict[str, Listing], known: dict[tuple[int, int], Suggestion]
) -> matching.Market:
    dismissed: dict[str, set[str]] = {}
    for (need, offer), one in known.items():
        if one.state == SuggestionState.DISMISSED:
            dismissed.setdefault(str(need), set()).add(str(offer))
    companies = {one.enterprise_id: one.enterprise for one in listings.values()}
    friends: dict[int, set[str]] = {}
    for one_id, other_id in known_pairs(network_id):
        friends.setdefault(one_id, set()).add(str(other_id))
        friends.setdefault(other_id, set()).add(str(one_id))
    return matching.Market(
        [
            *(_company(one, friends.get(one.pk, set())) for one in companies.values()),
            *(matching.Company(str(pk)) for pk in sorted(friends.keys() - companies.keys())),
        ],
        [_item(one) for one in listings.values() if one.kind == Kind.OFFER],
        [_item(one) for one in listings.values() if one.kind == Kind.NEED],
        {need: frozenset(offers) for need, offers in dismissed.items()},
    )


def _item(listing: Listing) -> matching.Item:
    return matching.Item(
        str(listing.pk), matching.Text(listing.language, listing.text), str(listing.enterprise_id)
    )


def _company(one: Enterprise, friends: set[str]) -> matching.Company:
    digits = "".join(sign for sign in one.industry_code if sign.isdigit())[:4]
    return matching.Company(
        str(one.pk),
        place=None if one.latitude is None or one.longitude is None else (one.latitude, one.longitude),
        languages=frozenset(one.languages),
        industry=digits,
        municipality=str(one.municipality_id or ""),
        known=frozenset(friends),
    )


@transaction.atomic
def tell_of_matches(*, actor: None, network_id: int) -> int:
    """Write to those for whom there is a new match, at most one letter a week; returns how many were written."""
    per_person: dict[int, list[tuple[Suggestion, int]]] = {}
    people: dict[int, Person] = {}
    for one in new_suggestions(network_id, now() - LATELY):
        for listing in (one.need, one.offer):
            for person in writer_or_people(listing)[:1]:
                people[person.pk] = person
                per_person.setdefault(person.pk, []).append((one, listing.enterprise_id))
    silent = unwanted(people.values(), MailKind.NEWS)
    day = now().date()
    week = day - timedelta(days=day.weekday())
    for pk in sorted(people.keys() - silent):
        post(actor=actor, letter=emails.suggested(people[pk], per_person[pk][:TOLD], week))
    return len(people.keys() - silent)

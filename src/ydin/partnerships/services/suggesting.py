"""Which offers may answer which needs of a network. Runs in the worker only, which reads everything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ydin.kernel.clock import now
from ydin.kernel.lazy import lazy
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Listing, NotRelevant, Suggestion
from ydin.partnerships.queries.listings import writer_or_people
from ydin.partnerships.queries.suggestions import (
    called_off_in,
    holding_in,
    new_suggestions,
    seats_by_company,
    suggestions_in,
)
from ydin.partnerships.queries.together import known_links, known_pairs
from ydin.partnerships.rules import SUGGESTED, Kind, SuggestionState, readable_by_both
from ydin.partnerships.rules.beside import Acquaintances
from ydin.partnerships.rules.sharing import Fit, shared_out
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
TAUGHT = 0.6
"""So much of a score is left where the giver called a need of the same kind not relevant."""
TOLD = 3
LATELY = timedelta(hours=26)


@transaction.atomic
def suggest_matches(*, actor: None, network_id: int) -> int:
    """Reckon the network's suggestions anew; what was asked for stays, what was called not relevant goes.

    Returns how many are shown now.
    """
    assert actor is None
    listings = {str(one.pk): one for one in holding_in(network_id)}
    known = suggestions_in(network_id)
    settled = {pair for pair, one in known.items() if one.state != SuggestionState.SHOWN}
    fresh = _matches(network_id, listings, settled)
    stale = [one.pk for pair, one in known.items() if pair not in settled and pair not in fresh]
    Suggestion.objects.filter(pk__in=stale).delete()
    Suggestion.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["need", "offer"],
        update_fields=["score", "terms", "km", "languages", "shared", "beside", "mutual"],
    )
    return len(fresh)


def _matches(
    network_id: int, listings: dict[str, Listing], settled: set[tuple[int, int]]
) -> dict[tuple[int, int], Suggestion]:
    """Return the matches to show, by (need, offer): readable by both, shared out fairly."""
    if {one.kind for one in listings.values()} != {Kind.NEED, Kind.OFFER}:
        return {}
    seats = seats_by_company(network_id)
    lessons = _Lessons(called_off_in(network_id))
    fits: dict[tuple[int, int], tuple[Fit, matching.Suggestion]] = {}
    for match in matching.Index(_market(network_id, listings, lessons)).everything(top=LOOKED_AT):
        need, offer = listings[match.need], listings[match.offer]
        pair = (need.pk, offer.pk)
        score = match.score * lessons.weight(need, offer)
        if score >= LEAST and pair not in settled and _is_welcome(need, offer, seats):
            fits[pair] = Fit(score, *pair, need.enterprise_id, offer.enterprise_id), match
    chosen = shared_out([fit for fit, _match in fits.values()], top=SUGGESTED)
    acquaintances = Acquaintances(known_links(network_id), seats)
    return {
        (fit.need, fit.offer): _suggestion(
            network_id, listings, fit, fits[fit.need, fit.offer][1], acquaintances
        )
        for fit in chosen
    }


def _suggestion(
    network_id: int,
    listings: dict[str, Listing],
    fit: Fit,
    match: matching.Suggestion,
    acquaintances: Acquaintances,
) -> Suggestion:
    need, offer, concepts = listings[match.need], listings[match.offer], matching.concepts()
    told = _told(match, need, offer)
    return Suggestion(
        network_id=network_id,
        need=need,
        offer=offer,
        need_company_id=fit.asker,
        offer_company_id=fit.giver,
        score=fit.score,
        terms={code: [concepts[one].label(code) for one in told] for code in ("fi", "sv", "en")},
        km=match.km,
        languages=list(match.languages),
        shared=match.shared,
        beside={
            Kind.NEED: acquaintances.beside(fit.asker, fit.giver),
            Kind.OFFER: acquaintances.beside(fit.giver, fit.asker),
        },
        mutual=match.mutual,
    )


class _Lessons:
    """What companies called not relevant, and what follows from it for what is like it."""

    def __init__(self, said: Iterable[NotRelevant]) -> None:
        """Tell the words of those who need, who teach their need, from those who offer."""
        self.of_needs: dict[str, set[str]] = {}
        self._gone: set[tuple[int, int]] = set()
        self._tired: dict[int, set[str]] = {}
        for one in said:
            self._gone.add((one.need_id, one.offer_id))
            if one.enterprise_id == one.need.enterprise_id:
                self.of_needs.setdefault(str(one.need_id), set()).add(str(one.offer_id))
            else:
                self._tired.setdefault(one.offer_id, set()).update(one.need.concepts[:1])

    def weight(self, need: Listing, offer: Listing) -> float:
        """Return by how much a score counts: less where the giver did not want a need like this, nothing twice."""
        if (need.pk, offer.pk) in self._gone:
            return 0.0
        return TAUGHT if self._tired.get(offer.pk, set()) & set(need.concepts) else 1.0


def _is_welcome(need: Listing, offer: Listing, seats: dict[int, set[int]]) -> bool:
    """Tell whether both may read one another, and are not of one trade and place unless both wish it."""
    return _both_read(need, offer, seats) and (
        (need.welcomes_rivals and offer.welcomes_rivals)
        or _trade_and_place(need.enterprise) is None
        or _trade_and_place(need.enterprise) != _trade_and_place(offer.enterprise)
    )


def _trade_and_place(one: Enterprise) -> tuple[str, str] | None:
    digits = "".join(sign for sign in one.industry_code if sign.isdigit())[:4]
    return (digits, str(one.municipality_id or "")) if digits else None


def _told(match: matching.Suggestion, need: Listing, offer: Listing) -> list[str]:
    """Return what both speak of: the most telling concept found in either text, and what is sure in both."""
    lead = [one for one in match.concepts if one in {*need.concepts, *offer.concepts}][:1]
    lead = lead or list(match.concepts[:1])
    both = {*need.concepts} & {*offer.concepts}
    return [*lead, *(one for one in match.concepts if one in both and one not in lead)]


def _both_read(need: Listing, offer: Listing, seats: dict[int, set[int]]) -> bool:
    return readable_by_both(
        (need.audience, need.group_id),
        (offer.audience, offer.group_id),
        seats.get(need.enterprise_id, set()),
        seats.get(offer.enterprise_id, set()),
    )


def _market(network_id: int, listings: dict[str, Listing], lessons: _Lessons) -> matching.Market:
    companies = {one.enterprise_id: one.enterprise for one in listings.values()}
    friends: dict[int, set[str]] = {}
    for one_id, other_id in known_pairs(network_id):
        friends.setdefault(one_id, set()).add(str(other_id))
        friends.setdefault(other_id, set()).add(str(one_id))
    open_to_rivals = {one.enterprise_id for one in listings.values() if one.welcomes_rivals}
    return matching.Market(
        [
            *(
                _company(one, friends.get(one.pk, set()), welcomes=one.pk in open_to_rivals)
                for one in companies.values()
            ),
            *(matching.Company(str(pk)) for pk in sorted(friends.keys() - companies.keys())),
        ],
        [_item(one) for one in listings.values() if one.kind == Kind.OFFER],
        [_item(one) for one in listings.values() if one.kind == Kind.NEED],
        {need: frozenset(offers) for need, offers in lessons.of_needs.items()},
    )


def _item(listing: Listing) -> matching.Item:
    return matching.Item(
        str(listing.pk), matching.Text(listing.language, listing.text), str(listing.enterprise_id)
    )


def _company(one: Enterprise, friends: set[str], *, welcomes: bool) -> matching.Company:
    trade, place = _trade_and_place(one) or ("", str(one.municipality_id or ""))
    return matching.Company(
        str(one.pk),
        place=None if one.latitude is None or one.longitude is None else (one.latitude, one.longitude),
        languages=frozenset(one.languages),
        industry=trade,
        municipality=place,
        known=frozenset(friends),
        welcomes_competitors=welcomes,
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

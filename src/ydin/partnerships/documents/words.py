"""Listings, suggestions and collaborations as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ydin.networks.queries import enterprises_of, utc_today
from ydin.partnerships.models import Listing
from ydin.partnerships.rules import Kind, ListingState, Shown
from ydin.people.models import Person


@dataclass(frozen=True)
class Row:
    """A listing with what its reader is told around it."""

    listing: Listing
    terms: list[str]
    is_mine: bool
    seen_by: str
    holds: bool

    @property
    def is_offer(self) -> bool:
        """Tell whether it is an offer, not a need."""
        return self.listing.kind == Kind.OFFER


def seen_by(listing: Listing) -> str:
    """Return in words who reads the listing."""
    if listing.audience == Shown.NETWORK:
        return _("Seen by everybody in %(network)s") % {"network": listing.group.network.name}
    return _("Seen by the group %(group)s") % {"group": listing.group.name}


def listing_rows(listings: Iterable[Listing], person: Person, language: str) -> list[Row]:
    """Return the listings as rows; the concepts in the reader's language."""
    mine, today = set(enterprises_of(person).values_list("pk", flat=True)), utc_today()
    return [
        Row(
            one,
            one.terms.get(language) or one.terms.get("en", []),
            one.enterprise_id in mine,
            seen_by(one),
            one.state == ListingState.OPEN and one.valid_until >= today,
        )
        for one in listings
    ]

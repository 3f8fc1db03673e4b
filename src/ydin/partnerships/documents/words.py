"""Listings, suggestions and collaborations as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.documents.seen import seen_inside
from ydin.networks.queries import enterprises_of, utc_today
from ydin.partnerships.documents.links import listing_path
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
    readers: Sequence[str]
    holds: bool
    change_url: str
    renew_url: str
    close_url: str

    @property
    def is_offer(self) -> bool:
        """Tell whether it is an offer, not a need."""
        return self.listing.kind == Kind.OFFER


def seen_by(listing: Listing) -> str:
    """Return in words who reads the listing."""
    if listing.audience == Shown.NETWORK:
        return _("Seen by everybody in %(network)s") % {"network": listing.group.network.name}
    return _("Seen by the group %(group)s") % {"group": listing.group.name}


def listing_rows(
    listings: Iterable[Listing], person: Person, language: str, *, by_link: bool = False
) -> list[Row]:
    """Return the listings as rows; the concepts in the reader's language.

    Args:
        listings: with company, group and network.
        person: who reads; acts for the companies whose rows are theirs.
        language: of the reader.
        by_link: the reader has not signed in: their own rows are changed at personal addresses.

    """
    mine, today = set(enterprises_of(person).values_list("pk", flat=True)), utc_today()
    names: dict[int, Sequence[str]] = {}
    found = []
    for one in listings:
        if one.group_id not in names:
            names[one.group_id] = seen_inside(one.group).names
        own = one.enterprise_id in mine
        path = (
            listing_path(one, person) if own and by_link else reverse("partnerships:listing", args=[one.pk])
        )
        found.append(
            Row(
                one,
                one.terms.get(language) or one.terms.get("en", []),
                own,
                seen_by(one),
                _readers(one, names[one.group_id]),
                one.state == ListingState.OPEN and one.valid_until >= today,
                f"{path}change/" if by_link else path,
                f"{path}renew/",
                f"{path}close/",
            )
        )
    return found


def _readers(listing: Listing, of_group: Sequence[str]) -> Sequence[str]:
    """Return who reads a listing by name; of the rest of a network what they are."""
    if listing.audience != Shown.NETWORK:
        return of_group
    return [*of_group, _("companies with a seat in any group of the network, and the coordinators")]

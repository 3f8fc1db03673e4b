"""What it means to show an offer, a need or a collaboration to more people, or to fewer."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ydin.groups.documents.seen import seen_inside
from ydin.meetings.documents.audience import seen_in_network
from ydin.networks.models import Enterprise
from ydin.partnerships.models import Listing
from ydin.partnerships.queries.together import common_group
from ydin.partnerships.rules import Shown, Told
from ydin.ui.audience import AudienceChange, Seen


def seen_listing(listing: Listing, audience: str = "") -> Seen:
    """Return who reads an offer or a need, as it is or would be with another audience."""
    network = listing.group.network
    is_wide = (audience or listing.audience) == Shown.NETWORK
    return seen_in_network(network) if is_wide else seen_inside(listing.group)


def listing_change(listing: Listing, audience: str) -> AudienceChange:
    """Return what it means to give the listing another audience."""
    return AudienceChange(
        what=_("What your company offers or needs, in your words: “%(text)s”") % {"text": listing.text},
        before=seen_listing(listing),
        after=seen_listing(listing, audience),
        is_wider=audience == Shown.NETWORK,
        answer=audience,
    )


def seen_pair(names: Sequence[str]) -> Seen:
    """Return who knows of a collaboration that is told to nobody."""
    return Seen(_("Seen by the two companies alone; others see a number without names"), names)


def told_change(one: Enterprise, other: Enterprise, told: str) -> AudienceChange:
    """Return what it means to let others know that two companies work together, once both have said so."""
    pair, group = seen_pair([one.name, other.name]), common_group(one, other)
    after = pair
    if told == Told.NETWORK:
        after = seen_in_network(one.network)
    elif told == Told.GROUP and group is not None:
        after = seen_inside(group)
    return AudienceChange(
        what=_(
            "That the two companies work together, at what and since when. What it is worth stays between them."
        ),
        before=pair,
        after=after,
        is_wider=True,
        answer=told,
        note=_("From when the other company has confirmed it."),
    )

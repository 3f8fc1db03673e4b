"""What it means to show an offer or a need to more people, or to fewer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ydin.groups.documents.seen import seen_inside
from ydin.meetings.documents.audience import seen_in_network
from ydin.partnerships.models import Listing
from ydin.partnerships.rules import Shown
from ydin.ui.audience import AudienceChange, Seen


def _seen(listing: Listing, audience: str) -> Seen:
    network = listing.group.network
    return seen_in_network(network) if audience == Shown.NETWORK else seen_inside(listing.group)


def listing_change(listing: Listing, audience: str) -> AudienceChange:
    """Return what it means to give the listing another audience."""
    return AudienceChange(
        what=_("What your company offers or needs, in your words: “%(text)s”") % {"text": listing.text},
        before=_seen(listing, listing.audience),
        after=_seen(listing, audience),
        is_wider=audience == Shown.NETWORK,
        answer=audience,
    )

"""What two companies of the group said, asked and did together, for the walk."""

from __future__ import annotations

from datetime import date, timedelta

from tests.factories import GroupWorld

from ydin.kernel.clock import now
from ydin.partnerships.models import (
    Collaboration,
    CollaborationValue,
    ConsentAsk,
    Introduction,
    Listing,
    NotRelevant,
    Suggestion,
)

LISTING = "SECRET-LISTING"


def build_partners(ours: GroupWorld) -> None:
    """Let the host need what the member offers, be suggested, introduced and work together."""
    host, member = ours.companies[:2]
    pair = [
        Listing.objects.create(
            kind=kind,
            network=ours.network,
            group=ours.group,
            enterprise=company,
            author=ours.members[n],
            language="en",
            text=LISTING,
            valid_until=now().date() + timedelta(days=30),
        )
        for n, (kind, company) in enumerate((("need", host), ("offer", member)))
    ]
    suggestion = Suggestion.objects.create(
        network=ours.network,
        need=pair[0],
        offer=pair[1],
        need_company=host,
        offer_company=member,
        score=1,
    )
    other_need = Listing.objects.create(
        kind="need",
        network=ours.network,
        group=ours.group,
        enterprise=host,
        author=ours.members[0],
        language="en",
        text=LISTING,
        valid_until=now().date() + timedelta(days=30),
    )
    NotRelevant.objects.create(network=ours.network, need=other_need, offer=pair[1], enterprise=member)
    introduction = Introduction.objects.create(
        suggestion=suggestion,
        need_company=host,
        offer_company=member,
        asker=ours.members[0],
        ends_at=now() + timedelta(days=14),
    )
    for n, company in enumerate((host, member)):
        ConsentAsk.objects.create(introduction=introduction, enterprise=company, person=ours.members[n])
    made = Collaboration.objects.create(
        network=ours.network, kind="sales", one=host, other=member, began_on=date(2026, 1, 7)
    )
    CollaborationValue.objects.create(collaboration=made, one=host, other=member)

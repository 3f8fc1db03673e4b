"""Letters about offers, needs, introductions and collaborations, each in its receiver's language."""

from __future__ import annotations

from django.urls import reverse

from ydin.kernel.links import make_token
from ydin.outbox.emails import Letter, absolute, compose
from ydin.partnerships.models import Listing
from ydin.people.models import Person
from ydin.people.rules import MailKind


def listing_path(listing: Listing, person: Person) -> str:
    """Return the personal address at which the person renews a listing without signing in."""
    return reverse("partnerships:listing_link", args=[make_token("listing", listing.pk, person.pk)])


def lapsing(listing: Listing, person: Person) -> Letter:
    """Return the question whether an offer or a need still holds."""
    return compose(
        template="partnerships/email/lapsing",
        person=person,
        context={
            "listing": listing,
            "group": listing.group,
            "company": listing.enterprise.name,
            "url": absolute(listing_path(listing, person)),
        },
        optional=MailKind.NEWS,
        thread=f"listing:{listing.pk}",
        once=f"partnerships.lapsing:{listing.pk}:{listing.valid_until}:{person.pk}",
    )

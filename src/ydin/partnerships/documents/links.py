"""Personal addresses that letters carry."""

from __future__ import annotations

from django.urls import reverse

from ydin.groups.models import CoreGroup
from ydin.kernel.links import make_token
from ydin.partnerships.models import Collaboration, Introduction, Listing, Suggestion
from ydin.people.models import Person


def listing_path(listing: Listing, person: Person) -> str:
    """Return the personal address at which the person renews a listing without signing in."""
    return reverse("partnerships:listing_link", args=[make_token("listing", listing.pk, person.pk)])


def desk_path(group: CoreGroup, person: Person) -> str:
    """Return the personal address at which the person writes what they offer and need in a group."""
    return reverse("partnerships:desk", args=[make_token("market", group.pk, person.pk)])


def suggestion_path(suggestion: Suggestion, person: Person) -> str:
    """Return the personal address at which the person answers a suggestion."""
    return reverse("partnerships:suggestion_link", args=[make_token("suggestion", suggestion.pk, person.pk)])


def introduction_path(introduction: Introduction, person: Person) -> str:
    """Return the personal address at which the person says yes or no to an introduction."""
    return reverse("partnerships:consent", args=[make_token("introduction", introduction.pk, person.pk)])


def confirm_path(collaboration: Collaboration, person: Person) -> str:
    """Return the personal address at which the other company confirms a collaboration."""
    token = make_token("collaboration", collaboration.pk, person.pk)
    return reverse("partnerships:confirm", args=[token])

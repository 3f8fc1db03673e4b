"""Writing, changing, renewing and taking off what companies offer and need."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.kernel.jobs import defer
from ydin.networks.models import Enterprise
from ydin.networks.policies import demand
from ydin.networks.queries import utc_today
from ydin.outbox.services import post
from ydin.partnerships import emails
from ydin.partnerships.models import Listing
from ydin.partnerships.policies import (
    acts_for,
    can_close_listing,
    can_edit_listing,
    can_list_for,
    can_widen_listing,
)
from ydin.partnerships.queries.listings import (
    is_queued,
    lapsing,
    same_open,
    sits_in,
    wait_for_turn,
    writer_or_people,
)
from ydin.partnerships.rules import LONGEST, LONGEST_VALID, ListingState, Shown, new_last_day
from ydin.people.models import Person
from ydin.people.policies import unwanted
from ydin.people.rules import MailKind


@transaction.atomic
def add_listing(
    *, actor: Person | None, group: CoreGroup, enterprise: Enterprise, kind: str, text: str
) -> Listing:
    """Write what a company offers or needs, for its group to read; the same words twice are one listing.

    Raises:
        NotAllowed: the actor is neither of the company nor coordinator nor host of the evening.
        Refused: the company has no seat in the group, or the text is empty or too long.

    """
    demand(allowed=can_list_for(actor, group, enterprise.pk))
    if not sits_in(group, enterprise.pk):
        raise Refused(_("This company has no seat in the group."))
    words = _words(text)
    wait_for_turn(group, enterprise.pk)
    known = same_open(group, enterprise.pk, kind, words)
    if known is not None:
        return known
    is_own = acts_for(actor, enterprise.pk)
    listing = Listing.objects.create(
        kind=kind,
        network_id=group.network_id,
        group=group,
        enterprise=enterprise,
        author=actor if is_own else None,
        language=actor.language if actor is not None and is_own else group.language,
        text=words,
        valid_until=new_last_day(utc_today()),
    )
    record(actor=actor, action="listing.written", target=listing, kind=kind)
    read_soon(listing)
    return listing


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Refused(_("Write in a sentence what it is about."))
    if len(words) > LONGEST:
        raise Refused(_("That is too long: at most %(most)d signs.") % {"most": LONGEST})
    return words


def read_soon(listing: Listing) -> None:
    """Have the listing read by the worker, together with what else was written meanwhile."""
    lock = f"partnerships.refresh:{listing.network_id}"
    if not is_queued(lock):
        defer("partnerships.refresh", once=lock, network_id=listing.network_id)


@transaction.atomic
def change_listing(
    *,
    actor: Person | None,
    listing: Listing,
    version: int,
    text: str,
    audience: str,
    valid_until: date,
    welcomes_rivals: bool | None = None,
) -> Listing:
    """Change a listing's words, readers, last day, and whether companies of the own trade are wanted (if said).

    Raises:
        NotAllowed: the actor is not of the company, or would show it to more people and did not write it.
        Refused: the last day is past or more than a year away.
        Conflict: somebody changed it first.

    """
    demand(allowed=can_edit_listing(actor, listing))
    held = _locked(listing)
    if held.version != version:
        raise Conflict(_("Somebody else has changed this meanwhile."))
    if audience == Shown.NETWORK and held.audience != audience and not can_widen_listing(actor, held):
        raise NotAllowed(_("Only the one who wrote it can show it to more people."))
    if not utc_today() <= valid_until <= utc_today() + LONGEST_VALID:
        raise Refused(_("Choose a last day within a year from today."))
    words = _words(text)
    if words != held.text:
        held.text, held.read_at = words, None
    held.audience, held.valid_until = audience, valid_until
    if welcomes_rivals is not None:
        held.welcomes_rivals = welcomes_rivals
    _save(held, "text", "read_at", "audience", "valid_until", "welcomes_rivals")
    record(actor=actor, action="listing.changed", target=held, audience=audience)
    read_soon(held)
    return held


@transaction.atomic
def renew_listing(*, actor: Person | None, listing: Listing) -> Listing:
    """Let a listing hold for another three months from today; one that was taken off comes back."""
    demand(allowed=can_edit_listing(actor, listing))
    held = _locked(listing)
    held.valid_until, held.renewed_at, held.state = new_last_day(utc_today()), now(), ListingState.OPEN
    _save(held, "valid_until", "renewed_at", "state")
    record(actor=actor, action="listing.renewed", target=held)
    read_soon(held)
    return held


@transaction.atomic
def close_listing(*, actor: Person | None, listing: Listing) -> Listing:
    """Take a listing off the list."""
    demand(allowed=can_close_listing(actor, listing))
    held = _locked(listing)
    if held.state != ListingState.CLOSED:
        held.state = ListingState.CLOSED
        _save(held, "state")
        record(actor=actor, action="listing.closed", target=held)
        read_soon(held)
    return held


def _locked(listing: Listing) -> Listing:
    rows = Listing.objects.select_for_update(of=("self",)).select_related("group__network", "enterprise")
    return rows.get(pk=listing.pk)


def _save(listing: Listing, *fields: str) -> None:
    listing.version += 1
    listing.save(update_fields=[*fields, "version"])


@transaction.atomic
def ask_whether_they_hold(*, actor: None) -> int:
    """Ask the writers of what lapses within a week, once for each last day; returns how many were asked."""
    asked = 0
    for listing in lapsing(utc_today()):
        people = writer_or_people(listing)
        silent = unwanted(people, MailKind.NEWS)
        for person in people:
            if person.pk not in silent:
                post(actor=actor, letter=emails.lapsing(listing, person))
                asked += 1
    return asked

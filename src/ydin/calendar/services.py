"""Arranging events, and giving out and taking back personal calendar addresses."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.calendar.models import AppPassword, CalendarChange, Event, FeedAddress, SyncState
from ydin.calendar.policies import (
    can_edit_event,
    event_groups,
    event_networks,
    own_app_passwords,
    own_feed_addresses,
)
from ydin.calendar.rules import (
    EVENT_CHANGES,
    KEEP_SYNC_DAYS,
    MOST_APP_PASSWORDS,
    MOST_FEED_ADDRESSES,
    SECRET_LENGTH,
    SECRET_LETTERS,
    SYNC_STATES,
    EventDetails,
    EventState,
    digest_of,
    grouped,
)
from ydin.groups.models import CoreGroup
from ydin.kernel.clock import now
from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.networks.models import Network, Region
from ydin.people.models import Person

KEEP_CHANGES = timedelta(days=1)
_ANNOUNCED_FIELDS = (
    "title",
    "description",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "address",
    "municipality",
    "link",
)


@transaction.atomic
def create_event(
    *, actor: Person | None, network: Network, group: CoreGroup | None, details: EventDetails
) -> Event:
    """Write a new event that nobody but those who arrange it sees yet.

    Raises:
        NotAllowed: the actor coordinates neither the network nor (if one is given) the group.

    """
    _allow_arranging(actor, network, group)
    _check_region(network.pk, details)
    zone = group.time_zone if group else network.time_zone
    event = Event.objects.create(network=network, group=group, time_zone=zone, **vars(details))
    record(actor=actor, action="event.created", target=event)
    return event


def _allow_arranging(actor: Person | None, network: Network, group: CoreGroup | None) -> None:
    if actor is not None:
        if group is not None and event_groups(actor).filter(pk=group.pk, network=network).exists():
            return
        if group is None and event_networks(actor).filter(pk=network.pk).exists():
            return
    raise NotAllowed(_("Only coordinators arrange events."))


def _check_region(network: int, details: EventDetails) -> None:
    if details.region_id and not Region.objects.filter(pk=details.region_id, network=network).exists():
        raise Refused(_("This region belongs to another network."))


@transaction.atomic
def change_event(*, actor: Person | None, event: Event, version: int, details: EventDetails) -> Event:
    """Change what an event says; calendars learn of it by a higher sequence number once it is announced.

    Raises:
        NotAllowed: the actor does not coordinate it.
        Conflict: somebody changed it after `version`.
        Refused: it is cancelled.

    """
    row = _locked(actor, event, version)
    if row.state == EventState.CANCELLED:
        raise Refused(_("A cancelled event cannot be changed. Announce it again first."))
    _check_region(row.network_id, details)
    said = {name: getattr(row, name) for name in _ANNOUNCED_FIELDS}
    for name, value in vars(details).items():
        setattr(row, name, value)
    changed = [name for name in _ANNOUNCED_FIELDS if getattr(row, name) != said[name]]
    if changed and row.state == EventState.ANNOUNCED:
        row.sequence += 1
    _save(row)
    record(actor=actor, action="event.changed", target=row, fields=changed)
    return row


@transaction.atomic
def announce_event(*, actor: Person | None, event: Event, version: int) -> Event:
    """Put the event into the calendar and the feeds.

    Raises:
        NotAllowed, Conflict: as `change_event`.
        Refused: it is announced already, or over.

    """
    row = _locked(actor, event, version)
    if row.ends_at < now():
        raise Refused(_("The event is already over. Give it a new date first."))
    return _move(actor, row, EventState.ANNOUNCED)


@transaction.atomic
def cancel_event(*, actor: Person | None, event: Event, version: int) -> Event:
    """Cancel the event; it stays in calendars, marked as cancelled.

    Raises:
        NotAllowed, Conflict: as `change_event`.
        Refused: it is cancelled already.

    """
    return _move(actor, _locked(actor, event, version), EventState.CANCELLED)


def _move(actor: Person | None, row: Event, state: EventState) -> Event:
    was = EventState(row.state)
    if state not in EVENT_CHANGES[was]:
        raise Refused(_("That has been done already."))
    row.state = state
    if was != EventState.DRAFT:
        row.sequence += 1
    if state == EventState.ANNOUNCED and row.announced_at is None:
        row.announced_at = now()
    _save(row)
    record(actor=actor, action=f"event.{state}", target=row, before=was.value)
    return row


def _locked(actor: Person | None, event: Event, version: int) -> Event:
    if not can_edit_event(actor, event):
        raise NotAllowed(_("Only coordinators arrange events."))
    row = Event.objects.select_for_update().get(pk=event.pk)
    if row.version != version:
        raise Conflict(_("Somebody else changed this event a moment ago."))
    return row


def _save(row: Event) -> None:
    row.version += 1
    row.save()


@transaction.atomic
def create_feed_address(
    *, actor: Person, name: str, shows_details: bool = False, keeps_cancelled: bool = True
) -> FeedAddress:
    """Give the person one more calendar address.

    Args:
        actor: whose calendar it opens.
        name: of the device.
        shows_details: theme, host and street address of closed evenings stand in it too.
        keeps_cancelled: what is cancelled stays for 90 days, marked so.

    Raises:
        Refused: they have as many as anybody may have.

    """
    if own_feed_addresses(actor).count() >= MOST_FEED_ADDRESSES:
        raise Refused(_("You have many addresses already. Take back one that you no longer use."))
    address = FeedAddress.objects.create(
        person=actor, name=name, shows_details=shows_details, keeps_cancelled=keeps_cancelled
    )
    record(actor=actor, action="feed.created", target=address, details=shows_details)
    return address


@transaction.atomic
def revoke_feed_address(*, actor: Person, address: FeedAddress) -> None:
    """Take an address back: whoever asks with it gets nothing from now on. Twice is the same as once.

    Raises:
        NotAllowed: it is somebody else's.

    """
    if address.person_id != actor.pk:
        raise NotAllowed(_("This address belongs to somebody else."))
    if FeedAddress.objects.filter(pk=address.pk, revoked_at__isnull=True).update(revoked_at=now()):
        record(actor=actor, action="feed.revoked", target=address)


def note_feed_use(*, actor: Person | None, address_id: int, day: date) -> None:
    """Remember that the address was used on that day; written once a day. Programs are nobody: actor is None."""
    del actor
    FeedAddress.objects.filter(pk=address_id).exclude(last_used_on=day).update(last_used_on=day)


@transaction.atomic
def create_app_password(*, actor: Person, name: str) -> tuple[AppPassword, str]:
    """Draw a password with which a device reads the person's calendar; return its row and the password.

    This is the only time that the password can be told.

    Raises:
        Refused: they have as many as anybody may have.

    """
    if own_app_passwords(actor).count() >= MOST_APP_PASSWORDS:
        raise Refused(_("You have many passwords already. Take back one that you no longer use."))
    secret = "".join(secrets.choice(SECRET_LETTERS) for _place in range(SECRET_LENGTH))
    row = AppPassword.objects.create(person=actor, name=name, digest=digest_of(secret))
    record(actor=actor, action="app_password.created", target=row)
    return row, grouped(secret)


@transaction.atomic
def revoke_app_password(*, actor: Person, password: AppPassword) -> None:
    """Take a password back: its device reads nothing from now on. Twice is the same as once.

    Raises:
        NotAllowed: it is somebody else's.

    """
    if password.person_id != actor.pk:
        raise NotAllowed(_("This password belongs to somebody else."))
    if AppPassword.objects.filter(pk=password.pk, revoked_at__isnull=True).update(revoked_at=now()):
        SyncState.objects.filter(password=password).delete()
        record(actor=actor, action="app_password.revoked", target=password)


def note_password_use(*, actor: Person | None, password_id: int, day: date) -> None:
    """Remember that the password was used on that day, as `note_feed_use` does."""
    del actor
    AppPassword.objects.filter(pk=password_id).exclude(last_used_on=day).update(last_used_on=day)


@transaction.atomic
def remember_told(
    *, actor: Person | None, password_id: int, person_id: int, token: str, items: dict[str, str]
) -> None:
    """Keep what a device is told under a sync token (entity tags by UID), and its few last ones."""
    del actor
    SyncState.objects.update_or_create(
        password_id=password_id,
        token=token,
        defaults={"person_id": person_id, "items": items, "created_at": now()},
    )
    known = SyncState.objects.filter(password=password_id).order_by("-created_at", "-pk")
    SyncState.objects.filter(pk__in=list(known.values_list("pk", flat=True)[SYNC_STATES:])).delete()


@transaction.atomic
def forget_told(*, actor: Person | None) -> int:
    """Throw away what devices were told long ago; return how many states."""
    del actor
    old = now() - timedelta(days=KEEP_SYNC_DAYS)
    return SyncState.objects.filter(created_at__lt=old).delete()[0]


@transaction.atomic
def compact_changes(*, actor: Person | None) -> int:
    """Throw away change rows of yesterday and before, except each network's latest; return how many."""
    del actor
    latest = CalendarChange.objects.values("network").annotate(latest=Max("pk")).values("latest")
    old = CalendarChange.objects.filter(at__lt=now() - KEEP_CHANGES).exclude(pk__in=latest)
    return old.delete()[0]

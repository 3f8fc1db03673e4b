"""Starting a season and asking the members when they could host."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ydin.audit.services import record
from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate
from ydin.groups.queries import coordinators_of, member_seats
from ydin.kernel.clock import add_months, now, today
from ydin.kernel.errors import Conflict, Refused
from ydin.meetings.emails.planning import wish_asked, wish_reminder
from ydin.meetings.models import HostingWish, Season
from ydin.meetings.queries.planning import months_ahead, representatives_of, wishes_of
from ydin.meetings.rules.states import SeasonState
from ydin.meetings.services.planning_base import bump, hold_season, require_coordinator
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.outbox.services import post
from ydin.people.models import Person

WISHES_OPEN = (SeasonState.DRAFT, SeasonState.COLLECTING)


@transaction.atomic
def start_season(
    *,
    actor: Person | None,
    group: CoreGroup,
    first: date,
    count: int,
    name: str,
    wishes_until: date | None = None,
) -> Season:
    """Start a season of the `count` months from `first` on; the group's months off are left out.

    Raises NotAllowed, and Refused when no month is left, when the name is taken or when another season
    that is not over has one of the months. `actor` None: the system.
    """
    require_coordinator(actor, group)
    months = months_ahead(group, first, count)
    name = " ".join(name.split())
    if not months:
        raise Refused(_("All of these months are months off for the group."))
    CoreGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    seasons = Season.objects.filter(group=group)
    if seasons.filter(name=name).exists():
        raise Refused(_("The group has a season of this name already. Give it another name."))
    if seasons.exclude(state=SeasonState.CLOSED).filter(months__overlap=months).exists():
        raise Refused(_("Another season of the group has some of these months already."))
    season = Season.objects.create(group=group, name=name, months=months, wishes_until=wishes_until)
    record(actor=actor, action="season.started", target=season, months=[m.isoformat() for m in months])
    return season


@transaction.atomic
def ask_wishes(*, actor: Person | None, season: Season) -> int:
    """Mail every representative of a member company its personal link, once each; returns companies asked now."""
    require_coordinator(actor, season.group)
    season = hold_season(season.pk)
    _require_open(season)
    seats = list(member_seats(season.group))
    known = wishes_of(season)
    fresh = [seat.enterprise_id for seat in seats if seat.enterprise_id not in known]
    HostingWish.objects.bulk_create(
        [HostingWish(season=season, group=season.group, enterprise_id=pk) for pk in fresh]
    )
    _mail(actor, season, {s.enterprise_id for s in seats} - _answered(season), remind=False)
    if season.state == SeasonState.DRAFT:
        bump(season, state=SeasonState.COLLECTING)
    record(actor=actor, action="season.wishes_asked", target=season, companies=fresh)
    return len(fresh)


@transaction.atomic
def remind_wishes(*, actor: Person | None, season: Season) -> int:
    """Mail those whose company was asked and has not answered, at most once a day; returns companies reminded."""
    require_coordinator(actor, season.group)
    _require_open(season)
    members = {seat.enterprise_id for seat in member_seats(season.group)}
    silent = {pk for pk, wish in wishes_of(season).items() if wish.answered_at is None} & members
    _mail(actor, season, silent, remind=True)
    record(actor=actor, action="season.wishes_reminded", target=season, companies=sorted(silent))
    return len(silent)


def _require_open(season: Season) -> None:
    if season.state not in WISHES_OPEN:
        raise Refused(_("The season has been planned already. Wishes are not asked any more."))


def _answered(season: Season) -> set[int]:
    return {pk for pk, wish in wishes_of(season).items() if wish.answered_at is not None}


def _mail(actor: Person | None, season: Season, companies: set[int], *, remind: bool) -> None:
    reply_to = next((person.email for person in coordinators_of(season.group)), "")
    day = today(season.group.time_zone)
    told: set[int] = set()
    for who in representatives_of(companies):
        assert who.enterprise is not None
        if who.person_id in told:
            continue
        told.add(who.person_id)
        if remind:
            letter = wish_reminder(season, who.person, who.enterprise, reply_to, day)
        else:
            letter = wish_asked(season, who.person, who.enterprise, reply_to)
        post(actor=actor, letter=letter)


def _wish_as_seen(season: Season, enterprise: Enterprise, version: int | None) -> HostingWish:
    wish = HostingWish.objects.filter(season=season, enterprise=enterprise).first()
    if version is not None and version != (wish.version if wish else 0):
        raise Conflict(_("Somebody answered for the company meanwhile."))
    return wish or HostingWish(season=season, group=season.group, enterprise=enterprise, version=0)


@transaction.atomic
def save_wish(
    *,
    actor: Person | None,
    season: Season,
    enterprise: Enterprise,
    answer: dict[str, object],
    version: int | None = None,
) -> HostingWish:
    """Save what a company answered: by its representative, or by the coordinator on the phone.

    Args:
        actor: who answers; None is the system.
        season: the season asked about.
        enterprise: a member company of its group.
        answer: `can_host`, `months`, `evenings` (best first), `capacity`, `away`, `never_weekdays`,
            `theme_offered`, `theme_wanted`; what is left out keeps its default.
        version: of the wish as the page showed it (0: there was none); None does not check.

    Raises NotAllowed; Refused once the season is planned (the coordinator still may until it is over);
    Conflict when somebody else answered for the company meanwhile.

    """
    is_own = actor is not None and enterprises_of(actor).filter(pk=enterprise.pk).exists()
    coordinates = actor is None or can_coordinate(actor, season.group)
    if not is_own:
        require_coordinator(actor, season.group)
    if not member_seats(season.group).filter(enterprise=enterprise).exists():
        raise Refused(_("The company does not hold a seat in the group any more."))
    season = hold_season(season.pk)
    if season.state not in WISHES_OPEN and (not coordinates or season.state == SeasonState.CLOSED):
        raise Refused(_("The season has been planned. Tell your coordinator what has changed."))
    wish = _wish_as_seen(season, enterprise, version)
    for name, value in answer.items():
        setattr(wish, name, value)
    wish.answered_by, wish.answered_at, wish.version = actor, now(), wish.version + 1
    wish.save()
    record(actor=actor, action="season.wish_saved", target=season, enterprise=enterprise.pk, by_host=is_own)
    return wish


@transaction.atomic
def close_past_seasons(*, actor: Person | None) -> int:
    """Mark the seasons as over whose last month has passed; returns how many. Run daily; again changes nothing."""
    running = Season.objects.select_related("group").filter(
        state__in=[SeasonState.PLANNING, SeasonState.RUNNING]
    )
    closed = 0
    for season in running.select_for_update(of=("self",), skip_locked=True):
        if add_months(max(season.months), 1) <= today(season.group.time_zone):
            bump(season, state=SeasonState.CLOSED)
            record(actor=actor, action="season.closed", target=season)
            closed += 1
    return closed

"""The gathered letter in words: sections of sentences with links. What was said in a group is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.experiments.documents import owner_name
from ydin.experiments.emails import card_path, promise_path
from ydin.experiments.queries import promises_to_begin
from ydin.home.documents.links import address, group_url, meeting_url
from ydin.home.queries.digest import (
    assignments_shown,
    companies_joined,
    events_announced,
    experiments_followed,
    facilities_shown,
    promises_told,
    summaries_published,
)
from ydin.ideas.documents.links import idea_path
from ydin.ideas.policies import visible_ideas
from ydin.ideas.queries.ideas import fresh_ideas
from ydin.ideas.rules.states import Shown
from ydin.institutes.emails import facility_path, scope_path
from ydin.meetings.models import Promise
from ydin.partnerships.documents.links import desk_path
from ydin.partnerships.queries.listings import new_in_groups
from ydin.people.models import Person
from ydin.ui import dates

MOST_IDEAS = 6


@dataclass(frozen=True)
class Item:
    """One line: what, a little more about it, the full address where it stands, and what else one can do with it."""

    words: str
    detail: str
    url: str
    aside: str = ""
    aside_url: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind under a title."""

    title: str
    items: list[Item]


def digest_of(
    person: Person, since: datetime, until: datetime, *, with_news: bool, with_experiments: bool
) -> list[Section]:
    """Return what is new to the person, in the current language; empty when there is nothing.

    The caller acts in the database as this person, so that row security is a second barrier.
    """
    found = [
        Section(_("Your promises"), _promises(person, since, until)),
        Section(_("New in your group"), _joined(person, since, until)),
    ]
    if with_experiments:
        found.append(Section(_("Experiments that you go along with"), _followed(person, since, until)))
    if with_news:
        found += [
            Section(_("Wished for: do you want it too?"), _ideas(person, since, until)),
            Section(_("Offers and needs"), _listings(person, since, until)),
            Section(_("Students make, institutes open"), _institutes(person, since, until)),
            Section(_("What other evenings gave"), _summaries(person, since, until)),
            Section(_("Coming up for everybody"), _events(person, since, until)),
        ]
    return [section for section in found if section.items]


def _site(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _promises(person: Person, since: datetime, until: datetime) -> list[Item]:
    """Return what falls due or was written down lately, each with the way to make it an experiment."""
    day = until.astimezone(ZoneInfo(person.time_zone)).date()
    promises = promises_told(person, day, since, until)
    ready = promises_to_begin(person, promises)
    return [
        Item(
            _promise_words(promise, day),
            _("Promised on the evening “%(theme)s”") % {"theme": promise.meeting.theme},
            _site(meeting_url(promise.meeting_id)),
            _("Make it an experiment") if promise.pk in ready else "",
            _site(promise_path(promise, person)) if promise.pk in ready else "",
        )
        for promise in promises
    ]


def _promise_words(promise: Promise, day: date) -> str:
    if promise.due is None:
        return _("Written down in your name")
    words = _("Fell due on %(day)s") if promise.due < day else _("Falls due on %(day)s")
    return words % {"day": dates.day(promise.due)}


def _joined(person: Person, since: datetime, until: datetime) -> list[Item]:
    return [
        Item(
            _("%(company)s has joined") % {"company": seat.enterprise.name},
            seat.group.name,
            _site(group_url(seat.group.network.slug, seat.group.slug)),
        )
        for seat in companies_joined(person, since, until)
    ]


def _followed(person: Person, since: datetime, until: datetime) -> list[Item]:
    over = {
        "reviewed": _("%(who)s told what came of an experiment"),
        "abandoned": _("%(who)s gave an experiment up, and says why"),
    }
    halfway = _("%(who)s told how an experiment goes")
    return [
        Item(
            over.get(one.state, halfway) % {"who": owner_name(one)},
            str(one.get_kind_display()),
            _site(card_path(one, person)),
        )
        for one in experiments_followed(person, since, until)
    ]


def _ideas(person: Person, since: datetime, until: datetime) -> list[Item]:
    """Return what others wish for; the words themselves only of what is told to the whole network."""
    kinds = {
        "theme": _("%(company)s wishes for a theme"),
        "question": _("%(company)s asks a question"),
        "tool": _("%(company)s would like to try something"),
    }
    return [
        Item(
            kinds[idea.kind] % {"company": idea.enterprise.name},
            idea.text if idea.audience == Shown.NETWORK else idea.group.name,
            _site(idea_path(idea, person)),
        )
        for idea in fresh_ideas(visible_ideas(person), person, since, until, MOST_IDEAS)
    ]


def _listings(person: Person, since: datetime, until: datetime) -> list[Item]:
    """Return how many are new in each group, with the reader's own desk: what they say stays in the group."""
    return [
        Item(
            ngettext("%(count)d new from others", "%(count)d new from others", number) % {"count": number},
            _("%(group)s: read them, and write yours; you need not sign in") % {"group": group.name},
            _site(desk_path(group, person)),
        )
        for group, number in new_in_groups(person, since, until)
    ]


def _institutes(person: Person, since: datetime, until: datetime) -> list[Item]:
    """Return what students make for companies and what one can try, each with the page to ask on."""
    made = [
        Item(
            one.title,
            _("%(institute)s: ask for a demo by %(day)s; you need not sign in")
            % {"institute": one.institute.name, "day": dates.day(one.ask_by)},
            _site(scope_path(one, person)),
        )
        for one in assignments_shown(person, since, until)
    ]
    opened = [
        Item(
            one.title,
            _("%(institute)s: one tap if you would like to try it; you need not sign in")
            % {"institute": one.institute.name},
            _site(facility_path(one, person)),
        )
        for one in facilities_shown(person, since, until)
    ]
    return [*made, *opened]


def _summaries(person: Person, since: datetime, until: datetime) -> list[Item]:
    return [
        Item(
            summary.meeting.theme,
            f"{summary.meeting.group.name}, {dates.day(summary.meeting.starts_at)}",
            _site(group_url(summary.meeting.group.network.slug, summary.meeting.group.slug)),
        )
        for summary in summaries_published(person, since, until)
    ]


def _events(person: Person, since: datetime, until: datetime) -> list[Item]:
    return [
        Item(
            event.title,
            ", ".join(
                part
                for part in (
                    dates.meeting_time(event.starts_at, event.ends_at, event.time_zone),
                    event.municipality or event.place,
                )
                if part
            ),
            _site(address("calendar:event", event.pk)),
        )
        for event in events_announced(person, since, until)
    ]

"""Who reads ideas and talks, who took one up, and what fits an evening, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.groups.documents.seen import seen_inside, seen_inside_each
from ydin.groups.models import CoreGroup
from ydin.groups.queries import coordinators_of, overseers_of
from ydin.ideas.models import Idea, Talk, TalkAsk
from ydin.ideas.queries.ideas import region_names
from ydin.ideas.queries.talks import affiliations
from ydin.ideas.rules.states import WIDTH, Shown
from ydin.ideas.rules.talks import Misfit
from ydin.meetings.documents.audience import seen_by_preparers, seen_in_network
from ydin.meetings.models import Meeting
from ydin.networks.models import Enterprise, Network
from ydin.people.models import Person
from ydin.ui import dates
from ydin.ui.audience import AudienceChange, Seen


def seen_in_whole_network(network: Network) -> Seen:
    """Return who reads what is told to a network: its companies, coordinators, and helpers who have signed."""
    inside = seen_in_network(network)
    words = _("%(inside)s; experts, researchers and institutes who have signed") % {"inside": inside.words}
    return Seen(words, [*inside.names, _("experts, researchers and institutes who have signed")])


def seen_idea(idea: Idea, audience: str = "") -> Seen:
    """Return who reads an idea, as it is or with another audience."""
    if (audience or idea.audience) == Shown.NETWORK:
        return seen_in_whole_network(idea.network)
    return seen_inside(idea.group)


def readers_of_each(ideas: Sequence[Idea]) -> list[Seen]:
    """Return who reads each of these ideas, in few words, for lists; with few queries however many they are."""
    inside = seen_inside_each(one.group for one in ideas if one.audience != Shown.NETWORK)
    wide = {one.network_id: one.group.network for one in ideas if one.audience == Shown.NETWORK}
    around = {
        pk: Seen(
            _("Seen by everybody in %(network)s") % {"network": network.name},
            seen_in_whole_network(network).names,
        )
        for pk, network in wide.items()
    }
    return [
        around[one.network_id] if one.audience == Shown.NETWORK else inside[one.group_id] for one in ideas
    ]


def seen_counts(network: Network) -> Seen:
    """Return who reads what is wanted where: coordinators by name, helpers by what they are."""
    groups = CoreGroup.objects.filter(network=network)
    helpers = _("experts, researchers and institutes who have signed")
    words = _("Seen by coordinators, and by experts, researchers and institutes who have signed")
    return Seen(words, [*(str(one) for one in overseers_of(groups)), helpers])


def audience_change(idea: Idea, audience: str, *, back: str = "") -> AudienceChange:
    """Return what it means to tell an idea, written or about to be, to another circle."""
    return AudienceChange(
        what=_("The idea, why it matters, your company's name, and which companies want the same"),
        before=seen_idea(idea, Shown.GROUP if not idea.pk else ""),
        after=seen_idea(idea, audience),
        is_wider=not idea.pk or WIDTH[Shown(audience)] > WIDTH[Shown(idea.audience)],
        answer=audience,
        back=back,
    )


def talk_offered(network: Network, title: str) -> AudienceChange:
    """Return what it means to put a talk on offer that its speaker alone reads."""
    return AudienceChange(
        what=title,
        before=Seen(_("Seen by you alone")),
        after=seen_in_whole_network(network),
        is_wider=True,
        answer="offered",
        back=reverse("ideas:talks"),
    )


def draft_in(company: Enterprise, group: CoreGroup) -> Idea:
    """Return an idea that is not written yet, of a company in a group, to say who would read it."""
    return Idea(network=group.network, group=group, enterprise=company)


def widening(idea: Idea, audience: str) -> AudienceChange:
    """Return what it means to give an idea that there is another audience."""
    return audience_change(idea, audience, back=reverse("ideas:idea", args=[idea.pk]))


def wanted_by(count: int) -> str:
    """Return how many companies want something."""
    return ngettext("%(count)s company wants this", "%(count)s companies want this", count) % {"count": count}


def speaker_line(person: Person) -> str:
    """Return a helper's name with the organisation they come from."""
    return speaker_lines([person])[person.pk]


def speaker_lines(people: Iterable[Person]) -> dict[int, str]:
    """Return the names with organisations of several helpers by their ids, with one query."""
    known = {person.pk: person for person in people}
    houses = affiliations(known)
    return {pk: f"{one}, {houses[pk]}" if pk in houses else str(one) for pk, one in known.items()}


def talk_rows(talks: Sequence[Talk], language: str) -> list[dict[str, Any]]:
    """Return talks with what a page tells of them: where, in which months, and who speaks."""
    networks = {one.network_id: one.network for one in talks}
    regions = {pk: name for one in networks.values() for pk, name in region_names(one, language).items()}
    speakers = speaker_lines(one.speaker for one in talks)
    return [
        {
            "talk": one,
            "where": where_line(one, regions),
            "months": months_line(one.months, language),
            "speaker": speakers[one.speaker_id],
        }
        for one in talks
    ]


def seen_ask(ask: TalkAsk) -> Seen:
    """Return who reads a question to a speaker and its answer."""
    few = seen_by_preparers(ask.meeting)
    return Seen(_("The host, the group's coordinators and the speaker"), [*few.names, str(ask.speaker)])


def seen_evening_asks(meeting: Meeting) -> Seen:
    """Return who reads what speakers were asked for an evening."""
    few = seen_by_preparers(meeting)
    return Seen(_("The host, the group's coordinators and each speaker what they were asked"), few.names)


def misfit_words(why: Misfit) -> str:
    """Return why a talk does not fit an evening."""
    return {
        Misfit.LANGUAGE: _("in another language"),
        Misfit.MONTH: _("not in that month"),
        Misfit.PLACE: _("does not come so far"),
        Misfit.FULL: _("has promised enough evenings already"),
    }[why]


def months_line(months: list[int], language: str) -> str:
    """Return the months in which a talk can be given, in words."""
    if not months:
        return _("all year")
    return ", ".join(dates.month_short(date(2027, month, 1), language=language) for month in sorted(months))


def where_line(talk: Any, regions: dict[int, str]) -> str:
    """Return where a talk can be given: how far the speaker comes, and whether online."""
    place = regions.get(talk.region_id, "") if talk.region_id is not None else _("anywhere in the network")
    if talk.minutes:
        place = _("%(place)s, at most %(minutes)s minutes away") % {"place": place, "minutes": talk.minutes}
    online = _("online too")
    return f"{place} · {online}" if talk.online else place


def told_of(ask: TalkAsk) -> list[Person]:
    """Return who hears what the speaker answered: whoever asked, else the group's coordinators."""
    asked = ask.asked_by
    return [asked] if asked is not None and asked.is_active else coordinators_of(ask.meeting.group)

"""Who sees and may do what with ideas and talks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.models import CoreGroup
from ydin.groups.policies import can_coordinate
from ydin.groups.queries import groups_coordinated_by, groups_overseen_by, groups_readable_by
from ydin.ideas.models import Idea, Talk, TalkAsk
from ydin.ideas.queries.ideas import author_is_there, networks_of_groups, own_seats, supporters
from ydin.ideas.queries.talks import SPEAKERS, meetings_prepared_by
from ydin.ideas.rules.states import LIVE, Part, Shown
from ydin.ideas.rules.talks import TalkState
from ydin.meetings.models import Meeting
from ydin.meetings.policies import is_host
from ydin.meetings.queries.answers import people_of_host
from ydin.networks.models import Network
from ydin.networks.policies import can_coordinate_network, outsider_networks, outsider_roles
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def networks_with_ideas(reader: Reader) -> QuerySet[Network]:
    """Return the networks whose shared ideas and talks the reader reads, `ydin_idea_networks()`.

    Where they hold a seat or coordinate, and where they come from outside and have signed.
    """
    person = as_person(reader)
    if person is None:
        return Network.objects.none()
    return Network.objects.filter(
        Q(pk__in=networks_of_groups(person)) | Q(pk__in=outsider_networks(person))
    ).order_by("name", "pk")


def visible_ideas(reader: Reader) -> QuerySet[Idea]:
    """Return the ideas that the reader reads: of their companies and groups, and those told to their networks."""
    person = as_person(reader)
    if person is None:
        return Idea.objects.none()
    return Idea.objects.filter(
        Q(group__in=groups_readable_by(person))
        | Q(enterprise__in=enterprises_of(person))
        | Q(audience=Shown.NETWORK, network__in=networks_with_ideas(person))
    )


def can_write_idea(person: Person | None, enterprise_id: int, group: CoreGroup) -> bool:
    """Tell whether the person may write an idea of the company in a group: its own people, while it has a seat."""
    if person is None:
        return False
    return any(company.pk == enterprise_id and there.pk == group.pk for company, there in own_seats(person))


def is_of_company(person: Person | None, idea: Idea) -> bool:
    """Tell whether the person acts for the company that wrote the idea."""
    return person is not None and enterprises_of(person).filter(pk=idea.enterprise_id).exists()


def can_widen_idea(person: Person | None, idea: Idea) -> bool:
    """Tell whether the person may show the idea to more people: its author; the company's people without one."""
    if person is None or not is_of_company(person, idea):
        return False
    return idea.author_id == person.pk or not author_is_there(idea)


def can_support(person: Person | None, idea: Idea) -> bool:
    """Tell whether a company of the person may support the idea: another one than the author's, where it is read."""
    return person is not None and idea.state in LIVE and bool(supporters(person, idea))


def can_help_in(person: Person | None, network: Network) -> bool:
    """Tell whether the person takes up ideas and offers talks there: from outside, signed, and no student."""
    return person is not None and not set(SPEAKERS).isdisjoint(outsider_roles(person, network))


def networks_helped_in(person: Person) -> list[Network]:
    """Return the networks in which the person takes up ideas and offers talks, by name."""
    found = Network.objects.filter(pk__in=outsider_networks(person)).order_by("name", "pk")
    return [network for network in found if can_help_in(person, network)]


def parts_of(person: Person | None, idea: Idea) -> set[Part]:
    """Return what the person is to an idea that they read."""
    if person is None:
        return set()
    is_shared = idea.audience == Shown.NETWORK
    leads = can_coordinate(person, idea.group) or (is_shared and can_coordinate_network(person, idea.network))
    helps = is_shared and can_help_in(person, idea.network)
    facts = {
        Part.AUTHOR: is_of_company(person, idea),
        Part.COORDINATOR: leads,
        Part.OUTSIDER: helps,
        Part.TAKER: idea.taken_by_id == person.pk and (leads or helps),
        Part.HOST: idea.meeting is not None and can_take_theme(person, idea.meeting),
    }
    return {part for part, holds in facts.items() if holds}


def can_take_theme(person: Person | None, meeting: Meeting) -> bool:
    """Tell whether the person may put a theme on an evening by a tap: its host.

    The coordinator may where there is no host, or nobody acts for it any more.
    """
    if person is None or is_host(person, meeting):
        return person is not None
    return can_coordinate(person, meeting.group) and not people_of_host(meeting)


def can_see_wanted(person: Person | None, network: Network) -> bool:
    """Tell whether the person sees what is wanted where: helpers from outside, and coordinators."""
    if person is None:
        return False
    return can_help_in(person, network) or groups_overseen_by(person).filter(network=network).exists()


def visible_talks(reader: Reader) -> QuerySet[Talk]:
    """Return the talks that the reader may open: their own, and what was offered to their networks."""
    person = as_person(reader)
    if person is None:
        return Talk.objects.none()
    return Talk.objects.filter(
        Q(speaker=person) | (Q(network__in=networks_with_ideas(person)) & ~Q(state=TalkState.DRAFT))
    )


def own_talks(reader: Reader) -> QuerySet[Talk]:
    """Return the reader's own talks, the newest first."""
    person = as_person(reader)
    if person is None:
        return Talk.objects.none()
    return Talk.objects.filter(speaker=person).select_related("region", "network", "speaker").order_by("-pk")


def visible_talk_asks(reader: Reader) -> QuerySet[TalkAsk]:
    """Return what speakers were asked, for those who asked or prepare that evening, and for the speaker."""
    person = as_person(reader)
    if person is None:
        return TalkAsk.objects.none()
    prepared = meetings_prepared_by(person, groups_coordinated_by(person))
    return TalkAsk.objects.filter(Q(speaker=person) | Q(meeting__in=prepared.values("pk")))

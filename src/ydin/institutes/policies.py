"""Who sees and may do what with facilities, assignments and demos. Row security says the same."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ydin.groups.queries import groups_read_by
from ydin.institutes.models import Assignment, Demo, Facility, Interest, Page, RecruitName
from ydin.institutes.queries import (
    demos_made_by,
    institutes_of,
    networks_browsed_by,
    places_in,
)
from ydin.institutes.rules import TOLD, Act, Audience, PageState, Side, is_theirs, may_act
from ydin.networks.models import Network, Organisation
from ydin.networks.policies import asked_to_commit, outsider_networks
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person
from ydin.people.policies import Reader, as_person


def browsed_networks(reader: Reader) -> QuerySet[Network]:
    """Return the networks whose facilities and assignments the reader browses."""
    person = as_person(reader)
    return Network.objects.none() if person is None else networks_browsed_by(person)


def own_institutes(reader: Reader) -> QuerySet[Organisation]:
    """Return the institutes for which the reader acts and has signed."""
    person = as_person(reader)
    return Organisation.objects.none() if person is None else institutes_of(person)


def unsigned_networks(reader: Reader) -> QuerySet[Network]:
    """Return the networks in which the reader works from outside and has the commitment yet to sign."""
    person = as_person(reader)
    return asked_to_commit(person).exclude(pk__in=outsider_networks(person))


def visible_facilities(reader: Reader) -> QuerySet[Facility]:
    """Return the facilities that the reader opens: shown ones of their network, those of their institute."""
    person = as_person(reader)
    if person is None:
        return Facility.objects.none()
    published = Q(network__in=networks_browsed_by(person)) & ~Q(state=PageState.DRAFT)
    return Facility.objects.filter(published | Q(institute__in=institutes_of(person)))


def visible_assignments(reader: Reader) -> QuerySet[Assignment]:
    """Return the assignments that the reader opens: as facilities; a student and a company those of their demos."""
    person = as_person(reader)
    if person is None:
        return Assignment.objects.none()
    published = Q(network__in=networks_browsed_by(person)) & ~Q(state=PageState.DRAFT)
    mine = Q(demos__team__in=demos_made_by(person)) | Q(demos__enterprise__in=enterprises_of(person))
    found = Assignment.objects.filter(published | mine | Q(institute__in=institutes_of(person)))
    return Assignment.objects.filter(pk__in=found.values("pk"))


def visible_demos(reader: Reader) -> QuerySet[Demo]:
    """Return the demos that the reader opens.

    Those of their companies, those sent to their institute, those that they make; and those of others that
    their group or network may read, from the day on which the institute took them.
    """
    person = as_person(reader)
    if person is None:
        return Demo.objects.none()
    ours = Q(enterprise__in=enterprises_of(person)) | Q(institute__in=institutes_of(person))
    made = Q(pk__in=demos_made_by(person).values("demo"))
    told = Q(state__in=TOLD) & (
        (~Q(audience=Audience.TEAM) & Q(group__in=groups_read_by(person)))
        | Q(audience=Audience.NETWORK, network__in=networks_browsed_by(person))
    )
    return Demo.objects.filter(ours | made | told)


def visible_interests(reader: Reader) -> QuerySet[Interest]:
    """Return what the reader's companies would like to try, and what was asked of their institute."""
    person = as_person(reader)
    if person is None:
        return Interest.objects.none()
    return Interest.objects.filter(
        Q(enterprise__in=enterprises_of(person)) | Q(institute__in=institutes_of(person))
    )


def can_write_page(person: Person | None, page: Page) -> bool:
    """Tell whether the person changes a facility or an assignment: whoever acts for its institute."""
    return person is not None and institutes_of(person).filter(pk=page.institute_id).exists()


def can_ask(person: Person | None, page: Page) -> bool:
    """Tell whether the person has a company that may ask for what the page offers."""
    return person is not None and page.state == PageState.SHOWN and bool(places_in(person, page.network_id))


def sides_of(person: Person | None, demo: Demo) -> set[Side]:
    """Return where the person stands in a demo; nothing for a mere reader."""
    if person is None:
        return set()
    sides = set()
    if enterprises_of(person).filter(pk=demo.enterprise_id).exists():
        sides.add(Side.COMPANY)
    if institutes_of(person).filter(pk=demo.institute_id).exists():
        sides.add(Side.INSTITUTE)
    if demos_made_by(person).filter(demo=demo).exists():
        sides.add(Side.TEAM)
    return sides


def can_do(person: Person | None, demo: Demo, act: Act) -> bool:
    """Tell whether the person may do the act now."""
    return may_act(demo.state, act, sides_of(person, demo))


def is_own_act(person: Person | None, demo: Demo, act: Act) -> bool:
    """Tell whether the act is the person's in some state of the demo."""
    return is_theirs(act, sides_of(person, demo))


def can_answer_interest(person: Person | None, interest: Interest) -> bool:
    """Tell whether the person answers for the institute."""
    return person is not None and institutes_of(person).filter(pk=interest.institute_id).exists()


def can_say_name(person: Person | None, name: RecruitName) -> bool:
    """Tell whether it is the person's own name."""
    return person is not None and name.person_id == person.pk

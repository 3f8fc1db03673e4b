"""Who reads what belongs to a group or a company, in words and by name, for labels on pages.

The circles are those of `policies` and row security; `tests/trust/test_audience.py` compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ydin.groups.models import CoreGroup, GroupCoordinator, Seat
from ydin.groups.queries import coordinators_of, living_seats, named_coordinators, readers_of
from ydin.groups.rules import READING_STATES, SeatState
from ydin.networks.models import Enterprise, Network, Representative
from ydin.networks.queries import current_representatives, during, network_coordinators, utc_today
from ydin.people.models import Person
from ydin.ui.audience import AudienceChange, Seen


def _names(people: Iterable[Person]) -> list[str]:
    return list(dict.fromkeys(str(person) for person in people))


def _of_network(network: Network) -> list[Person]:
    today = utc_today()
    return [role.person for role in network_coordinators(network) if role.starts_on <= today]


def companies_that_read(group: CoreGroup) -> list[str]:
    """Return the names of the companies whose people read what is said in the group."""
    return [seat.enterprise.name for seat in living_seats(group).filter(state__in=READING_STATES)]


def seen_inside(group: CoreGroup) -> Seen:
    """Return who reads what is said in the group: companies with a seat, and its coordinators."""
    return _inside(group, companies_that_read(group), coordinators_of(group))


def _inside(group: CoreGroup, companies: Sequence[str], coordinators: Iterable[Person]) -> Seen:
    words = ngettext(
        "Seen by %(count)s company of %(group)s and its coordinators",
        "Seen by %(count)s companies of %(group)s and its coordinators",
        len(companies),
    ) % {"count": len(companies), "group": group.name}
    return Seen(words, [*companies, *_names(coordinators)])


def seen_inside_each(groups: Iterable[CoreGroup]) -> dict[int, Seen]:
    """Return the same of several groups by their ids, with two queries however many they are."""
    known = {group.pk: group for group in groups}
    companies: dict[int, list[str]] = {pk: [] for pk in known}
    leads: dict[int, list[Person]] = {pk: [] for pk in known}
    seats = Seat.objects.filter(group__in=known, state__in=READING_STATES).order_by("enterprise__name", "pk")
    for pk, name in seats.values_list("group_id", "enterprise__name"):
        companies[pk].append(name)
    rows = GroupCoordinator.objects.filter(during(utc_today()), group__in=known).select_related("person")
    for row in rows.order_by("person__name", "pk"):
        leads[row.group_id].append(row.person)
    return {pk: _inside(group, companies[pk], leads[pk]) for pk, group in known.items()}


def seen_inside_and_network(group: CoreGroup) -> Seen:
    """Return who knows that somebody was there: the group, and the network's coordinators who count it."""
    companies = companies_that_read(group)
    words = ngettext(
        "Seen by %(count)s company of %(group)s, its coordinators and the network's",
        "Seen by %(count)s companies of %(group)s, its coordinators and the network's",
        len(companies),
    ) % {"count": len(companies), "group": group.name}
    return Seen(words, [*companies, *_names([*coordinators_of(group), *_of_network(group.network)])])


def seen_by_coordinators(group: CoreGroup) -> Seen:
    """Return who sets the group up: its coordinators and the network's."""
    words = _("Seen by the coordinators of %(group)s and of the network") % {"group": group.name}
    return Seen(words, _names([*coordinators_of(group), *_of_network(group.network)]))


def seen_by_whom_one_asks(group: CoreGroup) -> Seen:
    """Return the same to a stranger who asks to visit: only who agreed to it is named."""
    named, people = named_coordinators(group), coordinators_of(group)
    rest = ngettext(
        "%(count)s coordinator of %(organisation)s", "%(count)s coordinators of %(organisation)s",
        len(people) - len(named),
    ) % {"count": len(people) - len(named), "organisation": group.organisation.name}  # fmt: skip
    network = _("the coordinators of %(network)s") % {"network": group.network.name}
    words = _("Your message is seen by the coordinators of the group and of the network")
    return Seen(words, [*_names(named), *([rest] if len(people) > len(named) else []), network])


def seen_by_network(network: Network) -> Seen:
    """Return who coordinates the network."""
    return Seen(_("Seen by the network's coordinators only"), _names(_of_network(network)))


def _colleagues(company: Enterprise) -> list[Person]:
    return [acts.person for acts in current_representatives().filter(enterprise=company)]


def _seats(company: Enterprise) -> list[Seat]:
    seats = Seat.objects.filter(enterprise=company).exclude(state=SeatState.LEFT)
    return list(seats.select_related("group__network"))


def seen_card(representative: Representative, *, shared: bool) -> Seen:
    """Return who reads a contact card, as it is or would be.

    Args:
        representative: whose card; acts for a company.
        shared: whether the members of the company's groups see it.

    """
    company = representative.enterprise
    assert company is not None
    readers = [*_colleagues(company), *_of_network(company.network)]
    for seat in _seats(company):
        readers += coordinators_of(seat.group)
        if shared and seat.state in READING_STATES:
            readers += [one.person for one in readers_of(seat.group)]
    names = _names(readers)
    if shared:
        words = ngettext(
            "%(count)s person: the members of the company's groups and the coordinators",
            "%(count)s people: the members of the company's groups and the coordinators",
            len(names),
        )
    else:
        words = ngettext(
            "%(count)s person: the company's own people and the coordinators",
            "%(count)s people: the company's own people and the coordinators",
            len(names),
        )
    return Seen(words % {"count": len(names)}, names)


def seen_company(company: Enterprise) -> Seen:
    """Return who opens a company's page: its people, its groups and the coordinators."""
    readers = [*_colleagues(company), *_of_network(company.network)]
    for seat in _seats(company):
        readers += [one.person for one in readers_of(seat.group)]
    words = _("Seen by the company's own people, the members of its groups and the coordinators")
    return Seen(words, _names(readers))


def seen_by_everybody() -> Seen:
    """Return the widest circle."""
    return Seen(_("Everybody, signed in or not. Search engines find it"))


def card_change(representative: Representative, *, shared: bool) -> AudienceChange:
    """Return what it means to show a contact card to the group, or to stop that."""
    return AudienceChange(
        what=_("Phone and e-mail of %(name)s") % {"name": representative.person},
        before=seen_card(representative, shared=not shared),
        after=seen_card(representative, shared=shared),
        is_wider=shared,
        answer="group" if shared else "coordinators",
        back=f"{reverse('groups:company', args=[representative.enterprise_id])}#people",
    )


def name_change(group: CoreGroup, *, named: bool) -> AudienceChange:
    """Return what it means for a coordinator to be named on the group's public page, or no longer."""
    inside, everybody = seen_inside_and_network(group), seen_by_everybody()
    return AudienceChange(
        what=_("That you coordinate %(group)s: your name on its public page") % {"group": group.name},
        before=inside if named else everybody,
        after=everybody if named else inside,
        is_wider=named,
        answer="everybody" if named else "group",
        back=reverse("groups:coordinators", args=[group.pk]),
    )

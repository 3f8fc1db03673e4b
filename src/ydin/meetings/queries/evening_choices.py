"""What may be chosen in the forms of an evening."""

from __future__ import annotations

from collections.abc import Sequence

from ydin.groups.models import CoreGroup
from ydin.groups.queries import invitees, living_seats
from ydin.meetings.rules.evening_names import Candidate
from ydin.networks.models import Enterprise
from ydin.networks.queries import enterprises_of
from ydin.people.models import Person


def companies_to_promise(group: CoreGroup, person: Person | None = None) -> list[tuple[int, str]]:
    """Return (id, name) of the group's companies; with a person, only of those for which they act."""
    seats = living_seats(group)
    if person is not None:
        seats = seats.filter(enterprise__in=enterprises_of(person))
    return [(seat.enterprise_id, seat.enterprise.name) for seat in seats]


def promising_company(group: CoreGroup, enterprise_id: int) -> Enterprise | None:
    """Return the company with a seat in the group."""
    seat = living_seats(group).filter(enterprise=enterprise_id).first()
    return seat.enterprise if seat else None


def companies_to_name(candidates: Sequence[Candidate]) -> list[tuple[int, str]]:
    """Return (id, name) of the companies whose agreement to be named can be ticked."""
    found: dict[int, str] = {}
    for one in candidates:
        if one.company is not None and not one.is_person:
            found[one.company] = one.name
    return list(found.items())


def people_of_group(group: CoreGroup) -> dict[str, tuple[Person, Enterprise]]:
    """Return those who act for a company of the group today, by key `p<id>`, in the order of companies."""
    people = sorted(invitees(group), key=lambda i: (i.enterprise.name.casefold(), i.person.name.casefold()))
    return {f"p{one.person.pk}": (one.person, one.enterprise) for one in people}

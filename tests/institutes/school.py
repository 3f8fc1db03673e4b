"""An institute with a teacher and two students, a group of two companies, an assignment and a facility."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.factories import LONG_AGO, GroupWorld, OrganisationFactory, PersonFactory, make_group

from ydin.institutes.models import Assignment, Demo, Facility, TeamMember
from ydin.institutes.rules import PageState
from ydin.kernel.clock import now
from ydin.networks.models import Organisation, OutsiderCommitment, Representative, RoleAssignment
from ydin.people.models import Person


@dataclass
class School:
    """Everybody by name; only the first student has signed."""

    world: GroupWorld
    institute: Organisation
    teacher: Person
    students: list[Person]
    facility: Facility
    assignment: Assignment


def outsider(world: GroupWorld, role: str, institute: Organisation, *, signed: bool, name: str) -> Person:
    """Make somebody from outside."""
    person = PersonFactory(name=name)
    RoleAssignment.objects.create(network=world.network, person=person, role=role, starts_on=LONG_AGO)
    Representative.objects.create(person=person, organisation=institute, starts_on=LONG_AGO)
    if signed:
        OutsiderCommitment.objects.create(
            network=world.network, person=person, number=0, language="en", how="site", recorded_by=person
        )
    return person


def today() -> date:
    """Return today."""
    return now().date()


def make_school(world: GroupWorld | None = None, **page: Any) -> School:
    """Build it; `page` are fields of facility and assignment."""
    world = world or make_group(members=2)
    institute = OrganisationFactory(network=world.network, kind="institute")
    teacher = outsider(world, "institute", institute, signed=True, name="Tuula Opettaja")
    students = [
        outsider(world, "student", institute, signed=True, name="Oona Oppilas"),
        outsider(world, "student", institute, signed=False, name="Otto Oppilas"),
    ]
    both: dict[str, Any] = {
        "network": world.network,
        "institute": institute,
        "author": teacher,
        "languages": ["fi"],
        "state": PageState.SHOWN,
        **page,
    }
    facility = Facility.objects.create(title="CNC mill", what="Cuts birch.", **both)
    assignment = Assignment.objects.create(
        title="A web shop in a week",
        can="Pages that take orders.",
        starts_on=today(),
        ends_on=today() + timedelta(days=60),
        ask_by=today() + timedelta(days=20),
        **both,
    )
    return School(world, institute, teacher, students, facility, assignment)


def make_demo(school: School, **fields: Any) -> Demo:
    """Let the first company ask for a demo."""
    values: dict[str, Any] = {
        "network": school.world.network,
        "institute": school.institute,
        "assignment": school.assignment,
        "enterprise": school.world.companies[0],
        "group": school.world.group,
        "asker": school.world.members[0],
        "wanted": "SECRET-SCOPE",
        "contact": "040 765 4321",
    }
    return Demo.objects.create(**{**values, **fields})


def add_to_team(demo: Demo, *people: Person) -> None:
    """Let them make the demo."""
    sides = {"network": demo.network, "institute": demo.institute, "enterprise": demo.enterprise}
    for person in people:
        TeamMember.objects.create(demo=demo, person=person, **sides)

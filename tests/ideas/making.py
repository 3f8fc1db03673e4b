"""What tests of ideas build: somebody from outside, and an idea."""

from __future__ import annotations

from typing import Any

from tests.factories import LONG_AGO, GroupWorld, PersonFactory

from ydin.ideas.models import Idea
from ydin.ideas.rules.states import Wish
from ydin.ideas.services.ideas import write_idea
from ydin.networks.models import OutsiderCommitment, RoleAssignment
from ydin.people.models import Person


def make_expert(world: GroupWorld, role: str = "expert", *, signed: bool = True) -> Person:
    """Build somebody from outside with a role in the network, who has signed the commitment unless told not to."""
    person: Person = PersonFactory(name="Laura Kivelä")
    RoleAssignment.objects.create(network=world.network, person=person, role=role, starts_on=LONG_AGO)
    if signed:
        OutsiderCommitment.objects.create(
            network=world.network, person=person, number=0, language="fi", how="site"
        )
    return person


def make_idea(
    world: GroupWorld, text: str = "Miten hinnoittelen keikan?", place: int = 0, **more: Any
) -> Idea:
    """Write an idea of the company at a place of the group."""
    audience = more.pop("audience", "group")
    return write_idea(
        actor=world.members[place],
        group=world.group,
        enterprise=world.companies[place],
        wish=Wish(text, **more),
        audience=audience,
        language="fi",
    )

"""What is told of each role on the demo's first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.demo.rules.parts import Role
from ydin.people.models import Person


@dataclass(frozen=True)
class RoleTold:
    """A role: its name, the invented person, the address to enter by, and what to look at first."""

    title: str
    name: str
    url: str
    first: tuple[str, ...]


def roles_told(people: Mapping[Role, Person | None]) -> list[RoleTold]:
    """Return the roles in the order in which they explain the product, where there is a person for them."""
    return [
        RoleTold(title, person.name, reverse("demo:enter", args=[role.value]), first)
        for role, (title, first) in _words().items()
        if (person := people[role]) is not None
    ]


def _words() -> dict[Role, tuple[str, tuple[str, ...]]]:
    return {
        Role.COORDINATOR: (
            _("Coordinator of three groups"),
            (
                _("What needs you today, group by group."),
                _("The season of Ylivieska: a host fell out, two want to swap. Let Ydin propose the repair."),
                _("Write a memo of the evening that was just held in Nivala."),
            ),
        ),
        Role.HOST: (
            _("Host whose evening is still open"),
            (
                _("Choose a theme; others have said what they would like to hear about."),
                _("Choose the evening; you see who could not come."),
                _("Or give the turn back, or change months with another host."),
            ),
        ),
        Role.MEMBER: (
            _("Member who has not answered yet"),
            (
                _("The next evening waits for your answer."),
                _("Read what was said last time, and what you promised."),
                _("Take the evenings into the calendar of your phone."),
            ),
        ),
    } | _words_of_guests()


def _words_of_guests() -> dict[Role, tuple[str, tuple[str, ...]]]:
    return {
        Role.VISITOR: (
            _("Visitor with an invitation"),
            (
                _("The answer page, as it opens from the letter: no signing in."),
                _("Answer, change your mind, bring a colleague."),
                _("See how little a visitor gets to know of the group."),
            ),
        ),
        Role.NATIONAL: (
            _("National coordinator at the university"),
            (
                _("Thirteen groups in five regions at a glance."),
                _("Events of the whole network."),
                _("Memos of the groups stay closed: a university is no reader."),
            ),
        ),
        Role.INSTITUTE: (
            _("Teacher of an institute, no member"),
            (
                _("A company would like to try the CNC mill: answer it."),
                _("Demos that students make: from one page to a summer job."),
                _("See how little somebody from outside gets to know."),
            ),
        ),
    }

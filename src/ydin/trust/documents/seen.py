"""Who can see me: each piece of data, who reads it, why, and where to change that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.groups.models import CoreGroup
from ydin.people.models import Person
from ydin.trust.queries import Circles, Sitting


@dataclass(frozen=True)
class Piece:
    """One piece of data: what it is, who reads it by name, why these, and where it is changed."""

    what: str
    who: list[str]
    why: str
    url: str = ""
    change: str = ""


@dataclass(frozen=True)
class Part:
    """Pieces that belong together, under a heading."""

    title: str
    pieces: list[Piece]


def names(people: Iterable[Person]) -> list[str]:
    """Return the people's names, each once, in order."""
    return sorted({str(person) for person in people})


def of_person(person: Person, circles: Circles) -> list[Part]:
    """Return everything about a person, the narrowest circle first."""
    only_me = [str(person)]
    settings = reverse("people:settings")
    own = Part(
        _("About you"),
        [
            Piece(
                _("Your letters, calendar addresses and choices"),
                only_me,
                _("They are for you alone."),
                settings,
                _("My details"),
            ),
            Piece(
                _("Your name"),
                names([person, *circles.readers_of_company()]),
                _("Your groups and the coordinators know who you are."),
                settings,
                _("My details"),
            ),
            Piece(
                _("What you do on this site, as the log keeps it"),
                only_me,
                _("Parts of it are also seen by your group or its coordinators; each line says by whom."),
                reverse("trust:own_log"),
                _("See the log"),
            ),
        ],
    )
    cards = Part(_("Your contact details"), [_card(sitting) for sitting in circles.sittings])
    return [own, cards, *[_of_group(group, circles) for group in circles.groups]]


def _card(sitting: Sitting) -> Piece:
    if sitting.shared:
        why = _("You share them with the group. You can take that back.")
    else:
        why = _("Colleagues and coordinators reach you. The group does not see them until you share them.")
    return Piece(
        _("Phone and e-mail for %(company)s") % {"company": sitting.company.name},
        names(sitting.card_readers),
        why,
        f"{reverse('groups:company', args=[sitting.company.pk])}#people",
        _("Change"),
    )


def _of_group(group: CoreGroup, circles: Circles) -> Part:
    inside = names(circles.inside[group.pk])
    everybody = names([*circles.inside[group.pk], *circles.overseers[group.pk]])
    return Part(
        group.name,
        [
            Piece(
                _("What you say: memos and promises"),
                inside,
                _("They hold a seat in the group or coordinate it. Nobody else reads it."),
                reverse("groups:rules", args=[group.pk]),
                _("Ground rules"),
            ),
            Piece(
                _("Your answers to invitations and when you can host"),
                inside,
                _("The group plans its evenings together."),
            ),
            Piece(
                _("That you were there"),
                everybody,
                _("Attendance is counted for the network's reports, so its coordinators see it too."),
            ),
            Piece(
                _("That your company has a seat"),
                everybody,
                _("The group knows its companies. The public page names none of them."),
            ),
        ],
    )


def of_company(name: str, people: list[Person], circles: Circles) -> list[Part]:
    """Return everything about a company that the person acts for."""
    page = names([*people, *circles.readers_of_company()])
    facts = Piece(
        _("The company's page: facts and people"),
        page,
        _("Its own people, its groups and the coordinators open it."),
    )
    return [Part(name, [facts]), *[_of_group(group, circles) for group in circles.groups]]

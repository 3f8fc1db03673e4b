"""A network described in plain Python, as hypothesis draws it. No Django here: the oracle reads it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from hypothesis import strategies as st
from tests.trust.spec_growth import RICH_GROWTH, Growth, growths

SPELLS = ((-400, None), (-400, -1), (-400, 0), (0, None), (1, None), (-5, 5))
"""(first day, last day) as days from today: running, over since yesterday, last day today, first day today, to come."""


class Acts(NamedTuple):
    """A person acts for a company over a spell; with a contact card (None: no card; True: shared)."""

    person: int
    company: int
    spell: int
    card: bool | None


class Sits(NamedTuple):
    group: int
    company: int
    state: str


class Leads(NamedTuple):
    """A person coordinates a group, or (in `works`) acts for the arranging organisation of a network."""

    place: int
    person: int
    spell: int


class Role(NamedTuple):
    """What a person is in a network: its coordinator, or somebody from outside."""

    place: int
    person: int
    spell: int
    role: str


class Opens(NamedTuple):
    """Somebody broke the glass so many minutes ago."""

    group: int
    person: int
    minutes: int


class Evening(NamedTuple):
    group: int
    host: int
    state: str
    audience: str


class At(NamedTuple):
    """Something of a meeting (by its number) that concerns a person or a company."""

    meeting: int
    who: int


class Turn(NamedTuple):
    group: int
    company: int
    state: str


class Happening(NamedTuple):
    network: int
    group: int | None
    state: str
    audience: str


class Act(NamedTuple):
    """An entry of the log."""

    actor: int | None
    readers: str
    person: int | None
    company: int | None
    group: int | None
    network: int | None


@dataclass(frozen=True)
class Spec:
    """Groups and companies name their network by number; everything else names these by number."""

    groups: tuple[int, ...]
    companies: tuple[int, ...]
    people: int
    acts: tuple[Acts, ...]
    sits: tuple[Sits, ...]
    leads: tuple[Leads, ...]
    roles: tuple[Role, ...]
    works: tuple[Leads, ...]
    opens: tuple[Opens, ...]
    evenings: tuple[Evening, ...]
    rsvps: tuple[At, ...]
    present: tuple[At, ...]
    promises: tuple[At, ...]
    wishes: tuple[tuple[int, int], ...]
    turns: tuple[Turn, ...]
    events: tuple[Happening, ...]
    log: tuple[Act, ...]
    growth: Growth


NETWORKS, PEOPLE = 2, 7
GROUPS = (0, 0, 1)
COMPANIES = (0, 0, 0, 1, 1)
SEATS = ("visitor", "member", "paused", "left")
MEETINGS = ("draft", "announced", "held", "cancelled")
COORDINATOR = "network_coordinator"
ROLES = (COORDINATOR, COORDINATOR, "expert", "researcher", "student", "institute")
AUDIENCES = ("group", "network", "public")
TURNS = ("proposed", "asked", "accepted", "declined", "cancelled")

_person, _spell = st.integers(0, PEOPLE - 1), st.integers(0, len(SPELLS) - 1)
_group, _network = st.integers(0, len(GROUPS) - 1), st.integers(0, NETWORKS - 1)
_company = st.integers(0, len(COMPANIES) - 1)


def _some(strategy: st.SearchStrategy[Any], most: int, *, unique_by: Any = None) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most, unique_by=unique_by).map(tuple)


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Draw a network. Seats lie in the company's own network; the rest may be anywhere."""
    seats = st.builds(Sits, _group, _company, st.sampled_from(SEATS)).filter(
        lambda s: GROUPS[s.group] == COMPANIES[s.company]
    )
    evening = st.builds(Evening, _group, _company, st.sampled_from(MEETINGS), st.sampled_from(AUDIENCES))
    evenings = draw(st.lists(evening, min_size=1, max_size=4).map(tuple))
    meeting = st.integers(0, len(evenings) - 1)
    maybe = st.none()
    event = st.builds(
        lambda g, state, audience, own: Happening(GROUPS[g], g if own else None, state, audience),
        _group,
        st.sampled_from(("draft", "announced", "cancelled")),
        st.sampled_from(AUDIENCES[1:]),
        st.booleans(),
    )
    act = st.builds(
        Act,
        maybe | _person,
        st.sampled_from(("own", "inside", "overseers", "group")),
        maybe | _person,
        maybe | _company,
        maybe | _group,
        maybe | _network,
    )
    return Spec(
        groups=GROUPS,
        companies=COMPANIES,
        people=PEOPLE,
        acts=draw(
            _some(
                st.builds(Acts, _person, _company, _spell, maybe | st.booleans()),
                9,
                unique_by=lambda a: a[:2],
            )
        ),
        sits=draw(_some(seats, 6, unique_by=lambda s: s[:2])),
        leads=draw(_some(st.builds(Leads, _group, _person, _spell), 3, unique_by=lambda x: x[:2])),
        roles=draw(
            _some(
                st.builds(Role, _network, _person, _spell, st.sampled_from(ROLES)),
                4,
                unique_by=lambda x: (x.place, x.person, x.role),
            )
        ),
        works=draw(_some(st.builds(Leads, _network, _person, _spell), 3, unique_by=lambda x: x[:2])),
        opens=draw(_some(st.builds(Opens, _group, _person, st.sampled_from((-40, 20, 30, 300))), 2)),
        evenings=evenings,
        rsvps=draw(_some(st.builds(At, meeting, _person), 4, unique_by=tuple)),
        present=draw(_some(st.builds(At, meeting, _person), 4, unique_by=tuple)),
        promises=draw(_some(st.builds(At, meeting, _company), 3)),
        wishes=draw(_some(st.tuples(_group, _company), 3, unique_by=tuple)),
        turns=draw(_some(st.builds(Turn, _group, _company, st.sampled_from(TURNS)), 3)),
        events=draw(_some(event, 3)),
        log=draw(_some(act, 5)),
        growth=draw(growths(len(GROUPS), len(COMPANIES), PEOPLE, NETWORKS, len(evenings))),
    )


RICH = Spec(
    groups=GROUPS,
    companies=COMPANIES,
    people=PEOPLE + 3,
    acts=(
        Acts(0, 0, 0, True),
        Acts(1, 1, 0, False),
        Acts(2, 2, 1, True),
        Acts(3, 3, 0, False),
        Acts(5, 2, 0, True),
        Acts(6, 0, 4, False),
        Acts(8, 0, 1, None),  # once
        Acts(9, 0, 4, None),  # one day
    ),
    sits=(
        Sits(0, 0, "member"),
        Sits(0, 1, "member"),
        Sits(1, 1, "left"),
        Sits(0, 2, "visitor"),
        Sits(2, 3, "paused"),
    ),
    leads=(Leads(0, 4, 0), Leads(1, 3, 1), Leads(1, 0, 0), Leads(2, 7, 4)),
    roles=(
        Role(0, 6, 0, COORDINATOR),
        Role(1, 2, 2, COORDINATOR),
        Role(0, 1, 1, COORDINATOR),
        Role(1, 5, 0, "institute"),
        Role(0, 5, 0, "expert"),
        Role(1, 3, 0, "student"),
        Role(0, 7, 4, COORDINATOR),
        Role(1, 7, 1, "institute"),  # 7, 8, 9 and 4 teach no more, not yet, or work there no more, not yet
        Role(1, 7, 0, "expert"),
        Role(1, 8, 4, "institute"),
        Role(1, 8, 0, "expert"),
        Role(1, 9, 0, "institute"),
        Role(1, 4, 0, "institute"),
    ),
    works=(
        *(Leads(1, 5, 0), Leads(1, 3, 0), Leads(0, 2, 1), Leads(1, 7, 0), Leads(1, 8, 0), Leads(1, 9, 1)),
        *(Leads(1, 4, 4), Leads(1, 0, 1), Leads(1, 6, 4)),
    ),
    opens=(Opens(0, 6, 20), Opens(2, 6, 300)),
    evenings=(
        Evening(0, 0, "held", "group"),
        Evening(0, 1, "draft", "group"),
        Evening(1, 1, "announced", "network"),
        Evening(2, 3, "announced", "public"),
        Evening(2, 3, "draft", "public"),
    ),
    rsvps=(At(0, 0), At(0, 5), At(2, 1), At(3, 3)),
    present=(At(0, 0), At(0, 5), At(3, 3), At(2, 4)),
    promises=(At(0, 1), At(3, 3)),
    wishes=((0, 0), (2, 3)),
    turns=(Turn(0, 0, "proposed"), Turn(0, 1, "asked"), Turn(2, 3, "accepted")),
    events=(
        Happening(0, None, "announced", "network"),
        Happening(0, 0, "draft", "public"),
        Happening(1, None, "cancelled", "public"),
    ),
    log=(
        Act(0, "inside", 1, None, 0, 0),
        Act(4, "overseers", None, 0, 0, 0),
        Act(None, "group", None, None, 2, 1),
        Act(6, "own", 5, 3, None, 1),
        Act(3, "overseers", None, None, None, 0),
        Act(None, "own", None, 1, None, None),
        Act(None, "overseers", None, None, 0, None),
    ),
    growth=RICH_GROWTH,
)
"""One of everything that each rule tells apart: the mutation run needs no luck."""

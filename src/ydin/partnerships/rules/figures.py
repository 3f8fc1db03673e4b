"""Numbers that may be told of the ledger, year by year: never over few companies, never by subtraction. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SMALL_CELL = 3
"""A figure over fewer companies than this is not told (domain facts, reporting)."""
DOMINANT = 0.75
"""Nor one where a single company has this part of it, or more."""


@dataclass(frozen=True)
class Link:
    """A confirmed collaboration between two companies, by number; `groups` in which one of them sits."""

    kind: str
    year: int
    one: int
    other: int
    groups: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Figure:
    """So many collaborations of a kind, between so many companies, from the beginning to the end of a year."""

    group: int | None
    kind: str
    year: int
    number: int
    companies: int


def may_be_told(links: Sequence[Link]) -> bool:
    """Tell whether a number over these links may be told: three companies, none in three quarters of them."""
    parts = Counter(company for link in links for company in {link.one, link.other})
    return len(parts) >= SMALL_CELL and max(parts.values()) < DOMINANT * len(links)


def grown(links: Iterable[Link]) -> list[tuple[int, list[Link]]]:
    """Return (year, links told from that year on), oldest first.

    What is too little for a number of its own waits for the next year, so that the difference between two years
    is always a number that may be told, too. What never becomes enough is left out.
    """
    found: list[tuple[int, list[Link]]] = []
    waiting: list[Link] = []
    ordered = sorted(links, key=lambda link: (link.year, link.kind, link.one, link.other))
    for year in sorted({link.year for link in ordered}):
        waiting += [link for link in ordered if link.year == year]
        if may_be_told(waiting):
            found.append((year, waiting))
            waiting = []
    return found


def figures_of(links: Iterable[Link]) -> list[Figure]:
    """Return every number that may be told of a network and of its groups.

    A group's number is told only if what is left of the network's without it may be told as well, or is nothing;
    and so for all groups that are told, taken together (complementary suppression).
    """
    found: list[Figure] = []
    every = list(links)
    for kind in sorted({link.kind for link in every}):
        told = grown(link for link in every if link.kind == kind)
        found += _figures(None, kind, told)
        found += _of_groups(kind, told)
    return found


def _of_groups(kind: str, told: Sequence[tuple[int, list[Link]]]) -> list[Figure]:
    whole = [link for _year, some in told for link in some]
    found: list[Figure] = []
    covered: set[int] = set()
    for group in sorted({group for link in whole for group in link.groups}):
        own = _of_group(group, told)
        mine = covered | {id(link) for _year, some in own for link in some}
        if own and _is_enough([link for link in whole if id(link) not in mine]):
            covered = mine
            found += _figures(group, kind, own)
    return found


def _of_group(group: int, told: Sequence[tuple[int, list[Link]]]) -> list[tuple[int, list[Link]]]:
    """Return the group's part, grown within what the network tells in each year."""
    found: list[tuple[int, list[Link]]] = []
    waiting: list[Link] = []
    beside: list[Link] = []
    for year, some in told:
        waiting += [link for link in some if group in link.groups]
        beside += [link for link in some if group not in link.groups]
        if may_be_told(waiting) and _is_enough(beside):
            found.append((year, waiting))
            waiting = []
    return found


def _is_enough(rest: Sequence[Link]) -> bool:
    return not rest or may_be_told(rest)


def _figures(group: int | None, kind: str, told: Sequence[tuple[int, list[Link]]]) -> list[Figure]:
    found, so_far = [], list[Link]()
    for year, some in told:
        so_far += some
        companies = {company for link in so_far for company in (link.one, link.other)}
        found.append(Figure(group, kind, year, len(so_far), len(companies)))
    return found


def until(figures: Iterable[Figure], year: int) -> list[Figure]:
    """Return each kind's number at the end of the year, the largest first."""
    latest: dict[str, Figure] = {}
    for one in sorted(figures, key=lambda one: one.year):
        if one.year <= year:
            latest[one.kind] = one
    return sorted(latest.values(), key=lambda one: (-one.number, one.kind))

"""Whom two companies have in common, counted by what each of them may know. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ydin.partnerships.rules import Told


@dataclass(frozen=True)
class Known:
    """A confirmed collaboration and who may know of it."""

    one: int
    other: int
    told: str
    group: int | None


class Acquaintances:
    """Who works with whom in a network, as each company may know it."""

    def __init__(self, links: Iterable[Known], seats: Mapping[int, set[int]]) -> None:
        """Keep the links from both ends; `seats` are the groups of each company."""
        self._seats = seats
        self._links: dict[int, list[tuple[int, Known]]] = {}
        for link in links:
            self._links.setdefault(link.one, []).append((link.other, link))
            self._links.setdefault(link.other, []).append((link.one, link))

    def beside(self, own: int, other: int) -> tuple[int, int]:
        """Return how many companies of one's own groups, and partners elsewhere, work with the other one.

        Only links that the people of `own` may see in the drawn network are counted.
        """
        groups = self._seats.get(own, set())
        partners = {company for company, _link in self._links.get(own, [])}
        known = {
            company
            for company, link in self._links.get(other, [])
            if company != own
            and (link.told == Told.NETWORK or (link.told == Told.GROUP and link.group in groups))
        }
        of_groups = {company for company in known if self._seats.get(company, set()) & groups}
        return len(of_groups), len((known & partners) - of_groups)

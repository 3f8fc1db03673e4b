"""A plan under construction: what each group has chosen, and what that leaves to the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from ydin.planning.season.joint import worth
from ydin.planning.season.options import Bools, Ints, Options, Table

NOTHING: Ints = np.zeros(0, dtype=np.int64)


class State:
    """Chosen options by group; knows for each group which of its options the others leave free."""

    def __init__(self, table: Table) -> None:
        """Start with nothing chosen."""
        self.table = table
        self.chosen: list[Ints] = [NOTHING] * len(table.groups)
        self.filled: list[bool] = [False] * len(table.groups)
        self.by_coordinator: dict[int, list[int]] = defaultdict(list)
        self.expert_at: dict[tuple[int, int], int] = {}
        for place, options in enumerate(table.groups):
            self.by_coordinator[options.coordinator].append(place)

    def put(self, place: int, chosen: Ints) -> None:
        """Choose for a group, in place of what it had."""
        self.clear(place)
        options = self.table.groups[place]
        self.chosen[place] = chosen
        self.filled[place] = True
        for option in chosen[options.expert[chosen] >= 0]:
            self.expert_at[int(options.expert[option]), int(options.day[option])] = place

    def clear(self, place: int) -> None:
        """Forget what a group has chosen. An expert whom another group has taken over meanwhile stays there."""
        options = self.table.groups[place]
        for option in self.chosen[place][options.expert[self.chosen[place]] >= 0]:
            key = int(options.expert[option]), int(options.day[option])
            if self.expert_at.get(key) == place:
                del self.expert_at[key]
        self.chosen[place] = NOTHING
        self.filled[place] = False

    def days(self, places: Iterable[int]) -> Ints:
        """Evenings that groups have chosen."""
        parts = [self.table.groups[place].day[self.chosen[place]] for place in places]
        days = np.concatenate(parts) if parts else NOTHING
        return days[days > 0]

    def rivals(self, place: int) -> set[int]:
        """Groups that may not meet on an evening of this group."""
        mine = self.by_coordinator[self.table.groups[place].coordinator]
        return ({*mine, *self.table.neighbours[place]}) - {place}

    def free(self, place: int, without: Iterable[int] = ()) -> Bools:
        """Options of a group that break no rule with the other groups, save those in `without`."""
        options = self.table.groups[place]
        out = {*without, place}
        mask: Bools = ~np.isin(options.day, self.days(self.rivals(place) - out))
        if self.expert_at:
            for option in np.flatnonzero(mask & (options.expert >= 0)):
                at = self.expert_at.get((int(options.expert[option]), int(options.day[option])))
                if at is not None and at not in out:
                    mask[option] = False
        return mask

    def objective(self) -> int:
        """The objective of all that is chosen."""
        pairs = zip(self.table.groups, self.chosen, strict=True)
        return sum(worth(options, mine[options.day[mine] > 0]) for options, mine in pairs)

    def placed(self) -> int:
        """How many turns are chosen."""
        pairs = zip(self.table.groups, self.chosen, strict=True)
        return sum(int(np.count_nonzero(options.day[mine])) for options, mine in pairs)

    def open_slots(self) -> list[tuple[int, int]]:
        """(group, month) without a turn."""
        found = []
        for place, options in enumerate(self.table.groups):
            mine = self.chosen[place]
            done = set(options.month[mine[options.day[mine] > 0]].tolist())
            found += [(place, month) for month in range(options.months) if month not in done]
        return found


def pairs_among(table: Table, places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbours among some groups, by their place in the sequence."""
    at = {place: n for n, place in enumerate(places)}
    return [
        (at[place], at[other])
        for place in places
        for other in table.neighbours[place]
        if other in at and place < other
    ]


def restricted(state: State, places: Sequence[int]) -> tuple[list[Options], list[Ints]]:
    """The options of some groups that all other groups leave free, and where they were."""
    masks = [state.free(place, places) for place in places]
    slim = [state.table.groups[place].keep(mask) for place, mask in zip(places, masks, strict=True)]
    return slim, [np.flatnonzero(mask) for mask in masks]


def components(table: Table) -> list[list[int]]:
    """Groups that share a coordinator, an expert or a border, directly or through others."""
    parent = list(range(len(table.groups)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    first: dict[tuple[str, str], int] = {}
    for place, group in enumerate(table.season.groups):
        shared = [("coordinator", group.coordinator), *(("expert", key) for key in group.experts)]
        linked = [first.setdefault(key, place) for key in shared]
        for other in (*linked, *table.neighbours[place]):
            parent[root(other)] = root(place)
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(len(table.groups)):
        found[root(place)].append(place)
    return list(found.values())

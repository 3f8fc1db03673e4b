"""From companies to groups: present members stay, newcomers fill present groups, the rest forms new ones.

New groups start as cells of a balanced bisection of the map. Then single companies move to a nearer group,
or away from a competitor, while sizes, reach and language allow it. Minutes are 1.3 × kilometres.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from ydin.planning.groups.model import Circle, Company, Grouping, Left, Market
from ydin.planning.run import Clock
from ydin.planning.season.model import Reason

Floats = NDArray[np.float64]
MINUTES_PER_KM = 1.3
KM_PER_DEGREE = 111.2
NEAREST = 8
SWEEPS = 4
RIVALRY = 30.0


class Bench:
    """Groups under construction. `home[i]`: the group of company i or -1."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.companies = market.companies
        degrees = np.array([company.place for company in market.companies]).reshape(-1, 2)
        self.shrink = math.cos(math.radians(float(degrees[:, 0].mean()))) if len(degrees) else 1.0
        self.place: Floats = degrees * [KM_PER_DEGREE, KM_PER_DEGREE * self.shrink]
        self.home = np.full(len(degrees), -1, dtype=np.int64)
        self.names: list[str | None] = []
        self.language: list[str] = []
        self.members: list[set[int]] = []
        self.centre: list[Floats] = []
        self.trades: list[Counter[tuple[str, str]]] = []
        self.trade = [(company.industry, company.municipality) for company in market.companies]

    def open(self, name: str | None, members: Iterable[int], language: str) -> int:
        """A new group."""
        number = len(self.names)
        self.names.append(name)
        self.language.append(language)
        self.members.append(set())
        self.centre.append(np.zeros(2))
        self.trades.append(Counter())
        for company in members:
            self.put(company, number)
        self.recentre(number)
        return number

    def put(self, company: int, group: int) -> None:
        """Move a company to a group, or out of any with -1."""
        old = int(self.home[company])
        if old >= 0:
            self.members[old].discard(company)
            self.trades[old][self.trade[company]] -= 1
        self.home[company] = group
        if group >= 0:
            self.members[group].add(company)
            self.trades[group][self.trade[company]] += 1

    def recentre(self, group: int) -> None:
        """The centre is the mean place of the members."""
        if self.members[group]:
            self.centre[group] = self.place[sorted(self.members[group])].mean(axis=0)

    def minutes(self, company: int, group: int) -> float:
        """Minutes of a company to the centre of a group."""
        gap = self.place[company] - self.centre[group]
        return MINUTES_PER_KM * math.hypot(gap[0], gap[1])

    def rivals(self, company: int, group: int) -> int:
        """Competitors of a company in a group: same industry, same municipality."""
        if not self.trade[company][0]:
            return 0
        return self.trades[group][self.trade[company]] - int(self.home[company] == group)

    def speaks(self, company: int, group: int) -> bool:
        """Whether a company can follow the language of a group."""
        languages = self.companies[company].languages
        return not languages or not self.language[group] or self.language[group] in languages


def form(market: Market, clock: Clock) -> Grouping:
    """Group the companies of a market within the clock's deadline."""
    bench = Bench(market)
    newcomers = _present(bench)
    clock.tell("present", len(bench.names), len(bench.names))
    rest = fill(bench, newcomers)
    rest = fill(bench, _new_groups(bench, rest, clock))
    rest = fill(bench, sorted({*rest, *_dissolve(bench)}))
    improve(bench, clock)
    return _answer(bench, rest)


def _present(bench: Bench) -> list[int]:
    """Open the groups that exist; returns the companies without a place, those too many included."""
    by_group: dict[str, list[int]] = defaultdict(list)
    newcomers = []
    for n, company in enumerate(bench.companies):
        if company.group is None:
            newcomers.append(n)
        else:
            by_group[company.group].append(n)
    for name, members in by_group.items():
        group = bench.open(name, members, _common_language(bench, members))
        while len(bench.members[group]) > bench.market.most:
            far = max(sorted(bench.members[group]), key=lambda n: bench.minutes(n, group))
            bench.put(far, -1)
            newcomers.append(far)
    return newcomers


def _common_language(bench: Bench, members: Sequence[int]) -> str:
    """The language that most of the members speak."""
    spoken = Counter(language for n in members for language in sorted(bench.companies[n].languages))
    return max(sorted(spoken), key=lambda language: spoken[language], default="")


def fill(bench: Bench, companies: Sequence[int]) -> list[int]:
    """Put companies into groups with room, nearest first, away from competitors if possible; the rest."""
    waiting = list(companies)
    for with_rivals in (False, True):
        open_groups = [g for g, members in enumerate(bench.members) if 0 < len(members) < bench.market.most]
        if not open_groups or not waiting:
            break
        tree = KDTree(np.array([bench.centre[g] for g in open_groups]))
        limit = bench.market.travel_minutes / MINUTES_PER_KM
        count = min(NEAREST, len(open_groups))
        far, near = tree.query(bench.place[waiting], k=[*range(1, count + 1)], distance_upper_bound=limit)
        rows, columns = np.nonzero(np.isfinite(far))
        for at in np.argsort(far[rows, columns], kind="stable").tolist():
            company, group = waiting[rows[at]], open_groups[near[rows[at], columns[at]]]
            if bench.home[company] < 0 and _welcome(bench, company, group, with_rivals=with_rivals):
                bench.put(company, group)
        waiting = [n for n in waiting if bench.home[n] < 0]
    return waiting


def _welcome(bench: Bench, company: int, group: int, *, with_rivals: bool) -> bool:
    if len(bench.members[group]) >= bench.market.most or not bench.speaks(company, group):
        return False
    return with_rivals or not bench.rivals(company, group)


def _new_groups(bench: Bench, companies: Sequence[int], clock: Clock) -> list[int]:
    """Open new groups by language and place; returns the companies that no cell could take."""
    spoken = Counter(key for n in companies for key in bench.companies[n].languages)
    by_language: dict[str, list[int]] = defaultdict(list)
    for n in companies:
        languages = bench.companies[n].languages
        by_language[max(sorted(languages), key=lambda key: spoken[key], default="")].append(n)
    left: list[int] = []
    for language, mine in sorted(by_language.items()):
        for cell in _cells(bench, np.array(mine)):
            near = _within_reach(bench, cell)
            left += sorted(set(cell) - set(near))
            if len(near) >= bench.market.least:
                bench.open(None, near, language)
            else:
                left += near
        clock.tell("cells", len(bench.names), 0)
    return left


def _cells(bench: Bench, companies: NDArray[np.int64]) -> list[list[int]]:
    """Cut the map in two across its longer side until a cell is a group."""
    aim = max(bench.market.least, (bench.market.least + bench.market.most + 1) // 2)
    done, todo = [], [companies]
    while todo:
        mine = todo.pop()
        pieces = max(1, round(len(mine) / aim))
        if len(mine) > bench.market.most:
            pieces = max(2, pieces)
        if pieces == 1:
            done.append(mine.tolist())
            continue
        side = int(np.argmax(np.ptp(bench.place[mine], axis=0)))
        order = mine[np.argsort(bench.place[mine, side], kind="stable")]
        cut = round(len(mine) * (pieces // 2) / pieces)
        todo += [order[:cut], order[cut:]]
    return done


def _within_reach(bench: Bench, cell: list[int]) -> list[int]:
    """The members of a cell that reach its centre; the farthest go first."""
    limit = bench.market.travel_minutes / MINUTES_PER_KM
    mine = list(cell)
    while mine:
        gap = np.linalg.norm(bench.place[mine] - bench.place[mine].mean(axis=0), axis=1)
        if gap.max() <= limit:
            return mine
        mine.pop(int(np.argmax(gap)))
    return mine


def _dissolve(bench: Bench) -> list[int]:
    """Close groups that stayed too small; their members look for another."""
    out: list[int] = []
    for members in bench.members:
        if 0 < len(members) < bench.market.least:
            out += sorted(members)
    for company in out:
        bench.put(company, -1)
    return out


def improve(bench: Bench, clock: Clock) -> None:
    """Move newcomers to nearer groups and away from competitors."""
    free = [n for n, company in enumerate(bench.companies) if company.group is None]
    for sweep in range(SWEEPS):
        live = [g for g, members in enumerate(bench.members) if members]
        movers = [n for n in free if bench.home[n] >= 0]
        if len(live) < 2 or not movers or clock.left() <= 0:
            return
        for group in live:
            bench.recentre(group)
        tree = KDTree(np.array([bench.centre[g] for g in live]))
        count = min(NEAREST, len(live))
        _far, near = tree.query(bench.place[movers], k=[*range(1, count + 1)])
        moved = sum(
            _move_one(bench, company, [live[k] for k in row])
            for company, row in zip(movers, near.tolist(), strict=True)
        )
        clock.tell("improve", sweep + 1, SWEEPS, float(moved))
        if not moved:
            return


def _move_one(bench: Bench, company: int, groups: list[int]) -> bool:
    """Move a company to the best of some groups if that is better; True when it moved."""
    here = int(bench.home[company])
    now = bench.minutes(company, here) + RIVALRY * bench.rivals(company, here)
    if len(bench.members[here]) <= bench.market.least:
        return False
    best, best_cost = here, now - 0.5
    for group in groups:
        if group == here or not _welcome(bench, company, group, with_rivals=True):
            continue
        minutes = bench.minutes(company, group)
        cost = minutes + RIVALRY * bench.rivals(company, group)
        if minutes <= bench.market.travel_minutes * 0.95 and cost < best_cost:
            best, best_cost = group, cost
    if best == here:
        return False
    bench.put(company, best)
    return True


def _answer(bench: Bench, rest: Sequence[int]) -> Grouping:
    used = {company.group for company in bench.companies}
    fresh = (f"new-{n}" for n in range(1, len(bench.names) + len(used) + 2))
    circles, competitors = [], []
    for group, members in enumerate(bench.members):
        if not members:
            continue
        bench.recentre(group)
        name = bench.names[group] or next(key for key in fresh if key not in used)
        bench.names[group] = name
        circles.append(_circle(bench, group, name))
        competitors += [(name, *pair) for pair in _pairs(bench, sorted(members))]
    moved = [
        company.id
        for n, company in enumerate(bench.companies)
        if company.group is not None and (bench.home[n] < 0 or bench.names[bench.home[n]] != company.group)
    ]
    return Grouping(tuple(circles), tuple(competitors), tuple(moved), tuple(_left(bench, rest)))


def _circle(bench: Bench, group: int, name: str) -> Circle:
    members = sorted(bench.members[group])
    centre = bench.centre[group]
    minutes = sum(bench.minutes(n, group) for n in members) / len(members)
    return Circle(
        name,
        tuple(bench.companies[n].id for n in members),
        (float(centre[0]) / KM_PER_DEGREE, float(centre[1]) / KM_PER_DEGREE / bench.shrink),
        bench.language[group],
        round(minutes, 1),
    )


def _pairs(bench: Bench, members: Sequence[int]) -> list[tuple[str, str]]:
    """Every pair of competitors among members."""
    by_trade: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in members:
        if bench.trade[n][0]:
            by_trade[bench.trade[n]].append(n)
    return [
        (_id(bench.companies[a]), _id(bench.companies[b]))
        for same in by_trade.values()
        for at, a in enumerate(same)
        for b in same[at + 1 :]
    ]


def _id(company: Company) -> str:
    return company.id


def _left(bench: Bench, rest: Sequence[int]) -> list[Left]:
    """Why each company without a group has none."""
    limit = bench.market.travel_minutes / MINUTES_PER_KM
    live = [g for g, members in enumerate(bench.members) if members]
    tree = KDTree(np.array([bench.centre[g] for g in live])) if live else None
    everybody = KDTree(bench.place) if len(bench.place) else None
    found = []
    for company in rest:
        near = [live[k] for k in tree.query_ball_point(bench.place[company], limit)] if tree else []
        around = len(everybody.query_ball_point(bench.place[company], limit)) - 1 if everybody else 0
        found.append(Left(bench.companies[company].id, _because(bench, company, near, around)))
    return found


def _because(bench: Bench, company: int, near: Sequence[int], around: int) -> Reason:
    if around + 1 < bench.market.least:
        return Reason("too_few_within_reach", {"companies": around, "minutes": bench.market.travel_minutes})
    if not near:
        return Reason("no_group_within_reach", {"minutes": bench.market.travel_minutes})
    if not any(bench.speaks(company, group) for group in near):
        return Reason("no_common_language", {"languages": sorted(bench.companies[company].languages)})
    return Reason("groups_full", {"groups": len(near)})
